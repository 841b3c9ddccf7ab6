"""Invented pages as a sub-editor would sabotage them: what was planted is found, what is right is left alone."""

import pytest

from models.values.finding import Tier
from services.proofing.packs import load_rules
from services.proofing.proof import proof
from tests.services.proofing.sabotaged import Page, false_alarms, found, missed, pages, speaks_of

RULES = load_rules()
PAGES = pages()
LEAST = 0.95  # of the planted errors of the rule families
WORDS = ("错字", "成语", "的地得")  # slips within a word: lists find some, the wrong-character model the others
LEAST_WORDS = 0.8  # of these, with the model


def test_nineteen_in_twenty_planted_errors_are_found() -> None:
    planted = [one for page in PAGES for one in page.planted if one.family not in WORDS]
    lost = [
        (page.name, one.family, one.right)
        for page in PAGES
        for one in missed(page, found(page, RULES))
        if one.family not in WORDS
    ]
    assert len(PAGES) >= 16
    assert len(planted) >= 250
    assert 1 - len(lost) / len(planted) >= LEAST, lost


def test_four_in_five_slips_within_a_word_are_found() -> None:
    slips, lost = 0, []
    for page in PAGES:
        findings = [one for one in proof(page.wrong, RULES, page.context) if one.tier is not Tier.HINT]
        words = [one for one in page.planted if one.family in WORDS]
        slips += len(words)
        lost += [one.right for one in words if not any(speaks_of(finding, one, page) for finding in findings)]
    assert slips >= 100
    assert 1 - len(lost) / slips >= LEAST_WORDS, lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_reported_on_the_page_as_it_should_be(page: Page) -> None:
    assert [(one.rule, one.text) for one in false_alarms(page, RULES)] == []


def test_marks_of_a_page_are_read() -> None:
    page = next(one for one in PAGES if one.name.startswith("01"))
    first = page.planted[0]
    assert page.wrong.text[first.start : first.end] == "。"
    assert first.right == ""
    assert "{" not in page.wrong.text + page.right.text
