"""以下简称 “…”: the scope of a short form.

1. Defined and never used. 2. Used before it is defined (headings apart). 3. The full form after the definition.
4. Defined twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.proofing.contract import HAN, Find, Hit, Reading

_DEFINED = re.compile(
    rf"(?P<full>[{HAN}《》“”A-Za-z0-9·]{{3,40}})[（(](?:以?下[统简并]?称|以下均简称|下文简称|简称)(?:为|作)?[“\"‘《]"
    r"(?P<short>[^”\"’》\n]{2,20})[”\"’》][）)]"
)


_FULL = 7  # characters: a shorter full form may belong to another body, such as 市总工会


@dataclass(frozen=True, slots=True)
class ShortForm:
    short: str
    start: int  # of the short form in its definition
    end: int
    full_end: int
    full: str  # every Han character before the bracket: ends with the full form


def _definitions(reading: Reading) -> list[ShortForm]:
    return [
        ShortForm(
            match["short"], match.start("short"), match.end("short"), match.end("full"), match["full"].lstrip("《“")
        )
        for match in _DEFINED.finditer(reading.text)
    ]


def _uses(reading: Reading, short: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(short), reading.text)]


def never_used(reading: Reading) -> Iterator[Hit]:
    for one in _definitions(reading):
        if not [at for at, _ in _uses(reading, one.short) if at != one.start]:
            yield Hit(start=one.start, end=one.end, values={"short": one.short})


def used_before(reading: Reading) -> Iterator[Hit]:
    for one in _definitions(reading):
        first_line = reading.line_at(one.start)
        for at, end in _uses(reading, one.short):
            line = reading.line_at(at)
            # a short form that is part of the full form is no use of it
            within = one.full_end - len(one.full) <= at < one.full_end
            if at < one.start and not within and not line.heading and line.start <= first_line.start:
                if _within_full(reading.text, at, one):
                    continue
                yield Hit(start=at, end=end, related=((one.start, one.end),), values={"short": one.short})


def _within_full(text: str, at: int, one: ShortForm) -> bool:
    """Whether the characters at `at` belong to a longer piece of the full form: 市总 in 市总工会."""
    place = one.full.find(one.short)
    while place >= 0:
        after, before = one.full[place + len(one.short) :][:1], one.full[:place][-1:]
        if (after and text.startswith(after, at + len(one.short))) or (before and at and text[at - 1] == before):
            return True
        place = one.full.find(one.short, place + 1)
    return False


def _full_form(one: ShortForm) -> str:
    """The full form within the characters before the bracket: it holds the short form's characters in order.

    It begins where the first character of the short form stands last, so that all others follow: at least four long.
    """
    for at in range(len(one.full) - 1, -1, -1):
        tail = iter(one.full[at:])
        if one.full[at] == one.short[0] and all(character in tail for character in one.short):
            return one.full[at:] if len(one.full) - at >= 4 else ""
    return ""


def full_after(reading: Reading) -> Iterator[Hit]:
    for one in _definitions(reading):
        full = _full_form(one)
        if len(full) < max(_FULL, len(one.short) + 1):
            continue
        at = reading.text.find(full, one.end)
        while at >= 0:
            before = reading.text[max(0, at - 30) : at]
            in_title = before.rfind("《") > before.rfind("》")
            if not reading.line_at(at).heading and not in_title:
                yield Hit(start=at, end=at + len(full), suggestions=(one.short,), values={"short": one.short})
            at = reading.text.find(full, at + len(full))


def defined_twice(reading: Reading) -> Iterator[Hit]:
    seen: dict[str, ShortForm] = {}
    for one in _definitions(reading):
        first = seen.setdefault(one.short, one)
        if first is not one:
            yield Hit(start=one.start, end=one.end, related=((first.start, first.end),), values={"short": one.short})


TABLE: tuple[tuple[str, Find], ...] = (
    ("short_forms.never_used", never_used),
    ("short_forms.used_before", used_before),
    ("short_forms.full_after", full_after),
    ("short_forms.defined_twice", defined_twice),
)
