import socket

import pytest

from index.documents import Reading, read
from index.errors import ReadError

ARTICLE = """
<h1>Oil in the harbour</h1>
<p>The minister accused the company of lying about the spill last year. It &amp; others denied.</p>
<h2>What the inspector says</h2>
<ul><li>Nobody read the report</li><li>It was filed in a drawer</li></ul>
<table><tr><th>Day</th><th>Barrels</th></tr><tr><td>Monday</td><td><p>40</p></td></tr></table>
<p>A second   paragraph with <b>bold</b>
words<br>and a new line.</p>
<blockquote>“We knew,” he said.</blockquote>
"""
TEXT = """Oil in the harbour

The minister accused the company of lying about the spill last year. It & others denied.

What the inspector says

Nobody read the report
It was filed in a drawer

Day | Barrels
Monday | 40

A second paragraph with bold words
and a new line.

“We knew,” he said."""


def read_html(page: str, head: str = "") -> Reading:
    return read(f"<html><head>{head}</head><body>{page}</body></html>".encode(), ".html")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(
    "page",
    [
        "{}",
        "<article>{}</article>",
        "<main>{}</main>",
        '<div class="content">{}</div>',
        '<nav><a href="/">Home</a> <a href="/b">World</a></nav><article>{}</article>'
        "<footer>Imprint and terms</footer>",
        '<div id="cookie-consent"><p>We value your privacy. Accept all?</p></div>'
        "<article>{}</article><script>track('everyone')</script><style>p {{color: red}}</style>",
        '<article>{}<p style="display: none">Hidden</p><p hidden>Hidden</p>'
        '<p aria-hidden="true">Hidden</p><noscript>Hidden</noscript></article>',
        '{}<p style="display:none">Hidden</p><!-- Hidden -->',
        '<article>{}<p style="color: red; visibility : hidden">Hidden</p></article>',
    ],
)
def test_the_article_is_the_text_and_nothing_around_it(page: str) -> None:
    assert read_html(page.format(ARTICLE)).text == TEXT


def test_a_page_without_an_article_is_read_as_it_shows() -> None:
    page = '<div class="menu"><span>Only</span> a <i>line</i></div><select><option>x</select>'
    assert read_html(page).text == "Only a line"


def test_a_short_article_keeps_its_paragraphs() -> None:
    page = "<nav>Home</nav><article><h1>Oil</h1><p>It was spilt.</p><p>Twice.</p></article>"
    assert read_html(page).text == "Oil\n\nIt was spilt.\n\nTwice."


def test_the_date_is_that_of_publication_and_not_of_a_change() -> None:
    head = """<meta property="article:modified_time" content="2024-06-01T10:00:00Z">
    <meta property="article:published_time" content="2024-03-05T10:00:00Z">"""
    assert read_html(f"<article>{ARTICLE}</article>", head).published == "2024-03-05"


def test_metadata_comes_from_the_head() -> None:
    head = """<title>Oil | The Post</title>
    <meta property="og:title" content="Oil in the harbour">
    <meta property="og:site_name" content="The Post">
    <meta name="author" content="Ada Byron">
    <meta property="article:published_time" content="2024-03-05T10:00:00Z">
    <link rel="canonical" href="https://post.example.org/oil">"""
    reading = read_html(f"<article>{ARTICLE}</article>", head)
    assert reading.title == "Oil in the harbour"
    assert reading.publisher == "The Post"
    assert reading.author == "Ada Byron"
    assert reading.published == "2024-03-05"
    assert reading.url == "https://post.example.org/oil"


def test_metadata_comes_from_json_ld() -> None:
    head = """<script type="application/ld+json">{"@context": "https://schema.org",
    "@type": "NewsArticle", "headline": "Oil", "datePublished": "2024-03-05T10:00:00Z",
    "author": {"@type": "Person", "name": "Ada Byron"},
    "publisher": {"@type": "Organization", "name": "The Post"}}</script>"""
    reading = read_html(f"<article>{ARTICLE}</article>", head)
    assert (reading.publisher, reading.author, reading.published) == (
        "The Post",
        "Ada Byron",
        "2024-03-05",
    )


def test_a_page_without_a_date_has_none() -> None:
    assert read_html(f"{ARTICLE}<p>Copyright 2021. On 3 May 2019 it rained.</p>").published is None


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", ""),
        ("utf-16", '<meta charset="utf-8">'),
        ("windows-1251", '<meta charset="windows-1251">'),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("windows-1251", '<meta charset="no-such-charset">'),
        ("windows-1251", '<meta charset="utf-8">'),
    ],
)
def test_the_charset_is_told_whatever_a_page_declares(encoding: str, declared: str) -> None:
    words = "Министр обвинил компанию во лжи об утечке нефти в прошлом году, она это отрицает."
    page = f"<html><head>{declared}</head><body><p>{words}</p></body></html>"
    assert read(page.encode(encoding), ".htm").text == words


def test_xhtml_with_an_encoding_declaration_is_read() -> None:
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html '
        'xmlns="http://www.w3.org/1999/xhtml"><body><p>Größe zählt.</p></body></html>'
    )
    assert read(page.encode(), ".xhtml").text == "Größe zählt."


def test_control_characters_from_references_do_not_reach_the_text() -> None:
    text = read_html("<p>One&#7; two&#x1b;[31m three&#0;.</p>").text
    assert text.isprintable()
    assert text.startswith("One")


@pytest.mark.parametrize("page", ["", "<script>words()</script>", "<img src='a.png'>"])
def test_a_page_that_shows_no_words_is_refused(page: str) -> None:
    with pytest.raises(ReadError, match="no text found"):
        read_html(page)


def test_an_entity_bomb_and_deep_nesting_end_quickly() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY a0 "boom">{bomb}]><html><body><p>&a11; words</p>'
    assert len(read(page.encode(), ".html").text) < 1000
    with pytest.raises(ReadError):
        read(b"<div>" * 100_000 + b"words", ".html")


def test_a_web_archive_is_read_by_its_page() -> None:
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
        "\r\n\r\n<html><body><p>Caf=C3=A9 words=\r\n here.</p></body></html>\r\n--b--\r\n"
    )
    assert read(archive.encode(), ".mhtml").text == "Café words here."
