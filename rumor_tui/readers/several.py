"""Several sources that speak of the same page, as one thread: its article, and the discussions of it.

Sources belong together when an address that they are about is the same in its canonical form (`rumor_tui.canonical`):
the page's own address in one, the page that a post links to in another. One with a text of its own and no link is the
article; the others are its discussions. A discussion without a link belongs to the article that it is surely about by
other evidence (`page_evidence`). A saved article that does not say where it is from belongs to the only discussions
that are named with it, if their titles agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from types import MappingProxyType
from typing import Final

from rumor_tui.canonical import addresses_of, canonical_address, is_front_page
from rumor_tui.columns import LazyColumn
from rumor_tui.discussion_rows import count_comments
from rumor_tui.joined import Part, join_threads, make_part, split_thread
from rumor_tui.labels import display_title, plural
from rumor_tui.linked_page import with_page
from rumor_tui.links import site_of
from rumor_tui.model import Article, Entry, Listing, Thread
from rumor_tui.readers.page_evidence import find_subjects, text_length
from rumor_tui.text import mend, neutralise_line

SITE_NAMES: Final = MappingProxyType(
    {
        "news.ycombinator.com": "Hacker News",
        "reddit.com": "Reddit",
        "lobste.rs": "Lobsters",
        "bsky.app": "Bluesky",
        "github.com": "GitHub",
    }
)
"""What the platforms of discussions are called, by their hosts; any other is called by its host."""

_COMMUNITY: Final = re.compile(r"/(r/\w{1,40})/")

SEVERAL: Final = "The sources are not about one page"
"""The title of a list of sources that do not all belong together."""


def group_sources(contents: Sequence[Thread | Listing]) -> Thread | Listing:
    """The one thread that all contents make together; or the list of the threads and lists that they make."""
    subjects = find_subjects(contents)
    groups = _adopt_article(contents, _groups(contents, subjects))
    linked = [_with_link(content, contents[subjects.get(nth, nth)]) for nth, content in enumerate(contents)]
    found = [_one_or_joined([linked[nth] for nth in group], [nth in subjects for nth in group]) for group in groups]
    if len(found) == 1:
        return found[0]
    return Listing(SEVERAL, [_entry(content) for content in found], found.__getitem__, noun="source")


def _entry(content: Thread | Listing) -> Entry:
    if isinstance(content, Listing):
        return Entry(content.title, summary=plural(len(content.entries), content.noun), address=content.source)
    article = content.article
    return Entry(
        title=display_title(content) or "(no title)",
        byline=article.byline,
        published=article.published,
        published_text=article.published_text,
        comments=count_comments(content),
        address=content.source or article.url or "",
        score=article.score,
        link=article.link or "",
    )


def _with_link(content: Thread | Listing, subject: Thread | Listing) -> Thread | Listing:
    """A content with a link to the page of the article that it was found to be about."""
    if content is subject or not isinstance(content, Thread) or not isinstance(subject, Thread):
        return content
    return as_discussion_of(content, subject)


def as_discussion_of(discussion: Thread, article: Thread) -> Thread:
    """A discussion with a link to the page of an article, where its address is known."""
    page = next(iter(addresses_of(article)), None)
    return replace(discussion, article=replace(discussion.article, link=page))


def _groups(contents: Sequence[Thread | Listing], subjects: Mapping[int, int]) -> list[list[int]]:
    """The places of the contents that speak of the same page: each group in its order, groups by their first ones.

    `subjects` are the articles that discussions without a link are about, by their places.
    """
    groups: list[list[int]] = []
    pages: list[set[str]] = []
    for nth, content in enumerate(contents):
        mine = pages_of(content) if isinstance(content, Thread) else set()
        mine |= {f"source {subjects.get(nth, nth)}"}
        alike = [at for at, known in enumerate(pages) if known & mine]
        group, known = [nth], mine
        for at in reversed(alike):
            group, known = groups.pop(at) + group, pages.pop(at) | known
        at = alike[0] if alike else len(groups)
        groups.insert(at, sorted(group))
        pages.insert(at, known)
    return groups


def _adopt_article(contents: Sequence[Thread | Listing], groups: list[list[int]]) -> list[list[int]]:
    """The groups, with an article without an address in the only other group, if that has a title like its own."""
    if len(groups) != 2:
        return groups
    for group, other in (groups, groups[::-1]):
        article = contents[group[0]]
        if len(group) > 1 or not isinstance(article, Thread) or pages_of(article) or not _is_article(article):
            continue
        discussions = [thread for nth in other if isinstance(thread := contents[nth], Thread)]
        if len(discussions) == len(other) and any(_titles_agree(article, thread) for thread in discussions):
            return [sorted([*group, *other])]
    return groups


def _titles_agree(article: Thread, discussion: Thread) -> bool:
    """Whether most words of the shorter title are in the other one; a title of one word says too little."""
    linked, words = discussion.article.linked, _title_words(article.article.title)
    titles = (discussion.article.title, linked.title if linked is not None else "")
    for other in map(_title_words, titles):
        shorter = min(len(words), len(other))
        if shorter > 1 and len(words & other) >= _AGREEING * shorter:
            return True
    return False


def _title_words(title: str) -> set[str]:
    return set(re.findall(r"\w+", title.casefold()))


_AGREEING: Final = 0.6
"""The share of a title's words that another one has, from which on both are about the same."""


