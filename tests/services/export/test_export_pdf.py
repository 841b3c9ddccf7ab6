"""A written PDF, read again by programs that are not ours: qpdf, poppler, PDFium."""

import ctypes
import errno
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from export_samples import (
    HEIGHT,
    WIDTH,
    contents,
    face_named,
    frame,
    page,
    photo,
    run,
    sample_page,
    wheel_fonts,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw as pdfium

from models.values.article_text import Part
from models.values.ids import ArticleId, PictureId
from models.values.laid_page import Box, GlyphRun, Ink, LaidPage, Line, PictureBox, Tint
from models.values.template import FontRole
from services.config.errors import UserError
from services.export.pdf.book import write_pdf
from services.export.pdf.content import Content
from services.export.pdf.fonts import EmbeddedFace
from services.export.presets import PRESETS
from services.fonts.catalogue import Catalogue, Face
from services.fonts.metrics import metrics
from services.jobs.job import Cancelled, JobContext

STAMP = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parents[2] / "golden" / "export_page.txt"
FACES = ("NotoSerifSC-Regular", "NotoSerifCJKsc-Regular", "NotoSansCJKsc-Bold", "LXGWWenKai-Regular")


@pytest.fixture(scope="module")
def fonts() -> Catalogue:
    return wheel_fonts()


def write(pages: list[LaidPage], out: Path, fonts: Catalogue, preset: str = "press", **more: object) -> Path:
    titles = {ArticleId(1): "送清凉到一线", ArticleId(2): "第二篇"}
    write_pdf(pages, out, title="测试 <期> & 号", articles=titles, fonts=fonts, preset=preset, stamp=STAMP, **more)  # type: ignore[arg-type]
    return out


def tool(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode("utf-8", "replace")


def words(path: Path) -> str:
    return "".join(tool("pdftotext", "-raw", "-enc", "UTF-8", str(path), "-").split())


class OneFace:
    """As much of a catalogue as `write_pdf` asks, for one face."""

    def __init__(self, *faces: Face) -> None:
        self._faces = {face.id: face for face in faces}

    def by_id(self, face_id: str) -> Face:
        return self._faces[face_id]


@pytest.mark.parametrize("name", FACES)
def test_any_outline_is_embedded_as_a_subset_and_read_back(name: str, tmp_path: Path) -> None:
    face = face_named(name)
    if face is None:
        pytest.skip(f"{name} is not installed")
    text = "清样：《北京晚钟》2026年，“龘靐”囍" + ("𠮷" if metrics(face).glyph("𠮷") else "")
    out = write([page(frame(run(text, face)))], tmp_path / "a.pdf", OneFace(face))  # type: ignore[arg-type]
    tool("qpdf", "--check", str(out))
    rows = tool("pdffonts", str(out)).splitlines()[2:]
    assert len(rows) == 1
    assert rows[0].split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, with Unicode
    assert words(out) == text


def test_faces_mix_and_each_is_embedded_once_for_the_whole_document(fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts, 1), sample_page(fonts, 2)], tmp_path / "a.pdf", fonts)
    rows = tool("pdffonts", str(out)).splitlines()[2:]
    assert sorted(row.split("+")[1].split()[0] for row in rows) == ["NotoSansSC-Regular", "NotoSerifSC-Regular"]


def test_text_is_read_article_by_article(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    second = frame(run("第二篇的话。", song, x=160, y=60, part=Part.BODY), article=2)  # beside the first, higher up
    whole = sample_page(fonts)
    out = write([page(*whole.frames, second, furniture=whole.furniture)], tmp_path / "a.pdf", fonts)
    assert words(out) == (
        "02要闻送清凉到一线本报讯盛夏时节，𠮷野家职工收到了清凉包。活动持续2周。（甲乙）待配图第二篇的话。"
    )


def test_structure_names_headings_paragraphs_and_articles(fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts)], tmp_path / "a.pdf", fonts, pictures={PictureId(7): photo()})
    with pikepdf.open(out) as pdf:
        section = pdf.Root.StructTreeRoot.K.K[0]
        article = section.K[1]
        assert [str(element.S) for element in section.K] == ["/P", "/Art"]
        assert [str(element.S) for element in article.K] == ["/Figure", "/H1", "/P", "/P", "/P", "/P"]
        assert str(article.T) == "送清凉到一线"
        assert len(pdf.Root.StructTreeRoot.ParentTree.Nums[1]) == 7


