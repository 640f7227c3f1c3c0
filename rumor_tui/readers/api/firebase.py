"""Hacker News items as the Firebase API gives them (github.com/HackerNews/API), `/v0/item/<id>.json`.

One item; or a dump of many, as an array or as JSON lines, in any order: a story with its comments, several stories.
A comment names its `parent`, and `kids` tell the order in which a page shows the replies. Kids that the document does
not hold become stubs. An item that nothing is told about (deleted, or hidden as dead) is marked as deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.api.listings import threads_listing
from rumor_tui.readers.hint import Hint

ITEM_URL = "https://news.ycombinator.com/item?id="
VIA = "hackernews"
"""What can load missing items, by their numbers."""

JOINS = True
"""Parts that lie beside each other in a wrapper are read as one list."""

_SHAPE = CommentFields(
    parent="parent poll",
    author="by",
    html="text",
    published="time",
    score="score",
    prefix=ITEM_URL,
    deleted="deleted dead",
)
_HEAD = ArticleFields(
    author="by", html="text", published="time", score="score", link="url", comments="descendants", prefix=ITEM_URL
)
_NESTED = ("kids", "children", "comments", "replies")
"""Where dumps put the items that answer one, in place of their numbers or beside them."""

_OTHERS = "type title url descendants " + " ".join(_NESTED)
_DECODER = field_maps.row_decoder(_SHAPE, _OTHERS)

_TYPES = frozenset({"story", "comment", "job", "poll", "pollopt"})
_STORIES = frozenset({"story", "job", "poll"})


def sniff(given: Document, hint: Hint) -> bool:
    """Whether the first object is an item: it has a number, a type that items have, and a time or an author."""
    first = given.first
    return "id" in first and bool({"time", "by"} & first.keys()) and values.to_text(first.get("type")) in _TYPES


def read(given: Document, hint: Hint) -> Thread | Listing:
    """The story's thread; the stories to choose from when there are several."""
    rows, owners = build.flatten_nested(document.decode_objects(given.top, _DECODER), _nested)
    if any(owner is not None for owner in owners):
        rows = [_with_parent(row, rows, owner) for row, owner in zip(rows, owners, strict=True)]
    rows = build.drop_duplicates(rows, _SHAPE)
    types = values.scalar_column(rows, "type")
    stories = [row for row, type in enumerate(types) if type in _STORIES]
    if len(stories) > 1:
        groups = _groups(rows, stories)
        told = [field_maps.read_entry(group[0], _HEAD) for group in groups]
        return threads_listing("Hacker News", [_story(group, 0, hint) for group in groups], hint, told)
    root = stories[0] if stories else _only_root(rows)
    return _story(rows, root, hint)


def _nested(item: Any) -> Sequence[Any]:
    """The items that an item holds."""
    held = (values.get_field(item, name) for name in _NESTED)
    return [one for below in held if isinstance(below, list) for one in below if isinstance(one, dict)]


def _with_parent(row: Any, rows: Sequence[Any], owner: int | None) -> Any:
    """An item with the number of the one that holds it as its parent, if it names none itself."""
    if owner is None or not isinstance(row, dict) or row.get("parent") is not None:
        return row
    return row | {"parent": values.get_field(rows[owner], "id")}


def _only_root(rows: Sequence[Any]) -> int | None:
    """The one row whose parent is not here; None when there are several."""
    known = set(build.identifiers(rows, _SHAPE))
    roots = [
        row
        for row, parent in enumerate(values.scalar_column(rows, _SHAPE.parent))
        if values.to_identifier(parent) not in known
    ]
    return roots[0] if len(roots) == 1 else None


def _groups(rows: Sequence[Any], stories: Sequence[int]) -> list[list[Any]]:
    """For each story its row and then those of its comments. What belongs to none goes with nobody."""
    places = {key: row for row, key in enumerate(build.identifiers(rows, _SHAPE))}
    parents = [places.get(values.to_identifier(parent), -1) for parent in values.scalar_column(rows, _SHAPE.parent)]
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
        for one in path:
            homes[one] = home
        if path and home in groups:
            groups[home].append(rows[row])
    return list(groups.values())


def _story(rows: Sequence[Any], root: int | None, hint: Hint) -> Thread:
    """The thread below one row, which is its article; without one all stand below nothing."""
    ranks = _ranks(rows)
    keys = build.identifiers(rows, _SHAPE)
    known = frozenset(keys)
    article = Article(title="Hacker News comments") if root is None else _article(rows[root], rows)
    order = sorted(
        (row for row in range(len(rows)) if row != root and values.get_field(rows[row], "type") != "pollopt"),
        key=lambda row: ranks.get(keys[row], len(ranks)),
    )
    comments = [rows[row] for row in order]
    stubs = [stub for row, comment in enumerate(comments) if (stub := _stub(comment, row, known))]
    if root is not None and (stub := _stub(rows[root], -1, known)):
        told = values.to_int(values.get_field(rows[root], "descendants")) or 0
        missing = max(len(stub.keys), told - len(comments) if not comments else 0)
        stubs.append(Stub(-1, missing, VIA, stub.keys))
    return build.build_thread(comments, _SHAPE, article, hint.name, stubs=stubs)


def _ranks(rows: Sequence[Any]) -> dict[str | None, int]:
    """The places of all kids among their siblings."""
    return {
        values.to_identifier(kid): place
        for row in rows
        if isinstance(kids := values.get_field(row, "kids"), list)
        for place, kid in enumerate(kids)
    }


def _stub(item: Any, row: int, known: frozenset[str | None]) -> Stub | None:
    kids = values.get_field(item, "kids")
    if not isinstance(kids, list):
        return None
    missing = [key for key in map(values.to_name, kids) if key and key not in known]
    return Stub(row, len(missing), VIA, tuple(missing)) if missing else None


def _article(story: Any, rows: Sequence[Any]) -> Article:
    """The story; with its options, if it is a poll; a comment stands for a story that is not there."""
    article = field_maps.read_article(story, _HEAD)
    if not article.title and not article.pieces:
        article.title = "(deleted)"
    options = [row for row in rows if values.get_field(row, "type") == "pollopt"]
    if options:
        lines = [f"<li>{values.to_text(values.get_field(row, 'text'))} ({_points(row)})</li>" for row in options]
        article.pieces = [*article.pieces, f"<ul>{''.join(lines)}</ul>"]
        article.format = "html"
    return article


def _points(option: Any) -> str:
    points = values.to_int(values.get_field(option, "score")) or 0
    return escape(f"{points:,} point{'' if points == 1 else 's'}")
