"""Faces, rules and tint of placed pieces; free regions round pinned frames."""

from models.values.ids import ArticleId
from models.values.plan import FramePlan, HeadingPlan
from models.values.template import FontRole
from services.layout.dress import Placed, dress, settle_sizes
from services.layout.regions import Region, free_regions
from services.layout.shapes import Piece, Shape


def placed(
    place: int,
    column: int,
    row: int,
    columns: int,
    rows: int,
    *,
    size: float = 20.0,
    photo: bool = False,
    tint: bool = False,
) -> Placed:
    piece = Piece(article=ArticleId(place + 1), place=place, level=min(place, 4), is_photo=photo, tint=tint)
    shape = Shape(
        rows=rows,
        heading=HeadingPlan(size=size),
        heading_rows=3,
        heading_size=size,
        text_columns=columns,
        text_rows=rows - 3,
        picture_rows=10 if photo else 0,
        picture_columns=columns if photo else 0,
    )
    return Placed(piece=piece, shape=shape, column=column, row=row, columns=columns, rows=rows)


def by_article(frames: tuple[FramePlan, ...]) -> dict[int, FramePlan]:
    return {int(frame.article): frame for frame in frames}


def test_neighbours_have_different_faces() -> None:
    pieces = [placed(0, 0, 0, 6, 20, size=36), placed(1, 0, 21, 3, 30), placed(2, 3, 21, 3, 30)]
    frames = by_article(dress(pieces, (), 0))
    assert frames[1].heading.role is FontRole.SONG_BLACK
    assert frames[2].heading.role is not frames[3].heading.role


def test_no_three_hei_headings_above_each_other() -> None:
    pieces = [placed(0, 0, 0, 6, 10, size=36), *(placed(n, 0, 11 * n, 6, 10) for n in range(1, 5))]
    roles = [frame.heading.role for frame in dress(pieces, (), 0)]
    hei = "".join("h" if role is FontRole.HEI_BOLD else "-" for role in roles)
    assert "hhh" not in hei


def test_rules_part_frames_but_stand_neither_on_the_first_row_nor_in_front_of_the_first_column() -> None:
    pieces = [placed(0, 0, 3, 6, 20), placed(1, 0, 24, 3, 30), placed(2, 3, 24, 3, 30)]
    frames = by_article(dress(pieces, (), 3))
    assert not frames[1].rule_above
    assert frames[2].rule_above
    assert frames[3].rule_above
    assert frames[3].rule_left
    assert not frames[2].rule_left


def test_no_rule_doubles_the_edge_of_a_tint_or_of_a_picture_inside_a_column() -> None:
    pieces = [
        placed(0, 0, 0, 6, 20),
        placed(1, 0, 21, 3, 20),
        placed(2, 0, 42, 3, 20, photo=True),
        placed(3, 3, 21, 3, 25),
        placed(4, 3, 47, 3, 15, tint=True),
    ]
    frames = by_article(dress(pieces, (), 0))
    assert not frames[3].rule_above
    assert not frames[5].rule_above
    assert not frames[5].rule_left


def test_a_rule_runs_unbroken_over_neighbours_that_begin_in_one_row() -> None:
    pieces = [
        placed(0, 0, 0, 6, 20),
        placed(1, 0, 21, 2, 20),
        placed(2, 2, 21, 2, 20, photo=True),
        placed(3, 4, 21, 2, 20, tint=True),
    ]
    assert all(frame.rule_above for frame in dress(pieces, (), 0) if frame.row == 21)


def test_a_lesser_heading_comes_down_to_the_size_of_a_weightier_one() -> None:
    sizes = [one.shape.heading_size for one in settle_sizes([placed(0, 0, 0, 6, 20, size=36), placed(1, 0, 21, 3, 9)])]
    assert sizes == [36, 20]
    pieces = [
        placed(0, 0, 0, 6, 20, size=36),
        placed(1, 0, 21, 3, 9, size=20),
        placed(2, 3, 21, 3, 9, size=24),
        placed(3, 0, 31, 3, 9, size=30),
    ]
    assert [one.shape.heading.size for one in settle_sizes(pieces)] == [36, 20, 20, 30]


def pin(column: int, row: int, columns: int, rows: int) -> FramePlan:
    heading = HeadingPlan(size=20)
    return FramePlan(
        article=ArticleId(9), column=column, row=row, columns=columns, rows=rows, heading=heading, pinned=True
    )


def test_without_pins_the_page_is_one_region() -> None:
    assert free_regions(6, 3, 84, ()) == (Region(column=0, row=3, columns=6, rows=81),)


def test_regions_lie_round_a_pinned_frame_with_a_row_between() -> None:
    found = free_regions(6, 0, 84, [pin(2, 30, 2, 20)])
    assert found == (
        Region(column=0, row=0, columns=6, rows=29),
        Region(column=0, row=30, columns=2, rows=20),
        Region(column=4, row=30, columns=2, rows=20),
        Region(column=0, row=51, columns=6, rows=33),
    )


def test_regions_never_meet_pins_or_each_other() -> None:
    pins = [pin(0, 10, 3, 20), pin(4, 15, 2, 40), pin(1, 60, 2, 24)]
    fields: set[tuple[int, int]] = set()
    for frame in pins:
        fields |= {
            (c, r)
            for c in range(frame.column, frame.column + frame.columns)
            for r in range(frame.row, frame.row + frame.rows)
        }
    for region in free_regions(6, 0, 84, pins):
        own = {
            (c, r)
            for c in range(region.column, region.column + region.columns)
            for r in range(region.row, region.row + region.rows)
        }
        assert not own & fields
        fields |= own
    assert free_regions(6, 0, 84, [pin(0, 0, 6, 84)]) == ()