def test_a_paragraph_over_two_columns_is_spoken_as_one(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    foot = run("一段话从栏底", song, y=370, part=Part.BODY, index=3)
    top = run("接到栏顶。", song, x=160, y=40, part=Part.BODY, index=3)
    out = write([page(frame(foot, top))], tmp_path / "a.pdf", fonts)
    assert '"一段话从栏底接到栏顶。"' in tool("pdfinfo", "-struct-text", str(out))


def characters(path: Path) -> list[tuple[str, float, float]]:
    """Every drawn character with the origin that PDFium computes for it, in points from the sheet's foot."""
    found: list[tuple[str, float, float]] = []
    document = pypdfium2.PdfDocument(path)
    for sheet in document:
        text = sheet.get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        for at in range(pdfium.FPDFText_CountChars(text.raw)):
            if pdfium.FPDFText_IsGenerated(text.raw, at) == 1:
                continue
            pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
            found.append((chr(pdfium.FPDFText_GetUnicode(text.raw, at)), x.value, y.value))
        text.close()
        sheet.close()
    document.close()
    return found


def test_every_glyph_stands_where_the_layout_put_it(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    close = run("职工" * 40, song, size=8.9, gap=-5.7713, y=300)
    wide = run("楷体" * 10, song, y=333.3, size=10.7, gap=0.3333)
    laid = page(frame(run("题", song, y=60, size=24, stroke=0.4), close, wide))
    out = write([laid], tmp_path / "a.pdf", fonts)
    wanted = [
        (character, x + laid.bleed, laid.height + laid.bleed - one.baseline)
        for one in laid.frames[0].runs
        for character, x in zip(one.clusters, one.xs, strict=True)
    ]
    found = characters(out)
    assert [one[0] for one in found] == [one[0] for one in wanted]
    off = [max(abs(a[1] - b[1]), abs(a[2] - b[2])) for a, b in zip(found, wanted, strict=True)]
    assert max(off) < 0.01


@given(
    xs=st.lists(st.floats(min_value=-500, max_value=900, allow_nan=False), min_size=1, max_size=60),
    size=st.floats(min_value=1, max_value=120),
)
@settings(deadline=None, max_examples=60)
def test_rounding_never_adds_up(xs: list[float], size: float) -> None:
    glyphs = tuple(at % 3 + 1 for at in range(len(xs)))
    one = GlyphRun(face="f", size=size, baseline=10, glyphs=glyphs, xs=tuple(xs), clusters=("字",) * len(xs))
    widths = {1: 1000.0, 2: 487.3, 3: 0.0}
    face = EmbeddedFace(
        resource="Q0",
        codes={glyph: f"{glyph:04X}" for glyph in widths},
        widths=widths,
        texts=dict.fromkeys(widths, "字"),
        shared=frozenset(),
    )
    content = Content(preset=PRESETS["press"], left=0, foot=100)
    content.run(one, face)
    places: list[float] = []
    for line in content.out:
        if line.endswith("TJ"):
            pen = float(line.split()[4])
            for codes, move in re.findall(r"<([0-9A-F]*)>|(-?\d+)(?=<)", line.replace("> ", ">")):
                if move:
                    assert abs(int(move)) <= 32767
                    pen -= int(move) * size / 1000
                for code in range(0, len(codes), 4):
                    places.append(pen)
                    pen += widths[int(codes[code : code + 4], 16)] * size / 1000
    assert len(places) == len(xs)
    assert max(abs(place - x) for place, x in zip(places, xs, strict=True)) <= size / 2000 + 0.001


def test_a_glyph_of_two_texts_gives_back_each(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    glyph = metrics(song).glyph("一")
    plain = run("一一部首", song)
    shared = GlyphRun(face=song.id, size=9, baseline=60, glyphs=(glyph, glyph), xs=(20, 40), clusters=("一", "⼀"))
    joined = GlyphRun(face=song.id, size=9, baseline=80, glyphs=(glyph, glyph), xs=(20, 40), clusters=("𠮷甲", ""))
    out = write([page(frame(plain, shared, joined))], tmp_path / "a.pdf", fonts)
    assert words(out) == "一一部首一⼀𠮷甲"


def test_a_character_without_glyph_is_still_in_the_text_and_is_found(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    laid = page(frame(run("甲\ue000乙", song)))
    found = write_pdf([laid], tmp_path / "a.pdf", title="t", articles={}, fonts=fonts)
    assert [(one.message, one.page, dict(one.values)) for one in found] == [
        ("export.flight.empty_glyph", 1, {"count": "1", "characters": "\ue000"})
    ]
    assert "1" in str(found[0])
    assert words(tmp_path / "a.pdf") == "甲\ue000乙"


def test_golden_content_of_a_page(fonts: Catalogue, tmp_path: Path) -> None:
    """Read it as a person: marks, colours, rules, faces, places. Codes are the n-th kept glyph of the face."""
    out = write([sample_page(fonts)], tmp_path / "a.pdf", fonts, pictures={PictureId(7): photo()})
    content = "".join(contents(out)).strip() + "\n"
    if os.environ.get("QINGYANG_GOLDEN") == "write":
        GOLDEN.write_text(content, "utf-8")
    assert content == GOLDEN.read_text("utf-8")


def test_black_is_k_alone_and_prints_over(fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts)], tmp_path / "a.pdf", fonts, pictures={PictureId(7): photo()})
    (content,) = contents(out)
    assert "0 0 0 1 k" in content
    assert " rg" not in content
    assert content.index("/QYknock gs") < content.index("0 1 0.95 0.12 k")
    white = content.index("0 0 0 0 k")
    assert content.rindex("gs", 0, white) == content.rindex("QYknock gs", 0, white) + 8  # white must knock out
    with pikepdf.open(out) as pdf:
        states = pdf.pages[0].obj.Resources.ExtGState
        assert (states.QYover.OP, states.QYover.op, states.QYover.OPM) == (True, True, 1)
        assert (states.QYknock.OP, states.QYknock.op) == (False, False)


def test_press_boxes_bleed_and_identification(fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts)], tmp_path / "a.pdf", fonts)
    with pikepdf.open(out) as pdf:
        sheet = pdf.pages[0].obj
        assert [float(edge) for edge in sheet.MediaBox] == [0, 0, WIDTH + 17, HEIGHT + 17]
        assert [float(edge) for edge in sheet.TrimBox] == [8.5, 8.5, WIDTH + 8.5, HEIGHT + 8.5]
        assert sheet.BleedBox == sheet.MediaBox
        assert pdf.pdf_version == "1.6"
        intent = pdf.Root.OutputIntents[0]
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "Custom")
        assert str(pdf.docinfo["/Trapped"]) == "/False"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert metadata["dc:title"] == "测试 <期> & 号"
    (content,) = contents(out)
    assert "0 347 317 40 re f" not in content
    assert f"0 {HEIGHT + 8.5 - 70:g} {WIDTH + 17:g} 40 re f" in content  # the band runs into the bleed on both sides
    assert "PDF/X-4" in tool("pdfinfo", str(out))


