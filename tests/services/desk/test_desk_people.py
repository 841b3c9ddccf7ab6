"""Who may do what, on both databases; leases; edits that met are put together and nothing is dropped."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from models.tables.person import PersonRow
from models.values.cards import ArticleCard, IssueCard
from models.values.change import EditArticle, PlanPage, Waiver
from models.values.house import HouseRule
from models.values.publication import Publication
from services.config.errors import UserError
from services.config.settings import Settings
from services.desk import leases as leases_module
from services.desk.desk import Desk, StaleVersion, open_desk
from services.desk.merging import Choice, State
from services.desk.people import NotAllowed
from services.desk.permissions import PERMISSIONS, Action, Role
from tests.services.store.servers import BOTH, fresh_server

MANUSCRIPT = "# 澜江大桥昨日合龙\n\n本报讯（记者 顾知秋）大桥合龙。\n\n大桥全长1200米。\n\n预计明年通车。\n"


@pytest.fixture(params=BOTH)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    with fresh_server() as url:
        yield url


@pytest.fixture
def desk(where: str) -> Iterator[Desk]:
    with open_desk(where, Settings(editor="甲")) as opened:
        yield opened


@pytest.fixture
def other(where: str, desk: Desk) -> Iterator[Desk]:
    with open_desk(where, Settings(editor="乙")) as opened:
        yield opened


@pytest.fixture
def issue(desk: Desk) -> IssueCard:
    import datetime

    paper = desk.publications.save(Publication(name="东澜工人报", number="CN 00-0000", home_city="东澜"))
    return desk.issues.create(paper, datetime.date(2026, 11, 20), ["要闻"], 7)


@pytest.fixture
def card(desk: Desk, issue: IssueCard, tmp_path: Path) -> ArticleCard:
    file = tmp_path / "来稿.txt"
    file.write_text(MANUSCRIPT, "utf-8")
    return desk.intake.take_in([file], issue=issue.id)[0]


def edit(desk: Desk, card: ArticleCard, **parts: object) -> EditArticle:
    sheet = desk.articles.open(card.id)
    text = replace(sheet.text, **parts)  # type: ignore[arg-type]
    return EditArticle(
        article=card.id, text=text, mentions=sheet.mentions, waivers=sheet.waivers, version=sheet.version
    )


def test_a_store_without_people_lets_everything(desk: Desk, card: ArticleCard) -> None:
    assert desk.people.may() == frozenset(Action)
    assert desk.people.why_not(Action.PLAN) == ""
    desk.apply(edit(desk, card, headline="新题"))


@pytest.mark.parametrize("role", tuple(Role))
def test_each_role_does_what_the_table_says(desk: Desk, card: ArticleCard, issue: IssueCard, role: Role) -> None:
    login = desk.people.login()
    page = desk.pages.open(issue.pages[0].id)
    desk.people.add(login, Role.CHIEF, "程校对")
    desk.people.add("总编", Role.CHIEF)
    desk.people.give_role(login, role)
    house = Waiver(key="词", scope="house", reason="本社用法")
    here = Waiver(key="处", scope="article")
    sheet = desk.articles.open(card.id)

    def tried(action: Action, does: object) -> None:
        if action in PERMISSIONS[role]:
            does()  # type: ignore[operator]
            return
        with pytest.raises(NotAllowed) as told:
            does()  # type: ignore[operator]
        assert str(told.value) == desk.people.why_not(action)

    plan = replace(page.plan, name="新名")
    tried(Action.PLAN, lambda: desk.apply(PlanPage(page=page.id, plan=plan, version=page.version)))
    tried(Action.EDIT, lambda: desk.apply(edit(desk, card, headline="新题")))
    tried(Action.SETTLE, lambda: desk.apply(replace(edit(desk, card), waivers=(here,))))
    tried(Action.HOUSE, lambda: desk.apply(replace(edit(desk, card), waivers=(*sheet.waivers, house))))
    tried(Action.ISSUE, lambda: desk.issues.add_page(issue.id))
    tried(Action.PAPER, lambda: desk.publications.save(Publication(name="别的报")))
    if role is not Role.CHIEF:
        with pytest.raises(UserError) as told:
            desk.people.add("丙", Role.EDITOR)
        assert told.value.key == "desk.people_chief_only"


def test_a_reason_is_no_permission(desk: Desk, card: ArticleCard) -> None:
    login = desk.people.login()
    desk.people.add(login, Role.CHIEF)
    desk.people.add("总编", Role.CHIEF)
    desk.people.give_role(login, Role.LAYOUT)
    with pytest.raises(NotAllowed):
        desk.apply(replace(edit(desk, card, headline="偷改"), reason="waive"))
    assert desk.articles.open(card.id).text.headline == "澜江大桥昨日合龙"


def test_a_stranger_looks_and_changes_nothing(desk: Desk, card: ArticleCard) -> None:
    _leave_to_another(desk)
    assert desk.articles.list()
    with pytest.raises(NotAllowed) as told:
        desk.apply(edit(desk, card, headline="新题"))
    assert desk.people.login() in str(told.value)


def _leave_to_another(desk: Desk) -> None:
    """The chief who began the list hands it over and takes himself off: who works here now is a stranger."""
    desk.people.add(desk.people.login(), Role.CHIEF)
    desk.people.add("总编", Role.CHIEF)
    desk.people.remove(desk.people.login())


def test_the_first_on_the_list_is_who_makes_it(desk: Desk) -> None:
    with pytest.raises(UserError) as told:
        desk.people.add("总编", Role.CHIEF)
    assert told.value.key == "desk.first_is_you"
    assert desk.people.login() in str(told.value)
    assert not desk.people.all()


def test_the_list_never_locks_everybody_out(desk: Desk) -> None:
    with pytest.raises(UserError) as told:
        desk.people.add("甲", Role.EDITOR)
    assert told.value.key == "desk.first_chief"
    login = desk.people.login()
    desk.people.add(login, Role.CHIEF)
    desk.people.add("丙", Role.EDITOR)
    for wrong, key in (
        (lambda: desk.people.remove(login), "desk.last_chief"),
        (lambda: desk.people.give_role(login, Role.EDITOR), "desk.last_chief"),
        (lambda: desk.people.add("丙", Role.EDITOR), "desk.person_there"),
        (lambda: desk.people.give_role("丁", Role.EDITOR), "desk.no_person"),
        (lambda: desk.people.add(" \t", Role.EDITOR), "desk.bad_login"),
        (lambda: desk.people.add("a\nb", Role.EDITOR), "desk.bad_login"),
    ):
        with pytest.raises(UserError) as told:
            wrong()
        assert told.value.key == key
    desk.people.remove("丙")
    desk.people.remove(login)
    assert desk.people.all() == ()


def test_a_person_stands_in_the_history_by_name(where: str, desk: Desk, card: ArticleCard) -> None:
    desk.people.add(desk.people.login(), Role.CHIEF, "程校对")
    with open_desk(where, Settings(editor="甲")) as again:
        again.apply(edit(again, card, headline="新题"))
        assert again.articles.revisions(card.id)[0].author == "程校对"


def test_a_lease_is_held_given_up_and_taken_over(desk: Desk, other: Desk, card: ArticleCard) -> None:
    subject = f"article {card.id}"
    mine = desk.leases.take(subject)
    assert (mine.mine, mine.holder) == (True, "甲")
    assert desk.leases.take(subject).token == mine.token
    theirs = other.leases.take(subject)
    assert (theirs.mine, theirs.holder) == (False, "甲")
    assert [(one.subject, one.holder) for one in other.leases.all()] == [(subject, "甲")]
    assert desk.leases.beat([mine]) == ()
    taken = other.leases.take(subject, over=True)
    assert taken.mine
    assert taken.token > mine.token
    (lost,) = desk.leases.beat([mine])
    assert (lost.holder, lost.token) == ("乙", taken.token)
    desk.leases.give(subject)  # no longer ours: nothing happens
    assert [one.holder for one in desk.leases.all()] == ["乙"]
    other.leases.give(subject)
    assert desk.leases.all() == ()
    assert desk.leases.take(subject).token > taken.token


def test_a_program_that_died_holds_nothing(
    desk: Desk, other: Desk, card: ArticleCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases_module, "HOLDS", -leases_module.HOLDS)
    mine = desk.leases.take(f"article {card.id}")
    monkeypatch.undo()
    taken = other.leases.take(f"article {card.id}")
    assert taken.mine
    assert [one.holder for one in desk.leases.beat([mine])] == ["乙"]


def conflict(desk: Desk, other: Desk, card: ArticleCard, mine: str, theirs: str) -> tuple[EditArticle, State]:
    """An edit of the headline here that comes after one of the headline or the end there."""
    sheet = desk.articles.open(card.id)
    base = State(text=sheet.text, mentions=sheet.mentions, waivers=sheet.waivers)
    change = edit(desk, card, headline=mine)
    other.apply(edit(other, card, **({"headline": theirs} if theirs.startswith("题") else {"signature": theirs})))
    with pytest.raises(StaleVersion):
        desk.apply(change)
    return change, base


def test_edits_apart_are_stored_together(desk: Desk, other: Desk, card: ArticleCard) -> None:
    change, base = conflict(desk, other, card, "甲的标题", "本报记者 江照野")
    merged = desk.sharing.merge(change, base)
    assert merged.receipt is not None
    assert merged.merge.taken == (1, 1)
    stands = other.articles.open(card.id)
    assert (stands.text.headline, stands.text.signature) == ("甲的标题", "本报记者 江照野")
    assert stands.version == merged.receipt.version == merged.sheet.version
    texts = [desk.articles.at_revision(card.id, one.number) for one in desk.articles.revisions(card.id)]
    assert change.text in texts  # as it was before it was put together
    assert [one.reason for one in desk.articles.revisions(card.id)][:2] == ["merge", "draft"]
    assert desk.store.check().ok


def test_edits_that_overlap_are_asked_and_both_are_kept(desk: Desk, other: Desk, card: ArticleCard) -> None:
    change, base = conflict(desk, other, card, "甲的标题", "题由乙改")
    merged = desk.sharing.merge(change, base)
    assert merged.receipt is None
    assert [one.words(Choice.BOTH) for one in merged.merge.conflicts] == ["甲的标题\n题由乙改"]
    assert other.articles.open(card.id).text.headline == "题由乙改"
    texts = [desk.articles.at_revision(card.id, one.number) for one in desk.articles.revisions(card.id)]
    assert {text.headline for text in texts} == {"甲的标题", "题由乙改", "澜江大桥昨日合龙"}
    receipt = desk.sharing.settle(card.id, merged.merge.settled([Choice.MINE]), merged.sheet.version)
    assert other.articles.open(card.id).text.headline == "甲的标题"
    desk.apply(receipt.inverse)
    assert other.articles.open(card.id).text.headline == "题由乙改"


def test_figures_found_by_the_way_are_stored_for_staff_alone(desk: Desk, card: ArticleCard, issue: IssueCard) -> None:
    _leave_to_another(desk)
    assert desk.proofing.check(card.id).article == card.id
    assert desk.articles.list()[0].findings == -1
    assert desk.pages.card(issue.pages[0].id).number == 1
    with pytest.raises(NotAllowed):
        desk.rates.keep(issue.id, "check")
    assert not desk.rates.history()


def test_rates_are_kept_by_who_proofs_or_exports(desk: Desk, card: ArticleCard, issue: IssueCard) -> None:
    login = desk.people.login()
    desk.people.add(login, Role.CHIEF)
    desk.people.add("总编", Role.CHIEF)
    for role in Role:
        desk.people.give_role(login, role)
        if {Action.EXPORT, Action.SETTLE} & PERMISSIONS[role]:
            assert desk.rates.keep(issue.id, "check").issue == issue.id
        else:
            with pytest.raises(NotAllowed):
                desk.rates.keep(issue.id, "check")
        _chief_again(desk, login)


def test_house_list_and_templates_ask_who_it_is(desk: Desk, card: ArticleCard) -> None:
    login = desk.people.login()
    desk.people.add(login, Role.CHIEF)
    desk.people.add("总编", Role.CHIEF)
    desk.people.give_role(login, Role.EDITOR)
    rule = HouseRule(
        id=0, kind="literal", wrong="澜江大侨", fix="澜江大桥", tier="likely", message="", state="approved", sample="",
        seen=0, author="", decided_by="", reason="", time=None, decided=None,
    )  # fmt: skip
    house = desk.proofing.house
    for does in (lambda: house.put(rule), lambda: house.decide(1, "approved"), lambda: house.mine()):
        with pytest.raises(NotAllowed):
            does()
    made = replace(desk.pages.templates.get("tabloid"), name="五栏", columns=5)
    desk.pages.templates.save(made)
    _chief_again(desk, login)
    desk.people.give_role(login, Role.REPORTER)
    for does in (lambda: desk.pages.templates.save(made), lambda: desk.pages.templates.remove("五栏")):
        with pytest.raises(NotAllowed):
            does()
    assert desk.pages.templates.get("五栏") == made


def test_where_an_edited_article_goes_on_is_no_design(desk: Desk, card: ArticleCard, issue: IssueCard) -> None:
    login = desk.people.login()
    page = desk.pages.open(issue.pages[0].id)
    desk.apply(desk.pages.place(page, card.id, 0, 30))
    page = desk.pages.open(page.id)
    desk.people.add(login, Role.CHIEF)
    desk.people.add("总编", Role.CHIEF)
    desk.people.give_role(login, Role.REPORTER)
    (frame,) = page.plan.frames
    on = replace(page.plan, frames=(replace(frame, jump_to=2),))
    receipt = desk.apply(PlanPage(page=page.id, plan=on, version=page.version, reason="jump"))
    moved = replace(page.plan, frames=(replace(frame, row=frame.row + 1),))
    with pytest.raises(NotAllowed):
        desk.apply(PlanPage(page=page.id, plan=moved, version=receipt.version, reason="jump"))


def _chief_again(desk: Desk, login: str) -> None:
    """By the database's own hand, as nobody may do it for himself."""
    with desk.store.work() as work:
        work.session.execute(update(PersonRow).where(PersonRow.login == login).values(role=Role.CHIEF.value))
        work.commit()
    desk.people.forget()
