"""Where things stand: wrapping, heights of items, and the conversion between a row of the page and an item.

An *item* is one thing of a view (a comment, a piece of the article); a *row* is one line of cells. Nothing
here knows a screen. The pair of conversions is `Rows.top_of` (item -> row) and `Rows.locate` (row -> item).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from rumor_tui.outline import Outline
from rumor_tui.text import cell_len

GROUP = 512
"""Items whose heights are summed together: sums over 512 integers and over n / 512 groups cost about the same."""

_SWAPPED = bytes([1, 0]) + bytes(254)

Line = tuple[int, int]
"""A wrapped line: start and end (not included) in the text, in characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the page named by what stands there, so that it survives folding, resizing and late measuring."""

    item: int
    row: int = 0


# Wrapping


def wrap(text: str, width: int) -> list[Line]:
    """Cut `text` into lines of at most `width` cells (at least 1), at spaces where there are any.

    Newlines break, spaces at a break belong to no line, leading spaces stay. A character wider than
    `width` gets a line of its own. An empty text is one empty line.
    """
    width = max(width, 1)
    lines: list[Line] = []
    start = 0
    while True:
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        _wrap_line(text, start, stop, width, lines)
        if end < 0:
            return lines
        start = end + 1


def _wrap_line(text: str, start: int, stop: int, width: int, lines: list[Line]) -> None:
    """Append the lines of one newline-free stretch."""
    stop = start + len(text[start:stop].rstrip())
    if stop - start <= width and (stop - start) * 2 <= width:
        lines.append((start, stop))
        return
    part = text[start:stop]
    if part.isascii() or all(cell_len(character) == 1 for character in set(part)):
        _wrap_narrow(text, start, stop, width, lines)
    else:
        _wrap_wide(text, start, stop, width, lines)


def _wrap_narrow(text: str, start: int, stop: int, width: int, lines: list[Line]) -> None:
    """Wrap where each character is one cell, so that widths are offsets."""
    while stop - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut < 0 or text[start:cut].isspace():
            cut = start + width
        lines.append((start, cut - (len(text[start:cut]) - len(text[start:cut].rstrip()))))
        start = cut
        while start < stop and text[start] == " ":
            start += 1
    lines.append((start, stop))


def _wrap_wide(text: str, start: int, stop: int, width: int, lines: list[Line]) -> None:
    """Wrap by measuring each character; a line may break before or after a wide one."""
    while start < stop:
        cut, cells, space = start, 0, -1
        while cut < stop:
            size = cell_len(text[cut])
            if cells + size > width and cut > start:
                break
            if text[cut] == " " or size > 1:
                space = cut + 1
            cells += size
            cut += 1
        if cut < stop and text[cut] != " " and space > start and cell_len(text[cut]) == 1:
            cut = space
        while cut < stop and cell_len(text[cut]) == 0:
            cut += 1
        lines.append((start, start + len(text[start:cut].rstrip(" "))))
        start = cut
        while start < stop and text[start] == " ":
            start += 1
    if not lines or stop == 0:
        lines.append((start, stop))


# Heights


def guess_heights(
    lengths: Sequence[int], width: int, rows_around: int, levels: Sequence[int] | None = None, step: int = 0
) -> array[int]:
    """A height for each item from its raw length, before it is wrapped.

    `width` is in cells; `rows_around` are the rows that an item has besides its text; an item at level k has
    k * step cells less. Markup makes a raw body longer than its text, breaks make it taller: the two about
    cancel out, so the length is taken as it is.
    """
    if levels is None:
        wide = max(width, 1)
        return array("i", [rows_around + 1 + length // wide for length in lengths])
    wides = [max(width - level * step, 8) for level in range(max(levels, default=0) + 1)]
    return array("i", [rows_around + 1 + length // wides[level] for length, level in zip(lengths, levels, strict=True)])


class Rows:
    """The heights of all items, in rows, with quick sums.

    `full[i]` is the height of item i when it is open, guessed until it is measured; `shown[i]` is what it
    takes now: 0 where hidden, 1 where folded. The invariant: `shown` and the sums follow from `full` and the
    outline's folds, and whoever changes folds calls `refold` for the rows concerned.
    """

    def __init__(self, heights: array[int], outline: Outline | None = None) -> None:
        self.full = heights
        self.outline = outline
        self.shown = array("i", heights)
        self._sums: list[int] = []
        self.refold(0, len(heights))

    def __len__(self) -> int:
        return len(self.full)

    @property
    def total(self) -> int:
        """The rows of the whole page."""
        return sum(self._sums)

    def refold(self, start: int, end: int) -> None:
        """Take over the outline's folds for the items start .. end."""
        if self.outline is not None:
            hidden, folded = self.outline.hidden[start:end], self.outline.folded[start:end]
            self.shown[start:end] = self._folded(hidden, folded, start, end)
        if not self._sums or end - start > GROUP:
            self._sums = [sum(self.shown[k : k + GROUP]) for k in range(0, len(self.shown), GROUP)]
            return
        for group in range(start // GROUP, min(end // GROUP + 1, len(self._sums))):
            self._sums[group] = sum(self.shown[group * GROUP : (group + 1) * GROUP])

    def _folded(self, hidden: bytearray, folded: bytearray, start: int, end: int) -> array[int]:
        """The heights of a range as the folds have them. All open and all folded, the common cases, run in C."""
        if folded.find(1) < 0 and hidden.find(1) < 0:
            return self.full[start:end]
        if folded.find(0) < 0:
            return array("i", list(hidden.translate(_SWAPPED)))
        heights = zip(hidden, folded, self.full[start:end], strict=True)
        return array("i", [0 if h else 1 if f else rows for h, f, rows in heights])

    def measure(self, item: int, rows: int) -> None:
        """Take the exact height of an open item."""
        if self.full[item] == rows:
            return
        self.full[item] = rows
        folded = self.outline is not None and (self.outline.hidden[item] or self.outline.folded[item])
        if not folded:
            self._sums[item // GROUP] += rows - self.shown[item]
            self.shown[item] = rows

    def top_of(self, item: int) -> int:
        """The row at which an item starts."""
        group = item // GROUP
        return sum(self._sums[:group]) + sum(self.shown[group * GROUP : item])

    def locate(self, row: int) -> Place:
        """What stands at a row of the page; rows outside it are taken as its first or last."""
        row = max(0, row)
        for group, size in enumerate(self._sums):
            if row < size:
                for item in range(group * GROUP, len(self.shown)):
                    if row < self.shown[item]:
                        return Place(item, row)
                    row -= self.shown[item]
            row -= size
        return self.last()

    def last(self) -> Place:
        """The last row of the page."""
        item = self.above(len(self.shown))
        return Place(item, self.shown[item] - 1) if item >= 0 else Place(0, 0)

    def below(self, item: int) -> int:
        """The next item that takes rows, or -1."""
        for k in range(item + 1, len(self.shown)):
            if self.shown[k]:
                return k
            if self.outline is not None:
                return self.outline.next(k)
        return -1

    def above(self, item: int) -> int:
        """The previous item that takes rows, or -1."""
        if self.outline is not None:
            return self.outline.previous(item)
        for k in range(item - 1, -1, -1):
            if self.shown[k]:
                return k
        return -1
