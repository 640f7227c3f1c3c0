"""The article of a page: its text as plain HTML, its author, date and address.

The text is found by our own measure of prose (`main_content.py`) and rewritten from the page's own markup
(`sanitize.py`). trafilatura, the standard extractor, finds the same text on nearly all pages, but takes four times as
long and loses the spaces around links, half of the links and some lists and first paragraphs; so it is only asked
where our measure finds nothing although the page declares itself an article, or a small part of the page's prose; its
answer is taken where it is much longer. A text too short for both is accepted where its place on the page tells what
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui.readers.html import metadata
from rumor_tui.readers.html.article.boilerplate import trim_edges
from rumor_tui.readers.html.article.byline import elements_beside, find_visible_byline
from rumor_tui.readers.html.article.main_content import (
    MainContent,
    find_main_content,
    find_short_content,
    unlinked_text_length,
)
from rumor_tui.readers.html.article.sanitize import ArticleBlock, sanitize
from rumor_tui.readers.html.article.title import find_headline
from rumor_tui.readers.html.dom import Dom, TextDensity, measure_density

_MIN_EXTRACTED: Final = 250
"""Characters of trafilatura's result below which it is not an article."""
MIN_PROSE_SHARE: Final = 0.3
"""The share of the page's prose in what we found below which the standard extractor is asked as well,"""
MIN_TIMES: Final = 2
"""and how much longer than ours its article has to be."""
_MAX_LINK_SHARE: Final = 0.3
"""The share of links above which its result is a menu."""
_MAX_SOURCE: Final = 2_000_000
"""Characters of a page that are given to trafilatura."""


@dataclass(slots=True)
class ExtractedArticle:
    """An article: its text as HTML (empty if there is none), and its metadata.

    `published` is in seconds since 1970 UTC, or None if it could not be parsed; `published_text` is the written date.
    """

    body: str = ""
    byline: str | None = None
    published: float | None = None
    published_text: str | None = None


def extract_article(dom: Dom, address: str = "", title: str = "", excluded: Sequence[bool] = ()) -> ExtractedArticle:
    """The article of a page that has this address and title (or ""). Never raises.

    `excluded` says which elements are not part of it: its comments.
    """
    beside = elements_beside(dom, excluded)
    visible = find_visible_byline(dom, find_headline(dom, title) or _first_heading(dom), beside)
    seconds, date = metadata.find_published(dom.head, visible.date)
    byline = metadata.find_byline(
        dom.head,
        visible.names,
        lambda node: node.mem_id in dom.numbers and beside[dom.numbers[node.mem_id]],
        is_explicit=visible.is_explicit,
    )
    blocks = trim_edges(_blocks(dom, excluded, title, address), title, address, byline or "")
    return ExtractedArticle("\n".join(block.html for block in blocks), byline, seconds, date)


def _first_heading(dom: Dom) -> int:
    return dom.tag.index("h1") if "h1" in dom.tag else 0


def _blocks(dom: Dom, excluded: Sequence[bool], title: str, base: str) -> Sequence[ArticleBlock]:
    """The blocks of the article, with the boilerplate at its edges."""
    density = measure_density(dom, excluded) if any(excluded) else dom.density
    content = find_main_content(density, title)
    blocks: Sequence[ArticleBlock] = ()
    if content.is_article:
        blocks = _sanitized(dom, content.leads, excluded, base)
        blocks += _sanitized(dom, [content.row, *content.tails], content.boilerplate, base)
    if not any(excluded) and _is_doubtful(density, content, blocks):
        other = _extract_by_trafilatura(dom.nodes[0], base)
        if sum(block.size for block in other) > MIN_TIMES * sum(block.size for block in blocks):
            blocks = other
    return blocks or _sanitized(dom, find_short_content(density, content.boilerplate), content.boilerplate, base)


def _is_doubtful(density: TextDensity, content: MainContent, blocks: Sequence[ArticleBlock]) -> bool:
    """Whether a page declares an article, and we found none, or a small part of all the prose, menus included."""
    if content.is_article:
        return sum(block.size for block in blocks) < MIN_PROSE_SHARE * density.prose[0]
    enough = unlinked_text_length(density, content.boilerplate) >= _MIN_EXTRACTED
    return enough and _declares_article(density.dom.head)


def _sanitized(dom: Dom, numbers: Sequence[int], skipped: Sequence[bool], base: str) -> list[ArticleBlock]:
    """The blocks of some elements, without those that are skipped."""

    def is_skipped(node: LexborNode) -> bool:
        number = dom.numbers.get(node.mem_id)
        return bool(skipped) and number is not None and skipped[number]

    captions = {
        dom.nodes[number].mem_id for number, tag in enumerate(dom.tag) if tag == "button" and not dom.no_text[number]
    }
    return [block for number in numbers for block in sanitize(dom.nodes[number], base, is_skipped, captions)]


def _declares_article(head: metadata.PageHead) -> bool:
    """Whether the page's metadata or markup says that it is one article."""
    if head.headline or head.meta("og:type") == "article" or head.meta("article:published_time"):
        return True
    return len(head.tree.css("article")) == 1


def _extract_by_trafilatura(body: LexborNode, base: str) -> Sequence[ArticleBlock]:
    """The blocks of the article that trafilatura finds; none where it finds little, or links."""
    import logging

    import trafilatura

    # Its log messages must not go to the terminal, which the interface owns.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    html = body.html or ""
    try:
        extracted = trafilatura.extract(
            f"<html>{html[:_MAX_SOURCE]}</html>",
            output_format="html",
            fast=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
        )
    except Exception:  # Untrusted pages make it fail in many ways; they have no article then.
        return ()
    result = LexborHTMLParser(extracted or "").body
    blocks = sanitize(result, base) if result is not None else []
    size = sum(block.size for block in blocks)
    linked = sum(block.linked for block in blocks)
    return blocks if size >= _MIN_EXTRACTED and linked <= _MAX_LINK_SHARE * size else ()
