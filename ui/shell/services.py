"""What the window lends to the view of a station: nothing is looked up by name, nothing is global."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from models.values.ids import ArticleId
from ui.actions.registry import ActionRegistry
from ui.jobs.runner import JobRunner
from ui.shell.newsroom import Newsroom
from ui.undo.stacks import UndoStacks
from ui.widgets.floating import Notices
from ui.widgets.look import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowServices:
    """`stored(receipt)` tells lists and thumbnails of a change; `put_inspector` shows a widget in the dock's 属性."""

    look: Look
    runner: JobRunner
    stacks: UndoStacks
    actions: ActionRegistry
    notices: Notices
    newsroom: Newsroom
    open_article: Callable[[ArticleId], object]
    put_inspector: Callable[[QWidget | None], object]
    put_zoom: Callable[[float | None], object]
    tell_error: Callable[[Exception], object]
