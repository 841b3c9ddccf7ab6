"""An editor at the keyboard: types, walks the findings, accepts, tags, takes it all back, in one order."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.values.article_text import Part
from models.values.finding import Tier
from models.values.mention import EntityKind
from ui.proofing.compare import CompareView
from ui.proofing.find_bar import FindBar
from ui.proofing.revisions import Kind
from ui.proofing.session import Saved
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow

# the window system without a screen says so when a window asks for a size or for the front
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Ctrl, Alt, Shift = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, held)


def compose(view: ArticleView, words: str, *, commit: bool) -> None:
    """What an input method sends: words under composition, or words chosen."""
    event = QInputMethodEvent("" if commit else words, [])
    if commit:
        event.setCommitString(words)
    QApplication.sendEvent(view.body, event)


def body(view: ArticleView) -> list[str]:
    return [paragraph.text for paragraph in view.session.sheet.text.body]


def settled(qtbot: QtBot, view: ArticleView) -> None:
    qtbot.waitUntil(lambda: view.session.saved is Saved.SAVED, timeout=10_000)


def test_typing_is_stored_by_itself_and_taken_back(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    before = body(ferry)
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    qtbot.keyClicks(ferry.body, "ABC")
    compose(ferry, "全文完", commit=True)
    assert ferry.session.saved is Saved.TYPING
    settled(qtbot, ferry)
    assert body(ferry)[-1] == before[-1] + "ABC全文完"
    desk = window.newsroom.desk
    assert desk is not None
    assert desk.articles.open(ferry.session.sheet.id).text.body[-1].text.endswith("ABC全文完")
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    settled(qtbot, ferry)
    assert body(ferry) == before
    assert ferry.body.plain() == "\n".join(before)
    assert desk.articles.open(ferry.session.sheet.id).text.body[-1].text == before[-1]


def test_composition_is_no_text_until_it_is_chosen(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    before = ferry.body.plain()
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    compose(ferry, "zhi", commit=False)
    assert ferry.body.plain() == before
    assert ferry.session.saved is Saved.SAVED
    compose(ferry, "职工", commit=True)
    assert ferry.body.plain() == before + "职工"
    settled(qtbot, ferry)


def test_walk_accept_and_undo(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    first = body(ferry)[0]
    assert "近日," in first
    press(qtbot, window, Qt.Key.Key_Home, Ctrl)
    for _ in range(len(ferry.findings())):
        press(qtbot, window, Qt.Key.Key_F8)
        if ferry.current is not None and ferry.current.text == ",":
            break
    assert ferry.card.isVisible()
    press(qtbot, window, Qt.Key.Key_Return, Alt)
    assert body(ferry)[0] == first.replace(",", "，", 1)
    assert ferry.body.plain().split("\n")[0] == body(ferry)[0]
    settled(qtbot, ferry)
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    assert body(ferry)[0] == first
    press(qtbot, window, Qt.Key.Key_Y, Ctrl)
    assert body(ferry)[0] == first.replace(",", "，", 1)


def test_typing_fix_and_tag_share_one_order(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    start = ferry.session.sheet
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    qtbot.keyClicks(ferry.body, "X")
    press(qtbot, window, Qt.Key.Key_Return, Ctrl | Alt)  # 采纳全部必改: the burst comes first, then the fixes
    fixed = ferry.session.sheet.text
    assert fixed.body[-1].text.endswith("X")
    assert "近日，" in fixed.body[0].text
    flat = fixed.flat().text
    at = flat.index("沈砚舟")
    ferry.reveal(at, at + 3)
    press(qtbot, window, Qt.Key.Key_E, Ctrl | Shift)
    mentions = ferry.session.sheet.mentions
    assert [m.text for m in mentions].count("沈砚舟") == 2
    assert all(m.kind is EntityKind.PERSON and m.by_hand for m in mentions)
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    assert (ferry.session.sheet.mentions, ferry.session.sheet.text) == (start.mentions, fixed)
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    assert "近日," in ferry.session.sheet.text.body[0].text
    assert ferry.session.sheet.text.body[-1].text.endswith("X")
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    assert ferry.session.sheet.text == start.text
    settled(qtbot, ferry)
    assert ferry.text() == start.text


def test_waive_takes_the_finding_away_and_undo_brings_it_back(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    press(qtbot, window, Qt.Key.Key_F8)
    waived = ferry.current
    assert waived is not None
    press(qtbot, window, Qt.Key.Key_Delete, Alt)
    assert waived not in ferry.session.findings
    assert [waiver.key for waiver in ferry.session.sheet.waivers] == [waived.key]
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    qtbot.waitUntil(lambda: any(f.key == waived.key for f in ferry.session.findings), timeout=10_000)


def test_parts_join_and_split(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    before = body(ferry)
    press(qtbot, window, Qt.Key.Key_Home, Ctrl)
    press(qtbot, window, Qt.Key.Key_J, Ctrl)
    assert body(ferry)[0] == before[0] + before[1]
    assert ferry.body.paragraph_at_caret() == (0, len(before[0]))
    press(qtbot, window, Qt.Key.Key_J, Ctrl | Shift)
    assert body(ferry) == before
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    press(qtbot, window, Qt.Key.Key_5, Ctrl)
    assert ferry.session.sheet.text.body[-1].part is Part.CROSSHEAD
    assert ferry.body.part_of(ferry.body.document().lastBlock()) is Part.CROSSHEAD
    press(qtbot, window, Qt.Key.Key_3, Ctrl)
    assert ferry.session.sheet.text.deck == before[-1]
    assert ferry.fields.edits[Part.DECK].plain() == before[-1]
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    assert body(ferry) == before
    assert ferry.session.sheet.text.deck == ""


def test_headline_is_edited_in_its_field(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    field = ferry.fields.edits[Part.HEADLINE]
    qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_End)
    qtbot.keyClicks(field, "2")
    qtbot.keyClick(field, Qt.Key.Key_Return)  # goes on to the next field; the burst is put in order
    assert ferry.session.sheet.text.headline == "云帆造船厂首艘电动渡轮交付2"
    assert ferry.fields.edits[Part.DECK].hasFocus()


def test_enter_after_a_crosshead_gives_a_paragraph(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    press(qtbot, window, Qt.Key.Key_5, Ctrl)
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.keyClicks(ferry.body, "end")
    ferry.flush()
    assert [paragraph.part for paragraph in ferry.session.sheet.text.body[-2:]] == [Part.CROSSHEAD, Part.BODY]


def test_characters_beyond_the_bmp_keep_every_span_right(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    press(qtbot, window, Qt.Key.Key_Home, Ctrl)
    compose(ferry, "𠮷𠮷", commit=True)
    ferry.flush()
    qtbot.waitUntil(lambda: any(f.text == "," for f in ferry.session.findings), timeout=10_000)
    comma = next(f for f in ferry.session.findings if f.text == ",")
    ferry.go_to(comma)
    assert ferry.current is not None
    assert ferry.current.text == ","
    press(qtbot, window, Qt.Key.Key_Return, Alt)
    assert "𠮷𠮷近日，云帆" in ferry.body.plain()
    cursor = QTextCursor(ferry.body.document())
    cursor.setPosition(4)
    assert cursor.block().text().startswith("𠮷𠮷近日，")


def test_hints_are_hidden_until_asked_for(window: MainWindow, ferry: ArticleView) -> None:
    assert Tier.HINT not in ferry.body.tiers
    window.actions_["show_hints"].trigger()  # type: ignore[index]
    assert Tier.HINT in ferry.body.tiers
    window.actions_["show_hints"].trigger()  # type: ignore[index]


def test_what_was_let_stand_can_be_taken_back_from_the_list(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    press(qtbot, window, Qt.Key.Key_F8)
    waived = ferry.current
    assert waived is not None
    press(qtbot, window, Qt.Key.Key_Delete, Alt)
    qtbot.waitUntil(lambda: bool(ferry.session.waived), timeout=10_000)
    rows = window.dock.findings.list
    qtbot.waitUntil(
        lambda: "已放行" in [rows.rows.item(at).text() for at in range(rows.rows.rowCount())], timeout=5_000
    )
    group = rows.rows.item(rows.rows.rowCount() - 1)
    rows.expand(group.index())
    rows.setCurrentIndex(group.child(0).index())
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert ferry.session.sheet.waivers == ()
    qtbot.waitUntil(lambda: any(f.key == waived.key for f in ferry.session.findings), timeout=10_000)


def test_the_manuscript_is_compared_with_what_became_of_it(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView
) -> None:
    press(qtbot, window, Qt.Key.Key_End, Ctrl)
    compose(ferry, "增补。", commit=True)
    press(qtbot, window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: isinstance(window.centre.front, CompareView), timeout=10_000)
    view = window.centre.front
    assert isinstance(view, CompareView)
    assert [piece.text for piece in view.pieces if piece.kind is not Kind.SAME] == ["增补。"]
    press(qtbot, window, Qt.Key.Key_W, Ctrl)
    assert window.front.article is ferry


def test_replace_all_is_one_step(qtbot: QtBot, window: MainWindow, ferry: ArticleView) -> None:
    before = ferry.session.sheet.text
    press(qtbot, window, Qt.Key.Key_H, Ctrl)
    bar = ferry.findChild(FindBar)
    assert bar is not None
    bar.wanted.setText("渡轮")
    qtbot.keyClick(bar.wanted, Qt.Key.Key_Return)
    assert ferry.session.sheet.text.flat().text[slice(*ferry.selection())] == "渡轮"
    bar.by.setText("渡船")
    every = next(one for one in bar.findChildren(QPushButton) if one.text() == "全部替换")
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    assert "渡轮" not in ferry.session.sheet.text.flat().text
    assert ferry.text().headline == "云帆造船厂首艘电动渡船交付"
    qtbot.keyClick(bar.by, Qt.Key.Key_Escape)
    press(qtbot, window, Qt.Key.Key_Z, Ctrl)
    assert ferry.session.sheet.text == before
