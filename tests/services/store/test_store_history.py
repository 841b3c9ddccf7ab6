"""Revisions come back as they were; the audit chain tells what was tampered with; on both databases."""

import random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from models.tables.article import ArticleRow
from models.tables.audit import AuditRow
from models.tables.base import now
from models.tables.revision import RevisionRow
from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from services.config.errors import UserError
from services.store.audit import add_line
from services.store.closing import send
from services.store.codec import DamagedValue, dump
from services.store.deltas import apply_delta, make_delta
from services.store.revisions import FULL, add_revision, replace_last, revision_text
from services.store.rows import write_text
from services.store.unit_of_work import Store

LETTERS = '澜江大桥，合龙。通车"市民\\叫好！12𠮷'


def test_deltas_lead_from_any_text_to_any_other() -> None:
    chance = random.Random(5)
    for _ in range(400):
        old = "".join(chance.choices(LETTERS, k=chance.randint(0, 80)))
        new = list(old)
        for _ in range(chance.randint(0, 5)):
            at = chance.randint(0, len(new))
            new[at : at + chance.randint(0, 6)] = chance.choices(LETTERS, k=chance.randint(0, 6))
        assert apply_delta(old, make_delta(old, "".join(new))) == "".join(new)


DAMAGED = ("", "7", "[1]", "[[5,2,'x']]", '[[0,99,"x"]]', "[[0,1,2]]", '[[2,3,"a"],[0,1,"b"]]')


@pytest.mark.parametrize("delta", DAMAGED)
def test_damaged_deltas(delta: str) -> None:
    with pytest.raises(DamagedValue):
        apply_delta("澜江大桥", delta)


def test_fifty_revisions_as_deltas(either: Store) -> None:
    chance = random.Random(9)
    body = [
        Paragraph(text="，".join("".join(chance.choices("澜江大桥合龙通车市民", k=9)) for _ in range(20)) + "。")
    ] * 4
    texts = []
    with either.work() as work:
        row = ArticleRow()
        write_text(row, ArticleText(headline="题"))
        work.session.add(row)
        work.session.flush()
        article = ArticleId(row.id)
        for number in range(50):
            at = chance.randrange(4)
            body[at] = Paragraph(
                text=body[at].text.replace(chance.choice("澜江大桥合龙"), chance.choice("晨雾夜雨"), 2)
            )
            texts.append(ArticleText(headline=f"第{number}次", body=tuple(body)))
            add_revision(work.session, article, dump(texts[-1]), number=number, characters=1, author="甲", why="edit")
            send(work.session)
        last = work.session.scalars(select(RevisionRow).order_by(RevisionRow.number.desc()).limit(1)).one()
        texts[-1] = ArticleText(headline="又打了字", body=tuple(body))
        replace_last(work.session, last, dump(texts[-1]), characters=4, time=now())
        work.commit()
    with either.read() as session:
        assert [revision_text(session, article, number) for number in range(50)] == texts
        assert revision_text(session, article, 50) is None
        rows = session.scalars(select(RevisionRow)).all()
        full = sum(len(dump(one)) for one in texts)
        assert sum(row.base == FULL for row in rows) == 4
        assert sum(len(row.text) for row in rows) < full / 3
    with either.work() as work:
        work.session.execute(text("UPDATE revision SET text = '[[9,1,0]]' WHERE number = 17"))
        work.commit()
    with either.read() as session, pytest.raises(UserError) as told:
        revision_text(session, article, 20)
    assert told.value.key == "store.damaged_row"


def chained(store: Store) -> None:
    for number in range(5):
        with store.work() as work:
            add_line(
                work.session, time=now(), author="甲", reason="edit", subject="article 1", version=number, stored="x"
            )
            work.commit()


def test_audit_lines_stay(either: Store) -> None:
    chained(either)
    assert either.check().ok
    for statement in ("UPDATE audit SET author = '乙'", "DELETE FROM audit WHERE id = 2"):
        with either.work() as work, pytest.raises(DatabaseError):
            work.session.execute(text(statement))
    with either.read() as session:
        assert set(session.scalars(select(AuditRow.author))) == {"甲"}


@pytest.mark.parametrize(
    "harm",
    ["UPDATE audit SET author = '乙' WHERE id = 3", "DELETE FROM audit WHERE id = 2", "DELETE FROM audit WHERE id = 1"],
)
def test_tampering_past_the_guards_is_told(store: Store, harm: str) -> None:
    chained(store)
    with store.work() as work:
        work.session.execute(text("DROP TRIGGER audit_no_update"))
        work.session.execute(text("DROP TRIGGER audit_no_delete"))
        work.session.execute(text(harm))
        work.commit()
    health = store.check()
    assert not health.ok
    assert health.message == f"audit chain: line {2 if 'id = 1' in harm else 3}"
