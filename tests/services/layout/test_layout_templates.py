"""Templates are checked when they are read; what is wrong is named."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from models.values.template import Prohibition
from services.config.errors import UserError
from services.layout.templates import (
    GRIDS,
    read_template,
    remove_template,
    template,
    template_names,
    write_template,
)

MILLIMETRE = 72 / 25.4


def test_the_reference_grid() -> None:
    grid = template("tabloid")
    assert (grid.width, grid.height) == pytest.approx((270 * MILLIMETRE, 390 * MILLIMETRE), abs=0.05)
    assert (grid.type_width, grid.type_height) == (654.0, 1008.0)
    assert [grid.span_width(n) for n in (1, 2, 3, 4, 6)] == [99, 210, 321, 432, 654]
    assert (grid.top, grid.left, grid.baseline, grid.leading) == (66.0, 55.7, 9.42, 12.0)


def test_all_templates_hold_whole_characters() -> None:
    assert template_names()[0] == "tabloid"
    assert {"broadsheet", "a3", "a4"} <= set(template_names())
    for name in template_names():
        grid = template(name)
        assert grid.column_width % grid.body.size == 0
        assert grid.left + grid.type_width < grid.width
        assert grid.folio_top < grid.top


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UserError) as raised:
        template("../../secret")
    assert raised.value.key == "layout.template_unknown"
    assert "tabloid" in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("columns = 6", "columns = 0", "columns", "layout.template_value"),
        ("columns = 6", "columns = true", "columns", "layout.template_value"),
        ("columns = 6", "columns = 9", "columns", "layout.template_value"),
        ("rows = 84\n", "", "rows", "layout.template_missing"),
        ("rows = 84\n", "rows = 90\n", "rows", "layout.template_value"),
        ("gutter = 12.0", "gutter = nan", "gutter", "layout.template_value"),
        ("gutter = 12.0", 'gutter = "12"', "gutter", "layout.template_value"),
        ("baseline = 9.42", "baseline = 13", "baseline", "layout.template_value"),
        ("heading_steps = [48,", 'heading_steps = ["48",', "heading_steps", "layout.template_value"),
        ('role = "song"\nsize = 9', 'role = "script"\nsize = 9', "body.role", "layout.template_value"),
        ("[styles.kicker]", "[styles.kicker]\ncolour = 1", "", ""),
        ("bleed = 8.5", "bleed = 8.5\ncolour = 3", "colour", "layout.template_value"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    source = (GRIDS / "tabloid.toml").read_text("utf-8")
    assert old in source
    path = tmp_path / "mine.toml"
    path.write_text(source.replace(old, new, 1), "utf-8")
    if not message:
        assert read_template(path).name == "mine"
        return
    with pytest.raises(UserError) as raised:
        read_template(path)
    assert raised.value.key == message
    assert raised.value.values["name"] == key
    assert "mine.toml" in str(raised.value)
    assert key in str(raised.value)


@pytest.mark.parametrize(
    ("raw", "key"),
    [(b"width = ", "broken"), (b"\xff\xfe", "broken"), (b"a = 1\n" * 20000, "too_large"), (b"[" * 3000, "broken")],
)
def test_files_that_are_no_template(tmp_path: Path, raw: bytes, key: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(raw)
    with pytest.raises(UserError) as raised:
        read_template(path)
    assert raised.value.key == f"layout.template_{key}"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        read_template(tmp_path / "none.toml")
    assert raised.value.key == "layout.template_unreadable"


@pytest.mark.parametrize("name", template_names())
def test_a_template_is_written_and_read_back(name: str, tmp_path: Path) -> None:
    mine = replace(
        template(name), name="我的版式 2", title="“夜班”\n用 \\ \x7f", hanging=True, prohibition=Prohibition.STRICT
    )
    path = write_template(mine, tmp_path / "grids")
    assert path.name == "我的版式 2.toml"
    assert read_template(path) == mine
    assert template("我的版式 2", tmp_path / "grids") == mine
    assert template_names(tmp_path / "grids") == (*template_names(), "我的版式 2")
    changed = replace(mine, rows=mine.rows - 2)
    write_template(changed, tmp_path / "grids")
    assert template("我的版式 2", tmp_path / "grids") == changed
    remove_template("我的版式 2", tmp_path / "grids")
    with pytest.raises(UserError):
        template("我的版式 2", tmp_path / "grids")


def test_presets_are_read_only(tmp_path: Path) -> None:
    for refused in (lambda: write_template(template("a3"), tmp_path), lambda: remove_template("a3", tmp_path)):
        with pytest.raises(UserError) as raised:
            refused()
        assert raised.value.key == "layout.template_preset"
        assert "a3" in str(raised.value)
    (tmp_path / "a3.toml").write_text("title = 3")
    assert template("a3", tmp_path) == template("a3")
    assert template_names(tmp_path) == template_names()


@pytest.mark.parametrize("name", ["", "../evil", "a/b", ".hidden", "x" * 70, "a\\b", "nul\0", "end ", "con:"])
def test_names_that_are_no_file_names(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        write_template(replace(template("a3"), name=name), tmp_path)
    assert raised.value.key == "layout.template_name"
    assert str(raised.value)
    with pytest.raises(UserError):
        template(name, tmp_path)


@pytest.mark.parametrize(
    "wrong", [{"columns": 99}, {"gutter": math.nan}, {"width": math.inf}, {"rows": 300}, {"heading_steps": ()}]
)
def test_a_template_that_could_not_be_read_back_is_not_written(wrong: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_template(replace(template("a3"), name="mine", **wrong), tmp_path)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("line", "key"),
    [('prohibition = "much"', "prohibition"), ("hanging = 1", "hanging"), ("prohibition = [1]", "prohibition")],
)
def test_wrong_line_edge_rules_are_named(line: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(line + "\n" + (GRIDS / "a3.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(UserError) as raised:
        read_template(path)
    assert raised.value.values["name"] == key
