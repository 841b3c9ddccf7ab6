"""An editor puts pictures on a page: drops a file, gives caption and credit, sees how fine it prints, takes it back."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from models.values.ids import ArticleId
from models.values.plan import PicturePlan
from ui.intake.dialog import TakeInDialog
from ui.layout.view import PageView
from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl = Qt.KeyboardModifier.ControlModifier
Left, NoKeys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def photo(folder: Path, name: str, size: tuple[int, int]) -> Path:
    path = folder / name
    Image.new("RGB", size, (120, 60, 40)).save(path)
    return path


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> PageView:
    """Page 1 with the article about the ferry on it."""
    assert window.newsroom.desk is not None
    desk = window.newsroom.desk
    issue = desk.issues.find("latest")
    window.commands.pages.open(issue.pages[0].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    view.session.place(window.newsroom.cards[0].id, 0, 20)
    qtbot.waitUntil(lambda: len(view.session.shown.frames) == 1, timeout=20_000)
    calm(qtbot, window)
    return view


def drop(page: PageView, path: Path) -> bool:
    frame = page.session.shown.frames[0]
    spot = QPointF(page.canvas.mapFromScene(QPointF(frame.box.x + 20, frame.box.y + frame.box.height / 2)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    to, copy = page.canvas.viewport(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(spot.toPoint(), copy, data, Left, NoKeys)
    QApplication.sendEvent(to, enter)
    QApplication.sendEvent(to, QDragMoveEvent(spot.toPoint(), copy, data, Left, NoKeys))
    QApplication.sendEvent(to, QDropEvent(spot, copy, data, Left, NoKeys))
    return enter.isAccepted()


def stored(window: MainWindow, page: PageView) -> PicturePlan | None:
    assert window.newsroom.desk is not None
    return window.newsroom.desk.pages.open(page.session.page).plan.frames[0].picture


def test_a_picture_dropped_on_an_article_is_kept_and_taken_back(
    qtbot: QtBot, window: MainWindow, page: PageView, tmp_path: Path
) -> None:
    path = photo(tmp_path, "渡轮.jpg", (1800, 1200))
    assert drop(page, path)
    qtbot.waitUntil(lambda: bool(page.session.shown.frames[0].pictures), timeout=20_000)
    calm(qtbot, window)
    held = stored(window, page)
    assert held is not None
    assert held.picture is not None
    assert window.newsroom.desk is not None
    assert window.newsroom.desk.pictures.data(held.picture) == path.read_bytes()
    form = page.inspector.picture
    qtbot.waitUntil(lambda: "ppi" in form.fine.text(), timeout=10_000)
    assert "1800" in form.fine.text()
    form.caption.setFocus()
    qtbot.keyClicks(form.caption, "new ferry")
    qtbot.keyClick(form.caption, Qt.Key.Key_Return)
    form.credit.setFocus()
    qtbot.keyClicks(form.credit, "Jiang")
    form.caption.setFocus()
    calm(qtbot, window)
    held = stored(window, page)
    assert held is not None
    assert (held.caption, held.credit) == ("new ferry", "Jiang")
    page.canvas.setFocus()
    for _ in range(3):  # credit, caption, picture
        qtbot.keyClick(window, Qt.Key.Key_Z, Ctrl)
        calm(qtbot, window)
    assert stored(window, page) is None
    qtbot.keyClick(window, Qt.Key.Key_Y, Ctrl)
    calm(qtbot, window)
    assert stored(window, page) is not None


def test_a_coarse_picture_is_told_and_taken_off_in_two_steps(
    qtbot: QtBot, window: MainWindow, page: PageView, tmp_path: Path
) -> None:
    drop(page, photo(tmp_path, "小图.png", (200, 140)))
    form = page.inspector.picture
    qtbot.waitUntil(lambda: "ppi" in form.fine.text(), timeout=20_000)
    calm(qtbot, window)
    assert "200" in form.fine.text()
    assert window.look.theme.warn in form.fine.styleSheet()
    qtbot.mouseClick(form.remove, Left)
    calm(qtbot, window)
    held = stored(window, page)
    assert held is not None
    assert held.picture is None
    qtbot.mouseClick(form.remove, Left)
    calm(qtbot, window)
    assert stored(window, page) is None


def test_the_context_menu_asks_for_a_picture(qtbot: QtBot, window: MainWindow, page: PageView, tmp_path: Path) -> None:
    path = photo(tmp_path, "厂房.png", (900, 600))
    frame = page.session.shown.frames[0]
    at = page.canvas.mapFromScene(QPointF(frame.box.x + 20, frame.box.y + 20))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, page.canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(page.canvas.viewport(), event)
    menu = next(one for one in page.canvas.findChildren(QMenu) if one.actions())
    assert page.session.selection == ArticleId(frame.article)
    next(action for action in menu.actions() if action.text().startswith("配图")).trigger()
    menu.close()
    dialog = page.canvas.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: bool(page.session.shown.frames[0].pictures), timeout=20_000)
    calm(qtbot, window)


def test_what_is_no_picture_is_refused_kindly(qtbot: QtBot, window: MainWindow, page: PageView, tmp_path: Path) -> None:
    path = tmp_path / "坏图.jpg"
    path.write_bytes(b"no picture at all")
    drop(page, path)
    qtbot.waitUntil(lambda: bool(window.notices.shown), timeout=10_000)
    assert "坏图.jpg" in window.notices.shown[0].words
    calm(qtbot, window)
    assert stored(window, page) is None


def test_a_manuscript_dropped_on_the_page_is_taken_in(
    qtbot: QtBot, window: MainWindow, page: PageView, tmp_path: Path
) -> None:
    path = tmp_path / "来稿.txt"
    path.write_text("职工健走活动举行\n\n本报讯 职工健走活动日前举行。\n", "utf-8")
    drop(page, path)
    qtbot.waitUntil(lambda: bool(window.findChildren(TakeInDialog)), timeout=10_000)
    (dialog,) = window.findChildren(TakeInDialog)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=10_000)
    dialog.reject()


def test_a_picture_is_zoomed_and_moved_inside_its_place(
    qtbot: QtBot, window: MainWindow, page: PageView, tmp_path: Path
) -> None:
    drop(page, photo(tmp_path, "大图.png", (1600, 1200)))
    qtbot.waitUntil(lambda: (held := stored(window, page)) is not None and held.picture is not None, timeout=10_000)
    calm(qtbot, window)
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_C)
    assert page.canvas.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
    qtbot.keyClick(page.canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Plus)
    calm(qtbot, window)
    closer = stored(window, page)
    assert closer is not None
    left, _, right, _ = closer.crop
    assert right - left < 1
    laid = page.session.laid_frame(page.session.selection)
    assert laid is not None
    assert laid.pictures[0].crop == pytest.approx(closer.crop)
    box = laid.pictures[0].box
    view, middle = page.canvas.viewport(), QPointF(box.x + box.width / 2, box.y + box.height / 2)
    start = page.canvas.mapFromScene(middle)
    end = page.canvas.mapFromScene(middle + QPointF(-box.width / 20, 0))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    calm(qtbot, window)
    moved = stored(window, page)
    assert moved is not None
    assert moved.crop[0] > left
    assert moved.crop[2] - moved.crop[0] == pytest.approx(right - left)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert page.canvas.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, window)
    assert (held := stored(window, page)) is not None
    assert held.crop == pytest.approx(closer.crop)
