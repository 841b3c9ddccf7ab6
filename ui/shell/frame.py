"""What the parts of the window know of the window: its pieces, and the few things that they may ask of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.values.ids import ArticleId
from ui.actions.registry import ActionRegistry
from ui.jobs.runner import JobRunner
from ui.proofing.view import ArticleView
from ui.shell.centre import Centre
from ui.shell.dock import Dock
from ui.shell.issue_column import IssueColumn
from ui.shell.newsroom import Newsroom
from ui.shell.status import StatusBar
from ui.undo.stacks import UndoStacks
from ui.widgets.floating import Notices
from ui.widgets.look import Look


class Frame(QWidget):
    """MainWindow fills it in; everything is there once the window is made."""

    look: Look
    runner: JobRunner
    stacks: UndoStacks
    newsroom: Newsroom
    actions_: ActionRegistry
    column: IssueColumn
    dock: Dock
    centre: Centre
    status: StatusBar
    notices: Notices

    def open_article(self, article: ArticleId, then: Callable[[ArticleView], object] | None = None) -> None:
        """Turns to the article's tab; opens it from the store where there is none."""
        raise NotImplementedError

    def close_tab(self, key: str) -> None:
        raise NotImplementedError

    def fold(self, pane: QWidget) -> None:
        """Shows or hides the left column or the dock."""
        raise NotImplementedError
