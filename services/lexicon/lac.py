"""A small sequence model of Chinese words, run with NumPy. In: texts. Out: words with tags, names among them.

The weights lie in jieba's own package (`lac_small`, Baidu LAC, 12.5 MB): two layers of bidirectional gated units under
a linear chain. jieba's own loader wants a framework that nobody installs any more; nothing of jieba is imported here.

Texts are cut into sentences, sorted by length and packed step by step, so that no padding is computed:
1. characters become ids (full-width marks and digits as half-width ones: the model never saw the former),
2. embedding times first matrix once for each different character of the batch,
3. both directions of a layer advance together, on the rows whose sentences still run,
4. the best path of the chain; X-I may follow X-B and X-I only.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.lexicon.frequencies import package

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

UNITS = 128
BATCH_CHARACTERS = 6144  # packed rows of a batch: about 40 MB of scratch memory
LONGEST_SENTENCE = 160  # code points; longer ones are cut at a comma, then anywhere

_MARKS = {
    "。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "《": "<", "》": ">", "—": "-", "…": ".", "·": ".",
    "「": '"', "」": '"', "『": '"', "』": '"', "〈": "<", "〉": ">", "•": ".", "・": ".",
}  # fmt: skip
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n+|$)")
_CLAUSE_END = "，,、：: "


class Word(NamedTuple):
    """A word at [start, end) with the model's tag: PER ORG LOC TIME or a word class (nr ns nt n v vn a d p c u m q)."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class _Layer:
    """Both directions of a layer, stacked; the update and reset gates are halved, for tanh instead of the logistic."""

    enter: Floats  # (width, 2 * 3 * UNITS)
    bias: Floats  # (2 * 3 * UNITS,)
    gates: Floats  # (2, UNITS, 2 * UNITS)
    state: Floats  # (2, UNITS, UNITS)


@dataclass(frozen=True, slots=True)
class _Model:
    ids: dict[str, int]
    unknown: int
    trained: NDArray[np.bool_]  # which characters' embeddings were ever trained
    embedding: Floats
    layers: tuple[_Layer, _Layer]
    leave: Floats
    leave_bias: Floats
    first: Floats
    last: Floats
    follows: Floats  # (to, from): score of a tag after a tag
    tags: tuple[str, ...]
    begins: NDArray[np.bool_]


def model_folder() -> Path:
    """Where jieba's package keeps the weights. Raises FileNotFoundError."""
    return package() / "lac_small"


def analyse(texts: Sequence[str]) -> list[tuple[Word, ...]]:
    """The words of each text, offsets in code points of that text; together they cover it whole."""
    model = _model()
    pieces: list[tuple[int, int, str]] = []
    for number, text in enumerate(texts):
        pieces.extend((number, start, piece) for start, piece in sentences(text))
    pieces.sort(key=lambda piece: -len(piece[2]))
    found: list[list[Word]] = [[] for _ in texts]
    for batch in _batches(pieces):
        for (number, start, _), words in zip(batch, _decode(model, [piece for _, _, piece in batch]), strict=True):
            found[number].extend(Word(start + a, start + b, tag) for a, b, tag in words)
    return [tuple(sorted(words)) for words in found]


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of at most LONGEST_SENTENCE code points with their offsets; joined they are the text."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_SENTENCE:
            cut = max(text.rfind(mark, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) for mark in _CLAUSE_END)
            cut = cut + 1 if cut > 0 else start + LONGEST_SENTENCE
            yield start, text[start:cut]
            start = cut
        if end > start:
            yield start, text[start:end]


def _batches(pieces: Sequence[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    batch: list[tuple[int, int, str]] = []
    size = 0
    for piece in pieces:
        if batch and size + len(piece[2]) > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece[2])
    if batch:
        yield batch


def _decode(model: _Model, batch: Sequence[str]) -> list[list[Word]]:
    """Words of each sentence of a batch; the sentences come longest first."""
    lengths = np.array([len(piece) for piece in batch])
    steps = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(steps), side="left")  # sentences longer than t
    offsets = np.concatenate(([0], np.cumsum(active)))
    rows = [np.arange(n) for n in active]
    sentence = np.concatenate(rows)
    step = np.repeat(np.arange(steps), active)
    turned = offsets[lengths[sentence] - 1 - step] + sentence  # the same place counted from the end
    starts = np.concatenate(([0], np.cumsum(lengths)))
    ids = _ids(model, batch)[starts[sentence] + step]
    emissions = _emissions(model, ids, turned, offsets)
    path = _best_path(model, emissions, lengths, offsets)
    tags = path[offsets[_ordinal(lengths)] + np.repeat(np.arange(len(batch)), lengths)]
    return [list(_words(model, tags[starts[i] : starts[i + 1]].tolist())) for i in range(len(batch))]


