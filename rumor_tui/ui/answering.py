"""The screen's actions for quotes, and for who answers whom."""

from __future__ import annotations

from bisect import bisect_right
from operator import ne
from typing import TYPE_CHECKING

from textual.message import Message

from rumor_tui.model import Thread
from rumor_tui.settings import Settings
from rumor_tui.ui.following import FollowingScreen
from rumor_tui.ui.keys import key_of
from rumor_tui.ui.peeking import Peek
from rumor_tui.ui.quoting import Passage, Quoting, repeated_words
from rumor_tui.ui.searching import Searching
from rumor_tui.ui.theme import Palette
from rumor_tui.words import plural

if TYPE_CHECKING:
    from rumor_tui.arrivals import Services
    from rumor_tui.export.parts import ReplyTo
    from rumor_tui.marks.quotes import Quote

NOT_YET = "Not known yet: the texts are still being compared."


class AnsweringScreen(FollowingScreen, inherit_bindings=False):
    """What these keys do. `written` is the thread as written while the screen shows it as its texts infer it."""

    def __init__(self, thread: Thread, settings: Settings, palette: Palette, services: Services | None = None) -> None:
        super().__init__(thread, settings, palette, services)
        self.written: Thread | None = None
        self._told: Quote | None = None
        self.quoting = Quoting(self.searching.index)
        self.take_talk()

    # What is known

    def take_talk(self) -> None:
        """Take over what is known of who speaks to whom."""
        known = self.searching.knowledge
        if self.written is not None and self.quoting.numbers is not None:
            known.talk = self.quoting.talk  # what texts tell is told by the page's order, not by the inferred one
        self.quoting = Quoting(known.index, known.talk, self.comment_items.numbers)
        self.article_items.quoting = self.comment_items.quoting = self.quoting
        self._told = None

    def on_searching_progress(self, message: Searching.Progress) -> None:
        """The background has got further. (Textual runs the handler below, too.)"""
        self.look_at_talk()

    def on_searching_known(self, message: Message) -> None:
        """More is known of the thread. (Textual runs the handler below, too.)"""
        self.look_at_talk()

    def look_at_talk(self) -> None:
        """Take over what is known of who speaks to whom, if that is news."""
        if self.searching.knowledge.talk is not self.quoting.talk:
            self.take_talk()
            self.article_items.peek = None
            self.refresh_panes()

    @property
    def peeking(self) -> bool:
        """Whether something is shown in place that Escape hides."""
        return self.comment_items.peek >= 0 or self.article_items.peek is not None

    def close_peek(self) -> None:
        """Hide what is peeked at."""
        self._peek_in_article(None)
        if self.comment_items.peek >= 0:
            super().close_peek()

    def action_clear(self) -> None:
        """Take back one thing; what is peeked at in the article comes after what is searched for."""
        nothing = not (self.filtering or self.searching.active or self.searching.search.query.text)
        if nothing and self.article_items.peek is not None:
            self.close_peek()
        else:
            super().action_clear()

    # Quotes

    def action_quotes(self) -> None:
        """Show in place what is quoted here, then who repeats it, then nothing."""
        if self.quoting.talk is None:
            self.tell(NOT_YET)
        elif self.in_article:
            self._next_in_article()
        elif len(self.thread):
            self._next_peek()

    def _next_peek(self) -> None:
        """From one peek of the comment at the cursor to the next."""
        items, row = self.comment_items, self.comments.cursor
        item = items.first_item + row
        some: list[Peek] = ["quotes"] if self.quoting.quotes(item) else []
        if self.quoting.passages(item):
            some.append("repeats")
        if not some:
            self.tell("This comment quotes nothing, and nobody quotes it.")
            return
        now = items.peek_at if items.peek == row else None
        following = some[0] if now not in some else some[-1] if now == "quotes" and len(some) > 1 else None
        self.show_peek(following or "answers", row if following else -1)

    def _next_in_article(self) -> None:
        """From one passage on screen to the next one that is repeated."""
        some = self._passages_on_screen()
        now = self.article_items.peek
        at = some.index(now) + 1 if now in some else 0
        if not some:
            self.close_peek()
            self.tell("Nothing that is on screen is repeated in the comments.")
        elif at < len(some):
            self._peek_in_article(some[at])
            self.tell(f"{repeated_words(some[at][1]).capitalize()}.")
        else:
            self.close_peek()

    def _passages_on_screen(self) -> list[tuple[int, Passage]]:
        """The passages of the article that begin on screen and that comments repeat."""
        view, found = self.article, []
        for item in dict.fromkeys(place.item for place in view.placed if place is not None):
            rows = [place.row for place in view.placed if place is not None and place.item == item]
            offsets = view.painted(item).offsets
            for passage in self.quoting.passages(item):
                begins = max((y for y, start in enumerate(offsets) if 0 <= start <= passage.start), default=0)
                if rows[0] <= begins <= rows[-1]:
                    found.append((item, passage))
        return found

    def _peek_in_article(self, passage: tuple[int, Passage] | None) -> None:
        items, view = self.article_items, self.article
        if items.peek != passage:
            kept = view.reference()
            items.peek = passage
            view.put_back(kept)
            view.compose_rows()

    def action_follow_quote(self) -> None:
        """Go to what is quoted here, or to who repeats it; from there back, and then to the next one that does."""
        if self.quoting.talk is None:
            self.tell(NOT_YET)
            return
        item = -1 if self.in_article or not len(self.thread) else self.comment_items.first_item + self.comments.cursor
        told, quotes = self._told, self.quoting.quotes(item)
        passage = self._passage_here(item)
        came = passage is not None and told in passage.quotes
        if told is not None and told.item == item:
            self._go_to_source(told)
        elif quotes and not came:
            self._go_to_source(quotes[0])
        elif passage is not None:
            self._go_to_repeat(passage, told.item if came and told is not None else -1)
        else:
            self.tell("Nothing is quoted here, and nobody quotes it.")

    def _passage_here(self, item: int) -> Passage | None:
        """The passage, where the reader is, that was followed last; else the one that is peeked at; else the first."""
        some = self._passages_on_screen() if item < 0 else [(item, p) for p in self.quoting.passages(item)]
        followed = next((passage for _, passage in some if self._told in passage.quotes), None)
        if followed is None and self.article_items.peek in some and self.article_items.peek is not None:
            return self.article_items.peek[1]
        return followed or (some[0][1] if some else None)

    def _go_to_source(self, quote: Quote) -> None:
        self._told = quote
        self.show_item(quote.source, quote.source_start)
        passage, key = self.quoting.passage_of(quote), key_of("follow-quote", self.bindings_list)
        again = f"; {key} goes {'on to the next' if len(passage.items) > 1 else 'back'}" if key else ""
        self.tell(f"{repeated_words(passage).capitalize()}{again}.")

    def _go_to_repeat(self, passage: Passage, last: int) -> None:
        """Go to what repeats a passage, after the item `last` and round again."""
        nth = bisect_right(passage.items, last) % len(passage.items)
        self._told = quote = next(quote for quote in passage.quotes if quote.item == passage.items[nth])
        self.show_item(quote.item, quote.start)
        repeat = "repeats" if len(passage.items) == 1 else "repeat"
        self.tell(f"{nth + 1:,} of {plural(len(passage.items), 'comment')} that {repeat} it.")

    # Going somewhere

    def show_item(self, item: int, offset: int = 0) -> None:
        """Give the keys to where an item is, unfold what hides it, and bring an offset of its text into sight."""
        first = self.comment_items.first_item
        if item < first:
            self.show_pane(self.article)
            self.article.reach(item, offset)
        else:
            self.show_pane(self.comments)
            self.unfold_to(item - first)
            self.comments.reach(item - first, offset)

    def unfold_to(self, row: int) -> None:
        """Bring a comment into the open for good: unfold what hides it, and drop a filter that leaves it out."""
        tree = self.comments.outline
        folded = [above for above in (row, *tree.ancestors(row)) if tree.folded[above]]
        if folded:
            self.comments.refold(lambda: tree.unfold_each(folded[::-1]), folded[-1])
        if tree.hidden[row]:
            self.drop_filter()
            folded = [above for above in (row, *tree.ancestors(row)) if tree.folded[above]]
            self.comments.refold(lambda: tree.unfold_each(folded[::-1]))

    # Who answers whom

    def action_parent(self) -> None:
        """The comment that this one answers; where the page does not say, the one that it likely answers."""
        row = self.comments.cursor if len(self.thread) else -1
        answer = self.quoting.answer(row) if row >= 0 else None
        if answer is None or self.comments.outline.parent[row] >= 0:
            super().action_parent()
            return
        self.to_comments()
        self.unfold_to(answer.to)
        self.comments.go(answer.to)
        self.tell(f"It {self.quoting.answer_words(answer)}.")

    def action_tree(self) -> None:
        """Show the tree as its texts infer it, or as written again."""
        if self.written is not None:
            self.show_as_written()
            self.tell("The tree as the page has it.")
        elif self.quoting.talk is None:
            self.tell(NOT_YET)
        else:
            self._show_as_inferred()

    def _show_as_inferred(self) -> None:
        from rumor_tui.search.inferred import inferred_parents, reordered
        from rumor_tui.ui.replacing import Moved, replace_thread

        before = self.thread
        parent = inferred_parents(before.parent, self.quoting.talk.answers if self.quoting.talk is not None else {})
        moves = sum(map(ne, parent, before.parent))
        if not moves:
            self.tell("No comment says whom it answers beyond what the page tells.")
            return
        thread, order = reordered(before, parent)
        self.written = before
        replace_thread(self, thread, Moved(order, order))
        verb = "stands below what it likely answers" if moves == 1 else "stand below what they likely answer"
        self.tell(f"{plural(moves, 'comment')} {verb}.")

    def show_as_written(self) -> None:
        """Show the tree as the page has it, if it is not shown so."""
        from rumor_tui.row_map import invert
        from rumor_tui.ui.replacing import Moved, replace_thread

        if self.written is not None:
            thread, self.written = self.written, None
            replace_thread(self, thread, Moved(invert(self.comment_items.numbers or (), len(thread)), None))

    @property
    def thread_as_written(self) -> Thread:
        """The thread as the page has it."""
        return self.thread if self.written is None else self.written

    def replies_as_written(self) -> dict[int, ReplyTo]:
        """Whom the comments answer as their texts show it, by the rows of the thread as written; as far as known."""
        from rumor_tui.export.parts import ReplyTo

        talk, order = self.searching.knowledge.talk, self.comment_items.numbers
        page = list(range(len(self.thread))) if order is None else order
        answers = talk.answers.values() if talk is not None else ()
        return {page[a.row]: ReplyTo(page[a.to], a.evidence, a.confidence) for a in answers}

    def thread_replaced(self) -> None:
        """The screen holds another state of the thread, or its comments in another order."""

    def told_tree(self) -> str:
        """How the tree was told."""
        return "tree as inferred" if self.written is not None else super().told_tree()
