"""The peer's costs: llama-index as its documentation shows it, indexing or asking.

    python bench/peer_cost.py index CORPUS DATA
    python bench/peer_cost.py ask DATA QUESTIONS.txt

SentenceSplitter(chunk_size=256), all-MiniLM-L6-v2 by sentence-transformers, Chroma, the ten
nearest. An answer is the nearest passage as it stands: no language model is asked.
"""

import json
import sys
from pathlib import Path

import chromadb
from sentence_transformers import SentenceTransformer

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.cost import milliseconds
from index.models import find_model
from index.settings import load_settings

BATCH = 32
COLLECTION = "quickstart"


def load_model() -> SentenceTransformer:
    return SentenceTransformer(str(find_model(load_settings()).path), device="cpu")


def index(corpus: Path, data: Path) -> None:
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.node_parser import SentenceSplitter

    documents = SimpleDirectoryReader(str(corpus)).load_data()
    nodes = SentenceSplitter(chunk_size=256).get_nodes_from_documents(documents)
    model = load_model()
    collection = chromadb.PersistentClient(str(data)).get_or_create_collection(
        COLLECTION, metadata={"hnsw:space": "cosine"}
    )
    for at in range(0, len(nodes), BATCH):
        some = nodes[at : at + BATCH]
        texts = [node.get_content() for node in some]
        vectors = model.encode(texts, batch_size=BATCH, show_progress_bar=False)
        ids = [node.node_id for node in some]
        collection.add(ids=ids, embeddings=vectors.tolist(), documents=texts)
    print(json.dumps({"passages": len(nodes), "rows": collection.count()}))


def ask(data: Path, questions: list[str]) -> None:
    import llama_index.core  # noqa: F401  (a program with a query engine has it loaded)

    model = load_model()
    collection = chromadb.PersistentClient(str(data)).get_collection(COLLECTION)

    def retrieve(question: str) -> object:
        vector = model.encode([question], show_progress_bar=False)
        return collection.query(query_embeddings=vector.tolist(), n_results=10)

    retrieve(questions[0])
    if len(questions) > 1:
        p50, p95 = milliseconds(retrieve, questions)
        print(json.dumps({"search_p50": p50, "search_p95": p95}))


def main() -> None:
    if sys.argv[1] == "index":
        index(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        ask(Path(sys.argv[2]), Path(sys.argv[3]).read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
