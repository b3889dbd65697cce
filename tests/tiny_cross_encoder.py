"""Makes a random cross-encoder of one layer that knows a dozen words.

Run as a program, so that the tests themselves never import torch: FOLDER LABEL,LABEL [FAVOURITE].
"""

import subprocess
import sys
from pathlib import Path

WORDS = "heron left the weir on friday roof leaked".split()


def tiny_cross_encoder(folder, labels, favourite=None):
    """Makes one in a folder and returns its path; its bias favours the label of that number."""
    command = [sys.executable, __file__, str(folder), ",".join(labels)]
    command += [] if favourite is None else [str(favourite)]
    subprocess.run(command, check=True, capture_output=True)
    return str(folder)


def make(folder, names, favourite):
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        PreTrainedTokenizerFast,
    )

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", model_max_length=64,
    )  # fmt: skip
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
        id2label=dict(enumerate(names)), label2id={name: n for n, name in enumerate(names)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    if favourite is not None:
        with torch.no_grad():
            model.classifier.bias[favourite] = 9.0
    model.save_pretrained(folder)
    fast.save_pretrained(folder)


if __name__ == "__main__":
    folder, names, *favourites = sys.argv[1:]
    make(Path(folder), names.split(","), int(favourites[0]) if favourites else None)
