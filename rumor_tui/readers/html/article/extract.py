"""The article of a page: its text as plain HTML, its author and its date.

The text is found by a measure of prose outside of what is named as boilerplate (`main_content.py`), and rewritten from
the page's own markup (`sanitize.py`). Where that is a small part of all the prose, the names mislead, and it is found
once more without them. A text too short for either is accepted where its place on the page tells what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from rumor_tui.readers.html import metadata
from rumor_tui.readers.html.article.boilerplate import trim_edges
from rumor_tui.readers.html.article.byline import elements_beside, find_visible_byline
from rumor_tui.readers.html.article.main_content import (
    find_main_content,
    find_short_content,
    find_unnamed_content,
)
from rumor_tui.readers.html.article.sanitize import ArticleBlock, sanitize
from rumor_tui.readers.html.article.title import find_headline
from rumor_tui.readers.html.dom import Dom, measure_density

MIN_PROSE_SHARE: Final = 0.3
"""The share of the page's prose in what we found below which names are distrusted,"""
MIN_TIMES: Final = 2
"""and how much longer than the first article the one without them has to be."""


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
    skipped = content.boilerplate
    blocks: Sequence[ArticleBlock] = ()
    if content.is_article:
        blocks = _sanitized(dom, content.rows, skipped, base)
    size = sum(block.size for block in blocks)
    if size < MIN_PROSE_SHARE * density.prose[0] and not any(excluded):
        other = _sanitized(dom, *find_unnamed_content(density), base)
        blocks = other if sum(block.size for block in other) > MIN_TIMES * size else blocks
    return blocks or _sanitized(dom, find_short_content(density, skipped), skipped, base)


def _sanitized(dom: Dom, numbers: Sequence[int], skipped: Sequence[bool], base: str) -> list[ArticleBlock]:
    """The blocks of some elements, without those that are skipped."""

    def is_skipped(node: LexborNode) -> bool:
        number = dom.numbers.get(node.mem_id)
        return bool(skipped) and number is not None and skipped[number]

    captions = {
        dom.nodes[number].mem_id for number, tag in enumerate(dom.tag) if tag == "button" and not dom.no_text[number]
    }
    return [block for number in numbers for block in sanitize(dom.nodes[number], base, is_skipped, captions)]
