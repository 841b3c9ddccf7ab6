"""A written Word file, read again part by part."""

import datetime
import errno
import io
import os
import re
import zipfile
from pathlib import Path

import docx
import pytest
from export_samples import photo
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from models.values.article_text import ArticleText, Paragraph, Part
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.config.errors import UserError
from services.export.contract import ArticleCopy, IssueCopy, PageCopy, PictureCopy
from services.export.docx.issue import write_docx
from services.jobs.job import Cancelled, JobContext

STAMP = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
GOLDEN = Path(__file__).parents[2] / "golden" / "export_document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TEMPLATE = PageTemplate(
    name="tabloid",
    title="四开",
    width=765.4,
    height=1105.5,
    left=55.7,
    top=66,
    columns=6,
    column_width=99,
    gutter=12,
    rows=84,
    leading=12,
    baseline=9.4,
    body=TypeStyle(role=FontRole.SONG, size=9, leading=12),
    caption=TypeStyle(role=FontRole.KAI, size=8.5, leading=12),
    heading_steps=(42, 36, 28, 24, 20, 18, 16),
)
ARTICLE = ArticleText(
    kicker="盛夏送清凉",
    headline="工会把清凉包送到一线",
    deck="职工说，心里也凉快了",
    dateline="本报讯（记者 甲乙）",
    lead_in="本报讯",
    body=(
        Paragraph(text="第一段，𠮷野家的职工收到了清凉包。"),
        Paragraph(text="暖心", part=Part.CROSSHEAD),
        Paragraph(text="第二段 <b>&“引号”"),
        Paragraph(text="图为发放现场。", part=Part.CAPTION),
    ),
    signature="通讯员 丙丁 文/摄",
)


def issue(*articles: ArticleCopy, pages: int = 1, **more: object) -> IssueCopy:
    chosen = articles or (ArticleCopy(text=ARTICLE),)
    sheets = [
        PageCopy(number=n, template=TEMPLATE, name="要闻", slogan="咬定目标 再加把劲", articles=chosen)
        for n in range(1, pages + 1)
    ]
    return IssueCopy(
        publication="北方工人报", date=datetime.date(2026, 11, 22), pages=tuple(sheets), total_number=1234, **more
    )  # type: ignore[arg-type]


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    copy = ArticleCopy(
        text=ARTICLE, pictures=(PictureCopy(data=photo(), caption="发放现场", credit="丙丁 摄"), PictureCopy())
    )
    assert write_docx(issue(copy, pages=2), tmp_path / "a.docx", stamp=STAMP) == ()
    return tmp_path / "a.docx"


def test_golden_document(tmp_path: Path) -> None:
    """The paragraphs of one page and the properties of its sections, as XML."""
    write_docx(issue(), tmp_path / "a.docx", stamp=STAMP)
    body = part(tmp_path / "a.docx", "word/document.xml")[0]
    etree.cleanup_namespaces(body)
    text = etree.tostring(body, encoding="unicode", pretty_print=True)
    text = re.sub(r' xmlns:\w+="[^"]*"', "", text).replace("w:", "")
    if os.environ.get("QINGYANG_GOLDEN") == "write":
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_every_part_has_its_style(written: Path) -> None:
    document = docx.Document(str(written))
    assert [(one.style.name, one.text) for one in document.paragraphs][:14] == [
        ("报头", "北方工人报"),
        ("报眉", "2026年11月22日 星期日　总第1234期　今日2版"),
        ("口号", "咬定目标 再加把劲"),
        ("引题", "盛夏送清凉"),
        ("主题", "工会把清凉包送到一线"),
        ("副题", "职工说，心里也凉快了"),
        ("图片", ""),
        ("图片说明", "发放现场 丙丁 摄"),
        ("待配图", "待配图"),
        ("正文", "本报讯（记者 甲乙）第一段，𠮷野家的职工收到了清凉包。"),
        ("小标题", "暖心"),
        ("正文", "第二段 <b>&“引号”"),
        ("图片说明", "图为发放现场。"),
        ("署名", "通讯员 丙丁 文/摄"),
    ]
    first = document.paragraphs[9]
    assert [(run.text, run.style.name if run.style else "") for run in first.runs][:2] == [
        ("本报讯", "消息头"),
        ("（记者 甲乙）", "记者名"),
    ]
    assert document.paragraphs[13].style.paragraph_format.alignment == 2  # flush right


