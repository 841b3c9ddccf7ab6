"""What a print house asks for: profile, marks, plates, fineness of pictures; and what the check says of each."""

import io
import shutil
import struct
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from export_samples import BLEED, HEIGHT, WIDTH, contents, frame, page, photo, run, sample_page, wheel_fonts
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from profile_samples import made_profile

from models.values.article_text import Part
from models.values.ids import ArticleId, PictureId
from models.values.laid_page import Box, Ink, Tint
from models.values.press import HOUSE_RED
from models.values.template import FontRole
from services.config.errors import UserError
from services.export.findings import Flight
from services.export.pdf.book import print_pdf
from services.export.pdf.images import Colours
from services.export.pdf.marks import content_hash, plates
from services.export.preflight import preflight
from services.export.presets import SLUG, Imprint, Press, SpotInk, plate_name
from services.export.profile import MOST_BYTES, check_profile, newsprint, read_profile

STAMP = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
RED = SpotInk(name="专色红", alternate=HOUSE_RED)


PROFILE = check_profile(made_profile(), "测试.icc")


def flown(out: Path, press: Press, *, preset: str = "press", pictures: dict[PictureId, bytes] | None = None) -> Flight:
    fonts = wheel_fonts()
    laid = page(
        frame(
            run("送清凉到一线", fonts.face(FontRole.HEI), y=60, size=24, ink=HOUSE_RED, part=Part.HEADLINE),
            run("盛夏时节", fonts.face(FontRole.SONG), y=90, part=Part.BODY),
            pictures=sample_page(fonts).frames[0].pictures if pictures else (),
        )
    )
    return print_pdf(
        [laid],
        out,
        title="期",
        articles={ArticleId(1): "送清凉到一线"},
        fonts=fonts,
        pictures=pictures,
        names={PictureId(7): "渡轮.jpg"},
        preset=preset,
        press=press,
        imprint=Imprint(publication="北方工人报", date="2026-11-22", numbers={1: 3}),
        stamp=STAMP,
    )


def test_with_a_profile_the_file_is_pdf_x_4_and_holds_it(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    flight = flown(out, Press(profile=PROFILE))
    assert flight.ready
    assert flight.told == ()
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == PROFILE.raw
        assert (int(intent.DestOutputProfile.N), str(intent.OutputConditionIdentifier)) == (4, "Custom")
        assert str(intent.Info) == "Press of the test"
    said = subprocess.run(["pdfinfo", str(out)], capture_output=True, text=True, check=True).stdout
    assert "PDF/X-4" in said
    assert "qpdf" not in subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True).stderr


def test_without_one_the_file_is_pdf_x_4_by_our_model_and_says_so(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    flight = flown(out, Press(), pictures={PictureId(7): photo(size=(600, 300))})
    assert flight.ready
    assert [one.message for one in flight.told] == ["export.told.model", "export.told.picture_model"]
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == newsprint().raw
        assert str(intent.OutputConditionIdentifier) == "Custom"
        assert "model" in str(intent.Info)
        assert "/RegistryName" not in intent
    said = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_a_condition_of_newsprint_may_be_named_and_the_info_says_that_the_profile_is_a_model(tmp_path: Path) -> None:
    assert flown(tmp_path / "a.pdf", Press(condition="JCN2002")).ready
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.OutputCondition)) == ("JCN2002", "JCN2002")
        assert str(intent.RegistryName) == "http://www.color.org"
        assert str(intent.Info).startswith("JCN2002; ")
        assert "model" in str(intent.Info)


def test_for_other_paper_without_a_profile_the_condition_is_only_named_and_the_editor_told(tmp_path: Path) -> None:
    flight = flown(tmp_path / "a.pdf", Press(condition="FOGRA39"))
    assert flight.ready
    assert [one.message for one in flight.told] == ["export.told.no_profile"]
    assert "ISO 15930-7" in str(flight.told[0])
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert pdf.pdf_version == "1.4"
        assert "/Tabs" not in pdf.pages[0].obj  # PDF 1.5
        with pdf.open_metadata() as metadata:
            assert "pdfxid:GTS_PDFXVersion" not in metadata
        assert str(intent.RegistryName) == "http://www.color.org"
        assert "/DestOutputProfile" not in intent
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"


