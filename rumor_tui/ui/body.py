"""The body of an article's piece or of a comment on rows: its blocks below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rumor_tui.blocks import parse
from rumor_tui.model import Block, Format, Span
from rumor_tui.ui.marking import within_each
from rumor_tui.ui.paint import Frame, Painted, blank_row, paint_block

SHOWN = 200_000
"""Characters of one body that are shown; of a longer one the rest is told, and copied or exported whole."""
MEASURE = 92
"""Cells of the widest line of text: longer ones are hard to follow with the eye."""


def body_blocks(body: str, format: Format, repair: bool) -> list[Block]:
    """The blocks of a body, of which only the first SHOWN characters are parsed."""
    blocks = parse(body[:SHOWN], format, repair)
    if len(body) > SHOWN:
        blocks.append(
            Block("paragraph", f"… {len(body) - SHOWN:,} more characters, which only a copy or an export holds")
        )
    return blocks


def paint_blocks(blocks: Sequence[Block], frame: Frame, spans: Sequence[Span], offset: int, into: Painted) -> None:
    """Append the rows of blocks, with a blank row between them but inside lists.

    `spans` are in the item's text, of which the blocks' texts, joined by an empty line, start at `offset`.
    """
    before: Block | None = None
    stretches = list(_stretches(blocks, offset))
    for block, (start, _), marks in zip(blocks, stretches, within_each(spans, stretches), strict=True):
        if before is not None and not (before.indent and block.indent):
            into.add(blank_row(frame))
        paint_block(block, frame, marks, start, into)
        before = block


def _stretches(blocks: Sequence[Block], offset: int) -> Iterator[tuple[int, int]]:
    """Where each block's text starts and ends in the item's text."""
    for block in blocks:
        yield offset, offset + len(block.text)
        offset += len(block.text) + 2
