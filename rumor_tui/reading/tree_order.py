"""The order in which the comments stand: as the page has them, in another order, or as their texts infer the tree."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import ne
from typing import TYPE_CHECKING, Literal, NamedTuple

from rumor_tui.labels import plural
from rumor_tui.model import Order, Stub, Thread
from rumor_tui.reading.analysis import Analysis
from rumor_tui.reading.context import NO_COMMENTS, Commands, ReadingContext
from rumor_tui.reading.conversation import NOT_YET, Conversation
from rumor_tui.row_map import RowMap, invert

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.replies import InferredReply
    from rumor_tui.search.index.conversation import PageOrder

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
    from rumor_tui.reading.orders import available

    return order == "page" or any(kind.name == order for kind in available(page))


def arranged(page: Thread, order: Order) -> Arranged:
    """The comments of a page in an order that is available."""
    if order == "page":
        return Arranged(page)
    from rumor_tui.reading.orders import arrange
    from rumor_tui.search.index.conversation import PageOrder

    arrangement = arrange(page, order)
    flat = len(arrangement.answers) > 0
    return Arranged(arrangement.thread(page), PageOrder(page, arrangement.rows), arrangement.answers if flat else None)


def label_of(order: ShownOrder) -> str:
    """What an order is called."""
    if order == "inferred":
        return INFERRED
    from rumor_tui.reading.orders import BY_NAME

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

    def take(self, page: Thread) -> None:
        """Another state of the page came: it is shown in the order that is wanted."""
        name = self.wanted if is_available(page, self.wanted) else "page"
        shown, between = arranged(page, name), RowMap.between(self.page, page)
        if self.name == name == "page":
            row_map = between
        else:
            before, there = invert(self._numbers(), len(self.page)), between.inverse.every()
            numbers = shown.page.numbers if shown.page is not None else range(len(page))
            rows = [before[there[number]] if there[number] >= 0 else -1 for number in numbers]
            row_map = RowMap.from_order(rows, len(self.page))
        self.page, self.name = page, name
        self._replace(shown, row_map, None)

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
        from rumor_tui.search.index.conversation import PageOrder
        from rumor_tui.search.inferred_tree import inferred_parents, reordered

        if self.conversation.quotes.conversation is None:
            self.reading.tell(NOT_YET)
            return
        answers = {answer.row: answer for answer in self.answers_by_page()}
        parent = inferred_parents(self.page.parent, answers)
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
        from rumor_tui.reading.orders import available

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
