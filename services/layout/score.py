"""Score of a laid page: a hundred points in named parts, so that two ways to fill a page can be compared.

What each part takes off is told in docs/layout_score.md. The score is read from the laid page alone (places of glyphs
and pictures in points) and from the ranks of the articles; it sees what a reader sees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from models.values.article_text import Part
from models.values.ids import ArticleId
from models.values.laid_page import Box, GlyphRun, LaidFrame, LaidPage, PictureBox
from models.values.template import PageTemplate

FORBIDDEN_START = frozenset("，。、；：！？）》”’〉】〕…％%")
FORBIDDEN_END = frozenset("（《“‘〈【〔")
_COLUMN = 110.0  # points of a column with its gutter, about
_RUNNING_PARTS = frozenset({Part.DATELINE, Part.BODY, Part.SIGNATURE})
_HEADING_PARTS = frozenset({Part.KICKER, Part.HEADLINE, Part.DECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points kept in each part; `total` is 0 where text is left over or frames overlap."""

    fill: float = 25.0
    grid: float = 10.0
    lines: float = 20.0
    hierarchy: float = 20.0
    collisions: float = 10.0
    pictures: float = 10.0
    air: float = 5.0
    spoiled: bool = False
    filled: float = 0.0  # part of the type area that carries type or picture, 0 … 1
    holes: int = 0  # lines of room left open at the foot of frames
    overset: int = 0

    @property
    def points(self) -> float:
        """Sum of the parts, whether spoiled or not: puts spoiled pages in order too."""
        parts = self.fill + self.grid + self.lines + self.hierarchy + self.collisions + self.pictures + self.air
        return round(parts, 2)

    @property
    def total(self) -> float:
        return 0.0 if self.spoiled else self.points


def score(page: LaidPage, places: Mapping[ArticleId, int], template: PageTemplate) -> Score:
    """Scores a laid page; `places` gives each article its place in order of rank."""
    frames = page.frames
    filled = filled_part(page, template)
    return Score(
        fill=_fill(frames, filled),
        grid=_grid(frames, template),
        lines=_lines(frames, template),
        hierarchy=_hierarchy(frames, places),
        collisions=_collisions(frames),
        pictures=_pictures(page),
        air=_air(frames, template),
        spoiled=page.overset_lines > 0
        or any(_overlap(a.box, b.box) and not _within(a.box, b.box) for a, b in combinations(frames, 2)),
        filled=round(filled, 4),
        holes=page.empty_lines,
        overset=page.overset_lines,
    )


def filled_part(page: LaidPage, template: PageTemplate) -> float:
    """Frames without the open lines at their feet, with masthead and slogan, as a part of the type area."""
    area = page.type_area
    first = min((frame.box.y for frame in page.frames), default=area.bottom)
    covered = area.width * max(0.0, first - area.y) if page.furniture_tints or page.number == 1 else 0.0
    line = (template.column_width + template.gutter) * template.leading
    for frame in page.frames:
        covered += frame.box.width * (frame.box.height + template.leading) - frame.empty_lines * line
        covered += template.gutter * frame.box.height if frame.box.right < area.right - 1 else 0.0
    return min(1.0, max(0.0, covered / (area.width * (area.height + template.leading))))


def _fill(frames: Sequence[LaidFrame], filled: float) -> float:
    lost = 0.0
    for frame in frames:
        if _short(frame) and frame.empty_lines <= 2 * max(1, round(frame.box.width / _COLUMN)):
            continue  # white between short items
        lost += 2.0 * max(0, min(frame.empty_lines, 2) - 1) + 5.0 * max(0, frame.empty_lines - 2)
    lost += 100.0 * max(0.0, 0.97 - filled)
    return max(0.0, 25.0 - lost)


def _body(frame: LaidFrame) -> list[GlyphRun]:
    return [run for run in frame.runs if run.source and run.source.ref.part is Part.BODY]


def _grid(frames: Sequence[LaidFrame], template: PageTemplate) -> float:
    on = every = 0
    for frame in frames:
        for run in _body(frame):
            if abs(run.size - template.body.size) > 0.01:
                continue  # a caption stands free
            rest = (run.baseline - template.top - template.baseline) % template.leading
            every += 1
            on += min(rest, template.leading - rest) < 0.05
    broken = sum(bool(frame.body_lines) and not _in_page_columns(frame, template) for frame in frames)
    return max(0.0, (10.0 * on / every if every else 10.0) - 0.4 * broken)


def _in_page_columns(frame: LaidFrame, template: PageTemplate) -> bool:
    """Whether the text stands in the page's own columns; a tint and a caption may have their own measure."""
    if frame.tints or _is_photo(frame):
        return True
    step = template.column_width + template.gutter
    starts = {round((run.xs[0] - template.left) / step, 2) for run in _body(frame) if run.xs}
    lefts = {int(start) for start in starts}
    return any(start - int(start) < 0.02 for start in starts) and len(lefts) >= round(frame.box.width / step)


