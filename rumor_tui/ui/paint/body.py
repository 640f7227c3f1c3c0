"""The body of an article or a comment as painted rows, with the quotes and replies that are shown in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice, zip_longest
from typing import NamedTuple, Protocol

from rich.segment import Segment
from textual.strip import Strip

from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Block, Span
from rumor_tui.outline import Outline
from rumor_tui.reading.context import ReadingState
from rumor_tui.reading.highlights import within_each
from rumor_tui.reading.quotes import Passage, Said, ThreadQuotes
from rumor_tui.text import cell_len
from rumor_tui.ui.paint.blocks import ALL, Frame, Painted, blank_row, paint_block, row_offsets
from rumor_tui.ui.paint.theme import Palette

MEASURE = 92
"""Cells of the widest line of text: longer ones are hard to follow with the eye."""

LEAD = 160
"""Characters of the longest line that tells whose words stand below it: a name, a date, and an address."""


class Drawn(NamedTuple):
    """A block as it is drawn: where its text starts in the item's, and whether a blank row follows.

    `author` is None but for a paragraph that repeats another text: then it is whose words to say they are, if needed.
    """

    block: Block
    start: int
    gap: bool
    author: str | None


def drawn_blocks(blocks: Sequence[Block], offset: int, said: Sequence[Said] = ()) -> list[Drawn]:
    """How blocks are drawn whose texts, joined by an empty line, start at `offset` of an item's text.

    There is a blank row between them but inside lists. A paragraph that is nothing but one of the passages in `said`,
    which come in order, is drawn as a quotation of its author, who is named there unless the block before does it.
    """
    found: list[Drawn] = []
    before: Block | None = None
    source = -1
    for block, below in zip_longest(blocks, islice(blocks, 1, None)):
        whole = _whole(block, offset, said) if said else None
        known = whole is not None and (
            whole.source == source or (before is not None and _ascribes(before, whole.author))
        )
        author = None if whole is None else "" if known else whole.author
        found.append(Drawn(block, offset, below is not None and not (block.indent and below.indent), author))
        before, source = block, -1 if whole is None else whole.source
        offset += len(block.text) + 2
    return found


def paint_blocks(
    blocks: Sequence[Block],
    frame: Frame,
    spans: Sequence[Span],
    offset: int,
    into: Painted,
    *,
    said: Sequence[Said] = (),
) -> None:
    """Append the rows of blocks, drawn as `drawn_blocks` tells; `spans` are in the item's text."""
    drawn = drawn_blocks(blocks, offset, said)
    stretches = [(one.start, one.start + len(one.block.text)) for one in drawn]
    for one, marks in zip(drawn, within_each(spans, stretches), strict=True):
        paint_drawn(one, frame, marks, into)
        if one.gap:
            into.add(blank_row(frame))


def paint_drawn(one: Drawn, frame: Frame, marks: Sequence[Span], into: Painted, rows: slice = ALL) -> None:
    """Append the rows of a block, or these of them; `marks` are in its own text."""
    if one.author is None:
        paint_block(one.block, frame, marks, one.start, into, rows=rows)
        return
    named = _quotation(one.block, marks, one.author)
    first, lead = len(into.strips), len(named.text) - len(one.block.text)
    paint_block(named, frame, (), 0, into, rows=rows)
    into.offsets[first:] = [one.start + max(start - lead, 0) for start in into.offsets[first:]]


def drawn_offsets(one: Drawn, frame: Frame) -> list[int]:
    """Where each row of a block starts in the item's text, which `paint_drawn` tells, without painting it."""
    if one.author is None:
        return [one.start + start for start in row_offsets(one.block, frame)]
    named = _quotation(one.block, (), one.author)
    lead = len(named.text) - len(one.block.text)
    return [one.start + max(start - lead, 0) for start in row_offsets(named, frame)]


def _whole(block: Block, start: int, said: Sequence[Said]) -> Said | None:
    """The passage that a paragraph consists of, but for punctuation at its ends."""
    letters = [at for at, letter in enumerate(block.text) if letter.isalnum()] if block.kind == "paragraph" else []
    if not letters:
        return None
    nth = bisect_right(said, start + letters[0], key=lambda passage: passage.start) - 1
    return said[nth] if nth >= 0 and said[nth].end > start + letters[-1] else None


def _ascribes(block: Block, author: str) -> bool:
    """Whether a block ends with the words that tell whose the next one's are: "PMc said:", "PMc:"."""
    line = block.text.rstrip().rpartition("\n")[2]
    return line.endswith(":") and len(line) <= LEAD and author.casefold() in line.casefold()


def _quotation(block: Block, marks: Sequence[Span], author: str) -> Block:
    """A paragraph with a quotation's bar before it and, where one is given, its author."""
    lead = f"{author}: " if author else ""
    cells = len(lead)
    named = [Span(0, cells - 1, "strong")] if author else []
    moved = [replace(span, start=span.start + cells, end=span.end + cells) for span in (*block.spans, *marks)]
    return replace(block, text=lead + block.text, spans=(*named, *moved), quote=max(block.quote, 1))


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

    def edit_blocks(self, row: int) -> Sequence[Block]:
        """How the text of a comment was changed."""
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
    elif items.reading.peek_at == "edit":
        for block in items.edit_blocks(row):
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


def repeat_signs(passages: Sequence[Passage]) -> list[tuple[int, str]]:
    """Where repeated passages begin, and the counts that say how often they are repeated."""
    return [(passage.start, f"{SIGN}{len(passage.items)}") for passage in passages]


def put_signs(into: Painted, signs: Sequence[tuple[int, str]], palette: Palette) -> None:
    """Put signs at the right end of the rows with these offsets, which come in order; where that is full, a row below.

    No text moves for them. A row has one sign at most: that of the first offset in it.
    """
    if not signs:
        return
    if not isinstance(into.strips, list):
        into.strips.sign(signs, palette)
        return
    signed: set[int] = set()
    offsets = list(accumulate(into.offsets, max))  # rows without an offset take the one above
    for start, sign in signs:
        at = bisect_right(offsets, start) - 1
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
