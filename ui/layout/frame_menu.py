"""What can be done with one article on the page, as a menu; and asking for a picture file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from models.values.ids import ArticleId
from models.values.plan import BoxPlan, FramePlan, RulePlan, RuleStyle
from services.config.messages import text
from ui.layout.objects import Tool, joined, parted
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


def styles_menu(menu: QMenu, title: str, held: RuleStyle, choose: Callable[[RuleStyle], object]) -> None:
    """Kinds of lines to choose from."""
    kinds = menu.addMenu(title)
    for style in RuleStyle:
        action = kinds.addAction(text(f"canvas.line.{style.value}"))
        action.setCheckable(True)
        action.setChecked(style is held)
        action.triggered.connect(lambda *_, style=style: choose(style))


def thing_menu(parent: QWidget, session: PageSession, thing: BoxPlan | RulePlan) -> QMenu:
    """The context menu of a box or a rule."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    if isinstance(thing, BoxPlan):
        styles_menu(
            menu,
            text("canvas.menu.border"),
            thing.border,
            lambda style: session.edit_thing(replace(thing, border=style)),
        )
        tint = menu.addAction(text("canvas.menu.tint"))
        tint.setCheckable(True)
        tint.setChecked(thing.tint > 0)
        tint.triggered.connect(lambda *_: session.edit_thing(replace(thing, tint=0.0 if thing.tint else 0.08)))
    else:
        styles_menu(
            menu, text("canvas.menu.line"), thing.style, lambda style: session.edit_thing(replace(thing, style=style))
        )
    menu.addSeparator()
    menu.addAction(f"{text('canvas.menu.no_thing')}\tDel").triggered.connect(lambda *_: session.remove_thing())
    return menu


def _parts(menu: QMenu, session: PageSession, frame: FramePlan) -> None:
    """Parting a frame, and joining its parts again."""
    for key, plan in (
        ("part_beside", parted(session.plan, frame, beside=True)),
        ("part_below", parted(session.plan, frame, beside=False)),
        ("join", joined(session.plan, frame)),
    ):
        if plan is not None:
            menu.addAction(text(f"canvas.menu.{key}")).triggered.connect(
                lambda *_, plan=plan, key=key: session.edit_plan(plan, f"canvas.reason.{key}")
            )


def frame_menu(
    parent: QWidget,
    session: PageSession,
    frame: FramePlan,
    opened: Callable[[ArticleId], object],
    choose_tool: Callable[[Tool], object],
) -> QMenu:
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
    if filled:
        add("crop", lambda: choose_tool(Tool.CROP), "C")
    menu.addSeparator()
    others = session.beside()
    if others:
        jumps = menu.addMenu(text("canvas.menu.jump"))
        for page, number, name in others:
            words = text("window.page.name", number=f"{number:02d}", name=name)
            jumps.addAction(words).triggered.connect(lambda *_, page=page: session.continue_on(article, page))
        jumps.setEnabled(session.overset(article) > 0)
    add("tint", lambda: session.edit_frame(replace(frame, tint=not frame.tint), "canvas.reason.tint"), on=frame.tint)
    styles_menu(
        menu,
        text("canvas.menu.border"),
        frame.border,
        lambda style: session.edit_frame(replace(frame, border=style), "canvas.reason.border"),
    )
    fillers = menu.addMenu(text("canvas.menu.filler"))
    for name in ("", *session.ornaments):
        action = fillers.addAction(text(f"canvas.ornament.{name or 'none'}"))
        action.setCheckable(True)
        action.setChecked(frame.filler == name)
        action.triggered.connect(
            lambda *_, name=name: session.edit_frame(replace(frame, filler=name), "canvas.reason.filler")
        )
    menu.addSeparator()
    _parts(menu, session, frame)
    menu.addSeparator()
    pin = replace(frame, pinned=not frame.pinned)
    add("pin", lambda: session.edit_frame(pin, "canvas.reason.pin"), "P", on=frame.pinned)
    menu.addSeparator()
    add("remove", lambda: session.remove(article), "Del")
    return menu
