"""Mail in threads: the facts of jwz.org/doc/threading.html, one by one, and on graphs of no sense at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Listing
from rumor_tui.readers.mail import threads
from tests.made_threads import steady
from tests.readers.mail.samples import listing, mailbox_of, message, opened, outline, shape

m = message


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([m("a")], "a:"),
        ([m("a"), m("b", to="a"), m("c", to="b"), m("d", to="a")], "a: b .c d"),
        ([m("a"), m("b", references="a"), m("c", references="a b")], "a: b .c"),
        ([m("b", to="a"), m("a")], "a: b"),
        ([m("a"), m("b")], "a: | b:"),
        # In-Reply-To goes before References; of several identifiers the first that is there.
        ([m("a"), m("b", to="a"), m("c", to="a", references="a b")], "a: b c"),
        ([m("a"), m("b", to="x a")], "a: b"),
        ([m("a"), m("b", to="a"), m("d", references="a b x y")], "a: b .d"),
        # The one that was answered is missing: who share it are one thread, in the order of the mailbox.
        ([m("b", to="a"), m("c", to="a"), m("d", to="b")], "b: .d c".replace(".", "")),
        ([m("b", references="a x"), m("k"), m("c", references="a y")], "b: c | k:"),
        ([m("a"), m("c", references="a x"), m("d", to="x", subject="Else")], "a: c d"),
        # A message in the middle tells that two belong together.
        ([m("a"), m("b"), m("c", to="b", references="a b")], "a: b .c"),
        # Identifiers that are none bind nothing together.
        ([m("a", more="\nIn-Reply-To: <yes>"), m("b", more="\nIn-Reply-To: <yes>")], "a: | b:"),
        ([m("a"), m("b", more='\nIn-Reply-To: Your mail of "Monday" <c@x> <a@h>')], "a: b"),
        ([m("a"), m("b", more="\nIn-Reply-To: a@h"), m("c", more="\nReferences:\n <a@h>\n\t<b@h>")], "a: b .c"),
        # Loops, and one that answers itself.
        ([m("a", to="a")], "a:"),
        ([m("a", to="b"), m("b", to="a")], "a: b"),
        ([m("a", to="c"), m("b", to="a"), m("c", to="b"), m("d", to="c")], "a: b .c ..d"),
        # One identifier twice: nothing is lost, and the last one is answered.
        ([m("a"), m("b", to="a"), m("b", to="a"), m("c", to="b")], "a: b b .c"),
        # No identifier at all.
        ([m(), m(subject="Else"), m("a", to="")], "nobody: | nobody: | a:"),
    ],
)
def test_threads(messages: list[bytes], expected: str) -> None:
    assert shape(mailbox_of(*messages)) == expected


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([m("a"), m("b", subject="Re: Cars")], "a: b"),
        ([m("a"), m("b", subject="[list] RE[2]: [list]  cars"), m("c", subject="AW: Re: Cars")], "a: b c"),
        ([m("b", subject="Re: Cars"), m("a")], "a: b"),
        ([m("b", subject="Re: Cars"), m("c", subject="Re: Cars")], "b: c"),
        ([m("a", subject="=?utf-8?q?K=C3=A4fer?="), m("b", subject="Re: Käfer")], "a: b"),
        ([m("a"), m("b")], "a: | b:"),
        ([m("a"), m("b", subject="Re: Cars", to="elsewhere")], "a: | b:"),
        ([m("a"), m("b", subject="Regarding: Cars")], "a: | b:"),
        ([m("a", subject="[PATCH 1/2] x"), m("b", subject="Re: [PATCH 2/2] x")], "a: | b:"),
        ([m("a", subject="Re:"), m("b", subject="Re: ")], "a: | b:"),
    ],
)
def test_subjects_are_the_last_resort(messages: list[bytes], expected: str) -> None:
    assert shape(mailbox_of(*messages)) == expected


def test_as_one_thread_orphans_stand_at_the_top() -> None:
    reply = m("e", subject="Re: Cars")
    content = listing(mailbox_of(m("b", to="a", subject="x"), m("k"), m("c", to="a"), m("d", to="c"), reply))
    assert outline(readers.as_thread(content)) == "b c .d k e"


def test_a_long_chain_and_a_wide_thread() -> None:
    chain = mailbox_of(*(m(f"m{i}", to=f"m{i - 1}") for i in range(3_000)))
    assert shape(chain).endswith("." * 2_998 + "m2999")
    flat = mailbox_of(*(m(f"m{i}", to="x") for i in range(3_000)))
    assert shape(flat).count(" ") == 2_999


NAMES = st.sampled_from("abcdefgh")
MESSAGES = st.builds(
    message,
    NAMES | st.just(""),
    to=st.lists(NAMES, max_size=2).map(" ".join),
    references=st.lists(NAMES, max_size=4).map(" ".join),
    subject=st.sampled_from(["", "Cars", "Re: Cars", "Re: Re: cars", "Re:", "[x] Cars"]),
)


@steady
@given(st.lists(MESSAGES, min_size=1, max_size=12))
def test_any_graph_becomes_threads_without_loss(messages: list[bytes]) -> None:
    forest = threads.build_threads([b"\n" + item.partition(b"\n\n")[0] for item in messages])
    assert sorted(forest.order) == list(range(len(messages)))
    path: list[int] = []
    for place, owner in enumerate(forest.owners):
        while path and path[-1] != owner:
            path.pop()
        assert owner == (path[-1] if path else -1)
        path.append(place)
    assert list(forest.starts) == sorted(set(forest.starts))
    assert all(forest.owners[start] < 0 for start in forest.starts)


@steady
@given(st.lists(MESSAGES, min_size=1, max_size=12))
def test_every_message_is_in_one_thread_and_in_the_whole(messages: list[bytes]) -> None:
    content = opened(mailbox_of(*messages))
    if isinstance(content, Listing):
        sizes = [len(readers.as_thread(content.open(i))) + 1 for i in range(len(content.entries))]
        assert [entry.comments for entry in content.entries] == [size - 1 for size in sizes]
        assert sum(sizes) == len(readers.as_thread(content)) == len(messages)
    else:
        assert len(content) + 1 == len(messages)
        assert all(parent < row for row, parent in enumerate(content.parent))
