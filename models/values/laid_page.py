"""LaidPage 成版: every glyph, rule, tint and picture of a page with its place in points.

The one thing that the canvas draws and the PDF prints: neither measures anything again. Origin: top left corner of
the trimmed sheet, y grows downwards; a glyph's place is the origin of its baseline.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.values.article_text import PartRef
from models.values.ids import ArticleId, PictureId


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """Process colour, each part 0 … 1. Text is black in K alone."""

    c: float = 0.0
    m: float = 0.0
    y: float = 0.0
    k: float = 0.0


BLACK = Ink(k=1.0)
PAPER = Ink()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """Where the glyphs of a run come from: code points [start, end) of one part of the frame's article."""

    ref: PartRef
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphRun:
    """Glyphs of one face on one baseline. `glyphs`, `xs` and `clusters` have one entry a glyph.

    `clusters[i]` is the text that glyph i stands for ("" for the second glyph of a cluster); `stroke` in points
    thickens a face that has no bold.
    """

    face: str  # FaceId of services.fonts.catalogue
    size: float
    baseline: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    clusters: tuple[str, ...]
    ink: Ink = BLACK
    stroke: float = 0.0
    source: TextSource | None = None

    @property
    def text(self) -> str:
        return "".join(self.clusters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A rule 线 from (x0, y0) to (x1, y1), `width` points thick."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    ink: Ink = BLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """A flat rectangle 网底 under what follows."""

    box: Box
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBox:
    """A picture's place; `picture` None is a place-holder. `crop` in parts of the picture: left, top, right, bottom."""

    box: Box
    picture: PictureId | None = None
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPoint:
    """A place in an article from which text is still to be set: paragraph of the body, code point in it."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidFrame:
    """One article as it stands on the page; `runs` in reading order: kicker, headline, deck, text, signature."""

    article: ArticleId
    box: Box
    runs: tuple[GlyphRun, ...] = ()
    lines: tuple[Line, ...] = ()
    tints: tuple[Tint, ...] = ()
    pictures: tuple[PictureBox, ...] = ()
    overset_lines: int = 0  # lines of text that found no room (溢文)
    empty_lines: int = 0  # lines of room at the foot of the columns that found no text (亏版)
    rest: TextPoint | None = None
    headline_size: float = 0.0
    body_lines: int = 0


class FaultKind(StrEnum):
    OVERSET = "overset"
    HOLE = "hole"
    COLLISION = "collision"  # 碰题
    OVERLAP = "overlap"
    MISSING_PICTURE = "missing_picture"
    MISSING_GLYPH = "missing_glyph"
    MISSING_FACE = "missing_face"
    EMPTY_PAGE = "empty_page"
    JUMP = "jump"  # 下转 and 上接 disagree, or a part of the text stands twice or nowhere
    PULL_QUOTE = "pull_quote"
    TEMPLATE = "template"  # the page's template is lost or broken: laid in another


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFault:
    """`message` is a message key of resources/locale with `values` to fill it; `box` where to look, in points."""

    kind: FaultKind
    severe: bool
    message: str
    values: tuple[tuple[str, str], ...] = ()
    article: ArticleId | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidPage:
    number: int
    name: str
    width: float
    height: float
    bleed: float
    type_area: Box
    frames: tuple[LaidFrame, ...]
    furniture: tuple[GlyphRun, ...] = ()  # masthead, folio line, slogan
    furniture_lines: tuple[Line, ...] = ()
    furniture_tints: tuple[Tint, ...] = ()
    faults: tuple[PageFault, ...] = ()

    @property
    def overset_lines(self) -> int:
        return sum(frame.overset_lines for frame in self.frames)

    @property
    def empty_lines(self) -> int:
        return sum(frame.empty_lines for frame in self.frames)
