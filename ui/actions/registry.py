"""QActions made from the catalogue for the commands that have a handler, and the menus that read them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from services.config.messages import text
from ui.actions.catalogue import CATALOGUE, ActionSpec, Menu, Scope
from ui.actions.ids import ActionId
from ui.widgets.look import Look


class ActionRegistry(QObject):
    """Bind handlers first, then build menus and tool bars."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self._actions: dict[ActionId, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._barred: dict[ActionId, str] = {}
        self._front = Scope.ALWAYS
        look.changed.connect(self._retint)

    def bind(self, id: ActionId, do: Callable[[], object]) -> QAction:
        """Makes the action that calls `do`; binding an id again replaces its handler."""
        spec = next(spec for spec in CATALOGUE if spec.id is id)
        action = self._actions.get(id)
        if action is None:
            action = self._make(spec)
        else:
            action.triggered.disconnect()
        action.triggered.connect(lambda *_: do())
        return action

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(text(spec.words), self._window)
        if spec.group == "part":
            action.setIconText(text(f"window.cell.{spec.id.value}"))  # short, for the cells of the tool bar
        action.setObjectName(spec.id.value)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # never from the window: letters are typed
        action.setCheckable(spec.checkable)
        if spec.icon:
            action.setIcon(self._look.icon(spec.icon))
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
            group.addAction(action)
        self._window.addAction(action)
        self._actions[spec.id] = action
        return action

    def show_checked(self, id: str) -> None:
        """Marks one of a group as the one that is on."""
        self._actions[ActionId(id)].setChecked(True)

    def __getitem__(self, id: ActionId) -> QAction:
        return self._actions[id]

    def __contains__(self, id: object) -> bool:
        return id in self._actions

    def bound(self) -> tuple[tuple[ActionSpec, QAction], ...]:
        """What can be done, in the order of the catalogue."""
        return tuple((spec, self._actions[spec.id]) for spec in CATALOGUE if spec.id in self._actions)

    def set_scope(self, front: Scope) -> None:
        """Enables what works with an article, a page or neither (ALWAYS) in front."""
        self._front = front
        for spec, action in self.bound():
            fits = spec.scope is Scope.ALWAYS or spec.scope is front
            action.setEnabled(fits and spec.id not in self._barred)

    def bar(self, reasons: Mapping[ActionId, str]) -> None:
        """Commands that the person may not give stay grey, whatever is in front, and say why."""
        if dict(reasons) == self._barred:
            return
        before, self._barred = self._barred, dict(reasons)
        for id in {*before, *self._barred}:
            if id in self._actions:
                self._actions[id].setToolTip(self._barred.get(id, ""))
                self._actions[id].setStatusTip(self._barred.get(id, ""))
        self.set_scope(self._front)

    def fill(self, bar: QMenuBar) -> None:
        """One menu for each place that has a command."""
        for place in Menu:
            found = [(spec, action) for spec, action in self.bound() if spec.menu is place]
            if not found:
                continue
            menu = QMenu(text(f"window.menu.{place.value}"), bar)
            menu.setToolTipsVisible(True)
            bar.addMenu(menu)
            section = found[0][0].section
            for spec, action in found:
                if spec.section != section:
                    menu.addSeparator()
                    section = spec.section
                menu.addAction(action)

    def _retint(self) -> None:
        for spec, action in self.bound():
            if spec.icon:
                action.setIcon(self._look.icon(spec.icon))


def keys_of(action: QAction) -> str:
    """The first shortcut in words, "" where there is none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
