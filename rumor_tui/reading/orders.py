"""Orders of the tree: the page's own, newest, oldest, most points, most replies, and flat, as the comments came.

Replies stay below what they answer, but for the flat order; what is ordered are the replies to one comment, and the
top-level comments. `ORDERS` is the one table of them. An order is worked out over flat arrays, without recursion: each
comment's row is the one after its parent's, plus the sizes of the subtrees of the siblings before it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, Literal, NamedTuple

from rumor_tui.model import Order, Thread
from rumor_tui.outline import subtree_sizes
from rumor_tui.row_map import RowMap, invert

SAMPLED: Final = 256
"""Comments, spread over the thread, by which it is told whether the source gives dates or scores."""

Needs = Literal["", "dates", "points", "replies"]
"""What an order goes by, and what the source must tell for it."""

Keys = Callable[[Thread, Sequence[int]], Sequence[float]]
"""From a thread and its subtree sizes a key a row: smaller keys come first, and equal ones in the page's order."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A thread's comments in an order.

    `rows[i]` is the row in the page's order of the comment that stands in row i now, and `parents[i]` the new row of
    the comment that it stands below (-1: at the top level). `answers` is empty, but for a flat order, in which nothing
    stands below anything: there `answers[i]` is the new row of the comment that row i answers (-1: none).
    """

    rows: array[int]
    parents: array[int]
    answers: Sequence[int] = ()

    def thread(self, page: Thread) -> Thread:
        """The comments of `page` in this order."""
        return page.select(self.rows, self.parents)

    @property
    def row_map(self) -> RowMap:
        """Where the rows of the page's order stand in this one."""
        return RowMap.from_order(self.rows)


class OrderKind(NamedTuple):
    """One row of the table. `label` tells the order in a title or a choice; `needs` what it goes by."""

    name: Order
    label: str
    needs: Needs = ""
    keys: Keys | None = None
    flat: bool = False


def _undated_last(moments: Iterable[float | None], sign: float) -> list[float]:
    """Moments as keys, the earliest first, or the latest with the sign -1.0; comments without one come last.

    All are floats, which are compared faster than large integers are.
    """
    return [inf if moment is None else sign * moment for moment in moments]


def _oldest(thread: Thread, _: Sequence[int]) -> Sequence[float]:
    return _undated_last(thread.published, 1.0)


def _newest(thread: Thread, _: Sequence[int]) -> Sequence[float]:
    """The newest comment of the branch counts: a discussion that goes on comes before one that ended."""
    keys, parent = _undated_last(thread.published, -1.0), thread.parent.tolist()
    for row in range(len(keys) - 1, -1, -1):
        above = parent[row]
        if above >= 0 and keys[row] < keys[above]:
            keys[above] = keys[row]
    return keys


def _points(thread: Thread, _: Sequence[int]) -> Sequence[float]:
    scores = thread.scores
    unscored = 1 - min((score for score in scores if score is not None), default=0)
    return [unscored if score is None else -score for score in scores]


def _replies(_: Thread, size: Sequence[int]) -> Sequence[float]:
    return [-below for below in size]


ORDERS: Final = (
    OrderKind("page", "the page's order"),
    OrderKind("newest", "newest first", "dates", _newest),
    OrderKind("oldest", "oldest first", "dates", _oldest),
    OrderKind("points", "most points first", "points", _points),
    OrderKind("replies", "most replies first", "replies", _replies),
    OrderKind("came", "as they came", "dates", _oldest, flat=True),
)
"""Every order, in the order in which they are offered."""

BY_NAME: Final = {kind.name: kind for kind in ORDERS}


def available(thread: Thread) -> list[OrderKind]:
    """The orders that the source tells enough for; of a long thread a look at some of its comments decides."""
    told: dict[Needs, bool] = {
        "": True,
        "dates": _tells(thread.published),
        "points": _tells(thread.scores),
        "replies": any(above >= 0 for above in thread.parent),
    }
    return [kind for kind in ORDERS if told[kind.needs]]


def _tells(column: Sequence[float | None]) -> bool:
    """Whether some rows of a column hold something. Dates may be parsed only when asked for, so not all are."""
    size = len(column)
    rows = range(size) if size <= SAMPLED else (size * nth // SAMPLED for nth in range(SAMPLED))
    return any(column[row] is not None for row in rows)


_LACKING: Final[dict[Needs, str]] = {
    "dates": "The source gives no dates",
    "points": "The source gives no points",
    "replies": "There are no replies",
}


def why_not(order: Order) -> str:
    """Why an order is not available, in a sentence that says what is shown instead."""
    return f"{_LACKING[BY_NAME[order].needs]}, so the comments are in the page's order."


def arrange(thread: Thread, order: Order, size: Sequence[int] | None = None) -> Arrangement:
    """The comments of a thread in an order; `thread` has them in the page's. `size` are its subtree sizes, if at hand.

    Where a comment lacks what the order goes by, it comes after its siblings that have it, in the page's order.
    """
    kind = BY_NAME[order]
    if kind.keys is None:
        return Arrangement(array("i", range(len(thread))), thread.parent)
    if size is None:
        size = subtree_sizes(thread.parent)
    keys = kind.keys(thread, size)
    parent = thread.parent.tolist()  # a list, as it is read often: that is what takes the time
    return _in_a_row(parent, keys) if kind.flat else _in_a_tree(parent, list(size), keys)


def _in_a_row(parent: Sequence[int], keys: Sequence[float]) -> Arrangement:
    ranked = sorted(range(len(keys)), key=keys.__getitem__)
    answers = _moved_parents(parent, ranked, invert(ranked, len(ranked)).tolist())
    return Arrangement(array("i", ranked), array("i", [-1]) * len(ranked), answers)


def _in_a_tree(parent: Sequence[int], size: Sequence[int], keys: Sequence[float]) -> Arrangement:
    """The rows in pre-order, siblings by their keys."""
    siblings: dict[int, list[int]] = {}
    for row, above in enumerate(parent):
        if above < 0 or size[above] != size[row] + 1:  # else it has none
            siblings.setdefault(above, []).append(row)
    offset = [0] * len(parent)  # of each row, from the first row below its parent
    for rows in siblings.values():
        rows.sort(key=keys.__getitem__)
        taken = 0
        for row in rows:
            offset[row] = taken
            taken += size[row] + 1
    places: list[int] = []
    for above, below in zip(parent, offset, strict=True):  # parents come before what is below them
        places.append(places[above] + 1 + below if above >= 0 else below)
    order = invert(places, len(places))
    return Arrangement(order, _moved_parents(parent, order, places))


def _moved_parents(parent: Sequence[int], rows: Iterable[int], places: list[int]) -> array[int]:
    """The new rows of the parents of `rows`; `places` are the new rows of all."""
    return array("i", [places[above] if (above := parent[row]) >= 0 else -1 for row in rows])
