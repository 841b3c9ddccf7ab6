"""On both databases search finds exactly what a plain look through every text finds, for words of every length."""

import random

import pytest
from sqlalchemy import select, text

from models.tables.article import ArticleRow
from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from services.store.rows import read_text, write_text
from services.store.search import asked, find, index_article, matching, rebuild, squeeze, tokens
from services.store.unit_of_work import Store

LETTERS = "澜江大桥合龙通车市民叫好，。“”（）《》、：12年3月PDF \\%_'\"𠮷éß"


def put(store: Store, content: ArticleText) -> ArticleId:
    with store.work() as work:
        row = ArticleRow()
        write_text(row, content)
        work.session.add(row)
        work.session.flush()
        index_article(work.session, ArticleId(row.id), content, None)
        work.commit()
        return ArticleId(row.id)


@pytest.fixture
def full(either: Store) -> Store:
    chance = random.Random(7)
    with either.work() as work:
        for _ in range(120):
            words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 30))) for _ in range(4)]
            row = ArticleRow()
            write_text(row, ArticleText(headline=words[0], body=tuple(Paragraph(text=part) for part in words[1:])))
            work.session.add(row)
            work.session.flush()
            index_article(work.session, ArticleId(row.id), read_text(row), None)
        work.commit()
    return either


def plain(store: Store, query: str) -> list[int]:
    """Looks through every text, blanks and case left out of account."""
    with store.read() as session:
        return [
            row.id
            for row in session.scalars(select(ArticleRow).order_by(ArticleRow.id.desc()))
            if any(squeeze(query) in squeeze(part) for _, part in read_text(row).parts())
        ]


def test_recall_against_looking_through_everything(full: Store) -> None:
    chance = random.Random(11)
    with full.read() as session:
        texts = [part for row in session.scalars(select(ArticleRow)) for _, part in read_text(row).parts()]
        for _ in range(150):
            source = chance.choice(texts)
            start = chance.randrange(len(source))
            query = source[start : start + chance.randint(1, 6)].strip()
            if not query:
                continue
            found = [hit.article for hit in find(session, query, 1000)]
            assert found == plain(full, query), query
            assert found == list(matching(session, query, 1000))


def test_recall_against_like(full: Store) -> None:
    """The database's own scan over words without blanks, case or marks that it reads otherwise."""
    chance = random.Random(13)
    with full.read() as session:
        for length in (1, 2, 4):
            for _ in range(20):
                query = "".join(chance.choices("澜江大桥合龙通车市民叫好，。“”年月", k=length))
                like = text("SELECT id FROM article WHERE text LIKE :words ORDER BY id DESC")
                held = list(session.scalars(like, {"words": f"%{query}%"}))
                found = [int(hit.article) for hit in find(session, query, 1000)]
                assert set(held) <= set(found), query  # a hit over a blank is more than LIKE finds
                assert found[:3] == list(matching(session, query, 3))


def test_latin_words_in_every_part_of_them(either: Store) -> None:
    article = put(either, ArticleText(headline="用Qingyang排版，输出PDF2026文件"))
    with either.read() as session:
        for query in ("qingyang", "Qing", "gyan", "用Qingyang排", "PDF20", "pdf2026文", "026"):
            assert [hit.article for hit in find(session, query, 5)] == [article], query


def test_an_edit_is_found_by_its_new_words_only(either: Store) -> None:
    before = ArticleText(headline="澜江晨雾", body=(Paragraph(text="船坞旧址“甲”\\乙"),))
    article = put(either, before)
    after = ArticleText(headline="澜江夜雨", body=before.body)
    with either.work() as work:
        row = work.session.get_one(ArticleRow, article)
        write_text(row, after)
        index_article(work.session, article, after, before)
        work.commit()
    with either.read() as session:
        assert not find(session, "晨雾", 5)
        for query in ("夜雨", "雨", "旧址“甲”\\"):
            assert [hit.article for hit in find(session, query, 5)] == [article]
    with either.work() as work:
        index_article(work.session, article, after, after)  # the same again: nothing is entered twice
        work.commit()
    assert either.check().ok


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


def test_what_a_text_holds_is_among_what_it_is_entered_under() -> None:
    chance = random.Random(3)
    for _ in range(300):
        part = "".join(chance.choices(LETTERS, k=chance.randint(1, 60)))
        start = chance.randrange(len(part))
        query = squeeze(part[start : start + chance.randint(1, 40)])
        assert not query or set(asked(query)) <= tokens([part])
