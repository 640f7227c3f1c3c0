"""The lists that cover the reader: opening them, what they ask of the reader, and the way back to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rumor_tui.reading.annotated import AnnotationsState, OpenAnnotations, WriteNote
from rumor_tui.reading.effects import Effects
from rumor_tui.reading.highlights import Pointed
from rumor_tui.reading.orders import ChooseOrder
from rumor_tui.reading.session import ReadingSession, parse_action
from rumor_tui.reading.trails import OpenIndex, OpenParticipants, OpenTrail
from rumor_tui.ui.panes.reader_panes import ReaderPanes
from rumor_tui.ui.stage import open_screen, uncover_screen

if TYPE_CHECKING:
    from rumor_tui.model import Thread
    from rumor_tui.reading.annotated import Placed
    from rumor_tui.search.claims.figures import Claims
    from rumor_tui.search.claims.trail import TrailSubject
    from rumor_tui.search.index.mark_index import MarkIndex
    from rumor_tui.search.index.texts import TextIndex
    from rumor_tui.ui.paint.theme import Palette
    from rumor_tui.ui.screens.base import BaseScreen
    from rumor_tui.ui.screens.index import IndexState
    from rumor_tui.ui.screens.note_writing import NoteWriting


class ReaderCovers:
    """What the lists ask of the reader (`list_screen.ThreadReader`), and the lists that are open above it.

    `perform` has the reader screen run something in the session and show its effects.
    """

    def __init__(
        self,
        screen: BaseScreen,
        panes: ReaderPanes,
        perform: Callable[[Callable[[], Effects]], None],
        key_overrides: Mapping[str, str],
    ) -> None:
        self._screen = screen
        self._panes = panes
        self._session: ReadingSession = panes.session
        self._perform = perform
        self._key_overrides = key_overrides
        self._index_state: IndexState | None = None
        self.claims: Claims | None = None
        """The claims that the trails compare, as far as they are built."""

    # What is known

    @property
    def thread(self) -> Thread:
        """The thread as it is shown."""
        return self._session.thread

    @property
    def in_library(self) -> bool:
        """Whether the thread is in a library."""
        return self._session.memory.thread_id > 0

    @property
    def palette(self) -> Palette:
        """The colours."""
        return self._screen.palette

    @property
    def key_overrides(self) -> Mapping[str, str]:
        """The keys that are set for bindings, by id."""
        return self._key_overrides

    @property
    def index(self) -> TextIndex:
        """The texts of the thread."""
        return self._session.analysis.index

    @property
    def marks(self) -> MarkIndex | None:
        """The numbers and names that have been found so far."""
        return self._session.analysis.knowledge.marks

    @property
    def muted(self) -> frozenset[str]:
        """The authors that are muted."""
        return self._session.state.muted

    def gather(self) -> None:
        """Have the numbers and names of the whole thread found."""
        self._session.analysis.start()

    def reading_marks(self) -> str:
        """How far that is, in words; "" when all have been found."""
        return self._session.analysis.reading_marks()

    def author_here(self) -> str:
        """The author at the reader's cursor; "" where nobody signed."""
        return self._session.authors.author_here()

    def date_of(self, row: int) -> str:
        """When a comment was written, as the reader wants dates; "" if the comment has been removed."""
        items = self._panes.comment_items
        return items.date(row, items.reading.absolute_dates) if row < len(self.thread) else ""

    def number_of(self, row: int) -> str:
        """A comment's number as its header has it; "" if the comment has been removed."""
        return self._panes.comment_items.number(row) if row < len(self.thread) else ""

    # Opening

    def open(self, cover: object) -> None:
        """Open a list that the session asks for, or the list of a state that it had."""
        from rumor_tui.ui.screens.index import IndexScreen, IndexState
        from rumor_tui.ui.screens.participants import ParticipantsScreen
        from rumor_tui.ui.screens.trail import TrailScreen, TrailState

        app = self._screen.app
        if isinstance(cover, OpenIndex):
            self.show_index(None)
        elif isinstance(cover, OpenTrail):
            self.follow(cover.marks.subjects, cover.marks.at, cover.marks.item)
        elif isinstance(cover, OpenParticipants):
            open_screen(app, ParticipantsScreen(self))
        elif isinstance(cover, ChooseOrder):
            self._choose_order(cover)
        elif isinstance(cover, WriteNote):
            self._note_writing().write(cover.draft, in_editor=cover.in_editor)
        elif isinstance(cover, OpenAnnotations | AnnotationsState):
            self._open_annotations(cover if isinstance(cover, AnnotationsState) else AnnotationsState())
        elif isinstance(cover, TrailState):
            open_screen(app, TrailScreen(self, cover))
        elif isinstance(cover, IndexState):
            open_screen(app, IndexScreen(self, cover))

    def _note_writing(self) -> NoteWriting:
        from rumor_tui.ui.screens.note_writing import NoteWriting

        return NoteWriting(self._screen, self._session.annotations, self.change)

    def _open_annotations(self, state: AnnotationsState) -> None:
        from rumor_tui.ui.screens.annotations import AnnotationsScreen

        annotations, memory = self._session.annotations, self._session.memory
        open_screen(self._screen.app, AnnotationsScreen(self, annotations, memory, state))

    def jump_to(self, placed: Placed, state: AnnotationsState) -> None:
        """Close the list of bookmarks and notes and go to where one stands; Escape then leads back."""
        index = self._session.analysis.index
        end = index.header(placed.item) if placed.item >= index.first_comment else len(index.item_text(placed.item))
        start, end = placed.stretch if placed.stretch is not None else (0, end)
        label = "the bookmarks and notes"
        self.change(lambda: self._session.history.jump([state], label, Pointed(placed.item, start, end)))

    def _choose_order(self, ask: ChooseOrder) -> None:
        from rumor_tui.ui.screens.choice import Choice, ChoiceScreen

        names = {choice.name: choice.label for choice in ask.choices}

        def show(chosen: str) -> None:
            self.change(lambda: self._session.order.show(next(name for name in names if name == chosen)))

        choices = [Choice(name, label) for name, label in names.items()]
        palette, keys = self.palette, self._key_overrides
        screen = ChoiceScreen("Order of the comments", choices, ask.current, show, palette=palette, key_overrides=keys)
        open_screen(self._screen.app, screen)

    def show_index(self, at: TrailSubject | None) -> None:
        """Open the index, as it was left or, above another list, at one of its entries."""
        from rumor_tui.ui.screens.index import IndexState

        state = self._index_state = self._index_state or IndexState()
        if at is not None:  # another one, above what it is opened from
            state = self._index_state = replace(state, at=at, text="", part=0)
        self.open(state)

    def follow(self, marks: list[TrailSubject], at: int = 0, item: int = -1) -> None:
        """Open the trail of one of the marks, which are those of an item."""
        from rumor_tui.ui.screens.trail import TrailState

        self.open(TrailState(marks[at], marks, item))

    def close_all(self) -> None:
        """Close the screens above the reader."""
        uncover_screen(self._screen)

    # What they lead to

    def change(self, change: Callable[[], object]) -> None:
        """Change parts of the session, and show the effects."""
        self._perform(lambda: self._session.run(change))

    def action_dates(self) -> None:
        """Switch between exact dates and how long ago."""
        self._perform(lambda: self._session.do(parse_action("dates")))

    def search_for(self, subject: TrailSubject) -> None:
        """Close the lists and search the thread for a number or name."""
        self.change(lambda: self._session.trails.search_for(subject))

    def jump(self, label: str, item: int, start: int, end: int) -> None:
        """Close the lists and go to a place of the trail of `label`, the topmost screen; Escape then leads back."""
        from rumor_tui.ui.screens.index import IndexScreen
        from rumor_tui.ui.screens.trail import TrailScreen

        stack = self._screen.app.screen_stack
        covers = [screen.state for screen in stack if isinstance(screen, IndexScreen | TrailScreen)]
        self.change(lambda: self._session.history.jump(covers, f"the trail of {label}", Pointed(item, start, end)))

    def read_author(self, name: str) -> None:
        """Close the lists and go through the comments of an author, from the first one on."""
        self.close_all()
        self.change(lambda: self._session.authors.read(name))

    def mute(self, name: str) -> str:
        """Mute an author, or unmute: the sentence that says so."""
        self.change(lambda: self._session.authors.toggle_mute(name))
        return self._screen.message
