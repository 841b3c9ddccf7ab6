"""From candidates to pieces: order, levels of heading, the lead's size, the item for the tint."""

from collections.abc import Sequence
from dataclasses import replace

from models.values.plan import HeadingPlan
from models.values.template import FontRole, PageTemplate
from services.layout.candidate import Candidate
from services.layout.gauge import Gauge
from services.layout.pull_quote import quotable, quote_rows, quote_style
from services.layout.ranking import heading_scale, level_of, rank
from services.layout.shapes import Piece

LARGEST_LEAD = 0.066  # of the width of the type area: 42 pt on a tabloid
_LEAST_VERSE, _LONGEST_VERSE = 6, 14  # lines of a poem, characters of one
TINT_LINES = (8, 48)  # an item in a tint is short, but not a scrap


def ordered(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """In order of rank, equal ranks as given; by what the texts say where no ranks were given."""
    ranks = [one.rank for one in candidates]
    if len(set(ranks)) == 1 and len(ranks) > 1:
        ranks = list(rank([one.text for one in candidates]))
    order = sorted(range(len(ranks)), key=lambda index: ranks[index])
    return tuple(candidates[index] for index in order)


def lead_size(lead: Candidate, template: PageTemplate, gauge: Gauge) -> float:
    """The largest step that sets the lead's headline in one line over the page, or in two when one is too small."""
    largest = LARGEST_LEAD * template.type_width
    steps = [step for step in template.heading_steps if step <= largest] or [template.heading_steps[-1]]
    least = 0.6 * steps[0]
    for lines in (1, 2):
        for step in steps:
            plan = HeadingPlan(size=step, role=FontRole.SONG_BLACK, lines=lines)
            fit = gauge.heading(lead.article, template.columns, plan, False)
            if fit.size >= step - 0.01 and fit.lines <= lines and (step >= least or lines == 2):
                return step if lines == 1 else min(step, steps[min(2, len(steps) - 1)])
    return steps[-1]


def pieces_of(
    candidates: Sequence[Candidate], template: PageTemplate, gauge: Gauge
) -> tuple[tuple[Piece, ...], tuple[float, ...]]:
    """Pieces in order of rank, and the scale of heading sizes."""
    order = ordered(candidates)
    if not order:
        return (), (template.heading_steps[0],)
    scale = heading_scale(template, lead_size(order[0], template, gauge))
    pieces: list[Piece] = []
    photos = 0
    for place, one in enumerate(order):
        pieces.append(
            Piece(
                article=one.article,
                place=place,
                level=_level(one, place, len(order), len(scale), photos),
                is_photo=one.is_photo,
                photo_place=photos,
                pictures=max(one.pictures, int(one.picture is not None)),
                proportion=max(0.0, one.proportion),
                is_verse=_is_verse(one),
                quote_rows=_quote_rows(one, template) if place == 0 else 0,
            )
        )
        photos += one.is_photo
    return _with_tint(pieces, template, gauge), scale


def _is_verse(one: Candidate) -> bool:
    """Whether all paragraphs are as short as the lines of a poem."""
    lines = [paragraph.text for paragraph in one.text.body if paragraph.text]
    return len(lines) >= _LEAST_VERSE and max(map(len, lines)) <= _LONGEST_VERSE


def _quote_rows(one: Candidate, template: PageTemplate) -> int:
    """Rows of a pull quote of the article's own words, as far as they can make one."""
    words = quotable(one.text, int(template.column_width / quote_style(template).size + 1.0))
    return quote_rows(words[0], template) if words and not one.is_photo else 0


def _level(one: Candidate, place: int, count: int, levels: int, photos: int) -> int:
    """A large photograph carries a larger heading than its rank alone would give it."""
    level = level_of(place, count, levels)
    return min(level, 2) if one.is_photo and photos == 0 and place else level


def _with_tint(pieces: list[Piece], template: PageTemplate, gauge: Gauge) -> tuple[Piece, ...]:
    """The shortest news item behind the first two stands in a tint, on a page of four or more."""
    if len(pieces) < 4:
        return tuple(pieces)
    wide = min(2, template.columns)
    short = [
        (gauge.lines(piece.article, wide, wide, False), piece.place)
        for piece in pieces
        if piece.place >= 2 and not piece.is_photo and not piece.pictures and not piece.is_verse
    ]
    short = [one for one in short if TINT_LINES[0] <= one[0] <= TINT_LINES[1]]
    if not short:
        return tuple(pieces)
    place = min(short)[1]
    return tuple(replace(piece, tint=piece.place == place) for piece in pieces)
