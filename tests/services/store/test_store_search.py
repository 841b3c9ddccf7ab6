"""On both databases search finds exactly what a plain look through every text finds, for words of every length."""

import datetime
import itertools
import random

import pytest
from sqlalchemy import select, text

from models.tables.article import ArticleRow
from models.tables.issue import IssueRow
from models.tables.mention import MentionRow
from models.tables.page import PageRow
from models.tables.publication import PublicationRow
from models.values.article_text import ArticleText, Byline, Paragraph
from models.values.cards import SearchFilter
from models.values.ids import ArticleId
from models.values.mention import EntityKind, Mention
from services.jobs.job import Cancelled, JobContext
from services.store import search
from services.store.codec import dump, load
from services.store.filters import EVERYTHING, state_of
from services.store.packing import packed
from services.store.rows import read_text, write_text
from services.store.search import asked, find, index_article, matching, rebuild, squeeze, tokens
from services.store.squeezed import holds
from services.store.unit_of_work import Store

NAMES = ("白鹭", "王芳", "江帆", "白江")
HOUSES = ("澜江水务局", "柳浦渔业社")
DAY = datetime.date(2026, 3, 9)
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


@pytest.fixture
def filed(either: Store) -> Store:
    """Articles on pages of several days, signed, with tagged names, in every state."""
    chance = random.Random(5)
    with either.work() as work:
        session = work.session
        paper = PublicationRow(name="澜江晨报", data="{}")
        session.add(paper)
        session.flush()
        pages: list[PageRow] = []
        for number in range(3):
            issue = IssueRow(publication_id=paper.id, date=DAY + datetime.timedelta(days=number))
            session.add(issue)
            session.flush()
            pages += [PageRow(issue_id=issue.id, number=page, plan="{}") for page in (1, 2)]
        session.add_all(pages)
        session.flush()
        for _ in range(100):
            page = chance.choice(pages)
            words = "".join(chance.choices("澜江大桥合龙通车", k=20))
            signed = tuple(Byline(role="记者", name=one) for one in chance.sample(NAMES, chance.randint(0, 2)))
            content = ArticleText(headline=words[:6], body=(Paragraph(text=words),), bylines=signed)
            row = ArticleRow(issue_id=page.issue_id if chance.random() < 0.8 else None)
            row.page_id = page.id if row.issue_id and chance.random() < 0.4 else None
            row.findings = chance.choice((-1, 0, 3))
            write_text(row, content)
            session.add(row)
            session.flush()
            if chance.random() < 0.5:
                row.place = 1
                session.flush()  # a second version
            index_article(session, ArticleId(row.id), content, None)
            for kind, name in (
                (EntityKind.PERSON, chance.choice(NAMES)),
                (EntityKind.ORGANISATION, HOUSES[row.id % 2]),
            ):
                tagged = Mention(start=0, end=1, text=words[0], kind=kind, name=name)
                session.add(MentionRow(article_id=row.id, start=0, data=dump(tagged)))
        work.commit()
    return either


FILTERS = (
    EVERYTHING,
    SearchFilter(since=DAY + datetime.timedelta(days=1)),
    SearchFilter(until=DAY),
    SearchFilter(since=DAY, until=DAY + datetime.timedelta(days=1), page=2),
    SearchFilter(author="江"),
    SearchFilter(author='","'),
    SearchFilter(person="白"),
    SearchFilter(person="person"),
    SearchFilter(organisation="水务", author="白鹭"),
    SearchFilter(person="水务"),
    *(SearchFilter(state=state) for state in ("placed", "proofed", "received", "edited", "none")),
    SearchFilter(state="edited", person="王芳", since=DAY),
)


