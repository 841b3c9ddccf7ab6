"""How long learning from back issues takes, and what it gains. Never run by pytest.

`.venv/bin/python -m tests.bench.bench_learning CORPORA [CHARACTERS]`: the laws as a folder of text files with hostile
files among them (time), then the clean news (gain). CORPORA: development corpora, no part of the project. The two do
not measure the same: the program has counted these very laws, so what it gains on them is less than nothing to show.
"""

import json
import lzma
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from services.config import paths
from services.desk.desk import open_desk
from services.desk.learning import gain_in_words

PAGE = 3_000  # characters of a file


def laws(corpora: Path, size: int) -> Iterator[str]:
    held: list[str] = []
    with lzma.open(corpora / "laws.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            held.append(line)
            if sum(map(len, held)) > PAGE:
                yield "".join(held)
                size -= sum(map(len, held))
                held = []
            if size <= 0:
                return


def news(corpora: Path) -> Iterator[str]:
    with lzma.open(corpora / "clean_xxqg_dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        sentences = [json.loads(line)["text"] for line in lines]
    for start in range(0, len(sentences), 10):
        yield "\n".join(sentences[start : start + 10])


def main(corpora: Path, size: int) -> None:
    for name, pages in (("laws", laws(corpora, size)), ("news", news(corpora))):
        with tempfile.TemporaryDirectory() as place:
            folder, home = Path(place) / "issues", Path(place) / "home"
            folder.mkdir()
            home.mkdir()
            paths.data_folder = lambda home=home: home  # type: ignore[assignment,misc]  # nothing of the user's own
            for number, page in enumerate(pages):
                (folder / f"{number}.txt").write_text(page, "utf-8")
            (folder / "damaged.docx").write_bytes(b"PK\x03\x04 no archive")
            (folder / "noise.bin").write_bytes(os.urandom(5_000))
            with open_desk(str(Path(place) / "store.db")) as desk:
                started, cpu = time.perf_counter(), time.process_time()
                learned = desk.learning.learn(folder)
                took, worked = time.perf_counter() - started, time.process_time() - cpu
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            left_out = ", ".join(one.file for one in learned.skipped)
            print(f"{name}: {took:.1f} s ({worked:.1f} s of one core), at most {memory} MB; left out {left_out}")
            print("  " + "\n  ".join(gain_in_words(learned)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000)
