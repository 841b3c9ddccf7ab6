"""PageTemplate 版式: sheet, type area, columns, type sizes and faces of a page. Data that an editor can change.

All lengths in points. The page's origin is the top left corner of the trimmed sheet, y grows downwards.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class FontRole(StrEnum):
    """What a face is for. services/fonts finds the best installed face for each."""

    SONG = "song"  # body
    SONG_BOLD = "song_bold"
    SONG_BLACK = "song_black"  # lead headline
    HEI = "hei"
    HEI_BOLD = "hei_bold"
    KAI = "kai"
    FANGSONG = "fangsong"


class Prohibition(StrEnum):
    """避头尾: how much is forbidden at line edges (CLREQ §6.1.1); each level adds to the one before."""

    NONE = "none"
    BASIC = "basic"
    GB = "gb"
    STRICT = "strict"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeStyle:
    """Face, size and leading of one part, in points."""

    role: FontRole
    size: float
    leading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTemplate:
    name: str
    title: str  # shown to people
    width: float
    height: float
    left: float  # of the type area
    top: float  # of row 0 of the type area
    columns: int
    column_width: float
    gutter: float
    rows: int
    leading: float  # height of one row of the baseline grid
    baseline: float  # of the body, below the top of its row
    body: TypeStyle
    caption: TypeStyle
    heading_steps: tuple[float, ...]  # the named scale of headline sizes, largest first
    bleed: float = 8.5
    folio_top: float = 30.0  # top of masthead or folio line under the trim edge
    masthead_rows: int = 9  # rows of the type area that the masthead takes on page 1
    styles: dict[str, TypeStyle] = field(default_factory=dict)
    prohibition: Prohibition = Prohibition.GB
    hanging: bool = False  # ，、。 at a line's end stand outside the measure
    gap: float = 0.25  # em between Han and Latin or digits, 0 … 0.25
    indent: float = 2.0  # em of a paragraph's first line; in columns of 10 characters or fewer one is taken

    def span_width(self, columns: int) -> float:
        return columns * self.column_width + (columns - 1) * self.gutter

    def column_x(self, column: int) -> float:
        return self.left + column * (self.column_width + self.gutter)

    def row_y(self, row: float) -> float:
        return self.top + row * self.leading

    @property
    def type_width(self) -> float:
        return self.span_width(self.columns)

    @property
    def type_height(self) -> float:
        return self.rows * self.leading
