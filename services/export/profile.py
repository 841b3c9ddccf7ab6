"""ICC profiles of printing conditions: hostile until checked, then embedded and used to convert pictures.

The layout of the header and of the tag table is that of ICC.1:2022, 7.2 and 7.3. ISO 15930-7 asks of the profile of an
output intent that its device class is prtr; here also four inks, because pages are written in CMYK.
"""

import hashlib
import io
import struct
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from services.config.errors import UserError
from services.config.paths import RESOURCES

MOST_BYTES = 8 << 20  # profiles of presses have 0.5 to 3 MB
_MOST_TAGS = 100
_HEADER, _TAG = 128, 12
REGISTRY = "http://www.color.org"
NEWSPRINT_FILE = "newsprint.icc"


@dataclass(frozen=True, slots=True)
class OutputProfile:
    """A sound profile. `title`: what it calls itself; `condition`: the registered condition it was made from, or ""."""

    raw: bytes = field(repr=False)
    name: str
    title: str
    condition: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


@cache
def newsprint() -> OutputProfile:
    """Our own model of coldset newsprint, for papers whose print house gave no profile; made by tools/press."""
    return read_profile(RESOURCES / "press" / NEWSPRINT_FILE)


def read_profile(path: Path) -> OutputProfile:
    """The profile in a file. Raises UserError."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("export.profile_unreadable", file=path.name, reason=reason) from error
    return check_profile(raw, path.name)


def check_profile(raw: bytes, name: str) -> OutputProfile:
    """Raises UserError, which names the file, for what is no sound CMYK profile of a press."""
    if len(raw) > MOST_BYTES:
        raise UserError("export.profile_large", file=name, limit=MOST_BYTES >> 20)
    if len(raw) < _HEADER + 4 or raw[36:40] != b"acsp":
        raise UserError("export.profile_none", file=name)
    if int.from_bytes(raw[:4], "big") != len(raw) or raw[8] not in (2, 4):
        raise UserError("export.profile_damaged", file=name)
    if raw[12:16] != b"prtr":
        raise UserError("export.profile_class", file=name, kind=_words(raw[12:16]))
    if raw[16:20] != b"CMYK":
        raise UserError("export.profile_space", file=name, space=_words(raw[16:20]))
    tags = _tags(raw, name)
    if raw[20:24] not in (b"Lab ", b"XYZ ") or b"B2A0" not in tags or b"A2B0" not in tags:
        raise UserError("export.profile_damaged", file=name)
    _try(raw, name)
    title = _text(raw, tags.get(b"desc")) or Path(name).stem
    made_from = _text(raw, tags.get(b"targ"))
    _, mark, condition = made_from.partition("ICCHDAT ")
    return OutputProfile(raw, name, title, condition.strip() if mark and condition.strip().isascii() else "")


def _words(four: bytes) -> str:
    return four.decode("ascii", "replace").strip("\0 ") or "?"


def _tags(raw: bytes, name: str) -> dict[bytes, tuple[int, int]]:
    (count,) = struct.unpack_from(">I", raw, _HEADER)
    if not 0 < count <= _MOST_TAGS or _HEADER + 4 + count * _TAG > len(raw):
        raise UserError("export.profile_damaged", file=name)
    found: dict[bytes, tuple[int, int]] = {}
    for at in range(count):
        key, start, length = struct.unpack_from(">4sII", raw, _HEADER + 4 + at * _TAG)
        if start < _HEADER or start + length > len(raw):
            raise UserError("export.profile_damaged", file=name)
        found[key] = (start, length)
    return found


def _text(raw: bytes, place: tuple[int, int] | None) -> str:
    """The words of a tag: textType, textDescriptionType (ICC.1:2001-04) or multiLocalizedUnicodeType."""
    if place is None or place[1] < 12:
        return ""
    held = raw[place[0] : place[0] + place[1]]
    if held[:4] == b"text":
        words = held[8:].decode("ascii", "replace")
    elif held[:4] == b"desc":
        (length,) = struct.unpack_from(">I", held, 8)
        words = held[12 : 12 + min(length, 500)].decode("ascii", "replace")
    elif held[:4] == b"mluc" and len(held) >= 28:
        length, start = struct.unpack_from(">II", held, 20)
        words = held[start : start + min(length, 1000)].decode("utf-16-be", "replace")
    else:
        return ""
    printable = "".join(mark if mark.isprintable() else " " for mark in words.partition("\0")[0])
    return " ".join(printable.split())[:200]


def _try(raw: bytes, name: str) -> None:
    """A profile that cannot convert one pixel is damaged, whatever its header says."""
    from PIL import Image

    try:
        to_process(raw).apply(Image.new("RGB", (2, 2), "red"))
    except (OSError, ValueError, TypeError) as error:  # PyCMSError is none of these: see to_process
        raise UserError("export.profile_damaged", file=name) from error


def to_process(raw: bytes, source: bytes | None = None, mode: str = "RGB") -> Any:
    """A Pillow transform from the picture's own profile (None: sRGB) into the press's inks: relative colorimetric with
    black point compensation, as ISO 12647 houses convert photographs. Raises ValueError."""
    from PIL import ImageCms

    try:
        target = ImageCms.ImageCmsProfile(io.BytesIO(raw))
        known = ImageCms.createProfile("sRGB") if source is None else io.BytesIO(source)
        start = ImageCms.ImageCmsProfile(known)
        return ImageCms.ImageCmsTransform(
            start,
            target,
            mode,
            "CMYK",
            intent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, TypeError) as error:
        raise ValueError(str(error)) from error
