"""Font files are read by their headers; hostile ones are passed over; roles are always served."""

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.template import FontRole
from services.config.errors import UserError
from services.fonts.catalogue import Catalogue, build, installed
from services.fonts.metrics import metrics
from services.fonts.scan import Face, ScannedFace, read_file, scan, wheel_folder


def wheel() -> Path:
    folder = wheel_folder()
    assert folder is not None
    return folder


def font_bytes(family: str, *, weight: int = 400, licence: int = 0, extra: tuple[bytes, ...] = ()) -> bytes:
    """A font file that holds nothing but what the scanner reads."""
    names = [(1, family), (6, family.replace(" ", "") + f"-{weight}")]
    storage = b"".join(text.encode("utf-16-be") for _, text in names)
    records, at = b"", 0
    for number, text in names:
        length = len(text.encode("utf-16-be"))
        records += struct.pack(">6H", 3, 1, 0x409, number, length, at)
        at += length
    name = struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + storage
    tables = {
        b"OS/2": struct.pack(">HhHHH", 4, 500, weight, 5, licence),
        b"cmap": b"\0" * 8,
        b"head": b"\0" * 8,
        b"hmtx": b"\0" * 8,
        b"name": name,
        **dict.fromkeys(extra, b"\0" * 8),
    }
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in tables.items():
        directory += struct.pack(">4sIII", tag, 0, offset + len(body), len(data))
        body += data
    return struct.pack(">4sHHHH", b"OTTO", len(tables), 0, 0, 0) + directory + body


def test_the_wheel_brings_song_and_hei() -> None:
    found = scan([wheel()])
    assert {one.face.postscript_name for one in found.faces} == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}
    assert found.skipped == ()


def test_pip_alone_serves_every_role() -> None:
    fonts = build(scan([wheel()]).faces)
    assert fonts.face(FontRole.SONG).id == "NotoSerifSC-Regular"
    assert fonts.face(FontRole.HEI_BOLD).id == "NotoSansSC-Regular"
    assert fonts.face(FontRole.KAI).id == "NotoSerifSC-Regular"
    assert fonts.stroke(FontRole.HEI) == 0.0
    assert 0.0 < fonts.stroke(FontRole.SONG_BOLD) < fonts.stroke(FontRole.SONG_BLACK) < 0.06
    assert {role for role, _ in fonts.substitutes()} == set(FontRole) - {FontRole.SONG, FontRole.HEI}
    assert [face.id for face in fonts.fallbacks(FontRole.SONG)] == ["NotoSansSC-Regular"]
    assert fonts.by_id("NotoSansSC-Regular").index == 0
    with pytest.raises(KeyError):
        fonts.by_id("Nowhere-Regular")


def test_a_real_bold_is_taken_before_a_stroke(tmp_path: Path) -> None:
    (tmp_path / "bold.otf").write_bytes(font_bytes("Noto Serif SC", weight=700))
    fonts = build(scan([tmp_path, wheel()]).faces)
    assert fonts.face(FontRole.SONG_BOLD).weight == 700
    assert fonts.stroke(FontRole.SONG_BOLD) == 0.0
    assert fonts.face(FontRole.SONG).weight == 400


def test_what_may_not_be_embedded_and_variable_faces_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "closed.otf").write_bytes(font_bytes("KaiTi", licence=0x0002))
    (tmp_path / "variable.otf").write_bytes(font_bytes("Noto Sans SC", extra=(b"fvar",)))
    found = scan([tmp_path])
    assert found.faces == ()
    assert [(path.name, why) for path, why in found.skipped] == [
        ("closed.otf", "restricted"),
        ("variable.otf", "variable"),
    ]


def test_no_chinese_face_at_all_is_said(tmp_path: Path) -> None:
    (tmp_path / "latin.otf").write_bytes(font_bytes("Some Latin"))
    with pytest.raises(UserError) as raised:
        build(scan([tmp_path]).faces)
    assert raised.value.key == "fonts.none_found"


@given(cut=st.integers(0, 400), junk=st.binary(max_size=16), at=st.integers(0, 400))
@settings(deadline=None, max_examples=120)
def test_damaged_files_never_stop_the_scan(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("fonts") / "font.otf"
    data = bytearray(font_bytes("KaiTi"))
    data[at : at + len(junk)] = junk
    path.write_bytes(bytes(data[: max(len(data) - cut, 0)]))
    faces, notes = read_file(path, path.stat().st_size)
    assert len(faces) + len(notes) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"ttcf" + b"\xff" * 40,
        b"ttcf\0\1\0\0" + struct.pack(">II", 1, 0xFFFFFFF0),
        b"OTTO" + struct.pack(">HHHH", 60000, 0, 0, 0) + b"\0" * 64,
    ],
)
def test_hostile_heads(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "font.ttc"
    path.write_bytes(raw)
    assert read_file(path, len(raw)) == ([], ("damaged",))


def test_the_cache_is_believed_only_while_the_file_stands(tmp_path: Path) -> None:
    folder, cache = tmp_path / "fonts", tmp_path / "faces.json"
    folder.mkdir()
    path = folder / "kai.otf"
    path.write_bytes(font_bytes("KaiTi"))
    first = scan([folder], cache)
    stored = json.loads(cache.read_text("utf-8"))
    assert scan([folder], cache) == first
    stored["files"][str(path)]["faces"][0][2] = "Remembered"
    cache.write_text(json.dumps(stored), "utf-8")
    assert scan([folder], cache).faces[0].face.family == "Remembered"
    path.write_bytes(font_bytes("KaiTi", weight=500))
    assert [one.face.weight for one in scan([folder], cache).faces] == [500]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 3, "files": 7}', '{"version": 3, "files": {"x": null}}'])
def test_a_spoilt_cache_is_read_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "kai.otf").write_bytes(font_bytes("KaiTi"))
    cache = tmp_path / "faces.json"
    cache.write_text(text, "utf-8")
    assert len(scan([tmp_path], cache).faces) == 1


def test_one_id_one_face() -> None:
    twin = [ScannedFace(Face("A", Path(name), 0, "A", "KaiTi", 400), ("kaiti",)) for name in ("one", "two")]
    song = ScannedFace(Face("S", Path("s"), 0, "S", "SimSun", 400), ("simsun",))
    assert Catalogue([*twin, song]).by_id("A").path == Path("one")


def test_metrics_are_in_em() -> None:
    face = build(scan([wheel()]).faces).face(FontRole.SONG)
    measured = metrics(face)
    assert measured.advance(measured.glyph("国")) == 1.0
    assert measured.glyph("\U0010fffd") == 0
    ink = measured.ink(measured.glyph("“"))
    assert 0.5 < ink.left < ink.right < 1.0
    assert measured.ink(measured.glyph(" ")).right == 0.0


def test_a_face_that_went_away_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        metrics(Face("Gone", tmp_path / "gone.otf", 0, "Gone", "Gone", 400))
    assert raised.value.key == "fonts.unreadable"


def test_this_machine_has_a_catalogue() -> None:
    fonts = installed()
    for role in FontRole:
        measured = metrics(fonts.face(role))
        assert measured.glyph("中")
