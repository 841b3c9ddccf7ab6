"""The index finds exactly what a plain look through every text finds, for words of every length."""

import random
import re

import pytest
from sqlalchemy import select

from models.tables.article import ArticleRow
from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from services.store.rows import read_text, write_text
from services.store.search import find, index_article, matching, rebuild
from services.store.unit_of_work import Store

LETTERS = "澜江大桥合龙通车市民叫好，。“”（）《》、：12年3月PDF 𠮷é"


@pytest.fixture
def full(store: Store) -> Store:
    chance = random.Random(7)
    with store.work() as work:
        for _ in range(120):
            words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 30))) for _ in range(4)]
            row = ArticleRow()
            write_text(row, ArticleText(headline=words[0], body=tuple(Paragraph(text=text) for text in words[1:])))
            work.session.add(row)
            work.session.flush()
            index_article(work.session, ArticleId(row.id), read_text(row))
        work.commit()
    return store


def plain(store: Store, query: str) -> list[int]:
    """Looks through every text, blanks left out of account."""
    with store.read() as session:
        return [
            row.id
            for row in session.scalars(select(ArticleRow).order_by(ArticleRow.id.desc()))
            if any(query.replace(" ", "") in part.replace(" ", "") for _, part in read_text(row).parts())
        ]


def test_recall_against_looking_through_everything(full: Store) -> None:
    chance = random.Random(11)
    with full.read() as session:
        texts = [part for row in session.scalars(select(ArticleRow)) for _, part in read_text(row).parts()]
        for _ in range(150):
            source = chance.choice(texts)
            start = chance.randrange(len(source))
            query = source[start : start + chance.randint(1, 6)].strip()
            if not query or re.search("[0-9A-Za-zé]", query):
                continue  # Latin words and numbers are whole words of the index
            found = [hit.article for hit in find(session, query, 1000)]
            assert found == plain(full, query), query
            assert found == list(matching(session, query, 1000))


def test_latin_words_whole_or_begun(full: Store) -> None:
    with full.work() as work:
        row = ArticleRow()
        write_text(row, ArticleText(headline="用Qingyang排版，输出PDF2026文件"))
        work.session.add(row)
        work.session.flush()
        index_article(work.session, ArticleId(row.id), read_text(row))
        work.commit()
    with full.read() as session:
        for query in ("qingyang", "Qing", "用Qingyang排", "PDF20", "pdf2026文"):
            assert [hit.article for hit in find(session, query, 5)] == [row.id], query


def test_rebuilding_changes_no_answer(full: Store) -> None:
    before = plain(full, "大桥")
    with full.work() as work:
        assert rebuild(work.session) == 120
        work.commit()
    with full.read() as session:
        assert [hit.article for hit in find(session, "大桥", 1000)] == before
    assert full.check().ok


def test_odd_queries_are_no_errors(full: Store) -> None:
    with full.read() as session:
        for query in ('"', "'", "*", "NEAR(", "a OR b", "\x00", "\ud800", "^澜", "body:澜", "(", "澜" * 5000, "-", "%"):
            assert isinstance(find(session, query, 5), tuple)