def test_a_profile_may_say_which_registered_condition_it_was_made_from() -> None:
    raw = made_profile(made_from=b"ICCHDAT IFRA26")
    assert check_profile(raw, "a.icc").condition == "IFRA26"


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "profile_none"),
        (b"%PDF-1.4" + bytes(200), "profile_none"),
        (made_profile(kind=b"mntr"), "profile_class"),
        (made_profile(space=b"RGB "), "profile_space"),
        (made_profile()[:-40], "profile_damaged"),
        (made_profile().replace(b"B2A0", b"ZZZZ"), "profile_damaged"),
        (made_profile()[:128] + struct.pack(">I", 90_000) + made_profile()[132:], "profile_damaged"),
        (made_profile().replace(b"mft1", b"mft9"), "profile_damaged"),
        (bytes(MOST_BYTES + 1), "profile_large"),
    ],
)
def test_a_profile_is_hostile_until_checked(raw: bytes, key: str, tmp_path: Path) -> None:
    (tmp_path / "印厂.icc").write_bytes(raw)
    with pytest.raises(UserError, match=r"印厂\.icc") as caught:
        read_profile(tmp_path / "印厂.icc")
    assert caught.value.key == f"export.{key}"


@given(st.integers(0, len(made_profile()) - 1), st.integers(0, 255))
@settings(deadline=None, max_examples=150)
def test_no_torn_profile_gets_further_than_the_check(at: int, byte: int) -> None:
    raw = bytearray(made_profile())
    raw[at] = byte
    try:
        checked = check_profile(bytes(raw), "a.icc")
    except UserError:
        return
    assert Colours(checked).to_press(Image.new("RGB", (2, 2), "red"))[0].mode == "CMYK"


def test_a_missing_profile_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.icc"):
        read_profile(tmp_path / "gone.icc")


