"""The articles of an export, each with the comments on it, however the export mixes them."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.readers.feed.items import Feed, FeedItem, item_names
from rumor_tui.readers.preorder import to_preorder

ELSEWHERE = "Comments on articles that are not here"


def find_discussions(feed: Feed) -> list[Feed]:
    """The articles of an export, each as a feed of the article and the comments on it; none for other feeds.

    Comments whose article is missing are one more discussion. Any feed in which several articles are answered counts
    as an export.
    """
    parents = item_parents(feed.items)
    order, owners = to_preorder(parents)
    groups: list[list[FeedItem]] = []
    orphans: list[FeedItem] = []
    current = orphans
    for row, owner in zip(order, owners, strict=True):
        item = feed.items[row]
        if owner < 0:
            current = orphans if item.answers else []
            if current is not orphans:
                groups.append(current)
        current.append(item)
    if not groups or not (feed.export or sum(len(group) > 1 for group in groups) > 1):
        return []
    if orphans:
        groups.append([FeedItem(title=ELSEWHERE), *orphans])
    return [_feed_of(feed, group) for group in groups]


def _feed_of(feed: Feed, group: Sequence[FeedItem]) -> Feed:
    return Feed(title=group[0].title, link=group[0].link, author=feed.author, language=feed.language, items=group)


def item_parents(items: Sequence[FeedItem]) -> list[int | None]:
    """The row of the item that each item answers: the first of those that it names that is there; None for none."""
    rows: dict[str, int] = {}
    for row, item in enumerate(items):
        for name in item_names(item):
            rows.setdefault(name, row)
    return [next((rows[name] for name in item.answers if name in rows), None) for item in items]
