"""Following a claim: the index, the trail, there and back."""

from __future__ import annotations

from collections.abc import Callable
from threading import current_thread, main_thread

import pytest
from textual.pilot import Pilot

from rumor_tui.model import Article, Thread
from rumor_tui.search.claims.figures import Claims
from rumor_tui.search.cooperative import never_stop
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.settings import Settings
from rumor_tui.ui.paint.theme import DARK
from rumor_tui.ui.screens.index import IndexScreen
from rumor_tui.ui.screens.trail import TrailScreen
from tests.search.marked_threads import marks_in
from tests.ui.helpers import (
    ADDRESS,
    WIDE,
    app_of,
    cursor,
    folded,
    open_search,
    press,
    reader,
    rows_of,
    screen_row,
    status,
    tap,
    thread_of,
    title,
    told,
    type_in,
    until,
    words_of,
)
from tests.ui.talking import Talking, let_talk, only_made_up  # noqa: F401

ARTICLE = Article(
    "Rumours of the 1M",
    pieces=[
        "Nothing to see here. " * 30,
        "They say that the US gets 600 examples. It may be two a dealer.",
        "There were 414 made for the US, and all 414 1M cars were gone.",
        *("Filling up the page so that there is something to scroll. " * 12 for _ in range(8)),
    ],
    url=ADDRESS,
)
TALK = """
ann: That is the number.
  bob: In the UK we hear “around 100 units”.
    cy: Total production is right around 600 units, 25 and 65 units per month.
  dan: I heard 600 too, in the US.
eve: Nothing about it.
bob: It cost me $50, or 20% of it.
"""
"""Rows 0 to 5."""


def thread() -> Thread:
    return thread_of(TALK, ARTICLE)


