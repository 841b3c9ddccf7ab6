"""Measures the page as it is painted: `python -m tests.bench.bench_canvas`. Prints a table.

An article of 1,500 characters on a page of 6,000 is typed into, a character at a time: the words go to the page's
session as the editor hands them on, and the clock stops when the canvas has repainted itself with the new type. Then
the whole page is laid and painted from nothing but remembered outlines, and the view is dragged and zoomed,
a repaint a step.
Offscreen, at 1,920 by 1,080 px, the page at 100 % and fitted. Times are those of the window's own thread and its jobs.
"""

import argparse
import datetime
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.publication import Publication
from services.desk.desk import Desk, open_desk
from tests.bench.bench_window import settled, spin
from ui.layout.view import PageView
from ui.shell.app import make_application, make_window
from ui.shell.main_window import MainWindow
from ui.widgets.look import Look, Scheme

SENTENCE = "东澜区总工会日前在云帆造船厂举办职工技能交流活动，来自二十四家单位的一百二十名职工参加，"
REST = "活动设焊接、装配和吊装三个项目，厂长沈砚舟说，今后每个季度都要办一次，让更多青年职工有机会学本领、长见识。"


def manuscript(title: str, characters: int) -> str:
    paragraph = SENTENCE + REST
    words = (paragraph * (characters // len(paragraph) + 1))[:characters]
    cut = [words[at : at + 190] + "。" for at in range(0, characters, 190)]
    return f"# {title}\n\n本报讯（记者 江照野）" + "\n\n".join(cut) + "\n"


def page_of_6000(desk: Desk, folder: Path) -> tuple[int, ArticleId]:
    """A page laid out with one article of 1,500 characters and five that bring it to 6,000."""
    files = []
    for number, characters in enumerate((1500, 1100, 1000, 900, 800, 700)):
        files.append(folder / f"{number}.txt")
        files[-1].write_text(manuscript(f"职工技能交流活动之{'一二三四五六'[number]}", characters), "utf-8")
    paper = desk.publications.save(Publication(name="东澜职工报", template="broadsheet"))
    issue = desk.issues.create(paper, datetime.date(2026, 11, 20), ["要闻", "综合"])
    cards = desk.intake.take_in(files, issue=issue.id)
    page = issue.pages[1].id
    desk.pages.assign(page, [card.id for card in cards])
    option = desk.pages.automatic(page, options=1)[0]
    sheet = desk.pages.open(page)
    from models.values.change import PlanPage

    desk.apply(PlanPage(page=page, plan=option.plan, version=sheet.version, reason="automatic"))
    return page, max(cards, key=lambda card: card.characters).id


def wait(application: QApplication, until: Callable[[], bool]) -> None:
    """Sleeps in the event loop as a real window does, so that jobs have the interpreter."""
    while not until():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class Bench:
    def __init__(self, store: str, folder: Path, page: int) -> None:
        self.application: QApplication = make_application()
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window: MainWindow = make_window(Look(self.application, Scheme.LIGHT), settings)
        self.window.resize(1920, 1080)
        self.window.show()
        spin(self.application, lambda: False, 0.3)
        self.window.newsroom.open(lambda: (open_desk(store), None))
        settled(self.application, self.window)
        self.window.pages.open(page)  # type: ignore[arg-type]
        settled(self.application, self.window)
        view = self.window.centre.front
        assert isinstance(view, PageView)
        self.view = view
        self.figures: dict[str, list[float]] = {}
        self.work: dict[str, list[float]] = {}  # ms of a core, all threads

    def drawn(self) -> bool:
        return self.view.canvas.is_drawn

    def time(self, name: str, do: Callable[[], object]) -> None:
        started, before = time.perf_counter(), time.process_time()
        do()
        self.figures.setdefault(name, []).append(1000 * (time.perf_counter() - started))
        self.work.setdefault(name, []).append(1000 * (time.process_time() - before))

    def typing(self, article: ArticleId, words: ArticleText, presses: int, name: str) -> None:
        view = self.view
        middle = len(words.body) // 2
        for press in range(presses):
            body = list(words.body)
            kept = body[middle].text
            body[middle] = replace(body[middle], text=kept[:60] + ("职工书屋" * 40)[: press + 1] + kept[60:])
            typed = replace(words, body=tuple(body))

            def one(typed: ArticleText = typed) -> None:
                before = view.session.shown
                view.session.show_words(article, typed)
                wait(self.application, lambda: view.session.shown is not before and self.drawn())
                view.canvas.viewport().repaint()

            self.time(name, one)
            spin(self.application, lambda: False, 0.02)

    def whole(self) -> None:
        from services.fonts.catalogue import installed
        from services.layout.lay_out import lay_out
        from services.layout.templates import template

        desk = self.window.newsroom.desk
        assert desk is not None
        session, canvas = self.view.session, self.view.canvas
        texts = {frame.article: desk.articles.open(frame.article).text for frame in session.plan.frames}
        facts = desk.pages.facts(session.page)

        def one() -> None:
            laid = lay_out(session.plan, texts, template(session.plan.template), installed(), facts.folio)
            canvas.draw_anew(laid)
            canvas.viewport().repaint()
            wait(self.application, self.drawn)
            canvas.viewport().repaint()

        for _ in range(12):
            self.time("a page of 6,000 characters laid and painted anew", one)

    def moving(self) -> None:
        canvas = self.view.canvas
        bar = canvas.verticalScrollBar()
        for step in range(40):

            def drag(step: int = step) -> None:
                bar.setValue(bar.value() + (9 if step < 20 else -9))
                canvas.viewport().repaint()

            self.time("a step of dragging the view", drag)
        for step in range(40):

            def zoom(step: int = step) -> None:
                canvas.zoom_to(canvas.zoom * (1.03 if step < 20 else 1 / 1.03))
                canvas.viewport().repaint()
                self.application.processEvents()

            self.time("a step of zooming", zoom)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), f"{name}/store.db"
        with open_desk(store) as desk:
            page, article = page_of_6000(desk, folder)
            words = desk.articles.open(article).text
        bench = Bench(store, folder, page)
        placed = sum(len(run.xs) for frame in bench.view.session.shown.frames for run in frame.runs)
        for zoom, where in ((0.0, "fitted"), (1.0, "at 100 %")):
            bench.view.canvas.zoom_to(zoom) if zoom else bench.view.canvas.fit()
            settled(bench.application, bench.window)
            bench.typing(article, words, options.presses, f"a key press, {where}")
        bench.whole()
        bench.moving()
        bench.window.close()
        settled(bench.application, bench.window)
    print(f"{placed} glyphs on the page\n")
    print("| what | median | 95th percentile | work of a core: median | 95th |\n|---|---|---|---|---|")
    for what, taken in bench.figures.items():
        cells = [
            figure
            for one in (taken, bench.work[what])
            for figure in (statistics.median(one), sorted(one)[int(len(one) * 0.95)])
        ]
        print(f"| {what} | " + " | ".join(f"{figure:.1f} ms" for figure in cells) + " |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
