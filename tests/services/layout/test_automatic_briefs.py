"""Short items in one block, and pages with too little copy."""

import pytest

from models.values.article_text import ArticleText, Form, Paragraph
from models.values.ids import ArticleId
from models.values.laid_page import FaultKind
from models.values.plan import FramePlan
from services.config.messages import text as message
from services.layout.automatic import Candidate, automatic
from services.layout.briefs import LEAST_ITEMS, TITLE_ROWS, is_brief
from services.layout.templates import template
from tests.services.layout.invented import FOLIO, FONTS

HEADS = (
    "渡口夜航恢复 老街供水管道更换完工 图书馆延长周末开放时间 江城举办职工羽毛球赛 社区食堂推出老人套餐 "
    "公交二路增开夜班车 港务局开展消防演练 中学生走进气象站 菜市场计量器具免费检定 城东公园花展下周开幕"
)
CLAUSE = "昨日起，江城各处的灯火又多了几盏，来往的人都说这样走夜路安心。"


def item(number: int, headline: str, repeats: int = 3) -> Candidate:
    body = (Paragraph(text=CLAUSE * repeats),)
    return Candidate(article=ArticleId(number), text=ArticleText(headline=headline, body=body), rank=number)


def items() -> list[Candidate]:
    return [item(n + 1, head, 2 + n % 4) for n, head in enumerate(HEADS.split())]


def long(number: int, headline: str, paragraphs: int) -> Candidate:
    body = tuple(Paragraph(text=CLAUSE * 4) for _ in range(paragraphs))
    return Candidate(article=ArticleId(number), text=ArticleText(headline=headline, body=body), rank=number - 200)


@pytest.mark.parametrize("grid", ["tabloid", "broadsheet", "a3"])
def test_ten_short_items_stand_in_one_block(grid: str) -> None:
    made = template(grid)
    candidates = [long(101, "江城老街修缮一新迎来首批住户", 12), long(102, "一碗热面里的四十年", 9), *items()]
    for option in automatic(candidates, made, FONTS, FOLIO):
        (box,) = option.plan.boxes
        assert box.title == "简讯"
        held = [frame for frame in option.plan.frames if frame.article < 100]
        assert sorted(frame.article for frame in held) == sorted(one.article for one in items())
        for frame in held:
            assert box.column <= frame.column
            assert frame.column + frame.columns <= box.column + box.columns
            assert box.row + TITLE_ROWS <= frame.row
            assert frame.row + frame.rows <= box.row + box.rows
            assert frame.picture is None
        kinds = {fault.kind for fault in option.laid.faults}
        assert FaultKind.COLLISION not in kinds
        assert FaultKind.OVERLAP not in kinds
        assert not any(frame.overset_lines for frame in option.laid.frames if frame.article < 100)


def test_a_page_of_short_items_alone_has_two_heads() -> None:
    option = automatic(items(), template("tabloid"), FONTS, FOLIO)[0]
    (box,) = option.plan.boxes
    alone = [frame for frame in option.plan.frames if frame.row < box.row]
    assert [frame.article for frame in alone] == [1, 2]
    assert all(frame.headline_size > 18 for frame in option.laid.frames if frame.article in (1, 2))


def test_three_short_items_stand_by_themselves() -> None:
    few = items()[: LEAST_ITEMS - 1]
    option = automatic([long(101, "一碗热面里的四十年", 14), *few], template("tabloid"), FONTS, FOLIO)[0]
    assert option.plan.boxes == ()
    assert len(option.plan.frames) == 4


def test_what_is_a_short_item() -> None:
    short = item(1, "渡口夜航恢复")
    assert is_brief(short)
    assert not is_brief(item(1, "渡口夜航恢复", 7))
    for other in (
        ArticleText(headline="题", kicker="引", body=short.text.body),
        ArticleText(headline="题", body=short.text.body, form=Form.PHOTO),
        ArticleText(headline="题"),
    ):
        assert not is_brief(Candidate(article=ArticleId(1), text=other))


def test_one_short_article_gets_no_picture_but_a_proposal() -> None:
    (option,) = automatic([item(1, "渡口夜航恢复", 5)], template("tabloid"), FONTS, FOLIO)
    (frame,) = option.plan.frames
    assert frame.picture is None
    assert _area(frame) < 100
    (fault,) = [fault for fault in option.laid.faults if fault.kind is FaultKind.EMPTY_PAGE]
    told = message(fault.message, **dict(fault.values))
    assert told.startswith("稿件不够排满本版，还缺 4")
    assert "请与别的版合并" in told


def _area(frame: FramePlan) -> int:
    return frame.columns * frame.rows


def test_a_poem_stands_in_few_columns() -> None:
    verse = ("江水东流", "一夜到海", "", "灯火渐明", "有人归来", "", "缆绳在岸", "船在心上") * 2
    poem = Candidate(
        article=ArticleId(3),
        text=ArticleText(headline="夜航", body=tuple(Paragraph(text=line) for line in verse), signature="白鹭"),
        rank=3,
    )
    candidates = [
        long(201, "江城老街修缮一新迎来首批住户", 16),
        long(202, "一碗热面里的四十年", 9),
        long(203, "码头上的图书馆", 6),
        poem,
    ]
    option = automatic(candidates, template("tabloid"), FONTS, FOLIO)[0]
    frame = next(frame for frame in option.plan.frames if frame.article == 3)
    assert frame.columns <= 3
