"""`names` on the command line: out, in, mentions of an issue, every article about somebody."""

import json
from pathlib import Path

import pytest

from services.desk.desk import open_desk
from ui.cli.run import run


def no_window(store: str | None, sample: bool, smoke: Path | None) -> int:
    raise AssertionError("a command must not open the window")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("names") / "paper.db")
    with open_desk(path) as desk:
        issue = desk.sample()
        desk.tagging.tag_many([card.id for card in desk.articles.list(issue.id)])
    return path


def test_the_sample_asks_about_its_planted_slip_and_nothing_else(store: str) -> None:
    with open_desk(store) as desk:
        issue = desk.issues.find("latest")
        found = [
            (one.rule, one.text, one.suggestions)
            for card in desk.articles.list(issue.id)
            for one in desk.proofing.check(desk.articles.open(card.id)).findings
            if one.rule.startswith("names.")
        ]
    assert found == [("names.like_known", "沈砚州", ("沈砚舟",))]


def test_out_and_in_again(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, file = str(tmp_path / "other.db"), tmp_path / "名录.json"
    open_desk(other).close()
    assert run(["--store", store, "names", "export", str(file)], no_window) == 0
    assert run(["--store", other, "names", "import", str(file)], no_window) == 0
    assert run(["--store", other, "names", "export", str(tmp_path / "again.json")], no_window) == 0
    assert file.read_bytes() == (tmp_path / "again.json").read_bytes()
    capsys.readouterr()
    assert run(["--store", store, "names", "find", "东澜区总工会", "--json"], no_window) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["entities"][0]["name"] == "东澜区总工会"
    assert len(told["entities"][0]["articles"]) > 2
    assert run(["--store", store, "names", "mentions", "latest", str(tmp_path / "m.csv")], no_window) == 0
    assert "沈砚舟" in (tmp_path / "m.csv").read_text("utf-8-sig")


def test_bad_rows_end_with_3_and_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, file = str(tmp_path / "a.db"), tmp_path / "名录.csv"
    open_desk(store).close()
    file.write_text("类别,名称\n人物,江照野\n石头,花岗岩\n", "utf-8")
    assert run(["--store", store, "names", "import", str(file)], no_window) == 3
    assert "第 3 行" in capsys.readouterr().err
    with open_desk(store) as desk:
        assert desk.records.page().total == 0
    assert run(["--store", store, "names", "import", "--skip-bad", str(file)], no_window) == 0
    with open_desk(store) as desk:
        assert [line.name for line in desk.records.page().lines] == ["江照野"]
    assert run(["--store", store, "names", "import", str(tmp_path / "none.csv")], no_window) == 3
    assert run(["--store", store, "names"], no_window) == 2
