"""Blocks as rows of styled cells: spans in their styles, tables, links, and text cut to fit."""

from __future__ import annotations

import re
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.layout import Line, wrap
from rumor_tui.model import Block, Role, Span
from rumor_tui.text import cell_len
from rumor_tui.ui.paint.theme import Palette

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


@lru_cache(maxsize=8)
def table_lines(text: str, width: int, header: bool) -> Sequence[list[Piece]]:
    """Rows of a table whose cells are parted by tabs: columns aligned, cells wrapped where it is too wide.

    A row may have fewer cells than another one. Columns of figures are aligned at their right. Kept for the next rows
    of the same table: do not modify them.
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


LINK_SIGN = "↗"
"""Stands after each link; where a digit opens the link, that digit stands in its place."""
DIGITS = "¹²³⁴⁵⁶⁷⁸⁹"
QUOTE_BAR = "┃ "
MIN_TEXT = 8
"""Cells that a text always gets, however deep its indentation is."""

_PRIORITY: dict[Role, int] = {
    "current": 0,
    "match": 1,
    "number": 2,
    "name": 2,
    "link": 3,
    "image": 3,
    "code": 4,
    "strike": 5,
    "strong": 6,
    "emphasis": 7,
    "noted": 8,
    "quote": 9,
}


_end = itemgetter(0)


@dataclass(frozen=True, slots=True)
class LinkSign:
    """Where a link's sign stands: the row of the item, the cell in it, and the address that it opens."""

    row: int
    cell: int
    target: str


class LateRows(MutableSequence[Strip]):
    """Strips of which some are painted only when they are asked for: see `late.py`."""

    @abstractmethod
    def widen(self, width: int, style: Style) -> None:
        """Extend all rows to a width."""

    @abstractmethod
    def sign(self, signs: Sequence[tuple[int, str]], palette: Palette) -> None:
        """Have signs stand in the margin of the rows with these offsets: see `body.put_signs`."""


@dataclass(slots=True)
class Painted:
    """An item on rows: a strip for each, and which offset of the item's text each row starts with (-1: none).

    The strips of a long one are painted when they are asked for, and their links are known from then on (`late.py`).
    """

    strips: list[Strip] | LateRows = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    links: list[LinkSign] = field(default_factory=list)

    def add(self, strip: Strip, offset: int = -1) -> None:
        """Append a row."""
        self.strips.append(strip)
        self.offsets.append(offset)

    def widen(self, width: int, style: Style) -> None:
        """Extend all rows to a width."""
        if isinstance(self.strips, list):
            self.strips = [strip.extend_cell_length(width, style) for strip in self.strips]
        else:
            self.strips.widen(width, style)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a text: segments before each row, the width for all, and the styles."""

    palette: Palette
    width: int
    before: tuple[Segment, ...] = ()
    before_cells: int = 0
    base: Style | None = None


@lru_cache(maxsize=512)
def _mixed(palette: Palette, base: Style, roles: tuple[Role, ...]) -> Style:
    """The style of text that has these roles, the most important last."""
    by_role = {
        "current": palette.current,
        "match": palette.match,
        "number": palette.number,
        "name": palette.name_mark,
        "link": palette.link,
        "image": palette.quiet,
        "code": palette.code,
        "strike": Style(strike=True),
        "strong": Style(bold=True),
        "emphasis": Style(italic=True),
        "noted": palette.accent + Style(underline=True),
        "quote": palette.quote,
    }
    style = base
    for role in roles:
        style += by_role[role]
    return style


def runs(length: int, spans: Sequence[Span], palette: Palette, base: Style) -> list[tuple[int, Style]]:
    """Where the style changes: (end, style) for consecutive stretches that cover 0 .. length."""
    if not spans:
        return [(length, base)]
    edges = sorted({length, *(s.start for s in spans), *(s.end for s in spans)} - {0})
    styles: dict[tuple[Role, ...], Style] = {(): base}
    found: list[tuple[int, Style]] = []
    for edge, roles in zip(edges, _roles_at([0, *edges], spans), strict=False):
        if edge > length:
            break
        if roles not in styles:
            styles[roles] = _mixed(palette, base, roles)
        found.append((edge, styles[roles]))
    return found


def _roles_at(places: Sequence[int], spans: Sequence[Span]) -> Iterator[tuple[Role, ...]]:
    """The roles of the text at each of the places, which come in order; the most important last.

    Of roles equally important that comes last whose span begins last. Each role keeps a queue of the spans that began,
    so that no span is looked at again for each place.
    """
    starts = sorted(spans, key=lambda span: span.start)
    queues: dict[Role, deque[tuple[int, int]]] = {}
    k = 0
    for at in places:
        while k < len(starts) and starts[k].start <= at:
            queues.setdefault(starts[k].role, deque()).append((k, starts[k].end))
            k += 1
        for role, queue in list(queues.items()):
            while queue and queue[0][1] <= at:
                queue.popleft()
            if not queue:
                del queues[role]
        yield tuple(queues) if len(queues) < 2 else tuple(sorted(queues, key=lambda r: (-_PRIORITY[r], queues[r][0])))


def with_link_signs(text: str, spans: Sequence[Span]) -> tuple[str, list[Span], list[tuple[int, str]]]:
    """The text with a sign after each link, its spans moved accordingly, and (offset of the sign, address).

    A link that ends within a character ends behind its combining marks, which would otherwise be drawn on the sign.
    """
    spans = list(spans) if text.isascii() else [_past_marks(text, span) for span in spans]
    ends = sorted({(span.end, span.target) for span in spans if span.role == "link" and span.target})
    if not ends:
        return text, spans, []
    parts: list[str] = []
    at = 0
    signs: list[tuple[int, str]] = []
    for shift, (end, target) in enumerate(ends):
        parts += [text[at:end], LINK_SIGN]
        signs.append((end + shift, target))
        at = end
    parts.append(text[at:])
    cuts = [end for end, _ in ends]

    moved = [
        Span(s.start + bisect_right(cuts, s.start), s.end + bisect_left(cuts, s.end), s.role, s.target) for s in spans
    ]
    return "".join(parts), moved, signs


def _past_marks(text: str, span: Span) -> Span:
    """The span, a link's extended by the combining marks that follow it; joiners are none."""
    end = span.end
    while end < len(text) and not text[end].isascii() and text[end] not in "\u200c\u200d" and not cell_len(text[end]):
        end += 1
    return span if span.role != "link" or end == span.end else replace(span, end=end)


