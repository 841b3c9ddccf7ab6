"""The ways one article can stand in a frame of a given width: rows, heading, picture, text columns, and their cost.

For every width and every height the cheapest way is kept, so that the search over the page deals with numbers only.
Costs are in points of the score (docs/layout_score.md); 0 is what an editor would choose without any need.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.values.ids import ArticleId
from models.values.plan import HeadingPlan
from models.values.template import FontRole, PageTemplate
from services.layout.columns import INSET
from services.layout.gauge import Gauge, HeadingFit

MOST_HOLE = 3  # lines of room at the foot of a frame; two pass, three at most
SHORT_ITEM = 12  # lines: what a frame of one column may hold
LEAST_TEXT_ROWS = 3
QUOTE_COLUMNS = 3  # fewest columns of text that a pull quote stands in
QUOTE_COST = 4.0  # in points of the score: more than two open lines, less than three
MOST_CROPPED = 0.14  # part of a picture of known proportion that may be cut off
LEAST_PICTURED = 30  # lines of an article that may be given a place-holder nobody asked for
MOST_SQUEEZED = 3  # lines too many for which the engine sets a text tight
TINT_FOOT = 1  # rows that a tint keeps clear under its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article as the search sees it. `place` counts from 0 in order of rank; `photo_place` among photo stories."""

    article: ArticleId
    place: int
    level: int
    is_photo: bool = False
    photo_place: int = 0
    pictures: int = 0
    tint: bool = False
    has_text: bool = True
    proportion: float = 0.0  # width to height of its picture, 0 where it is not known
    is_verse: bool = False  # lines of a poem: they stand in few columns
    is_block: bool = False  # short items under one title, in place of one article
    quote_rows: int = 0  # rows of a column that a pull quote of its own words takes; 0: it has no such words


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """How far the search may go to make a page come out: more as the page is emptier or fuller."""

    extra_pictures: int = 0  # places of rank below which a news item may be given a picture it did not ask for
    most_air: int = 2  # rows of white that a heading may take beyond its need
    most_cut: int = 0  # lines that may be left over, to be cut by the editor
    tall_pictures: bool = False  # pictures a little taller than wide, on a page with far too little text
    loose_photos: bool = False  # photographs from 2.2 : 1 to 1.2 : 1 instead of 16 : 9 to 4 : 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way to set an article: everything of a FramePlan but its place."""

    rows: int
    heading: HeadingPlan
    heading_rows: int
    heading_size: float
    text_columns: int
    text_rows: int
    picture_rows: int = 0
    picture_columns: int = 0
    holes: int = 0
    cut: int = 0
    cost: float = 0.0
    quote: bool = False  # a pull quote takes the lines that would stay open


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeRules:
    """Template and heading scale, common to all pieces of a page."""

    template: PageTemplate
    scale: tuple[float, ...]
    slack: Slack


def shapes(piece: Piece, columns: int, rules: ShapeRules, gauge: Gauge) -> dict[int, Shape]:
    """The cheapest shape of `piece` for each height in rows, in a frame of `columns` page columns."""
    best: dict[int, Shape] = {}
    limit = rules.template.rows
    found = _photo_shapes if piece.is_photo else _news_shapes
    for shape in found(piece, columns, rules, gauge):
        known = best.get(shape.rows)
        if shape.rows <= limit and (known is None or shape.cost < known.cost):
            best[shape.rows] = shape
    return best


def headings(
    piece: Piece, columns: int, rules: ShapeRules, gauge: Gauge
) -> Iterator[tuple[HeadingPlan, HeadingFit, float]]:
    """Headings worth trying: the size of the level, in one line or two, and the steps just below it."""
    target = rules.scale[piece.level]
    floor = rules.scale[piece.level + 1] if piece.level + 1 < len(rules.scale) else target / 1.25
    seen: set[tuple[int, float, int]] = set()
    steps = sorted({target, *(s for s in rules.template.heading_steps if s < target)}, reverse=True)
    for lines in (1, 2):
        for size in steps:
            plan = HeadingPlan(size=size, role=FontRole.SONG_BOLD, lines=lines)
            fit = gauge.heading(piece.article, columns, plan, piece.tint)
            if (fit.rows, fit.size, fit.lines) in seen:
                continue
            seen.add((fit.rows, fit.size, fit.lines))
            cost = _size_cost(piece, fit.size, target, floor) + _turn_cost(piece, fit.lines)
            yield HeadingPlan(size=fit.size, role=FontRole.SONG_BOLD, lines=max(1, fit.lines)), fit, cost
            if fit.size < floor * 0.98 and lines == 1:
                break
            if fit.size < floor * 0.8:
                break


