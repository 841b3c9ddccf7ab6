"""WordprocessingML elements (ISO/IEC 29500-1 §17), where python-docx stops. Lengths in twips: 1/20 of a point."""

import re
from collections import Counter
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2, carriage return left out
_LONGEST = 400_000  # characters a text node: readers refuse nodes of 10 MB


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """`element("ind", firstLine=360)` is <w:ind w:firstLine="360"/>; children that are None are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def twips(points: float) -> int:
    return round(points * 20)


def clean(text: str, removed: Counter[str]) -> str:
    """The text with what XML cannot hold (NUL, other C0, lone surrogates, U+FFFE, U+FFFF) named in its place; counts
    it."""

    def name(match: re.Match[str]) -> str:
        code = f"U+{ord(match.group()):04X}"
        removed[code] += 1
        return f"〔{code}〕"

    return _NO_XML.sub(name, text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))


def holdable(text: str) -> str:
    """The text without what XML cannot hold, for messages."""
    return _NO_XML.sub("", text)


def run(text: str, *, style: str = "", size: float = 0.0, deleted: bool = False) -> Any:
    """A run of clean text: line ends become breaks, tabs become tabs. `size` in points overrides the style's.
    `deleted`: for the inside of w:del.

    The hint makes Word take quotes, dashes and dots that both scripts share (“”…—·) from the Chinese face: they are
    one em wide there (ISO/IEC 29500-1 §17.3.2.26).
    """
    half = round(size * 2)
    made = element(
        "r",
        element(
            "rPr",
            element("rStyle", val=style) if style else None,
            element("rFonts", hint="eastAsia"),
            element("sz", val=half) if size else None,
            element("szCs", val=half) if size else None,
        ),
    )
    for piece in re.split(r"([\n\t])", text):
        if piece in ("\n", "\t"):
            made.append(element("br" if piece == "\n" else "tab"))
            continue
        for at in range(0, len(piece), _LONGEST):
            words = element("delText" if deleted else "t")
            words.text = piece[at : at + _LONGEST]
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            made.append(words)
    return made


def paragraph(style: str, *content: Any) -> Any:
    """A paragraph of runs in a named style."""
    return element("p", element("pPr", element("pStyle", val=style)), *content)


def at_head(made: Any, width: float, air: float) -> Any:
    """The paragraph in a text frame (§17.3.1.11) of `width` points at the head of the type area, over all columns, with
    `air` points below; paragraphs that follow each other in it are one frame. `y` is one twip: Word takes 0 for "in
    line with the text"."""
    place = {"wrap": "around", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "y": 1}
    made.pPr.insert(1, element("framePr", w=twips(width), vSpace=twips(air), **place))
    return made
