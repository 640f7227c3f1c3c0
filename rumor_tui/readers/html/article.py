"""The article of an HTML page: its text as plain HTML, who wrote it, when, and where it is found.

The text is found by our own measure of prose (`choosing.py`) and written anew from the page's own markup
(`rewritten.py`). trafilatura, the field's extractor, finds the same text on nearly all pages, in four times the time
and without the blanks round links, half of the links and some lists and first paragraphs; so it is asked where our
measure finds nothing and the page still says that it is an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import choosing, measured, metadata, parts, rewritten, title, trimming
from .pieces import split_html

__all__ = ["Extracted", "extract", "split_html"]

_ENOUGH: Final = 250
"""Characters that trafilatura must find for its answer to be an article."""

_LINKING: Final = 0.3
"""The share of links above which its answer is a menu."""

_LARGEST: Final = 2_000_000
"""Characters of a page that are given to trafilatura, at most."""


@dataclass(slots=True)
class Extracted:
    """An article: its text as HTML (empty if there is none), and what the page says of it.

    `published` is in seconds since 1970 UTC, None where it could not be read; `published_text` is the date as written.
    """

    body: str = ""
    byline: str | None = None
    published: float | None = None
    published_text: str | None = None
    url: str | None = None


def extract(html: str, tree: LexborHTMLParser, url: str = "") -> Extracted:
    """The article of a page from `url` (or ""). Never raises.

    `html` is the page without its comments, from which the text is taken; `tree` is the whole page, from which the rest
    is read, and which is left as it is.
    """
    head = metadata.read(tree)
    seconds, written = metadata.published(head)
    address = metadata.address(head, url)
    byline = metadata.byline(head)
    body = _body(html, head, title.page_title(tree), address or "", byline or "")
    return Extracted(body, byline, seconds, written, address)


def _body(html: str, head: metadata.Head, name: str, base: str, byline: str) -> str:
    """The article's text alone, its blocks parted by newlines."""
    page = shown(LexborHTMLParser(html))
    if page is None:
        return ""
    found = _text(page, base, name)
    if not found and _is_article(head):
        found = _by_trafilatura(page, base)
    return "\n".join(part.html for part in trimming.trim(found, name, base, byline))


def shown(tree: LexborHTMLParser) -> LexborNode | None:
    """The page's body without what is not shown, unless that is most of it (pages that scripts make visible)."""
    for node in tree.css(parts.UNSEEN):
        node.decompose()
    body = tree.body
    if body is not None and (hidden := tree.css(parts.HIDDEN)):
        most = len(body.text()) // 2
        for node in hidden:
            if node.tag not in ("html", "body") and len(node.text()) <= most:
                node.decompose()
    return body


def _text(body: LexborNode, base: str, name: str) -> list[rewritten.Part]:
    """The blocks of the article by our own measure; none where that is not sure."""
    page = measured.measure(body)
    choice = choosing.choose(page, name)
    if not choice.sure:
        return []

    def skip(node: LexborNode) -> bool:
        row = page.rows.get(node.mem_id)
        return row is not None and choice.beside[row]

    found = [part for row in choice.leads for part in rewritten.rewrite(page.nodes[row], base, _nothing)]
    return found + rewritten.rewrite(page.nodes[choice.row], base, skip)


def _nothing(node: LexborNode) -> bool:
    return False


def _is_article(head: metadata.Head) -> bool:
    """Whether the page says of itself that it is one article."""
    if head.headline or head.meta("og:type") == "article" or head.meta("article:published_time"):
        return True
    return len(head.tree.css("article")) == 1


def _by_trafilatura(body: LexborNode, base: str) -> Sequence[rewritten.Part]:
    """The blocks of the article as trafilatura finds it; none where it finds little, or links."""
    import trafilatura

    html = body.html or ""
    try:
        found = trafilatura.extract(
            f"<html>{html[:_LARGEST]}</html>",
            output_format="html",
            fast=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
        )
    except Exception:
        # A parser of strangers' pages on top of another one: what it stumbles over has no article for us.
        return ()
    answer = LexborHTMLParser(found or "").body
    blocks = rewritten.rewrite(answer, base, _nothing) if answer is not None else []
    size = sum(block.size for block in blocks)
    linked = sum(block.linked for block in blocks)
    return blocks if size >= _ENOUGH and linked <= _LINKING * size else ()
