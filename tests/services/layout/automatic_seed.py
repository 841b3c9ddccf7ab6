"""The seven articles of the sample page by hand, and generated articles: what the automatic layout is tried on."""

import datetime
import random
from pathlib import Path

from models.values.article_text import ArticleText, Form, Paragraph
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.plan import HeadingPlan
from models.values.template import PageTemplate
from services.layout.gauge import HeadingFit

SEED = next((Path(__file__).parents[3] / "seeds").glob("000_*.txt"))
FOLIO = Folio(publication="样报", date=datetime.date(2023, 5, 22), page_number=2, page_name="工会新闻")
FOLIO_FRONT = Folio(publication="样报", date=datetime.date(2023, 5, 22), page_number=1, pages=4)


def seed_page() -> tuple[str, dict[ArticleId, ArticleText]]:
    """Slogan and articles of the sample page, in its order: lead first, two of them photo stories."""
    text = SEED.read_text("utf-8").strip()
    for half, full in (("(", "（"), (")", "）"), (",", "，"), (":", "："), (" and ", "和")):
        text = text.replace(half, full)
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    slogan = blocks[0].lstrip("# ")
    articles: list[ArticleText] = []
    kicker = blocks[1].lstrip("# ")
    at = 2
    while at < len(blocks):
        headline = blocks[at].lstrip("# ")
        end = next((i for i in range(at + 1, len(blocks)) if blocks[i].startswith("#")), len(blocks))
        articles.append(_article(kicker, headline, blocks[at + 1 : end]))
        kicker, at = "", end
    return slogan, {ArticleId(i + 1): article for i, article in enumerate(articles)}


def _article(kicker: str, headline: str, blocks: list[str]) -> ArticleText:
    deck = blocks.pop(0) if len(blocks[0]) < 40 and "本报讯" not in blocks[0] else ""
    dateline = ""
    if blocks[0].startswith("本报讯"):
        dateline, rest = blocks[0].split("）", 1)
        dateline, blocks[0] = dateline + "）", rest.strip()
    signature = ""
    if blocks[-1].startswith("本报记者"):
        signature = blocks.pop()
    elif "通讯员" in blocks[-1]:
        blocks[-1], tail = blocks[-1].rsplit(" 通讯员", 1)
        signature = "通讯员" + tail
    body: list[str] = []
    for block in blocks:
        if body and body[-1][-1] not in "。！？”":
            body[-1] += block
        else:
            body.append(block)
    return ArticleText(
        kicker=kicker,
        headline=headline,
        deck=deck,
        dateline=dateline,
        body=tuple(Paragraph(text=text) for text in body),
        signature=signature,
        form=Form.PHOTO if signature else Form.NEWS,
    )


def generated(
    count: int, seed: int, *, least: int = 60, most: int = 1200, photos: int = 1
) -> dict[ArticleId, ArticleText]:
    """Invented articles of random length; the last `photos` are photo stories."""
    chance = random.Random(seed)
    words = "区里今年新建社区食堂二十处老人凭卡就餐邻里互助服务更便利居民议事会每月召开一次讨论公共事务"
    made: dict[ArticleId, ArticleText] = {}
    for number in range(count):
        photo = number >= count - photos and number > 0
        length = chance.randint(60, 160) if photo else chance.randint(least, most)
        paragraphs = []
        while length > 0:
            size = min(length, chance.randint(40, 180))
            paragraphs.append(Paragraph(text="".join(chance.choice(words) for _ in range(size - 1)) + "。"))
            length -= size
        made[ArticleId(number + 1)] = ArticleText(
            headline="".join(chance.choice(words) for _ in range(chance.randint(7, 19))),
            kicker="城市更新一线见闻" if number == 0 and chance.random() < 0.5 else "",
            deck="记者走访三个街道" if chance.random() < 0.2 else "",
            dateline="" if photo else "本报讯 （记者 丁一）",
            body=tuple(paragraphs),
            signature="通讯员 卜二 摄影报道" if photo else "",
            form=Form.PHOTO if photo else Form.NEWS,
        )
    return made


class PlainGauge:
    """Line counts by arithmetic: every character one em, no squeezing. Stands in for type in tests of the search."""

    def __init__(self, articles: dict[ArticleId, ArticleText], template: PageTemplate) -> None:
        self.articles = articles
        self.template = template

    def _measure(self, columns: int, text_columns: int, tint: bool) -> int:
        width = self.template.span_width(columns) - (2 * 13.5 if tint else 0)
        return int((width - (text_columns - 1) * self.template.gutter) / text_columns / self.template.body.size + 0.01)

    def lines(
        self,
        article: ArticleId,
        columns: int,
        text_columns: int,
        tint: bool,
        *,
        pictured: bool = False,
        tight: bool = False,
    ) -> int:
        text = self.articles[article]
        measure = max(1, self._measure(columns, text_columns, tint))
        extra = len(text.dateline)
        lines = 0
        for paragraph in text.body:
            lines += -(-(len(paragraph.text) + 2 + extra) // measure)
            extra = 0
        return lines

    def pour(
        self, article: ArticleId, columns: int, tint: bool, heights: tuple[int, ...], *, pictured: bool = False
    ) -> int | None:
        holes = sum(heights) - self.lines(article, columns, len(heights), tint)
        return holes if holes >= 0 else None

    def has_crossheads(self, article: ArticleId) -> bool:
        return False

    def under_picture(self, article: ArticleId, columns: int, text_columns: int, covered: int) -> int:
        return 0

    def heading(self, article: ArticleId, columns: int, plan: HeadingPlan, tint: bool) -> HeadingFit:
        text = self.articles[article]
        width = self.template.span_width(columns) - 8
        size, lines = plan.size, 1
        for size in (s for s in self.template.heading_steps if s <= plan.size + 0.01):
            lines = -(-int(len(text.headline) * size) // int(width))
            if lines <= plan.lines:
                break
        points = 1.25 * size * lines + (18 if text.kicker else 0) + (18 if text.deck else 0) + 10
        return HeadingFit(rows=-(-int(points) // int(self.template.leading)), size=size, lines=lines)

    def caption_rows(self, article: ArticleId, columns: int) -> int:
        return self.lines(article, columns, 1, False) + 1