def test_sections_have_the_columns_and_the_sheet_of_the_page(written: Path) -> None:
    document = docx.Document(str(written))
    columns = [section._sectPr.find(f"{W}cols").get(f"{W}num", "1") for section in document.sections]
    kinds = [section._sectPr.find(f"{W}type").get(f"{W}val") for section in document.sections]
    assert columns == ["1", "6", "1"] * 2
    assert kinds == ["nextPage", "continuous", "continuous"] * 2
    for section in document.sections:
        assert abs(section.page_width.mm - 270) < 0.2
        assert abs(section.page_height.mm - 390) < 0.2
        assert section._sectPr.find(f"{W}cols").get(f"{W}space") == "240"
        assert section._sectPr.find(f"{W}docGrid").get(f"{W}linePitch") == "240"
    assert document.sections[0].header.paragraphs[0].text == ""
    assert document.sections[3].header.paragraphs[0].text == "02版 要闻\t2026年11月22日 星期日　北方工人报"


def test_chinese_faces_indent_and_punctuation(written: Path) -> None:
    styles = part(written, "word/styles.xml")
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults.find(f"{W}rFonts").get(f"{W}eastAsia") == "宋体"
    assert defaults.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"
    by_id = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
    for name in (
        "Kicker",
        "Headline",
        "Deck",
        "BodyText",
        "Crosshead",
        "PhotoCaption",
        "Signature",
        "Slogan",
        "Dateline",
    ):
        assert by_id[name].find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        assert not by_id[name].find(f"{W}name").get(f"{W}val").isascii()
    body = by_id["BodyText"].find(f"{W}pPr")
    assert body.find(f"{W}ind").get(f"{W}firstLineChars") == "200"
    assert body.find(f"{W}ind").get(f"{W}firstLine") == "360"
    assert (body.find(f"{W}spacing").get(f"{W}line"), body.find(f"{W}spacing").get(f"{W}lineRule")) == ("240", "exact")
    assert by_id["Headline"].find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "1"
    control = part(written, "word/settings.xml").find(f"{W}characterSpacingControl")
    assert control.get(f"{W}val") == "compressPunctuation"


def test_package_is_whole_and_holds_nothing_of_others(written: Path) -> None:
    with zipfile.ZipFile(written) as package:
        names = package.namelist()
        assert package.testzip() is None
        assert not [name for name in names if "thumbnail" in name or "custom" in name or "Effects" in name]
        types = etree.fromstring(package.read("[Content_Types].xml"))
        told = {one.get("PartName", "").lstrip("/") for one in types}
        assert all(name in names for name in told if name)
        core = package.read("docProps/core.xml").decode()
    assert "北方工人报 2026-11-22" in core
    assert "python-docx" not in core