def _lines(frames: Sequence[LaidFrame], template: PageTemplate) -> float:
    lost = 0.0
    for frame in frames:
        for text, loose in set_lines(frame):
            lost += 5.0 * (text[0] in FORBIDDEN_START) + 5.0 * (text[-1] in FORBIDDEN_END)
            lost += 0.2 * loose + 1.0 * (len(text) == 1)
    return max(0.0, 20.0 - lost)


def set_lines(frame: LaidFrame) -> list[tuple[str, bool]]:
    """Lines of body as set: their text, and whether letters stand more than 0.06 em apart."""
    groups: dict[float, list[tuple[float, str, float]]] = {}
    for run in frame.runs:
        if not run.source or run.source.ref.part not in _RUNNING_PARTS:
            continue
        row = groups.setdefault(round(run.baseline, 1), [])
        row += [(x, text, run.size) for x, text in zip(run.xs, run.clusters, strict=True) if text]
    found: list[tuple[str, bool]] = []
    for row in groups.values():
        row.sort(key=lambda glyph: glyph[0])
        line = [row[0]]
        for before, glyph in pairwise(row):
            if glyph[0] - before[0] > 2.2 * before[2]:
                found.append(_line(line))
                line = []
            line.append(glyph)
        found.append(_line(line))
    return [line for line in found if line[0]]


def _line(glyphs: list[tuple[float, str, float]]) -> tuple[str, bool]:
    steps = [
        (after[0] - before[0]) / before[2]
        for before, after in pairwise(glyphs)
        if "\u4e00" <= before[1] <= "\u9fff" and "\u4e00" <= after[1] <= "\u9fff"
    ]
    loose = bool(steps) and min(steps) > 1.06
    return "".join(glyph[1] for glyph in glyphs).strip(), loose


def _hierarchy(frames: Sequence[LaidFrame], places: Mapping[ArticleId, int]) -> float:
    """Order of sizes is order of ranks; the lead stands clear; there are clear steps; rank steps down the page."""
    ordered = sorted((f for f in frames if f.headline_size > 0), key=lambda f: places.get(f.article, 99))
    sizes = [frame.headline_size for frame in ordered]
    if len(sizes) < 2:
        return 20.0
    inverted = 0.0
    for before, after in combinations(range(len(sizes)), 2):
        if sizes[after] > sizes[before] * 1.03:
            photo = _is_photo(ordered[before]) or _is_photo(ordered[after])
            inverted += 1.0 if photo or sizes[after] < sizes[before] * 1.15 else 3.0
    news = [frame for frame in ordered if not _is_photo(frame)]
    inverted += 0.5 * sum(
        after.box.y + 24 < before.box.y for before, after in combinations(news, 2) if not _short(before)
    )
    lost = inverted * min(1.0, 6.0 / (len(sizes) - 1))  # many articles make many pairs
    photos = [box.width * box.height for frame in ordered if _is_photo(frame) for box in _boxes(frame)[:1]]
    lost += 3.0 * sum(after > before for before, after in combinations(photos, 2))
    by_rank = [frame.headline_size for frame in news]
    lost += 1.5 if len(by_rank) > 2 and by_rank[1] < 1.15 * max(by_rank[2:]) else 0.0
    lost += 0.8 * sum(1.02 < a / b < 1.15 for a, b in pairwise(sorted(set(by_rank), reverse=True)))
    lost += 4.0 if sizes[0] < 1.2 * max(sizes[1:]) else 0.0
    steps = 1 + sum(1 for a, b in pairwise(sorted(sizes, reverse=True)) if a > 1.15 * b)
    lost += 4.0 * max(0, min(4, len(sizes) - 1) - steps)
    return max(0.0, 20.0 - lost)


def _short(frame: LaidFrame) -> bool:
    """An item of a block of short ones: such may stand side by side in any order."""
    return frame.headline_size <= 15.0 and not frame.pictures


def _is_photo(frame: LaidFrame) -> bool:
    return bool(frame.pictures) and frame.body_lines <= 8


def _boxes(frame: LaidFrame) -> list[Box]:
    return [picture.box for picture in frame.pictures]


def headline_baselines(frame: LaidFrame) -> list[float]:
    """Baselines of the headline's lines in points."""
    runs = [run for run in frame.runs if run.source and run.source.ref.part is Part.HEADLINE]
    return sorted({round(run.baseline, 1) for run in runs})


def _collisions(frames: Sequence[LaidFrame]) -> float:
    """碰题: headings of neighbours less than two rows apart in height and within 15 % in size."""
    lost = 0.0
    for a, b in combinations(frames, 2):
        if (_short(a) and _short(b)) or not a.headline_size or not b.headline_size or _gap_between(a.box, b.box) > 30:
            continue
        near = any(abs(x - y) < 24 for x in headline_baselines(a) for y in headline_baselines(b))
        ratio = max(a.headline_size, b.headline_size) / min(a.headline_size, b.headline_size)
        if near and ratio <= 1.15:
            lost += 2.0 if _face(a) != _face(b) or bool(a.tints) != bool(b.tints) else 5.0
        elif near:
            lost += 1.5 if ratio <= 1.3 else 0.7
    return max(0.0, 10.0 - lost)


