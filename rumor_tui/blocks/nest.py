"""Which quotes and list items a run of blocks stands in: what the flat blocks leave to be inferred.

A block tells how many quotes are around it and how far it is indented, but not whether a quote stands in a list or a
list in a quote. The writers need one nesting that fits; where several do, they read the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rumor_tui.model import Block

Path = tuple[str, ...]
"""The containers round a block, outermost first: a list item's marker, or ">" for a quote."""

QUOTE = ">"


def nested(blocks: Sequence[Block]) -> Iterator[tuple[int, Path]]:
    """For each block, how many of the containers of the block before go on, and the whole path."""
    path: Path = ()
    for nth, block in enumerate(blocks):
        cells = outer_indent(block)
        items = []
        for marker in block.marker.split():
            cells += width(marker)
            items.append((marker, _shared_quotes(blocks, nth, cells)))
        kept = _kept(path, outer_indent(block), items[0][1] if items else block.quote)
        path = path[:kept]
        quotes = path.count(QUOTE)
        for marker, shared in items:
            path += (QUOTE,) * (shared - quotes) + (marker,)
            quotes = max(quotes, shared)
        path += (QUOTE,) * (block.quote - quotes)
        yield kept, path


def width(marker: str) -> int:
    """The cells that an item's text is indented by."""
    return len(marker) + 1


def outer_indent(block: Block) -> int:
    """The indentation of what the block's own items stand in."""
    return block.indent - sum(map(width, block.marker.split()))


def _shared_quotes(blocks: Sequence[Block], nth: int, indent: int) -> int:
    """The quotes round the whole item of this indent that block `nth` begins: what is in the item has all of them."""
    least = blocks[nth].quote
    for at in range(nth + 1, len(blocks)) if least else ():
        block = blocks[at]
        if outer_indent(block) < indent:
            break
        least = min(least, block.quote)
    return least


def _kept(path: Path, indent: int, quotes: int) -> int:
    """The length of the longest beginning of a path that has this indentation and no more than these quotes."""
    best = cells = found = 0
    deepest = 0
    for nth, container in enumerate(path, 1):
        if container == QUOTE:
            found += 1
        else:
            cells += width(container)
        if found > quotes or cells > indent:
            break
        if cells >= deepest:
            best, deepest = nth, cells
    return best
