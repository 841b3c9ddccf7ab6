"""Export and proof sheets: asks, writes in a job with progress and cancel, shows what came of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from models.values.cards import IssueCard
from models.values.ids import PageId
from models.values.press import PressSettings
from services.config.errors import UserError
from services.config.messages import text
from services.jobs.job import JobContext
from ui.export.dialog import FOLDER, PRESET, ExportDialog, Order
from ui.export.result import ResultDialog, show_file
from ui.proofing.view import ArticleView
from ui.shell.faults import Faults
from ui.shell.frame import Frame

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.export import Exported


class Output(QObject):
    def __init__(self, window: Frame, settings: QSettings, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._settings, self._faults = window, settings, faults
        self._press: dict[str, PressSettings] = {}  # by publication, as last sent

    def ask(self) -> ExportDialog | None:
        """Ctrl+Shift+P: the dialog; writing starts when it is sent."""
        window = self._window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return None
        preset = str(self._settings.value(PRESET, desk.settings.preset))
        press = self._press.get(issue.publication.name)  # newer than the issue that the window holds
        dialog = ExportDialog(window, window.look, self._settings, issue, preset, press)
        dialog.ordered.connect(lambda order: self._write(desk, issue, order))
        dialog.press.picked.connect(lambda path: self._keep_profile(desk, dialog, path))
        dialog.open()
        self._after_saving(lambda: self._look_before(desk, issue, dialog))
        return dialog

    def _look_before(self, desk: "Desk", issue: IssueCard, dialog: ExportDialog) -> None:
        """What is wrong with the pages, told in the dialog while the editor chooses."""

        def told(found: tuple[tuple[str, ...], dict[str, str]]) -> None:
            if isValid(dialog):
                dialog.tell_before(found[0])
                dialog.press.known(found[1])

        self._window.runner.pure(
            text("window.job.export"),
            lambda _: (desk.export.before(issue.id), dict(desk.export.profiles())),
            done=told,
            failed=self._faults.tell,
        )

    def _keep_profile(self, desk: "Desk", dialog: ExportDialog, path: Path) -> None:
        """A file that may be a profile is checked and kept in the writing lane; the dialog hears what came of it."""

        def kept(found: tuple[str, str]) -> None:
            if isValid(dialog):
                dialog.press.show_profile(*found)

        def refused(error: Exception) -> None:
            if isinstance(error, UserError) and isValid(dialog):
                dialog.press.refuse(str(error))
            else:
                self._faults.tell(error)

        self._window.runner.write(
            text("window.job.export"), lambda _: desk.export.keep_profile(path), done=kept, failed=refused, quiet=True
        )

    def _after_saving(self, do: Callable[[], object]) -> None:
        """What was typed goes into the store first; the writing lane keeps the order."""
        window = self._window
        for session in window.newsroom.sessions.values():
            session.save()
        window.runner.write(text("window.job.save"), lambda _: None, done=lambda _: do(), quiet=True)

    def _write(self, desk: "Desk", issue: IssueCard, order: Order) -> None:
        self._press[issue.publication.name] = order.press

        def work(context: JobContext) -> "Exported":
            refused = ""
            if order.pdf and order.preset == "press":
                try:
                    desk.export.keep_press(issue.id, order.press)
                except UserError as error:  # who may export may not change the publication: it holds for this once
                    refused = str(error)
            found = desk.export.whole(
                issue.id,
                order.folder,
                pdf=order.pdf,
                docx=order.docx,
                names=order.names,
                preset=order.preset,
                word=order.word,
                index=order.index,
                press=order.press,
                rate=False,
                context=context,
            )
            return replace(found, told=(refused, *found.told)) if refused else found

        def done(found: "Exported") -> None:
            self._written(found)
            if order.pdf:  # the editor has his files; the error rate of the day follows by itself
                self._window.runner.pure(
                    text("window.job.check"),
                    lambda context: desk.export.keep_rate(issue.id, order.preset, context),
                    failed=self._faults.tell,
                )

        self._after_saving(
            lambda: self._window.runner.pure(
                text("window.job.export"), work, done=done, failed=self._faults.tell, quiet=False
            )
        )

    def _written(self, found: "Exported") -> None:
        ResultDialog(self._window, self._window.look, found.files, found.notes, found.told, found.ready).open()

    # --- proof sheet

    def page_in_front(self) -> PageId | None:
        """The page in front, or the one on which the article in front stands."""
        key, view = self._window.centre.front_key, self._window.centre.front
        if key.startswith("page "):
            return PageId(int(key.split()[1]))
        return view.session.sheet.page if isinstance(view, ArticleView) else None

    def ask_proof_sheet(self) -> QFileDialog | None:
        """Ctrl+P: the page in front as a PDF to print and read."""
        window, page = self._window, self.page_in_front()
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return None
        card = next((one for one in issue.pages if one.id == page), None)
        if card is None:
            window.notices.tell(text("window.output.no_page"))
            return None
        name = text("window.output.sheet", date=f"{issue.date:%Y%m%d}", number=f"{card.number:02d}", name=card.name)
        folder = str(self._settings.value(FOLDER, str(Path.home())))
        dialog = QFileDialog(window, text("window.action.proof_sheet"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.selectFile(f"{name.strip()}.pdf")
        dialog.fileSelected.connect(lambda chosen: self._write_sheet(desk, card.id, Path(chosen)))
        dialog.open()
        return dialog

    def _write_sheet(self, desk: "Desk", page: PageId, out: Path) -> None:
        from services.desk.proof_sheet import write_proof_sheet

        self._settings.setValue(FOLDER, str(out.parent))

        def done(path: Path) -> None:
            offer = (text("window.output.open"), lambda: show_file(path))
            self._window.notices.tell(text("window.output.done", files=path.name), offer=offer)

        self._after_saving(
            lambda: self._window.runner.pure(
                text("window.job.proof_sheet"),
                lambda context: write_proof_sheet(desk, page, out, context),
                done=done,
                failed=self._faults.tell,
                quiet=False,
            )
        )
