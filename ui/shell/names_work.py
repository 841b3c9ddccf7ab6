"""Names beyond one mention: marks in an issue or the archive, which of two people is meant, the file out and in."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QFileDialog, QMenu

from models.values.change import EditArticle, Receipt
from models.values.entity import EditRecords, EntityRecord, NamesFile, Sweep
from models.values.ids import IssueId
from models.values.mention import EntityKind, Mention
from services.config.messages import text
from services.jobs.job import JobContext
from ui.proofing.edits import carry_mentions
from ui.proofing.view import ArticleView
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.tagging.record_dialog import RecordDialog

MOST_TOLD = 6  # bad rows of a file that a notice tells


class NamesWork(QObject):
    def __init__(self, window: Frame, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._faults = window, faults

    # --- marks in many articles

    def words_at(self, view: ArticleView) -> tuple[int, int, EntityKind] | None:
        """The selection, else the mention under the caret; its kind, else a person. Tells where there is neither."""
        view.flush()
        start, end = view.selection()
        under = next((m for m in view.session.sheet.mentions if m.start < max(end, start + 1) and start < m.end), None)
        if start == end and under is not None:
            start, end = under.start, under.end
        if start == end:
            self._window.notices.tell(text("window.names.select"))
            return None
        return start, end, under.kind if under is not None else EntityKind.PERSON

    def mark_all(self, view: ArticleView, *, archive: bool) -> None:
        found = self.words_at(view)
        if found is None:
            return
        start, end, kind = found
        desk, sheet = view.session.desk, view.session.sheet
        words = sheet.text.flat().text[start:end]
        if "\n" in words:
            self._window.notices.tell(text("desk.nothing_marked"))
            return
        issue = None if archive else sheet.issue
        self._sweep(lambda context: desk.tagging.mark_all(sheet, words, kind, issue, context), "marked", words)

    def unmark_all(self, view: ArticleView, *, archive: bool) -> None:
        found = self.words_at(view)
        if found is not None:
            sheet = view.session.sheet
            words = sheet.text.flat().text[found[0] : found[1]]
            self.refuse(words, found[2], None if archive else sheet.issue)

    def refuse(self, words: str, kind: EntityKind, issue: IssueId | None) -> None:
        desk = self._window.newsroom.desk
        if desk is not None:
            self._sweep(lambda context: desk.tagging.unmark_all(words, kind, issue, context), "unmarked", words)

    def unmark_here(self, view: ArticleView) -> None:
        """Every mention of these words in the article, as one step of undo."""
        found = self.words_at(view)
        if found is None:
            return
        session = view.session
        change = session.desk.tagging.unmark(session.sheet, found[0], found[1], True)
        if change.mentions != session.sheet.mentions:
            session.do(change)

    def _sweep(self, work: Callable[[JobContext], Sweep], how: str, words: str) -> None:
        window = self._window
        window.newsroom.flush_all()

        def run(context: JobContext) -> Sweep:
            sweep = work(context)
            self._note(sweep.receipts)
            return sweep

        def done(sweep: Sweep) -> None:
            self.adopt(sweep.receipts)
            said = text(f"window.names.{how}", words=words, articles=len(sweep.receipts))
            offer = (text("window.action.undo"), lambda: self._take_back(sweep)) if sweep.receipts else None
            window.notices.tell(said, offer=offer)

        window.runner.write(text("window.job.tag"), run, done=done, failed=self._faults.tell)

    def _take_back(self, sweep: Sweep) -> None:
        desk = self._window.newsroom.desk
        if desk is None:
            return
        self._window.newsroom.flush_all()

        def run(context: JobContext) -> tuple[Receipt, ...]:
            receipts = desk.tagging.take_back(sweep)
            self._note(receipts)
            return receipts

        self._window.runner.write(text("window.job.tag"), run, done=self.adopt, failed=self._faults.tell)

    def _note(self, receipts: Sequence[Receipt]) -> None:
        """On the writing lane: what open articles write next goes on from here."""
        for receipt in receipts:
            session = self._window.newsroom.sessions.get(receipt.articles[0]) if receipt.articles else None
            if session is not None:
                session.note_stored(receipt)

    def note(self, receipts: Sequence[Receipt]) -> None:
        self._note(receipts)

    def adopt(self, receipts: Sequence[Receipt]) -> None:
        """Open articles show what was stored, as a step of undo of their own; lists are read again."""
        for receipt in receipts:
            change = receipt.change
            session = self._window.newsroom.sessions.get(receipt.articles[0]) if receipt.articles else None
            if session is not None and isinstance(change, EditArticle):
                old, new = change.text.flat().text, session.sheet.text.flat().text
                session.do(replace(session.state("tag"), mentions=carry_mentions(change.mentions, old, new)))
            self._window.newsroom.stored(receipt)

    # --- one mention

    def settle(self, view: ArticleView, mentions: Sequence[Mention], *, keep: bool) -> None:
        """What becomes of mentions whose words changed."""
        view.flush()
        session = view.session
        tagging = session.desk.tagging
        change = tagging.accept(session.sheet, mentions) if keep else tagging.drop_asked(session.sheet, mentions)
        if change.mentions != session.sheet.mentions:
            session.do(change)

    def choose(self, view: ArticleView) -> None:
        """Which of several records of a name the mention under the caret means."""
        view.flush()
        start, _ = view.selection()
        mention = next((m for m in view.session.sheet.mentions if m.start <= start <= m.end), None)
        if mention is None or mention.kind is EntityKind.PLACE:
            self._window.notices.tell(text("window.names.select"))
            return
        desk = view.session.desk
        self._window.runner.pure(
            text("window.job.names"),
            lambda _: desk.records.named(mention.kind, mention.name),
            done=lambda records: self._offer(view, mention, records),
            failed=self._faults.tell,
        )

    def _offer(self, view: ArticleView, mention: Mention, records: Sequence[EntityRecord]) -> None:
        menu = QMenu(view)
        menu.setAccessibleName(text("window.action.choose_record"))
        for record in records:
            hint = record.hint() or text("window.authority.no_hint")
            action = menu.addAction(f"{record.name} · {hint}")
            action.setCheckable(True)
            action.setChecked(record.id == mention.entity)
            action.triggered.connect(lambda *_, record=record: self._choose(view, mention, record))
        menu.addSeparator()
        menu.addAction(text("window.names.another", name=mention.name)).triggered.connect(
            lambda *_: self._ask_new(view, mention)
        )
        place = view.body.cursorRect().bottomLeft()
        menu.popup(view.body.viewport().mapToGlobal(QPoint(place)))

    def _choose(self, view: ArticleView, mention: Mention, record: EntityRecord) -> None:
        session = view.session
        change = session.desk.tagging.choose(session.sheet, mention, record)
        if change.mentions != session.sheet.mentions:
            session.do(change)

    def _ask_new(self, view: ArticleView, mention: Mention) -> None:
        from models.values.mention import OfficeTerm

        terms = tuple(OfficeTerm(position=one.position, organisation=one.organisation) for one in mention.offices)
        dialog = RecordDialog(view, EntityRecord(kind=mention.kind, name=mention.name, offices=terms), new=True)
        desk = view.session.desk

        def store(record: EntityRecord) -> None:
            self._window.runner.write(
                text("window.job.save"),
                lambda _: desk.records.apply(EditRecords(records=(record,), reason="add")).change.records[0],
                done=lambda made: self._choose(view, mention, made),
                failed=self._faults.tell,
                quiet=True,
            )

        dialog.kept.connect(store)
        dialog.open()

    # --- the file out and in

    def ask_export(self) -> None:
        self._ask_out(text("window.action.names_export"), text("window.names.file"), self.export)

    def ask_mentions(self) -> None:
        issue = self._window.newsroom.issue
        if issue is not None:
            name = text("window.names.mentions_file", date=issue.date.isoformat())
            self._ask_out(text("window.action.mentions_export"), name, self.export_mentions)

    def _ask_out(self, title: str, name: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def export(self, path: Path) -> None:
        from services.desk.exchange import export_names

        desk = self._window.newsroom.desk
        if desk is not None:
            self._out(path, lambda context: export_names(desk, path, context))

    def export_mentions(self, path: Path) -> None:
        from services.desk.exchange import export_mentions

        desk, issue = self._window.newsroom.desk, self._window.newsroom.issue
        if desk is not None and issue is not None:
            self._window.newsroom.flush_all()
            key = issue.id
            self._out(path, lambda _: export_mentions(desk, key, path))

    def _out(self, path: Path, work: Callable[[JobContext], int]) -> None:
        self._window.runner.pure(
            text("window.job.names_file"),
            work,
            done=lambda n: self._window.notices.tell(text("cli.names_written", n=n, file=path.name)),
            failed=self._faults.tell,
            quiet=False,
        )

    def ask_import(self) -> None:
        dialog = QFileDialog(self._window, text("window.action.names_import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(text("window.names.files"))
        dialog.fileSelected.connect(lambda chosen: self.import_file(Path(chosen)))
        dialog.open()

    def import_file(self, path: Path) -> None:
        """Reads the file first; with bad rows nothing is taken until the person says that the rest shall be."""
        from services.desk.exchange import told
        from services.desk.name_files import read_names

        def read(found: NamesFile) -> None:
            if not found.bad:
                self._take(path, found)
                return
            lines = told(found.bad)
            more = text("window.names.more_rows", count=len(lines) - MOST_TOLD) if len(lines) > MOST_TOLD else ""
            words = "\n".join(
                [text("window.names.bad_rows", file=path.name, count=len(lines)), *lines[:MOST_TOLD], more]
            )
            offer = (text("window.names.take_rest", count=len(found.records)), lambda: self._take(path, found))
            self._window.notices.tell(words.strip(), fault=True, offer=offer if found.records else None)

        self._window.runner.pure(
            text("window.job.names_file"), lambda _: read_names(path), done=read, failed=self._faults.tell, quiet=False
        )

    def _take(self, path: Path, found: NamesFile) -> None:
        from services.desk.exchange import Imported, put_names

        desk, window = self._window.newsroom.desk, self._window
        if desk is None:
            return

        def undo(done: Imported) -> None:
            window.runner.write(
                text("window.job.names_file"), lambda _: desk.records.apply(done.inverse), failed=self._faults.tell
            )

        def done(imported: Imported) -> None:
            said = text(
                "cli.names_read", file=path.name, new=imported.new, changed=imported.changed, same=imported.same
            )
            changed = imported.new + imported.changed
            window.notices.tell(said, offer=(text("window.action.undo"), lambda: undo(imported)) if changed else None)
            self.imported()

        window.runner.write(
            text("window.job.names_file"), lambda context: put_names(desk, found, context), done=done,
            failed=self._faults.tell,
        )  # fmt: skip

    imported: Callable[[], object] = staticmethod(lambda: None)  # the tabs of names are read again
