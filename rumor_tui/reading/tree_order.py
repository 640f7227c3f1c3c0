"""The order in which the comments stand: as the page has them, or as their texts infer the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import ne
from typing import TYPE_CHECKING, Literal, NamedTuple

from rumor_tui.labels import plural
from rumor_tui.model import Thread
from rumor_tui.reading.analysis import Analysis
from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.conversation import NOT_YET, Conversation
from rumor_tui.row_map import RowMap, invert
from rumor_tui.search.inferred_tree import inferred_parents, reordered

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.replies import InferredReply

OrderName = Literal["page", "inferred"]


class Arranged(NamedTuple):
    """A thread in some order: the page's row of each of its rows (None: they are the same)."""

    thread: Thread
    numbers: Sequence[int] | None = None
    replies_to: Sequence[int] | None = None


Replace = Callable[[Arranged, RowMap, Sequence[int] | None], None]
"""Has the session read another thread; the last argument is `Replacement.order`."""


class TreeOrder:
    """Owns the thread as the page has it, and arranges it. `name` is the order that is shown."""

    def __init__(
        self, reading: ReadingContext, analysis: Analysis, conversation: Conversation, replace: Replace
    ) -> None:
        self.reading = reading
        self.analysis = analysis
        self.conversation = conversation
        self.page: Thread = reading.thread
        self.name: OrderName = "page"
        self._replace = replace

    def _numbers(self) -> Sequence[int]:
        """The page's row of each row that is shown."""
        numbers = self.reading.state.numbers
        return range(len(self.reading.thread)) if numbers is None else numbers

    def _show(self, name: OrderName, arranged: Arranged) -> None:
        """Show the same comments in another order."""
        before = invert(self._numbers(), len(self.page))
        order = [before[row] for row in arranged.numbers] if arranged.numbers is not None else before
        self.name = name
        self._replace(arranged, RowMap.from_order(order), order)

    def show_page_order(self) -> None:
        """Show the comments as the page has them, if they are not shown so."""
        if self.name != "page":
            self._show("page", Arranged(self.page))

    def take(self, thread: Thread) -> None:
        """Another state of the page came."""
        self.show_page_order()
        before, self.page = self.page, thread
        self._replace(Arranged(thread), RowMap.between(before, thread), None)

    def _toggle_inferred(self, argument: int) -> None:
        """Show the tree as its texts infer it, or as the page has it again."""
        if self.name != "page":
            self.show_page_order()
            self.reading.tell("The tree as the page has it.")
        elif self.conversation.quotes.talk is None:
            self.reading.tell(NOT_YET)
        else:
            self._infer(self.conversation.quotes.talk.answers)

    def _infer(self, answers: Mapping[int, InferredReply]) -> None:
        parent = inferred_parents(self.page.parent, answers)
        moves = sum(map(ne, parent, self.page.parent))
        if not moves:
            self.reading.tell("No comment says whom it answers beyond what the page tells.")
            return
        thread, numbers = reordered(self.page, parent)
        self._show("inferred", Arranged(thread, numbers))
        verb = "stands below what it likely answers" if moves == 1 else "stand below what they likely answer"
        self.reading.tell(f"{plural(moves, 'comment')} {verb}.")

    def answers_by_page(self) -> list[InferredReply]:
        """Whom comments likely answer, by the rows of the page; as far as known."""
        talk = self.analysis.knowledge.talk
        if talk is None:
            return []
        page = self._numbers()
        return [answer._replace(row=page[answer.row], to=page[answer.to]) for answer in talk.answers.values()]

    def words(self) -> str:
        """The order, for the title line; "" where it is the page's."""
        return "tree as inferred" if self.name == "inferred" else ""

    def commands(self) -> Commands:
        """The actions that order comments."""
        return {"tree": self._toggle_inferred}
