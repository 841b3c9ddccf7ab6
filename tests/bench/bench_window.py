"""Measures how long the window's thread is held up: `python -m tests.bench.bench_window`. Prints a table.

A heart beats in the event loop while a thing is done; the longest gap between two beats is how long a person would
wait for a key to show. The sample issue is opened offscreen from a store that exists. 50 ms is the house's limit.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from models.values.plan import PagePlan
from services.desk.desk import open_desk
from services.fonts.catalogue import installed
from ui.layout.glyph_paths import GlyphPaths
from ui.layout.painting import RunPainter, paint_frame
from ui.layout.view import PageView
from ui.shell.app import make_application, make_window
from ui.shell.main_window import MainWindow
from ui.widgets.look import Look, Scheme

CALM = 0.4  # seconds without a job: it is over


class Heart:
    """Beats as often as the event loop lets it; `longest` gap in ms since `start`."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)
        self._last, self.longest = time.perf_counter(), 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now

    def start(self) -> None:
        self._last, self.longest = time.perf_counter(), 0.0


def spin(application: QApplication, until: Callable[[], bool], most: float = 60.0) -> None:
    end = time.perf_counter() + most
    while not until() and time.perf_counter() < end:
        application.processEvents()


def settled(application: QApplication, window: MainWindow) -> None:
    """Until no job has been under way for a while."""
    since = time.perf_counter()
    while time.perf_counter() - since < CALM:
        application.processEvents()
        if window.runner.under_way:
            since = time.perf_counter()


class Bench:
    def __init__(self, store: str, folder: Path) -> None:
        self.application = make_application()
        self.look = Look(self.application, Scheme.LIGHT)
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = make_window(self.look, settings)
        self.window.resize(1920, 1080)
        self.window.show()
        self.heart = Heart()
        self.figures: dict[str, list[float]] = {}

        def opener() -> tuple[object, object]:
            desk = open_desk(store)
            return desk, desk.sample()

        spin(self.application, lambda: False, 0.5)
        self.during("open the store", lambda: self.window.newsroom.open(opener))  # type: ignore[arg-type]

    def during(self, name: str, do: Callable[[], object]) -> None:
        self.heart.start()
        do()
        self.application.processEvents()
        settled(self.application, self.window)
        self.figures.setdefault(name, []).append(self.heart.longest)

    def round(self, number: int) -> None:
        window = self.window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        assert desk is not None
        assert issue is not None
        cards = window.newsroom.cards
        at = number % len(cards)
        self.during(
            "open an article" if number else "open the first article", lambda: window.open_article(cards[at].id)
        )
        page = issue.pages[number % len(issue.pages)]
        self.during("open a page", lambda: window.pages.open(page.id))
        view = window.centre.front
        assert isinstance(view, PageView)
        view.canvas.zoom_to(1.0)
        settled(self.application, window)
        frame = view.session.plan.frames[0]
        view.session.select(frame.article)
        self.during("turn the lead's tint on, at 100 %", lambda: view.session.try_plan(_tinted(view)))
        self.during("take it back", view.session.give_up)
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            self.during("switch the theme", partial(self.look.choose, scheme))
        self.paint(view)
        window.close_tab(f"page {page.id}")

    def paint(self, view: PageView) -> None:
        """The longest frame of the page drawn at 100 %, without and with what is remembered."""
        frame = max(view.session.shown.frames, key=lambda one: sum(len(run.xs) for run in one.runs))
        runs = RunPainter(GlyphPaths(installed()))
        scale = 96 / 72
        for name in ("draw the longest frame, cold", "draw the longest frame, warm"):
            started = time.perf_counter()
            image = QImage(1400, 2000, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(0)
            painter = QPainter(image)
            painter.scale(scale, scale)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_frame(painter, frame, runs, lambda _: None)
            painter.end()
            self.figures.setdefault(name, []).append(1000 * (time.perf_counter() - started))

    def close(self) -> None:
        self.window.close()
        settled(self.application, self.window)


def _tinted(view: PageView) -> PagePlan:
    from dataclasses import replace

    plan = view.session.plan
    first = plan.frames[0]
    return replace(plan, frames=(replace(first, tint=not first.tint), *plan.frames[1:]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--store", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or f"{folder}/store.db"
        with open_desk(store) as desk:
            desk.sample()
        bench = Bench(store, Path(folder))
        for number in range(options.rounds):
            bench.round(number)
        bench.close()
    print("| what | longest hold-up, median | worst |\n|---|---|---|")
    for name, held in bench.figures.items():
        print(f"| {name} | {statistics.median(held):.0f} ms | {max(held):.0f} ms |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
