"""Theme: every colour of the window by name, light and dark, and what Qt makes of it (palette and style sheet).

Contrast of each pair was measured against its ground by WCAG 2: text at least 4.5, edges of controls at least 3.
"""

from dataclasses import dataclass, fields
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QPalette

from services.config.paths import RESOURCES

SCROLLBAR = 10  # width of a scroll bar, px


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colour tokens as #RRGGBB. A plural is the ground that belongs to the ink of the same name."""

    name: str
    win: str  # menu bar, tab strips, status bar
    panel: str  # left column, dock, group rows
    surf: str  # editor, list rows, cards, inputs
    past: str  # pasteboard round a page
    line: str
    line2: str
    ctl: str  # edge of inputs
    t1: str
    t2: str
    t3: str
    ac: str
    on_ac: str
    acs: str
    err: str
    errs: str
    warn: str
    warns: str
    hint: str
    hints: str
    ok: str
    ins: str
    hover: str
    press: str
    ac_hover: str
    person: str
    organisation: str
    place: str
    event: str
    asked: str  # a name whose words changed
    shadow: float  # strength of the shadow of what floats, 0 … 1

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def colour(self, token: str) -> QColor:
        return QColor(str(getattr(self, token)))


LIGHT = Theme(
    name="light",
    win="#EDEFF1",
    panel="#F7F8F9",
    surf="#FFFFFF",
    past="#D3D7DB",
    line="#DCE0E4",
    line2="#C5CBD1",
    ctl="#858D96",
    t1="#1A1D21",
    t2="#50575F",
    t3="#666D76",
    ac="#0B6570",
    on_ac="#FFFFFF",
    acs="#DCEDEF",
    err="#B3261E",
    errs="#FBE9E7",
    warn="#855400",
    warns="#FBF0DA",
    hint="#3E58A0",
    hints="#E8ECF8",
    ok="#2B6B3A",
    ins="#1F6B36",
    hover="#ECEFF2",
    press="#DFE3E7",
    ac_hover="#0A5A64",
    person="#D9E6FA",
    organisation="#DFF0DD",
    place="#FBE8CC",
    event="#ECE2F8",
    asked="#F9D3E0",
    shadow=0.16,
)
DARK = Theme(
    name="dark",
    win="#131517",
    panel="#1A1D20",
    surf="#202427",
    past="#0E1011",
    line="#2F353A",
    line2="#454D54",
    ctl="#727B84",
    t1="#E4E7EA",
    t2="#AFB6BD",
    t3="#929AA2",
    ac="#5CC0CA",
    on_ac="#0B2226",
    acs="#183A3F",
    err="#FF8F85",
    errs="#46211F",
    warn="#E6B65A",
    warns="#3D3016",
    hint="#A3B8F3",
    hints="#262E4A",
    ok="#7CC78C",
    ins="#8AD69B",
    hover="#272C30",
    press="#30363B",
    ac_hover="#72CCD5",
    person="#24395A",
    organisation="#22402A",
    place="#4A391D",
    event="#3B2F54",
    asked="#5A2440",
    shadow=0.5,
)
KIND_DOTS = {"person": "#5B8FE0", "organisation": "#5FA860", "place": "#D9983B", "event": "#9B78D1"}


def palette(theme: Theme) -> QPalette:
    """The palette that plain widgets and delegates paint with."""
    roles = {
        QPalette.ColorRole.Window: theme.win,
        QPalette.ColorRole.WindowText: theme.t1,
        QPalette.ColorRole.Base: theme.surf,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.t1,
        QPalette.ColorRole.PlaceholderText: theme.t3,
        QPalette.ColorRole.Button: theme.surf,
        QPalette.ColorRole.ButtonText: theme.t1,
        QPalette.ColorRole.BrightText: theme.err,
        QPalette.ColorRole.Highlight: theme.acs,
        QPalette.ColorRole.HighlightedText: theme.t1,
        QPalette.ColorRole.Link: theme.ac,
        QPalette.ColorRole.Accent: theme.ac,
        QPalette.ColorRole.ToolTipBase: theme.surf,
        QPalette.ColorRole.ToolTipText: theme.t1,
        QPalette.ColorRole.Light: theme.line,
        QPalette.ColorRole.Midlight: theme.line,
        QPalette.ColorRole.Mid: theme.line2,
        QPalette.ColorRole.Dark: theme.ctl,
        QPalette.ColorRole.Shadow: theme.line2,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.t3))
    return made


@cache
def _template() -> Template:
    return Template((RESOURCES / "theme.qss").read_text("utf-8"))


def style_sheet(theme: Theme) -> str:
    """resources/theme.qss with the theme's colours in place of its $names."""
    tokens = {field.name: str(getattr(theme, field.name)) for field in fields(theme)}
    return _template().substitute(tokens, icons=(RESOURCES / "icons").as_posix(), scrollbar=str(SCROLLBAR))
