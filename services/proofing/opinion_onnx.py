"""A masked language model in an ONNX file with its `vocab.txt` beside it, run on this machine by onnxruntime.

onnxruntime is no dependency of the program: whoever wants this installs it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from services.config.errors import UserError
from services.proofing.questions import Question

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LARGEST_VOCABULARY = 4 << 20  # bytes
BATCH = 16


class OnnxModel:
    def __init__(self, path: Path) -> None:
        """Raises UserError."""
        self._name = path.name
        try:
            import onnxruntime  # type: ignore[import-not-found,unused-ignore]
        except ImportError as error:
            raise UserError("proofing.model.no_runtime", model=path.name) from error
        vocabulary = path.with_name("vocab.txt")
        try:
            if vocabulary.stat().st_size > LARGEST_VOCABULARY:
                raise UserError("proofing.model.bad_file", model=path.name, reason=vocabulary.name)
            tokens = vocabulary.read_text("utf-8").splitlines()
            self._session: Any = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
            self._inputs = {one.name for one in self._session.get_inputs()}
        except UserError:
            raise
        except Exception as error:
            raise UserError("proofing.model.bad_file", model=path.name, reason=str(error)[:200]) from error
        self._ids = {token: at for at, token in enumerate(tokens)}
        if any(token not in self._ids for token in SPECIAL) or "input_ids" not in self._inputs:
            raise UserError("proofing.model.bad_file", model=path.name, reason=vocabulary.name)

    def ask(self, questions: Sequence[Question]) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for start in range(0, len(questions), BATCH):
            found += self._some(questions[start : start + BATCH])
        return found

    def _some(self, questions: Sequence[Question]) -> list[tuple[float, float]]:
        pad, unknown, first, last, mask = (self._ids[token] for token in SPECIAL)
        width = max(len(one.text) for one in questions) + 2
        ids = np.full((len(questions), width), pad, np.int64)
        attention = np.zeros((len(questions), width), np.int64)
        for row, one in enumerate(questions):
            line = [self._ids.get(character.lower(), unknown) for character in one.text]
            line[one.start : one.end] = [mask] * (one.end - one.start)
            ids[row, : len(line) + 2] = [first, *line, last]
            attention[row, : len(line) + 2] = 1
        feed = {"input_ids": ids, "attention_mask": attention, "token_type_ids": np.zeros_like(ids)}
        try:
            (logits, *_) = self._session.run(None, {name: feed[name] for name in self._inputs})
            logits = np.asarray(logits, np.float64)
            logs = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
            return [(self._log(logs[row], one, 0), self._log(logs[row], one, 1)) for row, one in enumerate(questions)]
        except Exception as error:
            raise UserError("proofing.model.bad_file", model=self._name, reason=str(error)[:200]) from error

    def _log(self, logs: "np.ndarray[Any, np.dtype[np.float64]]", question: Question, which: int) -> float:
        unknown = self._ids["[UNK]"]
        ids = [self._ids.get(character.lower(), unknown) for character in question.candidates[which]]
        return float(sum(logs[question.start + 1 + at, id] for at, id in enumerate(ids)))
