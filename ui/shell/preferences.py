"""Settings put in force: the dialog opened with what holds now, and what was chosen stored and shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings

from models.values.ids import PublicationId
from models.values.publication import Publication
from services.config.messages import text
from services.config.settings import load_settings, save_settings
from ui.layout.view import PageView
from ui.proofing.text_view import TEXT_SIZE
from ui.proofing.view import ArticleView
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.shell.settings_dialog import Chosen, SettingsDialog
from ui.widgets.look import scheme_of

if TYPE_CHECKING:
    from services.desk.desk import Desk

Papers = tuple[tuple[PublicationId, Publication], ...]
ZOOM = "text_zoom"  # of articles: where earlier versions kept it, in the window's own settings


def text_zoom(settings: QSettings) -> float:
    """How large articles are shown: 1.0 is type of TEXT_SIZE px. Read from `Settings.text_size`."""
    size = load_settings().text_size
    if size != TEXT_SIZE:
        return size / TEXT_SIZE
    try:
        return min(2.5, max(0.6, float(str(settings.value(ZOOM, 1.0)))))
    except ValueError:
        return 1.0


class Preferences(QObject):
    def __init__(self, window: Frame, settings: QSettings, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._settings, self._faults = window, settings, faults

    def ask(self) -> None:
        desk = self._window.newsroom.desk
        if desk is None:
            self._open(None, ())
            return
        self._window.runner.pure(
            text("window.job.list"),
            lambda _: (desk.publications.all(), {card.name: card.title for card in desk.pages.templates.cards()}),
            done=lambda found: self._open(desk, *found),
            failed=self._faults.tell,
        )

    def _open(self, desk: "Desk | None", papers: Papers, templates: dict[str, str] | None = None) -> None:
        window = self._window
        front = window.newsroom.issue.publication.name if window.newsroom.issue is not None else ""
        dialog = SettingsDialog(
            window, window.look, load_settings(), text_zoom(self._settings), papers, front, templates
        )
        dialog.chosen.connect(lambda chosen: self._keep(desk, chosen))
        dialog.open()

    def _keep(self, desk: "Desk | None", chosen: Chosen) -> None:
        window = self._window
        self._settings.remove(ZOOM)
        scheme = scheme_of(chosen.settings.theme)
        if scheme is not window.look.scheme:
            window.actions_.show_checked(f"theme_{scheme.value}")
            window.look.choose(scheme)
        for key in window.centre.keys:
            view = window.centre.view(key)
            if isinstance(view, ArticleView):
                view.put_zoom(chosen.settings.text_size / TEXT_SIZE)

        def work(_: object) -> None:
            save_settings(chosen.settings)
            if desk is not None and chosen.paper is not None:
                id, paper = chosen.paper
                desk.publications.save(paper, id)

        window.runner.write(
            text("window.job.save"), work, done=lambda _: self._follow(chosen), failed=self._faults.tell
        )

    def _follow(self, chosen: Chosen) -> None:
        window = self._window
        window.notices.tell(text("window.settings.kept"))
        if window.newsroom.desk is not None:
            window.newsroom.desk.proofing.use_model(chosen.settings.model, chosen.settings.model_agreed)
        if chosen.paper is None:
            return
        window.newsroom.reload()
        for key in window.centre.keys:
            view = window.centre.view(key)
            if isinstance(view, PageView):
                view.reload()