def _ordinal(lengths: Ints) -> Ints:
    """0, 1, 2 … within each sentence, the sentences one after another."""
    starts = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - np.repeat(starts, lengths)


def _ids(model: _Model, batch: Iterable[str]) -> Ints:
    text = "".join(batch)
    seen = {character: _id(model, character) for character in set(text)}
    return np.fromiter((seen[character] for character in text), dtype=np.int64, count=len(text))


def _id(model: _Model, character: str) -> int:
    """The id of a character, or of its half-width form where the character itself was never trained."""
    folded = unicodedata.normalize("NFKC", character)
    for form in (character, folded, _MARKS.get(character, ""), folded.lower()):
        found = model.ids.get(form)
        if found is not None and model.trained[found]:
            return found
    return model.unknown


def _emissions(model: _Model, ids: Ints, turned: Ints, offsets: Ints) -> Floats:
    different, place = np.unique(ids, return_inverse=True)
    lower, upper = model.layers
    table = model.embedding[different] @ lower.enter + lower.bias
    half = 3 * UNITS
    entered = np.empty((2, len(ids), half), np.float32)
    np.take(table[:, :half], place, axis=0, out=entered[0])
    np.take(table[:, half:], place[turned], axis=0, out=entered[1])
    both = _advance(lower, entered, offsets, turned)
    above = both @ upper.enter
    above += upper.bias
    entered[0] = above[:, :half]
    np.take(above[:, half:], turned, axis=0, out=entered[1])
    both = _advance(upper, entered, offsets, turned)
    return np.asarray(both @ model.leave + model.leave_bias, np.float32)


def _advance(layer: _Layer, entered: Floats, offsets: Ints, turned: Ints) -> Floats:
    """Runs both directions over the packed steps. Returns (rows, 2 * UNITS), the backward half turned back."""
    widest = int(offsets[1])
    gate_room = np.empty((2, widest, 2 * UNITS), np.float32)
    state_room = np.empty((2, widest, UNITS), np.float32)
    out = np.empty((2, entered.shape[1], UNITS), np.float32)
    before = np.zeros((2, widest, UNITS), np.float32)
    for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
        count = end - start
        before, gates, state = before[:, :count], gate_room[:, :count], state_room[:, :count]
        np.matmul(before, layer.gates, out=gates)
        gates += entered[:, start:end, : 2 * UNITS]
        np.tanh(gates, out=gates)
        gates *= 0.5
        gates += 0.5
        reset = gates[:, :, UNITS:]
        reset *= before
        np.matmul(reset, layer.state, out=state)
        state += entered[:, start:end, 2 * UNITS :]
        np.tanh(state, out=state)
        state -= before
        state *= gates[:, :, :UNITS]
        now = out[:, start:end]
        np.add(state, before, out=now)
        before = now
    joined = np.empty((entered.shape[1], 2 * UNITS), np.float32)
    joined[:, :UNITS] = out[0]
    np.take(out[1], turned, axis=0, out=joined[:, UNITS:], mode="clip")
    return joined


def _best_path(model: _Model, emissions: Floats, lengths: Ints, offsets: Ints) -> Ints:
    """Tags of the packed rows: the path of the highest score for each sentence."""
    kinds = emissions.shape[1]
    begin = np.flatnonzero(model.begins)
    inside = np.flatnonzero(~model.begins)
    opening = inside - 1  # X-B stands before X-I
    back = np.empty(emissions.shape, np.int16)
    score = model.first + emissions[: offsets[1]]
    finals = np.empty((len(lengths), kinds), np.float32)
    into = model.follows[begin][None]
    stay, enter = model.follows[inside, inside], model.follows[inside, opening]
    for t in range(1, len(offsets) - 1):
        start, end = int(offsets[t]), int(offsets[t + 1])
        finals[end - start : len(score)] = score[end - start :]
        score = score[: end - start]
        paths = score[:, None, :] + into
        best = paths.argmax(2)
        staying, entering = score[:, inside] + stay, score[:, opening] + enter
        here = back[start:end]
        here[:, begin] = best
        here[:, inside] = np.where(staying >= entering, inside, opening)
        score = np.empty((end - start, kinds), np.float32)
        score[:, begin] = np.take_along_axis(paths, best[:, :, None], 2)[:, :, 0]
        score[:, inside] = np.maximum(staying, entering)
        score += emissions[start:end]
    finals[: len(score)] = score
    path = np.empty(len(emissions), np.int64)
    tag = (finals + model.last).argmax(1)
    for t in range(len(offsets) - 2, -1, -1):
        start, end = int(offsets[t]), int(offsets[t + 1])
        path[start:end] = tag[: end - start]
        if t:
            tag[: end - start] = back[start + np.arange(end - start), tag[: end - start]]
    return path


