"""Boxes, borders, pictures inside text, unequal columns, fillers, text that goes on in another frame of its page."""

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Paragraph, Part
from models.values.ids import ArticleId
from models.values.laid_page import Box, FaultKind, LaidFrame, LaidPage
from models.values.plan import BoxPlan, FramePlan, HeadingPlan, PagePlan, PicturePlan, RulePlan, RuleStyle
from services.layout.follow import follow, jump_faults
from services.layout.lay_out import lay_out
from services.layout.strokes import border_lines, ornament_lines, ornament_names, rule_lines
from services.layout.templates import template
from tests.services.layout.invented import FOLIO, FONTS
from tests.services.layout.page_text import page_text

TABLOID = template("tabloid")
KEY = ArticleId(1)
CLAUSE = "江城港口昨夜迎来首班渡轮，船工们把缆绳收得很慢，岸上的人都看着灯火，"
TEXT = ArticleText(
    headline="渡口夜航恢复", body=tuple(Paragraph(text=CLAUSE * count + "一切如常。") for count in (3, 5, 2, 6))
)


def frame(**wishes: object) -> FramePlan:
    given = {"article": KEY, "column": 0, "row": 0, "columns": 3, "rows": 40, "heading": HeadingPlan(size=24)} | wishes
    return FramePlan(**given)  # type: ignore[arg-type]


def lay(*frames: FramePlan, text: ArticleText = TEXT, **more: object) -> LaidPage:
    plan = PagePlan(number=2, template="tabloid", frames=frames, **more)  # type: ignore[arg-type]
    return lay_out(plan, {one.article: text for one in frames}, TABLOID, FONTS, FOLIO)


def body(laid: LaidFrame) -> str:
    runs = [run for run in laid.runs if run.source and run.source.ref.part is Part.BODY]
    return "".join(run.text for run in runs)


def whole(text: ArticleText) -> str:
    return "".join(paragraph.text for paragraph in text.body)


def glyph_boxes(laid: LaidFrame) -> list[Box]:
    return [
        Box(x=x, y=run.baseline - 0.8 * run.size, width=run.size, height=0.9 * run.size)
        for run in laid.runs
        if run.source and run.source.ref.part is Part.BODY
        for x, cluster in zip(run.xs, run.clusters, strict=True)
        if cluster not in "，。"  # whose blank half may lie over an edge
    ]


def meets(a: Box, b: Box) -> bool:
    return min(a.right, b.right) - max(a.x, b.x) > 0.5 and min(a.bottom, b.bottom) - max(a.y, b.y) > 0.5


@given(row=st.integers(0, 8), column=st.integers(0, 2), columns=st.integers(1, 3), rows=st.integers(2, 9))
@settings(deadline=None, max_examples=60)
def test_text_runs_around_a_picture_and_none_is_lost(row: int, column: int, columns: int, rows: int) -> None:
    picture = PicturePlan(rows=rows, columns=columns, column=column, row=row, caption="夜航", credit="白鹭 摄")
    (laid,) = lay(frame(picture=picture, rows=60)).frames
    assert body(laid) == whole(TEXT)
    assert not laid.overset_lines
    (held,) = laid.pictures
    assert not any(meets(glyph, held.box) for glyph in glyph_boxes(laid))


@given(column=st.integers(0, 2), row=st.integers(8, 20), columns=st.integers(1, 3), rows=st.integers(2, 8))
@settings(deadline=None, max_examples=40)
def test_text_runs_around_a_box(column: int, row: int, columns: int, rows: int) -> None:
    columns = min(columns, 3 - column)
    box = BoxPlan(column=column, row=row, columns=columns, rows=rows, ornament="wave", border=RuleStyle.THIN)
    page = lay(frame(rows=70), boxes=(box,))
    (laid,) = page.frames
    assert body(laid) == whole(TEXT)
    taken = Box(x=TABLOID.column_x(column), y=TABLOID.row_y(row), width=TABLOID.span_width(columns), height=rows * 12.0)
    assert not any(meets(glyph, taken) for glyph in glyph_boxes(laid))
    assert not any(fault.kind is FaultKind.OVERLAP for fault in page.faults)
    assert page.furniture_lines


