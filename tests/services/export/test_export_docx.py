"""A written Word file, read again part by part."""

import dataclasses
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
from services.intake.receive import receive
from services.intake.sniff import read_manuscript
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
    """The paragraphs of one page and the properties of its section, as XML."""
    write_docx(issue(), tmp_path / "a.docx", stamp=STAMP)
    body = part(tmp_path / "a.docx", "word/document.xml")[0]
    etree.cleanup_namespaces(body)
    text = etree.tostring(body, encoding="unicode", pretty_print=True)
    text = re.sub(r' xmlns:\w+="[^"]*"', "", text).replace("w:", "")
    if os.environ.get("QINGYANG_GOLDEN") == "write":
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def columns_of(section: docx.section.Section) -> tuple[str, str, str]:
    found = section._sectPr.find(f"{W}cols")
    return tuple(found.get(f"{W}{name}") for name in ("num", "space", "equalWidth"))


def test_every_part_has_its_style(written: Path) -> None:
    document = docx.Document(str(written))
    assert [(one.style.name, one.text) for one in document.paragraphs][:12] == [
        ("口号", "咬定目标 再加把劲"),
        ("引题", "盛夏送清凉"),
        ("主题", "工会把清凉包送到一线"),
        ("副题", "职工说，心里也凉快了"),
        ("版首", ""),
        ("正文", "本报讯（记者 甲乙）第一段，𠮷野家的职工收到了清凉包。"),
        ("图片", ""),
        ("图片说明", "发放现场 丙丁 摄"),
        ("待配图", "待配图"),
        ("小标题", "暖心"),
        ("正文", "第二段 <b>&“引号”"),
        ("图片说明", "图为发放现场。"),
    ]
    first = document.paragraphs[5]
    assert [(run.text, run.style.name if run.style else "") for run in first.runs][:2] == [
        ("本报讯", "消息头"),
        ("（记者 甲乙）", "记者名"),
    ]
    assert (document.paragraphs[12].style.name, document.paragraphs[12].text) == ("署名", "通讯员 丙丁 文/摄")
    assert document.paragraphs[12].style.paragraph_format.alignment == 2  # flush right


