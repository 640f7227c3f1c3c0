"""The list of threads: moving, narrowing, counting, opening, and coming back."""

from __future__ import annotations

from threading import Event

import pytest
from textual.pilot import Pilot

from rumor_tui.model import Article, Entry, Listing, SourceError, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui import system
from rumor_tui.ui.screens.help import HelpScreen
from rumor_tui.ui.screens.listing import ListingScreen, opening_of
from rumor_tui.ui.screens.listing_items import host_of
from rumor_tui.ui.screens.listing_tasks import Narrowing
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    Feed,
    app_of,
    cursor,
    keyed,
    listing,
    listing_of,
    press,
    reader,
    rows_of,
    tap,
    thread_of,
    title,
    told,
    type_in,
    until,
    words_of,
)

ENTRIES = tuple(
    Entry(
        f"Thread {n} about {('cars', 'boats')[n % 2]}",
        byline=("ann", None, "Bob")[n % 3],
        published_text="last Tuesday",
        comments=(3, 1, 12_345)[n % 3],
        address=f"https://www.example.com/{n}",
    )
    for n in range(60)
)


def at(pilot: Pilot[None]) -> int:
    return listing(pilot).entry


def shown(pilot: Pilot[None]) -> str:
    return words_of(listing(pilot).view)


def reading(pilot: Pilot[None]) -> bool:
    return isinstance(keyed(pilot), ReaderScreen) and keyed(pilot).is_mounted


# What it looks like


async def test_an_entry_has_a_title_and_a_line_of_facts() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        assert title(pilot).split("  ")[0] == " A list"
        assert "60 threads" in title(pilot)
        rows = [row.rstrip("▐ ") for row in rows_of(listing(pilot).view)]
        assert rows[0].startswith("▌Thread 0 about cars ")
        assert rows[0].endswith("3 comments")
        assert rows[1].strip("▌ ") == "ann · last Tuesday · example.com"
        assert rows[2].endswith(" 1 comment")
        assert rows[4].endswith("12,345 comments")
        ends = {row.index(" comment") for row in rows[:12:2]}
        assert len(ends) == 1
        assert "entry 1 of 60" in told(pilot)


async def test_where_nothing_is_known_nothing_is_said() -> None:
    async with app_of(listing_of(Entry(""))).run_test(size=NARROW) as pilot:
        rows = rows_of(listing(pilot).view)
        assert "(no title)" in rows[0]
        assert "…" not in rows[0]
        assert rows[1].strip("▌ ") == ""
        await press(pilot, "o")
        assert "no address" in told(pilot)
        await press(pilot, "y")
        assert "no address" in told(pilot)


async def test_an_empty_list_says_so() -> None:
    async with app_of(listing_of()).run_test(size=NARROW) as pilot:
        assert "0 threads" in title(pilot)
        for key in ("j", "G", "d", "u", "enter", "o", "y", "ctrl+e", "escape", "D"):
            await press(pilot, key)
        assert pilot.app.return_code is None
        await press(pilot, "j")
        assert "There is no entry." in told(pilot)


async def test_hostile_entries_are_neutral() -> None:
    hostile = Entry("a\x1b]0;b\x07\nc\u202e", "d\x1b[2J\n", None, "e\x07", 1, "javascript:alert(1)", "f\x9b")
    async with app_of(listing_of(hostile)).run_test(size=NARROW) as pilot:
        assert not {"\x1b", "\x07", "\n", "\u202e", "\x9b"} & set("".join(rows_of(listing(pilot).view)))
        await press(pilot, "o")
        assert "Only http" in told(pilot)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://münchen.example/", "xn--mnchen-3ya.example"),
        ("/tmp/a.txt", ""),
        ("javascript:x", ""),
        ("mailto:a@example.com", ""),
        ("", ""),
    ],
)
def test_hosts(address: str, host: str) -> None:
    assert host_of(address) == host


# Moving


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        ("j", 1),
        ("down down", 2),
        ("j j k", 1),
        ("k", 0),
        ("G", 59),
        ("end k", 58),
        ("G g g", 0),
        ("G home", 0),
        ("d", 5),
        ("d u", 0),
        ("pagedown", 10),
        ("ctrl+f ctrl+b", 0),
        ("G pageup", 49),
        ("ctrl+e ctrl+e ctrl+e ctrl+e", 2),
        ("j d", 6),
        ("G k k k u", 51),
        ("G pageup j j j d", 57),
    ],
)
async def test_keys_move_the_cursor(keys: str, entry: int) -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, keys)
        assert at(pilot) == entry
        assert listing(pilot).view.on_screen(listing(pilot).view.cursor)