def _face(frame: LaidFrame) -> str:
    return next((r.face for r in frame.runs if r.source and r.source.ref.part is Part.HEADLINE), "")


def _gap_between(a: Box, b: Box) -> float:
    """Sideways distance of two boxes that share a height; large when they do not."""
    if min(a.bottom, b.bottom) <= max(a.y, b.y):
        return 1e6
    return max(b.x - a.right, a.x - b.right)


def _pictures(page: LaidPage) -> float:
    held = [picture for frame in page.frames for picture in frame.pictures]
    boxes = [picture.box for picture in held]
    if not boxes:
        return 6.0
    area = page.type_area
    sizes = sorted((box.width * box.height for box in boxes), reverse=True)
    lost = sum(_misshapen(picture) for picture in held)
    lost += 3.0 if len(sizes) > 1 and sizes[0] < 1.5 * sizes[1] else 0.0
    biggest = max(boxes, key=lambda box: box.width * box.height)
    lost += 2.0 if biggest.y + biggest.height / 2 > area.y + 0.6 * area.height else 0.0
    if len(boxes) > 1:
        sides = {box.x + box.width / 2 > area.x + area.width / 2 for box in boxes}
        levels = {box.y + box.height / 2 > area.y + area.height / 2 for box in boxes}
        lost += (0.0, 1.5, 4.0)[(len(sides) < 2) + (len(levels) < 2)]
        heights = sorted(box.y for box in boxes)
        lost += 1.0 * sum(1 for a, b in pairwise(heights) if b - a < 60)
    return max(0.0, 10.0 - lost)


def _misshapen(picture: PictureBox) -> float:
    """A picture that is there keeps its own proportion: what is cut off beyond 15 % counts; a place-holder looks like a
    newspaper picture.
    """
    left, top, right, bottom = picture.crop
    kept = (right - left) * (bottom - top)
    if picture.picture is not None:
        return min(2.0, 20.0 * max(0.0, 0.85 - kept))
    shape = picture.box.width / max(1.0, picture.box.height)
    return min(2.0, 8.0 * max(0.0, shape - 1.8, 1.32 - shape))


def _air(frames: Sequence[LaidFrame], template: PageTemplate) -> float:
    """White is even: headings keep off the edges and near their text; columns are neither stubs nor walls."""
    lost = uneven = 0.0
    for frame in frames:
        for run in frame.runs:
            if run.source and run.source.ref.part is Part.HEADLINE and run.xs:
                right = run.xs[-1] + run.size
                lost += 0.5 if run.xs[0] < frame.box.x - 0.5 or right > frame.box.right + 4 else 0.0
        body = _body(frame)
        if not body or _is_photo(frame):
            continue
        first, last = min(run.baseline for run in body), max(run.baseline for run in body)
        headed = [run.baseline for run in frame.runs if run.source and run.source.ref.part in _HEADING_PARTS]
        if headed and not frame.pictures:
            uneven += 0.5 * max(0.0, (first - max(headed)) / template.leading - 2.6)
        rows = 1 + (last - first) / template.leading
        uneven += 0.3 * max(0.0, 6 - rows) + 0.1 * max(0.0, rows - 26)
    lost += uneven * min(1.0, 6.0 / max(1, len(frames))) + 0.6 * _crossings(frames, template)
    return max(0.0, 5.0 - lost)


def _crossings(frames: Sequence[LaidFrame], template: PageTemplate) -> int:
    """Points where four corners meet: an upright cut that runs on below a level one."""
    reach = 1.6 * template.leading
    found = 0
    for a, b in combinations(frames, 2):
        upper, lower = (a, b) if a.box.y < b.box.y else (b, a)
        if abs(upper.box.right + template.gutter - lower.box.x) > 1 or abs(lower.box.y - upper.box.bottom) > reach:
            continue
        right = any(abs(c.box.x - lower.box.x) < 1 and abs(c.box.bottom - upper.box.bottom) < reach for c in frames)
        left = any(abs(c.box.right - upper.box.right) < 1 and abs(c.box.y - lower.box.y) < reach for c in frames)
        found += right and left
    return found


def _overlap(a: Box, b: Box) -> bool:
    return min(a.right, b.right) - max(a.x, b.x) > 0.5 and min(a.bottom, b.bottom) - max(a.y, b.y) > 0.5


def _within(a: Box, b: Box) -> bool:
    """One of two frames lies in the other, whose text runs around it."""
    small, large = sorted((a, b), key=lambda box: box.width * box.height)
    across = large.x - 0.5 <= small.x and small.right <= large.right + 0.5
    down = large.y - 0.5 <= small.y and small.bottom <= large.bottom + 0.5
    return across and down and small.width * small.height < 0.9 * large.width * large.height
