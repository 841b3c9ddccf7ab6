"""Rule cards: what a person may read about each rule."""

from models.values.finding import RuleCard
from services.config.messages import language
from services.proofing.contract import Rule, RuleTable

SHOWN = 12  # examples on a card; a table of words has hundreds


def cards(rules: RuleTable) -> tuple[RuleCard, ...]:
    """A card for every rule that runs, in the chosen language."""
    return tuple(card(rule) for rule in rules.rules)


def card(rule: Rule) -> RuleCard:
    tongue = language()
    return RuleCard(
        rule=rule.id,
        family=rule.family,
        tier=rule.tier,
        weight=rule.weight,
        title=rule.titles.get(tongue, rule.titles["zh"]),
        message=rule.messages.get(tongue, rule.messages["zh"]),
        clause=rule.clause,
        wrong=tuple(example.text for example in rule.wrong[:SHOWN]),
        right=tuple(example.text for example in rule.right[:SHOWN]),
    )