def _words(model: _Model, tags: list[int]) -> Iterator[Word]:
    start = 0
    for at in range(1, len(tags) + 1):
        if at == len(tags) or model.begins[tags[at]]:
            yield Word(start, at, model.tags[tags[start]])
            start = at


def _one_thread() -> None:
    """Tells NumPy's matrix library to work on one core.

    The products of a step are small (60 × 128 × 256): shared out to several threads on a busy machine they wait for
    each other and take ten times as long. Where the library is not found nothing changes.
    """
    package = Path(np.__file__).parent
    for library in (*package.parent.glob("numpy.libs/*openblas*"), *package.glob(".dylibs/*openblas*")):
        loaded = ctypes.CDLL(str(library))
        for name in ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads64_", "openblas_set_num_threads"):
            if hasattr(loaded, name):
                getattr(loaded, name)(1)
                break


@cache
def _model() -> _Model:
    _one_thread()
    folder = model_folder()
    ids = {word: number for number, word in _rows(folder / "word.dic")}
    names = dict(_rows(folder / "tag.dic"))
    kinds = max(names) + 1
    embedding = _weights("word_emb", (max(ids.values()) + 1, UNITS))
    chain = _weights("crfw", (kinds + 2, kinds))
    return _Model(
        ids=ids,
        unknown=ids["OOV"],
        trained=np.asarray(np.linalg.norm(embedding, axis=1) > 2),
        embedding=embedding,
        layers=(_layer(0, UNITS), _layer(2, 2 * UNITS)),
        leave=_weights("fc_4.w_0", (2 * UNITS, kinds)),
        leave_bias=_weights("fc_4.b_0", (kinds,)),
        first=chain[0],
        last=chain[1],
        follows=np.ascontiguousarray(chain[2:].T),
        tags=tuple(names[number].rsplit("-", 1)[0] for number in range(kinds)),
        begins=np.array([not names[number].endswith("-I") for number in range(kinds)]),
    )


def _rows(path: Path) -> Iterator[tuple[int, str]]:
    for line in path.read_text("utf-8").split("\n"):
        number, tab, word = line.partition("\t")
        if tab and number.isdigit():
            yield int(number), word


def _layer(first: int, width: int) -> _Layer:
    """Layers are numbered forward, backward; a recurrent matrix holds the gates first, then the state."""
    enters, biases, gates, states = [], [], [], []
    for number in (first, first + 1):
        recurrent = _weights(f"gru_{number}.w_0", (UNITS * 3 * UNITS,))
        gates.append(recurrent[: 2 * UNITS * UNITS].reshape(UNITS, 2 * UNITS) * np.float32(0.5))
        states.append(recurrent[2 * UNITS * UNITS :].reshape(UNITS, UNITS))
        scale = np.repeat(np.array([0.5, 1.0], np.float32), (2 * UNITS, UNITS))
        bias = _weights(f"fc_{number}.b_0", (3 * UNITS,)) + _weights(f"gru_{number}.b_0", (3 * UNITS,))
        enters.append(_weights(f"fc_{number}.w_0", (width, 3 * UNITS)) * scale)
        biases.append(bias * scale)
    return _Layer(
        enter=np.concatenate(enters, axis=1),
        bias=np.concatenate(biases),
        gates=np.stack(gates),
        state=np.stack(states),
    )


def _weights(name: str, shape: tuple[int, ...]) -> Floats:
    """One parameter file: a header, then little-endian float32 values."""
    raw = (model_folder() / "model_baseline" / name).read_bytes()
    count = int(np.prod(shape))
    return np.frombuffer(raw[-4 * count :], dtype="<f4").reshape(shape).astype(np.float32)
