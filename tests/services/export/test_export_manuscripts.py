"""The archive and the clean manuscript: true revisions, comments, an index; read back by ourselves and LibreOffice."""

import csv
import datetime
import errno
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from models.values.article_text import ArticleText, Paragraph
from models.values.mention import EntityKind, Mention, Office
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.config.errors import UserError
from services.export.contract import ArticleCopy, HistoryStep, IssueCopy, NoteCopy, PageCopy
from services.export.docx.issue import write_docx
from services.export.docx.lines import lines_of
from services.export.docx.manuscripts import SHEET, write_manuscripts
from services.export.docx.tracked import END, tracked
from services.export.names_csv import write_names
from services.intake.bylines import with_signatures
from services.intake.receive import receive
from services.intake.sniff import read_manuscript
from services.jobs.job import Cancelled, JobContext

STAMP = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RECEIVED = with_signatures(
    ArticleText(
        headline="首艘电动渡轮交付使用",
        dateline="本报讯 (记者 顾知秋)",
        body=(
            Paragraph(text="5月17日,云帆造船厂建造的首艘电动渡轮交付使用。"),
            Paragraph(text="渡轮建造期间，厂工会牵头成立职工攻关组，由班长裴远志任组长。"),
            Paragraph(text="这一段写得太长，编辑整段删去，读者不会知道它曾经在这里。"),
            Paragraph(text="工会主席宁书玉介绍，攻关组的每一项改进都按节约价值提取奖金。"),
        ),
        signature="通讯员 贺兰亭 文/摄",
    )
)
SECOND = with_signatures(
    replace(
        RECEIVED,
        dateline="本报讯（记者 顾知秋）",
        body=(replace(RECEIVED.body[0], text="5月17日，云帆造船厂建造的首艘电动渡轮交付使用。"), *RECEIVED.body[1:]),
    )
)
PRINTED = replace(
    SECOND,
    kicker="攻关组拿下十二项改进",
    headline="云帆造船厂首艘电动渡轮交付",
    body=(
        SECOND.body[0],
        replace(SECOND.body[1], text="建造期间，厂工会牵头成立职工攻关组，由电气车间班长裴远志任组长。"),
        SECOND.body[3],
    ),
)


def at(minute: int) -> datetime.datetime:
    return STAMP + datetime.timedelta(minutes=minute)


def mention(name: str, kind: EntityKind, **more: object) -> Mention:
    start = PRINTED.flat().text.index(name)
    return Mention(start=start, end=start + len(name), text=name, kind=kind, name=name, **more)  # type: ignore[arg-type]


WAIVED = PRINTED.flat().text.index("提取奖金")
COPY = ArticleCopy(
    text=PRINTED,
    history=(
        HistoryStep(text=RECEIVED, author="收稿", time=at(0)),
        HistoryStep(text=SECOND, author="程校对", time=at(5)),
        HistoryStep(text=PRINTED, author="林编辑", time=at(9)),
    ),
    notes=(NoteCopy(start=WAIVED, end=WAIVED + 4, words="放行：原文如此", author="林编辑", time=at(10)),),
    mentions=(
        mention("裴远志", EntityKind.PERSON, offices=(Office(position="班长", organisation="电气车间"),)),
        mention("云帆造船厂", EntityKind.ORGANISATION),
    ),
)
OTHER = with_signatures(
    ArticleText(
        headline="职工书屋开放夜读专场",
        dateline="本报讯（记者 林一舟）",
        body=(
            Paragraph(text="护士阮清越坐在青橡街道职工书屋的窗边，翻开一本没有读完的小说。"),
            Paragraph(text="从五月起，书屋的开放时间延长到午夜十二点，并为夜班职工留出二十个座位。"),
        ),
    )
)


def issue(*articles: ArticleCopy) -> IssueCopy:
    chosen = articles or (COPY, ArticleCopy(text=OTHER))
    page = PageCopy(number=3, template=SHEET, name="综合", articles=chosen)
    return IssueCopy(publication="北方工人报", date=datetime.date(2026, 11, 22), pages=(page,))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive") / "存档.docx"
    assert write_manuscripts(issue(), out, revisions=True, index=True, stamp=STAMP) == ()
    return out


