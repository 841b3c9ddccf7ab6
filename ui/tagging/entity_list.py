"""The dock's list of people, organisations and places of the article in front."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from models.values.mention import EntityKind, Mention
from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry
from ui.widgets.look import Look
from ui.widgets.pieces import ActionButton, EmptyState, button, label, row
from ui.widgets.rows import VALUE, RowDelegate, RowList
from ui.widgets.theme import KIND_DOTS


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    kind: EntityKind
    name: str
    line: str  # offices, or other ways of writing it
    mentions: tuple[Mention, ...]
    asked: bool = False  # its words changed: is it a name still?


def asked_rows(mentions: tuple[Mention, ...]) -> tuple[NameRow, ...]:
    """Mentions whose words somebody changed, each on its own."""
    return tuple(
        NameRow(kind=m.kind, name=m.text, line=text("window.names.was", words=m.was), mentions=(m,), asked=True)
        for m in mentions
        if m.was
    )


def name_rows(mentions: tuple[Mention, ...]) -> tuple[NameRow, ...]:
    """One row for each name, in the order in which they first stand in the text."""
    found: dict[tuple[EntityKind, str], list[Mention]] = {}
    for mention in mentions:
        if mention.was:
            continue
        found.setdefault((mention.kind, mention.name or mention.text), []).append(mention)
    rows = []
    for (kind, name), held in found.items():
        offices = dict.fromkeys(f"{o.organisation}{o.position}" for m in held for o in m.offices if o.position)
        others = dict.fromkeys(m.text for m in held if m.text != name)
        unsure = any(m.entity is None and "authority_namesakes" in m.reasons for m in held)
        line = (
            text("window.names.namesakes")
            if unsure
            else "、".join(offices) or (text("window.names.also", names="、".join(others)) if others else "")
        )
        rows.append(NameRow(kind=kind, name=name, line=line, mentions=tuple(held)))
    return tuple(rows)


class _NameDelegate(RowDelegate):
    height = 48

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, NameRow)
        from PySide6.QtGui import QColor

        left, right = box.left() + 32, box.right() - 16
        alone = not value.line
        first = QRect(left + 18, box.top() + (14 if alone else 5), right - left - 18, 20)
        painter.fillRect(QRect(left, first.top() + 5, 10, 10), QColor(KIND_DOTS[value.kind.value]))
        count = text("window.names.count", count=len(value.mentions))
        edge = self.words_right(painter, first, count, token="t2")
        self.words(painter, QRect(first.left(), first.top(), edge - first.left() - 8, 20), value.name, bold=selected)
        second = QRect(left + 18, box.top() + 25, right - left - 18, 18)
        self.words(painter, second, value.line, size=12, token="t2")


class EntityList(QWidget):
    chosen = Signal(int, int)  # span in the flat text
    settled = Signal(object, bool)  # mentions whose words changed; whether they are names still

    def __init__(self, look: Look, actions: ActionRegistry) -> None:
        super().__init__()
        self._steps: dict[str, int] = {}
        self._asked: tuple[Mention, ...] = ()
        self.list = RowList(look, text("window.dock.names"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_NameDelegate(look, self.list))
        self._empty = EmptyState(look, "person", text("window.empty.names"), text("window.empty.names_line"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        foot = QWidget()
        foot.setObjectName("dockfoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setFixedHeight(48)
        buttons = [
            ActionButton(actions[id], kind="plain")
            for id in (ActionId.TAG, ActionId.TAG_ALL, ActionId.TAG_NAMES)
            if id in actions
        ]
        foot.setLayout(row(*buttons, None, margins=(12, 0, 12, 0)))
        self.keep = button(text("window.names.keep"), lambda: self._settle(keep=True), kind="primary")
        self.let_go = button(text("window.names.let_go"), lambda: self._settle(keep=False))
        self._question = label("", "small")
        self._bar = QWidget()
        self._bar.setObjectName("dockfoot")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar.setLayout(row(self._question, None, self.keep, self.let_go, margins=(16, 8, 12, 8)))
        self._bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addLayout(self._stack, 1)
        layout.addWidget(foot)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)

    def show_mentions(self, mentions: tuple[Mention, ...]) -> None:
        model = self.list.rows
        down = self.list.verticalScrollBar().value()
        model.clear()
        rows, asked = name_rows(mentions), asked_rows(mentions)
        self._asked = tuple(one.mentions[0] for one in asked)
        self._bar.setVisible(bool(asked))
        self._question.setText(text("window.names.asked", count=len(asked)))
        if asked:
            group = model.add_group(text("window.names.asked_group"), str(len(asked)), icon="likely", token="warn")
            for one in asked:
                model.add_row(group, one.name, one, spoken=f"{one.name} {one.line}")
        for kind in EntityKind:
            of_kind = [one for one in rows if one.kind is kind]
            if of_kind:
                group = model.add_group(text(f"window.kind.{kind.value}"), str(len(of_kind)))
                for one in of_kind:
                    model.add_row(group, one.name, one, spoken=f"{one.name} {one.line} {len(one.mentions)}")
        self.list.expandAll()
        self.list.verticalScrollBar().setValue(down)
        self._stack.setCurrentIndex(1 if rows or asked else 0)

    def _settle(self, *, keep: bool) -> None:
        """The one under the cursor, else all that are asked about."""
        value = self.list.currentIndex().data(VALUE)
        here = value.mentions if isinstance(value, NameRow) and value.asked else self._asked
        if here:
            self.settled.emit(here, keep)

    def _choose(self, index: QModelIndex) -> None:
        """Each click goes on to the next place of the name."""
        value = index.data(VALUE)
        if isinstance(value, NameRow):
            step = self._steps.get(value.name, -1) + 1
            self._steps[value.name] = step
            mention = value.mentions[step % len(value.mentions)]
            self.chosen.emit(mention.start, mention.end)
