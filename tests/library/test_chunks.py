"""Chunks: what is packed comes back, whatever is in it; handles are found in them; damage is noticed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from math import nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library import chunks
from rumor_tui.library.chunks import COLUMNS, Chunk, ChunkStore
from rumor_tui.library.documents import Tree, pack_tree, unpack_tree
from rumor_tui.library_types import LibraryError
from tests.library.made_libraries import new_library
from tests.made_threads import parents, steady

TEXTS = st.text(max_size=8) | st.just("\ud83d half of a pair")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "authors": st.none() | TEXTS,
    "published": st.none() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False),
    "published_text": st.none() | TEXTS,
    "ids": st.none() | TEXTS,
    "scores": st.none() | st.integers(-(2**63), 2**63 - 1),
    "urls": st.none() | TEXTS,
    "deleted": st.booleans(),
    "discussions": st.integers(-1, 9),
}
"""What each column of a chunk may hold."""

CONTENTS = st.integers(1, 20).flatmap(
    lambda size: st.fixed_dictionaries(
        {name: st.lists(values, min_size=size, max_size=size) for name, values in VALUES.items()}
        | {"texts": st.lists(TEXTS, min_size=size, max_size=size)}
    )
)


def packed(first: int, size: int) -> Chunk:
    columns: dict[str, list[Any]] = {name: [None] * size for name in COLUMNS}
    columns |= {"ids": [f"id {first + place}" for place in range(size)], "deleted": [False] * size}
    columns |= {"discussions": [-1] * size}
    return chunks.pack(first, columns, [f"text {first + place}" for place in range(size)])


def test_there_is_a_strategy_for_every_column() -> None:
    assert tuple(VALUES) == COLUMNS


@steady
@given(CONTENTS)
def test_what_is_packed_comes_back(contents: dict[str, list[Any]]) -> None:
    texts = contents.pop("texts")
    chunk = chunks.pack(7, contents, texts)
    assert (chunk.first, chunk.size) == (7, len(texts))
    assert chunks.unpack_facts(chunk.facts, chunk.size) == contents
    assert chunks.unpack_texts(chunk.texts, chunk.size) == texts


def test_a_moment_that_is_no_number_comes_back() -> None:
    columns: dict[str, list[Any]] = {name: [None] for name in COLUMNS}
    columns |= {"published": [nan], "deleted": [False], "discussions": [-1]}
    chunk = chunks.pack(1, columns, ["text"])
    assert repr(chunks.unpack_facts(chunk.facts, 1)["published"]) == "[nan]"


@steady
@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.data())
def test_handles_are_found_in_any_order(sizes: Sequence[int], data: st.DataObject) -> None:
    made: list[Chunk] = []
    first = 1
    for size in sizes:
        made.append(packed(first, size))
        first += size + 3  # handles of other threads are in between
    store = ChunkStore(made)
    known = [chunk.first + place for chunk in made for place in range(chunk.size)]
    handles = data.draw(st.lists(st.sampled_from(known), max_size=60))
    slots = store.slots(chunks.runs_of(handles))
    ids, texts = store.column("ids", slots), store.texts(slots)
    assert [ids[row] for row in range(len(handles))] == list(ids) == [f"id {handle}" for handle in handles]
    assert [texts[row] for row in range(len(handles))] == list(texts) == [f"text {handle}" for handle in handles]
    with pytest.raises(LibraryError, match="damaged"):
        store.slots([(first, 1)])


@steady
@given(st.lists(st.integers(0, 30)))
def test_runs_are_the_handles(handles: list[int]) -> None:
    runs = chunks.runs_of(handles)
    assert [handle for first, count in runs for handle in range(first, first + count)] == handles
    assert all(first + count != following for (first, count), (following, _) in pairwise(runs))


@steady
@given(parents(30), st.data())
def test_a_tree_comes_back(rows: array[int], data: st.DataObject) -> None:
    size = len(rows)
    handles = array("q", data.draw(st.permutations(range(1, size + 1))))
    lengths = array("I", data.draw(st.lists(st.integers(0, 2**32 - 1), min_size=size, max_size=size)))
    absent = frozenset(data.draw(st.sets(st.integers(0, size - 1)))) if size else frozenset()
    tree = Tree(handles, rows, lengths, absent)
    assert unpack_tree(pack_tree(tree)) == tree


@pytest.mark.parametrize("data", [b"", b"no zstandard", chunks.compress(b""), chunks.compress(b"\xff\x00")])
def test_what_is_no_document_is_damaged(data: bytes) -> None:
    for unpack in (
        unpack_tree,
        lambda packed: chunks.unpack_texts(packed, 1),
        lambda packed: chunks.unpack_facts(packed, 1),
    ):
        with pytest.raises(LibraryError, match="damaged"):
            unpack(data)


def test_handles_are_given_once(tmp_path: Path) -> None:
    with closing(new_library(tmp_path)) as connection:
        given = [chunks.reserve_handles(connection, count) for count in (3, 0, 250, 1)]
    assert given == [1, 4, 4, 254]


def test_a_chunk_is_found_by_each_of_its_handles(tmp_path: Path) -> None:
    with closing(new_library(tmp_path)) as connection:
        connection.execute("INSERT INTO threads(id, uid, added, active) VALUES(1, 'x', 0, 0)")
        for first in (1, 50):
            chunks.write_chunk(connection, 1, packed(first, 20))
        assert chunks.read_chunk_of(connection, 69) == packed(50, 20)
        assert chunks.read_chunk_of(connection, 1) == packed(1, 20)
        assert [chunks.read_chunk_of(connection, handle) for handle in (0, 21, 49, 70)] == [None] * 4
        assert chunks.read_chunks(connection, 1) == [packed(1, 20), packed(50, 20)]
        connection.execute("UPDATE chunks SET hash = x'00' WHERE first = 50")
        with pytest.raises(LibraryError, match="damaged"):
            chunks.read_chunk_of(connection, 60)
