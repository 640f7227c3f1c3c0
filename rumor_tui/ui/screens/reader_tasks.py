"""What the reader screen has done outside the thread: links, files, commands, and comments that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from threading import Thread as Worker
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from rumor_tui.discussion_rows import embedded_stubs, is_embedded
from rumor_tui.labels import display_title, plural
from rumor_tui.linked_page import unread_link
from rumor_tui.model import Account, Original
from rumor_tui.reading.excerpts import STILL_READING
from rumor_tui.reading.session import ReadingSession
from rumor_tui.ui import system
from rumor_tui.ui.workers import Loader, SourceRead, hand_over, post, start_worker

if TYPE_CHECKING:
    from rumor_tui.export.comment_fields import ReplyTo
    from rumor_tui.loading import Services
    from rumor_tui.model import Stub
    from rumor_tui.reading.source_article import SourceArticle
    from rumor_tui.ui.panes.items_view import ItemsView
    from rumor_tui.ui.screens.base import BaseScreen

FORBIDDEN = 'The settings forbid to load what a thread points to (linked = "never").'
"""What is said where a key would load that."""


FINISH = 0.4
"""Seconds that the end of the program waits for a thread that is being saved; then for its file to be put away."""


class Saving(NamedTuple):
    """A thread that saves something, and what tells it to give up."""

    thread: Worker
    given_up: Event


@dataclass
class SourceCounted(Message, bubble=False):
    """It is known how much of a source the thread holds."""

    original: Original
    account: Account


class ReaderTasks:
    """Asks what is needed on the status line of a screen, and tells there how it went."""

    def __init__(
        self, screen: BaseScreen, session: ReadingSession, services: Services | None, *, may_point: bool = True
    ) -> None:
        self.screen = screen
        self.session = session
        self.services = services
        self.may_point = may_point
        """Whether the settings allow to load what a thread points to."""
        self._saving: Saving | None = None
        self._comments_before = -1
        """How many comments there were when more were asked for; -1 while none are."""

    # Links and text

    def open_address(self, address: str) -> None:
        """Ask, showing the real address, and open it."""
        self.screen.ask_to_open(address, self.session.thread.article.url)

    def open_link(self, pane: ItemsView, number: int) -> None:
        """Open a link by its number on screen, from 1."""
        signs = pane.link_signs
        if number > len(signs):
            self.screen.tell(f"There is no link {number} here." if signs else "There is no link here.")
        else:
            self.open_address(signs[number - 1].target)

    def ask_where_to_save(self) -> None:
        """Save the thread to a file in the form that its ending names."""
        from rumor_tui.output import file_name

        name = file_name(self.session.thread.article.title) + ".md"
        self.screen.ask("Save to (.md .json .txt .html):", self.save, name)

    def save(self, path: str, confirmed: bool = False) -> None:
        """Save to a path; where something is there already, only once that is confirmed."""
        if not confirmed and system.exists(path):
            question = f"{path} exists   enter replaces it · esc leaves it"
            self.screen.ask(question, lambda _: self.save(path, True), None)
        elif path.strip():
            self.screen.tell("Saving …")
            thread, replies = self.session.memory.with_gone_deleted(self.session.order.page), self.replies()
            notes = self.session.annotations.places.by_page_row()

            def work() -> None:
                message = system.save(thread, path, replies, notes, given_up.is_set)
                hand_over(self.screen, self.screen.tell, message)

            given_up = Event()
            self._saving = Saving(Worker(target=work, name="saving", daemon=True), given_up)
            self._saving.thread.start()  # a big thread takes long

    def close(self) -> None:
        """The program ends, or the thread is left: what is being saved is finished if that takes a moment only."""
        if self._saving is not None:
            self._saving.thread.join(FINISH)
            self._saving.given_up.set()
            self._saving.thread.join(FINISH)

    def replies(self) -> dict[int, ReplyTo]:
        """Whom the comments answer as their texts show it, by the rows of the page; as far as known."""
        from rumor_tui.export.comment_fields import ReplyTo

        answers = self.session.order.answers_by_page()
        return {answer.row: ReplyTo(answer.to, answer.evidence, answer.confidence) for answer in answers}

    def ask_where_to_pipe(self) -> None:
        """Give the text at the cursor to a command."""
        self.screen.ask("Pipe to:", self._pipe, "")

    def _pipe(self, command: str) -> None:
        text = self.session.excerpts.text_here()
        if text is None:
            self.screen.tell(STILL_READING)
        elif command.strip():
            self.screen.tell(system.pipe(self.screen.app, command, text))
            self.screen.app.refresh(layout=True)

    # Following

    def follow_source(self) -> None:
        """Follow the thread, or no more."""
        from rumor_tui.ui.screens.follow_source import Followable, toggle_follow

        page = self.session.order.page
        library = self.services.library if self.services is not None else None
        address = page.source or page.article.discussion_url or page.article.url or ""
        toggle_follow(self.screen, library, Followable(address, "thread", display_title(page)))

    # The source

    def show_source(self) -> None:
        """Show the source as plain text, at the place of the comment at the cursor, or of the article's text on top."""
        thread = self.session.thread
        original = thread.original
        if original is None:
            self.screen.tell("This was not read from a text that could be shown.")
            return
        here, before = self.session.excerpts.places_here()
        self.screen.tell("Reading the source …")

        def work() -> None:
            from rumor_tui.reading.source_article import make_source_article

            try:
                source = make_source_article(thread, original.read(here, before))
            except Exception as error:
                words = f"The source cannot be shown as text ({type(error).__name__})."
                hand_over(self.screen, self.screen.tell, words)
            else:
                hand_over(self.screen, self._hand_over, source)

        start_worker(work, "reading the source")

    def _hand_over(self, source: SourceArticle) -> None:
        """Have the app show it, unless the reader has left meanwhile."""
        self.screen.tell("")
        if self.screen.app.screen is self.screen:
            self.screen.post_message(SourceRead(source))

    def count_source(self) -> None:
        """Count in the background how much of the source the thread holds; the screen gets the answer as a message."""
        thread = self.session.order.page
        original = thread.original
        if original is None:
            return

        def work() -> None:
            from rumor_tui.search.cooperative import TimeSlicer

            account = original.account(thread, TimeSlicer().rest)
            if account is not None:
                post(self.screen, SourceCounted(original, account))

        start_worker(work, "counting the source")

    # Missing comments

    def missing_here(self) -> tuple[Stub, ...]:
        """What is missing below the comment at the cursor, or else nearest above it."""
        reading = self.session.reading
        return reading.missing.nearest(reading.outline, reading.state.row if reading.in_comments else -1)

    def load_more(self) -> None:
        """Load what is missing here."""
        stubs = self.missing_here()
        if self.screen.loader is not None:
            self.screen.tell("Wait for what is loading, or press esc to stop it.")
        elif not stubs:
            missing = self.session.reading.missing
            self.screen.tell("Nothing is missing here." if missing else "No comment is missing.")
        elif self.services is None or not stubs[0].via:
            self.screen.tell("The source does not hold these comments, and there is nowhere to ask for them.")
        elif is_embedded(self.session.thread, stubs[0]) and not self.may_point:
            self.screen.tell(FORBIDDEN)
        else:
            self._comments_before = len(self.session.thread)
            order = self.session.order
            more = self.services.more(order.page, order.stub_on_page(stubs[0]))
            self.screen.follow_loader(Loader(more, "more comments"))

    # What the thread points to

    def points_elsewhere(self) -> bool:
        """Whether there is something that the thread points to and does not hold: a page, or comments of its own."""
        page = self.session.order.page
        return bool(unread_link(page)) or bool(embedded_stubs(page))

    def can_load_beside(self) -> bool:
        """Whether the key for that has something to do."""
        return self.services is not None and self.may_point and self.screen.loader is None and self.points_elsewhere()

    @property
    def reads_link(self) -> bool:
        """Whether the page that the post links to is being read."""
        loader = self.screen.loader
        return loader is not None and loader.reads_links and not loader.stop.is_set()

    def link_words(self) -> str:
        """What the article says of the page that its post links to, or of the comments that its page would load."""
        key, of_page = self.session.reading.key_of("beside"), bool(unread_link(self.session.order.page, again=True))
        if self.reads_link:
            return "reading it …" if of_page else "loading them …"
        if not key or self.services is None or not self.may_point:
            return ""
        return f"{key} reads it here" if of_page else f"{key} loads them here"

    def load_beside(self) -> None:
        """Load what the thread points to."""
        if self.screen.loader is not None:
            self.screen.tell("Wait for what is loading, or press esc to stop it.")
        elif not (self.points_elsewhere() or unread_link(self.session.order.page, again=True)):
            self.screen.tell("This links to no page, and its comments are all here.")
        elif not self.may_point:
            self.screen.tell(FORBIDDEN)
        elif self.services is None:
            self.screen.tell("There is nobody here who could be asked for it.")
        else:
            self.screen.follow_loader(
                Loader(self.services.beside(self.session.order.page), "what this points to", reads_links=True)
            )

    def loaded_words(self) -> str:
        """How many comments came since more were asked for; "" where none were."""
        before, self._comments_before = self._comments_before, -1
        if before < 0:
            return ""
        more = len(self.session.thread) - before
        return f"{plural(more, 'comment')} came." if more > 0 else "Nothing more came."
