"""Masthead 报头 of page 1: the paper's name, the date block beside it, a strip of particulars over a double rule.

In: `Folio`. Out: words, rules and tints in the setter's furniture. The strip is as full as the publication's data: what
is not given leaves no gap. An internal publication prints 内部资料 免费交流 where everybody sees it, and no price
(内部资料性出版物管理办法, 2015, art. 14-15).
"""

from collections.abc import Sequence

from models.values.issue import Folio
from models.values.laid_page import Box, Ink, Line, Tint
from models.values.plan import Align
from services.layout.dates import WEEKDAYS, lunar_words
from services.layout.headline import FittedText, text_runs
from services.layout.word_setter import RED, Setter

_INTERNAL = "内部资料"
_STRIP = 15.0  # points of the strip of particulars
_UNDER_NAME = 17.0  # points of the line under the name
_BETWEEN = 18.0  # points between name and date block
_WIDEST_OPEN = 0.3  # em between the characters of a short name
_WASH = Ink(k=0.07)


def masthead(setter: Setter, folio: Folio) -> None:
    """Sets the masthead into the rows that the template gives it."""
    template = setter.template
    top = template.folio_top
    foot = template.row_y(template.masthead_rows) - 0.9 * template.leading
    left, width = template.left, template.type_width
    number, internal = _number(folio)
    particulars = _particulars(folio, number)
    strip = _STRIP if particulars else 0.0
    side = max(118.0, min(196.0, width * 0.29))
    block = Box(x=left + width - side, y=top, width=side, height=foot - strip - 5.0 - top)
    under = _sponsor(folio)
    room = Box(x=left, y=top, width=width - side - _BETWEEN, height=block.height - (_UNDER_NAME if under else 0.0))
    _name(setter, folio.publication, room)
    if under:
        _opened_line(setter, under, "masthead_line", room.x, room.bottom + 0.72 * _UNDER_NAME, room.width)
    _date_block(setter, folio, block, internal)
    if particulars:
        y = foot - strip
        setter.made.lines.append(Line(x0=left, y0=y, x1=left + width, y1=y, width=0.4))
        _spread(setter, particulars, left, y + 0.5 * strip + 2.9, width)
    setter.double_rule(foot)


def _number(folio: Folio) -> tuple[str, str]:
    """The number for the strip, and the words of an internal publication for the date block."""
    line = folio.number_line
    at = line.find(_INTERNAL)
    if at < 0:
        line = f"国内统一连续出版物号 {line}" if line.upper().startswith("CN") else line
        return line, "内部资料　免费交流" if folio.internal else ""
    return line[:at].strip("　 ,，;；"), line[at:].strip()


def _sponsor(folio: Folio) -> str:
    words = folio.sponsor
    return words if not words or "主办" in words or "主管" in words else f"{words}主办"


def _particulars(folio: Folio, number: str) -> list[str]:
    """What the strip says, from the left: number, publisher, address, price, editors."""
    internal = folio.internal or _INTERNAL in folio.number_line
    publisher = folio.publisher
    if publisher and internal and "编印" not in publisher:
        publisher = f"编印单位：{publisher}"
    price = "" if internal else folio.price
    editors = [f"{role} {name}".strip() for role, name in folio.editors]
    return [words for words in (number, publisher, folio.address, price, *editors) if words]


def _name(setter: Setter, words: str, room: Box) -> None:
    """The name as large as its room allows, opened over the width when it is short."""
    name = setter.fit(words, setter.style("masthead"), room.width - 4.0, 0.5)
    count = len(name.display.widths)
    if not name.lines or not count:
        return
    size = min(name.size, 0.94 * room.height)
    free = room.width - 4.0 - name.lines[0][2] * size
    track = max(0.0, min(_WIDEST_OPEN, free / size / (count - 1))) if count > 1 else 0.0
    opened = FittedText(name.display, name.type_, size, name.lines, track)
    baseline = room.y + room.height / 2 + 0.37 * size
    for line in name.lines[:1]:
        setter.made.runs += text_runs(opened, line, room.x, room.width, baseline, align=Align.CENTRE, ink=RED)


