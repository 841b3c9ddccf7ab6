"""Named styles for every part of an article: names in Chinese for the people in the newsroom, ids in English.

East Asian and Latin faces are set apart (w:rFonts), in the defaults too: else Word sets Chinese in whatever it finds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from models.values.template import FontRole, PageTemplate
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
    boxed: bool = False
    character: bool = False
    colour: str = ""


def specs(template: PageTemplate) -> tuple[StyleSpec, ...]:
    """The styles of a paper, sized by its page template."""
    body, caption = template.body, template.caption
    steps = template.heading_steps or (36.0, 26.0, 22.0, 16.0)
    headline = steps[min(len(steps) - 1, len(steps) // 2)]
    row = template.leading
    return (
        StyleSpec(id="Masthead", name="报头", role=FontRole.SONG_BLACK, size=48, align="center", outline=0),
        StyleSpec(id="Folio", name="报眉", role=FontRole.SONG, size=9, align="left", after=row / 2),
        StyleSpec(id="PageName", name="版名", role=FontRole.HEI_BOLD, size=14, outline=0, keep_next=True),
        StyleSpec(
            id="Slogan", name="口号", role=FontRole.HEI_BOLD, size=20, align="center", after=row, colour="C00000"
        ),
        StyleSpec(id="Kicker", name="引题", role=FontRole.KAI, size=14, align="center", before=row, keep_next=True),
        StyleSpec(
            id="Headline",
            name="主题",
            role=FontRole.SONG_BOLD,
            size=headline,
            align="center",
            before=row / 2,
            after=row / 2,
            outline=1,
            keep_next=True,
        ),
        StyleSpec(id="Deck", name="副题", role=FontRole.KAI, size=12, align="center", after=row / 2, keep_next=True),
        StyleSpec(
            id="BodyText",
            name="正文",
            role=body.role,
            size=body.size,
            leading=body.leading,
            align="both",
            indent_characters=2,
        ),
        StyleSpec(
            id="Crosshead",
            name="小标题",
            role=FontRole.HEI,
            size=body.size,
            leading=body.leading,
            align="center",
            before=body.leading,
            outline=2,
            keep_next=True,
        ),
        StyleSpec(
            id="PhotoCaption",
            name="图片说明",
            role=caption.role,
            size=caption.size,
            leading=caption.leading,
            align="both",
            after=row / 2,
        ),
        StyleSpec(id="Picture", name="图片", role=body.role, size=body.size, align="center", keep_next=True),
        StyleSpec(
            id="MissingPicture",
            name="待配图",
            role=FontRole.HEI,
            size=14,
            align="center",
            before=row,
            after=row,
            keep_next=True,
            boxed=True,
            colour="808080",
        ),
        StyleSpec(id="Signature", name="署名", role=FontRole.KAI, size=body.size, leading=body.leading, align="right"),
        StyleSpec(id="PageEnd", name="版末", role=FontRole.SONG, size=1, leading=1),
        StyleSpec(id="Dateline", name="消息头", role=FontRole.HEI_BOLD, size=body.size, character=True),
        StyleSpec(id="Reporter", name="记者名", role=FontRole.KAI, size=body.size, character=True),
    )


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
                element("family", val="auto"),
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
        element("basedOn", val="DefaultParagraphFont" if spec.character else "Normal"),
        element("next", val="BodyText") if spec.outline is not None else None,
        element("uiPriority", val=1),
        element("qFormat"),
        type="character" if spec.character else "paragraph",
        customStyle=1,
        styleId=spec.id,
    )
    if not spec.character:
        made.append(element("pPr", *_paragraph(spec)))
    made.append(element("rPr", *_characters(spec)))
    return made


def _paragraph(spec: StyleSpec) -> Iterable[Any]:
    """Children of w:pPr in the order of the schema (§17.3.1.26)."""
    if spec.keep_next:
        yield element("keepNext")
        yield element("keepLines")
    if spec.boxed:
        sides = ("top", "left", "bottom", "right")
        yield element("pBdr", *(element(side, val="single", sz=4, space=12, color="808080") for side in sides))
        yield element("shd", val="clear", color="auto", fill="EBEBEB")
    if spec.id == "Folio":
        yield element("pBdr", element("bottom", val="single", sz=6, space=2, color="000000"))
    yield from _straight(spec)
    if spec.outline is not None:
        yield element("outlineLvl", val=spec.outline)


def _straight(spec: StyleSpec) -> Iterable[Any]:
    """Air, indent and alignment. Punctuation stays inside the measure (overflowPunct 0), as papers set it."""
    yield element("overflowPunct", val=0)
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
