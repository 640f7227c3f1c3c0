"""The background worker: what is done is told by one value, and short tasks do not wait for the analysis."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, get_ident
from time import sleep

import pytest

from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.reading import worker
from rumor_tui.reading.session import ReadingSession
from rumor_tui.reading.worker import Analysis, Background, Known, News
from rumor_tui.search.index.analysis import Progress, ThreadAnalysis
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.search.session import SearchSession
from tests.reading.sessions import FAMILY, family

TURNS = 12_000
"""Turns of 5 ms that something may take on a busy machine."""


def thread(count: int = 60) -> Thread:
    builder = ThreadBuilder(Article("Cars"))
    for number in range(count):
        builder.add(Draft(f"BMW made {100 + number} cars", "ann"))
    return builder.build("plain")


def await_that(condition: Callable[[], bool]) -> None:
    for _ in range(TURNS):
        if condition():
            return
        sleep(0.005)
    raise AssertionError("It never came about.")


def test_whoever_asks_gets_the_same_answer_at_any_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranking takes long here, between the last mark and the end of the work."""
    rank = MarkIndex.rank

    def slowly(self: MarkIndex, *stop: Callable[[], bool]) -> None:
        sleep(0.02)
        rank(self, *stop)
        sleep(0.02)

    monkeypatch.setattr(MarkIndex, "rank", slowly)
    seen: list[tuple[Progress, bool, str]] = []

    def look() -> None:
        progress = analysis.knowledge.progress
        answers = progress, analysis.knowledge.marks_known, analysis.reading()
        if progress == analysis.knowledge.progress:  # else it went on in between
            seen.append(answers)

    news: list[News] = []

    def hear(what: News) -> None:
        news.append(what)
        look()

    analysis = Analysis(thread(), hear)
    analysis.start()

    def through() -> bool:
        look()
        return Known("marks") in news

    await_that(through)
    analysis.close()
    shares = [progress.share for progress, _, _ in seen]
    assert shares[-1] == 1.0
    for progress, known, words in seen:
        assert known == ("marks" in progress.done) == (progress.share == 1.0)
        if known:
            assert words == ""
    assert not any("100 %" in words for _, _, words in seen)


def test_each_thing_that_is_done_stays_done() -> None:
    knowledge = ThreadAnalysis(thread())
    seen = [knowledge.progress]
    knowledge.index.build(lambda share: seen.append(knowledge.progress))
    knowledge.find_marks(lambda share: seen.append(knowledge.progress))
    knowledge.find_conversation()
    seen.append(knowledge.progress)
    assert [progress.done for progress in seen] == sorted([progress.done for progress in seen], key=len)
    assert [progress.share for progress in seen] == sorted(progress.share for progress in seen)
    assert seen[0] == Progress(frozenset(), 0.0, 0)
    assert seen[-1].done == {"texts", "marks", "conversation"}


def background(count: int = 3) -> Background:
    knowledge = ThreadAnalysis(thread(count))
    return Background(knowledge, SearchSession(knowledge), lambda what: None)


def test_a_short_task_does_not_begin_the_analysis() -> None:
    work, where = background(), list[int]()
    work.run_soon(lambda: where.append(get_ident()))
    await_that(lambda: bool(where))
    assert where != [get_ident()]
    sleep(0.05)
    assert work._knowledge.progress.done == frozenset()
    work.close()


def test_a_short_task_comes_between_two_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.search.cooperative.SLICE", 0.0)
    monkeypatch.setattr(worker, "GIVE_WAY", 0.0)
    work, begun, done = background(200), Event(), list[frozenset[str]]()
    find = work._knowledge.find_conversation

    def held(stop: Callable[[], bool]) -> None:
        begun.set()
        await_that(lambda: bool(work._soon))
        find(stop)

    monkeypatch.setattr(work._knowledge, "find_conversation", held)
    work.start()
    assert begun.wait(60)
    work.run_soon(lambda: done.append(work._knowledge.progress.done))
    await_that(lambda: bool(done))
    work.close()
    assert done == [{"texts"}]


def test_a_step_that_comes_to_nothing_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    work, tried = background(), list[int]()
    monkeypatch.setattr(work._knowledge, "find_conversation", lambda stop: tried.append(1))
    work.start()
    await_that(lambda: "marks" in work._knowledge.progress.done)
    sleep(0.05)
    work.close()
    assert tried == [1]


def test_closing_ends_the_thread() -> None:
    for _ in range(50):
        work = background()
        work.start_early()
        work.close()
        assert work._thread is not None
        work._thread.join(60)
        assert not work._thread.is_alive()


def test_how_many_take_part_is_not_told_of_a_much_smaller_state() -> None:
    session = ReadingSession(family())
    assert len(session.analysis.knowledge.people) == session.analysis.people_count == 7
    session.replace(family(FAMILY + "hal: One more\n"))
    assert session.analysis.people_count == 7
    session.replace(family("\n".join([FAMILY.strip()] * 3)))
    assert session.analysis.people_count == 0
    session.close()
