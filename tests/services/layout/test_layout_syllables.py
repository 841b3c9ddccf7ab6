"""Western words and addresses at line ends."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Byline, Paragraph
from services.layout.atoms import Paragraph as SetParagraph
from services.layout.atoms import Piece
from services.layout.lines import SetLine, set_lines
from services.layout.running_text import text_rows, text_types
from services.layout.syllables import hyphens, parted
from services.layout.templates import template
from tests.services.layout.invented import FONTS

TYPES = text_types(template("tabloid"), FONTS)


def told(text: str, measure: float) -> list[str]:
    """Lines as printed; a hyphen that the engine adds is shown as ‐."""
    return [shown(line) for line in set_lines(SetParagraph((Piece(text, TYPES.body),), 18.0), measure)]


def shown(line: SetLine) -> str:
    return "".join(cluster or "‐" for run in line.runs for cluster in run.clusters)


def test_an_address_is_parted_after_its_marks_without_a_hyphen() -> None:
    assert told("详情请见 https://www.example.com.cn/news/2023/05/index.html?id=12，致谢。", 99.0) == [
        "详情请见 https://",
        "www.example.com.",
        "cn/news/2023/05/",
        "index.html?id=12，致",
        "谢。",
    ]


@pytest.mark.parametrize(
    ("word", "where"),
    [
        ("government", "govern-ment"),
        ("running", "run-ning"),
        ("international", "inter-national"),
        ("newspaper", "news-paper"),
        ("Beijing", "Beijing"),
        ("NASAMENT", "NASAMENT"),
        ("passing", "passing"),
        ("short", "short"),
    ],
)
def test_words_part_only_where_it_is_certain(word: str, where: str) -> None:
    edges = [0, *hyphens(word), len(word)]
    assert "-".join(word[a:b] for a, b in pairwise(edges)) == where


def test_a_hyphen_is_no_character_of_the_text() -> None:
    text = "The development of international newspaper photography and government work is remarkable."
    lines = set_lines(SetParagraph((Piece(text, TYPES.body),), 18.0), 99.0)
    assert any(shown(line).endswith("‐") for line in lines)
    assert "".join(c for line in lines for run in line.runs for c in run.clusters) == text
    assert all(abs(line.width - 99.0) < 0.01 for line in lines if not line.last)


@given(word=st.text(st.sampled_from("abcdefghilmnoprstuy/.?&=-@:7"), min_size=2, max_size=40))
@settings(deadline=None, max_examples=300)
def test_parts_make_the_word(word: str) -> None:
    assert "".join(part for part, _, _ in parted(word)) == word


@given(
    words=st.lists(
        st.sampled_from(["https://a.cn/", "index.html?", "id=3", "government", " ", "一", "，", "running"]), max_size=30
    ),
    measure=st.sampled_from([63.0, 99.0, 126.0]),
)
@settings(deadline=None, max_examples=200)
def test_mixed_lines_are_exact(words: list[str], measure: float) -> None:
    text = "".join(words)
    lines = set_lines(SetParagraph((Piece(text, TYPES.body),), 18.0), measure)
    assert "".join(c for line in lines for run in line.runs for c in run.clusters) == text
    for line in lines:
        single = len(shown(line).strip()) <= 1  # nothing that could be spaced
        assert line.last or single or abs(line.width - measure) < 0.01


def test_a_role_is_not_parted_from_its_name() -> None:
    text = ArticleText(
        headline="题",
        body=(Paragraph(text="昨日，江城港口举行了一场消防演练，二百余人参加。"),),
        signature="本报记者 白鹭 通讯员 齐大林 摄影报道",
        bylines=(Byline(role="记者", name="白鹭"), Byline(role="通讯员", name="齐大林")),
    )
    for measure in (72.0, 81.0, 90.0, 99.0):
        lines = ["".join(shown(part.line) for part in row.parts) for row in text_rows(text, TYPES, measure)]
        assert any("通讯员 齐大林" in line for line in lines), lines
        assert any("记者 白鹭" in line for line in lines), lines


def test_stanzas_keep_their_gap() -> None:
    verse = ("江水东流", "一夜到海", "", "灯火渐明", "有人归来")
    text = ArticleText(headline="夜航", body=tuple(Paragraph(text=line) for line in verse))
    lines = ["".join(shown(part.line) for part in row.parts) for row in text_rows(text, TYPES, 99.0)]
    assert lines == list(verse)