@pytest.mark.parametrize("preset", ["proof", "archive", "web"])
def test_other_presets_have_no_bleed(preset: str, fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts)], tmp_path / "a.pdf", fonts, preset, pictures={PictureId(7): photo(mode="CMYK")})
    tool("qpdf", "--check", str(out))
    with pikepdf.open(out) as pdf:
        sheet = pdf.pages[0].obj
        wide, high = (WIDTH + 124, HEIGHT + 86) if preset == "proof" else (WIDTH, HEIGHT)
        assert [float(edge) for edge in sheet.MediaBox] == [0, 0, wide, high]
        assert float(sheet.TrimBox[2]) - float(sheet.TrimBox[0]) == WIDTH
        assert "/BleedBox" not in sheet
        intents = pdf.Root.get("/OutputIntents")
        assert (intents is None) == (preset != "archive")
    (content,) = contents(out)
    assert ("0 0 0 1 k" in content) == (preset == "proof")
    assert ("0 g" in content) == (preset != "proof")
    assert " gs" not in content


def test_bookmarks_of_pages_and_articles(fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts, 1), sample_page(fonts, 2)], tmp_path / "a.pdf", fonts)
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["第01版 要闻", "第02版 要闻"]
        assert [[child.title for child in entry.children] for entry in outline.root] == [["送清凉到一线"]] * 2
    with pikepdf.open(out) as pdf:
        assert int(pdf.Root.PageLabels.Nums[3].St) == 2


def test_same_stamp_same_bytes(fonts: Catalogue, tmp_path: Path) -> None:
    pictures = {PictureId(7): photo()}
    one = write([sample_page(fonts)], tmp_path / "1.pdf", fonts, pictures=pictures)
    two = write([sample_page(fonts)], tmp_path / "2.pdf", fonts, pictures=pictures)
    assert one.read_bytes() == two.read_bytes()


