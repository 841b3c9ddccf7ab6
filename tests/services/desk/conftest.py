"""A desk on a fresh store, and a small invented paper for it."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.values.cards import ArticleCard, IssueCard
from models.values.publication import Publication
from services.config.settings import Settings
from services.desk.desk import Desk, open_desk
from tests.services.store.servers import BOTH, fresh_server

DATE = datetime.date(2026, 11, 20)
MANUSCRIPT = """# 澜江大桥昨日合龙

本报讯（记者 顾知秋）11月19日，澜江大桥主跨合龙。东澜区总工会主席沈砚舟到现场慰问建设者。

大桥全长1200米，预计明年通车。沈砚舟说，要把安全放在第一位。

# 职工夜校开班

本报讯（记者 江照野）东澜区总工会职工夜校11月18日开班，首批学员86人。

夜校设书法、焊接等6门课程。
"""


ON_A_SERVER_TOO = {
    "test_desk_house",
    "test_desk_records",
    "test_desk_changes",
    "test_desk_pages",
    "test_desk_pictures",
    "test_desk_intake",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "desk" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in ON_A_SERVER_TOO:
        metafunc.parametrize("desk", BOTH, indirect=True)


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if getattr(request, "param", "sqlite") == "sqlite":
        with open_desk(tmp_path / "store.db", Settings(editor="程校对")) as opened:
            yield opened
        return
    with fresh_server() as url, open_desk(url, Settings(editor="程校对")) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "来稿.txt"
    path.write_text(MANUSCRIPT, "utf-8")
    return path


@pytest.fixture
def issue(desk: Desk) -> IssueCard:
    paper = desk.publications.save(Publication(name="东澜工人报", number="CN 00-0000", home_city="东澜"))
    return desk.issues.create(paper, DATE, ["要闻", "副刊"], 7)


@pytest.fixture
def cards(desk: Desk, file: Path, issue: IssueCard) -> tuple[ArticleCard, ...]:
    return desk.intake.take_in([file], issue=issue.id)
