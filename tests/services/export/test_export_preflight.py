"""The check of a press file finds each kind of wrong that is put into it."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from export_samples import photo, sample_page, wheel_fonts
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from models.values.ids import PictureId
from services.config.messages import catalogue
from services.export.pdf.book import write_pdf
from services.export.pdf.fonts import texts_of_glyphs, utf16
from services.export.preflight import preflight


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out: Path = tmp_path_factory.mktemp("press") / "a.pdf"
    pictures = {PictureId(7): photo(size=(600, 300))}
    found = write_pdf([SAMPLE], out, title="t", articles={}, fonts=wheel_fonts(), pictures=pictures)
    assert [str(one) for one in found] == ["第1个版面有 1 个字在所用字体里没有字形，会印成空框：𠮷"]  # the wheel's Song
    return out.read_bytes()


SAMPLE = sample_page(wheel_fonts())


def helvetica(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F1 = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def whole_font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.Q0.BaseFont = Name("/NotoSansSC-Regular")


def content(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents
        written = stream.read_bytes()
        assert old in written
        stream.write(written.replace(old, new))

    return change


def trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array([8.5, 8.5, 300, 408.5])


def bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = Array([8.5, 8.5, 308.5, 408.5])


def second(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.QYim0.ColorSpace = Name.DeviceRGB


def coarse_picture(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.QYim0.Width = 200


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (helvetica, "font_outside"),
        (whole_font, "font_whole"),
        (content(b"0 0 0 1 k", b"0.6 0.5 0.5 1 k"), "rich_black"),
        (content(b"0 0 0 1 k", b"0 0 0 rg"), "not_process"),
        (trim, "trim"),
        (bleed, "bleed"),
        (second, "pages"),
        (rgb_picture, "picture_space"),
        (coarse_picture, "coarse_picture"),
    ],
)
def test_each_wrong_is_found(press: bytes, change: Callable[[pikepdf.Pdf], None], message: str) -> None:
    with pikepdf.open(io.BytesIO(press)) as pdf:
        change(pdf)
        changed = io.BytesIO()
        pdf.save(changed)
    found = {one.message for one in preflight(changed.getvalue(), [SAMPLE])} - {"export.flight.empty_glyph"}
    assert found == {f"export.flight.{message}"}
    assert all(str(one) for one in preflight(changed.getvalue(), [SAMPLE]))


def test_both_languages_say_the_same_things() -> None:
    chinese, english = ({key for key in catalogue(name) if key.startswith("export.")} for name in ("zh", "en"))
    assert chinese == english
    assert len(chinese) > 20


def test_a_glyph_gives_the_text_it_most_often_stands_for() -> None:
    counted = {(5, "一"): 9, (5, "⼀"): 1, (6, "甲"): 2, (6, "乙"): 2, (7, ""): 50, (7, "丙"): 1, (8, ""): 3}
    assert texts_of_glyphs(counted) == {5: "一", 6: "乙", 7: "丙", 8: ""}


@given(st.text(st.characters(), max_size=8))
@settings(deadline=None, max_examples=100)
def test_any_text_has_its_utf16(text: str) -> None:
    back = bytes.fromhex(utf16(text)).decode("utf-16-be")
    if not any(0xD800 <= ord(character) < 0xE000 for character in text):
        assert back == text
