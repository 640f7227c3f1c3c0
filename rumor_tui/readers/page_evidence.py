"""What a discussion is about where it has no link that could be read, as saved pages of sites often have none.

A discussion surely belongs to an article if its own post names the article's address among very few, or if both have
the same title, which is long enough not to be anybody's. Whatever speaks against it counts more: a link to another
page, a text of its own that could be an article, the same site, a discussion from before the article, or a second
article that fits as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rumor_tui import blocks
from rumor_tui.canonical import addresses_of, canonical_address, distinct_pages, is_front_page
from rumor_tui.labels import display_title
from rumor_tui.links import site_of
from rumor_tui.model import Listing, Thread

LEAST_ARTICLE: Final = 500
"""Characters of an article that a title alone may lead to."""

LONGEST_POST: Final = 1_500
"""Characters of a post that only presents what it is about, of which the article has at least twice as many."""

MOST_NAMED: Final = 3
"""Pages that a post may name; one with more is a list of links."""

LEAST_TITLE: Final = 16
"""Letters and digits of a title that two pages have only if one is about the other."""

EARLIER: Final = 2 * 86_400
"""Seconds by which a discussion may be older than the date of the article, which may be that of an update."""

_DATES_LOOKED_AT: Final = 200
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"')\]]{4,1000}")
_PARTS: Final = re.compile(r"\s+[|·:–—-]\s+|\s+:\s*|:\s+(?=r/)")
_SITES: Final = re.compile(
    r"hacker news|reddit|r/\w{1,40}|lobsters|lemmy|tildes|slashdot|the front page of the internet"
)


def find_subjects(contents: Sequence[Thread | Listing]) -> dict[int, int]:
    """For each discussion without a readable link the article that it is surely about, by their places."""
    articles = [nth for nth, content in enumerate(contents) if isinstance(content, Thread) and _may_be_subject(content)]
    found: dict[int, int] = {}
    for nth, content in enumerate(contents):
        if not isinstance(content, Thread) or not _may_be_about_another(content):
            continue
        fitting = [at for at in articles if at != nth and is_about(content, _thread(contents, at))]
        if fitting and all(_same_page(contents, fitting[0], at) for at in fitting[1:]):
            found[nth] = fitting[0]
    return found


def _thread(contents: Sequence[Thread | Listing], nth: int) -> Thread:
    content = contents[nth]
    assert isinstance(content, Thread)
    return content


def _same_page(contents: Sequence[Thread | Listing], first: int, second: int) -> bool:
    return bool(_pages(_thread(contents, first)) & _pages(_thread(contents, second)))


def _may_be_subject(thread: Thread) -> bool:
    """Whether a thread may have an article that another one is about."""
    return not thread.is_joined and not thread.article.link and text_length(thread) > 0


def _may_be_about_another(thread: Thread) -> bool:
    """Whether a thread is a discussion that does not say by a link what it is about, with a short post or none."""
    held = len(thread) or thread.stubs
    return bool(held) and not thread.is_joined and not thread.article.link and text_length(thread) <= LONGEST_POST


def is_about(discussion: Thread, article: Thread) -> bool:
    """Whether a discussion without a link is surely about an article, by the address or the title that it has."""
    if not (_may_be_about_another(discussion) and _may_be_subject(article)):
        return False
    if 2 * text_length(discussion) > text_length(article) or _is_earlier(discussion, article):
        return False
    sites = _sites(discussion) & _sites(article)
    if sites:
        return False
    named = named_pages(discussion)
    if named:
        return len(named) <= MOST_NAMED and bool(named & _pages(article))
    return text_length(article) >= LEAST_ARTICLE and not _titles(discussion).isdisjoint(_titles(article))


def text_length(thread: Thread) -> int:
    """Characters of an article's text, with its markup."""
    return sum(len(piece.strip()) for piece in thread.article.pieces)


def _pages(thread: Thread) -> set[str]:
    return {canonical_address(address) for address in addresses_of(thread) if not is_front_page(address)}


def _sites(thread: Thread) -> set[str]:
    return set(map(site_of, addresses_of(thread)))


def _is_earlier(discussion: Thread, article: Thread) -> bool:
    """Whether a discussion is surely older than an article."""
    written = article.article.published
    dates = [discussion.article.published, *discussion.published[:_DATES_LOOKED_AT]]
    began = min((date for date in dates if date is not None), default=None)
    return written is not None and began is not None and began < written - EARLIER


# What a post says


def named_pages(thread: Thread) -> set[str]:
    """The canonical addresses of the pages elsewhere that a thread's own post names."""
    own = _sites(thread)
    pages = distinct_pages(_named(thread))
    return {canonical_address(page) for page in pages if site_of(page) not in own and not is_front_page(page)}


def _named(thread: Thread) -> Iterator[str]:
    """The web addresses in the text of a thread's own post, those of its links and those that stand there."""
    article = thread.article
    for piece in article.own_pieces:
        for block in blocks.parse_body(piece, article.format):
            yield from (span.target for span in block.spans if span.role == "link")
            yield from (found[0].rstrip(".,;:!?") for found in _ADDRESS.finditer(block.text))


def _titles(thread: Thread) -> set[str]:
    """The letters of a thread's title, with and without the site's name behind it; none of a title that is short."""
    title = display_title(thread)
    forms = [title]
    parts = list(_PARTS.finditer(title))
    for at in reversed(parts):
        if not _is_site_name(title[at.end() :], thread):
            break
        forms.append(title[: at.start()])
    return {letters for form in forms if len(letters := _letters(form)) >= LEAST_TITLE and _is_telling(form)}


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))


def _is_telling(title: str) -> bool:
    """Whether a title has several words, as far as its script has spaces."""
    return not title.isascii() or len(re.findall(r"\w+", title)) > 2


def _is_site_name(text: str, thread: Thread) -> bool:
    """Whether the end of a title is the name of the thread's own site, or of a part of it."""
    name = text.casefold().strip()
    if _SITES.fullmatch(name):
        return True
    letters = _letters(name)
    return len(letters) > 2 and any(letters in _letters(address) for address in addresses_of(thread))
