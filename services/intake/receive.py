"""The door of 收稿: a manuscript as it arrived → its articles. Structure only: no character is corrected.

In: `Manuscript` (bytes). Out: `Reception`: the decoded, cleaned text, the slogans, the articles with their
origin in that
text. Raises UserError for what cannot be read.

1. decode (charset) or read the Word file (read_docx), clean once (normalise)
2. lines with their marks (lines), 3. paragraphs healed (paragraphs), 4. articles (structure, heads), 5. parts
(assemble)
"""

from collections.abc import Mapping

from models.values.article_text import Reception
from models.values.manuscript import Manuscript, ManuscriptKind
from services.config.errors import UserError
from services.intake import charset
from services.intake.assemble import article_of
from services.intake.lines import Look, lines_of
from services.intake.normalise import cleaned
from services.intake.paragraphs import items_of
from services.intake.structure import sheet_of

TEXT_LIMIT = 100_000  # code points of one manuscript: thirty pages; what follows takes its time with every one
LINE_LIMIT = 20_000  # lines of one manuscript: bounds the time that a text of very short lines takes


def receive(manuscript: Manuscript, *, encoding: str | None = None) -> Reception:
    """What the manuscript holds. `encoding` overrides the guess for a text file. Raises UserError("intake.…")."""
    if manuscript.kind is ManuscriptKind.DOCX:
        from services.intake.read_docx import read_docx

        text, looks = read_docx(manuscript)
        return _reception(manuscript.name, text, looks, "docx", ())
    decoded = _decode(manuscript, encoding)
    return _reception(manuscript.name, cleaned(decoded.text), None, decoded.encoding, decoded.others)


def _decode(manuscript: Manuscript, encoding: str | None) -> charset.Decoded:
    name, raw = manuscript.name, manuscript.raw
    if encoding is None:
        decoded = charset.decode(raw)
        if decoded is None:
            raise UserError("intake.not_text", file=name)
        return decoded
    codec = charset.canonical(encoding)
    if codec is None:
        raise UserError("intake.unknown_encoding", file=name, encoding=encoding)
    text = charset.decode_as(raw, codec)
    if text is None:
        raise UserError("intake.wrong_encoding", file=name, encoding=encoding)
    return charset.Decoded(text, codec, charset.others(raw, codec))


def _reception(
    file: str, text: str, looks: Mapping[int, Look] | None, encoding: str, others: tuple[str, ...]
) -> Reception:
    if len(text) > TEXT_LIMIT:
        raise UserError("intake.too_long", file=file, limit=TEXT_LIMIT, characters=len(text))
    count = text.count("\n") + 1 - text.count("\n\n")
    if count > LINE_LIMIT:
        raise UserError("intake.too_many_lines", file=file, limit=LINE_LIMIT, lines=count)
    if not text.strip():
        raise UserError("intake.empty", file=file)
    sheet = sheet_of(items_of(lines_of(text, looks)))
    if not sheet.drafts and not sheet.slogans:
        raise UserError("intake.empty", file=file)
    left_out: dict[int, list[str]] = {}
    for index, words in sheet.left_out:
        left_out.setdefault(min(index, len(sheet.drafts) - 1), []).append(words)
    return Reception(
        file=file,
        encoding=encoding,
        text=text,
        slogans=tuple(slogan.text for slogan in sheet.slogans),
        articles=tuple(article_of(draft, left_out.get(i, [])) for i, draft in enumerate(sheet.drafts)),
        other_encodings=others,
    )