ALL = slice(None)


def paint_block(
    block: Block, frame: Frame, marks: Sequence[Span], offset: int, into: Painted, *, rows: slice = ALL
) -> None:
    """Append the rows of one block, or these of them.

    `marks` are spans in the block's own text; `offset` is where that text starts in the item's text, or -1 if it is
    not of that text.
    """
    palette = frame.palette
    if block.kind == "rule":
        cells = max(frame.width - frame.before_cells, 1)
        into.add(_row(frame, [Segment("─" * cells, palette.guide)], cells), offset)
        return
    base = _base_style(block, frame)
    text, spans, signs = with_link_signs(block.text, [*block.spans, *marks])
    stops = runs(len(text), spans, palette, base)
    first, rest, side = _side(block, frame)
    lines = _broken(block, text, frame, side)
    start_row = len(into.strips)
    places = [at for at, _ in signs]
    shown = range(len(lines))[rows]
    for n in shown:
        segments, cells = _line_segments(text, lines[n], stops, base, palette)
        head = list(first if n == 0 else rest)
        begins = offset if offset < 0 else offset + _start(lines[n], places)
        into.add(_row(frame, head + segments, side + cells), begins)
    for row, cell, target in _find(text, lines[rows], signs):
        cell = min(frame.before_cells + side + cell, frame.width - 1)  # a row may be cut short of its sign
        into.links.append(LinkSign(start_row + row, cell, target))


def row_offsets(block: Block, frame: Frame) -> list[int]:
    """Where each row of a block starts in its text, which `paint_block` tells, without painting it."""
    if block.kind == "rule":
        return [0]
    text, _, signs = with_link_signs(block.text, block.spans) if block.spans else (block.text, (), ())
    *_, side = _side(block, frame)
    places = [at for at, _ in signs]
    return [_start(line, places) for line in _broken(block, text, frame, side)]


def _broken(block: Block, text: str, frame: Frame, side: int) -> Sequence[list[Piece]]:
    """The lines of a block's text, right of what stands at its left."""
    room = max(frame.width - frame.before_cells - side, MIN_TEXT if frame.width > MIN_TEXT else 1)
    if block.kind == "table":
        return table_lines(text, room, block.level == 1)
    return [[line] for line in wrap(text, room)]