def test_marks_stand_outside_the_bleed(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert flown(out, Press(marks=True, spots=(RED,))).ready
    with pikepdf.open(out) as pdf:
        sheet = pdf.pages[0].obj
        around = BLEED + SLUG
        assert [float(edge) for edge in sheet.MediaBox] == [0, 0, WIDTH + 2 * around, HEIGHT + 2 * around]
        assert [float(edge) for edge in sheet.TrimBox] == [around, around, WIDTH + around, HEIGHT + around]
        assert [float(edge) for edge in sheet.BleedBox] == [SLUG, SLUG, WIDTH + around + BLEED, HEIGHT + around + BLEED]
        spaces = sheet.Resources.ColorSpace
        assert {str(space[1]) for _, space in spaces.items()} == {"/All", "/专色红"}
    (content,) = contents(out)
    assert "/QYall CS 1 SCN" in content
    assert content.count("/QYsp0 cs") >= 3  # headline, name of the plate, patches
    image = rendered(out)
    inside = image.crop(tuple(round(edge * 2) for edge in (SLUG, SLUG, WIDTH + SLUG + 17, HEIGHT + SLUG + 17)))
    corner = inside.crop((0, 0, 40, 40)).convert("L").getextrema()
    assert corner == (255, 255)  # no mark reaches into the bleed
    words = subprocess.run(["pdftotext", "-raw", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert "北方工人报 2026-11-22 第01版 要闻 色版：黑 专色红" in words
    assert words.index("盛夏时节") < words.index("色版")  # the page first


def rendered(path: Path) -> Image.Image:
    run_ = subprocess.run(["pdftoppm", "-r", "144", "-png", str(path)], capture_output=True, check=True)
    return Image.open(io.BytesIO(run_.stdout)).convert("RGB")


def test_plates_are_those_that_the_page_needs() -> None:
    named = [name for name, _ in plates([Ink(k=1), Ink(k=0.1), HOUSE_RED], (RED,))]
    assert named == ["黑", "专色红"]
    assert [name for name, _ in plates([Ink(k=1), HOUSE_RED], ())] == ["品红", "黄", "黑"]


def test_a_tint_of_the_spot_ink_prints_on_its_plate(tmp_path: Path) -> None:
    fonts = wheel_fonts()
    half = Ink(m=HOUSE_RED.m / 2, y=HOUSE_RED.y / 2, k=HOUSE_RED.k / 2)
    laid = page(frame(run("半", fonts.face(FontRole.HEI), ink=half)))
    print_pdf([laid], tmp_path / "a.pdf", title="", articles={}, fonts=fonts, press=Press(spots=(RED,)))
    (content,) = contents(tmp_path / "a.pdf")
    assert "/QYsp0 cs 0.5 scn" in content


def test_pictures_are_converted_by_the_profile_and_told_by_name(tmp_path: Path) -> None:
    flight = flown(tmp_path / "a.pdf", Press(profile=PROFILE), pictures={PictureId(7): photo(size=(600, 300))})
    assert flight.ready
    assert [str(one) for one in flight.told] == ["1 张图片已按印刷特性文件由 RGB 转成四色：“渡轮.jpg”（第1版）。"]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.pages[0].obj.Resources.XObject.QYim0.ColorSpace) == "/DeviceCMYK"
    general = flown(tmp_path / "b.pdf", Press(condition="FOGRA39"), pictures={PictureId(7): photo(size=(600, 300))})
    assert "渡轮.jpg" in str(general.told[1])
    assert "近似" in str(general.told[1])


def test_a_profile_inside_a_picture_is_taken_and_a_damaged_one_passed_over() -> None:
    colours = Colours(PROFILE)
    image = Image.new("RGB", (3, 3), "blue")
    image.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    known = colours.to_press(image)
    image.info["icc_profile"] = bytes(16) + b"RGB " + bytes(400)
    assert colours.to_press(image)[0].tobytes() == known[0].tobytes()
    assert known[1] == "profile"


def test_a_coarse_picture_is_refused_by_name(tmp_path: Path) -> None:
    flight = flown(tmp_path / "a.pdf", Press(least_ppi=200), pictures={PictureId(7): photo(size=(240, 120))})
    assert not flight.ready
    assert [str(one) for one in flight.wrong] == [
        "第1版的图片“渡轮.jpg”印出来只有 144 ppi，低于印厂要求的 200 ppi，会发虚。请换大图或缩小图框。"
    ]


def test_other_presets_are_never_called_ready(tmp_path: Path) -> None:
    for preset in ("proof", "archive", "web"):
        assert not flown(tmp_path / "a.pdf", Press(), preset=preset).ready


def test_a_proof_says_which_it_is(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    flown(out, Press(), preset="proof")
    words = subprocess.run(["pdftotext", "-raw", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert "打样 第3次 北方工人报 2026-11-22 第01版 要闻" in words
    assert "内容校验" in words
    assert all(one in words for one in ("一校", "二校", "三校", "签付印"))


def test_the_hash_of_a_page_changes_with_any_glyph() -> None:
    fonts = wheel_fonts()
    one = sample_page(fonts)
    moved = replace(one, frames=(replace(one.frames[0], runs=one.frames[0].runs[:-1]),))
    assert content_hash(one) == content_hash(sample_page(fonts))
    assert content_hash(one) != content_hash(moved)


def test_web_pages_have_links(tmp_path: Path) -> None:
    fonts = wheel_fonts()
    song = fonts.face(FontRole.SONG)
    first = page(frame(run("全文（下转第2版）见www.example.org或a@example.org。", song)))
    second = page(frame(run("（上接第1版）（下转第9版）", song)), number=2)
    print_pdf([first, second], tmp_path / "a.pdf", title="", articles={}, fonts=fonts, preset="web")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        links = list(pdf.pages[0].obj.Annots)
        assert links[0].Dest[0].objgen == pdf.pages[1].obj.objgen
        assert [str(one.A.URI) for one in links[1:]] == ["https://www.example.org", "mailto:a@example.org"]
        assert len(pdf.pages[1].obj.Annots) == 1  # there is no page 9


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("sound") / "a.pdf"
    assert flown(out, Press(profile=PROFILE, spots=(RED,), marks=True)).ready
    return out.read_bytes()


def other_plate(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ColorSpace.QYsp0[1] = pikepdf.Name("/Gold")


def lab_space(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ColorSpace.QYsp0 = pikepdf.Array([pikepdf.Name.Lab])


def knocks_out(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState.QYover.OPM = 0


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def other_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(made_profile(title=b"Another press"))


def untrapped(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def transparent(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState.QYover.ca = 0.5


def annotated(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = pikepdf.Array([])


def inky(pdf: pikepdf.Pdf) -> None:
    stream = pdf.pages[0].obj.Contents
    stream.write(b"0.8 0.8 0.8 0.6 k\n" + stream.read_bytes())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (other_plate, "plate"),
        (lab_space, "not_process"),
        (knocks_out, "knocks_out"),
        (no_intent, "no_intent"),
        (no_profile, "no_profile"),
        (other_profile, "other_profile"),
        (untrapped, "standard"),
        (transparent, "transparent"),
        (annotated, "annotation"),
        (inky, "much_ink"),
    ],
)
def test_each_wrong_keeps_the_file_from_the_press(sound: bytes, change: object, message: str) -> None:
    laid = page(frame(run("盛", wheel_fonts().face(FontRole.SONG))))
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        change(pdf)  # type: ignore[operator]
        changed = io.BytesIO()
        pdf.save(changed)
    found = preflight(changed.getvalue(), [laid], Press(profile=PROFILE, spots=(RED,), marks=True))
    assert [one.message for one in found] == [f"export.flight.{message}"]
    assert not Flight(wrong=found, checked=True).ready
    assert str(found[0])


def test_a_page_that_is_not_done_is_not_ready(tmp_path: Path) -> None:
    fonts = wheel_fonts()
    waiting = sample_page(fonts)
    short = replace(page(frame(run("完", fonts.face(FontRole.SONG)), overset_lines=3)), number=2)
    flight = print_pdf([waiting, short], tmp_path / "a.pdf", title="", articles={}, fonts=fonts)
    said = [str(one) for one in flight.wrong]
    assert "第1版还有图片没配，会印出灰框。" in said
    assert "第2版有 3 行溢文没有印上。" in said
    assert not flight.ready


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript, which separates the plates, is not installed here")
def test_the_red_stands_on_its_own_plate_and_marks_on_every_one(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    gold = SpotInk(name="HouseRed", alternate=HOUSE_RED)
    flown(out, Press(marks=True, spots=(gold,)))
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={tmp_path}/s.tif"]
    subprocess.run([*command, str(out)], check=True, capture_output=True)
    plates_ = {path.name[len("s(") : -len(").tif")]: Image.open(path) for path in tmp_path.glob("s(*).tif")}
    assert {"Cyan", "Magenta", "Yellow", "Black", "HouseRed"} <= set(plates_)
    around = BLEED + SLUG
    headline = tuple(round(edge) for edge in (around + 20, around + 40, around + 164, around + 64))
    assert plates_["HouseRed"].crop(headline).getextrema()[0] < 60
    for name in ("Cyan", "Magenta", "Yellow", "Black"):
        assert plates_[name].crop(headline).getextrema() == (255, 255)
    mark = tuple(round(edge) for edge in (around + WIDTH / 2 - 8, 6, around + WIDTH / 2 + 8, 22))
    for name, plate in plates_.items():
        assert plate.crop(mark).getextrema()[0] < 230, name


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript, which separates the plates, is not installed here")
def test_black_type_leaves_no_hole_in_the_colour_under_it(tmp_path: Path) -> None:
    fonts = wheel_fonts()
    band = Tint(box=Box(x=20, y=30, width=200, height=60), ink=Ink(m=0.6))
    laid = page(frame(run("盛夏送清凉", fonts.face(FontRole.HEI), x=30, y=70, size=30), tints=(band,)))
    print_pdf([laid], tmp_path / "a.pdf", title="", articles={}, fonts=fonts)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={tmp_path}/s.tif"]
    subprocess.run([*command, str(tmp_path / "a.pdf")], check=True, capture_output=True)
    inside = (45, 45, 210, 90)
    low, high = Image.open(tmp_path / "s(Magenta).tif").crop(inside).getextrema()
    assert high - low <= 1
    assert Image.open(tmp_path / "s(Black).tif").crop(inside).getextrema()[0] < 60


@pytest.mark.parametrize("name", ["", " ", "Cyan", "black", "ALL", "None", "红" * 50, "###"])
def test_a_plate_is_not_called_like_a_process_ink(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        plate_name(name)


def test_a_plate_has_a_name_that_a_pdf_can_hold(tmp_path: Path) -> None:
    assert plate_name(" PANTONE  185/C#(1) ") == "PANTONE 185C1"
    assert flown(tmp_path / "a.pdf", Press(spots=(SpotInk(name=plate_name("红 %#1"), alternate=HOUSE_RED),))).ready


def test_a_condition_that_nobody_knows_is_told(tmp_path: Path) -> None:
    told = [one.message for one in flown(tmp_path / "a.pdf", Press(condition="MYPRESS")).told]
    assert told == ["export.told.no_profile", "export.told.condition_unknown"]
