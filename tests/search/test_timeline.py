"""Comments by time: every one is in a bucket, in the bucket of its own time, and no bucket is finer than asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rumor_tui.search.timeline import Timeline, seems_dated
from tests.made_threads import steady

NOON = 1_299_585_600.0
"""2011-03-08 12:00 UTC."""
MOMENTS = st.lists(st.none() | st.floats(-1e10, 1e11), max_size=40)


@pytest.mark.parametrize(
    ("published", "dated"),
    [
        ([], False),
        ([1.0] * 9, False),
        ([1.0] * 10, True),
        ([1.0, None] * 10, False),
        ([1.0, 1.0, None] * 10, True),
        ([1.0] * 400 + [None] * 1000, False),
        ([None] * 400 + [1.0] * 1000, True),
    ],
)
def test_whether_there_are_dates(published: list[float | None], dated: bool) -> None:
    assert seems_dated(published) == dated


def test_only_some_comments_are_looked_at() -> None:
    asked = []

    class Dates(Sequence[float | None]):
        def __len__(self) -> int:
            return 100_000

        def __getitem__(self, index: int) -> float:  # type: ignore[override]
            asked.append(index)
            return 1.0

    assert seems_dated(Dates())
    assert len(asked) < 100


@pytest.mark.parametrize(
    ("offsets", "most", "step", "counts"),
    [
        ([0, 10, 70, 170], 10, 60, (2, 1, 1)),
        ([0, 10, 70, 170], 2, 120, (3, 1)),
        ([0, 1800, 3600, 7300], 3, 3600, (2, 1, 1)),
        ([0], 5, 60, (1,)),
        ([0, 0, 0], 1, 60, (3,)),
    ],
)
def test_buckets(offsets: list[int], most: int, step: int, counts: tuple[int, ...]) -> None:
    buckets = Timeline([NOON + offset for offset in offsets]).buckets(most)
    assert (buckets.start, buckets.step) == (NOON, step)
    assert tuple(map(buckets.count, range(len(buckets)))) == counts


def test_buckets_begin_at_full_hours_of_the_reader_s_clock() -> None:
    times = [NOON + 60 * minutes for minutes in (1, 31, 200)]
    assert Timeline(times).buckets(4).start % 3600 == 0
    assert Timeline(times).buckets(4, 1800).start % 3600 == 1800


@pytest.mark.parametrize("late", [True, False])
def test_one_far_away_does_not_take_the_room_of_the_others(late: bool) -> None:
    far = NOON + (1 if late else -1) * 1000 * 86_400
    buckets = Timeline([*(NOON + 600 * n for n in range(30)), far]).buckets(20)
    assert buckets.step <= 1800
    assert sum(map(buckets.count, range(len(buckets)))) == 31
    assert buckets.bucket_of(far) == (len(buckets) - 1 if late else 0)


def test_without_dates_there_are_no_buckets() -> None:
    with pytest.raises(ValueError, match="no comment has a date"):
        Timeline([None, None]).buckets(5)


@steady
@given(MOMENTS, st.integers(1, 120), st.sampled_from([0, 3600, -12_600]))
def test_each_comment_is_in_the_bucket_of_its_time(published: list[float | None], most: int, zone: int) -> None:
    timeline = Timeline(published)
    assume(len(timeline))
    buckets = timeline.buckets(most, zone)
    assert 1 <= len(buckets) <= most
    assert buckets.edges[0] == 0 and buckets.edges[-1] == len(timeline)
    assert list(timeline.moments) == sorted(moment for moment in published if moment is not None)
    for bucket in range(len(buckets)):
        for k in range(buckets.edges[bucket], buckets.edges[bucket + 1]):
            assert published[timeline.rows[k]] == timeline.moments[k]
            start = buckets.start + bucket * buckets.step
            assert not bucket or timeline.moments[k] >= start
            assert bucket == len(buckets) - 1 or timeline.moments[k] < start + buckets.step


def test_the_buckets_that_hold_some_rows_are_told() -> None:
    timeline = Timeline([180.0, None, 60.0, 120.0])
    buckets = timeline.buckets(3)
    assert len(buckets) == 3
    assert timeline.holding(buckets, bytes([1, 1, 0, 1])) == [False, True, True]


@steady
@given(MOMENTS, st.integers(1, 120), st.data())
def test_a_bucket_holds_a_row_exactly_if_one_of_its_own_is_among_them(
    published: list[float | None], most: int, data: st.DataObject
) -> None:
    timeline = Timeline(published)
    assume(len(timeline))
    buckets = timeline.buckets(most)
    rows = bytes(data.draw(st.lists(st.integers(0, 1), min_size=len(published), max_size=len(published))))
    held = [any(rows[timeline.rows[k]] for k in range(a, b)) for a, b in pairwise(buckets.edges)]
    assert timeline.holding(buckets, rows) == held
