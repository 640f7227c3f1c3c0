"""From raw text and raw spans to canonical blocks: what every format's parser ends in.

Canonical means: the text is neutral; no line of it but code begins or ends in white space or is empty; the spans are
as `spans.py` says; nothing is longer than `MAX_BLOCK`. `BlockBuilder` keeps what Markdown's tokens and HTML's tags
have in common: quotes, lists and tables that open and close around blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from rumor_tui.blocks.spans import canonical_spans, clip_spans, edit_text, shift_spans
from rumor_tui.model import Block, BlockKind, Span
from rumor_tui.text import neutralise

MAX_BLOCK: Final = 8000
"""Characters in a block; a longer one is split, so that nothing giant is ever wrapped at once."""
MAX_DEPTH: Final = 12
"""Levels of quotes and lists; what is nested deeper is shown at this depth."""
MAX_COLUMNS: Final = 64
"""Cells in a row of a table; those beyond are joined in the last one, as no screen is wide enough for them."""
MAX_NUMBER: Final = 999_999_999
"""The highest number of a list's item: CommonMark takes nine digits."""

Cell = tuple[str, list[Span]]
"""A table's cell: its text, and the spans in it."""
Clean = Callable[[str], str]
"""What makes a text neutral: `text.neutralise` for screens, `text.neutralise_for_file` for what is written."""

# The look-behinds keep long runs of white space from being scanned once from each of their characters.
_LINE_EDGES: Final = re.compile(r"(?<!\s)\s*\n\s*")
_CELL_EDGES: Final = re.compile(r"(?:(?<![^\S\n\t])[^\S\n\t]+)?([\n\t])[^\S\n\t]*")
_TRAILING_CELLS: Final = re.compile(r"(?<!\t)\t++(?=\n|\Z)")


def canonical_blocks(
    kind: BlockKind,
    text: str,
    spans: Iterable[Span] = (),
    *,
    level: int = 0,
    quote: int = 0,
    indent: int = 0,
    marker: str = "",
    clean: Clean = neutralise,
) -> Iterator[Block]:
    """The canonical blocks of one paragraph or the like: usually one, none if it is empty, several if it is long."""
    if kind == "code":
        block = Block(kind, _code_lines(clean(text)), (), 0, quote, indent, marker)
        return _split_long(block) if block.text else iter(())
    text, kept = _clean_with_spans(text, list(spans), kind, clean)
    text, kept = _canonical_table(text, kept) if kind == "table" else _trim_lines(text, kept, kind)
    if not text.strip():
        return iter(())
    return _split_long(Block(kind, text, canonical_spans(text, kept, kind == "table"), level, quote, indent, marker))


def _clean_with_spans(text: str, spans: list[Span], kind: BlockKind, clean: Clean) -> Cell:
    """The text made neutral, with its spans. In a table the tabs, which separate the cells, are kept."""
    if _cleaned(text, kind, clean) == text:
        return text, spans
    cuts = {0, len(text), *(span.start for span in spans), *(span.end for span in spans)}
    places = sorted(cuts)
    pieces = [_cleaned(text[a:b], kind, clean) for a, b in pairwise(places)]
    where = dict(zip(places, _offsets(pieces), strict=True))
    joined = "".join(pieces)
    if (again := _cleaned(joined, kind, clean)) != joined:  # Marks heaped up across spans: only hostile text does that.
        return again, []
    return joined, [replace(span, start=where[span.start], end=where[span.end]) for span in spans]


def _code_lines(text: str) -> str:
    """Code without the empty lines around it, with its first line's indentation."""
    text = text.rstrip()
    return text[text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1 :]


def _cleaned(text: str, kind: BlockKind, clean: Clean) -> str:
    return "\t".join(map(clean, text.split("\t"))) if kind == "table" else clean(text)


