"""打样: one page in front as a file to print and read, without the rest of the issue."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.values.ids import PageId
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.desk.desk import Desk


def write_proof_sheet(desk: "Desk", page: PageId, out: Path, context: JobContext | None = None) -> Path:
    """Writes the page as it is stored to `out`, with the proof's number, time and hash. Raises UserError, Cancelled."""
    return desk.export.proof(page, out, context)
