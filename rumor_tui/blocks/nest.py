"""Which quotes and list items a run of blocks stands in: what the flat blocks leave to be inferred.

A block tells how many quotes are around it and how far it is indented, but not whether a quote stands in a list or a
list in a quote. The writers need one nesting that fits; where several do, they read the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Block

Path = tuple[str, ...]
"""The containers round a block, outermost first: a list item's marker, or ">" for a quote."""

QUOTE = ">"


def nested(blocks: Sequence[Block]) -> Iterator[tuple[int, Path]]:
    """For each block, how many of the containers of the block before go on, and the whole path."""
    path: Path = ()
    for nth, block in enumerate(blocks):
        markers = tuple(block.marker.split())
        outer = block.indent - sum(map(width, markers))
        shared = _shared_quotes(blocks, nth) if markers else block.quote
        kept = _kept(path, outer, shared)
        start = path[:kept]
        before = (QUOTE,) * (shared - start.count(QUOTE))
        path = (*start, *before, *markers, *(QUOTE,) * (block.quote - shared))
        yield kept, path


def width(marker: str) -> int:
    """The cells that an item's text is indented by."""
    return len(marker) + 1


def _shared_quotes(blocks: Sequence[Block], nth: int) -> int:
    """The quotes round the whole item that block `nth` begins: what lies in the item has at least those."""
    first = blocks[nth]
    least = first.quote
    for at in range(nth + 1, len(blocks)):
        block = blocks[at]
        outer = block.indent - sum(map(width, block.marker.split()))
        if not least or (outer if block.marker else block.indent) < first.indent:
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
