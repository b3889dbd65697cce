"""Rates answers one after another, and says so after each, until it is killed."""

import sys
from pathlib import Path

from index.journal import Journal
from index.types import Answer, Query

journal = Journal(Path(sys.argv[1]))
for number in range(100_000):
    question = f"Question {number}?"
    answer = Answer(question, Query(question), 0.0, "000001", 0.0)
    id = journal.keep(answer, user="ann", place="hall")
    assert id is not None
    journal.rate(id, "ann", number % 2 == 0, f"reason {number}")
    sys.stdout.write(f"{id} {number}\n")
    sys.stdout.flush()
