"""What counts as read, by what was on screen and for how long."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.reading.position import Replacement
from rumor_tui.reading.read_tracker import MOMENT, ReadTracker, Seen
from rumor_tui.reading.session import ReadingSession
from rumor_tui.row_map import RowMap
from tests.reading.sessions import family

A_BIT = MOMENT / 10


def whole(row: int, lines: int = 3) -> Seen:
    """A comment that is on screen as a whole."""
    return Seen(row, lines, 0, lines, True)


def part(row: int, first: int, end: int, lines: int = 30) -> Seen:
    """A part of a comment that is taller than the screen."""
    return Seen(row, lines, first, end, False)


# A moment


def test_what_is_on_screen_for_a_moment_is_read() -> None:
    tracker = ReadTracker()
    assert tracker.show([whole(1)], 0.0) == []
    assert tracker.due(MOMENT - A_BIT) == []
    assert tracker.due(MOMENT) == [1]


def test_it_is_told_once() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1)], 0.0)
    assert tracker.due(MOMENT) == [1]
    assert tracker.due(2 * MOMENT) == []
    assert tracker.show([whole(1)], 3 * MOMENT) == []


def test_what_is_gone_too_soon_is_not_read() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1)], 0.0)
    tracker.show([whole(2)], MOMENT - A_BIT)
    assert tracker.due(MOMENT + A_BIT) == []


def test_what_stays_while_others_move_goes_on() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1), whole(2)], 0.0)
    tracker.show([whole(2), whole(3)], MOMENT / 2)
    assert tracker.due(MOMENT) == [2]
    assert tracker.due(1.5 * MOMENT + A_BIT) == [3]


def test_what_was_there_until_a_change_is_told_with_it() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1)], 0.0)
    assert tracker.show([], MOMENT) == [1]


def test_coming_back_begins_the_moment_anew() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1)], 0.0)
    tracker.show([], A_BIT)
    tracker.show([whole(1)], 2 * A_BIT)
    assert tracker.due(MOMENT + A_BIT) == []
    assert tracker.due(MOMENT + 2 * A_BIT) == [1]


def test_a_part_of_what_fits_does_not_count() -> None:
    tracker = ReadTracker()
    tracker.show([Seen(1, 5, 0, 4, True)], 0.0)
    assert tracker.due(9.0) == []
    assert tracker.leave(1) == []
    tracker.show([Seen(1, 5, 1, 5, True)], 9.0)  # the rest; never all at once
    assert tracker.due(20.0) == []


# Steps


def test_a_step_reads_what_it_leaves() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1), whole(2)], 0.0)
    assert tracker.leave(1) == [1]
    assert tracker.leave(1) == []
    assert tracker.due(MOMENT) == [2]


def test_a_step_from_what_was_never_painted_reads_nothing() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1)], 0.0)
    assert tracker.leave(7) == []


# Tall ones


def test_a_tall_comment_is_read_once_each_line_was_there() -> None:
    tracker = ReadTracker()
    tracker.show([part(1, 0, 20)], 0.0)
    assert tracker.due(MOMENT) == []
    tracker.show([part(1, 10, 30)], MOMENT)
    assert tracker.due(2 * MOMENT - A_BIT) == []
    assert tracker.due(2 * MOMENT) == [1]


def test_of_a_tall_comment_lines_that_were_passed_too_soon_are_missing() -> None:
    tracker = ReadTracker()
    tracker.show([part(1, 0, 10)], 0.0)
    tracker.show([part(1, 10, 20)], A_BIT)
    tracker.show([part(1, 20, 30)], 2 * A_BIT)
    assert tracker.due(9.0) == []


def test_steps_through_a_tall_comment_count() -> None:
    tracker = ReadTracker()
    tracker.show([part(1, 0, 10)], 0.0)
    assert tracker.pass_on(1) == []
    tracker.show([part(1, 10, 20)], A_BIT)
    assert tracker.pass_on(1) == []
    tracker.show([part(1, 20, 30)], 2 * A_BIT)
    assert tracker.leave(1) == [1]


def test_scrolling_within_what_fits_is_no_step_away_from_it() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1)], 0.0)
    assert tracker.pass_on(1) == []


def test_lines_at_another_width_are_others() -> None:
    tracker = ReadTracker()
    tracker.show([part(1, 0, 20)], 0.0)
    tracker.due(MOMENT)
    tracker.show([part(1, 10, 20, lines=20)], MOMENT)
    assert tracker.due(9.0) == []


# Interruptions


def test_nothing_counts_while_it_is_covered() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1), part(2, 0, 30)], 0.0)
    tracker.hide()
    assert tracker.due(9.0) == []
    assert tracker.leave(1) == []
    assert tracker.next_due() is None


def test_what_is_unread_by_will_stays_so_while_it_is_on_screen() -> None:
    tracker = ReadTracker()
    tracker.show([whole(1), whole(2)], 0.0)
    tracker.hold([1])
    assert tracker.due(MOMENT) == [2]
    assert tracker.leave(1) == []
    tracker.show([], 2 * MOMENT)
    tracker.show([whole(1)], 3 * MOMENT)
    assert tracker.due(4 * MOMENT) == [1]


def test_it_says_when_to_look_again() -> None:
    tracker = ReadTracker()
    assert tracker.next_due() is None
    tracker.show([whole(1)], 1.0)
    assert tracker.next_due() == 1.0 + MOMENT
    tracker.show([whole(1), part(2, 0, 20)], 2.0)
    tracker.due(2.0 + MOMENT)
    assert tracker.next_due() is None


def test_another_state_of_the_thread_goes_on() -> None:
    session, tracker = ReadingSession(family()), ReadTracker()
    tracker.show([whole(1), whole(2), part(3, 0, 30)], 0.0)
    row_map = RowMap.from_order([-1, 0, 1, 3, 4, 5, 6, 7], 8)  # a new one at the top; row 2 is gone
    tracker.remap(Replacement(session.thread, row_map, session.outline, (2, 2)))
    assert sorted(tracker.due(MOMENT)) == [2, 3]


# Honesty

SCREENS = st.lists(
    st.tuples(
        st.floats(0.0, 2 * MOMENT),
        st.lists(
            st.builds(
                lambda row, lines, first, length: Seen(row, lines, first, min(first + length, lines), lines <= 10),
                st.integers(0, 3),
                st.sampled_from((2, 8, 12)),
                st.integers(0, 6),
                st.integers(1, 10),
            ),
            max_size=3,
            unique_by=lambda seen: seen.row,
        ),
        st.integers(-1, 3),
    ),
    max_size=12,
)


def fitted(seen: Seen, lines: int) -> Seen:
    """What is seen of a comment of so many lines, on a screen of ten."""
    return seen._replace(lines=lines, end=min(seen.end, lines), fits=lines <= 10)


@given(SCREENS)
def test_what_was_not_on_screen_is_never_read(screens: Sequence[tuple[float, Sequence[Seen], int]]) -> None:
    lines_of = {0: 2, 1: 8, 2: 12, 3: 8}
    tracker, now = ReadTracker(), 0.0
    at_once: set[int] = set()
    lines: dict[int, set[int]] = {}
    read: list[int] = []
    for wait, shown, left in screens:
        shown = [fitted(seen, lines_of[seen.row]) for seen in shown if seen.first < lines_of[seen.row]]
        read += tracker.show(shown, now)
        for seen in shown:
            lines.setdefault(seen.row, set()).update(range(seen.first, seen.end))
            if seen.whole:
                at_once.add(seen.row)
        now += wait
        if left >= 0:
            read += tracker.leave(left)
        read += tracker.due(now)
    for row in read:
        assert row in at_once or (lines_of[row] > 10 and len(lines[row]) == lines_of[row])
