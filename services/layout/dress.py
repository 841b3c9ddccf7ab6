"""From placed shapes to FramePlans: faces of headings, tint and rules, so that neighbours differ and nothing doubles.

Faces change between neighbours (Song, Kai, Song; Hei beside a picture; never three Hei above each other); a rule parts
frames where they meet, but not along a tint, whose edge parts already, nor on a picture's upper edge inside a column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.values.plan import FramePlan, PicturePlan, PullQuote
from models.values.template import FontRole
from services.layout.shapes import Piece, Shape

NEWS_FACES = (FontRole.SONG_BOLD, FontRole.HEI_BOLD, FontRole.KAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A piece with its shape at its place; columns and rows of the page's grid."""

    piece: Piece
    shape: Shape
    column: int
    row: int
    columns: int
    rows: int

    @property
    def right(self) -> int:
        return self.column + self.columns

    @property
    def bottom(self) -> int:
        return self.row + self.rows


def dress(placed: Sequence[Placed], pinned: Sequence[FramePlan], first_row: int) -> tuple[FramePlan, ...]:
    """Frames in reading order: of the whole page, pinned ones as they are."""
    placed = settle_sizes(placed)
    faces = _faces(placed)
    ruled = _ruled(placed, pinned, first_row)
    frames = [
        FramePlan(
            article=one.piece.article,
            column=one.column,
            row=one.row,
            columns=one.columns,
            rows=one.rows,
            heading=replace(one.shape.heading, role=face, rows=one.shape.heading_rows),
            text_columns=0 if one.piece.is_photo else one.shape.text_columns,
            picture=_picture(one),
            tint=one.piece.tint,
            pull_quote=PullQuote(words="") if one.shape.quote else None,
            rule_above=one.piece.place in ruled,
            rule_left=_rule_left(one, placed, pinned),
        )
        for one, face in zip(placed, faces, strict=True)
    ]
    return tuple(sorted([*frames, *pinned], key=lambda frame: (frame.row, frame.column)))


def settle_sizes(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """Headings in one line come down a step where they would stand larger than a weightier article's.

    Their rows stay, so that nothing moves; a heading that would come down by more than a fifth stays as it is.
    """
    least: float | None = None
    settled: dict[int, Placed] = {}
    for one in sorted(placed, key=lambda one: one.piece.place):
        size = one.shape.heading_size
        if least and not one.piece.is_photo and one.shape.heading.lines == 1 and least < size <= 1.25 * least:
            size = least
            heading = replace(one.shape.heading, size=size)
            one = replace(one, shape=replace(one.shape, heading=heading, heading_size=size))
        if not one.piece.is_photo and size > 0:
            least = min(size, least) if least else size
        settled[one.piece.place] = one
    return tuple(settled[one.piece.place] for one in placed)


def _picture(one: Placed) -> PicturePlan | None:
    shape = one.shape
    if not shape.picture_rows:
        return None
    if one.piece.is_photo:
        return PicturePlan(rows=shape.picture_rows)
    whole = shape.picture_columns == shape.text_columns
    return PicturePlan(rows=shape.picture_rows, columns=0 if whole else shape.picture_columns)


def beside(a: Placed, b: Placed) -> bool:
    """Frames that share a stretch of an upright edge."""
    return (a.right == b.column or b.right == a.column) and min(a.bottom, b.bottom) - max(a.row, b.row) > 1


def above(a: Placed, b: Placed) -> bool:
    """`a` stands right over `b`, with no more than the gap between them."""
    return 0 <= b.row - a.bottom <= 2 and min(a.right, b.right) > max(a.column, b.column)


def _faces(placed: Sequence[Placed]) -> list[FontRole]:
    chosen: dict[int, FontRole] = {}
    order = sorted(range(len(placed)), key=lambda i: placed[i].piece.place)
    for i in order:
        one = placed[i]
        if one.piece.place == 0:
            chosen[i] = FontRole.SONG_BLACK
        elif one.piece.is_photo:
            chosen[i] = FontRole.KAI if one.piece.photo_place % 2 == 0 else FontRole.HEI_BOLD
    for i in order:
        if i not in chosen:
            chosen[i] = min(NEWS_FACES, key=lambda face: _face_cost(face, i, placed, chosen))
    return [chosen[i] for i in range(len(placed))]


def _face_cost(face: FontRole, i: int, placed: Sequence[Placed], chosen: dict[int, FontRole]) -> float:
    one = placed[i]
    wishes = {FontRole.SONG_BOLD: 0.0, FontRole.HEI_BOLD: 0.4, FontRole.KAI: 1.2 if one.piece.level <= 2 else 0.2}
    cost = wishes[face] + (0.6 if one.piece.tint and face is not FontRole.SONG_BOLD else 0.0)
    for j, other in enumerate(placed):
        if j == i or j not in chosen:
            continue
        same = _family(chosen[j]) == _family(face)
        if beside(one, other):
            cost += 3.0 if same else 0.0
            if other.shape.picture_rows and face is FontRole.HEI_BOLD:
                cost -= 0.8
        elif above(one, other) or above(other, one):
            lead = other.piece.place == 0 or one.piece.place == 0
            cost += (0.3 if lead else 2.0) if same else 0.0
    return cost


def _family(face: FontRole) -> str:
    return face.value.split("_")[0]


def _ruled(placed: Sequence[Placed], pinned: Sequence[FramePlan], first_row: int) -> set[int]:
    """Places of the pieces with a rule above them; neighbours that begin in one row share one unbroken rule."""
    ruled = {one.piece.place for one in placed if _rule_above(one, placed, pinned, first_row)}
    for one in sorted(placed, key=lambda one: one.column) + sorted(placed, key=lambda one: -one.column):
        if any(other.row == one.row and beside(one, other) and other.piece.place in ruled for other in placed):
            ruled.add(one.piece.place)
    return ruled


def _rule_above(one: Placed, placed: Sequence[Placed], pinned: Sequence[FramePlan], first_row: int) -> bool:
    if one.row <= first_row or one.piece.tint:
        return False
    over = [other for other in placed if above(other, one)]
    if any(other.piece.tint and other.column <= one.column and other.right >= one.right for other in over):
        return False
    if not over:
        return any(0 <= one.row - frame.row - frame.rows <= 2 for frame in pinned)
    if one.piece.is_photo:  # only as part of a longer rule, else it doubles the picture's edge
        return any(other.row == one.row and beside(one, other) for other in placed)
    return True


def _rule_left(one: Placed, placed: Sequence[Placed], pinned: Sequence[FramePlan]) -> bool:
    if one.column == 0 or one.piece.tint:
        return False
    if any(other.right == one.column and beside(one, other) for other in placed):
        return True
    return any(frame.column + frame.columns == one.column and frame.row < one.bottom for frame in pinned)
