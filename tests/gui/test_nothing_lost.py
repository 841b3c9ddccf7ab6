"""Words and plans that the store refuses, or that somebody else changed: kept, told, never overwritten unseen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.values.change import Change, PlanPage, Receipt
from services.config import paths
from services.config.errors import UserError
from ui.layout.view import PageView
from ui.proofing.session import Saved
from ui.proofing.text_view import pastable
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.widgets.look import Scheme, scheme_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Left = Qt.MouseButton.LeftButton


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=30_000)


def refuse(change: Change) -> Receipt:
    raise UserError("store.locked", file="desk.db")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> PageView:
    """Page 1 with one article on it."""
    assert window.newsroom.issue is not None
    window.pages.open(window.newsroom.issue.pages[0].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    view.session.place(window.newsroom.cards[0].id, 0, 20)
    qtbot.waitUntil(lambda: len(view.session.shown.frames) == 1, timeout=20_000)
    calm(qtbot, window)
    return view


def test_a_tab_whose_words_are_being_refused_stays_open(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.newsroom.desk is not None
    monkeypatch.setattr(window.newsroom.desk, "apply", refuse)
    key = window.centre.front_key
    ferry.session.type(replace(ferry.session.sheet.text, headline="写到一半的标题"))
    assert ferry.session.saved is Saved.SAVING
    window.close_tab(key)
    qtbot.waitUntil(lambda: ferry.session.saved is Saved.FAILED, timeout=10_000)
    qtbot.wait(200)
    assert window.centre.view(key) is ferry
    assert window.close() is False
    assert window.close() is True  # the drafts hold exactly these words
    words = [path.read_text("utf-8") for path in (paths.data_folder() / "drafts").iterdir()]
    assert len(words) == 1
    assert "写到一半的标题" in words[0]


def test_words_typed_after_the_drafts_go_into_drafts_too(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.newsroom.desk is not None
    monkeypatch.setattr(window.newsroom.desk, "apply", refuse)
    for words in ("第一次", "第二次"):
        ferry.session.type(replace(ferry.session.sheet.text, headline=words))
        qtbot.waitUntil(lambda: ferry.session.saved is Saved.FAILED, timeout=10_000)
        assert window.close() is False
    kept = "".join(path.read_text("utf-8") for path in (paths.data_folder() / "drafts").iterdir())
    assert "第二次" in kept


def test_typing_while_names_are_tagged_keeps_words_and_tags(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    session = ferry.session
    window.commands._tag_names(ferry)
    session.type(replace(session.sheet.text, headline="新标题：" + session.sheet.text.headline))
    calm(qtbot, window)
    assert session.saved is Saved.SAVED
    assert not window.notices.shown
    assert window.newsroom.desk is not None
    stored = window.newsroom.desk.articles.open(session.sheet.id)
    assert stored.text.headline.startswith("新标题：")
    assert "沈砚舟" in {mention.name for mention in stored.mentions}
    flat = stored.text.flat().text
    assert all(flat[one.start : one.end] == one.text for one in stored.mentions)


def test_what_is_pasted_holds_no_control_characters(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    assert pastable("甲\x0b乙\r\n丙\x00\ud800丁") == "甲\n乙\n丙丁"
    window.commands._tag_names(ferry)
    calm(qtbot, window)
    before = len(ferry.session.sheet.mentions)
    assert before
    data = QMimeData()
    data.setText("开头\x07的话\x0b")
    ferry.body.setFocus()
    ferry.body.put_caret(0, 0)
    ferry.body.insertFromMimeData(data)
    ferry.flush()
    calm(qtbot, window)
    assert window.newsroom.desk is not None
    stored = window.newsroom.desk.articles.open(ferry.session.sheet.id)
    assert "开头的话" in stored.text.flat().text
    assert len(stored.mentions) == before


def test_another_windows_page_is_not_overwritten(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    other = desk.pages.open(page.session.page)
    desk.apply(PlanPage(page=other.id, plan=replace(other.plan, slogan="别的窗口的口号"), version=other.version))
    page.session.edit_frame(replace(page.session.plan.frames[0], tint=True))
    calm(qtbot, window)
    assert desk.pages.open(page.session.page).plan.slogan == "别的窗口的口号"
    qtbot.waitUntil(lambda: page.session.plan.slogan == "别的窗口的口号", timeout=10_000)
    page.session.edit_frame(replace(page.session.plan.frames[0], tint=True))
    calm(qtbot, window)
    plan = desk.pages.open(page.session.page).plan
    assert (plan.slogan, plan.frames[0].tint) == ("别的窗口的口号", True)


def test_a_reload_does_not_pass_over_what_waits_to_be_written(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    page.session.reload()
    page.session.edit_frame(replace(page.session.plan.frames[0], columns=3))
    page.session.reload()
    calm(qtbot, window)
    qtbot.waitUntil(lambda: page.session.plan.frames[0].columns == 3, timeout=10_000)
    assert window.newsroom.desk is not None
    assert window.newsroom.desk.pages.open(page.session.page).plan.frames[0].columns == 3


def test_a_plan_that_was_refused_is_kept_and_stored_again(
    qtbot: QtBot, window: MainWindow, page: PageView, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    with monkeypatch.context() as patch:
        patch.setattr(desk, "apply", refuse)
        page.session.edit_frame(replace(page.session.plan.frames[0], tint=True))
        calm(qtbot, window)
        assert page.session.broken
        window.close_tab(window.centre.front_key)
        assert window.centre.front is page
    notice = next(one for one in window.notices.shown if one.findChildren(QPushButton))
    qtbot.mouseClick(notice.findChildren(QPushButton)[0], Left)
    calm(qtbot, window)
    assert not page.session.broken
    assert desk.pages.open(page.session.page).plan.frames[0].tint


def test_an_article_dropped_on_a_full_page_lies_over_the_others(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    template, first = page.session.template, page.session.plan.frames[0]
    whole = replace(first, column=0, row=0, columns=template.columns, rows=template.rows)
    page.session.edit_frame(whole)
    calm(qtbot, window)
    article = window.newsroom.cards[1].id
    page.session.place(article, 2, 30)
    qtbot.waitUntil(lambda: page.session.laid_frame(article) is not None, timeout=10_000)
    calm(qtbot, window)
    assert any(fault.kind.value == "overlap" for fault in page.session.shown.faults)


def test_a_scheme_that_is_none_is_light() -> None:
    assert [scheme_of(word) for word in ("dark", "foo", None)] == [Scheme.DARK, Scheme.LIGHT, Scheme.LIGHT]
