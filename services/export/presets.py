"""What a PDF is for: press, proof, archive or web. A preset is data; the drawing code asks it and never its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.values.laid_page import Ink, LaidPage
from models.values.press import CUSTOM, NEWSPRINT
from services.config.errors import UserError
from services.export.profile import OutputProfile, newsprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """`bleed`: the sheet carries the page's bleed, with TrimBox and BleedBox. `cmyk`: inks are written as process
    colour, else as RGB and grey. `overprint`: black text and rules print over what lies under them (OP, op, OPM 1).
    `ppi`: pictures finer than this at their printed size are made coarser.
    """

    name: str
    cmyk: bool
    ppi: int
    quality: int  # of JPEG, 1 … 95
    bleed: bool = False
    overprint: bool = False
    for_press: bool = False  # plates are made from it: the file is read again and checked
    part: str = ""  # the standard the file names itself by, where the preset alone decides: "PDF/A-2u"
    sheet: bool = False  # margins for marks around the page, with the proof's number, time and hash
    links: bool = False  # jumps and addresses can be clicked


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(name="press", bleed=True, cmyk=True, overprint=True, ppi=300, quality=92, for_press=True),
        Preset(name="proof", cmyk=True, ppi=150, quality=80, sheet=True),
        Preset(name="archive", cmyk=False, ppi=300, quality=90, part="PDF/A-2u"),
        Preset(name="web", cmyk=False, ppi=110, quality=72, links=True),
    )
}


_RESERVED = frozenset({"all", "none", "cyan", "magenta", "yellow", "black"})  # ISO 32000-1, 8.6.6.4
_LONGEST = 120  # bytes of a plate's name; a PDF name has 127


def plate_name(words: str) -> str:
    """The words as a plate may be called. Raises UserError for a name that means a process ink, or none."""
    name = " ".join("".join(mark for mark in words if mark.isprintable() and mark not in "#/%()<>[]{}").split())
    if not name or name.casefold() in _RESERVED or len(name.encode("utf-8", "replace")) > _LONGEST:
        raise UserError("export.plate_reserved", plate=words[:40])
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotInk:
    """A plate of its own: what the pages hold in the colour `alternate` or a tint of it prints in this ink."""

    name: str
    alternate: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What the print house asked for. The file is PDF/X-4 (ISO 15930-7), which wants a profile of the printing
    condition inside: the print house's own, or for newsprint our model of it. Only who names a condition of other paper
    without a profile gets PDF/X-1a:2003 (ISO 15930-4), where the registered name is enough: the model would be untrue.
    """

    condition: str = CUSTOM
    profile: OutputProfile | None = None
    marks: bool = False
    least_ppi: int = 150
    spots: tuple[SpotInk, ...] = ()

    @property
    def part(self) -> str:
        return "PDF/X-4" if self.embedded else "PDF/X-1a:2003"

    @property
    def embedded(self) -> OutputProfile | None:
        """The profile inside the file, by which pictures are converted."""
        return self.profile or (newsprint() if self.condition in NEWSPRINT else None)

    @property
    def modelled(self) -> bool:
        """Whether our model stands in for the print house's profile."""
        return self.profile is None and self.embedded is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What marks and proof sheets say about the page. `numbers`: how many proofs of a page were made, by its number."""

    publication: str = ""
    date: str = ""
    numbers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Margins:
    """Points of sheet around the trimmed page."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


SLUG = 30.0  # points beyond the bleed, for marks
PROOF_MARGINS = Margins(62.0, 40.0, 62.0, 46.0)  # room for marks at both sides


def margins(page: LaidPage, preset: Preset, press: Press) -> Margins:
    """How far the sheet reaches beyond the page."""
    if preset.sheet:
        return PROOF_MARGINS
    around = (page.bleed if preset.bleed else 0.0) + (SLUG if preset.for_press and press.marks else 0.0)
    return Margins(around, around, around, around)


def preset_named(name: str) -> Preset:
    """The preset; raises UserError for a name that there is not."""
    if name not in PRESETS:
        raise UserError("export.unknown_preset", preset=name, known=", ".join(PRESETS))
    return PRESETS[name]
