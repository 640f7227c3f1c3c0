"""The numbers and names of a thread that was read are kept in the library, once for each state."""

from __future__ import annotations

from rumor_tui.library_types import MarksChange
from rumor_tui.model import Article
from rumor_tui.search.index.kept_marks import ThreadMarks
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import WIDE, open_search, press, reader, thread_of, until
from tests.ui.library_samples import library, services

OUTLINE = """
ann: They made 600 cars of it.
  ben: No, 1,250 cars.
"""


def _kept(held: FakeLibrary) -> list[MarksChange]:
    return [change for change in held.changes if isinstance(change, MarksChange)]


async def test_marks_are_kept_once_they_are_all_found() -> None:
    held = library()
    thread = thread_of(OUTLINE, Article("Cars", pieces=["A piece."]))
    async with RumorApp(Opened(thread, Settings(), services(held))).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: reader(pilot).session.memory.known)
        await open_search(pilot)
        await until(pilot, lambda: bool(_kept(held)))
        await press(pilot, "escape j k")
        (change,) = _kept(held)
        assert change.thread_id == 999
        marks = ThreadMarks(change.marks)
        first, second = reader(pilot).session.memory.handles
        assert [mark.value for mark in marks.marks_of(first)] == ["600 cars"]
        assert [mark.value for mark in marks.marks_of(second)] == ["1250 cars"]


async def test_without_a_library_nothing_is_packed() -> None:
    thread = thread_of(OUTLINE, Article("Cars", pieces=["A piece."]))
    async with RumorApp(Opened(thread, Settings())).run_test(size=WIDE) as pilot:
        await open_search(pilot)
        session = reader(pilot).session
        await until(pilot, lambda: session.analysis.knowledge.marks_known)
        await press(pilot, "escape j")
        assert session.memory.handles == ()
