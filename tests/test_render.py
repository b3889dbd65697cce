import re
import subprocess
import sys
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer_pages import LONGEST_PAGE, answer_pages
from bot.markdown import clipped, inert, pieces, plain, width
from bot.render import document_line, link_target
from index.types import Answer, Citation, DocumentInfo, Query, Source, Statement, Synthesis, Treated

NASTY = (
    "@everyone", "@here", "@EVERYONE", "<@123>", "<@!123>", "<@&456>", "<#789>", "</ask:12>",
    "<t:1700000000:R>", "<:smile:1>", "<id:customize>", "https://evil.example/x", "http://a.b",
    "<https://evil.example>", "[click](https://evil.example)", "[1]", "**", "__", "~~", "||", "`",
    "```", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "\\", "discord.gg/abc", "_a_", "*b*", "\n",
    "\r\n", "\u202e", "\u200b", "\x00", "\ud800", "👩‍👩‍👧", "🇩🇪", "é", "\U0001f44d\U0001f3fd",
    "a" * 90,     "steam://run/1", "discord.com/invite/x", "\\@everyone", "ftp://x", "::", "://",
)  # fmt: skip
UNICODE = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
TEXTS = st.lists(st.one_of(UNICODE, st.sampled_from(NASTY)), max_size=40).map("".join)
LONG = st.tuples(TEXTS, st.integers(1, 400)).map(lambda pair: (pair[0] * pair[1])[:20_000])
URLS = st.one_of(
    st.none(),
    st.sampled_from((
        "https://example.org/a_(b)", "http://example.org/?q=a&b=[1]#x", "javascript:alert(1)",
        "https://example.org/@everyone", "https://good.example@evil.example/", "https://[", "file:///etc",
        "https://example.org/" + "x" * 900, "https://münchen.example/straße", "https://a.example/>)x",
    )),
    TEXTS.map(lambda text: "https://example.org/" + text),
)  # fmt: skip
SOURCES = st.builds(
    Source,
    document=TEXTS,
    title=TEXTS,
    publisher=st.none() | TEXTS,
    published=st.sampled_from((None, "2024", "2024-12", "2024-12-02", "soon", "2024-99-99"))
    | TEXTS,
    url=URLS,
)


@st.composite
def answers(draw):
    count = draw(st.integers(0, 8) | st.just(30))
    citations = tuple(
        Citation(
            number,
            draw(SOURCES),
            0,
            0,
            draw(LONG if number == 1 else TEXTS),
            draw(st.none() | st.integers(1, 5000)),
            tuple(draw(st.lists(SOURCES, max_size=3))),
        )
        for number in range(1, count + 1)
    )
    numbers = st.lists(st.integers(1, count + 2), max_size=120).map(tuple)
    statements = draw(
        st.lists(
            st.builds(
                Statement,
                LONG | TEXTS,
                numbers,
                heading=TEXTS | st.just(""),
                note=TEXTS | st.just(""),
            ),
            max_size=6,
        )
    )
    if draw(st.booleans()):
        statements, closest = [], citations
    else:
        closest = ()
    return Answer(
        question=draw(TEXTS),
        query=Query("q"),
        confidence=0.5,
        generation="000001",
        seconds=0.1,
        statements=tuple(statements),
        citations=citations if statements or not closest else (),
        closest=closest,
        undated=draw(st.integers(0, 3)),
        notices=tuple(draw(st.lists(TEXTS, max_size=2))),
        lead=draw(TEXTS),
    )


def shown(raw: str) -> str:
    """What a reader sees of inert text."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", raw).replace("@\u200b", "@")


def unescaped(raw: str) -> str:
    """The raw text without its escaped characters: what is left of markdown in it is active."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "¤", raw)


def marks(page: str) -> list[int]:
    bold = re.findall(r"\*\*((?:\[\d+\])+)\*\*", unescaped(page))
    return [int(number) for run in bold for number in re.findall(r"\d+", run)]


