"""Invented pages as a sub-editor would sabotage them: what was planted is found, what is right is left alone."""

import pytest

from services.proofing.packs import load_rules
from tests.services.proofing.sabotaged import Page, false_alarms, found, missed, pages

RULES = load_rules()
PAGES = pages()
LEAST = 0.95  # of all planted errors


def test_nineteen_in_twenty_planted_errors_are_found() -> None:
    planted = sum(len(page.planted) for page in PAGES)
    lost = [(page.name, one.family, one.right) for page in PAGES for one in missed(page, found(page, RULES))]
    assert len(PAGES) >= 12
    assert planted >= 250
    assert 1 - len(lost) / planted >= LEAST, lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_reported_on_the_page_as_it_should_be(page: Page) -> None:
    assert [(one.rule, one.text) for one in false_alarms(page, RULES)] == []


def test_marks_of_a_page_are_read() -> None:
    page = next(one for one in PAGES if one.name.startswith("01"))
    first = page.planted[0]
    assert page.wrong.text[first.start : first.end] == "。"
    assert first.right == ""
    assert "{" not in page.wrong.text + page.right.text
