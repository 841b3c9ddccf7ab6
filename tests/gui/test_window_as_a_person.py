"""An editor at the window: filters the list, drops a file, opens the palette, switches the theme, closes."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.values.change import EditArticle
from services.config.errors import UserError
from services.desk.desk import open_desk
from ui.actions.ids import ActionId as A
from ui.actions.palette import CommandPalette
from ui.intake.dialog import TakeInDialog
from ui.proofing.session import Saved
from ui.proofing.view import ArticleView
from ui.shell.crash import CrashHandler
from ui.shell.issue_dialog import IssueDialog
from ui.shell.main_window import MainWindow
from ui.widgets.look import Look, Scheme

# the window system without a screen says so when a window asks for a size or for the front
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl = Qt.KeyboardModifier.ControlModifier


def test_filter_finds_headlines_and_words_of_the_text(qtbot: QtBot, window: MainWindow) -> None:
    assert len(window.column.list.headlines()) == 3
    qtbot.keyClick(window, Qt.Key.Key_F, Ctrl)
    line = window.column.search
    assert line.hasFocus()
    line.insert("象棋")
    assert window.column.list.headlines() == ["东澜区职工象棋比赛落幕"]
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert len(window.column.list.headlines()) == 3
    line.insert("借阅图书")
    qtbot.waitUntil(lambda: window.column.list.headlines() == ["青橡街道职工书屋开放夜读专场"], timeout=10_000)


def test_enter_in_the_search_opens_the_first_article(qtbot: QtBot, window: MainWindow) -> None:
    window.column.search.insert("夜读")
    qtbot.keyClick(window.column.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.front.article is not None, timeout=10_000)
    view = window.front.article
    assert view is not None
    assert view.session.sheet.text.headline == "青橡街道职工书屋开放夜读专场"


def test_a_dropped_file_is_shown_and_taken_in(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "健走.txt"
    path.write_bytes("职工健走活动举行\n\n本报讯（记者 贺兰亭）职工健走活动日前举行，三百人参加。\n".encode("gb18030"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(QPoint(600, 400), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(600, 400), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(window, drop)
    qtbot.waitUntil(lambda: bool(window.findChildren(TakeInDialog)))
    (dialog,) = window.findChildren(TakeInDialog)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=10_000)
    assert dialog.encodings.currentData() == "gb18030"
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "职工健走活动举行" in window.column.list.headlines(), timeout=10_000)
    qtbot.waitUntil(lambda: window.front.article is not None, timeout=10_000)


def test_a_file_that_is_refused_is_told_kindly(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04 no archive")
    window.commands.take_in([str(path)])
    qtbot.waitUntil(lambda: bool(window.notices.shown), timeout=10_000)
    assert "坏.docx" in window.notices.shown[0].words
    assert window.notices.shown[0].fault


def test_the_palette_runs_a_command(qtbot: QtBot, window: MainWindow, look: Look) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Ctrl)
    (palette,) = window.findChildren(CommandPalette)
    palette.line.insert("深色")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert look.scheme is Scheme.DARK
    assert look.theme.is_dark
    look.choose(Scheme.LIGHT)


def test_another_windows_work_and_what_is_typed_are_put_together(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    desk, article = window.newsroom.desk, ferry.session.sheet.id
    assert desk is not None
    qtbot.keyClick(ferry.body, Qt.Key.Key_End, Ctrl)
    qtbot.keyClicks(ferry.body, "mine")
    desk.tagging.tag(article)
    qtbot.waitUntil(lambda: "自动合并" in "".join(one.words for one in window.notices.shown), timeout=10_000)
    assert ferry.session.saved is Saved.SAVED
    stands = desk.articles.open(article)
    assert stands.text.body[-1].text.endswith("mine")
    assert stands.mentions
    assert ferry.session.sheet.mentions == stands.mentions


def test_what_was_typed_survives_closing(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    desk, article = window.newsroom.desk, ferry.session.sheet.id
    assert desk is not None
    qtbot.keyClick(ferry.body, Qt.Key.Key_End, Ctrl)
    qtbot.keyClicks(ferry.body, "late")
    window.close_tab(window.centre.front_key)
    qtbot.waitUntil(lambda: window.front.article is None, timeout=10_000)  # once its words are in the store
    assert desk.articles.open(article).text.body[-1].text.endswith("late")


def test_a_crash_puts_the_words_into_safety_first(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("services.config.paths.data_folder", lambda: tmp_path)
    told: list[str] = []
    handler = CrashHandler(window, window.unsaved)
    handler.happened.disconnect()
    handler.happened.connect(told.append)
    qtbot.keyClicks(ferry.body, "unsaved")
    error = ValueError("ours")
    handler.handle(ValueError, error, None)
    (draft,) = (tmp_path / "drafts").iterdir()
    assert "unsaved" in draft.read_text("utf-8")
    assert "ours" in told[0]


def test_every_widget_that_takes_the_focus_has_a_name(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    def nameless(widget: QWidget) -> bool:
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisibleTo(window):
            return False
        if widget.metaObject().className() in ("QTabBar", "QMenuBar") and widget.accessibleName():
            return False
        face = QAccessible.queryAccessibleInterface(widget)
        return face is None or not face.text(QAccessible.Text.Name)

    for name in ("findings", "names", "history", "inspector"):
        window.dock.show_tab(name)
        found = [w for w in window.findChildren(QWidget) if nameless(w)]
        assert [(type(w).__name__, w.objectName()) for w in found] == []


def test_a_fault_of_the_world_is_a_notice_and_a_bug_is_not(window: MainWindow) -> None:
    window.faults.tell(UserError("desk.stale"))
    assert window.notices.shown[0].fault
    with pytest.raises(ValueError, match="ours"):
        window.faults.tell(ValueError("ours"))


def test_narrow_windows_let_the_panes_float(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1300, 800)
    assert not window.dock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.dock.isVisible()
    assert window.centre.width() >= 900
    window.resize(1920, 1080)
    assert window.dock.isVisible()
    assert window.splitter.indexOf(window.dock) == 2


def test_closing_waits_for_the_store_and_keeps_drafts_of_what_it_refuses(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("services.config.paths.data_folder", lambda: tmp_path)
    desk, article = window.newsroom.desk, ferry.session.sheet.id
    assert desk is not None
    held = desk.articles.open(article)
    last = held.text.body[-1]
    words = replace(held.text, body=(*held.text.body[:-1], replace(last, text=f"{last.text}别处")))
    # another window's work on the same paragraph: a person has to choose
    desk.apply(EditArticle(article=article, text=words, mentions=(), version=held.version, reason="typing"))
    qtbot.keyClick(ferry.body, Qt.Key.Key_End, Ctrl)
    qtbot.keyClicks(ferry.body, "kept")
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: (tmp_path / "drafts").exists(), timeout=10_000)
    (draft,) = (tmp_path / "drafts").iterdir()
    assert "kept" in draft.read_text("utf-8")
    assert window.isVisible()
    assert str(tmp_path / "drafts") in " ".join(one.words for one in window.notices.shown)
    assert desk.articles.open(article).text.body[-1].text.endswith("别处")
    window.close()
    assert not window.isVisible()


def test_closing_puts_words_together_with_what_another_window_did(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView, tmp_path: Path
) -> None:
    desk, article = window.newsroom.desk, ferry.session.sheet.id
    assert desk is not None
    desk.tagging.tag(article)  # another window's work: no words of it are in the way
    qtbot.keyClick(ferry.body, Qt.Key.Key_End, Ctrl)
    qtbot.keyClicks(ferry.body, "kept")
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    with open_desk(str(tmp_path / "desk.db")) as again:
        held = again.articles.open(article)
    assert held.text.body[-1].text.endswith("kept")
    assert any(m.entity is not None for m in held.mentions)


def test_tagging_over_words_never_seen_here_does_not_take_them_back(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    desk, article = window.newsroom.desk, ferry.session.sheet.id
    assert desk is not None
    held = desk.articles.open(article)
    words = replace(held.text, headline=f"{held.text.headline}别处")
    desk.apply(EditArticle(article=article, text=words, mentions=(), version=held.version, reason="typing"))
    window.actions_[A.TAG_NAMES].trigger()
    qtbot.waitUntil(lambda: ferry.session.sheet.text.headline.endswith("别处"), timeout=10_000)
    qtbot.waitUntil(lambda: ferry.session.saved is Saved.SAVED, timeout=10_000)
    assert desk.articles.open(article).text.headline.endswith("别处")
    assert any(m.entity is not None for m in desk.articles.open(article).mentions)


def test_an_issue_is_made_with_its_pages(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, Ctrl)
    (dialog,) = window.findChildren(IssueDialog)
    assert dialog.number.text() == "89"
    dialog.count.setValue(3)
    qtbot.keyClick(dialog.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.newsroom.issue is not None and len(window.newsroom.issue.pages) == 3, timeout=10_000)
    qtbot.waitUntil(lambda: len(window.newsroom.issues) == 2, timeout=10_000)
    assert window.column.list.headlines() == []


def test_the_palette_finds_by_english_words_and_says_when_nothing_is_found(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Ctrl)
    palette = window.findChildren(CommandPalette)[-1]
    palette.line.setText("export")
    assert palette.list.model().index(0, 0).data() == "输出…"
    palette.line.setText("没有这种东西")
    assert "没有找到" in palette.list.model().index(0, 0).data()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
