"""Characters of the same sound, and idioms: two small tables of resources/rules, read once.

sounds.txt: a line per syllable without tone, `gong 工公共…`. idioms.txt: words of four characters, a line each.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from services.config.paths import RESOURCES

_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def _plain(syllable: str) -> str:
    """A syllable as southern ears take it: zh and z, ing and in alike."""
    for fine, coarse in _FUZZY:
        if fine in ("zh", "ch", "sh"):
            syllable = coarse + syllable[2:] if syllable.startswith(fine) else syllable
        elif syllable.endswith(fine):
            syllable = syllable[: -len(fine)] + coarse
    return syllable


@cache
def readings() -> Mapping[str, frozenset[str]]:
    """Character → its syllables without tone."""
    found: dict[str, set[str]] = {}
    for line in (RESOURCES / "rules" / "sounds.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            syllable, _, characters = line.partition(" ")
            for character in characters:
                found.setdefault(character, set()).add(syllable)
    return MappingProxyType({character: frozenset(syllables) for character, syllables in found.items()})


@cache
def _fuzzy_readings() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({one: frozenset(map(_plain, syllables)) for one, syllables in readings().items()})


def same_sound(one: str, other: str, *, fuzzy: bool = False) -> bool:
    """Whether two different characters may be read alike, tones apart."""
    table = _fuzzy_readings() if fuzzy else readings()
    return one != other and not table.get(one, frozenset()).isdisjoint(table.get(other, frozenset()))


@cache
def idioms() -> frozenset[str]:
    lines = (RESOURCES / "rules" / "idioms.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def idiom_holes() -> Mapping[str, tuple[str, ...]]:
    """An idiom with a hole (`再接再＿`) → the idioms that fill it."""
    holes: dict[str, list[str]] = {}
    for idiom in sorted(idioms()):
        for at in range(4):
            holes.setdefault(f"{idiom[:at]}＿{idiom[at + 1 :]}", []).append(idiom)
    return MappingProxyType({hole: tuple(filled) for hole, filled in holes.items()})


@cache
def idiom_halves() -> tuple[frozenset[str], frozenset[str]]:
    """First and second halves of all idioms."""
    return frozenset(idiom[:2] for idiom in idioms()), frozenset(idiom[2:] for idiom in idioms())
