"""A person looks for words in the whole store, and sees to its backups."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from services.config.messages import text
from services.desk.desk import open_desk
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.shell.search_view import SearchView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(window: MainWindow, qtbot: QtBot) -> SearchView:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, SearchView))
    view = window.centre.front
    assert isinstance(view, SearchView)
    return view


def headlines(view: SearchView) -> list[str]:
    model = view.list.rows
    return [str(model.item(at).text()) for at in range(model.rowCount())]


def test_words_typed_are_found_as_one_types(window: MainWindow, qtbot: QtBot) -> None:
    view = opened(window, qtbot)
    assert window.focusWidget() is view.query
    view.query.insert("职")
    qtbot.waitUntil(lambda: len(headlines(view)) == 3)
    view.query.insert("工书屋")
    qtbot.waitUntil(lambda: headlines(view) == ["青橡街道职工书屋开放夜读专场"])
    assert text("archive.search.count", count=1) in view.count.text()
    hit = view.list.rows.item(0).data(Qt.ItemDataRole.UserRole + 1)
    assert hit.snippet[slice(*hit.mark)] == "职工书屋"
    qtbot.keyClick(view.query, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, ArticleView))
    assert "书屋" in window.centre.front.text().headline  # type: ignore[union-attr]


def test_conditions_narrow_and_a_wrong_one_is_said(window: MainWindow, qtbot: QtBot) -> None:
    view = opened(window, qtbot)
    view.fields["author"].insert("江照")
    qtbot.waitUntil(lambda: len(headlines(view)) == 2)
    qtbot.keyClicks(view.fields["since"], "2023-5")
    qtbot.waitUntil(lambda: "2023-5" in view.count.text())
    view.fields["since"].clear()
    qtbot.keyClicks(view.fields["since"], "20230520")
    qtbot.waitUntil(lambda: headlines(view) == [] and view.count.text() == text("archive.search.count", count=0))
    qtbot.keyClick(view.fields["since"], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: view.count.text() == "")
    assert window.focusWidget() is view.query


def test_the_list_is_walked_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    view = opened(window, qtbot)
    view.query.insert("职工")
    qtbot.waitUntil(lambda: len(headlines(view)) == 3)
    qtbot.keyClick(view.query, Qt.Key.Key_Down)
    assert window.focusWidget() is view.list
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    assert window.focusWidget() is view.query
    qtbot.keyClick(view.query, Qt.Key.Key_Down)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, ArticleView))


def test_a_backup_now_and_back_again(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    place = desk.store.path
    assert place is not None
    dialog = window.commands.archive.backups()
    assert dialog is not None
    assert text("archive.backup.none") in dialog.last.text() or dialog.last.text() == ""
    qtbot.waitUntil(lambda: dialog.now.isEnabled() and dialog.last.text() != "")
    qtbot.mouseClick(dialog.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.list.rows.rowCount() == 1, timeout=20_000)
    qtbot.waitUntil(lambda: "-" in window.status._backup.text())
    assert not dialog.restore.isEnabled()
    card = desk.articles.list()[0]
    headline = card.headline
    sheet = desk.articles.open(card.id)
    from dataclasses import replace

    from models.values.change import EditArticle

    desk.apply(
        EditArticle(article=card.id, text=replace(sheet.text, headline="改后"), version=sheet.version, reason="edit")
    )
    dialog.list.setCurrentIndex(dialog.list.rows.index(0, 0))
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    box = dialog.findChildren(QMessageBox)[0]
    box.defaultButton().click()
    qtbot.waitUntil(lambda: window.newsroom.desk not in (None, desk) and bool(window.newsroom.cards), timeout=20_000)
    again = window.newsroom.desk
    assert again is not None
    assert again.articles.open(card.id).text.headline == headline
    asides = [path for path in Path(place).parent.glob("*.before-restore*") if not path.name.endswith(("-wal", "-shm"))]
    with open_desk(str(asides[0])) as before:
        assert before.articles.open(card.id).text.headline == "改后"
