"""What the reader screen has to do with the library: asking it, handing it what changes, and being where one was.

Nothing is shown as read, marked or noted before the library has answered that it is on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, time
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from rumor_tui.model import Thread
from rumor_tui.reading import places
from rumor_tui.reading.effects import Effects
from rumor_tui.reading.session import Command
from rumor_tui.reading.unread import ChooseSince, SinceChoice
from rumor_tui.ui.screens.reader_watch import ReadWatch
from rumor_tui.ui.stage import open_screen
from rumor_tui.ui.workers import post, start_worker

if TYPE_CHECKING:
    from rumor_tui.library_types import Change, Library, ReadChange, Remembered
    from rumor_tui.place import Place
    from rumor_tui.ui.screens.article_screen import ArticleScreen
    from rumor_tui.ui.screens.marks_keeping import MarksKeeper


SETTLED = 2.0
"""Seconds without a change of place after which it is written down."""
A_DATE = "a date"


class Told(Message, bubble=False):
    """The library has told what it knows of a thread, or why it cannot."""

    def __init__(self, thread: Thread, remembered: Remembered | None, problem: str = "") -> None:
        super().__init__()
        self.thread = thread
        self.remembered = remembered
        self.problem = problem


class Written(Message, bubble=False):
    """Changes are on disk, or (with a problem) are not."""

    def __init__(self, changes: Sequence[Change], problem: str = "") -> None:
        super().__init__()
        self.changes = changes
        self.problem = problem


class ReaderMemory:
    """Connects a reader screen with the library; without one it does nothing.

    `place` is where the reader was, if that is known before the first screen. `at` is the handle of a comment to begin
    at instead, `at_row` its row.
    """

    def __init__(
        self, screen: ArticleScreen, library: Library | None, place: Place | None, *, at: int = 0, at_row: int = -1
    ) -> None:
        self.screen = screen
        self.session = screen.session
        self.view = screen.panes.comments
        self.library = library
        self.session.memory.expected = library is not None
        self.visit = time()
        self._place = place
        self._exact = place is not None and not at and at_row < 0 and places.is_exact(place, screen.session.order.page)
        """Whether the place was taken up for the first screen."""
        self._at, self._at_row = at, at_row
        self._resumed = self._exact
        self._asking = self._asked = False
        self._whole = True
        self._troubled = False
        self._watch = ReadWatch(screen, self.hand_over) if library is not None else None
        self._settling: Timer | None = None
        self._written_place: Place | None = None
        self._marks: MarksKeeper | None = None
        self._on_way: list[ReadChange] = []
        """What was handed over of what is read, and is not known to be on disk yet."""

    # The first screen

    def begin(self) -> None:
        """Before the first screen: be where the reader was, as far as that is known."""
        if self._watch is not None:
            self._watch.begin()
            if not self._at and self._at_row < 0:
                places.presume(self.session, self._place)
        if self._at_row >= 0 and self._at_row < len(self.session.thread):
            row, self._at, self._resumed = self._at_row, 0, True
            self.session.run(lambda: self.session.authors.go_to(row))
            self.view.begin_with(row)
        elif self._exact and self._place is not None:
            self.session.reading.effects = Effects()
            standing = places.resume(self.session, self._place, exact=True)
            if standing is not None:
                self.view.begin_at(standing.comments)
                self.screen.panes.article.begin_at(standing.article)

    def start(self) -> None:
        """The first screen stands: search for what was searched for, and ask the library."""
        if self.library is None:
            return
        if self._exact and self._place is not None:
            place = self._place
            self.screen.change(lambda: places.resume_search(self.session, place))
        if self.screen.loader is None:
            self.ask()

    # Asking

    def loading_ended(self, *, whole: bool) -> None:
        """No more of the thread comes by itself; it is not `whole` where loading it failed or was stopped."""
        if not self._asked:  # what is loaded later is more than there was, however that ends
            self._whole = whole
        if len(self.session.thread) or self.session.thread.article.pieces:
            self.ask()

    def ask(self) -> None:
        """Have the library record the thread as it is now, and tell what it knows of it."""
        library, screen, thread = self.library, self.screen, self.session.order.page
        if library is None or self._asking:
            return
        self._asking = self._asked = True
        visit = self._asker(library)

        def work() -> None:
            from rumor_tui.library_types import LibraryError

            try:
                told = Told(thread, visit())
            except LibraryError as error:
                told = Told(thread, None, str(error))
            except Exception as error:  # a thread dies silently: the reader would never hear of it
                told = Told(thread, None, f"The library stopped at a fault of its own ({type(error).__name__}).")
            post(screen, told)

        start_worker(work, "asking the library")

    def _asker(self, library: Library) -> Callable[[], Remembered]:
        """Asks the library of the page as the source has it, without what the source has no more."""
        from rumor_tui.search.cooperative import TimeSlicer, rest_while_busy

        page, whole = self.session.order.page, self._whole
        breathe = TimeSlicer(rest_while_busy(lambda: self.session.last_key)).rest
        if not self.session.memory.gone:
            return lambda: library.visit(page, self.visit, whole=whole, breathe=breathe)
        from rumor_tui.reading.refreshed import Before, ask_library

        before = Before.of(page, self.session.state.numbers, self.session.memory)
        return lambda: ask_library(library, before, self.visit, whole=whole, breathe=breathe)

    def take(self, told: Told) -> None:
        """The library has told what it knows."""
        self._asking = False
        self._pass_notices()
        remembered = told.remembered
        if remembered is None:
            self.session.memory.problem = told.problem
            self.screen.change(self.session.memory.presume_nothing)
            self._say_trouble(told.problem)
        elif told.thread is not self.session.order.page:
            if self.screen.loader is None:  # another state came meanwhile; else this is asked at the end of loading
                self.ask()
        else:
            self.screen.perform(lambda: self.session.remember(remembered))
            self._go_where_wanted(remembered)
            self.look()
            self.keep_marks()

    def keep_marks(self) -> None:
        """Have the numbers and names of the thread kept, once all are found."""
        if self.library is not None and self.session.analysis.knowledge.marks_known:
            from rumor_tui.ui.screens.marks_keeping import MarksKeeper

            self._marks = self._marks or MarksKeeper(self.session, self.library)
            self._marks.look()

    def _go_where_wanted(self, remembered: Remembered) -> None:
        """Go to the comment that was asked for; or to where the reader was, unless a key was pressed meanwhile."""
        at, place = self._at, remembered.place
        self._at = 0
        if at > 0 and not self.screen.touched and (row := self.session.memory.row_of(at)) >= 0:
            self.screen.change(lambda: self.session.authors.go_to(row))
        elif place is not None and not self._resumed and self._at_row < 0 and not at and not self.screen.touched:
            self.screen.change(lambda: self._resume(place))
        self._resumed = True

    def _resume(self, place: Place) -> None:
        session = self.session
        exact = places.is_exact(place, session.order.page)
        order = places.order_of(place, session.order.page)
        if order != session.order.name:
            session.order.show(order)
        standing = places.resume(session, place, exact=exact)
        if standing is not None:
            session.reading.effects.restore = standing.comments, standing.article
            places.resume_search(session, place)
        session.reading.effects.message = None

    # Handing over

    def hand_over(self, changes: Sequence[Change]) -> None:
        """Have changes written down; they are shown once they are."""
        library, screen = self.library, self.screen
        if not changes:
            return
        from rumor_tui.library_types import ReadChange

        if library is None:  # then only what a refresh has told is known, and read as long as this is open
            post(screen, Written([change for change in changes if isinstance(change, ReadChange)], ""))
            return

        self._pass_notices()  # where another program holds the library, no answers come
        row_of = self.session.memory.row_of
        self._on_way += [change for change in changes if isinstance(change, ReadChange)]
        for change in changes:
            if isinstance(change, ReadChange) and not change.read:
                self.session.tracker.hold(map(row_of, change.handles))
        library.change(changes, lambda problem: post(screen, Written(changes, problem)))

    def take_answer(self, written: Written) -> None:
        """Changes are on disk, or are not."""
        self._pass_notices()
        self._on_way = [change for change in self._on_way if all(change is not one for one in written.changes)]
        if not written.problem:
            self.screen.change(lambda: self.session.memory.confirm(written.changes))
            return
        from rumor_tui.library_types import AnnotationChange

        awaited = any(isinstance(change, AnnotationChange) for change in written.changes)
        self._say_trouble(written.problem, again=awaited)  # nobody may believe that a note was kept

    def _say_trouble(self, problem: str, *, again: bool = False) -> None:
        """Say once what is the matter with the library, or `again`; reading goes on."""
        if again or not self._troubled:
            self._troubled = True
            self.screen.tell(problem)

    def _pass_notices(self) -> None:
        """Say what the library has to say of itself."""
        for notice in self.library.notices() if self.library is not None else ():
            self.screen.tell(notice)

    # What is read, and where the reader is

    def look(self) -> None:
        """See which comments are on screen: it was covered or uncovered, or the library has told something."""
        if self._watch is not None:
            self._watch.look()

    def step(self, command: Command, before: tuple[int, bool]) -> None:
        """A command was run; `before` it the cursor was at a row, and the article had the keys or not."""
        if self._watch is not None:
            self._watch.step(command, before)

    def note_place(self) -> None:
        """The reader may be elsewhere: write that down once it has come to rest."""
        if self.library is not None and self._settling is None:
            self._settling = self.screen.set_timer(SETTLED, self._write_place)

    def _write_place(self) -> None:
        self._settling = None
        if monotonic() - self.session.last_key < SETTLED:
            self.note_place()
        else:
            self.hand_over(self._place_changes())

    def _place_changes(self) -> list[Change]:
        """The place, if it is another one than was written down."""
        from rumor_tui.library_types import PlaceChange

        session = self.session
        if not session.memory.known:
            return []
        panes = self.screen.panes
        standing = places.Standing(panes.comments.standing(), panes.article.standing())
        place = places.place_now(session, standing, self.visit, self._on_way)
        if place == self._written_place:
            return []
        self._written_place = place
        return [PlaceChange(session.memory.thread_id, place, self.visit, time())]

    def leave(self) -> None:
        """The reader leaves: write down what is left."""
        if self._marks is not None:
            self._marks.stop()
        if self._watch is not None:
            self._watch.write()
            self.hand_over(self._place_changes())

    # Since when

    def choose_since(self, ask: ChooseSince) -> None:
        """Ask since when comments are to count as new."""
        from rumor_tui.ui.screens.choice import Choice, ChoiceScreen

        screen = self.screen
        offered = {str(nth): choice for nth, choice in enumerate(ask.choices)}
        current = next((key for key, choice in offered.items() if choice.since == ask.current), "")

        def choose(chosen: str) -> None:
            if chosen == A_DATE:
                screen.ask("New since (2024-05-31, 2024-05, 2024):", self._take_date, "")
            else:
                self._count_since(offered[chosen])

        choices = [Choice(key, choice.label) for key, choice in offered.items()] + [Choice(A_DATE, "a date …")]
        palette, keys = screen.palette, screen.covers.key_overrides
        cover = ChoiceScreen("New since …", choices, current, choose, palette=palette, key_overrides=keys)
        open_screen(screen.app, cover)

    def _take_date(self, typed: str) -> None:
        from rumor_tui.reading.unread import date_choice

        choice = date_choice(typed)
        if choice is None:
            self.screen.tell(f"{typed.strip()[:40]} is no date: write it as 2024-05-31, 2024-05 or 2024.")
        else:
            self._count_since(choice)

    def _count_since(self, choice: SinceChoice) -> None:
        self.screen.change(lambda: self.session.unread.count_since(choice.since, choice.label))
