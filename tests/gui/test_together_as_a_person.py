"""Two editors at one store: what the other does appears, edits that meet are put together, nothing is lost."""

import contextlib
import datetime
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text as sql

from models.values.cards import ArticleCard
from models.values.change import EditArticle
from models.values.publication import Publication
from services.config.settings import Settings
from services.desk.desk import Desk, open_desk
from services.desk.merging import Choice
from services.desk.permissions import Role
from tests.services.store.servers import REASON, URL, fresh_server
from ui.actions.ids import ActionId
from ui.layout.view import PageView
from ui.proofing import session as session_module
from ui.proofing.session import Saved
from ui.proofing.view import ArticleView
from ui.shell.conflict_view import ConflictView
from ui.shell.main_window import MainWindow
from ui.widgets.look import Look

pytestmark = [
    pytest.mark.skipif(not URL, reason=REASON),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
FERRY = """云帆造船厂首艘电动渡轮交付

本报讯（记者 江照野）近日，云帆造船厂举行首艘电动渡轮交付仪式。

这艘渡轮可载客二百人，每天往返两岸二十四次。

渡口职工代表参加了交付仪式。
"""


class Wire:
    """A road to the server that can be cut and mended: a small proxy on loopback."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._pairs: list[socket.socket] = []
        self._open = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if not self._open:
                near.close()
                continue
            far = socket.create_connection(self._target)
            self._pairs += (near, far)
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while words := source.recv(65536):
                sink.sendall(words)
        for one in (source, sink):  # the other thread still reads one of them: only this lets the far end hear of it
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def cut(self) -> None:
        self._open = False
        for one in self._pairs:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def mend(self) -> None:
        self._open = True

    def close(self) -> None:
        self.cut()
        self._door.close()


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_server() as made:
        yield made


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    from sqlalchemy.engine import make_url

    parts = make_url(url)
    made = Wire(parts.host or "127.0.0.1", parts.port or 5432)
    yield made
    made.close()


@pytest.fixture
def other(url: str, tmp_path: Path) -> Iterator[Desk]:
    file = tmp_path / "渡轮.txt"
    file.write_text(FERRY, "utf-8")
    with open_desk(url, Settings(editor="贺兰亭")) as desk:
        paper = desk.publications.save(Publication(name="东澜职工报"))
        issue = desk.issues.create(paper, datetime.date(2023, 5, 19), ["要闻", "副刊"], total_number=88)
        desk.intake.take_in([file], issue=issue.id)
        yield desk


@pytest.fixture
def window(qtbot: QtBot, look: Look, url: str, wire: Wire, other: Desk, tmp_path: Path) -> Iterator[MainWindow]:
    from sqlalchemy.engine import make_url

    through = (
        make_url(url)
        .set(port=wire.port)
        .update_query_dict({"application_name": "window"})
        .render_as_string(hide_password=False)
    )
    made = MainWindow(look, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    made.resize(1600, 900)
    made.show()
    qtbot.waitExposed(made)
    made.newsroom.open(lambda: (open_desk(through, Settings(editor="江照野")), None))
    qtbot.waitUntil(lambda: len(made.newsroom.cards) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: made.together._news is not None, timeout=20_000)
    yield made
    qtbot.waitUntil(lambda: not made.runner.under_way, timeout=20_000)
    made.newsroom.close()
    made.close()
    made.deleteLater()


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow) -> ArticleView:
    window.open_article(window.newsroom.cards[0].id)
    qtbot.waitUntil(lambda: window.front.article is not None, timeout=20_000)
    made = window.front.article
    assert made is not None
    qtbot.waitUntil(lambda: made.session.is_checked, timeout=30_000)
    return made


def card(window: MainWindow) -> ArticleCard:
    return window.newsroom.cards[0]


def edit(desk: Desk, key: Any, **parts: object) -> None:
    sheet = desk.articles.open(key)
    text = replace(sheet.text, **parts)  # type: ignore[arg-type]
    desk.apply(
        EditArticle(article=key, text=text, mentions=sheet.mentions, waivers=sheet.waivers, version=sheet.version)
    )


def notices(window: MainWindow) -> str:
    return " / ".join(one.words for one in window.notices.shown)


def test_what_the_other_stores_appears(qtbot: QtBot, window: MainWindow, view: ArticleView, other: Desk) -> None:
    edit(other, card(window).id, headline="渡轮今日首航")
    qtbot.waitUntil(lambda: view.text().headline == "渡轮今日首航", timeout=10_000)
    qtbot.waitUntil(lambda: card(window).headline == "渡轮今日首航", timeout=10_000)
    assert "渡轮今日首航" in notices(window)
    assert view.session.saved is Saved.SAVED


def test_who_is_at_work_is_shown_and_taken_over(qtbot: QtBot, window: MainWindow, other: Desk) -> None:
    subject = f"article {card(window).id}"
    theirs = other.leases.take(subject)
    qtbot.waitUntil(lambda: window.together.holder(subject) == "贺兰亭", timeout=10_000)
    model = window.column.list.rows
    assert (
        model.item(model.rowCount() - 1).child(0).data(int(Qt.ItemDataRole.AccessibleTextRole)).endswith("贺兰亭在编辑")
    )
    window.open_article(card(window).id)
    qtbot.waitUntil(lambda: "贺兰亭正在编辑" in notices(window), timeout=10_000)
    notice = next(one for one in window.notices.shown if "贺兰亭" in one.words)
    qtbot.mouseClick(notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.together.holder(subject) == "", timeout=10_000)
    assert [one.holder for one in other.leases.beat([theirs])] == ["江照野"]
    window.close_tab(subject)
    qtbot.waitUntil(lambda: other.leases.all() == (), timeout=10_000)


def test_typing_meets_an_edit_elsewhere_in_the_article(
    qtbot: QtBot, window: MainWindow, view: ArticleView, other: Desk
) -> None:
    view.body.setFocus()
    qtbot.keyClicks(view.body, "ABC")
    edit(other, card(window).id, headline="渡轮今日首航")
    qtbot.waitUntil(lambda: view.session.saved is Saved.SAVED, timeout=15_000)
    qtbot.waitUntil(lambda: view.text().headline == "渡轮今日首航", timeout=15_000)
    stands = other.articles.open(card(window).id).text
    assert stands.headline == "渡轮今日首航"
    assert stands.body[0].text.startswith("ABC")
    assert view.text() == stands
    assert "自动合并" in notices(window)


def test_the_same_place_is_asked_and_nothing_is_dropped(
    qtbot: QtBot, window: MainWindow, view: ArticleView, other: Desk
) -> None:
    key = card(window).id
    body = other.articles.open(key).text.body
    view.body.setFocus()
    qtbot.keyClicks(view.body, "ABC")
    edit(other, key, body=(replace(body[0], text="乙改的第一段。"), *body[1:]))
    qtbot.waitUntil(lambda: isinstance(window.centre.front, ConflictView), timeout=15_000)
    asked = window.centre.front
    assert isinstance(asked, ConflictView)
    assert not asked.save.isEnabled()
    assert view.text().body[0].text.startswith("ABC")
    qtbot.mouseClick(asked.cards[0].buttons[Choice.BOTH], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.session.saved is Saved.SAVED, timeout=15_000)
    stands = [one.text for one in other.articles.open(key).text.body]
    assert stands[0].startswith("ABC")
    assert stands[1] == "乙改的第一段。"
    qtbot.waitUntil(lambda: [one.text for one in view.text().body] == stands, timeout=10_000)
    assert not isinstance(window.centre.front, ConflictView)
    reasons = [one.reason for one in other.articles.revisions(key)]
    assert {"draft", "merge"} <= set(reasons)


def test_the_connection_is_lost_in_mid_edit(
    qtbot: QtBot, window: MainWindow, view: ArticleView, other: Desk, wire: Wire
) -> None:
    from services.config import paths

    view.session._retry.setInterval(300)
    wire.cut()
    view.body.setFocus()
    qtbot.keyClicks(view.body, "ABC")
    qtbot.waitUntil(lambda: view.session.saved is Saved.FAILED, timeout=20_000)
    assert "连接断了" in notices(window)
    qtbot.keyClicks(view.body, "DEF")
    qtbot.waitUntil(lambda: "ABCDEF" in view.session.sheet.text.flat().text, timeout=10_000)
    drafts = "".join(path.read_text("utf-8") for path in (paths.data_folder() / "drafts").rglob("*") if path.is_file())
    assert "ABC" in drafts
    edit(other, card(window).id, headline="渡轮今日首航")
    wire.mend()
    qtbot.waitUntil(lambda: view.session.saved is Saved.SAVED, timeout=40_000)
    qtbot.waitUntil(lambda: view.text().headline == "渡轮今日首航", timeout=20_000)
    stands = other.articles.open(card(window).id).text
    assert stands.body[0].text.startswith("ABCDEF")
    assert stands.headline == "渡轮今日首航"
    assert session_module.RETRY_AFTER >= 1000


def test_what_a_role_may_not_do_is_grey_and_says_why(qtbot: QtBot, window: MainWindow, other: Desk) -> None:
    assert window.actions_[ActionId.EXPORT].isEnabled()
    login = other.people.login()
    other.people.add(login, Role.CHIEF)
    other.people.add("总编", Role.CHIEF)
    other.people.give_role(login, Role.REPORTER)
    desk = window.newsroom.desk
    assert desk is not None
    desk.people.forget()
    window.newsroom.reload()
    qtbot.waitUntil(lambda: not window.actions_[ActionId.EXPORT].isEnabled(), timeout=10_000)
    assert "记者" in window.actions_[ActionId.EXPORT].toolTip()
    assert "输出" in window.actions_[ActionId.EXPORT].toolTip()
    assert window.actions_[ActionId.TAKE_IN].isEnabled()


def test_a_page_that_the_other_changes_appears(qtbot: QtBot, window: MainWindow, other: Desk) -> None:
    issue = window.newsroom.issue
    assert issue is not None
    page = issue.pages[0].id
    window.pages.open(page)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    opened = window.centre.front
    assert isinstance(opened, PageView)
    qtbot.waitUntil(lambda: [one.subject for one in other.leases.all()] == [f"page {page}"], timeout=10_000)
    sheet = other.pages.open(page)
    other.apply(other.pages.place(sheet, card(window).id, 0, 12))
    qtbot.waitUntil(
        lambda: [frame.article for frame in opened.session.plan.frames] == [card(window).id], timeout=15_000
    )
    qtbot.waitUntil(lambda: card(window).page == page, timeout=10_000)


def test_another_connection_on_the_same_server_is_cut_off(qtbot: QtBot, view: ArticleView, other: Desk) -> None:
    """An administrator ends every session: the next words are stored all the same."""
    view.session._retry.setInterval(300)
    with other.store.work() as work:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'window'"
        work.session.execute(sql(ended))
        work.commit()
    view.body.setFocus()
    qtbot.keyClicks(view.body, "ABC")
    qtbot.waitUntil(lambda: view.session.saved is not Saved.SAVED, timeout=10_000)
    qtbot.waitUntil(lambda: view.session.saved is Saved.SAVED, timeout=30_000)
    assert other.articles.open(view.session.sheet.id).text.body[0].text.startswith("ABC")
