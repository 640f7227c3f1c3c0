"""The left pane: the article's title, facts and text as items of a view."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

from rich.segment import Segment

from rumor_tui.discussion_rows import embedded_stubs
from rumor_tui.labels import display_title, format_written, plural
from rumor_tui.layout import Place, guess_heights
from rumor_tui.model import Block, Thread
from rumor_tui.outline import Outline
from rumor_tui.reading.annotated import Annotated, NotAnnotated
from rumor_tui.reading.context import ReadingState
from rumor_tui.reading.effects import Effects
from rumor_tui.reading.highlights import Highlighter, NoHighlights, within
from rumor_tui.reading.position import Reference
from rumor_tui.reading.quotes import ThreadQuotes
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import neutralise_line
from rumor_tui.ui.paint.blocks import Frame, Painted, blank_row, paint_block
from rumor_tui.ui.paint.bodies import Bodies, Placing, Written
from rumor_tui.ui.paint.body import MEASURE, paint_repeats, put_signs, repeat_signs
from rumor_tui.ui.paint.notes import annotation_signs, noted_spans, paint_notes, star_signs
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.items_view import ItemsView


class ArticleItems:
    """Item 0 is the head, item k the k-th piece."""

    outline: Outline | None = None

    def __init__(self, thread: Thread, palette: Palette, reading: ReadingState | None = None) -> None:
        self.reading = reading if reading is not None else ReadingState()
        self.bodies = Bodies()
        self.take(thread)
        self.palette = palette
        self.highlighter: Highlighter = NoHighlights()
        self.quoting = ThreadQuotes(TextIndex(thread))
        self.annotated: Annotated = NotAnnotated()

    def take(self, thread: Thread) -> None:
        """Show this thread's article from now on."""
        self.thread = thread
        self.article = thread.article
        self.bodies.forget()

    def heights(self, width: int) -> array[int]:
        """The guessed heights at a width."""
        pieces = self.article.pieces
        return array("i", [3]) + guess_heights([len(piece) for piece in pieces], min(width, MEASURE) - 2, 1)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        peek = self.reading.article_peek
        start = peek[1].start if peek is not None and peek[0] == item else -1
        words = self.reading.link_words if item == 0 else ""
        annotated = self.annotated.state(item)
        return (
            self.palette.name,
            self.highlighter.state(item),
            self.quoting.state(item),
            annotated,
            start,
            words,
            self.bodies.version(item),
        )

    def paint(self, item: int, width: int) -> Painted:
        """The rows of the head or of a piece."""
        into = Painted()
        frame = Frame(self.palette, width, (Segment(" ", self.palette.text),), 1)
        narrow = Frame(self.palette, max(min(width - 1, MEASURE), 1), frame.before, 1)
        if item == 0:
            self._paint_head(narrow, into)
        else:
            self._paint_with_page_head(item, narrow, into)
        placed = self.annotated.placed(item)
        paint_notes(placed, narrow, into)
        into.add(blank_row(frame))
        if narrow.width < width:
            into.widen(width, self.palette.text)
        signs = repeat_signs(self.quoting.passages(item)) + star_signs(placed)
        put_signs(into, sorted(signs), self.palette)
        return into

    def _paint_with_page_head(self, item: int, frame: Frame, into: Painted) -> None:
        """A piece; where the linked page begins, below a rule and with whose it is."""
        linked = self.article.linked
        begins = linked is not None and not linked.problem and item == linked.first + 1
        if begins:
            paint_block(Block("rule", ""), frame, (), -1, into)
            into.add(blank_row(frame))
        if linked is None or not begins:
            self._paint_piece(item, frame, into)
            return
        facts = _joined(linked.byline, _date_words(linked.published, linked.published_text), linked.url)
        if linked.title:
            self._paint_piece(item, frame, into)
            self._paint_quiet(facts, frame, into)
        else:
            self._paint_quiet(facts, frame, into)
            into.add(blank_row(frame))
            self._paint_piece(item, frame, into)

    def _paint_quiet(self, words: str, frame: Frame, into: Painted) -> None:
        quiet = Frame(self.palette, frame.width, frame.before, 1, self.palette.quiet)
        paint_block(Block("paragraph", words), quiet, (), -1, into)

    def _paint_piece(self, item: int, frame: Frame, into: Painted) -> None:
        """A piece; below the paragraph with the passage that is peeked at, who repeats it."""
        piece, bodies = self.article.pieces[item - 1], self.bodies
        placing = Placing(frame, said=self.quoting.said(item))
        body = bodies.get(item, Written(piece, self.article.format, self.thread.repair), placing)
        spans = [*self.highlighter.spans(item), *self.quoting.spans(item), *noted_spans(self.annotated.placed(item))]
        peek = self.reading.article_peek
        if peek is None or peek[0] != item or body.waits:
            bodies.paint(item, body, placing, spans, into)
            return
        passage, count, offset = peek[1], 0, 0
        while count < len(body.blocks) and offset < passage.end:
            offset += len(body.blocks[count].text) + 2
            count += 1
        bodies.paint(item, body, placing._replace(part=slice(count)), spans, into)
        into.add(blank_row(frame))
        paint_repeats(self.quoting, passage, frame, into)
        if body.blocks[count:]:
            into.add(blank_row(frame))
            bodies.paint(item, body, placing._replace(offset=offset, part=slice(count, None)), spans, into)

    def _paint_head(self, frame: Frame, into: Painted) -> None:
        title = display_title(self.thread) or "(no title)"
        paint_block(Block("heading", title, level=1), frame, within(self.highlighter.spans(0), 0, len(title)), 0, into)
        for words in (self._facts(), self._link_line()):
            if words:
                self._paint_quiet(words, frame, into)

    def _facts(self) -> str:
        article = self.article
        score = None if article.score is None else plural(article.score, "point")
        url = article.url if article.url != article.link else None
        signs = annotation_signs([one for one in self.annotated.placed(0) if one.stretch is None])
        return _joined(article.byline, _date_words(article.published, article.published_text), score, url, signs)

    def _link_line(self) -> str:
        """The page that the post links to, while it is not below, or comments elsewhere, and what becomes of it."""
        article, linked = self.article, self.article.linked
        if not article.link:
            scripted = "some" if self.thread.is_joined else "its"
            words = _joined(f"{scripted} comments are loaded by a script", self.reading.link_words)
            return f"→ {words}" if embedded_stubs(self.thread) else ""
        if linked is None or (linked.problem and self.reading.reads_link):
            return "→ " + _joined(article.link, self.reading.link_words)
        return f"→ {neutralise_line(linked.problem)}" if linked.problem else ""


