"""A window on a store of its own, as a person would find it: a paper, an issue, three articles just taken in."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.values.publication import Publication
from services.desk.desk import open_desk
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.widgets.look import Look, Scheme

FERRY = """云帆造船厂首艘电动渡轮交付

本报讯（记者 江照野）近日,云帆造船厂举行首艘电动渡轮交付仪式。厂长沈砚舟出席并讲话。

这艘渡轮可载客二百人，每天往返两岸二十四次。沈砚舟说，今后将继续为职工办实事、解难事。

渡口职工代表参加了交付仪式。
"""
NIGHT = """青橡街道职工书屋开放夜读专场

本报讯（记者 贺兰亭）青橡街道职工书屋日前开放夜读专场，附近职工下班后可以借阅图书。
"""
CHESS = """东澜区职工象棋比赛落幕

本报讯（记者 江照野）东澜区职工象棋比赛日前落幕，近百名职工参加比赛。
"""


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """One for each test: what an earlier window followed does not outlive that window."""
    made = Look(qapp, Scheme.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("store")
    files = []
    for name, words in {"渡轮": FERRY, "夜读": NIGHT, "象棋": CHESS}.items():
        path = folder / f"{name}.txt"
        path.write_text(words, "utf-8")
        files.append(path)
    with open_desk(str(folder / "ready.db")) as desk:
        paper = desk.publications.save(Publication(name="东澜职工报"))
        issue = desk.issues.create(paper, datetime.date(2023, 5, 19), ["要闻", "副刊"], total_number=88)
        desk.intake.take_in(files, issue=issue.id)
    return folder / "ready.db"


@pytest.fixture
def window(qtbot: QtBot, look: Look, ready_store: Path, tmp_path: Path) -> Iterator[MainWindow]:
    store = tmp_path / "desk.db"
    shutil.copy(ready_store, store)
    made = MainWindow(look, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    made.resize(1920, 1080)
    made.show()
    qtbot.waitExposed(made)
    made.newsroom.open(lambda: (open_desk(str(store)), None))
    qtbot.waitUntil(lambda: len(made.newsroom.cards) == 3, timeout=20_000)
    yield made
    qtbot.waitUntil(lambda: not made.runner.under_way, timeout=20_000)
    made.close()
    made.deleteLater()


@pytest.fixture
def ferry(qtbot: QtBot, window: MainWindow) -> ArticleView:
    """The article about the ferry, open and checked."""
    card = next(card for card in window.newsroom.cards if "渡轮" in card.headline)
    window.open_article(card.id)
    qtbot.waitUntil(lambda: window.front.article is not None, timeout=20_000)
    view = window.front.article
    assert view is not None
    qtbot.waitUntil(lambda: view.session.is_checked and bool(view.session.findings), timeout=30_000)
    view.body.setFocus()
    return view
