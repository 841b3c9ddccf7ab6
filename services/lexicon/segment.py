"""Words of a Chinese text: jieba behind two functions. In: any text. Out: its words, or where they end.

The dictionary (about 60 MB, 1 to 3 s) is loaded on the first call, not at import. jieba reads its cache with `marshal`
from a fixed name, by default in the shared temporary folder, where another user of the machine could plant it: the
cache is put into the user's own folder instead.
"""

import logging
import warnings
from functools import cache
from itertools import accumulate
from typing import Any

from services.config.paths import cache_folder


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        # pkg_resources, which jieba 0.42.1 imports, warns of its own end; jieba's patterns hold invalid escapes
        warnings.simplefilter("ignore")
        import jieba
    logging.getLogger("jieba").setLevel(logging.ERROR)
    jieba.dt.tmp_dir = str(cache_folder())
    jieba.dt.initialize()
    return jieba.dt


def words(text: str) -> list[str]:
    """The words of the text in order; joined they are the text, code point for code point."""
    return list(_tokenizer().lcut(text))


def word_ends(text: str) -> frozenset[int]:
    """Offsets (code points) at which a word ends; the last is the length of the text."""
    return frozenset(accumulate(len(word) for word in words(text)))


def is_word(text: str) -> bool:
    """Whether the dictionary holds the text as one word."""
    return bool(_tokenizer().FREQ.get(text, 0))


def frequency(text: str) -> int:
    """How often the dictionary's corpus (about 60 million words) holds the word; 0 for an unknown one."""
    return int(_tokenizer().FREQ.get(text, 0))
