"""Reads the headers of font files: which faces they hold, under which names, how heavy they are.

In: folders. Out: `Face` records and notes about files that could not be used. Only the table directory and the
tables `name`, `OS/2` and `cmap` (its presence) are read (OpenType 1.9, chapters "Organization of an OpenType Font",
"name", "OS/2"). Files come from anywhere, so every size and offset is checked before it is followed.
"""

import json
import os
import struct
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_LARGEST_FILE = 256 << 20
_MOST_FACES = 64
_MOST_TABLES = 128
_LARGEST_TABLE = 1 << 20
_CACHE_VERSION = 3
_RESTRICTED = 0x0002  # OS/2 fsType: may not be embedded without leave of its owner


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file. `id` is its PostScript name, unique in a catalogue; `weight` 100 … 900."""

    id: str
    path: Path
    index: int
    postscript_name: str
    family: str
    weight: int

    def __hash__(self) -> int:
        """By id alone: faces are looked up for every paragraph."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class ScannedFace:
    """A face with every family name that it carries, lower case: 宋体 and simsun are one face."""

    face: Face
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    faces: tuple[ScannedFace, ...]
    skipped: tuple[tuple[Path, str], ...] = ()  # file, why: "damaged", "variable", "restricted", "unreadable"


class _Unusable(Exception):
    """Why a file or face is passed over."""


def system_folders() -> tuple[Path, ...]:
    """Folders in which this system keeps fonts, the user's own first."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        return (
            Path(local) / "Microsoft" / "Windows" / "Fonts",
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
        )
    if sys.platform == "darwin":
        assets = Path("/System/Library/AssetsV2/com_apple_MobileAsset_Font7")
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"), assets)
    return (home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def wheel_folder() -> Path | None:
    """Where the faces that come with pip lie (package pylopdf_fonts_zh_cn), None when it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("pylopdf_fonts_zh_cn")
    return Path(spec.origin).parent if spec and spec.origin else None


def font_files(folders: Iterable[Path]) -> list[Path]:
    """Font files under the folders, in a fixed order; links are followed for files only, so no walk runs in circles."""
    found: list[Path] = []
    for folder in folders:
        for place, inner, names in os.walk(folder, followlinks=False):
            inner.sort()
            found += [Path(place, name) for name in sorted(names) if os.path.splitext(name)[1].lower() in SUFFIXES]
    return found


def scan(folders: Sequence[Path], cache: Path | None = None) -> Scan:
    """All usable faces of the folders. `cache` remembers what a file holds by path, time and size."""
    known = _load(cache)
    fresh: dict[str, object] = {}
    faces: list[ScannedFace] = []
    skipped: list[tuple[Path, str]] = []
    for path in font_files(folders):
        try:
            state = path.stat()
        except OSError:
            continue
        stamp = [state.st_mtime_ns, state.st_size]
        entry = known.get(str(path))
        read = _remembered(path, entry, stamp)
        if read is None:
            read = read_file(path, state.st_size)
        held, notes = read
        faces += held
        skipped += [(path, note) for note in notes]
        fresh[str(path)] = {
            "stamp": stamp,
            "faces": [
                [s.face.index, s.face.postscript_name, s.face.family, s.face.weight, list(s.families)] for s in held
            ],
            "notes": list(notes),
        }
    if cache is not None and fresh != known:
        _store(cache, fresh)
    return Scan(tuple(faces), tuple(skipped))


def read_file(path: Path, size: int) -> tuple[list[ScannedFace], tuple[str, ...]]:
    """The faces of one file and notes on what was passed over in it."""
    if not 12 <= size <= _LARGEST_FILE:
        return [], ("damaged",)
    faces: list[ScannedFace] = []
    notes: list[str] = []
    try:
        with path.open("rb") as file:
            offsets = _face_offsets(file.read(12 + 4 * _MOST_FACES), size)
            for index, offset in enumerate(offsets):
                try:
                    faces.append(_read_face(path, file, index, offset, size))
                except (_Unusable, struct.error) as why:
                    notes.append(str(why) if isinstance(why, _Unusable) else "damaged")
    except OSError:
        return [], ("unreadable",)
    except (_Unusable, struct.error) as why:
        return [], (str(why) if isinstance(why, _Unusable) else "damaged",)
    return faces, tuple(dict.fromkeys(notes))


