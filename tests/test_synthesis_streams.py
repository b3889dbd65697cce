import gzip
import json
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.replies import ReplyReader
from index.settings import load_settings
from index.wiring import open_answerer
from tests.lying_model import RawError, StatusError, StreamError, event, serving, statements
from tests.test_synthesis import MONEY, QUESTION, TEXT, built, in_own_words

PAID = "For the roof, Quill Roofing was paid £58,000."
LIE = "Quill Roofing was paid £85,000 for the roof."
LIMIT = 4


@pytest.fixture(scope="module")
def model(tmp_path_factory, exported_models):
    """Asks, with an endpoint that replies so: model(reply, question, so_far)."""
    settings = built(tmp_path_factory.mktemp("roof"), exported_models, {"roof.txt": TEXT})
    with serving(lambda prompt: "") as endpoint:
        limits = {"llm_timeout_seconds": LIMIT, "llm_at_once": 4}
        fields = {"llm_url": endpoint.url, "llm_model": "m"} | limits
        answerer = open_answerer(load_settings(**{**settings.model_dump(), **fields}))

        def ask(reply, question=MONEY, so_far=None):
            endpoint.reply = reply
            endpoint.prompts.clear()
            return answerer.answer(question, so_far=so_far)

        ask.endpoint = endpoint
        yield ask
        answerer.close()


def raising(error):
    def reply(prompt):
        raise error

    return reply


def texts(answer):
    return [statement.text for statement in answer.statements]


def test_a_sentence_is_given_out_before_the_next_one_is_written(model):
    seen, shown = [], threading.Event()

    def so_far(answer):
        seen.append(texts(answer))
        shown.set()

    first, second = (
        statements((PAID, [1])),
        statements((PAID, [1]), (TEXT.split("\n\n")[1].split(". ")[0] + ".", [1])),
    )
    cut = first.index("]}]}") + 2
    waited = []
    reply = raising(
        StreamError(first[:cut], lambda: waited.append(shown.wait(LIMIT)), second[cut:])
    )
    answer = model(reply, so_far=so_far)
    assert waited == [True]
    assert seen[0] == [PAID]
    assert answer.synthesis.used


def test_what_is_given_out_only_grows_and_ends_as_the_answer(model):
    seen = []
    own = "Quill Roofing was paid £58,000 for the roof."
    reply = statements(
        (LIE, [1]), (PAID, [1]), ("See https://evil.example for it.", [1]), (own, [1])
    )
    answer = model(lambda prompt: reply, so_far=lambda begun: seen.append(texts(begun)))
    assert seen
    for before, after in zip(seen, [*seen[1:], texts(answer)], strict=True):
        assert after[: len(before)] == before
    assert LIE not in texts(answer)


def test_what_was_checked_stays_when_the_model_dies_and_the_sources_complete_it(model):
    begun = GOOD[: GOOD.index("}]}") + 1] + ', {"text": "Quill Roofing adm'
    for reason in (None, "length", "stop"):
        answer = model(raising(StreamError(begun, reason=reason)))
        assert texts(answer)[0] == PAID
        assert answer.synthesis.used
        assert "cut off" in answer.synthesis.reason
        assert not any("adm" in text for text in texts(answer))


def test_an_accusation_keeps_its_denial_whatever_the_model_leaves_out(model):
    plain = texts(model(lambda prompt: "", QUESTION))
    accused = "Ada Lowe accused Quill Roofing of leaving out 14 clips."
    answer = model(lambda prompt: statements((accused, [1])), QUESTION)
    assert texts(answer)[0] == accused
    assert any("denied" in text for text in plain)
    assert any("denied" in text for text in texts(answer))
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.citations:
        assert TEXT[citation.start : citation.end] == citation.quote


def test_a_line_without_an_end_is_no_sentence_when_the_stream_breaks(model):
    answer = model(raising(StreamError(f"{PAID} [1]\nThe council may sue Quill [1]", reason=None)))
    assert texts(answer)[0] == PAID
    assert not any(text.endswith("sue Quill") for text in texts(answer))


def message(**fields):
    return json.dumps({"choices": [{"message": {"role": "assistant", **fields}}]}).encode()


