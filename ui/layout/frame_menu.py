"""What can be done with one article on the page, as a menu; and asking for a picture file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from models.values.ids import ArticleId
from models.values.plan import FramePlan
from services.config.messages import text
from ui.layout.pictures import SUFFIXES
from ui.layout.session import PageSession


def ask_picture(parent: QWidget, session: PageSession, article: ArticleId) -> QFileDialog:
    """Asks for a picture file and puts it on the article."""
    dialog = QFileDialog(parent, text("canvas.picture.choose"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{text('canvas.picture.kinds')} ({' '.join('*' + one for one in SUFFIXES)})"])
    dialog.fileSelected.connect(lambda name: session.put_picture(article, Path(name)))
    dialog.open()
    return dialog


def frame_menu(parent: QWidget, session: PageSession, frame: FramePlan, opened: Callable[[ArticleId], object]) -> QMenu:
    """The context menu of a frame."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)

    def add(key: str, do: Callable[[], object], keys: str = "", *, on: bool | None = None) -> QAction:
        words = text(f"canvas.menu.{key}")
        action = menu.addAction(f"{words}\t{keys}" if keys else words)
        action.triggered.connect(lambda *_: do())
        if on is not None:
            action.setCheckable(True)
            action.setChecked(on)
        return action

    article, picture = frame.article, frame.picture
    add("open", lambda: opened(article), "Enter")
    menu.addSeparator()
    filled = picture is not None and picture.picture is not None
    add("other_picture" if filled else "picture", lambda: ask_picture(parent, session, article))
    if picture is not None:
        add("picture_off" if filled else "no_place", lambda: session.take_picture_off(article))
    menu.addSeparator()
    others = session.beside()
    if others:
        jumps = menu.addMenu(text("canvas.menu.jump"))
        for page, number, name in others:
            words = text("window.page.name", number=f"{number:02d}", name=name)
            jumps.addAction(words).triggered.connect(lambda *_, page=page: session.continue_on(article, page))
        jumps.setEnabled(session.overset(article) > 0)
    add("tint", lambda: session.edit_frame(replace(frame, tint=not frame.tint), "canvas.reason.tint"), on=frame.tint)
    pin = replace(frame, pinned=not frame.pinned)
    add("pin", lambda: session.edit_frame(pin, "canvas.reason.pin"), "P", on=frame.pinned)
    menu.addSeparator()
    add("remove", lambda: session.remove(article), "Del")
    return menu
