"""The same text, grid and face set by this program and by Typst, in turn, in one run; the ratio of whole processes.

    python -m tests.bench.bench_typst [--runs N] [--characters N] [--peer PYTHON]

Typst comes from PyPI (`pip install typst`, Apache-2.0) and is needed by this bench alone: it is no dependency. `--peer`
names the Python that has it. Typst gets the one face by file and looks into no system folder, which is its best case.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from models.values.template import FontRole
from services.fonts.catalogue import installed
from services.layout.templates import template
from tests.bench.typeset import HOME, generated

_COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], {system})"


def source(paragraphs: list[str]) -> str:
    """The text as Typst's markup on the tabloid grid: six columns, 9/12 pt, first lines indented by two characters."""
    made, face = template("tabloid"), installed().face(FontRole.SONG)
    right = made.width - made.left - made.type_width
    foot = made.height - made.top - made.type_height
    below = made.leading - made.baseline
    return "\n".join(
        (
            f"#set page(width: {made.width}pt, height: {made.height}pt, columns: {made.columns},",
            f"  margin: (left: {made.left}pt, right: {right:.2f}pt, top: {made.top}pt, bottom: {foot:.2f}pt))",
            f"#set columns(gutter: {made.gutter}pt)",
            f'#set text(font: "{face.family}", size: {made.body.size}pt, lang: "zh", region: "cn",',
            f"  top-edge: {made.baseline}pt, bottom-edge: -{below:.2f}pt)",
            "#set par(justify: true, leading: 0pt, spacing: 0pt, first-line-indent: (amount: 2em, all: true))",
            "",
            "\n\n".join(paragraphs),
        )
    )


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one process; the second holds on a busy machine too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def has_typst(peer: str) -> bool:
    return subprocess.run([peer, "-c", "import typst"], capture_output=True, check=False).returncode == 0


def compare(peer: str, characters: int, runs: int) -> dict[str, list[tuple[float, float]]]:
    """Wall and CPU seconds of each side, one after the other in every round."""
    figures: dict[str, list[tuple[float, float]]] = {"own": [], "typst": [], "typst, system fonts": []}
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "text.typ"
        given.write_text(source(generated(characters)), "utf-8")
        fonts = Path(folder) / "fonts"
        fonts.mkdir()
        face = installed().face(FontRole.SONG).path
        (fonts / face.name).symlink_to(face)
        own = [sys.executable, "-m", "tests.bench.typeset", "--characters", str(characters), "--out"]
        for _ in range(runs):
            figures["own"].append(seconds([*own, f"{folder}/own.pdf"]))
            for name, system in (("typst", "ignore_system_fonts=True"), ("typst, system fonts", "")):
                code = _COMPILE.format(system=system)
                figures[name].append(seconds([peer, "-c", code, str(given), f"{folder}/typst.pdf", str(fonts)]))
    return figures


def table(peer: str, characters: int, runs: int) -> None:
    """Prints the pair as rows of a table, the ratio last."""
    if not has_typst(peer):
        print(f"| Typst | not installed for {Path(peer).name}: pip install typst, or --peer PYTHON | |")
        return
    figures = compare(peer, characters, runs)
    middle: dict[str, tuple[float, float]] = {}
    for name, taken in figures.items():
        walls, cpus = zip(*taken, strict=True)
        middle[name] = statistics.median(walls), statistics.median(cpus)
        wall, cpu = middle[name]
        print(
            f"| {characters:,} characters, {name} | {wall:.2f} s, CPU {cpu:.2f} s | {min(walls):.2f}–{max(walls):.2f} |"
        )
    (own, own_cpu), (peers, peers_cpu) = middle["own"], middle["typst"]
    print(f"| own : typst | {own / peers:.1f}, CPU {own_cpu / peers_cpu:.1f} | |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--peer", default=os.environ.get("TYPST_PYTHON", sys.executable))
    options = parser.parse_args()
    print("| what | median | range |\n|---|---|---|")
    table(options.peer, options.characters, options.runs)


if __name__ == "__main__":
    main()
