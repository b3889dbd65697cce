"""Asks without pause from several threads while others reindex; a process of its own.

python tests/read_index.py DATA THREADS. Says "ready" when the first answer is there, then reads
lines: "measure" is answered with memory, handles and threads once no question has run on an older
generation than the live one; "stop" ends it. Every answer is written out with what it cites, one
line each, on stdout.
"""

import json
import random
import sys
import threading
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.errors import AscribeError
from index.generations import Generations
from index.settings import Settings
from index.wiring import open_answerer

_QUESTIONS = (
    "How many inches does the river gauge at the lock show?",
    "What did Inspector Number{number} do?",
    "How many sacks of grain did boat {number} carry to the quay?",
    "Who built the mill on the weir?",
)
_out = threading.Lock()


def tell(**fields: object) -> None:
    with _out:
        print(json.dumps(fields), flush=True)  # noqa: T201


def ask(answerer, stop: threading.Event, seed: int) -> None:
    chance = random.Random(seed)
    while not stop.is_set():
        question = chance.choice(_QUESTIONS).format(number=chance.randrange(1, 22))
        try:
            answer = answerer.answer(question)
            cited = [
                (c.source.document, c.start, c.end, c.quote)
                for c in (*answer.citations, *answer.closest)
            ]
            statements = [statement.text for statement in answer.statements]
            tell(question=question, generation=answer.generation, cited=cited, says=statements)
        except AscribeError as error:
            tell(failed=error.user_message)
        except Exception as error:  # noqa: BLE001
            tell(failed=repr(error))


def measure(answerer, process: psutil.Process, data: Path) -> None:
    live = Generations(data).live()
    while answerer.warm() != live:
        pass
    deadline = time.monotonic() + 5
    memory = process.memory_info().rss
    least = process.num_fds(), process.num_threads()
    while time.monotonic() < deadline:  # Chroma's threads end a moment after its close()
        least = min(least, (process.num_fds(), process.num_threads()))
        threading.Event().wait(0.1)
    tell(measured=live, memory=memory, handles=least[0], threads=least[1])


def main() -> None:
    data, threads = Path(sys.argv[1]), int(sys.argv[2])
    answerer = open_answerer(Settings(_env_file=None, data_dir=data))
    answerer.warm()
    process, stop = psutil.Process(), threading.Event()
    asking = [
        threading.Thread(target=ask, args=(answerer, stop, number)) for number in range(threads)
    ]
    for thread in asking:
        thread.start()
    tell(ready=True)
    for line in sys.stdin:
        if line.strip() == "measure":
            measure(answerer, process, data)
        else:
            break
    stop.set()
    for thread in asking:
        thread.join()
    answerer.close()
    tell(stopped=True)


if __name__ == "__main__":
    main()
