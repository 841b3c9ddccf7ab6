"""An editor at a page: F5, dragging and resizing with mouse and keys, dropping an article, taking it all back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.values.ids import ArticleId
from ui.layout.view import PageView
from ui.shell.main_window import MainWindow
from ui.widgets.mime import article_data

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> PageView:
    """Page 1, open and empty."""
    assert window.newsroom.desk is not None
    issue = window.newsroom.desk.issues.find("latest")
    window.commands.pages.open(issue.pages[0].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    calm(qtbot, window)
    return view


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)


def laid_out(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.findChild(type(page._options)).isVisible(), timeout=20_000)
    calm(qtbot, window)
    qtbot.keyClick(page._options._list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.session.shown.frames) == 3, timeout=20_000)
    calm(qtbot, window)


def stored_plan(window: MainWindow, page: PageView) -> object:
    assert window.newsroom.desk is not None
    return window.newsroom.desk.pages.open(page.session.page).plan.frames


def middle(page: PageView, article: ArticleId) -> QPoint:
    frame = page.session.laid_frame(article)
    assert frame is not None
    centre = QPointF(frame.box.x + frame.box.width / 2, frame.box.y + frame.box.height / 2)
    return page.canvas.mapFromScene(centre)


def test_f5_proposes_plans_enter_adopts_and_undo_takes_back(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    laid_out(qtbot, window, page)
    assert stored_plan(window, page) == page.session.plan.frames
    qtbot.keyClick(window, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: page.session.shown.frames == (), timeout=10_000)
    assert stored_plan(window, page) == ()


def test_escape_leaves_the_page_as_it_was(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(page._options.isVisible, timeout=20_000)
    calm(qtbot, window)
    qtbot.keyClick(page._options._list, Qt.Key.Key_Escape)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: page.session.shown.frames == (), timeout=10_000)
    assert not page._options.isVisible()


def test_a_drag_moves_by_whole_columns_and_reflows_while_it_lasts(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    laid_out(qtbot, window, page)
    article = page.session.plan.frames[-1].article
    qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle(page, article))
    assert page.session.selection == article
    before = page.session.frame(article)
    assert before is not None
    south = page.canvas.mapFromScene(
        QPointF(page.session.shown.width / 2, page.session.template.row_y(before.row + before.rows))
    )
    laid = page.session.laid_frame(article)
    assert laid is not None
    south.setX(page.canvas.mapFromScene(QPointF(laid.box.x + laid.box.width / 2, 0)).x())
    rows = page.session.template.leading * page.canvas.viewportTransform().m11()
    view = page.canvas.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=south)
    qtbot.mouseMove(view, south - QPoint(0, round(2 * rows)))
    qtbot.waitUntil(lambda: page.session.plan.frames[-1].rows == before.rows - 2, timeout=10_000)
    calm(qtbot, window)
    shown = page.session.laid_frame(article)
    assert shown is not None
    assert round(shown.box.height / page.session.template.leading) == before.rows - 2
    assert stored_plan(window, page) != page.session.plan.frames
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=south - QPoint(0, round(2 * rows)))
    calm(qtbot, window)
    assert stored_plan(window, page) == page.session.plan.frames
    qtbot.keyClick(window, Qt.Key.Key_Z, Ctrl)
    calm(qtbot, window)
    assert page.session.frame(article) == before


def test_keys_move_resize_and_take_off(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    laid_out(qtbot, window, page)
    frame = page.session.plan.frames[-1]
    page.session.select(frame.article)
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    calm(qtbot, window)
    moved = page.session.frame(frame.article)
    assert moved is not None
    assert moved.rows == frame.rows - 1
    qtbot.keyClick(page.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.session.frame(frame.article) is None, timeout=10_000)
    calm(qtbot, window)
    assert len(page.session.shown.frames) == 2


def test_an_article_dropped_from_the_list_stands_where_it_was_dropped(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    article = window.newsroom.cards[0].id
    data = article_data(article)
    spot = QPointF(page.canvas.mapFromScene(QPointF(400, 500)))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(spot.toPoint(), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(page.canvas.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page.canvas.viewport(), QDropEvent(spot, Qt.DropAction.CopyAction, data, left, none))
    qtbot.waitUntil(lambda: page.session.laid_frame(article) is not None, timeout=10_000)
    calm(qtbot, window)
    assert page.session.selection == article
    frame = page.session.laid_frame(article)
    assert frame is not None
    assert frame.box.y <= 500 <= frame.box.bottom


def test_wheel_with_control_zooms_and_fit_comes_back(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    fitted = page.canvas.zoom
    page.zoom_in()
    assert page.canvas.zoom == pytest.approx(fitted * 1.25)
    page.zoom_reset()
    assert page.canvas.zoom == pytest.approx(1.0)
    page.canvas.fit()
    assert page.canvas.zoom == pytest.approx(fitted)


def test_the_page_stands_where_the_grid_stands(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    """Kept pixels land on the same place whether the canvas or the whole window is painted."""
    laid_out(qtbot, window, page)
    qtbot.waitUntil(lambda: page.canvas._items.is_drawn, timeout=10_000)
    view = page.canvas.viewport()
    alone = view.grab().toImage()
    corner = view.mapTo(window, QPoint(0, 0))
    whole = window.grab().toImage().copy(corner.x(), corner.y(), view.width(), view.height())
    frame = page.session.shown.frames[0]
    ink = 0
    spot = page.canvas.mapFromScene(QPointF(frame.box.x, frame.box.y))
    for x in range(spot.x(), spot.x() + 60):
        for y in range(spot.y(), spot.y() + 60):
            assert alone.pixel(x, y) == whole.pixel(x, y)
            ink += alone.pixelColor(x, y).lightness() < 120
    assert ink > 20
