"""The real page from manuscript to printed issue, headless: what an editor would look at first."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from services.desk.make import make_issue

PEOPLE = (
    "盛丽 赵丽君 余翠平 高士军 王红英 马小兰 赵思远 孙金春 张宇 蒋红清 任洁 曹薇 马超 赵振龙 孟大鹏 何少花 张志 王秀英"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, seed_page: Path) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("made")
    report = make_issue([seed_page], out)
    return out, report


def words(out: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", out / "issue.pdf", "-"], capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())


def test_the_files_are_there_and_the_report_is_what_was_returned(made: tuple[Path, dict[str, Any]]) -> None:
    out, report = made
    assert json.loads((out / "report.json").read_text("utf-8"))["issue"] == report["issue"]
    assert (out / "issue.docx").stat().st_size > 5_000
    checked = subprocess.run(["qpdf", "--check", out / "issue.pdf"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_seven_articles_on_one_full_page(made: tuple[Path, dict[str, Any]]) -> None:
    _, report = made
    (page,) = report["pages"]
    assert len(report["articles"]) == 7
    assert len(page["articles"]) == 7
    assert page["overset_lines"] == 0
    assert page["size_mm"] == [270, 390]
    assert not [fault for fault in page["faults"] if fault["severe"]]


def test_every_article_can_be_read_whole_in_the_pdf(made: tuple[Path, dict[str, Any]]) -> None:
    out, report = made
    printed = words(out)
    for article in report["articles"]:
        for part in (article["headline"], *article["body"]):
            assert "".join(part.split()) in printed, part[:30]


def test_what_is_certain_was_put_right_and_the_rest_was_left(made: tuple[Path, dict[str, Any]]) -> None:
    out, _ = made
    printed = words(out)
    assert "," not in printed
    assert "近60%" in printed
    assert "二十大精神和二十届二中全会精神" in printed


def test_everybody_is_found(made: tuple[Path, dict[str, Any]]) -> None:
    _, report = made
    found = {m["name"] for article in report["articles"] for m in article["mentions"] if m["kind"] == "person"}
    assert found == set(PEOPLE.split())


def test_text_is_black_in_k_alone_and_every_font_is_embedded(made: tuple[Path, dict[str, Any]]) -> None:
    out, _ = made
    fonts = subprocess.run(["pdffonts", out / "issue.pdf"], capture_output=True, text=True, check=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    for row in rows:
        embedded, subset = row.split()[-5:-3]
        assert (embedded, subset) == ("yes", "yes"), row


def test_four_fifths_of_the_type_area_carry_type_or_picture(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    out, _ = made
    assert share_of_ink(out / "issue.pdf", tmp_path) >= 0.8


def share_of_ink(pdf: Path, folder: Path) -> float:
    """Share of the grid's cells (6 columns x 84 rows of the tabloid) that are not blank paper."""
    from PIL import Image

    dpi = 72
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", "-cropbox", pdf, folder / "page"], check=True
    )
    image = Image.open(folder / "page.png").convert("L")
    trim_left, trim_top = (image.width - 765) // 2, (image.height - 1105) // 2
    inked = total = 0
    for row in range(84):
        for column in range(6):
            left = trim_left + 55.7 + column * 111
            top = trim_top + 66 + row * 12
            cell = image.crop((round(left), round(top), round(left + 99), round(top + 12)))
            total += 1
            inked += cell.getextrema()[0] < 245
    return inked / total
