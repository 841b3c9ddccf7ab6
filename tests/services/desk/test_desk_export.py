"""An issue in the store becomes files, and the store remembers which."""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from models.tables.export_log import ExportRow
from models.values.cards import ArticleCard, IssueCard
from models.values.change import EditArticle, PlanPage
from models.values.plan import FramePlan, HeadingPlan, PicturePlan
from models.values.press import PressSettings
from services.config.errors import UserError
from services.desk.desk import Desk
from services.desk.export import reading_order
from services.desk.proof_sheet import write_proof_sheet
from services.jobs.job import Cancelled, JobContext

sys.path.insert(0, str(Path(__file__).parents[1] / "export"))
from profile_samples import made_profile

Cards = tuple[ArticleCard, ...]


@pytest.fixture
def filled(desk: Desk, issue: IssueCard, cards: Cards) -> IssueCard:
    page = issue.pages[0]
    plan = desk.pages.automatic(page.id, options=1)[0].plan
    plan = replace(plan, frames=tuple(replace(frame, picture=None) for frame in plan.frames))
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


def test_the_archive_holds_every_change_with_its_author(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    article = desk.pages.open(filled.pages[0].id).plan.frames[0].article
    sheet = desk.articles.open(article)
    changed = replace(sheet.text, headline=sheet.text.headline + "了")
    desk.apply(EditArticle(article=article, text=changed, version=sheet.version, reason="typing"))
    sheet = desk.articles.open(article)
    finding = desk.proofing.check(sheet).findings[0]
    desk.apply(desk.proofing.waive(sheet, finding, "here", "原文如此"))
    done = desk.export.whole(filled.id, tmp_path, pdf=False, preset="archive")
    with zipfile.ZipFile(done.files[0]) as docx:
        body = docx.read("word/document.xml").decode()
        comments = docx.read("word/comments.xml").decode()
    assert 'w:author="程校对"' in body
    assert "<w:ins " in body
    assert "原文如此" in comments


def test_the_error_rate_may_follow_when_the_files_are_there(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    assert desk.export.whole(filled.id, tmp_path, docx=False, rate=False).files
    assert desk.rates.history() == ()
    desk.export.keep_rate(filled.id, "proof")
    assert desk.rates.history() == ()
    desk.export.keep_rate(filled.id, "press")
    (kept,) = desk.rates.history()
    assert kept.cause == "export"


def test_names_as_a_table(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    article = desk.pages.open(filled.pages[0].id).plan.frames[0].article
    desk.tagging.tag(article)
    mentions = desk.articles.open(article).mentions
    done = desk.export.whole(filled.id, tmp_path, pdf=False, docx=False, names=True)
    raw = done.files[0].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = raw.decode("utf-8-sig").splitlines()
    assert rows[0] == "名称,类别,文中写法,职务,稿件,版次"
    assert len(rows) >= 1 + len(mentions)
    assert any(mention.text in "".join(rows) for mention in mentions)


def test_proofs_are_counted_page_by_page(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    first = filled.pages[0]
    for number in range(1, 3):
        out = write_proof_sheet(desk, first.id, tmp_path / "打样.pdf")
        assert f"打样 第{number}次" in text_of(out)
    done = desk.export.whole(filled.id, tmp_path, docx=False, preset="proof")
    assert "打样 第3次" in text_of(done.files[0])
    again = write_proof_sheet(desk, first.id, tmp_path / "打样.pdf")
    assert "打样 第4次" in text_of(again)


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_the_press_is_set_once_for_the_publication(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    asked = PressSettings(condition="JCN2002", marks=False, least_ppi=200, spot="专色红")
    desk.export.keep_press(filled.id, asked)
    assert desk.export.press_of(filled.id) == asked
    done = desk.export.whole(filled.id, tmp_path, docx=False)
    assert done.ready
    assert "JCN2002" in done.told[0]
    with pikepdf.open(done.files[0]) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "JCN2002"
    with pytest.raises(UserError) as caught:
        desk.export.whole(filled.id, tmp_path, docx=False, press=PressSettings(profile="0" * 64))
    assert caught.value.key == "desk.no_profile"


def test_a_profile_is_kept_in_the_store_once(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    file = tmp_path / "印厂.icc"
    file.write_bytes(made_profile())
    sha, title = desk.export.keep_profile(file)
    assert desk.export.keep_profile(file) == (sha, title)
    assert desk.export.profiles() == ((sha, "Press of the test"),)
    done = desk.export.whole(filled.id, tmp_path, docx=False, press=PressSettings(profile=sha))
    assert done.ready
    assert b"PDF/X-4" in done.files[0].read_bytes()
    file.write_bytes(b"no profile")
    with pytest.raises(UserError, match=r"印厂\.icc"):
        desk.export.keep_profile(file)


def test_what_would_be_wrong_is_said_before(desk: Desk, filled: IssueCard) -> None:
    said = desk.export.before(filled.id)
    empty = [page.number for page in filled.pages if not desk.pages.open(page.id).laid.frames]
    assert [one for one in said if "空" in one] == [f"第{number}版是空的。" for number in empty]


def test_a_page_with_a_picture_to_come_is_not_ready(desk: Desk, filled: IssueCard, tmp_path: Path) -> None:
    sheet = desk.pages.open(filled.pages[0].id)
    frames = (replace(sheet.plan.frames[0], picture=PicturePlan(rows=6)), *sheet.plan.frames[1:])
    desk.apply(PlanPage(page=sheet.id, plan=replace(sheet.plan, frames=frames), version=sheet.version))
    assert "第1版有图片还没配。" in desk.export.before(filled.id)
    done = desk.export.whole(filled.id, tmp_path, docx=False)
    assert done.ready is False
    assert "第1版还有图片没配，会印出灰框。" in done.notes
