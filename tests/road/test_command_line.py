"""The contract of the command line: names, shapes, offsets, exit codes, as another program would call it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).resolve().parents[2]


def call(*arguments: str | Path, stdin: bytes = b"", code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, HOME / "main.py", *map(str, arguments)], input=stdin, capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def answer(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    value = json.loads(call(*arguments, code=code))
    assert isinstance(value, dict)
    return value


def test_receive(seed_page: Path) -> None:
    reception = answer("receive", seed_page, "--json")
    assert set(reception) >= {"file", "encoding", "slogans", "articles"}
    assert len(reception["slogans"]) == 1
    assert len(reception["articles"]) == 7
    keys = {"kicker", "headline", "deck", "lead_in", "bylines", "body", "credits", "form", "healed", "doubts"}
    for article in reception["articles"]:
        assert set(article) >= keys
    lead = reception["articles"][0]
    assert lead["kicker"] == "北京职工婚协三届四次会员大会召开"
    assert lead["headline"] == "全力打造有工会温度的服务型协会组织"
    assert lead["lead_in"] == "本报讯"
    assert lead["bylines"] == [{"role": "记者", "name": "盛丽"}]
    assert reception["articles"][1]["deck"] == "邀请劳模先进、企业领军人及各行各业优秀劳动者作为领读者"
    healed = [
        article["body"][place["paragraph"]][place["offset"] - 1 : place["offset"] + 1]
        for article in reception["articles"]
        for place in article["healed"]
    ]
    assert sorted(healed) == sorted(["与市", "续做", "工群", "女工", "递党", "医院", "精彩", "成果", "共有"])


def test_proof_counts_in_the_decoded_text(seed_page: Path) -> None:
    report = answer("proof", seed_page, "--json")
    text = seed_page.read_text("utf-8").replace("\r\n", "\n")
    for finding in report["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["text"]
        assert finding["tier"] in ("certain", "likely")
    assert sum(f["text"] == "," for f in report["findings"]) == 105
    assert any(f["text"].strip() == "and" and f["suggestions"][0] == "和" for f in report["findings"])
    assert any("复赛" in f["text"] for f in report["findings"])
    assert not any("60%" in f["text"] for f in report["findings"])
    assert set(report["error_rate"]) >= {"errors", "allowed", "per_10k"}


def test_fix_changes_nothing_else(seed_page: Path, tmp_path: Path) -> None:
    report = answer("proof", seed_page, "--json", "--tier", "certain")
    call("proof", seed_page, "--fix", "certain", "--out", tmp_path / "fixed.txt")
    text = seed_page.read_text("utf-8").replace("\r\n", "\n")
    for finding in sorted(report["findings"], key=lambda f: -f["start"]):
        if finding["suggestions"]:
            text = text[: finding["start"]] + finding["suggestions"][0] + text[finding["end"] :]
    assert (tmp_path / "fixed.txt").read_text("utf-8") == text


def test_strict_ends_with_one(seed_page: Path) -> None:
    call("proof", seed_page, "--strict", "--json", code=1)


def test_lines() -> None:
    rows = [{"id": 7, "text": "他说,好。"}, {"id": "a", "text": "没有错。"}]
    stdin = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    answers = [json.loads(line) for line in call("proof", "--lines", stdin=stdin).splitlines()]
    assert [row["id"] for row in answers] == [7, "a"]
    assert [f["text"] for f in answers[0]["findings"]] == [","]
    assert answers[1]["findings"] == []
    tagged = [json.loads(line) for line in call("tag", "--lines", stdin=stdin).splitlines()]
    assert [row["mentions"] for row in tagged] == [[], []]


def test_tag(seed_page: Path) -> None:
    report = answer("tag", seed_page, "--json")
    text = seed_page.read_text("utf-8").replace("\r\n", "\n")
    for mention in report["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["kind"] in ("person", "organisation", "place")
    leader = next(m for m in report["mentions"] if m["text"] == "赵丽君" and m["titles"])
    assert leader["titles"] == [
        {"organisation": "北京市总工会", "position": "党组成员"},
        {"organisation": "北京市总工会", "position": "副主席"},
    ]


def test_store_commands(tmp_path: Path) -> None:
    store = tmp_path / "paper.db"
    call("--store", store, "sample")
    hits = answer("search", "澜江", "--json", "--store", store)
    assert hits["hits"]
    call("export", "latest", "--store", store, "--out", tmp_path / "out", "--pdf", "--preset", "proof")
    assert (tmp_path / "out" / "issue.pdf").exists()
    assert not (tmp_path / "out" / "issue.docx").exists()
    call("backup", tmp_path / "copy.db", "--store", store)
    assert answer("check", "--json", "--store", store)["ok"] is True
    call("restore", tmp_path / "copy.db", "--store", store)
    assert answer("search", "澜江", "--json", "--store", store) == hits


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("receive", "/nowhere/at/all.txt"), 3),
        (("proof",), 2),
        (("make", "x.txt"), 2),
        (("proof", "x", "--tier", "sure"), 2),
        (("search", "x", "--limit", "0"), 2),
        (("check", "--store", "/nowhere/store.db"), 3),
        (("export", "latest", "--out", "/tmp", "--store", "/nowhere/at/all/store.db"), 3),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(arguments: tuple[str, ...], code: int) -> None:
    done = subprocess.run([sys.executable, HOME / "main.py", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout == ""
    assert 0 < len(done.stderr.strip().splitlines()) <= (2 if code == 3 else 12)
    assert "Traceback" not in done.stderr
