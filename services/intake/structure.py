"""Items → articles: where one ends and the next begins, which headings are crossheads, what is signature and what text.

The cases, in the order in which they are looked at:
1. A run of headings that leads to a message head, or stands first, begins an article.
2. A run later in the text begins an article or is a crosshead: weighed by `_weight` (levels, rules, signatures, words).
3. A message head without a heading, after text that already has one, begins an article without a headline.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from models.values.article_text import Part
from services.intake.bylines import dateline_end, ends_signed, tail_signature
from services.intake.heads import Heading, heading_of, is_slogan, split_slogans
from services.intake.paragraphs import Item
from services.intake.shapes import Kind, ends_softly, is_numbered, opens_news, tells_event, width
from services.intake.traced import Traced

_TEXTS = (Kind.TEXT, Kind.DATELINE, Kind.NOTE, Kind.CAPTION)


@dataclass(slots=True)
class Section:
    """A heading run and what follows it up to the next run."""

    run: list[Item]
    rest: list[Item] = field(default_factory=list)

    @property
    def dated(self) -> bool:
        """The first running text starts with a message head."""
        first = next((item for item in self.rest if item.kind in _TEXTS and item.kind is not Kind.NOTE), None)
        return first is not None and first.kind is Kind.DATELINE

    @property
    def texts(self) -> list[Item]:
        return [item for item in self.rest if item.kind in _TEXTS]

    @property
    def signed(self) -> bool:
        """Ends in a signature of its own."""
        tail = [item for item in self.rest if item.kind in (*_TEXTS, Kind.SIGNATURE)]
        if not tail or not self.texts:
            return False
        last = tail[-1]
        if last.kind is Kind.SIGNATURE:
            return len(tail) > 1
        return last.kind is not Kind.CAPTION and ends_signed(last.text.text)

    @property
    def parted(self) -> bool:
        return self.run[0].parted if self.run else bool(self.rest and self.rest[0].parted)


@dataclass(slots=True)
class Draft:
    """One article before its parts are cut out."""

    heading: Heading
    sections: list[Section]
    section_name: str = ""


@dataclass(slots=True)
class Sheet:
    """The whole manuscript in parts: slogans, articles, and what was left out as page furniture."""

    slogans: list[Traced]
    drafts: list[Draft]
    left_out: list[tuple[int, str]]  # index of the article before which it stood, words


def sheet_of(items: list[Item]) -> Sheet:
    """Articles and slogans of a manuscript."""
    sections, names, left_out_at = _sections(items)
    starts = _starts(sections, names)
    many = sum(starts) > 1
    sheet = Sheet([], [], [])
    for index, section in enumerate(sections):
        sheet.left_out.extend((len(sheet.drafts), words) for words in left_out_at.get(index, ()))
        if not starts[index] and sheet.drafts:
            sheet.drafts[-1].sections.append(section)
            continue
        slogans, run = split_slogans(section.run, many=many, page_top=not sheet.drafts)
        if len(run) == 1 and not section.texts and (many or sheet.drafts) and is_slogan(run[0].text.text):
            slogans, run = [*slogans, *run], []
        sheet.slogans.extend(item.text for item in slogans)
        if not run and not sheet.drafts and section.rest and not section.texts and len(sections) > 1:
            sheet.left_out.extend((0, item.text.text) for item in section.rest)  # 责任编辑：… over the page
            continue
        if run or section.rest:
            sheet.drafts.append(Draft(heading_of(run), [Section([], section.rest)], names.get(index, "")))
    sheet.left_out.extend((len(sheet.drafts), words) for words in left_out_at.get(len(sections), ()))
    return sheet


def _sections(items: list[Item]) -> tuple[list[Section], dict[int, str], dict[int, list[str]]]:
    """Sections; names of departments and furniture are taken out and kept beside, by section."""
    sections: list[Section] = []
    names: dict[int, str] = {}
    left_out: dict[int, list[str]] = {}
    pending = ""
    headed = False  # the current section's run is still open
    for item in _notes_under_heads(_names_as_heads(items)):
        if item.kind in (Kind.SECTION, Kind.FURNITURE):
            following = len(sections) - 1 if headed else len(sections)
            left_out.setdefault(following, []).append(item.text.text)
            if item.kind is Kind.SECTION:
                pending = item.text.text
                if headed:
                    names[following] = pending
            continue
        if item.kind is Kind.HEAD:
            if not headed or _breaks_run(sections[-1], item):
                sections.append(Section([]))
                if pending:
                    names[len(sections) - 1] = pending
            pending = ""
            sections[-1].run.append(item)
            headed = True
            continue
        if (
            not sections
            or (item.kind is Kind.DATELINE and _has_text(sections[-1]))
            or _starts_apart(sections[-1], item)
        ):
            sections.append(Section([]))
        sections[-1].rest.append(item)
        headed = False
    return sections, names, left_out


def _names_as_heads(items: list[Item]) -> list[Item]:
    """A department's name with text right under it is that text's heading: 简讯."""
    out: list[Item] = []
    for i, item in enumerate(items):
        text_follows = i + 1 < len(items) and items[i + 1].kind is Kind.TEXT
        alone = i == 0 or items[i - 1].kind is not Kind.HEAD
        heads = item.kind is Kind.SECTION and text_follows and alone
        out.append(replace(item, kind=Kind.HEAD) if heads else item)
    return out


def _notes_under_heads(items: list[Item]) -> list[Item]:
    """An editor's note between a finished text and a heading belongs to that heading: it is put under it."""
    out: list[Item] = []
    waiting: list[Item] = []
    for i, item in enumerate(items):
        headed = i + 1 < len(items) and items[i + 1].kind in (Kind.HEAD, Kind.SECTION)
        if item.kind is Kind.NOTE and headed and items[i - 1 if i else 0].kind not in (Kind.HEAD, Kind.SECTION):
            waiting.append(item)
            continue
        if waiting and item.kind not in (Kind.HEAD, Kind.SECTION, Kind.SIGNATURE):
            out.extend(waiting)
            waiting = []
        out.append(item)
    return [*out, *waiting]


