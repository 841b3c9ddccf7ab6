"""Values go to JSON and come back the same; whatever else stands in a row is refused, never believed."""

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.values.article_text import ArticleText, Byline, Form, Paragraph, Part
from models.values.change import Change, EditArticle, PlanPage, Waiver
from models.values.mention import EntityKind, Mention, Office
from models.values.plan import FramePlan, HeadingPlan, PagePlan, PicturePlan
from models.values.publication import Profile, Publication
from services.store.codec import DamagedValue, dump, dump_union, load

words = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
paragraphs = some.builds(Paragraph, text=words, part=some.sampled_from([Part.BODY, Part.CROSSHEAD, Part.CAPTION]))
bylines = some.builds(Byline, role=words, name=words)
texts = some.builds(
    ArticleText,
    kicker=words,
    headline=words,
    dateline=words,
    body=some.lists(paragraphs, max_size=4).map(tuple),
    form=some.sampled_from(Form),
    bylines=some.lists(bylines, max_size=2).map(tuple),
)
mentions = some.builds(
    Mention,
    start=some.integers(0, 99),
    end=some.integers(0, 99),
    text=words,
    kind=some.sampled_from(EntityKind),
    name=words,
    offices=some.lists(some.builds(Office, position=words), max_size=2).map(tuple),
    certainty=some.floats(0, 1),
    by_hand=some.booleans(),
)
edits = some.builds(
    EditArticle,
    article=some.integers(1, 9),
    text=texts,
    mentions=some.lists(mentions, max_size=3).map(tuple),
    waivers=some.lists(some.builds(Waiver, key=words), max_size=2).map(tuple),
)
json_trees = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | words,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(words, inner, max_size=4),
    max_leaves=8,
)


@given(edits)
@settings(deadline=None, max_examples=60)
def test_a_change_comes_back_the_same(change: EditArticle) -> None:
    assert load(Change, dump_union(change)) == change


def test_a_plan_comes_back_the_same() -> None:
    frame = FramePlan(
        article=3, column=0, row=9, columns=4, rows=20, heading=HeadingPlan(size=30.5), picture=PicturePlan(rows=8)
    )
    plan = PagePlan(number=1, template="tabloid", slogan="奋力", frames=(frame,))
    assert load(PagePlan, dump(plan)) == plan
    assert load(Change, dump_union(PlanPage(page=4, plan=plan))) == PlanPage(page=4, plan=plan)


def test_fields_with_their_default_are_left_out_and_chinese_stays_readable() -> None:
    assert dump(Publication(name="职工周刊", profile=Profile.INTERNAL)) == '{"name":"职工周刊","profile":"internal"}'


@given(json_trees)
@settings(deadline=None, max_examples=150)
def test_hostile_trees_are_refused_or_make_a_sound_value(tree: object) -> None:
    try:
        found = load(ArticleText, json.dumps(tree))
    except DamagedValue:
        return
    assert isinstance(found, ArticleText)
    assert all(isinstance(part, str) for _, part in found.parts())


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[]",
        "null",
        '{"headline":7}',
        '{"headline":"x","body":{}}',
        '{"headline":"x","body":[{"text":"x","part":"lead"}]}',
        '{"headline":"x","unknown":1}',
        '{"headline":"\\ud800"}',
        "[" * 100_000,
        '{"form":true}',
    ],
)
def test_damaged_texts_are_refused(broken: str) -> None:
    with pytest.raises(DamagedValue):
        load(ArticleText, broken)


@pytest.mark.parametrize("broken", ["NaN", "1e999", '"1"', "true"])
def test_a_size_must_be_a_number(broken: str) -> None:
    with pytest.raises(DamagedValue):
        load(HeadingPlan, f'{{"size":{broken}}}')


def test_dates() -> None:
    assert load(datetime.date, '"2026-11-22"') == datetime.date(2026, 11, 22)
    with pytest.raises(DamagedValue):
        load(datetime.date, '"22.11."')
