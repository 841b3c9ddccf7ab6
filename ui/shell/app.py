"""The window's composition root: application, look, store, window; --smoke grabs it and tells how long it took."""

import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QSettings, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models.values.cards import IssueCard
from services.config import paths
from services.config.errors import UserError
from services.config.messages import choose_language, language
from services.config.settings import load_settings
from ui.jobs.collector import Collector
from ui.shell.crash import CrashHandler
from ui.shell.main_window import MainWindow
from ui.widgets.look import Look, scheme_of

if TYPE_CHECKING:
    from services.desk.desk import Desk

WORLD, BUG = 3, 70  # exit codes of the command line
SMOKE_SIZE = (1920, 1080)
SMOKE_LIMIT = 120_000  # ms until the smoke run gives up waiting for content
BACKUP_LOOK = 5 * 60_000  # ms between looks whether a backup is due
QUIET = 500  # ms without a job: the content is in
IMPORTED = perf_counter()


def since_start() -> float:
    """Milliseconds from the start of the process to perf_counter() zero: add perf_counter() * 1000 to it."""
    try:
        ticks = int(Path("/proc/self/stat").read_text("ascii").rsplit(")", 1)[1].split()[19])
        up = float(Path("/proc/uptime").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return -IMPORTED * 1000
    age = up - ticks / os.sysconf("SC_CLK_TCK")
    return (age - perf_counter()) * 1000


def rss_mb() -> float:
    """Memory of this process in MB."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
    except (OSError, ValueError, IndexError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return round(peak / (1e6 if sys.platform == "darwin" else 1e3), 1)


def code_of(error: Exception) -> int:
    """The exit code for what kept the store from opening."""
    return WORLD if isinstance(error, UserError | OSError) else BUG


def make_application() -> QApplication:
    """The application; high-density screens keep fractional scales."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(["qingyang"])
    QCoreApplication.setApplicationName("qingyang")
    if language() == "zh":
        words = QTranslator(application)
        if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(words)
    return application


class Opening(QObject):
    """Opens the store once the window has painted itself; in a smoke run waits for the content and grabs it."""

    def __init__(self, window: MainWindow, store: str | None, *, sample: bool) -> None:
        super().__init__(window)
        self._window, self._store, self._sample = window, store, sample
        self.first_paint = 0.0
        self.refused: Exception | None = None
        window.newsroom.refused.connect(self._refuse)
        window.painted.connect(self._painted)
        window.newsroom.ready.connect(self._ready)
        self._backups = QTimer(self)
        self._backups.setInterval(BACKUP_LOOK)
        self._backups.timeout.connect(self._back_up)
        self._backups.start()

    def _painted(self, when: float) -> None:
        self.first_paint = since_start() + when * 1000
        self._window.newsroom.open(self._open)

    def _open(self) -> "tuple[Desk, IssueCard | None]":
        from services.desk.desk import open_desk  # SQLAlchemy: on the lane's thread, after the first paint

        desk = open_desk(self._store)
        try:
            desk.store.hold()  # two windows on one file would not see each other's work
            return desk, desk.sample() if self._sample else None
        except BaseException:
            desk.close()
            raise

    def _back_up(self) -> None:
        """A backup by itself where one is due; off the window's thread, and silent unless it fails."""
        desk = self._window.newsroom.desk
        if desk is not None:
            self._window.runner.pure(
                "backup",
                lambda _: desk.store.backup_due() and desk.store.backup_now(),
                done=self._told_of_backup,
            )

    def _told_of_backup(self, made: object) -> None:
        if made:
            self._window.commands.archive.tell_backup()

    def _refuse(self, error: Exception) -> None:
        self.refused = error

    def _ready(self) -> None:
        if self._window.restore_tabs():
            return
        cards = self._window.newsroom.cards
        placed = next((card for card in cards if card.page is not None), None)
        first = placed or next(iter(cards), None)
        if first is not None:
            self._window.open_article(first.id)


class Smoke(QObject):
    def __init__(self, window: MainWindow, opening: Opening, out: Path) -> None:
        super().__init__(window)
        self._window, self._opening, self._out = window, opening, out
        self.code = BUG
        self._until = time.monotonic() + SMOKE_LIMIT / 1000
        self._calm = QTimer(self)
        self._calm.setInterval(QUIET)
        self._calm.timeout.connect(self._look)
        window.newsroom.ready.connect(self._calm.start)
        window.newsroom.refused.connect(self._refuse)
        QTimer.singleShot(SMOKE_LIMIT, self._give_up)

    def _look(self) -> None:
        view = self._window.front.article
        busy = self._window.runner.under_way or (view is not None and not view.session.is_checked)
        if busy and time.monotonic() < self._until:
            return
        self._calm.stop()
        if view is not None and view.findings():
            view.walk(1)
        QTimer.singleShot(200, self._grab)

    def _grab(self) -> None:
        picture = self._window.grab()
        self.code = 0 if picture.save(str(self._out), "PNG") else WORLD
        told = {"first_paint_ms": round(self._opening.first_paint), "rss_mb": rss_mb()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        self._window.close()
        QCoreApplication.exit(self.code)

    def _refuse(self, error: Exception) -> None:
        sys.stderr.write(f"{error}\n")
        self.code = code_of(error)
        QCoreApplication.exit(self.code)

    def _give_up(self) -> None:
        QCoreApplication.exit(self.code)


def window_settings() -> QSettings:
    return QSettings(str(paths.data_folder() / "window.ini"), QSettings.Format.IniFormat)


def make_window(look: Look, settings: QSettings) -> MainWindow:
    window = MainWindow(look, settings)
    crash = CrashHandler(window, window.unsaved)
    crash.install()
    return window


def run_window(store: str | None, sample: bool, smoke: Path | None) -> int:
    """Opens the window and waits for its end; the exit code of the command line."""
    chosen = load_settings()
    if "QINGYANG_LANGUAGE" not in os.environ:
        choose_language(chosen.language)
    application = make_application()
    before = sys.excepthook
    with tempfile.TemporaryDirectory(prefix="qingyang-") as folder:
        if smoke is not None:
            sample = True
            store = store or str(Path(folder) / "smoke.db")
            settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
            scheme = scheme_of(os.environ.get("QINGYANG_THEME", ""))
        else:
            settings = window_settings()
            scheme = scheme_of(settings.value("scheme", chosen.theme))
        window = make_window(Look(application, scheme), settings)
        opening = Opening(window, store, sample=sample)
        watch = Smoke(window, opening, smoke) if smoke is not None else None
        if smoke is not None:
            window.resize(*SMOKE_SIZE)
        window.show()
        Collector(window)
        code = application.exec()
        gc.enable()
        window.newsroom.close()
        sys.excepthook = before
        if watch is not None:
            return watch.code
        return code if opening.refused is None else code_of(opening.refused)
