"""The peer: llama-index as its documentation shows it, over ROOT/corpus and ROOT/questions.jsonl.

SentenceSplitter(chunk_size=256), all-MiniLM-L6-v2 by sentence-transformers, Chroma, top 10. Prints
one prediction a line in the form that `evaluate.py score` takes.
"""

import json
import sys
from pathlib import Path

import chromadb
from llama_index.core import SimpleDirectoryReader
from llama_index.core.node_parser import SentenceSplitter
from sentence_transformers import SentenceTransformer

from index.models import find_model
from index.settings import load_settings

BATCH = 32


def main() -> None:
    root = Path(sys.argv[1])
    documents = SimpleDirectoryReader(str(root / "corpus")).load_data()
    nodes = SentenceSplitter(chunk_size=256).get_nodes_from_documents(documents)
    model = SentenceTransformer(str(find_model(load_settings()).path), device="cpu")
    client = chromadb.PersistentClient(str(root / "peer-chroma"))
    collection = client.create_collection("quickstart", metadata={"hnsw:space": "cosine"})
    for at in range(0, len(nodes), BATCH):
        some = nodes[at : at + BATCH]
        vectors = model.encode([node.get_content() for node in some], batch_size=BATCH)
        collection.add(
            ids=[node.node_id for node in some],
            embeddings=vectors.tolist(),
            documents=[node.get_content() for node in some],
        )
    places = {node.node_id: node for node in nodes}
    for line in (root / "questions.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        vector = model.encode([question["question"]])
        found = collection.query(query_embeddings=vector.tolist(), n_results=10)
        hits = [
            {
                "document": places[key].metadata["file_name"],
                "start": places[key].start_char_idx,
                "end": places[key].end_char_idx,
                "score": 1 - distance,
            }
            for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]
        print(json.dumps({"id": question["id"], "hits": hits}))


if __name__ == "__main__":
    main()
