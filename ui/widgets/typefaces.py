"""Typefaces of the window: a sans for the interface, a serif for copy, a kai for kickers, of what is installed.

Where the system has no Chinese face at all, the files that services.fonts knows are loaded into the application.
"""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase

from models.values.template import FontRole

_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei")
_SANS_LATER = ("Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Heiti SC", "SimHei")
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun", "AR PL UMing CN")
_KAI = ("LXGW WenKai", "霞鹜文楷", "KaiTi", "Kaiti SC", "STKaiti", "AR PL UKai CN", "FandolKai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typefaces:
    """Family names; `font()` gives a QFont of a role of the type scale, sizes in logical pixels."""

    sans: str
    serif: str
    kai: str

    def font(self, family: str, size: int, *, bold: bool = False) -> QFont:
        made = QFont(family)
        made.setPixelSize(size)
        made.setBold(bold)
        return made

    def ui(self, size: int = 13, *, bold: bool = False) -> QFont:
        made = self.font(self.sans, size, bold=bold)
        made.setFeature(QFont.Tag("tnum"), 1)  # digits stand in columns
        return made


def _first(wanted: tuple[str, ...], families: frozenset[str]) -> str:
    return next((name for name in wanted if name in families), "")


def _load(role: FontRole) -> str:
    """Loads the catalogue's face for a role into the application; "" where there is none."""
    from services.fonts.catalogue import installed  # scans font files: only where Qt found no Chinese face

    try:
        face = installed().face(role)
    except (KeyError, LookupError):
        return ""
    number = QFontDatabase.addApplicationFont(str(face.path))
    names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return next((name for name in names if name.endswith("SC")), names[0] if names else "")


def find_typefaces() -> Typefaces:
    """Needs a QGuiApplication."""
    families = frozenset(QFontDatabase.families())
    sans = _first(_SANS, families) or _first(_SANS_LATER, families) or _load(FontRole.HEI)
    serif = _first(_SERIF, families) or _load(FontRole.SONG) or sans
    kai = _first(_KAI, families) or _load(FontRole.KAI) or serif
    return Typefaces(sans=sans, serif=serif, kai=kai)
