"""A thread that was recorded comes back equal, whatever is in it, without its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.columns import Constant
from rumor_tui.joined import Part, join_threads
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.stored import read_thread
from rumor_tui.library_types import LibraryError
from rumor_tui.model import Article, Format, LinkedPage, Thread
from tests.library.made_threads import a_thread, columns_of, same_thread
from tests.made_threads import chain, discussions, steady, threads

FORMATS = st.sampled_from(get_args(Format))


@pytest.fixture(scope="module")
def keeper() -> Iterator[Keeper]:
    with TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder, "library.sqlite3"))
        yield keeper
        keeper.close()


def stored(keeper: Keeper, thread: Thread) -> Thread:
    return keeper.stored(keeper.record(thread).thread_id)


@steady
@given(FORMATS.flatmap(threads), st.booleans(), st.text(max_size=5), st.text(max_size=5))
def test_any_thread_comes_back_equal(keeper: Keeper, thread: Thread, repair: bool, aside: str, notice: str) -> None:
    thread = replace(thread, repair=repair, aside=aside, notice=notice, source="")
    found = stored(keeper, thread)
    assert same_thread(found, thread)


@steady
@given(discussions())
def test_joined_discussions_come_back(keeper: Keeper, parts: list[Part]) -> None:
    thread = join_threads(Article("All of it"), parts)
    found = stored(keeper, thread)
    assert same_thread(found, thread)


def test_a_linked_page_comes_back(keeper: Keeper) -> None:
    linked = LinkedPage("https://page.example/", 1, "Page", "someone", 5.5, "then", "")
    article = Article(
        "Post", "op", 3.0, "now", "https://a.example/", ["own", "<p>page"], "html", 7, "link", linked, "d"
    )
    thread = a_thread(["one"], article=article, source="")
    assert same_thread(stored(keeper, thread), thread)


@pytest.mark.parametrize("size", [249, 250, 251, 1_001])
def test_chunks_of_any_number_come_back(keeper: Keeper, size: int) -> None:
    thread = chain(size)
    assert columns_of(stored(keeper, thread)) == columns_of(thread)


def test_columns_without_values_stay_so(keeper: Keeper) -> None:
    """Orders and marks are offered by columns that have values: `Constant(None)` tells that there are none."""
    found = stored(keeper, a_thread(["a", "b"], source=""))
    assert isinstance(found.scores, Constant)
    assert found.scores.value is None
    assert not found.is_joined


def test_what_no_number_of_64_bits_is_becomes_the_nearest(keeper: Keeper) -> None:
    found = stored(keeper, a_thread(["a", "b"], scores=[10**30, -(10**30)], published=[1e30, float("inf")], source=""))
    assert list(found.scores) == [2**63 - 1, -(2**63)]
    assert list(found.published) == [1e30, float("inf")]


def test_a_thread_does_not_change_when_it_is_written_again(keeper: Keeper) -> None:
    first = a_thread(["one", "two"], ids=["1", "2"], source="https://a.example/1", article=Article("T"))
    found = stored(keeper, first)
    keeper.record(replace(first, bodies=["one", "two, edited"], lengths=[3, 11]))
    assert list(found.bodies) == ["one", "two"]


def test_a_damaged_chunk_is_noticed(keeper: Keeper) -> None:
    number = keeper.record(a_thread(["to be damaged"], article=Article("A"), source="")).thread_id
    flip = "UPDATE chunks SET texts = CAST(substr(texts, 1, 12) || x'ff' || substr(texts, 14) AS BLOB) WHERE thread = ?"
    keeper.write(lambda connection: connection.execute(flip, (number,)))
    with keeper.reading() as connection, pytest.raises(LibraryError, match="damaged"):
        read_thread(connection, number)


def test_a_damaged_tree_is_noticed(keeper: Keeper) -> None:
    number = keeper.record(a_thread(["to be damaged too"], article=Article("B"), source="")).thread_id
    flip = "UPDATE threads SET tree = CAST(substr(tree, 1, 9) || x'ff' || substr(tree, 11) AS BLOB) WHERE id = ?"
    keeper.write(lambda connection: connection.execute(flip, (number,)))
    with keeper.reading() as connection, pytest.raises(LibraryError, match="damaged"):
        read_thread(connection, number)


def test_a_thread_that_is_not_there_is_a_sentence(keeper: Keeper) -> None:
    keeper.record(a_thread(["one"], source=""))
    with pytest.raises(LibraryError, match="not hold this thread"):
        keeper.stored(10**9)
