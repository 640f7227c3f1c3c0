"""The tree of a thread as its texts tell it: comments moved below those that they answer, and all that goes with it.

Rows of the thread as written and of the inferred one are kept apart by an *order*: `order[i]` is the row as written
of the comment that stands in row i of the inferred thread. It is a permutation; `row_map.invert` gives the way back.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rumor_tui.model import Thread
from rumor_tui.row_map import invert

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.replies import InferredReply
    from rumor_tui.search.index.analysis import ThreadAnalysis


def inferred_parents(parent: Sequence[int], answers: Mapping[int, InferredReply]) -> array[int]:
    """The parents with what the answers add to them, still by row as written.

    What the page tells is never overruled. So only a comment at the top level moves (with all that is below it),
    and, where the page knows no more than two levels, a reply below another reply of the same comment.
    """
    two_levels = all(above < 0 or parent[above] < 0 for above in parent)
    found = array("i", parent)
    for row, answer in answers.items():
        above, to = parent[row], answer.to
        if not 0 <= to < row:
            continue
        if above < 0 or (two_levels and parent[to] == above):
            found[row] = to
    return found


def preorder(parent: Sequence[int]) -> array[int]:
    """The rows of a tree in pre-order; siblings stay in the order of their rows, and `parent[row] < row`."""
    size = len(parent)
    first, following = array("i", [-1]) * (size + 1), array("i", [-1]) * size  # the last of `first` is the top level's
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
    """The thread with other parents (by row as written), in their pre-order; and that order."""
    order = preorder(parent)
    place = invert(order, len(order))
    return thread.select(order, [place[above] if (above := parent[row]) >= 0 else -1 for row in order]), order


def hand_over_analysis(known: ThreadAnalysis, order: Sequence[int], to: ThreadAnalysis) -> None:
    """What is known of a thread goes to the same thread in another order: the texts if all are read, and the talk.

    It must not be at work in the background yet. The marks are left to be found anew there.
    """
    first = known.index.first_comment
    if known.index.ready and not to.index.plain:
        for texts, before in ((to.index.plain, known.index.plain), (to.index.folded, known.index.folded)):
            texts += before[:first]
            texts += [before[first + row] for row in order]
    if known.talk is not None:
        from rumor_tui.search.index.conversation import talk_in_order

        to.talk = talk_in_order(order, first, known.talk)
