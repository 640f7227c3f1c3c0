"""The comments as items of a view: header, body, guides; one line when folded."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence

from rich.segment import Segment
from textual.strip import Strip

from rumor_tui.blocks import body_text
from rumor_tui.discussion_rows import discussion_rows
from rumor_tui.labels import format_age, format_written
from rumor_tui.layout import guess_heights
from rumor_tui.model import Block, Thread
from rumor_tui.outline import PLATEAU, Outline
from rumor_tui.reading.annotated import Annotated, NotAnnotated
from rumor_tui.reading.context import ReadingState, author_of
from rumor_tui.reading.highlights import Highlighter, NoHighlights
from rumor_tui.reading.memory import Memory
from rumor_tui.reading.missing_replies import TOP, MissingReplies
from rumor_tui.reading.quotes import ThreadQuotes
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import neutralise_line
from rumor_tui.ui.paint.blocks import Frame, Painted, blank_row, clip, paint_block
from rumor_tui.ui.paint.bodies import Bodies, Placing, Written
from rumor_tui.ui.paint.body import MEASURE, paint_peek, put_signs, repeat_signs
from rumor_tui.ui.paint.notes import noted_spans, paint_notes
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.comment_lines import folded_row, header_row, muted_row
from rumor_tui.ui.panes.comment_marks import gone_spans, gone_words, marks_state

CURSOR, CURSOR_IDLE = "▌", "▏"
GUIDE, CHAIN = "│", "┊"
KEPT_DATES = 1_000
"""Comments whose dates, as they are written, are kept."""
LEAST_TEXT = 28
"""Cells that a comment's text gets before indentation stops growing."""


