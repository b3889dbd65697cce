"""Which language a text is in."""

MIN_LETTERS = 40
SAMPLE = 3000


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language, by py3langid.

    None when the text is too short to tell, or the language has no code of two letters.
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    import py3langid

    code = str(py3langid.classify(sample)[0])
    return code if len(code) == 2 else None