@pytest.fixture(autouse=True)
def _known_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks by pattern, so that nothing here depends on what the recognisers know."""
    monkeypatch.setattr("rumor_tui.marks.find_marks", lambda text, *_: marks_in(text))


def index_of(pilot: Pilot[None]) -> IndexScreen:
    screen = pilot.app.screen
    assert isinstance(screen, IndexScreen)
    return screen


def trail_of(pilot: Pilot[None]) -> TrailScreen:
    screen = pilot.app.screen
    assert isinstance(screen, TrailScreen)
    return screen


def reading(pilot: Pilot[None]) -> bool:
    """Whether nothing covers the thread."""
    return pilot.app.screen_stack[-1] is reader(pilot)


async def open_index(pilot: Pilot[None]) -> None:
    """The index, with everything in it."""
    await press(pilot, "i")
    known = reader(pilot).session.analysis
    await until(pilot, lambda: known.knowledge.marks_known)
    await until(pilot, lambda: index_of(pilot).state.grouping.items == known.index.size)
    await pilot.pause()


async def whole(pilot: Pilot[None]) -> None:
    """Wait until a trail has everything."""
    known = reader(pilot).session.analysis
    await until(pilot, lambda: known.knowledge.marks_known)
    trail_of(pilot).look()
    claims = reader(pilot).covers.claims
    assert claims is not None and claims.items == known.index.size
    await pilot.pause()


async def open_trail(pilot: Pilot[None], value: str) -> None:
    """The trail of an entry, by way of the index."""
    await open_index(pilot)
    await press(pilot, "slash")
    await type_in(pilot, value)
    await press(pilot, "enter enter")
    await whole(pilot)


def entries(pilot: Pilot[None]) -> list[str]:
    items = index_of(pilot).index_items
    return [items.words(group)[0] for group in items.order]


def lines(pilot: Pilot[None]) -> list[tuple[str, str]]:
    items = trail_of(pilot).trail_items
    return [items.who(n) for n in range(len(items.lines))]


# The index


async def test_the_index_lists_numbers_then_names() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        assert entries(pilot) == ["600", "100 units", "25 and 65 units", "$50", "20%", "414", "600", "US", "1M", "UK"]
        shown = " ".join(words_of(index_of(pilot).view).split())
        for words in ("Units, examples ▌ 600 examples, units ×2 1 in article article ", "Money $50 ×1 #6 bob "):
            assert words in shown
        assert "Rumours of the 1M" in title(pilot)
        assert "10 entries" in title(pilot)
        assert "Units, examples · 1 of 10" in told(pilot)


async def test_parts_and_orders() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        await press(pilot, "3")
        assert entries(pilot) == ["US", "1M", "UK"]
        await press(pilot, "o")
        assert entries(pilot) == ["1M", "US", "UK"]
        assert "by first place" in words_of(index_of(pilot).parts)
        await press(pilot, "o")
        assert entries(pilot) == ["1M", "UK", "US"]
        await press(pilot, "tab tab")
        assert entries(pilot) == ["25 and 65 units", "100 units", "600", "$50", "20%", "414", "600"]
        await press(pilot, "shift+tab 1")
        assert len(entries(pilot)) == 10


async def test_moving_in_the_index() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        view = index_of(pilot).view
        for keys, at in (("j", 1), ("}", 3), ("}", 4), ("{", 3), ("k", 2), ("G", 9), ("j", 9), ("g g", 0), ("k", 0)):
            await press(pilot, keys.replace("}", "right_curly_bracket").replace("{", "left_curly_bracket"))
            assert view.cursor == at, keys
        assert "This is the first entry." in told(pilot)


async def test_narrowing_the_index() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "Units")
        assert entries(pilot) == ["600", "100 units", "25 and 65 units"]
        await press(pilot, "down enter")
        assert index_of(pilot).view.cursor == 1
        assert "esc shows all" in told(pilot)
        await press(pilot, "escape")
        assert len(entries(pilot)) == 10
        assert index_of(pilot).view.cursor == 1
        await press(pilot, "slash")
        await type_in(pilot, "zzz")
        assert "Nothing here holds “zzz”." in words_of(index_of(pilot).note)
        await press(pilot, "enter j enter")
        assert "Nothing here holds" in told(pilot)


async def test_the_index_opens_again_as_it_was() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        await press(pilot, "2 o j j q")
        assert reading(pilot)
        await open_index(pilot)
        assert (index_of(pilot).state.part, index_of(pilot).state.order, index_of(pilot).view.cursor) == (1, "place", 2)
        await press(pilot, "escape")
        assert reading(pilot)


async def test_a_thread_without_numbers_and_names() -> None:
    async with app_of(thread_of("ann: nothing", Article("", pieces=["none"]))).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        assert words_of(index_of(pilot).note).strip() == "The thread has no numbers or names."
        await press(pilot, "j enter s 2")
        assert words_of(index_of(pilot).note).strip() == "The thread has no numbers."
        await press(pilot, "q")
        await press(pilot, "c")
        assert "There is no number or name in this comment." in status(pilot)


async def test_an_index_that_is_still_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThreadAnalysis, "find_marks", lambda *_, **__: None)
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "i")
        knowledge = reader(pilot).session.analysis.knowledge
        assert "yet: reading" in words_of(index_of(pilot).note)
        await until(pilot, lambda: knowledge.index.ready)  # the share that is read counts the texts too
        knowledge.marks = part_of(knowledge.index, 3)
        index_of(pilot).look()
        assert entries(pilot) == ["600 examples", "1M", "US"]
        assert "3 entries · reading, 16 %" in title(pilot)
        await press(pilot, "G enter")
        assert "reading, 16 %" in title(pilot)
        await press(pilot, "escape")
        knowledge.marks = part_of(knowledge.index, knowledge.index.size)
        index_of(pilot).look()
        assert len(entries(pilot)) == 10
        assert entries(pilot)[index_of(pilot).view.cursor] == "US"
        assert "reading" not in title(pilot)


def part_of(index: TextIndex, items: int) -> MarkIndex:
    from tests.search.marked_threads import marked

    return marked(index, items)


async def test_an_index_of_many_entries_is_made_aside() -> None:
    conversation = "\n".join(f"ann: We saw {n} cars and {n} men in N{n}." for n in range(3_000))
    async with app_of(thread_of(conversation)).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        assert len(entries(pilot)) == 6_000
        await press(pilot, "G")
        assert index_of(pilot).view.on_screen(5_999)
        await press(pilot, "o o g g")
        await until(pilot, lambda: entries(pilot)[1] == "1 cars")
        await press(pilot, "slash")
        await type_in(pilot, "2999")
        assert entries(pilot) == ["2999 cars", "2999"]
        await press(pilot, "enter enter")
        await until(pilot, lambda: len(trail_of(pilot).trail.figures) > 0)
        assert len(trail_of(pilot).trail.lines) == 1


# The trail


async def test_a_trail_has_every_place_in_reading_order() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "600 ex")
        assert lines(pilot) == [("article", ""), ("#3", "cy"), ("#4", "dan")]
        shown = rows_of(trail_of(pilot).view)
        assert shown[0].split() == ["▌", "article", "They", "say", "that", "the", "US", "gets", "600", "examples."]
        assert any("first comment" in row for row in shown)
        assert "600  examples, units" in title(pilot)
        assert "3 mentions · 2 people · 1 in the article" in title(pilot)
        assert "place 1 of 3" in told(pilot)


async def test_the_mark_is_lit() -> None:
    async with app_of(thread(), Settings(theme="rumor-dark")).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "600 ex")
        screen = trail_of(pilot)
        lit = [s.text for s in screen.trail_items.paint(0, 100).strips[0] if s.style == screen.palette.number]
        assert lit == ["600 examples"]


async def test_the_other_figures_and_those_that_only_comments_have() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "600 ex")
        (line,) = [row for row in rows_of(trail_of(pilot).head) if "600" in row]
        words = " ".join(line.split())
        assert words == "units: 600 ×3 · 414 ×2 · around 100° · 25–65 per month° ° only in comments"
        await press(pilot, "tab enter")
        await whole(pilot)
        assert "414" in title(pilot)
        assert lines(pilot) == [("article", "")]
        await press(pilot, "shift+tab shift+tab tab escape")
        assert trail_of(pilot).chosen == -1
        await press(pilot, "tab j")
        assert trail_of(pilot).chosen == -1
        await press(pilot, "escape escape")
        assert isinstance(pilot.app.screen, IndexScreen)


async def test_a_name_has_no_other_figures() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "UK")
        assert lines(pilot) == [("#2", "bob")]
        await press(pilot, "tab l")
        assert "There is no further mark in that text." in told(pilot)


async def test_the_trail_of_the_comment_at_the_cursor() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "j j c")
        await whole(pilot)
        screen = trail_of(pilot)
        assert [mark.label for mark in screen.state.marks] == ["600 units", "25 and 65 units"]
        assert (screen.state.subject.value, screen.view.cursor) == ("600 units", 1)
        await press(pilot, "l")
        assert screen.state.subject.value == "25-65 units"
        assert lines(pilot) == [("#3", "cy")]
        await press(pilot, "l")
        assert "There is no further mark in that text." in told(pilot)
        await press(pilot, "h h")
        assert "There is no earlier mark in that text." in told(pilot)
        assert screen.state.subject.value == "600 units"
        await press(pilot, "i")
        assert index_of(pilot).view.cursor == 0
        await press(pilot, "q q")
        assert reading(pilot)


async def test_the_trail_of_the_article_s_rows() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "tab c")
        assert [mark.label for mark in trail_of(pilot).state.marks] == ["1M"]
        await press(pilot, "q")
        for _ in range(4):
            await press(pilot, "j")
        await press(pilot, "c")
        assert [mark.label for mark in trail_of(pilot).state.marks] == ["US", "600 examples"]
        await press(pilot, "q G c")
        assert "There is no number or name on this screen of the article." in status(pilot)


async def test_the_trail_of_the_mark_that_the_search_stands_at() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "65 units")
        await press(pilot, "enter c")
        assert trail_of(pilot).state.subject.value == "25-65 units"
        await press(pilot, "q j c")
        assert trail_of(pilot).state.subject.value == "600"


# There and back


async def test_there_and_back() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "j space j j")
        before = cursor(pilot), folded(pilot), screen_row(pilot)
        assert before[:2] == (4, [1])
        await press(pilot, "k k k k j c")
        before = cursor(pilot), folded(pilot), screen_row(pilot)
        await press(pilot, "j")
        await whole(pilot)
        await press(pilot, "G enter")
        assert reading(pilot)
        assert "esc back to the trail of " in status(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TrailScreen)
        assert (cursor(pilot), folded(pilot), screen_row(pilot)) == before
        await press(pilot, "escape")
        assert reading(pilot)
        assert "esc back" not in status(pilot)


async def test_a_jump_unfolds_what_hides_the_place_and_folds_it_again() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "space")
        assert folded(pilot) == [0]
        await open_trail(pilot, "600 ex")
        await press(pilot, "j enter")
        assert (cursor(pilot), folded(pilot)) == (2, [])
        lit = [segment.text for strip in reader(pilot).panes.comments.painted(2).strips for segment in strip]
        assert "600 units" in lit
        await press(pilot, "escape")
        assert (cursor(pilot), folded(pilot)) == (0, [0])
        assert trail_of(pilot).view.cursor == 1
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, IndexScreen)
        await press(pilot, "escape escape")
        assert reading(pilot)
        assert (cursor(pilot), folded(pilot)) == (0, [0])


async def test_what_is_folded_by_hand_meanwhile_stays_so() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "space")
        await open_trail(pilot, "600 ex")
        await press(pilot, "j enter k k space space escape")
        assert folded(pilot) == []


async def test_from_the_article_and_back_to_it() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await press(pilot, "tab j j j j c")
        top = reader(pilot).panes.article.top
        await whole(pilot)
        await press(pilot, "G enter")
        assert not reader(pilot).in_article
        await press(pilot, "escape")
        assert reader(pilot).in_article
        assert reader(pilot).panes.article.top == top


async def test_escape_takes_back_what_came_after_the_jump_first() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "heard")
        await press(pilot, "enter c")
        await whole(pilot)
        await press(pilot, "enter")
        assert "esc back to the trail of 600" in status(pilot)
        await open_search(pilot)
        await type_in(pilot, "Total")
        await press(pilot, "enter")
        assert "esc back" not in status(pilot)
        await press(pilot, "escape")
        assert reading(pilot)
        assert not reader(pilot).session.search.active
        await press(pilot, "P")
        assert reader(pilot).session.state.peek == 2
        await press(pilot, "escape")
        assert reading(pilot)
        assert reader(pilot).session.state.peek == -1
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TrailScreen)


async def test_a_search_that_was_there_before_stays() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        await type_in(pilot, "heard")
        await press(pilot, "enter c")
        await whole(pilot)
        await press(pilot, "g g enter escape q")
        assert reading(pilot)
        assert reader(pilot).session.search.active
        await press(pilot, "escape")
        assert not reader(pilot).session.search.active


async def test_a_filter_that_leaves_the_place_out_gives_way() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_search(pilot, "backslash")
        await type_in(pilot, "nothing about")
        await press(pilot, "enter")
        await until(pilot, lambda: reader(pilot).session.folds.filter.mask is not None)
        await open_trail(pilot, "UK")
        await press(pilot, "enter")
        assert cursor(pilot) == 1
        assert not reader(pilot).session.folds.filter.active


async def test_another_trail_forgets_the_way_back() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "UK")
        await press(pilot, "enter i q escape")
        assert reading(pilot)


async def test_searching_for_what_is_followed() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "UK")
        await press(pilot, "s")
        assert reading(pilot)
        assert reader(pilot).session.analysis.engine.query.text == "name:UK"
        assert cursor(pilot) == 1


async def test_the_thread_grows_while_a_trail_is_read() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "UK")
        more = thread_of(TALK + "fay: In the UK, too.\n", ARTICLE)
        await press(pilot, "enter escape")
        reader(pilot).replace_thread(more)
        await until(pilot, lambda: len(lines(pilot)) == 2)
        assert lines(pilot) == [("#2", "bob"), ("#7", "fay")]
        await press(pilot, "G enter")
        assert cursor(pilot) == 6


def in_front(content: Thread) -> Thread:
    """The thread with another comment before all others."""
    new = thread_of("gus: I am new\n" + TALK.strip(), ARTICLE)
    new.ids = ["gus", *content.ids]
    return new


def let_answer(pilot: Pilot[None]) -> None:
    """The last comment answers the first, as its text tells: `T` moves it there."""
    let_talk(pilot, lambda index: Talking(index).answer(5, 0, "name", "It cost").conversation)


@pytest.mark.parametrize("change", ["arrival", "T", "T T"])
async def test_a_jump_leads_back_to_the_same_place_in_another_state_of_the_thread(change: str) -> None:
    content = thread()
    content.ids = [f"c{row}" for row in range(6)] if change == "arrival" else content.ids
    async with app_of(content).run_test(size=WIDE) as pilot:
        screen = reader(pilot)
        let_answer(pilot)
        await press(pilot, "space G k")

        def place() -> tuple[list[str | None], int | None]:
            return [screen.thread.authors[row] for row in (cursor(pilot), *folded(pilot))], screen_row(pilot)

        before = place()
        await open_trail(pilot, "600 ex")
        await press(pilot, "j enter")
        assert folded(pilot) == []
        if change == "arrival":
            screen.replace_thread(in_front(content))
        else:
            let_answer(pilot)
            await press(pilot, change)
        await pilot.pause()
        assert screen.session.history.returns
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TrailScreen)
        assert place()[0] == before[0]
        if change != "T":  # which puts another comment above it, and there is no room to scroll
            assert place() == before


async def test_a_jump_before_the_thread_has_changed_leads_back_all_the_same() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "UK")
        await press(pilot, "enter")
        reader(pilot).replace_thread(thread_of(TALK + "fay: In the UK, too.\n", ARTICLE))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TrailScreen)
        await until(pilot, lambda: len(lines(pilot)) == 2)


@pytest.mark.usefixtures("only_made_up")
async def test_comments_have_the_numbers_of_the_page_where_they_stand_in_another_order() -> None:
    def made(index: TextIndex) -> Conversation:
        return Talking(index).answer(5, 0, "name", "It cost me").conversation

    async with app_of(thread()).run_test(size=WIDE) as pilot:
        let_talk(pilot, made)
        await tap(pilot, "T G")
        assert list(reader(pilot).session.state.numbers or ()) == [0, 1, 2, 3, 5, 4]
        header = rows_of(reader(pilot).panes.comments)[reader(pilot).panes.comments.screen_row(5) or 0]
        assert header.split()[1:] == ["eve", "#5"]
        assert "comment 5 of 6" in status(pilot)
        await open_trail(pilot, "$50")
        assert lines(pilot) == [("#6", "bob")]
        await press(pilot, "escape")
        assert "Money $50 ×1 #6 bob " in " ".join(words_of(index_of(pilot).view).split()).replace("▌ ", "")
        await press(pilot, "enter enter")
        assert cursor(pilot) == 4
        assert "comment 6 of 6" in status(pilot)


REPEATED = "\n".join(f"{who}: They made 600 cars, or {n} cars." for n in (500, 700) for who in ("ann", "bob", "cy") * 4)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the interface waited, for each time that the numbers of a thread are compared."""
    waited: list[bool] = []
    build = Claims.build

    def built(self: Claims, stop: Callable[[], bool] = never_stop) -> None:
        waited.append(current_thread() is main_thread())
        build(self, stop)

    monkeypatch.setattr(Claims, "build", built)
    return waited