def _size_cost(piece: Piece, size: float, target: float, floor: float) -> float:
    """Above the next level's size a smaller heading costs little (the lead's more); below it the order is lost."""
    if size <= 0:
        return 0.0
    cost = (18.0 if piece.place == 0 else 6.0) * max(0.0, 1.0 - size / target)
    if size < floor * 1.02:
        cost += 4.0 + 20.0 * max(0.0, 1.0 - size / floor)
    return cost


def _turn_cost(piece: Piece, lines: int) -> float:
    """One line is better than two; a lead in two lines takes the page's breath."""
    if lines <= 1:
        return 0.0
    return (3.0 if piece.place == 0 else 0.6 if piece.level == 1 else 1.2) * (lines - 1)


def _width_cost(piece: Piece, columns: int, page: int) -> float:
    """Lead full or near full; second rank about half and more; short items narrow. In parts of the page's width."""
    part = columns / page
    if piece.is_photo:
        ideal = 0.5 if piece.photo_place == 0 else 0.34
        return 24.0 * max(0.0, abs(part - ideal) - 0.05)
    if piece.is_verse:
        return 4.0 * max(0, columns - 2)
    if piece.place == 0:
        return 0.0 if columns == page else 9.0 * (1.0 - part) if part >= 0.6 else 12.0 + 20.0 * (0.6 - part)
    ideal = (0.0, 0.6, 0.5, 0.45, 0.36, 0.34)[min(piece.level, 5)]
    across = 3.0 if columns == page and page > 2 else 0.0  # a bar over the whole page belongs to the lead
    return across + 5.0 * max(0.0, abs(part - ideal) - 0.12)


def _column_cost(text_rows: int) -> float:
    """Columns of 8 to 24 lines read well; very low ones look like captions, very long ones like a wall."""
    if text_rows < 6:
        return 1.5 * (6 - text_rows)
    return 0.2 * max(0, text_rows - 24)


def _hole_cost(holes: int) -> float:
    return (0.0, 0.6, 2.0, 6.0)[holes]


def _air_cost(air: int) -> float:
    return 0.5 * air * air


def _text_columns(piece: Piece, columns: int, template: PageTemplate) -> list[int]:
    """Numbers of text columns worth trying: one a page column, else wider ones of 11 to about 19 characters."""
    if piece.tint:  # its edge narrows the columns: one less than the page has, each wider
        found = [n for n in (columns - 1, columns - 2) if n >= 1]
        widest = 21 * template.body.size
        return [n for n in found if _measure(columns, n, template, tint=True) <= widest] or [columns]
    found = [columns]
    for fewer in (columns - 1, columns - 2):
        if fewer >= 2 and columns >= 3 and _measure(columns, fewer, template) <= 18.5 * template.body.size:
            found.append(fewer)
    return found


def _measure(columns: int, text_columns: int, template: PageTemplate, *, tint: bool = False) -> float:
    room = template.span_width(columns) - (2 * INSET if tint else 0.0)
    return (room - (text_columns - 1) * template.gutter) / text_columns


