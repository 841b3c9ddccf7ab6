"""PagePlan 版样: which article stands where on a page, in columns and rows of its template; what an editor decides."""

from dataclasses import dataclass
from enum import StrEnum

from models.values.ids import ArticleId, PictureId
from models.values.laid_page import TextPoint
from models.values.template import FontRole


class Align(StrEnum):
    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPlan:
    """How a heading is set. `size` in points is the wish; the engine steps down the template's scale until it fits."""

    size: float
    role: FontRole = FontRole.SONG_BOLD
    lines: int = 1  # most lines it may be turned over
    align: Align = Align.CENTRE
    rows: int = 0  # rows of the grid it takes with kicker, deck and air; 0: as many as it needs
    vertical: bool = False  # 竖题: upright glyphs from the top down, at the left of the frame (right when ranged RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePlan:
    """A picture at the head of a frame. `picture` None prints a place-holder that says 待配图."""

    rows: int
    picture: PictureId | None = None
    columns: int = 0  # 0: the full width of the frame
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote:
    """Words of the text set large between two rules in one column 引语; a line end in `words` turns them over."""

    words: str
    column: int = -1  # column of text inside the frame; -1: where it does least harm
    row: int = -1  # rows of text above it in its column; -1: where it does least harm


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePlan:
    """One article's rectangle: columns [column, column+columns), rows [row, row+rows) counted from 0.

    An article may stand in several frames, one after the other (转版): `start` is where a part takes up the text (None:
    at the beginning), `jump_to` and `jump_from` are the pages that 下转 and 上接 name (0: none).
    """

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
    start: TextPoint | None = None
    jump_to: int = 0
    jump_from: int = 0
    headline: str = ""  # short headline of a part taken up on another page; "": the article's own
    pull_quote: PullQuote | None = None
    run_ins: tuple[str, ...] = ()  # words of the text that are set bold


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    number: int
    template: str
    name: str = ""
    slogan: str = ""
    slogan_rows: int = 3
    frames: tuple[FramePlan, ...] = ()
