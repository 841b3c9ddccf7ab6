"""An editor sends the issue out: chooses, is asked before a file is replaced, sees what came of it; a proof sheet."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ui.export.dialog import ExportDialog
from ui.export.result import ResultDialog
from ui.proofing.view import ArticleView
from ui.shell.main_window import MainWindow

sys.path.insert(0, str(Path(__file__).parents[1] / "services" / "export"))
from profile_samples import made_profile

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Keys = Qt.KeyboardModifier
Left = Qt.MouseButton.LeftButton


def asked(qtbot: QtBot, window: MainWindow) -> ExportDialog:
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and QApplication.activeModalWidget() is None, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_P, Keys.ControlModifier | Keys.ShiftModifier)
    dialog = window.findChildren(ExportDialog)[-1]
    assert dialog.isVisible()
    return dialog


def test_the_issue_is_written_and_the_folder_remembered(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    out = tmp_path / "成品"
    dialog = asked(qtbot, window)
    dialog.folder.setText(str(out))
    qtbot.mouseClick(dialog.presets["proof"], Left)
    qtbot.mouseClick(dialog.write, Left)
    qtbot.waitUntil(lambda: bool(window.findChildren(ResultDialog)), timeout=60_000)
    (result,) = window.findChildren(ResultDialog)
    assert (out / "issue.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "issue.docx").exists()
    assert result.files.count() == 2
    assert result.notes.count() >= 1
    result.accept()
    again = asked(qtbot, window)
    assert again.folder.text() == str(out)
    assert again.presets["proof"].isChecked()
    again.reject()


def test_a_file_is_not_replaced_without_asking(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "issue.docx").write_text("from last week")
    dialog = asked(qtbot, window)
    dialog.folder.setText(str(tmp_path))
    dialog.pdf.setChecked(False)
    qtbot.mouseClick(dialog.write, Left)
    box = dialog.findChild(QMessageBox)
    assert box is not None
    assert "issue.docx" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (tmp_path / "issue.docx").read_text() == "from last week"
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.write, Left)
    box = dialog.findChildren(QMessageBox)[-1]
    replace = next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole)
    qtbot.mouseClick(replace, Left)
    qtbot.waitUntil(lambda: bool(window.findChildren(ResultDialog)), timeout=60_000)
    assert (tmp_path / "issue.docx").read_bytes().startswith(b"PK")
    assert not (tmp_path / "issue.pdf").exists()
    window.findChildren(ResultDialog)[0].accept()


def test_what_cannot_be_written_is_said_at_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = asked(qtbot, window)
    dialog.folder.setText(str(tmp_path))
    dialog.pdf.setChecked(False)
    dialog.docx.setChecked(False)
    assert not dialog.write.isEnabled()
    dialog.docx.setChecked(True)
    assert dialog.write.isEnabled()
    dialog.folder.setText("")
    assert not dialog.write.isEnabled()
    blocked = tmp_path / "file"
    blocked.write_text("")
    dialog.folder.setText(str(blocked / "below"))  # can only be found out by trying
    qtbot.mouseClick(dialog.write, Left)
    qtbot.waitUntil(lambda: any(one.fault for one in window.notices.shown), timeout=30_000)


def test_ctrl_p_proofs_the_page_of_the_article_in_front(
    qtbot: QtBot, window: MainWindow, ferry: ArticleView, tmp_path: Path
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, Keys.ControlModifier)
    assert window.findChild(QFileDialog) is None  # it stands on no page
    assert window.notices.shown
    assert window.newsroom.desk is not None
    page = window.newsroom.desk.issues.find("latest").pages[0]
    window.pages.open(page.id)
    qtbot.waitUntil(lambda: window.centre.front_key == f"page {page.id}", timeout=20_000)
    qtbot.keyClick(window, Qt.Key.Key_P, Keys.ControlModifier)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert "01版" in dialog.selectedFiles()[0]
    out = tmp_path / "打样.pdf"
    dialog.fileSelected.emit(str(out))
    dialog.close()
    qtbot.waitUntil(out.exists, timeout=60_000)
    qtbot.waitUntil(lambda: any("打样.pdf" in one.words for one in window.notices.shown), timeout=10_000)
    assert out.read_bytes().startswith(b"%PDF")


def test_the_profile_of_the_print_house_is_picked_checked_and_remembered(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    out = tmp_path / "成品"
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: "正在看" not in dialog.before.item(0).text(), timeout=30_000)
    assert "空" in dialog.before.item(0).text()  # nothing is on the pages yet
    dialog.docx.setChecked(False)
    dialog.folder.setText(str(out))
    (tmp_path / "wrong.icc").write_bytes(b"no profile")
    chosen(qtbot, dialog, tmp_path / "wrong.icc")
    qtbot.waitUntil(lambda: "wrong.icc" in dialog.press.wrong.text(), timeout=10_000)
    assert dialog.press.wrong.isVisible()
    (tmp_path / "press.icc").write_bytes(made_profile(title=b"Press"))
    chosen(qtbot, dialog, tmp_path / "press.icc")
    qtbot.waitUntil(lambda: dialog.press.profile.text() == "Press", timeout=10_000)
    assert not dialog.press.wrong.isVisible()
    qtbot.keyClicks(dialog.press.spot, "PANTONE 185")
    qtbot.mouseClick(dialog.write, Left)
    qtbot.waitUntil(lambda: bool(window.findChildren(ResultDialog)), timeout=60_000)
    (result,) = window.findChildren(ResultDialog)
    assert "可以付印" in result.verdict.text()
    assert b"PDF/X-4" in (out / "issue.pdf").read_bytes()
    result.accept()
    again = asked(qtbot, window)
    qtbot.waitUntil(lambda: again.press.profile.text() == "Press", timeout=10_000)
    assert again.press.spot.text() == "PANTONE 185"
    again.reject()
    assert window.newsroom.desk is not None
    kept = window.newsroom.desk.issues.find("latest").publication.press
    assert (kept.spot, bool(kept.profile)) == ("PANTONE 185", True)


def chosen(qtbot: QtBot, dialog: ExportDialog, path: Path) -> None:
    qtbot.mouseClick(dialog.press.pick, Left)
    asking = dialog.press.findChildren(QFileDialog)[-1]
    asking.fileSelected.emit(str(path))
    asking.close()


def test_an_editor_keeps_an_archive_with_the_table_of_names(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = asked(qtbot, window)
    dialog.folder.setText(str(tmp_path))
    dialog.pdf.setChecked(False)
    assert not dialog.press.isEnabled()
    assert not dialog.index.isChecked()  # the press copy has its index only when asked for
    qtbot.mouseClick(dialog.words["archive"], Left)
    assert dialog.index.isChecked()
    dialog.names.setChecked(True)
    qtbot.mouseClick(dialog.write, Left)
    qtbot.waitUntil(lambda: bool(window.findChildren(ResultDialog)), timeout=60_000)
    (result,) = window.findChildren(ResultDialog)
    assert (tmp_path / "names.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "issue.docx").exists()
    assert not result.verdict.text()
    result.accept()
    again = asked(qtbot, window)
    assert again.words["archive"].isChecked()
    again.reject()
