"""How a Word paragraph looks: size, weight, alignment and outline level, resolved through its
style and the defaults."""

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])\Z", re.IGNORECASE)
_MADE = re.compile(r"(?:index|toc)[ _](?:heading|[1-9])\Z|(?:索引|目录)\s*[1-9]\Z", re.IGNORECASE)
_TITLES = {"title": 1, "标题": 1, "文章标题": 1, "主标题": 1, "subtitle": 2, "副标题": 2, "引题": 2}


@dataclass(frozen=True, slots=True)
class Style:
    """`level` 0: body text; `size` in points, 0: not said."""

    level: int = 0
    size: float = 0.0
    bold: bool = False
    centred: bool = False
    listed: bool = False  # its paragraphs are items of a list
    made: bool = False  # an index or a table of contents, which Word makes out of the text


@dataclass(frozen=True, slots=True)
class Styles:
    by_id: dict[str, Style]
    default: Style

    def of(self, style_id: str) -> Style:
        return self.by_id.get(style_id, self.default)


def flag(properties: Any, name: str) -> bool | None:
    """A toggle property: True, False, or None when it is not said."""
    found = properties.find(W + name) if properties is not None else None
    if found is None:
        return None
    return found.get(W + "val", "true") not in ("0", "false", "off", "none")


def size_of(properties: Any) -> float:
    """Points; Word counts half points. 0 when it is not said."""
    found = properties.find(W + "sz") if properties is not None else None
    value = found.get(W + "val", "") if found is not None else ""
    return int(value) / 2 if value.isdigit() and len(value) < 5 else 0.0


def centred(properties: Any) -> bool | None:
    found = properties.find(W + "jc") if properties is not None else None
    return None if found is None else found.get(W + "val") == "center"


def listed(properties: Any) -> bool:
    """Whether a paragraph has a number or a bullet of its own."""
    number = properties.find(f"{W}numPr/{W}numId") if properties is not None else None
    return number is not None and number.get(W + "val", "0") != "0"


def outline_level(properties: Any) -> int:
    """1 … 9; 0 for body text (Word's 9) or when it is not said."""
    found = properties.find(W + "outlineLvl") if properties is not None else None
    value = found.get(W + "val", "") if found is not None else ""
    return int(value) + 1 if value in tuple("012345678") else 0


def read_styles(root: Any | None) -> Styles:
    """The paragraph styles of styles.xml, inheritance followed."""
    if root is None:
        return Styles({}, Style(size=10.5))
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    base = Style(size=size_of(defaults) or 10.0)
    raw = {
        each.get(W + "styleId", ""): each for each in root.findall(W + "style") if each.get(W + "type") == "paragraph"
    }
    found: dict[str, Style] = {}
    for style_id in raw:
        _resolve(style_id, raw, base, found)
    normal = next((sid for sid, each in raw.items() if each.get(W + "default") in ("1", "true")), "")
    return Styles(found, found.get(normal, base))


def _resolve(style_id: str, raw: dict[str, Any], base: Style, found: dict[str, Style]) -> None:
    """Puts the style and those it is based on into `found`: each is looked at once."""
    chain: dict[str, Any] = {}
    while style_id in raw and style_id not in found and style_id not in chain:
        chain[style_id] = raw[style_id]
        parent = raw[style_id].find(W + "basedOn")
        style_id = parent.get(W + "val", "") if parent is not None else ""
    style = found.get(style_id, base)
    for each, element in reversed(chain.items()):
        runs, block = element.find(W + "rPr"), element.find(W + "pPr")
        name = element.find(W + "name")
        bold, middle = flag(runs, "b"), centred(block)
        style = Style(
            level=outline_level(block)
            or _level_by_name(name.get(W + "val", "") if name is not None else "")
            or style.level,
            size=size_of(runs) or style.size,
            bold=style.bold if bold is None else bold,
            centred=style.centred if middle is None else middle,
            listed=style.listed or listed(block),
            made=style.made or bool(name is not None and _MADE.match(name.get(W + "val", "").strip())),
        )
        found[each] = style


def _level_by_name(name: str) -> int:
    heading = _HEADING.match(name.strip())
    return int(heading[1]) if heading else _TITLES.get(name.strip().lower(), 0)
