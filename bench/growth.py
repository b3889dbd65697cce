"""One index of generated text and random unit vectors: `python bench/growth.py 10000 DATA`.

DATA needs `models/` with the exported model, which embeds the questions and the sentences of the
answers; all but the vectors of the passages is real. Prints one JSON object.
"""

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.cost import bytes_in, milliseconds
from bench.generated import TextGenerator
from index import vectors
from index.catalog import CatalogWriter, text_key
from index.embedder import EmbedderInfo
from index.generations import CATALOG, VECTORS, Generations, Manifest, file_hashes
from index.settings import load_settings
from index.types import Document, Passage
from index.wiring import open_answerer

_PASSAGES = 10
_ROWS = 2_000
_QUESTIONS = 100


def document(number: int, text: TextGenerator) -> tuple[Document, list[Passage]]:
    """A document of ten passages of eight sentences."""
    name, whole, passages = f"{number:05}.txt", "", []
    for _ in range(_PASSAGES):
        sentences = []
        for _ in range(8):
            start = len(whole)
            whole += text.sentence()
            sentences.append((start, len(whole)))
            whole += " "
        passages.append(Passage(name, sentences[0][0], sentences[-1][1], tuple(sentences)))
        whole = f"{whole.rstrip()}\n\n"
    return Document(id=name, text=whole, sha256=f"{number:064x}", title=name), passages


def rows(keys: list[str], width: int) -> Iterator[tuple[list[str], npt.NDArray[np.float32]]]:
    generator = np.random.default_rng(3)
    for at in range(0, len(keys), _ROWS):
        some = keys[at : at + _ROWS]
        found = generator.standard_normal((len(some), width)).astype(np.float32)
        yield some, found / np.linalg.norm(found, axis=1, keepdims=True)


def build(data: Path, passages: int) -> dict[str, float]:
    """Makes the index, and returns the CPU seconds of its two halves."""
    text = TextGenerator(5)
    (info_file,) = (data / "models").glob("*/embedder.json")
    info = EmbedderInfo(**json.loads(info_file.read_text("utf-8")))
    generations = Generations(data)
    generations.root.mkdir(parents=True, exist_ok=True)
    partial = generations.begin()
    keys: list[str] = []
    spent = 0.0
    with CatalogWriter(partial / CATALOG) as writer:
        for number in range(passages // _PASSAGES):
            made, places = document(number, text)
            start = time.process_time()
            writer.add(made, places)
            spent += time.process_time() - start
            keys += [text_key(made.text[place.start : place.end]) for place in places]
        start = time.process_time()
    catalog = spent + time.process_time() - start
    start = time.process_time()
    vectors.build(partial / VECTORS, rows(keys, info.dimension))
    chroma = time.process_time() - start
    manifest = Manifest(
        name="000001",
        created="2026-01-01T00:00:00+00:00",
        state="generated",
        embedder=info,
        exported=True,
        documents=passages // _PASSAGES,
        passages=passages,
        texts=len(set(keys)),
        attributions=0,
        failed=(),
        files=file_hashes(partial),
    )
    generations.commit(partial, manifest)
    return {"catalog_seconds": catalog, "chroma_seconds": chroma}


def ask(data: Path) -> dict[str, float]:
    """The CPU milliseconds of searching and of answering, and what it costs to open the index."""
    text = TextGenerator(9)
    questions = [text.question() for _ in range(_QUESTIONS)]
    start = time.process_time()
    answerer = open_answerer(load_settings(data_dir=data))
    try:
        answerer.warm()
        opened = time.process_time() - start
        search = milliseconds(answerer.search, questions)
        answer = milliseconds(answerer.answer, questions)
    finally:
        answerer.close()
    return {
        "open_seconds": opened,
        "search_p50": search[0],
        "search_p95": search[1],
        "answer_p50": answer[0],
        "answer_p95": answer[1],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk_megabytes": bytes_in(data / "generations") / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=int)
    parser.add_argument("data", type=Path)
    parser.add_argument("--ask", action="store_true", help="ask an index that is there")
    given = parser.parse_args()
    if given.ask:
        print(json.dumps(ask(given.data)))
        return
    with tempfile.TemporaryDirectory() as root:
        data = Path(root)
        shutil.copytree(given.data / "models", data / "models")
        built = build(data, given.passages)
        built["build_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        from bench.cost import measure

        asked = measure(sys.executable, __file__, str(given.passages), data, "--ask")
    print(json.dumps({"passages": given.passages} | built | json.loads(asked.output)))


if __name__ == "__main__":
    main()
