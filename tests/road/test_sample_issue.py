"""The sample issue: four full pages, every planted error found, nothing else called certain."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.values.cards import IssueCard
from models.values.finding import Tier
from services.desk.desk import Desk, open_desk

PLANTED = {  # words as they stand in the sample's invented articles, and what they ought to be
    "星期四": "星期五",
    "60": "50",
    "沈砚州": "沈砚舟",
    ",": "，",
    "的的": "的",
    "6月31日": None,
    "一愁莫展": "一筹莫展",
    "再接再励": "再接再厉",
    "约有六十人左右": "约有六十人",
    "“": None,
    " and ": "和",
    "按装": "安装",
    "迫不急待": "迫不及待",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(str(tmp_path_factory.mktemp("sample") / "paper.db")) as opened:
        opened.sample()
        yield opened


@pytest.fixture(scope="module")
def issue(desk: Desk) -> IssueCard:
    return desk.issues.find("latest")


def test_four_pages_are_full_and_nothing_is_overset(desk: Desk, issue: IssueCard) -> None:
    assert [page.name for page in issue.pages] == ["要闻", "工会新闻", "维权", "副刊"]
    for card in issue.pages:
        laid = desk.pages.open(card.id).laid
        assert laid.overset_lines == 0, card.name
        assert max(frame.empty_lines for frame in laid.frames) <= 3, card.name
        assert not [fault for fault in laid.faults if fault.severe], card.name


def test_every_planted_error_is_found_and_nothing_else_is_certain(desk: Desk, issue: IssueCard) -> None:
    invented = [desk.articles.open(card.id) for card in desk.articles.list(issue.id) if card.page_number != 2]
    found = [finding for sheet in invented for finding in desk.proofing.check(sheet).findings]
    by_words = {finding.text: finding for finding in found if finding.tier is not Tier.HINT}
    assert set(by_words) == set(PLANTED)
    for words, right in PLANTED.items():
        if right is not None:
            assert by_words[words].suggestions[0] == right, words


def test_manuscripts_are_kept_byte_for_byte(desk: Desk, issue: IssueCard, seed_page: Path) -> None:
    card = next(card for card in desk.articles.list(issue.id) if card.headline.startswith("全力打造"))
    manuscript = desk.articles.open(card.id).manuscript
    assert manuscript is not None
    desk.proofing.fix_certain(card.id)
    assert desk.intake.manuscript(manuscript).raw == seed_page.read_bytes()


def test_the_sample_is_loaded_once(desk: Desk, issue: IssueCard) -> None:
    before = len(desk.articles.list())
    assert desk.sample().id == issue.id
    assert len(desk.articles.list()) == before