def _base_style(block: Block, frame: Frame) -> Style:
    palette = frame.palette
    if block.kind == "heading":
        return palette.heading
    if block.kind == "code":
        return palette.code
    if block.quote:
        return palette.quote
    return frame.base or palette.text


def _side(block: Block, frame: Frame) -> tuple[list[Segment], list[Segment], int]:
    """The segments left of a block's first row and of its other rows, and their width in cells."""
    palette = frame.palette
    quote = [Segment(QUOTE_BAR, palette.guide)] * min(block.quote, 6)
    cells = 2 * len(quote)
    indent = min(block.indent, max(0, (frame.width - frame.before_cells - cells) // 2))
    if not indent:
        return quote, quote, cells
    marker = block.marker + " " if block.marker else ""
    marker = marker.rjust(indent) if cell_len(marker) <= indent else marker[:indent]
    rest = [*quote, Segment(" " * indent, frame.palette.text)]
    return [*quote, Segment(marker, palette.quiet)], rest, cells + indent


def blank_row(frame: Frame) -> Strip:
    """A row with nothing on it but what stands before."""
    return _row(frame, [], 0)


def _row(frame: Frame, segments: list[Segment], cells: int) -> Strip:
    """A full row: what stands before, the segments, and blank to the width."""
    used = frame.before_cells + cells
    line = [*frame.before, *segments]
    if used < frame.width:
        line.append(Segment(" " * (frame.width - used), frame.palette.text))
    strip = Strip(line, max(used, frame.width) if used >= frame.width else frame.width)
    return strip if used <= frame.width else Strip(line, used).crop(0, frame.width)


def _line_segments(
    text: str,
    line: Sequence[Piece],
    stops: Sequence[tuple[int, Style]],
    base: Style,
    palette: Palette,
) -> tuple[list[Segment], int]:
    """The segments of a line's pieces and their width in cells."""
    segments: list[Segment] = []
    cells = 0
    for piece in line:
        if isinstance(piece, str):
            segments.append(Segment(piece, palette.guide if piece.strip() else base))
            cells += cell_len(piece)
            continue
        at, end = piece
        cells += cell_len(text[at:end])
        nth = bisect_right(stops, at, key=_end)
        while at < end:
            stop, style = stops[nth]
            segments.append(Segment(text[at : min(stop, end)], style))
            at = stop
            nth += 1
    return segments, cells


def _start(line: Sequence[Piece], signs: Sequence[int]) -> int:
    """Where a line starts in the block's own text, which has none of the signs."""
    start = next((piece[0] for piece in line if not isinstance(piece, str)), 0)
    return start - bisect_left(signs, start)


def _find(
    text: str, lines: Sequence[Sequence[Piece]], signs: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, int, str]]:
    """The line, the cell in it, and the address of each of the signs that stand in these lines; they are (offset,
    address)."""
    if not signs:
        return
    pieces = sorted(_pieces(text, lines))
    for at, target in signs:
        start, end, row, cells = pieces[max(bisect_right(pieces, (at, len(text) + 1)) - 1, 0)]
        if start <= at < end:
            yield row, cells + cell_len(text[start:at]), target


def _pieces(text: str, lines: Sequence[Sequence[Piece]]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, line, cells before it in its line) of all that is of the text."""
    for row, line in enumerate(lines):
        cells = 0
        for piece in line:
            if isinstance(piece, str):
                cells += cell_len(piece)
            else:
                yield *piece, row, cells
                cells += cell_len(text[piece[0] : piece[1]])


def patch(strip: Strip, cell: int, sign: str, style: Style) -> Strip:
    """The strip with one cell replaced."""
    width = strip.cell_length
    return Strip.join([strip.crop(0, cell), Strip([Segment(sign, style)], 1), strip.crop(cell + 1, width)])


def clip(text: str, cells: int) -> str:
    """`text` cut to at most `cells` cells, with an ellipsis where something is missing."""
    if cells <= 0:
        return ""
    if len(text) <= cells and cell_len(text) <= cells:
        return text
    text = text[:cells]
    while text and cell_len(text) > cells - 1:
        over = cell_len(text) - (cells - 1)
        text = text[: len(text) - max(1, over // 2)]
    return text.rstrip() + "…"
