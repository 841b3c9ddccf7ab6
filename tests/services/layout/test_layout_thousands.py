"""Four thousand invented paragraphs, set at two measures each: what must hold for every line of a newspaper."""

import random
import re
from collections.abc import Iterator

import pytest

from models.values.article_text import ArticleText, Paragraph, Part
from models.values.ids import ArticleId
from models.values.plan import FramePlan, HeadingPlan
from services.layout.atoms import Paragraph as SetParagraph
from services.layout.atoms import Piece
from services.layout.flow import lay_frame
from services.layout.line_edges import ATOM, Level, may_end, may_start
from services.layout.lines import SetLine, set_lines
from services.layout.running_text import text_types
from services.layout.templates import template
from tests.services.layout.invented import FONTS

TABLOID = template("tabloid")
TYPES = text_types(TABLOID, FONTS)
WORDS = re.findall(
    r"\S+",
    "江城 港口 昨日 职工 劳动者 举办 一场 比赛 修理 老街 灯火 渡轮 船工 服务 会议 代表 工会 图书馆 气象 站台 孩子 "
    "老人 菜场 公交 热面 的 了 在 和 与 把 被 又 也 都 从 到 向 为 说 看 走 来 去 做 三 十 百 千 万 人 家 个 年 月",
)
MARKS = ("，", "。", "、", "；", "：", "？", "！", "——", "……", "，", "，", "。")
ODD = (
    "2026年3月",
    "58.3%",
    "120个",
    "GDP",
    "5G",
    "18时30分",
    "“暖心驿站”",
    "《江城日报》",
    "（首批）",
    "“‘一站式’服务”",
)


def paragraph(chance: random.Random) -> str:
    made = ""
    for _ in range(chance.randint(3, 60)):
        made += chance.choice(ODD) if chance.random() < 0.12 else chance.choice(WORDS)
        if chance.random() < 0.22:
            made += chance.choice(MARKS)
    return made + "。"


def paragraphs(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        yield paragraph(chance)


def words(line: SetLine) -> str:
    return "".join("".join(run.clusters) for run in line.runs)


@pytest.mark.parametrize("characters", [11, 17])
def test_every_line_of_two_thousand_paragraphs(characters: int) -> None:
    measure = characters * TABLOID.body.size
    full = loose = 0
    for text in paragraphs(2000, characters):
        lines = set_lines(SetParagraph((Piece(text, TYPES.body),), 18.0), measure)
        assert "".join(map(words, lines)) == text  # every character once, in order
        for number, line in enumerate(lines):
            printed = words(line)
            first = ATOM.findall(printed)[0]  # —— may start a line, — may not
            assert not number or may_start(first, Level.GB), text
            if line.last:
                assert line.width <= measure + 0.01, text
                continue
            assert may_end(printed[-1], Level.GB), text
            assert abs(line.width - measure) < 0.01, text
            full += 1
            loose += line.letter_space > 0.06
    assert full > 6000
    assert loose < 0.15 * full  # this text is harsher than news: see docs/benchmarks-layout.md


def test_every_baseline_is_on_the_grid_and_nothing_is_lost() -> None:
    chance = random.Random(7)
    for number in range(150):
        text = ArticleText(headline="江城老街灯火", body=tuple(map(_body, paragraphs(chance.randint(1, 9), number))))
        frame = FramePlan(
            article=ArticleId(1),
            column=0,
            row=chance.randint(0, 9),
            columns=chance.randint(1, 6),
            rows=chance.randint(5, 70),
            heading=HeadingPlan(size=20, lines=2),
        )
        laid = lay_frame(frame, text, TABLOID, FONTS)
        set_ = ""
        for run in laid.runs:
            if run.source is not None and run.source.ref.part is Part.BODY:
                rows = (run.baseline - TABLOID.top - TABLOID.baseline) / TABLOID.leading
                assert abs(rows - round(rows)) < 1e-6
                set_ += run.text
        rest = ""
        if laid.rest is not None:
            left = [one.text for one in text.body[laid.rest.paragraph :]]
            rest = left[0][laid.rest.offset :] + "".join(left[1:]) if left else ""
        assert set_ + rest == "".join(one.text for one in text.body)
        assert laid.rest is None or laid.overset_lines


def _body(words: str) -> Paragraph:
    return Paragraph(text=words)
