"""What kind of file came in, by its content: text, Word, or something that is refused with a way out.

In: a path, or a name with bytes. Out: `Manuscript`, bytes untouched. Raises UserError("intake.…").
"""

import io
import zipfile
from pathlib import Path

from models.values.manuscript import Manuscript, ManuscriptKind
from services.config.errors import UserError

TEXT_BYTES = 20 * 1024 * 1024
DOCX_BYTES = 60 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_MAGIC = (
    (b"%PDF", "intake.pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "intake.old_word"),
    (b"{\\rtf", "intake.rtf"),
    (b"\x89PNG", "intake.picture"),
    (b"\xff\xd8\xff", "intake.picture"),
    (b"GIF8", "intake.picture"),
    (b"BM", "intake.picture"),
    (b"II*\x00", "intake.picture"),
    (b"MM\x00*", "intake.picture"),
    (b"Rar!", "intake.archive"),
    (b"7z\xbc\xaf", "intake.archive"),
    (b"\x1f\x8b", "intake.archive"),
    (b"\x7fELF", "intake.not_text"),
    (b"MZ\x90", "intake.not_text"),
    (b"SQLite format 3", "intake.not_text"),
)


def read_manuscript(path: Path) -> Manuscript:
    """The file as a manuscript. Reads no more than the limit."""
    name = path.name
    try:
        if path.is_dir():
            raise UserError("intake.folder", file=name)
        if not path.is_file():
            raise UserError("intake.not_found" if not path.exists() else "intake.unreadable", file=name)
        with path.open("rb") as file:
            raw = file.read(DOCX_BYTES + 1)
            size = path.stat().st_size
    except UserError:
        raise
    except (OSError, ValueError) as problem:
        raise UserError("intake.unreadable", file=name) from problem
    if len(raw) > DOCX_BYTES:
        raise UserError("intake.too_large", file=name, size=round(size / _MEGABYTE, 1), limit=DOCX_BYTES // _MEGABYTE)
    return manuscript_from_bytes(name, raw)


def manuscript_from_bytes(name: str, raw: bytes) -> Manuscript:
    """A manuscript of bytes that came some other way (pasted, dropped). `name` may hold a folder: it is cut off."""
    bare = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    if not raw.strip(b"\x00 \t\r\n"):
        raise UserError("intake.empty", file=bare)
    if raw.startswith(b"PK"):
        return Manuscript(name=bare, kind=_zip_kind(bare, raw), raw=raw)
    if raw.startswith(_MAGIC[1][0]) and "EncryptedPackage".encode("utf-16-le") in raw:
        raise UserError("intake.docx_locked", file=bare)
    for magic, key in _MAGIC:
        if raw.startswith(magic) and not (magic == b"BM" and _looks_like_text(raw)):
            raise UserError(key, file=bare)
    if raw[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        raise UserError("intake.web_page", file=bare)
    if len(raw) > TEXT_BYTES:
        limit = TEXT_BYTES // _MEGABYTE
        raise UserError("intake.too_large", file=bare, size=round(len(raw) / _MEGABYTE, 1), limit=limit)
    if not _looks_like_text(raw):
        raise UserError("intake.not_text", file=bare)
    return Manuscript(name=bare, kind=ManuscriptKind.TEXT, raw=raw)


def _zip_kind(name: str, raw: bytes) -> ManuscriptKind:
    """DOCX for a zip with a Word body. A zip that cannot be opened is a damaged Word file if it is named so."""
    from services.intake.guard import check_directory

    check_directory(name, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if "word/document.xml" in archive.namelist() or "[Content_Types].xml" in archive.namelist():
                if any(entry.startswith(("xl/", "ppt/")) for entry in archive.namelist()):
                    raise UserError("intake.archive", file=name)
                return ManuscriptKind.DOCX
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as problem:
        key = "intake.docx_damaged" if name.lower().endswith((".docx", ".docm")) else "intake.archive"
        raise UserError(key, file=name) from problem
    raise UserError("intake.archive", file=name)


def _looks_like_text(raw: bytes) -> bool:
    """Few control bytes, or UTF-16/32: pairs in which the high byte says Han, ASCII or marks."""
    from services.intake.charset import decode, likeness

    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    sample = raw[:65536]
    controls = sum(sample.count(byte) for byte in (bytes([i]) for i in range(32) if i not in (9, 10, 12, 13, 26, 27)))
    if controls <= max(3, len(sample) * 0.005):
        return True
    decoded = decode(raw[: 65536 - 65536 % 4])
    return decoded is not None and decoded.encoding.startswith("utf-16") and likeness(decoded.text) > 0.2
