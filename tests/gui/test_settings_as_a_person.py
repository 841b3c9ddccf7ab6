"""An editor sets the window and the paper, names pages and adds one, and finds the tabs again on the next day."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from models.values.publication import Profile
from services.config import settings as settings_module
from services.config.settings import load_settings
from services.desk.desk import open_desk
from ui.layout.view import PageView
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.shell.page_dialog import PageDialog
from ui.shell.page_strip import PageThumb
from ui.shell.settings_dialog import SettingsDialog, names_in
from ui.widgets.look import Look, Scheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl = Qt.KeyboardModifier.ControlModifier
Left = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_module, "settings_file", lambda: tmp_path / "settings.toml")


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)


def opened_page(qtbot: QtBot, window: MainWindow, number: int) -> PageView:
    assert window.newsroom.issue is not None
    window.pages.open(window.newsroom.issue.pages[number - 1].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    calm(qtbot, window)
    return view


def test_settings_are_kept_for_person_and_paper(
    qtbot: QtBot, window: MainWindow, look: Look, ferry: ArticleView
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Comma, Ctrl)
    qtbot.waitUntil(lambda: bool(window.findChildren(SettingsDialog)), timeout=10_000)
    (dialog,) = window.findChildren(SettingsDialog)
    assert dialog.lines["name"].text() == "东澜职工报"
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.zoom.setCurrentIndex(dialog.zoom.findData("28"))
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    dialog.profile.setCurrentIndex(dialog.profile.findData("internal"))
    dialog.lines["name"].clear()
    assert not dialog.keep.isEnabled()
    dialog.lines["name"].setText("东澜职工")
    dialog.staff.setPlainText("江照野，贺兰亭 江照野")
    qtbot.mouseClick(dialog.keep, Left)
    calm(qtbot, window)
    assert look.scheme is Scheme.DARK
    assert ferry.body.size_px == 28
    kept = load_settings()
    assert (kept.language, kept.theme, kept.text_size) == ("en", "dark", 28)
    assert window.newsroom.desk is not None
    ((_, paper),) = window.newsroom.desk.publications.all()
    assert (paper.name, paper.profile, paper.staff) == ("东澜职工", Profile.INTERNAL, ("江照野", "贺兰亭"))
    qtbot.waitUntil(lambda: window.column._name.text() == "东澜职工", timeout=10_000)


def test_names_are_set_apart_by_any_mark() -> None:
    assert names_in(" 江照野、贺兰亭\n沈砚舟; ,江照野 ") == ("江照野", "贺兰亭", "沈砚舟")


def test_a_page_in_front_is_named_and_the_name_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    view = opened_page(qtbot, window, 1)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    dialog = window.findChild(PageDialog)
    assert dialog is not None
    assert dialog.name.text() == "要闻"
    dialog.name.setText("头版")
    dialog.slogan.setText("为职工办实事")
    qtbot.mouseClick(dialog.keep, Left)
    calm(qtbot, window)
    assert window.newsroom.desk is not None
    plan = window.newsroom.desk.pages.open(view.session.page).plan
    assert (plan.name, plan.slogan) == ("头版", "为职工办实事")
    assert "头版" in window.centre.tabs.tabText(0)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    assert window.newsroom.desk.pages.open(view.session.page).plan.name == "要闻"


def test_the_strip_names_a_closed_page_and_adds_one(qtbot: QtBot, window: MainWindow) -> None:
    strip = window.column.pages
    thumbs = [thumb for thumb in strip.findChildren(PageThumb) if thumb.isVisible()]
    assert [thumb.card.name for thumb in thumbs] == ["要闻", "副刊"]
    thumbs[1].customContextMenuRequested.emit(QPoint(10, 10))
    menu = next(one for one in strip.findChildren(QMenu) if one.actions())
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: window.findChild(PageDialog) is not None, timeout=10_000)
    dialog = window.findChild(PageDialog)
    assert dialog is not None
    dialog.name.setText("文艺")
    qtbot.mouseClick(dialog.keep, Left)
    qtbot.waitUntil(lambda: strip._thumbs[thumbs[1].card.id].card.name == "文艺", timeout=10_000)
    qtbot.mouseClick(strip._plus, Left)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    calm(qtbot, window)
    assert window.newsroom.issue is not None
    assert [page.number for page in window.newsroom.issue.pages] == [1, 2, 3]


def test_tabs_of_articles_and_pages_come_back(
    qtbot: QtBot, window: MainWindow, look: Look, ferry: ArticleView, ready_store: Path, tmp_path: Path
) -> None:
    opened_page(qtbot, window, 2)
    window.open_article(window.newsroom.cards[-1].id)
    qtbot.waitUntil(lambda: len(window.centre.keys) == 3, timeout=20_000)
    keys = window.centre.keys
    window.centre.turn_to(keys[1])
    calm(qtbot, window)
    window.close()
    again = MainWindow(look, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    again.resize(1920, 1080)
    again.show()
    store = tmp_path / "again.db"
    shutil.copy(ready_store, store)
    again.newsroom.ready.connect(again.restore_tabs)
    again.newsroom.open(lambda: (open_desk(str(store)), None))
    qtbot.waitUntil(lambda: len(again.centre.keys) == 3, timeout=20_000)
    assert again.centre.keys == keys
    qtbot.waitUntil(lambda: again.centre.front_key == keys[1], timeout=10_000)
    calm(qtbot, again)
    again.close()
    again.deleteLater()
    assert not again.findChildren(QMessageBox)