def _breaks_run(section: Section, item: Item) -> bool:
    """A second 标题： begins a new article even when nothing stands between."""
    return item.label is Part.HEADLINE and any(each.label is Part.HEADLINE for each in section.run)


def _has_text(section: Section) -> bool:
    return any(item.kind in (Kind.TEXT, Kind.DATELINE) for item in section.rest)


def _starts_apart(section: Section, item: Item) -> bool:
    """Running text after a rule, in an article that has been signed."""
    return item.parted and item.kind is Kind.TEXT and section.signed


def _starts(sections: list[Section], names: dict[int, str]) -> list[bool]:
    """For every section whether an article begins with it."""
    dated_levels = {section.run[-1].look.level for section in sections if section.run and section.dated}
    starts: list[bool] = []
    current: list[Section] = []
    for index, section in enumerate(sections):
        if not current:
            begins = True
        elif not section.run:
            begins = section.dated or section.parted
        elif section.run[0].label is Part.CROSSHEAD:
            begins = False
        elif section.dated or any(item.label is Part.HEADLINE for item in section.run):
            begins = True
        else:
            weight = _weight(section, current, sections[index + 1 : index + 2], dated_levels)
            begins = weight + 4.0 * (index in names) > 0
        starts.append(begins)
        current = [section] if begins else [*current, section]
    return starts


def _weight(section: Section, current: list[Section], following: list[Section], dated_levels: set[int]) -> float:
    """Evidence that a heading run without a message head begins an article (> 0) rather than a part of one (<= 0)."""
    head = section.run[0]
    text = head.text.text
    level, main = head.look.level, _level(current[0])
    body = next((item.text.text for item in section.texts), "")
    typical = 1 + (level > 0)
    score = 3.0 * section.parted + 2.0 * (head.gap >= 3) + 1.0 * (head.gap == 2)
    score += sum(_level_evidence(level, main, dated_levels))
    score += _size_evidence(head, current[0])
    if head.look.size and level and level == main and level in dated_levels:
        score += 2.5  # a Word file's own styles are surer than the marks of page recognition
    if is_numbered(text):
        score -= 5.0
    if len(section.run) > 1:
        score += 2.5
    if _closed(current):
        score += 3.0
    if section.signed and (current[0].dated or _closed(current) or not following):
        score += 2.5
    if section.run[0].kind is Kind.HEAD and not section.texts and following and following[0].run:
        score += typical
    if section.texts and all(item.kind is Kind.CAPTION for item in section.texts):
        score += 2.5  # a picture with its own heading
    if section.texts and section.rest[0].kind is Kind.SIGNATURE:
        score += 4.0  # a byline of its own under the heading
    if opens_news(body):
        score += 2.0
    if dated_levels and not section.signed:
        score -= 1.5
    wide = width(text)
    score += -2.0 if wide <= 10 else (-1.0 if wide <= 13 else 0.5)
    score += 1.0 if tells_event(text) and wide > 10 else -1.0
    return score


def _level_evidence(level: int, main: int, dated_levels: set[int]) -> Iterator[float]:
    if not level:
        yield -2.0 if main else -0.5
        return
    if main and level == main:
        yield 1.5
    if level in dated_levels:
        yield 1.0
    elif main and level > main:
        yield -4.0
    elif main and level < main:
        yield 2.0


def _size_evidence(head: Item, first: Section) -> float:
    sizes = [item.look.size for item in first.run if item.look.size]
    if not sizes or not head.look.size:
        return 0.0
    return 2.0 if head.look.size >= max(sizes) - 0.6 else -3.0


def _level(section: Section) -> int:
    """The level of the heading of an article: the highest of its run (0: its headings carry no mark)."""
    levels = [item.look.level for item in section.run if item.look.level]
    return min(levels) if levels else 0


def _closed(current: list[Section]) -> bool:
    """The article so far has ended with a signature."""
    return current[-1].signed


def take_dateline(text: Traced) -> tuple[Traced, Traced]:
    """(dateline, the rest of the paragraph)."""
    end = dateline_end(text.text)
    return text.cut(0, end), text.cut(end).strip()


def take_signature(text: Traced) -> tuple[Traced, Traced]:
    """(paragraph, the signature at its end); the second is empty when there is none."""
    at = tail_signature(text.text)
    return (text, text.cut(0, 0)) if at is None else (text.cut(0, at).strip(), text.cut(at).strip())


def unfinished(text: str) -> bool:
    """A body paragraph that ends without a terminal mark."""
    return not ends_softly(text)
