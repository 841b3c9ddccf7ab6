"""Faces in a PDF: any OpenType face (glyf or CFF, file or collection) as one Type0 font with two-byte codes.

In: which glyphs of which face a document uses, and the text that each stands for. Out: an `EmbeddedFace` a face, with
the code and the width of every glyph, and the objects in the reportlab document.

HarfBuzz cuts the face down and numbers the kept glyphs 1, 2, 3 … That number is the PDF code: in a glyf face by
CIDToGIDMap Identity, in a name-keyed CFF by ISO 32000-1 §9.7.4.2, in a CID-keyed CFF because HarfBuzz is told to write
an identity charset. So nothing is parsed here, and the tables stay as small as the text.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from models.values.laid_page import GlyphRun
from services.config.errors import UserError
from services.fonts.catalogue import Face

Uses = dict[str, Counter[tuple[int, str]]]  # face id -> how often a glyph stands for a text

_NEEDLESS_TABLES = (
    *("BASE", "GDEF", "GPOS", "GSUB", "JSTF", "kern", "mort", "morx"),
    *("DSIG", "VORG", "meta", "name", "vhea", "vmtx", "hdmx", "LTSH", "VDMX", "gasp", "PCLT"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFace:
    """`codes` in four hexadecimal digits; `widths` in 1/1000 em as declared in the file; `texts` as extracted."""

    resource: str
    codes: Mapping[int, str]
    widths: Mapping[int, float]
    texts: Mapping[int, str]
    shared: frozenset[int]  # glyphs that stand for several texts in this document


def count_uses(runs: Iterable[GlyphRun], uses: Uses) -> None:
    """Adds what the runs use."""
    for run in runs:
        counted = uses.get(run.face)
        if counted is None:
            counted = uses[run.face] = Counter()
        counted.update(zip(run.glyphs, run.clusters, strict=True))


def texts_of_glyphs(counted: Mapping[tuple[int, str], int]) -> dict[int, str]:
    """The text of each glyph: the one it most often stands for; of equals the first in code order. "" for none."""
    best: dict[int, tuple[int, str]] = {}
    for (glyph, text), count in counted.items():
        rank = (-count, text) if text else (1, "")
        if glyph not in best or rank < best[glyph]:
            best[glyph] = rank
    return {glyph: text for glyph, (_, text) in best.items()}


def _shared(counted: Mapping[tuple[int, str], int]) -> frozenset[int]:
    times = Counter(glyph for glyph, _ in counted)
    return frozenset(glyph for glyph, count in times.items() if count > 1 or glyph == 0)


def embed(document: Any, resource: str, face: Face, counted: Mapping[tuple[int, str], int]) -> EmbeddedFace:
    """Adds the face, cut down to the glyphs counted, to a reportlab document under a resource name.

    Raises UserError when the font file is gone or holds no outlines that a PDF can carry.
    """
    texts = texts_of_glyphs(counted)
    codes, cut = _cut_down(face, texts)
    outlines = "CFF " if "CFF " in cut.table_tags else "glyf"
    if outlines not in cut.table_tags:
        raise UserError("export.face_unusable", face=face.postscript_name, file=face.path.name)
    font = hb.Font(cut)
    scale = 1000 / cut.upem
    widths = {glyph: round(font.get_glyph_h_advance(code) * scale, 2) for glyph, code in codes.items()}
    name = f"{_tag(face, codes)}+{_plain_name(face)}"
    descendant = _descendant(document, cut, font, name, outlines, {codes[g]: w for g, w in widths.items()})
    composite = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(name),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(_stream(_to_unicode({codes[g]: t for g, t in texts.items() if t}))),
        }
    )
    document.idToObject["BasicFonts"].dict[resource] = document.Reference(composite)
    return EmbeddedFace(
        resource=resource,
        codes={glyph: f"{code:04X}" for glyph, code in codes.items()},
        widths=widths,
        texts={**texts, 0: ""},  # the empty box has no text of its own
        shared=_shared(counted),
    )


@cache
def _open_file(path: str, index: int, stamp: int) -> hb.Face:
    """The mapped file; `stamp` is its time of change, so that a replaced font is read again."""
    return hb.Face(hb.Blob.from_file_path(path), index)


def _cut_down(face: Face, glyphs: Collection[int]) -> tuple[dict[int, int], hb.Face]:
    """The face with only these glyphs (and their components), and the new number of each."""
    try:
        whole = _open_file(str(face.path), face.index, face.path.stat().st_mtime_ns)
    except (OSError, hb.HarfBuzzError) as reason:
        raise UserError("export.face_gone", face=face.postscript_name, file=face.path.name) from reason
    if max(glyphs, default=0) >= whole.glyph_count:
        raise UserError("export.face_changed", face=face.postscript_name, file=face.path.name)
    plan = hb.SubsetInput()
    plan.sets(hb.SubsetInputSets.GLYPH_INDEX).update({0, *glyphs})
    plan.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(tag.encode(), "big") for tag in _NEEDLESS_TABLES)
    plan.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
        | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    )
    cut = hb.SubsetPlan(whole, plan)
    new = cut.old_to_new_glyph_mapping
    return {glyph: new[glyph] for glyph in sorted({0, *glyphs})}, cut.execute()


def _tag(face: Face, codes: Mapping[int, int]) -> str:
    """Six capital letters that tell one subset of a face from another (ISO 32000-1 §9.6.4), the same on every run."""
    digest = hashlib.sha256(repr((face.postscript_name, sorted(codes))).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _plain_name(face: Face) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "", face.postscript_name) or "Face"


def _stream(content: bytes, **keys: object) -> Any:
    """Uncompressed here: the whole file is compressed once, when it is saved."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(keys), content)
    stream.filters = []
    return stream


