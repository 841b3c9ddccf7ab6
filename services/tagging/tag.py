"""标引: the door of the station. In: a flat text and what the newsroom knows. Out: mentions, in order, without overlap.

1. the word model reads all texts at once (reading.py),
2. short forms that the text defines (definitions.py),
3. organisations: model, endings, definitions, authority file (bodies.py),
4. signed names (bylines.py), then persons by evidence and by the vote of the document (persons.py),
5. offices before and after each name, shared along lists of names (titles.py),
6. places that are in no organisation,
7. full names and records of the authority file (resolve.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.values.article_text import Byline, FlatText
from models.values.mention import KnownEntity, Mention
from services.tagging.document import tag_document
from services.tagging.reading import read_many


@dataclass(frozen=True, slots=True, kw_only=True)
class TagContext:
    """What the newsroom knows: the authority file, the article's bylines, the town of the paper, its reporters."""

    known: tuple[KnownEntity, ...] = ()
    bylines: tuple[Byline, ...] = ()
    home_city: str = ""
    staff: tuple[str, ...] = ()


_NOTHING_KNOWN = TagContext()


def tag(flat: FlatText, context: TagContext = _NOTHING_KNOWN) -> tuple[Mention, ...]:
    """People, organisations and places of one text; offsets are code points of `flat.text`."""
    return tag_many((flat,), context)[0]


def tag_many(flats: Sequence[FlatText], context: TagContext = _NOTHING_KNOWN) -> tuple[tuple[Mention, ...], ...]:
    """The same for many texts, through the word model together. The bylines hold for every one of them."""
    return tuple(
        tag_document(
            views, known=context.known, bylines=context.bylines, home_city=context.home_city, staff=context.staff
        )
        for views in read_many(flats)
    )