async def test_a_long_list_opens_and_scrolls() -> None:
    async with app_of(listing_of(*ENTRIES * 2000)).run_test(size=NARROW) as pilot:
        await press(pilot, "G k k g g G")
        assert at(pilot) == 119_999
        assert "Thread 59" in shown(pilot)


async def test_the_mouse_selects_and_opens() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await pilot.click(listing(pilot).view, offset=(10, 5))
        assert at(pilot) == 2
        assert not reading(pilot)
        await pilot.click(listing(pilot).view, offset=(10, 4), times=2)
        await until(pilot, lambda: reading(pilot))
        assert "Thread 2" in title(pilot)


# Narrowing


async def test_typing_narrows_the_list() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, "j j j")
        await tap(pilot, "/ B O A T S")
        await until(pilot, lambda: "30 of 60 threads" in title(pilot))
        assert at(pilot) == 3
        assert "cars" not in shown(pilot)
        assert "enter keep" in told(pilot)
        await press(pilot, "down")
        assert at(pilot) == 5
        await press(pilot, "enter j")
        assert at(pilot) == 7
        assert "/BOATS" in told(pilot)
        await press(pilot, "escape")
        assert "60 threads" in title(pilot)
        assert at(pilot) == 7


async def test_a_byline_counts_and_escape_while_typing_shows_all() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "bob")
        await until(pilot, lambda: "20 of 60 threads" in title(pilot))
        assert at(pilot) == 2
        await press(pilot, "escape")
        assert " 60 threads" in title(pilot)
        assert listing(pilot).prompt is None
        await press(pilot, "j")
        assert at(pilot) == 3


async def test_what_nothing_holds_leaves_nothing_and_comes_back() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "zzz")
        await until(pilot, lambda: " 0 of 60" in title(pilot))
        assert "no entry" in told(pilot)
        assert shown(pilot).strip() == ""
        await pilot.resize_terminal(60, 20)
        await press(pilot, "enter o enter j")
        assert "There is no entry." in told(pilot)
        await press(pilot, "escape")
        assert "Thread 0" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: reading(pilot))


async def test_the_cursor_keeps_its_row_of_the_screen_when_the_list_is_whole_again() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "cars")
        await until(pilot, lambda: "30 of 60" in title(pilot))
        await press(pilot, "enter j j j j")
        view = listing(pilot).view
        before = view.screen_row(view.cursor)
        await press(pilot, "escape")
        assert at(pilot) == 8
        assert view.screen_row(view.cursor) == before


def test_narrowing_waits_for_the_words() -> None:
    class Nobody:
        def post_message(self, message: object) -> bool:
            ready.set()
            return True

    ready = Event()
    narrowing = Narrowing(Nobody(), ENTRIES)  # type: ignore[arg-type]
    assert narrowing.rows() == range(60)
    narrowing.text = "BOB"
    first = narrowing.rows()
    assert ready.wait(60)
    assert first is None or len(first) == 20
    assert narrowing.rows() == list(range(2, 60, 3))


# Counting


async def test_what_is_on_screen_is_counted_and_nothing_else() -> None:
    asked: list[int] = []

    def count(entry: int) -> int | None:
        asked.append(entry)
        if entry == 1:
            raise SourceError("It is broken.")
        return None if entry == 2 else entry * 7

    some = [Entry(f"Page {n}", comments=99 if n == 3 else None) for n in range(200)]
    async with app_of(Listing("Pages", some, lambda _: thread_of(FAMILY), count)).run_test(size=(80, 12)) as pilot:
        await until(pilot, lambda: {0, 1, 2, 4} <= set(listing(pilot).counting.known))
        await pilot.pause()
        rows = [row.rstrip("▐ ") for row in rows_of(listing(pilot).view)]
        assert rows[0].endswith("0 comments")
        assert rows[2].strip() == "Page 1"
        assert rows[4].strip() == "Page 2"
        assert rows[6].endswith("99 comments")
        assert rows[8].endswith("28 comments")
        await press(pilot, "G")
        await until(pilot, lambda: 199 in listing(pilot).counting.known)
        assert max(set(asked) - set(range(190, 200))) < 10
        await press(pilot, "g g G")
        assert len(asked) == len(set(asked))


async def test_until_a_count_is_known_its_place_is_held() -> None:
    go_on = Event()

    def count(entry: int) -> int | None:
        go_on.wait(60)
        return 5

    pages = [Entry("Page", comments=None), Entry("Other", comments=1)]
    async with app_of(Listing("Pages", pages, lambda _: thread_of(FAMILY), count)).run_test(size=NARROW) as pilot:
        assert "…" in rows_of(listing(pilot).view)[0]
        go_on.set()
        await until(pilot, lambda: "5 comments" in rows_of(listing(pilot).view)[0])


