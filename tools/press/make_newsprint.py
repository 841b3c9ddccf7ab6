"""Makes resources/press/newsprint.icc: `python tools/press/make_newsprint.py`, some seconds, NumPy only.

An output profile after ICC.1:2001-04 (version 2.4, which every prepress program reads) of a model of coldset newsprint.
The figures and where they are from stand in `model`, the black in `separate`. It is no measurement of any press: the
print house's own profile is better as soon as there is one. The same NumPy gives the same bytes.

Tables: AToB one for all intents, four inks to CIELAB, 7 points a side. BToA1 relative colorimetric, 17 points; BToA0
and BToA2 perceptual, 17 points, where the whole range from white to black is fitted between paper and ink and strong
colours are drawn in little by little; gamut 9 points.
"""

import struct
import sys
from pathlib import Path

import numpy as np
from model import D50, PAPER, Floats, areas, colour, relative, to_lab, to_xyz
from separate import seen_colour, separate, tone

OUT = Path(__file__).parents[2] / "resources/press/newsprint.icc"
NAME = "Qingyang newsprint model (coldset, aims of ISO 12647-3)"
NAME_ZH = "清样 通用新闻纸（模型，非实测）"
RIGHTS = "Made by the Qingyang project from published aim values; a model, not a measurement. Free to use and embed."
MADE = (2026, 11, 23, 0, 0, 0)
INK_GRID, LAB_GRID = 7, 17
WIDEST = 104.0  # of a* and b* in the tables: beyond what newsprint prints
KNEE = 78.0  # chroma to which ever stronger colours tend in the perceptual table
_HALF = (LAB_GRID - 1) // 2


def _words16(values: Floats) -> bytes:
    return np.round(np.clip(values, 0, 1) * 65535).astype(">u2").tobytes()