def _descendant(document: Any, cut: hb.Face, font: hb.Font, name: str, outlines: str, widths: dict[int, float]) -> Any:
    program = cut.reference_table("CFF ").data if outlines == "CFF " else cut.blob.data
    keys: dict[str, object] = (
        {"Subtype": pdfdoc.PDFName("CIDFontType0C")} if outlines == "CFF " else {"Length1": len(program)}
    )
    descriptor = pdfdoc.PDFDictionary(
        {
            **_measures(cut, font),
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(name),
            "FontFile3" if outlines == "CFF " else "FontFile2": document.Reference(_stream(bytes(program), **keys)),
        }
    )
    system = {
        "Registry": pdfdoc.PDFString("Adobe"),
        "Ordering": pdfdoc.PDFString("Identity"),
        "Supplement": 0,
    }
    entries: dict[str, object] = {
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("CIDFontType0" if outlines == "CFF " else "CIDFontType2"),
        "BaseFont": pdfdoc.PDFName(name),
        "CIDSystemInfo": pdfdoc.PDFDictionary(system),
        "FontDescriptor": document.Reference(descriptor),
        "DW": 1000,
        "W": _width_array(widths),  # a str goes into the file as it is; reportlab's arrays are slow
    }
    if outlines == "glyf":
        entries["CIDToGIDMap"] = pdfdoc.PDFName("Identity")
    return pdfdoc.PDFDictionary(entries)


def _width_array(widths: Mapping[int, float]) -> str:
    """The W array (ISO 32000-1 §9.7.4.3) of the codes that are not one em wide, neighbours together."""
    pieces: list[str] = []
    last = -2
    for code, width in sorted(widths.items()):
        if width == 1000:
            continue
        if code != last + 1:
            pieces.append(f"{'] ' if pieces else ''}{code} [")
        pieces.append(f"{width:g} ")
        last = code
    return f"[{''.join(pieces)}{']' if pieces else ''}]"


def _measures(cut: hb.Face, font: hb.Font) -> dict[str, object]:
    """What a FontDescriptor says of the face, in 1/1000 em, from its head, OS/2 and post tables."""
    scale = 1000 / cut.upem
    head = cut.reference_table("head").data
    box = [round(int.from_bytes(head[at : at + 2], "big", signed=True) * scale) for at in range(36, 44, 2)]
    os2 = cut.reference_table("OS/2").data
    weight = int.from_bytes(os2[4:6], "big") if len(os2) >= 6 else 400
    tall = int.from_bytes(os2[88:90], "big", signed=True) if len(os2) >= 90 else 0
    extents = font.get_font_extents("ltr")
    return {
        "Flags": 4,
        "FontBBox": pdfdoc.PDFArray(box),
        "ItalicAngle": 0,
        "Ascent": round(extents.ascender * scale),
        "Descent": round(extents.descender * scale),
        "CapHeight": round(tall * scale) or 730,
        "StemV": 50 + (weight // 65) ** 2,  # the customary estimate from the weight class; no table holds it
    }


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap that gives a code its text in UTF-16 (ISO 32000-1 §9.10.3), at most 100 entries a block."""
    rows = [f"<{code:04X}> <{utf16(text)}>" for code, text in sorted(texts.items()) if code]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for at in range(0, len(rows), 100):
        block = rows[at : at + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def utf16(text: str) -> str:
    """UTF-16 in hexadecimal; a lone surrogate, which no reader could use, becomes U+FFFD."""
    return text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace").encode("utf-16-be").hex().upper()
