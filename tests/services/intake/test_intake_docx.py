"""Word files: changes accepted, text boxes once, looks as hints; hostile and damaged files refused."""

import io
import random
import zipfile

import pytest

from models.values.article_text import Part
from services.config.errors import UserError
from services.intake.receive import receive
from services.intake.sniff import manuscript_from_bytes
from tests.services.intake.readable import readable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_RULE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def docx(body: str, *extra: tuple[str, bytes], head: str = _RULE) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{head}<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        for name, data in extra:
            archive.writestr(name, data)
    return buffer.getvalue()


def p(text: str, runs: str = "", block: str = "") -> str:
    return f"<w:p><w:pPr>{block}</w:pPr><w:r><w:rPr>{runs}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def text_of(body: str) -> str:
    return receive(manuscript_from_bytes("a.docx", docx(body))).text


def test_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:ins><w:r><w:t>插入</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>移入</w:t></w:r></w:moveTo>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>后</w:t><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
    )
    assert text_of(body) == "前插入移入控件链接后\t甲\n乙"


def test_deleted_paragraph_mark_joins() -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上半</w:t></w:r></w:p>"
    assert text_of(gone + p("下半")) == "上半下半"


def test_text_box_once_and_tables_in_order() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
    choice = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    choice += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>锚</w:t>{choice}</w:r></w:p>"
    body += f"<w:tbl><w:tr><w:tc>{p('一')}</w:tc><w:tc>{p('二')}</w:tc></w:tr></w:tbl>"
    assert text_of(body) == "锚\n框里\n一　二"


def test_a_table_keeps_its_rows_and_no_number_is_joined_or_lost() -> None:
    rows = [("项目", "人数", "金额"), ("体检", "320", "32000"), ("帮扶", "14", "21000")]
    cells = ["".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows]
    body = p("本报讯（记者 张三）近日，西岭厂公布福利支出。")
    body += "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>" + p("职工表示满意。")
    (article,) = receive(manuscript_from_bytes("a.docx", docx(body))).articles
    assert [paragraph.text for paragraph in article.text.body] == [
        "近日，西岭厂公布福利支出。",
        "项目　人数　金额",
        "体检　320　32000",
        "帮扶　14　21000",
        "职工表示满意。",
    ]
    assert {paragraph.part for paragraph in article.text.body} == {Part.BODY}
    assert article.healed == ()


def test_a_table_that_frames_a_text_is_read_as_paragraphs() -> None:
    long = "本报讯（记者 张三）近日，西岭厂公布福利支出，" + "职工人人满意，" * 12 + "会议开得很好。"
    body = (
        f"<w:tbl><w:tr><w:tc>{p('西岭厂公布支出')}</w:tc><w:tc>{p(long)}{p('第二段说明情况。')}</w:tc></w:tr></w:tbl>"
    )
    assert text_of(body) == f"西岭厂公布支出\n{long}\n第二段说明情况。"


def test_items_of_a_list_are_body() -> None:
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    body = p("本报讯（记者 张三）近日，西岭厂办好三件事：") + "".join(map(item.format, ("食堂", "班车", "图书室")))
    (article,) = receive(manuscript_from_bytes("a.docx", docx(body))).articles
    assert [paragraph.text for paragraph in article.text.body][1:] == ["食堂", "班车", "图书室"]
    assert {paragraph.part for paragraph in article.text.body} == {Part.BODY}


def test_looks_are_hints() -> None:
    large, larger = '<w:sz w:val="32"/>', '<w:sz w:val="44"/>'
    body = p("东湖区职工技能大赛启动", large) + p("百工竞技展风采", larger) + p("近三百名选手同场竞技", large)
    body += (
        p("本报讯（记者 张三）近日，东湖区职工技能大赛启动。")
        + p("比赛项目多", "<w:b/>")
        + p("大赛设六个项目，历时三天。")
    )
    body += p("西岭厂开放图书室", larger) + p("近日，西岭厂开放图书室，藏书三千册。李四 摄影报道")
    expected = """== news
kicker: 东湖区职工技能大赛启动
headline: 百工竞技展风采
deck: 近三百名选手同场竞技
dateline: 本报讯（记者 张三）
lead-in: 本报讯
byline: 记者/张三
body: 近日，东湖区职工技能大赛启动。
crosshead: 比赛项目多
body: 大赛设六个项目，历时三天。

== photo
headline: 西岭厂开放图书室
signature: 李四 摄影报道
byline: 摄影报道/李四
credit: 摄影报道/李四
body: 近日，西岭厂开放图书室，藏书三千册。
"""
    assert readable(receive(manuscript_from_bytes("a.docx", docx(body)))) == expected


def _noise(count: int) -> str:
    source = random.Random(1)
    return "".join(f'<w:p w:rsid="{source.getrandbits(40):x}"/>' for _ in range(count))


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (docx("<w:p/>" * 400_000), "docx_hostile"),
        (docx(_noise(800_001)), "docx_hostile"),
        (docx(p("字" * 4_000_000)), "docx_hostile"),
        (docx(p("&a;"), head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "docx_hostile"),
        (docx(p("好"), ("word/media/a.bin", bytes(210_000_000))), "docx_hostile"),
        (docx(p("好"), ("../../etc/x", b"x")), "docx_hostile"),
        (docx(p("好"), *((f"a{i}", b"") for i in range(4_100))), "docx_hostile"),
        (docx(p("好"), ("WORD/document.xml", b"x")), "docx_hostile"),
        (docx(p("好"), ("word/vbaProject.bin", b"x")), "docx_macros"),
        (docx("<w:tbl><w:tr><w:tc>" * 1000 + p("深") + "</w:tc></w:tr></w:tbl>" * 1000), "docx_damaged"),
        (docx("<w:p>"), "docx_damaged"),
        (docx(""), "empty"),
        (docx(p("好" * 900))[:400], "docx_damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as caught:
        receive(manuscript_from_bytes("a.docx", raw))
    assert caught.value.key == f"intake.{key}"
    assert "a.docx" in str(caught.value)


def test_cut_anywhere_is_refused_or_read() -> None:
    whole = docx(p("东湖区召开会议") + p("近日，东湖区召开会议。"))
    for end in range(4, len(whole), 37):
        with pytest.raises(UserError):
            receive(manuscript_from_bytes("a.docx", whole[:end]))
