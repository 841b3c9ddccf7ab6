"""The end of a full name as its short form: 海岳重工集团锻造分公司 is 锻造分公司 from there on.

In: views with their organisations. Out: definitions; the organisations that they explain are added to the views.
"""

import re
from collections.abc import Iterator, Sequence

from services.tagging.bodies import Body, is_generic, level_prefix, suffix_of
from services.tagging.definitions import Definition
from services.tagging.reading import View
from services.tagging.spans import Taken

_SHORTEST = 4  # code points of either half


def add_tails(
    views: Sequence[View], bodies: Sequence[list[Body]], defined: Sequence[Definition]
) -> tuple[Definition, ...]:
    """Definitions by the ends of full names; where such an end stands alone later on, it is added to `bodies`."""
    tails = tuple(_tails(views, bodies, {item.short for item in defined}))
    if not tails:
        return ()
    for view in views:
        mine = bodies[view.number]
        taken = Taken((body.start, body.end) for body in mine)
        for tail in tails:
            for match in re.finditer(re.escape(tail.short), view.text):
                later = (view.number, match.start()) > (tail.view, tail.start)
                if later and match.start() in view.starts and taken.take(*match.span()):
                    mine.append(Body(match.start(), match.end(), 0.8, "short_form"))
        mine.sort()
    return tails


def _tails(views: Sequence[View], bodies: Sequence[list[Body]], known: set[str]) -> Iterator[Definition]:
    for view in views:
        for body in bodies[view.number]:
            full = view.text[body.start : body.end]
            for cut in range(_SHORTEST, len(full) - _SHORTEST + 1):
                short = full[cut:]
                word = view.words[view.word_at(body.start + cut)]
                edge = word.start == body.start + cut or word.tag in ("ORG", "nt")
                if not edge or short in known or is_generic(short) or level_prefix(short):
                    continue
                if len(suffix_of(full[:cut])) > 1 and len(suffix_of(short)) > 1:
                    known.add(short)
                    yield Definition(
                        view=view.number, start=body.start, end=body.end, full=full, short=short, at=body.end
                    )
