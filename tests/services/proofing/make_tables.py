"""Makes resources/rules/sounds.txt and idioms.txt: sounds of pypinyin (MIT), words of jieba's dictionary (MIT).

`.venv/bin/python -m tests.services.proofing.make_tables PINYIN_DICT_JSON JIEBA_DICT_TXT`. Never run by pytest. An idiom
is a word of four characters with the tag of an idiom or set phrase, met often enough, that no other such word
met ten times as often differs from by one character of the same sound (jieba's list holds misspellings too).
"""

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from services.config.paths import RESOURCES

_LEAST = {"i": 3, "l": 200}  # by tag: idiom, set phrase
_KEPT = "ü"


def plain(syllable: str) -> str:
    """lǜ → lv, gōng → gong."""
    letters = unicodedata.normalize("NFD", syllable)
    umlaut = letters.replace("u\u0308", "v")
    return "".join(one for one in umlaut if one.isascii() and one.isalpha())


def sounds(source: Path) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for code, syllables in json.loads(source.read_text("utf-8")).items():
        character = chr(int(code))
        try:
            character.encode("gb2312")
        except UnicodeEncodeError:
            continue
        for syllable in sorted({plain(one) for one in syllables.split(",")} - {""}):
            table[syllable].append(character)
    return table


def idioms(source: Path, syllables: dict[str, set[str]]) -> list[str]:
    met: dict[str, int] = {}
    for line in source.read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")[:3]
        if len(word) == 4 and int(count) >= _LEAST.get(tag.strip(), 10**9):
            met[word] = int(count)
    holes: dict[str, list[str]] = defaultdict(list)
    for word in met:
        for at in range(4):
            holes[f"{word[:at]}_{word[at + 1 :]}"].append(word)
    kept = []
    for word, times in met.items():
        near = {(other, at) for at in range(4) for other in holes[f"{word[:at]}_{word[at + 1 :]}"] if other != word}
        if not any(met[o] >= 10 * times and syllables[word[at]] & syllables[o[at]] for o, at in near):
            kept.append(word)
    return sorted(kept)


def main(pinyin: Path, jieba: Path) -> None:
    table = sounds(pinyin)
    syllables: dict[str, set[str]] = defaultdict(set)
    for syllable, characters in table.items():
        for character in characters:
            syllables[character].add(syllable)
    head = "# Syllables without tone and their characters (GB 2312); from pypinyin's data, MIT licence.\n"
    lines = [f"{syllable} {''.join(sorted(characters))}" for syllable, characters in sorted(table.items())]
    (RESOURCES / "rules" / "sounds.txt").write_text(head + "\n".join(lines) + "\n", "utf-8")
    head = "# Words of four characters for the rule words.near_idiom; chosen from jieba's dictionary, MIT licence.\n"
    (RESOURCES / "rules" / "idioms.txt").write_text(head + "\n".join(idioms(jieba, syllables)) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
