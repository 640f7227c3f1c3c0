"""How moments read."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.times import absolute, relative

NOW = datetime(2026, 3, 8, 14, 5, tzinfo=UTC).timestamp()
MINUTE, HOUR, DAY = 60, 3600, 86400
HOPELESS = (1e30, -1e30, float("inf"), float("-inf"), float("nan"))


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (-DAY, "now"),
        (-5, "now"),
        (0, "now"),
        (1, "1 s"),
        (59.9, "59 s"),
        (MINUTE, "1 min"),
        (59 * MINUTE + 59, "59 min"),
        (HOUR, "1 h"),
        (23.9 * HOUR, "23 h"),
        (DAY, "1 day"),
        (2 * DAY, "2 days"),
        (30 * DAY, "30 days"),
        (31 * DAY, "1 month"),
        (364 * DAY, "11 months"),
        (366 * DAY, "1 year"),
        (10 * 366 * DAY, "10 years"),
    ],
)
def test_relative(age: float, words: str) -> None:
    assert relative(NOW - age, NOW) == words


@pytest.mark.parametrize("ahead", [DAY + 1, 40 * DAY, 1e9])
def test_what_lies_more_than_a_day_ahead_is_a_date(ahead: float) -> None:
    assert relative(NOW + ahead, NOW) == absolute(NOW + ahead)


@given(st.floats(0, 1e10), st.floats(0, 1e10))
def test_an_age_is_a_short_count_and_grows_with_time(one: float, other: float) -> None:
    younger, older = sorted((one, other))
    assert seconds(relative(NOW - younger, NOW)) <= seconds(relative(NOW - older, NOW))


def seconds(words: str) -> float:
    """The least age in seconds that the words stand for."""
    if words == "now":
        return 0
    count, unit = words.split()
    units = {"s": 1, "min": MINUTE, "h": HOUR, "day": DAY, "month": 30.44 * DAY, "year": 365.25 * DAY}
    return int(count) * units[unit if unit == "s" else unit.rstrip("s")]


@pytest.mark.parametrize("moment", HOPELESS)
def test_moments_beyond_any_calendar_are_told_without_raising(moment: float) -> None:
    assert isinstance(relative(moment, NOW), str)
    assert absolute(moment).endswith(" s")


def test_absolute_is_in_the_reader_s_own_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone, words in (("UTC0", "2026-03-08 14:05"), ("XXX-5:30", "2026-03-08 19:35")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert absolute(NOW) == words
    monkeypatch.undo()
    time.tzset()
