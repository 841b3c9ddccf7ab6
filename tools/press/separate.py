"""Which inks print a colour: the model of newsprint turned round, by damped least squares over many colours at once.

There are four inks for three coordinates. What is left over goes to black (grey component replacement): of all mixtures
that look the same the one with the least of C, M and Y squared and a little of K is taken, so that greys are mostly K,
stay neutral on a press out of register and take little ink. A colour that the press cannot print becomes the nearest
one, where hue counts more than lightness and lightness more than chroma.
"""

import numpy as np
from model import BEND, MOST_INK, PRIMARIES, YULE_NIELSEN, Floats, colour, relative

WEIGHTS = (1.0, 0.7, 1.4)  # lightness, chroma, hue of what cannot be printed
COLOURED, BLACK = 1.2, 0.35  # price of C, M and Y, and of K: which of two equal mixtures is taken
TOO_MUCH = 60.0  # price of ink over the limit
MARGIN = 0.03  # of ink under the limit: tables and eight bits round
STEPS = 60


def tone(seen: Floats) -> Floats:
    """Tone values by the coverage that a densitometer sees (`model.printed` turned round)."""
    tones: Floats = 1 - (1 - seen) ** (1 / BEND)
    return tones


def _areas(seen: Floats) -> Floats:
    """As `model.areas`, from coverage instead of tone values, which are steep beside the solid."""
    made = []
    for at, (row, part) in enumerate(((8, 0), (4, 1), (2, 2), (1, 1))):
        paper, solid = PRIMARIES[0, part], PRIMARIES[row, part]
        root = paper ** (1 / YULE_NIELSEN)
        now = (paper + (solid - paper) * seen[..., at]) ** (1 / YULE_NIELSEN)
        made.append((now - root) / (solid ** (1 / YULE_NIELSEN) - root))
    return np.stack(made, axis=-1)


def seen_colour(seen: Floats) -> Floats:
    """Relative CIELAB of a patch by the coverages of its inks."""
    return relative(colour(_areas(seen)))


def _price(seen: Floats, wanted: Floats, turn: Floats) -> Floats:
    """What is wrong with a mixture, as residuals: the colour in lightness, chroma and hue, the inks, their sum."""
    off = seen_colour(seen) - wanted
    along = off[:, 1] * turn[:, 0] + off[:, 2] * turn[:, 1]
    across = off[:, 2] * turn[:, 0] - off[:, 1] * turn[:, 1]
    over = np.maximum(0, tone(seen).sum(axis=1) - (MOST_INK - MARGIN))
    parts = (off[:, 0] * WEIGHTS[0], along * WEIGHTS[1], across * WEIGHTS[2], over * TOO_MUCH)
    return np.concatenate([np.stack(parts, axis=1), seen * (COLOURED, COLOURED, COLOURED, BLACK)], axis=1)


def separate(wanted: Floats) -> tuple[Floats, Floats]:
    """Coverages of C, M, Y, K for colours in relative CIELAB, and how far each lies from what was wanted (ΔE 76)."""
    chroma = np.hypot(wanted[:, 1], wanted[:, 2])
    turn = np.where(chroma[:, None] > 1e-6, wanted[:, 1:] / np.maximum(chroma, 1e-6)[:, None], (1.0, 0.0))
    best, least = _descend(wanted, turn, 0.3)
    for start in (0.05, 0.7):
        again, price = _descend(wanted, turn, start)
        best = np.where((price < least)[:, None], again, best)
        least = np.minimum(price, least)
    over = tone(best).sum(axis=1, keepdims=True) / (MOST_INK - MARGIN)
    best = np.where(over > 1, 1 - (1 - tone(best) / np.maximum(over, 1)) ** BEND, best)
    return best, np.linalg.norm(seen_colour(best) - wanted, axis=1)


def _descend(wanted: Floats, turn: Floats, start: float) -> tuple[Floats, Floats]:
    seen = np.full((len(wanted), 4), start)
    damping = np.full(len(wanted), 1.0)
    price = _price(seen, wanted, turn)
    total = (price**2).sum(axis=1)
    for _ in range(STEPS):
        slopes = np.empty((*price.shape, 4))
        for ink in range(4):
            step = np.where(seen[:, ink] < 0.5, 1e-5, -1e-5)
            moved = seen.copy()
            moved[:, ink] += step
            slopes[:, :, ink] = (_price(moved, wanted, turn) - price) / step[:, None]
        down = np.einsum("nri,nr->ni", slopes, price)
        stuck = ((seen <= 0) & (down > 0)) | ((seen >= 1) & (down < 0))
        square = np.einsum("nri,nrj->nij", slopes, slopes)
        free = ~stuck
        square = square * free[:, :, None] * free[:, None, :]
        square[:, range(4), range(4)] += damping[:, None] + stuck
        move = -np.linalg.solve(square, (down * free)[..., None])[..., 0]
        tried = np.clip(seen + move, 0, 1)
        again = _price(tried, wanted, turn)
        better = (again**2).sum(axis=1) < total
        seen[better], price[better] = tried[better], again[better]
        total = (price**2).sum(axis=1)
        damping = np.clip(np.where(better, damping * 0.3, damping * 4), 1e-4, 1e8)
    return seen, total
