"""Words of a text: nothing lost, the words of jieba, loaded late, no cache in a shared folder."""

import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.config.paths import HOME, SEEDS, cache_folder
from services.lexicon import frequencies, segment


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """jieba itself, with its own dictionary."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    cut: Callable[[str], list[str]] = tokenizer.lcut
    return cut


def test_words_of_a_sentence() -> None:
    assert segment.words("院长汇报了医院的基本情况") == ["院长", "汇报", "了", "医院", "的", "基本", "情况"]
    assert segment.word_ends("院长汇报了") == {2, 4, 5}
    assert segment.is_word("汇报")
    assert not segment.is_word("张宇汇")
    assert not segment.is_word("")


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="工会主席 \n\t张宇a1.。,，🎉\U00020000", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    assert "".join(segment.words(text)) == text
    assert max(segment.word_ends(text), default=0) == len(text)


def test_the_same_words_as_jieba_on_whole_pages(theirs: Callable[[str], list[str]]) -> None:
    pages = [*SEEDS.glob("*.txt"), *(HOME / "tests").rglob("*.txt")]
    assert len(pages) > 10
    for page in pages:
        text = page.read_text("utf-8", errors="replace")
        assert segment.words(text) == theirs(text)


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="北京市总工会主席 \n\r\t张宇汇报了a1.。,，🎉b%龘鿖-+#&._㐀们在于", max_size=40))
def test_the_same_words_as_jieba_on_odd_texts(theirs: Callable[[str], list[str]], text: str) -> None:
    assert segment.words(text) == theirs(text)


def test_loaded_late_silently_and_without_jieba() -> None:
    code = (
        "import sys; from services.lexicon import segment, frequencies\n"
        "assert not frequencies.frequencies.cache_info().currsize\n"
        "print(segment.words('北京市'), 'jieba' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=HOME, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "['北京市'] False False"
    assert any(cache_folder().glob("words_*.table"))


def test_a_table_knows_its_words_and_nothing_else() -> None:
    table = frequencies.build([("上地", 7), ("上地医院", 3), ("院长", 5), ("上地", 9), ("\U00020000", 2)])
    assert [table.of(word) for word in ("上地", "上地医", "上地医院", "院长", "院", "", "\U00020000")] == [
        9, 0, 3, 5, 0, 0, 2,
    ]  # fmt: skip
    assert table.ends("在上地医院", 1) == [(3, 9), (5, 3)]
    assert table.total == 26


def test_a_broken_table_is_built_again(tmp_path: Path) -> None:
    dictionary, path = tmp_path / "dict.txt", tmp_path / "words.table"
    dictionary.write_text("工会 12 n\n工会主席 3 n\n", "utf-8")
    path.write_bytes(b"half a table")
    assert frequencies._opened(path) is None
    assert frequencies._made(dictionary, path).of("工会主席") == 3
    opened = frequencies._opened(path)
    assert opened is not None
    assert (opened.of("工会"), opened.of("工会主"), opened.total) == (12, 0, 15)


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text("工会 12 n\n", "utf-8")
    assert frequencies._made(dictionary, tmp_path / "missing" / "words.table").of("工会") == 12
