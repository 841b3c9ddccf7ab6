"""Arrays are read whole while other threads parse."""

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from zipfile import BadZipFile

import numpy as np
import pytest

from services.proofing.characters.arrays import archived, mapped


def test_arrays_are_read_while_another_thread_parses(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", **{f"x{number}": np.arange(3) for number in range(20)})
    stop = Event()

    def parse() -> None:
        while not stop.is_set():
            try:
                ast.parse("[" * 40 + "1" + "]" * 40)
            except SystemError:
                continue  # the fault of this Python that the reading is guarded from

    with ThreadPoolExecutor(3) as pool:
        pool.submit(parse)
        read = list(pool.map(archived, [tmp_path / "a.npz"] * 30))
        stop.set()
    assert all(len(arrays) == 20 and arrays["x3"].tolist() == [0, 1, 2] for arrays in read)


def test_a_named_array_and_one_that_is_mapped(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", one=np.arange(2), two=np.arange(3))
    np.save(tmp_path / "b.npy", np.arange(4, dtype=np.uint8))
    assert archived(tmp_path / "a.npz", "two", "three").keys() == {"two"}
    assert mapped(tmp_path / "b.npy").tolist() == [0, 1, 2, 3]


def test_what_is_no_archive_says_so(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises((BadZipFile, ValueError)):
        archived(tmp_path / "bad.npz")
    with pytest.raises(FileNotFoundError):
        archived(tmp_path / "none.npz")
