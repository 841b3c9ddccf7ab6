"""What is wrong with a page as a whole, seen before it is laid: in points of the score, 0 for nothing.

The slicing search knows the cost of each frame and of each cut; what only the finished drawing shows is judged here:
headings that meet at one height, pictures in one corner, sizes against ranks.
"""

from collections.abc import Sequence
from itertools import combinations, pairwise

from models.values.template import PageTemplate
from services.layout.dress import Placed, beside


def page_cost(placed: Sequence[Placed], template: PageTemplate) -> float:
    """Cost of the drawing as a whole."""
    return _collisions(placed) + _pictures(placed, template) + _order(placed) + _crossings(placed)


def heading_row(one: Placed) -> float:
    """About where the headline's baseline lies, in rows of the page."""
    top = one.row + (one.shape.picture_rows if one.piece.is_photo else 0)
    return top + 0.6 * one.shape.heading_rows


def _collisions(placed: Sequence[Placed]) -> float:
    cost = 0.0
    for a, b in combinations(placed, 2):
        if beside(a, b) and abs(heading_row(a) - heading_row(b)) < 3.0:
            small, large = sorted((a.shape.heading_size, b.shape.heading_size))
            cost += 4.0 if large <= 1.15 * small else 3.0 if large <= 1.3 * small else 1.2
    return cost


def _pictures(placed: Sequence[Placed], template: PageTemplate) -> float:
    boxes = []
    for one in placed:
        if one.shape.picture_rows:
            wide = one.shape.picture_columns
            area = wide * one.shape.picture_rows
            boxes.append((area, one.column + wide / 2, one.row + one.shape.picture_rows / 2, one.row))
    if not boxes:
        return 0.0
    cost = 0.0
    boxes.sort(reverse=True)
    if boxes[0][2] > 0.62 * template.rows:
        cost += 2.5
    if len(boxes) > 1:
        cost += 3.0 if boxes[0][0] < 1.4 * boxes[1][0] else 0.0
        first, second = boxes[0], boxes[1]
        same_side = (first[1] > template.columns / 2) == (second[1] > template.columns / 2)
        apart = abs(first[2] - second[2]) / template.rows
        cost += (2.5 if same_side else 0.0) + (3.0 if apart < 0.12 else 1.0 if apart < 0.25 else 0.0)
        tops = sorted(box[3] for box in boxes)
        cost += sum(1.5 for a, b in pairwise(tops) if b - a < 3)
    return cost


def _order(placed: Sequence[Placed]) -> float:
    """Sizes step down with rank, and rank steps down the page."""
    cost = 0.0
    news = sorted((one for one in placed if not one.piece.is_photo), key=lambda one: one.piece.place)
    for a, b in combinations(news, 2):
        if b.shape.heading_size > 1.03 * a.shape.heading_size:
            cost += 2.5
        if b.row < a.row - 2:
            cost += 0.4 * min(4, b.piece.place - a.piece.place)
    return cost


def _crossings(placed: Sequence[Placed]) -> float:
    """Four corners at one point: an upright cut that runs on below a level one makes the page a chessboard."""
    feet = {(one.column, one.bottom) for one in placed if one.column} & {(one.right, one.bottom) for one in placed}
    heads = {(one.column, one.row) for one in placed if one.column} & {(one.right, one.row) for one in placed}
    return sum(1.2 for column, row in feet for c, r in heads if c == column and 0 <= r - row <= 2)