def _offsets(pieces: Iterable[str]) -> list[int]:
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def _trim_lines(text: str, spans: list[Span], kind: BlockKind) -> Cell:
    """The text without white space around its lines and without empty lines; a heading on one line."""
    stripped = text.strip()
    if stripped != text:
        lead = len(text) - len(text.lstrip())
        spans = clip_spans(spans, lead, lead + len(stripped))
    if "\n" not in stripped:
        return stripped, spans
    new = " " if kind == "heading" else "\n"
    edits = [(m.start(), m.end(), new) for m in _LINE_EDGES.finditer(stripped) if m[0] != new]
    return edit_text(stripped, spans, edits)


def _trim_cells(text: str, spans: list[Span]) -> Cell:
    """The table without white space around its cells."""
    edits = []
    for match in _CELL_EDGES.finditer(f"\n{text}\n"):
        start, end = max(match.start() - 1, 0), min(match.end() - 1, len(text))
        new = match[1] if 0 < match.start(1) <= len(text) else ""
        if text[start:end] != new:
            edits.append((start, end, new))
    return edit_text(text, spans, edits)


def _canonical_table(text: str, spans: list[Span]) -> Cell:
    """A table with trimmed cells, without empty cells at the ends of its rows; but the first row is as long as any.

    Rows are not filled up, as one long row among many short ones would make a small text huge. The first one is:
    Markdown takes the number of columns from it.
    """
    text, spans = _trim_cells(text, spans)
    text, spans = edit_text(text, spans, [(m.start(), m.end(), "") for m in _TRAILING_CELLS.finditer(text)])
    rows = text.split("\n")
    missing = max(row.count("\t") for row in rows) - rows[0].count("\t")
    end = len(rows[0])
    return edit_text(text, spans, [(end, end, "\t" * missing)] if missing else [])


def join_cells(rows: list[list[Cell]]) -> Cell:
    """The text and the spans of a table: rows separated by newlines, cells by tabs, `MAX_COLUMNS` at most."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for row in rows:
        cells = _limit_columns(row)
        for index, (cell, own) in enumerate(cells, 1):
            spans += shift_spans(own, at)
            parts += cell, "\t" if index < len(cells) else "\n"
            at += len(cell) + 1
    return "".join(parts)[:-1], spans


def _limit_columns(row: list[Cell]) -> list[Cell]:
    """The row's cells, those beyond the last column joined in it."""
    if len(row) <= MAX_COLUMNS:
        return row
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for cell, own in row[MAX_COLUMNS - 1 :]:
        if cell:
            spans += shift_spans(own, at)
            parts.append(cell)
            at += len(cell) + 1
    return [*row[: MAX_COLUMNS - 1], (" ".join(parts), spans)]


def _split_long(block: Block) -> Iterator[Block]:
    """The block, or pieces of it no longer than `MAX_BLOCK`, split at white space where there is any."""
    text, at, index = block.text, 0, 0
    if len(text) <= MAX_BLOCK:
        yield block
        return
    going: list[Span] = []
    marker, level = block.marker, block.level
    while at < len(text):
        end, after = _split_place(block, at)
        while index < len(block.spans) and block.spans[index].start < end:
            going.append(block.spans[index])
            index += 1
        piece, spans = _piece(block, at, end, going)
        if piece.strip():
            yield replace(block, text=piece, spans=spans, marker=marker, level=level)
            marker, level = "", level if block.kind == "heading" else 0
        going = [span for span in going if span.end > after]
        at = after


def _piece(block: Block, at: int, end: int, spans: list[Span]) -> tuple[str, tuple[Span, ...]]:
    """The text of a block from `at` to `end`, and the spans in it, both in canonical form."""
    text = block.text[at:end]
    if block.kind == "code":
        return _code_lines(text), ()
    if block.kind == "table":
        text, kept = _canonical_table(text, clip_spans(spans, at, end))
    else:
        at += len(text) - len(text.lstrip())
        text = text.strip()
        kept = clip_spans(spans, at, at + len(text))
    return text, canonical_spans(text, kept, block.kind == "table")


