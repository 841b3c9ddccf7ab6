"""避头尾, widths and exactness of lines, over generated paragraphs and over named cases."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.template import FontRole
from services.fonts.catalogue import Catalogue
from services.fonts.scan import scan, wheel_folder
from services.layout.atoms import Paragraph, Piece, prepare
from services.layout.letters import Letters, letters
from services.layout.line_edges import ATOM, OPENING, Level, may_end, may_start
from services.layout.lines import SetLine, line_ends, set_lines

_folder = wheel_folder()
FONTS = Catalogue(scan([_folder] if _folder else []).faces)
SONG = letters(FONTS, FontRole.SONG, 9.0)
HEI = letters(FONTS, FontRole.HEI_BOLD, 9.0)
KAI = letters(FONTS, FontRole.KAI, 8.5)

HAN = st.text(st.sampled_from("天地人日月山水火风云工会新闻职报江南市区街路学校医院老师少年"), min_size=2, max_size=14)
PIECE = st.one_of(
    HAN,
    HAN.map(lambda t: t + "，"),
    HAN.map(lambda t: t + "。"),
    HAN.map(lambda t: "“" + t + "”"),
    HAN.map(lambda t: "《" + t + "》（试行）"),
    HAN.map(lambda t: t + "——"),
    HAN.map(lambda t: t + "……"),
    HAN.map(lambda t: t + "：“" + t + "。”"),
    st.integers(0, 99999).map(lambda n: f"{n}年"),
    st.integers(0, 100).map(lambda n: f"{n}.5%"),
    st.sampled_from(["GDP", "PPT", "5G", "Wi-Fi", "12351", "1,200", "阿依·古丽", "1月3日", "30℃"]),
)
TEXT = st.lists(PIECE, min_size=1, max_size=30).map("".join)
MEASURE = st.sampled_from([90.0, 99.0, 126.0, 210.0, 321.0])


def paragraph(text: str, type_: Letters = SONG, indent: float = 18.0, level: Level = Level.GB) -> Paragraph:
    return Paragraph((Piece(text, type_),), indent, (), level)


def words(line: SetLine) -> str:
    return "".join("".join(run.clusters) for run in line.runs)


def set_text(text: str, measure: float = 99.0, **kwargs: object) -> list[str]:
    return [words(line) for line in set_lines(paragraph(text, **kwargs), measure)]  # type: ignore[arg-type]


@given(text=TEXT, measure=MEASURE)
@settings(deadline=None, max_examples=150)
def test_every_character_stands_once_and_lines_are_exact(text: str, measure: float) -> None:
    lines = set_lines(paragraph(text), measure)
    assert "".join(map(words, lines)) == text
    assert [line.start for line in lines] == [0, *(line.end for line in lines)][: len(lines)]
    assert lines[-1].end == len(text)
    for number, line in enumerate(lines):
        for run in line.runs:
            assert len(run.glyphs) == len(run.xs) == len(run.clusters)
            assert 0 not in run.glyphs
        glyphs = [glyph for run in line.runs for glyph in zip(run.xs, run.clusters, strict=True)]
        # marks trimmed on their left and two-em dashes may start before the cell, never before the character before
        # (but for the blank left half of an opening mark, which may lie over a narrow letter)
        for (a, _), (b, mark) in pairwise(glyphs):
            assert a <= b + (0.5 * 9.0 if mark in OPENING else 0.01), words(line)
        if line.last:
            assert number == len(lines) - 1
            assert line.width <= measure + 0.01
        else:
            assert line.width == pytest.approx(measure, abs=0.01)


@given(text=TEXT, measure=MEASURE, level=st.sampled_from(list(Level)))
@settings(deadline=None, max_examples=150)
def test_no_forbidden_line_edge(text: str, measure: float, level: Level) -> None:
    lines = set_lines(paragraph(text, level=level), measure)
    for line, after in pairwise(lines):
        first = ATOM.findall(words(after))[0]
        last = ATOM.findall(words(line))[-1]
        assert may_start(first, level), (words(line), words(after))
        assert may_end(last, level), (words(line), words(after))


@given(text=TEXT, measure=MEASURE)
@settings(deadline=None, max_examples=60)
def test_counting_is_setting(text: str, measure: float) -> None:
    one = paragraph(text)
    assert line_ends(one, measure) == tuple(line.end for line in set_lines(one, measure))


@given(text=TEXT, measure=MEASURE)
@settings(deadline=None, max_examples=60)
def test_words_numbers_and_dashes_stay_whole(text: str, measure: float) -> None:
    ends = set(line_ends(paragraph(text), measure))
    at = 0
    for atom in ATOM.findall(text):
        wider = 0.62 * 9.0 * len(atom) > measure - 18.0  # than a line: it must be parted
        assert wider or not ends & set(range(at + 1, at + len(atom))), atom
        at += len(atom)


@given(text=st.text(max_size=80), measure=st.sampled_from([40.0, 99.0]))
@settings(deadline=None, max_examples=150)
def test_any_text_at_all_is_set(text: str, measure: float) -> None:
    """Hostile text: control characters, emoji, combining marks, runs of marks, other scripts."""
    lines = set_lines(paragraph(text), measure)
    assert "".join(map(words, lines)) == text
    for line in lines:
        assert line.width <= measure + 0.01 or line.end - line.start <= 2


@given(text=st.text(st.sampled_from("天地。，“”——ab1 "), max_size=120))
@settings(deadline=None, max_examples=80)
def test_runs_of_marks_never_overflow(text: str) -> None:
    for line in set_lines(paragraph(text), 99.0):
        assert line.width <= 99.01


def test_a_mark_at_the_line_end_gives_its_half_em_back() -> None:
    line = set_lines(paragraph("一二三四五六七八九十，一二三四五六", indent=0.0), 94.5)[0]
    assert words(line) == "一二三四五六七八九十，"
    assert line.letter_space == pytest.approx(0.0, abs=1e-6)
    assert line.runs[0].xs[-1] == pytest.approx(90.0)


def test_an_opening_mark_at_the_line_start_loses_its_half_em() -> None:
    lines = set_lines(paragraph("一二三四五六七八九十天“地人日月山水火风云工”会新闻职报江南", indent=0.0), 99.0)
    assert words(lines[1]).startswith("“")
    first, second = lines[1].runs[0].xs[:2]
    assert second - first == pytest.approx(9.0, abs=0.2)  # the glyph is moved left, its cell is half an em
    assert second == pytest.approx(4.5, abs=0.2)


def test_adjacent_marks_are_squeezed() -> None:
    xs = set_lines(paragraph("天”，地", indent=0.0), 99.0)[0].runs[0].xs
    assert xs[2] - xs[1] == pytest.approx(4.5, abs=0.1)
    xs = set_lines(paragraph("天。“地", indent=0.0), 99.0)[0].runs[0].xs
    assert xs[3] - xs[0] == pytest.approx(9.0 + 13.5, abs=0.1)  # two marks in an em and a half


def test_squeeze_in_comes_before_push_out() -> None:
    first = set_lines(paragraph("一二、三四、五六、七八。地人日月山水火风云工会新闻", indent=0.0), 99.0)[0]
    assert words(first) == "一二、三四、五六、七八。"
    assert first.width == pytest.approx(99.0)


def test_gap_between_han_and_latin_only_inside_the_line() -> None:
    xs = set_lines(paragraph("天A地", indent=0.0), 99.0)[0].runs[0].xs
    assert xs[1] == pytest.approx(9.0 + 2.25)
    lines = set_lines(paragraph("2022年一二三四五六七八九十天地人日月山水", indent=0.0), 99.0)
    assert lines[0].runs[0].xs[0] == 0.0
    xs = set_lines(paragraph("天，A", indent=0.0), 99.0)[0].runs[0].xs
    assert xs[2] == pytest.approx(18.0)


def test_a_runt_is_saved_by_squeezing() -> None:
    assert set_text("一二，三四，五六，七八。", indent=0.0) == ["一二，三四，五六，七八。"]
    assert set_text("一二三四五六七八，九十天。", indent=0.0) == ["一二三四五六七八，九", "十天。"]


def test_an_over_long_word_is_broken() -> None:
    lines = set_text("见https://example.invalid/a/very/long/address/that/never/ends网址", measure=99.0)
    assert len(lines) > 3
    assert "".join(lines).startswith("见https")


def test_day_and_month_stay_with_their_numbers() -> None:
    for lead in range(4, 12):
        text = "天地人日月山水火风云工会新闻"[:lead] + "12月30日召开会议并讲话部署工作"
        lines = set_text(text, measure=144.0)
        assert not any(line.startswith(("月", "日")) for line in lines), lines


def test_kept_names_are_not_parted() -> None:
    for lead in range(3, 12):
        text = "天地人日月山水火风云工会新闻"[:lead] + "欧阳晓明出席并讲话部署工作"
        one = Paragraph((Piece(text, SONG),), 18.0, ((lead, lead + 4),))
        assert not set(line_ends(one, 99.0)) & {lead + 1, lead + 2, lead + 3}


def test_mixed_faces_in_one_line() -> None:
    one = Paragraph(
        (Piece("本报讯", HEI), Piece("（记者 甲小乙）", KAI), Piece("近日，江南市总工会举办活动，职工参加。", SONG)),
        18.0,
    )
    lines = set_lines(one, 99.0)
    assert [run.piece for run in lines[0].runs] == [0, 1]
    assert lines[0].runs[0].stroke > 0  # no bold in the wheel
    assert lines[0].width == pytest.approx(99.0)
    assert lines[1].runs[0].piece == 2
    assert (lines[1].runs[0].start, lines[1].runs[0].end) == (0, lines[1].end - 11)


def test_a_character_no_face_has_is_told() -> None:
    atoms = prepare(paragraph("天\U000f1234地"))
    assert atoms.borrowed == (("\U000f1234", ""),)
    assert 0 in atoms.glyphs


def test_a_character_of_another_face_is_told() -> None:
    latin_only = Letters((FONTS.face(FontRole.HEI), FONTS.face(FontRole.SONG)), 9.0)
    assert prepare(paragraph("天地", latin_only)).borrowed == ()


def test_letter_space_stays_small() -> None:
    text = (
        "江南市总工会近日举办第十二届职工技能大赛，来自全市18个区县的360名选手同台竞技。大赛设“数控加工”“电工”"
        "“焊接”等9个项目，历时3天。市总工会有关负责人表示，将以大赛为契机，大力弘扬劳模精神、劳动精神、工匠精神，"
        "激励广大职工走技能成才、技能报国之路。据介绍，获奖选手将按规定晋升职业技能等级，并优先推荐参评“江南工匠”。"
    )
    lines = [line for line in set_lines(paragraph(text), 99.0) if not line.last]
    assert sum(line.letter_space > 0.06 for line in lines) <= len(lines) // 8
    assert max(line.letter_space for line in lines) < 0.12
