"""What the look of a comment depends on, and how its date is told."""

from __future__ import annotations

from array import array

from rumor_tui.labels import format_date
from rumor_tui.model import Article, Thread
from rumor_tui.outline import Outline
from rumor_tui.ui.paint.theme import DARK, palette
from rumor_tui.ui.panes.comment_items import CommentItems

NOW = 1_299_593_100.0
DAY = 86400


def made() -> CommentItems:
    """Comments of five minutes ago, of three days ago, without a date, and of the day after tomorrow."""
    thread = Thread(
        Article(),
        array("i", [-1] * 4),
        ["ann"] * 4,
        ["text"] * 4,
        [4] * 4,
        published=[NOW - 300, NOW - 3 * DAY, None, NOW + 2 * DAY],
        published_text=[None, None, "yesterday", None],
    )
    return CommentItems(thread, Outline(thread.parent, thread.authors), palette(DARK), now=NOW)


def test_dates_are_ages_and_further_ahead_than_a_day_dates() -> None:
    items = made()
    assert [items.date(row, False) for row in range(4)] == ["5 min", "3 days", "yesterday", format_date(NOW + 2 * DAY)]


def test_the_look_changes_with_time_only_where_the_age_does() -> None:
    items = made()
    before = [items.state(row) for row in range(4)]
    items.now += 60
    assert [items.state(row) != before[row] for row in range(4)] == [True, False, False, False]


def test_absolute_dates_do_not_change_with_time() -> None:
    items = made()
    items.reading.absolute_dates = True
    before = [items.state(row) for row in range(4)]
    items.now += 400 * DAY
    assert [items.state(row) for row in range(4)] == before
