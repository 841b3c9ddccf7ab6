"""The house's own words in the window: let stand with a reason, look it up, take it back; rules; learning; rates."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.values.house import HouseRule
from services.config.settings import Settings
from ui.proofing.house_view import HouseView
from ui.proofing.reason_dialog import ReasonDialog
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow
from ui.shell.settings_dialog import Chosen, SettingsDialog
from ui.widgets.rows import VALUE, RowList

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def house(qtbot: QtBot, window: MainWindow, page: str) -> HouseView:
    window.commands.house.open(page)
    view = window.centre.view("house")
    assert isinstance(view, HouseView)
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)
    return view


def choose(qtbot: QtBot, rows: RowList, words: str) -> None:
    """Clicks the row with these words."""
    for at in range(rows.rows.rowCount()):
        group = rows.rows.item(at)
        for index in range(group.rowCount()):
            if words in group.child(index).text():
                box = rows.visualRect(group.child(index).index())
                point = QPoint(60, box.center().y())
                qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
                return
    raise AssertionError(words)


def shown(rows: RowList) -> list[str]:
    found = []
    for at in range(rows.rows.rowCount()):
        group = rows.rows.item(at)
        found += [group.child(index).text() for index in range(group.rowCount())]
    return found


def test_let_stand_in_the_whole_paper_with_a_reason_and_taken_back(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    finding = next(one for one in ferry.session.findings if one.text == ",")
    ferry.go_to(finding)
    ferry.waive("house")
    dialog = next(child for child in ferry.findChildren(ReasonDialog))
    qtbot.keyClicks(dialog.reason, "shipyard style")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not [one for one in ferry.session.findings if one.key == finding.key], timeout=20_000)
    view = house(qtbot, window, "lexicon")
    qtbot.waitUntil(lambda: shown(view.lexicon.list) == [","], timeout=20_000)
    choose(qtbot, view.lexicon.list, ",")
    word = view.lexicon.current()
    assert word is not None
    assert word.reason == "shipyard style"
    qtbot.mouseClick(view.lexicon.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(view.lexicon.list) == [], timeout=20_000)
    qtbot.waitUntil(lambda: any(one.key == finding.key for one in ferry.session.findings), timeout=20_000)
    window.stacks.group.undo()  # Ctrl+Z with this tab in front
    qtbot.waitUntil(lambda: shown(view.lexicon.list) == [","], timeout=20_000)


def test_a_reason_not_given_leaves_all_as_it_was(qtbot: QtBot, ferry: ArticleView) -> None:
    finding = next(one for one in ferry.session.findings if one.text == ",")
    ferry.go_to(finding)
    ferry.waive("house")
    dialog = next(child for child in ferry.findChildren(ReasonDialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert finding in ferry.session.findings


def test_words_are_added_searched_and_taken_back_by_key(qtbot: QtBot, window: MainWindow) -> None:
    view = house(qtbot, window, "lexicon").lexicon
    for words in ("渡江号", "云帆号"):
        view.word.setText(words)
        qtbot.keyClick(view.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shown(view.list)) == 2, timeout=20_000)
    view.search.setText("云帆")
    qtbot.waitUntil(lambda: shown(view.list) == ["云帆号"], timeout=20_000)
    choose(qtbot, view.list, "云帆号")
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    view.search.clear()
    qtbot.waitUntil(lambda: shown(view.list) == ["渡江号"], timeout=20_000)


def test_a_rule_is_written_told_in_the_open_article_and_refused(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    view = house(qtbot, window, "list").list
    view.wrong.setText("渡轮")
    view.fix.setText("渡轮")
    qtbot.mouseClick(view.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "渡轮" in view._wrong_words.text(), timeout=20_000)
    view.fix.setText("轮渡")
    qtbot.keyClick(view.fix, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(view.list) == ["渡轮 轮渡"], timeout=20_000)
    qtbot.waitUntil(lambda: any(one.text == "渡轮" for one in ferry.session.findings), timeout=20_000)
    choose(qtbot, view.list, "渡轮")
    qtbot.mouseClick(view.refuse, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not any(one.text == "渡轮" for one in ferry.session.findings), timeout=20_000)
    window.stacks.group.undo()
    qtbot.waitUntil(lambda: any(one.text == "渡轮" for one in ferry.session.findings), timeout=20_000)


def test_a_proposal_is_approved_with_enter(qtbot: QtBot, window: MainWindow) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    desk.proofing.house.put(HouseRule(wrong="夜读专厂", fix="夜读专场", state="proposed", seen=4))
    view = house(qtbot, window, "list").list
    qtbot.waitUntil(lambda: bool(shown(view.list)), timeout=20_000)
    choose(qtbot, view.list, "夜读专厂")
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.proofing.house.all()[0].state == "approved", timeout=20_000)


def test_learning_from_a_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "往期"
    folder.mkdir()
    for number in range(30):
        words = f"第{number}期：槐树湾社区职工书屋开放，附近职工下班后可以借阅图书。\n"
        (folder / f"{number}.txt").write_text(words * 4, "utf-8")
    view = house(qtbot, window, "learning").learning
    view.learn(str(folder))
    assert view.stop.isVisible()
    qtbot.waitUntil(lambda: view.use.isVisible() and not view.stop.isVisible(), timeout=60_000)
    qtbot.mouseClick(view.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.forget.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: bool(window.notices.shown), timeout=20_000)
    undo = window.notices.shown[-1].findChildren(QPushButton)[0]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.use.isVisible() and not view.forget.isVisible(), timeout=20_000)
    qtbot.mouseClick(view.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.forget.isVisible(), timeout=20_000)
    qtbot.mouseClick(view.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.forget.isVisible(), timeout=20_000)


def test_rates_of_the_issue_and_its_pages(qtbot: QtBot, window: MainWindow) -> None:
    view = house(qtbot, window, "rate").rate
    qtbot.waitUntil(lambda: view.list.rows.rowCount() == 3, timeout=20_000)  # the issue and two pages
    assert not view.chart.isVisible()
    qtbot.mouseClick(view.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.chart.isVisible, timeout=20_000)
    assert view.list.rows.item(0).data(VALUE).rate.characters > 0
    assert "1" in view.chart.accessibleDescription()


def test_an_edit_is_told_before_the_whole_check(
    qtbot: QtBot, ferry: ArticleView, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ferry.session
    monkeypatch.setattr("ui.proofing.session.CHECK_AFTER", 60_000)  # the whole check does not come
    ferry.body.put_caret(0)
    qtbot.keyClicks(ferry.body, ",,")
    qtbot.keyClick(ferry.body, Qt.Key.Key_Z)
    before = len(session.findings)
    ferry.flush()
    qtbot.waitUntil(lambda: len(session.findings) != before or any(one.start < 3 for one in session.findings))


def test_a_model_of_ones_own_is_off_until_ticked_and_off_again_when_another_is_named(
    qtbot: QtBot, window: MainWindow
) -> None:
    told: list[Chosen] = []
    dialog = SettingsDialog(window, window.look, Settings(editor="程校对"), 1.0, (), "")
    dialog.chosen.connect(told.append)
    dialog.show()
    assert not dialog.model_on.isEnabled()
    qtbot.keyClicks(dialog.model, "http://10.0.0.5/")
    assert not dialog.model_on.isChecked()
    assert "10.0.0.5" in dialog._model_words.text()  # what leaves the machine, and to where
    dialog.model_on.click()
    qtbot.keyClicks(dialog.model, "x")
    assert not dialog.model_on.isChecked()
    dialog.model_on.click()
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert told[0].settings.model == told[0].settings.model_agreed == "http://10.0.0.5/x"
    again = SettingsDialog(window, window.look, told[0].settings, 1.0, (), "")
    again.model_on.setChecked(False)
    again.chosen.connect(told.append)
    again.show()
    qtbot.mouseClick(again.keep, Qt.MouseButton.LeftButton)
    assert told[1].settings.model_agreed == ""


def test_a_model_that_does_not_answer_is_told_once(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    desk = window.newsroom.desk
    assert desk is not None
    desk.proofing.use_model("http://127.0.0.1:9/", "http://127.0.0.1:9/")
    ferry.body.put_caret(0)
    qtbot.keyClicks(ferry.body, "z")
    ferry.flush()
    ferry.session.check()
    qtbot.waitUntil(lambda: not window.runner.under_way, timeout=20_000)
    doubted = [one for one in ferry.session.findings if one.rule == "characters.wrong" and one.suggestions]
    told = [notice.words for notice in window.notices.shown if "127.0.0.1:9" in notice.words]
    assert len(told) == (1 if doubted else 0)
