"""The index of people and organisations at the end of a Word file: INDEX fields with their result filled in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from models.values.mention import EntityKind
from services.config.messages import text as words
from services.export.contract import PageCopy
from services.export.docx.article_paragraphs import INDEXED, entry_words
from services.export.docx.elements import clean, element, paragraph, run


def index_paragraphs(pages: Sequence[PageCopy], *, as_field: bool = True) -> Iterator[Any]:
    """A heading and the entries of each kind that is there; pages are those of the paper. `as_field`: the text has XE
    entries; without them Word would empty the field when it is updated."""
    for kind in INDEXED:
        entries = list(entries_of(pages, kind))
        if not entries:
            continue
        yield paragraph("IndexHeading", run(words(f"export.index.{kind.value}")))
        lines = [
            paragraph("Index1", run(clean(name, Counter())), run(clean(where, Counter()))) for name, where in entries
        ]
        if not as_field:
            yield from lines
            continue
        begin, end = _ends(f' INDEX \\f "{INDEXED[kind]}" \\c "1" \\e "　" \\z "2052" ')
        for at, piece in enumerate(begin, 1):
            lines[0].insert(at, piece)
        lines[-1].append(end)
        yield from lines


def entries_of(pages: Sequence[PageCopy], kind: EntityKind) -> Iterator[tuple[str, str]]:
    """Name, then its offices and where it stands, in the order of GB 2312, which is that of pinyin for common ones."""
    offices: dict[str, dict[str, None]] = {}
    places: dict[str, dict[str, None]] = {}
    for page in pages:
        for article in page.articles:
            place = words("export.index.place", page=page.number, headline=" ".join(article.text.headline.split()))
            for mention in article.mentions:
                if mention.kind is not kind or mention.was:  # words changed: nobody has said that it is still a name
                    continue
                name = entry_words(mention.name or mention.text)
                held = offices.setdefault(name, {})
                held.update(dict.fromkeys(f"{one.organisation}{one.position}" for one in mention.offices))
                places.setdefault(name, {})[place] = None
    for name in sorted(places, key=lambda one: one.encode("gb18030", "replace")):
        said = "、".join(offices[name])
        yield name, f"{f'（{said}）' if said else ''}　{'；'.join(places[name])}"


def _ends(instruction: str) -> tuple[list[Any], Any]:
    said = element("instrText")
    said.text = instruction
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    begin = [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", said),
        element("r", element("fldChar", fldCharType="separate")),
    ]
    return begin, element("r", element("fldChar", fldCharType="end"))