@given(TEXTS)
def test_inert_text_reads_as_the_text_itself(text):
    assert shown(inert(text)) == plain(text).replace("@\u200b", "@")


@given(TEXTS)
def test_inert_text_holds_no_active_markdown(text):
    rest = unescaped(inert(text))
    assert not re.search(r"[`*_~|\[\]<>#]", rest)
    assert not re.search(r"\w+://", inert(text))
    assert not re.match(r"[-+]|\d+\.", inert(text))
    assert not re.search(r"@(everyone|here)|<@[!&]?\d|discord(app)?\.", inert(text), re.IGNORECASE)


@given(LONG, st.integers(8, 2000))
def test_pieces_keep_the_room_and_lose_nothing(text, room):
    parts = list(pieces(text, room))
    assert all(width(part) <= room for part in parts)
    joined = re.sub(r"\s", "", shown("".join(parts)))
    assert joined == re.sub(r"\s", "", shown(inert(text)))


def test_pieces_cut_at_spaces():
    assert list(pieces("one two three", 9)) == ["one two", "three"]


def test_pieces_do_not_part_a_character_from_its_accent():
    assert all(not part.startswith("\u0301") for part in pieces("e\u0301" * 50, 12))


def whole(page):
    return f"{page.text}\n{page.sources}"


@settings(max_examples=40, deadline=None)
@given(answers(), st.booleans())
def test_every_page_keeps_the_limit_and_says_something(answer, show_question):
    for page in answer_pages(answer, show_question=show_question):
        assert whole(page).strip()
        assert width(whole(page)) <= LONGEST_PAGE
        whole(page).encode()


@settings(max_examples=40, deadline=None)
@given(answers())
def test_every_number_on_a_page_has_its_source_there_and_every_proof_is_shown(answer):
    pages = answer_pages(answer)
    known = {citation.number for citation in answer.citations}
    cited = {number for item in answer.statements for number in item.citations} & known
    for page in pages:
        heads = re.findall(r"^\*\*\[(\d+)\]\*\* ", page.sources, re.MULTILINE)
        assert [int(head) for head in heads] == [one.number for one in page.citations]
        assert set(marks(page.text)) <= {one.number for one in page.citations}
    shown = {number for page in pages for number in marks(page.text)}
    assert shown == cited
    if not cited:
        closest = {one.number for page in pages for one in page.citations}
        assert closest == {one.number for one in answer.closest[:10]}


@settings(max_examples=40, deadline=None)
@given(answers())
def test_statements_are_shown_whole(answer):
    joined = "\n".join(page.text for page in answer_pages(answer))
    titles = re.compile(r"^\*\*(?!\[).*\*\*$", re.MULTILINE)
    text = re.sub(r"\s", "", shown(titles.sub("", joined)))
    known = {citation.number for citation in answer.citations}
    for statement in answer.statements:
        if known & set(statement.citations):
            assert re.sub(r"\s", "", shown(inert(statement.text))) in text


@settings(max_examples=40, deadline=None)
@given(answers(), st.booleans())
def test_markdown_is_balanced_and_nothing_foreign_is_active(answer, show_question):
    own = [item.source for item in (*answer.citations, *answer.closest)]
    own += [source for item in (*answer.citations, *answer.closest) for source in item.also_in]
    targets = {link_target(source.url) for source in own}
    for page in map(whole, answer_pages(answer, show_question=show_question)):
        links = re.findall(r"\[open\]\(<([^<>\s()]*)>\)", page)
        assert set(links) <= targets
        bare = unescaped(re.sub(r"\[open\]\(<[^<>\s()]*>\)", "", page))
        assert not re.search(r"\w://|[`_~|<]", bare)
        assert not re.search(r"@(everyone|here)|<@[!&]?\d", page, re.IGNORECASE)
        for line in re.sub(r"^\*[^*\n]*:\*", "", bare, flags=re.MULTILINE).split("\n"):
            assert line.count("**") % 2 == 0
            assert "*" not in line.replace("**", "")
            assert re.fullmatch(r"(-# |> |### )?[^>]*", line)
            assert not re.match(r"(> )?([-+] |\d+\. |# )", line)


