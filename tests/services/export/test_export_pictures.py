"""Pictures from outside: refused kindly when they are hostile, printed in the right inks when they are not."""

import contextlib
import io
import struct
import warnings
import zlib
from pathlib import Path

import pypdfium2
import pytest
from export_samples import frame, page, photo, wheel_fonts
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from models.values.ids import PictureId
from models.values.laid_page import Box, PictureBox
from services.config.errors import UserError
from services.export.pdf.book import write_pdf
from services.export.pdf.images import Colours, encode, fill_box
from services.export.pictures import decode
from services.export.presets import PRESETS

PRESS, PROOF = PRESETS["press"], PRESETS["proof"]


def process(image: Image.Image) -> Image.Image:
    return Colours().to_press(image)[0]


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def noise(kind: str) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(written, kind)
    return written.getvalue()


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n0 0 10 10 rectfill\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "export.picture_unknown"),
        (EPS, "export.picture_unknown"),
        (SVG, "export.picture_unknown"),
        (photo("GIF"), "export.picture_unknown"),
        (noise("JPEG")[:-900], "export.picture_damaged"),
        (noise("PNG")[:-900], "export.picture_damaged"),
        (noise("WEBP")[:-900], "export.picture_damaged"),
        (png_header(10_000, 6_000), "export.picture_large"),
        (png_header(12_000, 9_000), "export.picture_large"),  # Pillow only warns of this size
        (png_header(60_000, 60_000), "export.picture_huge"),
    ],
)
def test_hostile_pictures_are_refused_by_name(raw: bytes, key: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserError) as caught:
            decode(raw, "第3版的图片")
    assert caught.value.key == key
    assert "第3版的图片" in str(caught.value)


@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF"]),
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    keep=st.floats(0.05, 1),
)
@settings(deadline=None, max_examples=80)
def test_damaged_pictures_never_crash(kind: str, places: list[tuple[float, int]], keep: float) -> None:
    raw = bytearray(noise(kind))
    for place, value in places:
        raw[int(place * len(raw))] = value
    with contextlib.suppress(UserError):
        assert decode(bytes(raw[: int(len(raw) * keep)]), "图").mode in ("L", "RGB", "CMYK")


@pytest.mark.parametrize(
    ("mode", "kind", "after"),
    [
        ("RGBA", "PNG", "RGB"),
        ("LA", "PNG", "L"),
        ("P", "PNG", "RGB"),
        ("1", "PNG", "L"),
        ("I;16", "PNG", "L"),
        ("CMYK", "TIFF", "CMYK"),
        ("L", "JPEG", "L"),
    ],
)
def test_every_mode_becomes_one_of_three(mode: str, kind: str, after: str) -> None:
    assert decode(photo(kind, mode=mode, colour=0), "图").mode == after


def test_sixteen_bits_are_scaled_and_clear_paper_is_white() -> None:
    assert decode(photo("PNG", mode="I;16", colour=32768), "图").getpixel((0, 0)) == 128
    assert decode(photo("PNG", mode="RGBA", colour=(255, 0, 0, 0)), "图").getpixel((0, 0)) == (255, 255, 255)


def test_a_photograph_with_a_film_behind_it_is_taken() -> None:
    """Telephones append a short film to the JPEG; what follows the picture is not its fault."""
    assert decode(noise("JPEG") + b"\0\0\0\x18ftypmp42" + bytes(200_000), "图").size == (300, 200)


@pytest.mark.parametrize("lost", [3, 40, 900, 5000])
def test_a_torn_jpeg_is_never_taken_with_rows_missing(lost: int) -> None:
    whole = noise("JPEG")
    try:
        image = decode(whole[:-lost], "图")
    except UserError:
        return
    assert len(set(image.crop((0, 190, 300, 200)).tobytes())) > 100, "the last rows are noise, not filled with grey"


def test_turned_photographs_stand_upright() -> None:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (40, 20)).save(written, "JPEG", exif=exif)
    assert decode(written.getvalue(), "图").size == (20, 40)


def box(width: float, height: float, crop: tuple[float, float, float, float] = (0, 0, 1, 1)) -> PictureBox:
    return PictureBox(box=Box(x=0, y=0, width=width, height=height), picture=PictureId(1), crop=crop)