# Opening


@pytest.mark.parametrize("key", ["enter", "l", "right", "space"])
async def test_a_thread_is_opened_and_q_leads_back(key: str) -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, "G k k")
        before = shown(pilot)
        await press(pilot, key)
        await until(pilot, lambda: reading(pilot))
        assert "Thread 57" in title(pilot)
        await press(pilot, "tab j")
        assert cursor(pilot) == 1
        await press(pilot, "q")
        assert keyed(pilot) is listing(pilot)
        assert shown(pilot) == before
        await press(pilot, "q")
        assert pilot.app.return_code == 0


def gated(go_on: Event, result: Thread | Listing | Exception) -> Listing:
    """A listing that opens when the test says so."""

    def open_entry(entry: int) -> Thread | Listing:
        go_on.wait(60)
        if isinstance(result, Exception):
            raise result
        return result

    return Listing("Slow", [Entry("The first\none"), Entry("The second")], open_entry)


async def test_escape_abandons_an_opening() -> None:
    go_on = Event()
    async with app_of(gated(go_on, thread_of(FAMILY))).run_test(size=NARROW) as pilot:
        await press(pilot, "enter")
        assert "Opening The first one … · esc stops" in told(pilot)
        await press(pilot, "escape")
        assert "Opening" not in told(pilot)
        go_on.set()
        await press(pilot, "j")
        assert keyed(pilot) is listing(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: reading(pilot))
        await press(pilot, "q q")
        assert pilot.app.return_code == 0


async def test_another_entry_takes_the_place_of_the_one_being_opened() -> None:
    go_on = Event()
    async with app_of(gated(go_on, thread_of(FAMILY))).run_test(size=NARROW) as pilot:
        await press(pilot, "enter j enter")
        assert "Opening The second" in told(pilot)
        go_on.set()
        await until(pilot, lambda: reading(pilot))
        await press(pilot, "q")
        assert keyed(pilot) is listing(pilot)


@pytest.mark.parametrize(
    ("error", "words"),
    [(SourceError("It holds no page.\nTry another."), "It holds no page. Try another."), (OSError("x"), "(OSError)")],
)
async def test_what_cannot_be_opened_is_told_and_the_list_stays(error: Exception, words: str) -> None:
    go_on = Event()
    go_on.set()
    async with app_of(gated(go_on, error)).run_test(size=WIDE) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: listing(pilot).loader is None)
        assert words in told(pilot)
        await press(pilot, "j")
        assert "entry 2 of 2" in told(pilot)


async def test_a_list_in_a_list() -> None:
    inner = listing_of(*ENTRIES[:5], title="The inner one")
    go_on = Event()
    go_on.set()
    async with app_of(gated(go_on, inner)).run_test(size=NARROW) as pilot:
        await press(pilot, "j enter")
        await until(pilot, lambda: "The inner one" in title(pilot))
        await press(pilot, "j j enter")
        await until(pilot, lambda: reading(pilot))
        assert "Thread 2" in title(pilot)
        await press(pilot, "q")
        assert "entry 3 of 5" in told(pilot)
        await press(pilot, "q")
        assert "entry 2 of 2" in told(pilot)
        await press(pilot, "q")
        assert pilot.app.return_code == 0


async def test_q_while_an_entry_is_opened_leaves() -> None:
    async with app_of(gated(Event(), thread_of(FAMILY))).run_test(size=NARROW) as pilot:
        await press(pilot, "enter q")
        assert pilot.app.return_code == 0


async def test_a_list_that_grows_goes_on_growing_after_an_entry_was_opened() -> None:
    feed, go_on = Feed(), Event()
    slow = gated(go_on, thread_of(FAMILY))
    async with app_of(slow, opening=feed).run_test(size=NARROW) as pilot:
        feed.put(None, "page 1 of 3")
        await until(pilot, lambda: "page 1 of 3" in told(pilot))
        await press(pilot, "j enter")
        assert "Opening The second" in told(pilot)
        feed.put(Listing("Slow", [*slow.entries, Entry("The third")], slow.open), "page 2 of 3")
        go_on.set()
        await until(pilot, lambda: reading(pilot))
        await press(pilot, "q")
        await until(pilot, lambda: "page 2 of 3 · esc stops" in told(pilot))
        await until(pilot, lambda: "3 threads" in title(pilot))
        assert at(pilot) == 1
        await press(pilot, "enter")
        await until(pilot, lambda: reading(pilot))
        await press(pilot, "q escape")
        await until(pilot, lambda: keyed(pilot).loader is None)
        assert feed.stopped.is_set()