def test_cancelled_leaves_the_old_file(fonts: Catalogue, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"old")
    context = JobContext(tell=lambda done, total, said: context.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        write([sample_page(fonts, 1), sample_page(fonts, 2), sample_page(fonts, 3)], out, fonts, context=context)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert out.read_bytes() == b"old"


def test_progress_is_told_page_by_page(fonts: Catalogue, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    context = JobContext(tell=lambda done, total, said: told.append((done, total, said)))
    write([sample_page(fonts, 1), sample_page(fonts, 2)], tmp_path / "a.pdf", fonts, context=context)
    assert told == [(0, 2, "正在输出第1版"), (1, 2, "正在输出第2版"), (2, 2, "正在保存文件")]


def test_full_disk_leaves_the_old_file(fonts: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"a\.pdf"):
        write([sample_page(fonts)], out, fonts)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert out.read_bytes() == b"old"


def test_refusals_are_kind(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    lost = GlyphRun(face="Nowhere-Regular", size=9, baseline=40, glyphs=(1,), xs=(20,), clusters=("甲",))
    gone = Face(id="Gone", path=tmp_path / "gone.otf", index=0, postscript_name="Gone", family="Gone", weight=400)
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"OTTO" + bytes(200))
    torn = Face(id="Torn", path=broken, index=0, postscript_name="Torn", family="Torn", weight=400)
    cases = {
        "export.no_pages": ([], fonts),
        "export.face_missing": ([page(frame(lost))], fonts),
        "export.face_gone": ([page(frame(replace(run("甲", song), face="Gone")))], OneFace(gone)),
        "export.face_changed": ([page(frame(replace(run("甲", song), face="Torn")))], OneFace(torn)),
    }
    for key, (pages, catalogue) in cases.items():
        with pytest.raises(UserError) as caught:
            write(pages, tmp_path / "a.pdf", catalogue)  # type: ignore[arg-type]
        assert caught.value.key == key
        assert str(caught.value)
    with pytest.raises(UserError, match="press"):
        write([sample_page(fonts)], tmp_path / "a.pdf", fonts, "newspaper")
    assert not (tmp_path / "a.pdf").exists()


@given(words=st.text(st.characters(), max_size=40))
@settings(deadline=None, max_examples=40)
def test_any_title_will_do(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("title") / "a.pdf"
    fonts = wheel_fonts()
    laid = replace(sample_page(fonts), name=words)
    write_pdf([laid], out, title=words, articles={ArticleId(1): words}, fonts=fonts, preset="proof")
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        (entry,) = outline.root
        assert entry.title.startswith("第01版")
        kept = [child.title for child in entry.children]
        assert kept == ([str(pdf.docinfo["/Title"])] if str(pdf.docinfo["/Title"]) else [])
        with pdf.open_metadata() as metadata:
            assert (metadata.get("dc:title") or "") == str(pdf.docinfo["/Title"])


def test_odd_pages_are_written_all_the_same(fonts: Catalogue, tmp_path: Path) -> None:
    song = fonts.face(FontRole.SONG)
    odd = frame(
        replace(run("", song)),
        replace(run("零号", song), size=0.0),
        run("\ud800半个代用字", song),
        pictures=(PictureBox(box=Box(x=20, y=20, width=0, height=10), picture=PictureId(7)),),
        tints=(Tint(box=Box(x=0, y=0, width=WIDTH, height=HEIGHT), ink=Ink(k=0.05)),),
        lines=(Line(x0=1e-9, y0=-1e-9, x1=100, y1=0, width=1e-7),),
    )
    out = write([page(), page(odd)], tmp_path / "a.pdf", fonts, pictures={PictureId(7): photo()})
    tool("qpdf", "--check", str(out))
    assert words(out).endswith("半个代用字")


def test_rendered_page_shows_ink_where_text_is(fonts: Catalogue, tmp_path: Path) -> None:
    out = write([sample_page(fonts)], tmp_path / "a.pdf", fonts, "proof", pictures={PictureId(7): photo()})
    document = pypdfium2.PdfDocument(out)
    image = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    image = image.crop((124, 80, 124 + int(WIDTH) * 2, 80 + int(HEIGHT) * 2))  # the page without the proof's margins
    headline = image.crop((40, 80, 340, 128))
    assert min(band[0] for band in headline.getextrema()) < 80  # the band
    assert all(band[1] > 240 for band in headline.getextrema())  # white characters on it
    red, green, blue = image.getpixel((160, 340))
    assert red > 200
    assert green < 90
    assert blue < 90
    paragraph = image.crop((90, 160, 300, 184)).convert("L").getextrema()
    assert paragraph[0] < 100
