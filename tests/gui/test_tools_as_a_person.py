"""An editor draws: a box and a rule by the mouse, moved by keys, changed in the inspector, taken back; guides."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.values.plan import RuleStyle
from ui.actions.palette import CommandPalette
from ui.layout.drafting import Guide
from ui.layout.objects import Tool
from ui.layout.view import PageView
from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl = Qt.KeyboardModifier.ControlModifier
Left = Qt.MouseButton.LeftButton


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> PageView:
    assert window.newsroom.desk is not None
    issue = window.newsroom.desk.issues.find("latest")
    window.commands.pages.open(issue.pages[1].id)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, PageView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, PageView)
    calm(qtbot, window)
    view.canvas.setFocus()
    return view


def spot(page: PageView, column: int, row: int) -> QPoint:
    template = page.session.template
    return page.canvas.mapFromScene(QPointF(template.column_x(column) + 20, template.row_y(row) + 5))


def draw(qtbot: QtBot, page: PageView, a: QPoint, b: QPoint) -> None:
    view = page.canvas.viewport()
    qtbot.mousePress(view, Left, pos=a)
    qtbot.mouseMove(view, (a + b) / 2)
    qtbot.mouseMove(view, b)
    qtbot.mouseRelease(view, Left, pos=b)


def test_a_box_is_drawn_moved_dressed_and_taken_back(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_B)
    assert page.canvas.drafting.tool is Tool.BOX
    assert page.canvas.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    draw(qtbot, page, spot(page, 1, 20), spot(page, 2, 30))
    calm(qtbot, window)
    (box,) = page.session.plan.boxes
    assert (box.column, box.columns, box.row, box.rows) == (1, 2, 20, 11)
    assert page.canvas.drafting.tool is Tool.SELECT
    qtbot.waitUntil(lambda: bool(page.session.shown.furniture_lines), timeout=5_000)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Down)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    calm(qtbot, window)
    (box,) = page.session.plan.boxes
    assert (box.row, box.columns) == (21, 3)
    form = page.inspector.thing
    assert form.isVisible()
    form.words.setFocus()
    qtbot.keyClicks(form.words, "2026")
    qtbot.keyClick(form.words, Qt.Key.Key_Return)
    calm(qtbot, window)
    assert page.session.plan.boxes[0].title == "2026"
    assert window.newsroom.desk is not None
    assert window.newsroom.desk.pages.open(page.session.page).plan == page.session.plan
    qtbot.waitUntil(lambda: "2026" in "".join(run.text for run in page.session.shown.furniture), timeout=5_000)
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Delete)
    calm(qtbot, window)
    assert page.session.plan.boxes == ()
    for _ in range(5):
        qtbot.keyClick(page.canvas, Qt.Key.Key_Z, Ctrl)
        calm(qtbot, window)
    assert window.newsroom.desk.pages.open(page.session.page).plan.boxes == ()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Y, Ctrl)
    calm(qtbot, window)
    assert len(page.session.plan.boxes) == 1


def test_a_rule_is_drawn_across_and_chosen_by_a_click(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_L)
    draw(qtbot, page, spot(page, 0, 40), spot(page, 3, 40))
    calm(qtbot, window)
    (rule,) = page.session.plan.rules
    assert rule.columns == 4
    assert rule.style is RuleStyle.THIN
    qtbot.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert page.session.thing is None
    area = page.canvas.drafting.area(rule)
    qtbot.mouseClick(page.canvas.viewport(), Left, pos=page.canvas.mapFromScene(area.center()))
    calm(qtbot, window)
    assert page.session.thing is page.session.plan.rules[0]
    form = page.inspector.thing
    qtbot.keyClick(form.style_, Qt.Key.Key_Down)
    qtbot.keyClick(form.style_, Qt.Key.Key_Return)
    form.style_.activated.emit(form.style_.currentIndex())
    calm(qtbot, window)
    assert page.session.plan.rules[0].style is RuleStyle.THICK


def test_a_guide_comes_out_of_the_ruler_and_goes_off_the_page(qtbot: QtBot, page: PageView) -> None:
    ruler, view = page._beside, page.canvas.viewport()
    target = view.mapTo(ruler.window(), spot(page, 3, 10))
    qtbot.mousePress(ruler, Left, pos=QPoint(10, 200))
    qtbot.mouseMove(ruler, ruler.mapFrom(ruler.window(), target))
    qtbot.mouseRelease(ruler, Left, pos=ruler.mapFrom(ruler.window(), target))
    (guide,) = page.canvas.drafting.guides
    assert guide.upright
    assert guide.at == 3
    place = QPointF(page.canvas.drafting.place(guide), 600)
    start = page.canvas.mapFromScene(place)
    draw(qtbot, page, start, page.canvas.mapFromScene(QPointF(-60, 600)))
    assert page.canvas.drafting.guides == []


def test_a_frame_is_parted_and_joined_again(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    article = next(card.id for card in window.newsroom.cards if "渡轮" in card.headline)
    page.session.place(article, 0, 20)
    qtbot.waitUntil(lambda: page.session.laid_frame(article) is not None, timeout=10_000)
    calm(qtbot, window)
    frame = page.session.frame(article)
    assert frame is not None
    box = page.session.shown.frames[0].box
    middle = page.canvas.mapFromScene(QPointF(box.x + box.width / 2, box.y + box.height / 2))
    choose(qtbot, page, middle, "分成上下两块")
    calm(qtbot, window)
    assert [one.article for one in page.session.plan.frames] == [article, article]
    second = page.session.plan.frames[1]
    assert second.start is not None  # the text goes on where the first part ends
    qtbot.waitUntil(lambda: len(page.session.shown.frames) == 2, timeout=5_000)
    words = "".join(run.text for one in page.session.shown.frames for run in one.runs)
    assert "下转" not in words
    lower = page.session.shown.frames[1].box
    spot_ = page.canvas.mapFromScene(QPointF(lower.x + 30, lower.y + lower.height / 2))
    qtbot.mouseClick(page.canvas.viewport(), Left, pos=spot_)
    assert (page.session.selection, page.session.part) == (article, 1)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    calm(qtbot, window)
    assert page.session.plan.frames[1].rows == second.rows + 1
    assert page.session.plan.frames[0].rows + second.rows == frame.rows
    choose(qtbot, page, spot_, "合并各块")
    calm(qtbot, window)
    (whole,) = page.session.plan.frames
    assert whole.rows == frame.rows + 1
    assert (whole.start, whole.jump_to) == (None, 0)


def choose(qtbot: QtBot, page: PageView, spot: QPoint, words: str) -> None:
    """A line of the context menu."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, page.canvas.viewport().mapToGlobal(spot))
    QApplication.sendEvent(page.canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text().split("\t")[0] == words).trigger()
    menu.close()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5_000)
    page.window().activateWindow()
    page.canvas.setFocus()


