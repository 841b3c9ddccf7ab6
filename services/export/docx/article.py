"""One article as Word paragraphs: headings, over the full measure or in the column, then pictures and text."""

import io
from collections import Counter
from collections.abc import Iterator
from math import ceil
from typing import Any

from models.values.article_text import ArticleText, Part
from models.values.template import PageTemplate
from services.config.messages import text as words
from services.export.contract import ArticleCopy, PictureCopy
from services.export.docx.elements import clean, element, paragraph, run, twips
from services.export.docx.styles import column_size, headline_leading, lead_size
from services.export.pictures import decode

_PPI = 220
_EMU_A_POINT = 12700
_STYLES = {Part.BODY: "BodyText", Part.CROSSHEAD: "Crosshead", Part.CAPTION: "PhotoCaption"}


def lead_paragraphs(article: ArticleCopy, template: PageTemplate, removed: Counter[str]) -> Iterator[Any]:
    """引题, 主题 and 副题 of the article that leads the page, over the full measure, as far as there are."""
    wish = article.headline_size or lead_size(template)
    size = _fitted(article.text.headline, wish, wish * 0.75, template.type_width)
    yield from _headings(article.text, "", size, lead_size(template), removed)


def heading_paragraphs(article: ArticleCopy, template: PageTemplate, removed: Counter[str]) -> Iterator[Any]:
    """The same inside a column."""
    usual, wish = column_size(template), column_size(template, article.headline_size)
    size = _fitted(article.text.headline, wish, usual, template.column_width)
    yield from _headings(article.text, "Column", size, usual, removed)


def _headings(text: ArticleText, kind: str, size: float, usual: float, removed: Counter[str]) -> Iterator[Any]:
    """`usual` is the size of the headline's style: what differs from it is said in the paragraph."""
    if text.kicker:
        yield paragraph(f"{kind}Kicker", run(clean(text.kicker, removed)))
    if text.headline:
        made = paragraph(f"{kind}Headline", run(clean(text.headline, removed), size=0.0 if size == usual else size))
        if size != usual:
            made.pPr.append(element("spacing", line=twips(headline_leading(size)), lineRule="exact"))
        yield made
    if text.deck:
        yield paragraph(f"{kind}Deck", run(clean(text.deck, removed)))


def _fitted(headline: str, size: float, least: float, measure: float) -> float:
    """The largest of the sizes down to `least`, by half points, at which the headline takes the fewest lines."""
    wide = [sum(0.55 if mark.isascii() else 1.0 for mark in line) for line in headline.splitlines()]
    sizes = [size - step / 2 for step in range(int(2 * (size - least)) + 1)]
    return min(sizes, key=lambda each: sum(ceil(line / max(1, measure // each)) for line in wide))


def text_paragraphs(text: ArticleText, removed: Counter[str]) -> Iterator[Any]:
    """Body, crossheads and captions in their order, the dateline run in before the first body paragraph, signature."""
    waiting = list(_dateline(text, removed))
    for piece in text.body:
        runs = [run(clean(piece.text, removed))]
        if waiting and piece.part is Part.BODY:
            runs, waiting = [*waiting, *runs], []
        yield paragraph(_STYLES[piece.part], *runs)
    if waiting:
        yield paragraph("BodyText", *waiting)
    if text.signature:
        yield paragraph("Signature", run(clean(text.signature, removed)))


def _dateline(text: ArticleText, removed: Counter[str]) -> Iterator[Any]:
    """本报讯 in Hei, the reporters after it in Kai. What does not end in a bracket is parted by an em of space."""
    dateline = clean(text.dateline, removed).strip()
    if not dateline:
        return
    lead = clean(text.lead_in, removed).strip()
    head = lead if lead and dateline.startswith(lead) else dateline
    rest = dateline[len(head) :]
    yield run(head, style="Dateline")
    if rest:
        yield run(rest, style="Reporter")
    if not dateline.endswith(("）", ")", "】")):
        yield run("\u3000")


def picture_paragraphs(
    picture: PictureCopy, part: Any, template: PageTemplate, name: str, removed: Counter[str]
) -> Iterator[Any]:
    """A picture, or the box 待配图 in its place, with its caption. `part` is the document part that takes the image."""
    caption = clean(" ".join(piece for piece in (picture.caption, picture.credit) if piece), removed)
    raw = picture.raw()
    if raw is None:
        yield paragraph("MissingPicture", run(words("export.missing_picture")))
    else:
        yield paragraph("Picture", _drawing(raw, part, template, name, caption))
    if caption:
        yield paragraph("PhotoCaption", run(caption))


def _drawing(raw: bytes, part: Any, template: PageTemplate, name: str, caption: str) -> Any:
    """The picture re-encoded (python-docx would take a torn or endless file as it is), at most as wide as
    a column and half the type area high."""
    field = (round(template.column_width / 72 * _PPI), round(template.type_height / 2 / 72 * _PPI))
    image = decode(raw, name, within=field)
    scale = min(template.column_width / image.width, template.type_height / 2 / image.height)
    width, height = image.width * scale, image.height * scale
    fine = min(1.0, width / 72 * _PPI / image.width)
    if fine < 1.0:
        image = image.resize((max(1, round(image.width * fine)), max(1, round(image.height * fine))))
    if image.mode == "CMYK":
        image = image.convert("RGB")
    image.info = {}  # no Exif: it tells where a picture was taken
    written = io.BytesIO()
    image.save(written, "JPEG", quality=88)
    written.seek(0)
    inline = part.new_pic_inline(written, round(width * _EMU_A_POINT), round(height * _EMU_A_POINT))
    for side in ("distT", "distB", "distL", "distR"):  # left out, LibreOffice takes an eighth of an inch
        inline.set(side, "0")
    inline.docPr.set("name", f"picture {inline.docPr.get('id')}")
    inline.docPr.set("descr", caption[:250])
    return element("r", element("drawing", inline))
