"""Searching everything: a query is typed, and what it finds in all texts of the library is listed, the best first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from rumor_tui.labels import plural
from rumor_tui.library_types import ARTICLE, ClaimSubject, LibraryEntry, LibraryHit, LibraryHits
from rumor_tui.search.claims.across import claim_in_words
from rumor_tui.search.query.query import QueryError
from rumor_tui.text import neutralise_line
from rumor_tui.ui.library_keys import EVERYTHING
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import KeySink, Status, Title
from rumor_tui.ui.screens.library_list import Desk
from rumor_tui.ui.screens.passage_items import Passage
from rumor_tui.ui.screens.passage_list import PassageScreen
from rumor_tui.ui.widgets.list_view import Lines, Words
from rumor_tui.ui.widgets.query_line import QueryLine
from rumor_tui.ui.workers import ClaimWanted

if TYPE_CHECKING:
    from textual.widgets import Input

PAUSE: Final = 0.12
"""Seconds without a key after which what is typed is searched for."""
MOST: Final = 200
"""The most hits that are listed."""
TYPING: Final = (("enter list", 0), ("esc clear", 1), ("↑↓ move", 2))
"""What the keys do while something is typed."""
RECENT: Final = "Here is what was read last. Type to search all texts and notes, as in a thread."
LOW: Final = 8
"""Rows of the screen below which nothing is told above the list."""

Found = LibraryHits | str
"""The answer to a query, or why it is none, in a sentence."""


def passage_of(hit: LibraryHit) -> Passage:
    """A hit as a passage."""
    label = {"comment": "", "article": "article", "note": "✎ note"}[hit.kind]
    spans = tuple((start, end) for start, end in hit.spans)
    author = None if label else hit.author
    place = hit.thread_id, hit.handle, hit.thread_title, hit.site
    return Passage(*place, author, label, hit.published, hit.snippet, spans, hit.address)


def passage_of_thread(entry: LibraryEntry) -> Passage:
    """A thread that was read lately, as a passage."""
    text = f"{plural(entry.comments, 'comment')}, {entry.unread:,} unread"
    place = entry.thread_id, ARTICLE, entry.title, entry.site
    return Passage(*place, None, "thread", entry.active, text, address=entry.address or entry.source)


def lit_words(passage: Passage) -> str:
    """The first words that are lit in a passage, as whole words; "" where none are."""
    text, (start, end) = passage.text, passage.spans[0] if passage.spans else (0, 0)
    if start >= end:
        return ""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end].strip()


class EverythingScreen(PassageScreen, inherit_bindings=False):
    """The query stands above the list; while it is empty, the threads that were read last are listed."""

    NOUN = "place"
    NOWHERE = ""
    VIEW = "everything"
    PERIOD = 0.0

    def __init__(self, desk: Desk, palette: Palette) -> None:
        self.line = QueryLine("Search:", palette, id="query")
        self.account = Lines(palette, id="account")
        super().__init__(EVERYTHING, desk, palette, id="hits", heads=(self.account,))
        self.found: Found = ""
        self.listed = ""
        """The query whose hits are listed."""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, the query, what came of it, the list, status."""
        yield self.title_bar
        yield self.line
        yield from self.heads
        yield self.note
        yield self.view
        yield self.status_bar

    def begin(self) -> None:
        """List what was read last, and have something typed."""
        super().begin()
        self.call_after_refresh(self.action_search)

    # Typing

    def key_sink(self) -> KeySink | None:
        """While something is typed, keys are for the line."""
        return self.line if self.typing else super().key_sink()

    def action_search(self) -> None:
        """Type, or go on with it."""
        self.typing = True
        self.line.take_keys()
        self.show_status()

    def narrow(self, text: str) -> None:
        """Search for another text, once no key comes for a moment."""
        self.text = text
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.renew)

    @on(QueryLine.Entered)
    def _leave_line(self) -> None:
        """Give the keys to the list."""
        if len(self.items.order):
            self.take_keys()
        else:
            self.tell("Nothing is listed that could be opened.")

    @on(QueryLine.Left)
    def _clear_line(self) -> None:
        """Type anew; where nothing is typed, go back."""
        if self.text or self.line.text:
            self.line.clear()
        else:
            self.action_quit()

    @on(QueryLine.Stepped)
    def _step(self, message: QueryLine.Stepped) -> None:
        self.step(message.items)
        self.show_status()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        self.message = ""
        if event.value != self.text:
            self.narrow(event.value)

    def action_clear(self) -> None:
        """Stop what is being opened, or go back."""
        if self.loader is not None:
            super().action_clear()
        else:
            self.action_quit()

    def action_trail(self) -> None:
        """Follow the number or name that is lit at the cursor through the whole library."""
        passage, subject = self.passage, None
        words = lit_words(passage) if passage is not None else ""
        if words and not any(map(str.isdecimal, words)):
            subject = ClaimSubject("name", words)
        elif passage is not None:
            subject = claim_in_words(passage.text, passage.spans)
        if subject is None:
            self.tell("No number or name is lit here. Search for one first.")
        else:
            self.post_message(ClaimWanted(subject))

    # Searching

    def renew(self) -> None:
        """Search for what is typed; the answers to earlier questions do not count any more."""
        text = self.text.strip()

        def work() -> tuple[Found, Sequence[Passage]]:
            if not text:
                return "", [passage_of_thread(entry) for entry in self.library.entries()[:MOST]]
            try:
                hits = self.library.search(text, MOST)
            except QueryError as error:
                return str(error), ()
            return hits, list(map(passage_of, hits.hits))

        self.ask_library(work, lambda answer: self._take(text, *answer))

    def _take(self, text: str, found: Found, passages: Sequence[Passage]) -> None:
        """Show an answer. After a query that is none the earlier hits stay, so that nothing jumps while it is typed."""
        self.found = found
        if isinstance(found, str) and text:
            return
        if text != self.listed:  # whatever was under the cursor, the best one is now
            self.listed, self.items.order = text, ()
            self.view.listed.focus = 0
        self.show_passages(passages, range(len(passages)))

    # The lines

    def arrange_parts(self) -> None:
        """The query, and what came of it, where there is room."""
        self.line.display = self.roomy
        self.account.say([self._account()] if self.size.height >= LOW and self.roomy else [])
        super().arrange_parts()

    def _account(self) -> Words:
        """How much was found and what could not be answered; or why the query is none."""
        palette, found = self.palette, self.found
        if not self.text.strip():
            return [(f"  {RECENT}", palette.quiet)]
        if isinstance(found, str):
            return [(f"  {neutralise_line(found)}", palette.error)]
        shown = len(found.hits)
        if found.total is None:
            count = f"The best {shown:,} of more places"
        else:
            count = plural(found.total, "place") if found.total <= shown else f"The best {shown:,} of {found.total:,}"
        return [(f"  {count}", palette.accent), (f"   {neutralise_line(found.notice)}", palette.quiet)]

    def title_line(self) -> Title:
        """What this is."""
        return Title([("Search everything", self.palette.bar_accent)], "rumor-tui", ("",))

    def why_empty(self) -> str:
        """Why nothing is listed."""
        if self.reading or (isinstance(self.found, str) and self.found):
            return ""
        return "Nothing is found." if self.text.strip() else "Nothing is in the library yet."

    def status_line(self) -> Status:
        """What the keys do, and where the cursor is."""
        return Status(self.progress(), self.position(), TYPING if self.typing else self.hints())

    def place(self) -> Hashable:
        """The position is that of the cursor."""
        return self.view.cursor, len(self.view.rows), self.typing

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        self.line.restyle(palette)
        super().restyle(palette)
