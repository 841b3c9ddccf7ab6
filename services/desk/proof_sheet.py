"""打样: one page in front as a file to print and read, without the rest of the issue."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.values.ids import PageId
from services.config.messages import text
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.desk.desk import Desk

PRESET = "proof"


def write_proof_sheet(desk: "Desk", page: PageId, out: Path, context: JobContext | None = None) -> Path:
    """Writes the page as it is stored to `out`. Raises UserError, Cancelled."""
    from services.export.pdf.book import write_pdf
    from services.fonts.catalogue import installed

    job = context or JobContext()
    job.tell(0, 1, text("desk.writing", file=out.name))
    laid = desk.pages.open(page).laid
    wanted = {box.picture for frame in laid.frames for box in frame.pictures if box.picture is not None}
    job.check()
    write_pdf(
        [laid],
        out,
        title=laid.name or out.stem,
        articles={frame.article: desk.articles.open(frame.article).text.headline for frame in laid.frames},
        fonts=installed(),
        pictures={picture: desk.pictures.data(picture) for picture in sorted(wanted)},
        preset=PRESET,
        context=job,
    )
    return out
