"""An editor sends the rest of an article on to another page, and cuts by what the copy-fit panel says."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.values.article_text import Part, PartRef
from models.values.change import PlanPage
from models.values.ids import ArticleId, PageId
from models.values.plan import FramePlan
from services.config.errors import UserError
from ui.layout.view import PageView
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl = Qt.KeyboardModifier.ControlModifier


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> PageView:
    """Page 1 with the ferry's article in a frame too small for it."""
    desk = window.newsroom.desk
    assert desk is not None
    ferry = next(card.id for card in window.newsroom.cards if "渡轮" in card.headline)
    issue = desk.issues.find("latest")
    sheet = desk.pages.open(issue.pages[0].id)
    change = desk.pages.place(sheet, ferry, 0, 30)
    small = replace(change.plan.frames[0], columns=1, rows=9)
    desk.apply(replace(change, plan=replace(change.plan, frames=(small,))))
    window.commands.pages.open(issue.pages[0].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    calm(qtbot, window)
    spot = middle(view, ferry)
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    calm(qtbot, window)
    return view


def middle(page: PageView, article: ArticleId) -> QPoint:
    frame = page.session.laid_frame(article)
    assert frame is not None
    return page.canvas.mapFromScene(QPointF(frame.box.x + frame.box.width / 2, frame.box.y + frame.box.height / 2))


def parts(window: MainWindow, article: ArticleId) -> list[FramePlan]:
    desk = window.newsroom.desk
    assert desk is not None
    pages = desk.issues.find("latest").pages
    plans = [desk.pages.open(PageId(page.id)).plan for page in pages]
    return [frame for plan in plans for frame in plan.frames if frame.article == article]


def menu_of(qtbot: QtBot, page: PageView) -> QMenu:
    event_place = middle(page, page.session.selection or ArticleId(0))
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, event_place, page.canvas.viewport().mapToGlobal(event_place)
    )
    QApplication.sendEvent(page.canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_rest_goes_on_to_another_page_and_comes_back(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    article = page.session.selection
    assert article is not None
    assert page.session.overset(article) > 0
    menu = menu_of(qtbot, page)
    jumps = next(action.menu() for action in menu.actions() if isinstance(action.menu(), QMenu))
    assert isinstance(jumps, QMenu)
    assert jumps.isEnabled()
    jumps.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5_000)
    window.activateWindow()
    page.canvas.setFocus()
    qtbot.waitUntil(lambda: len(parts(window, article)) == 2, timeout=10_000)
    calm(qtbot, window)
    first, second = parts(window, article)
    assert (first.jump_to, second.jump_from) == (2, 1)
    assert second.start is not None
    qtbot.waitUntil(lambda: page.session.overset(article) == 0, timeout=10_000)
    shown = "".join(run.text for frame in page.session.shown.frames for run in frame.runs)
    assert "下转第" in shown
    # a taller frame here leaves less for there, at once and for good
    before = second.start
    qtbot.keyClick(page.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    calm(qtbot, window)
    after = parts(window, article)[1].start
    assert after is not None
    assert (after.paragraph, after.offset) > (before.paragraph, before.offset)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: len(parts(window, article)) == 1, timeout=10_000)
    assert parts(window, article)[0].jump_to == 0


def test_the_panel_counts_lines_and_leads_to_the_paragraph(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    panel = page.inspector.fit
    qtbot.waitUntil(panel.isVisible, timeout=10_000)
    assert page.session.fit.over > 0
    assert f"{page.session.fit.lines} 行" in panel.length.text()
    article = page.session.selection
    assert article is not None
    desk = window.newsroom.desk
    assert desk is not None
    page.inspector.fit.chosen.emit(PartRef(part=Part.BODY, index=1))
    qtbot.waitUntil(lambda: isinstance(window.centre.front, ArticleView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, ArticleView)
    spans = view.text().flat().spans
    wanted = next(span for span in spans if span.ref == PartRef(part=Part.BODY, index=1))
    qtbot.waitUntil(lambda: view.selection()[0] in (wanted.start, wanted.end), timeout=10_000)


def test_the_page_follows_every_key_press(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    article = page.session.selection
    assert article is not None
    window.open_article(article)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, ArticleView), timeout=20_000)
    calm(qtbot, window)
    view = window.centre.front
    assert isinstance(view, ArticleView)
    over = page.session.overset(article)
    before = page.session.shown
    view.body.setFocus()
    for _ in range(80):
        qtbot.keyClicks(view.body, "1, ")
    qtbot.waitUntil(lambda: page.session.shown is not before, timeout=10_000)
    qtbot.waitUntil(lambda: page.session.overset(article) > over, timeout=10_000)
    calm(qtbot, window)


def send_on(qtbot: QtBot, window: MainWindow, page: PageView) -> tuple[ArticleId, PageId]:
    """Sends the rest to the second page; the article and that page."""
    article, desk = page.session.selection, window.newsroom.desk
    assert article is not None
    assert desk is not None
    onto = PageId(desk.issues.find("latest").pages[1].id)
    page.session.continue_on(article, onto)
    qtbot.waitUntil(lambda: len(parts(window, article)) == 2, timeout=10_000)
    calm(qtbot, window)
    return article, onto


def test_taking_the_rest_back_leaves_what_somebody_else_put_there(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    article, onto = send_on(qtbot, window, page)
    desk = window.newsroom.desk
    assert desk is not None
    chess = next(card.id for card in window.newsroom.cards if "象棋" in card.headline)
    desk.apply(desk.pages.place(desk.pages.open(onto), chess, 3, 20))
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl)
    qtbot.waitUntil(lambda: len(parts(window, article)) == 1, timeout=10_000)
    calm(qtbot, window)
    assert len(parts(window, chess)) == 1
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(parts(window, article)) == 2, timeout=10_000)
    calm(qtbot, window)
    assert len(parts(window, chess)) == 1


def test_the_rest_that_somebody_else_moved_is_not_taken_back(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    article, onto = send_on(qtbot, window, page)
    desk = window.newsroom.desk
    assert desk is not None
    sheet = desk.pages.open(onto)
    (held,) = sheet.plan.frames
    moved = replace(held, row=held.row + 1)
    desk.apply(PlanPage(page=onto, plan=replace(sheet.plan, frames=(moved,)), version=sheet.version))
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: any("第 2 版" in one.words for one in window.notices.shown), timeout=10_000)
    assert parts(window, article)[1].row == moved.row


def test_an_older_step_does_not_take_back_the_plan_of_somebody_else(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    calm(qtbot, window)
    desk = window.newsroom.desk
    assert desk is not None
    chess = next(card.id for card in window.newsroom.cards if "象棋" in card.headline)
    desk.apply(desk.pages.place(desk.pages.open(page.session.page), chess, 3, 40))
    page.session.reload()
    calm(qtbot, window)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    assert len(parts(window, chess)) == 1


def test_a_plan_that_could_not_be_stored_outlives_a_reload(
    qtbot: QtBot, window: MainWindow, page: PageView, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, article = window.newsroom.desk, page.session.selection
    assert desk is not None
    assert article is not None
    before = parts(window, article)[0].rows

    def full(change: object) -> None:
        raise UserError("store.server_lost", url="x", reason="y")

    with monkeypatch.context() as broken:
        broken.setattr(desk, "apply", full)
        qtbot.keyClick(page.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda: page.session.broken, timeout=10_000)
    page.session.reload()
    calm(qtbot, window)
    page.session.again()
    qtbot.waitUntil(lambda: not page.session.broken, timeout=10_000)
    calm(qtbot, window)
    assert parts(window, article)[0].rows == before + 1
