"""Every size of terminal: nothing raises, nothing is wider than its place, nothing overlaps."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from rumor_tui.library_types import ARTICLE, Annotation
from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.marks.conversation.replies import InferredReply
from rumor_tui.model import Entry, Listing, Stub, Thread
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import cell_len
from rumor_tui.ui.panes.reader_panes import NARROW
from rumor_tui.ui.screens.base import LEAST
from rumor_tui.ui.screens.help import HelpScreen
from tests.ui.helpers import (
    FAMILY,
    Feed,
    app_of,
    keyed,
    large,
    listing,
    press,
    reader,
    sample,
    tap,
    thread_of,
    type_in,
    until,
    with_stubs,
)
from tests.ui.remembering import FIRST, PlayedLibrary, remembered, services_of
from tests.ui.talking import let_talk

SIZES = (
    *((1, 1), (2, 1), (1, 2), (2, 2), (1, 50), (50, 1), (3, 3), (4, 4), (5, 10), (10, 5), (8, 30), (300, 1), (300, 2)),
    *((19, 3), (19, 4), (20, 3), (20, 4), (21, 5), (25, 6), (30, 9), (30, 10), (40, 5), (40, 10), (50, 15), (60, 20)),
    *((79, 24), (80, 24), (80, 10), (89, 24), (90, 24), (90, 4), (90, 10), (91, 11), (100, 3), (100, 30), (120, 40)),
    *((132, 43), (200, 5), (200, 60), (300, 100), (20, 100), (120, 29), (120, 30)),
)
"""From nothing at all to a wall of text; the edges of 20 x 4, of 90 columns, and of 10 and 30 rows on both sides."""

JUMPS = (*SIZES[::2], *SIZES[1::2][::-1])
"""The same sizes in an order that grows and shrinks."""

HOSTILE = """
日本語の著者名がとても長い: 日本語 mixed with words 🙂 and a [link](https://example.com/a-very-long-address) at the end
  a-name-without-any-space-that-is-longer-than-most-panes-are-wide: short
    e\u0301e\u0301: | a | b |
      bob: averyveryveryveryverylongwordwithoutanyspaceinitthatmustbecutsomewhere [x](https://example.com/)
"""


LIST = Listing(
    "日本語 a list with a name that is much longer than most terminals are wide, and then some more of it",
    [
        Entry(
            "日本語の著者名がとても長い " * 8,
            "日本語",
            None,
            "vor 8 Stunden",
            12_345_678,
            "https://example.com/",
            "🙂 " * 90,
        ),
        Entry("short", None, 1e9, None, 1, "/a/path"),
        *(Entry(f"e\u0301e\u0301 {n}" * n, "ann" * n, comments=None) for n in range(40)),
    ],
    lambda _: thread_of(FAMILY),
    lambda entry: None if entry % 2 else entry**4,
)
STUBBED = with_stubs(thread_of(HOSTILE), Stub(-1, 12, "x"), Stub(0, 1), Stub(2, 1_234_567, "x"), Stub(3))
STUBBED.confidence = "structural"


def hostile_talk(index: TextIndex) -> Conversation:
    """The second piece is repeated by many, who all answer the first comment, and whose names are long."""
    conversation, text = Conversation(), index.item_text(2)
    for item in range(index.first_comment, index.size, 2):
        quote = Quote(item, index.body_start(item), len(index.item_text(item)), 2, 0, len(text), False)
        conversation.quotes[item] = [quote]
        conversation.quoted.setdefault(2, []).append(quote)
        row = item - index.first_comment
        conversation.answers[row] = InferredReply(row, max(row - 1, 0), "quote", 0.5, quote.start, quote.end)
    return conversation


def shown(pilot: Pilot[None]) -> list[Widget]:
    """The widgets that paint and hold no others."""
    return [w for w in pilot.app.screen.walk_children(Widget) if not len(w.children) and w.size and on_screen(w)]


def on_screen(widget: Widget) -> bool:
    return all(above.display for above in widget.ancestors_with_self if isinstance(above, Widget))


def check(pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Each widget's rows have its width; no two widgets cover the same cell of the screen."""
    whole = Region(0, 0, *size)
    widgets = shown(pilot)
    for widget in widgets:
        width, height = widget.size
        strips = widget.render_lines(Region(0, 0, width, height))
        assert {cell_len(strip.text) for strip in strips} <= {width}, (size, widget)
        assert {strip.cell_length for strip in strips} <= {width}, (size, widget)
    for one, other in combinations(widgets, 2):
        common = one.region.intersection(other.region).intersection(whole)
        assert not common.area, (size, one, other)


def roomy(size: tuple[int, int]) -> bool:
    return size[0] >= LEAST[0] and size[1] >= LEAST[1]


def line(pilot: Pilot[None]) -> str:
    return "".join(strip.text for strip in keyed(pilot).title_bar.render_lines(Region(0, 0, *keyed(pilot).size)))


async def sweep(pilot: Pilot[None]) -> None:
    for size in JUMPS:
        await pilot.resize_terminal(*size)
        check(pilot, size)


THREADS = {"sample": sample(), "hostile": thread_of(HOSTILE), "large": large(4), "stubs": STUBBED}


@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
async def test_the_reader_at_every_size(thread: Thread) -> None:
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        await sweep(pilot)
        assert pilot.app.return_code is None


async def test_quotes_answers_and_the_line_of_time_at_every_size() -> None:
    thread = large(4)
    thread.published = [1e9 + 4000 * row for row in range(len(thread))]
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        let_talk(pilot, hostile_talk)
        await until(pilot, lambda: reader(pilot).panes.timeline.buckets is not None)
        await tap(pilot, "j v @ M")
        await sweep(pilot)
        await tap(pilot, "tab v T")
        await sweep(pilot)
        assert pilot.app.return_code is None


async def test_the_line_of_time_with_the_keys_at_every_size() -> None:
    thread = large(4)
    thread.published = [1e9 + 4000 * row for row in range(len(thread))]
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: reader(pilot).panes.timeline.buckets is not None)
        for size in filter(roomy, JUMPS):
            await tap(pilot, ". l")
            await pilot.resize_terminal(*size)
            check(pilot, size)


@pytest.mark.parametrize("thread", [THREADS["large"], THREADS["hostile"]], ids=["large", "hostile"])
async def test_who_takes_part_at_every_size(thread: Thread) -> None:
    async with app_of(thread).run_test(size=(120, 40)) as pilot:
        await press(pilot, "W M")
        await sweep(pilot)
        await press(pilot, "/")
        await type_in(pilot, "a")
        for size in filter(roomy, JUMPS):
            await pilot.resize_terminal(*size)
            check(pilot, size)


HOSTILE_NOTES = [
    Annotation("a", "note", ARTICLE, "日本語 🙂 " * 60, "First piece."),
    Annotation("b", "mark", ARTICLE, "", "Second piece."),
    Annotation("c", "note", ARTICLE, "a\u0301" * 200 + "\n\n" + "word" * 100),
    Annotation("d", "note", FIRST, "x", "words that are gone " * 30),
    Annotation("e", "mark", FIRST),
    *(Annotation(f"n{n}", "note", FIRST + n % 4, "\n" * n + "日本語" * n) for n in range(1, 30)),
]


async def test_bookmarks_and_notes_and_their_list_at_every_size() -> None:
    services = services_of(PlayedLibrary(annotations=HOSTILE_NOTES))
    async with app_of(thread_of(HOSTILE), services=services).run_test(size=(120, 40)) as pilot:
        await remembered(pilot)
        await sweep(pilot)
        await pilot.resize_terminal(120, 40)
        await press(pilot, "apostrophe")
        await sweep(pilot)
        await pilot.resize_terminal(120, 40)
        await press(pilot, "j e")  # the first note has several lines, which an editor would be for
        for size in filter(roomy, JUMPS):
            await pilot.resize_terminal(*size)
            check(pilot, size)
        assert pilot.app.return_code is None


async def test_a_list_at_every_size() -> None:
    async with app_of(LIST).run_test(size=(120, 40)) as pilot:
        await sweep(pilot)
        await press(pilot, "G")
        await sweep(pilot)
        assert listing(pilot).view.on_screen(listing(pilot).view.cursor)
        await press(pilot, "/")
        await type_in(pilot, "short")
        await until(pilot, lambda: len(listing(pilot).entry_items.order) == 1)
        await press(pilot, "enter")
        await sweep(pilot)
        assert pilot.app.return_code is None


async def test_a_list_that_is_narrowed_at_every_size() -> None:
    async with app_of(LIST).run_test(size=(120, 40)) as pilot:
        await press(pilot, "/")
        await type_in(pilot, "a")
        for size in filter(roomy, JUMPS):
            await pilot.resize_terminal(*size)
            check(pilot, size)


async def test_waiting_at_every_size() -> None:
    feed = Feed()
    async with app_of(None, opening=feed).run_test(size=(120, 40)) as pilot:
        feed.put(None, "日本語 " * 100)
        await sweep(pilot)
        assert pilot.app.return_code is None


async def test_what_comes_at_every_size() -> None:
    feed = Feed()
    async with app_of(thread_of(FAMILY), opening=feed).run_test(size=(120, 40)) as pilot:
        for n, size in enumerate(JUMPS):
            await pilot.resize_terminal(*size)
            reader(pilot).replace_thread([STUBBED, large(1), thread_of(""), thread_of(FAMILY)][n % 4])
            await pilot.pause()
            check(pilot, size)


async def test_the_search_widget_at_every_size() -> None:
    async with app_of(sample()).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: reader(pilot).search_bar.stands)
        await pilot.press("/", "6", "0", "0")
        await until(pilot, lambda: reader(pilot).session.analysis.reading() == "")
        await sweep(pilot)
        assert reader(pilot).session.search.open


