"""A draft → a received article: parts cut out as traced slices, so that the origin map is true by construction."""

from dataclasses import dataclass, field

from models.values.article_text import ArticleText, Form, Healed, Paragraph, Part, ReceivedArticle
from services.config.messages import text as words
from services.intake.bylines import with_signatures
from services.intake.normalise import hidden_characters
from services.intake.paragraphs import Item
from services.intake.shapes import Kind
from services.intake.structure import Draft, take_dateline, take_signature, unfinished
from services.intake.traced import NOTHING, Traced, join, offset_map

_PICTURE_WORDS = ("供图", "摄", "图", "绘", "漫画")
_PHOTO_LENGTH = 300  # characters of text that a picture story has at most
_SHOWN = 12  # characters of a text that a doubt quotes


@dataclass(slots=True)
class _Parts:
    dateline: Traced = NOTHING
    signatures: list[Traced] = field(default_factory=list)
    body: list[tuple[Part, Traced]] = field(default_factory=list)
    healed: list[Healed] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def article_of(draft: Draft, left_out: list[str]) -> ReceivedArticle:
    """The article; nothing in it that the manuscript does not hold but joining spaces."""
    parts = _Parts()
    for number, section in enumerate(draft.sections):
        if number:
            parts.body.extend((Part.CROSSHEAD, item.text) for item in section.run)
        for item in section.rest:
            _take(parts, item)
    _name_at_the_end(parts)
    _sign_caption(parts)
    heading = draft.heading
    signature = join(parts.signatures, " ")
    article = with_signatures(
        ArticleText(
            kicker=heading.kicker.text if heading.kicker else "",
            headline=heading.headline.text if heading.headline else "",
            deck=heading.deck.text if heading.deck else "",
            dateline=parts.dateline.text,
            body=tuple(Paragraph(text=text.text, part=part) for part, text in parts.body),
            signature=signature.text,
        )
    )
    article = with_form(article, draft.section_name)
    pieces = [
        heading.kicker,
        heading.headline,
        heading.deck,
        parts.dateline,
        *(text for _, text in parts.body),
        signature,
    ]
    return ReceivedArticle(
        text=article,
        origin=offset_map(each for each in pieces if each),
        healed=tuple(parts.healed),
        doubts=tuple(dict.fromkeys([*parts.doubts, *_doubts(article, draft, left_out)])),
    )


def _take(parts: _Parts, item: Item) -> None:
    """Puts one item in its place."""
    text, seams = item.text, item.seams
    if item.kind is Kind.SIGNATURE:
        parts.signatures.append(text)
        return
    if item.kind is Kind.CAPTION:
        parts.body.append((Part.CAPTION, text))
        return
    if item.kind is Kind.HEAD:
        parts.body.append((Part.CROSSHEAD, text))
        return
    if item.kind is Kind.DATELINE and not parts.dateline:
        before = len(text.text)
        parts.dateline, text = take_dateline(text)
        seams = tuple(seam - (before - len(text.text)) for seam in seams)
        if parts.body:
            parts.doubts.append(words("intake.doubt.note_before_dateline", text=_shown(parts.dateline.text)))
    body, signature = take_signature(text)
    if signature:
        parts.signatures.append(signature)
    if not body:
        return
    index = len(parts.body)
    parts.body.append((Part.BODY, body))
    parts.healed.extend(Healed(paragraph=index, offset=seam) for seam in seams if 0 < seam < len(body.text))


def _name_at_the_end(parts: _Parts) -> None:
    """A body that ends in （张三） alone: handled with the signatures when it is its last paragraph."""
    if parts.signatures or not parts.body or parts.body[-1][0] is not Part.BODY:
        return
    from services.intake.shapes import bare_name

    text = parts.body[-1][1]
    if any(body.text[-1:] in "）)" for _, body in parts.body[:-1]):
        return  # several pieces, each with its own author: they stay as they are
    if text.text[-1:] in "）)" and len(text.text) > 20:
        at = max(text.text.rfind("（"), text.text.rfind("("))
        if at > 0 and text.text[at - 1] in "。！？”…" and bare_name(text.text[at + 1 : -1].strip()):
            parts.body[-1] = (Part.BODY, text.cut(0, at).strip())
            parts.signatures.append(text.cut(at))


def _sign_caption(parts: _Parts) -> None:
    """Where a picture and its caption are the whole article, the signature at the caption's end is the article's."""
    if parts.signatures or not parts.body or any(part is not Part.CAPTION for part, _ in parts.body):
        return
    caption, signature = take_signature(parts.body[-1][1])
    if signature and caption:
        parts.body[-1] = (Part.CAPTION, caption)
        parts.signatures.append(signature)


def with_form(article: ArticleText, section_name: str = "") -> ArticleText:
    """A picture story: short, no message head, signed for the picture; or under the name 图片新闻."""
    from dataclasses import replace

    running = [p for p in article.body if p.part in (Part.BODY, Part.CAPTION)]
    length = sum(len(p.text) for p in running)
    pictured = any(any(word in credit.role for word in _PICTURE_WORDS) for credit in article.credits)
    heads = any(p.part is Part.CROSSHEAD for p in article.body)
    only_caption = bool(running) and all(p.part is Part.CAPTION for p in running)
    short = length <= _PHOTO_LENGTH and len(running) <= 3 and not heads
    photo = short and (
        (pictured and not article.lead_in and not article.dateline.startswith(("（", "(")))
        or "图" in section_name
        or "摄影" in section_name
        or only_caption
    )
    return replace(article, form=Form.PHOTO) if photo else article


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _doubts(article: ArticleText, draft: Draft, left_out: list[str]) -> list[str]:
    """What a person should look at, in plain sentences."""
    doubts: list[str] = []
    if not article.headline:
        doubts.append(words("intake.doubt.no_headline"))
    if draft.heading.unsure:
        doubts.append(words("intake.doubt.heading_order", headline=_shown(article.headline)))
    if not article.body:
        doubts.append(words("intake.doubt.no_body"))
    broken = [
        (index, paragraph.text[-_SHOWN:])
        for index, paragraph in enumerate(article.body)
        if paragraph.part is Part.BODY and unfinished(paragraph.text)
    ]
    if len(broken) <= 4:  # more of them are verse or a list
        doubts.extend(words("intake.doubt.unfinished", number=index + 1, end=end) for index, end in broken)
    flat = article.flat().text
    doubts.extend(words("intake.doubt.hidden", name=name) for name in hidden_characters(flat))
    if "\ufffd" in flat:
        doubts.append(words("intake.doubt.replacement", count=flat.count("\ufffd")))
    doubts.extend(words("intake.doubt.left_out", text=_shown(each)) for each in left_out)
    doubts.extend(
        words("intake.doubt.nameless", text=_shown(article.signature or article.dateline))
        for each in article.bylines
        if len(each.name) == 1
    )
    return doubts