def body_of(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read("word/document.xml"))[0]


def settled(body: etree._Element, *, accept: bool) -> list[str]:
    """The paragraphs after all changes are accepted or rejected, without the index."""
    gone, kept = ("del", "ins") if accept else ("ins", "del")
    found: list[str] = []
    pending = ""
    for one in body.iter(f"{W}p"):
        if one.find(f"{W}pPr/{W}pStyle").get(f"{W}val").startswith("Index"):
            continue
        words = "".join(
            node.text or ""
            for node in one.iter(f"{W}t", f"{W}delText")
            if not any(above.tag == f"{W}{gone}" for above in node.iterancestors())
        )
        pending += words
        if one.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            found.append(pending)
            pending = ""
    assert kept
    return [words for words in found if words]


def test_accepting_all_gives_what_was_printed_and_rejecting_what_was_received(archive: Path) -> None:
    other = [line.text for line in lines_of(OTHER)]
    assert settled(body_of(archive), accept=True) == [line.text for line in lines_of(PRINTED)] + other
    assert settled(body_of(archive), accept=False) == [line.text for line in lines_of(RECEIVED)] + other


def test_each_change_has_its_own_author_and_time(archive: Path) -> None:
    body = body_of(archive)
    told = {
        ("".join(node.itertext()), one.tag[len(W) :]): (one.get(f"{W}author"), one.get(f"{W}date"))
        for one in body.iter(f"{W}ins", f"{W}del")
        for node in [one]
        if "".join(one.itertext())
    }
    assert told[("，", "ins")] == ("程校对", "2026-11-22T08:05:00Z")
    assert told[(",", "del")] == ("程校对", "2026-11-22T08:05:00Z")
    assert told[("攻关组拿下十二项改进", "ins")] == ("林编辑", "2026-11-22T08:09:00Z")
    assert told[("电气车间", "ins")][0] == "林编辑"
    gone = next(words for words, kind in told if kind == "del" and "整段删去" in words)
    assert gone == RECEIVED.body[2].text
    numbers = [one.get(f"{W}id") for one in body.iter(f"{W}ins", f"{W}del", f"{W}pPrChange")]
    assert len(numbers) == len(set(numbers))


def test_what_was_let_stand_is_a_comment_on_its_words(archive: Path) -> None:
    document = docx.Document(str(archive))
    (comment,) = document.comments
    assert (comment.author, comment.text) == ("林编辑", "放行：原文如此")
    assert comment.timestamp == at(10)
    words, inside = "", False
    for node in body_of(archive).iter():
        inside |= node.tag == f"{W}commentRangeStart"
        inside &= node.tag != f"{W}commentRangeEnd"
        words += (node.text or "") if inside and node.tag == f"{W}t" else ""
    assert words == "提取奖金"


