"""A lesson from the house's own pages: what is held back is not counted, errors are planted, the gain is told true."""

import random

import numpy as np
import pytest

from services.jobs.job import Cancelled, JobContext
from services.proofing.characters import house
from services.proofing.characters.tables import open_tables, with_lesson
from services.proofing.lesson import Gain, hold_back, planted, teach

PLACES = ("东澜区", "青橡街道", "云帆造船厂", "澜江渡口", "槐树湾社区", "石坳村")
DEEDS = ("举办职工焊接比赛", "开设夜读专场", "慰问高温岗位职工", "召开民主恳谈会", "组织渡轮安全演练", "修缮职工书屋")
ENDS = ("，近百名职工到场参加", "，受到大家欢迎", "，活动持续到傍晚", "，工会负责人出席并讲话", "，现场气氛热烈")


def pages(count: int) -> list[str]:
    chance = random.Random(3)
    return [
        "\n".join(
            "".join(f"{chance.choice(PLACES)}{chance.choice(DEEDS)}{chance.choice(ENDS)}。" for _ in range(4))
            + f"报道编号{number}。"
            for _ in range(5)
        )
        for number in range(count)
    ]


def test_held_back_pages_are_no_part_of_the_others() -> None:
    counted, held = hold_back(pages(200))
    assert counted
    assert held
    assert not set(counted) & set(held)
    assert hold_back(pages(200)) == (counted, held)


@pytest.mark.parametrize("few", [[], ["只有一句话。"], [""], ["甲\n乙\n丙"]])
def test_too_little_to_hold_back(few: list[str]) -> None:
    counted, held = hold_back(few)
    assert held == []
    assert counted == [one for one in few if one]


def test_planted_errors_are_where_they_are_said_to_be() -> None:
    table = open_tables().confusables
    sheets = planted(pages(30), table)
    assert len(sheets) >= 5
    assert sum(len(sheet.planted) for sheet in sheets) > 50
    for sheet in sheets:
        for at, (size, right) in sheet.planted.items():
            assert sheet.text[at : at + size] != right
            assert len(right) == size


def test_a_lesson_gains_on_what_the_house_writes_again_and_again() -> None:
    tables = open_tables()
    told: list[tuple[int, int]] = []
    lesson = teach(pages(220), tables, JobContext(tell=lambda done, total, words: told.append((done, total))))
    gain = lesson.gain
    assert gain is not None
    assert gain.planted > 10
    assert gain.caught_after >= gain.caught_before
    assert gain.is_one
    assert all(0 <= done <= total for done, total in told)
    learnt = with_lesson(tables, lesson.house)
    assert len(learnt.counts.tables) == 2
    assert tables.combiners is not None
    assert learnt.combiners is not None
    assert abs(learnt.combiners.likely - tables.combiners.likely) <= 1.0 + 1e-6


def test_a_fit_for_another_combiner_is_passed_over() -> None:
    tables = open_tables()
    lesson = teach(pages(220), tables)
    assert lesson.house.fit
    other = house.House(lesson.house.table, lesson.house.single, lesson.house.fit, {"combiner": "another"})
    assert with_lesson(tables, other).combiners is tables.combiners


def test_a_lesson_can_be_stopped() -> None:
    job = JobContext()
    job.cancel()
    with pytest.raises(Cancelled):
        teach(pages(30), open_tables(), job)


@pytest.mark.parametrize(
    ("numbers", "is_one"),
    [((5, 8, 1, 1), True), ((5, 5, 3, 1), True), ((5, 5, 1, 1), False), ((8, 7, 5, 1), False), ((5, 30, 0, 9), False)],
)
def test_what_counts_as_a_gain(numbers: tuple[int, int, int, int], is_one: bool) -> None:
    before, after, alarms, alarms_after = numbers
    gain = Gain(
        characters=10_000,
        planted=40,
        caught_before=before,
        caught_after=after,
        alarms_before=alarms,
        alarms_after=alarms_after,
    )
    assert gain.is_one is is_one


def test_counts_in_chunks_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pages(40)
    whole = house.count(texts)
    monkeypatch.setattr(house, "CHUNK", 500)
    parts = house.count(texts)
    assert (whole.single[ord("一") :] == parts.single[ord("一") :]).all()
    assert np.isclose(len(whole.table.rows), len(parts.table.rows), rtol=0.05)
