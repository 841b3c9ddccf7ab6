"""An editor copies a preset, widens its columns beside the sample page, keeps it, and gives it to a page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from models.tables.template import TemplateRow
from ui.actions.ids import ActionId
from ui.layout.template_dialog import TemplateDialog
from ui.layout.view import PageView
from ui.shell.main_window import MainWindow
from ui.shell.page_dialog import PageDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=30_000)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> PageView:
    assert window.newsroom.desk is not None
    issue = window.newsroom.desk.issues.find("latest")
    window.commands.pages.open(issue.pages[1].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    calm(qtbot, window)
    return view


def dialog_of(qtbot: QtBot, window: MainWindow) -> TemplateDialog:
    window.actions_[ActionId.TEMPLATES].trigger()
    found = window.findChildren(TemplateDialog)
    assert len(found) == 1
    calm(qtbot, window)
    return found[0]


def test_a_preset_is_copied_changed_kept_and_used(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(lambda: dialog.list.count() == 4, timeout=10_000)
    assert not dialog.form.isEnabled()  # a preset
    assert not dialog.keep.isEnabled()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.list.count() == 5, timeout=10_000)
    calm(qtbot, window)
    assert dialog.form.isEnabled()
    qtbot.waitUntil(lambda: not dialog._page.pixmap().isNull(), timeout=20_000)
    columns = dialog.form.fields["columns"]
    columns.setFocus()
    columns.selectAll()
    qtbot.keyClicks(columns, "9")
    qtbot.keyClick(columns, Qt.Key.Key_Return)
    assert dialog._told.text()  # nine columns leave the sheet: told at once, and not kept
    assert not dialog.keep.isEnabled()
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert columns.value() == 6
    columns.setFocus()
    columns.selectAll()
    qtbot.keyClicks(columns, "5")
    qtbot.keyClick(columns, Qt.Key.Key_Return)
    calm(qtbot, window)
    assert dialog.keep.isEnabled()
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    calm(qtbot, window)
    own = [card for card in desk.pages.templates.cards() if not card.preset]
    assert [desk.pages.templates.get(card.name).columns for card in own] == [5]
    dialog.reject()
    page.canvas.setFocus()
    window.actions_[ActionId.NAME_PAGE].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(PageDialog)), timeout=10_000)
    naming = window.findChildren(PageDialog)[0]
    qtbot.waitUntil(lambda: naming.template.count() == 5, timeout=10_000)
    naming.template.setFocus()
    naming.template.setCurrentIndex(naming.template.findData(own[0].name))
    qtbot.mouseClick(naming.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.session.template.columns == 5, timeout=10_000)
    calm(qtbot, window)
    assert desk.pages.template(page.session.page).columns == 5
    # it stands on a page now: it is not removed
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(dialog.remove.isEnabled, timeout=10_000)
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    calm(qtbot, window)
    assert "不能删除" in dialog._told.text()
    assert len(desk.pages.templates.cards()) == 5
    dialog.reject()
    calm(qtbot, window)
    QApplication.processEvents()


def test_a_broken_template_is_told_and_the_page_is_still_shown(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    made = replace(desk.pages.templates.get("tabloid"), name="house 1", title="本报五栏")
    desk.pages.templates.save(made)
    desk.pages.name(page.session.page, template="house 1")
    with desk.store.work() as work:
        work.session.execute(update(TemplateRow).values(words="title = 3", version=TemplateRow.version + 1))
        work.commit()
    page.session.reload()
    calm(qtbot, window)
    assert any(fault.message == "desk.template_lost" for fault in page.session.shown.faults)
    dialog = dialog_of(qtbot, window)
    assert "width" in dialog._told.text()  # the first key that is missing
    assert not dialog.form.isEnabled()
    dialog.reject()