def _date_words(published: float | None, written: str | None) -> str | None:
    return format_written(published) if published is not None else written


def _joined(*parts: str | None) -> str:
    return " · ".join(neutralise_line(part) for part in parts if part)


class ArticleView(ItemsView):
    """Reads like a pager: there is no cursor, only a place."""

    def __init__(self, items: ArticleItems, *, id: str = "article") -> None:
        super().__init__(items, id=id)
        self.article = items
        self.follow_bodies(items.bodies)

    def settle(self, effects: Effects, kept: Reference) -> None:
        """Show what a command asks of the article; `kept` is where it stood before."""
        if effects.keep_article or effects.restore is not None:
            self.put_back(kept if effects.restore is None else effects.restore[1])
            self.compose_rows()
        if effects.target is not None and effects.target.in_article:
            self.reach(effects.target.item, effects.target.offset or 0)

    def scroll_to_end(self, direction: int) -> None:
        """To the first row (-1), or to the last one (1)."""
        self.top = Place(0, 0) if direction < 0 else self.bottom()
        self.compose_rows()

    def reach(self, item: int, offset: int) -> None:
        """Bring an offset of an item's text into sight."""
        offsets = self.painted(item).offsets
        row = max((y for y, start in enumerate(offsets) if 0 <= start <= offset), default=0)
        self.show(item, row=row)
        self.reached(item, row, offset)