def test_one_section_a_page_with_the_columns_and_the_sheet_of_its_template(tmp_path: Path) -> None:
    three = (ArticleCopy(text=ARTICLE), ArticleCopy(text=ARTICLE), ArticleCopy(text=ARTICLE))
    write_docx(issue(*three, pages=4), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert len(document.sections) == 4
    assert document.element.body[-1].tag == f"{W}sectPr"
    for section in document.sections:
        assert section._sectPr.find(f"{W}type").get(f"{W}val") == "nextPage"
        assert columns_of(section) == ("6", "240", "1")
        assert abs(section.page_width.mm - 270) < 0.2
        assert abs(section.page_height.mm - 390) < 0.2
        measure = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
        assert abs((measure - 5 * 12) / 6 - 99) < 0.05
        assert section._sectPr.find(f"{W}docGrid") is None


def test_sections_follow_the_template_of_their_page(tmp_path: Path) -> None:
    small = dataclasses.replace(TEMPLATE, columns=4, column_width=117, gutter=14, width=595, height=842)
    pages = tuple(
        PageCopy(number=n, template=one, articles=(ArticleCopy(text=ARTICLE),))
        for n, one in enumerate((TEMPLATE, small), start=1)
    )
    write_docx(IssueCopy(publication="报", date=datetime.date(2026, 1, 4), pages=pages), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert [columns_of(section) for section in document.sections] == [("6", "240", "1"), ("4", "280", "1")]
    assert document.sections[1].page_height.pt == 842


def test_masthead_and_folio_lines_are_headers(written: Path) -> None:
    front, second = docx.Document(str(written)).sections
    assert front.different_first_page_header_footer
    assert [(one.style.name, one.text) for one in front.first_page_header.paragraphs] == [
        ("报头", "北方工人报"),
        ("报眉", "2026年11月22日 星期日　总第1234期\t今日2版"),
    ]
    assert front.header.paragraphs[0].text == "01版 要闻\t2026年11月22日 星期日　北方工人报"
    high = sum(one.style.paragraph_format.line_spacing.pt for one in front.first_page_header.paragraphs)
    assert front.top_margin.pt >= front.header_distance.pt + high  # the frame at the margin stands below the masthead
    assert second.top_margin.pt == TEMPLATE.top
    assert not second.different_first_page_header_footer
    assert second.header.paragraphs[0].text == "02版 要闻\t2026年11月22日 星期日　北方工人报"
    assert second.header.paragraphs[0].runs[0].style.name == "版名"


def test_headings_of_the_lead_stand_over_all_columns(tmp_path: Path) -> None:
    """In one frame of the full measure; no paragraph of it has a border, and none with a border follows it at once."""
    write_docx(issue(ArticleCopy(text=ARTICLE), ArticleCopy(text=ARTICLE)), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    framed = [one for one in document.paragraphs if one._p.pPr.find(f"{W}framePr") is not None]
    assert [one.style.name for one in framed] == ["口号", "引题", "主题", "副题"]
    assert len({etree.tostring(one._p.pPr.find(f"{W}framePr")) for one in framed}) == 1
    frame = framed[0]._p.pPr.find(f"{W}framePr")
    assert int(frame.get(f"{W}w")) == round(TEMPLATE.type_width * 20)
    assert {frame.get(f"{W}hAnchor"), frame.get(f"{W}vAnchor")} == {"margin"}
    assert not [one for one in framed if one.style.element.find(f"{W}pPr/{W}pBdr") is not None]
    assert document.paragraphs[len(framed)].style.name == "版首"


def test_other_headings_stand_in_their_column(tmp_path: Path) -> None:
    write_docx(issue(ArticleCopy(text=ARTICLE), ArticleCopy(text=ARTICLE)), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    names = [one.style.name for one in document.paragraphs]
    at = names.index("篇间线")
    assert names[at + 1 : at + 4] == ["栏内引题", "栏内主题", "栏内副题"]
    headline = document.paragraphs[at + 2]
    assert 14 <= headline.style.font.size.pt <= 16
    assert headline.style.font.bold
    assert headline.style.paragraph_format.keep_with_next
    assert headline.style.paragraph_format.keep_together
    assert headline.style.paragraph_format.alignment == 1  # centred
    for name in ("栏内引题", "栏内副题"):
        assert document.styles[name].font.size.pt == 10.5
        assert document.styles[name].element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "楷体"


def test_navigation_shows_every_article_and_its_crossheads(written: Path) -> None:
    document = docx.Document(str(written))
    levels = {
        style.name: style.element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")
        for style in document.styles
        if style.element.find(f"{W}pPr/{W}outlineLvl") is not None
    }
    assert levels == {"主题": "0", "栏内主题": "0", "小标题": "1"}


@pytest.mark.parametrize(
    ("headline", "wish", "size"),
    [
        ("工会把清凉包送到一线", 42, 42),
        ("二十字的标题在四十二磅时排不进一行去呀", 42, 34),  # 19 characters: one line of 654 pt
        ("这一个标题实在太长了，怎么缩小也排不进一行，只好仍旧排成两行", 42, 42),
        ("没有说过多大", 0, 36),
    ],
)
def test_size_of_the_lead_headline(headline: str, wish: float, size: float, tmp_path: Path) -> None:
    copy = ArticleCopy(text=ArticleText(headline=headline), headline_size=wish)
    write_docx(issue(copy), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    made = next(one for one in document.paragraphs if one.style.name == "主题")
    assert (made.runs[0].font.size or made.style.font.size).pt == size
    spacing = made.paragraph_format.line_spacing or made.style.paragraph_format.line_spacing
    assert size < spacing.pt < size * 1.4


@pytest.mark.parametrize(
    ("headline", "wish", "size"),
    [
        ("短题", 36, 16),
        ("短题", 20, 14),
        ("首艘电动渡轮在东澜码头交付", 36, 14),  # 13 characters: two lines of seven, not three of six
        ("首艘电动渡轮交付使用", 36, 16),
    ],
)
def test_size_of_a_headline_in_its_column(headline: str, wish: float, size: float, tmp_path: Path) -> None:
    copy = ArticleCopy(text=ArticleText(headline=headline), headline_size=wish)
    write_docx(issue(ArticleCopy(text=ARTICLE), copy), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    made = next(one for one in document.paragraphs if one.style.name == "栏内主题")
    assert (made.runs[0].font.size or made.style.font.size).pt == size


def test_box_of_a_picture_to_come_has_the_shape_of_one(written: Path) -> None:
    """Two thirds as high as the column is wide, inside the column."""
    style = docx.Document(str(written)).styles["待配图"]
    border = style.element.find(f"{W}pPr/{W}pBdr")
    air = [int(border.find(f"{W}{side}").get(f"{W}space")) for side in ("top", "bottom")]
    high = sum(air) + style.paragraph_format.line_spacing.pt
    assert abs(high / TEMPLATE.column_width - 2 / 3) < 0.02
    assert max(air) <= 31
    assert {border.find(f"{W}{side}").get(f"{W}space") for side in ("left", "right")} == {"0"}


def test_lines_are_as_high_as_the_style_says(written: Path) -> None:
    """Exact leading, and not snapped to a grid: LibreOffice would give a tall face two steps of it."""
    styles = docx.Document(str(written)).styles
    for name in ("正文", "小标题", "图片说明", "署名"):
        spacing = styles[name].element.find(f"{W}pPr/{W}spacing")
        assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("240", "exact")
        assert styles[name].element.find(f"{W}pPr/{W}snapToGrid").get(f"{W}val") == "0"
    assert styles["正文"].font.size.pt == 9


def test_taken_in_again_with_all_its_text(tmp_path: Path) -> None:
    """A caption does not part an article from its text; masthead and folio are not taken for manuscript."""
    first = dataclasses.replace(
        ARTICLE,
        body=(
            Paragraph(text="盛夏时节，三百个户外工位的职工收到了区总工会送来的清凉包。"),
            Paragraph(text="活动持续两周，各街道总工会分头把饮料和药品送到一线。"),
        ),
        signature="通讯员 陈立新 文/摄",
    )
    second = dataclasses.replace(first, kicker="", headline="职工书屋开放夜读专场", deck="", signature="")
    copies = (
        ArticleCopy(text=first, pictures=(PictureCopy(data=photo(), caption="清凉包发放现场。", credit="陈立新 摄"),)),
        ArticleCopy(text=second),
    )
    page = PageCopy(number=1, template=TEMPLATE, articles=copies)
    copy = IssueCopy(publication="北方工人报", date=datetime.date(2026, 1, 4), pages=(page,))
    write_docx(copy, tmp_path / "a.docx")
    reception = receive(read_manuscript(tmp_path / "a.docx"))
    found = [one.text for one in reception.articles]
    assert [(one.kicker, one.headline, one.deck, one.lead_in) for one in found] == [
        (first.kicker, first.headline, first.deck, "本报讯"),
        ("", second.headline, "", "本报讯"),
    ]
    for one in found:
        assert all(piece.text in one.flat().text for piece in first.body)
    assert "清凉包发放现场。 陈立新 摄" in reception.text
    assert found[0].signature == first.signature
    assert "北方工人报" not in reception.text


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
    names = {"口号", "版首"}
    assert [one.text for one in document.paragraphs if one.style.name not in names] == read


def test_a_page_without_articles_is_a_page(tmp_path: Path) -> None:
    pages = tuple(PageCopy(number=n, template=TEMPLATE) for n in (1, 2, 3))
    copy = IssueCopy(publication="报", date=datetime.date(2026, 1, 4), pages=pages)
    write_docx(copy, tmp_path / "a.docx")
    assert len(docx.Document(str(tmp_path / "a.docx")).sections) == 3


def test_what_word_cannot_hold_is_named_and_told(tmp_path: Path) -> None:
    text = ArticleText(headline="题\x00目", body=(Paragraph(text="甲\x0b乙\ud800丙\ufffe丁\x00\t戊\r\n己"),))
    removed = write_docx(issue(ArticleCopy(text=text)), tmp_path / "a.docx")
    assert [(one.code, one.headline, one.times) for one in removed] == [
        ("U+0000", "题目", 2),
        ("U+000B", "题目", 1),
        ("U+D800", "题目", 1),
        ("U+FFFE", "题目", 1),
    ]
    words = [one.text for one in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert "题〔U+0000〕目" in words
    assert "甲〔U+000B〕乙〔U+D800〕丙〔U+FFFE〕丁〔U+0000〕\t戊\n己" in words


@given(words=st.lists(st.text(st.characters(), max_size=30), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_any_text_is_written_and_read_back(words: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("docx") / "a.docx"
    text = ArticleText(headline="题", kicker=words[0], body=tuple(Paragraph(text=word) for word in words))
    removed = write_docx(issue(ArticleCopy(text=text)), out)
    found = [one.text for one in docx.Document(str(out)).paragraphs if one.style.name == "正文"]
    named = {int(one.code[2:], 16): f"〔{one.code}〕" for one in removed}
    lines = [re.sub("\r\n|\r|\u2028", "\n", word) for word in words]
    assert found == [line.translate(named) for line in lines]


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
        assert shape.width.pt <= TEMPLATE.column_width + 0.1
        assert shape.height.pt <= TEMPLATE.type_height / 2 + 1
        assert shape._inline.get("distL") == "0"


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
