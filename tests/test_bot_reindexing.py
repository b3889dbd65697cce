import asyncio
import sys
from pathlib import Path

import psutil
import pytest

from bot.reindexing import BusyError, Progress, Reindexing

COMMAND = [sys.executable, str(Path(__file__).with_name("fake_reindex.py"))]


def reindexing(*arguments):
    return Reindexing([*COMMAND, *arguments], {})


async def started(job, seen=None):
    """A running reindex whose first progress has been seen."""
    first = asyncio.Event()

    def note(progress):
        if seen is not None:
            seen.append(progress)
        first.set()

    task = asyncio.create_task(job.run(note))
    await asyncio.wait_for(first.wait(), 20)
    return task


def test_progress_and_report_are_read():
    async def scenario():
        seen = []
        return await reindexing().run(seen.append), seen

    outcome, seen = asyncio.run(scenario())
    assert seen[-1] == Progress(stage="embed", done=4, total=4, eta_seconds=2)
    assert (outcome.status, outcome.report.generation) == ("done", "000002")
    assert outcome.report.documents.failed[0].reason == "password protected"


def test_a_second_reindex_is_refused_while_one_runs():
    async def scenario():
        job = reindexing("--pause", "0.3")
        task = await started(job)
        with pytest.raises(BusyError):
            await job.run(lambda _: None)
        assert job.busy and job.progress.stage == "embed"
        return await task, job.busy

    outcome, busy = asyncio.run(scenario())
    assert outcome.status == "done" and not busy


def test_stop_ends_it_politely():
    async def scenario():
        job = reindexing("--pause", "60")
        task = await started(job)
        await job.stop(grace=20)
        return await task

    assert asyncio.run(scenario()).status == "cancelled"


def test_stop_kills_what_does_not_listen_and_everything_it_started():
    child = (
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; "
        "time.sleep(600)'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        f"sys.argv = ['x', '--deaf', '--pause', '60']; exec(open({COMMAND[1]!r}).read())"
    )

    async def scenario():
        job = Reindexing([sys.executable, "-c", child], {})
        task = await started(job)
        family = psutil.Process().children(recursive=True)
        await job.stop(grace=0.1)
        return await task, family

    outcome, family = asyncio.run(scenario())
    assert outcome.status == "cancelled"
    assert len(family) >= 2
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def test_a_command_that_prints_no_report_has_failed():
    async def scenario():
        return await Reindexing([sys.executable, "-c", "print('hello')"], {}).run(lambda _: None)

    outcome = asyncio.run(scenario())
    assert outcome.status == "failed" and "without a report" in outcome.reason


def test_a_log_line_of_two_megabytes_is_survived():
    noise = "import sys; sys.stderr.write('x' * 2**21 + chr(10)); "

    async def scenario():
        script = f"{noise}sys.argv = ['x']; exec(open({COMMAND[1]!r}).read())"
        return await Reindexing([sys.executable, "-c", script], {}).run(lambda _: None)

    assert asyncio.run(scenario()).status == "done"


def test_a_stop_before_the_process_is_there_still_stops_it():
    async def scenario():
        job = reindexing("--pause", "60")
        task = asyncio.create_task(job.run(lambda _: None))
        await asyncio.sleep(0)
        await job.stop(grace=10)
        return await asyncio.wait_for(task, 20)

    assert asyncio.run(scenario()).status == "cancelled"
