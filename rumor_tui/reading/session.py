"""One reader in one thread: commands come in, effects for the screen come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.linked_page import keep_page
from rumor_tui.model import Order, Thread
from rumor_tui.outline import Outline
from rumor_tui.reading import navigate
from rumor_tui.reading.annotations import Annotations
from rumor_tui.reading.authors import Authors
from rumor_tui.reading.context import NO_COMMENTS, Commands, ReadingContext, ReadingState
from rumor_tui.reading.conversation import Conversation
from rumor_tui.reading.effects import Effects, Request
from rumor_tui.reading.excerpts import Excerpts
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.highlights import Highlights
from rumor_tui.reading.history import History
from rumor_tui.reading.memory import Memory
from rumor_tui.reading.orders import Arranged, TreeOrder, arranged, is_available
from rumor_tui.reading.position import Remappable, Replacement, Viewport
from rumor_tui.reading.read_tracker import ReadTracker
from rumor_tui.reading.search import ThreadSearch
from rumor_tui.reading.trails import OpenParticipants, Trails
from rumor_tui.reading.unread import Unread
from rumor_tui.reading.worker import Analysis, Listener, News, Progress
from rumor_tui.row_map import RowMap

if TYPE_CHECKING:
    from rumor_tui.library_types import Change, Remembered
    from rumor_tui.reading.refreshed import Refreshed


class Command(NamedTuple):
    """An action of the table of bindings, with its number (0 where it has none)."""

    name: str
    argument: int = 0


@lru_cache(maxsize=256)
def parse_action(action: str) -> Command:
    """The command of an action as the table of bindings writes it: "next", "page(-1)".

    Raises ValueError where the argument is no number.
    """
    name, _, argument = action.partition("(")
    return Command(name, int(argument.removesuffix(")")) if argument else 0)


class ReadingSession:
    """Owns the thread, its outline, the reader's state, and the parts that change them.

    `order` is the order of the comments to begin with, where the source tells enough for it.

    `do` runs a command; nothing else may change folds, cursor or search. `listener` is told what the background has
    found, in one of its threads, and is to have `hear` called in the one of the interface.
    """

    def __init__(
        self,
        thread: Thread,
        listener: Listener = lambda news: None,
        *,
        lit: bool = False,
        order: Order = "page",
        key_of: Callable[[str], str] = lambda id: "",
        load_key: str = "",
    ) -> None:
        shown = arranged(thread, order if is_available(thread, order) else "page")
        self.reading = reading = ReadingContext(shown.thread, key_of, load_key)
        self._people_told = 0
        """How many people take part, as the title line was last told."""
        self.state: ReadingState = reading.state
        """Where the reader is, and how comments look."""
        self.last_key = monotonic()
        """When a key was pressed last; the background gives way to it."""
        self.analysis = Analysis(shown.thread, listener, shown.page, lambda: self.last_key)
        if shown.page is not None:
            reading.state.numbers, reading.state.replies_to = shown.page.numbers, shown.replies_to
        self.folds = Folds(reading)
        self.memory = Memory(reading)
        self.tracker = ReadTracker()
        self.search = ThreadSearch(reading, self.folds, self.analysis, lit=lit)
        self.unread = Unread(reading, self.folds, self.memory, self.search)
        self.memory.confirmed.append(self._count_again)
        self.highlights = Highlights(self.search, self.analysis)
        self.conversation = Conversation(reading, self.folds, self.analysis)
        self.authors = Authors(reading, self.folds)
        self.history = History(reading, self.folds, self.search, self.highlights)
        self.trails = Trails(reading, self.search, self.analysis, self.history)
        self.excerpts = Excerpts(reading, self.analysis)
        self.annotations = Annotations(reading, self.memory, self.analysis, self.search, self.folds)
        self.order = TreeOrder(reading, self.analysis, self.conversation, self._replace, page=thread, wanted=order)
        self.parts: Sequence[Remappable] = (
            reading,
            self.analysis,
            self.folds,
            self.search,
            self.highlights,
            self.conversation,
            self.authors,
            self.history,
            self.memory,
            self.annotations,
            self.tracker,
        )
        """Whatever holds rows, in the order in which it is carried over."""
        facts = self.analysis.engine.columns
        facts.folded_rows = lambda: reading.outline.folded
        facts.muted = lambda: reading.state.muted
        facts.states = self.memory.states
        self.commands: Commands = {
            **navigate.commands(reading),
            **self.folds.commands(),
            **self.search.commands(),
            **self.conversation.commands(),
            **self.authors.commands(),
            **self.trails.commands(),
            **self.excerpts.commands(),
            **self.annotations.commands(),
            **self.order.commands(),
            **self.unread.commands(),
            **self._commands(),
        }

    # What is read

    @property
    def thread(self) -> Thread:
        """The thread, its comments in the order that is shown."""
        return self.reading.thread

    @property
    def outline(self) -> Outline:
        """The tree and its folds."""
        return self.reading.outline

    @property
    def viewport(self) -> Viewport:
        """What is in sight."""
        return self.reading.viewport

    @viewport.setter
    def viewport(self, viewport: Viewport) -> None:
        self.reading.viewport = viewport

    # Commands

    def note_key(self) -> None:
        """A key was pressed: the background rests for a while, so that it is not felt."""
        self.last_key = monotonic()

    def do(self, command: Command) -> Effects:
        """Run a command. Raises KeyError for one that is not the session's (see `commands`)."""
        effects = self.reading.effects = Effects()
        self.commands[command.name](command.argument)
        return effects

    def run(self, change: Callable[[], object]) -> Effects:
        """Run something else that changes parts of the session."""
        effects = self.reading.effects = Effects()
        change()
        return effects

    def hear(self, news: News) -> Effects:
        """The background has found something out."""
        return self.run(lambda: self._hear(news))

    def _hear(self, news: News) -> None:
        if isinstance(news, Progress):
            self.search.on_progress(counted=news.counted)
        else:
            self.conversation.look()
            self.search.changed()
        effects, people = self.reading.effects, self.analysis.people_count
        effects.title, self._people_told = people != self._people_told, people
        effects.quiet = self.search.open and effects.message is None  # the search widget has its own line

    def _step_match(self, direction: int) -> None:
        """The next or previous match; else comment of the author looked at; else unread comment."""
        if self.search.active:
            self.search.to_match(direction)
        elif self.authors.lens is not None:
            self.authors.step(direction)
        elif self.memory.known or self.memory.expected:
            self.unread.step(direction)
        else:
            self.reading.tell("Nothing is searched for: press / first.")

    def leave_search(self) -> None:
        """Put the search widget away and search for nothing."""
        self.search.end()
        self.clear()

    def clear(self) -> None:
        """Take back one thing: what came last, as far as that can be told. Where there is nothing, stop loading."""
        if not self.has_something_to_clear and not self.search.query.text:
            self.reading.request(Request("stop"))
            return
        nothing = not (self.folds.filter.active or self.search.active or self.search.query.text)
        if nothing and not self.conversation.peeking and self.authors.lens is not None:
            self.authors.leave_lens()
        elif nothing and self.state.article_peek is not None:
            self.conversation.close_peek()
        elif self.history.returns:
            self.history.go_back()
        elif not self.search.clear() and self.state.peek >= 0:
            self.conversation.close_peek()

    def _quit(self, argument: int) -> None:
        """Leave the filter, or the thread."""
        if self.folds.filter.active:
            self.folds.drop_filter()
        else:
            self.reading.request(Request("quit"))

    def _done(self, argument: int) -> None:
        """Fold the whole branch, which is read then, and go on to the next one."""
        self.unread.mark_branch(self.state.row)
        self.folds.done()

    def _show_edit(self, argument: int) -> None:
        """Show in place how the text of the comment was changed at its source; or hide it again."""
        state, row = self.state, self.state.row
        if not self.reading.in_comments:
            self.reading.tell("Go to a comment that was edited.")
        elif row not in self.memory.edited:
            self.reading.tell(self.unread.refusal or "This comment was not edited since you first saw it.")
        else:
            self.conversation.show_peek(None if (state.peek, state.peek_at) == (row, "edit") else "edit")

    def _list_participants(self, argument: int) -> None:
        if len(self.thread):
            self.reading.effects.covers.append(OpenParticipants())
        else:
            self.reading.tell(NO_COMMENTS)

    def _commands(self) -> Commands:
        """The actions that several parts share."""
        return {
            "next_match": lambda argument: self._step_match(1),
            "previous_match": lambda argument: self._step_match(-1),
            "clear": lambda argument: self.clear(),
            "quit": self._quit,
            "people": self._list_participants,
            "done": self._done,
            "edit": self._show_edit,
        }

    # Escape

    @property
    def has_something_to_clear(self) -> bool:
        """Whether Escape has something to take back."""
        search, folds = self.search, self.folds
        engaged = folds.filter.active or search.open or search.active or self.conversation.peeking
        return engaged or self.history.returns or self.authors.lens is not None

    # Another state of the thread

    def go_on(self, *, arriving: bool) -> None:
        """Read on in the background after a replacement; where still more is `arriving`, only what is searched for."""
        if self.search.open or self.search.active:
            self.analysis.start()
        elif not arriving:
            self.analysis.start_early()

    def replace(self, thread: Thread, row_map: RowMap | None = None) -> Effects:
        """Another state of the same thread came: the reader keeps the place.

        `row_map` tells where the rows of the page are in it, where that was found out; else it goes by identifiers.
        """
        return self.run(lambda: self.order.take(keep_page(self.order.page, thread), row_map))

    def remember(self, remembered: Remembered) -> Effects:
        """The library has told what it knows of the thread, which may have got comments back."""

        def take() -> None:
            if remembered.thread is not self.order.page:
                self.order.take(remembered.thread, remembered.row_map)
            self.memory.take(remembered)
            self.search.renew()
            self.unread.refresh_filter()

        return self.run(take)

    def _count_again(self, change: Change) -> None:
        """A bookmark or a note was written: what is searched for by such is counted anew."""
        from rumor_tui.library_types import AnnotationChange

        if isinstance(change, AnnotationChange):
            self.search.renew()

    def refresh(self, refreshed: Refreshed) -> Effects:
        """The newest state of the page came, with what is known of it."""
        if refreshed.remembered is None:
            return self.replace(refreshed.newest, refreshed.row_map)
        return self.remember(refreshed.remembered)

    def _replace(self, shown: Arranged, row_map: RowMap, order: Sequence[int] | None) -> None:
        reading = self.reading
        comments, article = reading.effects.replaced or reading.viewport.references()
        replacement = Replacement(
            shown.thread,
            row_map,
            reading.outline,
            (len(reading.thread.article.pieces), len(shown.thread.article.pieces)),
            order,
            shown.page,
            shown.replies_to,
        )
        for part in self.parts:
            part.remap(replacement)
        self.search.renew()
        state = reading.state
        kept = replacement.in_comments(comments, state.row)
        if len(reading.thread):
            seen = reading.outline.seen(state.row)
            state.row = seen if seen >= 0 else max(reading.outline.first(), 0)
        else:
            state.row = 0
        effects = reading.effects
        effects.replaced = kept, replacement.in_article(article)
        effects.title = effects.search_changed = True

    def close(self) -> None:
        """End the background."""
        self.analysis.close()
