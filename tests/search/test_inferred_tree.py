"""The tree as the texts tell it: nothing is lost, nothing the page tells is overruled, and there is a way back."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.marks.conversation.replies import InferredReply
from rumor_tui.model import Stub, Thread
from rumor_tui.outline import subtree_sizes
from rumor_tui.row_map import invert
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.conversation import Conversation, conversation_in_order
from rumor_tui.search.inferred_tree import hand_over_analysis, inferred_parents, preorder, reordered
from tests.made_threads import parents, steady, threads


def answer(row: int, to: int) -> InferredReply:
    return InferredReply(row, to, "name", 0.9, 0, 1)


@pytest.mark.parametrize(
    ("parent", "answers", "wanted"),
    [
        ([-1, -1, -1], {2: 0}, [-1, -1, 0]),
        ([-1, -1, -1], {1: 0, 2: 1}, [-1, 0, 1]),
        ([-1, -1, 1], {1: 0}, [-1, 0, 1]),
        ([-1, 0, 0, -1], {2: 1}, [-1, 0, 1, -1]),
        ([-1, 0, -1, 2, 2], {4: 1}, [-1, 0, -1, 2, 2]),
        ([-1, 0, 1, 0], {3: 2}, [-1, 0, 1, 0]),
        ([-1, 0, 1, -1], {3: 2}, [-1, 0, 1, 2]),
        ([-1, -1], {0: 1, 1: 1}, [-1, -1]),
    ],
    ids=[
        "moved",
        "a line of them",
        "with what is below it",
        "below another reply of the same comment",
        "not into another branch",
        "not where the page knows more levels",
        "from the top, however deep",
        "only what is earlier is answered",
    ],
)
def test_who_stands_below_whom(parent: list[int], answers: dict[int, int], wanted: list[int]) -> None:
    assert list(inferred_parents(parent, {row: answer(row, to) for row, to in answers.items()})) == wanted


@st.composite
def answered(draw: st.DrawFn) -> tuple[Thread, dict[int, InferredReply]]:
    thread = draw(threads())
    rows = range(1, len(thread))
    answers = {row: answer(row, draw(st.integers(0, row - 1))) for row in rows if draw(st.booleans())}
    return thread, answers


@steady
@given(parents())
def test_a_tree_in_pre_order_stays_as_it_is(parent: array[int]) -> None:
    assert list(preorder(parent)) == list(range(len(parent)))


@steady
@given(answered())
def test_it_is_the_same_thread_in_pre_order(made: tuple[Thread, dict[int, InferredReply]]) -> None:
    thread, answers = made
    told = inferred_parents(thread.parent, answers)
    moved, order = reordered(thread, told)
    assert sorted(order) == list(range(len(thread)))
    size = subtree_sizes(moved.parent)
    for place, row in enumerate(order):
        before, after = thread.comment(row), moved.comment(place)
        assert (after.author, after.body, after.id, after.url, after.published) == (
            (before.author, before.body, before.id, before.url, before.published)
        )
        above = moved.parent[place]
        assert (order[above] if above >= 0 else -1) == told[row]
        assert above < place and (above < 0 or place <= above + size[above])
    assert [len(stub.keys) for stub in moved.stubs] == [len(stub.keys) for stub in thread.stubs]


@steady
@given(answered())
def test_there_is_a_way_back(made: tuple[Thread, dict[int, InferredReply]]) -> None:
    thread, answers = made
    _, order = reordered(thread, inferred_parents(thread.parent, answers))
    conversation = Conversation(answers=answers)
    for row, one in answers.items():
        quote = Quote(2 + row, 0, 3, 2 + one.to, 4, 7, True)
        conversation.quotes[2 + row] = [quote]
        conversation.quoted.setdefault(quote.source, []).append(quote)
    assert (
        conversation_in_order(invert(order, len(order)), 2, conversation_in_order(order, 2, conversation))
        == conversation
    )


def test_what_is_missing_goes_along() -> None:
    thread = flat(3)
    thread.stubs = (Stub(-1, 1), Stub(1, 2), Stub(2, 3))
    moved, order = reordered(thread, [-1, -1, 0])
    assert list(order) == [0, 2, 1]
    assert [(stub.parent, stub.count) for stub in moved.stubs] == [(-1, 1), (2, 2), (1, 3)]


def flat(size: int) -> Thread:
    from tests.search.threads import make_thread

    return make_thread([f"body {n}" for n in range(size)], [f"a{n}" for n in range(size)], pieces=["A piece."])


@pytest.mark.parametrize("built", [True, False])
def test_what_is_known_is_handed_over(built: bool) -> None:
    known = ThreadAnalysis(flat(3))
    if built:
        known.index.build()
    known.conversation = Conversation(answers={2: answer(2, 0)})
    moved, order = reordered(known.thread, [-1, -1, 0])
    other = ThreadAnalysis(moved)
    hand_over_analysis(known, order, other)
    assert other.index.ready == built
    texts = [other.index.item_text(item) for item in range(other.index.size)]
    fresh = ThreadAnalysis(moved).index
    assert texts == [fresh.item_text(item) for item in range(fresh.size)]
    assert other.conversation is not None and other.conversation.answers == {1: answer(1, 0)}
