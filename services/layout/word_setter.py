"""Words beside the articles: one line each, in a style of the template, made smaller where its room asks for it.

What masthead, folio line and slogan are set with. Out: glyph runs, rules and tints in `Furniture`.
"""

from dataclasses import dataclass, field

from models.values.laid_page import BLACK, Box, GlyphRun, Ink, Line, Tint
from models.values.plan import Align
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.layout.headline import FittedText, fit_line, text_runs
from services.layout.letters import letters

RED = Ink(m=1.0, y=0.95, k=0.12)
_THICK, _THIN, _APART = 1.8, 0.4, 3.0  # the double rule under the folio line
STYLES: dict[str, TypeStyle] = {
    "slogan": TypeStyle(role=FontRole.HEI_BOLD, size=22, leading=36),
    "folio_number": TypeStyle(role=FontRole.HEI_BOLD, size=30, leading=36),
    "folio_name": TypeStyle(role=FontRole.SONG_BLACK, size=19, leading=24),
    "folio_date": TypeStyle(role=FontRole.SONG, size=9, leading=12),
    "folio_credit": TypeStyle(role=FontRole.HEI, size=7.5, leading=10),
    "box_title": TypeStyle(role=FontRole.HEI_BOLD, size=18, leading=24),
    "masthead": TypeStyle(role=FontRole.SONG_BLACK, size=86, leading=96),
    "masthead_line": TypeStyle(role=FontRole.SONG, size=10.5, leading=14),
    "masthead_day": TypeStyle(role=FontRole.HEI_BOLD, size=60, leading=64),
    "masthead_date": TypeStyle(role=FontRole.HEI, size=12, leading=16),
    "masthead_issue": TypeStyle(role=FontRole.HEI, size=9, leading=12),
    "masthead_strip": TypeStyle(role=FontRole.SONG, size=8.5, leading=12),
}


@dataclass(slots=True)
class Furniture:
    runs: list[GlyphRun] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)


class Setter:
    """Sets single lines into the furniture of one page."""

    def __init__(self, template: PageTemplate, fonts: Catalogue, made: Furniture) -> None:
        self.template = template
        self.fonts = fonts
        self.made = made

    def style(self, name: str) -> TypeStyle:
        return self.template.styles.get(name, STYLES[name])

    def text(
        self,
        words: str,
        style: str,
        x: float,
        baseline: float,
        width: float,
        *,
        right: bool = False,
        align: Align = Align.LEFT,
        ink: Ink = BLACK,
        space: float = 0.5,
        size: float = 0.0,
    ) -> float:
        """Sets words on one line, smaller if they would not fit; returns the width they take.

        `size` stands in for the style's.
        """
        given = self.style(style)
        if size:
            given = TypeStyle(role=given.role, size=size, leading=given.leading)
        fitted = self.fit(words, given, width, space)
        wide = fitted.lines[0][2] * fitted.size if fitted.lines else 0.0
        left = x - wide if right else x
        for line in fitted.lines[:1]:
            self.made.runs += text_runs(
                fitted, line, left, wide if right else width, baseline, align=Align.LEFT if right else align, ink=ink
            )
        return wide

    def fit(self, words: str, style: TypeStyle, width: float, space: float) -> FittedText:
        return fit_line(words, letters(self.fonts, style.role, 1.0), width, style.size, word_space=space)

    def opened(self, fitted: FittedText, track: float, box: Box, baseline: float, align: Align) -> None:
        """A fitted line with its letters `track` em apart, in the width of a box."""
        shown = FittedText(fitted.display, fitted.type_, fitted.size, fitted.lines, track)
        for line in shown.lines[:1]:
            self.made.runs += text_runs(shown, line, box.x, box.width, baseline, align=align)

    def double_rule(self, y: float) -> None:
        left, right = self.template.left, self.template.left + self.template.type_width
        self.made.lines.append(Line(x0=left, y0=y, x1=right, y1=y, width=_THICK))
        self.made.lines.append(Line(x0=left, y0=y + _APART, x1=right, y1=y + _APART, width=_THIN))
