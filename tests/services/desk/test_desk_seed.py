"""The sample issue: loaded once, every page laid out; wrong seeds are told."""

from pathlib import Path

import pytest

from services.config.errors import UserError
from services.config.paths import SEEDS
from services.desk.desk import Desk
from services.desk.seed import sow


def test_the_sample_is_whole_and_made_once(desk: Desk) -> None:
    card = desk.sample()
    assert len(card.pages) == 4
    assert all(page.articles for page in card.pages)
    articles = desk.articles.list(card.id)
    assert {article.state for article in articles} == {"placed"}
    assert all(article.findings >= 0 for article in articles)
    pictures = [
        frame.picture.picture
        for page in card.pages
        for frame in desk.pages.open(page.id).plan.frames
        if frame.picture is not None and frame.picture.picture is not None
    ]
    assert sorted(pictures) == [picture.id for picture in desk.pictures.all()]
    assert len(pictures) >= 3
    assert desk.pages.open(card.pages[1].id).plan.slogan
    people = {entity.name: entity for entity in desk.tagging.entities()}
    assert people["沈砚舟"].offices[0].organisation == "东澜区总工会"
    again = desk.sample()
    assert again == card
    assert len(desk.articles.list()) == len(articles)
    assert desk.store.check().ok


SMALL = """
[publication]
name = "东澜工人报"
[issue]
date = 2026-11-20
[[page]]
number = 1
name = "要闻"
manuscripts = ["a.txt"]
"""


@pytest.mark.parametrize(
    ("content", "ok"),
    [
        (SMALL, True),
        (SMALL.replace("name = ", "title = "), False),
        (SMALL.replace('"a.txt"', '"../../etc/passwd"'), False),
        (SMALL.replace("[issue]", "[Issue]"), False),
        (SMALL + "x = ", False),
        (SMALL.replace("[publication]", '[publication]\nprofile = "weekly"'), False),
    ],
)
def test_seeds_of_another_house(desk: Desk, tmp_path: Path, content: str, ok: bool) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text("# 澜江大桥昨日合龙\n\n本报讯（记者 顾知秋）大桥合龙。\n", "utf-8")
    (folder / "issue.toml").write_text(content, "utf-8")
    if ok:
        assert sow(desk, folder).pages[0].articles == 1
        return
    with pytest.raises(UserError) as told:
        sow(desk, folder)
    assert told.value.key == "desk.seed_wrong"
    assert desk.issues.sample() is None


def test_every_file_that_the_sample_names_is_there() -> None:
    import tomllib

    table = tomllib.loads((SEEDS / "issue.toml").read_text("utf-8"))
    for page in table["page"]:
        names = [*page["manuscripts"], *(picture["file"] for picture in page.get("pictures", []))]
        assert all((SEEDS / name).is_file() for name in names)
