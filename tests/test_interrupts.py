import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("command", "imported"), [(["ask", "Who leaked?"], "click"), (["reindex"], "pydantic")]
)
def test_an_interrupt_while_modules_are_imported_says_so_and_nothing_else(
    tmp_path, command, imported, times
):
    started = subprocess.Popen(
        [
            sys.executable, "-X", "importtime", "-m", "index", *command,
            "--corpus", str(tmp_path), "--data", str(tmp_path / "data"),
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    with started as process:
        for line in process.stderr:
            if line.rstrip().endswith(f" {imported}"):
                break
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        said = [line for line in process.stderr if not line.startswith("import time:")]
    assert process.returncode == 130
    assert len(said) == 1 and "Traceback" not in said[0]
