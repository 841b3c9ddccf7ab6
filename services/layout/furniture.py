"""What stands on a page beside its articles: masthead 报头 or folio line 报眉, slogan 通栏口号, rules between frames.

In: `Folio`, plan, template. Out: glyph runs, lines and tints. All sizes come from the template's styles; distances are
those of the reference page in parts of a row.
"""

from collections.abc import Iterable

from models.values.issue import Folio
from models.values.laid_page import PAPER, Box, Line, Tint
from models.values.plan import Align, FramePlan, PagePlan
from models.values.template import PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.layout.boxes import set_boxes
from services.layout.dates import WEEKDAYS, date_words, lunar_words
from services.layout.headline import FittedText, text_runs
from services.layout.masthead import masthead
from services.layout.word_setter import RED, Furniture, Setter

__all__ = ["RED", "Furniture", "date_words", "first_free_row", "furnish", "lunar_words", "slogan_row"]

_RULE = 0.5


def furnish(plan: PagePlan, folio: Folio, template: PageTemplate, fonts: Catalogue) -> Furniture:
    """Masthead on page 1, folio line on the others; slogan; rules over frames."""
    made = Furniture()
    setter = Setter(template, fonts, made)
    if folio.page_number == 1:
        masthead(setter, folio)
    else:
        _folio_line(setter, folio)
    if plan.slogan:
        _slogan(setter, plan.slogan, slogan_row(plan, folio, template), plan.slogan_rows)
    made.lines += _rules(plan.frames, template)
    set_boxes(setter, plan)
    return made


def slogan_row(plan: PagePlan, folio: Folio, template: PageTemplate) -> int:
    """First row of the slogan: the first of the page, under the masthead on page 1."""
    return template.masthead_rows if folio.page_number == 1 else 0


def first_free_row(plan: PagePlan, folio: Folio, template: PageTemplate) -> int:
    """First row that an article may take."""
    return slogan_row(plan, folio, template) + (plan.slogan_rows if plan.slogan else 0)


def _folio_line(setter: Setter, folio: Folio) -> None:
    """Page number, name of the page, date and weekday; who made it at the right; a double rule."""
    template = setter.template
    foot = template.top - 11.0
    base = foot - 6.0
    x, right = template.left, template.left + template.type_width
    x += setter.text(f"{folio.page_number:02d}", "folio_number", x, base, 80.0) + 12.0
    credit = "　".join(f"{role} {name}".rstrip() for role, name in folio.editors)
    taken = 0.0
    if credit:
        taken = 20.0 + setter.text(credit, "folio_credit", right, base, template.type_width * 0.45, right=True)
    if folio.page_name:
        x += setter.text(folio.page_name, "folio_name", x, base, max(40.0, (right - x - taken) * 0.5)) + 20.0
    words = f"{date_words(folio.date)}　{WEEKDAYS[folio.date.weekday()]}"
    paper = f"{folio.publication}　" if folio.publication else ""
    setter.text(paper + words, "folio_date", x, base, max(30.0, right - x - taken))
    setter.double_rule(foot)


def _slogan(setter: Setter, words: str, row: int, rows: int) -> None:
    """White on red over the full measure; the halves an em apart."""
    template = setter.template
    top = template.row_y(row)
    height = max(rows * template.leading - 1.0, 8.0)
    box = Box(x=template.left, y=top, width=template.type_width, height=height)
    setter.made.tints.append(Tint(box=box, ink=RED))
    style = setter.style("slogan")
    limited = TypeStyle(role=style.role, size=min(style.size, height * 0.68), leading=style.leading)
    fitted = setter.fit(words, limited, template.type_width - 24.0, 1.3)
    for line in fitted.lines[:1]:
        wide = line[2] * fitted.size
        count = line[1] - line[0]
        track = min(0.3, (template.type_width - 40.0 - wide) / fitted.size / count) if count > 1 else 0.0
        opened = FittedText(fitted.display, fitted.type_, fitted.size, fitted.lines, max(0.0, track))
        baseline = top + height / 2 + 0.37 * fitted.size
        setter.made.runs += text_runs(
            opened, line, template.left, template.type_width, baseline, align=Align.CENTRE, ink=PAPER
        )


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
