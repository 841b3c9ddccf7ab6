"""PagePlan 版样: which article stands where on a page, in columns and rows of its template; what an editor decides."""

from dataclasses import dataclass, replace
from enum import StrEnum

from models.values.ids import ArticleId, PictureId
from models.values.laid_page import TextPoint
from models.values.template import FontRole


class RuleStyle(StrEnum):
    """线: 正线、反线、双线、文武线、点线、花边 wave."""

    NONE = "none"
    THIN = "thin"
    THICK = "thick"
    DOUBLE = "double"
    THICK_THIN = "thick_thin"
    DOTTED = "dotted"
    WAVE = "wave"


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
    """A picture at the head of a frame, or inside its text. `picture` None prints a place-holder that says 待配图."""

    rows: int
    picture: PictureId | None = None
    columns: int = 0  # 0: the full width of the frame
    caption: str = ""
    credit: str = ""
    column: int = -1  # first column of text that it covers; -1: it ends with the last
    row: int = 0  # rows of text above it in its columns: text runs over and under it 串文
    crop: tuple[float, ...] = ()  # part shown, of the whole: left, top, right, bottom in 0 … 1; (): the engine's choice


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
    at the beginning), `jump_to` and `jump_from` are the pages that 下转 and 上接 name (0: none). Where they name
    the page itself the text simply goes on in the next frame 接排: no words are printed, the part has no heading.
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
    shares: tuple[float, ...] = ()  # 长栏、破栏: widths of the columns of text against each other; (): all alike
    border: RuleStyle = RuleStyle.NONE  # 加框: a line round the frame
    tint_strength: float = 0.08  # of black, where there is a tint
    filler: str = ""  # 报花 that fills the open lines at the foot of the text (resources/ornaments); "": none


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxPlan:
    """框: a rectangle of the page in columns and rows. It stands round the frames that lie in it (several short items
    under one title, 简讯); text of a frame in which it lies runs around it.
    """

    column: int
    row: int
    columns: int
    rows: int
    title: str = ""  # 栏题, in the first `title_rows` rows
    title_rows: int = 3
    border: RuleStyle = RuleStyle.NONE
    tint: float = 0.0  # of black, 0 … 1
    ornament: str = ""  # 报花 in the middle of what the title leaves (resources/ornaments)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlan:
    """线: level over `columns` in the middle of the row above `row`, or upright in the gutter left of `column` over
    `rows`; the other count is 0.
    """

    column: int
    row: int
    columns: int = 0
    rows: int = 0
    style: RuleStyle = RuleStyle.THIN


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    number: int
    template: str
    name: str = ""
    slogan: str = ""
    slogan_rows: int = 3
    frames: tuple[FramePlan, ...] = ()
    boxes: tuple[BoxPlan, ...] = ()
    rules: tuple[RulePlan, ...] = ()


def design_of(plan: PagePlan) -> PagePlan:
    """The plan without what follows from other pages and from the words of jumped articles 转版."""
    return replace(plan, frames=tuple(replace(one, start=None, jump_to=0, jump_from=0) for one in plan.frames))
