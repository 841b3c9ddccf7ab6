"""One article as plain paragraphs in one column, with every change, comment and index entry in its place."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from models.values.article_text import ArticleText, Paragraph
from models.values.mention import EntityKind, Mention
from services.export.contract import ArticleCopy, HistoryStep
from services.export.docx.elements import clean, element, paragraph, run
from services.export.docx.lines import TextLine, lines_of, place_of
from services.export.docx.tracked import END, Cell, tracked

INDEXED = {EntityKind.PERSON: "p", EntityKind.ORGANISATION: "o"}


@dataclass(slots=True)
class Numbers:
    """Ids of changes and comments, each once in a file."""

    changes: Iterator[int] = field(default_factory=lambda: count(1))


@dataclass(slots=True)
class _Writer:
    steps: Sequence[HistoryStep]
    lines: Sequence[TextLine]
    events: dict[tuple[int, int], list[Any]]
    numbers: Numbers
    line: int = 0
    at: int = 0  # code points of the line that stand
    open: list[Any] = field(default_factory=list)

    def paragraphs(self, cells: Sequence[Cell]) -> Iterator[tuple[Any, str, bool]]:
        """Each paragraph with its style, and whether it stands."""
        piece: list[Cell] = []
        for cell in cells:
            if cell.character != END:
                piece += [cell]
                continue
            self._runs(piece)
            piece = []
            yield self._paragraph(cell), cell.style, not cell.died
            if not cell.died:
                self.line, self.at = self.line + 1, 0

    def _runs(self, cells: Sequence[Cell]) -> None:
        """Cells of one author, style and fate are one run; where something happens a new one begins."""
        held: list[Cell] = []
        state: tuple[int, int, str] = (0, 0, "")
        for cell in cells:
            happening = [] if cell.died else self.events.get((self.line, self.at), [])
            now = (cell.born, cell.died, "" if cell.died else self._style())
            if held and (happening or now != state):
                self.open.append(self._run(held, state))
                held = []
            self.open += happening
            state = now
            held.append(cell)
            self.at += not cell.died
        if held:
            self.open.append(self._run(held, state))

    def _style(self) -> str:
        line = self.lines[self.line]
        return "Dateline" if self.at < line.head else "Reporter" if self.at < line.lead else ""

    def _run(self, cells: Sequence[Cell], state: tuple[int, int, str]) -> Any:
        born, died, style = state
        made = run("".join(cell.character for cell in cells), style=style, deleted=bool(died))
        if died:
            made = element("del", made, **self._who(died))
        return element("ins", made, **self._who(born)) if born else made

    def _who(self, step: int) -> dict[str, object]:
        who = self.steps[step]
        return {"id": next(self.numbers.changes), "author": who.author or "—", "date": moment(who.time)}

    def _paragraph(self, mark: Cell) -> Any:
        if not mark.died:
            self.open += self.events.get((self.line, self.at), []) if self.at else []
        made = paragraph(mark.style, *self.open)
        self.open = []
        change = ("ins", mark.born) if mark.born else ("del", mark.died)
        if change[1]:
            made.pPr.append(element("rPr", element(change[0], **self._who(change[1]))))
        if mark.style != mark.first_style and not mark.died and not mark.born and len(self.steps) > 1:
            old = element("pPr", element("pStyle", val=mark.first_style))
            made.pPr.append(element("pPrChange", old, **self._who(len(self.steps) - 1)))
        return made


def moment(time: datetime.datetime) -> str:
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def article_paragraphs(
    article: ArticleCopy,
    numbers: Numbers,
    comments: Any,
    removed: Counter[str],
    *,
    revisions: bool,
    index: bool,
) -> list[tuple[Any, str, bool]]:
    """Paragraph, style and whether it stands, of the whole article. `comments` of python-docx takes the notes."""
    steps = article.history if revisions and article.history else ()
    final = cleaned(article.text, removed)
    nothing: Counter[str] = Counter()
    steps = tuple(replace(step, text=cleaned(step.text, nothing)) for step in steps)
    if not steps or steps[-1].text != final:
        last = steps[-1] if steps else HistoryStep(text=final, author="", time=datetime.datetime.now(datetime.UTC))
        steps = (*steps, replace(last, text=final))
    lines = lines_of(final)
    events: dict[tuple[int, int], list[Any]] = {}
    if article.text == final:  # offsets count in the text as it is
        if index:
            _index_entries(article.mentions, final, lines, events)
        if revisions:
            _comments(article, final, lines, events, comments)
    cells = tracked([lines_of(step.text) for step in steps])
    writer = _Writer(steps=steps, lines=lines, events=events, numbers=numbers)
    return list(writer.paragraphs(cells))


def cleaned(text: ArticleText, removed: Counter[str]) -> ArticleText:
    """The text as Word can hold it; line ends inside a part stay."""
    parts = {name: clean(getattr(text, name), removed) for name in ("kicker", "headline", "deck", "dateline")}
    body = tuple(Paragraph(text=clean(piece.text, removed), part=piece.part) for piece in text.body)
    return replace(text, **parts, body=body, signature=clean(text.signature, removed))  # type: ignore[arg-type]


def _comments(
    article: ArticleCopy,
    text: ArticleText,
    lines: list[TextLine],
    events: dict[tuple[int, int], list[Any]],
    comments: Any,
) -> None:
    from docx.oxml.ns import qn

    for note in article.notes:
        if not 0 <= note.start < note.end <= len(text.flat().text):
            continue
        author = clean(note.author, Counter()) or "—"
        made = comments.add_comment(text=clean(note.words, Counter()), author=author, initials=author[:2])
        if note.time is not None:
            made._comment_elm.set(qn("w:date"), moment(note.time))
        number = made.comment_id
        start, end = place_of(text, lines, note.start), place_of(text, lines, note.end - 1)
        reference = element("r", element("rPr", element("rStyle", val="CommentReference")))
        reference.append(element("commentReference", id=number))
        events.setdefault(start, []).append(element("commentRangeStart", id=number))
        after = (end[0], end[1] + 1)
        events[after] = [element("commentRangeEnd", id=number), reference, *events.get(after, [])]


def _index_entries(
    mentions: Sequence[Mention], text: ArticleText, lines: list[TextLine], events: dict[tuple[int, int], list[Any]]
) -> None:
    """A hidden field XE (ISO/IEC 29500-1, 17.16.5.79) before each mention of a person or an organisation."""
    for mention in mentions:
        if mention.was or mention.kind not in INDEXED or not 0 <= mention.start < mention.end <= len(text.flat().text):
            continue
        words = f' XE "{entry_words(mention.name or mention.text)}" \\f "{INDEXED[mention.kind]}" '
        place = place_of(text, lines, mention.start)
        events.setdefault(place, []).extend(field_runs(words, hidden=True))


def entry_words(name: str) -> str:
    """A name as an index field takes it: a colon would begin an entry below, a quote end it."""
    plain = clean(name, Counter()).replace('"', "”").replace("\\", "＼").replace(":", "：")
    return " ".join(plain.split())


def field_runs(instruction: str, *, hidden: bool = False) -> list[Any]:
    """Begin, instruction and end of a field without a result."""

    def part(child: Any) -> Any:
        return element("r", element("rPr", element("vanish")) if hidden else None, child)

    said = element("instrText")
    said.text = instruction
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [part(element("fldChar", fldCharType="begin")), part(said), part(element("fldChar", fldCharType="end"))]