def _split_place(block: Block, at: int) -> tuple[int, int]:
    """The end of the piece that begins at `at`, and the start of the next one."""
    text, limit = block.text, at + MAX_BLOCK - (MAX_COLUMNS if block.kind == "table" else 0)  # `_shaped` adds to it
    if limit >= len(text):
        return len(text), len(text)
    end = text.rfind("\n", at + 1, limit)
    if end < 0 and block.kind not in ("code", "table"):
        end = text.rfind(" ", at + 1, limit)
    return (limit, limit) if end < 0 else (end, end + 1)


@dataclass(slots=True)
class _List:
    number: int | None
    """The number of the next item, or None in a list with bullets."""
    indent: int
    """Cells of indentation around the list."""
    before: str
    """The marker of the item around it, until a block of that item has been added."""


@dataclass(slots=True)
class BlockBuilder:
    """The blocks so far, and the containers that are open around the next one."""

    clean: Clean = neutralise
    blocks: list[Block] = field(default_factory=list)
    quote: int = 0
    lists: list[_List] = field(default_factory=list)
    deeper: int = 0
    """Open lists beyond `MAX_DEPTH`, whose items are shown at that depth."""
    indent: int = 0
    marker: str = ""
    rows: list[list[Cell]] | None = None
    """The current table."""

    def emit(self, kind: BlockKind, text: str, spans: Iterable[Span] = (), level: int = 0) -> None:
        """Add the blocks of a piece of text; the first one takes the marker."""
        quote = min(self.quote, MAX_DEPTH)
        indent, marker = self.indent, self.marker
        self._add(
            canonical_blocks(
                kind, text, spans, level=level, quote=quote, indent=indent, marker=marker, clean=self.clean
            )
        )

    def rule(self) -> None:
        """Add a horizontal rule."""
        self._add([Block("rule", "", quote=min(self.quote, MAX_DEPTH), indent=self.indent, marker=self.marker)])

    def _add(self, blocks: Iterable[Block]) -> None:
        before = len(self.blocks)
        self.blocks += blocks
        if len(self.blocks) > before:
            self.marker = ""
            for open_list in self.lists:
                open_list.before = ""

    def open_list(self, first: int | None) -> None:
        """Begin a list: with bullets, or with numbers from `first` on."""
        if len(self.lists) == MAX_DEPTH:
            self.deeper += 1
        else:
            self.lists.append(_List(first, self.indent, self.marker))

    def close_list(self) -> None:
        """End the innermost list."""
        if self.deeper:
            self.deeper -= 1
        elif self.lists:
            innermost = self.lists.pop()
            self.indent, self.marker = innermost.indent, innermost.before

    def open_item(self, number: int | None = None) -> None:
        """Begin an item of the innermost list; `number` overrides its count."""
        if not self.lists:
            self.open_list(None)
        innermost = self.lists[-1]
        marker = "•"
        if innermost.number is not None:
            number = min(innermost.number if number is None else number, MAX_NUMBER)
            marker = f"{number}."
            innermost.number = number + 1
        self.marker = f"{innermost.before} {marker}".lstrip()
        self.indent = innermost.indent + len(marker) + 1

    def close_item(self) -> None:
        """End the current item."""
        if self.lists and not self.deeper:
            innermost = self.lists[-1]
            self.indent, self.marker = innermost.indent, innermost.before

    def open_row(self) -> None:
        """Begin a row of the current table, if there is one."""
        if self.rows is not None:
            self.rows.append([])

    def close_table(self, header: bool) -> None:
        """Add the current table; a header without text is dropped."""
        rows, self.rows = [row for row in self.rows or [] if row], None
        if header and rows and not any(text.strip() for text, _ in rows[0]):
            rows, header = rows[1:], False
        text, spans = join_cells(rows)
        self.emit("table", text, spans, int(header))