class CommentItems:
    """Item i is row i of the thread. How the reader wants comments to look is in `reading`: the session changes it."""

    def __init__(
        self,
        thread: Thread,
        outline: Outline,
        palette: Palette,
        *,
        now: float,
        reading: ReadingState | None = None,
        missing: MissingReplies | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.reading = reading if reading is not None else ReadingState(in_article=True)
        self.bodies = Bodies()
        self.take(thread, outline, missing if missing is not None else MissingReplies(thread))
        self.palette = palette
        self.memory = memory
        """What is remembered of the thread, where there is a library."""
        self.now = now
        self._aged_at = now
        self.highlighter: Highlighter = NoHighlights()
        self.quoting = ThreadQuotes(TextIndex(thread))
        self.annotated: Annotated = NotAnnotated()

    def take(self, thread: Thread, outline: Outline, missing: MissingReplies) -> None:
        """Show this thread from now on, with its folds and what is missing of it."""
        self.thread = thread
        self.outline: Outline | None = outline
        self.tree = outline
        self.missing = missing
        self._ends_with_missing = TOP in missing
        self._any_missing = bool(missing)
        self.bodies.forget()
        self._ages: dict[int, str] = {}
        self.exact_dates: dict[int, str] = {}
        """By row, the dates in full of comments that were painted lately."""
        self.first_item = len(thread.article.pieces) + 1
        self.original_poster = thread.article.byline
        self.posters = {thread.ids[row]: thread.authors[row] for row in discussion_rows(thread)}
        """Who posted each discussion, by its key."""

    # Geometry

    def heights(self, width: int) -> array[int]:
        """The guessed heights at a width."""
        found = guess_heights(self.thread.lengths, min(width, MEASURE) - 5, 2, self.tree.indent, self.reading.step)
        if self.reading.muted:
            for row, author in enumerate(self.thread.people):
                if author and self.is_muted(row):
                    found[row] = 1
        return found

    def level(self, row: int, width: int) -> int:
        """How many steps a comment is indented at a width."""
        most = max(0, min(PLATEAU, (width - LEAST_TEXT) // self.reading.step))
        return min(self.tree.indent[row], most)

    def mark_cell(self, row: int, width: int) -> int:
        """The cell of a comment's fold mark."""
        return 1 + self.level(row, width) * self.reading.step

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        reading, folded, nth = self.reading, self.tree.folded[item], self.first_item + item
        focus = (2 - reading.in_article) if item == reading.row else 0
        muted = bool(reading.muted) and self.is_muted(item)
        age = None if reading.absolute_dates else self._ages.get(item) if self._aged_at == self.now else None
        return (
            folded,
            focus,
            reading.peek == item and reading.peek_at,
            reading.absolute_dates,
            self._age(item) if age is None else age,
            reading.step,
            self.palette.name,
            self.highlighter.state(nth),
            (folded or muted) and self.highlighter.hits_below(nth, self.first_item + self.tree.end(item)),
            self._ends_with_missing and self._ends(item),
            self.quoting.state(nth),
            self.annotated.state(nth),
            folded and self.annotated.kinds_within(nth, self.first_item + self.tree.end(item)),
            marks_state(self, item),
            muted,
            bool(reading.lens) and self.author_of(item) == reading.lens,
            self.bodies.version(item),
        )

    def _ends(self, item: int) -> bool:
        """Whether what is missing at the top level is told below this comment, the last one in sight."""
        return self._ends_with_missing and item == self.tree.last()

    def is_muted(self, row: int) -> bool:
        """Whether a comment is one line because its author is muted; one by one they may be opened all the same."""
        return bool(self.reading.muted) and self.reading.is_muted(row, self.thread)

    # Painting

    def paint(self, item: int, width: int) -> Painted:
        """The rows of a comment: one when it is folded."""
        into = Painted()
        if self.is_muted(item):
            into.add(muted_row(self, item, width))
        elif self.tree.folded[item]:
            into.add(folded_row(self, item, width))
        else:
            self._paint_open(item, width, into)
        self._paint_end(item, width, into)
        into.widen(width, self.palette.text)
        if not self.tree.folded[item] and not self.is_muted(item):
            put_signs(into, repeat_signs(self.quoting.passages(self.first_item + item)), self.palette)
        return into

    def _paint_open(self, item: int, width: int, into: Painted) -> None:
        into.add(header_row(self, item, width))
        frame = self.frame(item, width, 2)
        if self.reading.peek == item:
            paint_peek(self, item, frame, into)
        if words := gone_words(self, item):
            self._paint_quietly(words, frame, into)
        self._paint_body(item, frame, into)
        paint_notes(self.annotated.placed(self.first_item + item), frame, into)
        if self._any_missing and (words := self.missing.words(item)):
            into.add(blank_row(frame))
            self._paint_quietly(words, frame, into)
        into.add(self._gap(item, width))

    def ordinal(self, row: int) -> int:
        """The comment's 1-based position in page order."""
        return self.reading.ordinal(row)

    def number(self, row: int) -> str:
        """The name of a comment that has no other."""
        return f"#{self.ordinal(row)}"

    def author_of(self, row: int) -> str:
        """The author as shown."""
        return author_of(self.thread, row)

    def lead(self, row: int, width: int, focus: bool = True) -> list[Segment]:
        """The cursor's cell and the guides of the levels above."""
        palette, blank = self.palette, " " * (self.reading.step - 1)
        lead = [Segment(" ", palette.text)]
        if focus and row == self.reading.row:
            idle = self.reading.in_article
            lead = [Segment(CURSOR_IDLE, palette.quiet) if idle else Segment(CURSOR, palette.cursor)]
        return lead + [Segment(GUIDE + blank, palette.guide)] * self.level(row, width)

    def frame(self, row: int, width: int, more: int, *, focus: bool = True) -> Frame:
        """Where the rows below a comment's header stand, `more` cells further in than its fold mark."""
        cells = self.mark_cell(row, width)
        before = (*self.lead(row, width, focus), Segment(" " * more, self.palette.text))
        return Frame(self.palette, max(min(width - 1, MEASURE + cells), 1), before, cells + more)

    def date(self, row: int, exact: bool) -> str:
        """When a comment was written, as far as known."""
        if not exact and (age := self._age_of(row)):
            return age
        date = self.exact_dates.get(row)
        if date is None:
            moment = self.thread.published[row]
            written = self.thread.published_text[row] or ""
            date = clip(neutralise_line(written), 34) if moment is None else format_written(moment)
            if len(self.exact_dates) >= KEPT_DATES:
                self.exact_dates.clear()
            self.exact_dates[row] = date
        return date

    def _age(self, row: int) -> str:
        """How old a comment is, where that is shown: what changes as time goes by."""
        return "" if self.reading.absolute_dates else self._age_of(row)

    def _age_of(self, row: int) -> str:
        """How old a comment is; "" where that is not known."""
        if self._aged_at != self.now or len(self._ages) >= KEPT_DATES:
            self._aged_at = self.now
            self._ages.clear()
        age = self._ages.get(row)
        if age is None:
            moment = self.thread.published[row]
            age = self._ages[row] = "" if moment is None else format_age(moment, self.now)
        return age

    def edit_blocks(self, row: int) -> Sequence[Block]:
        """How the text of a comment was changed, as blocks; none where it was not."""
        edit = self.memory.edited.get(row) if self.memory is not None else None
        if edit is None:
            return ()
        from rumor_tui.ui.paint.edits import edit_blocks

        thread = self.thread
        before, after = (body_text(body, thread.format, thread.repair) for body in (edit.before, thread.bodies[row]))
        return edit_blocks(before, after, edit.since)

    def text_of(self, row: int, most: int) -> str:
        """How a comment's text starts, with its lines."""
        return body_text(self.thread.bodies[row][: 4 * most], self.thread.format, self.thread.repair)[:most]

    def first_words(self, row: int, most: int = 400) -> str:
        """How a comment's text starts, on one line."""
        return " ".join(self.text_of(row, most).split()) or "(no text)"

    def _paint_body(self, row: int, frame: Frame, into: Painted) -> None:
        thread = self.thread
        text = thread.bodies[row]
        if not text.strip():
            if thread.discussion_at(row) is None:
                self._paint_quietly("(deleted)" if thread.deleted[row] else "(no text)", frame, into)
            return
        offset = len(self.author_of(row)) + 1
        item = self.first_item + row
        noted = noted_spans(self.annotated.placed(item))
        spans = [*self.highlighter.spans(item), *self.quoting.spans(item), *noted, *gone_spans(self, row)]
        placing = Placing(frame, offset, self.quoting.said(item))
        body = self.bodies.get(row, Written(text, thread.format, thread.repair), placing)
        self.bodies.paint(row, body, placing, spans, into)

    def _paint_quietly(self, words: str, frame: Frame, into: Painted) -> None:
        """Words of the program's own in the place of a text."""
        quiet = Frame(self.palette, frame.width, frame.before, frame.before_cells, self.palette.quiet)
        paint_block(Block("paragraph", words), quiet, (), -1, into)

    def _paint_end(self, item: int, width: int, into: Painted) -> None:
        """What is missing at the top level, below all that is there."""
        if self._ends(item):
            frame = Frame(self.palette, max(min(width - 1, MEASURE), 1), (Segment(" ", self.palette.text),), 1)
            self._paint_quietly(self.missing.words(TOP), frame, into)
            into.add(blank_row(frame))

    def _gap(self, row: int, width: int) -> Strip:
        """The row below a comment: its guides, and the thread of a conversation that goes on at this level."""
        frame = self.frame(row, width, 0, focus=False)
        if row + 1 < len(self.tree) and self.tree.chained(row + 1):
            link = Segment(CHAIN, self.palette.guide)
            frame = Frame(self.palette, frame.width, (*frame.before, link), frame.before_cells + 1)
        return blank_row(frame)
