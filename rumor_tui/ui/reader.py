"""The whole screen: the actions of links and text, of the program, and what comes in while it is shown."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from time import time
from typing import TYPE_CHECKING

from rumor_tui.links import openable
from rumor_tui.model import Listing, Thread
from rumor_tui.settings import Settings
from rumor_tui.ui import outside
from rumor_tui.ui.finding import LOW
from rumor_tui.ui.keyed import KeySink
from rumor_tui.ui.taking_part import TakingPartScreen
from rumor_tui.ui.theme import Palette
from rumor_tui.ui.workers import Arriving
from rumor_tui.words import plural

if TYPE_CHECKING:
    from rumor_tui.arrivals import Services
    from rumor_tui.export.parts import ReplyTo
    from rumor_tui.ui.screens.help import HelpSection

SETTLED = 0.15
"""Seconds after the start at which the first screen surely stands."""
EARLY = 0.5
"""Seconds after that at which the thread is read in the background, so that nothing competes with the first screen."""
MOUSE = (
    ("click", "Put the cursor on a comment; on its mark, fold"),
    ("wheel", "Scroll"),
    ("drag", "Move the divider or the scrollbar"),
)
WORDS = (
    ("tree from the layout", "Who answers whom is told by how the page is laid out"),
    ("tree guessed", "Who answers whom is only likely; the page does not say"),
    ("tree as inferred", "Comments stand below what they likely answer, as their texts tell"),
    ("ann ↳ bob?", "Whom a comment likely answers, as its text tells; P says how that shows"),
    ("┃ bob: …", "A passage that repeats the article or an earlier comment, and whose it is"),
    ("❝2", "Two comments repeat the passage that begins here; v says which"),
    ("… 12 more", "Comments that the source speaks of and does not hold"),
)
"""What the help says of words that are not always there."""


class ReaderScreen(TakingPartScreen, inherit_bindings=False):
    """The screen that a reader sees; `arriving` is the opening that the thread comes from, if that goes on."""

    def __init__(
        self,
        thread: Thread,
        settings: Settings,
        palette: Palette,
        services: Services | None = None,
        arriving: Arriving | None = None,
    ) -> None:
        super().__init__(thread, settings, palette, services)
        self._first_arriving = arriving
        self._before_more = -1

    def on_mount(self) -> None:
        """Begin to read in the background once the first screen stands. (Textual runs the panes' own handler too.)"""
        self.set_interval(60, self._tick)
        self.set_timer(SETTLED, self._prepare)
        if self._first_arriving is not None:
            self.await_arrivals(self._first_arriving)
            self._first_arriving = None

    def key_sink(self) -> KeySink | None:
        """While something is searched for, keys are for that widget."""
        return self.search_bar if self.searching.open else super().key_sink()

    def _tick(self) -> None:
        """Time goes on: ages are told anew, and garbage is collected, which waits for this (see `app.run_app`)."""
        gc.collect()
        self.comment_items.now = time()
        self.refresh_panes()

    def arrange_parts(self) -> None:
        """As the panes need it; the search widget gives up its list, then itself, where rows are few."""
        super().arrange_parts()
        if self.searching.open:
            self.search_bar.display = self.roomy
            self.search_bar.chips.display = self.size.height >= LOW

    def _prepare(self) -> None:
        """Once the first screen stands: begin to read, and have the search widget ready."""
        self.searching.warm_up(self.screenful())
        self.set_timer(EARLY, self._read_early)
        if not self.search_bar.is_attached:
            self.mount(self.search_bar, before=self.status_bar)

    def _read_early(self) -> None:
        if self.arriving is None:
            self.searching.start_early()

    def on_unmount(self) -> None:
        """End the background."""
        self.searching.close()

    # Links and text

    def action_open_link(self, number: int) -> None:
        """Ask, showing the real address, and open a link."""
        signs = self.pane.link_signs
        if number > len(signs):
            self.tell(f"There is no link {number} here." if signs else "There is no link here.")
        else:
            self.ask_to_open(signs[number - 1].target, self.thread.article.url)

    def action_open_page(self) -> None:
        """Open the article's page; where only the comments have addresses, the comment's."""
        address = self.thread.article.url
        if address is None and len(self.thread):
            address = self.thread.urls[self.comments.cursor]
        if address:
            self.ask_to_open(address, self.thread.article.url)
        else:
            self.tell("The source does not say where this page is.")

    def action_copy_link(self) -> None:
        """Copy the comment's permalink, or the article's address."""
        address = self.thread.article.url
        if not self.in_article and len(self.thread):
            address = self.thread.urls[self.comments.cursor] or address
        real = openable(address) if address else None
        if real is None:
            self.tell("There is no permalink to copy.")
        else:
            self.app.copy_to_clipboard(real)
            self.tell(f"Copied {real}")

    def text_here(self) -> str:
        """The plain text of the comment at the cursor, or of the article."""
        index, first = self.searching.index, self.comment_items.first_item
        if self.in_article or not len(self.thread):
            return "\n\n".join(index.item_text(item) for item in range(first))
        return index.item_text(first + self.comments.cursor)[index.body_start(first + self.comments.cursor) :]

    def action_copy_text(self) -> None:
        """Copy the comment, or the article."""
        text = self.text_here()
        self.app.copy_to_clipboard(text)
        self.tell(f"Copied {len(text):,} characters.")

    def action_save(self) -> None:
        """Save the thread to a file in the form that its ending names."""
        name = outside.file_name(self.thread.article.title) + ".md"
        self.ask("Save to (.md .json .txt .html):", self._save, name)

    def _save(self, path: str, confirmed: bool = False) -> None:
        if not confirmed and outside.exists(path):
            self.ask(f"{path} exists   enter replaces it · esc leaves it", lambda _: self._save(path, True), None)
        elif path.strip():
            self.tell("Saving …")
            thread, replies = self.thread_as_written, self.replies_as_written()
            self.run_worker(lambda: self._save_aside(thread, path, replies), thread=True, group="save")

    def _save_aside(self, thread: Thread, path: str, replies: Mapping[int, ReplyTo]) -> None:
        """Save in a thread of its own: a big thread takes long."""
        said = outside.save(thread, path, replies)
        self.app.call_from_thread(self.tell, said)

    def action_pipe(self) -> None:
        """Give the comment's text to a command."""
        self.ask("Pipe to:", self._pipe, "")

    def _pipe(self, command: str) -> None:
        if command.strip():
            self.tell(outside.pipe(self.app, command, self.text_here()))
            self.app.refresh(layout=True)

    def take_keys(self) -> None:
        """A question is out of the way."""
        self.activate(self.pane)

    # What comes in

    def accept(self, content: Thread | Listing, arriving: Arriving) -> None:
        """Another state of the thread takes the place of the one that is shown."""
        if isinstance(content, Thread):
            self.replace_thread(content)

    def replace_thread(self, thread: Thread) -> None:
        """Show another state of the same thread, while whoever reads it keeps the place."""
        from rumor_tui.ui.replacing import replace_thread

        self.show_as_written()
        replace_thread(self, thread)

    def arrivals_over(self, arriving: Arriving) -> None:
        """Say how it ended; and read in the background what is there now."""
        before, self._before_more = self._before_more, -1
        more = len(self.thread) - before
        if before >= 0 and arriving.failure is None and not arriving.words:
            self.tell(f"{plural(more, 'comment')} came." if more > 0 else "Nothing more came.")
        else:
            super().arrivals_over(arriving)
        self.searching.start_early()

    def idle_keys(self) -> frozenset[str]:
        """There is nothing to load where nothing is missing that anybody could be asked for."""
        missing = self.comment_items.missing
        return frozenset() if missing.loadable and missing.key else frozenset({"load-more"})

    def action_load_more(self) -> None:
        """Load what is missing below the comment at the cursor, or else nearest above it."""
        self.show_as_written()
        row = self.comments.cursor if len(self.thread) and not self.in_article else -1
        stubs = self.comment_items.missing.nearest(self.comments.outline, row)
        if self.arriving is not None:
            self.tell("Wait for what is loading, or press esc to stop it.")
        elif not stubs:
            self.tell("Nothing is missing here." if self.comment_items.missing else "No comment is missing.")
        elif self.services is None or not stubs[0].via:
            self.tell("The source does not hold these comments, and there is nowhere to ask for them.")
        else:
            self._before_more = len(self.thread)
            self.await_arrivals(Arriving(self.services.more(self.thread, stubs[0]), "more comments"))

    def action_clear(self) -> None:
        """Take back one thing; where there is nothing to take back, stop what is loading."""
        if self.escape_stops and not self.searching.search.query.text:
            self.stop_arrivals()
        else:
            super().action_clear()

    # The program

    def help_parts(self) -> Sequence[HelpSection]:
        """The mouse, and what the title and the comments say now and then."""
        return ("Mouse", MOUSE), ("Words", WORDS)

    def action_quit(self) -> None:
        """Leave the filter, or the thread."""
        if self.filtering:
            self.drop_filter()
        else:
            super().action_quit()

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.search_bar.restyle(palette)
