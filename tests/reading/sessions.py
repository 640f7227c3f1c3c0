"""What the tests of the reading session share: a session that is driven by keys, without an app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, sleep

from rumor_tui.library_types import Annotation, Change, Remembered
from rumor_tui.model import Article, Draft, Order, Thread, ThreadBuilder
from rumor_tui.reading.effects import Effects
from rumor_tui.reading.position import OnScreen, Reference
from rumor_tui.reading.session import ReadingSession, parse_action
from rumor_tui.row_map import RowMap
from rumor_tui.search.query.query import Query
from rumor_tui.ui.keys import BINDINGS, Chords

PATIENCE = 60.0
"""Seconds that the background may take on a busy machine."""
FAMILY = """
ann: The first root of 600 units
  bob: A reply
    cy: Deeper with 600 units
      dan: Deeper still
  eve: Another reply
fay: The second root
  ann: It has one reply of 600 units
gus: The third root
"""
"""Rows 0 to 7; the parents are -1 0 1 2 0 -1 5 -1."""


def family(text: str = FAMILY) -> Thread:
    """A thread from lines "author: body", each indented by two blanks a level; its article has three items."""
    builder = ThreadBuilder(Article("A title", pieces=["First piece of 600 units.", "Second piece."]))
    path: list[int] = []
    for line in text.strip("\n").splitlines():
        words = line.lstrip()
        del path[(len(line) - len(words)) // 2 :]
        author, body = words.split(": ", 1)
        path.append(builder.add(Draft(body, author, path[-1] if path else None, id=words)))
    return builder.build("markdown")


class FixedViewport:
    """Shows the article from one item on; `arrive` is what a screen would do when something is brought into sight."""

    def __init__(self) -> None:
        self.place = (0, 0)
        self.comments = Reference(0, -1, 3)

    def article_place(self) -> tuple[int, int]:
        """The first item on screen."""
        return self.place

    def article_on_screen(self) -> list[OnScreen]:
        """That item alone."""
        return [OnScreen(self.place[0], 0, 0, (0,))]

    def references(self) -> tuple[Reference, Reference]:
        """Where both panes stand."""
        return self.comments, Reference(self.place[0], -1, 0)


class Reader:
    """Presses keys and keeps what the last one asked of the screen."""

    def __init__(self, thread: Thread | None = None) -> None:
        self.session = ReadingSession(family() if thread is None else thread)
        self.view = FixedViewport()
        self.session.viewport = self.view
        self.effects = Effects()
        self._chords = Chords.of(BINDINGS)

    def press(self, keys: str) -> Effects:
        """Press keys parted by blanks; the answer is what the last one asked for."""
        for key in keys.split():
            action = self._chords.press(key)
            if action:
                self._take(self.session.do(parse_action(action)))
        return self.effects

    def _take(self, effects: Effects) -> None:
        self.effects = effects
        target = effects.target
        if target is not None and target.in_article:
            self.view.place = target.item, target.offset or 0
            self.session.search.arrived()

    def search(self, text: str) -> None:
        """Type in the search widget and keep the search, all being counted."""
        session = self.session
        self._take(session.run(session.search.begin))
        self._take(session.run(lambda: session.search.change(Query(text))))
        self.count()
        self._take(session.run(session.search.keep))

    def count(self) -> None:
        """Wait until the background has counted all matches."""
        end = monotonic() + PATIENCE
        while (counts := self.session.search.counts) is None or not counts.exact:
            assert monotonic() < end
            sleep(0.001)

    def show_order(self, name: Order) -> Effects:
        """Choose an order of the comments."""
        self._take(self.session.run(lambda: self.session.order.show(name)))
        return self.effects

    def focus(self, *, in_article: bool) -> None:
        """Give a pane the keys."""
        self._take(self.session.run(lambda: self.session.reading.focus(in_article=in_article)))

    def put(self, row: int) -> None:
        """Put the cursor on a visible comment."""
        self._take(self.session.run(lambda: self.session.reading.go(row)))

    @property
    def row(self) -> int:
        """The comment under the cursor."""
        return self.session.state.row

    @property
    def folded(self) -> list[int]:
        """The comments that are folded."""
        return [row for row, fold in enumerate(self.session.outline.folded) if fold]

    @property
    def hidden(self) -> list[int]:
        """The comments that are out of sight."""
        return [row for row, gone in enumerate(self.session.outline.hidden) if gone]


class RememberingReader(Reader):
    """A reader with a library that keeps everything at once: row r of the thread has the handle 100 + r."""

    def __init__(self, thread: Thread | None = None, annotations: Sequence[Annotation] = (), *, known: bool = True):
        super().__init__(thread)
        self.changes: list[Change] = []
        self.annotations = annotations
        self.session.memory.expected = True
        if known:
            self.remember()

    def remember(self) -> None:
        """The library tells what it knows."""
        thread = self.session.order.page
        size = len(thread)
        self._take(
            self.session.remember(
                Remembered(
                    thread_id=1,
                    thread=thread,
                    row_map=RowMap.identity(size),
                    handles=range(100, 100 + size),
                    read=bytes(size),
                    first_seen=[0.0] * size,
                    annotations=self.annotations,
                )
            )
        )

    def _take(self, effects: Effects) -> None:
        super()._take(effects)
        if effects.changes:
            self.changes += effects.changes
            self._take(self.session.run(lambda: self.session.memory.confirm(effects.changes)))

    def change(self, change: Callable[[], object]) -> Effects:
        """Change parts of the session otherwise than by a key."""
        self._take(self.session.run(change))
        return self.effects
