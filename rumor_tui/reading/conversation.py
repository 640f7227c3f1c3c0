"""The conversation between the comments: what is shown in place, and the way from a quote to its source and back."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from rumor_tui.labels import plural
from rumor_tui.reading.context import Commands, Peek, ReadingContext
from rumor_tui.reading.effects import Target
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.navigate import take_step
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.quotes import Passage, ThreadQuotes, repeated_words
from rumor_tui.reading.worker import Analysis

if TYPE_CHECKING:
    from rumor_tui.marks.conversation.quotes import Quote

NOT_YET = "Not known yet: the texts are still being compared."


class Conversation:
    """Shows and follows quotes and answers; `quotes` is what is known of them."""

    def __init__(self, reading: ReadingContext, folds: Folds, analysis: Analysis) -> None:
        self.reading = reading
        self.folds = folds
        self.analysis = analysis
        self.quotes = ThreadQuotes(analysis.index)
        self._followed: Quote | None = None
        """The quote that was followed last."""

    def remap(self, replacement: Replacement) -> None:
        """Know what is known of the new state; no quote was followed in it."""
        self.take_talk()

    def take_talk(self) -> None:
        """Take over what is known of who speaks to whom."""
        knowledge = self.analysis.knowledge
        self.quotes.take(knowledge.index, knowledge.conversation, self.reading.state.numbers)
        self._followed = None

    def look(self) -> None:
        """Take over what is known of who speaks to whom, if that is news."""
        known, knowledge = self.quotes, self.analysis.knowledge
        if knowledge.conversation is known.conversation:
            return
        if known.conversation is not None and known.numbers is not None:
            knowledge.conversation = (
                known.conversation
            )  # what texts tell is told by the page's order, not by the one that is shown
        self.take_talk()
        self.reading.state.article_peek = None
        self.reading.effects.repaint = True

    # Peeks

    @property
    def peeking(self) -> bool:
        """Whether something is shown in place that Escape hides."""
        return self.reading.state.peek >= 0 or self.reading.state.article_peek is not None

    def show_peek(self, peek_at: Peek | None) -> None:
        """Show something between the header and the text of the comment at the cursor; None hides it again."""
        reading, state = self.reading, self.reading.state
        if self.folds.open_at(state.row):
            reading.effects.target = None  # what is shown in place must not move the header up
        state.peek, state.peek_at = (state.row, peek_at) if peek_at is not None else (-1, "answers")
        reading.effects.keep_place = True
        if reading.effects.target is None:
            reading.effects.target = Target(False, state.row, only_if_hidden=True)

    def _peek_in_article(self, passage: tuple[int, Passage] | None) -> None:
        if self.reading.state.article_peek != passage:
            self.reading.state.article_peek = passage
            self.reading.effects.keep_article = True

    def close_peek(self) -> None:
        """Hide what is shown in place."""
        self._peek_in_article(None)
        if self.reading.state.peek >= 0:
            self.show_peek(None)

    def _peek_answers(self, argument: int) -> None:
        """Show what the comment answers; or hide it again."""
        state = self.reading.state
        if self.reading.in_comments:
            self.show_peek(None if (state.peek, state.peek_at) == (state.row, "answers") else "answers")

    def _peek_quotes(self, argument: int) -> None:
        """Show in place what is quoted here, then who repeats it, then nothing."""
        if self.quotes.conversation is None:
            self.reading.tell(NOT_YET)
        elif self.reading.state.in_article:
            self._next_in_article()
        elif len(self.reading.thread):
            self._next_in_comment()

    def _next_in_comment(self) -> None:
        state = self.reading.state
        item = self.reading.first_item + state.row
        peeks: list[Peek] = ["quotes"] if self.quotes.quotes(item) else []
        if self.quotes.passages(item):
            peeks.append("repeats")
        if not peeks:
            self.reading.tell("This comment quotes nothing, and nobody quotes it.")
            return
        now = state.peek_at if state.peek == state.row else None
        self.show_peek(peeks[0] if now not in peeks else peeks[-1] if now == "quotes" and len(peeks) > 1 else None)

    def _next_in_article(self) -> None:
        """From one passage on screen to the next one that is repeated."""
        passages, now = self._passages_on_screen(), self.reading.state.article_peek
        at = passages.index(now) + 1 if now in passages else 0
        if not passages:
            self.close_peek()
            self.reading.tell("Nothing that is on screen is repeated in the comments.")
        elif at < len(passages):
            self._peek_in_article(passages[at])
            self.reading.tell(f"{repeated_words(passages[at][1]).capitalize()}.")
        else:
            self.close_peek()

    def _passages_on_screen(self) -> list[tuple[int, Passage]]:
        """The passages of the article that begin on screen and that comments repeat."""
        found = []
        for shown in self.reading.viewport.article_on_screen():
            for passage in self.quotes.passages(shown.item):
                begins = max((y for y, start in enumerate(shown.offsets) if 0 <= start <= passage.start), default=0)
                if shown.first <= begins <= shown.last:
                    found.append((shown.item, passage))
        return found

    # Following quotes

    def _follow_quote(self, argument: int) -> None:
        """Go to what is quoted here, or to who repeats it; from there back, and then to the next one that does."""
        reading = self.reading
        if self.quotes.conversation is None:
            reading.tell(NOT_YET)
            return
        item = reading.first_item + reading.state.row if reading.in_comments else -1
        followed, quotes = self._followed, self.quotes.quotes(item)
        passage = self._passage_here(item)
        came_from = followed if followed is not None and passage is not None and followed in passage.quotes else None
        if followed is not None and followed.item == item:
            self._go_to_source(followed)
        elif quotes and came_from is None:
            self._go_to_source(quotes[0])
        elif passage is not None:
            self._go_to_repeat(passage, came_from.item if came_from is not None else -1)
        else:
            reading.tell("Nothing is quoted here, and nobody quotes it.")

    def _passage_here(self, item: int) -> Passage | None:
        """The passage, where the reader is, that was followed last; else the one that is peeked at; else the first."""
        passages = self._passages_on_screen() if item < 0 else [(item, p) for p in self.quotes.passages(item)]
        followed = next((passage for _, passage in passages if self._followed in passage.quotes), None)
        peeked = self.reading.state.article_peek
        if followed is None and peeked is not None and peeked in passages:
            return peeked[1]
        return followed or (passages[0][1] if passages else None)

    def _go_to_source(self, quote: Quote) -> None:
        self._followed = quote
        self.show_item(quote.source, quote.source_start)
        passage, key = self.quotes.passage_of(quote), self.reading.key_of("follow-quote")
        again = f"; {key} goes {'on to the next' if len(passage.items) > 1 else 'back'}" if key else ""
        self.reading.tell(f"{repeated_words(passage).capitalize()}{again}.")

    def _go_to_repeat(self, passage: Passage, last: int) -> None:
        """Go to what repeats a passage, after the item `last` and round again."""
        nth = bisect_right(passage.items, last) % len(passage.items)
        self._followed = quote = next(quote for quote in passage.quotes if quote.item == passage.items[nth])
        self.show_item(quote.item, quote.start)
        repeat = "repeats" if len(passage.items) == 1 else "repeat"
        self.reading.tell(f"{nth + 1:,} of {plural(len(passage.items), 'comment')} that {repeat} it.")

    def show_item(self, item: int, offset: int = 0) -> None:
        """Give the keys to where an item is, unfold what hides it, and bring an offset of its text into sight."""
        reading = self.reading
        row = item - reading.first_item
        if row < 0:
            reading.focus(in_article=True)
            reading.reach_in_article(item, offset)
        else:
            reading.focus(in_article=False)
            self.folds.unhide(row)
            reading.reach(row, offset)

    # Parents

    def go_to_parent(self) -> None:
        """Go to the comment that this one answers; where the page does not say, to the one that it likely answers."""
        reading = self.reading
        row = reading.state.row if len(reading.thread) else -1
        flat = reading.state.replies_to
        if flat is not None and row >= 0 and flat[row] >= 0:
            reading.focus_comments()
            self.folds.unhide(flat[row])
            reading.go(flat[row])
            return
        answer = self.quotes.answer(row) if row >= 0 else None
        above = reading.outline.parent[row] if row >= 0 else -1
        if answer is None or (above >= 0 and reading.thread.discussion_at(above) is None):
            take_step(reading, "parent")
            return
        reading.focus_comments()
        self.folds.unhide(answer.to)
        reading.go(answer.to)
        reading.tell(f"It {self.quotes.answer_words(answer)}.")

    def commands(self) -> Commands:
        """The actions of quotes and answers."""
        return {
            "peek": self._peek_answers,
            "quotes": self._peek_quotes,
            "follow_quote": self._follow_quote,
            "parent": lambda argument: self.go_to_parent(),
            "fold_or_parent": lambda argument: self.folds.fold_or(self.go_to_parent),
        }
