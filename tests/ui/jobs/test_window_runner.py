"""Jobs come back on the window's thread, in order, and a newer one drops the older one's result."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner


@pytest.fixture
def runner(qtbot: QtBot) -> JobRunner:
    return JobRunner()


def test_results_arrive_on_the_main_thread(qtbot: QtBot, runner: JobRunner) -> None:
    heard: list[tuple[int, bool]] = []
    here = threading.get_ident()
    runner.pure("work", lambda context: 7, done=lambda result: heard.append((result, threading.get_ident() == here)))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(7, True)]
    runner.close()


def test_writes_keep_their_order(qtbot: QtBot, runner: JobRunner) -> None:
    heard: list[int] = []
    for number in range(20):
        runner.write("write", lambda context, number=number: number, done=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert heard == list(range(20))
    runner.close()


def test_a_newer_job_supersedes_the_older(qtbot: QtBot, runner: JobRunner) -> None:
    heard: list[str] = []
    gate = threading.Event()

    def slow(context: JobContext) -> str:
        gate.wait(10)
        return "old"

    runner.pure("check", slow, done=heard.append, supersede="check 1")
    runner.pure("check", lambda context: "new", done=heard.append, supersede="check 1")
    gate.set()
    qtbot.waitUntil(lambda: not runner.under_way)
    assert heard == ["new"]
    runner.close()


def test_cancelling_is_no_failure(qtbot: QtBot, runner: JobRunner) -> None:
    told: list[object] = []
    begun, gate = threading.Event(), threading.Event()

    def work(context: JobContext) -> None:
        begun.set()
        gate.wait(10)
        context.check()

    job = runner.pure("long", work, done=told.append, failed=told.append, quiet=False)
    assert begun.wait(10)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not runner.under_way)
    assert told == []
    runner.close()


def test_a_fault_is_told(qtbot: QtBot, runner: JobRunner) -> None:
    told: list[Exception] = []

    def work(context: JobContext) -> None:
        raise OSError("full")

    runner.write("write", work, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], OSError)
    runner.close()
