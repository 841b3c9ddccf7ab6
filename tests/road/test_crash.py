"""An editor's program is killed in mid-work, again and again: the store stays whole and no stored step is lost."""

from pathlib import Path

from tests.road.kills import blows

KILLS = 12  # two hundred by `make bench-store`


def test_a_killed_editor_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    outcome = blows(tmp_path, KILLS)
    assert (outcome.corrupt, outcome.lost) == ([], [])
    assert outcome.stored > KILLS