@pytest.mark.parametrize("key", ["/", "s", "j"])
async def test_nothing_makes_the_screen_scroll(key: str) -> None:
    async with app_of(large(1)).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: reader(pilot).search_bar.stands)
        await pilot.press(key)
        for size in ((120, 10), (60, 5), (20, 4), (19, 4), (19, 3), (5, 2), (2, 1), (1, 1)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert reader(pilot).title_bar.size.width == size[0], size


@pytest.mark.parametrize("key", ["o", "s", "|"])
async def test_a_question_at_every_size(key: str) -> None:
    async with app_of(large(1)).run_test(size=(120, 40)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        for size in filter(roomy, JUMPS):
            await pilot.resize_terminal(*size)
            check(pilot, size)


async def test_the_help_at_every_size() -> None:
    async with app_of(large(1)).run_test(size=(120, 40)) as pilot:
        await pilot.press("?")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        for size in JUMPS:
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: screen.region.size == screen.size == size)  # type: ignore[misc]
            screen.scroll_lines(7)
            strips = screen.render_lines(Region(0, 0, *size))
            assert {cell_len(strip.text) for strip in strips} == {size[0]}, size


@pytest.mark.parametrize("size", SIZES[::2])
@pytest.mark.parametrize("content", [STUBBED, LIST], ids=["thread", "list"])
async def test_an_app_started_at_this_size(size: tuple[int, int], content: Thread | Listing) -> None:
    async with app_of(content).run_test(size=size) as pilot:
        await tap(pilot, "j d tab G")
        await pilot.pause()
        check(pilot, size)


@pytest.mark.parametrize("content", [sample(), LIST, None], ids=["thread", "list", "nothing"])
@pytest.mark.parametrize("size", [size for size in SIZES if not roomy(size)])
async def test_where_there_is_no_room_one_line_says_so(size: tuple[int, int], content: Thread | Listing | None) -> None:
    async with app_of(content, opening=None if content else Feed()).run_test(size=size) as pilot:
        await until(pilot, lambda: [widget.id for widget in shown(pilot)] == ["title"])
        await pilot.pause()
        words = line(pilot).strip()
        assert words == "needs 20x4" or (words and "needs 20x4".startswith(words.rstrip("…"))) or size[0] < 4
        before = line(pilot)
        await tap(pilot, "j tab space")  # in a list, space opens a thread: its screen says the same once it is laid out
        await until(pilot, lambda: line(pilot) == before)


@pytest.mark.parametrize("size", [(20, 4), (79, 24), (NARROW - 1, 24), (NARROW, 24), (300, 100)])
async def test_one_pane_or_two(size: tuple[int, int]) -> None:
    async with app_of(sample()).run_test(size=size) as pilot:
        await pilot.pause()
        ids = {widget.id for widget in shown(pilot)}
        assert len(ids & {"article", "comments"}) == (1 if size[0] < NARROW else 2)
        assert "status" in ids
