"""Look: the theme in force, its typefaces and its icons. One object, handed to every widget that paints."""

from enum import StrEnum
from math import ceil

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from services.config.paths import RESOURCES
from ui.widgets.theme import DARK, LIGHT, Theme, palette, style_sheet
from ui.widgets.typefaces import Typefaces, find_typefaces


class Scheme(StrEnum):
    """What the person chose; SYSTEM follows the desktop's light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def scheme_of(word: object) -> Scheme:
    """A scheme as it was kept; light for a word that is none."""
    return next((scheme for scheme in Scheme if scheme.value == str(word)), Scheme.LIGHT)


class Look(QObject):
    """`changed` is sent after palette, style sheet and icons have been swapped."""

    changed = Signal()

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._icons: dict[tuple[str, str, str, int], QIcon] = {}  # by theme, so that going back draws nothing
        self._drawn: dict[tuple[str, str, str, int, float], QPixmap] = {}
        self._sources: dict[str, str] = {}
        self.faces: Typefaces = find_typefaces()
        self.scheme = scheme
        self.theme: Theme = LIGHT
        application.setStyle("Fusion")
        application.setFont(self.faces.ui())
        application.setStyleSheet(style_sheet(self._wanted()))  # of windows still to come
        self._put(self._wanted())
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    def choose(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._put(self._wanted())

    def _wanted(self) -> Theme:
        if self.scheme is Scheme.SYSTEM:
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.scheme is Scheme.DARK else LIGHT

    def _system_changed(self) -> None:
        if self.scheme is Scheme.SYSTEM and self._wanted() is not self.theme:
            self._put(self._wanted())

    def _put(self, theme: Theme) -> None:
        self.theme = theme
        sheet = style_sheet(theme)
        self._application.setPalette(palette(theme))
        for window in self._application.topLevelWidgets():
            if window.parentWidget() is None:  # another sheet of the application's takes four times as long to polish
                window.setStyleSheet(sheet)
        self.changed.emit()

    def colour(self, token: str) -> QColor:
        return self.theme.colour(token)

    def icon(self, name: str, token: str = "t2", size: int = 16) -> QIcon:
        """The SVG resources/icons/NAME.svg in a colour of the theme; `size` in logical pixels."""
        key = (self.theme.name, name, token, size)
        found = self._icons.get(key)
        if found is None:
            found = QIcon()
            most = max(1, ceil(self._application.devicePixelRatio()))
            for ratio in {1, most}:
                found.addPixmap(self.pixmap(name, token, size, ratio))
            dim = self.pixmap(name, "t3", size, most, opacity=0.45)
            found.addPixmap(dim, QIcon.Mode.Disabled)
            self._icons[key] = found
        return found

    def pixmap(self, name: str, token: str, size: int, ratio: float, *, opacity: float = 1.0) -> QPixmap:
        made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        made.fill(Qt.GlobalColor.transparent)
        made.setDevicePixelRatio(ratio)
        painter = QPainter(made)
        painter.setOpacity(opacity)
        self._render(painter, name, token, QRectF(0, 0, size, size))
        painter.end()
        return made

    def paint_icon(self, painter: QPainter, name: str, token: str, box: QRectF) -> None:
        """Draws an icon in a square box; drawn once for each size and colour."""
        ratio = painter.device().devicePixelRatioF()
        key = (self.theme.name, name, token, round(box.width()), ratio)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self.pixmap(name, token, key[3], ratio)
        painter.drawPixmap(box.topLeft(), found)

    def _render(self, painter: QPainter, name: str, token: str, box: QRectF) -> None:
        source = self._sources.get(name)
        if source is None:
            source = self._sources[name] = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        colour = self.theme.colour(token).name()
        QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode())).render(painter, box)
