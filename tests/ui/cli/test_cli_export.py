"""`export` on the command line: presets, what is set for this once, and the verdict in plain words."""

import datetime
from pathlib import Path

import pikepdf
import pytest

from models.values.publication import Publication
from services.desk.desk import open_desk
from ui.cli.run import run

STORY = (
    "云帆造船厂首艘电动渡轮交付\n\n本报讯（记者 江照野）近日，云帆造船厂举行首艘电动渡轮交付仪式。厂长沈砚舟出席。\n"
)


def no_window(store: str | None, sample: bool, smoke: Path | None) -> int:
    raise AssertionError("a command must not open the window")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "渡轮.txt").write_text(STORY, "utf-8")
    with open_desk(tmp_path / "store.db") as desk:
        paper = desk.publications.save(Publication(name="东澜职工报"))
        issue = desk.issues.create(paper, datetime.date(2023, 5, 19), ["要闻"])
        desk.intake.take_in([tmp_path / "渡轮.txt"], issue=issue.id)
    return tmp_path / "store.db"


def exported(store: Path, out: Path, *options: str) -> int:
    return run(["--store", str(store), "export", "latest", "--out", str(out), *options], no_window)


def test_what_is_asked_for_this_once_and_the_verdict(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert exported(store, out, "--pdf", "--condition", "JCN2002", "--no-marks", "--spot", "Red") == 0
    said = capsys.readouterr()
    assert said.out.split() == [str(out / "issue.pdf")]
    assert "JCN2002" in said.err
    assert said.err.strip().endswith("印前检查通过，可以付印。")
    with pikepdf.open(out / "issue.pdf") as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "JCN2002"
        assert "/QYall" not in pdf.pages[0].obj.Resources.get("/ColorSpace", {})
    with open_desk(store) as desk:
        assert desk.issues.find("latest").publication.press.condition == "Custom"  # nothing is kept


def test_word_presets_and_the_table_of_names(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert exported(store, out, "--docx", "--word", "clean", "--index", "--names") == 0
    assert {path.name for path in out.iterdir()} == {"issue.docx", "names.csv"}
    assert exported(store, tmp_path / "web", "--pdf", "--preset", "web") == 0
    assert exported(store, tmp_path / "old", "--preset", "archive") == 0
    assert {path.name for path in (tmp_path / "old").iterdir()} == {"issue.pdf", "issue.docx"}


def test_a_wrong_profile_is_the_worlds_fault(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.icc").write_bytes(b"nothing")
    assert exported(store, tmp_path / "out", "--profile", str(tmp_path / "bad.icc")) == 3
    assert "bad.icc" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert exported(store, tmp_path / "out", "--word", "novel") == 2
