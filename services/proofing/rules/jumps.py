"""Jumps (下转第4版, 上接第1版) and credits of pictures."""

import re
from collections.abc import Iterator

from models.values.article_text import Form, Part
from services.proofing.contract import Find, Hit, Reading

_JUMP = re.compile(
    r"[（(]?(?P<how>下转|上接|转|接)(?P<ordinal>第?)(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3})版[^）)\n]{0,6}[）)]?"
)


def form(reading: Reading) -> Iterator[Hit]:
    """下转4版 → 下转第4版, in brackets."""
    for match in _JUMP.finditer(reading.text):
        if match["how"] not in ("下转", "上接"):
            continue
        whole = match.group()
        bracketed = whole[0] in "（(" and whole[-1] in "）)"
        if not bracketed or not match["ordinal"]:
            tail = reading.text[match.end("page") + 1 : match.end()].rstrip("）)")
            fix = f"（{match['how']}第{match['page']}版{tail}）"
            yield Hit(start=match.start(), end=match.end(), suggestions=(fix,))


def place(reading: Reading) -> Iterator[Hit]:
    """下转 stands at the end of its part, 上接 at the beginning; both to one page is a slip."""
    for match in _JUMP.finditer(reading.text):
        line = reading.line_at(match.start())
        after = reading.text[match.end() : line.end].strip()
        before = reading.text[line.start : match.start()].strip()
        if (match["how"] == "下转" and after) or (match["how"] == "上接" and before and len(before) > 30):
            yield Hit(start=match.start(), end=match.end())


_CREDIT = re.compile("摄|供图|资料图|图片|文/图|图/文|制图|漫画|受访者|配图|拍摄|截图|AI|来源")


def credit(reading: Reading) -> Iterator[Hit]:
    """A caption, and nowhere a word of who took the picture."""
    captions = [line for line in reading.lines if line.part is Part.CAPTION and line.text.strip()]
    if not captions or _CREDIT.search(reading.text) or any(_CREDIT.search(one.role) for one in reading.context.bylines):
        return
    if reading.context.form is Form.PHOTO or len(captions) == 1:
        line = captions[0]
        yield Hit(start=line.start, end=line.end)


TABLE: tuple[tuple[str, Find], ...] = (
    ("jumps.form", form),
    ("jumps.place", place),
    ("captions.credit", credit),
)
