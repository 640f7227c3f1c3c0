"""Shared labels: counts with their nouns, titles, ages and dates."""

from __future__ import annotations

import time
from array import array
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.labels import display_title, format_age, format_date, format_written, plural
from rumor_tui.model import Article, Thread
from rumor_tui.text import neutralise_line


@pytest.mark.parametrize(
    ("count", "one", "words"),
    [
        (0, "comment", "0 comments"),
        (1, "reply", "1 reply"),
        (12, "reply", "12 replies"),
        (1204, "match", "1,204 matches"),
        (-2, "point", "-2 points"),
    ],
)
def test_counts(count: int, one: str, words: str) -> None:
    assert plural(count, one) == words


def titled(title: str, repair: bool) -> str:
    return display_title(Thread(Article(title), array("i"), [], [], [], repair=repair))


def test_the_title_is_mended_only_where_the_source_wants_it() -> None:
    assert titled("It didn ‘t\nwork", True) == "It didn’t work"
    assert titled("It didn ‘t\nwork", False) == "It didn ‘t work"


@given(st.text(st.sampled_from("aâ€®¨©‹ŒÃ\x9d\x1b\n ‘t")), st.booleans())
def test_the_title_is_neutral_whatever_mending_brings_to_light(title: str, repair: bool) -> None:
    shown = titled(title, repair)
    assert shown == neutralise_line(shown)


def test_mojibake_of_a_control_does_not_become_one() -> None:
    assert titled("a â€® b", True) == "a b"


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
    assert format_age(NOW - age, NOW) == words


@pytest.mark.parametrize("ahead", [DAY + 1, 40 * DAY, 1e9])
def test_what_lies_more_than_a_day_ahead_is_a_date(ahead: float) -> None:
    assert format_age(NOW + ahead, NOW) == format_date(NOW + ahead)


@given(st.floats(0, 1e10), st.floats(0, 1e10))
def test_an_age_is_a_short_count_and_grows_with_time(one: float, other: float) -> None:
    younger, older = sorted((one, other))
    assert seconds(format_age(NOW - younger, NOW)) <= seconds(format_age(NOW - older, NOW))


def seconds(words: str) -> float:
    """The least age in seconds that the words stand for."""
    if words == "now":
        return 0
    count, unit = words.split()
    units = {"s": 1, "min": MINUTE, "h": HOUR, "day": DAY, "month": 30.44 * DAY, "year": 365.25 * DAY}
    return int(count) * units[unit if unit == "s" else unit.rstrip("s")]


@pytest.mark.parametrize("moment", HOPELESS)
def test_moments_beyond_any_calendar_are_told_without_raising(moment: float) -> None:
    assert isinstance(format_age(moment, NOW), str)
    assert format_date(moment).endswith(" s")


def test_absolute_is_in_the_reader_s_own_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone, words in (("UTC0", "2026-03-08 14:05"), ("XXX-5:30", "2026-03-08 19:35")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert format_date(NOW) == words
    monkeypatch.undo()
    time.tzset()


def test_a_date_without_a_time_is_the_day_alone() -> None:
    assert format_written(1_658_361_600.0) == "2022-07-21"
    assert format_written(1_658_361_660.0) == format_date(1_658_361_660.0)
    assert format_written(1e300) == format_date(1e300)
