"""A model of coldset newsprint: four tone values in, the colour of the printed patch out. Not a measurement.

Colours are CIELAB under D50, 2° observer, as ISO 13655 measures prints (black backing). What is a figure of a standard
and what is an assumption of ours is said beside each. XYZ and tone values are between 0 and 1, tone values in the order
C, M, Y, K; "areas" are effective areas of the Yule-Nielsen model, which contain the tone value increase.
"""

import itertools

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

D50 = np.array([0.9642, 1.0, 0.8249])  # the white of the profile connection space: ICC.1:2001-04, A.1

# ISO 12647-3: print substrate, CIELAB coordinates of the solids (normative) and of two inks on one another (informative
# in 2005, normative in 2013). Set down as they are quoted in the trade and not compared with the text of the standard,
# which is sold: whoever holds it should compare them before he relies on more than an approximate colour.
AIMS: dict[str, tuple[float, float, float]] = {
    "": (82.0, 0.0, 3.0),
    "C": (57.0, -23.0, -27.0),
    "M": (54.0, 44.0, -2.0),
    "Y": (78.0, -3.0, 58.0),
    "K": (36.0, 1.0, 4.0),
    "MY": (52.0, 41.0, 25.0),
    "CY": (53.0, -34.0, 17.0),
    "CM": (41.0, 7.0, -22.0),
}
GAIN_AT_HALF = 0.26  # ISO 12647-3, tone value increase at the control patch of 50 %, the same for all four inks
MOST_INK = 2.4  # ISO 12647-3, tone value sum of newsprint

# Ours. Three inks on one another: a brown-grey a little lighter than the black. Black over a colour lies between a
# product of both and the light that the top layer scatters.
CMY = (39.5, 1.0, 2.0)
SCATTERED = 0.122  # of the light, whatever lies below: keeps four inks at L* 33, as newspapers print them
YULE_NIELSEN = 1.8  # light that wanders in the paper: between 1.6 and 2 for uncoated paper
BEND = np.log(1 - (0.5 + GAIN_AT_HALF)) / np.log(0.5)  # of the curve of tone values, see `printed`


def to_xyz(lab: Floats) -> Floats:
    """CIE 15:2004, 8.2.1."""
    fy = (lab[..., 0] + 16) / 116
    f = np.stack([fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200], axis=-1)
    xyz: Floats = np.where(f > 6 / 29, f**3, (f - 16 / 116) * 3 * (6 / 29) ** 2) * D50
    return xyz


def to_lab(xyz: Floats) -> Floats:
    ratio = np.maximum(xyz / D50, 0)
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


PAPER = to_xyz(np.array(AIMS[""]))


def _primaries() -> Floats:
    """XYZ of the sixteen solids; row 8c + 4m + 2y + k."""
    named = {name: to_xyz(np.array(lab)) for name, lab in AIMS.items()} | {"CMY": to_xyz(np.array(CMY))}
    floor = SCATTERED * PAPER
    rows = []
    for bits in itertools.product((0, 1), repeat=4):
        below = named["".join(ink for ink, on in zip("CMY", bits[:3], strict=True) if on)]
        over = floor + (below - floor) * (named["K"] - floor) / (PAPER - floor)
        rows.append(over if bits[3] else below)
    return np.array(rows)


PRIMARIES = _primaries()
_ROOTS = PRIMARIES ** (1 / YULE_NIELSEN)
_SOLIDS = (8, 4, 2, 1)
_SEEN = (0, 1, 2, 1)  # the part of XYZ in which an ink is measured: cyan takes red away, magenta green, yellow blue


def printed(tone: Floats) -> Floats:
    """What a densitometer makes of a tone value (Murray-Davies): the aim of the standard at 50 %; between, the curve
    1 - (1 - t)^g, which is ours."""
    seen: Floats = 1 - (1 - tone) ** BEND
    return seen


def areas(tones: Floats) -> Floats:
    """Effective areas that give each ink alone the tone value increase of the standard. Last axis C, M, Y, K."""
    made = []
    for at, (row, part) in enumerate(zip(_SOLIDS, _SEEN, strict=True)):
        paper, solid = PRIMARIES[0, part], PRIMARIES[row, part]
        seen = paper + (solid - paper) * printed(tones[..., at])
        root = paper ** (1 / YULE_NIELSEN)
        made.append((seen ** (1 / YULE_NIELSEN) - root) / (solid ** (1 / YULE_NIELSEN) - root))
    return np.stack(made, axis=-1)


def colour(effective: Floats) -> Floats:
    """XYZ of a patch by Neugebauer's equations with the factor of Yule and Nielsen; last axis areas of C, M, Y, K."""
    total = np.zeros((*effective.shape[:-1], 3))
    for row, bits in enumerate(itertools.product((0, 1), repeat=4)):
        weight = np.ones(effective.shape[:-1])
        for at, on in enumerate(bits):
            weight = weight * (effective[..., at] if on else 1 - effective[..., at])
        total += weight[..., None] * _ROOTS[row]
    return np.maximum(total, 0) ** YULE_NIELSEN


def relative(xyz: Floats) -> Floats:
    """CIELAB of the profile connection space, where the paper is white (ICC.1:2001-04, 6.3.2)."""
    return to_lab(xyz / PAPER * D50)
