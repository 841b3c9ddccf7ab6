"""Every command as data: its id, keys, icon and place in a menu. Words: window.action.ID of resources/locale.

Menus, tool bars and the command palette are readings of this list. A command without a handler is not shown anywhere.
"""

from dataclasses import dataclass
from enum import StrEnum

from ui.actions.ids import ActionId


class Menu(StrEnum):
    """Menus in the order of the menu bar. Words: window.menu.NAME."""

    FILE = "file"
    EDIT = "edit"
    ARTICLE = "article"
    PAGE = "page"
    PROOF = "proof"
    NAMES = "names"
    VIEW = "view"
    WINDOW = "window"
    HELP = "help"


class Scope(StrEnum):
    """Where a command works: always, or only with an article or a page in front."""

    ALWAYS = "always"
    ARTICLE = "article"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """`keys` are portable key names, the first is shown; `section` changes where a separator stands in the menu."""

    id: ActionId
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    section: int = 0
    scope: Scope = Scope.ALWAYS
    group: str = ""  # commands of one group: one of them is checked
    checkable: bool = False
    local: bool = False  # its key is a plain letter: shown here, obeyed by the canvas while that has the focus

    @property
    def words(self) -> str:
        return f"window.action.{self.id.value}"


def _article(id: ActionId, menu: Menu, section: int, icon: str, *keys: str) -> ActionSpec:
    return ActionSpec(id=id, menu=menu, section=section, icon=icon, keys=keys, scope=Scope.ARTICLE)


def _always(id: ActionId, menu: Menu, section: int, icon: str, *keys: str) -> ActionSpec:
    return ActionSpec(id=id, menu=menu, section=section, icon=icon, keys=keys)


def _part(id: ActionId, key: str) -> ActionSpec:
    return ActionSpec(
        id=id, menu=Menu.ARTICLE, keys=(key,), icon="part", scope=Scope.ARTICLE, group="part", checkable=True
    )


def _tool(id: ActionId, key: str) -> ActionSpec:
    return ActionSpec(id=id, menu=Menu.PAGE, keys=(key,), section=2, scope=Scope.PAGE, local=True)


def _theme(id: ActionId, icon: str) -> ActionSpec:
    return ActionSpec(id=id, menu=Menu.VIEW, icon=icon, section=1, group="theme", checkable=True)