def test_a_statement_whose_numbers_have_no_source_is_not_shown():
    answer = Answer(
        "q", Query("q"), 0.5, "1", 0.1, (Statement("Unproven words.", (7,)),), lead="Yes."
    )
    (page,) = answer_pages(answer)
    assert (page.text, page.sources) == ("The sources do not say.", "")


def test_silence_says_so_and_shows_what_came_closest():
    near = Citation(1, Source("a.txt", "Notes", None, "2024-12", None), 0, 4, "Rain.")
    answer = Answer("q", Query("q"), 0.1, "1", 0.1, closest=(near,), undated=2)
    (page,) = answer_pages(answer, remarks=["A hint."])
    assert page.text == (
        "The sources do not say.\n-# 2 documents without a date were left out.\nA hint."
    )
    assert page.sources == "**[1]** Notes · Dec 2024\n> Rain."
    assert not page.found


def test_our_own_sentence_is_read_first():
    citation = Citation(1, Source("a.txt", "Minutes", None, None, None), 0, 9, "It leaks.")
    answer = Answer(
        question="Does it leak?",
        query=Query("q"),
        confidence=0.9,
        generation="1",
        seconds=0.1,
        statements=(Statement("It leaks.", (1,)),),
        citations=(citation,),
        lead="Yes.",
    )
    assert answer_pages(answer)[0].text.startswith("Yes.\nIt leaks. **[1]**")


def test_silence_is_said_once():
    answer = Answer("q", Query("q"), 0.1, "1", 0.1, lead="The sources do not say so.")
    assert answer_pages(answer)[0].text == "The sources do not say so."


def test_how_a_follow_up_was_understood_stands_below_the_question():
    answer = Answer("And *when*?", Query("q"), 0.1, "1", 0.1, rewritten="When did *it* leak?")
    (page,) = answer_pages(answer, show_question=True)
    assert page.text.startswith("### And \\*when\\*?\n-# I read this as: When did \\*it\\* leak?\n")


SOURCE = Source("a.pdf", "Minutes", "City", "2024-12-02", "https://example.org/a_(1).pdf")
AGAIN = Source("b.pdf", "Reprint", None, None, None)
LEAKS = Citation(1, SOURCE, 0, 9, "It *leaks*.", 3, (AGAIN,))


def test_an_answer_shows_statements_and_a_line_for_each_source():
    answer = Answer(
        "Does it?", Query("q"), 0.9, "1", 0.1, (Statement("It *leaks*.", (1,)),), (LEAKS,)
    )
    (page,) = answer_pages(answer, show_question=True)
    assert page.text == "### Does it?\nIt \\*leaks\\*. **[1]**"
    assert page.sources == (
        "**[1]** Minutes · City · 2 Dec 2024 · page 3 · "
        "[open](<https://example.org/a_%281%29.pdf>)\n-# also in: Reprint"
    )


def test_a_quote_ends_before_the_next_source():
    two = tuple(replace(LEAKS, number=n, also_in=()) for n in (1, 2))
    answer = Answer("q", Query("q"), 0.1, "1", 0.1, closest=two)
    assert "> It \\*leaks\\*.\n\n**[2]**" in answer_pages(answer)[0].sources


def test_the_words_that_answer_are_bold():
    quote = "The roof leaked on 3 May 2024, in *Hall*."
    citation = Citation(1, SOURCE, 0, len(quote), quote, answer_spans=((19, 29),))
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement(quote, (1,)),), (citation,))
    text = answer_pages(answer)[0].text
    assert text == "The roof leaked on **3 May 2024**, in \\*Hall\\*. **[1]**"


