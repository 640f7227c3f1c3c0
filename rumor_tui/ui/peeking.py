"""What is shown in place, between a comment's header and its text: what it answers, what it quotes, who repeats it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Protocol

from rich.segment import Segment
from textual.strip import Strip

from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Block, Span
from rumor_tui.outline import Outline
from rumor_tui.reading.quotes import Passage, ThreadQuotes
from rumor_tui.reading.state import ReadingState
from rumor_tui.text import cell_len
from rumor_tui.ui.paint import Frame, Painted, blank_row, paint_block
from rumor_tui.ui.theme import Palette

SIGN = "❝"
"""Stands with a count in the margin of a passage that is repeated."""
NEAR = 5
"""Rows in which there is looked for room for that."""
PEEKED = 6
"""Ancestors that a peek shows, the nearest ones; and passages that one shows."""
REPEATS = 12
"""Comments that a peek names of those that repeat a passage."""
CONTEXT = 240
"""Characters that are shown on either side of a passage."""
LONGEST = 1500
"""Characters of a text that are shown."""


class PeekedItems(Protocol):
    """What is asked of the items that a peek is painted among."""

    reading: ReadingState
    quoting: ThreadQuotes
    tree: Outline
    first_item: int

    def author_of(self, row: int) -> str:
        """The author of a comment as shown."""
        ...

    def text_of(self, row: int, most: int) -> str:
        """How the text of a comment starts, up to `most` characters."""
        ...


def paint_peek(items: PeekedItems, row: int, frame: Frame, into: Painted) -> None:
    """Append what is peeked at in a comment, and a blank row."""
    quiet = _quiet(frame)
    if items.reading.peek_at == "answers":
        for block in _answered(items, row):
            paint_block(block, quiet, (), -1, into)
    elif items.reading.peek_at == "quotes":
        for block in _sources(items.quoting, items.first_item + row):
            paint_block(block, quiet, (), -1, into)
    else:
        for passage in items.quoting.passages(items.first_item + row)[:PEEKED]:
            for block in _repeats(items.quoting, passage, items.first_item + row):
                paint_block(block, quiet, (), -1, into)
    into.add(blank_row(frame))


def paint_repeats(quoting: ThreadQuotes, passage: Passage, frame: Frame, into: Painted) -> None:
    """Append who repeats a passage that stands right above."""
    for block in _repeats(quoting, passage, -1):
        paint_block(block, _quiet(frame), (), -1, into)


def _quiet(frame: Frame) -> Frame:
    return Frame(frame.palette, frame.width, frame.before, frame.before_cells, frame.palette.quiet)


def _said(text: str, *strong: tuple[int, int]) -> Block:
    return Block("paragraph", text, tuple(Span(start, end, "strong") for start, end in strong), quote=1)


def _headed(name: str) -> Block:
    return _said(f"{name}:", (0, len(name)))


def _answered(items: PeekedItems, row: int) -> Iterator[Block]:
    """The texts that a comment answers, the oldest first; what its own text tells of that comes last."""
    above = list(islice(_line_above(items, row), PEEKED))
    answer = items.quoting.answer(row)
    if not above and answer is None:
        yield _said("(answers the article)")
    for one in reversed(above):
        yield from _comment(items, one)
    if answer is not None:
        if answer.to not in above:
            yield from _comment(items, answer.to)
        yield _said(f"({items.quoting.answer_words(answer)})")


def _line_above(items: PeekedItems, row: int) -> Iterator[int]:
    """The comments that one answers, the nearest first, also where they are shown flat."""
    parent = items.reading.replies_to or items.tree.parent
    while (row := parent[row]) >= 0:
        yield row


def _comment(items: PeekedItems, row: int) -> Iterator[Block]:
    yield _headed(items.author_of(row) or UNSIGNED)
    yield _said(items.text_of(row, LONGEST) or "(no text)")


def _sources(quoting: ThreadQuotes, item: int) -> Iterator[Block]:
    """The passages that a comment quotes, each with what stands around it."""
    quotes = quoting.quotes(item)
    for quote in quotes[:PEEKED]:
        yield _headed(quoting.title(quote.source))
        yield _in_context(quoting, quote.source, quote.source_start, quote.source_end)
    if len(quotes) > PEEKED:
        yield _said(f"… and {len(quotes) - PEEKED:,} more")


def _in_context(quoting: ThreadQuotes, item: int, start: int, end: int) -> Block:
    """A passage within what stands around it, cut between words."""
    index = quoting.index
    text = index.item_text(item)
    first, last = index.body_start(item), min(end, start + LONGEST)
    begin = max(start - CONTEXT, first)
    if begin > first:
        begin = text.find(" ", begin, start) + 1 or start
    close = min(last + CONTEXT, len(text))
    if close < len(text):
        close = max(text.rfind(" ", last, close), last)
    lead = "… " if begin > first else ""
    words = lead + text[begin:close] + (" …" if close < len(text) else "")
    shift = len(lead) - begin
    return _said(words, (start + shift, last + shift))


def _repeats(quoting: ThreadQuotes, passage: Passage, item: int) -> Iterator[Block]:
    """Who repeats a passage; where it stands in a longer text (an `item` is given), how it begins."""
    if item >= 0:
        text = quoting.index.item_text(item)[passage.start : passage.end]
        yield _said("“" + " ".join(text[:80].split()) + ("…”" if len(text) > 80 else "”"))
    names = [quoting.title(one) for one in passage.items[:REPEATS]]
    rest = len(passage.items) - len(names)
    words = "repeated by " + ", ".join(names) + (f" and {rest:,} more" if rest else "")
    yield _said(words)


def put_signs(into: Painted, passages: Sequence[Passage], palette: Palette) -> None:
    """Put the counts of repeated passages at the right end of their first rows; where that is full, a row below.

    No text moves for them. A row has one count at most: that of the passage that begins in it first.
    """
    if not passages:
        return
    signed: set[int] = set()
    offsets = list(accumulate(into.offsets, max))  # rows without an offset take the one above
    for passage in passages:
        sign = f"{SIGN}{len(passage.items)}"
        at = bisect_right(offsets, passage.start) - 1
        first = bisect_left(offsets, max(offsets[at], 0)) if at >= 0 else len(offsets)
        for y in range(first, min(first + NEAR, len(into.strips))):
            if y in signed:
                continue
            strip = into.strips[y]
            if cell_len(strip.text.rstrip()) + cell_len(sign) + 2 <= strip.cell_length:
                into.strips[y] = _signed(strip, sign, palette)
                signed.add(y)
                break


def _signed(strip: Strip, sign: str, palette: Palette) -> Strip:
    cells = cell_len(sign)
    left = strip.crop(0, strip.cell_length - cells - 1)
    return Strip.join([left, Strip([Segment(sign + " ", palette.accent)], cells + 1)])
