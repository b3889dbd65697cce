import subprocess
import sys

import pytest

from index.errors import ModelError
from index.reranker import CrossEncoderReranker
from index.settings import load_settings
from index.wiring import open_answerer

TINY = """
import sys
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast
import torch

labels, folder = int(sys.argv[1]), sys.argv[2]
words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"heron left the weir on friday roof leaked".split()]
tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, "[UNK]"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
fast = PreTrainedTokenizerFast(
    tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
    sep_token="[SEP]", model_max_length=64,
)
torch.manual_seed(1)
config = BertConfig(
    vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
    intermediate_size=16, max_position_embeddings=64, num_labels=labels,
)
BertForSequenceClassification(config).save_pretrained(folder)
fast.save_pretrained(folder)
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The folder of a random cross-encoder with one score a passage."""
    folder = tmp_path_factory.mktemp("reranker")
    subprocess.run([sys.executable, "-c", TINY, "1", str(folder)], check=True, capture_output=True)
    return folder


def test_a_named_cross_encoder_puts_the_passages_in_its_order(tiny, write, index, settings):
    write("a.txt", "The heron left the weir on Friday.")
    write("b.txt", "The roof leaked on Friday.")
    write("c.txt", "The weir on the heron roof.")
    index()
    plain = open_answerer(settings)
    ranked = open_answerer(settings.model_copy(update={"reranker": str(tiny)}))
    question = "When did the heron leave the weir?"
    before, after = plain.search(question), ranked.search(question)
    again = CrossEncoderReranker(str(tiny)).reranked(question, before)
    assert [hit.text for hit in after] == [hit.text for hit in again]
    assert sorted(hit.text for hit in after) == sorted(hit.text for hit in before)
    assert {(hit.text, hit.cosine, hit.bm25) for hit in after} == {
        (hit.text, hit.cosine, hit.bm25) for hit in before
    }
    assert [after[0].score, after[-1].score] == [1.0, 0.0]
    assert ranked.answer(question).hits[0].text == after[0].text
    plain.close()
    ranked.close()


def test_a_reranker_that_is_not_there_is_named_in_a_sentence(tmp_path, write, index, settings):
    write("a.txt", "The heron left the weir on Friday.")
    write("b.txt", "The roof leaked on Friday.")
    index()
    answerer = open_answerer(settings.model_copy(update={"reranker": str(tmp_path / "none")}))
    with pytest.raises(ModelError) as caught:
        answerer.answer("When did the heron leave?")
    assert "ASCRIBE_RERANKER" in caught.value.user_message
    answerer.close()


def test_no_reranker_is_the_default():
    assert load_settings().reranker is None