def test_a_frame_inside_another_is_no_overlap() -> None:
    small = frame(article=ArticleId(2), column=1, row=10, columns=1, rows=12, heading=HeadingPlan(size=15, lines=2))
    page = lay(frame(rows=60), small)
    assert not any(fault.kind is FaultKind.OVERLAP for fault in page.faults)
    outer, inner = page.frames
    assert body(outer) == whole(TEXT)
    assert not any(meets(glyph, inner.box) for glyph in glyph_boxes(outer))


@given(
    shares=st.lists(st.sampled_from([1.0, 1.5, 2.0]), min_size=2, max_size=4),
    rows=st.integers(12, 70),
)
@settings(deadline=None, max_examples=60)
def test_unequal_columns_hold_every_character_or_leave_it_as_rest(shares: list[float], rows: int) -> None:
    (laid,) = lay(frame(columns=4, rows=rows, shares=tuple(shares))).frames
    set_ = body(laid)
    rest = ""
    if laid.rest is not None:
        left = TEXT.body[laid.rest.paragraph :]
        rest = left[0].text[laid.rest.offset :] + "".join(one.text for one in left[1:])
    assert set_ + rest == whole(TEXT)
    lines = defaultdict(list)
    for run in laid.runs:
        if run.source and run.source.ref.part is Part.BODY:
            rows_down = (run.baseline - TABLOID.top - TABLOID.baseline) / TABLOID.leading
            assert rows_down == pytest.approx(round(rows_down), abs=1e-6)
            lines[round(run.baseline, 2)].append(run.xs[0])
    assert all(x >= laid.box.x - 5.0 for row in lines.values() for x in row)


def test_unequal_columns_stand_as_their_shares() -> None:
    (laid,) = lay(frame(columns=3, rows=40, shares=(2.0, 1.0))).frames
    starts = {round(run.xs[0], 1) for run in laid.runs if run.source and run.source.ref.part is Part.BODY}
    left, right = min(starts), min(x for x in starts if x > min(starts) + 100)
    assert left == pytest.approx(TABLOID.left, abs=0.1)
    assert right - left == pytest.approx(207.0 + 12.0, abs=0.1)  # 23 characters and the gutter


def test_a_border_keeps_text_off_its_edges() -> None:
    (laid,) = lay(frame(rows=50, border=RuleStyle.DOUBLE)).frames
    assert len(laid.lines) == 8
    assert min(glyph.x for glyph in glyph_boxes(laid)) > laid.box.x + 8
    assert max(glyph.right for glyph in glyph_boxes(laid)) < laid.box.right - 8


def test_a_filler_takes_the_open_rows() -> None:
    (plain,) = lay(frame(rows=60)).frames
    (filled,) = lay(frame(rows=60, filler="fret")).frames
    assert plain.empty_lines > 3
    assert filled.empty_lines <= 3
    assert len(filled.lines) > len(plain.lines)
    foot = max(glyph.bottom for glyph in glyph_boxes(filled))
    assert min(line.y0 for line in filled.lines) > foot
    assert max(line.y1 for line in filled.lines) <= filled.box.bottom


def test_a_filler_that_nobody_knows_is_nothing() -> None:
    (laid,) = lay(frame(rows=60, filler="../../secrets")).frames
    assert laid.lines == ()


def test_text_goes_on_in_another_frame_of_the_page_without_a_word() -> None:
    first = frame(columns=2, rows=20)
    second = frame(column=3, row=40, columns=3, rows=40, heading=HeadingPlan(size=20))
    plan = PagePlan(number=2, template="tabloid", frames=(first, second))
    (plan,) = follow((plan,), {KEY: TEXT}, {"tabloid": TABLOID}, FONTS)
    page = lay_out(plan, {KEY: TEXT}, TABLOID, FONTS, FOLIO)
    assert "".join(map(body, page.frames)) == whole(TEXT)
    words = "".join(run.text for one in page.frames for run in one.runs)
    assert "转" not in words
    assert words.count("渡口夜航恢复") == 1
    assert not jump_faults((plan,), (page,), {KEY: TEXT})
    assert not [fault for fault in page.faults if fault.severe]


