"""Labelled pages: [人 姓名 机构/职务;…], [机 机构], [机 简称 = 全称], [地 地名]; # begins a remark, #! a known miss."""

import re
from dataclasses import dataclass
from pathlib import Path

from models.values.article_text import FlatText
from models.values.mention import EntityKind, Mention
from services.tagging.tag import TagContext, tag

PAGES = Path(__file__).parent / "pages"
_LABEL = re.compile(r"\[(?P<kind>[人机地]) (?P<text>[^\] ]+)(?: (?P<more>[^\]]+))?\]")
_KINDS = {"人": EntityKind.PERSON, "机": EntityKind.ORGANISATION, "地": EntityKind.PLACE}


@dataclass(frozen=True)
class Label:
    start: int
    end: int
    text: str
    kind: EntityKind
    name: str
    offices: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    text: str
    labels: tuple[Label, ...]


def load(path: Path) -> Page:
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("#")]
    marked = "\n".join(line for line in lines if line.strip())
    text, labels, at = "", [], 0
    for match in _LABEL.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        more = match["more"] or ""
        kind = _KINDS[match["kind"]]
        offices = (
            frozenset() if kind is not EntityKind.PERSON else frozenset(map(_office, more.split(";") if more else ()))
        )
        name = (
            more.removeprefix("= ") if kind is EntityKind.ORGANISATION and more else match["text"].replace("\u3000", "")
        )
        labels.append(Label(len(text), len(text) + len(match["text"]), match["text"], kind, name, offices))
        text += match["text"]
    return Page(text + marked[at:], tuple(labels))


def known_differences(path: Path) -> list[str]:
    """What the tagger is known to get wrong on a page, from its lines `#! …`: told, not hidden."""
    return [line[3:] for line in path.read_text("utf-8").split("\n") if line.startswith("#! ")]


def _office(written: str) -> tuple[str, str]:
    organisation, _, position = written.partition("/")
    return ("" if organisation == "-" else organisation, position)


def found_in(page: Page, home_city: str = "") -> tuple[Mention, ...]:
    return tag(FlatText.plain(page.text), TagContext(home_city=home_city))


def differences(page: Page, kinds: frozenset[EntityKind] = frozenset(EntityKind)) -> list[str]:
    """What the tagger missed, invented or understood differently, in words."""
    told: list[str] = []
    found = {(m.start, m.end, m.kind): m for m in found_in(page) if m.kind in kinds}
    labels = {(label.start, label.end, label.kind): label for label in page.labels if label.kind in kinds}
    for key, label in labels.items():
        mention = found.get(key)
        around = page.text[max(0, label.start - 6) : label.end + 5].replace("\n", "|")
        if mention is None:
            told.append(f"missed {label.kind} {label.text} ({around})")
            continue
        if mention.name != label.name:
            told.append(f"name of {label.text}: {mention.name} for {label.name}")
        offices = {(office.organisation, office.position) for office in mention.offices}
        if label.kind is EntityKind.PERSON and offices != label.offices:
            told.append(f"offices of {label.text}: {sorted(offices)} for {sorted(label.offices)} ({around})")
    for key, mention in found.items():
        if key not in labels:
            around = page.text[max(0, mention.start - 6) : mention.end + 5].replace("\n", "|")
            told.append(f"false {mention.kind} {mention.text} ({around}) {mention.reasons}")
    return told
