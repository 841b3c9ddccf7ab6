"""Packs beside the program: read again when changed, a missing folder told, installed packages, faults named."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.values.article_text import FlatText
from services.proofing import packs
from services.proofing.proof import load_rules, proof

PACK = """[[rule]]
id = "house.{name}"
shape = "literal"
tier = "likely"
weight = 1.0
title = "本报体例"
message = "“{{text}}”应写“{{fix}}”。"
pairs = '''
{wrong} | {right}
'''
"""


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    packs.entry_packs.cache_clear()
    yield
    packs.entry_packs.cache_clear()


def found(folder: Path, text: str) -> list[str]:
    return [one.rule for one in proof(FlatText.plain(text), load_rules([folder])) if one.rule.startswith("house.")]


def test_a_pack_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    pack = tmp_path / "house.toml"
    pack.write_text(PACK.format(name="ship", wrong="云帆船厂", right="云帆造船厂"), "utf-8")
    first = load_rules([tmp_path])
    assert load_rules([tmp_path]) is first
    assert found(tmp_path, "他在云帆船厂工作。") == ["house.ship"]
    pack.write_text(PACK.format(name="ferry", wrong="渡江轮", right="渡轮"), "utf-8")
    os.utime(pack, ns=(1, 1))
    assert load_rules([tmp_path]) is not first
    assert found(tmp_path, "他在云帆船厂的渡江轮上。") == ["house.ferry"]
    (tmp_path / "more.toml").write_text(PACK.format(name="ship", wrong="云帆船厂", right="云帆造船厂"), "utf-8")
    assert sorted(found(tmp_path, "他在云帆船厂的渡江轮上。")) == ["house.ferry", "house.ship"]


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    report = load_rules([tmp_path / "gone"]).report
    assert [fault.rule for fault in report.broken] == [""]
    assert "gone" in report.broken[0].reason
    assert len(report.running) > 100


def point(name: str, value: object) -> SimpleNamespace:
    def load() -> object:
        if isinstance(value, Exception):
            raise value
        return value

    return SimpleNamespace(name=name, load=load)


def test_packs_of_installed_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pack.toml").write_text(PACK.format(name="bought", wrong="甲乙丙", right="乙甲丙"), "utf-8")
    points = [
        point("a path", str(tmp_path)),
        point("broken", ImportError("no module")),
        point("strange", 5),
        point("a function", lambda: tmp_path),
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points if group == "qingyang.rules" else [])
    report = load_rules().report
    assert "house.bought" in report.running
    assert sorted(fault.file for fault in report.broken) == ["broken", "strange"]
    assert all(fault.file in fault.reason for fault in report.broken)