def sifted(store: Store, query: str, kept: SearchFilter) -> list[int]:
    """LIKE over every text, and the filter followed by hand over the values."""
    found: list[int] = []
    with store.read() as session:
        like = text("SELECT id FROM article WHERE text LIKE :words ORDER BY id DESC")
        for key in session.scalars(like, {"words": f"%{query}%"}):
            row = session.get_one(ArticleRow, key)
            issue = session.get(IssueRow, row.issue_id) if row.issue_id else None
            page = session.get(PageRow, row.page_id) if row.page_id else None
            names = [load(Mention, one) for one in session.scalars(select(MentionRow.data).filter_by(article_id=key))]
            day = None if issue is None else issue.date
            if (
                (kept.since is None or (day is not None and day >= kept.since))
                and (kept.until is None or (day is not None and day <= kept.until))
                and (kept.page is None or (page is not None and page.number == kept.page))
                and any(kept.author in one.name for one in (*read_text(row).bylines, Byline(role="", name="")))
                and any(not kept.person or (m.kind is EntityKind.PERSON and kept.person in m.name) for m in names)
                and any(
                    not kept.organisation or (m.kind is EntityKind.ORGANISATION and kept.organisation in m.name)
                    for m in names
                )
                and kept.state in ("", state_of(row.page_id, row.findings, row.version))
            ):
                found.append(key)
    return found


def test_recall_against_like_with_filters(filed: Store) -> None:
    chance = random.Random(17)
    with filed.read() as session:
        queries = [*("".join(chance.choices("澜江大桥合龙", k=length)) for length in (1, 2, 3)), ""]
        for kept, query in itertools.product(FILTERS, queries):
            hits = find(session, query, 1000, kept)
            wanted = sifted(filed, query, kept) if query or kept != EVERYTHING else []
            assert [int(hit.article) for hit in hits] == wanted, (kept, query)
            for hit in hits[:20]:
                flat = read_text(session.get_one(ArticleRow, hit.article)).flat().text
                assert hit.snippet[slice(*hit.mark)] == flat[hit.start : hit.end] == query
                assert hit.snippet.strip("…") in flat
                assert kept.state in ("", hit.state)


def test_the_mark_of_a_hit_over_a_blank(either: Store) -> None:
    words = "澜江" * 40 + "王 芳" + "大桥" * 40
    put(either, ArticleText(headline="船坞", deck="开放", body=(Paragraph(text="x"), Paragraph(text=words))))
    with either.read() as session:
        (hit,) = find(session, "王芳", 5)
    assert hit.snippet[slice(*hit.mark)] == "王 芳"
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_a_search_that_was_given_up_stops(filed: Store) -> None:
    context = JobContext()
    context.cancel()
    with filed.read() as session, pytest.raises(Cancelled):
        find(session, "江", 5, EVERYTHING, context)


def test_work_in_bulk_enters_the_same(store: Store) -> None:
    chance = random.Random(23)
    for _ in range(300):
        parts = ["".join(chance.choices(LETTERS + "\0\u3000", k=chance.randint(0, 40))) for _ in range(4)]
        squeezed = [squeeze(part).replace("\0", "") for part in parts]
        assert set(packed(squeezed, search._MARKS).split(" ")) - {""} == tokens(squeezed)
        assert len(packed(squeezed, search._MARKS).split()) == len(tokens(squeezed))
    contents = [ArticleText(headline="".join(chance.choices(LETTERS, k=30)) + str(n)) for n in range(search.MANY + 1)]
    with store.work() as work:
        keys = []
        for content in contents:
            row = ArticleRow()
            write_text(row, content)
            work.session.add(row)
            work.session.flush()
            keys.append(row.id)
        search.index_many(work.session, zip(keys, contents, strict=True))
        index_article(work.session, ArticleId(keys[0]), ArticleText(headline="柳浦"), contents[0])
        work.commit()
    assert store.check().ok
    with store.read() as session:
        assert not [hit for hit in find(session, contents[0].headline, 5) if hit.article == keys[0]]
        assert [int(hit.article) for hit in find(session, contents[7].headline, 5)] == [keys[7]]


def test_the_quick_look_never_says_no_to_a_hit() -> None:
    chance = random.Random(31)
    for _ in range(2000):
        part = "".join(chance.choices("澜江Ａa\u3000 \u2009ßK“3、", k=12))
        start = chance.randrange(len(part))
        sought = squeeze(part[start : start + chance.randint(1, 5)])
        assert not sought or holds(dump(ArticleText(headline=part)), sought), (part, sought)
    assert not holds(dump(ArticleText(headline="澜江 大桥")), "江桥")
