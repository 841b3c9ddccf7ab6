"""The right dock: findings, names, inspector and history of what is in front."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from services.config.messages import text
from ui.actions.registry import ActionRegistry
from ui.proofing.finding_list import FindingList
from ui.proofing.history import HistoryList
from ui.tagging.entity_list import EntityList
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, rule

TABS = ("findings", "names", "inspector", "history")


class Dock(QWidget):
    turned = Signal(str)  # name of the tab that came to the front

    def __init__(self, look: Look, actions: ActionRegistry) -> None:
        super().__init__()
        self.setObjectName("dock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabBar()
        self.tabs.setObjectName("docktabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(text("window.dock.name"))
        for name in TABS:
            self.tabs.addTab(text(f"window.dock.{name}"))
        self.findings = FindingList(look, actions)
        self.names = EntityList(look, actions)
        self.history = HistoryList(look)
        self._nothing = EmptyState(look, "page", text("window.empty.inspector"), text("window.empty.inspector_line"))
        self._inspectors = QStackedWidget()
        self._inspectors.addWidget(self._nothing)
        self.stack = QStackedWidget()
        for part in (self.findings, self.names, self._inspectors, self.history):
            self.stack.addWidget(part)
        strip = QWidget()
        strip.setObjectName("tabstrip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip.setFixedHeight(36)
        inner = QVBoxLayout(strip)
        inner.setContentsMargins(6, 0, 0, 0)
        inner.addWidget(self.tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(rule())
        layout.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.turned.emit(TABS[at])

    def show_tab(self, name: str) -> None:
        self.tabs.setCurrentIndex(TABS.index(name))

    @property
    def front(self) -> str:
        return TABS[max(0, self.tabs.currentIndex())]

    def put_inspector(self, inspector: QWidget | None) -> None:
        """Puts a view's inspector under 属性; None takes it away. The widget stays its view's own."""
        if inspector is not None and self._inspectors.indexOf(inspector) < 0:
            self._inspectors.addWidget(inspector)
        self._inspectors.setCurrentWidget(inspector if inspector is not None else self._nothing)

    def tell_counts(self, findings: int, names: int) -> None:
        for at, count in ((0, findings), (1, names)):
            words = text(f"window.dock.{TABS[at]}")
            self.tabs.setTabText(at, f"{words} {count}" if count else words)
