"""One undo stack for each open document; the stack of the document in front is the active one."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoGroup, QUndoStack

MOST_STEPS = 1000  # a sheet's whole state is small; a long evening's typing is some hundreds of bursts


class UndoStacks(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.group = QUndoGroup(self)
        self._stacks: dict[str, QUndoStack] = {}

    def open(self, name: str) -> QUndoStack:
        """The stack of a document; `name` tells documents apart: "article 12", "page 3"."""
        if name not in self._stacks:
            stack = QUndoStack(self)
            stack.setUndoLimit(MOST_STEPS)
            self._stacks[name] = stack
            self.group.addStack(stack)
        return self._stacks[name]

    def activate(self, name: str | None) -> None:
        self.group.setActiveStack(self._stacks.get(name or ""))  # type: ignore[arg-type]  # None: no stack

    def close(self, name: str) -> None:
        stack = self._stacks.pop(name, None)
        if stack is not None:
            self.group.removeStack(stack)
            stack.deleteLater()
