"""What the look of a comment depends on, and how its date is told."""

from __future__ import annotations

from array import array

import pytest

from rumor_tui.joined import join_threads, make_part
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


def discussions() -> CommentItems:
    """Two discussions: one of two comments, the second one by its poster, and one without points and comments."""
    first = Thread(
        Article("The *story*", byline="ann", score=2414, published=NOW - 3 * DAY, pieces=["Mine."]),
        array("i", [-1, 0]),
        ["bob", "ann"],
        ["text"] * 2,
        [4] * 2,
    )
    second = Thread(Article("A post", byline="ann"), array("i"), [], [], [])
    parts = [make_part("Reddit r/cars", first, "x", 103), make_part("Hacker News", second)]
    thread = join_threads(Article("The article", byline="bob"), parts)
    items = CommentItems(thread, Outline(thread.parent, thread.people), palette(DARK), now=NOW)
    items.reading.row = -1  # the cursor is elsewhere
    return items


def rows(items: CommentItems, row: int, width: int) -> list[str]:
    return [strip.text.rstrip() for strip in items.paint(row, width).strips]


@pytest.mark.parametrize(
    ("width", "header"),
    [
        (80, " ▾ Reddit r/cars · ann · 2,414 points · 2 of 103 comments · 3 days"),
        (60, " ▾ Reddit r/cars · 2,414 points · 2 of 103 comments · 3 days"),
        (52, " ▾ Reddit r/cars · 2,414 points · 2 of 103 comments"),
        (32, " ▾ Reddit r/cars · 2,414 points"),
        (20, " ▾ Reddit r/cars"),
        (10, " ▾ Reddit…"),
    ],
)
def test_the_row_of_a_discussion_says_where_it_is_as_far_as_there_is_room(width: int, header: str) -> None:
    assert rows(discussions(), 0, width)[0] == header


def test_below_it_stand_the_title_and_the_text_of_the_post() -> None:
    assert rows(discussions(), 0, 80)[1:] == ["   The *story*", "", "   Mine.", ""]
    assert rows(discussions(), 3, 80) == [" ▾ Hacker News · ann · 0 comments", "   A post", ""]


def test_a_folded_discussion_tells_its_comments() -> None:
    items = discussions()
    items.tree.folded[0] = 1
    (row,) = rows(items, 0, 80)
    assert row.startswith(" ▸ Reddit r/cars · ann · The *story")
    assert row.endswith("2,414 points · 2 of 103 comments")


def test_who_posted_a_discussion_is_its_original_poster() -> None:
    items = discussions()
    assert [" OP" in rows(items, row, 80)[0] for row in range(4)] == [False, False, True, False]


def test_in_a_flat_order_a_comment_says_which_discussion_it_answers() -> None:
    items = discussions()
    items.reading.replies_to = [-1, 0, 1, -1]
    assert "bob ↳ Reddit r/cars" in rows(items, 1, 80)[0]
    assert "↳ bob" in rows(items, 2, 80)[0]


def test_a_muted_poster_leaves_the_place_of_the_discussion() -> None:
    items = discussions()
    items.reading.muted = frozenset({"ann (Reddit)"})
    assert rows(items, 0, 80)[0].startswith(" ▸ Reddit r/cars · ann (Reddit) · muted")
    assert rows(items, 3, 80)[0].startswith(" ▾ Hacker News")