async def test_counts_and_what_is_typed_outlive_a_list_that_grows() -> None:
    feed = Feed()
    first = [Entry(f"Page {n}", comments=None) for n in range(4)]
    asked: list[int] = []

    def count(entry: int) -> int | None:
        asked.append(entry)
        return entry

    def state(*more: Entry) -> Listing:
        return Listing("Pages", [*first, *more], lambda _: thread_of(FAMILY), count)

    async with app_of(state(), opening=feed).run_test(size=NARROW) as pilot:
        await until(pilot, lambda: len(listing(pilot).counting.known) == 4)
        await press(pilot, "/")
        await type_in(pilot, "page 3")
        await until(pilot, lambda: "1 of 4 threads" in title(pilot))
        feed.put(state(Entry("Page 33", comments=5), Entry("Page 4", comments=6)))
        await until(pilot, lambda: "2 of 6 threads" in title(pilot))
        assert at(pilot) == 3
        await press(pilot, "escape")
        assert asked == sorted(set(asked)) == [0, 1, 2, 3]
        feed.end()


async def test_the_hint_says_whether_q_leads_back_or_out() -> None:
    async with app_of(listing_of(*ENTRIES)).run_test(size=WIDE) as pilot:
        assert "q quit" in told(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: reading(pilot))
        await pilot.pause()
        assert "q back" in told(pilot)
        assert "q quit" not in told(pilot)


async def test_without_colours_the_cursor_and_the_matches_still_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with app_of(listing_of(*ENTRIES)).run_test(size=NARROW) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "boats")
        await until(pilot, lambda: "30 of 60" in title(pilot))
        view = listing(pilot).view
        segments = [s for item in view.items_on_screen() for strip in view.painted(item).strips for s in strip]
        styles = [segment.style for segment in segments if segment.style is not None]
        assert not any(style.color or style.bgcolor for style in styles)
        assert [s.text for s in segments if s.style is not None and s.style.reverse][:2] == ["boats", "boats"]
        assert [s.text for s in segments].count("▌") == 2


# The rest of the keys


async def test_the_entry_s_page_and_address(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def take(app: object, address: str) -> str:
        opened.append(address)
        return "Opened it"

    monkeypatch.setattr(system, "open_in_browser", take)
    async with app_of(listing_of(*ENTRIES)).run_test(size=WIDE) as pilot:
        await press(pilot, "j o")
        assert "https://www.example.com/1" in words_of(listing(pilot).prompt.children[0])  # type: ignore[union-attr]
        await press(pilot, "enter")
        assert opened == ["https://www.example.com/1"]
        await press(pilot, "y")
        assert pilot.app.clipboard == "https://www.example.com/1"


async def test_help_palette_and_dates() -> None:
    dated = Listing("Dated", [Entry("One", published=1_300_000_000.0)], lambda _: thread_of(FAMILY))
    async with app_of(dated).run_test(size=WIDE) as pilot:
        await press(pilot, "?")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Narrow the list by typing" in [tip for _, tip in pilot.app.screen.lines]
        await press(pilot, "escape")
        assert "years" in shown(pilot)
        await press(pilot, "D")
        assert "2011-03-1" in shown(pilot)
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 2)
        await press(pilot, "escape")


async def test_a_theme_is_for_all_screens() -> None:
    async with app_of(listing_of(*ENTRIES), Settings(theme="rumor-light")).run_test(size=NARROW) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: reading(pilot))
        pilot.app.theme = "rumor-dark"
        await pilot.pause()
        assert listing(pilot).entry_items.palette.name == reader(pilot).palette.name == "rumor-dark"


async def test_keys_can_be_set_for_both_kinds_of_screen() -> None:
    settings = Settings(keys={"next": "x", "open-entry": "j"})
    async with app_of(listing_of(*ENTRIES), settings).run_test(size=NARROW) as pilot:
        await press(pilot, "x x j")
        await until(pilot, lambda: reading(pilot))
        assert "Thread 2" in title(pilot)


def test_a_listing_is_opened_all_at_once() -> None:
    wanted = Thread(Article("x"), thread_of(FAMILY).parent[:0], (), (), ())
    arrivals = list(opening_of(Listing("x", (), lambda _: wanted), 0)(Event()))
    assert [arrival.content for arrival in arrivals] == [wanted]


@pytest.mark.parametrize("name", ["", "\x1b]0;x\x07"])
async def test_a_list_without_a_name(name: str) -> None:
    async with app_of(Listing(name, ENTRIES, lambda _: thread_of(FAMILY))).run_test(size=NARROW) as pilot:
        assert isinstance(keyed(pilot), ListingScreen)
        assert "\x1b" not in title(pilot)
