"""Web pages: the article without its menus, banners, scripts and hidden parts.

The article is found by trafilatura (Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15);
where it finds none, all that the page shows is its text. Nothing is ever fetched.
"""

import re
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers.decoding import decode, normalise
from index.readers.metadata import iso_date, one_line, web_url
from index.readers.reading import Reading

MAX_LENGTH = 20_000_000
"""Code points of markup."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BANNER = re.compile(r"\b(?:cookie|consent|gdpr)s?(?:\b|[-_])", re.IGNORECASE)
# fmt: off
_CHROME = frozenset([
    "script", "style", "noscript", "template", "svg", "iframe", "object", "head", "nav",
    "footer", "form", "button", "select", "dialog", "input", "textarea", "audio", "video",
    "canvas",
])
_BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "header", "aside", "blockquote", "pre", "figure",
    "figcaption", "address", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table",
    "caption", "hr", "body", "html", "details", "summary", "center", "fieldset", "legend",
    "head", "quote", "code", "list",
])
# fmt: on
"""Elements of HTML, and the last four of trafilatura."""
_LINES = frozenset(["li", "dt", "dd", "item", "tr", "row"])
_CELLS = frozenset(["td", "th", "cell"])
_BREAKS = frozenset(["br", "lb"])


def read(data: bytes) -> Reading:
    """A page's article: paragraphs apart by a blank line, list items and table rows a line each."""
    from trafilatura import bare_extraction

    page = _parse(data)
    if page is None:
        return Reading("")
    _prune(page)
    _wrap_bare_page(page)
    article = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=_thresholds(),
    )
    text = _render(article.body) if article is not None and article.body is not None else ""
    found: Any = article
    return Reading(
        normalise(text or _render(_visible(page))),
        title=one_line(found.title) if found else one_line(page.findtext(".//title")),
        publisher=one_line(found.sitename) if found else None,
        author=one_line(found.author) if found else None,
        published=iso_date(found.date) if found else None,
        url=web_url(found.url) if found else None,
    )


def visible_text(data: bytes) -> str:
    """All that a page shows, for pages that are nothing but text, such as a chapter of a book."""
    page = _parse(data)
    if page is None:
        return ""
    _prune(page)
    return normalise(_render(_visible(page)))


def read_archive(data: bytes) -> Reading:
    """The page of a web archive (MHTML, RFC 2557): its first part that is HTML, or all of it."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return read(payload if isinstance(payload, bytes) else b"")
    return read(data)


def _parse(data: bytes) -> Any:
    """The tree of a page, None where there is nothing. libxml2 bounds the depth at 256."""
    from lxml import etree, html

    declared = _DECLARED.search(data, 0, 4096)
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else None
    markup = normalise(decode(data, encoding))
    if len(markup) > MAX_LENGTH:
        raise ReadError("too large for a web page")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except etree.ParserError:
        return None


def _thresholds() -> Any:
    """trafilatura's settings, without its fall back to one long paragraph for a short page."""
    from trafilatura.settings import use_config

    config = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config["DEFAULT"][name] = "1"
    return config


def _prune(page: Any) -> None:
    """Takes out what a browser does not show, and banners, before anyone reads the page."""
    for element in list(page.iter()):
        if element.tag in ("html", "body") or element.getparent() is None:
            continue
        name = f"{element.get('id', '')} {element.get('class', '')}"
        if (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or element.tag in ("template", "noscript", "select", "button", "textarea")
            or _HIDDEN_STYLE.search(element.get("style", ""))
            or (element.tag in ("div", "section", "aside") and _BANNER.search(name))
        ):
            element.drop_tree()


def _wrap_bare_page(page: Any) -> None:
    """Makes an article of a page without any layout, of which trafilatura would lose the headings.

    Such are pages written by hand and those that programs export.
    """
    from lxml import html

    body = page.find("body")
    if body is None or page.find(".//article") is not None or page.find(".//main") is not None:
        return
    layout = body.xpath(".//*[self::div or self::section or self::td][@class or @id or @role]")
    if layout:
        return
    article = html.Element("article")
    article.text, body.text = body.text, None
    article.extend(list(body))
    body.append(article)


def _visible(page: Any) -> Any:
    """The body without the elements that are not text to read."""
    body = page.find("body")
    body = page if body is None else body
    for element in list(body.iter(*_CHROME)):
        if element.getparent() is not None:
            element.drop_tree()
    return body


def _render(tree: Any) -> str:
    """The text of a tree: blocks apart by a blank line, items and rows by a line end."""
    text = ""
    for apart, block in _blocks(tree):
        text += (("\n\n" if apart else "\n") if text else "") + block
    return text


def _blocks(tree: Any) -> Iterator[tuple[bool, str]]:
    """(whether a blank line stands before it, its words) for every block of a tree, in order."""
    from lxml import etree

    words: list[str] = []
    rows = 0
    apart = True

    def flush() -> Iterator[tuple[bool, str]]:
        nonlocal apart
        lines = (" ".join(line.split()).strip(" |") for line in "".join(words).split("\n"))
        block = "\n".join(line for line in lines if line)
        words.clear()
        if block:
            yield apart, block
            apart = False

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in _LINES or tag in _BLOCKS:
            if rows and not (tag in ("tr", "row") and rows == 1):
                words.append(" ")
            else:
                yield from flush()
                apart = apart or tag in _BLOCKS
        if event == "start":
            rows += tag in ("tr", "row")
            words.append(_folded(element.text))
            continue
        rows -= tag in ("tr", "row")
        if tag in _CELLS and element.getnext() is not None:
            words.append(" | ")
        elif tag in _BREAKS:
            words.append(" " if rows else "\n")
        if element is not tree:
            words.append(_folded(element.tail))
    yield from flush()


def _folded(text: str | None) -> str:
    """Line ends in the markup are spaces; those of the text come from `br`."""
    return text.replace("\n", " ") if text else ""
