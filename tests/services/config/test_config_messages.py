"""Words for people by key and language."""

import pytest

from services.config.errors import UserError
from services.config.messages import catalogue, choose_language, language, text


@pytest.fixture
def english() -> object:
    choose_language("en")
    yield
    choose_language("zh")


def test_values_are_filled_in() -> None:
    assert text("cli.hits", n=3) == "共 3 篇"


def test_english(english: object) -> None:
    assert language() == "en"
    assert text("cli.hits", n=3) == "3 articles"
    assert str(UserError("cli.hits", n=4)) == "4 articles"


def test_an_unknown_language_is_chinese() -> None:
    choose_language("tlh")
    assert language() == "zh"
    choose_language("zh")


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        text("cli.nothing_of_the_kind")


def test_no_message_is_empty() -> None:
    for name in ("zh", "en"):
        assert [key for key, words in catalogue(name).items() if not words.strip()] == []