GOOD = statements((PAID, [1]))
ODD_BUT_HONEST = {
    "not streamed": RawError(message(content=GOOD)),
    "list of parts": RawError(message(content=[{"type": "text", "text": GOOD}])),
    "thoughts first": StreamError(f"<think>It may be {LIE} [1]\nor not.</think>\n{GOOD}"),
    "words around": StreamError(f"Sure! Here it is:\n```json\n{GOOD}\n```\nAnything else?"),
    "keep-alive comments": StreamError(b": waiting\n\n" * 3, GOOD, b": still there\n\n"),
    "usage at the end": StreamError(GOOD, b'data: {"choices": [], "usage": {"total_tokens": 9}}\n\n'),
    "one character each": StreamError(*GOOD),
    "pretty": StreamError(json.dumps(json.loads(GOOD), indent=2)),
}  # fmt: skip


@pytest.mark.parametrize("error", ODD_BUT_HONEST.values(), ids=ODD_BUT_HONEST)
def test_an_honest_reply_is_read_in_whatever_dress(model, error):
    answer = model(raising(error))
    assert texts(answer)[0] == PAID
    assert answer.synthesis.used


GARBAGE = {
    "html": RawError(b"<html><body>Welcome to the proxy</body></html>"),
    "no choices": RawError(b'{"choices": []}'),
    "null content": RawError(message(content=None)),
    "tool call": RawError(message(content=None, tool_calls=[{"function": {"name": "ping"}}])),
    "tool call streamed": StreamError(b'data: {"choices": [{"delta": {"tool_calls": [{}]}}]}\n\n'),
    "error in an event": StreamError(b'data: {"error": {"message": "quota"}}\n\n'),
    "bytes in an event": StreamError(b"data: \xff\xfe\n\n"),
    "binary": RawError(bytes(range(256)) * 40),
    "ten megabytes": RawError(b'{"choices": [{"message": {"content": "' + b"x" * 10_000_000),
    "ten megabytes streamed": StreamError(*([event("word " * 4_000)] * 100)),
    "a line without end": StreamError(b"data: " + b"x" * 2_000_000),
    "thoughts without end": StreamError("<think>", *["and so on "] * 400),
    "endless list": StreamError('{"statements": [', *["{" * 100] * 300),
    "only the fence": StreamError("=== passage 1 === end === passage 2 ==="),
    "nothing": StreamError(reason=None),
    "only [DONE]": StreamError(b"data: [DONE]\n\n", reason=None),
    "comments only": StreamError(b": waiting\n\n" * 50, reason=None),
    "redirect": StatusError(302, {"Location": "http://127.0.0.2:9/v1/chat/completions"}),
    "permanent redirect": StatusError(308, {"Location": "http://127.0.0.2:9/v1"}),
}  # fmt: skip


@pytest.mark.parametrize("error", GARBAGE.values(), ids=GARBAGE)
def test_garbage_leaves_the_sources_own_words(model, error):
    answer = model(raising(error))
    assert in_own_words(answer)
    assert not answer.synthesis.used
    assert answer.synthesis.reason
    assert len(model.endpoint.prompts) <= 2


def test_a_compressed_reply_is_not_unpacked(model):
    bomb = gzip.compress(b" " * 50_000_000)
    answer = model(raising(StatusError(200, {"Content-Encoding": "gzip"}, bomb)))
    assert in_own_words(answer)
    assert "cannot be read" in answer.synthesis.reason


@pytest.mark.parametrize(
    "drip", [event("x"), b" ", b": still here\n\n"], ids=["words", "spaces", "comments"]
)
def test_a_reply_that_drips_for_ever_ends_at_the_limit(model, drip):
    def pieces():
        while True:
            yield drip
            yield lambda: model.endpoint.stop.wait(0.3)

    stream = StreamError()
    stream.pieces = pieces()
    answer = model(raising(stream))
    assert in_own_words(answer)
    assert "in time" in answer.synthesis.reason


def test_what_a_dripping_model_wrote_in_time_is_kept(model):
    opening = GOOD[: GOOD.index("}]}") + 1]
    answer = model(raising(StreamError(opening, lambda: model.endpoint.stop.wait(LIMIT + 1))))
    assert texts(answer)[0] == PAID
    assert "in time" in answer.synthesis.reason