def _opened_line(setter: Setter, words: str, style: str, x: float, baseline: float, width: float) -> None:
    """A line under the name, opened to about two thirds of its width."""
    fitted = setter.fit(words, setter.style(style), width, 0.5)
    count = len(fitted.display.widths)
    if not fitted.lines or not count:
        return
    free = 0.62 * width - fitted.lines[0][2] * fitted.size
    track = max(0.0, min(1.0, free / fitted.size / (count - 1))) if count > 1 else 0.0
    opened = FittedText(fitted.display, fitted.type_, fitted.size, fitted.lines, track)
    for line in fitted.lines[:1]:
        setter.made.runs += text_runs(opened, line, x, width, baseline, align=Align.CENTRE)


def _date_block(setter: Setter, folio: Folio, box: Box, internal: str) -> None:
    """The day large, month, weekday and lunar date beside it; number of the issue and of today's pages under them."""
    made = setter.made
    made.tints.append(Tint(box=box, ink=_WASH))
    pad = 9.0
    x, width = box.x + pad, box.width - 2 * pad
    lower = [f"总第{folio.total_number}期" if folio.total_number is not None else "", f"今日{folio.pages}版"]
    foot = 16.0
    bar = 15.0 if internal else 0.0
    upper = box.height - foot - bar
    day = min(0.92 * upper, 0.36 * width / 1.15)
    middle = box.y + upper / 2
    wide = setter.text(str(folio.date.day), "masthead_day", x, middle + 0.37 * day, 0.4 * width, size=day, ink=RED)
    lunar = lunar_words(folio.date)
    stack = [
        (f"{folio.date.year}年{folio.date.month}月", "masthead_date"),
        (WEEKDAYS[folio.date.weekday()], "masthead_date"),
    ]
    cut = lunar.find("年") + 1
    stack += [(words, "folio_date") for words in (f"农历{lunar[:cut]}", lunar[cut:]) if lunar]
    step = min(17.0, (upper - 4.0) / len(stack))
    beside = x + wide + 11.0
    y = middle - step * len(stack) / 2
    for words, style in stack:
        setter.text(words, style, beside, y + 0.5 * step + 3.6, x + width - beside, size=min(step * 0.78, 13.0))
        y += step
    y = box.y + upper
    made.lines.append(Line(x0=x, y0=y, x1=x + width, y1=y, width=0.4))
    _spread(setter, [words for words in lower if words], x, y + 11.5, width, "masthead_issue")
    if internal:
        band = Box(x=box.x, y=box.bottom - bar, width=box.width, height=bar)
        made.tints.append(Tint(box=band, ink=Ink(k=0.75)))
        setter.text(internal, "masthead_issue", x, band.y + 11.0, width, align=Align.CENTRE, ink=Ink())


def _spread(
    setter: Setter, items: Sequence[str], left: float, baseline: float, width: float, style: str = "masthead_strip"
) -> None:
    """Items over a width: the first at its left edge, the last at its right, one alone in the middle."""
    gap = 14.0
    fitted = [setter.fit(words, setter.style(style), width, 0.5) for words in items]
    wides = [one.lines[0][2] * one.size if one.lines else 0.0 for one in fitted]
    room = max(width - gap * (len(items) - 1), 0.3 * width)
    scale = min(1.0, room / sum(wides)) if sum(wides) > 0 else 1.0
    gap = (width - scale * sum(wides)) / (len(items) - 1) if len(items) > 1 else 0.0
    x = left if len(items) > 1 else left + (width - scale * sum(wides)) / 2
    for one, wide in zip(fitted, wides, strict=True):
        shown = FittedText(one.display, one.type_, one.size * scale, one.lines, 0.0)
        for line in shown.lines[:1]:
            setter.made.runs += text_runs(shown, line, x, wide * scale, baseline, align=Align.LEFT)
        x += wide * scale + gap
