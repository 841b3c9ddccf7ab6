"""`make bench`: the figures of docs/benchmarks.md, each the median of several whole processes; never asserted.

python -m tests.bench [--runs N]
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]
SEED = HOME / "seeds" / "000_5a3ed5fedffbb0aa.txt"


def timed(arguments: list[str], **environment: str) -> tuple[float, float, str]:
    """Wall seconds, peak memory in MB and standard output of one process."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=HOME, stdout=subprocess.PIPE, env={**os.environ, **environment}
    )
    assert process.stdout is not None
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments}: exit {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024, printed


def row(name: str, figures: list[float], unit: str) -> None:
    print(f"| {name} | {statistics.median(figures):.2f} {unit} | {min(figures):.2f}–{max(figures):.2f} |")


def make_seed(runs: int) -> None:
    """The seed's page through the whole road, from a cold process: jieba and the tagging model are loaded in it."""
    walls, memories, stations = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            store = ["--store", f"{folder}/store.db"]
            wall, memory, _ = timed(["main.py", *store, "make", str(SEED), "--out", folder])
            report: dict[str, Any] = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        walls.append(wall)
        memories.append(memory)
        stations.append(report["seconds"])
    row("`make` of the seed page, cold process", walls, "s")
    row("its peak memory", memories, "MB")
    for station in stations[0]:
        row(f"… {station}", [seconds[station] for seconds in stations], "s")


def first_paint(runs: int) -> None:
    """The window on the sample issue, offscreen; the store exists, caches are warm."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["main.py", "--store", f"{folder}/store.db", "--smoke", f"{folder}/window.png"]
        timed(command, QT_QPA_PLATFORM="offscreen")
        shown = [json.loads(timed(command, QT_QPA_PLATFORM="offscreen")[2]) for _ in range(runs)]
    row("window: first paint, warm", [float(s["first_paint_ms"]) for s in shown], "ms")
    row("window: memory", [float(s["rss_mb"]) for s in shown], "MB")


def typeset(runs: int) -> None:
    """Generated text on tabloid pages, six columns, 9/12 pt, into a press PDF."""
    for characters in (10_000, 100_000):
        walls = []
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                command = ["-m", "tests.bench.typeset", "--characters", str(characters), "--out", f"{folder}/a.pdf"]
                walls.append(timed(command)[0])
        row(f"typeset {characters:,} characters, whole process", walls, "s")


def typst(runs: int) -> None:
    """The same text set by Typst, in turn with this program (needs Typst: see tests/bench/bench_typst.py)."""
    from tests.bench import bench_typst

    bench_typst.table(os.environ.get("TYPST_PYTHON", sys.executable), 100_000, runs)


PARTS: dict[str, Callable[[int], None]] = {
    "make": make_seed,
    "window": first_paint,
    "typeset": typeset,
    "typst": typst,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=tuple(PARTS), action="append")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {options.runs} runs\n")
    print("| what | median | range |\n|---|---|---|")
    for name in options.only or PARTS:
        PARTS[name](options.runs)


if __name__ == "__main__":
    main()
