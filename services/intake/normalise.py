"""Cleaning on entry, once: what no store, no Word file and no page can hold is dropped; nothing else is touched.

Dropped: C0 controls but tab and line end, DEL, U+FFFE, U+FFFF, U+FEFF, lone surrogates. `\\r\\n`, `\\r`,
U+2028, U+2029, VT and
FF become `\\n`. Bidirectional and zero-width characters stay, but `hidden_characters` names them for the editor.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


def cleaned(text: str) -> str:
    return _DROPPED.sub("", _LINE_ENDS.sub("\n", text))


def hidden_characters(text: str) -> tuple[str, ...]:
    """The invisible characters in the text by name with code point, each once, in order."""
    found = dict.fromkeys(_HIDDEN.findall(text))
    return tuple(f"{unicodedata.name(each, '?')} (U+{ord(each):04X})" for each in found)
