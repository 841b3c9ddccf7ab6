"""An editor keeps the authority file: finds, edits, undoes, merges; names in a whole issue; the drawing; a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from models.values.entity import EditRecords, EntityRecord
from models.values.mention import EntityKind
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.tagging.authority_view import AuthorityView
from ui.tagging.merge_dialog import MergeDialog
from ui.tagging.network import NetworkView
from ui.tagging.record_dialog import RecordDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Left, Ctrl, Shift, Alt = (
    Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=30_000)


@pytest.fixture
def tagged(qtbot: QtBot, window: MainWindow) -> MainWindow:
    desk = window.newsroom.desk
    assert desk is not None
    desk.tagging.tag_many([card.id for card in window.newsroom.cards])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    calm(qtbot, window)
    return window


@pytest.fixture
def authority(qtbot: QtBot, tagged: MainWindow) -> AuthorityView:
    qtbot.keyClick(tagged, Qt.Key.Key_F6, Shift)
    qtbot.waitUntil(lambda: isinstance(tagged.centre.front, AuthorityView), timeout=20_000)
    view = tagged.centre.front
    assert isinstance(view, AuthorityView)
    qtbot.waitUntil(lambda: view._shown is not None, timeout=20_000)
    calm(qtbot, tagged)
    return view


def look_up(qtbot: QtBot, window: MainWindow, view: AuthorityView, name: str) -> None:
    view.query.selectAll()
    view.query.insert(name)  # as an input method commits it
    qtbot.waitUntil(lambda: view._name.text() == name, timeout=20_000)
    calm(qtbot, window)


def front(qtbot: QtBot, window: MainWindow, view: AuthorityView) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    view.list.setFocus()


def test_a_record_is_found_edited_and_the_edit_undone(
    qtbot: QtBot, tagged: MainWindow, authority: AuthorityView
) -> None:
    look_up(qtbot, tagged, authority, "沈砚舟")
    assert authority.places.count() == 2
    qtbot.mouseClick(authority.edit, Left)
    qtbot.waitUntil(lambda: authority.findChild(RecordDialog) is not None, timeout=10_000)
    dialog = authority.findChild(RecordDialog)
    assert dialog is not None
    dialog.offices.item(0, 2).setText("昨天")
    qtbot.mouseClick(dialog.keep, Left)
    assert "昨天" in dialog.fault.text()
    dialog.offices.item(0, 2).setText("2020.3")
    dialog.parent_.setText("云帆造船厂")
    qtbot.mouseClick(dialog.keep, Left)
    qtbot.waitUntil(lambda: "云帆造船厂" in authority._line.text(), timeout=20_000)
    calm(qtbot, tagged)
    desk = tagged.newsroom.desk
    assert desk is not None
    (record,) = desk.records.named(EntityKind.PERSON, "沈砚舟")
    assert str(record.offices[0].since) == "2020-03-01"
    front(qtbot, tagged, authority)
    qtbot.keyClick(authority.list, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, tagged)
    (record,) = desk.records.named(EntityKind.PERSON, "沈砚舟")
    assert (record.parent, record.offices[0].since) == ("", None)
    qtbot.keyClick(authority.list, Qt.Key.Key_Y, Ctrl)
    calm(qtbot, tagged)
    (record,) = desk.records.named(EntityKind.PERSON, "沈砚舟")
    assert record.parent == "云帆造船厂"


def test_two_records_become_one_and_two_again(qtbot: QtBot, tagged: MainWindow, authority: AuthorityView) -> None:
    look_up(qtbot, tagged, authority, "沈砚舟")
    qtbot.mouseClick(authority.merge, Left)
    qtbot.waitUntil(lambda: authority.findChild(MergeDialog) is not None, timeout=10_000)
    dialog = authority.findChild(MergeDialog)
    assert dialog is not None
    dialog.query.setText("江照野")
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=10_000)
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.keep, Left)
    qtbot.waitUntil(lambda: authority.places.count() == 4, timeout=20_000)
    assert "江照野" in authority._facts.text()
    calm(qtbot, tagged)
    front(qtbot, tagged, authority)
    qtbot.keyClick(authority.list, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, tagged)
    qtbot.waitUntil(lambda: authority.places.count() == 2, timeout=20_000)


def test_a_place_opens_its_article(qtbot: QtBot, tagged: MainWindow, authority: AuthorityView) -> None:
    look_up(qtbot, tagged, authority, "沈砚舟")
    authority.places.setCurrentRow(1)
    authority.places.setFocus()
    qtbot.keyClick(authority.places, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tagged.front.article is not None, timeout=20_000)
    view = tagged.front.article
    assert view is not None
    start, end = view.selection()
    assert view.session.sheet.text.flat().text[start:end] == "沈砚舟"
    calm(qtbot, tagged)


def test_the_network_is_walked_by_keys_and_kept(qtbot: QtBot, tagged: MainWindow, tmp_path: Path) -> None:
    qtbot.keyClick(tagged, Qt.Key.Key_F6, Ctrl)
    qtbot.waitUntil(lambda: isinstance(tagged.centre.front, NetworkView), timeout=20_000)
    view = tagged.centre.front
    assert isinstance(view, NetworkView)
    qtbot.waitUntil(lambda: bool(view.canvas.spots), timeout=20_000)
    calm(qtbot, tagged)
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    first = view.canvas.here
    assert first is not None
    assert view.canvas.network.nodes[first].name in view._line.text()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view.canvas, key)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    view.save(tmp_path / "图.png")
    view.save(tmp_path / "图.svg")
    calm(qtbot, tagged)
    picture = QImage(str(tmp_path / "图.png"))
    assert not picture.isNull()
    assert picture.width() > 400
    assert "沈砚舟" in (tmp_path / "图.svg").read_text("utf-8")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(tagged.centre.front, AuthorityView), timeout=20_000)
    calm(qtbot, tagged)


def test_a_name_in_every_article_of_the_issue_and_back(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    at = ferry.session.sheet.text.flat().text.index("职工")
    ferry.reveal(at, at + 2)
    _trigger(window, "tag_issue")
    calm(qtbot, window)
    desk = window.newsroom.desk
    assert desk is not None

    def held() -> list[int]:
        return [sum(m.text == "职工" for m in desk.articles.open(card.id).mentions) for card in window.newsroom.cards]

    assert all(count >= 1 for count in held())
    assert sum(m.text == "职工" for m in ferry.session.sheet.mentions) >= 1
    (notice,) = [one for one in window.notices.shown if "职工" in one.words]
    undo = next(one for one in notice.findChildren(QPushButton) if one.text() == "撤销")
    qtbot.mouseClick(undo, Left)
    calm(qtbot, window)
    assert held() == [0, 0, 0]
    assert not any(m.text == "职工" for m in ferry.session.sheet.mentions)


def _trigger(window: MainWindow, name: str) -> None:
    from ui.actions.ids import ActionId

    window.actions_[ActionId(name)].trigger()


def test_a_changed_name_is_asked_about_in_the_dock(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    flat = ferry.session.sheet.text.flat().text
    at = flat.index("沈砚舟")
    ferry.reveal(at, at + 3)
    qtbot.keyClick(ferry.body, Qt.Key.Key_E, Ctrl)
    calm(qtbot, window)
    ferry.reveal(at + 2, at + 3)
    qtbot.keyClicks(ferry.body, "x")
    ferry.flush()
    calm(qtbot, window)
    window.dock.show_tab("names")
    names = window.dock.names
    qtbot.waitUntil(names.keep.isVisible, timeout=10_000)
    (asked,) = [m for m in ferry.session.sheet.mentions if m.was]
    assert (asked.text, asked.was) == ("沈砚x", "沈砚舟")
    qtbot.mouseClick(names.keep, Left)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: not names.keep.isVisible(), timeout=10_000)
    (kept,) = [m for m in ferry.session.sheet.mentions if m.start == asked.start]
    assert (kept.name, kept.was, kept.by_hand) == ("沈砚x", "", True)
    qtbot.keyClick(ferry.body, Qt.Key.Key_Z, Ctrl)
    assert any(m.was for m in ferry.session.sheet.mentions)
    qtbot.keyClick(ferry.body, Qt.Key.Key_Z, Ctrl)
    assert not any(m.was for m in ferry.session.sheet.mentions)
    assert any(m.text == "沈砚舟" for m in ferry.session.sheet.mentions)
    calm(qtbot, window)


def test_bad_rows_are_told_before_anything_is_taken(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text("类别,名称\n人物,沈砚舟\n鱼,鲤\n", "utf-8")
    desk = window.newsroom.desk
    assert desk is not None
    window.commands.names.work.import_file(path)
    calm(qtbot, window)
    assert desk.records.page().total == 0
    (notice,) = [one for one in window.notices.shown if "第 3 行" in one.words]
    take = next(one for one in notice.findChildren(QPushButton) if "1" in one.text())
    qtbot.mouseClick(take, Left)
    calm(qtbot, window)
    assert [line.name for line in desk.records.page().lines] == ["沈砚舟"]
    window.commands.names.work.export(tmp_path / "出.csv")
    calm(qtbot, window)
    assert "沈砚舟" in (tmp_path / "出.csv").read_text("utf-8-sig")


def test_which_of_two_people_is_chosen_at_the_name(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    two = tuple(EntityRecord(kind=EntityKind.PERSON, name="沈砚舟", parent=parent) for parent in ("船厂", "学校"))
    made = desk.records.apply(EditRecords(records=two, reason="add")).change.records
    at = ferry.session.sheet.text.flat().text.index("沈砚舟")
    ferry.reveal(at, at + 3)
    qtbot.keyClick(ferry.body, Qt.Key.Key_E, Ctrl)
    calm(qtbot, window)
    ferry.reveal(at + 1, at + 1)
    qtbot.keyClick(ferry.body, Qt.Key.Key_I, Ctrl | Alt)
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in ferry.findChildren(QMenu)), timeout=10_000)
    menu = next(one for one in ferry.findChildren(QMenu) if one.isVisible())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[:2] == ["沈砚舟 · 船厂", "沈砚舟 · 学校"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    calm(qtbot, window)
    (mention,) = [m for m in desk.articles.open(ferry.session.sheet.id).mentions if m.start == at]
    assert mention.entity == made[1].id
    qtbot.keyClick(ferry.body, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    (mention,) = [m for m in desk.articles.open(ferry.session.sheet.id).mentions if m.start == at]
    assert mention.entity is None
