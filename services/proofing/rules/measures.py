"""Measure words that cannot go with their noun: a table `wrong > right : nouns` of the pack."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.proofing.contract import HAN, Find, Hit, Reading

_COUNT = "[一二两三四五六七八九十百千几数多余每这那某\\d]"


def measure(table: Mapping[str, Any]) -> Find:
    rows = []
    for line in str(table["nouns"]).splitlines():
        head, _, nouns = line.partition(":")
        wrong, _, right = head.partition(">")
        if not nouns.strip():
            continue
        loose = wrong.strip().endswith("*")  # up to four characters may stand before the noun
        word = wrong.strip().rstrip("*")
        words = "|".join(sorted(nouns.split(), key=len, reverse=True))
        gap = r"(?:[^，。；、！？\n\d的]{0,4}的?)?" if loose else ""
        pattern = re.compile(rf"(?<=({_COUNT}))(?P<measure>{word})(?={gap}(?P<noun>{words})(?![{HAN}]?(?:社|馆|店)))")
        rows.append((pattern, tuple(right.split())))

    def find(reading: Reading) -> Iterator[Hit]:
        for pattern, fixes in rows:
            for match in pattern.finditer(reading.text):
                yield Hit(start=match.start(), end=match.end(), suggestions=fixes, values={"noun": match["noun"]})

    return find


WITH_WORDS = (("words.measure", measure),)
