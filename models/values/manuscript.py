"""Manuscript 来稿: a file as it arrived, byte for byte; nothing downstream edits it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class ManuscriptKind(StrEnum):
    TEXT = "text"
    DOCX = "docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A received file: its bare name (no folder), its kind by content, its bytes."""

    name: str
    kind: ManuscriptKind
    raw: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()
