"""Tables on rows: columns aligned, as wide as the room allows, their cells wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rumor_tui.layout import Line, wrap
from rumor_tui.text import cell_len

Piece = Line | str
"""A part of a row: a stretch of the block's text, or a literal that is not of the text (a table's rules)."""

BETWEEN = " │ "
"""Parts the cells of a row."""

# Figures with their signs, separators and units; a link's sign may follow. Dashes alone stand for "nothing".
_FIGURES = re.compile(r"[\d\s.,:/'’()+\-−–—±~≈<>=%‰°$€£¥₹₩₽₺₿¢↗]*")
_DIGIT = re.compile(r"\d")


class _Columns(NamedTuple):
    """The columns: their widths and where they start, in cells, which align right, and a row of theirs left blank."""

    widths: Sequence[int]
    starts: Sequence[int]
    right: Sequence[bool]
    blank: str


def table_lines(text: str, width: int, header: bool) -> list[list[Piece]]:
    """Rows of a table whose cells are parted by tabs: columns aligned, cells wrapped where it is too wide.

    A row may have fewer cells than another one. Columns of figures are aligned at their right.
    """
    rows = _cells(text)
    natural = _natural(text, rows)
    widths = _shrink(natural, max(width - len(BETWEEN) * (len(natural) - 1), len(natural)))
    starts = list(accumulate((size + len(BETWEEN) for size in widths[:-1]), initial=0))
    right = _figures(text, rows[header:], len(natural))
    columns = _Columns(widths, starts, right, BETWEEN.join(" " * size for size in widths))
    lines: list[list[Piece]] = []
    for n, row in enumerate(rows):
        wrapped = [
            [(start + s, start + e) for s, e in wrap(text[start:end], widths[c])] for c, (start, end) in enumerate(row)
        ]
        lines += [_line(text, parts, columns) for parts in _beside(wrapped)]
        if header and n == 0 and len(rows) > 1:
            lines.append(["─┼─".join("─" * size for size in widths)])
    return lines


def _cells(text: str) -> list[list[Line]]:
    """Where the cells of each row stand in the text."""
    rows: list[list[Line]] = []
    at = 0
    for line in text.split("\n"):
        row: list[Line] = []
        for cell in line.split("\t"):
            row.append((at, at + len(cell)))
            at += len(cell) + 1
        rows.append(row)
    return rows


def _natural(text: str, rows: Sequence[Sequence[Line]]) -> list[int]:
    """The width of each column's widest cell."""
    widths = [1] * max(len(row) for row in rows)
    for row in rows:
        for c, (start, end) in enumerate(row):
            if end > start:
                widths[c] = max(widths[c], cell_len(text[start:end]))
    return widths


def _figures(text: str, rows: Sequence[Sequence[Line]], columns: int) -> list[bool]:
    """Whether a column holds figures in these rows, and nothing else."""
    other, some = [False] * columns, [False] * columns
    for row in rows:
        for c, (start, end) in enumerate(row):
            if end > start and not other[c]:
                other[c] = _FIGURES.fullmatch(text, start, end) is None
                some[c] = some[c] or _DIGIT.search(text, start, end) is not None
    return [found and not words for found, words in zip(some, other, strict=True)]


def _beside(cells: Sequence[Sequence[Line]]) -> Iterator[list[tuple[int, Line]]]:
    """The lines of one row: of each cell that is so tall its column, and the stretch of the text."""
    tall = list(range(len(cells)))
    k = 0
    while tall:
        yield [(c, cells[c][k]) for c in tall]
        k += 1
        tall = [c for c in tall if len(cells[c]) > k]


def _line(text: str, parts: Sequence[tuple[int, Line]], columns: _Columns) -> list[Piece]:
    """The parts in their columns, laid over a blank row."""
    line: list[Piece] = []
    at = 0
    for c, (start, end) in parts:
        # A character wider than its column sticks out of it.
        cells = min(cell_len(text[start:end]), columns.widths[c])
        place = columns.starts[c] + (columns.widths[c] - cells if columns.right[c] else 0)
        if place > at:
            line.append(columns.blank[at:place])
        line.append((start, end))
        at = place + cells
    if at < len(columns.blank):
        line.append(columns.blank[at:])
    return line


def _shrink(natural: Sequence[int], room: int) -> list[int]:
    """Column widths that fit in `room`: the widest columns give way first."""
    widths = [max(size, 1) for size in natural]
    excess = sum(widths) - room
    while excess > 0 and max(widths) > 1:
        widest = max(widths)
        second = max([size for size in widths if size < widest], default=1)
        many = widths.count(widest)
        cut = min(widest - second, max(1, excess // many))
        for c, size in enumerate(widths):
            if size == widest and excess > 0:
                widths[c] -= cut
                excess -= cut
    return widths