def test_a_chosen_crop_is_kept_and_a_wrong_one_is_not() -> None:
    picture = PicturePlan(rows=9, crop=(0.1, 0.2, 0.8, 0.9))
    assert lay(frame(picture=picture)).frames[0].pictures[0].crop == (0.1, 0.2, 0.8, 0.9)
    for wrong in ((0.8, 0.2, 0.1, 0.9), (-1.0, 0.0, 1.0, 1.0), (0.5,), (float("nan"), 0.0, 1.0, 1.0)):
        shown = lay(frame(picture=replace(picture, crop=wrong))).frames[0].pictures[0].crop
        assert shown == (0.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize("style", list(RuleStyle))
def test_rules_and_borders_of_every_style(style: RuleStyle) -> None:
    lines = rule_lines(10.0, 20.0, 110.0, 20.0, style)
    assert bool(lines) is (style is not RuleStyle.NONE)
    assert all(min(line.x0, line.x1) >= 9.0 and max(line.x0, line.x1) <= 111.0 for line in lines)
    box = Box(x=5.0, y=5.0, width=100.0, height=60.0)
    for line in border_lines(box, style):
        assert min(line.x0, line.x1) >= 3.0
        assert max(line.x0, line.x1) <= 107.0


@pytest.mark.parametrize("name", ornament_names())
@pytest.mark.parametrize("size", [(20.0, 12.0), (99.0, 60.0), (400.0, 24.0), (60.0, 300.0)])
def test_ornaments_stay_in_their_room(name: str, size: tuple[float, float]) -> None:
    box = Box(x=10.0, y=30.0, width=size[0], height=size[1])
    lines = ornament_lines(name, box)
    assert lines
    assert all(box.x - 0.01 <= x <= box.right + 0.01 for line in lines for x in (line.x0, line.x1))
    assert all(box.y - 0.01 <= y <= box.bottom + 0.01 for line in lines for y in (line.y0, line.y1))


def test_boxes_and_rules_from_elsewhere_do_no_harm() -> None:
    boxes = (BoxPlan(column=40, row=2, columns=3, rows=3, title="外"), BoxPlan(column=0, row=80, columns=9, rows=90))
    rules = (RulePlan(column=9, row=2, columns=4), RulePlan(column=2, row=3, rows=999, style=RuleStyle.DOTTED))
    page = lay(frame(), boxes=boxes, rules=rules)
    assert max(line.y1 for line in page.furniture_lines) < TABLOID.height


def test_a_page_of_boxes_as_text() -> None:
    """Picture in the text, unequal columns, border, box with a title, rule, filler. Renew with QINGYANG_GOLDEN=1."""
    verse = ArticleText(
        headline="夜航", body=tuple(Paragraph(text=line) for line in ("江水东流", "一夜到海", "", "有人归来"))
    )
    texts = {KEY: TEXT, ArticleId(2): replace(TEXT, headline="码头清早", body=TEXT.body[:2]), ArticleId(3): verse}
    plan = PagePlan(
        number=2,
        template="tabloid",
        frames=(
            frame(
                columns=4,
                rows=22,
                picture=PicturePlan(rows=5, columns=1, column=1, row=4, caption="渡口", credit="白鹭 摄"),
            ),
            frame(article=ArticleId(2), row=23, columns=3, rows=18, shares=(1.5, 1.0), border=RuleStyle.DOUBLE),
            frame(
                article=ArticleId(3), column=5, row=4, columns=1, rows=16, heading=HeadingPlan(size=18), filler="sun"
            ),
        ),
        boxes=(BoxPlan(column=5, row=0, columns=1, rows=21, title="诗页", border=RuleStyle.THIN),),
        rules=(RulePlan(column=0, row=23, columns=4, style=RuleStyle.THICK_THIN),),
    )
    page = lay_out(plan, texts, TABLOID, FONTS, FOLIO)
    shown = page_text(page, TABLOID)
    golden = Path(__file__).parent / "golden" / "boxes.txt"
    if os.environ.get("QINGYANG_GOLDEN"):
        golden.write_text(shown, "utf-8")
    assert shown == golden.read_text("utf-8")
