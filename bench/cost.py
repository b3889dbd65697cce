"""What a command costs: CPU seconds and peak memory of a whole process, and of one question."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
ASCRIBE = (sys.executable, "-m", "index")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of user and system together, and the peak of resident memory in megabytes."""

    seconds: float
    megabytes: float
    output: str = ""


def measure(*command: str | Path, runs: int = 1) -> Cost:
    """The cost of a command; of several runs, the median."""
    found = [_once([str(part) for part in command]) for _ in range(runs)]
    return Cost(
        median(cost.seconds for cost in found),
        median(cost.megabytes for cost in found),
        found[-1].output,
    )


def _once(command: list[str]) -> Cost:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def milliseconds(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """The CPU milliseconds of a question at p50 and p95, after five to warm up."""
    for question in questions[:5]:
        ask(question)
    took = []
    for question in questions:
        start = time.process_time()
        ask(question)
        took.append(1000 * (time.process_time() - start))
    return median(took), quantiles(took, n=20)[-1]


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
