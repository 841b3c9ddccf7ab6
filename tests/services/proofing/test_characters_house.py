"""Counts of the house's own archive: added to those of the laws, replaced by learning again, taken away."""

from pathlib import Path

import numpy as np
import pytest

from services.proofing.characters import house, tables
from services.proofing.characters.hashed import HashTable, build
from services.proofing.characters.ngrams import Counts, codes, packed

TEXTS = ["槐树湾报社的记者昨天来到青石坳采访。"] * 3


def empty() -> Counts:
    table = build(np.zeros(0, np.uint64), np.zeros((0, 1), np.uint8))
    return Counts((table,), np.zeros(0x10000, np.float32))


def count(counts: Counts, run: str) -> float:
    return float(counts.count(codes(run)[None, :])[0])


def test_what_was_learned_is_counted(tmp_path: Path) -> None:
    assert house.learn(TEXTS, tmp_path) == 3 * 18 + 2
    counts = house.with_house(empty(), tmp_path)
    assert count(counts, "槐树湾报社") == pytest.approx(3, rel=0.1)
    assert count(counts, "青石") == pytest.approx(3, rel=0.1)
    assert count(counts, "记") == 3
    assert count(counts, "石青") == 0


def test_learning_again_replaces_and_forgetting_undoes(tmp_path: Path) -> None:
    house.learn(TEXTS, tmp_path)
    house.learn(["另一份报纸的文章。"] * 2, tmp_path)
    assert count(house.with_house(empty(), tmp_path), "槐树湾") == 0
    house.forget(tmp_path)
    house.forget(tmp_path)
    assert len(house.with_house(empty(), tmp_path).tables) == 1


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    assert house.learn([], tmp_path) == 0
    assert count(house.with_house(empty(), tmp_path), "记者") == 0


def test_a_strange_file_is_an_error_of_the_world(tmp_path: Path) -> None:
    np.savez(tmp_path / "strange.npz", rows=np.zeros((3, 5), np.uint8), single=np.zeros(4, np.float32))
    (tmp_path / "strange.npz").rename(tmp_path / house.NAME)
    with pytest.raises(ValueError, match=house.NAME):
        house.with_house(empty(), tmp_path)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04" + b"x" * 50, b"\x93NUMPY\x01\x00", b"no archive"])
def test_a_file_cut_short_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(tables.paths, "data_folder", lambda: tmp_path)
    (tmp_path / house.NAME).write_bytes(raw)
    assert house.note_of(tmp_path / house.NAME) is None
    found = tables.in_use()
    assert found is not None
    assert len(found.counts.tables) == len(tables.open_tables().counts.tables)  # as if nothing had been learned


def test_a_table_gives_back_what_was_put_in() -> None:
    keys = np.unique(np.random.default_rng(1).integers(1, 2**63, 20_000).astype(np.uint64))
    values = np.stack([np.arange(len(keys)) % 254 + 1, np.arange(len(keys)) % 200], 1).astype(np.uint8)
    table = build(keys, values, 0.94)
    assert isinstance(table, HashTable)
    assert (table.look(keys) == values).all(1).mean() > 0.995
    assert (table.look(keys + np.uint64(1))[:, 0] > 0).mean() < 0.001


def test_counts_are_packed_within_a_tenth() -> None:
    from services.proofing.characters.ngrams import unpacked

    counts = np.array([1, 2, 3, 10, 1000, 1_000_000])
    assert unpacked(packed(counts)) == pytest.approx(counts, rel=0.1)