def test_headline_size_and_columns_of_an_article(tmp_path: Path) -> None:
    write_docx(issue(ArticleCopy(text=ARTICLE, headline_size=37.5, columns=3)), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    headline = next(one for one in document.paragraphs if one.style.name == "主题")
    assert headline.runs[0].font.size.pt == 37.5
    assert document.sections[1]._sectPr.find(f"{W}cols").get(f"{W}num") == "3"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (ArticleText(headline="只有题"), ["只有题"]),
        (ArticleText(headline="题", dateline="新华社北京11月22日电"), ["题", "新华社北京11月22日电　"]),
        (
            ArticleText(headline="题", dateline="本报讯", lead_in="本报讯", body=(Paragraph(text="文"),)),
            ["题", "本报讯　文"],
        ),
        (
            ArticleText(headline="图", dateline="本报讯", body=(Paragraph(text="说明", part=Part.CAPTION),)),
            ["图", "说明", "本报讯　"],
        ),
        (ArticleText(), []),
    ],
)
def test_unusual_articles(text: ArticleText, read: list[str], tmp_path: Path) -> None:
    write_docx(issue(ArticleCopy(text=text)), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    names = {"报头", "报眉", "口号", "版末"}
    assert [one.text for one in document.paragraphs if one.style.name not in names] == read


def test_a_page_without_articles_is_a_page(tmp_path: Path) -> None:
    pages = tuple(PageCopy(number=n, template=TEMPLATE) for n in (1, 2, 3))
    copy = IssueCopy(publication="报", date=datetime.date(2026, 1, 4), pages=pages)
    write_docx(copy, tmp_path / "a.docx")
    assert len(docx.Document(str(tmp_path / "a.docx")).sections) == 3


def test_what_word_cannot_hold_is_left_out_and_told(tmp_path: Path) -> None:
    text = ArticleText(headline="题\x00目", body=(Paragraph(text="甲\x0b乙\ud800丙\ufffe丁\x00\t戊\r\n己"),))
    removed = write_docx(issue(ArticleCopy(text=text)), tmp_path / "a.docx")
    assert [(one.code, one.headline, one.times) for one in removed] == [
        ("U+0000", "题目", 2),
        ("U+000B", "题目", 1),
        ("U+D800", "题目", 1),
        ("U+FFFE", "题目", 1),
    ]
    words = [one.text for one in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert "题目" in words
    assert "甲乙丙丁\t戊\n己" in words


@given(words=st.lists(st.text(st.characters(), max_size=30), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_any_text_is_written_and_read_back(words: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("docx") / "a.docx"
    text = ArticleText(headline="题", kicker=words[0], body=tuple(Paragraph(text=word) for word in words))
    removed = write_docx(issue(ArticleCopy(text=text)), out)
    found = [one.text for one in docx.Document(str(out)).paragraphs if one.style.name == "正文"]
    dropped = {chr(int(one.code[2:], 16)) for one in removed}
    lines = [re.sub("\r\n|\r|\u2028", "\n", word) for word in words]
    assert found == ["".join(character for character in line if character not in dropped) for line in lines]


def test_an_endless_paragraph_can_be_read_again(tmp_path: Path) -> None:
    long = "长" * 4_000_000  # 12 MB in one node would be refused
    write_docx(issue(ArticleCopy(text=ArticleText(headline="题", body=(Paragraph(text=long),)))), tmp_path / "a.docx")
    found = next(one for one in docx.Document(str(tmp_path / "a.docx")).paragraphs if one.style.name == "正文")
    assert len(found.text) == len(long)


def test_pictures_are_decoded_before_they_are_taken(tmp_path: Path) -> None:
    for raw in (b"\xff\xd8\xff\xe0 torn", photo("GIF")):
        copy = ArticleCopy(text=ARTICLE, pictures=(PictureCopy(data=raw),))
        with pytest.raises(UserError, match="工会把清凉包送到一线"):
            write_docx(issue(copy), tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()


def test_pictures_keep_their_shape(tmp_path: Path) -> None:
    for size in ((3000, 500), (500, 3000), (40, 40)):
        copy = ArticleCopy(text=ARTICLE, pictures=(PictureCopy(data=photo("PNG", size, "RGBA")),))
        write_docx(issue(copy), tmp_path / "a.docx")
        shape = docx.Document(str(tmp_path / "a.docx")).inline_shapes[0]
        assert abs(shape.width / shape.height - size[0] / size[1]) < 0.02 * size[0] / size[1]
        assert shape.width.pt <= TEMPLATE.type_width + 1
        assert shape.height.pt <= TEMPLATE.type_height / 3 + 1


def test_same_stamp_same_bytes(tmp_path: Path) -> None:
    for name in ("1.docx", "2.docx"):
        write_docx(issue(pages=2), tmp_path / name, stamp=STAMP)
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()


def test_old_file_stays_when_cancelled_or_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.docx"
    out.write_bytes(b"old")
    context = JobContext(tell=lambda done, total, said: context.cancel())
    with pytest.raises(Cancelled):
        write_docx(issue(pages=2), out, context)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"a\.docx"):
        write_docx(issue(), out)
    with pytest.raises(UserError):
        write_docx(IssueCopy(publication="报", date=datetime.date(2026, 1, 4), pages=()), out)
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
    assert out.read_bytes() == b"old"


def test_pictures_carry_their_words_and_no_exif(written: Path) -> None:
    document = etree.tostring(part(written, "word/document.xml"), encoding="unicode")
    assert 'descr="发放现场 丙丁 摄"' in document
    with zipfile.ZipFile(written) as package:
        media = [name for name in package.namelist() if "media" in name]
        assert len(media) == 1  # the same picture on two pages is kept once
        assert b"Exif" not in io.BytesIO(package.read(media[0])).getvalue()
