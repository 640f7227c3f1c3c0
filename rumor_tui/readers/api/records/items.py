"""A JSON value as items: its objects in lists (or in maps by identifiers), each with the objects in its fields.

Most of what is known of a comment is in its own object or in objects inside it (`author.name`), which one follows by
keys alone; a list begins something else, such as its replies. So an item is an object in a list, and its leaves are all
values that are reached from it without passing through a list. A path is a tuple of keys, since keys may have dots.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from rumor_tui.readers.api.records.names import (
    CONTEXTS,
    PEOPLE,
    STOPPED,
    STOPPED_FIRST,
    TEXTS,
    key_name,
    name_set,
    tokens_of,
)

V = TypeVar("V")
Path = tuple[str, ...]
"""Keys from an item's object to a value in it."""

_MAX_KEYS = 6
"""Keys of an edge that are kept, counted from its end."""

_MAX_DEPTH = 9
_MAX_LEAVES = 600
_IDENTIFIER_KEY = re.compile(r"-?\d+|(?=[\w.:@$/-]*\d)[\w.:@$/-]{2,}", re.ASCII)
_REPLY_WORDS = frozenset({"reply", "response", "answer"})
_REPLY_EDGES = frozenset({"reply", "response", "answer", "owner_response", "developer_response", "company_reply"})
"""Fields whose object is one reply to the object that has it."""

GENERIC = name_set(
    "items item nodes node edges list data entries results result rows records values elements objects array"
)
"""Names of lists that say nothing of what is in them."""


class Item:
    """An object in a list, with the item that contains the list, and the keys that lead from that to the list.

    `key` is its own key where it is in a map. `stopped` says that it belongs to something that is no discussion: an
    author's profile, a preview of a link, a quotation.
    """

    __slots__ = ("edge", "key", "parent", "record", "stopped", "value")

    def __init__(self, value: dict[str, Any], parent: Item | None, edge: Path, key: str | None, stopped: bool) -> None:
        self.value = value
        self.parent = parent
        self.edge = edge
        self.key = key
        self.stopped = stopped
        self.record = -1
        """The row of the record that this item is; -1 where it is none."""

    @property
    def group(self) -> Path:
        """What the item is called: the names at the end of its edge, from the last one that says something."""
        names: list[str] = []
        for key in reversed(self.edge):
            names.append(key_name(key))
            if names[-1] not in GENERIC:
                break
        return tuple(names)


def walk_items(top: Any) -> list[Item]:
    """All items of a value, those in another one after it, in the order of the document. Needs no recursion."""
    items: list[Item] = []
    waiting = [Item(top, None, (), None, False)] if isinstance(top, dict) else _in_list(top, None, (), False)
    if isinstance(top, dict) and is_map(top):
        waiting = _in_map(top, None, (), False)
    waiting.reverse()
    while waiting:
        item = waiting.pop()
        items.append(item)
        waiting.extend(reversed(_inner_items(item)))
    return items


def _inner_items(item: Item) -> list[Item]:
    """The items directly inside one."""
    inner: list[Item] = []
    objects: deque[tuple[dict[str, Any], Path, bool]] = deque([(item.value, (), item.stopped)])
    while objects:
        value, path, stopped = objects.popleft()
        for key, held in value.items():
            if isinstance(held, dict):
                if not held:
                    continue
                edge = (*path, key)[-_MAX_KEYS:]
                below = stopped or is_stopped(key)
                if is_map(held):
                    inner += _in_map(held, item, edge, below)
                elif key_name(key) in _REPLY_EDGES and not below and len(held) > 1:
                    inner.append(Item(held, item, edge, None, below))
                else:
                    objects.append((held, edge, below))
            elif isinstance(held, list) and held:
                inner += _in_list(held, item, (*path, key)[-_MAX_KEYS:], stopped or is_stopped(key))
    return inner


def is_answer(item: Item) -> bool:
    """Whether an item is the one answer to what has it in a field, such as a shop's answer to a review."""
    return bool(item.edge) and bool(_REPLY_WORDS.intersection(tokens_of(item.edge[-1])))


def _in_list(values: Any, parent: Item | None, edge: Path, stopped: bool) -> list[Item]:
    """The objects in a list, also in lists that it consists of."""
    found: list[Item] = []
    waiting: list[Iterator[Any]] = [iter(values if isinstance(values, list) else ())]
    while waiting:
        for value in waiting[-1]:
            if isinstance(value, dict):
                found.append(Item(value, parent, edge, None, stopped))
            elif isinstance(value, list) and value:
                waiting.append(iter(value))
                break
        else:
            waiting.pop()
    return found


def _in_map(values: dict[str, Any], parent: Item | None, edge: Path, stopped: bool) -> list[Item]:
    return [Item(value, parent, edge, key, stopped) for key, value in values.items()]


@lru_cache(maxsize=65_536)
def is_stopped(key: str) -> bool:
    """Whether a field of this name has nothing of the discussion in it."""
    return key_name(key) in STOPPED or bool(STOPPED_FIRST.intersection(tokens_of(key)[:1]))


def is_map(value: dict[str, Any]) -> bool:
    """Whether an object's keys are identifiers of the objects in it, so that it is as good as a list of them."""
    first = next(iter(value.values()), None)
    if not isinstance(first, dict) or not all(isinstance(held, dict) for held in value.values()):
        return False
    if all(map(_IDENTIFIER_KEY.fullmatch, value)):
        return True
    shared = set(first).intersection(*value.values())
    return len(value) > 2 and len(shared) > 1 and not any(map(_is_known_name, value))


@lru_cache(maxsize=65_536)
def _is_known_name(key: str) -> bool:
    """Whether a key says what its value is, so that it is no identifier."""
    name = key_name(key)
    return name in TEXTS or bool((PEOPLE | CONTEXTS | STOPPED).intersection(tokens_of(key)))


def leaves_of(value: dict[str, Any]) -> dict[Path, Any]:
    """The values of an item by their paths: scalars, lists, and objects whose text is in pieces."""
    leaves: dict[Path, Any] = {}
    objects: deque[tuple[dict[str, Any], Path]] = deque([(value, ())])
    while objects:
        held, path = objects.popleft()
        for key, inner in held.items():
            if len(leaves) >= _MAX_LEAVES:
                return leaves
            where = (*path, key)
            if not isinstance(inner, dict):
                leaves[where] = inner
            elif len(where) < _MAX_DEPTH:
                if isinstance(inner.get("content") or inner.get("ops"), list):
                    leaves[where] = inner  # a document of an editor: its text is in pieces
                if not is_map(inner):
                    objects.append((inner, where))
    return leaves


def value_at(value: Any, path: Path) -> Any:
    """The value at a path of an object; None where there is none."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def column_at(rows: list[dict[str, Any]], path: Path) -> list[Any]:
    """The value at a path of every row."""
    if len(path) == 1:
        key = path[0]
        return [row.get(key) for row in rows]
    return [value_at(row, path) for row in rows]


def first_of(columns: Sequence[Sequence[V | None]], size: int) -> list[V | None]:
    """For each row the first value of the columns that is one."""
    values: list[V | None] = [None] * size
    for column in columns:
        values = [old if old is not None else new for old, new in zip(values, column, strict=True)]
    return values
