"""The page as a tab: tool bar, rulers, canvas, proposed plans. Widgets and signals only; PageSession does the work."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from models.values.cards import PageSheet
from models.values.template import PageTemplate
from services.config.messages import text
from ui.jobs.runner import JobRunner
from ui.layout.canvas import PageCanvas
from ui.layout.inspector import PageInspector
from ui.layout.objects import Tool
from ui.layout.options import OptionsPanel
from ui.layout.painting import RunPainter
from ui.layout.pictures import PictureStore
from ui.layout.rulers import THICK, Ruler
from ui.layout.session import PageSession
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, button, rule

if TYPE_CHECKING:
    from services.desk.desk import Desk


class PageView(QWidget):
    opened = Signal(object)  # ArticleId to be opened in the editor
    led = Signal(object, object)  # ArticleId, PartRef of the paragraph to be shown there
    zoomed = Signal(float)
    pointed = Signal(int, int)

    def __init__(
        self,
        *,
        desk: "Desk",
        sheet: PageSheet,
        template: PageTemplate,
        look: Look,
        jobs: JobRunner,
        undo: QUndoStack,
        runs: RunPainter,
    ) -> None:
        """A page that was opened and laid in a job: nothing is read from the store here."""
        super().__init__()
        self._look = look
        self.session = PageSession(desk, sheet, template, jobs, undo, warm=runs.warm)
        pictures = PictureStore(desk, jobs, self)
        self.canvas = PageCanvas(self.session, look, runs, pictures)
        self.inspector = PageInspector(self.session, look, pictures)
        self._above = Ruler(self.session, self.canvas, look, upright=False)
        self._beside = Ruler(self.session, self.canvas, look, upright=True)
        self._options = OptionsPanel(self.session, look, pictures, self.canvas)
        self._zoom = QLabel()
        self._toggles = {name: self._toggle(name, on=name != "mm") for name in ("columns", "rows", "mm")}
        self._tools = {tool: self._tool(tool, at) for at, tool in enumerate(Tool)}
        self._lay_out()
        self.canvas.tool_changed.connect(self._show_tool)
        self.canvas.zoomed.connect(self._show_zoom)
        self.canvas.opened.connect(self.opened)
        self.inspector.led.connect(self.led)
        self.canvas.pointed.connect(self.pointed)
        pictures.arrived.connect(self.canvas.show_picture)
        self.session.proposed.connect(self._propose)
        self._options.closed.connect(self.canvas.setFocus)
        self.setFocusProxy(self.canvas)
        QTimer.singleShot(0, self.canvas.fit)

    def _toggle(self, name: str, *, on: bool) -> QToolButton:
        cell = QToolButton()
        cell.setProperty("kind", "cell")
        cell.setProperty("place", {"columns": "first", "rows": "middle", "mm": "last"}[name])
        cell.setText(text(f"canvas.toggle.{name}"))
        cell.setAccessibleName(text(f"canvas.toggle.{name}"))
        cell.setCheckable(True)
        cell.setChecked(on)
        cell.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cell.toggled.connect(self._show_grid)
        return cell

    def _tool(self, tool: Tool, at: int) -> QToolButton:
        cell = QToolButton()
        cell.setProperty("kind", "cell")
        cell.setProperty("place", ("first", "middle", "middle", "last")[at])
        cell.setText(text(f"canvas.tool.{tool.value}"))
        cell.setToolTip(text(f"canvas.tool.{tool.value}_hint"))
        cell.setAccessibleName(text(f"canvas.tool.{tool.value}"))
        cell.setCheckable(True)
        cell.setChecked(tool is Tool.SELECT)
        cell.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return cell

    def choose_tool(self, tool: Tool) -> None:
        self.canvas.choose_tool(tool)
        self.canvas.setFocus()

    def _show_tool(self, tool: object) -> None:
        for one, cell in self._tools.items():
            cell.setChecked(one is tool)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(0)
        for cell in self._toggles.values():
            bar.addWidget(cell)
        bar.addSpacing(12)
        for tool, cell in self._tools.items():
            cell.clicked.connect(lambda *_, tool=tool: self.choose_tool(tool))
            bar.addWidget(cell)
        bar.addStretch(1)
        out = IconButton(self._look, "zoom_out", text("canvas.zoom_out"))
        out.clicked.connect(self.zoom_out)
        closer = IconButton(self._look, "zoom_in", text("canvas.zoom_in"))
        closer.clicked.connect(self.zoom_in)
        self._zoom.setMinimumWidth(44)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (out, self._zoom, closer):
            bar.addWidget(part)
        bar.addSpacing(8)
        bar.addWidget(button(text("canvas.fit"), self.canvas.fit))
        bar.addSpacing(8)
        bar.addWidget(button(text("canvas.automatic"), self.session.automatic, kind="primary"))
        grid = QGridLayout()
        grid.setSpacing(0)
        corner = QWidget()
        corner.setFixedSize(THICK, THICK)
        grid.addWidget(corner, 0, 0)
        grid.addWidget(self._above, 0, 1)
        grid.addWidget(self._beside, 1, 0)
        grid.addWidget(self.canvas, 1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(rule())
        whole.addLayout(grid, 1)

    def _show_grid(self) -> None:
        on = {name: cell.isChecked() for name, cell in self._toggles.items()}
        self.canvas.show_grid(columns=on["columns"], rows=on["rows"])
        self._above.show_mm(on["mm"])
        self._beside.show_mm(on["mm"])

    def _show_zoom(self, zoom: float) -> None:
        self._zoom.setText(f"{round(zoom * 100)}%")
        self.zoomed.emit(zoom)

    def _propose(self, options: object) -> None:
        if isinstance(options, tuple) and options:
            self._options.propose(options)
            self._place_options()

    def _place_options(self) -> None:
        self._options.move(self.canvas.width() - self._options.width() - 20, 20)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_options()

    def zoom_in(self) -> None:
        self.canvas.zoom_to(self.canvas.zoom * 1.25)

    def zoom_out(self) -> None:
        self.canvas.zoom_to(self.canvas.zoom / 1.25)

    def zoom_reset(self) -> None:
        self.canvas.zoom_to(1.0)

    def reload(self) -> None:
        """After an article of the page was edited."""
        self.session.reload()
