"""Numbers and texts that no newspaper prints, but that somebody may paste: no traceback, no minutes of waiting."""

import re

import numpy as np
import pytest

from models.values.article_text import FlatText
from services.proofing.characters.hashed import FEW, build
from services.proofing.contract import ProofContext, Rule
from services.proofing.packs import load_rules
from services.proofing.proof import proof
from services.proofing.read import read
from services.proofing.rules import ages
from services.proofing.rules.numbers import SENTENCE

STRANGE = ("9" * 40, "1." + "3" * 40, "9" * 5000, "٣", "3.14159265358979323846264338327950288", "0.0", "0." + "0" * 40)
LEDGER = [rule for rule in load_rules().rules if rule.family in ("ledger", "numerals", "lists", "ordinals")]


@pytest.mark.parametrize("rule", LEDGER, ids=lambda rule: rule.id)
def test_any_digits_in_the_place_of_numbers(rule: Rule) -> None:
    for example in rule.wrong:
        for strange in STRANGE:
            numbers = list(re.finditer(r"\d+(?:\.\d+)?", example.text))
            for one in numbers:
                words = example.text[: one.start()] + strange + example.text[one.end() :]
                list(rule.find(read(FlatText.plain(words), example.context)))


@pytest.mark.parametrize(
    ("numbers", "after", "rule"),
    [
        ("男性2.3万人，女性2.4万人，", "合计4.2万人", "ledger.total"),
        ("冠军得95分，亚军得93分，", "比冠军少3分", "ledger.difference"),
        ("排查163项，整改完成158项，", "剩余15项", "ledger.rest"),
        ("排查163项，整改158项，", "整改率99.6%", "ledger.named_rate"),
    ],
)
def test_a_text_without_full_stops_is_not_read_from_its_beginning_again_and_again(
    numbers: str, after: str, rule: str
) -> None:
    find = load_rules().rule(rule).find
    assert list(find(read(FlatText.plain(numbers + after), ProofContext())))
    assert not list(find(read(FlatText.plain(numbers + "很" * SENTENCE + "，" + after), ProofContext())))


def test_ages_of_a_name_said_again_and_again_are_compared_some_times() -> None:
    words = "82岁的韩素琴唱起了歌。韩素琴今年92岁。"
    find = load_rules().rule("ledger.two_ages").find
    assert len(list(find(read(FlatText.plain(words), ProofContext())))) == 1
    assert len(list(find(read(FlatText.plain(words * 200), ProofContext())))) == ages.MOST


def test_few_questions_are_answered_like_many() -> None:
    chance = np.random.default_rng(5)
    keys = np.unique(chance.integers(1, 1 << 62, 30_000).astype(np.uint64))
    values = chance.integers(1, 255, (len(keys), 2)).astype(np.uint8)
    table = build(keys, values)
    asked = np.concatenate([keys[: 4 * FEW], chance.integers(1, 1 << 62, 4 * FEW).astype(np.uint64)])
    chance.shuffle(asked)
    parts = [table.look(asked[at : at + FEW]) for at in range(0, len(asked), FEW)]
    assert np.array_equal(np.concatenate(parts), table.look(asked))


def test_a_long_number_does_not_stop_proofing() -> None:
    words = (
        f"特种作业人员{'9' * 40}人，约占全体职工1600人的40%。共有{'9' * 40}个项目报名，同比去年的585个项目增长8.4%。"
    )
    proof(FlatText.plain(words), load_rules())
