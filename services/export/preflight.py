"""Reading a press file again, as the printer's own check would, before anybody trusts it.

In: the bytes of a PDF, the pages it should hold and what the print house asked for. Out: findings in plain words; none
when all is right:
1. the standard it names itself by, and what that standard asks: trapping said, no encryption; an output intent, with
   the profile inside for PDF/X-4 (ISO 15930-7), with a registered name for PDF/X-1a (ISO 15930-4); no transparency,
   scripts or annotations;
2. every font is embedded, as a subset;
3. inks: no RGB in text, lines or pictures, no plate that nobody ordered; black is black in K alone and text in it
   prints over what lies under it; solid areas hold no more ink than newsprint takes;
4. TrimBox, BleedBox and MediaBox are those of the page;
5. no character is printed as the empty box of its face (glyph 0);
6. no picture is coarser than the print house takes: 150 ppi are one and a half times the 100 lines an inch of newsprint
   (ISO 12647-3:2013).
Faces that forbid embedding never come this far: services/fonts passes them over.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from models.values.laid_page import LaidPage
from services.export.findings import PressFinding
from services.export.presets import Press
from services.export.profile import check_profile

__all__ = ["PressFinding", "preflight"]

MOST_SOLID = 2.6  # of the four inks in type, lines and tints; ISO 12647-3 gives 2.4 for pictures, marks are over it
_PLACED = re.compile(rb"q ([\d.]+) 0 0 ([\d.]+) \S+ \S+ cm /(\S+) Do Q")
_SPOKEN = re.compile(rb"/ActualText <FEFF([0-9A-F]*)>>> BDC\n[^\n]*<0000")
_TOKENS = re.compile(
    rb"<([0-9A-Fa-f\s]*)>|((?:[-+.\d]+\s+){4})([kK])\b|/(\S+)\s+(gs|cs|CS)\b|\]\s*(TJ)\b|\s(rg|RG|sc|SC|g|G)\b"
)


def preflight(
    content: bytes,
    pages: Sequence[LaidPage],
    press: Press | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[PressFinding, ...]:
    """What is wrong with the file for the press. `names`: pictures as people call them, by resource."""
    asked = press or Press()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found: list[PressFinding] = list(_standard(pdf, asked))
        if len(pdf.pages) != len(pages):
            found.append(PressFinding(message="export.flight.pages", values=(("count", str(len(pdf.pages))),)))
        found += _fonts(pdf)
        for at, (sheet, page) in enumerate(zip(pdf.pages, pages, strict=False), 1):
            written = sheet.obj.Contents.read_bytes()
            found += _boxes(sheet.obj, page, at)
            found += _alive(sheet.obj, at)
            found += _operators(written, sheet.obj, at, asked)
            found += _pictures(sheet.obj, written, at, asked, names or {})
        return tuple(dict.fromkeys(found))


def _standard(pdf: pikepdf.Pdf, press: Press) -> Iterator[PressFinding]:
    said = str(pdf.docinfo.get("/GTS_PDFXVersion", ""))
    if said != press.part or str(pdf.docinfo.get("/Trapped", "")) not in ("/False", "/True") or pdf.is_encrypted:
        yield PressFinding(message="export.flight.standard", values=(("asked", press.part), ("said", said or "—")))
    if said == "PDF/X-1a:2003" and pdf.pdf_version > "1.4":
        yield PressFinding(message="export.flight.standard", values=(("asked", press.part), ("said", pdf.pdf_version)))
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if str(one.get("/S", "")) == "/GTS_PDFX"]
    if len(intents) != 1 or not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield PressFinding(message="export.flight.no_intent")
        return
    held = intents[0].get("/DestOutputProfile")
    if said == "PDF/X-4" and held is None:
        yield PressFinding(message="export.flight.no_profile")
    elif held is not None:
        raw = held.read_bytes()
        if int(held.get("/N", 0)) != 4 or raw[12:20] != b"prtrCMYK":
            yield PressFinding(message="export.flight.no_profile")
        elif press.embedded is None or raw != press.embedded.raw:
            name = check_profile(raw, "DestOutputProfile").title
            yield PressFinding(message="export.flight.other_profile", values=(("profile", name),))


def _alive(sheet: Any, at: int) -> Iterator[PressFinding]:
    """Annotations, and transparency that an older press cannot flatten."""
    if "/Annots" in sheet or "/AA" in sheet:
        yield PressFinding(message="export.flight.annotation", page=at)
    clear = "/Group" in sheet
    for _, state in sheet.Resources.get("/ExtGState", pikepdf.Dictionary()).items():
        blend = str(state.get("/BM", "/Normal")) not in ("/Normal", "/Compatible")
        clear |= blend or str(state.get("/SMask", "/None")) != "/None"
        clear |= float(state.get("/ca", 1)) < 1 or float(state.get("/CA", 1)) < 1
    clear |= any("/SMask" in held for _, held in sheet.Resources.get("/XObject", pikepdf.Dictionary()).items())
    if clear:
        yield PressFinding(message="export.flight.transparent", page=at)


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


def _pictures(sheet: Any, content: bytes, at: int, press: Press, names: Mapping[str, str]) -> Iterator[PressFinding]:
    """Pictures in process colour or in grey, which a press prints in K alone, and fine enough for their size."""
    held = sheet.Resources.get("/XObject", pikepdf.Dictionary())
    for key, picture in held.items():
        if str(picture.get("/ColorSpace", "/?")) not in ("/DeviceCMYK", "/DeviceGray"):
            name = names.get(key[1:], key[1:])
            yield PressFinding(message="export.flight.picture_space", page=at, values=(("picture", name),))
    for wide, high, key in _PLACED.findall(content):
        name = key.decode("ascii")
        picture = held[f"/{name}"]
        fine = min(int(picture.Width) / float(wide), int(picture.Height) / float(high)) * 72
        if fine < press.least_ppi - 1:
            values = (("picture", names.get(name, name)), ("ppi", str(round(fine))), ("least", str(press.least_ppi)))
            yield PressFinding(message="export.flight.coarse_picture", page=at, values=values)


@dataclass(slots=True)
class _Inks:
    """What one content stream does with colour, operator by operator."""

    over: Mapping[bytes, bool]
    spaces: Mapping[bytes, str]
    allowed: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)
    strange: dict[str, None] = field(default_factory=dict)
    black: bool = True  # the colour of areas at a page's beginning
    prints_over: bool = False

    def process(self, inks: bytes, stroke: bool) -> None:
        cyan, magenta, yellow, black = (float(part) for part in inks.split())
        if not stroke:
            self.black = black >= 1 and not (cyan or magenta or yellow)
        mixed = (cyan + magenta + yellow > 0 and black >= 1) or min(cyan, magenta, yellow) >= 0.9
        self.counts["rich_black"] += mixed
        self.counts["much_ink"] += not mixed and cyan + magenta + yellow + black > MOST_SOLID

    def named(self, name: bytes, operator: bytes) -> None:
        if operator == b"gs":
            self.prints_over = self.over.get(name, False)
            return
        if operator == b"cs":
            self.black = False
        plate = self.spaces.get(name, "")
        if not plate:
            self.counts["not_process"] += 1
        elif plate not in self.allowed:
            self.strange[plate] = None


def _operators(content: bytes, sheet: Any, at: int, press: Press) -> Iterator[PressFinding]:
    """Colours and codes of one content stream. Strings are hexadecimal in files of this program."""
    inks = _Inks(_overprinting(sheet), _separations(sheet), frozenset({"All", *(spot.name for spot in press.spots)}))
    empty = 0
    for token in _TOKENS.finditer(content):
        codes, parts, letter, name, operator, shown, other = token.groups()
        if codes is not None:
            if b"0000" in codes:
                empty += sum(codes[i : i + 4] == b"0000" for i in range(0, len(codes), 4))
        elif parts is not None:
            inks.process(parts, letter == b"K")
        elif name is not None:
            inks.named(name, operator)
        elif shown:
            inks.counts["knocks_out"] += inks.black and not inks.prints_over
        elif other in (b"g", b"G"):
            inks.black = inks.black and other == b"G"  # grey is K alone, but its overprint is not that of CMYK
        elif other:
            inks.counts["not_process"] += 1
    if empty:
        spoken = " ".join(dict.fromkeys(_from_utf16(match) for match in _SPOKEN.findall(content)))
        yield PressFinding(
            message="export.flight.empty_glyph", page=at, values=(("count", str(empty)), ("characters", spoken))
        )
    for key in ("rich_black", "not_process", "much_ink", "knocks_out"):
        if inks.counts[key]:
            yield PressFinding(message=f"export.flight.{key}", page=at)
    for plate in inks.strange:
        yield PressFinding(message="export.flight.plate", page=at, values=(("plate", plate),))


def _overprinting(sheet: Any) -> dict[bytes, bool]:
    """Which graphics states let black print over: both OP and op, and OPM 1, without which zero inks knock out."""
    states = sheet.Resources.get("/ExtGState", pikepdf.Dictionary())
    return {
        key[1:].encode(): bool(state.get("/op", False)) and int(state.get("/OPM", 0)) == 1
        for key, state in states.items()
    }


def _separations(sheet: Any) -> dict[bytes, str]:
    """Names of the plates by their resource; "" for a colour space that is no plate with a look in CMYK."""
    found: dict[bytes, str] = {}
    for key, space in sheet.Resources.get("/ColorSpace", pikepdf.Dictionary()).items():
        plate = isinstance(space, pikepdf.Array) and str(space[0]) == "/Separation" and str(space[2]) == "/DeviceCMYK"
        found[key[1:].encode()] = str(space[1])[1:] if plate else ""
    return found


def _from_utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
