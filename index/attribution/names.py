"""Names that the tagger knows in one sentence and not in another."""

from collections.abc import Sequence

from spacy.tokens import Token

from index.attribution.cues import Lexicon
from index.attribution.parsing import ParsedBlock

_MISTAKEN = frozenset(["NOUN", "ADJ", "ADV", "INTJ", "X"])


def settle_names(blocks: Sequence[ParsedBlock], lexicon: Lexicon) -> None:
    """Tag a capitalised word as a name wherever the document uses it as one and never otherwise.

    At the start of a sentence the small tagger takes "Haldane" for a common noun, and who is no
    name is no party.
    """
    known = {
        token.text
        for parsed in blocks
        for token in parsed.doc
        if token.tag_ == "NNP" and not token.is_sent_start and _is_capitalised(token)
    }
    known -= {word.capitalize() for parsed in blocks for word in _small_words(parsed)}
    words = lexicon.words["people"] | lexicon.words["bodies"]
    known = {name for name in known if name.lower() not in words}
    for parsed in blocks:
        for token in parsed.doc:
            if token.pos_ in _MISTAKEN and token.text in known:
                token.pos_, token.tag_ = "PROPN", "NNP"


def _is_capitalised(token: Token) -> bool:
    return len(token.text) > 2 and token.text[0].isupper() and token.text[1:].islower()


def _small_words(parsed: ParsedBlock) -> set[str]:
    return {token.text for token in parsed.doc if token.text.islower()}
