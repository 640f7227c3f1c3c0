"""JSON Feed (jsonfeed.org, versions 1 and 1.1): the same content as RSS and Atom in one JSON object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rumor_tui.links import joined
from rumor_tui.model import SourceError
from rumor_tui.readers.feed.items import Feed, FeedItem, plain_line, plain_to_html
from rumor_tui.readers.source import Hint, name_source, read_json

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

_HEAD = 8_192
_VERSION = rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org(?:\\?/)version'


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes contain the format's version, which is mandatory."""
    return bool(re.search(_VERSION, data[:_HEAD] + b" " + data[-_HEAD:]))


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The listing or the thread. Raises SourceError when the JSON is broken or not an object."""
    from rumor_tui.readers.feed import content

    tree = read_json(data, hint)
    if not isinstance(tree, dict):
        raise SourceError(f"{name_source(hint)} is not a JSON Feed: its outermost JSON value is not an object.")
    link = _text(tree, "home_page_url")
    entries = tree.get("items")
    feed = Feed(
        title=plain_line(_text(tree, "title")),
        link=link,
        author=_author(tree),
        language=_text(tree, "language") or None,
        items=[_item(entry, link) for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else [],
    )
    return content.feed_content(feed, hint)


def _item(entry: dict[str, Any], base: str) -> FeedItem:
    return FeedItem(
        title=plain_line(_text(entry, "title")),
        author=_author(entry),
        id=_text(entry, "id"),
        link=joined(base, _text(entry, "url") or _text(entry, "external_url")),
        date=_text(entry, "date_published") or _text(entry, "date_modified"),
        summary=plain_to_html(_text(entry, "summary")),
        content=_text(entry, "content_html") or plain_to_html(_text(entry, "content_text")),
        about=joined(base, _text(entry, "external_url")),
    )


def _author(holder: dict[str, Any]) -> str:
    authors = holder.get("authors")
    people = [*(authors if isinstance(authors, list) else ()), holder.get("author")]
    names = (plain_line(_text(person, "name")) for person in people if isinstance(person, dict))
    return next(filter(None, names), "")


def _text(holder: dict[str, Any], key: str) -> str:
    """The string under a key, or a number as a string; else an empty string."""
    value = holder.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return value if isinstance(value, str) else ""