def _face_offsets(head: bytes, size: int) -> list[int]:
    if head[:4] != b"ttcf":
        return [0]
    (count,) = struct.unpack_from(">I", head, 8)
    if not 1 <= count <= _MOST_FACES:
        raise _Unusable("damaged")
    offsets = list(struct.unpack_from(f">{count}I", head, 12))
    if any(offset > size - 12 for offset in offsets):
        raise _Unusable("damaged")
    return offsets


def _read_face(path: Path, file: BinaryIO, index: int, offset: int, size: int) -> ScannedFace:
    file.seek(offset)
    head = file.read(12)
    tag, count = struct.unpack_from(">4sH", head)
    if tag not in (b"OTTO", b"\0\1\0\0", b"true") or not 1 <= count <= _MOST_TABLES:
        raise _Unusable("damaged")
    directory = file.read(16 * count)
    tables: dict[bytes, tuple[int, int]] = {}
    for at in range(0, 16 * count, 16):
        name, _, start, length = struct.unpack_from(">4sIII", directory, at)
        if start > size or length > size - start:
            raise _Unusable("damaged")
        tables[name] = (start, length)
    if b"fvar" in tables:
        raise _Unusable("variable")  # its default instance is often the thinnest weight
    if not {b"name", b"cmap", b"hmtx", b"head"} <= tables.keys():
        raise _Unusable("damaged")
    weight = 400
    if b"OS/2" in tables:
        _, _, weight, _, licence = struct.unpack_from(">HhHHH", _table(file, tables[b"OS/2"]))
        if licence & 0x000F == _RESTRICTED:
            raise _Unusable("restricted")
    names = _names(_table(file, tables[b"name"]))
    postscript = next((text for text in names.get(6, ()) if text), "")
    families = tuple(dict.fromkeys(text.lower() for key in (16, 1, 4) for text in names.get(key, ()) if text))
    if not postscript or not families:
        raise _Unusable("damaged")
    family = next(text for key in (16, 1, 4) for text in names.get(key, ()) if text)
    face = Face(postscript, path, index, postscript, family, min(max(int(weight), 1), 1000))
    return ScannedFace(face, families)


def _table(file: BinaryIO, place: tuple[int, int]) -> bytes:
    start, length = place
    if length > _LARGEST_TABLE:
        raise _Unusable("damaged")
    file.seek(start)
    return file.read(length)


def _names(table: bytes) -> dict[int, list[str]]:
    """Name strings by name id: Windows and Unicode records as UTF-16, Macintosh Roman as such; English first."""
    count, storage = struct.unpack_from(">HH", table, 2)
    found: dict[int, list[tuple[int, str]]] = {}
    for at in range(6, 6 + 12 * min(count, 1024), 12):
        platform, encoding, language, name, length, offset = struct.unpack_from(">6H", table, at)
        if name not in (1, 4, 6, 16):
            continue
        raw = table[storage + offset : storage + offset + length]
        if len(raw) != length:
            continue
        if platform in (0, 3):
            text = raw.decode("utf-16-be", "replace")
        elif platform == 1 and encoding == 0:
            text = raw.decode("mac-roman")
        else:
            continue
        text = text.strip("\0 ")
        if text.isprintable() and "\ufffd" not in text:
            found.setdefault(name, []).append((0 if language in (0x409, 0) else 1, text))
    return {name: [text for _, text in sorted(texts, key=lambda pair: pair[0])] for name, texts in found.items()}


def _remembered(path: Path, entry: object, stamp: list[int]) -> tuple[list[ScannedFace], tuple[str, ...]] | None:
    """What the cache says of a file, or None when it says nothing or nothing that makes sense."""
    if not isinstance(entry, dict) or entry.get("stamp") != stamp:
        return None
    faces: list[ScannedFace] = []
    try:
        for index, postscript, family, weight, families in entry["faces"]:
            face = Face(str(postscript), path, int(index), str(postscript), str(family), int(weight))
            faces.append(ScannedFace(face, tuple(map(str, families))))
        return faces, tuple(map(str, entry["notes"]))
    except (KeyError, TypeError, ValueError):
        return None


def _load(cache: Path | None) -> dict[str, object]:
    if cache is None:
        return {}
    try:
        data = json.loads(cache.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != _CACHE_VERSION:
        return {}
    files = data.get("files")
    return files if isinstance(files, dict) else {}


def _store(cache: Path, files: dict[str, object]) -> None:
    """Writes beside the cache and renames; a cache that cannot be written costs time, not the work."""
    beside = cache.with_name(f"{cache.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps({"version": _CACHE_VERSION, "files": files}, ensure_ascii=False), "utf-8")
        os.replace(beside, cache)
    except OSError:
        beside.unlink(missing_ok=True)
