"""Whatever is typed and done in whatever order: window, session and store agree, and all of it can be taken back."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.values.article_text import ArticleText
from ui.actions.ids import ActionId as A
from ui.proofing.session import Saved
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow

# the window system without a screen says so when a window asks for a size or for the front
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

STEPS = 80
COMMANDS = (A.UNDO, A.REDO, A.NEXT_FINDING, A.ACCEPT, A.WAIVE, A.JOIN, A.SPLIT, A.TAG, A.TAG_ALL, A.UNTAG,
            A.PART_CROSSHEAD, A.PART_BODY, A.PART_DECK, A.PART_KICKER, A.FIX_CERTAIN, A.SAVE)  # fmt: skip
KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_X, Qt.Key.Key_Left)
WORDS = ("职工", "，", "𠮷", "A", "2023", "的的")


def written(words: ArticleText) -> tuple[object, ...]:
    """What a person wrote, without what is read out of it."""
    return words.kicker, words.headline, words.deck, words.dateline, words.body, words.signature


def act(qtbot: QtBot, window: MainWindow, view: ArticleView, dice: random.Random) -> None:
    """One thing that an editor may do."""
    edit = dice.choice([view.body, view.body, view.body, *view.editors()])
    chance = dice.random()
    if chance < 0.35:
        start = dice.randint(0, len(edit.plain()))
        edit.setFocus()
        view.last = edit
        edit.put_caret(start, min(len(edit.plain()), start + dice.choice((0, 0, 2, 5))))
    elif chance < 0.5:
        chosen = QInputMethodEvent()
        chosen.setCommitString(dice.choice(WORDS))
        QApplication.sendEvent(view.last, chosen)
    elif chance < 0.65:
        qtbot.keyClick(view.last, dice.choice(KEYS))
    else:
        window.actions_[dice.choice(COMMANDS)].trigger()
        agree(view)


def agree(view: ArticleView) -> None:
    view.flush()
    assert view.text() == view.session.sheet.text
    flat = view.session.sheet.text.flat().text
    assert [m.text for m in view.session.sheet.mentions if flat[m.start : m.end] != m.text] == []
    assert [f.text for f in view.session.findings if flat[f.start : f.end] != f.text] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everything_agrees_and_is_taken_back(qtbot: QtBot, window: MainWindow, ferry: ArticleView, seed: int) -> None:
    dice = random.Random(seed)
    first = ferry.session.sheet
    for step in range(STEPS):
        act(qtbot, window, ferry, dice)
        if step % 20 == 19:
            qtbot.wait(30)
    agree(ferry)
    stack = ferry.session.stack
    while stack.canUndo():
        stack.undo()
    assert (ferry.session.sheet.text, ferry.session.sheet.mentions) == (first.text, first.mentions)
    assert ferry.text() == first.text
    while stack.canRedo():
        stack.redo()
    qtbot.waitUntil(lambda: ferry.session.saved is Saved.SAVED, timeout=20_000)
    desk = window.newsroom.desk
    assert desk is not None
    kept = desk.articles.open(first.id)
    assert kept.mentions == ferry.session.sheet.mentions
    assert written(kept.text) == written(ferry.session.sheet.text)