def pages_of(thread: Thread) -> set[str]:
    """The canonical addresses of the pages that a thread is about; a site's front page is none that is discussed."""
    return {canonical_address(address) for address in addresses_of(thread) if not is_front_page(address)}


def _one_or_joined(contents: Sequence[Thread | Listing], found: Sequence[bool]) -> Thread | Listing:
    threads = [content for content in contents if isinstance(content, Thread)]
    return join_group(threads, found) if len(contents) > 1 else contents[0]


def join_group(threads: Sequence[Thread], found: Sequence[bool] = ()) -> Thread:
    """Threads about the same page as one. Of an article that is there twice the longer text is kept.

    `found` tells which of them were found to be discussions of it, though they may have no link.
    """
    is_lead = [_is_article(thread) and not (found and found[nth]) for nth, thread in enumerate(threads)]
    lead = max(compress(threads, is_lead), key=text_length, default=None)
    kinds = zip(threads, is_lead, strict=True)
    parts = _distinct([part for thread, is_article in kinds for part in _parts_of(thread, is_article=is_article)])
    if lead is not None and not parts:
        return lead
    if lead is not None and len(parts) == 1 and not len(lead) and parts[0].thread.article.linked is None:
        return with_page(parts[0].thread, lead)
    if len(parts) == 1:
        return parts[0].thread
    if lead is None:
        return join_threads(_article_of(threads), parts)
    joined = join_threads(_mended(lead, parts), parts)
    return replace(joined, source=lead.source, aside=lead.aside, original=lead.original)


def _is_article(thread: Thread) -> bool:
    """Whether a thread has the page that is spoken of itself: a text, and no link to a page elsewhere."""
    return not thread.article.link and not thread.is_joined and text_length(thread) > 0


def _parts_of(thread: Thread, *, is_article: bool) -> list[Part]:
    """The discussions of a thread; those of the page itself are its comments alone, or what it says of who has them."""
    if thread.is_joined:
        return split_thread(thread)
    if not is_article:
        return [make_part(label_of(thread), thread, discussion_address(thread))]
    article = replace(thread.article, title="", byline=None, published=None, published_text=None, score=None, pieces=())
    comments = replace(thread, article=article)
    address = discussion_address(thread)
    held = len(thread) or any(stub.embedded for stub in thread.stubs)
    return [make_part(label_of(thread), comments, address)] if held else []


def _distinct(parts: Sequence[Part]) -> list[Part]:
    """The parts without those of which there is another one, of the same discussion, with more comments."""
    best: dict[object, Part] = {}
    for nth, part in enumerate(parts):
        key = (part.site, canonical_address(part.address)) if part.address else nth
        if key not in best or len(best[key].thread) < len(part.thread):
            best[key] = part
    return list(best.values())


def _article_of(threads: Sequence[Thread]) -> Article:
    """The article of discussions whose page is not there: the linked page that one of them came with, or its title."""
    for thread in threads:
        article, linked = thread.article, thread.article.linked
        if linked is not None and article.linked_pieces:
            return Article(
                title=linked.title or article.title,
                byline=linked.byline,
                published=linked.published,
                published_text=linked.published_text,
                url=linked.url,
                pieces=article.linked_pieces,
                format=article.format,
            )
    first = threads[0].article
    shared = set.intersection(*map(pages_of, threads))
    page = next((address for address in addresses_of(threads[0]) if canonical_address(address) in shared), None)
    links = {canonical_address(thread.article.link) for thread in threads if thread.article.link}
    link = page if page is not None and canonical_address(page) in links else first.link
    return Article(title=display_title(threads[0]), url=page or first.link or first.url, link=link)


def _mended(lead: Thread, parts: Iterable[Part]) -> Article:
    """The article, mended if the joined thread is not mended for display."""
    article = lead.article
    if not lead.repair or all(part.thread.repair for part in parts):
        return article
    return replace(article, title=mend(article.title), pieces=LazyColumn(mend, article.pieces))


# Where a discussion is


def discussion_address(thread: Thread) -> str:
    """The web address of a thread's discussion; "" where it is not known."""
    article = thread.article
    own = [article.discussion_url or "", article.url or "", thread.source]
    known = [address for address in own if address.startswith(("http://", "https://"))]
    elsewhere = canonical_address(article.link) if article.link else ""
    return next((address for address in known if canonical_address(address) != elsewhere), "")


def label_of(thread: Thread) -> str:
    """What the place of a thread's discussion is called: "Reddit r/cars", "Hacker News", a host, or a file."""
    address = discussion_address(thread) or next((url for url in thread.urls[:1] if url), "")
    host = site_of(address)
    name = SITE_NAMES.get(host, host) or neutralise_line(thread.source.replace("\\", "/").rsplit("/", 1)[-1])
    community = _COMMUNITY.search(address) if name == "Reddit" else None
    return f"{name} {community[1]}" if community else name
