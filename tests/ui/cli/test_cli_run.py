"""Parsing, dispatch and exit codes, without a process of their own."""

import io
import json
from pathlib import Path

import pytest

from models.values.house import HouseRule, HouseWord
from services.config.errors import UserError
from services.desk.desk import open_desk
from ui.cli import commands, system
from ui.cli.doctor import examine
from ui.cli.run import run
from ui.cli.system import install_line, missing_libraries
from ui.cli.window import open_window


def no_window(store: str | None, sample: bool, smoke: Path | None) -> int:
    raise AssertionError("a command must not open the window")


def test_without_a_command_the_window_opens_on_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str | None, bool, Path | None]] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    code = run(["--store", "a.db", "--sample"], lambda *what: asked.append(what) or 7)
    assert code == 7
    assert asked == [("a.db", True, None)]


def test_the_store_may_stand_before_or_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "paper.db")
    open_desk(store).close()
    assert run(["--store", store, "check"], no_window) == 0
    assert run(["check", "--store", store], no_window) == 0
    assert store in capsys.readouterr().out


def test_without_a_display_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.window.has_display", lambda: False)
    with pytest.raises(UserError) as told:
        open_window(no_window, store=None, sample=False, smoke=None)
    assert told.value.key == "cli.no_display"


def test_without_a_display_the_sample_is_made_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Path] = []
    monkeypatch.setattr("ui.cli.window.has_display", lambda: False)
    monkeypatch.setattr(commands, "export_sample", lambda store, out: made.append(out) or 0)
    assert open_window(no_window, store=None, sample=True, smoke=None) == 0
    assert made == [Path("out")]
    assert "out/" in capsys.readouterr().err


def test_a_bug_ends_with_seventy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(options: object) -> int:
        raise ZeroDivisionError("by us")

    monkeypatch.setitem(commands.TABLE, "doctor", broken)
    assert run(["doctor"], no_window) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["nonsense"], ["make"], ["make", "a.txt"], ["proof", "a", "--tier", "sure"]])
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    assert run(arguments, no_window) == 2


def test_libraries_that_do_not_load_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system, "_loads", lambda library: "EGL" not in library)
    assert missing_libraries() == ["libegl1"]
    assert install_line(["libegl1"]).endswith("libegl1")


def test_the_doctor_names_every_role_of_type() -> None:
    rows = examine()
    assert [row.name for row in rows if row.name.startswith("字体·")] == [
        "字体·宋体", "字体·粗宋", "字体·特粗宋", "字体·黑体", "字体·粗黑", "字体·楷体", "字体·仿宋",
    ]  # fmt: skip
    assert all(row.do or row.ok or "仿宋" in row.name for row in rows)


def test_bad_json_lines_are_named_by_their_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "lines"
    source.write_bytes('{"id": 1, "text": "好。"}\n\nnot json\n{"id": 4, "text": "好。"}\n'.encode())
    with source.open("rb") as stream, (tmp_path / "out").open("wb") as answers:
        monkeypatch.setattr(commands.sys, "stdin", type("In", (), {"buffer": stream}))
        monkeypatch.setattr(commands.sys, "stdout", type("Out", (), {"buffer": answers}))
        assert run(["proof", "--lines"], no_window) == 3
    rows = [json.loads(line) for line in (tmp_path / "out").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [1, None, 4]  # one bad line does not end the run
    assert rows[1]["line"] == 3
    assert "3" in rows[1]["error"]
    assert "1" in capsys.readouterr().err


def test_proof_with_a_store_speaks_as_that_house(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, file = str(tmp_path / "paper.db"), tmp_path / "来稿.txt"
    file.write_text("# 渡轮交付\n\n职工书吧昨日开放，工人们在按装护栏。\n", "utf-8")
    with open_desk(store) as desk:
        desk.proofing.house.put(
            HouseRule(wrong="职工书吧", fix="职工书屋", tier="certain", message="本报用书屋。", state="approved")
        )
        desk.lexicon.put(HouseWord(id=0, key="words.confused:按装", scope="house", reason="引文", author="", time=None))

    def told(*options: str) -> set[str]:
        assert run(["proof", str(file), "--json", *options], no_window) == 0
        return {one["text"] for one in json.loads(capsys.readouterr().out)["findings"]}

    assert told() == {"按装"}
    assert told("--store", store) == {"职工书吧"}
    fixed = tmp_path / "fixed.txt"
    assert run(["--store", store, "proof", str(file), "--fix", "certain", "--out", str(fixed)], no_window) == 0
    assert "职工书屋昨日" in fixed.read_text("utf-8")
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('{"id":1,"text":"职工书吧"}\n'.encode()), "utf-8"))
    assert run(["proof", "--lines", "--store", store], no_window) == 0
    assert json.loads(capsys.readouterr().out)["findings"][0]["suggestions"] == ["职工书屋"]


def test_proof_with_a_store_that_is_not_there_says_so_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, gone = tmp_path / "来稿.txt", tmp_path / "gone.db"
    file.write_text("# 渡轮交付\n\n工人们在按装护栏。\n", "utf-8")
    assert run(["proof", str(file), "--json", "--store", str(gone)], no_window) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["findings"]
    assert "gone.db" in said.err
    assert not gone.exists()
