"""The reading in the background: in which order, when it begins, and what it tells."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

import pytest

from rumor_tui import marks as found
from rumor_tui.columns import Constant
from rumor_tui.marks import LexiconBuilder, ThreadLexicon
from rumor_tui.model import Article, Thread
from rumor_tui.reading import worker as lighting
from rumor_tui.reading import worker as module
from rumor_tui.reading.worker import Background, What
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.query.query import Query
from rumor_tui.search.session import SearchSession
from rumor_tui.ui.screens.reader import ReaderScreen
from tests.ui.helpers import WIDE, Feed, app_of, large, open_search, read_through, reader, sample, thread_of, until

TURNS = 6000
"""Turns of 10 ms that something may take on a busy machine."""


def small(count: int = 3) -> Thread:
    return thread_of("\n".join(f"ann: BMW made {100 + n} cars" for n in range(count)))


def big(monkeypatch: pytest.MonkeyPatch, count: int = 3) -> Thread:
    """A thread that is larger than what is read early."""
    monkeypatch.setattr(module, "SMALL_THREAD", count - 1)
    return small(count)


class Reading:
    """A background with all that it tells."""

    def __init__(self, thread: Thread, last_key: Callable[[], float] = lambda: 0.0) -> None:
        self.told: list[What] = []
        self.knowledge = ThreadAnalysis(thread)
        self.search = SearchSession(self.knowledge)
        self.background = Background(self.knowledge, self.search, self.told.append, last_key)

    @property
    def known(self) -> tuple[bool, bool, bool]:
        """Whether the texts, the conversation and the marks are known."""
        knowledge = self.knowledge
        return knowledge.index.ready, knowledge.conversation is not None, knowledge.marks_known

    def news(self) -> list[What]:
        """What was told, without the mere progress and without the evidence, which may be none."""
        return [what for what in self.told if what not in ("progress", "lexicon")]

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for the worker, then end it."""
        self.wait_for(condition)
        self.background.close()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait for the worker, which then goes on."""
        for _ in range(TURNS):
            if condition():
                return
            sleep(0.01)
        raise AssertionError(f"It never came about: {self.told} {self.background.fault}")


def test_in_a_small_thread_all_is_known_soon_the_talk_first() -> None:
    reading = Reading(small())
    reading.background.start_early()
    reading.until(lambda: "marks" in reading.told)
    assert reading.known == (True, True, True)
    assert reading.news() == ["conversation", "marks"]
    assert reading.knowledge.progress.share == 1.0
    assert reading.knowledge.people_count == 1


def test_in_a_large_thread_numbers_and_names_come_first_where_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = Reading(big(monkeypatch))
    reading.background.start()
    reading.until(lambda: "conversation" in reading.told)
    assert reading.news() == ["marks", "conversation"]


def test_a_large_thread_waits_for_the_reader_to_be_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE", 1000.0)
    reading = Reading(big(monkeypatch))
    reading.background.start_early()
    sleep(0.05)
    assert reading.told == []
    reading.background.start()
    reading.until(lambda: all(reading.known))


def test_in_a_large_thread_idleness_is_for_the_talk_and_a_search_for_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE", 0.0)
    reading = Reading(big(monkeypatch))
    reading.background.start_early()
    reading.wait_for(lambda: "conversation" in reading.told)
    sleep(0.05)
    assert reading.known == (True, True, False)
    reading.background.start()
    reading.until(lambda: all(reading.known))


def test_the_count_of_a_query_comes_before_all_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(small())
    reading.search.change(Query("BMW"))
    reading.background.start()
    reading.until(lambda: "marks" in reading.told)
    assert reading.news() == ["counted", "conversation", "marks"]
    assert reading.search.matches is not None
    assert reading.search.matches.known.total == 3


def test_a_newer_query_is_counted_between_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.search.cooperative.SLICE", 0.0)
    reading, begun = Reading(small(50)), Event()
    find = reading.knowledge.find_marks

    def held(progress: Callable[[float], None], stop: Callable[[], bool]) -> None:
        def slowly() -> bool:
            begun.set()
            sleep(0.002)
            return stop()

        find(progress, slowly)

    monkeypatch.setattr(reading.knowledge, "find_marks", held)
    reading.background.start()
    assert begun.wait(60)
    reading.search.change(Query("made"))
    reading.background.look()
    reading.until(lambda: "marks" in reading.told)
    assert reading.news() == ["conversation", "counted", "marks"]


class Learned(LexiconBuilder):
    """Learns of one more who takes part."""

    def lexicon(self) -> ThreadLexicon:
        return ThreadLexicon(frozenset(("ann", "zed")))


def test_the_lexicon_is_told_of_before_the_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "LexiconBuilder", Learned)
    reading = Reading(small())
    reading.background.start()
    reading.until(lambda: "marks" in reading.told)
    assert [what for what in reading.told if what != "progress"] == ["conversation", "lexicon", "marks"]


def test_keys_have_the_work_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.search.cooperative.SLICE", 0.0)
    monkeypatch.setattr(module, "GIVE_WAY", 0.0)
    keys = [monotonic() + 1000.0]
    reading = Reading(small(), lambda: keys[-1])
    reading.background.start()
    reading.wait_for(lambda: reading.knowledge.index.ready)
    sleep(0.05)
    assert reading.known == (True, False, False)
    keys.append(0.0)
    reading.background.look()
    reading.until(lambda: all(reading.known))


def test_in_a_thread_that_may_grow_only_the_texts_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RATE", 0.01)
    reading = Reading(small())
    reading.search.change(Query("BMW"))
    reading.background.wait_for_more()
    reading.background.start()
    reading.wait_for(lambda: "counted" in reading.told)
    sleep(0.05)
    assert reading.known == (True, False, False)
    reading.background.start_early()
    reading.until(lambda: all(reading.known))


def test_a_fault_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("?")

    reading = Reading(small())
    monkeypatch.setattr(reading.knowledge, "find_conversation", fail)
    reading.background.start()
    reading.until(lambda: bool(reading.background.fault) and reading.told[-1:] == ["progress"])
    assert "ValueError" in reading.background.fault
    assert reading.told[-1] == "progress"


def test_closed_it_says_nothing_more() -> None:
    reading = Reading(small())
    reading.background.close()
    reading.background.start()
    sleep(0.05)
    assert reading.told == []


# On the screen


async def test_all_is_known_of_the_sample_though_nobody_searches() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        knowledge = reader(pilot).session.analysis.knowledge
        await until(pilot, lambda: knowledge.marks_known and knowledge.conversation is not None)
        assert reader(pilot).session.analysis.reading() == ""


async def test_what_is_listed_first_is_what_the_screen_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL_THREAD", 0)
    monkeypatch.setattr(module, "GIVE_WAY", 1000.0)
    async with app_of(large()).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        screen = reader(pilot)
        on_screen = {entry.value: entry.count for entry in screen.search_bar.chips.entries}
        assert 0 < on_screen["600 units"] < 3 * 130
        monkeypatch.setattr(module, "GIVE_WAY", 0.0)
        await read_through(pilot)
        in_all = {entry.value: entry.count for entry in screen.search_bar.chips.entries}
        assert in_all["600 units"] == 3 * (30 + 80)


async def test_a_long_text_lights_up_a_little_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lighting, "LONG", 20)
    looked = Event()
    find = ThreadAnalysis.marks_of

    def held(self: ThreadAnalysis, item: int) -> object:
        looked.wait(60)
        return find(self, item)

    monkeypatch.setattr(ThreadAnalysis, "marks_of", held)
    monkeypatch.setattr(module, "IDLE", 1000.0)
    async with app_of(big(monkeypatch)).run_test(size=WIDE) as pilot:
        session = reader(pilot).session
        item = session.reading.first_item
        session.search.lit = True
        assert session.analysis.marks(item) == []
        before = session.highlights.state(item)
        looked.set()
        await until(pilot, lambda: session.highlights.state(item) != before)
        assert [span.role for span in session.analysis.marks(item)].count("number") == 1


async def test_a_thread_that_grows_lists_what_was_known_until_more_is(monkeypatch: pytest.MonkeyPatch) -> None:
    opening = Feed()
    async with app_of(None, opening=opening).run_test(size=WIDE) as pilot:
        opening.put(large(10))
        await until(pilot, lambda: any(isinstance(screen, ReaderScreen) for screen in pilot.app.screen_stack))
        await read_through(pilot)
        await open_search(pilot)
        screen = reader(pilot)

        def listed() -> int:
            return next(entry.count for entry in screen.search_bar.chips.entries if entry.value == "600 units")

        assert listed() == 3 * (30 + 40)
        monkeypatch.setattr(module, "RATE", 0.01)
        opening.put(large(12))
        await until(pilot, lambda: len(screen.thread) == 60 and screen.session.analysis.index.ready)
        screen.show_search()
        assert (listed(), screen.session.analysis.knowledge.marks) == (3 * (30 + 40), None)
        opening.end()
        await until(pilot, lambda: listed() == 3 * (30 + 48))


def test_the_order_holds_for_a_thread_without_comments() -> None:
    empty = Constant("", 0)
    reading = Reading(Thread(Article("BMW makes 600 units"), array("i"), empty, empty, Constant(0, 0)))
    reading.background.start()
    reading.until(lambda: "marks" in reading.told)
    assert reading.knowledge.marks is not None
    assert len(reading.knowledge.marks) > 0
