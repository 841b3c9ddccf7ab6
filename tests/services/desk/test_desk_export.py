"""An issue in the store becomes files, and the store remembers which."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tables.export_log import ExportRow
from models.values.cards import ArticleCard, IssueCard
from models.values.change import PlanPage
from models.values.plan import FramePlan, HeadingPlan
from services.config.errors import UserError
from services.desk.desk import Desk
from services.desk.export import reading_order
from services.jobs.job import Cancelled, JobContext

Cards = tuple[ArticleCard, ...]


@pytest.fixture
def filled(desk: Desk, issue: IssueCard, cards: Cards) -> IssueCard:
    page = issue.pages[0]
    plan = desk.pages.automatic(page.id, options=1)[0].plan
    desk.apply(PlanPage(page=page.id, plan=plan, version=page.version))
    return desk.issues.open(issue.id)


def test_files_and_the_note_of_them(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    told: list[str] = []
    context = JobContext(tell=lambda done, total, words: told.append(words))
    files = desk.export.issue(filled.id, out, context=context)
    assert [path.name for path in files] == ["issue.pdf", "issue.docx"]
    with zipfile.ZipFile(files[1]) as docx:
        words = docx.read("word/document.xml").decode()
    assert "澜江大桥" in words
    assert "职工夜校" in words
    with desk.store.read() as session:
        notes = session.scalars(select(ExportRow).order_by(ExportRow.id)).all()
    assert [(row.file, row.sha256) for row in notes] == [
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files
    ]
    assert {row.author for row in notes} == {"程校对"}
    assert [words for words in told if words]


@pytest.mark.parametrize("preset", ["press", "proof", "archive"])
def test_presets(desk: Desk, filled: IssueCard, tmp_path: Path, preset: str) -> None:
    done = desk.export.whole(filled.id, tmp_path, docx=False, preset=preset)
    assert [path.name for path in done.files] == ["issue.pdf"]
    assert set(done.seconds) == {"pdf"}
    assert done.notes == ()


def test_articles_without_a_place_still_stand_in_the_word_file(
    desk: Desk, issue: IssueCard, cards: Cards, tmp_path: Path
) -> None:
    desk.pages.assign(issue.pages[0].id, [card.id for card in cards])
    (file,) = desk.export.issue(issue.id, tmp_path, pdf=False)
    with zipfile.ZipFile(file) as docx:
        assert "澜江大桥" in docx.read("word/document.xml").decode()


def test_what_goes_wrong_leaves_nothing_half_done(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x")
    with pytest.raises(UserError):
        desk.export.issue(filled.id, taken)
    with pytest.raises(UserError):
        desk.export.issue(filled.id, tmp_path / "out", preset="newsprint")
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        desk.export.issue(filled.id, tmp_path / "out", context=context)
    assert not (tmp_path / "out").exists()
    with desk.store.read() as session:
        assert session.scalars(select(ExportRow)).all() == []


def test_reading_order() -> None:
    def frame(article: int, column: int, row: int) -> FramePlan:
        return FramePlan(article=article, column=column, row=row, columns=1, rows=9, heading=HeadingPlan(size=20))  # type: ignore[arg-type]

    frames = (frame(1, 3, 20), frame(2, 0, 20), frame(3, 5, 0))
    assert [one.article for one in reading_order(frames)] == [3, 2, 1]
