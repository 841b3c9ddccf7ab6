"""The row on top: name, menus, command field, pane toggles."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QPushButton, QSizePolicy, QWidget

from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry, keys_of
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, label

FIELD = 480


class TopBar(QWidget):
    def __init__(self, look: Look, actions: ActionRegistry) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self._look = look
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        actions.fill(self.menus)
        keys = keys_of(actions[ActionId.PALETTE])
        self.field = QPushButton(f"{text('window.palette.field')}")
        self.field.setObjectName("palettebutton")
        self.field.setAccessibleName(text("window.palette.name"))
        self.field.setToolTip(f"{text('window.palette.name')}  {keys}")
        self.field.setIconSize(QSize(16, 16))
        self.field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.field.clicked.connect(lambda *_: actions[ActionId.PALETTE].trigger())
        self._keys = label(keys, "hint")
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._keys)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(4)
        brand = label(text("window.title"), "brand")
        layout.addWidget(brand)
        layout.addWidget(self.menus, 1)
        for id, icon in ((ActionId.FOLD_COLUMN, "pane_left"), (ActionId.FOLD_DOCK, "pane_right")):
            action = actions[id]
            toggle = IconButton(look, icon, f"{action.text()}  {keys_of(action)}")
            toggle.clicked.connect(lambda *_, action=action: action.trigger())
            layout.addWidget(toggle)
        self.field.setParent(self)
        look.changed.connect(self._retint)
        self._retint()

    def _retint(self) -> None:
        self.field.setIcon(self._look.icon("search", "t3"))

    def resizeEvent(self, event: object) -> None:
        """The field stands in the middle of the window, as wide as the menus let it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        right = self.menus.x() + self.menus.sizeHint().width() + 16
        wide = min(FIELD, self.width() - right - 120)
        left = max(right, (self.width() - wide) // 2)
        self.field.setVisible(wide >= 160)
        self.field.setGeometry(left, 6, max(0, min(wide, self.width() - left - 100)), 28)
        self.field.raise_()
