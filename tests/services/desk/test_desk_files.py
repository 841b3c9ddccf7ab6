"""Files and lines without a store: every span stands in the decoded text, a fix touches nothing else."""

import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from models.values.article_text import OffsetMap, OriginRun, Reception
from models.values.finding import Tier
from services.config.errors import UserError
from services.desk import files

KEYS = {"start", "end", "text", "rule", "tier", "weight", "message", "clause", "suggestions"}


def test_the_seed_page(seed_page: Path) -> None:
    reception = files.receive_file(seed_page)
    shape = files.reception_json(reception)
    assert (shape["file"], len(shape["articles"])) == (seed_page.name, 7)
    assert {"kicker", "headline", "deck", "lead_in", "bylines", "body", "credits", "form", "healed", "doubts"} <= set(
        shape["articles"][0]
    )
    report = files.proof_file(seed_page)
    assert set(report) == {"file", "characters", "findings", "error_rate"}
    assert report["characters"] == len(reception.text)
    assert report["error_rate"]["errors"] > report["error_rate"]["allowed"] > 0
    for finding in report["findings"]:
        assert set(finding) == KEYS
        assert reception.text[finding["start"] : finding["end"]] == finding["text"]
    starts = [finding["start"] for finding in report["findings"]]
    assert starts == sorted(starts)
    mentions = files.tag_file(seed_page)["mentions"]
    assert all(reception.text[m["start"] : m["end"]] == m["text"] for m in mentions)
    assert {"赵丽君", "北京市总工会"} <= {m["text"] for m in mentions}


def test_fixing_the_seed_page_touches_only_what_was_found(seed_page: Path) -> None:
    before = files.receive_file(seed_page).text
    fixed = files.fix_file(seed_page)
    certain = [f for f in files.proof_file(seed_page, Tier.CERTAIN)["findings"] if f["suggestions"]]
    assert fixed.count <= len(certain)
    inside = {at for f in certain for at in range(f["start"], f["end"])}
    changes = difflib.SequenceMatcher(None, before, fixed.text, autojunk=False).get_opcodes()
    for kind, start, end, _, _ in changes:
        assert kind == "equal" or set(range(start, end)) <= inside
    assert before.count("\n") == fixed.text.count("\n")


def test_tiers_include_the_surer_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# 澜江大桥昨日合龙\n\n大桥合龙,市民叫好叫好。《大桥志》、《江志》出版\n", "utf-8")
    counts = [len(files.proof_file(path, tier)["findings"]) for tier in (Tier.CERTAIN, Tier.LIKELY, Tier.HINT)]
    assert counts == sorted(counts)
    assert counts[0]


def test_lines_outside_of_articles_are_read_too() -> None:
    text = "口号,标语\n## 标题\n正文"
    reception = Reception(file="x", encoding="utf-8", text=text, slogans=("口号,标语",), articles=())
    stretches = list(files.stretches_of(reception))
    assert [stretch.flat.text for stretch in stretches] == ["口号,标语", "标题", "正文"]
    (comma,) = [one for one in files.proof_reception(reception) if one.finding.text == ","]
    assert text[comma.finding.start] == ","
    assert comma.exact


def test_a_finding_cut_by_a_healed_break_is_shown_where_it_begins() -> None:
    origin = OffsetMap(runs=(OriginRun(start=0, source=10, length=4), OriginRun(start=4, source=16, length=5)))
    assert files.nearest(origin, 2, 7) == (12, 14)
    assert files.nearest(origin, 4, 6) == (16, 18)
    apart = OffsetMap(runs=(OriginRun(start=0, source=10, length=4), OriginRun(start=6, source=20, length=2)))
    assert files.nearest(apart, 4, 6) == (14, 14)
    assert files.nearest(apart, 5, 7) == (20, 21)
    assert files.nearest(OffsetMap(runs=()), 0, 3) == (0, 0)


@given(some.text(some.sampled_from("澜江大桥,，。.“”()（）12 \n#本报讯记者顾知秋"), max_size=120))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_gives_spans_that_stand_in_its_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.txt"
    path.write_text(text, "utf-8")
    try:
        reception = files.receive_file(path)
    except UserError:
        return
    for one in files.proof_reception(reception):
        assert reception.text[one.finding.start : one.finding.end] == one.finding.text
    assert isinstance(files.fix_file(path).text, str)


def test_lines() -> None:
    text = "大桥通车,市民叫好。"
    assert all(text[f.start : f.end] == f.text for f in files.proof_text(text))
    assert {f.text for f in files.proof_text(text)} >= {","}
    assert "沈砚舟" in {m.text for m in files.tag_text("东澜区总工会主席沈砚舟出席。")}
    assert files.proof_text("") == ()
    assert files.tag_text("") == ()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        files.proof_file(tmp_path / "none.txt")
