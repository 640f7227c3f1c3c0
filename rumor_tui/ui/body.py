"""The body of an article's piece or of a comment on rows: its blocks below each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rumor_tui.blocks import parse_body
from rumor_tui.model import Block, Format, Span
from rumor_tui.reading.highlights import within_each
from rumor_tui.reading.quotes import Said
from rumor_tui.ui.paint import Frame, Painted, blank_row, paint_block

SHOWN = 200_000
"""Characters of one body that are shown; of a longer one the rest is told, and copied or exported whole."""
MEASURE = 92
"""Cells of the widest line of text: longer ones are hard to follow with the eye."""

LEAD = 160
"""Characters of the longest line that tells whose words stand below it: a name, a date, and an address."""


def body_blocks(body: str, format: Format, repair: bool) -> list[Block]:
    """The blocks of a body, of which only the first SHOWN characters are parsed."""
    blocks = parse_body(body[:SHOWN], format, repair)
    if len(body) > SHOWN:
        blocks.append(
            Block("paragraph", f"… {len(body) - SHOWN:,} more characters, which only a copy or an export holds")
        )
    return blocks


def paint_blocks(
    blocks: Sequence[Block],
    frame: Frame,
    spans: Sequence[Span],
    offset: int,
    into: Painted,
    *,
    said: Sequence[Said] = (),
) -> None:
    """Append the rows of blocks, with a blank row between them but inside lists.

    `spans` are in the item's text, of which the blocks' texts, joined by an empty line, start at `offset`. A paragraph
    that is nothing but one of the passages in `said`, which come in order, is drawn as a quotation of its author, who
    is named there unless the block before does it.
    """
    before: Block | None = None
    source = -1
    stretches = list(_stretches(blocks, offset))
    for block, (start, _), marks in zip(blocks, stretches, within_each(spans, stretches), strict=True):
        if before is not None and not (before.indent and block.indent):
            into.add(blank_row(frame))
        whole = _whole(block, start, said) if said else None
        if whole is None:
            paint_block(block, frame, marks, start, into)
        else:
            known = whole.source == source or (before is not None and _ascribes(before, whole.author))
            named = _quotation(block, marks, "" if known else whole.author)
            _paint_quotation(named, len(named.text) - len(block.text), frame, start, into)
        before, source = block, -1 if whole is None else whole.source


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


def _paint_quotation(block: Block, lead: int, frame: Frame, offset: int, into: Painted) -> None:
    """Append the rows of a block whose first `lead` characters are not of the item's text."""
    first = len(into.strips)
    paint_block(block, frame, (), 0, into)
    into.offsets[first:] = [offset + max(start - lead, 0) for start in into.offsets[first:]]


def _stretches(blocks: Sequence[Block], offset: int) -> Iterator[tuple[int, int]]:
    """Where each block's text starts and ends in the item's text."""
    for block in blocks:
        yield offset, offset + len(block.text)
        offset += len(block.text) + 2
