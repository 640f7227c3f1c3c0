"""The inferred tree of a thread: comments moved below those to which their texts reply.

An *order* maps rows of the inferred thread to rows of the page: `order[i]` is the page's row of the comment in row i.
It is a permutation; `row_map.invert` returns its inverse.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from rumor_tui.model import Thread
from rumor_tui.row_map import invert

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.replies import InferredReply
    from rumor_tui.search.index.analysis import ThreadAnalysis


def inferred_parents(
    parent: Sequence[int], answers: Mapping[int, InferredReply], tops: Collection[int] = ()
) -> array[int]:
    """The parents of the page with those that the replies add, by the page's rows.

    The page is never overruled: only a top-level comment moves, with all that is below it, and, if the page has no more
    than two levels, a reply moves below another reply to the same comment. `tops` are the rows of discussions, if
    several are joined: what stands below one is at the top level.
    """
    at_top = {-1, *tops}
    two_levels = all(above in at_top or parent[above] in at_top for above in parent)
    parents = array("i", parent)
    for row, reply in answers.items():
        above, to = parent[row], reply.to
        if not 0 <= to < row:
            continue
        if above in at_top or (two_levels and parent[to] == above):
            parents[row] = to
    return parents


def preorder(parent: Sequence[int]) -> array[int]:
    """The rows of a tree in pre-order, siblings in the order of their rows; requires `parent[row] < row`."""
    size = len(parent)
    # The last element of `first` is for the top level.
    first, following = array("i", [-1]) * (size + 1), array("i", [-1]) * size
    for row in range(size - 1, -1, -1):
        above = parent[row]
        following[row] = first[above]
        first[above] = row
    order = array("i")
    row = first[-1]
    while row >= 0:
        order.append(row)
        if first[row] >= 0:
            row = first[row]
            continue
        while row >= 0 and following[row] < 0:
            row = parent[row]
        row = following[row] if row >= 0 else -1
    return order


def reordered(thread: Thread, parent: Sequence[int]) -> tuple[Thread, array[int]]:
    """The thread with other parents (by the page's rows) in the new pre-order, and that order."""
    order = preorder(parent)
    place = invert(order, len(order))
    return thread.select(order, [place[above] if (above := parent[row]) >= 0 else -1 for row in order]), order


def hand_over_analysis(known: ThreadAnalysis, order: Sequence[int], to: ThreadAnalysis) -> None:
    """Copy the analysis of a thread to that of the same thread in another order: all texts, and the conversation.

    The new analysis must not be running in the background yet. Its marks have to be found again.
    """
    first = known.index.first_comment
    if known.index.ready and not to.index.plain:
        to.index.copy_texts(known.index, order)
    if known.conversation is not None:
        from rumor_tui.search.index.conversation import conversation_in_order

        to.conversation = conversation_in_order(order, first, known.conversation)
