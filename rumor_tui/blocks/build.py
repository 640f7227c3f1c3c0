"""From raw text and raw spans to canonical blocks: what every format's parser ends in.

Canonical means: the text is neutral; no line of it but code begins or ends in white space or is empty; the spans are
as `spans.py` says; nothing is longer than `MAX_BLOCK`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rumor_tui.model import Block, BlockKind, Span
from rumor_tui.text import neutralise

from .spans import clipped, edited, shifted, tidy

MAX_BLOCK: Final = 8000
"""Characters in a block; a longer one is cut, so that nothing giant is ever wrapped at once."""

MAX_DEPTH: Final = 12
"""Quotes and list levels that are told apart; what nests deeper is shown at this depth."""

MAX_COLUMNS: Final = 64
"""Cells in a row of a table; those beyond are joined in the last one, as no screen has room for them apart."""

Cell = tuple[str, list[Span]]
"""A table's cell: its text, and the spans in it."""

# The look-behinds keep long runs of white space from being scanned once from each of their characters.
_LINE_EDGES: Final = re.compile(r"(?<!\s)\s*\n\s*")
_CELL_EDGES: Final = re.compile(r"(?:(?<![^\S\n\t])[^\S\n\t]+)?([\n\t])[^\S\n\t]*")
_NO_MORE_CELLS: Final = re.compile(r"(?<!\t)\t++(?=\n|\Z)")


def finish(
    kind: BlockKind,
    text: str,
    spans: Iterable[Span] = (),
    *,
    level: int = 0,
    quote: int = 0,
    indent: int = 0,
    marker: str = "",
) -> Iterator[Block]:
    """The canonical blocks of one paragraph-like piece: one as a rule, none if it is empty, several if it is long."""
    if kind == "code":
        block = Block(kind, _code_lines(neutralise(text)), (), 0, quote, indent, marker)
        return _cut(block) if block.text else iter(())
    text, kept = _neutral(text, list(spans), kind)
    text, kept = _shaped(text, kept) if kind == "table" else _trimmed(text, kept, kind)
    if not text.strip():
        return iter(())
    return _cut(Block(kind, text, tidy(text, kept, kind == "table"), level, quote, indent, marker))


def _neutral(text: str, spans: list[Span], kind: BlockKind) -> Cell:
    """The text made neutral, the spans moved along. In a table the tabs, which part the cells, stay."""
    if _clean(text, kind) == text:
        return text, spans
    cuts = {0, len(text), *(span.start for span in spans), *(span.end for span in spans)}
    places = sorted(cuts)
    pieces = [_clean(text[a:b], kind) for a, b in pairwise(places)]
    where = dict(zip(places, _offsets(pieces), strict=True))
    joined = "".join(pieces)
    if (again := _clean(joined, kind)) != joined:  # Marks heaped up across spans: only hostile text does that.
        return again, []
    return joined, [replace(span, start=where[span.start], end=where[span.end]) for span in spans]


def _code_lines(text: str) -> str:
    """Code without the empty lines around it, its first line's indentation kept."""
    text = text.rstrip()
    return text[text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1 :]


def _clean(text: str, kind: BlockKind) -> str:
    return "\t".join(map(neutralise, text.split("\t"))) if kind == "table" else neutralise(text)


def _offsets(pieces: Iterable[str]) -> list[int]:
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def _trimmed(text: str, spans: list[Span], kind: BlockKind) -> Cell:
    """Lines without white space at their edges, no empty lines; a heading on one line."""
    stripped = text.strip()
    if stripped != text:
        lead = len(text) - len(text.lstrip())
        spans = clipped(spans, lead, lead + len(stripped))
    if "\n" not in stripped:
        return stripped, spans
    new = " " if kind == "heading" else "\n"
    edits = [(m.start(), m.end(), new) for m in _LINE_EDGES.finditer(stripped) if m[0] != new]
    return edited(stripped, spans, edits)


