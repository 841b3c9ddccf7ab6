"""PagePlan 版样: which article stands where on a page, in columns and rows of its template; what an editor decides."""

from dataclasses import dataclass
from enum import StrEnum

from models.values.ids import ArticleId, PictureId
from models.values.template import FontRole


class Align(StrEnum):
    CENTRE = "centre"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPlan:
    """How a heading is set. `size` in points is the wish; the engine steps down the template's scale until it fits."""

    size: float
    role: FontRole = FontRole.SONG_BOLD
    lines: int = 1  # most lines it may be turned over
    align: Align = Align.CENTRE
    rows: int = 0  # rows of the grid it takes with kicker, deck and air; 0: as many as it needs


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePlan:
    """A picture at the head of a frame. `picture` None prints a place-holder that says 待配图."""

    rows: int
    picture: PictureId | None = None
    columns: int = 0  # 0: the full width of the frame
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePlan:
    """One article's rectangle: columns [column, column+columns), rows [row, row+rows) counted from 0."""

    article: ArticleId
    column: int
    row: int
    columns: int
    rows: int
    heading: HeadingPlan
    text_columns: int = 0  # columns of text inside; 0: one a column of the page
    picture: PicturePlan | None = None
    tint: bool = False
    pinned: bool = False
    rule_above: bool = False
    rule_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    number: int
    template: str
    name: str = ""
    slogan: str = ""
    slogan_rows: int = 3
    frames: tuple[FramePlan, ...] = ()
