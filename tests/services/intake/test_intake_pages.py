"""Whole manuscripts of many shapes (invented), each with its expected structure beside it; and the seed page."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import Reception
from services.config.errors import UserError
from services.config.paths import SEEDS
from services.intake.receive import receive
from services.intake.sniff import manuscript_from_bytes, read_manuscript
from tests.services.intake.readable import readable

PAGES = Path(__file__).parent / "pages"
MANUSCRIPTS = sorted(path for path in PAGES.iterdir() if path.suffix in (".txt", ".md"))


def check_origin(reception: Reception) -> None:
    for article in reception.articles:
        flat = article.text.flat()
        for at, character in enumerate(flat.text):
            source = article.origin.to_source(at)
            assert source is None or reception.text[source] == character
            assert source is not None or character in "\n "


@pytest.mark.parametrize("path", MANUSCRIPTS, ids=lambda path: path.stem)
def test_structure(path: Path) -> None:
    reception = receive(read_manuscript(path))
    assert readable(reception) == path.with_name(path.name + ".expected").read_text("utf-8")
    check_origin(reception)


FURNISHED = [
    "inverted_levels",
    "page_furniture",
    "labelled",
    "one_level",
    "note_before_heading",
    "breaks_under_crossheads",
    "editors_over_page",
    "campus_column",
]


def test_every_word_is_somewhere() -> None:
    """Outside furniture and marks no character of a manuscript is lost."""
    for path in MANUSCRIPTS:
        reception = receive(read_manuscript(path))
        kept = {
            article.origin.to_source(i) for article in reception.articles for i in range(len(article.text.flat().text))
        }
        lost = "".join(c for i, c in enumerate(reception.text) if i not in kept and c not in "#*-—| \u3000\n")
        for slogan in reception.slogans:
            lost = lost.replace(slogan.replace(" ", ""), "")
        if path.stem in FURNISHED:
            continue  # names of departments, page lines and labels are left out, and said so
        assert lost == "", path.name


def test_seed_page() -> None:
    reception = receive(read_manuscript(SEEDS / "000_5a3ed5fedffbb0aa.txt"))
    expected = json.loads((SEEDS / "expected" / "received.json").read_text("utf-8"))
    found = {
        "slogans": list(reception.slogans),
        "articles": [
            {
                "kicker": article.text.kicker or None,
                "headline": article.text.headline,
                "deck": article.text.deck or None,
                "lead_in": article.text.lead_in or None,
                "bylines": [{"role": each.role, "name": each.name} for each in article.text.bylines],
                "body": [paragraph.text for paragraph in article.text.body],
                "credits": [{"role": each.role, "name": each.name} for each in article.text.credits],
                "form": article.text.form.value,
                "healed": [{"paragraph": each.paragraph, "offset": each.offset} for each in article.healed],
            }
            for article in reception.articles
        ],
    }
    assert found == expected
    check_origin(reception)


def test_seed_seams() -> None:
    reception = receive(read_manuscript(SEEDS / "000_5a3ed5fedffbb0aa.txt"))
    seams = [
        (article.text.body[each.paragraph].text[each.offset - 1], article.text.body[each.paragraph].text[each.offset])
        for article in reception.articles
        for each in article.healed
    ]
    expected = ["与市", "续做", "工群", "女工", "递党", "医院", "精彩", "成果", "共有"]
    assert sorted(a + b for a, b in seams) == sorted(expected)
    assert reception.articles[0].text.dateline == "本报讯 (记者 盛丽)"
    assert reception.articles[0].text.body[0].text.startswith("5月18日上午,")


_LINES = st.sampled_from(
    [
        "# 东湖区召开会议",
        "## 弘扬精神 再创佳绩",
        "本报讯（记者 张三）近日，东湖区召开会议",
        "本报记者 李 四 文/摄",
        "近日，某厂举行比赛，职工积极参",
        "加，气氛热烈。",
        "图为比赛现场。 王五 摄",
        "强化责任",
        "",
        "",
        "---",
        "**加粗**的<b>字</b>。（赵六）",
        "English words here",
        "　　缩进的一段。",
        "标题：某某",
        "编者按：说明。",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_LINES | st.text(max_size=30), min_size=1, max_size=14))
def test_origin_is_true_whatever_comes(lines: list[str]) -> None:
    text = "近日，东湖区举行职工比赛。\n" * 20 + "\n".join(lines)
    try:
        reception = receive(manuscript_from_bytes("a.txt", text.encode("utf-8", "ignore")), encoding="utf-8")
    except UserError:
        return  # too many control characters: refused as no text
    check_origin(reception)
