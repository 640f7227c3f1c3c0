"""What Markdown's tokens and HTML's tags have in common: quotes, lists and tables that open and close round blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.model import Block, BlockKind, Span

from .build import MAX_DEPTH, Cell, finish, join_cells

MAX_NUMBER: Final = 999_999_999
"""The highest number of a list's item: CommonMark takes nine digits."""


@dataclass(slots=True)
class _List:
    number: int | None
    """The next item's, or None in a list with bullets."""
    indent: int
    """Cells of indentation around the list."""
    before: str
    """The marker of the item around it, as long as nothing of that item has been shown."""


@dataclass(slots=True)
class Page:
    """The blocks so far, and the containers that are open round the next one."""

    out: list[Block] = field(default_factory=list)
    quote: int = 0
    lists: list[_List] = field(default_factory=list)
    deeper: int = 0
    """Lists open beyond `MAX_DEPTH`: their items stand at that depth."""
    indent: int = 0
    marker: str = ""
    rows: list[list[Cell]] | None = None
    """The table under way."""

    def emit(self, kind: BlockKind, text: str, spans: Iterable[Span] = (), level: int = 0) -> None:
        """Add the blocks of a piece of text; the first one takes the marker."""
        quote = min(self.quote, MAX_DEPTH)
        self._shown(finish(kind, text, spans, level=level, quote=quote, indent=self.indent, marker=self.marker))

    def rule(self) -> None:
        """Add a line across the page."""
        self._shown([Block("rule", "", quote=min(self.quote, MAX_DEPTH), indent=self.indent, marker=self.marker)])

    def _shown(self, blocks: Iterable[Block]) -> None:
        before = len(self.out)
        self.out += blocks
        if len(self.out) > before:
            self.marker = ""
            for own in self.lists:
                own.before = ""

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
            own = self.lists.pop()
            self.indent, self.marker = own.indent, own.before

    def open_item(self, number: int | None = None) -> None:
        """Begin an item of the innermost list; `number` overrules its count."""
        if not self.lists:
            self.open_list(None)
        own = self.lists[-1]
        marker = "•"
        if own.number is not None:
            number = min(own.number if number is None else number, MAX_NUMBER)
            marker = f"{number}."
            own.number = number + 1
        self.marker = f"{own.before} {marker}".lstrip()
        self.indent = own.indent + len(marker) + 1

    def close_item(self) -> None:
        """End the item under way."""
        if self.lists and not self.deeper:
            own = self.lists[-1]
            self.indent, self.marker = own.indent, own.before

    def open_row(self) -> None:
        """Begin a row of the table, if one is under way."""
        if self.rows is not None:
            self.rows.append([])

    def close_table(self, header: bool) -> None:
        """Add the table; a header without text is none."""
        rows, self.rows = [row for row in self.rows or [] if row], None
        if header and rows and not any(text.strip() for text, _ in rows[0]):
            rows, header = rows[1:], False
        text, spans = join_cells(rows)
        self.emit("table", text, spans, int(header))
