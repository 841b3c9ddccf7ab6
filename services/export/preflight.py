"""Reading a press file again, as the printer's own check would, before anybody trusts it.

In: the bytes of a PDF and the pages it should hold. Out: findings in plain words; none when all is right:
1. every font is embedded, as a subset; 2. what is black is black in K alone, and neither ink nor picture is in
RGB; 3. TrimBox, BleedBox and MediaBox are those of the page; 4. no character is printed as the empty box of its face
(glyph 0); 5. no picture is so coarse that it blurs: 150 ppi are one and a half times the 100 lines an inch of newsprint
(ISO 12647-3:2013). Faces that forbid embedding never come this far: services/fonts passes them over.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from models.values.laid_page import LaidPage
from services.config.messages import text


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFinding:
    """`message` is a message key with `values`; `page` counts from 1 in the file, 0 for the whole of it."""

    message: str
    page: int = 0
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return text(self.message, page=self.page, **dict(self.values))


LEAST_PPI = 150
_PLACED = re.compile(rb"q ([\d.]+) 0 0 ([\d.]+) \S+ \S+ cm /(\S+) Do Q")
_SPOKEN = re.compile(rb"/ActualText <FEFF([0-9A-F]*)>>> BDC\n[^\n]*<0000")
_TOKENS = re.compile(rb"<([0-9A-Fa-f\s]*)>|((?:[-+.\d]+\s+){4})([kK])\b|\s(rg|RG|sc|scn|SC|SCN|cs|CS)\b")


def preflight(content: bytes, pages: Sequence[LaidPage]) -> tuple[PressFinding, ...]:
    """What is wrong with the file for the press."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found: list[PressFinding] = []
        if len(pdf.pages) != len(pages):
            found.append(PressFinding(message="export.flight.pages", values=(("count", str(len(pdf.pages))),)))
        found += _fonts(pdf)
        for at, (sheet, page) in enumerate(zip(pdf.pages, pages, strict=False), 1):
            found += _boxes(sheet.obj, page, at)
            found += _operators(sheet.obj.Contents.read_bytes(), at)
            found += _pictures(sheet.obj, sheet.obj.Contents.read_bytes(), at)
        return tuple(found)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[PressFinding]:
    """Every font of every page once, by its name."""
    seen: dict[str, bool] = {}
    for sheet in pdf.pages:
        for _, font in sheet.obj.Resources.get("/Font", pikepdf.Dictionary()).items():
            seen[str(font.get("/BaseFont", "/?"))[1:]] = _is_embedded(font)
    for name, embedded in seen.items():
        if not embedded:
            yield PressFinding(message="export.flight.font_outside", values=(("font", name),))
        elif not re.match(r"[A-Z]{6}\+", name):
            yield PressFinding(message="export.flight.font_whole", values=(("font", name),))


def _is_embedded(font: Any) -> bool:
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _boxes(sheet: Any, page: LaidPage, at: int) -> Iterator[PressFinding]:
    trim = [float(edge) for edge in sheet.get("/TrimBox", [0, 0, 0, 0])]
    bleed = [float(edge) for edge in sheet.get("/BleedBox", [0, 0, 0, 0])]
    media = [float(edge) for edge in sheet.MediaBox]
    if abs(trim[2] - trim[0] - page.width) > 0.01 or abs(trim[3] - trim[1] - page.height) > 0.01:
        yield PressFinding(message="export.flight.trim", page=at)
    inside = media[0] <= bleed[0] <= trim[0] and media[1] <= bleed[1] <= trim[1]
    inside = inside and trim[2] <= bleed[2] <= media[2] and trim[3] <= bleed[3] <= media[3]
    if not inside or abs(trim[0] - bleed[0] - page.bleed) > 0.01:
        yield PressFinding(message="export.flight.bleed", page=at)


def _pictures(sheet: Any, content: bytes, at: int) -> Iterator[PressFinding]:
    """Pictures in process colour or in grey, which a press prints in K alone, and fine enough for their size."""
    held = sheet.Resources.get("/XObject", pikepdf.Dictionary())
    if any(str(picture.get("/ColorSpace", "/?")) not in ("/DeviceCMYK", "/DeviceGray") for _, picture in held.items()):
        yield PressFinding(message="export.flight.not_process", page=at)
    for wide, high, name in _PLACED.findall(content):
        picture = held[f"/{name.decode('ascii')}"]
        fine = min(int(picture.Width) / float(wide), int(picture.Height) / float(high)) * 72
        if fine < LEAST_PPI - 1:
            values = (("ppi", str(round(fine))), ("least", str(LEAST_PPI)))
            yield PressFinding(message="export.flight.coarse_picture", page=at, values=values)


def _operators(content: bytes, at: int) -> Iterator[PressFinding]:
    """Colours and codes of one content stream. Strings are hexadecimal in files of this program."""
    empty = mixed = other = 0
    for token in _TOKENS.finditer(content):
        codes, inks, _, alien = token.groups()
        if codes is not None:
            if b"0000" not in codes:
                continue
            empty += sum(codes[i : i + 4] == b"0000" for i in range(0, len(codes), 4))
        elif inks is not None:
            cyan, magenta, yellow, black = (float(part) for part in inks.split())
            mixed += (cyan + magenta + yellow > 0 and black >= 1) or min(cyan, magenta, yellow) >= 0.9
        elif alien:
            other += 1
    if empty:
        spoken = " ".join(dict.fromkeys(_from_utf16(match) for match in _SPOKEN.findall(content)))
        yield PressFinding(
            message="export.flight.empty_glyph", page=at, values=(("count", str(empty)), ("characters", spoken))
        )
    if mixed:
        yield PressFinding(message="export.flight.rich_black", page=at)
    if other:
        yield PressFinding(message="export.flight.not_process", page=at)


def _from_utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
