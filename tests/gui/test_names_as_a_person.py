"""An editor compares the names of the issue: F6, the table by keys, Enter to the mention, the card, a confirmation."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.values.mention import EntityKind
from services.desk.names import names_of_issue
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.tagging.names_view import NamesView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Left = Qt.MouseButton.LeftButton


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=30_000)


@pytest.fixture
def names(qtbot: QtBot, window: MainWindow) -> NamesView:
    """The table of names, opened by F6 once the articles are tagged."""
    desk = window.newsroom.desk
    assert desk is not None
    desk.tagging.tag_many([card.id for card in window.newsroom.cards])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, NamesView), timeout=20_000)
    view = window.centre.front
    assert isinstance(view, NamesView)
    qtbot.waitUntil(lambda: bool(view.matrix.cells.rows), timeout=20_000)
    calm(qtbot, window)
    return view


def test_the_table_counts_what_the_articles_say(window: MainWindow, names: NamesView) -> None:
    rows = {row.name: row for row in names.matrix.cells.rows}
    assert "沈砚舟" in rows
    assert len(rows["沈砚舟"].places) == 2
    reporter = rows["江照野"]
    assert len({place.article for place in reporter.places}) == 2
    at = names.matrix.cells.rows.index(reporter)
    shown = [names.matrix.cells.index(at, column).data() for column in range(names.matrix.cells.columnCount())]
    assert [words for words in shown if words] == ["1", "1"]


def test_enter_opens_the_article_at_the_name(qtbot: QtBot, window: MainWindow, names: NamesView) -> None:
    names.go_to("沈砚舟")
    assert names.card._name.text() == "沈砚舟"
    names.matrix.setFocus()
    qtbot.keyClick(names.matrix, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.front.article is not None, timeout=20_000)
    view = window.front.article
    assert view is not None
    assert "渡轮" in view.session.sheet.text.headline
    start, end = view.selection()
    assert view.session.sheet.text.flat().text[start:end] == "沈砚舟"


def test_arrows_turn_the_card_and_chips_filter(qtbot: QtBot, window: MainWindow, names: NamesView) -> None:
    names.matrix.setFocus()
    first = names.matrix.row_here()
    qtbot.keyClick(names.matrix, Qt.Key.Key_Down)
    second = names.matrix.row_here()
    assert first is not None
    assert second is not None
    assert names.card._name.text() == second.name != first.name
    chip = names.chips._chips[EntityKind.PERSON.value]
    qtbot.mouseClick(chip, Left)
    assert {row.kind for row in names.matrix.cells.rows} == {EntityKind.PERSON}
    calm(qtbot, window)


def test_a_record_met_by_tagging_is_confirmed(qtbot: QtBot, window: MainWindow, names: NamesView) -> None:
    names.go_to("沈砚舟")
    calm(qtbot, window)
    assert names.card.confirm.isVisible()
    qtbot.mouseClick(names.card.confirm, Left)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: not names.card.confirm.isVisible(), timeout=10_000)
    desk, issue = window.newsroom.desk, window.newsroom.issue
    assert desk is not None
    assert issue is not None
    found = next(row for row in names_of_issue(desk, issue.id).rows if row.name == "沈砚舟")
    assert found.confirmed
    assert names.card._name.text() == "沈砚舟"  # the cursor stays where it was


def test_the_caret_on_a_name_leads_to_its_card(
    qtbot: QtBot, window: MainWindow, names: NamesView, ferry: ArticleView
) -> None:
    mention = next(one for one in ferry.session.sheet.mentions if one.name == "沈砚舟")
    ferry.reveal(mention.start, mention.start)
    ferry.body.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(ferry.body, Qt.Key.Key_I, keys)
    assert window.centre.front is names
    assert names.card._name.text() == "沈砚舟"
    calm(qtbot, window)