def _news_shapes(piece: Piece, columns: int, rules: ShapeRules, gauge: Gauge) -> Iterator[Shape]:
    template, slack = rules.template, rules.slack
    width = _width_cost(piece, columns, template.columns)
    heads = list(headings(piece, columns, rules, gauge))
    least = 1 if slack.tall_pictures else LEAST_TEXT_ROWS
    for text_columns in _text_columns(piece, columns, template):
        lines = gauge.lines(piece.article, columns, text_columns, piece.tint)
        if columns == 1 and lines > SHORT_ITEM and template.columns > 1 and not piece.is_verse:
            continue
        measure = 0.0 if text_columns == columns or piece.tint else 1.0 + 0.5 * (columns - text_columns)
        for cut, cut_cost in _cuts(lines, text_columns, slack.most_cut):
            for covered, picture_rows, picture_cost in _pictures(piece, columns, text_columns, rules, lines):
                if cut and picture_rows:
                    continue
                for fill in _fills(piece, columns, text_columns, (covered, picture_rows), cut, gauge):
                    if fill.holes > MOST_HOLE or (covered and not _clear_under(fill, covered == text_columns, least)):
                        continue
                    base = width + measure + picture_cost + cut_cost + fill.cost + _column_cost(fill.rows)
                    for plan, fit, head_cost in heads:
                        for air in range(slack.most_air + 1 if fit.rows else 1):
                            rows = fit.rows + air + fill.rows + (TINT_FOOT if piece.tint else 0)
                            yield Shape(
                                rows=max(1, rows),
                                heading=plan,
                                heading_rows=fit.rows + air,
                                heading_size=fit.size,
                                text_columns=text_columns,
                                text_rows=fill.rows,
                                picture_rows=picture_rows,
                                picture_columns=covered,
                                holes=fill.holes,
                                cut=cut,
                                cost=base + head_cost + _air_cost(air),
                                quote=fill.quote,
                            )


@dataclass(frozen=True, slots=True)
class _Fill:
    """Text and picture in their columns: rows, open lines at the foot, rows of text under the picture."""

    rows: int
    holes: int
    under: int
    cost: float
    quote: bool = False


def _clear_under(fill: _Fill, whole: bool, least: int) -> bool:
    """Under a picture stand at least three rows of text; none at all where text stands beside it."""
    return fill.under >= least or (fill.under == 0 and not whole)