def test_a_frame_that_is_dragged_goes_to_a_guide(qtbot: QtBot, window: MainWindow, page: PageView) -> None:
    article = next(card.id for card in window.newsroom.cards if "渡轮" in card.headline)
    page.session.place(article, 0, 10)
    calm(qtbot, window)
    frame = page.session.frame(article)
    assert frame is not None
    page.canvas.drafting.guides.append(Guide(upright=False, at=frame.row + 6))
    middle = spot(page, frame.column, frame.row + frame.rows // 2)
    leading = page.session.template.leading * page.canvas.viewportTransform().m11()
    draw(qtbot, page, middle, middle + QPoint(0, round(5 * leading)))
    calm(qtbot, window)
    dropped = page.session.frame(article)
    assert dropped is not None
    assert dropped.row == frame.row + 6


def test_tools_stand_in_the_menu_and_in_the_palette_with_their_keys(
    qtbot: QtBot, window: MainWindow, page: PageView
) -> None:
    shown = {action.text(): action.shortcut().toString() for action in window.actions() if action.isEnabled()}
    assert [shown[name] for name in ("选择", "加框", "画线", "裁图")] == ["V", "B", "L", "C"]
    qtbot.keyClick(window, Qt.Key.Key_K, Ctrl)
    (palette,) = window.findChildren(CommandPalette)
    palette.line.insert("画线")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert page.canvas.drafting.tool is Tool.RULE
    window.open_article(window.newsroom.cards[0].id)
    qtbot.waitUntil(lambda: window.front.article is not None, timeout=20_000)
    calm(qtbot, window)
    article = window.front.article
    assert article is not None
    article.body.setFocus()
    before = article.body.plain()
    qtbot.keyClicks(article.body, "BLVC")
    assert len(article.body.plain()) == len(before) + 4
