"""The form of a page template: every field shown can be set, and what cannot be is told in plain words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.template import Prohibition
from services.config.errors import UserError
from services.layout.template_fields import FieldKind, change, describe
from services.layout.templates import read_template, template, template_names, template_words

TABLOID = template("tabloid")
NAMES = [field.name for field in describe(TABLOID)]


@pytest.mark.parametrize("name", template_names())
def test_what_the_form_shows_can_be_given_back(name: str) -> None:
    made = template(name)
    for field in describe(made):
        assert field.label
        assert field.group
        again = change(made, field.name, field.value)
        shown = {one.name: one.value for one in describe(again)}
        assert shown[field.name] == field.value
        assert not field.choices or field.value in [value for value, _ in field.choices]


def test_a_changed_template_survives_its_file(tmp_path: Path) -> None:
    made = TABLOID
    for name, value in (
        ("columns", 5),
        ("column_width", "40"),
        ("gutter", 4.0),
        ("rows", 78),
        ("leading", 12.5),
        ("prohibition", "strict"),
        ("hanging", True),
        ("gap", 0.2),
        ("indent", 1),
        ("kicker.size", 16),
        ("box_title.role", "kai"),
        ("heading_steps", "40，30、24 18"),
    ):
        made = change(made, name, value)
    assert made.columns == 5
    assert made.column_width == pytest.approx(40 * 72 / 25.4)
    assert made.body.leading == made.leading == 12.5
    assert made.prohibition is Prohibition.STRICT
    assert made.heading_steps == (40.0, 30.0, 24.0, 18.0)
    path = tmp_path / "tabloid.toml"
    path.write_text(template_words(made), "utf-8")
    assert read_template(path) == made


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("columns", 9, "9 栏排不下，右边超出纸张 97.8 毫米。"),
        ("columns", 2.5, "“栏数”须是整数"),
        ("rows", 400, "400 行排不下"),
        ("gutter", "宽", "“栏距”不能是“宽”"),
        ("width", float("inf"), "“纸张宽”不能是“inf”"),
        ("leading", True, "“行距”不能是“True”"),
        ("body.size", 13, "上下两行会相碰"),
        ("baseline", 14, "基线位置 14 点"),
        ("prohibition", "most", "没有“most”这一项"),
        ("hanging", "yes", "没有“yes”这一项"),
        ("body.leading", 11, "没有“body.leading”这一项"),
        ("nothing", 1, "没有“nothing”这一项"),
        ("title", "   ", "不能为空"),
        ("heading_steps", "48 900", "“标题字号”不能是“900”"),
    ],
)
def test_what_cannot_be_is_told(name: str, value: str | float | bool, words: str) -> None:
    with pytest.raises(UserError) as told:
        change(TABLOID, name, value)
    assert words in str(told.value)


@given(
    name=st.sampled_from(NAMES),
    value=st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans()),
)
@settings(deadline=None, max_examples=400)
def test_any_answer_gives_a_sound_template_or_is_refused(name: str, value: str | float | bool) -> None:
    try:
        made = change(TABLOID, name, value)
    except UserError:
        return
    assert change(made, "hanging", False).width == made.width


def test_kinds_of_fields() -> None:
    kinds = {field.name: field.kind for field in describe(TABLOID)}
    assert kinds["columns"] is FieldKind.COUNT
    assert kinds["width"] is FieldKind.NUMBER
    assert kinds["body.role"] is FieldKind.CHOICE
