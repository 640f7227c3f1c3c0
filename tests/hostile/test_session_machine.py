"""Any commands, searches, orders, refreshes and focus in any order: the reading session holds together.

It is a state machine of hypothesis. It knows of each comment only its text, which no two have: a handle of the library,
once given, stays with its comment, and so do notes; the place is always a comment that is in sight.
"""

from __future__ import annotations

from array import array
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rumor_tui.library_types import Annotation
from rumor_tui.model import Order, Thread
from rumor_tui.outline import Outline
from rumor_tui.reading.orders import is_available
from rumor_tui.reading.refreshed import Before, refresh
from rumor_tui.reading.session import parse_action
from rumor_tui.search.query.query import Query
from rumor_tui.ui.keys import BINDINGS
from tests.hostile.fuzz_checks import check_thread
from tests.made_threads import parents
from tests.reading.sessions import RememberingReader

ORDERS: tuple[Order, ...] = ("page", "newest", "oldest", "points", "replies", "came")
QUERIES = (
    "600",
    "by:ann",
    "is:unread",
    "is:folded",
    "depth:>1",
    "-root",
    "/(a|b)+/",
    '"',
    "in:article",
    "has:number",
    "\ufeff",
)


def made(shape: array[int], first: int = 0) -> Thread:
    """A thread of a shape, in which each comment has a text of its own."""
    from rumor_tui.model import Article, Draft, ThreadBuilder

    builder = ThreadBuilder(Article("A title", pieces=["First piece of 600 units.", "Second piece."]))
    for row, parent in enumerate(shape):
        name = ("ann", "bob", "cy", None)[row % 4]
        builder.add(
            Draft(
                said(first + row) + " \x1b[2J\u202e" * (row % 3 == 0),
                name,
                parent if parent >= 0 else None,
                published=1e9 + 1_000 * ((first + row) * 7 % 101),
                id=f"c{first + row}",
                score=row % 3,
            )
        )
    return builder.build("plain", source="https://example.com/thread")


def said(number: int) -> str:
    """A text that has no word in common with another one, so that none is taken for an edit of it."""
    return " ".join(f"{word}{number}" for word in ("anchor", "basket", "candle", "dragon", "engine")) + f" {number}00"


class Reading(RuleBasedStateMachine):
    """A reader who does anything."""

    @initialize(shape=parents(), noted=st.integers(0, 5))
    def begin(self, shape: array[int], noted: int) -> None:
        thread = made(shape)
        notes = [Annotation(f"n{noted}", "note", 100 + noted, "A note")] if noted < len(thread) else []
        self.reader = RememberingReader(thread, notes)
        self.session = self.reader.session
        self.made = len(thread)
        self.texts = {100 + row: body for row, body in enumerate(thread.bodies)}
        self.noted = {100 + noted} if notes else set[int]()
        self.actions = [
            binding.action for binding in BINDINGS if parse_action(binding.action).name in self.session.commands
        ]
        self.moment = 1_700_000_000.0

    @rule(data=st.data())
    def command(self, data: st.DataObject) -> None:
        self.reader.change(lambda: None)
        self.reader._take(self.session.do(parse_action(data.draw(st.sampled_from(self.actions)))))

    @rule(typed=st.sampled_from(QUERIES), keep=st.booleans())
    def search(self, typed: str, keep: bool) -> None:
        search = self.session.search
        self.reader.change(search.begin)
        self.reader.change(lambda: search.change(Query(typed)))
        self.reader.change(search.keep if keep else search.end)

    @rule(name=st.sampled_from(ORDERS))
    def order(self, name: Order) -> None:
        if is_available(self.session.order.page, name):
            self.reader.show_order(name)

    @rule(in_article=st.booleans())
    def focus(self, in_article: bool) -> None:
        self.reader.focus(in_article=in_article)

    @rule(chance=st.randoms(use_true_random=False))
    def put(self, chance: object) -> None:
        shown = [row for row, hidden in enumerate(self.session.outline.hidden) if not hidden]
        if shown:
            self.reader.put(shown[hash(str(chance)) % len(shown)])

    @rule(gone=st.sets(st.integers(0, 13), max_size=4), more=st.integers(0, 2), edited=st.integers(0, 20))
    def refresh(self, gone: set[int], more: int, edited: int) -> None:
        page = self.session.order.page
        kept = [row for row in range(len(page)) if row not in gone and not self._is_gone(row)]
        places = {row: place for place, row in enumerate(kept)}
        above = [places.get(page.parent[row], -1) for row in kept]
        order = sorted(range(len(kept)), key=lambda place: _path(above, place))
        after = page.select([kept[place] for place in order], [_place(order, above[place]) for place in order])
        bodies = list(after.bodies)
        if edited < len(bodies):
            bodies[edited] += " (edited)"
        after = replace(after, bodies=bodies, lengths=[len(body) for body in bodies])
        after = after.join(made(array("i", [-1] * more), self.made))
        self.made += more
        self.moment += 60
        before = Before.of(page, self.session.state.numbers, self.session.memory)
        refreshed = refresh(before, after, None, self.moment)
        read = self._read()
        self.reader._take(self.session.refresh(refreshed))
        now = self._read()
        assert all(now[handle] == read[handle] for handle in now.keys() & read.keys())

    def _read(self) -> dict[int, int]:
        """Whether each comment that has a handle from the beginning is read."""
        memory = self.session.memory
        rows = range(len(self.session.thread))
        return {memory.handle_of(row): memory.read[row] for row in rows if memory.handle_of(row) in self.texts}

    def _is_gone(self, row: int) -> bool:
        page_rows = self.session.state.numbers
        rows = self.session.memory.gone
        return row in ({page_rows[at] for at in rows} if page_rows is not None else set(rows))

    @invariant()
    def the_thread_holds_together(self) -> None:
        if hasattr(self, "session"):
            thread = replace(self.session.thread)
            check_thread(thread)

    @invariant()
    def the_place_is_in_sight(self) -> None:
        if not hasattr(self, "session") or not len(self.session.thread):
            return
        outline = self.session.outline
        assert 0 <= self.session.state.row < len(self.session.thread)
        assert not outline.hidden[self.session.state.row]
        fresh = Outline(outline.parent, self.session.thread.authors)
        fresh.fold_where(bytes(outline.folded))
        assert len(outline.hidden) == len(self.session.thread)
        assert all(now or not then for now, then in zip(outline.hidden, fresh.hidden, strict=True))

    @invariant()
    def handles_and_notes_stay_with_their_comments(self) -> None:
        if not hasattr(self, "session"):
            return
        memory, size = self.session.memory, len(self.session.thread)
        assert len(memory.read) == len(memory.new) == size
        handles = [memory.handle_of(row) for row in range(size)]
        known = [handle for handle in handles if handle >= 100 and handle in self.texts]
        assert len(set(known)) == len(known)
        for row, handle in enumerate(handles):
            if handle in self.texts:
                assert self.session.thread.bodies[row].startswith(self.texts[handle])
        for handle in self.noted:
            assert handle in handles
            assert memory.annotations_of(handles.index(handle))

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()


def _path(above: list[int], place: int) -> list[int]:
    path = [place]
    while above[place] >= 0:
        place = above[place]
        path.append(place)
    return path[::-1]


def _place(order: list[int], place: int) -> int:
    return order.index(place) if place >= 0 else -1


TestReading = Reading.TestCase
TestReading.settings = settings(max_examples=25, stateful_step_count=20, deadline=None, derandomize=True)
