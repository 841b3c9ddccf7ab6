"""Page faults 版面差错: what an editor must see before a page is passed.

In: plan, articles, the laid frames. Out: `PageFault`s with message keys of resources/locale, the severe ones first.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.laid_page import Box, FaultKind, GlyphRun, LaidFrame, PageFault
from models.values.plan import FramePlan, PagePlan
from models.values.template import FontRole, PageTemplate
from services.config.messages import text as message
from services.fonts.catalogue import Catalogue
from services.layout.boxes import lies_in
from services.layout.jumps import is_taken_up
from services.layout.pull_quote import quote_lines, stands_in

HOLE = 3  # empty lines that a frame may have without a word
MOST_ROOM = 0.5  # part of a page that may stay free while it is being filled
MUCH_ROOM = 0.25  # part of a page that may stay free beside the end of a jumped article
_SAME_HEIGHT = 24.0  # points between baselines of headings that clash 碰题
_SAME_SIZE = 0.15
SHORT_HEADING = 15.0  # points: headings of short items may stand side by side
_TITLE = 24


def check_page(
    plan: PagePlan,
    articles: Mapping[ArticleId, ArticleText],
    frames: Sequence[LaidFrame],
    template: PageTemplate,
    fonts: Catalogue,
    first_row: int,
    borrowed: Sequence[tuple[ArticleId, str, str]] = (),
) -> tuple[PageFault, ...]:
    """All faults of a page; `first_row` is the first that articles may take, `borrowed` the characters (article,
    character, face id) that another face had to lend.
    """
    if not plan.frames:
        return (PageFault(kind=FaultKind.EMPTY_PAGE, severe=False, message="layout.fault.empty_page"),)
    titles = {frame.article: _title(articles.get(frame.article)) for frame in plan.frames}
    laid = {(frame.article, frame.box.x, frame.box.y): frame for frame in frames}
    pairs = [
        (one, found)
        for one in plan.frames
        if (found := laid.get((one.article, template.column_x(one.column), template.row_y(one.row)))) is not None
    ]
    faults = [
        *_missing_articles(plan, articles, template),
        *_text_faults(pairs, titles),
        *_places(plan.frames, titles, template, first_row),
        *_collisions(pairs, titles),
        *_pictures(pairs, titles),
        *_jumps(pairs, titles, plan.number),
        *_quotes(plan.frames, articles, titles, template),
        *_room(plan.frames, template, first_row),
        *_glyphs(frames, titles),
        *(_borrowed(article, character, fonts.by_id(face).family, titles) for article, character, face in borrowed),
        *_faces(frames, fonts),
    ]
    return tuple(sorted(faults, key=lambda fault: not fault.severe))


def _title(article: ArticleText | None) -> str:
    words = article.headline if article else ""
    return words if len(words) <= _TITLE else words[: _TITLE - 1] + "…"


def frame_box(frame: FramePlan, template: PageTemplate) -> Box:
    return Box(
        x=template.column_x(frame.column),
        y=template.row_y(frame.row),
        width=template.span_width(frame.columns),
        height=frame.rows * template.leading,
    )


def _fault(
    kind: FaultKind, name: str, *, severe: bool, article: ArticleId | None, box: Box | None, **values: str
) -> PageFault:
    return PageFault(
        kind=kind,
        severe=severe,
        message=f"layout.fault.{name}",
        values=tuple(sorted(values.items())),
        article=article,
        box=box,
    )


def _missing_articles(
    plan: PagePlan, articles: Mapping[ArticleId, ArticleText], template: PageTemplate
) -> Iterator[PageFault]:
    for frame in plan.frames:
        if frame.article not in articles:
            box = frame_box(frame, template)
            yield _fault(FaultKind.HOLE, "missing_article", severe=True, article=frame.article, box=box)


def _text_faults(pairs: Sequence[tuple[FramePlan, LaidFrame]], titles: Mapping[ArticleId, str]) -> Iterator[PageFault]:
    for _, frame in pairs:
        title = titles[frame.article]
        if frame.overset_lines:
            lines = str(frame.overset_lines)
            name = "overset" if frame.body_lines else "heading_tall"
            yield _fault(
                FaultKind.OVERSET, name, severe=True, article=frame.article, box=frame.box, title=title, lines=lines
            )
        elif frame.empty_lines > HOLE:
            lines = str(frame.empty_lines)
            yield _fault(
                FaultKind.HOLE, "hole", severe=False, article=frame.article, box=frame.box, title=title, lines=lines
            )


def _places(
    frames: Sequence[FramePlan], titles: Mapping[ArticleId, str], template: PageTemplate, first_row: int
) -> Iterator[PageFault]:
    for frame in frames:
        box, title = frame_box(frame, template), titles[frame.article]
        outside = frame.column < 0 or frame.row < 0 or frame.column + frame.columns > template.columns
        if outside or frame.row + frame.rows > template.rows:
            yield _fault(FaultKind.OVERLAP, "outside", severe=True, article=frame.article, box=box, title=title)
        if frame.row < first_row:
            yield _fault(FaultKind.OVERLAP, "covers_slogan", severe=True, article=frame.article, box=box, title=title)
    for one, other in combinations(frames, 2):
        across = one.column < other.column + other.columns and other.column < one.column + one.columns
        down = one.row < other.row + other.rows and other.row < one.row + one.rows
        if across and down and not (lies_in(one, other) or lies_in(other, one)):
            yield _fault(
                FaultKind.OVERLAP,
                "overlap",
                severe=True,
                article=other.article,
                box=frame_box(other, template),
                title=titles[one.article],
                other=titles[other.article],
            )


def headline_baselines(frame: LaidFrame) -> tuple[float, ...]:
    """Baselines of the headline's lines, from the top."""
    found = {run.baseline for run in frame.runs if run.source is not None and run.source.ref.part == "headline"}
    return tuple(sorted(found))