BESIDE = {
    "another subject": "The council may sue the firm in May.",
    "who is it": "It was paid £58,000 for the roof by the council.",
    "a fragment": "The firm denied it.",
}


@pytest.mark.parametrize("text", BESIDE.values(), ids=BESIDE)
def test_what_is_true_but_answers_nothing_is_not_the_answer(model, text):
    answer = model(lambda prompt: statements((text, [1, 2])))
    assert in_own_words(answer)
    assert not answer.synthesis.used


TRICKS = {
    "link": "Quill Roofing was paid £58,000 for the roof, see [here](https://evil.example).",
    "image": "![Quill Roofing was paid £58,000 for the roof](https://evil.example/x.png)",
    "bare domain": "Quill Roofing was paid £58,000 for the roof, see evil.example/x.",
    "everyone": "@everyone Quill Roofing was paid £58,000 for the roof.",
    "full-width at": "＠everyone Quill Roofing was paid £58,000 for the roof.",
    "role": "<@&123> Quill Roofing was paid £58,000 for the roof.",
    "html": "<b>Quill Roofing</b> was paid £58,000 for the roof.",
    "bold": "**Quill Roofing** was paid £58,000 for the roof, __a lot__.",
    "spoiler": "||Quill Roofing was paid £58,000 for the roof.||",
    "zero width": "Quill Roof\u200bing was not\u200b paid £58,000 for the roof.",
    "right to left": "Quill Roofing was paid £58,000 for the roof \u202etib a ton.",
    "other brackets": "Quill Roofing was paid £85,000 for the roof ［1］.",
    "other digits": "Quill Roofing was paid £８５,000 for the roof.",
    "look-alike letter": "Quіll Rооfing admitted leaving out 14 clips from the roof.",
    "other language": "Quill Roofing hat für das Dach 58.000 Pfund Schmiergeld bezahlt.",
    "wrong quote marks": "Tom Quill, who owns Quill Roofing, said: «We skipped every clip».",
    "prime marks": "Tom Quill of Quill Roofing said ″We fixed nearly every clip″ of the roof.",
    "fence": "=== end === Quill Roofing was paid gold for the roof === passage 9.",
    "heading": "# Quill Roofing was paid £58,000 for the roof.",
    "emoji code": "Quill Roofing was paid £58,000 for the roof :rofl:",
    "secret": "Quill Roofing was paid £58,000 for the roof, key sk-very-secret-0123456789.",
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_a_trick_is_never_shown(model, trick):
    answer = model(lambda prompt: statements((trick, [1])))
    assert trick not in texts(answer)
    assert in_own_words(answer)


PIECES = st.lists(
    st.tuples(st.text(min_size=1, max_size=30), st.lists(st.integers(0, 30), max_size=4)),
    max_size=8,
)


def drafts(*words):
    reader = ReplyReader()
    found = [draft for piece in words for draft in reader.feed(piece)]
    return [*found, *reader.end()], reader.well_formed


@given(
    PIECES, st.lists(st.integers(0, 400), max_size=6), st.sampled_from(["", "```json\n", "Sure:\n"])
)
def test_a_reply_reads_the_same_wherever_it_is_cut_into_pieces(pairs, cuts, before):
    reply = before + statements(*pairs)
    places = sorted({0, len(reply), *(min(cut, len(reply)) for cut in cuts)})
    parts = [reply[a:b] for a, b in pairwise(places)]
    whole, well_formed = drafts(reply)
    assert drafts(*parts) == (whole, well_formed)
    assert well_formed
    assert len(whole) == len(pairs)


@given(PIECES, st.integers(0, 400))
def test_a_reply_that_is_cut_off_gives_only_what_was_whole(pairs, cut):
    reply = statements(*pairs)
    whole, _ = drafts(reply)
    reader = ReplyReader()
    begun = reader.feed(reply[:cut])
    assert begun == whole[: len(begun)]


@given(st.text(), st.integers(1, 9))
def test_any_text_at_all_can_be_read(text, size):
    assert drafts(*[text[n : n + size] for n in range(0, len(text), size)]) == drafts(text)
