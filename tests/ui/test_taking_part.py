"""The keys for people and for time: the author lens, muting, who takes part, the line of time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from rumor_tui.labels import format_date
from rumor_tui.model import Article, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.keys import PARTICIPANTS
from rumor_tui.ui.screens.participants import ParticipantsScreen
from rumor_tui.ui.widgets.timeline import ends, stretch
from tests.ui.helpers import (
    FAMILY,
    app_of,
    cursor,
    folded,
    keyed,
    open_search,
    press,
    read_through,
    reader,
    rows_of,
    sample,
    status,
    tap,
    thread_of,
    title,
    told,
    type_in,
    until,
    words_of,
)
from tests.ui.test_keys import repeated

NOON = 1_299_585_600.0
HOUR = 3600.0


def dated(*hours: float) -> Thread:
    """A thread of 600 units, a comment at each of these hours, by ann, bob and cy in turn."""
    names = ["ann", "bob", "cy"]
    lines = [f"{names[n % 3]}: comment {n}" + (" of 600 units" if n % 4 == 0 else "") for n in range(len(hours))]
    thread = thread_of("\n".join(lines), Article("A title", pieces=["A piece."]))
    thread.published = [NOON + hour * HOUR for hour in hours]
    return thread


TWELVE = dated(0, 0, 0, 1, 5, 5, 9, 9, 9, 9, 23, 23)


def comments(pilot: Pilot[None]) -> str:
    return words_of(reader(pilot).panes.comments)


def strip(pilot: Pilot[None]) -> str:
    return words_of(reader(pilot).panes.timeline)


async def timed(pilot: Pilot[None]) -> None:
    """Wait until the line of time is there."""
    await until(pilot, lambda: reader(pilot).panes.timeline.buckets is not None)


# The author lens


async def test_through_the_comments_of_an_author() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "j @")
        assert status(pilot).startswith(" Gabe · 1 of 2 comments  n/N  esc leaves")
        steps = []
        for key in ["n", "n", "n", "N", "N"]:
            await tap(pilot, key)
            steps.append(cursor(pilot))
        assert steps == [4, 1, 4, 1, 4]
        await tap(pilot, "j")
        assert "Gabe · 2 comments" in status(pilot)
        await tap(pilot, "escape n")
        assert "Nothing is searched for" in status(pilot)


async def test_the_author_s_comments_are_accented() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "j @")
        reversed_names = [
            segment.text
            for row in range(reader(pilot).panes.comments.size.height)
            for segment in reader(pilot).panes.comments.render_line(row)
            if segment.style and segment.style.reverse
        ]
        assert reversed_names == ["Gabe", "Gabe"]
        await tap(pilot, "@")
        assert reader(pilot).session.authors.lens is None


async def test_another_author_takes_the_place() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "@ j @")
        lens = reader(pilot).session.authors.lens
        assert lens is not None and lens.name == "bob"
        await tap(pilot, "n")
        assert "only comment of bob" in status(pilot)


async def test_the_search_comes_before_the_author() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await read_through(pilot)
        await tap(pilot, "@")
        await open_search(pilot)
        await type_in(pilot, "reply")
        await press(pilot, "enter")
        await press(pilot, "n")
        assert cursor(pilot) == 4
        assert "/reply" in status(pilot)
        await tap(pilot, "escape")
        assert "ann · 2 comments" in status(pilot)
        await tap(pilot, "n")
        assert cursor(pilot) == 6


async def test_the_author_s_folded_comments_are_unfolded() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "@ z M n")
        assert cursor(pilot) == 6
        assert 5 not in folded(pilot)


async def test_the_article_s_author() -> None:
    thread = thread_of(FAMILY)
    thread.article.byline = "ann"
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "tab @ n")
        assert not reader(pilot).in_article
        assert cursor(pilot) == 0
    thread.article.byline = "zoe"
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "tab @")
        assert "zoe has written no comment." in status(pilot)


async def test_unsigned_comments_have_no_author() -> None:
    thread = thread_of(FAMILY)
    thread.authors = [None] * len(thread)
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        for key in ("@", "M"):
            await tap(pilot, key)
            assert "This comment is not signed." in status(pilot)


# Muting


async def test_muted_comments_are_one_line_and_replies_stay() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        before = comments(pilot)
        await tap(pilot, "M")
        assert "2 comments of ann are muted." in status(pilot)
        shown = comments(pilot)
        assert shown.count("▸ ann · muted") == 2
        assert "The first root" not in shown and "A reply" in shown and "Deeper still" in shown
        await tap(pilot, "j")
        assert cursor(pilot) == 1
        await tap(pilot, "k M")
        assert "2 comments of ann are no longer muted." in status(pilot)
        assert comments(pilot) == before


async def test_one_muted_comment_can_be_opened() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "M space")
        assert "The first root" in comments(pilot)
        assert comments(pilot).count("· muted") == 1
        assert folded(pilot) == []
        await tap(pilot, "space")
        assert folded(pilot) == [0]
        await tap(pilot, "M M h")
        assert "▸ ann · muted" in rows_of(reader(pilot).panes.comments)[0]


async def test_a_muted_comment_that_is_folded_tells_what_is_inside() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "M h")
        assert folded(pilot) == [0]
        assert "▸ ann · muted" in rows_of(reader(pilot).panes.comments)[0]
        assert "4 replies" in rows_of(reader(pilot).panes.comments)[0]
        await tap(pilot, "l")
        assert folded(pilot) == []
        assert "The first root" in comments(pilot)


async def test_a_match_in_a_muted_comment_is_shown() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await read_through(pilot)
        await tap(pilot, "M")
        await open_search(pilot)
        await type_in(pilot, "it has")
        await until(pilot, lambda: "1 hit" in comments(pilot))
        await tap(pilot, "enter")
        assert cursor(pilot) == 6
        assert "It has one reply" in comments(pilot)


async def test_a_click_opens_a_muted_comment() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "M")
        await pilot.click(reader(pilot).panes.comments, offset=(1, 0))
        assert "The first root" in comments(pilot)
        assert folded(pilot) == []


async def test_who_is_muted_stays_so_when_more_comes() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await tap(pilot, "M @")
        reader(pilot).replace_thread(thread_of(FAMILY + "ann: One more"))
        await pilot.pause()
        assert comments(pilot).count("ann · muted") == 3
        lens = reader(pilot).session.authors.lens
        assert lens is not None and list(lens.rows) == [0, 6, 8]


# Who takes part


def people(pilot: Pilot[None]) -> list[str]:
    screen = pilot.app.screen
    assert isinstance(screen, ParticipantsScreen)
    return [row.strip(" ▌").split()[0] for row in rows_of(screen.view) if row.strip(" ▐")]


async def test_who_takes_part() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await press(pilot, "W")
        assert len(people(pilot)) == 9
        assert "9 people" in title(pilot)
        assert "person 1 of 9" in told(pilot)
        await press(pilot, "q")
        assert pilot.app.screen is reader(pilot)


async def test_the_columns_of_a_person() -> None:
    async with app_of(TWELVE).run_test(size=(120, 40)) as pilot:
        await press(pilot, "W")
        row = rows_of(pilot.app.screen.query_one("#people"))[0]
        first, last = format_date(NOON), format_date(NOON + 9 * HOUR)
        assert row.split()[:5] == ["▌ann", "4", "█" * 12, "33", "%"]
        assert first in row and last in row


async def test_a_person_is_found_and_gone_through() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await press(pilot, "W /")
        await type_in(pilot, "gab")
        await until(pilot, lambda: people(pilot) == ["Gabe"])
        await press(pilot, "enter")
        assert "1 of 9 people" in title(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen is reader(pilot)
        assert cursor(pilot) == 1
        assert "Gabe · 1 of 2 comments" in status(pilot)


async def test_escape_shows_the_whole_list_and_then_leads_back() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await press(pilot, "W /")
        await type_in(pilot, "nobody at all")
        await press(pilot, "enter")
        assert people(pilot) == []
        await press(pilot, "enter")
        assert "Nobody is called so." in told(pilot)
        await press(pilot, "escape")
        assert len(people(pilot)) == 9
        await press(pilot, "escape")
        assert pilot.app.screen is reader(pilot)


async def test_the_list_begins_at_whoever_is_read() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await press(pilot, "G W")
        assert "gus" in next(row for row in rows_of(pilot.app.screen.query_one("#people")) if "▌" in row)


async def test_a_person_is_muted_from_the_list() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(120, 40)) as pilot:
        await press(pilot, "W M")
        assert "ann · muted" in words_of(pilot.app.screen.query_one("#people"))
        assert "2 comments of ann are muted." in told(pilot)
        await press(pilot, "q")
        assert comments(pilot).count("ann · muted") == 2


async def test_moving_through_the_list() -> None:
    async with app_of(dated(*range(12))).run_test(size=(80, 24)) as pilot:
        await press(pilot, "tab W")
        seen = []
        for key in ("j", "G", "k", "g g", "d", "u"):
            await press(pilot, key)
            seen.append(keyed(pilot).view.cursor)  # type: ignore[attr-defined]
        assert seen == [1, 2, 1, 0, 2, 0]


async def test_a_page_moves_the_cursor_through_the_list_and_the_screen_only_to_keep_it_in_sight() -> None:
    crowd = thread_of("\n".join(f"person{n:02}: Here" for n in range(40)))
    async with app_of(crowd).run_test(size=(80, 24)) as pilot:
        await press(pilot, "tab W")
        seen = []
        for key in ("d", "d", "pagedown", "pagedown", "u", "pageup"):
            await press(pilot, key)
            seen.append((told(pilot).split()[-3], people(pilot)[0]))
        assert seen == [
            ("12", "person00"),
            ("23", "person01"),
            ("40", "person18"),
            ("40", "person18"),
            ("29", "person18"),
            ("8", "person02"),
        ]


async def test_the_first_of_those_found_is_chosen_when_the_person_at_the_cursor_is_not_among_them() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=(80, 24)) as pilot:
        await press(pilot, "tab W G")
        assert "person 7 of 7" in told(pilot)
        await press(pilot, "/")
        await type_in(pilot, "a")
        await until(pilot, lambda: people(pilot) == ["ann", "dan", "fay"])
        assert "person 1 of 3" in told(pilot)


async def test_without_comments_nobody_takes_part() -> None:
    async with app_of(thread_of("")).run_test(size=(120, 40)) as pilot:
        for key in ("W", "@", "M", ".", "n"):
            await tap(pilot, key)
            assert pilot.app.screen is reader(pilot)


def test_the_keys_of_the_list() -> None:
    assert repeated([chord for b in PARTICIPANTS for chord in b.chords()]) == []
    for b in PARTICIPANTS:
        assert callable(getattr(ParticipantsScreen, f"action_{b.action.split('(')[0]}", None)), b.id
        assert b.tip


async def test_keys_that_are_set_hold_in_the_list_too() -> None:
    settings = Settings(keys={"people": "f5", "next": "f6"})
    async with app_of(thread_of(FAMILY), settings).run_test(size=(120, 40)) as pilot:
        await press(pilot, "f5 f6")
        assert keyed(pilot).view.cursor == 1  # type: ignore[attr-defined]
        await press(pilot, "f5")
        assert pilot.app.screen is reader(pilot)


# The line of time


@pytest.mark.parametrize(
    ("thread", "height", "there"),
    [
        (lambda: TWELVE, 24, True),
        (lambda: TWELVE, 23, False),
        (lambda: dated(*range(9)), 40, False),
        (sample, 40, False),
    ],
    ids=["dated", "low", "short", "without dates"],
)
async def test_whether_there_is_a_line_of_time(thread: Callable[[], Thread], height: int, there: bool) -> None:
    async with app_of(thread()).run_test(size=(120, height)) as pilot:
        await pilot.pause()
        assert bool(reader(pilot).panes.timeline.display) == there
        await tap(pilot, ".")
        few = len(reader(pilot).thread) < 10
        assert ("too few comments" in status(pilot)) == few
        assert ("have no dates" in status(pilot)) == (height == 40 and not few)


async def test_the_bars_stand_for_how_many_were_written_when() -> None:
    async with app_of(TWELVE).run_test(size=(120, 40)) as pilot:
        await timed(pilot)
        words = strip(pilot)
        assert words.strip().startswith(format_date(NOON))
        bars = words.strip()[len(format_date(NOON)) + 1 :]
        assert bars.lstrip()[0] == "▆"
        assert "█" in bars and " " in bars
        assert reader(pilot).panes.timeline.region.width == reader(pilot).panes.comments.region.width


async def test_along_the_line_of_time_and_there() -> None:
    async with app_of(TWELVE).run_test(size=(120, 40)) as pilot:
        await timed(pilot)
        seen = []
        await tap(pilot, ".")
        for key in ("l", "l", "l", "right", "right", "h"):
            seen.append(status(pilot).split(" · ")[1][:10])
            await tap(pilot, key)
        assert seen == ["3 comments", "1 comment ", "2 comments", "4 comments", "2 comments", "2 comments"]
        assert cursor(pilot) == 0
        await tap(pilot, "enter")
        assert cursor(pilot) == 6
        assert reader(pilot).panes.timeline.chosen < 0
        assert f"{format_date(NOON + 9 * HOUR)}–" in status(pilot)


async def test_escape_leaves_the_line_of_time_and_other_keys_do_what_they_do() -> None:
    async with app_of(TWELVE).run_test(size=(120, 40)) as pilot:
        await timed(pilot)
        for key in ("escape", "q", "."):
            await tap(pilot, ".")
            assert "esc back" in status(pilot)
            await tap(pilot, key)
            assert reader(pilot).panes.timeline.chosen < 0
            assert pilot.app.is_running
        await tap(pilot, ". G")
        assert reader(pilot).panes.timeline.chosen < 0
        assert cursor(pilot) == 11
        await tap(pilot, ".")
        assert "· 2 comments" in status(pilot)
        await pilot.resize_terminal(120, 20)
        await pilot.pause()
        assert reader(pilot).panes.timeline.chosen < 0


async def test_a_click_on_the_line_of_time() -> None:
    async with app_of(TWELVE).run_test(size=(120, 40)) as pilot:
        await timed(pilot)
        bar = reader(pilot).panes.timeline
        last = len(strip(pilot).rstrip()) - 1
        await pilot.click(bar, offset=(last, 0))
        await pilot.pause()
        assert cursor(pilot) == 10
        await pilot.click(bar, offset=(0, 0))
        await pilot.pause()
        assert cursor(pilot) == 0


def lit(pilot: Pilot[None]) -> list[bool]:
    """For each bar that is not blank, whether it is lit."""
    match = reader(pilot).palette.match
    bars = [(segment.style, bar) for segment in reader(pilot).panes.timeline.render_line(0) for bar in segment.text]
    return [
        style is not None and (style.bgcolor, style.reverse) == (match.bgcolor, match.reverse)
        for style, bar in bars
        if bar in "▁▂▃▄▅▆▇█"
    ]


async def test_where_the_hits_are() -> None:
    async with app_of(TWELVE).run_test(size=(120, 40)) as pilot:
        await timed(pilot)
        await read_through(pilot)
        assert not any(lit(pilot))
        await open_search(pilot)
        await type_in(pilot, "600")
        await until(pilot, lambda: any(lit(pilot)))
        seen = lit(pilot)
        assert seen[0] and not seen[-1]
        await press(pilot, "enter")
        await press(pilot, ".")
        assert "hits" in status(pilot)
        await tap(pilot, "escape escape")
        assert not any(lit(pilot))


async def test_the_line_of_time_follows_what_comes() -> None:
    async with app_of(dated(*range(9))).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert not reader(pilot).panes.timeline.display
        reader(pilot).replace_thread(dated(*range(20)))
        await timed(pilot)
        await pilot.pause()
        assert reader(pilot).panes.timeline.display
        assert len(reader(pilot).panes.timeline.timeline or ()) == 20


def test_widths_and_buckets_are_a_pair() -> None:
    from textual.geometry import Size

    from rumor_tui.search.timeline import Timeline
    from rumor_tui.ui.paint.theme import DARK, palette
    from rumor_tui.ui.widgets.timeline import TimelineBar

    for width in (3, 10, 59, 60, 61, 90, 200):

        class Sized(TimelineBar):
            size = Size(width, 1)

        bar = Sized(palette(DARK))
        bar.timeline = Timeline(TWELVE.published)
        assert bar.render_line(0).cell_length == width
        hit = [bar.bucket_at(x) for x in range(width)]
        assert hit == sorted(hit)
        assert set(hit) == set(range(len(bar.buckets or ())))


# Words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (1, f"{format_date(NOON)}–{format_date(NOON + HOUR)[11:]}"),
        (24, format_date(NOON)[:10]),
        (24 * 7, f"{format_date(NOON)[:10]} to {format_date(NOON + 7 * 24 * HOUR - 1)[:10]}"),
    ],
)
def test_stretches(hours: int, words: str) -> None:
    assert stretch(NOON, NOON + hours * HOUR) == words


def test_the_ends_are_as_exact_as_they_need_to_be() -> None:
    assert ends(NOON, NOON + 60) == (format_date(NOON), format_date(NOON + 60)[11:])
    assert ends(NOON, NOON + 30 * HOUR) == (format_date(NOON), format_date(NOON + 30 * HOUR)[5:])
    assert ends(NOON, NOON + 90 * HOUR) == (format_date(NOON)[:10], format_date(NOON + 90 * HOUR)[:10])
    assert ends(NOON, NOON + 1e15)[1]