def test_a_picture_fills_its_box_unstretched() -> None:
    left_red = Image.new("RGB", (300, 100), "blue")
    left_red.paste("red", (0, 0, 100, 100))
    square = fill_box(left_red, box(72, 72), 72)
    assert square.size == (72, 72)
    assert square.getpixel((36, 36)) == (0, 0, 255)
    third = fill_box(left_red, box(72, 72, (0, 0, 1 / 3, 1)), 72)
    assert third.getpixel((36, 36)) == (255, 0, 0)
    assert fill_box(left_red, box(720, 720), 300).size == (100, 100)  # never finer than it came


@given(
    colour=st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)),
)
@settings(deadline=None, max_examples=60)
def test_process_ink_stays_under_the_limit_of_newsprint(colour: tuple[int, int, int]) -> None:
    inks = process(Image.new("RGB", (1, 1), colour)).getpixel((0, 0))
    assert isinstance(inks, tuple)
    assert sum(inks) <= 2.4 * 255
    assert min(inks[:3]) == 0
    if len(set(colour)) == 1:
        assert inks == (0, 0, 0, 255 - colour[0])


def test_cmyk_is_separated_anew_only_when_the_paper_cannot_take_it() -> None:
    light, heavy = (40, 30, 200, 10), (190, 175, 170, 230)
    assert process(Image.new("CMYK", (9, 9), light)).getpixel((4, 4)) == light
    inks = process(Image.new("CMYK", (9, 9), heavy)).getpixel((4, 4))
    assert isinstance(inks, tuple)
    assert sum(inks) <= 2.4 * 255
    assert inks[3] > 240


def test_press_pictures_are_process_or_grey_and_tell_nothing_of_their_origin() -> None:
    assert encode(photo(), box(72, 72), PRESS, "图").space == "DeviceCMYK"
    assert encode(photo(colour=(90, 90, 91)), box(72, 72), PRESS, "图").space == "DeviceGray"
    assert encode(photo(), box(72, 72), PROOF, "图").space == "DeviceRGB"
    assert encode(photo(mode="CMYK", colour=(0, 255, 0, 0)), box(72, 72), PROOF, "图").space == "DeviceRGB"
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    Image.new("RGB", (40, 20), "red").save(written, "JPEG", exif=exif)
    assert b"SECRETCAMERA" in written.getvalue()
    assert b"SECRETCAMERA" not in encode(written.getvalue(), box(72, 72), PRESS, "图").data


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGB", "red", (237, 28, 36)),
        ("RGB", "white", (255, 255, 255)),
        ("CMYK", (0, 0, 255, 0), (255, 242, 0)),
        ("L", 128, (128, 128, 128)),
    ],
)
def test_press_colours_are_not_turned_inside_out(
    mode: str, colour: object, seen: tuple[int, int, int], tmp_path: Path
) -> None:
    laid = page(frame(pictures=(PictureBox(box=Box(x=20, y=20, width=100, height=50), picture=PictureId(1)),)))
    kind = "TIFF" if mode == "CMYK" else "JPEG"
    pictures = {PictureId(1): photo(kind, mode=mode, colour=colour)}
    write_pdf([laid], tmp_path / "a.pdf", title="t", articles={}, fonts=wheel_fonts(), pictures=pictures)
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    found = document[0].render().to_pil().convert("RGB").getpixel((70, 50))
    document.close()
    assert max(abs(a - b) for a, b in zip(found, seen, strict=True)) < 40


def test_a_missing_picture_says_so_once(tmp_path: Path) -> None:
    laid = page(frame(pictures=(PictureBox(box=Box(x=20, y=20, width=100, height=50)),)))
    write_pdf([laid], tmp_path / "a.pdf", title="t", articles={}, fonts=wheel_fonts())
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert document[0].get_textpage().get_text_range().strip() == "待配图"
    document.close()


def test_a_damaged_picture_stops_the_export_with_its_page_named(tmp_path: Path) -> None:
    laid = page(
        frame(pictures=(PictureBox(box=Box(x=20, y=20, width=100, height=50), picture=PictureId(9)),)), number=4
    )
    with pytest.raises(UserError, match="第4版的图片（编号9）"):
        write_pdf(
            [laid], tmp_path / "a.pdf", title="t", articles={}, fonts=wheel_fonts(), pictures={PictureId(9): b"\xff"}
        )
    assert not (tmp_path / "a.pdf").exists()
