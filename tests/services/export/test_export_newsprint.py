"""Our model of newsprint as LittleCMS reads it: white, greys, faces, ink; and that the script in tools makes it."""

import math
import runpy
from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from services.config.paths import RESOURCES
from services.export.pdf.images import MOST_INK, Colours
from services.export.profile import NEWSPRINT_FILE, newsprint, to_process

FILE = RESOURCES / "press" / NEWSPRINT_FILE
Colour = tuple[int, ...]
FACES: list[Colour] = [(224, 172, 150), (198, 134, 105), (241, 194, 125), (141, 85, 60), (255, 219, 190), (90, 56, 37)]


def strip(colours: Sequence[Colour], mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (len(colours), 1))
    image.putdata(colours)
    return image


def read(image: Image.Image) -> list[Colour]:
    wide = len(image.getbands())
    held = image.tobytes()
    return [tuple(held[at : at + wide]) for at in range(0, len(held), wide)]


def inks(colours: Sequence[Colour]) -> list[Colour]:
    return read(to_process(newsprint().raw).apply(strip(colours)))


def seen_again(mixed: Sequence[Colour]) -> list[Colour]:
    """From inks back to a screen, black point compensated as on the way there."""
    back = ImageCms.buildTransform(
        ImageCms.getOpenProfile(str(FILE)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return read(back.apply(strip(mixed, "CMYK")))


def lab(colour: Colour) -> tuple[float, float, float]:
    """CIELAB of sRGB, adapted to D50 (IEC 61966-2-1)."""
    light = [part / 255 for part in colour]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in light]
    rows = ((0.4361, 0.3851, 0.1431, 0.9643), (0.2225, 0.7169, 0.0606, 1.0), (0.0139, 0.0971, 0.7141, 0.8251))
    f = []
    for red, green, blue, white in rows:
        part = (red * light[0] + green * light[1] + blue * light[2]) / white
        f.append(part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 16 / 116)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def apart(one: Colour, other: Colour) -> float:
    return math.dist(lab(one), lab(other))


def test_it_says_that_it_is_a_model_and_is_small() -> None:
    raw = FILE.read_bytes()
    assert "model" in newsprint().title
    assert len(raw) <= 120_000
    assert raw[8:12] == bytes((2, 0x40, 0, 0))
    count = int.from_bytes(raw[128:132], "big")
    tags = {raw[132 + 12 * at : 136 + 12 * at] for at in range(count)}
    needed = b"desc cprt wtpt A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt"  # ICC.1:2001-04, 6.3.3.1: LUT-based output
    assert tags == set(needed.split())


def test_paper_takes_no_ink() -> None:
    assert inks([(255, 255, 255)]) == [(0, 0, 0, 0)]


def test_greys_are_mostly_black_ink_and_fall_evenly() -> None:
    mixed = inks([(grey, grey, grey) for grey in range(256)])
    black = [one[3] for one in mixed]
    assert black == sorted(black, reverse=True)
    for one in mixed[60:]:
        assert sum(one[:3]) <= one[3] * 0.5
        assert max(one[1:3]) <= 0.1 * 255
    lightness = [lab(colour)[0] for colour in seen_again(mixed)]
    assert all(after >= before - 0.3 for before, after in pairwise(lightness))


def test_greys_and_faces_come_back_as_they_were() -> None:
    asked: list[Colour] = [(grey, grey, grey) for grey in range(0, 256, 5)] + FACES
    for colour, again in zip(asked, seen_again(inks(asked)), strict=True):
        assert apart(colour, again) < 6, (colour, again)


def test_greys_stay_neutral() -> None:
    for again in seen_again(inks([(grey, grey, grey) for grey in range(0, 256, 3)])):
        _, a, b = lab(again)
        assert (a * a + b * b) ** 0.5 < 3, again


def test_no_colour_takes_more_ink_than_newsprint() -> None:
    cube = list(product(range(0, 256, 15), repeat=3))
    assert max(map(sum, inks(cube))) <= MOST_INK * 255
    assert max(max(one[:3]) for one in inks(cube)) > 230  # strong colours are strong


def test_pictures_by_the_model_are_told_as_such() -> None:
    made, change = Colours(newsprint(), modelled=True).to_press(Image.new("RGB", (2, 2), (198, 134, 105)))
    assert (made.mode, change) == ("CMYK", "model")


def test_the_script_makes_this_very_file(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parents[3] / "tools" / "press"
    if not folder.is_dir():
        pytest.skip("installed without its tools")
    monkeypatch.syspath_prepend(str(folder))
    made = runpy.run_path(str(folder / "make_newsprint.py"))["make"]()
    held = FILE.read_bytes()
    # another NumPy may round the last bit of a table otherwise
    assert len(made) == len(held)
    near = [abs(int.from_bytes(made[at : at + 2], "big") - int.from_bytes(held[at : at + 2], "big"))
            for at in range(256, len(held) - 1, 2)]  # fmt: skip
    assert sum(step > 64 for step in near) < len(near) / 100
