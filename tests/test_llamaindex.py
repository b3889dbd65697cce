import asyncio

import pytest
from llama_index.core import Settings as LlamaSettings
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.schema import Document

from index.errors import SettingsError
from index.llamaindex import AscribeQueryEngine, AscribeRetriever, index_documents

TEXT = "The weir is old.\r\n\r\nThe heron left the weir on Friday. It came back in May.\n"


@pytest.fixture
def indexed(settings, answerer):
    documents = [
        Document(text=TEXT, metadata={"file_path": "/notes/heron.txt", "date": "2024-05"}),
        Document(text="Cafe\u0301s stay open until ten.", doc_id="cafes"),
    ]
    index_documents(documents, settings)
    return answerer


def test_a_node_names_where_it_stands_in_the_documents_text(indexed):
    node = AscribeRetriever(indexed).retrieve("When did the heron leave?")[0]
    document = indexed.document(node.node.metadata["document"])
    assert document.id == "notes/heron.txt"
    assert document.text[node.node.metadata["start"] : node.node.metadata["end"]] == node.text
    assert document.text == TEXT.replace("\r\n", "\n")
    assert node.score > 0


def test_texts_are_normalised_once_so_that_offsets_hold(indexed):
    assert indexed.document("cafes").text == "Cafés stay open until ten."


def test_the_query_engine_answers_with_our_citations(indexed):
    response = AscribeQueryEngine(indexed).query("When did the heron leave the weir?")
    assert str(response) == "The heron left the weir on Friday. [1]"
    assert response.source_nodes[0].text == "The heron left the weir on Friday."
    assert response.source_nodes[0].metadata["number"] == 1
    assert response.metadata["answer"]["found"] is True


def test_the_query_engine_is_silent_when_the_sources_are(indexed):
    response = AscribeQueryEngine(indexed).query("Who painted the Mona Lisa?")
    assert (response.response, response.source_nodes) == ("", [])


def test_the_query_engine_answers_without_blocking_the_event_loop(indexed):
    response = asyncio.run(AscribeQueryEngine(indexed).aquery("When did the heron leave?"))
    assert response.source_nodes


def test_llama_indexs_own_query_engine_runs_on_our_retriever(indexed):
    engine = RetrieverQueryEngine(
        retriever=AscribeRetriever(indexed, count=2),
        response_synthesizer=get_response_synthesizer(llm=MockLLM()),
    )
    response = engine.query("When did the heron leave?")
    assert {node.metadata["document"] for node in response.source_nodes} <= {
        "notes/heron.txt",
        "cafes",
    }
    assert response.source_nodes[0].metadata["document"] == "notes/heron.txt"


def test_llama_indexs_global_settings_are_not_touched(indexed):
    AscribeQueryEngine(indexed).query("When did the heron leave?")
    assert LlamaSettings._llm is None
    assert LlamaSettings._embed_model is None


def test_two_documents_of_one_name_are_refused(settings):
    twins = [Document(text="One.", doc_id="a"), Document(text="Two.", doc_id="a")]
    with pytest.raises(SettingsError, match="'a'"):
        index_documents(twins, settings)
