"""Whatever a document has become, it gives a thread or a listing that hold together, or a sentence."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import SourceError
from tests.json_places import json_places
from tests.made_threads import steady
from tests.readers.api.samples import ANSWERS, HINT, item, lemmy, opened, t1, things, wp

ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 5.5, 10**30, 1e308, "", "x", "5", "t1_a", "0.1.2", "2017-99-99", "\x1b]0;x\x07", "\ud83d"),
    *(
        [],
        {},
        [None],
        [[]],
        [{}],
        {"a": 1},
        {"kind": "t1"},
        {"kind": "Listing", "data": {"children": [5]}},
        [1, "x", {}],
    ),
)
"""What may stand where something else was expected."""


def mutilate(value: Any, dice: random.Random) -> None:
    """Take something away from a value, put something else in its place, or put a part of it elsewhere."""
    holder, key = dice.choice(json_places(value))
    what = dice.randrange(4)
    if what == 0:
        del holder[key]
    elif what == 1:
        holder[key] = deepcopy(dice.choice(ODD))
    elif what == 2 and isinstance(holder, list):
        holder.insert(dice.randrange(len(holder) + 1), json.loads(json.dumps(holder[key])))
    else:
        other, there = dice.choice(json_places(value))
        holder[key] = json.loads(json.dumps(other[there]))


def check_thread(thread: Thread) -> None:
    """A thread holds together: parents precede, columns are as long as each other, stubs have their places."""
    size = len(thread)
    assert all(-1 <= parent < row for row, parent in enumerate(thread.parent))
    columns = (thread.authors, thread.bodies, thread.lengths, thread.published, thread.ids, thread.scores, thread.urls)
    assert [len(column) for column in columns] == [size] * len(columns)
    for comment in thread.comments():
        assert isinstance(comment.body, str)
        assert comment.author is None or (comment.author.isprintable() and comment.author)
        assert comment.url is None or comment.url.isprintable()
        assert comment.id is None or comment.id.isprintable()
        assert isinstance(comment.deleted, bool)
    assert all(-1 <= stub.parent < size and stub.count >= 0 for stub in thread.stubs)
    assert all(isinstance(piece, str) for piece in thread.article.pieces)
    assert thread.article.title.isprintable()


def check(content: Thread | Listing) -> None:
    """The same of all that a listing opens."""
    if isinstance(content, Thread):
        check_thread(content)
        return
    for index in range(len(content.entries)):
        check(content.open(index))
    assert content.whole is not None
    check(content.whole())


def read(data: bytes) -> None:
    try:
        content = readers.read_source(data, HINT)
    except SourceError as error:
        assert "Please report" not in str(error), error.__cause__
        assert str(error).isprintable()
    else:
        check(content)


@pytest.mark.parametrize("kind", ANSWERS)
@steady
@given(seed=st.integers(0, 10**9), times=st.integers(1, 6))
def test_a_mutilated_answer_does_no_harm(kind: str, seed: int, times: int) -> None:
    dice = random.Random(seed)
    value = [json.loads(json.dumps(ANSWERS[kind]))]
    for _ in range(times):
        if json_places(value):
            mutilate(value, dice)
    data = json.dumps(value[0] if value else None).encode()
    read(data if data[:1] in b"{[" else b"[" + data + b"]")


@pytest.mark.parametrize("kind", ANSWERS)
@steady
@given(place=st.floats(0, 1), byte=st.integers(0, 255))
def test_a_broken_or_cut_answer_does_no_harm(kind: str, place: float, byte: int) -> None:
    data = json.dumps(ANSWERS[kind]).encode()
    at = int(place * (len(data) - 1))
    read(data[:at] + bytes([byte]) + data[at + 1 :])
    read(data[: at + 1])


@pytest.mark.parametrize(
    "value",
    [
        [item(1, None), item(2, 3), item(3, 2), item(4, 4)],
        [things(), things(t1("a", "t1_b"), t1("b", "t1_a"), t1("c", "t1_c"))],
        [wp(2, 3), wp(3, 2), wp(4, 4)],
        {"comments": [lemmy(2, "0.3.2"), lemmy(3, "0.2.3"), lemmy(4, "0.4.4")]},
        [{"id": 2, "author": "a", "text": "b", "parent": 3}, {"id": 3, "author": "a", "text": "b", "parent": 2}],
    ],
)
def test_circles_of_parents_end(value: object) -> None:
    content = opened(value)
    check(content)
    assert isinstance(content, Thread)
    assert -1 in content.parent


@pytest.mark.slow
@pytest.mark.parametrize("key", ["children", "replies", "kids", "comments", "data", "parent"])
@pytest.mark.parametrize("levels", [900, 5_000])
def test_anything_nested_deeply(key: str, levels: int) -> None:
    for fields in ('"author": "a", "text": "b", ', '"id": 1, "type": "comment", "time": 5, ', '"kind": "t1", '):
        for start, end in (("", ""), ("[", "]")):
            data = f'{{{fields}"{key}": {start}' * levels + "null" + f"{end}}}" * levels
            read(data.encode())
            read(b"[" + data.encode() + b"]")