async def test_many_marks_of_few_entries_are_compared_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.ui.screens.trail.AT_ONCE", 40)
    waited = watched(monkeypatch)
    async with app_of(thread_of(REPEATED)).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: len(trail_of(pilot).trail.figures) > 0)
        assert [figure.label for figure in trail_of(pilot).trail.figures] == ["500", "700"]
        await press(pilot, "j j enter")
        assert cursor(pilot) == 2
        await press(pilot, "escape")
        assert (trail_of(pilot).view.cursor, len(trail_of(pilot).trail.figures)) == (2, 2)
        await press(pilot, "tab enter")
        await until(pilot, lambda: trail_of(pilot).trail.title == "500 cars" and len(trail_of(pilot).trail.figures) > 0)
        assert [figure.label for figure in trail_of(pilot).trail.figures] == ["600", "700"]
        assert waited == [False]


async def test_while_marks_are_found_they_are_compared_when_there_are_twice_as_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ThreadAnalysis, "find_marks", lambda *_, **__: None)
    waited = watched(monkeypatch)
    async with app_of(thread_of(REPEATED)).run_test(size=WIDE) as pilot:
        await press(pilot, "c")
        known = reader(pilot).session.analysis.knowledge
        index = known.index
        known.marks = marks = part_of(index, 0)
        seen = []
        for item in range(index.size):
            text, start = index.item_text(item), index.body_start(item)
            found = marks_in(text[start:])
            marks.add(text, [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found])
            trail_of(pilot).look()
            if item >= index.first_comment:
                seen.append(len(trail_of(pilot).trail.lines))
        assert seen == [1, 2, 2, *[4] * 4, *[8] * 8, *[16] * 8, 24]
        assert len(waited) <= 7


