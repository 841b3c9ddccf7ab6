"""What stands on a page beside its articles: masthead 报头 or folio line 报眉, slogan 通栏口号, rules between frames.

In: `Folio`, plan, template. Out: glyph runs, lines and tints. All sizes come from the template's styles; distances are
those of the reference page in parts of a row.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.values.issue import Folio
from models.values.laid_page import BLACK, PAPER, Box, GlyphRun, Ink, Line, Tint
from models.values.plan import Align, FramePlan, PagePlan
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.layout.headline import FittedText, fit_line, text_runs
from services.layout.letters import letters

RED = Ink(m=1.0, y=0.95, k=0.12)
_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_THICK, _THIN, _APART = 1.8, 0.4, 3.0  # the double rule under the folio line
_RULE = 0.5
_STYLES: dict[str, TypeStyle] = {
    "slogan": TypeStyle(role=FontRole.HEI_BOLD, size=22, leading=36),
    "folio_number": TypeStyle(role=FontRole.HEI_BOLD, size=30, leading=36),
    "folio_name": TypeStyle(role=FontRole.SONG_BLACK, size=19, leading=24),
    "folio_date": TypeStyle(role=FontRole.SONG, size=9, leading=12),
    "folio_credit": TypeStyle(role=FontRole.HEI, size=7.5, leading=10),
    "masthead": TypeStyle(role=FontRole.SONG_BLACK, size=66, leading=72),
}


@dataclass(slots=True)
class Furniture:
    runs: list[GlyphRun] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)


def furnish(plan: PagePlan, folio: Folio, template: PageTemplate, fonts: Catalogue) -> Furniture:
    """Masthead on page 1, folio line on the others; slogan; rules over frames."""
    made = Furniture()
    setter = _Setter(template, fonts, made)
    if folio.page_number == 1:
        setter.masthead(folio)
    else:
        setter.folio_line(folio)
    if plan.slogan:
        setter.slogan(plan.slogan, slogan_row(plan, folio, template), plan.slogan_rows)
    made.lines += _rules(plan.frames, template)
    return made


def slogan_row(plan: PagePlan, folio: Folio, template: PageTemplate) -> int:
    """First row of the slogan: the first of the page, under the masthead on page 1."""
    return template.masthead_rows if folio.page_number == 1 else 0


def first_free_row(plan: PagePlan, folio: Folio, template: PageTemplate) -> int:
    """First row that an article may take."""
    return slogan_row(plan, folio, template) + (plan.slogan_rows if plan.slogan else 0)


def date_words(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def lunar_words(date: datetime.date) -> str:
    """农历 date as newspapers print it: 癸卯年四月初四. "" outside the years that the calendar knows (1901-2100)."""
    if not 1901 <= date.year <= 2100:
        return ""
    import cnlunar

    day = cnlunar.Lunar(datetime.datetime(date.year, date.month, date.day, 12), godType="8char")
    cycle = int(day.lunarYear) - 4  # the year of the calendar, which starts at the Spring Festival, not at 立春
    month = str(day.lunarMonthCn).rstrip("大小")
    return f"{_STEMS[cycle % 10]}{_BRANCHES[cycle % 12]}年{month}{day.lunarDayCn}"


class _Setter:
    def __init__(self, template: PageTemplate, fonts: Catalogue, made: Furniture) -> None:
        self.template = template
        self.fonts = fonts
        self.made = made

    def style(self, name: str) -> TypeStyle:
        return self.template.styles.get(name, _STYLES[name])

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
    ) -> float:
        """Sets words on one line, smaller if they would not fit; returns the width they take."""
        given = self.style(style)
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

    def folio_line(self, folio: Folio) -> None:
        """Page number, name of the page, date and weekday; who made it at the right; a double rule."""
        template = self.template
        foot = template.top - 11.0
        base = foot - 6.0
        x, right = template.left, template.left + template.type_width
        x += self.text(f"{folio.page_number:02d}", "folio_number", x, base, 80.0) + 12.0
        credit = "　".join(f"{role} {name}".rstrip() for role, name in folio.editors)
        taken = 0.0
        if credit:
            taken = 20.0 + self.text(credit, "folio_credit", right, base, template.type_width * 0.45, right=True)
        if folio.page_name:
            x += self.text(folio.page_name, "folio_name", x, base, max(40.0, (right - x - taken) * 0.5)) + 20.0
        words = f"{date_words(folio.date)}　{_WEEKDAYS[folio.date.weekday()]}"
        paper = f"{folio.publication}　" if folio.publication else ""
        self.text(paper + words, "folio_date", x, base, max(30.0, right - x - taken))
        self.double_rule(foot)

    def double_rule(self, y: float) -> None:
        left, right = self.template.left, self.template.left + self.template.type_width
        self.made.lines.append(Line(x0=left, y0=y, x1=right, y1=y, width=_THICK))
        self.made.lines.append(Line(x0=left, y0=y + _APART, x1=right, y1=y + _APART, width=_THIN))

    def masthead(self, folio: Folio) -> None:
        """The paper's name large at the left, date and numbers in a column at the right, a double rule under both."""
        template = self.template
        rows = template.masthead_rows
        top, foot = template.folio_top, template.row_y(rows) - 0.9 * template.leading
        left, width = template.left, template.type_width
        side = max(120.0, min(210.0, width * 0.29))
        room = width - side - 24.0
        name = self.fit(folio.publication, self.style("masthead"), room, 0.5)
        height = foot - top
        size = min(name.size, height * 0.72)
        name = FittedText(name.display, name.type_, size, name.lines, _opened(name, size, room))
        for line in name.lines[:1]:
            baseline = top + (height - size) / 2 + 0.86 * size - 2.0
            self.made.runs += text_runs(name, line, left, room, baseline, align=Align.CENTRE, ink=RED)
        x = left + width - side
        self.made.lines.append(Line(x0=x - 12.0, y0=top + 2.0, x1=x - 12.0, y1=foot - 8.0, width=0.4))
        self._imprint(folio, x, side, top, foot)
        self.double_rule(foot)

    def _imprint(self, folio: Folio, x: float, side: float, top: float, foot: float) -> None:
        lunar = lunar_words(folio.date)
        number = f"总第{folio.total_number}期" if folio.total_number is not None else ""
        words: list[tuple[str, str]] = [
            (f"{date_words(folio.date)}　{_WEEKDAYS[folio.date.weekday()]}", "folio_date"),
            (f"农历{lunar}" if lunar else "", "folio_date"),
            ("　".join(part for part in (number, f"今日{folio.pages}版") if part), "folio_date"),
            (folio.number_line, "folio_credit"),
            (folio.sponsor, "folio_credit"),
            ("　".join(f"{role} {name}".rstrip() for role, name in folio.editors), "folio_credit"),
        ]
        held = [(line, style) for line, style in words if line]
        step = min(16.0, (foot - top - 8.0) / max(1, len(held)))
        y = top + (foot - top - 4.0 - step * len(held)) / 2
        for line, style in held:
            y += step
            self.text(line, style, x, y - 0.3 * step, side, align=Align.CENTRE)

    def slogan(self, words: str, row: int, rows: int) -> None:
        """White on red over the full measure; the halves an em apart."""
        template = self.template
        top = template.row_y(row)
        height = max(rows * template.leading - 1.0, 8.0)
        box = Box(x=template.left, y=top, width=template.type_width, height=height)
        self.made.tints.append(Tint(box=box, ink=RED))
        style = self.style("slogan")
        limited = TypeStyle(role=style.role, size=min(style.size, height * 0.68), leading=style.leading)
        fitted = self.fit(words, limited, template.type_width - 24.0, 1.3)
        for line in fitted.lines[:1]:
            wide = line[2] * fitted.size
            count = line[1] - line[0]
            track = min(0.3, (template.type_width - 40.0 - wide) / fitted.size / count) if count > 1 else 0.0
            opened = FittedText(fitted.display, fitted.type_, fitted.size, fitted.lines, max(0.0, track))
            baseline = top + height / 2 + 0.37 * fitted.size
            self.made.runs += text_runs(
                opened, line, template.left, template.type_width, baseline, align=Align.CENTRE, ink=PAPER
            )


def _opened(name: FittedText, size: float, room: float) -> float:
    """A short name is opened over the room it has, by a quarter of an em at most."""
    if not name.lines or len(name.display.widths) < 2:
        return 0.0
    free = room - 8.0 - name.lines[0][2] * size
    return max(0.0, min(0.25, free / size / (len(name.display.widths) - 1)))


def _rules(frames: Iterable[FramePlan], template: PageTemplate) -> list[Line]:
    """Rules half a row above frames; those of neighbours in one row join to one rule."""
    by_row: dict[int, list[tuple[float, float]]] = {}
    for frame in frames:
        if frame.rule_above and frame.row > 0:
            x = template.column_x(frame.column)
            by_row.setdefault(frame.row, []).append((x, x + template.span_width(frame.columns)))
    lines: list[Line] = []
    for row, spans in sorted(by_row.items()):
        y = template.row_y(row - 0.5)
        joined: list[list[float]] = []
        for left, right in sorted(spans):
            if joined and left - joined[-1][1] <= template.gutter + 0.5:
                joined[-1][1] = max(joined[-1][1], right)
            else:
                joined.append([left, right])
        lines += [Line(x0=left, y0=y, x1=right, y1=y, width=_RULE) for left, right in joined]
    return lines
