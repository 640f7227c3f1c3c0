from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rumor_tui.readers.dates.time_of_day import CalendarDay, timestamp_of_day

MIDNIGHT = datetime(2011, 3, 8, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [
        ("", 0),
        (" 14:05", 845),
        (", 2:05 pm", 845),
        (" at 12:05 a.m.", 5),
        (" at 12 noon", 0),
        (" 12 pm", 720),
        (" 14h05", 845),
        (" um 14.05 Uhr MEZ", 785),
        (" 下午2:05", 845),
        (" 오후 2:05", 845),
        (" 14:05 (UTC+2)", 725),
        (" 14:05 -0500", 1145),
        (" 14:05 GMT+05:30", 515),
        (" 14:05 PST", 1325),
        (" 14:05:59.5", 845 + 59 / 60),
    ],
)
def test_the_time_after_a_day(clock: str, minutes: float) -> None:
    assert timestamp_of_day(f"DAY{clock}", CalendarDay(2011, 3, 8, 0, 3)) == MIDNIGHT + minutes * 60


def test_the_time_before_a_day() -> None:
    assert timestamp_of_day("14:05 CET, DAY", CalendarDay(2011, 3, 8, 11, 14)) == MIDNIGHT + 785 * 60
    assert timestamp_of_day("14:05, DAY (UTC)", CalendarDay(2011, 3, 8, 7, 10)) == MIDNIGHT + 845 * 60


@pytest.mark.parametrize("clock", [" 25:00", " 14:61", " 14:05 +99:00"])
def test_a_time_that_no_clock_has(clock: str) -> None:
    assert timestamp_of_day(f"DAY{clock}", CalendarDay(2011, 3, 8, 0, 3)) is None


def test_a_day_that_no_calendar_has() -> None:
    assert timestamp_of_day("DAY", CalendarDay(2011, 2, 30, 0, 3)) is None
