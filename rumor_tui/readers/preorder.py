"""Comments in any order put into pre-order, whatever their parents are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from rumor_tui.model import Draft

Node = TypeVar("Node")


def to_preorder(parents: Sequence[int | None]) -> tuple[list[int], list[int]]:
    """The rows in pre-order, and for each of them the place of its parent in that order (-1 for none).

    Row i answers row `parents[i]`; siblings stay in the order of the rows. Rows whose parent is None, missing or the
    row itself are at the top level, and so is the first row of each cycle. Needs no recursion.
    """
    size = len(parents)
    below: dict[int, list[int]] = {}
    tops: list[int] = []
    for row, parent in enumerate(parents):
        if parent is None or not 0 <= parent < size or parent == row:
            tops.append(row)
        else:
            below.setdefault(parent, []).append(row)
    order: list[int] = []
    owners: list[int] = []
    seen = bytearray(size)
    for row in tops:
        if row in below:
            _walk(row, below, seen, order, owners)
        else:
            seen[row] = 1
            order.append(row)
            owners.append(-1)
    if len(order) == size:
        return order, owners
    heads = _cycle_heads(parents, seen)
    return to_preorder([None if row in heads else parent for row, parent in enumerate(parents)])


def _walk(top: int, below: dict[int, list[int]], seen: bytearray, order: list[int], owners: list[int]) -> None:
    waiting = [(top, -1)]
    while waiting:
        row, owner = waiting.pop()
        seen[row] = 1
        here = len(order)
        order.append(row)
        owners.append(owner)
        if row in below:
            waiting.extend([(child, here) for child in reversed(below[row])])


def _cycle_heads(parents: Sequence[int | None], seen: bytearray) -> set[int]:
    """The first row of every cycle; `seen` marks the rows that do not descend from a cycle."""
    heads: set[int] = set()
    marks = [0] * len(parents)
    for start in range(len(parents)):
        path = []
        row: int | None = start
        while row is not None and not seen[row] and not marks[row]:
            marks[row] = start + 1
            path.append(row)
            row = parents[row]
        if row is not None and not seen[row] and marks[row] == start + 1:
            heads.add(min(path[path.index(row) :]))
    return heads


def arrange_drafts(drafts: list[Draft]) -> list[Draft]:
    """The drafts in pre-order with their parents renumbered; the same list when they are in pre-order already."""
    parents = [draft.parent for draft in drafts]
    order, owners = to_preorder(parents)
    new_parents = [None if owner < 0 else owner for owner in owners]
    if order == list(range(len(drafts))) and new_parents == parents:
        return drafts
    return [replace(drafts[row], parent=owner) for row, owner in zip(order, new_parents, strict=True)]


class Answer(Protocol):
    """What has the row that it answers, or None."""

    parent: int | None


Answering = TypeVar("Answering", bound=Answer)


def take_opening(rows: list[Answering]) -> Answering:
    """Remove the first row, which opened the discussion, and give it; what answers it is at the top level then."""
    for row in rows:
        row.parent = row.parent - 1 if row.parent else None
    return rows.pop(0)


def flatten_nested(tops: Iterable[Node], children: Callable[[Node], Sequence[Node]]) -> tuple[list[Node], list[int]]:
    """Nodes and all nodes in them, in pre-order, and the row of each one's parent (-1 for the tops). No recursion."""
    nodes: list[Node] = []
    owners: list[int] = []
    add, add_owner = nodes.append, owners.append
    rest = iter(tops)
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
                return nodes, owners
            rest, owner = path.pop()
