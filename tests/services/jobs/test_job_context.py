"""A job can tell how far it is and be stopped."""

import pytest

from services.jobs.job import Cancelled, JobContext


def test_check_passes_until_the_job_is_cancelled() -> None:
    context = JobContext()
    context.check()
    context.cancel()
    with pytest.raises(Cancelled):
        context.check()


def test_progress_is_told() -> None:
    told: list[tuple[int, int, str]] = []
    JobContext(tell=lambda *what: told.append(what)).tell(1, 4, "排版")
    assert told == [(1, 4, "排版")]
