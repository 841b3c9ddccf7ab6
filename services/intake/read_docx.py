"""Word file → text, one line a paragraph, and the look of every line. Own reading of the XML.

Accepted insertions (w:ins, w:moveTo) and content controls (w:sdt) are text; deletions (w:del, w:moveFrom),
hidden runs and
field codes are not. A text box is read once (mc:Choice, not its fallback) and stands after the paragraph that holds it.
A table's row is one line, its cells parted by an em space of Chinese; a table that only frames text is read as
paragraphs. Raises UserError("intake.docx_…").
"""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from models.values.manuscript import Manuscript
from services.config.errors import UserError
from services.intake.guard import hostile, open_checked, read_part
from services.intake.lines import Look
from services.intake.normalise import cleaned
from services.intake.shapes import headish, width
from services.intake.word_styles import Styles, W, centred, flag, listed, outline_level, read_styles, size_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PASSED = {
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
}
_SKIPPED = {W + name for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "instrText", "delText")}
_CELL = 80  # characters; a longer cell holds running text
_BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}


@dataclass(slots=True)
class _Words:
    """The runs of one paragraph: text with its size and weight, and the text boxes that hang on it."""

    runs: list[tuple[str, float, bool]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    text: str
    look: Look
    merged: bool = False  # its paragraph mark is deleted: the next paragraph goes on in it


def read_docx(manuscript: Manuscript) -> tuple[str, dict[int, Look]]:
    """Text with \\n line ends, and looks by the offset at which each line starts."""
    name = manuscript.name
    with open_checked(name, manuscript.raw) as archive:
        body_part = _body_part(name, archive)
        try:
            root = _parsed(name, read_part(name, archive, body_part))
        except KeyError as problem:
            raise UserError("intake.docx_damaged", file=name) from problem
        styles = read_styles(_optional(name, archive, posixpath.join(posixpath.dirname(body_part), "styles.xml")))
    body = root.find(W + "body")
    if body is None:
        raise UserError("intake.docx_damaged", file=name)
    found: list[_Found] = []
    try:
        _blocks(body, styles, found)
    except RecursionError as problem:
        raise hostile(name, "depth") from problem
    return _joined(_with_levels(found))


def _parsed(name: str, raw: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(raw.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UserError("intake.docx_damaged", file=name) from problem
    if root.getroottree().docinfo.doctype:
        raise hostile(name, "doctype")
    return root


def _optional(name: str, archive: zipfile.ZipFile, part: str) -> Any | None:
    try:
        raw = read_part(name, archive, part, small=True)
    except KeyError:
        return None
    return _parsed(name, raw)


def _body_part(name: str, archive: zipfile.ZipFile) -> str:
    """The part that _rels/.rels names as the document; word/document.xml when it names none."""
    relations = _optional(name, archive, "_rels/.rels")
    if relations is not None:
        entries = frozenset(archive.namelist())
        for relation in relations.findall(_REL + "Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").lstrip("/")
                if target in entries:
                    return str(target)
    return "word/document.xml"


def _blocks(node: Any, styles: Styles, found: list[_Found]) -> None:
    """Paragraphs under a body, a cell or a text box, in order."""
    for child in node:
        tag = child.tag
        if tag == W + "p":
            _paragraph(child, styles, found)
        elif tag == W + "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                _row(child, styles, found)
        elif tag == _MC + "AlternateContent":
            choice = _choice(child)
            if choice is not None:
                _blocks(choice, styles, found)
        elif tag in _PASSED or tag in (W + "tbl", W + "tc"):
            _blocks(child, styles, found)


def _row(node: Any, styles: Styles, found: list[_Found]) -> None:
    """A row of short cells is one line; a row of one cell, or of long ones, is how somebody framed a text."""
    cells: list[list[_Found]] = []
    for cell in _cells(node):
        inside: list[_Found] = []
        _blocks(cell, styles, inside)
        cells.append([each for each in inside if each.text.strip()])
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(sum(len(each.text) for each in cell) > _CELL for cell in filled):
        found += [each for cell in cells for each in cell]
        return
    words = "\u3000".join(" ".join(each.text.strip() for each in cell).replace("\n", " ") for cell in cells)
    found.append(_Found(words.strip(), Look(size=filled[0][0].look.size, row=True)))


def _cells(row: Any) -> Iterator[Any]:
    """The row's own cells, not those of a table inside a cell."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _PASSED:
            yield from _cells(child)


def _choice(node: Any) -> Any | None:
    found = node.find(_MC + "Choice")
    return found if found is not None else node.find(_MC + "Fallback")


def _paragraph(node: Any, styles: Styles, found: list[_Found]) -> None:
    properties = node.find(W + "pPr")
    named = properties.find(W + "pStyle") if properties is not None else None
    style = styles.of(named.get(W + "val", "") if named is not None else "")
    if style.made:
        return
    words = _Words()
    _inline(node, words, style.size, style.bold)
    sizes: Counter[float] = Counter()
    bold = length = 0
    for text, size, heavy in words.runs:
        count = len(text.strip())
        sizes[size] += count
        length += count
        bold += count * heavy
    middle = centred(properties)
    look = Look(
        level=outline_level(properties) or style.level,
        size=sizes.most_common(1)[0][0] if length else style.size,
        bold=length > 0 and bold == length,
        centred=style.centred if middle is None else middle,
    )
    if (style.listed or listed(properties)) and not look.level and not look.centred:
        look = replace(look, row=True)
    mark = properties.find(f"{W}rPr/{W}del") if properties is not None else None
    found.append(_Found("".join(text for text, _, _ in words.runs), look, mark is not None))
    for box in words.boxes:
        _blocks(box, styles, found)


def _inline(node: Any, words: _Words, size: float, bold: bool) -> None:
    """Runs of a paragraph, changes accepted."""
    for child in node:
        tag = child.tag
        if tag == W + "r":
            properties = child.find(W + "rPr")
            if flag(properties, "vanish") or (properties is not None and properties.find(W + "del") is not None):
                continue
            heavy = flag(properties, "b")
            _run(child, words, size_of(properties) or size, bold if heavy is None else heavy)
        elif tag in _SKIPPED:
            continue
        elif tag in _PASSED:
            _inline(child, words, size, bold)
        elif tag == _MC + "AlternateContent":
            choice = _choice(child)
            if choice is not None:
                _inline(choice, words, size, bold)
        elif isinstance(tag, str) and tag.startswith(_MATH):
            words.runs.append(("".join(each.text or "" for each in child.iter(_MATH + "t")), size, bold))


def _run(run: Any, words: _Words, size: float, bold: bool) -> None:
    for child in run:
        tag = child.tag
        if tag == W + "t":
            words.runs.append((child.text or "", size, bold))
        elif tag in _BREAKS:
            words.runs.append((_BREAKS[tag], size, bold))
        elif tag == W + "ruby":
            base = child.find(W + "rubyBase")
            if base is not None:
                _inline(base, words, size, bold)
        elif tag == _MC + "AlternateContent":
            choice = _choice(child)
            if choice is not None:
                _run_boxes(choice, words)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            _run_boxes(child, words)


def _run_boxes(node: Any, words: _Words) -> None:
    """Text boxes under a drawing; those inside another one are read with it."""
    for child in node:
        if child.tag == W + "txbxContent":
            words.boxes.append(child)
        elif child.tag == _MC + "AlternateContent":
            choice = _choice(child)
            if choice is not None:
                _run_boxes(choice, words)
        else:
            _run_boxes(child, words)


def _with_levels(found: list[_Found]) -> list[_Found]:
    """Gives levels to short lines that stand out by size (the larger, the higher) or by weight alone (level 7)."""
    sizes: Counter[float] = Counter()
    heavy = total = 0
    for each in found:
        if not each.look.level:
            sizes[each.look.size] += len(each.text)
            heavy += len(each.text) * each.look.bold
            total += len(each.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size >= body + 1.5), reverse=True)
    weight_speaks = heavy < 0.4 * max(1, total)
    return [_levelled(each, larger, weight_speaks) for each in found]


def _levelled(found: _Found, larger: list[float], weight_speaks: bool) -> _Found:
    text, look = found.text.strip(), found.look
    if look.level or look.row or not text or width(text) > 60 or not headish(text.split("\n")[0].strip(), 60):
        return found
    if look.size in larger:
        found.look = replace(look, level=min(6, larger.index(look.size) + 1))
    elif weight_speaks and look.bold:
        found.look = replace(look, level=7)
    return found


def _joined(found: list[_Found]) -> tuple[str, dict[int, Look]]:
    lines: list[str] = []
    looks: dict[int, Look] = {}
    at = 0
    pending = ""
    for number, each in enumerate(found):
        if each.merged and number + 1 < len(found):
            pending += each.text
            continue
        text, pending = cleaned(pending + each.text), ""
        for line in text.split("\n"):
            looks[at] = each.look
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), looks
