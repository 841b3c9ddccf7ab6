"""报头: every particular printed once, inside its rows; what the law asks of internal publications."""

from dataclasses import replace

import pytest

from models.values.plan import PagePlan
from services.layout.furniture import RED, Furniture, furnish
from services.layout.templates import template, template_names
from tests.services.layout.invented import FOLIO, FONTS

FRONT = replace(
    FOLIO,
    page_number=1,
    total_number=1234,
    pages=8,
    number_line="CN 00-0000",
    sponsor="江南市总工会",
    publisher="江南日报社出版",
    address="www.jnzgb.example",
    price="零售每份1.50元",
)


def made(folio: object, name: str = "tabloid") -> Furniture:
    return furnish(PagePlan(number=1, template=name), folio, template(name), FONTS)  # type: ignore[arg-type]


def words(furniture: Furniture) -> str:
    return "".join(run.text for run in furniture.runs).replace("\u3000", " ")


@pytest.mark.parametrize("name", template_names())
def test_a_newspaper_s_masthead(name: str) -> None:
    furniture = made(FRONT, name)
    grid = template(name)
    printed = words(furniture)
    for one in (
        "江南职工报",
        "江南市总工会主办",
        "国内统一连续出版物号 CN 00-0000",
        "江南日报社出版",
        "www.jnzgb.example",
        "零售每份1.50元",
        "2026年3月",
        "星期五",
        "农历丙午年二月初二",
        "总第1234期",
        "今日8版",
        "责任编辑 癸甲",
    ):
        assert printed.count(one) == 1, one
    right = grid.left + grid.type_width
    for run in furniture.runs:
        assert grid.left - 0.6 * run.size <= run.xs[0]
        assert run.xs[-1] <= right
        assert grid.folio_top < run.baseline < grid.row_y(grid.masthead_rows)
    name_run = next(run for run in furniture.runs if run.text == "江南职工报")
    assert name_run.ink == RED
    assert name_run.xs[-1] + name_run.size - name_run.xs[0] > 0.55 * grid.type_width  # it fills its room


def test_words_do_not_stand_on_each_other() -> None:
    runs = sorted(made(FRONT).runs, key=lambda run: run.xs[0])
    for at, one in enumerate(runs):
        for other in runs[at + 1 :]:
            if abs(one.baseline - other.baseline) < 0.5:
                assert other.xs[0] > one.xs[-1]


def test_an_internal_publication() -> None:
    folio = replace(FRONT, publication="江南职工", number_line="赣内资字第0000号　内部资料 免费交流", internal=True)
    printed = words(made(folio))
    assert printed.count("内部资料 免费交流") == 1
    assert "赣内资字第0000号" in printed
    assert "编印单位：江南日报社出版" in printed
    assert "1.50" not in printed
    assert "国内统一" not in printed
    assert "内部资料 免费交流" in words(made(replace(folio, number_line="")))


def test_a_masthead_with_nothing_but_a_name() -> None:
    bare = replace(FRONT, total_number=None, number_line="", sponsor="", publisher="", address="", price="", editors=())
    furniture = made(bare)
    assert "今日8版" in words(furniture)
    assert "总第" not in words(furniture)
    full, plain = made(FRONT), furniture
    assert len(plain.lines) == len(full.lines) - 1  # no strip
