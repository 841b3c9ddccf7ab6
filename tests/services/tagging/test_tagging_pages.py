"""Invented pages full of traps: every label found, nothing else, names and offices as labelled."""

from pathlib import Path

import pytest

from models.values.mention import EntityKind
from tests.services.tagging.tagging_pages import PAGES, differences, known_differences, load


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    page = load(path)
    assert page.labels
    told = differences(page)
    known = known_differences(path)
    assert len(told) == len(known), told
    assert all(one.startswith(other) for one, other in zip(told, known, strict=True)), told


def test_the_labels_are_read() -> None:
    page = load(PAGES / "03_企业一线.txt")
    short = next(label for label in page.labels if label.text == "城北客运")
    assert (short.kind, short.name) == (EntityKind.ORGANISATION, "海港市城北客运有限责任公司")
    assert page.text[short.start : short.end] == "城北客运"
    leader = next(label for label in page.labels if label.text == "龚正")
    assert leader.offices == {("城北客运", "党委副书记"), ("城北客运", "工会主席")}