def _collisions(pairs: Sequence[tuple[FramePlan, LaidFrame]], titles: Mapping[ArticleId, str]) -> Iterator[PageFault]:
    """碰题: headings of neighbours at nearly one height and size; another face or a tint lets them pass."""
    heads = [(plan, frame, headline_baselines(frame)) for plan, frame in pairs]
    for (one, a, ya), (other, b, yb) in combinations(heads, 2):
        if one.heading.vertical or other.heading.vertical or max(a.headline_size, b.headline_size) <= SHORT_HEADING:
            continue
        if not ya or not yb or one.heading.role != other.heading.role or one.tint != other.tint:
            continue
        beside = one.column + one.columns == other.column or other.column + other.columns == one.column
        near = min(abs(p - q) for p in ya for q in yb) < _SAME_HEIGHT
        alike = abs(a.headline_size - b.headline_size) <= _SAME_SIZE * max(a.headline_size, b.headline_size)
        if beside and near and alike:
            yield _fault(
                FaultKind.COLLISION,
                "collision",
                severe=False,
                article=b.article,
                box=b.box,
                title=titles[a.article],
                other=titles[b.article],
            )


def _jumps(
    pairs: Sequence[tuple[FramePlan, LaidFrame]], titles: Mapping[ArticleId, str], number: int
) -> Iterator[PageFault]:
    """Jumps that one page shows to be wrong; whether both ends agree is told by `jumps.jump_faults`."""
    for plan, frame in pairs:
        title = titles[frame.article]
        name = ""
        if plan.jump_to and plan.jump_to != number and frame.rest is None:
            name = "jump_needless"
        elif is_taken_up(plan) and not frame.body_lines and not frame.overset_lines:
            name = "jump_empty"
        if name:
            values = {"title": title} | ({"page": str(plan.jump_to)} if name == "jump_needless" else {})
            yield _fault(FaultKind.JUMP, name, severe=True, article=frame.article, box=frame.box, **values)


def _room(frames: Sequence[FramePlan], template: PageTemplate, first_row: int) -> Iterator[PageFault]:
    """A page that is begun and holds little, or little beside the end of a jumped article; not an empty one."""
    if not frames:
        return
    most = MUCH_ROOM if any(is_taken_up(frame) for frame in frames) else MOST_ROOM
    whole = template.columns * (template.rows - first_row)
    free = whole - sum(frame.columns * (frame.rows + 1) for frame in frames)
    if free > most * whole:
        yield missing_lines(free, whole, template)


