"""One undo command for all that an editor does: a change and its inverse, put in place by whoever owns the sheet."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from models.values.change import Change


class ChangeCommand(QUndoCommand):
    """`put(change)` shows the change's state and hands it to the desk; redo() puts `forward`, undo() puts `inverse`."""

    def __init__(self, words: str, *, forward: Change, inverse: Change, put: Callable[[Change], None]) -> None:
        super().__init__(words)
        self.forward = forward
        self.inverse = inverse
        self._put = put

    def redo(self) -> None:
        self._put(self.forward)

    def undo(self) -> None:
        self._put(self.inverse)
