"""The rows of the library's list: narrowed, sorted, and the discussions of an article together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rumor_tui.library_types import LibraryEntry
from rumor_tui.ui.screens.library import tags_of
from rumor_tui.ui.screens.library_rows import SAMPLE, SORTS, Row, arrange, merge_entries, narrow, needle_of, words_of
from tests.ui.library_samples import DAY, ENTRIES, MARCH

WORDS = list(map(words_of, ENTRIES))


def narrowed(text: str) -> list[int]:
    return [ENTRIES[at].thread_id for at in narrow(ENTRIES, WORDS, text)]


@pytest.mark.parametrize(
    ("text", "threads"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("CARS?", [1, 3]),
        ("cars hundred", [1]),
        ("tag:ca", [1]),
        ("tag:club meeting", [4]),
        ("site:reddit", [3]),
        ("site:news.example", [1]),
        ("is:new", [1, 5]),
        ("is:unread", [1, 3, 4, 5]),
        ("is:followed", [1]),
        ("is:marked", [1]),
        ("is:nothing", []),
        ("zebra", []),
    ],
)
def test_what_fits_all_words_is_left(text: str, threads: list[int]) -> None:
    assert narrowed(text) == threads


def test_the_first_plain_word_is_lit() -> None:
    assert needle_of("tag:x Six hundred") == "six"
    assert needle_of("is:new") == ""


def threads_of(rows: list[Row], entries: tuple[LibraryEntry, ...] = ENTRIES) -> list[list[int]]:
    return [[entries[at].thread_id for at in row.entries] for row in rows]


def test_the_discussions_of_an_article_have_one_row() -> None:
    assert threads_of(arrange(ENTRIES, range(5), "activity")) == [[1, 3], [2], [4], [5]]


def test_unfolded_they_have_one_each_below_it() -> None:
    rows = arrange(ENTRIES, range(5), "activity", frozenset({ENTRIES[0].group}))
    assert threads_of(rows) == [[1, 3], [1], [3], [2], [4], [5]]
    assert [(row.nested, row.unfolded) for row in rows[:4]] == [
        (False, True),
        (True, False),
        (True, False),
        (False, False),
    ]


def test_a_discussion_that_is_left_alone_by_narrowing_is_a_thread_as_any() -> None:
    assert arrange(ENTRIES, [2], "activity") == [Row((2,))]


@pytest.mark.parametrize(
    ("sort", "threads"),
    [
        ("title", [3, 5, 4, 1, 2]),
        ("new", [5, 1, 2, 3, 4]),
        ("unread", [5, 3, 1, 4, 2]),
        ("added", [3, 2, 1, 4, 5]),
        ("published", [1, 2, 3, 4, 5]),
    ],
)
def test_orders(sort: str, threads: list[int]) -> None:
    entries = tuple(replace(entry, group="") for entry in ENTRIES)
    assert [found for (found,) in threads_of(arrange(entries, range(5), sort), entries)] == threads


def test_the_sample_comes_last_in_every_order() -> None:
    entries = (LibraryEntry(SAMPLE, "0 A sample", source="/sample"), *ENTRIES)
    for sort in SORTS:
        assert threads_of(arrange(entries, range(6), sort), entries)[-1] == [SAMPLE]


def test_the_counts_of_several_discussions_are_summed() -> None:
    whole = merge_entries([ENTRIES[0], ENTRIES[2]])
    assert (whole.comments, whole.unread, whole.fresh) == (473, 98, 4)
    assert (whole.title, whole.site) == ("Six hundred cars?", "Hacker News, Reddit r/cars")
    assert (whole.active, whole.added, whole.followed) == (MARCH + 5 * DAY, MARCH, True)


def test_tags_are_words_with_or_without_their_sign() -> None:
    assert tags_of(" #cars, figures\tcars \x1b[31m") == ["cars", "figures", "␛[31m"]
    assert tags_of("#") == []
