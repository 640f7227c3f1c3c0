"""The whole screen: the actions of searching, of links and text, and of the program."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import time

from textual import events

from rumor_tui.links import openable
from rumor_tui.model import Thread
from rumor_tui.settings import Settings
from rumor_tui.ui import outside
from rumor_tui.ui.comments import CommentsView
from rumor_tui.ui.moving import MovingScreen
from rumor_tui.ui.prompt import Prompt
from rumor_tui.ui.search_bar import SearchBar
from rumor_tui.ui.searching import Searching, mask_of_comments
from rumor_tui.ui.theme import Palette

SETTLED = 0.15
"""Seconds after the start at which the first screen surely stands."""
LOW = 10
"""Rows below which the search widget shows no list."""
TALL = 30
"""Rows from which on the search widget shows two lines of numbers and names."""


class ReaderScreen(MovingScreen, inherit_bindings=False):
    """The screen that a reader sees."""

    def __init__(self, thread: Thread, settings: Settings, palette: Palette) -> None:
        super().__init__(thread, settings, palette)
        self.search_bar = SearchBar(palette)
        self.filtering = False
        self.folds_before_filter: bytes | None = None
        self.filter_waits = False
        self.prompt: Prompt | None = None

    def on_mount(self) -> None:
        """Begin to read in the background once the first screen stands. (Textual runs the panes' own handler too.)"""
        self.set_interval(60, self._tick)
        self.set_timer(SETTLED, self._prepare)

    async def on_key(self, event: events.Key) -> None:
        """While something is typed no key is for the panes, not even those that come before the focus is there."""
        wanted = self.search_bar if self.searching.open else self.prompt
        if wanted is None:
            return
        event.prevent_default()  # else Textual goes on to the panes' own handler
        if event.is_printable or event.key in ("enter", "escape"):  # a line that has the focus keeps these to itself
            event.stop()
            wanted.feed(event)

    def _tick(self) -> None:
        """Time goes on: ages are told anew, and garbage is collected, which waits for this (see `app.run_app`)."""
        gc.collect()
        self.comment_items.now = time()
        self.refresh_panes()

    def arrange_panes(self) -> None:
        """As the panes need it; the search widget gives up its list, then itself, where rows are few."""
        super().arrange_panes()
        if self.searching.open:
            self.search_bar.display = self.roomy
            self.search_bar.chips.display = self.size.height >= LOW
        if self.prompt is not None:
            self.prompt.display = self.roomy

    def _prepare(self) -> None:
        """Once the first screen stands: begin to read, and have the search widget ready."""
        self.searching.warm_up()
        self.searching.start_early()
        if not self.search_bar.is_attached:
            self.mount(self.search_bar, before=self.status_bar)

    def on_unmount(self) -> None:
        """End the background."""
        self.searching.close()

    # Search

    def action_search(self) -> None:
        """Open the search widget."""
        if self.searching.open:
            return
        self.searching.open = True
        self.searching.start()
        if not self.search_bar.is_attached:
            self.mount(self.search_bar, before=self.status_bar)
        self.search_bar.open(
            self.searching.search.query, 2 if self.size.height >= TALL else int(self.size.height >= LOW)
        )
        self.lights_changed()

    def lights_changed(self) -> None:
        """What is lit, or what is searched for, changed."""
        self.searching.changed()
        self.refresh_panes()
        self.show_search()

    def show_search(self) -> None:
        """Bring the search widget, and the status line, up to date."""
        searching = self.searching
        if self.searching.open:
            error = searching.search.error
            entries = searching.wanted(self.screenful(), self.search_bar.typed)
            words = error or searching.account() or "numbers and names"
            self.search_bar.show(entries, words, bool(error), searching.reading())
        self.show_status()

    def screenful(self) -> list[int]:
        """The items on screen, counted as the index does."""
        first = self.comment_items.first_item
        article = {p.item for p in self.article.placed if p is not None and self.article.display}
        comments = {p.item + first for p in self.comments.placed if p is not None and self.comments.display}
        return sorted(article | comments)

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Something was typed or toggled."""
        self.searching.give_way()
        if self.searching.change(message.query):
            self.refresh_panes()
        self.show_search()

    def on_search_bar_kept(self) -> None:
        """Keep the search and go to the nearest match."""
        self.close_search_bar()
        if not self.searching.active:
            self.drop_filter()
            return
        if self.filtering:
            self.apply_filter()
        self.to_match(0)

    def on_search_bar_left(self) -> None:
        """Search for nothing."""
        self.close_search_bar()
        self.action_clear()

    def close_search_bar(self) -> None:
        """Put the widget away and give the keys back."""
        self.search_bar.close()
        self.searching.open = False
        self.activate(self.pane)
        self.lights_changed()

    def on_searching_progress(self, message: Searching.Progress) -> None:
        """The background has got further."""
        if message.counted:
            self.searching.changed()
            if self.filter_waits and not self.searching.open:
                self.apply_filter()
            self.refresh_panes()
        self.show_title()
        self.show_search()

    def to_match(self, direction: int) -> None:
        """Go to the next (1), previous (-1) or nearest (0) match from where the reader is."""
        found = self.searching.step(direction, *self.position())
        if found is None:
            counts = self.searching.counts
            self.tell("No match." if counts is None or counts.exact else "Not found yet: the rest is still being read.")
            return
        if found.wrapped:
            self.tell("From the top again." if direction >= 0 else "From the end again.")
        first = self.comment_items.first_item
        if found.item < first:
            self.show_pane(self.article)
            self.article.reach(found.item, found.start)
        else:
            self.show_pane(self.comments)
            self.reveal(found.item - first)
            if self.comments.outline.hidden[found.item - first]:  # left out by the filter of another search
                self.drop_filter()
                self.reveal(found.item - first)
            self.comments.reach(found.item - first, found.start)
        self.searching.stepped_to = self.position()
        self.refresh_panes()
        self.show_search()

    def show_pane(self, pane: object) -> None:
        """Give a pane the keys if it has not got them."""
        if self.pane is not pane:
            self.activate(self.article if pane is self.article else self.comments)

    def reveal(self, row: int) -> None:
        """Unfold what hides a comment, and the comment itself; remember it for later."""
        tree = self.comments.outline
        folded = [above for above in (row, *tree.ancestors(row)) if tree.folded[above]]
        if folded:
            self.searching.revealed += [above for above in folded if above not in self.searching.revealed]
            self.comments.refold(lambda: tree.unfold_each(folded[::-1]), folded[-1])

    def position(self) -> tuple[int, int]:
        """Where the reader is: the item and the offset in its text."""
        if self.in_article:
            top = self.article.top
            offsets = self.article.painted(top.item).offsets[: top.row + 1]
            return top.item, max([offset for offset in offsets if offset >= 0], default=0)
        return self.comment_items.first_item + self.comments.cursor, 0

    def action_next_match(self) -> None:
        """The next match."""
        self._match_or_say(1)

    def action_previous_match(self) -> None:
        """The previous match."""
        self._match_or_say(-1)

    def _match_or_say(self, direction: int) -> None:
        if self.searching.active:
            self.to_match(direction)
        else:
            self.tell("Nothing is searched for: press / first.")

    def action_clear(self) -> None:
        """Take back one thing: the filter and the search with the folds that it opened, or a peek."""
        if self.folds_before_filter is not None or self.filtering:
            self.drop_filter()
        if self.searching.active or self.searching.search.query.text:
            self.searching.clear()
            self._fold_revealed()
            self.lights_changed()
        elif self.comment_items.peek >= 0:
            self.action_peek()

    def _fold_revealed(self) -> None:
        """Restore the folds that the search has opened."""
        rows, self.searching.revealed = self.searching.revealed, []
        if rows:
            tree = self.comments.outline
            self.comments.refold(lambda: tree.fold_each(rows))

    def on_comments_view_toggled(self, message: CommentsView.Toggled) -> None:
        """What the reader folds or unfolds by hand is not the search's to restore."""
        if message.row in self.searching.revealed:
            self.searching.revealed.remove(message.row)

    def action_lit(self) -> None:
        """Keep numbers and names lit, or not."""
        self.searching.lit = not self.searching.lit
        self.lights_changed()
        self.tell(
            "Numbers and names stay lit." if self.searching.lit else "Numbers and names light up while you search."
        )

    # The filter

    def action_filter(self) -> None:
        """Show only comments that match, with their ancestors; or all again."""
        if self.filtering:
            self.drop_filter()
        elif not len(self.thread):
            self.tell("There are no comments to filter.")
        else:
            self.filtering = True
            if self.searching.active:
                self.apply_filter()
            else:
                self.action_search()

    def apply_filter(self) -> None:
        """Leave out what does not match, as soon as that is known of all comments."""
        matches = self.searching.search.matches
        self.filter_waits = matches is None or not matches.known.exact
        if matches is None or self.filter_waits:
            self.tell("Filtering as soon as all is read …")
            return
        mask = mask_of_comments(matches)
        tree = self.comments.outline
        if not any(mask):
            self.drop_filter()
            self.tell("No comment matches; nothing is left out.")
            return
        if self.folds_before_filter is None:
            self.folds_before_filter = bytes(tree.folded)
        tree.unfold_all()
        self.comments.refold(lambda: tree.show_only(mask))
        self.comments.go(self.comments.cursor)
        self.tell(f"{mask.count(1):,} comments match; \\ or esc shows all again.")

    def drop_filter(self) -> None:
        """Show all comments again, folded as they were."""
        self.filtering = self.filter_waits = False
        folds, self.folds_before_filter = self.folds_before_filter, None
        if folds is not None:
            self.searching.revealed.clear()
            tree = self.comments.outline
            tree.show_only(None)
            self.comments.refold(lambda: tree.fold_where(folds))

    # Links and text

    def action_open_link(self, number: int) -> None:
        """Ask, showing the real address, and open a link."""
        signs = self.pane.link_signs
        if number > len(signs):
            self.tell(f"There is no link {number} here." if signs else "There is no link here.")
        else:
            self.ask_to_open(signs[number - 1].target)

    def action_open_page(self) -> None:
        """Open the article's page; where only the comments have addresses, the comment's."""
        address = self.thread.article.url
        if address is None and len(self.thread):
            address = self.thread.urls[self.comments.cursor]
        if address:
            self.ask_to_open(address)
        else:
            self.tell("The source does not say where this page is.")

    def ask_to_open(self, address: str) -> None:
        """Show where a link really leads, and open it on Enter."""
        real = openable(address, self.thread.article.url)
        if real is None:
            self.tell(f"Only http, https and mailto are opened, not this: {address[:200]}")
        else:
            self.ask(f"Open {real}   enter yes · esc no", lambda _: self._open(real), None)

    def _open(self, address: str) -> None:
        self.tell(outside.open_in_browser(self.app, address))

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
            self.run_worker(lambda: self._save_aside(path), thread=True, group="save")

    def _save_aside(self, path: str) -> None:
        """Save in a thread of its own: a big thread takes long."""
        said = outside.save(self.thread, path)
        self.app.call_from_thread(self.tell, said)

    def action_pipe(self) -> None:
        """Give the comment's text to a command."""
        self.ask("Pipe to:", self._pipe, "")

    def _pipe(self, command: str) -> None:
        if command.strip():
            self.tell(outside.pipe(self.app, command, self.text_here()))
            self.app.refresh(layout=True)

    def ask(self, question: str, answered: Callable[[str], None], initial: str | None) -> None:
        """Ask one thing at the bottom."""
        if self.prompt is not None:
            self.prompt.remove()
        self.prompt = Prompt(question, self.palette, answered, initial, self._asked)
        self.mount(self.prompt, before=self.status_bar)

    def _asked(self) -> None:
        """A question is out of the way."""
        self.prompt = None
        self.activate(self.pane)

    # The program

    def action_help(self) -> None:
        """Show all keys."""
        from rumor_tui.ui.help import HelpScreen

        self.app.push_screen(HelpScreen(self.bindings_list, self.palette))

    def action_palette(self) -> None:
        """Every action by name."""
        from rumor_tui.ui.commands import open_palette

        open_palette(self)

    def action_quit(self) -> None:
        """Leave the filter, or the program."""
        if self.filtering:
            self.drop_filter()
        else:
            self.app.exit()

    def action_quit_now(self) -> None:
        """Leave the program."""
        self.app.exit()

    def action_theme(self, name: str) -> None:
        """Paint in another theme."""
        self.app.theme = name

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.search_bar.restyle(palette)
