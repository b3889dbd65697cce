import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.passages import Splitter
from index.sentences import paragraphs, sentences_in
from index.types import Document


def count_words(texts):
    """A token counter with behaviour: a token for every four characters of a word."""
    return [sum(-(-len(word) // 4) for word in text.split()) for text in texts]


def document(text, language=None):
    return Document(id="a.txt", text=text, sha256="", title="A", language=language)


def split(text, window=20, overlap=6):
    return Splitter(count_words, window, overlap).split(document(text))


TEXTS = st.text(
    st.one_of(
        st.sampled_from(' \n.!?"“”#-aA1é漢😀\u200b\u00a0\u2028'),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=400,
).map(lambda text: unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_passages_cover_every_character_that_is_not_white_space(text):
    covered = set()
    for passage in split(text):
        covered.update(range(passage.start, passage.end))
    assert all(at in covered or text[at].isspace() for at in range(len(text)))


@given(TEXTS)
def test_sentences_lie_in_their_passage_in_order_without_white_space_around_them(text):
    for passage in split(text):
        assert passage.sentences[0][0] == passage.start
        assert passage.sentences[-1][1] == passage.end
        last = passage.start
        for start, end in passage.sentences:
            assert last <= start < end <= passage.end
            assert text[start:end].strip() == text[start:end] != ""
            last = end


@given(TEXTS, st.integers(1, 40))
def test_no_passage_is_longer_than_the_window(text, window):
    for passage in split(text, window=window):
        assert sum(count_words([text[a:b]])[0] for a, b in passage.sentences) <= window


@given(TEXTS)
def test_between_paragraphs_lies_only_white_space(text):
    at = 0
    for paragraph in paragraphs(text):
        assert text[at : paragraph.start].strip() == ""
        at = paragraph.end
    assert text[at:].strip() == ""


@given(TEXTS)
def test_cutting_is_the_same_every_time(text):
    assert split(text) == split(text)


def test_sentences_end_where_a_reader_would_end_them():
    text = (
        "“It was theft,” Ms. Lowe said. “And he knew.” The U.S. Army paid $3.5 million to "
        "J. K. Moss Jr. on Jan. 5. Was it late? He left at 5 p.m. Nobody asked."
    )
    assert [text[a:b] for a, b in sentences_in(text, 0, len(text))] == [
        "“It was theft,” Ms. Lowe said.",
        "“And he knew.”",
        "The U.S. Army paid $3.5 million to J. K. Moss Jr. on Jan. 5.",
        "Was it late?",
        "He left at 5 p.m.",
        "Nobody asked.",
    ]


def test_the_number_of_a_note_belongs_to_the_sentence_before_it():
    text = (
        "The plan was approved.[^1] It will cost a million.[2][3] He called it “a gift.”[4] The "
        "mayor left.¹ Nobody saw the board.12 The vote is in May."
    )
    assert [text[a:b] for a, b in sentences_in(text, 0, len(text))] == [
        "The plan was approved.[^1]",
        "It will cost a million.[2][3]",
        "He called it “a gift.”[4]",
        "The mayor left.¹",
        "Nobody saw the board.12",
        "The vote is in May.",
    ]


def test_a_line_end_breaks_a_sentence_unless_the_block_is_hard_wrapped():
    wrapped = "The clerk said that the roof\nhad been leaking since the\nautumn. Nobody came.\n"
    lines = "The clerk spoke.\nNobody came to listen.\nThe roof leaked.\n"
    assert len(next(paragraphs(wrapped)).sentences) == 2
    assert len(list(paragraphs(lines))) == 3


def test_passages_do_not_cross_a_heading():
    text = "# One\n\nThe first matter.\n\n# Two\n\nThe second matter.\n"
    found = [text[p.start : p.end] for p in split(text, window=200)]
    assert found == ["# One\n\nThe first matter.", "# Two\n\nThe second matter."]


def test_a_signature_is_no_heading():
    text = "We did nothing wrong.\n\nYours sincerely,\n\nAda Lowe\n\nHead of Roofs\n"
    assert len(split(text, window=200)) == 1


def test_a_sentence_longer_than_the_window_is_cut_at_words():
    text = " ".join(["wood"] * 50) + "."
    passages = split(text, window=20, overlap=0)
    assert [text[p.start : p.end].split()[0] for p in passages] == ["wood"] * 3
    assert all(not text[p.start - 1 : p.start].strip() for p in passages)


def test_a_word_longer_than_the_window_is_cut_at_characters():
    text = "x" * 200
    passages = split(text, window=20, overlap=0)
    assert "".join(text[p.start : p.end] for p in passages) == text


def test_a_cut_paragraph_repeats_its_last_sentence_and_a_new_paragraph_does_not():
    paragraph = "One two three. Four five six. Seven eight nine. Ten eleven twelve."
    text = f"{paragraph}\n\nAnother one here."
    first, second, *_, last = split(text, window=10, overlap=5)
    assert text[second.start : first.end] == "Four five six."
    assert text[last.start :] == "Another one here."


def test_an_edit_leaves_the_passages_after_the_next_heading_as_they_were():
    head, tail = "# One\n\nA short matter.\n\n", "# Two\n\nThe second matter. It is long.\n"
    before = {(head + tail)[p.start : p.end] for p in split(head + tail, window=8)}
    text = head.replace("short", "much longer and quite different") + tail
    after = {text[p.start : p.end] for p in split(text, window=8)}
    assert "# Two\n\nThe second matter." in before & after


def test_a_run_without_white_space_is_cut_though_a_tokenizer_takes_it_for_one_token():
    def count_like_wordpiece(texts):
        return [
            sum(1 if len(word) > 100 else -(-len(word) // 4) for word in t.split()) for t in texts
        ]

    text = "x" * 3_000 + " The final word is Xanadu."
    passages = Splitter(count_like_wordpiece, 50, 0).split(document(text))
    assert max(passage.end - passage.start for passage in passages) <= 400
    assert text[passages[-1].start : passages[-1].end].endswith("Xanadu.")


def test_the_rows_of_a_table_are_not_run_together():
    text = "| ferry | time |\n|---|---|\n| Mulk | 10:45 |\n| Oder | 11:15 |\n"
    rows = [text[a:b] for p in paragraphs(text) for a, b in p.sentences]
    assert "| Mulk | 10:45 |" in rows
