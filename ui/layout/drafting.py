"""The drawing tools on the canvas: boxes and rules drawn and dragged, pictures moved and zoomed inside their places,
guides. Turns points of the page into changes of the plan; the canvas hands it what the mouse and the keys do.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt

from models.values.laid_page import PictureBox
from models.values.plan import BoxPlan, FramePlan, RulePlan
from models.values.template import PageTemplate
from ui.layout.gesture import Grip, cell, steps
from ui.layout.objects import (
    Tool,
    box_between,
    dragged_box,
    dragged_rule,
    panned,
    rule_between,
    zoomed,
)
from ui.layout.session import PageSession

NEAR = 5.0  # px beside a line that still holds it
PAN = 0.02  # part of what is shown that an arrow key moves a picture by
ZOOM = 1.1  # of a key or a step of the wheel


@dataclass(slots=True)
class Guide:
    """辅助线: `upright` at the left edge of column `at`, else above row `at`."""

    upright: bool
    at: int


def box_area(box: BoxPlan, template: PageTemplate) -> QRectF:
    """A box in points of the page."""
    return QRectF(
        template.column_x(box.column),
        template.row_y(box.row),
        template.span_width(box.columns),
        box.rows * template.leading,
    )


def rule_area(rule: RulePlan, template: PageTemplate) -> QRectF:
    """A rule in points: an area without height, or without width."""
    if rule.columns:
        return QRectF(
            template.column_x(rule.column), template.row_y(rule.row - 0.5), template.span_width(rule.columns), 0.0
        )
    x = template.column_x(rule.column) - template.gutter / 2
    return QRectF(x, template.row_y(rule.row), 0.0, rule.rows * template.leading)


class Drafting:
    """`tool` in force; `band` is what is being drawn, in points."""

    def __init__(self, session: PageSession) -> None:
        self._session = session
        self.tool = Tool.SELECT
        self.band: QRectF | None = None
        self.guides: list[Guide] = []
        self.guide: Guide | None = None  # being dragged
        self._start: QPointF | None = None
        self._before: BoxPlan | RulePlan | PictureBox | None = None
        self._grip = Grip.INSIDE

    # --- what lies where

    def area(self, thing: BoxPlan | RulePlan) -> QRectF:
        template = self._session.template
        return box_area(thing, template) if isinstance(thing, BoxPlan) else rule_area(thing, template)

    def line_at(self, point: QPointF, near: float) -> BoxPlan | RulePlan | None:
        """The rule, or the box by its edge, under a point; `near` in points."""
        plan = self._session.plan
        things: list[BoxPlan | RulePlan] = [*reversed(plan.rules), *reversed(plan.boxes)]
        for thing in things:
            area = self.area(thing)
            outer = area.adjusted(-near, -near, near, near).contains(point)
            if outer and (isinstance(thing, RulePlan) or not area.adjusted(near, near, -near, -near).contains(point)):
                return thing
        return None

    def box_at(self, point: QPointF) -> BoxPlan | None:
        """The box whose inside is under a point."""
        return next((box for box in reversed(self._session.plan.boxes) if self.area(box).contains(point)), None)

    def guide_at(self, point: QPointF, near: float) -> Guide | None:
        for guide in self.guides:
            off = point.x() - self.place(guide) if guide.upright else point.y() - self.place(guide)
            if abs(off) <= near:
                return guide
        return None

    def place(self, guide: Guide) -> float:
        """Where a guide lies, in points."""
        template = self._session.template
        return template.column_x(guide.at) if guide.upright else template.row_y(guide.at)

    # --- picture of the selected frame

    def picture(self) -> tuple[FramePlan, PictureBox] | None:
        """The selected frame and its picture, when it has one."""
        frame = self._session.frame(self._session.selection)
        laid = self._session.laid_frame(self._session.selection)
        if frame is None or laid is None or frame.picture is None or frame.picture.picture is None:
            return None
        place = next((one for one in laid.pictures if one.picture == frame.picture.picture), None)
        return (frame, place) if place is not None else None

    def zoom_picture(self, factor: float) -> bool:
        found = self.picture()
        if self.tool is not Tool.CROP or found is None or found[0].picture is None:
            return False
        frame, place = found
        self._session.edit_frame(
            replace(frame, picture=zoomed(found[0].picture, place.crop, factor)), "canvas.reason.crop"
        )
        return True

    def _pan(self, frame: FramePlan, place: PictureBox, across: float, down: float) -> FramePlan:
        assert frame.picture is not None
        return replace(frame, picture=panned(frame.picture, place.crop, across, down))

    # --- the mouse

    def press(self, point: QPointF, grip: Grip | None, near: float) -> bool:
        """Whether the press is the tools' own; `grip` of a selected box or rule."""
        thing = self._session.thing
        self._start = point
        if self.tool in (Tool.BOX, Tool.RULE):
            self._follow(point)
            return True
        if self.tool is Tool.CROP:
            found = self.picture()
            if found is not None and _area(found[1]).contains(point):
                self._before = found[1]
                return True
            self._start = None
            return False
        if thing is not None and grip is not None:
            self._before, self._grip = thing, grip
            return True
        self.guide = self.guide_at(point, near)
        if self.guide is not None:
            return True
        found_line = self.line_at(point, near)
        if found_line is not None:
            self._session.select_thing(found_line)
            self._before, self._grip = found_line, Grip.INSIDE
            return True
        self._start = None
        return False

    def select_inside(self, point: QPointF) -> bool:
        """A box under the point where no article is."""
        box = self.box_at(point)
        if box is None:
            return False
        self._session.select_thing(box)
        self._start, self._before, self._grip = point, box, Grip.INSIDE
        return True

    def move(self, point: QPointF) -> bool:
        if self.guide is not None:
            self.drag_guide(point)
            return True
        if self._start is None:
            return False
        template, way = self._session.template, point - self._start
        if self.tool in (Tool.BOX, Tool.RULE):
            self._follow(point)
        elif isinstance(self._before, PictureBox):
            found = self.picture()
            if found is not None:
                box = self._before.box
                across, down = way.x() / max(1.0, box.width), way.y() / max(1.0, box.height)
                self._session.try_frame(self._pan(found[0], self._before, across, down))
        elif isinstance(self._before, BoxPlan):
            made = dragged_box(self._before, self._grip, *steps(template, way.x(), way.y()), template)
            self._session.try_thing(self._snapped(made))
        elif isinstance(self._before, RulePlan):
            self._session.try_thing(
                dragged_rule(self._before, self._grip, *steps(template, way.x(), way.y()), template)
            )
        return True

    def _follow(self, point: QPointF) -> None:
        template, start = self._session.template, self._start or point
        if self.tool is Tool.BOX:
            made = box_between(cell(template, start.x(), start.y()), cell(template, point.x(), point.y()), template)
            self.band = box_area(made, template)
        else:
            self.band = rule_area(rule_between((start.x(), start.y()), (point.x(), point.y()), template), template)

    def release(self, point: QPointF) -> bool:
        start, before, guide = self._start, self._before, self.guide
        self._start = self._before = self.band = self.guide = None
        if guide is not None:
            if not self._on_page(guide, point):
                self.guides.remove(guide)
            return True
        if start is None:
            return False
        template = self._session.template
        if self.tool is Tool.BOX:
            corner, other = cell(template, start.x(), start.y()), cell(template, point.x(), point.y())
            self._session.add_thing(box_between(corner, other, template))
            self.tool = Tool.SELECT
        elif self.tool is Tool.RULE:
            self._session.add_thing(rule_between((start.x(), start.y()), (point.x(), point.y()), template))
            self.tool = Tool.SELECT
        elif isinstance(before, PictureBox):
            self._session.keep("canvas.reason.crop")
        else:
            self._session.keep("canvas.reason.box" if isinstance(before, BoxPlan) else "canvas.reason.rule")
        return True

    def _snapped(self, box: BoxPlan) -> BoxPlan:
        row = self.snapped_row(box.row)
        return replace(box, row=row) if row + box.rows <= self._session.template.rows else box

    def snapped_row(self, row: int) -> int:
        """A row that is one off a guide goes to the guide."""
        return next((guide.at for guide in self.guides if not guide.upright and abs(guide.at - row) == 1), row)

    def rows_to_guide(self, frame: FramePlan | None, grip: Grip, rows: int) -> int:
        """Rows of a frame's drag, one more or less where that brings the edge that is moved to a guide."""
        if frame is None or frame.rows <= 0:
            return rows
        edges = []
        if grip is Grip.INSIDE or "n" in grip.value:
            edges.append(frame.row)
        if grip is Grip.INSIDE or "s" in grip.value:
            edges.append(frame.row + frame.rows)
        for edge in edges:
            moved = self.snapped_row(edge + rows)
            if moved != edge + rows:
                return moved - edge
        return rows

    # --- guides

    def begin_guide(self, *, upright: bool) -> None:
        """A guide comes out of a ruler."""
        self.guide = Guide(upright, 0)
        self.guides.append(self.guide)

    def drag_guide(self, point: QPointF) -> None:
        template = self._session.template
        if self.guide is None:
            return
        if self.guide.upright:
            step = template.column_width + template.gutter
            self.guide.at = max(0, min(round((point.x() - template.left) / step), template.columns))
        else:
            self.guide.at = max(0, min(round((point.y() - template.top) / template.leading), template.rows))

    def _on_page(self, guide: Guide, point: QPointF) -> bool:
        page = self._session.shown
        return 0 <= point.x() <= page.width if guide.upright else 0 <= point.y() <= page.height

    # --- keys

    def key(self, key: Qt.Key, *, shift: bool) -> bool:
        """Tools by letter; arrows nudge a box, a rule or a picture; Delete takes a box or a rule away."""
        tools = {Qt.Key.Key_V: Tool.SELECT, Qt.Key.Key_B: Tool.BOX, Qt.Key.Key_L: Tool.RULE, Qt.Key.Key_C: Tool.CROP}
        ways = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        thing, template = self._session.thing, self._session.template
        if key in tools and not shift:
            self.tool = tools[key]
            return True
        if self.tool is Tool.CROP and self._crop_key(key, ways):
            return True
        if thing is None:
            return False
        if key in ways:
            grip = Grip.SE if shift else Grip.INSIDE
            if isinstance(thing, BoxPlan):
                self._session.edit_thing(dragged_box(thing, grip, *ways[key], template))
            else:
                self._session.edit_thing(dragged_rule(thing, grip, *ways[key], template))
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._session.remove_thing()
            return True
        return False

    def _crop_key(self, key: Qt.Key, ways: dict[Qt.Key, tuple[int, int]]) -> bool:
        found = self.picture()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tool = Tool.SELECT
            return True
        if found is None:
            return False
        if key in ways:
            across, down = ways[key]
            self._session.edit_frame(self._pan(*found, across * PAN, down * PAN), "canvas.reason.crop")
            return True
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            return self.zoom_picture(1 / ZOOM if key is Qt.Key.Key_Minus else ZOOM)
        return False


def _area(place: PictureBox) -> QRectF:
    return QRectF(place.box.x, place.box.y, place.box.width, place.box.height)