# Looks


async def test_both_follow_the_theme() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "600 ex")
        pilot.app.theme = "rumor-light"
        await pilot.pause()
        assert trail_of(pilot).trail_items.palette.name == "rumor-light"
        await press(pilot, "q")
        assert index_of(pilot).index_items.palette.name == "rumor-light"


async def test_text_of_the_page_is_neutral_and_no_markup() -> None:
    hostile = thread_of("a\x1b[2J[b]x: [red]Saw[/red] 600\x07 units, and\u202e AB\x1b]0;x\x07 too")
    async with app_of(hostile).run_test(size=WIDE) as pilot:
        await press(pilot, "c")
        await whole(pilot)
        shown = "\n".join(map(words_of, (trail_of(pilot).view, trail_of(pilot).head, trail_of(pilot).title_bar)))
        assert "[red]Saw[/red]" in shown
        assert not [char for char in shown if char != "\n" and not char.isprintable()]


SIZES = ((120, 40), (80, 24), (40, 12), (20, 4), (19, 3), (300, 9), (64, 8), (63, 14), (30, 30), (1, 1), (200, 60))


@pytest.mark.parametrize("where", ["index", "trail"])
async def test_at_every_size(where: str) -> None:
    async with app_of(thread(), Settings()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        if where == "trail":
            await press(pilot, "enter")
            await whole(pilot)
        for size in (*SIZES, *SIZES[::-1]):
            await pilot.resize_terminal(*size)
            await tap(pilot, "j tab k")
            for widget in pilot.app.screen.query("*"):
                if widget.display and widget.size:
                    strips = [strip.cell_length for strip in widget.render_lines(widget.size.region)]
                    assert set(strips) <= {widget.size.width}, (size, widget)
        assert pilot.app.return_code is None


async def _looked_at(pilot: Pilot[None]) -> None:
    """The index, with the cursor on the second entry."""
    await open_index(pilot)
    await press(pilot, "j")


async def _followed(pilot: Pilot[None]) -> None:
    """The trail of a comment's mark, with the cursor on an other figure."""
    await press(pilot, "j j c")
    await whole(pilot)
    await press(pilot, "tab")


@pytest.mark.parametrize("before", [_looked_at, _followed], ids=["index", "trail"])
def test_looks(snap_compare: Callable[..., bool], before: Callable[..., object]) -> None:
    app = app_of(thread(), Settings(theme=DARK.name))
    assert snap_compare(app, terminal_size=(100, 24), run_before=before)


async def test_escape_goes_back_from_trail_to_trail() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_trail(pilot, "600 examples")
        await press(pilot, "tab enter")
        assert trail_of(pilot).state.subject.value == "414"
        assert len(trail_of(pilot).state.marks) == 1
        await press(pilot, "i")
        assert index_of(pilot).state.text == ""
        await press(pilot, "escape")
        await press(pilot, "enter escape")
        assert trail_of(pilot).state.subject.value == "414"
        await press(pilot, "escape")
        assert trail_of(pilot).state.subject.label == "600 examples"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, IndexScreen)


async def test_all_again_keeps_the_cursor_on_what_was_chosen() -> None:
    async with app_of(thread()).run_test(size=WIDE) as pilot:
        await open_index(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "UK")
        await press(pilot, "enter escape")
        items, view = index_of(pilot).index_items, index_of(pilot).view
        assert view.cursor > 0
        assert items.subject(view.cursor).value == "UK"