@given(LONG | TEXTS, st.data())
def test_bold_words_that_answer_leave_the_text_as_it_is_and_inert(text, data):
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).map(sorted).map(tuple), max_size=3))
    citation = Citation(1, SOURCE, 0, len(text), text, answer_spans=tuple(spans))
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement(text, (1,)),), (citation,))
    raw = "\n".join(page.text for page in answer_pages(answer))
    bare = unescaped(raw)
    assert "***" not in bare and "*" not in bare.replace("**", "")
    assert all(line.count("**") % 2 == 0 for line in bare.split("\n"))
    assert not re.search(r"@(everyone|here)|<@[!&]?\d|\w://|[`_~|<>#]", bare, re.IGNORECASE)
    assert raw.endswith("**[1]**")
    read = shown(re.sub(r"(\\.)|\*\*", lambda found: found[1] or "", raw[: -len("**[1]**")]))
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", shown(inert(text)))


def test_what_a_language_model_had_to_do_with_an_answer_is_said():
    citation = Citation(1, SOURCE, 0, 9, "It rains.")
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement("It rains.", (1,)),), (citation,))
    treated = (Treated("It rains.", "kept", "It rains."),)
    worded = replace(answer, synthesis=Synthesis(True, "", treated))
    partly = replace(answer, synthesis=Synthesis(True))
    fallen = replace(answer, synthesis=Synthesis(False, "no answer came in time *"))
    texts = [answer_pages(one)[0].text for one in (answer, worded, fallen, partly)]
    assert "language model" not in texts[0]
    assert "In a language model's words; each sentence was checked" in texts[1]
    assert "the language model was not used (no answer came in time \\*)." in texts[2]
    assert "Partly in a language model's words" in texts[3]


@given(LONG | TEXTS, st.integers(1, 120))
def test_a_label_keeps_its_room_and_uses_it(text, room):
    cut, whole_text = clipped(text, room), plain(text)
    assert width(cut) <= room
    if width(whole_text) > room:
        assert cut.endswith("…")
        assert width(whole_text[: len(cut) + 2].rstrip()) >= room - 3


def test_a_quote_that_the_answer_does_not_hold_stands_below_its_source():
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement("Water comes in.", (1,)),), (LEAKS,))
    assert "\n> It \\*leaks\\*." in answer_pages(answer)[0].sources


@given(SOURCES)
def test_a_document_in_a_list_is_short_and_does_nothing(source):
    line = document_line(DocumentInfo(source, None, "", 1, 7))
    assert width(line) <= 1000
    assert not re.search(r"\w://|[`_~|<]", unescaped(line))


def test_only_plain_web_addresses_become_links():
    assert link_target("https://example.org/a b)") == "https://example.org/a%20b%29"
    for url in ("javascript:alert(1)", "https://a@b.example", "file:///x", "https://[", "", None):
        assert link_target(url) is None


def test_rendering_loads_neither_discord_nor_a_model():
    code = "import bot.render, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"discord", "aiohttp", "torch", "chromadb", "llama_index", "spacy", "onnxruntime"}
    assert heavy.isdisjoint(loaded.stdout.split())


def test_an_accusation_and_its_denial_stand_under_their_heading_and_say_what_they_are():
    source = Source("a.txt", "Notes", None, None, None)
    quotes = ("Ada accused the mill.", "The mill denied it.")
    citations = tuple(
        Citation(number, source, 0, len(quote), quote) for number, quote in enumerate(quotes, 1)
    )
    statements = (
        Statement(quotes[0], (1,), heading="Ada accuses the mill"),
        Statement(quotes[1], (2,), heading="Ada accuses the mill", note="denial"),
    )
    (page,) = answer_pages(Answer("q", Query("q"), 0.9, "1", 0.1, statements, citations))
    assert page.text.startswith(
        "**Ada accuses the mill**\nAda accused the mill. **[1]**\n"
        "*denial:* The mill denied it. **[2]**"
    )


def test_answers_that_touch_are_not_set_in_bold():
    citation = Citation(1, SOURCE, 0, 2, "00", answer_spans=((0, 1), (1, 2)))
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement("00", (1,)),), (citation,))
    assert answer_pages(answer)[0].text == "00 **[1]**"
