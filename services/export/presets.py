"""What a PDF is for: press, proof or archive. A preset is data; the drawing code asks it and never its name."""

from dataclasses import dataclass

from services.config.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """`intent` is the name of a registered printing condition; no profile is embedded, so it identifies, no more.

    `bleed`: the sheet carries the page's bleed, with TrimBox and BleedBox. `cmyk`: inks are written as process colour,
    else as RGB and grey. `overprint`: black text and rules print over what lies under them (OP, op, OPM 1).
    `ppi`: pictures finer than this at their printed size are made coarser.
    """

    name: str
    bleed: bool
    cmyk: bool
    overprint: bool
    ppi: int
    quality: int  # of JPEG, 1 … 95
    intent: str = ""
    part: str = ""  # the standard the file names itself by: "PDF/X-4", "PDF/A-2u"

    @property
    def for_press(self) -> bool:
        """Whether plates are made from it: pictures in process colour too, and the file is read again and checked."""
        return bool(self.intent)


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            name="press", bleed=True, cmyk=True, overprint=True, ppi=300, quality=92, intent="IFRA26", part="PDF/X-4"
        ),
        Preset(name="proof", bleed=False, cmyk=True, overprint=False, ppi=150, quality=80),
        Preset(name="archive", bleed=False, cmyk=False, overprint=False, ppi=300, quality=90, part="PDF/A-2u"),
    )
}


def preset_named(name: str) -> Preset:
    """The preset; raises UserError for a name that there is not."""
    if name not in PRESETS:
        raise UserError("export.unknown_preset", preset=name, known=", ".join(PRESETS))
    return PRESETS[name]