def test_index_of_names_is_a_field_with_its_result(archive: Path) -> None:
    body = body_of(archive)
    said = [node.text.strip() for node in body.iter(f"{W}instrText")]
    assert 'XE "裴远志" \\f "p"' in said
    assert 'XE "云帆造船厂" \\f "o"' in said
    assert len([one for one in said if one.startswith("INDEX")]) == 2
    lines = [one.text for one in docx.Document(str(archive)).paragraphs if one.style.name == "index 1"]
    assert lines == [
        "裴远志（电气车间班长）　第3版《云帆造船厂首艘电动渡轮交付》",
        "云帆造船厂　第3版《云帆造船厂首艘电动渡轮交付》",
    ]
    kinds = [node.get(f"{W}fldCharType") for node in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("end")


def test_the_press_copy_has_its_index_when_asked_and_no_field_to_be_emptied(tmp_path: Path) -> None:
    write_docx(issue(), tmp_path / "a.docx")
    assert not [one for one in docx.Document(str(tmp_path / "a.docx")).paragraphs if one.style.name == "index 1"]
    write_docx(issue(), tmp_path / "b.docx", index=True)
    lines = [one.text for one in docx.Document(str(tmp_path / "b.docx")).paragraphs if one.style.name == "index 1"]
    assert lines == [
        "裴远志（电气车间班长）　第3版《云帆造船厂首艘电动渡轮交付》",
        "云帆造船厂　第3版《云帆造船厂首艘电动渡轮交付》",
    ]
    assert not list(body_of(tmp_path / "b.docx").iter(f"{W}instrText"))
    plain, indexed = (receive(read_manuscript(tmp_path / name)).articles for name in ("a.docx", "b.docx"))
    assert [one.text for one in indexed] == [one.text for one in plain]


def same_articles(path: Path, *wanted: ArticleText) -> None:
    found = [one.text for one in receive(read_manuscript(path)).articles]
    assert [(one.kicker, one.headline, one.deck) for one in found] == [
        (one.kicker, one.headline, one.deck) for one in wanted
    ]
    for one, two in zip(found, wanted, strict=True):
        assert one.lead_in == two.lead_in
        assert one.bylines == two.bylines
        assert [piece.text for piece in one.body] == [piece.text for piece in two.body]
        assert one.signature == two.signature


def test_received_again_the_archive_gives_the_articles_as_printed(archive: Path) -> None:
    same_articles(archive, PRINTED, OTHER)
    assert "曾经在这里" not in receive(read_manuscript(archive)).text


@pytest.mark.parametrize("index", [True, False])
def test_received_again_the_clean_manuscript_gives_the_articles(tmp_path: Path, index: bool) -> None:
    out = tmp_path / "清稿.docx"
    write_manuscripts(issue(), out, revisions=False, index=index)
    same_articles(out, PRINTED, OTHER)
    body = body_of(out)
    assert not list(body.iter(f"{W}ins", f"{W}del", f"{W}commentReference"))
    assert bool(list(body.iter(f"{W}instrText"))) == index


def test_a_character_that_word_cannot_hold_is_named(tmp_path: Path) -> None:
    text = replace(OTHER, headline="题\x00目", body=(Paragraph(text="甲\x0b乙" + END),))
    removed = write_manuscripts(issue(ArticleCopy(text=text)), tmp_path / "a.docx", revisions=True, index=True)
    assert [(one.code, one.times) for one in removed] == [("U+0000", 1), ("U+000B", 1), ("U+001E", 1)]
    words = "\n".join(one.text for one in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    assert "题〔U+0000〕目" in words
    assert "甲〔U+000B〕乙〔U+001E〕" in words


LINES = st.lists(st.text(st.sampled_from("甲乙丙，。a1"), max_size=8), max_size=5)


@given(st.lists(LINES, min_size=1, max_size=5))
@settings(deadline=None, max_examples=150)
def test_any_history_leads_from_the_first_text_to_the_last(history: list[list[str]]) -> None:
    texts = [ArticleText(headline="题", body=tuple(Paragraph(text=one) for one in lines)) for lines in history]
    versions = [lines_of(text) for text in texts]
    cells = tracked(versions)
    standing = "".join(cell.character for cell in cells if not cell.died)
    first = "".join(cell.character for cell in cells if not cell.born)
    assert standing == "".join(line.text + END for line in versions[-1])
    assert first == "".join(line.text + END for line in versions[0])
    assert all(not (cell.born and cell.died) for cell in cells)


def test_joining_and_parting_paragraphs_are_changes(tmp_path: Path) -> None:
    before = replace(
        OTHER, body=(Paragraph(text="甲乙丙丁戊己。"), Paragraph(text="庚辛壬癸子丑。"), Paragraph(text="寅卯。"))
    )
    after = replace(
        OTHER, body=(Paragraph(text="甲乙丙丁戊己。庚辛壬癸子丑。"), Paragraph(text="寅"), Paragraph(text="卯。"))
    )
    copy = ArticleCopy(
        text=after,
        history=(
            HistoryStep(text=before, author="", time=at(0)),
            HistoryStep(text=after, author="林编辑", time=at(1)),
        ),
    )
    write_manuscripts(issue(copy), tmp_path / "a.docx", revisions=True, index=False)
    body = body_of(tmp_path / "a.docx")
    assert settled(body, accept=True) == [line.text for line in lines_of(after)]
    assert settled(body, accept=False) == [line.text for line in lines_of(before)]
    marks = [
        one.getparent().getparent().getparent()
        for one in body.iter(f"{W}ins", f"{W}del")
        if one.getparent().tag == f"{W}rPr"
    ]
    assert len(marks) == 2


def through_libreoffice(path: Path, kind: str) -> Path:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed here")
    home = path.parent / "profile"
    out = path.parent / "back"
    command = [
        soffice,
        f"-env:UserInstallation=file://{home}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    return out / f"{path.stem}.{kind}"


def test_revisions_comments_and_text_survive_libreoffice(archive: Path) -> None:
    back = through_libreoffice(archive, "docx")
    other = [line.text for line in lines_of(OTHER)]
    body = body_of(back)

    def authors(root: etree._Element) -> set[tuple[str, str]]:
        return {(one.tag, one.get(f"{W}author")) for one in root.iter(f"{W}ins", f"{W}del")}

    assert authors(body) == authors(body_of(archive))
    text = "\n".join(settled(body, accept=True))
    for line in (*[one.text for one in lines_of(PRINTED)], *other):
        assert line in text
    before = "\n".join(settled(body, accept=False))
    assert RECEIVED.body[2].text in before
    assert "攻关组拿下十二项改进" not in before
    assert "放行：原文如此" in [one.text for one in docx.Document(str(back)).comments]


def test_text_and_columns_of_the_press_copy_survive_libreoffice(tmp_path: Path) -> None:
    six = PageTemplate(
        **{
            **{name: getattr(SHEET, name) for name in SHEET.__dataclass_fields__},
            "columns": 6,
            "column_width": 99.0,
            "width": 765.4,
            "height": 1105.5,
            "left": 55.7,
            "body": TypeStyle(role=FontRole.SONG, size=9, leading=12),
        }
    )
    copy = issue(COPY, ArticleCopy(text=OTHER))
    write_docx(replace(copy, pages=(replace(copy.pages[0], template=six),)), tmp_path / "印.docx", stamp=STAMP)
    back = through_libreoffice(tmp_path / "印.docx", "docx")
    document = docx.Document(str(back))
    columns = {section._sectPr.find(f"{W}cols").get(f"{W}num") for section in document.sections}
    assert columns == {"6"}
    words = re.sub(r"\s", "", "".join(one.text for one in document.paragraphs))
    for text in (PRINTED, OTHER):
        for piece in text.body:
            assert re.sub(r"\s", "", piece.text) in words


def test_a_full_disk_and_a_cancel_leave_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, table = tmp_path / "a.docx", tmp_path / "names.csv"
    out.write_bytes(b"old")
    table.write_bytes(b"old")
    context = JobContext(tell=lambda done, total, words: context.cancel())
    with pytest.raises(Cancelled):
        write_manuscripts(issue(), out, context, revisions=True, index=True)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"a\.docx"):
        write_manuscripts(issue(), out, revisions=False, index=False)
    with pytest.raises(UserError, match=r"names\.csv"):
        write_names(issue(), table)
    assert {path.name for path in tmp_path.iterdir()} == {"a.docx", "names.csv"}
    assert (out.read_bytes(), table.read_bytes()) == (b"old", b"old")


def test_the_table_of_names_is_no_formula(tmp_path: Path) -> None:
    evil = replace(COPY.mentions[0], name="=HYPERLINK(1)")
    assert write_names(issue(replace(COPY, mentions=(evil, COPY.mentions[1]))), tmp_path / "names.csv") == 2
    rows = list(csv.reader((tmp_path / "names.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1] == ["'=HYPERLINK(1)", "人物", "裴远志", "电气车间班长", "云帆造船厂首艘电动渡轮交付", "3"]
    assert rows[2][:3] == ["云帆造船厂", "机构", "云帆造船厂"]
