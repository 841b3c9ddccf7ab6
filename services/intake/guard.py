"""Before a Word file is opened: is it a zip that unpacks to something a manuscript can be? Nothing is written to disk.

Checked: central directory size, entries, duplicate and unsafe names, encryption, macros, unpacked sizes and
ratio, size and
number of tags of every XML part that will be read, document type declarations. Figures are for one manuscript
with pictures.
"""

import io
import struct
import zipfile
import zlib

from services.config.errors import UserError
from services.config.messages import text

ENTRIES = 4_000
DIRECTORY_BYTES = 1_000_000
UNPACKED_BYTES = 200_000_000
PART_BYTES = 32_000_000
RATIO = 200  # unpacked to packed, for entries over a megabyte
TAGS = 600_000  # "<" in the body: about 300,000 elements, some 350 MB when parsed
SMALL_TAGS = 120_000  # in every other part
SMALL_BYTES = 8_000_000
_BLOCK = 1 << 18
_DOCTYPES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def hostile(name: str, reason: str) -> UserError:
    return UserError("intake.docx_hostile", file=name, reason=text(f"intake.reason.{reason}"))


def check_directory(name: str, raw: bytes) -> None:
    """Refuses a central directory too large to be listed quickly; looks at bytes only."""
    places = {len(raw) - 22, raw.rfind(b"PK\x05\x06", max(0, len(raw) - 65_557))}
    for at in places:
        if at >= 0 and raw[at : at + 4] == b"PK\x05\x06" and len(raw) >= at + 20:
            entries, size = struct.unpack_from("<HI", raw, at + 10)
            if size > DIRECTORY_BYTES or entries > ENTRIES:
                raise hostile(name, "entries")


def open_checked(name: str, raw: bytes) -> zipfile.ZipFile:
    """The archive, its directory checked. Raises UserError("intake.docx_…")."""
    check_directory(name, raw)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error) as problem:
        raise UserError("intake.docx_damaged", file=name) from problem
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(names) > ENTRIES:
        raise hostile(name, "entries")
    if len({each.lower() for each in names}) < len(names):
        raise hostile(name, "duplicate")
    if any(_unsafe(each) for each in names):
        raise hostile(name, "unsafe_path")
    if any("vbaproject" in each.lower() for each in names):
        raise UserError("intake.docx_macros", file=name)
    if any(info.flag_bits & 1 for info in infos):
        raise UserError("intake.docx_locked", file=name)
    if sum(info.file_size for info in infos) > UNPACKED_BYTES:
        raise hostile(name, "size")
    if any(info.file_size > 1_000_000 and info.file_size > RATIO * max(1, info.compress_size) for info in infos):
        raise hostile(name, "ratio")
    return archive


def _unsafe(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return path.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in path


def read_part(name: str, archive: zipfile.ZipFile, part: str, *, small: bool = False) -> bytes:
    """One XML part, read in blocks and counted while it is unpacked. KeyError when there is none."""
    info = archive.getinfo(part)
    most, most_tags = (SMALL_BYTES, SMALL_TAGS) if small else (PART_BYTES, TAGS)
    if info.file_size > most:
        raise hostile(name, "part_size")
    blocks: list[bytes] = []
    size = tags = 0
    tail = b""
    try:
        with archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                tags += block.count(b"<")
                if size > most:
                    raise hostile(name, "part_size")
                if tags > most_tags:
                    raise hostile(name, "elements")
                seen = tail + block
                if any(mark in seen for mark in _DOCTYPES):
                    raise hostile(name, "doctype")
                tail = block[-20:]
                blocks.append(block)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ) as problem:
        raise UserError("intake.docx_damaged", file=name) from problem
    return b"".join(blocks)
