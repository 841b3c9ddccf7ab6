"""Every rule's wrong and right examples: they are its tests and its manual."""

import pytest

from models.values.finding import Tier
from services.proofing.cards import cards
from services.proofing.contract import Example, ProofContext, Rule
from services.proofing.packs import load_rules
from services.proofing.proof import proof
from services.proofing.read import read
from services.proofing.settle import apply_fixes

TABLE = load_rules()


def test_built_in_packs_are_whole() -> None:
    assert TABLE.report.broken == ()
    assert len(TABLE.report.running) == len(set(TABLE.report.running)) >= 19


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.wrong:
        assert list(rule.find(read(example.flat(), example.context))), f"must hit: {example.text}"
    for example in rule.right:
        hits = list(rule.find(read(example.flat(), example.context)))
        assert not hits, f"must not hit: {example.text} at {hits}"
    assert len(rule.wrong) >= 1
    assert len(rule.right) >= 1


@pytest.mark.parametrize("rule", [rule for rule in TABLE.rules if rule.tier is Tier.CERTAIN], ids=lambda rule: rule.id)
def test_a_certain_fix_heals_its_example(rule: Rule) -> None:
    for example in rule.wrong:
        fixed = example.text
        for _ in range(5):
            here = Example(text=fixed, context=_same_date(example.context), part=example.part)
            fixed, edits = apply_fixes(
                fixed, [one for one in proof(here.flat(), TABLE, here.context) if _is_of(one, rule)]
            )
            if not edits:
                break
        left = proof(Example(text=fixed, part=example.part).flat(), TABLE, _same_date(example.context))
        assert not [one for one in left if _is_of(one, rule)], fixed


def _is_of(finding: object, rule: Rule) -> bool:
    return getattr(finding, "rule", "") == rule.id and getattr(finding, "tier", None) is Tier.CERTAIN


def _same_date(context: ProofContext) -> ProofContext:
    return ProofContext(date=context.date, profile=context.profile, bylines=context.bylines, known=context.known)


def test_cards_speak_of_every_rule() -> None:
    shown = cards(TABLE)
    assert [card.rule for card in shown] == [rule.id for rule in TABLE.rules]
    assert all(card.title and card.message and card.wrong and card.right for card in shown)
