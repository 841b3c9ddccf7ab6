"""The score's parts, each on a page made by hand; ranks and sizes."""

from dataclasses import replace
from itertools import pairwise

import pytest
from automatic_seed import seed_page

from models.values.article_text import ArticleText, Form, Paragraph, Part, PartRef
from models.values.ids import ArticleId
from models.values.laid_page import Box, GlyphRun, LaidFrame, LaidPage, PictureBox, TextSource
from services.layout.ranking import MIN_RATIO, heading_scale, level_of, rank
from services.layout.score import Score, score
from services.layout.templates import template

TABLOID = template("tabloid")
AREA = Box(x=TABLOID.left, y=TABLOID.top, width=TABLOID.type_width, height=TABLOID.type_height)


def line(
    words: str, column: int, row: int, *, part: Part = Part.BODY, size: float = 9.0, step: float = 1.0
) -> GlyphRun:
    x = TABLOID.column_x(column)
    return GlyphRun(
        face="Song",
        size=size,
        baseline=TABLOID.row_y(row) + TABLOID.baseline,
        glyphs=tuple(range(len(words))),
        xs=tuple(x + number * size * step for number in range(len(words))),
        clusters=tuple(words),
        source=TextSource(ref=PartRef(part=part), start=0, end=len(words)),
    )


def frame(article: int, column: int, row: int, columns: int, rows: int, *, size: float = 20.0) -> LaidFrame:
    box = Box(
        x=TABLOID.column_x(column),
        y=TABLOID.row_y(row),
        width=TABLOID.span_width(columns),
        height=rows * TABLOID.leading,
    )
    runs = [line("城市更新", column, row + 1, part=Part.HEADLINE, size=size)]
    runs += [line("老旧小区装上了新电梯", column + at, row + down) for at in range(columns) for down in (3, 15)]
    return LaidFrame(
        article=ArticleId(article), box=box, runs=tuple(runs), headline_size=size, body_lines=columns * (rows - 3)
    )


def page(*frames: LaidFrame) -> LaidPage:
    return LaidPage(
        number=2, name="", width=TABLOID.width, height=TABLOID.height, bleed=8.5, type_area=AREA, frames=frames
    )


def scored(*frames: LaidFrame) -> Score:
    return score(page(*frames), {one.article: number for number, one in enumerate(frames)}, TABLOID)


def test_a_full_page_keeps_its_points() -> None:
    found = scored(frame(1, 0, 0, 6, 40, size=36), frame(2, 0, 41, 6, 43, size=24))
    assert found.filled > 0.98
    assert found.fill == 25
    assert found.grid == 10
    assert found.lines == 20
    assert found.total == found.points > 85


def test_text_left_over_or_overlap_makes_the_total_nothing() -> None:
    upper, lower = frame(1, 0, 0, 6, 40, size=36), frame(2, 0, 41, 6, 43)
    assert scored(replace(upper, overset_lines=2), lower).total == 0
    assert scored(upper, frame(2, 0, 30, 6, 50)).total == 0
    assert scored(replace(upper, overset_lines=2), lower).points > 0


@pytest.mark.parametrize(("holes", "lost"), [(1, 0), (2, 2), (3, 7)])
def test_holes_cost_more_the_larger_they_are(holes: int, lost: int) -> None:
    upper, lower = frame(1, 0, 0, 6, 40, size=36), frame(2, 0, 41, 6, 43)
    assert scored(replace(upper, empty_lines=holes), lower).fill == 25 - lost


def test_lines_see_marks_and_loose_letters() -> None:
    upper = frame(1, 0, 0, 6, 84, size=36)
    bad = replace(upper, runs=(*upper.runs, line("，电梯", 0, 9), line("他说“", 0, 10)))
    assert scored(bad).lines == 10
    loose = replace(upper, runs=(*upper.runs, line("居民议事会", 0, 9, step=1.1)))
    assert scored(loose).lines == pytest.approx(19.8)


def test_baselines_off_the_grid_are_seen() -> None:
    upper = frame(1, 0, 0, 6, 84, size=36)
    moved = tuple(replace(run, baseline=run.baseline + 3) for run in upper.runs)
    assert scored(replace(upper, runs=moved)).grid == 0


def test_sizes_against_ranks_cost_hierarchy() -> None:
    right = scored(frame(1, 0, 0, 6, 40, size=36), frame(2, 0, 41, 6, 43, size=24))
    wrong = scored(frame(1, 0, 0, 6, 40, size=24), frame(2, 0, 41, 6, 43, size=36))
    assert wrong.hierarchy < right.hierarchy - 4


def test_headings_side_by_side_at_one_height_collide() -> None:
    lead = frame(1, 0, 0, 6, 40, size=36)
    alike = scored(lead, frame(2, 0, 41, 3, 43, size=20), frame(3, 3, 41, 3, 43, size=19))
    apart = scored(lead, frame(2, 0, 41, 3, 43, size=24), frame(3, 3, 41, 3, 43, size=16))
    assert alike.collisions == 5
    assert apart.collisions > 9


def test_pictures_on_a_diagonal_are_better_than_in_one_corner() -> None:
    def with_picture(one: LaidFrame, width: float, height: float) -> LaidFrame:
        box = Box(x=one.box.x, y=one.box.y, width=width, height=height)
        return replace(one, pictures=(PictureBox(box=box),))

    first = with_picture(frame(1, 0, 0, 3, 40, size=36), 321, 200)
    across = scored(first, frame(2, 3, 0, 3, 40), with_picture(frame(3, 3, 60, 3, 20), 210, 140))
    corner = scored(first, frame(2, 3, 0, 3, 40), with_picture(frame(3, 0, 20, 3, 20), 210, 140))
    assert across.pictures == 10
    assert corner.pictures <= 6


def test_four_corners_at_one_point_cost_air() -> None:
    crossed = [frame(n, column, row, 3, 41) for n, (column, row) in enumerate([(0, 0), (3, 0), (0, 42), (3, 42)], 1)]
    offset = [*crossed[:2], frame(3, 0, 42, 4, 41), frame(4, 4, 42, 2, 41)]
    assert scored(*crossed).air < scored(*offset).air


def test_ranks_of_the_sample_page_put_its_first_article_first_and_photographs_last_but_never_lead() -> None:
    _, articles = seed_page()
    ranks = rank(list(articles.values()))
    assert sorted(ranks) == list(range(7))
    assert ranks[0] == 0
    photos = [r for r, text in zip(ranks, articles.values(), strict=True) if text.form is Form.PHOTO]
    assert min(photos) >= 3


def test_a_photograph_leads_only_where_there_is_no_news() -> None:
    photo = ArticleText(headline="图", form=Form.PHOTO, body=(Paragraph(text="甲" * 1000),))
    news = ArticleText(headline="文", body=(Paragraph(text="乙" * 60),))
    assert rank([photo, news]) == (1, 0)
    assert rank([photo]) == (0,)
    assert rank([]) == ()


@pytest.mark.parametrize("lead", [42.0, 37.5, 28.0, 18.0])
def test_levels_of_heading_step_by_a_fifth_at_least(lead: float) -> None:
    scale = heading_scale(TABLOID, lead)
    assert scale[0] == lead
    assert all(above >= MIN_RATIO * below - 0.02 for above, below in pairwise(scale))


def test_lead_and_second_have_a_level_of_their_own() -> None:
    levels = [level_of(place, 9, 5) for place in range(9)]
    assert levels[:2] == [0, 1]
    assert levels.count(0) == levels.count(1) == 1
    assert levels == sorted(levels)
    assert max(levels) == 4
