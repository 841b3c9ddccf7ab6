"""Pull quotes, bold run-ins, vertical and ranged headings, hanging marks, levels of prohibition."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Paragraph, Part
from models.values.ids import ArticleId
from models.values.laid_page import FaultKind, LaidFrame
from models.values.plan import Align, FramePlan, HeadingPlan, PagePlan, PullQuote
from models.values.template import FontRole, PageTemplate, Prohibition
from services.config.messages import text as message
from services.layout.flow import lay_frame
from services.layout.lay_out import lay_out
from services.layout.line_edges import Level, may_end, may_start
from services.layout.measure import Measure
from services.layout.pull_quote import quotable
from services.layout.templates import template
from services.store.codec import dump, load
from tests.services.layout.invented import FOLIO, FONTS

GRID = template("tabloid")
KEY = ArticleId(1)
CLAUSE = "江南市总工会坚持以职工为中心、以需求为导向，今年新建“驿站”一百二十个；"
TEXT = ArticleText(
    headline="让每一名劳动者都有“家”",
    kicker="江南市总工会十届三次全会召开",
    dateline="本报讯（记者 甲小乙）",
    lead_in="本报讯",
    body=tuple(Paragraph(text=CLAUSE * count + "职工叫好。") for count in (4, 6, 5, 7)),
)
QUOTE = PullQuote(words="以职工为中心\n以需求为导向")
PLAN = FramePlan(article=KEY, column=0, row=3, columns=4, rows=30, heading=HeadingPlan(size=30, lines=2))


def words(laid: LaidFrame, part: Part, index: int = 0) -> str:
    own = [run for run in laid.runs if run.source and (run.source.ref.part, run.source.ref.index) == (part, index)]
    return "".join(run.text for run in own)


def check_whole(laid: LaidFrame, text: ArticleText = TEXT) -> None:
    for index, paragraph in enumerate(text.body):
        assert words(laid, Part.BODY, index) == paragraph.text


@given(column=st.integers(-1, 5), row=st.integers(-1, 30), rows=st.integers(24, 50), columns=st.integers(1, 6))
@settings(deadline=None, max_examples=60)
def test_text_runs_round_a_pull_quote(column: int, row: int, rows: int, columns: int) -> None:
    plan = replace(PLAN, rows=rows, columns=columns, pull_quote=replace(QUOTE, column=column, row=row))
    laid = lay_frame(plan, TEXT, GRID, FONTS)
    red = [run for run in laid.runs if run.ink.m == 1.0]
    assert [run.text for run in red] in ([], ["以职工为中心", "以需求为导向"])
    if not laid.overset_lines:
        check_whole(laid)
    rules = sorted({line.y0 for line in laid.lines})
    if red:
        top, foot = rules
        left, right = laid.lines[0].x0, laid.lines[0].x1
        assert right - left == pytest.approx(GRID.column_width, abs=0.1) or columns == 1
        for run in laid.runs:
            if run.source and run.source.ref.part is Part.BODY and left - 1 < run.xs[0] < right:
                assert not top < run.baseline < foot + 6.0
            if run.source and run.source.ref.part is Part.BODY:
                grid_row = (run.baseline - GRID.top - GRID.baseline) / GRID.leading
                assert abs(grid_row - round(grid_row)) < 1e-6


def test_a_quote_of_other_words_is_told() -> None:
    plan = PagePlan(number=2, template="tabloid", frames=(replace(PLAN, pull_quote=replace(QUOTE, words="以人为本")),))
    faults = lay_out(plan, {KEY: TEXT}, GRID, FONTS, FOLIO).faults
    (fault,) = [fault for fault in faults if fault.kind is FaultKind.PULL_QUOTE]
    assert "以人为本" in message(fault.message, **dict(fault.values))
    right = replace(plan, frames=(replace(PLAN, pull_quote=QUOTE),))
    assert not [f for f in lay_out(right, {KEY: TEXT}, GRID, FONTS, FOLIO).faults if f.kind is FaultKind.PULL_QUOTE]


def test_quotable_words_stand_in_the_text() -> None:
    assert quotable(TEXT)[0] == QUOTE.words
    assert quotable(ArticleText(headline="江南", body=(Paragraph(text="近日，市总工会举办活动，职工参加。"),))) == ()


def test_run_ins_are_bold() -> None:
    plan = replace(PLAN, run_ins=("以需求为导向", "职工叫好", "不在文中", ""))
    laid = lay_frame(plan, TEXT, GRID, FONTS)
    check_whole(laid)
    heavy = FONTS.face(FontRole.HEI_BOLD).id
    bold = "".join(
        run.text for run in laid.runs if run.face == heavy and run.source and run.source.ref.part is Part.BODY
    )
    assert bold.count("以需求为导向") == bold.count("职工叫好") == 4
    assert len(bold) == 40


@pytest.mark.parametrize("align", [Align.LEFT, Align.RIGHT])
@pytest.mark.parametrize("tint", [False, True])
@pytest.mark.parametrize("lines", [1, 2])
def test_a_vertical_heading(align: Align, tint: bool, lines: int) -> None:
    heading = HeadingPlan(size=36, role=FontRole.SONG_BOLD, lines=lines, align=align, vertical=True)
    plan = replace(PLAN, heading=heading, rows=40, tint=tint)
    laid = lay_frame(plan, TEXT, GRID, FONTS)
    check_whole(laid)
    head = [run for run in laid.runs if run.source and run.source.ref.part is Part.HEADLINE]
    assert "".join(run.text for run in head) == TEXT.headline
    assert laid.headline_size == 36
    assert all(laid.box.y < run.baseline < laid.box.bottom for run in head)
    body = [run for run in laid.runs if run.source and run.source.ref.part in (Part.BODY, Part.DATELINE)]
    kicker = [run for run in laid.runs if run.source and run.source.ref.part is Part.KICKER]
    right = max(run.xs[0] + run.size for run in (*head, *kicker))
    if align is Align.LEFT:
        assert min(run.xs[0] for run in body) > right
    else:
        assert max(run.xs[-1] for run in body) < min(run.xs[0] for run in (*head, *kicker))
    assert min(run.xs[0] for run in kicker) > max(run.xs[0] for run in head)  # read before it
    nominal = FONTS.face(FontRole.SONG_BOLD)
    assert any(run.text == "“" and run.glyphs[0] != 0 for run in head)
    assert nominal.id in {run.face for run in head}
    rows = Measure(GRID, FONTS).frame_rows(TEXT, plan)
    assert lay_frame(replace(plan, rows=rows), TEXT, GRID, FONTS).overset_lines == 0


def test_brackets_of_a_vertical_heading_are_turned() -> None:
    from services.fonts.metrics import metrics

    face = FONTS.face(FontRole.SONG_BOLD)
    for character in "（）《》，。":
        assert metrics(face).vertical(character) != metrics(face).glyph(character)
    assert metrics(face).vertical("工") == metrics(face).glyph("工")
    text = replace(TEXT, headline="“十五五”（2026年）——12项任务")
    plan = replace(PLAN, heading=HeadingPlan(size=28, vertical=True), rows=60)
    laid = lay_frame(plan, text, GRID, FONTS)
    head = [run for run in laid.runs if run.source and run.source.ref.part is Part.HEADLINE]
    assert "".join(run.text for run in head) == text.headline
    assert [len(run.glyphs) for run in head if run.text == "12"] == [2]
    assert all(a.baseline < b.baseline for a, b in pairwise(head))


@pytest.mark.parametrize("columns", [1, 2])
def test_a_vertical_heading_without_room(columns: int) -> None:
    heading = HeadingPlan(size=90, lines=1, vertical=True)
    for rows in (1, 5, 12):
        laid = lay_frame(replace(PLAN, columns=columns, rows=rows, heading=heading), TEXT, GRID, FONTS)
        assert "".join(words(laid, Part.HEADLINE)) == TEXT.headline


def test_ranged_headings() -> None:
    for align, edge in ((Align.LEFT, 0), (Align.RIGHT, 1)):
        laid = lay_frame(replace(PLAN, heading=replace(PLAN.heading, align=align)), TEXT, GRID, FONTS)
        for part in (Part.KICKER, Part.HEADLINE):
            runs = [run for run in laid.runs if run.source and run.source.ref.part is part]
            left, right = runs[0].xs[0], runs[-1].xs[-1] + runs[-1].size
            assert abs(left - laid.box.x if not edge else right - laid.box.right) < 0.6 * runs[-1].size


@given(
    counts=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    hanging=st.booleans(),
    level=st.sampled_from(Prohibition),
)
@settings(deadline=None, max_examples=60)
def test_template_rules_for_line_edges(counts: list[int], hanging: bool, level: Prohibition) -> None:
    grid = replace(GRID, hanging=hanging, prohibition=level)
    text = replace(TEXT, dateline="", kicker="", body=tuple(Paragraph(text=CLAUSE * n) for n in counts))
    laid = lay_frame(replace(PLAN, rows=80), text, grid, FONTS)
    check_whole(laid, text)
    lines: dict[tuple[float, int], list[tuple[float, str]]] = {}
    for run in laid.runs:
        if run.source and run.source.ref.part is Part.BODY:
            column = round((run.xs[0] - GRID.left - 40) / (GRID.column_width + GRID.gutter))
            lines.setdefault((run.baseline, column), []).extend(zip(run.xs, run.clusters, strict=True))
    hung = 0
    for (_, column), glyphs in lines.items():
        first, last = glyphs[0][1], glyphs[-1][1]
        assert may_start(first, Level[level.name])
        assert may_end(last, Level[level.name])
        foot = GRID.column_x(column) + GRID.column_width
        outside = glyphs[-1][0] > foot - 0.1
        hung += outside
        assert not outside or (hanging and last in "，、。")
    assert hanging or not hung


def test_marks_hang() -> None:
    text = replace(
        TEXT, dateline="", body=(Paragraph(text="江南市总工会今年新" + "，建驿站一百二十个职工叫" * 5 + "。"),)
    )
    grid: PageTemplate = replace(GRID, hanging=True)
    laid = lay_frame(replace(PLAN, columns=1, rows=40), text, grid, FONTS)
    right = GRID.column_x(0) + GRID.column_width
    hung = [run for run in laid.runs if run.xs[-1] == pytest.approx(right, abs=0.01)]
    assert hung
    assert all(run.clusters[-1] in "，、。" for run in hung)


def test_old_plans_are_read() -> None:
    frame = '{"article":1,"column":0,"row":0,"columns":2,"rows":9,"heading":{"size":24.0}}'
    old = f'{{"number":2,"template":"tabloid","frames":[{frame}]}}'
    plan = load(PagePlan, old)
    assert plan.frames[0].start is None
    assert dump(plan) == old
    full = PagePlan(
        number=2,
        template="tabloid",
        frames=(
            replace(PLAN, pull_quote=QUOTE, run_ins=("甲",), jump_to=3, heading=HeadingPlan(size=9, vertical=True)),
        ),
    )
    assert load(PagePlan, dump(full)) == full
