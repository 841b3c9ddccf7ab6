"""The centre: tabs of articles and pages. A tab is known by its key: "article 12", "page 3"."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton

MOST_WORDS = 12  # Chinese characters of a headline on a tab


class Centre(QWidget):
    turned = Signal(str)  # the key that came to the front, "" for none
    closing = Signal(str)

    def __init__(self, look: Look, empty: QWidget) -> None:
        super().__init__()
        self._look = look
        self._keys: list[str] = []
        self._views: dict[str, QWidget] = {}
        self._icons: dict[str, str] = {}
        self.tabs = QTabBar()
        self.tabs.setObjectName("centretabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setMovable(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setIconSize(QSize(16, 16))
        self.tabs.setAccessibleName(text("window.tabs"))
        self.stack = QStackedWidget()
        self._empty = empty
        self.stack.addWidget(empty)
        strip = QWidget()
        strip.setObjectName("tabstrip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip.setFixedHeight(36)
        inner = QVBoxLayout(strip)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.tabs.tabMoved.connect(lambda old, new: self._keys.insert(new, self._keys.pop(old)))
        look.changed.connect(self._retint)

    @property
    def front_key(self) -> str:
        at = self.tabs.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else ""

    @property
    def front(self) -> QWidget | None:
        return self._views.get(self.front_key)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._keys)

    def view(self, key: str) -> QWidget | None:
        return self._views.get(key)

    def add(self, key: str, view: QWidget, words: str, icon: str) -> None:
        """Adds a tab and turns to it."""
        self._keys.append(key)
        self._views[key], self._icons[key] = view, icon
        self.stack.addWidget(view)
        at = self.tabs.addTab(self._look.icon(icon), _short(words))
        self.tabs.setTabToolTip(at, words)
        cross = IconButton(self._look, "close", text("window.close_tab", name=words), size=12)
        cross.setFixedSize(20, 20)
        cross.clicked.connect(lambda *_: self.closing.emit(key))
        self.tabs.setTabButton(at, QTabBar.ButtonPosition.RightSide, cross)
        self.turn_to(key)
        self._turn(self.tabs.currentIndex())

    def rename(self, key: str, words: str) -> None:
        if key in self._keys:
            self.tabs.setTabText(self._keys.index(key), _short(words))
            self.tabs.setTabToolTip(self._keys.index(key), words)

    def mark_unsaved(self, key: str, unsaved: bool) -> None:
        """The cross becomes a dot while not everything is stored."""
        if key not in self._keys:
            return
        cross = self.tabs.tabButton(self._keys.index(key), QTabBar.ButtonPosition.RightSide)
        if isinstance(cross, IconButton):
            cross.show_icon("dot" if unsaved else "close")

    def turn_to(self, key: str) -> None:
        if key in self._keys:
            self.tabs.setCurrentIndex(self._keys.index(key))

    def step(self, by: int) -> None:
        if self._keys:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._keys))

    def remove(self, key: str) -> None:
        if key not in self._keys:
            return
        at = self._keys.index(key)
        view = self._views.pop(key)
        self._keys.pop(at)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(at)
        self.tabs.blockSignals(False)
        self.stack.removeWidget(view)
        view.deleteLater()
        self._turn(self.tabs.currentIndex())

    def _turn(self, at: int) -> None:
        if 0 <= at < len(self._keys):
            self.stack.setCurrentWidget(self._views[self._keys[at]])
        elif not self._keys:
            self.stack.setCurrentWidget(self._empty)
        self.turned.emit(self.front_key)

    def _retint(self) -> None:
        for at, key in enumerate(self._keys):
            self.tabs.setTabIcon(at, self._look.icon(self._icons[key]))

    def close_buttons(self) -> list[QToolButton]:
        found = [self.tabs.tabButton(at, QTabBar.ButtonPosition.RightSide) for at in range(self.tabs.count())]
        return [one for one in found if isinstance(one, QToolButton)]


def _short(words: str) -> str:
    room = 2 * MOST_WORDS
    for at, letter in enumerate(words):  # a Latin letter takes half of what a Chinese character does
        room -= 1 if ord(letter) < 0x2E80 else 2
        if room < 0:
            return words[: at - 1] + "…"
    return words
