"""Hacker News threads as the Algolia API gives them: one nested JSON object, `/api/v1/items/<id>`.

The fields that are read: `id`, `title`, `url`, `author`, `text` (HTML), `created_at_i` (seconds since 1970 UTC),
`points` and `children`. A comment without text was deleted. The story's own text is the article's body.

Bodies stay undecoded, as `msgspec.Raw` pieces of the file's bytes, until their row is asked for; the tree of
structs is gone when the columns are made. What msgspec refuses (nesting beyond about a thousand levels, fields
of other types, half surrogate pairs) goes through `deepjson`, which is slower and takes anything.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import msgspec

from rumor_tui import bylines
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Thread
from rumor_tui.readers import columns, deepjson, refuse
from rumor_tui.readers.api.document import no_collections
from rumor_tui.readers.base import Hint, SourceError

_HEAD = 8_192
_SMALL = 1_048_576
"""A file up to this size (bytes) is recognised by its keys, a larger one by its first and last `_HEAD` bytes."""

_OWN_KEYS = frozenset({"created_at_i", "story_id", "parent_id", "points", "type", "title"})
_SIGN = re.compile(rb'"(?:created_at_i|story_id)"\s*:')
_CHILDREN = re.compile(rb'"children"\s*:\s*\[')

ITEM_URL = "https://news.ycombinator.com/item?id="

Node = TypeVar("Node")


class Item(msgspec.Struct, gc=False):
    """A story or a comment, as far as it is wanted. `gc=False` is sound: a tree of items has no cycles."""

    id: int | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    text: msgspec.Raw = msgspec.Raw(b"null")
    created_at_i: int | None = None
    points: int | None = None
    children: tuple[Item, ...] = ()
    """A tuple, since all that are empty are the same one: a list of its own would be a tenth of the peak."""


class Bodies(NamedTuple):
    """The text of the story, and what is known of the comments' texts, as columns."""

    story: str
    texts: Sequence[str]
    lengths: array[int]
    deleted: list[bool]


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes are an Algolia item: an object with `children` and another of the item's own keys."""
    if not data[:_HEAD].lstrip().startswith(b"{"):
        return False
    keys = columns.keys(data) if len(data) <= _SMALL else None
    if keys is not None:
        return "children" in keys and not keys.isdisjoint(_OWN_KEYS)
    ends = data[:_HEAD] + b" " + data[-_HEAD:]
    return bool(_SIGN.search(ends) and _CHILDREN.search(ends))


def read(data: bytes, hint: Hint) -> Thread:
    """The thread of an Algolia item. Raises SourceError when the JSON is broken or is no item."""
    with no_collections():
        try:
            root = msgspec.json.decode(data, type=Item)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return _read_leniently(data, hint)
        items, parent = _preorder(root, attrgetter("children"))
        raws = [item.text for item in items]
        lengths = array("i", map(len, raws))
        deleted: list[bool] = []
        if len(b"null") in lengths:
            deleted = [size == 4 and bytes(raw) == b"null" for size, raw in zip(lengths, raws, strict=True)]
        bodies = Bodies(columns.raw_string(root.text), columns.raw_strings(raws), lengths, deleted)
        return _thread(root, items, parent, bodies, hint.name)


def _read_leniently(data: bytes, hint: Hint) -> Thread:
    tree = deepjson.load(data, hint)
    if not isinstance(tree, dict):
        raise SourceError(f"{refuse.name(hint)} is no Hacker News item: its outermost JSON value is not an object.")
    nodes, parent = _preorder(tree, _child_objects)
    texts = [columns.string(node.get("text")) for node in nodes]
    bodies = [text or "" for text in texts]
    deleted = [text is None for text in texts]
    found = Bodies(columns.string(tree.get("text")) or "", bodies, array("i", map(len, bodies)), deleted)
    return _thread(_item(tree), list(map(_item, nodes)), parent, found, hint.name)


def _preorder(root: Node, children: Callable[[Node], Sequence[Node]]) -> tuple[list[Node], array[int]]:
    """All that is below the root, in pre-order, and the row that each answers (-1 for the root). No recursion."""
    nodes: list[Node] = []
    owners: list[int] = []
    add, add_owner = nodes.append, owners.append
    rest = iter(children(root))
    owner = -1
    path: list[tuple[Iterator[Node], int]] = []
    while True:
        for node in rest:
            add_owner(owner)
            add(node)
            if below := children(node):
                path.append((rest, owner))
                rest, owner = iter(below), len(nodes) - 1
                break
        else:
            if not path:
                return nodes, array("i", owners)
            rest, owner = path.pop()


def _thread(root: Item, items: list[Item], parent: array[int], bodies: Bodies, source: str) -> Thread:
    ids = columns.numbers([item.id for item in items])
    scores = [item.points for item in items]
    return Thread(
        article=_article(root, bodies.story),
        parent=parent,
        authors=columns.names([item.author for item in items]),
        bodies=bodies.texts,
        lengths=bodies.lengths,
        format="html",
        published=columns.numbers(columns.moments([item.created_at_i for item in items])),
        ids=LazyColumn(_id_text, ids),
        scores=scores if scores.count(None) < len(scores) else (),
        urls=LazyColumn(_url, ids),
        deleted=bodies.deleted if True in bodies.deleted else (),
        source=source,
    )


def _article(root: Item, body: str) -> Article:
    return Article(
        title=bylines.name(root.title) or "",
        byline=bylines.name(root.author),
        published=columns.moments([root.created_at_i])[0],
        url=bylines.name(root.url) or _url(root.id),
        pieces=(body,) if body else (),
        format="html",
        score=root.points,
    )


def _id_text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _url(number: int | None) -> str | None:
    return None if number is None else f"{ITEM_URL}{number}"


def _child_objects(node: dict[str, Any]) -> list[dict[str, Any]]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _item(node: dict[str, Any]) -> Item:
    """The same fields, but for the text, from a plain JSON object; a field of another type counts as missing."""
    return Item(
        id=columns.number(node.get("id")),
        title=columns.string(node.get("title")),
        url=columns.string(node.get("url")),
        author=columns.string(node.get("author")),
        created_at_i=columns.number(node.get("created_at_i")),
        points=columns.number(node.get("points")),
    )
