"""Whose words a document is: its author, who signs it, and who signs a letter in it."""

from index.names import name_words
from index.verification.evidence import Evidence

_LETTERHEAD = 300
_LETTER = 3_000
_SIGNATURE = 60


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
