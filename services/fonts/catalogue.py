"""Which installed face serves which role. A role's candidates are tried in order; a fallback is told once.

In: the faces that `scan` found. Out: `Catalogue`, which answers for every role of `models.values.template.FontRole`,
because the wheel's two faces (Noto Serif SC, Noto Sans SC) are always there: where no bold is found, the regular face
is thickened by a stroke.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from models.values.template import FontRole
from services.config.errors import UserError
from services.config.paths import cache_folder
from services.fonts.scan import Face, ScannedFace, font_files, scan, system_folders, wheel_folder

__all__ = ["Catalogue", "Face", "build", "font_files", "installed"]

_SONG = (
    "noto serif cjk sc", "source han serif sc", "source han serif cn", "思源宋体 cn", "思源宋体", "noto serif sc",
    "songti sc", "fandolsong", "simsun", "新宋体", "nsimsun", "stsong", "华文中宋", "stzhongsong",
)  # fmt: skip
_HEI = (
    "noto sans cjk sc", "source han sans sc", "source han sans cn", "思源黑体 cn", "思源黑体", "noto sans sc",
    "heiti sc", "hiragino sans gb", "stheiti", "pingfang sc", "fandolhei", "simhei", "microsoft yahei", "dengxian",
)  # fmt: skip
_KAI = ("lxgw wenkai", "霞鹜文楷", "lxgw wenkai gb", "kaiti sc", "stkaiti", "fandolkai", "kaiti", "楷体", "simkai")
_FANGSONG = (
    "fandolfang",
    "stfangsong",
    "fangsong sc",
    "fangsong",
    "仿宋",
    "simfang",
    "zhuque fangsong (technical preview)",
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Families of a role, in order, with the weights that count as the role's own."""

    families: tuple[str, ...]
    lightest: int
    heaviest: int
    instead: tuple[FontRole, ...] = ()  # roles whose face serves when no family is installed


_WISHES: dict[FontRole, _Wish] = {
    FontRole.SONG: _Wish(_SONG, 350, 500, (FontRole.HEI,)),
    FontRole.SONG_BOLD: _Wish(_SONG, 600, 800, (FontRole.SONG,)),
    FontRole.SONG_BLACK: _Wish(_SONG, 850, 1000, (FontRole.SONG_BOLD,)),
    FontRole.HEI: _Wish(_HEI, 350, 500, (FontRole.SONG,)),
    FontRole.HEI_BOLD: _Wish(_HEI, 600, 800, (FontRole.HEI,)),
    FontRole.KAI: _Wish(_KAI, 350, 550, (FontRole.FANGSONG, FontRole.SONG)),
    FontRole.FANGSONG: _Wish(_FANGSONG, 300, 550, (FontRole.KAI, FontRole.SONG)),
}
_BOLD_FROM = 560
_SYNTHETIC_BOLD = 0.03  # em of stroke that makes a regular face as dark as a bold one
_SYNTHETIC_BLACK = 0.012  # em of stroke on a bold face


class Catalogue:
    """The face of every role, and what else is installed. Immutable once built."""

    def __init__(self, scanned: Sequence[ScannedFace], skipped: Sequence[tuple[Path, str]] = ()) -> None:
        self.skipped = tuple(skipped)  # font files passed over: why is a word of `scan.Scan`
        self._by_id: dict[str, Face] = {}
        by_family: dict[str, list[Face]] = {}
        for one in scanned:
            if one.face.id in self._by_id:
                continue  # the same face in another folder
            self._by_id[one.face.id] = one.face
            for family in one.families:
                by_family.setdefault(family, []).append(one.face)
        self._roles: dict[FontRole, Face] = {}
        own: set[FontRole] = set()
        for role, wish in _WISHES.items():
            found = _best(by_family, wish)
            if found is not None:
                self._roles[role] = found
                own.add(role)
        for role in _WISHES:
            if role not in self._roles:
                self._roles[role] = self._instead(role, set())
        self._substitutes = tuple((role, self._roles[role]) for role in _WISHES if role not in own)
        self._fallbacks = {role: self._ordered(role) for role in _WISHES}

    def face(self, role: FontRole) -> Face:
        return self._roles[role]

    def by_id(self, face_id: str) -> Face:
        """The face of a `GlyphRun.face`. Raises KeyError for one that is not installed."""
        return self._by_id[face_id]

    def fallbacks(self, role: FontRole) -> tuple[Face, ...]:
        """Faces to look in, in order, for a character that the role's face lacks."""
        return self._fallbacks[role]

    def substitutes(self) -> tuple[tuple[FontRole, Face], ...]:
        """Roles that another role's face has to serve: told to the person once."""
        return self._substitutes

    def stroke(self, role: FontRole) -> float:
        """Em of stroke that stands in for a bold that is not installed; 0 where the face is heavy enough itself."""
        weight = self._roles[role].weight
        if role in (FontRole.SONG_BOLD, FontRole.HEI_BOLD):
            return 0.0 if weight >= _BOLD_FROM else _SYNTHETIC_BOLD
        if role is FontRole.SONG_BLACK:
            return 0.0 if weight >= 850 else _SYNTHETIC_BLACK if weight >= _BOLD_FROM else _SYNTHETIC_BOLD * 1.4
        return 0.0

    def faces(self) -> tuple[Face, ...]:
        return tuple(self._by_id.values())

    def _instead(self, role: FontRole, seen: set[FontRole]) -> Face:
        seen.add(role)
        for other in _WISHES[role].instead:
            if other in self._roles:
                return self._roles[other]
            if other not in seen:
                return self._instead(other, seen)
        raise UserError("fonts.none_found")

    def _ordered(self, role: FontRole) -> tuple[Face, ...]:
        heavy = role in (FontRole.SONG_BOLD, FontRole.SONG_BLACK, FontRole.HEI_BOLD)
        order: Iterable[FontRole] = (
            (FontRole.SONG_BOLD, FontRole.HEI_BOLD, FontRole.SONG, FontRole.HEI, FontRole.KAI)
            if heavy
            else (FontRole.SONG, FontRole.HEI, FontRole.KAI, FontRole.FANGSONG)
        )
        faces = dict.fromkeys(self._roles[other] for other in order)
        for family in ("noto serif sc", "noto sans sc"):
            faces.update(dict.fromkeys(f for f in self._by_id.values() if f.family.lower() == family))
        faces.pop(self._roles[role], None)
        return tuple(faces)


def _best(by_family: dict[str, list[Face]], wish: _Wish) -> Face | None:
    for family in wish.families:
        fit = [face for face in by_family.get(family, ()) if wish.lightest <= face.weight <= wish.heaviest]
        if fit:
            middle = (wish.lightest + wish.heaviest) / 2
            return min(fit, key=lambda face: (abs(face.weight - middle), face.id))
    return None


def build(scanned: Sequence[ScannedFace]) -> Catalogue:
    """A catalogue of these faces. Raises UserError fonts.none_found when no Chinese face is among them."""
    return Catalogue(scanned)


@lru_cache(maxsize=1)
def installed() -> Catalogue:
    """The catalogue of this machine: system folders, then the wheel. Scanned once a process, remembered on disk."""
    wheel = wheel_folder()
    folders = [*system_folders(), *([wheel] if wheel else [])]
    found = scan(folders, cache_folder() / "faces.json")
    return Catalogue(found.faces, found.skipped)
