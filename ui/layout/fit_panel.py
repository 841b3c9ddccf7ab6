"""Copy-fit in an editor's units: 行 × 栏, what is over or open, the paragraphs whose short last line can be saved."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import label, row

REF = Qt.ItemDataRole.UserRole
MOST = 8  # runts shown: the cheapest come first
LINE = 34  # px of a row of two short lines


class FitPanel(QWidget):
    """`show_fit` takes what `desk.pages.fit` gives. Choosing a line that can be saved names its paragraph."""

    chosen = Signal(object)  # PartRef

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._fit: Any = None
        self._title = label(text("canvas.fit_title"), "heading")
        self._over = label("", "small")
        self.length = label("", "small")
        self.length.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(text("canvas.fit_savers"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._hint = label(text("canvas.fit_hint"), "hint")
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addLayout(row(self._title, None, self._over))
        layout.addWidget(self.length)
        layout.addWidget(self._hint)
        layout.addWidget(self.list)
        look.changed.connect(lambda: self.show_fit(self._fit))
        self.show_fit(None)

    def show_fit(self, fit: Any) -> None:
        """None hides the panel: nothing is selected, or the article stands on no page."""
        self._fit = fit
        self.setVisible(fit is not None)
        if fit is None:
            return
        theme = self._look.theme
        figures = {"lines": fit.lines, "rows": fit.rows, "columns": fit.columns, "characters": f"{fit.characters:g}"}
        self.length.setText(text("layout.fit.length", **figures))
        if fit.over > 0:
            words, ink = text("canvas.over", n=fit.over), theme.err
            self.length.setToolTip(text("layout.fit.over", lines=fit.over))
        elif fit.over < 0:
            words, ink = text("canvas.under", n=-fit.over), theme.t2
            self.length.setToolTip(text("layout.fit.under", lines=-fit.over, characters=fit.short_by))
        else:
            words, ink = text("layout.fit.exact"), theme.ok
            self.length.setToolTip("")
        self._over.setText(words)
        self._over.setStyleSheet(f"color: {ink}; font-weight: bold")
        self._fill(fit.runts[:MOST])

    def _fill(self, runts: Any) -> None:
        held = self.list.currentRow()
        self.list.clear()
        for runt in runts:
            key = "layout.fit.squeeze" if runt.squeezes else "layout.fit.cut"
            words = text(key, number=runt.ref.index + 1, words=runt.words, cut=runt.cut)
            item = QListWidgetItem(self._look.icon("hint", "hint"), words)
            item.setData(REF, runt.ref)
            item.setToolTip(words)
            self.list.addItem(item)
        self.list.setVisible(bool(runts))
        self._hint.setVisible(bool(runts))
        self.list.setFixedHeight(min(len(runts), 4) * (LINE + 4) + 4)
        if 0 <= held < self.list.count():
            self.list.setCurrentRow(held)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(REF))
