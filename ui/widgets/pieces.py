"""Small pieces that every view is put together from: buttons, chips, segments, labels, rules, empty states."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.look import Look


def label(words: str = "", name: str = "") -> QLabel:
    """A plain-text label; `name` is its role in the style sheet: heading, small, hint, lead."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        made.setObjectName(name)
    return made


def restyle(part: QWidget, sheet: str) -> None:
    """A widget's own style sheet, put only where it is another: Qt polishes the widget anew each time."""
    if part.styleSheet() != sheet:
        part.setStyleSheet(sheet)


def rule(*, upright: bool = False) -> QFrame:
    """A separator of one pixel."""
    made = QFrame()
    made.setObjectName("rule")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def row(*parts: QWidget | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Widgets in a row; None stretches."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def column(*parts: QWidget | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Widgets one under the other; None stretches."""
    made = QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def button(words: str, done: Callable[[], object] | None = None, *, kind: str = "plain") -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setAccessibleName(words)
    made.setCursor(Qt.CursorShape.ArrowCursor)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if done is not None:
        made.clicked.connect(lambda *_: done())
    return made


class IconButton(QToolButton):
    """An icon with a name for those who cannot see it; follows the theme."""

    def __init__(self, look: Look, icon: str, name: str, *, size: int = 16, token: str = "t2") -> None:
        super().__init__()
        self._look, self._icon, self._token, self._size = look, icon, token, size
        self.setProperty("kind", "icon")
        self.setIconSize(QSize(size, size))
        self.setFixedSize(28, 28)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.retint)
        self.retint()

    def retint(self) -> None:
        self.setIcon(self._look.icon(self._icon, self._token, self._size))

    def show_icon(self, icon: str) -> None:
        self._icon = icon
        self.retint()


class ActionButton(QToolButton):
    """A tool button of an action: its words, icon and shortcut, kept as the action changes."""

    def __init__(self, action: QAction, *, kind: str = "quiet", shortcut: bool = False) -> None:
        super().__init__()
        self._shortcut = shortcut
        self.setProperty("kind", kind)
        self.setDefaultAction(action)
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        action.changed.connect(self.retell)
        self.retell()

    def fold(self, folded: bool) -> None:
        """Shows the icon alone where room is short."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if folded else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style)

    def retell(self) -> None:
        action = self.defaultAction()
        if action is None:
            return
        name = action.text().replace("&", "")
        keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {keys}" if keys else name)
        gap = "" if action.icon().isNull() else " "  # Qt leaves too little room beside an icon
        self.setText(f"{gap}{name}  {keys}" if keys and self._shortcut else f"{gap}{name}")


class Segments(QWidget):
    """A group of cells of which one is on."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        for index, action in enumerate(actions):
            cell = QToolButton()
            cell.setProperty("kind", "cell")
            cell.setProperty("place", "first" if index == 0 else "last" if index == len(actions) - 1 else "middle")
            cell.setDefaultAction(action)
            cell.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            cell.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            cell.setAccessibleName(action.text())
            cell.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            cell.setToolTip(f"{action.text()}  {keys}")
            layout.addWidget(cell)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Chips(QWidget):
    """Filter chips: one is on; `choose` is called with its key."""

    def __init__(self, choose: Callable[[str], object]) -> None:
        super().__init__()
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(4)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        self._choose = choose
        self._chips: dict[str, QToolButton] = {}

    def put(self, key: str, words: str, *, icon: tuple[Look, str, str] | None = None) -> None:
        """Adds a chip, or gives the one that there is new words."""
        chip = self._chips.get(key)
        if chip is None:
            chip = QToolButton()
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setChecked(not self._chips)
            chip.setIconSize(QSize(14, 14))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.clicked.connect(lambda *_: self._choose(key))
            self._group.addButton(chip)
            self._chips[key] = chip
            self._layout.addWidget(chip)
        if icon is not None:
            look, name, token = icon
            chip.setIcon(look.icon(name, token, 14))
        chip.setText(words)
        chip.setAccessibleName(words)

    def name(self, key: str, words: str) -> None:
        """A name for those who cannot see the icon."""
        self._chips[key].setAccessibleName(words)
        self._chips[key].setToolTip(words)

    def turn_on(self, key: str) -> None:
        if key in self._chips:
            self._chips[key].setChecked(True)


class FittingArea(QScrollArea):
    """As high as what is in it, and scrolling only where there is less room."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.setAutoFillBackground(False)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        inside = self.widget()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 120)


class EmptyState(QWidget):
    """What a view shows when there is nothing to show, and what to do next."""

    def __init__(self, look: Look, icon: str, title: str, line: str, action: QPushButton | None = None) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._picture = QLabel()
        self._title = label(title, "lead")
        self._line = label(line, "small")
        self._line.setWordWrap(True)
        parts: list[QWidget | None] = [None, self._picture, self._title, self._line]
        if action is not None:
            parts.append(action)
        layout = column(*parts, None, gap=8, margins=(24, 24, 24, 24))
        for index, part in enumerate((self._picture, self._title, self._line), start=1):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.setStretch(index, 0)
        if action is not None:
            layout.setAlignment(action, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        look.changed.connect(self._retint)
        self._retint()

    def tell(self, title: str, line: str) -> None:
        self._title.setText(title)
        self._line.setText(line)

    def _retint(self) -> None:
        self._picture.setPixmap(self._look.pixmap(self._icon, "t3", 32, max(1.0, self.devicePixelRatioF())))
