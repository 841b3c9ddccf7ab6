"""What the person at work may not do: those commands are grey and say why. The desk itself refuses them in any case."""

from services.desk.permissions import Action
from services.jobs.job import JobContext
from ui.actions.ids import ActionId
from ui.shell.frame import Frame

A = ActionId
COMMANDS: dict[Action, tuple[ActionId, ...]] = {
    Action.TAKE_IN: (A.TAKE_IN,),
    Action.EDIT: (
        A.PART_KICKER, A.PART_HEADLINE, A.PART_DECK, A.PART_DATELINE, A.PART_CROSSHEAD, A.PART_CAPTION, A.PART_BODY,
        A.JOIN, A.SPLIT, A.REPLACE, A.ACCEPT, A.FIX_CERTAIN,
    ),
    Action.SETTLE: (A.WAIVE,),
    Action.HOUSE: (A.LEARN,),
    Action.TAG: (
        A.TAG_NAMES, A.TAG, A.TAG_ORGANISATION, A.TAG_PLACE, A.TAG_ALL, A.UNTAG, A.TAG_ISSUE, A.TAG_ARCHIVE,
        A.UNTAG_ALL, A.UNTAG_ISSUE, A.UNTAG_ARCHIVE,
    ),
    Action.NAMES: (A.NEW_RECORD, A.NAMES_IMPORT),
    Action.PLAN: (A.AUTOMATIC, A.NAME_PAGE),
    Action.ISSUE: (A.NEW_ISSUE, A.ADD_PAGE),
    Action.EXPORT: (A.EXPORT,),
}  # fmt: skip


def watch_rights(window: Frame) -> None:
    """Asks the desk whenever a list was read: a role may change while the window is open."""

    def ask() -> None:
        desk = window.newsroom.desk
        if desk is None:
            return

        def look(context: JobContext) -> dict[ActionId, str]:
            barred = {action: desk.people.why_not(action) for action in COMMANDS}
            return {id: barred[action] for action, ids in COMMANDS.items() for id in ids if barred[action]}

        window.runner.pure("rights", look, done=window.actions_.bar, failed=lambda error: None, supersede="rights")

    window.newsroom.pages_changed.connect(ask)
