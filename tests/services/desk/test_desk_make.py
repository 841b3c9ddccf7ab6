"""The whole road, headless: manuscripts in, PDF, DOCX and report out."""

import datetime
import json
from pathlib import Path

import pytest

from models.values.ids import ArticleId
from services.config.errors import UserError
from services.config.settings import Settings
from services.desk.desk import open_desk
from services.desk.make import make_issue
from services.desk.paging import Group, capacity, groups
from services.jobs.job import Cancelled, JobContext
from services.layout.templates import template

DATE = datetime.date(2026, 11, 20)
STEPS = {"receive", "proof", "tag", "layout", "pdf", "docx"}


def test_the_seed_page_becomes_an_issue(seed_page: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    report = make_issue([seed_page], out, date=DATE, publication="东澜工人报")
    assert {path.name for path in out.iterdir()} == {"issue.pdf", "issue.docx", "report.json"}
    assert (out / "issue.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "issue.docx").read_bytes().startswith(b"PK")
    assert json.loads((out / "report.json").read_text("utf-8")) == json.loads(json.dumps(report))
    assert set(report["seconds"]) == STEPS
    (page,) = report["pages"]
    assert (page["number"], page["size_mm"]) == (1, [270.0, 390.0])
    assert sorted(page["articles"]) == [article["id"] for article in report["articles"]]
    assert len(report["articles"]) == 7
    for article in report["articles"]:
        flat = article["text"]
        for span in [*article["findings"], *article["mentions"]]:
            assert flat[span["start"] : span["end"]] == span["text"]
        assert not [finding for finding in article["findings"] if finding["tier"] == "certain"]
        assert article["fixed"]
    assert (report["publication"], report["date"]) == ("东澜工人报", "2026-11-20")


def test_nothing_is_changed_with_no_fix(seed_page: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store.db")
    report = make_issue([seed_page], tmp_path / "out", date=DATE, fix=False, store=store)
    with open_desk(store, Settings()) as desk:
        for article in report["articles"]:
            assert len(desk.articles.revisions(article["id"])) == 1
            assert desk.articles.as_received(article["id"]).flat().text == article["text"]
        assert desk.issues.find("latest").id == report["issue"]
    assert any(article["findings"] for article in report["articles"])


def test_fixes_are_revisions_over_the_manuscript_as_received(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# 澜江大桥昨日合龙\n\n本报讯 (记者 顾知秋) 昨日,大桥合龙,市民叫好。\n", "utf-8")
    store = str(tmp_path / "store.db")
    report = make_issue([file], tmp_path / "out", store=store)
    (article,) = report["articles"]
    assert "," not in article["text"]
    with open_desk(store, Settings()) as desk:
        assert "," in desk.articles.as_received(ArticleId(article["id"])).flat().text
        sheet = desk.articles.open(ArticleId(article["id"]))
        assert sheet.manuscript is not None
        assert desk.intake.manuscript(sheet.manuscript).raw == file.read_bytes()


def test_a_refused_file_stops_the_road_before_anything_is_written(seed_page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    out = tmp_path / "out"
    with pytest.raises(UserError):
        make_issue([seed_page, empty], out)
    assert not out.exists()
    taken = tmp_path / "taken"
    taken.write_text("x")
    with pytest.raises(UserError):
        make_issue([seed_page], taken)
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        make_issue([seed_page], out, context=context)
    assert not out.exists()


def ids(*numbers: int) -> tuple[ArticleId, ...]:
    return tuple(ArticleId(number) for number in numbers)


def test_pages_of_files_and_of_single_articles() -> None:
    grid = template("tabloid")
    lengths = {ArticleId(number): 600 for number in range(1, 40)}
    several = Group(articles=ids(1, 2, 3), slogan="奋力")
    singles = [Group(articles=ids(number)) for number in range(4, 24)]
    made = groups([singles[0], several, *singles[1:]], lengths, grid)
    assert made[-1] == several
    spread = made[:-1]
    assert [key for group in spread for key in group.articles] == list(ids(*range(4, 24)))
    assert 2 <= len(spread) <= 5
    assert max(len(group.articles) for group in spread) - min(len(group.articles) for group in spread) <= 1
    assert groups([Group(articles=ids(1))], lengths, grid) == [Group(articles=ids(1))]
    long = Group(articles=ids(*range(1, 31)))
    assert len(groups([long], lengths, grid)) >= 30 * 600 / capacity(grid, 1.0)


def test_what_a_page_cannot_hold_goes_on_to_the_next(tmp_path: Path) -> None:
    body = "大桥全长一千二百米，预计明年通车，市民盼望已久。"
    articles = [f"# 第{number}号稿件的标题\n\n本报讯（记者 顾知秋）{body * 34}\n" for number in "一二三四五六七八"]
    file = tmp_path / "many.txt"
    file.write_text("\n".join(articles), "utf-8")
    report = make_issue([file], tmp_path / "out")
    assert len(report["articles"]) == 8
    assert len(report["pages"]) == 2
    assert sorted(key for page in report["pages"] for key in page["articles"]) == [a["id"] for a in report["articles"]]
