"""Named styles for every part of an article: names in Chinese for the people in the newsroom, ids in English.

East Asian and Latin faces are set apart (w:rFonts), in the defaults too: else Word sets Chinese in whatever it finds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from docx.oxml.ns import qn

from models.values.template import FontRole, PageTemplate, TypeStyle
from services.export.docx.elements import element, twips

_FACES = {  # East Asian face as every Chinese Word has it, Latin face beside it, bold
    FontRole.SONG: ("宋体", "Times New Roman", False),
    FontRole.SONG_BOLD: ("宋体", "Times New Roman", True),
    FontRole.SONG_BLACK: ("宋体", "Times New Roman", True),
    FontRole.HEI: ("黑体", "Arial", False),
    FontRole.HEI_BOLD: ("黑体", "Arial", True),
    FontRole.KAI: ("楷体", "Times New Roman", False),
    FontRole.FANGSONG: ("仿宋", "Times New Roman", False),
}
_OTHER_NAMES = {  # by which other systems know these faces
    "宋体": "SimSun",
    "黑体": "SimHei",
    "楷体": "KaiTi",
    "仿宋": "FangSong",
}
_FOLIO = 20.0  # points: height of a folio line


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSpec:
    """A style; sizes, air and leading in points. `leading` 0 leaves the line as high as it needs."""

    id: str
    name: str
    role: FontRole
    size: float
    leading: float = 0.0
    align: str = "left"  # left, center, right, both
    before: float = 0.0
    after: float = 0.0
    indent_characters: int = 0  # first line
    outline: int | None = None  # level in Word's navigation, from 0
    keep_next: bool = False
    box: float = 0.0  # air above and below the words in a frame of hairlines; 0: no frame
    rule: bool = False  # below
    character: bool = False
    colour: str = ""
    based_on: str = ""


def lead_size(template: PageTemplate) -> float:
    """Points of a headline over the full measure, where the page plan says nothing: the second step of the scale."""
    steps = template.heading_steps or (42.0,)
    return min(steps[min(1, len(steps) - 1)], template.type_width / 8)


def column_size(template: PageTemplate, wish: float = 0.0) -> float:
    """Points of a headline inside one column: six or seven characters a line, the larger the larger it is in print."""
    least, most = template.column_width / 7, min(template.column_width / 6.15, 24.0)
    return int(2 * min(most, max(least, wish / 2))) / 2 if least < most else most


def front_top(template: PageTemplate) -> float:
    """Points from the trim edge of page 1 to its text: below masthead and date line. Said outright, because readers
    differ on whether a frame at the margin follows a header that pushes the text down."""
    return max(template.top, template.folio_top + _masthead(template).leading + _FOLIO + template.leading)


def headline_leading(size: float) -> float:
    """Points from line to line of a headline of `size` points."""
    return round(size * 1.25)


def specs(template: PageTemplate) -> tuple[StyleSpec, ...]:
    """The styles of a paper, sized by its page template: first what stands over the full measure, then the columns."""
    return (*_wide(template), *_headings(template), *_running(template), *_pictures(template), *_aside(template))


def _wide(template: PageTemplate) -> Iterator[StyleSpec]:
    row, lead = template.leading, lead_size(template)
    kicker = _style_of(template, "kicker", FontRole.KAI, 18, 24)
    deck = _style_of(template, "deck", FontRole.KAI, 14, 18)
    slogan = _style_of(template, "slogan", FontRole.HEI_BOLD, 22, 36)
    mast = _masthead(template)
    middle = partial(StyleSpec, align="center", keep_next=True)
    yield middle(id="Masthead", name="报头", role=mast.role, size=mast.size, leading=mast.leading)
    yield StyleSpec(id="Folio", name="报眉", role=FontRole.SONG, size=9, leading=_FOLIO, after=row / 2, rule=True)
    yield StyleSpec(id="PageName", name="版名", role=FontRole.HEI_BOLD, size=14, character=True)
    yield StyleSpec(id="PageStart", name="版首", role=FontRole.SONG, size=1, leading=1)
    yield middle(
        id="Slogan", name="口号", role=slogan.role, size=slogan.size, leading=slogan.leading, after=row, colour="C00000"
    )
    yield middle(id="Kicker", name="引题", role=kicker.role, size=kicker.size, leading=kicker.leading)
    yield middle(
        id="Headline",
        name="主题",
        role=FontRole.SONG_BOLD,
        size=lead,
        leading=headline_leading(lead),
        before=row / 2,
        after=row / 2,
        outline=0,
    )
    yield middle(id="Deck", name="副题", role=deck.role, size=deck.size, leading=deck.leading, after=row / 2)


def _headings(template: PageTemplate) -> Iterator[StyleSpec]:
    """Headings inside a column."""
    row, small, size = template.leading, min(10.5, template.column_width / 9), column_size(template)
    middle = partial(StyleSpec, align="center", keep_next=True)
    yield StyleSpec(id="Divider", name="篇间线", role=FontRole.SONG, size=2, leading=row / 2, after=row / 2, rule=True)
    yield middle(id="ColumnKicker", name="栏内引题", role=FontRole.KAI, size=small, leading=row + 2, based_on="Kicker")
    yield middle(
        id="ColumnHeadline",
        name="栏内主题",
        role=FontRole.SONG_BOLD,
        size=size,
        leading=headline_leading(size),
        before=row / 4,
        after=row / 4,
        outline=0,
        based_on="Headline",
    )
    yield middle(
        id="ColumnDeck",
        name="栏内副题",
        role=FontRole.KAI,
        size=small,
        leading=row + 2,
        after=row / 4,
        based_on="Deck",
    )


def _running(template: PageTemplate) -> Iterator[StyleSpec]:
    """Text with its crossheads, datelines and signature."""
    body, row = template.body, template.leading
    cross = _style_of(template, "crosshead", FontRole.HEI_BOLD, body.size, body.leading)
    lead_in = _style_of(template, "lead_in", FontRole.HEI_BOLD, body.size, body.leading)
    byline = _style_of(template, "byline", FontRole.KAI, body.size, body.leading)
    column = partial(StyleSpec, role=body.role, size=body.size, leading=body.leading)
    yield column(id="BodyText", name="正文", align="both", indent_characters=2)
    yield StyleSpec(
        id="Crosshead",
        name="小标题",
        role=cross.role,
        size=cross.size,
        leading=cross.leading,
        align="center",
        before=row / 2,
        after=row / 2,
        outline=1,
        keep_next=True,
    )
    yield StyleSpec(id="Signature", name="署名", role=FontRole.KAI, size=byline.size, leading=row, align="right")
    yield StyleSpec(id="Dateline", name="消息头", role=lead_in.role, size=lead_in.size, character=True)
    yield StyleSpec(id="Reporter", name="记者名", role=byline.role, size=byline.size, character=True)


def _pictures(template: PageTemplate) -> Iterator[StyleSpec]:
    body, caption, row = template.body, template.caption, template.leading
    yield StyleSpec(
        id="PhotoCaption",
        name="图片说明",
        role=caption.role,
        size=caption.size,
        leading=caption.leading,
        align="both",
        after=row / 2,
    )
    yield StyleSpec(
        id="Picture",
        name="图片",
        role=body.role,
        size=body.size,
        align="center",
        before=row / 2,
        after=row / 4,
        keep_next=True,
    )
    high = min(31.0, (template.column_width * 2 / 3 - 16) / 2)  # 31 pt: the most that a border may stand off (§17.3.4)
    yield StyleSpec(
        id="MissingPicture",
        name="待配图",
        role=FontRole.HEI,
        size=body.size,
        leading=16,
        align="center",
        before=row / 2,
        after=row / 2,
        keep_next=True,
        box=max(4.0, high),
        colour="808080",
    )


def _aside(template: PageTemplate) -> Iterator[StyleSpec]:
    """The index, under the names that Word knows it by, and comments."""
    yield StyleSpec(
        id="IndexHeading", name="index heading", role=FontRole.HEI, size=14, leading=28, before=6, keep_next=True
    )
    yield StyleSpec(id="Index1", name="index 1", role=FontRole.SONG, size=10.5, leading=16)
    yield StyleSpec(id="CommentText", name="annotation text", role=FontRole.SONG, size=9)
    yield StyleSpec(id="CommentReference", name="annotation reference", role=FontRole.SONG, size=8, character=True)


def _masthead(template: PageTemplate) -> TypeStyle:
    return _style_of(template, "masthead", FontRole.SONG_BLACK, 66, 72)


def _style_of(template: PageTemplate, name: str, role: FontRole, size: float, leading: float) -> TypeStyle:
    return template.styles.get(name) or TypeStyle(role=role, size=size, leading=leading)


def install_styles(styles: Any, settings: Any, template: PageTemplate) -> None:
    """Puts our styles in the place of all others of the document, and sets Chinese punctuation to be compressed."""
    for old in list(styles):
        if old.tag.endswith("}style") or old.tag.endswith("}docDefaults"):
            styles.remove(old)
    styles.insert(0, _defaults(template))
    styles.extend(_basic_styles())
    styles.extend(_style(spec) for spec in specs(template))
    for control in settings.findall(qn("w:characterSpacingControl")):  # python-docx brings doNotCompress
        control.set(qn("w:val"), "compressPunctuation")
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def font_table() -> bytes:
    """word/fontTable.xml: the faces with the names that other systems have for them."""
    from lxml import etree

    fonts = element("fonts")
    for name, other in _OTHER_NAMES.items():
        fonts.append(
            element(
                "font",
                element("altName", val=other),
                element("charset", val="86"),  # GB2312
                element("family", val="roman" if name in ("宋体", "仿宋") else "swiss" if name == "黑体" else "script"),
                element("pitch", val="variable"),
                name=name,
            )
        )
    for name in ("Times New Roman", "Arial"):
        fonts.append(element("font", element("charset", val="00"), element("pitch", val="variable"), name=name))
    return bytes(etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True))


def _defaults(template: PageTemplate) -> Any:
    spec = StyleSpec(id="", name="", role=template.body.role, size=template.body.size)
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    characters = element("rPr", *_characters(spec), language)
    return element(
        "docDefaults", element("rPrDefault", characters), element("pPrDefault", element("pPr", *_straight(spec)))
    )


def _basic_styles() -> Iterator[Any]:
    """What Word takes for granted. Its own name for the plain paragraph style must stay Normal."""
    yield element(
        "style", element("name", val="Normal"), element("qFormat"), type="paragraph", default=1, styleId="Normal"
    )
    yield element(
        "style",
        element("name", val="Default Paragraph Font"),
        element("uiPriority", val=1),
        element("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )


def _style(spec: StyleSpec) -> Any:
    made = element(
        "style",
        element("name", val=spec.name),
        element("basedOn", val=spec.based_on or ("DefaultParagraphFont" if spec.character else "Normal")),
        element("next", val="BodyText") if spec.outline is not None else None,
        element("uiPriority", val=1),
        element("qFormat"),
        type="character" if spec.character else "paragraph",
        styleId=spec.id,
    )
    if not spec.name.isascii():  # the others are Word's own
        made.set(qn("w:customStyle"), "1")
    if not spec.character:
        made.append(element("pPr", *_paragraph(spec)))
    made.append(element("rPr", *_characters(spec)))
    return made


def _paragraph(spec: StyleSpec) -> Iterable[Any]:
    """Children of w:pPr in the order of the schema (§17.3.1.26)."""
    if spec.keep_next:
        yield element("keepNext")
        yield element("keepLines")
    if spec.box:
        off = round(spec.box)
        sides = (("top", off), ("left", 0), ("bottom", off), ("right", 0))
        yield element("pBdr", *(element(side, val="single", sz=4, space=air, color="808080") for side, air in sides))
        yield element("shd", val="clear", color="auto", fill="EBEBEB")
    if spec.rule:
        yield element("pBdr", element("bottom", val="single", sz=4, space=1, color="000000"))
    yield from _straight(spec)
    if spec.outline is not None:
        yield element("outlineLvl", val=spec.outline)


def _straight(spec: StyleSpec) -> Iterable[Any]:
    """Air, indent and alignment. Punctuation stays inside the measure (overflowPunct 0), as papers set it; lines stand
    as high as the style says, not snapped to a grid: LibreOffice takes two steps of the grid for a face that is taller
    than one."""
    yield element("overflowPunct", val=0)
    yield element("snapToGrid", val=0)
    line, rule = (twips(spec.leading), "exact") if spec.leading else (240, "auto")
    yield element("spacing", before=twips(spec.before), after=twips(spec.after), line=line, lineRule=rule)
    if spec.indent_characters:
        wide = twips(spec.indent_characters * spec.size)
        yield element("ind", firstLineChars=spec.indent_characters * 100, firstLine=wide)
    yield element("jc", val=spec.align)


def _characters(spec: StyleSpec) -> Iterable[Any]:
    """Children of w:rPr in the order of the schema (§17.3.2.28)."""
    chinese, latin, bold = _FACES[spec.role]
    yield element("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)
    if bold:
        yield element("b")
        yield element("bCs")
    if spec.colour:
        yield element("color", val=spec.colour)
    yield element("sz", val=round(spec.size * 2))
    yield element("szCs", val=round(spec.size * 2))
