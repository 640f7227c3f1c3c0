"""Orders of the tree: the page's, newest, oldest, points, replies, flat by time, and as the texts suggest."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from operator import ne
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from rumor_tui.labels import plural
from rumor_tui.model import Order, Stub, Thread
from rumor_tui.outline import subtree_sizes
from rumor_tui.reading.context import NO_COMMENTS, Commands, ReadingContext
from rumor_tui.reading.conversation import NOT_YET, Conversation
from rumor_tui.reading.worker import Analysis
from rumor_tui.row_map import RowMap, invert

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.replies import InferredReply
    from rumor_tui.search.index.conversation import PageOrder


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


ShownOrder = Order | Literal["inferred"]
INFERRED = "tree as inferred"


class Arranged(NamedTuple):
    """A thread in an order. `page` is None where that is the page's; for `replies_to` see `Replacement`."""

    thread: Thread
    page: PageOrder | None = None
    replies_to: Sequence[int] | None = None


class OrderChoice(NamedTuple):
    """An order that one may choose."""

    name: ShownOrder
    label: str


class ChooseOrder(NamedTuple):
    """Asks the screen for a choice among orders."""

    choices: Sequence[OrderChoice]
    current: ShownOrder


Replace = Callable[[Arranged, RowMap, Sequence[int] | None], None]
"""Has the session read another thread; the last argument is `Replacement.order`."""


def is_available(page: Thread, order: Order) -> bool:
    """Whether the source tells enough for an order."""

    return order == "page" or any(kind.name == order for kind in available(page))


def arranged(page: Thread, order: Order) -> Arranged:
    """The comments of a page in an order that is available."""
    if order == "page":
        return Arranged(page)
    from rumor_tui.search.index.conversation import PageOrder

    arrangement = arrange(page, order)
    flat = len(arrangement.answers) > 0
    return Arranged(arrangement.thread(page), PageOrder(page, arrangement.rows), arrangement.answers if flat else None)


def label_of(order: ShownOrder) -> str:
    """What an order is called."""
    if order == "inferred":
        return INFERRED

    return BY_NAME[order].label


class TreeOrder:
    """Owns the thread as the page has it, and arranges it.

    `name` is the order that is shown, and `wanted` the one to show as soon as the source tells enough for it.
    """

    def __init__(
        self,
        reading: ReadingContext,
        analysis: Analysis,
        conversation: Conversation,
        replace: Replace,
        *,
        page: Thread,
        wanted: Order,
    ) -> None:
        self.reading = reading
        self.analysis = analysis
        self.conversation = conversation
        self.page = page
        self.wanted: Order = wanted
        self.name: ShownOrder = "page" if reading.thread is page else wanted
        self._replace = replace

    def _numbers(self) -> Sequence[int]:
        """The page's row of each row that is shown."""
        numbers = self.reading.state.numbers
        return range(len(self.reading.thread)) if numbers is None else numbers

    # Showing an order

    def _show(self, name: ShownOrder, shown: Arranged) -> None:
        """Show the same comments in another order."""
        before = invert(self._numbers(), len(self.page))
        order = array("i", [before[row] for row in shown.page.numbers]) if shown.page is not None else before
        self.name = name
        self._replace(shown, RowMap.from_order(order), order)

    def show(self, name: ShownOrder) -> None:
        """Show an order that is available, and go on with it when more comments come."""
        if name == "inferred":
            self._infer()
            return
        self.wanted = name
        if name != self.name:
            self._show(name, arranged(self.page, name))
        self.reading.tell(f"Order: {label_of(name)}.")

    def show_written_tree(self) -> None:
        """Show who answers whom as the page has it, if the tree is shown as inferred."""
        if self.name == "inferred":
            self._show("page", Arranged(self.page))

    def take(self, page: Thread, row_map: RowMap | None = None) -> None:
        """Another state of the page came: it is shown in the order that is wanted.

        `row_map` says where the rows of the page are in it; without one they are told by their identifiers.
        """
        name = self.wanted if is_available(page, self.wanted) else "page"
        shown, between = arranged(page, name), row_map or RowMap.between(self.page, page)
        if self.name == name == "page":
            shown_map = between
        else:
            before, there = invert(self._numbers(), len(self.page)), between.inverse.every()
            numbers = shown.page.numbers if shown.page is not None else range(len(page))
            rows = [before[there[number]] if there[number] >= 0 else -1 for number in numbers]
            shown_map = RowMap.from_order(rows, len(self.page))
        self.page, self.name = page, name
        self._replace(shown, shown_map, None)

    # The inferred tree

    def _toggle_inferred(self, argument: int) -> None:
        """Show the tree as its texts infer it, or as the page has it again."""
        if self.name == "inferred":
            self.wanted = "page"
            self.show_written_tree()
            self.reading.tell("The tree as the page has it.")
        else:
            self._infer()

    def _infer(self) -> None:
        from rumor_tui.discussion_rows import discussion_rows
        from rumor_tui.search.index.conversation import PageOrder
        from rumor_tui.search.inferred_tree import inferred_parents, reordered

        if self.conversation.quotes.conversation is None:
            self.reading.tell(NOT_YET)
            return
        answers = {answer.row: answer for answer in self.answers_by_page()}
        parent = inferred_parents(self.page.parent, answers, discussion_rows(self.page))
        moves = sum(map(ne, parent, self.page.parent))
        if not moves:
            self.reading.tell("No comment says whom it answers beyond what the page tells.")
            return
        thread, numbers = reordered(self.page, parent)
        self._show("inferred", Arranged(thread, PageOrder(self.page, numbers)))
        verb = "stands below what it likely answers" if moves == 1 else "stand below what they likely answer"
        self.reading.tell(f"{plural(moves, 'comment')} {verb}.")

    def answers_by_page(self) -> list[InferredReply]:
        """Whom comments likely answer, by the rows of the page; as far as known."""
        conversation = self.analysis.knowledge.conversation
        if conversation is None:
            return []
        numbers = self._numbers()
        return [
            answer._replace(row=numbers[answer.row], to=numbers[answer.to]) for answer in conversation.answers.values()
        ]

    # What others ask

    def stub_on_page(self, stub: Stub) -> Stub:
        """The page's stub for one of the thread that is shown."""
        return replace(stub, parent=self._numbers()[stub.parent]) if stub.parent >= 0 else stub

    def words(self) -> str:
        """The order, for the title line; "" where it is the page's."""
        return "" if self.name == "page" else label_of(self.name)

    def _choose(self, argument: int) -> None:
        """Ask for an order among those that the source tells enough for."""

        if not len(self.page):
            self.reading.tell(NO_COMMENTS)
            return
        choices = [OrderChoice(kind.name, kind.label) for kind in available(self.page)]
        if self.name == "inferred" or self.conversation.quotes.conversation is not None:
            choices.append(OrderChoice("inferred", INFERRED))
        self.reading.effects.covers.append(ChooseOrder(choices, self.name))

    def commands(self) -> Commands:
        """The actions that order comments."""
        return {"tree": self._toggle_inferred, "order": self._choose}