def missing_lines(lines: int, whole: int, template: PageTemplate) -> PageFault:
    """The page is `lines` short of its `whole` column lines: how many characters that are, and what may fill them."""
    across = template.column_width / template.body.size
    characters = max(50, round(lines * across * 0.8 / 50) * 50)  # four fifths are text, the rest headings and air
    if lines > 0.5 * whole:
        propose = message("automatic.propose_page", characters=round(characters * 0.014) * 50, pictures=2)
    elif lines > 0.12 * whole:
        propose = message("automatic.propose_items", items=max(2, round(characters / 240)), characters=characters)
    else:
        columns = 2 if template.columns > 3 else 1
        rows = max(4, lines // columns - 1)
        propose = message("automatic.propose_picture", columns=columns, rows=rows, characters=characters)
    values = (("characters", str(characters)), ("lines", str(lines)), ("propose", propose))
    return PageFault(kind=FaultKind.EMPTY_PAGE, severe=False, message="automatic.missing", values=values)


def _quotes(
    frames: Sequence[FramePlan],
    articles: Mapping[ArticleId, ArticleText],
    titles: Mapping[ArticleId, str],
    template: PageTemplate,
) -> Iterator[PageFault]:
    for frame in frames:
        text = articles.get(frame.article)
        if frame.pull_quote is not None and text is not None and not stands_in(frame.pull_quote.words, text):
            words = " ".join(quote_lines(frame.pull_quote.words))
            box = frame_box(frame, template)
            yield _fault(
                FaultKind.PULL_QUOTE,
                "pull_quote",
                severe=False,
                article=frame.article,
                box=box,
                title=titles[frame.article],
                words=words,
            )


def _pictures(pairs: Sequence[tuple[FramePlan, LaidFrame]], titles: Mapping[ArticleId, str]) -> Iterator[PageFault]:
    for plan, frame in pairs:
        if plan.picture is not None and plan.picture.picture is None:
            box = frame.pictures[0].box if frame.pictures else frame.box
            title = titles[frame.article]
            yield _fault(
                FaultKind.MISSING_PICTURE, "missing_picture", severe=False, article=frame.article, box=box, title=title
            )


def _glyphs(frames: Sequence[LaidFrame], titles: Mapping[ArticleId, str]) -> Iterator[PageFault]:
    """Characters that no installed face can print."""
    for frame in frames:
        told: set[str] = set()
        for run in frame.runs:
            if 0 not in run.glyphs:
                continue
            for cluster in _blank(run):
                if cluster in told:
                    continue
                told.add(cluster)
                yield _fault(
                    FaultKind.MISSING_GLYPH,
                    "missing_glyph",
                    severe=True,
                    article=frame.article,
                    box=frame.box,
                    title=titles[frame.article],
                    character=cluster,
                    code=f"U+{ord(cluster[0]):04X}",
                )


def _borrowed(article: ArticleId, character: str, family: str, titles: Mapping[ArticleId, str]) -> PageFault:
    return _fault(
        FaultKind.MISSING_GLYPH,
        "borrowed_glyph",
        severe=False,
        article=article,
        box=None,
        title=titles[article],
        character=character,
        code=f"U+{ord(character[0]):04X}",
        face=family,
    )


def _blank(run: GlyphRun) -> Iterator[str]:
    for glyph, cluster in zip(run.glyphs, run.clusters, strict=True):
        if glyph == 0 and cluster.strip():
            yield cluster


def _faces(frames: Sequence[LaidFrame], fonts: Catalogue) -> Iterator[PageFault]:
    """Roles whose family is not installed. A bold served by its own family's other weight goes without a word."""
    for role, face in fonts.substitutes():
        if role in (FontRole.SONG_BOLD, FontRole.SONG_BLACK, FontRole.HEI_BOLD, FontRole.FANGSONG):
            continue
        if any(run.face == face.id for frame in frames for run in frame.runs):
            yield _fault(
                FaultKind.MISSING_FACE,
                "missing_face",
                severe=False,
                article=None,
                box=None,
                role=message(f"layout.role.{role.value}"),
                face=face.family,
            )