def _trimmed_cells(text: str, spans: list[Span]) -> Cell:
    """Cells without white space at their edges."""
    edits = []
    for match in _CELL_EDGES.finditer(f"\n{text}\n"):
        start, end = max(match.start() - 1, 0), min(match.end() - 1, len(text))
        new = match[1] if 0 < match.start(1) <= len(text) else ""
        if text[start:end] != new:
            edits.append((start, end, new))
    return edited(text, spans, edits)


def _shaped(text: str, spans: list[Span]) -> Cell:
    """A table with trimmed cells, and no empty ones at the ends of rows but of the first, which is as long as any.

    Rows are not filled up, as one long row among many short ones would make a giant of a small text. The first one is:
    Markdown takes the number of columns from it.
    """
    text, spans = _trimmed_cells(text, spans)
    text, spans = edited(text, spans, [(m.start(), m.end(), "") for m in _NO_MORE_CELLS.finditer(text)])
    rows = text.split("\n")
    missing = max(row.count("\t") for row in rows) - rows[0].count("\t")
    end = len(rows[0])
    return edited(text, spans, [(end, end, "\t" * missing)] if missing else [])


def join_cells(rows: list[list[Cell]]) -> Cell:
    """The text and the spans of a table: rows parted by newlines, cells by tabs, `MAX_COLUMNS` at most."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for row in rows:
        cells = _few(row)
        for nth, (cell, own) in enumerate(cells, 1):
            spans += shifted(own, at)
            parts += cell, "\t" if nth < len(cells) else "\n"
            at += len(cell) + 1
    return "".join(parts)[:-1], spans


def _few(row: list[Cell]) -> list[Cell]:
    """The row's cells, those for which there is no column joined in the last one."""
    if len(row) <= MAX_COLUMNS:
        return row
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for cell, own in row[MAX_COLUMNS - 1 :]:
        if cell:
            spans += shifted(own, at)
            parts.append(cell)
            at += len(cell) + 1
    return [*row[: MAX_COLUMNS - 1], (" ".join(parts), spans)]


def _cut(block: Block) -> Iterator[Block]:
    """The block, or pieces of it no longer than `MAX_BLOCK`, cut at white space where there is any."""
    text, at, nth = block.text, 0, 0
    if len(text) <= MAX_BLOCK:
        yield block
        return
    going: list[Span] = []
    marker, level = block.marker, block.level
    while at < len(text):
        end, after = _cut_place(block, at)
        while nth < len(block.spans) and block.spans[nth].start < end:
            going.append(block.spans[nth])
            nth += 1
        piece, spans = _piece(block, at, end, going)
        if piece.strip():
            yield replace(block, text=piece, spans=spans, marker=marker, level=level)
            marker, level = "", level if block.kind == "heading" else 0
        going = [span for span in going if span.end > after]
        at = after


def _piece(block: Block, at: int, end: int, spans: list[Span]) -> tuple[str, tuple[Span, ...]]:
    """The text of a block from `at` to `end`, and those of the spans that are in it, both in canonical form."""
    text = block.text[at:end]
    if block.kind == "code":
        return _code_lines(text), ()
    if block.kind == "table":
        text, kept = _shaped(text, clipped(spans, at, end))
    else:
        at += len(text) - len(text.lstrip())
        text = text.strip()
        kept = clipped(spans, at, at + len(text))
    return text, tidy(text, kept, block.kind == "table")


def _cut_place(block: Block, at: int) -> tuple[int, int]:
    """Where the piece that begins at `at` ends, and where the next one begins."""
    text, limit = block.text, at + MAX_BLOCK - (MAX_COLUMNS if block.kind == "table" else 0)  # `_shaped` adds to it
    if limit >= len(text):
        return len(text), len(text)
    end = text.rfind("\n", at + 1, limit)
    if end < 0 and block.kind not in ("code", "table"):
        end = text.rfind(" ", at + 1, limit)
    return (limit, limit) if end < 0 else (end, end + 1)
