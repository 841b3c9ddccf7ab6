"""The store as a whole: the tab that searches it, the dialog of its backups, the date of the last in the status bar."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from models.values.cards import IssueCard, SearchHit
from services.config.errors import UserError
from services.config.messages import text
from ui.shell.backups_dialog import Backups, BackupsDialog, moment_words
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.shell.search_view import SearchView

if TYPE_CHECKING:
    from services.desk.desk import Desk

KEY = "search"
TRIES = 8  # of about a second each, while a job still reads the store that is to be put aside


class Archive(QObject):
    def __init__(self, window: Frame, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._faults = window, faults
        window.newsroom.ready.connect(self.tell_backup)

    # --- search

    def search(self) -> None:
        """Ctrl+Shift+F: the tab, its line ready to be typed into."""
        window, desk = self._window, self._window.newsroom.desk
        if desk is None:
            return
        window.newsroom.flush_all()
        view = window.centre.view(KEY)
        if view is None:
            made = SearchView(window.look, window.runner, desk)
            made.opened.connect(self._open)
            made.failed.connect(self._faults.tell)
            window.centre.add(KEY, made, text("archive.search.name"), "search")
            view = made
        window.centre.turn_to(KEY)
        if isinstance(view, SearchView):
            view.query.setFocus()
            view.query.selectAll()

    def _open(self, hit: SearchHit) -> None:
        self._window.open_article(hit.article, lambda view: view.reveal(hit.start, hit.end) if hit.end else None)

    # --- backups

    def tell_backup(self) -> None:
        """Reads the date of the last good backup anew, for the status bar."""
        desk = self._window.newsroom.desk
        if desk is not None:
            self._window.runner.pure(
                "backup",
                lambda _: desk.store.last_backup(),
                done=self._window.status.put_backup,
                supersede="last backup",
            )

    def backups(self) -> BackupsDialog | None:
        window, desk = self._window, self._window.newsroom.desk
        if desk is None:
            return None
        self._save()
        dialog = BackupsDialog(window, window.look)
        dialog.now_asked.connect(lambda: self._make(dialog, lambda: desk.store.backup_now()))
        dialog.copy_asked.connect(lambda: self._ask_copy(dialog, desk))
        dialog.restore_asked.connect(lambda path: self._ask_restore(dialog, Path(path)))
        dialog.file_asked.connect(lambda: self._ask_file(dialog))
        self._read(dialog, desk)
        dialog.open()
        return dialog

    def _read(self, dialog: BackupsDialog, desk: "Desk") -> None:
        def work(_: object) -> Backups:
            found = []
            for when, path in desk.store.backups():
                found.append((when, path, path.stat().st_size))
            return Backups(server=desk.store.path is None, last=desk.store.last_backup(), made=tuple(found))

        self._window.runner.pure("backups", work, done=dialog.put, failed=self._faults.tell, supersede="backups")

    def _make(self, dialog: BackupsDialog, make: Callable[[], Path]) -> None:
        desk = self._window.newsroom.desk
        if desk is None:
            return
        dialog.put_busy(True)

        def done(path: Path) -> None:
            dialog.put_busy(False)
            self._window.notices.tell(text("archive.backup.made", file=path.name))
            self._read(dialog, desk)
            self.tell_backup()

        def failed(error: Exception) -> None:
            dialog.put_busy(False)
            self._faults.tell(error)

        # beside the writing lane, not in it: nobody's save waits for the copy
        self._window.runner.pure(text("window.job.backup"), lambda _: make(), done=done, failed=failed, quiet=False)

    def _ask_copy(self, dialog: BackupsDialog, desk: "Desk") -> None:
        chosen = QFileDialog(dialog, text("archive.backup.save_as"))
        chosen.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chosen.setDefaultSuffix("db")
        chosen.selectFile("qingyang-backup.db")
        # the system asks before a file is replaced; only an older backup ever is
        chosen.fileSelected.connect(
            lambda name: self._make(dialog, lambda: desk.store.backup(Path(name), overwrite=True))
        )
        chosen.open()

    def _ask_file(self, dialog: BackupsDialog) -> None:
        chosen = QFileDialog(dialog, text("archive.backup.restore_file"))
        chosen.setFileMode(QFileDialog.FileMode.ExistingFile)
        chosen.fileSelected.connect(lambda name: self._ask_restore(dialog, Path(name)))
        chosen.open()

    def _ask_restore(self, dialog: BackupsDialog, copy: Path) -> None:
        when = next((moment_words(when) for when, path, _ in dialog.shown.made if path == copy), copy.name)
        box = QMessageBox(dialog)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(text("archive.backup.title"))
        box.setText(text("archive.backup.ask", when=when))
        box.setInformativeText(text("archive.backup.ask_line"))
        go = box.addButton(text("archive.backup.go"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(text("window.cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(go)
        box.buttonClicked.connect(lambda pressed: self._restore(dialog, copy, when) if pressed is go else None)
        box.open()

    def _restore(self, dialog: BackupsDialog, copy: Path, when: str) -> None:
        """Once all is saved: closes what is open, puts the copy in place in the writing lane, opens the store again."""
        dialog.accept()
        self._save()
        window = self._window
        window.runner.write(
            text("window.job.save"), lambda _: None, done=lambda _: self._put_back(copy, when), quiet=True
        )

    def _put_back(self, copy: Path, when: str) -> None:
        window, desk = self._window, self._window.newsroom.desk
        for key in window.centre.keys:
            window.close_tab(key)
        if desk is None or desk.store.path is None or window.centre.keys:  # what was not saved stays open
            return
        place = desk.store.path
        window.newsroom.closing.emit()  # who listens to the store lets go of it
        window.newsroom.desk = None
        outcome: list[Path | UserError | None] = []

        def opener() -> "tuple[Desk, IssueCard | None]":
            from services.desk.desk import open_desk

            try:
                outcome.append(_restored(desk, copy, place))
            except UserError as error:  # nothing was changed: the store of before is opened again
                outcome.append(error)
            opened = open_desk(str(place))
            opened.store.hold()
            return opened, None

        def told() -> None:
            window.newsroom.ready.disconnect(told)
            aside = outcome[0]
            if isinstance(aside, UserError):
                self._faults.tell(aside)
            else:
                name = "" if aside is None else aside.name
                window.notices.tell(text("archive.backup.restored", when=when, file=name))

        window.newsroom.ready.connect(told)
        window.newsroom.open(opener)

    def _save(self) -> None:
        for session in self._window.newsroom.sessions.values():
            session.save()


def _restored(desk: "Desk", copy: Path, place: Path) -> Path | None:
    """Puts the copy in place; a job that still reads the store gets a moment to end, and what it opened is closed."""
    for left in range(TRIES, -1, -1):
        desk.close()
        try:
            return desk.restore(copy, str(place))
        except UserError as error:
            if error.key != "store.locked" or not left:
                raise
    raise AssertionError("the last try gives or raises")