def _fills(
    piece: Piece, columns: int, text_columns: int, picture: tuple[int, int], cut: int, gauge: Gauge
) -> Iterator[_Fill]:
    """The least rows that hold the text beside or under the picture; one fewer where squeezing saves the lines."""
    covered, high = picture
    pictured = covered > 0
    if pictured:
        high += gauge.under_picture(piece.article, columns, text_columns, covered)
    lines = gauge.lines(piece.article, columns, text_columns, piece.tint, pictured=pictured)
    rows = max(-(-(lines - cut + covered * high) // text_columns), high)
    if gauge.has_crossheads(piece.article) and not cut:
        for taller in range(rows, rows + 3):
            heights = (taller,) * (text_columns - covered) + (taller - high,) * covered
            holes = gauge.pour(piece.article, columns, piece.tint, heights, pictured=pictured)
            if holes is not None:
                yield _Fill(taller, holes, taller - high, _hole_cost(min(holes, MOST_HOLE)))
                return
        return
    may_quote = piece.quote_rows and not pictured and not cut and not piece.tint and text_columns >= QUOTE_COLUMNS
    if may_quote and not gauge.has_crossheads(piece.article):
        quoted = -(-(lines + piece.quote_rows) // text_columns)
        if quoted >= 2 * piece.quote_rows:
            left = quoted * text_columns - piece.quote_rows - lines
            yield _Fill(quoted, left, quoted, QUOTE_COST + _hole_cost(min(left, MOST_HOLE)), quote=True)
    holes = rows * text_columns - covered * high - lines + cut
    yield _Fill(rows, holes, rows - high, _hole_cost(min(holes, MOST_HOLE)))
    room = (rows - 1) * text_columns - covered * high
    if cut or rows <= max(high, 1) or lines - room > MOST_SQUEEZED:
        return
    holes = room - gauge.lines(piece.article, columns, text_columns, piece.tint, pictured=pictured, tight=True)
    if holes >= 0:
        yield _Fill(rows - 1, holes, rows - 1 - high, 0.3 + _hole_cost(min(holes, MOST_HOLE)))


def _cuts(lines: int, text_columns: int, most: int) -> Iterator[tuple[int, float]]:
    """Numbers of lines to leave over, so that what stays fills its columns to the last line, with their cost."""
    yield 0, 0.0
    for rows in range((lines - 1) // text_columns, LEAST_TEXT_ROWS - 1, -1):
        cut = lines - rows * text_columns
        if cut > most:
            return
        yield cut, 6.0 + 1.2 * min(cut, 12) + 0.4 * max(0, cut - 12)


def _pictures(
    piece: Piece, columns: int, text_columns: int, rules: ShapeRules, lines: int
) -> Iterator[tuple[int, int, float]]:
    """Pictures beside or above the text: columns of text it covers, its rows, cost.

    A place-holder that nobody asked for stands with long articles alone, and is smaller than their text.
    """
    may_add = piece.place < rules.slack.extra_pictures and not piece.tint and lines >= LEAST_PICTURED
    if piece.pictures == 0:
        yield 0, 0, 0.0
        if not may_add:
            return
    else:
        yield 0, 0, 14.0
    asked = 0.0 if piece.pictures else 5.0 + 2.0 * piece.place
    if piece.tint:
        return
    template = rules.template
    if text_columns != columns:  # a picture over all columns, whatever their number, on a page with far too little text
        if rules.slack.tall_pictures:
            for rows, ratio_cost in picture_heights(columns, rules, piece.proportion):
                if not piece.pictures and text_columns * rows > lines:
                    break
                yield text_columns, rows, asked + 4.0 + ratio_cost
        return
    least = 1 if 0 < piece.proportion < 1 else 2  # an upright portrait may stand in one column
    for wide in range(min(least, columns), columns + 1):
        part = wide / template.columns
        if wide > 2 and part > 0.67 and not rules.slack.loose_photos:
            continue
        cost = asked + 6.0 * max(0.0, abs(part - 0.42) - 0.1) + (1.5 if wide == columns else 0.0)
        for rows, ratio_cost in picture_heights(wide, rules, piece.proportion):
            if not piece.pictures and wide * rows > lines:
                break
            yield wide, rows, cost + ratio_cost


def picture_heights(columns: int, rules: ShapeRules, proportion: float = 0.0) -> Iterator[tuple[int, float]]:
    """Heights in rows of a picture `columns` wide: its own proportion, cropped by 14 % at the most, where that is
    known; else about 16 : 9 to 4 : 3, a little beyond at a cost.
    """
    template = rules.template
    width = template.span_width(columns)
    if proportion > 0:
        yield from _own_heights(width, proportion, template)
        return
    flattest, steepest = (2.3, 1.2) if rules.slack.loose_photos else (2.0, 1.28)
    steepest = 0.9 if rules.slack.tall_pictures else steepest
    first = max(4, int(width / flattest / template.leading) + 1)
    for rows in range(first, int(width / steepest / template.leading) + 1):
        ratio = width / (rows * template.leading)
        yield rows, 8.0 * max(0.0, ratio - 1.8) + 10.0 * max(0.0, 1.33 - ratio) + 40.0 * max(0.0, 1.2 - ratio)


def _own_heights(width: float, proportion: float, template: PageTemplate) -> Iterator[tuple[int, float]]:
    """Heights of a picture of known proportion; one that is very tall or flat is cropped as far as it must be."""
    exact = width / proportion / template.leading
    most = 0.62 * template.rows
    if exact * (1 - MOST_CROPPED) > most:
        return
    first = max(4, int(exact * (1 - MOST_CROPPED)) + 1)
    for rows in range(first, max(first, int(min(most, exact / (1 - MOST_CROPPED)))) + 1):
        cropped = 1 - min(rows / exact, exact / rows)
        yield rows, 10.0 * cropped + 0.1 * max(0.0, rows - 0.4 * template.rows)


def _photo_shapes(piece: Piece, columns: int, rules: ShapeRules, gauge: Gauge) -> Iterator[Shape]:
    template = rules.template
    if columns == 1 and template.columns > 3:
        return
    width = _width_cost(piece, columns, template.columns)
    caption = gauge.caption_rows(piece.article, columns)
    for plan, fit, head_cost in headings(piece, columns, rules, gauge):
        for rows, ratio_cost in picture_heights(columns, rules, piece.proportion):
            for air in range(min(1, rules.slack.most_air) + 1):
                yield Shape(
                    rows=rows + fit.rows + air + caption,
                    heading=plan,
                    heading_rows=fit.rows + air,
                    heading_size=fit.size,
                    text_columns=1,
                    text_rows=caption,
                    picture_rows=rows,
                    picture_columns=columns,
                    cost=width + head_cost + ratio_cost + 1.5 * _air_cost(air),
                )
