"""Makes the table of characters that are taken for one another, by sound and by look.

`python -m tools.language.confusables WORK FONT[:index] ...`: sound from pypinyin (MIT): the same syllable without tone
in any reading, or a syllable that many speakers do not tell apart (z/zh, c/ch, s/sh, n/l, n/ng, f/h, r/l); look from
pictures of the characters in openly licensed fonts, which are compared and thrown away. Writes
resources/language/characters.npz: characters, candidates, and words of two characters by their sound.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin import Style, pinyin

from services.config.paths import RESOURCES
from services.proofing.characters.ngrams import packed

SAME, NEAR, LOOK = 1, 2, 4
MOST = {SAME: 48, NEAR: 20, LOOK: 14}
LEAST_LOOK = 0.66
CELL = 40  # pixels of a character's picture
PAIRS = 45_000  # words of two characters that are kept by their sound
FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("r", "n"), ("h", "f"))


def readings(character: str) -> list[str]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return [reading.replace("ü", "v") for reading in found[0]] if found else []


def in_gb2312(character: str) -> bool:
    """Whether it is one of the 6,763 characters of GB 2312: what a newspaper writes."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def near(syllable: str) -> str:
    for wide, narrow in FUZZY:
        if syllable.startswith(wide) and not (wide == "h" and syllable[1:2] != "u"):
            syllable = narrow + syllable[len(wide) :]
            break
    return syllable[:-1] if syllable.endswith("ng") else syllable


def pictures(characters: list[str], fonts: list[str], *, stretched: bool) -> NDArray[np.float32]:
    """A row of blurred pixels for each character, of length 1; stretched: the ink fills the cell."""
    parts = []
    for spec in fonts:
        path, _, index = spec.partition(":")
        font = ImageFont.truetype(path, CELL - 6, index=int(index or 0))
        rows = np.zeros((len(characters), (CELL // 2) ** 2), np.float32)
        for at, character in enumerate(characters):
            image = Image.new("L", (CELL, CELL))
            ImageDraw.Draw(image).text((CELL / 2, CELL / 2), character, font=font, fill=255, anchor="mm")
            if stretched and (ink := image.getbbox()):
                image = image.crop(ink).resize((CELL, CELL))
            small = image.filter(ImageFilter.GaussianBlur(1.3)).resize((CELL // 2, CELL // 2), Image.Resampling.BOX)
            rows[at] = np.asarray(small, np.float32).reshape(-1)
        rows -= rows.mean(0)
        parts.append(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6))
    joined = np.concatenate(parts, 1)
    return joined / np.maximum(np.linalg.norm(joined, axis=1, keepdims=True), 1e-6)


def weights(single: NDArray[np.float32], words: list[str], logs: NDArray[np.float32]) -> NDArray[np.float64]:
    """How common each character is: in laws, and in the words of the trigram."""
    spoken = np.zeros(0x10000)
    for word, log in zip(words, logs, strict=True):
        for character in word:
            spoken[ord(character)] += 10.0**log
    return single / single.sum() + spoken / spoken.sum()


def main(work: Path, fonts: list[str]) -> None:
    listed = np.load(work / "words.npz")
    words, logs = listed["words"].tolist(), listed["log"]
    single = np.load(work / "single.npy")
    common = weights(single, words, logs)
    every = [chr(code) for code in range(0x4E00, 0x9FA6)]
    targets = [c for c in every if common[ord(c)] > 2e-7 and in_gb2312(c)]
    print("targets", len(targets))
    target_codes = np.array([ord(c) for c in targets])
    looks_of = [pictures(every, fonts, stretched=stretched) for stretched in (False, True)]
    wanted = [pixels[target_codes - 0x4E00] for pixels in looks_of]
    by_sound, by_near = defaultdict(list), defaultdict(list)
    read = {c: readings(c) for c in every}
    for c in targets:
        for syllable in read[c]:
            by_sound[syllable].append(c)
            by_near[near(syllable)].append(c)
    starts, candidates, kinds, looks = [0], [], [], []
    for c in every:
        alike = np.maximum(*(w @ pixels[ord(c) - 0x4E00] for w, pixels in zip(wanted, looks_of, strict=True)))
        score = dict(zip(targets, alike.tolist(), strict=True))
        kind: dict[str, int] = defaultdict(int)
        for bit, group in (
            (SAME, {d for s in read[c] for d in by_sound[s]}),
            (NEAR, {d for s in read[c] for d in by_near[near(s)]}),
        ):
            fresh = sorted((d for d in group if not kind[d]), key=lambda d: -common[ord(d)])
            for d in fresh[: MOST[bit] if common[ord(c)] > 1e-8 else 0]:
                kind[d] |= bit
        top = np.argpartition(-alike, MOST[LOOK] + 1)[: MOST[LOOK] + 1]
        for at in top:
            if alike[at] >= LEAST_LOOK:
                kind[targets[at]] |= LOOK
        kind.pop(c, None)
        for d in sorted((d for d in kind if kind[d]), key=lambda d: -common[ord(d)]):
            candidates.append(ord(d))
            kinds.append(kind[d])
            looks.append(round(255 * max(0.0, score[d])))
        starts.append(len(candidates))
    print("candidates", len(candidates))
    two = [(word, log) for word, log in zip(words, logs.tolist(), strict=True) if len(word) == 2]
    two = sorted(two, key=lambda one: -one[1])[:PAIRS]
    syllables = {s: i + 1 for i, s in enumerate(sorted({s for c in every for s in read[c]}))}
    first = np.zeros(0x10000, np.uint16)
    for c in every:
        if read[c]:
            first[ord(c)] = syllables[read[c][0]]
    sounds = []
    for word, _ in two:
        reading = [s[0].replace("ü", "v") for s in pinyin(word, style=Style.NORMAL)]
        sounds.append([syllables.get(s, 0) for s in reading])
    keys = np.array([a * 1024 + b for a, b in sounds], np.uint32)
    order = np.argsort(keys, kind="stable")
    np.savez_compressed(
        RESOURCES / "language" / "characters.npz",
        single=packed(single.astype(np.int64)) * (single > 0),
        common=np.log10(np.maximum(common, 1e-9)).astype(np.float16),
        starts=np.array(starts, np.uint32),
        candidates=np.array(candidates, np.uint16),
        kinds=np.array(kinds, np.uint8),
        looks=np.array(looks, np.uint8),
        syllable=first,
        pair_sounds=keys[order],
        pairs=np.array([[ord(a), ord(b)] for (a, b), _ in two], np.uint16)[order],
        words=np.load(work / "word_keys.npy"),
        word_logs=np.load(work / "word_logs.npy"),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
