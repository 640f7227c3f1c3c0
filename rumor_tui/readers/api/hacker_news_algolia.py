"""Hacker News threads from the Algolia API: one nested JSON object, `/api/v1/items/<id>`.

Fields that are read: `id`, `title`, `url`, `author`, `text` (HTML), `created_at_i` (seconds since 1970 UTC),
`points` and `children`. A comment without text was deleted. The story's own text is the article's body.

Bodies stay undecoded, as `msgspec.Raw` slices of the file, until their row is asked for; the tree of structs is
released when the columns are made. What msgspec refuses (nesting beyond about a thousand levels, fields of other types,
half surrogate pairs) is read by `lenient_json`, which is slower and accepts anything.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.links import page_elsewhere
from rumor_tui.model import Article, SourceError, Thread
from rumor_tui.readers.api.document import pause_gc
from rumor_tui.readers.api.values import (
    as_string,
    decode_string,
    get_objects,
    moment_column,
    name_column,
    number_column,
    outermost_keys,
    string_column,
    to_int,
)
from rumor_tui.readers.preorder import flatten_nested
from rumor_tui.readers.source import Hint, name_source, read_json

_HEAD = 8_192
_SMALL = 1_048_576
"""A file up to this size (bytes) is recognised by its keys, a larger one by its first and last `_HEAD` bytes."""

_OWN_KEYS = frozenset({"created_at_i", "story_id", "parent_id", "points", "type", "title"})
_OWN_KEY = re.compile(rb'"(?:created_at_i|story_id)"\s*:')
_CHILDREN = re.compile(rb'"children"\s*:\s*\[')

ITEM_URL = "https://news.ycombinator.com/item?id="


class Item(msgspec.Struct, gc=False):
    """The fields of a story or a comment that are read. `gc=False` is safe: a tree of items has no cycles."""

    id: int | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    text: msgspec.Raw = msgspec.Raw(b"null")
    created_at_i: int | None = None
    points: int | None = None
    children: tuple[Item, ...] = ()
    """A tuple, since all that are empty are the same one: a list of its own would be a tenth of the peak."""


class ItemTexts(NamedTuple):
    """The text of the story, and the columns of the comments' texts."""

    story: str
    texts: Sequence[str]
    lengths: array[int]
    deleted: list[bool]


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes are an Algolia item: an object with `children` and another of the item's own keys."""
    if not data[:_HEAD].lstrip().startswith(b"{"):
        return False
    keys = outermost_keys(data) if len(data) <= _SMALL else None
    if keys is not None:
        return "children" in keys and not keys.isdisjoint(_OWN_KEYS)
    ends = data[:_HEAD] + b" " + data[-_HEAD:]
    return bool(_OWN_KEY.search(ends) and _CHILDREN.search(ends))


def read(data: bytes, hint: Hint) -> Thread:
    """The thread of an Algolia item. Raises SourceError when the JSON is broken or is no item."""
    with pause_gc():
        try:
            root = msgspec.json.decode(data, type=Item)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return _read_leniently(data, hint)
        items, owners = flatten_nested(root.children, attrgetter("children"))
        raws = [item.text for item in items]
        lengths = array("i", map(len, raws))
        deleted: list[bool] = []
        if len(b"null") in lengths:
            deleted = [size == 4 and bytes(raw) == b"null" for size, raw in zip(lengths, raws, strict=True)]
        bodies = ItemTexts(decode_string(root.text), string_column(raws), lengths, deleted)
        return _thread(root, items, array("i", owners), bodies, hint.name)


def _read_leniently(data: bytes, hint: Hint) -> Thread:
    tree = read_json(data, hint)
    if not isinstance(tree, dict):
        raise SourceError(f"{name_source(hint)} is not a Hacker News item: its outermost JSON value is not an object.")
    nodes, owners = flatten_nested(get_objects(tree, "children"), partial(get_objects, path="children"))
    texts = [as_string(node.get("text")) for node in nodes]
    bodies = [text or "" for text in texts]
    deleted = [text is None for text in texts]
    texts_of_items = ItemTexts(as_string(tree.get("text")) or "", bodies, array("i", map(len, bodies)), deleted)
    return _thread(_item(tree), list(map(_item, nodes)), array("i", owners), texts_of_items, hint.name)


def _thread(root: Item, items: list[Item], parent: array[int], bodies: ItemTexts, source: str) -> Thread:
    ids = number_column([item.id for item in items])
    scores = [item.points for item in items]
    return Thread(
        article=_article(root, bodies.story),
        parent=parent,
        authors=name_column([item.author for item in items]),
        bodies=bodies.texts,
        lengths=bodies.lengths,
        format="html",
        published=number_column(moment_column([item.created_at_i for item in items])),
        ids=LazyColumn(_id_text, ids),
        scores=scores if scores.count(None) < len(scores) else (),
        urls=LazyColumn(_url, ids),
        deleted=bodies.deleted if True in bodies.deleted else (),
        source=source,
    )


def _article(root: Item, body: str) -> Article:
    return Article(
        title=markdown_format.clean_field(root.title) or "",
        byline=markdown_format.clean_field(root.author),
        published=moment_column([root.created_at_i])[0],
        url=markdown_format.clean_field(root.url) or _url(root.id),
        pieces=(body,) if body else (),
        format="html",
        score=root.points,
        link=page_elsewhere(root.url, ITEM_URL),
        discussion_url=_url(root.id),
    )


def _id_text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _url(number: int | None) -> str | None:
    return None if number is None else f"{ITEM_URL}{number}"


def _item(node: dict[str, Any]) -> Item:
    """The same fields except for the text, from a plain JSON object; a field of another type counts as missing."""
    return Item(
        id=to_int(node.get("id")),
        title=as_string(node.get("title")),
        url=as_string(node.get("url")),
        author=as_string(node.get("author")),
        created_at_i=to_int(node.get("created_at_i")),
        points=to_int(node.get("points")),
    )
