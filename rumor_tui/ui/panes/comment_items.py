"""The comments as items of a view: header, body, guides; one line when folded."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.blocks import body_text
from rumor_tui.discussion_rows import discussion_rows
from rumor_tui.labels import format_age, format_written, plural
from rumor_tui.layout import guess_heights
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Block, Discussion, Thread
from rumor_tui.outline import PLATEAU, Outline
from rumor_tui.reading.context import ReadingState, author_of
from rumor_tui.reading.highlights import Highlighter, NoHighlights, within
from rumor_tui.reading.missing_replies import TOP, MissingReplies
from rumor_tui.reading.quotes import ThreadQuotes
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import Frame, Painted, blank_row, clip, paint_block, runs
from rumor_tui.ui.paint.body import MEASURE, body_blocks, paint_blocks, paint_peek, put_signs
from rumor_tui.ui.paint.theme import Palette

OPEN, FOLDED = "▾", "▸"
CURSOR, CURSOR_IDLE = "▌", "▏"
GUIDE, CHAIN = "│", "┊"
LENS = Style(reverse=True)
"""What is added to the name of the author whose comments are gone through."""
LONGEST_NAME = 30
"""Cells of the name of whom a comment answers."""
KEPT_BLOCKS = 100
"""Comments whose parsed texts are kept: more than a screen shows, so that moving the cursor parses nothing again."""
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
    ) -> None:
        self.reading = reading if reading is not None else ReadingState(in_article=True)
        self.take(thread, outline, missing if missing is not None else MissingReplies(thread))
        self.palette = palette
        self.now = now
        self._aged_at = now
        self.highlighter: Highlighter = NoHighlights()
        self.quoting = ThreadQuotes(TextIndex(thread))

    def take(self, thread: Thread, outline: Outline, missing: MissingReplies) -> None:
        """Show this thread from now on, with its folds and what is missing of it."""
        self.thread = thread
        self.outline: Outline | None = outline
        self.tree = outline
        self.missing = missing
        self._ends_with_missing = TOP in missing
        self._any_missing = bool(missing)
        self._blocks: dict[int, Sequence[Block] | None] = {}
        self._ages: dict[int, str] = {}
        self.exact_dates: dict[int, str] = {}
        """By row, the dates in full of comments that were painted lately."""
        self.first_item = len(thread.article.pieces) + 1
        self.original_poster = thread.article.byline
        self._posters = {thread.ids[row]: thread.authors[row] for row in discussion_rows(thread)}
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
            muted,
            bool(reading.lens) and self.author_of(item) == reading.lens,
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
            into.add(self.muted_row(item, width))
        elif self.tree.folded[item]:
            into.add(self.folded_row(item, width))
        else:
            self._paint_open(item, width, into)
        self._paint_end(item, width, into)
        into.strips = [strip.extend_cell_length(width, self.palette.text) for strip in into.strips]
        if not self.tree.folded[item] and not self.is_muted(item):
            put_signs(into, self.quoting.passages(self.first_item + item), self.palette)
        return into

    def _paint_open(self, item: int, width: int, into: Painted) -> None:
        into.add(self.header_row(item, width))
        frame = self._frame(item, width, 2)
        if self.reading.peek == item:
            paint_peek(self, item, frame, into)
        self._paint_body(item, frame, into)
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

    def _lead(self, row: int, width: int, focus: bool = True) -> list[Segment]:
        """The cursor's cell and the guides of the levels above."""
        palette, blank = self.palette, " " * (self.reading.step - 1)
        lead = [Segment(" ", palette.text)]
        if focus and row == self.reading.row:
            idle = self.reading.in_article
            lead = [Segment(CURSOR_IDLE, palette.quiet) if idle else Segment(CURSOR, palette.cursor)]
        return lead + [Segment(GUIDE + blank, palette.guide)] * self.level(row, width)

    def _frame(self, row: int, width: int, more: int, *, focus: bool = True) -> Frame:
        cells = self.mark_cell(row, width)
        before = (*self._lead(row, width, focus), Segment(" " * more, self.palette.text))
        return Frame(self.palette, max(min(width - 1, MEASURE + cells), 1), before, cells + more)

    def header_row(self, row: int, width: int, *, quiet: bool = False) -> Strip:
        """The first row of an open comment; quiet when it stands in for one that has scrolled away."""
        mark = Segment(OPEN + " ", self.palette.quiet if quiet or row != self.reading.row else self.palette.cursor)
        left = [*self._lead(row, width, focus=not quiet), mark]
        if (about := self.thread.discussion_at(row)) is not None:
            return self._discussion_row(row, about, width, left, quiet=quiet)
        used = self.mark_cell(row, width) + 2
        name = clip(self.author_of(row) or UNSIGNED, max(width - used, 1))
        left += self._author_segments(row, name, quiet)
        used += cell_len(name)
        if self._is_original_poster(row) and used + 3 <= width:
            left.append(Segment(" OP", self.palette.quiet if quiet else self.palette.accent))
            used += 3
        if not quiet and (to := self._answered(row)) and used + cell_len(to) <= width:
            left.append(Segment(to, self.palette.quiet))
            used += cell_len(to)
        return self._with_facts(left, used, self._facts(row), width)

    def _discussion_row(
        self, row: int, about: Discussion, width: int, left: list[Segment], *, quiet: bool = False
    ) -> Strip:
        """The first row of a discussion: where it is and who posted it, points, comments, and when; as much as fits."""
        used = self.mark_cell(row, width) + 2
        label = self._site_label(about, width - used)
        left.append(Segment(label, self.palette.quiet if quiet else self.palette.heading))
        used += cell_len(label)
        facts = self._discussion_facts(row, about)
        facts.append("" if self.tree.folded[row] else self._shown_date(row))
        while facts and used + sum(cell_len(fact) + 3 for fact in facts if fact) > width:
            facts.pop()
        told = "".join(f" · {fact}" for fact in facts if fact)
        name = self._poster(row)
        if name and used + 3 + cell_len(name) + cell_len(told) <= width:
            left += [Segment(" · ", self.palette.guide), *self._author_segments(row, name, quiet)]
            used += 3 + cell_len(name)
        return self._with_facts([*left, Segment(told, self.palette.quiet)], used + cell_len(told), [], width)

    def _poster(self, row: int) -> str:
        """Who posted a discussion; the site stands beside it."""
        return neutralise_line(self.thread.authors[row] or "")

    @staticmethod
    def _site_label(about: Discussion, cells: int) -> str:
        return clip(neutralise_line(about.label) or "a discussion", max(cells, 1))

    def _discussion_facts(self, row: int, about: Discussion) -> list[str]:
        """The points of a discussion, and its comments: how many are there, of how many."""
        score, below = self.thread.scores[row], self.tree.size[row]
        count = plural(below, "comment")
        if about.comments is not None and about.comments > below:
            count = f"{below:,} of {plural(about.comments, 'comment')}"
        return ["" if score is None else plural(score, "point"), count]

    def _answered(self, row: int) -> str:
        """Whom a comment answers, where it does not stand below it; whom it likely answers, where its text tells."""
        flat = self.reading.replies_to
        if flat is not None and flat[row] >= 0:
            if (about := self.thread.discussion_at(flat[row])) is not None:
                return f" ↳ {self._site_label(about, LONGEST_NAME)}"
            return f" ↳ {clip(self.author_of(flat[row]), LONGEST_NAME) or self.number(flat[row])}"
        answer = self.quoting.answer(row)
        if answer is None:
            return ""
        return f" ↳ {clip(self.author_of(answer.to), LONGEST_NAME) or self.number(answer.to)}?"

    def _author_segments(self, row: int, name: str, quiet: bool) -> list[Segment]:
        author = self.author_of(row)
        style = self.palette.quiet if quiet else self.palette.author(author)
        if not author or quiet:
            return [Segment(name, style)]
        if author == self.reading.lens:
            return [Segment(name, self.palette.cursor + LENS)]
        spans = within(self.highlighter.spans(self.first_item + row), 0, len(name))
        return _cut(name, runs(len(name), spans, self.palette, style))

    def _is_original_poster(self, row: int) -> bool:
        """Whether the comment is by the author of the article, or who posted the discussion that it is in."""
        poster, about = self.original_poster, self.thread.discussions[row]
        if about is not None:
            poster = None if self.thread.discussion_at(row) is not None else self._posters.get(about.key)
        return poster is not None and self.thread.authors[row] == poster

    def _facts(self, row: int) -> list[str]:
        """What stands at the right of a header, the most wanted last."""
        thread, below = self.thread, self.tree.size[row]
        score = thread.scores[row]
        return [
            part
            for part in (
                "" if score is None else plural(score, "point"),
                self._shown_date(row),
                plural(below, "reply") if below else "",
                self.number(row),
            )
            if part
        ]

    def _shown_date(self, row: int) -> str:
        """The date in a header; the exact one is kept besides, since the status line tells it of the cursor's."""
        exact = self.date(row, exact=True)
        return exact if self.reading.absolute_dates else self.date(row, exact=False)

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

    def _with_facts(self, left: list[Segment], used: int, facts: Sequence[str], width: int) -> Strip:
        """A row with facts at its right end; those that do not fit are left out, the first ones first."""
        facts = list(facts)
        while facts and used + 2 + sum(map(cell_len, facts)) + 3 * (len(facts) - 1) + 1 > width:
            facts.pop(0)
        right = " · ".join(facts)
        fill = width - used - cell_len(right) - 1
        if right and fill > 0:
            left += [Segment(" " * fill, self.palette.text), Segment(right + " ", self.palette.quiet)]
            used = width
        if used < width:
            left.append(Segment(" " * (width - used), self.palette.text))
        strip = Strip(left, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def folded_row(self, row: int, width: int) -> Strip:
        """The one row of a folded comment: who, how it starts, and how much is inside."""
        palette = self.palette
        mark = Segment(FOLDED + " ", palette.cursor if row == self.reading.row else palette.quiet)
        left = [*self._lead(row, width), mark]
        used = self.mark_cell(row, width) + 2
        facts = self._folded_facts(row)
        if (about := self.thread.discussion_at(row)) is not None:
            label = self._site_label(about, width - used)
            left += [Segment(label, palette.heading), Segment(" · ", palette.guide)]
            used += cell_len(label) + 3
        room = max(width - used - sum(cell_len(f) + 3 for f in facts), 8)
        author = self.author_of(row) or UNSIGNED if about is None else self._poster(row)
        name = clip(author, max(min(room, width - used), 1)) if author else ""
        left += self._author_segments(row, name, False)
        used += cell_len(name)
        words = clip(self.first_words(row), min(room - cell_len(name) - 3, width - used - 4))
        if len(words) > 1:
            left += [Segment(" · " if name else "", palette.guide), Segment(words, palette.quiet)]
            used += 3 + cell_len(words)
        return self._with_facts(left, used, facts, width)

    def muted_row(self, row: int, width: int) -> Strip:
        """The one row of a comment by somebody who is muted; what it answers and who replies stays in sight."""
        palette, item = self.palette, self.first_item + row
        mark = Segment(FOLDED + " ", palette.cursor if row == self.reading.row else palette.quiet)
        used = self.mark_cell(row, width) + 2
        about = self.thread.discussion_at(row)
        site = f"{self._site_label(about, LONGEST_NAME)} · " if about is not None else ""
        words = clip(f"{site}{self.author_of(row)} · muted", max(width - used, 1))
        hits = self.highlighter.hits_below(item, item + 1)
        facts = self._folded_facts(row) if self.tree.folded[row] else [plural(hits, "hit")] if hits else []
        left = [*self._lead(row, width), mark, Segment(words, palette.quiet)]
        return self._with_facts(left, used + cell_len(words), facts, width)

    def _folded_facts(self, row: int) -> list[str]:
        below, about = self.tree.size[row], self.thread.discussion_at(row)
        inside = self._discussion_facts(row, about) if about is not None else [plural(below, "reply") if below else ""]
        hits = self.highlighter.hits_below(self.first_item + row, self.first_item + self.tree.end(row))
        missing = self.missing.within(row, self.tree.end(row)) if about is None or about.comments is None else ""
        facts = (*inside, missing, plural(hits, "hit") if hits else "")
        return [fact for fact in facts if fact]

    def text_of(self, row: int, most: int) -> str:
        """How a comment's text starts, with its lines."""
        return body_text(self.thread.bodies[row][: 4 * most], self.thread.format, self.thread.repair)[:most]

    def first_words(self, row: int, most: int = 400) -> str:
        """How a comment's text starts, on one line."""
        return " ".join(self.text_of(row, most).split()) or "(no text)"

    def _paint_body(self, row: int, frame: Frame, into: Painted) -> None:
        thread = self.thread
        blocks = self._blocks_of(row)
        if blocks is None:
            if thread.discussion_at(row) is not None:
                return
            self._paint_quietly("(deleted)" if thread.deleted[row] else "(no text)", frame, into)
            return
        offset = len(self.author_of(row)) + 1
        item = self.first_item + row
        spans = [*self.highlighter.spans(item), *self.quoting.spans(item)]
        paint_blocks(blocks, frame, spans, offset, into, said=self.quoting.said(item))

    def _blocks_of(self, row: int) -> Sequence[Block] | None:
        """The blocks of a comment's text, kept for the next time that it is painted; None where it has no text."""
        if row not in self._blocks:
            body = self.thread.bodies[row]
            if len(self._blocks) >= KEPT_BLOCKS:
                self._blocks.clear()
            blank = not body.strip()
            self._blocks[row] = None if blank else body_blocks(body, self.thread.format, self.thread.repair)
        return self._blocks[row]

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
        frame = self._frame(row, width, 0, focus=False)
        if row + 1 < len(self.tree) and self.tree.chained(row + 1):
            link = Segment(CHAIN, self.palette.guide)
            frame = Frame(self.palette, frame.width, (*frame.before, link), frame.before_cells + 1)
        return blank_row(frame)


def _cut(text: str, stops: Sequence[tuple[int, Style]]) -> list[Segment]:
    segments: list[Segment] = []
    at = 0
    for stop, style in stops:
        segments.append(Segment(text[at:stop], style))
        at = stop
    return segments
