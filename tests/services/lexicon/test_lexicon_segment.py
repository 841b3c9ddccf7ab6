"""Words of a text: nothing lost, loaded late, no cache in a shared folder."""

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from services.config.paths import HOME, cache_folder
from services.lexicon import segment


def test_words_of_a_sentence() -> None:
    assert segment.words("院长汇报了医院的基本情况") == ["院长", "汇报", "了", "医院", "的", "基本", "情况"]
    assert segment.word_ends("院长汇报了") == {2, 4, 5}
    assert segment.is_word("汇报")
    assert not segment.is_word("张宇汇")


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="工会主席 \n\t张宇a1.。,，🎉\U00020000", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    assert "".join(segment.words(text)) == text
    assert max(segment.word_ends(text), default=0) == len(text)


def test_loaded_late_silently_and_from_the_private_folder() -> None:
    code = (
        "import sys; from services.lexicon import segment\n"
        "assert 'jieba' not in sys.modules\n"
        "segment.words('北京'); import jieba; print(jieba.dt.tmp_dir)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.strip() == str(cache_folder())