def _s15(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _encoded(lab: Floats) -> Floats:
    """CIELAB as lut16Type of version 2 holds it: L* 100 is FF00h, a* 0 is 8000h (ICC.1:2001-04, annex A)."""
    held: Floats = (lab + np.array([0.0, 128.0, 128.0])) * np.array([652.8, 256.0, 256.0]) / 65535
    return held


def _lut16(inputs: list[Floats], points: int, table: Floats, outputs: list[Floats]) -> bytes:
    """lut16Type, ICC.1:2001-04, 6.5.8; the first channel of the table varies least."""
    head = struct.pack(">4s4xBBBx", b"mft2", len(inputs), len(outputs), points) + _s15(1, 0, 0, 0, 1, 0, 0, 0, 1)
    sizes = struct.pack(">HH", len(inputs[0]), len(outputs[0]))
    return head + sizes + b"".join(map(_words16, inputs)) + _words16(table) + b"".join(map(_words16, outputs))


def _to_lab_table() -> bytes:
    """Inks to colours: the curves carry the tone value increase, so that few points hold the rest."""
    ramp = np.linspace(0, 1, 256)
    curves = areas(np.repeat(ramp[:, None], 4, axis=1))
    side = np.linspace(0, 1, INK_GRID)
    grid = np.stack(np.meshgrid(*[side] * 4, indexing="ij"), axis=-1)
    straight = np.array([0.0, 1.0])
    return _lut16([curves[:, at] for at in range(4)], INK_GRID, _encoded(relative(colour(grid))), [straight] * 3)


def _wide(places: Floats) -> Floats:
    """a* or b* at places from -1 to 1 in the table: denser where it is grey."""
    return WIDEST * (0.5 * places + 0.5 * places**3)


def _lab_grid(lightness: Floats) -> Floats:
    side = _wide(np.arange(-_HALF, _HALF + 1) / _HALF)
    return np.stack(np.meshgrid(lightness, side, side, indexing="ij"), axis=-1).reshape(-1, 3)


def _lab_curves(lightness: Floats) -> list[Floats]:
    """From the encoding of CIELAB to places in the table."""
    held = np.arange(256) * 257 / 65535
    bright = np.interp(held * 65535 / 652.8, lightness, np.linspace(0, 1, LAB_GRID))
    fine = np.linspace(-1, 1, 4001)
    across = np.interp(held * 65535 / 256 - 128, _wide(fine), (fine + 1) / 2)
    return [bright, across, across]


def _to_inks_table(lightness: Floats, inks: Floats) -> bytes:
    """Colours to inks. The table holds coverages, the curves make tone values of them; these curves bend upwards, so no
    interpolated mixture holds more ink than the points around it."""
    curve = tone(np.linspace(0, 1, 1024))
    return _lut16(_lab_curves(lightness), LAB_GRID, inks, [curve] * 4)


def _fitted(lab: Floats, darkest: float) -> Floats:
    """Any colour of a screen or a photograph as newsprint can show it: light falls from paper to ink instead of to
    nothing, strong colours are drawn in, weak ones (faces) stay."""
    floor = float(to_xyz(np.array([darkest, 0.0, 0.0]))[1])
    lab = to_lab(to_xyz(lab) * (1 - floor) + D50 * floor)
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    drawn = 1 / (1 + (chroma / KNEE) ** 3) ** (1 / 3)
    return lab * np.stack([np.ones_like(drawn), drawn, drawn], axis=1)


def _text(words: str) -> bytes:
    return b"text" + bytes(4) + words.encode("ascii") + b"\0"


def _description(words: str, chinese: str) -> bytes:
    """textDescriptionType, ICC.1:2001-04, 6.5.17: ASCII, UCS-2 and an empty Macintosh part."""
    plain, wide = words.encode("ascii") + b"\0", (chinese + "\0").encode("utf-16-be")
    return (
        b"desc" + bytes(4) + struct.pack(">I", len(plain)) + plain
        + struct.pack(">4sI", b"zhCN", len(wide) // 2) + wide + bytes(3 + 67)
    )  # fmt: skip


def _profile(tags: list[tuple[bytes, bytes]]) -> bytes:
    """Header and tag table of ICC.1:2001-04, 6.1 and 6.2; tags of one content share it."""
    start = 128 + 4 + 12 * len(tags)
    body, places, table = b"", {}, struct.pack(">I", len(tags))
    for key, held in tags:
        if held not in places:
            places[held] = start + len(body)
            body += held + bytes(-len(held) % 4)
        table += struct.pack(">4sII", key, places[held], len(held))
    head = struct.pack(">I4xI4s4s4s6H", start + len(body), 0x02400000, b"prtr", b"CMYK", b"Lab ", *MADE)
    head += b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4) + _s15(*D50)
    return head.ljust(128, b"\0") + table + body


def make() -> bytes:
    bright = np.interp(np.arange(LAB_GRID), (0, 2, LAB_GRID - 1), (0.0, 36.0, 100.0))
    exact, off = separate(_lab_grid(bright))
    darkest = float(seen_colour(separate(np.zeros((1, 3)))[0])[0, 0])
    even = np.linspace(0, 100, LAB_GRID)
    fitted, _ = separate(_fitted(_lab_grid(even), darkest))
    outside = np.clip((off.reshape([LAB_GRID] * 3)[::2, ::2, ::2] - 2.5) / 50, 0, 1)
    straight = np.array([0.0, 1.0])
    to_lab, perceptual = _to_lab_table(), _to_inks_table(even, fitted)
    return _profile(
        [
            (b"desc", _description(NAME, NAME_ZH)),
            (b"cprt", _text(RIGHTS)),
            (b"wtpt", b"XYZ " + bytes(4) + _s15(*PAPER)),
            (b"A2B0", to_lab),
            (b"A2B1", to_lab),
            (b"A2B2", to_lab),
            (b"B2A0", perceptual),
            (b"B2A1", _to_inks_table(bright, exact)),
            (b"B2A2", perceptual),
            (b"gamt", _lut16(_lab_curves(bright), (LAB_GRID + 1) // 2, outside, [straight])),
        ]
    )


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(make())
    print(out, out.stat().st_size)
