"""Pictures and their place-holders.

A picture that has not come yet stands on the page as a grey field that says 待配图: tint and words are laid like
everything else, so canvas and PDF show the same.
"""

from models.values.laid_page import Box, GlyphRun, Ink, PictureBox, Tint
from models.values.plan import Align, PicturePlan
from models.values.template import FontRole, PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.headline import fit_line, text_runs
from services.layout.letters import letters

GREY = Ink(k=0.12)
_WORDS = Ink(k=0.6)
LANDSCAPE = 16 / 9
_FROM_HEAD = 0.35


def picture_rows(width: float, template: PageTemplate, proportion: float = LANDSCAPE) -> int:
    """Rows of the grid nearest to a newspaper picture's proportion at a width in points."""
    return max(3, round(width / proportion / template.leading))


def crop_to(proportion: float, box: Box) -> tuple[float, float, float, float]:
    """The part of a picture (left, top, right, bottom) that fills a box undistorted.

    `proportion` is the picture's width to its height. What is cut off is taken evenly from the sides, but more from the
    foot than from the head: faces stand in the upper half.
    """
    if proportion <= 0 or box.width <= 0 or box.height <= 0:
        return (0.0, 0.0, 1.0, 1.0)
    wanted = box.width / box.height
    if proportion > wanted:
        cut = 1 - wanted / proportion
        return (cut / 2, 0.0, 1 - cut / 2, 1.0)
    cut = 1 - proportion / wanted
    return (0.0, cut * _FROM_HEAD, 1.0, 1 - cut * (1 - _FROM_HEAD))


def _chosen(crop: tuple[float, ...]) -> tuple[float, float, float, float] | None:
    """The crop that an editor chose; None when it is none."""
    if len(crop) != 4:
        return None
    left, top, right, bottom = crop
    sound = 0.0 <= left < right <= 1.0 and 0.0 <= top < bottom <= 1.0
    return (left, top, right, bottom) if sound else None


def place_picture(
    plan: PicturePlan, box: Box, fonts: Catalogue, proportion: float = 0.0
) -> tuple[PictureBox, tuple[Tint, ...], tuple[GlyphRun, ...]]:
    """The picture's box, with tint and words where the picture is still missing. `proportion` 0: not known."""
    placed = PictureBox(box=box, picture=plan.picture, crop=_chosen(plan.crop) or crop_to(proportion, box))
    if plan.picture is not None:
        return placed, (), ()
    size = max(8.0, min(14.0, box.height / 10))
    words = fit_line("待配图", letters(fonts, FontRole.HEI, 1.0), max(8.0, box.width - 8), size)
    words = type(words)(words.display, words.type_, words.size, words.lines, 0.3)
    runs = tuple(
        run
        for line in words.lines
        for run in text_runs(
            words, line, box.x, box.width, box.y + box.height / 2 + 0.36 * size, align=Align.CENTRE, ink=_WORDS
        )
    )
    return placed, (Tint(box=box, ink=GREY),), runs
