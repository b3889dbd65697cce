"""Who the people of a document are: its author, who signs it or a letter in it, who is "the
clerk"."""

from index.names import name_words
from index.verification.clauses import is_verb
from index.verification.evidence import Evidence
from index.verification.tokens import Token

_LETTERHEAD = 300
_LETTER = 3_000
_SIGNATURE = 60
_BESIDE = 6


def is_author(name: str, evidence: Evidence) -> bool:
    """Whether a name is the document's author, publisher, or signs or answers in it."""
    text = evidence.document.text
    about = {w for t in evidence.reading.about if t.is_word for w in name_words(t.text)}
    last = name.split()[-1]
    return bool(set(name_words(name)) & about) or f"{last}:" in text or last in text[-200:]


def writes(name: str, evidence: Evidence) -> bool:
    """Whether "we" or "I" of a document may be of this name: it is in its head or its end, and the
    document is no interview."""
    text = evidence.document.text
    last = name.split()[-1]
    return f"{last}:" not in text and (is_author(name, evidence) or last in text[:_LETTERHEAD])


def signs_below(name: str, evidence: Evidence) -> bool:
    """Whether the first short line of its own below the cited words that opens with a name has
    this one: "Edith Garrow, Mill Street"."""
    text = evidence.document.text
    end = evidence.reading.sentences[evidence.cited[-1]][1]
    for line in text[end : end + _LETTER].splitlines():
        words = line.strip(" *_—–-").split(",")[0].split()
        short = 1 < len(words) <= 4 and len(line.strip()) <= _SIGNATURE
        if short and all(word[:1].isupper() for word in words) and line.strip()[-1:] not in ".?!”":
            return set(name_words(name)) <= set(name_words(" ".join(words)))
    return False


def described_as(name: str, head: Token, evidence: Evidence) -> bool:
    """Whether the document sets a description right beside a name: "the clerk, Judith Amsel", or
    "Ms Amsel, who has been clerk since May"."""
    wanted = set(name_words(name))
    for found in evidence.reading.tokens:
        bearers = [k for k, t in enumerate(found) if t.capital and wanted & set(name_words(t.text))]
        for k, token in enumerate(found):
            if token.stem != head.stem or not token.is_word:
                continue
            for n in bearers:
                between = found[min(k, n) + 1 : max(k, n)]
                commas = sum(t.text == "," for t in between)
                stop = any(t.text in ".;:“”" or t.lower in ("and", "that") for t in between)
                verbs = any(is_verb(found, m) for m in range(min(k, n) + 1, max(k, n)))
                if len(between) <= _BESIDE and commas <= 1 and not stop and not verbs:
                    return True
    return False