A = ActionId
CATALOGUE: tuple[ActionSpec, ...] = (
    _always(A.NEW_ISSUE, Menu.FILE, 0, "issue", "Ctrl+N"),
    _always(A.OPEN_ISSUE, Menu.FILE, 0, "open", "Ctrl+O"),
    _always(A.TAKE_IN, Menu.FILE, 1, "intake", "Ctrl+I"),
    _always(A.SAVE, Menu.FILE, 2, "save", "Ctrl+S"),
    _always(A.BACKUP, Menu.FILE, 2, "save"),
    _always(A.PROOF_SHEET, Menu.FILE, 3, "page", "Ctrl+P"),
    _always(A.EXPORT, Menu.FILE, 3, "export", "Ctrl+Shift+P"),
    _always(A.CLOSE_TAB, Menu.FILE, 4, "close", "Ctrl+W"),
    _always(A.QUIT, Menu.FILE, 4, "quit", "Ctrl+Q"),
    ActionSpec(id=A.UNDO, menu=Menu.EDIT, keys=("Ctrl+Z",), icon="undo"),
    ActionSpec(id=A.REDO, menu=Menu.EDIT, keys=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo"),
    _always(A.FIND, Menu.EDIT, 1, "search", "Ctrl+F"),
    _always(A.SEARCH, Menu.EDIT, 1, "search", "Ctrl+Shift+F"),
    _article(A.REPLACE, Menu.EDIT, 1, "search", "Ctrl+H"),
    _always(A.PALETTE, Menu.EDIT, 1, "command", "Ctrl+K"),
    _always(A.SETTINGS, Menu.EDIT, 2, "settings", "Ctrl+,"),
    _part(A.PART_KICKER, "Ctrl+1"),
    _part(A.PART_HEADLINE, "Ctrl+2"),
    _part(A.PART_DECK, "Ctrl+3"),
    _part(A.PART_DATELINE, "Ctrl+4"),
    _part(A.PART_CROSSHEAD, "Ctrl+5"),
    _part(A.PART_CAPTION, "Ctrl+6"),
    _part(A.PART_BODY, "Ctrl+7"),
    _article(A.JOIN, Menu.ARTICLE, 1, "join", "Ctrl+J"),
    _article(A.SPLIT, Menu.ARTICLE, 1, "split", "Ctrl+Shift+J"),
    _article(A.COMPARE, Menu.ARTICLE, 2, "history", "F4"),
    ActionSpec(id=A.AUTOMATIC, menu=Menu.PAGE, keys=("F5",), icon="page", scope=Scope.PAGE),
    ActionSpec(id=A.REFLOW, menu=Menu.PAGE, icon="page", scope=Scope.PAGE),
    ActionSpec(id=A.NAME_PAGE, menu=Menu.PAGE, icon="page", section=1, scope=Scope.PAGE, keys=("F2",)),
    _always(A.ADD_PAGE, Menu.PAGE, 1, "plus"),
    _always(A.TEMPLATES, Menu.PAGE, 1, "settings"),
    _tool(A.TOOL_SELECT, "V"),
    _tool(A.TOOL_BOX, "B"),
    _tool(A.TOOL_RULE, "L"),
    _tool(A.TOOL_CROP, "C"),
    _article(A.CHECK_ALL, Menu.PROOF, 0, "check", "F7"),
    _always(A.CHECK_ISSUE, Menu.PROOF, 0, "check_all", "Shift+F7"),
    _article(A.NEXT_FINDING, Menu.PROOF, 1, "down", "F8"),
    _article(A.PREVIOUS_FINDING, Menu.PROOF, 1, "up", "Shift+F8"),
    _article(A.ACCEPT, Menu.PROOF, 2, "check", "Alt+Enter", "Alt+Return"),
    _article(A.WAIVE, Menu.PROOF, 2, "waive", "Alt+Del"),
    _article(A.FIX_CERTAIN, Menu.PROOF, 2, "check_all", "Ctrl+Alt+Return", "Ctrl+Alt+Enter"),
    ActionSpec(id=A.SHOW_HINTS, menu=Menu.PROOF, icon="hint", section=3, checkable=True),
    _always(A.LEXICON, Menu.PROOF, 4, "waive", "Ctrl+Shift+L"),
    _always(A.HOUSE_LIST, Menu.PROOF, 4, "check_all", "Ctrl+Shift+H"),
    _always(A.LEARN, Menu.PROOF, 4, "history"),
    _always(A.RATES, Menu.PROOF, 4, "matrix"),
    _article(A.TAG_NAMES, Menu.NAMES, 0, "person"),
    _article(A.TAG, Menu.NAMES, 1, "tag", "Ctrl+E"),
    _article(A.TAG_ORGANISATION, Menu.NAMES, 1, "organisation", "Ctrl+Alt+O"),
    _article(A.TAG_PLACE, Menu.NAMES, 1, "place", "Ctrl+Alt+P"),
    _article(A.TAG_ALL, Menu.NAMES, 1, "tag", "Ctrl+Shift+E"),
    _article(A.TAG_ISSUE, Menu.NAMES, 1, "tag"),
    _article(A.TAG_ARCHIVE, Menu.NAMES, 1, "tag"),
    _article(A.UNTAG, Menu.NAMES, 2, "untag", "Ctrl+Alt+E"),
    _article(A.UNTAG_ALL, Menu.NAMES, 2, "untag", "Ctrl+Alt+Shift+E"),
    _article(A.UNTAG_ISSUE, Menu.NAMES, 2, "untag"),
    _article(A.UNTAG_ARCHIVE, Menu.NAMES, 2, "untag"),
    _always(A.MATRIX, Menu.NAMES, 3, "matrix", "F6"),
    _article(A.NAME_CARD, Menu.NAMES, 3, "person", "Ctrl+Shift+I"),
    _article(A.CHOOSE_RECORD, Menu.NAMES, 3, "person", "Ctrl+Alt+I"),
    _always(A.AUTHORITY, Menu.NAMES, 4, "organisation", "Shift+F6"),
    _always(A.NEW_RECORD, Menu.NAMES, 4, "plus"),
    _always(A.NETWORK, Menu.NAMES, 4, "place", "Ctrl+F6"),
    _always(A.NAMES_IMPORT, Menu.NAMES, 5, "open"),
    _always(A.NAMES_EXPORT, Menu.NAMES, 5, "export"),
    _always(A.MENTIONS_EXPORT, Menu.NAMES, 5, "export"),
    _always(A.ZOOM_IN, Menu.VIEW, 0, "zoom_in", "Ctrl+="),
    _always(A.ZOOM_OUT, Menu.VIEW, 0, "zoom_out", "Ctrl+-"),
    _always(A.ZOOM_RESET, Menu.VIEW, 0, "search", "Ctrl+0"),
    _theme(A.THEME_LIGHT, "sun"),
    _theme(A.THEME_DARK, "moon"),
    _theme(A.THEME_SYSTEM, "system"),
    _always(A.FOLD_COLUMN, Menu.VIEW, 2, "pane_left", "Ctrl+\\"),
    _always(A.FOLD_DOCK, Menu.VIEW, 2, "pane_right", "Ctrl+Shift+\\", "Ctrl+|"),
    _always(A.NEXT_TAB, Menu.WINDOW, 0, "right", "Ctrl+Tab"),
    _always(A.PREVIOUS_TAB, Menu.WINDOW, 0, "up", "Ctrl+Shift+Tab"),
    _always(A.FOCUS_COLUMN, Menu.WINDOW, 1, "pane_left", "Alt+1"),
    _always(A.FOCUS_CENTRE, Menu.WINDOW, 1, "article", "Alt+2"),
    _always(A.FOCUS_DOCK, Menu.WINDOW, 1, "pane_right", "Alt+3"),
    _always(A.ABOUT, Menu.HELP, 0, "about", "F1"),
)
