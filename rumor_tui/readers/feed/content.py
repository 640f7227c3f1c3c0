"""A feed as a listing of its articles, or as the thread of its comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import pairwise

from rumor_tui import links, markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Confidence, Draft, Entry, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.readers.dates.parse import parse_date
from rumor_tui.readers.feed.classify import DiscussionSubject, author_in_title, find_subject, item_names
from rumor_tui.readers.feed.items import Feed, FeedItem, summarise
from rumor_tui.readers.hint import Hint
from rumor_tui.readers.preorder import arrange_drafts

_IN_REPLY_TO = r"\s*(?:<p>\s*)?[^<>]{2,40}<a\s[^<>]*?href=[\"']([^\"'<>]{1,2000})[\"']"
"""The beginning of a reply in WordPress's feeds, in any language: "In reply to ann", with a link to ann's comment."""


def feed_content(feed: Feed, hint: Hint) -> Thread | Listing:
    """The thread of a feed of comments, the listing of any other."""
    subject = find_subject(feed)
    return _listing(feed, hint) if subject is None else _thread(feed, subject, hint)


def _listing(feed: Feed, hint: Hint) -> Listing:
    def entry(item: FeedItem) -> Entry:
        published, written = _date(feed, item)
        return Entry(
            title=_title(item),
            byline=markdown_format.clean_field(item.author) or markdown_format.clean_field(feed.author),
            published=published,
            published_text=written,
            comments=item.comments,
            address=_on_web(item.link) or "",
            summary=summarise(item.summary or item.content),
        )

    def open_item(index: int) -> Thread:
        return _read_item(feed, feed.items[index], hint)

    return Listing(feed.title, LazyColumn(entry, feed.items), open_item, source=hint.name, noun="article")


def _on_web(address: str) -> str | None:
    """The address, if it is one on the web that may be opened; else None."""
    openable = links.openable(address)
    return openable if openable and openable.startswith(("http://", "https://")) else None


def _title(item: FeedItem) -> str:
    """The title of an item, or else its first words: short notes have no title."""
    return item.title or summarise(item.body)[:80] or markdown_format.clean_field(item.link) or ""


def _date(feed: Feed, item: FeedItem) -> tuple[float | None, str | None]:
    """The moment of an item, or else its date as written."""
    published = parse_date(item.date, None, feed.language) if item.date else None
    return published, markdown_format.clean_field(item.date) if published is None else None


def _read_item(feed: Feed, item: FeedItem, hint: Hint) -> Thread:
    """One article, with a stub for its comments if the feed mentions any."""
    stubs: Sequence[Stub] = ()
    if item.comments or (item.comment_feed and item.comments is None):
        feeds = (address,) if (address := _on_web(item.comment_feed)) else ()
        stubs = (Stub(-1, item.comments or 0, keys=feeds),)
    article = _article(feed, item)
    article.title = _title(item)
    return ThreadBuilder(article).build("html", source=hint.name, stubs=stubs)


def _article(feed: Feed, item: FeedItem) -> Article:
    published, written = _date(feed, item)
    return Article(
        title=item.title,
        byline=markdown_format.clean_field(item.author),
        published=published,
        published_text=written,
        url=_on_web(item.link),
        pieces=(item.body,) if item.body else (),
        format="html",
    )


def _thread(feed: Feed, subject: DiscussionSubject, hint: Hint) -> Thread:
    article = Article(url=_on_web(feed.link)) if subject.article is None else _article(feed, subject.article)
    article.title = subject.title
    items = _in_order(feed, subject.article)
    parents, confidence = _parents(items)
    builder = ThreadBuilder(article)
    for draft in arrange_drafts([_draft(feed, *pair) for pair in zip(items, parents, strict=True)]):
        builder.add(draft)
    return builder.build("html", source=hint.name, confidence=confidence)


def _draft(feed: Feed, item: FeedItem, parent: int | None) -> Draft:
    published, written = _date(feed, item)
    return Draft(
        body=item.body,
        author=markdown_format.clean_field(item.author) or author_in_title(item.title),
        parent=parent,
        published=published,
        published_text=written,
        id=markdown_format.clean_field(item.id),
        url=_on_web(item.link),
    )


def _in_order(feed: Feed, article: FeedItem | None) -> list[FeedItem]:
    """The comments, oldest first: reversed when their dates decrease.

    They are left as they are where the article comes first: such a feed is in reading order.
    """
    items = [item for item in feed.items if item is not article]
    dates = [date for item in items if (date := _date(feed, item)[0]) is not None]
    if len(dates) < 2 or dates[0] <= dates[-1] or feed.items[0] is article:
        return items
    falls = sum(first >= second for first, second in pairwise(dates))
    return items[::-1] if falls >= 0.9 * (len(dates) - 1) else items


def _parents(items: list[FeedItem]) -> tuple[list[int | None], Confidence]:
    """The row that each item answers, and how that is known."""
    rows: dict[str, int] = {}
    for row, item in enumerate(items):
        for name in item_names(item):
            rows.setdefault(name, row)
    if any(item.answers for item in items):
        return [_first_known(rows, item.answers) for item in items], "explicit"
    parents = [_first_known(rows, _replied_to(item)) for item in items]
    return parents, "structural" if any(parent is not None for parent in parents) else "guessed"


def _replied_to(item: FeedItem) -> tuple[str, ...]:
    """The address that the first words of a comment link to."""
    match = re.match(_IN_REPLY_TO, item.body, re.IGNORECASE)
    return (unescape(match[1]),) if match else ()


def _first_known(rows: dict[str, int], names: tuple[str, ...]) -> int | None:
    return next((rows[name] for name in names if name in rows), None)
