"""One article as Word paragraphs: headings over the full measure, then text for the columns."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from models.values.article_text import ArticleText, Part
from models.values.template import PageTemplate
from services.config.messages import text as words
from services.export.contract import ArticleCopy, PictureCopy
from services.export.docx.elements import clean, element, paragraph, run
from services.export.pictures import decode

_PPI = 220
_EMU_A_POINT = 12700
_STYLES = {Part.BODY: "BodyText", Part.CROSSHEAD: "Crosshead", Part.CAPTION: "PhotoCaption"}


def heading_paragraphs(article: ArticleCopy, removed: Counter[str]) -> Iterator[Any]:
    """引题, 主题 and 副题, as far as there are."""
    text = article.text
    if text.kicker:
        yield paragraph("Kicker", run(clean(text.kicker, removed)))
    if text.headline:
        yield paragraph("Headline", run(clean(text.headline, removed), size=article.headline_size))
    if text.deck:
        yield paragraph("Deck", run(clean(text.deck, removed)))


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
    if picture.data is None:
        yield paragraph("MissingPicture", run(words("export.missing_picture")))
    else:
        yield paragraph("Picture", _drawing(picture.data, part, template, name, caption))
    if caption:
        yield paragraph("PhotoCaption", run(caption))


def _drawing(raw: bytes, part: Any, template: PageTemplate, name: str, caption: str) -> Any:
    """The picture re-encoded (python-docx would take a torn or endless file as it is), at most half the type area
    wide and a third of it high."""
    image = decode(raw, name)
    most_wide = template.type_width / 2 if image.width < image.height * 2 else template.type_width
    scale = min(most_wide / image.width, template.type_height / 3 / image.height)
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
    inline.docPr.set("name", f"picture {inline.docPr.get('id')}")
    inline.docPr.set("descr", caption[:250])
    return element("r", element("drawing", inline))
