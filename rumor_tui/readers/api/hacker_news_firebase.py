"""Hacker News items as the Firebase API gives them (github.com/HackerNews/API), `/v0/item/<id>.json`.

One item; or a dump of many, as an array or as JSON lines, in any order: a story with its comments, several stories.
A comment names its `parent`, and `kids` give the order in which a page shows the replies. Kids missing from the
document become stubs. Items that are deleted, or hidden as dead, are marked as deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api.build import build_thread, drop_duplicates, identifiers, threads_listing
from rumor_tui.readers.api.document import Document, decode_objects, is_array, object_keys
from rumor_tui.readers.api.field_maps import (
    ArticleFields,
    CommentFields,
    read_article,
    read_entry,
    row_decoder,
)
from rumor_tui.readers.api.values import (
    get_field,
    get_list,
    scalar_column,
    to_identifier,
    to_int,
    to_name,
    to_text,
)
from rumor_tui.readers.source import Hint

ITEM_URL = "https://news.ycombinator.com/item?id="
VIA = "hackernews"
"""What can load missing items by their numbers."""

_COMMENT = CommentFields(
    parent="parent poll",
    author="by",
    html="text",
    published="time",
    score="score",
    prefix=ITEM_URL,
    deleted="deleted dead",
)
_ARTICLE = ArticleFields(
    author="by", html="text", published="time", score="score", link="url", comments="descendants", prefix=ITEM_URL
)
_OTHERS = "type title url descendants kids"
_DECODER = row_decoder(_COMMENT, _OTHERS)

_KEYS = frozenset({"id", "type", "by", "time", "text", "dead", "deleted", "parent", "poll", "kids", "score", "parts"})
_TYPES = frozenset({"story", "comment", "job", "poll", "pollopt"})
_STORIES = frozenset({"story", "job", "poll"})


def sniff(document: Document, hint: Hint) -> bool:
    """Whether the first object is an item: it has a number, a type that items have, and who wrote or removed it.

    Other services have such types, too, and call the author and the text something else.
    """
    first = document.first
    is_item = "by" in first or (bool({"deleted", "dead"} & first.keys()) and first.keys() <= _KEYS)
    has_items = any(map(_has_objects, first.values()))
    return "id" in first and is_item and not has_items and to_text(first.get("type")) in _TYPES


def _has_objects(value: Any) -> bool:
    """Whether a value is a list of objects: replies that are inside what they answer need no numbers."""
    return is_array(value) and bool(object_keys(value))


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The story's thread; the stories to choose from when there are several."""
    rows = drop_duplicates(decode_objects(document.top, _DECODER), _COMMENT)
    types = scalar_column(rows, "type")
    stories = [row for row, type in enumerate(types) if type in _STORIES]
    if len(stories) > 1:
        groups = _groups(rows, stories)
        entries = [read_entry(group[0], _ARTICLE) for group in groups]
        return threads_listing("Hacker News", [_story(group, 0, hint) for group in groups], hint, entries)
    root = stories[0] if stories else _only_root(rows)
    return _story(rows, root, hint)


def _only_root(rows: Sequence[Any]) -> int | None:
    """The one row whose parent is missing; None when there are several."""
    known = set(identifiers(rows, _COMMENT))
    roots = [
        row for row, parent in enumerate(scalar_column(rows, _COMMENT.parent)) if to_identifier(parent) not in known
    ]
    return roots[0] if len(roots) == 1 else None


def _groups(rows: Sequence[Any], stories: Sequence[int]) -> list[list[Any]]:
    """For each story its row, followed by those of its comments; rows that belong to no story are left out."""
    places = {key: row for row, key in enumerate(identifiers(rows, _COMMENT))}
    parents = [places.get(to_identifier(parent), -1) for parent in scalar_column(rows, _COMMENT.parent)]
    homes: list[int | None] = [None] * len(rows)
    groups = {row: [rows[row]] for row in stories}
    for story in stories:
        homes[story] = story
    for row in range(len(rows)):
        path = []
        place = row
        while place >= 0 and homes[place] is None:
            homes[place] = -1
            path.append(place)
            place = parents[place]
        home = -1 if place < 0 else homes[place]
        for other in path:
            homes[other] = home
        if path and home in groups:
            groups[home].append(rows[row])
    return list(groups.values())


def _story(rows: Sequence[Any], root: int | None, hint: Hint) -> Thread:
    """The thread below a row, which is its article; without a root all rows are comments."""
    known = frozenset(identifiers(rows, _COMMENT))
    article = Article(title="Hacker News comments") if root is None else _article(rows[root], rows)
    comments = _in_page_order(
        [row for n, row in enumerate(rows) if n != root and get_field(row, "type") != "pollopt"], rows
    )
    stubs = [stub for row, comment in enumerate(comments) if (stub := _stub(comment, row, known))]
    if root is not None and (stub := _stub(rows[root], -1, known)):
        stated = to_int(get_field(rows[root], "descendants")) or 0
        missing = max(len(stub.keys), stated - len(comments) if not comments else 0)
        stubs.append(Stub(-1, missing, VIA, stub.keys))
    return build_thread(comments, _COMMENT, article, hint.name, stubs=stubs)


def _in_page_order(comments: list[Any], rows: Sequence[Any]) -> list[Any]:
    """The comments by their places among the `kids` of all rows."""
    places = {to_identifier(kid): place for row in rows for place, kid in enumerate(get_list(row, "kids"))}
    return sorted(comments, key=lambda comment: places.get(to_identifier(get_field(comment, "id")), len(places)))


def _stub(item: Any, row: int, known: frozenset[str | None]) -> Stub | None:
    missing = [key for key in map(to_name, get_list(item, "kids")) if key and key not in known]
    return Stub(row, len(missing), VIA, tuple(missing)) if missing else None


def _article(story: Any, rows: Sequence[Any]) -> Article:
    """The story, with its options if it is a poll; or the comment that replaces a missing story."""
    article = read_article(story, _ARTICLE)
    article.title = unescape(article.title)  # titles are HTML, as the documentation of the interface says
    if not article.title and not article.pieces:
        article.title = "(deleted)"
    options = [row for row in rows if get_field(row, "type") == "pollopt"]
    if options:
        lines = [f"<li>{to_text(get_field(row, 'text'))} ({_points(row)})</li>" for row in options]
        article.pieces = [*article.pieces, f"<ul>{''.join(lines)}</ul>"]
        article.format = "html"
    return article


def _points(option: Any) -> str:
    points = to_int(get_field(option, "score")) or 0
    return escape(f"{points:,} point{'' if points == 1 else 's'}")
