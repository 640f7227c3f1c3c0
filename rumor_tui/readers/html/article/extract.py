"""The article of an HTML page: its text as plain HTML, who wrote it, when, and where it is found.

The text is found by our own measure of prose (`choosing.py`) and written anew from the page's own markup
(`rewritten.py`). trafilatura, the field's extractor, finds the same text on nearly all pages, in four times the time
and without the blanks round links, half of the links and some lists and first paragraphs; so it is asked where our
measure finds nothing and the page still says that it is an article. A text too short for both is taken where its place
on the page tells what it is (`brief.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui.readers.html import dom, metadata
from rumor_tui.readers.html.article import boilerplate, main_content, sanitize, title
from rumor_tui.readers.html.article.sanitize import split_html

__all__ = ["ExtractedArticle", "extract_article", "split_html"]

_ENOUGH: Final = 250
"""Characters that trafilatura must find for its answer to be an article."""

_LINKING: Final = 0.3
"""The share of links above which its answer is a menu."""

_LARGEST: Final = 2_000_000
"""Characters of a page that are given to trafilatura, at most."""


@dataclass(slots=True)
class ExtractedArticle:
    """An article: its text as HTML (empty if there is none), and what the page says of it.

    `published` is in seconds since 1970 UTC, None where it could not be read; `published_text` is the date as written.
    """

    body: str = ""
    byline: str | None = None
    published: float | None = None
    published_text: str | None = None
    url: str | None = None


def extract_article(html: str, tree: LexborHTMLParser, url: str = "", name: str | None = None) -> ExtractedArticle:
    """The article of a page from `url` (or ""). Never raises.

    `html` is the page without its comments, from which the text is taken; `tree` is the whole page, from which the rest
    is read, and which is left as it is. `name` is the article's title, if it has been looked for before.
    """
    head = metadata.read_head(tree)
    seconds, written = metadata.find_published(head)
    address = metadata.find_address(head, url)
    byline = metadata.find_byline(head)
    name = title.page_title(tree) if name is None else name
    body = _body(html, head, name, address or "", byline or "")
    return ExtractedArticle(body, byline, seconds, written, address)


def _body(html: str, head: metadata.PageHead, name: str, base: str, byline: str) -> str:
    """The article's text alone, its blocks parted by newlines."""
    page = LexborHTMLParser(html).body
    if page is None:
        return ""
    measures = dom.measure_density(page)
    choice = main_content.find_main_content(measures, name)
    found: Sequence[sanitize.ArticleBlock] = ()
    if choice.sure:
        found = _chosen(measures, choice, base)
    elif main_content.unlinked_text_length(measures, choice.beside) >= _ENOUGH and _is_article(head):
        found = _by_trafilatura(page, base)
    if not found:
        found = _written(measures, main_content.find_short_content(measures, choice.beside), choice.beside, base)
    return "\n".join(part.html for part in boilerplate.trim_edges(found, name, base, byline))


def _chosen(page: dom.TextDensity, choice: main_content.MainContent, base: str) -> list[sanitize.ArticleBlock]:
    """The blocks of the chosen element, and of the paragraphs that open the article before it."""
    found = [part for row in choice.leads for part in sanitize.sanitize(page.nodes[row], base, _nothing)]
    return found + _written(page, [choice.row], choice.beside, base)


def _written(
    page: dom.TextDensity, rows: Sequence[int], beside: Sequence[bool], base: str
) -> list[sanitize.ArticleBlock]:
    """The blocks of some elements, without what is beside the article in them."""

    def skip(node: LexborNode) -> bool:
        row = page.rows.get(node.mem_id)
        return row is not None and beside[row]

    return [part for row in rows for part in sanitize.sanitize(page.nodes[row], base, skip)]


def _nothing(node: LexborNode) -> bool:
    return False


def _is_article(head: metadata.PageHead) -> bool:
    """Whether the page says of itself that it is one article."""
    if head.headline or head.meta("og:type") == "article" or head.meta("article:published_time"):
        return True
    return len(head.tree.css("article")) == 1


def _by_trafilatura(body: LexborNode, base: str) -> Sequence[sanitize.ArticleBlock]:
    """The blocks of the article as trafilatura finds it; none where it finds little, or links."""
    import logging

    import trafilatura

    # What it has to say of a page goes to nobody: the screen is ours.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
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
    blocks = sanitize.sanitize(answer, base, _nothing) if answer is not None else []
    size = sum(block.size for block in blocks)
    linked = sum(block.linked for block in blocks)
    return blocks if size >= _ENOUGH and linked <= _LINKING * size else ()
