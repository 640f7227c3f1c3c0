"""Tables in canonical form, and what is looked at to get there."""

from __future__ import annotations

from typing import SupportsIndex, overload

from rumor_tui.blocks import parse_body, to_markdown
from rumor_tui.blocks.builder import MAX_BLOCK, MAX_COLUMNS, Cell, canonical_blocks, join_cells
from rumor_tui.blocks.html import last_parts
from rumor_tui.model import Block, Span


def html(*rows: str) -> list[Block]:
    cells = ("".join(f"<td>{cell}" for cell in row.split("|")) for row in rows)
    return parse_body("<table>" + "".join(f"<tr>{row}" for row in cells) + "</table>", "html")


def test_short_rows_stay_short() -> None:
    assert html("a|b|c", "d", "e|f") == [Block("table", "a\tb\tc\nd\ne\tf")]


def test_the_first_row_is_as_long_as_any() -> None:
    assert html("a", "<b>b</b>|c|d") == [Block("table", "a\t\t\nb\tc\td", (Span(4, 5, "strong"),))]


def test_empty_cells_at_the_end_of_a_row_are_left_out_and_others_stay() -> None:
    assert html("a|b|c", "| |d", "|| ", "e||") == [Block("table", "a\tb\tc\n\t\td\n\ne")]


def test_a_text_does_not_grow_by_its_longest_row() -> None:
    cell: Cell = ("x", [])
    text, _ = join_cells([[cell] * 60, *[[cell]] * 1000])
    assert len(text) == 2 * (60 + 1000) - 1


def test_cells_beyond_the_last_column_are_joined_in_it() -> None:
    row = [*["x"] * (MAX_COLUMNS - 1), "y", "", "<i>z</i>"]
    (block,) = html("|".join(row))
    assert block.text.split("\t")[-2:] == ["x", "y z"]
    assert [block.text[span.start : span.end] for span in block.spans] == ["z"]


def test_short_rows_written_as_markdown_read_back() -> None:
    blocks = html("a|b", "c", "|d", "", "e|f|g")
    assert parse_body(to_markdown(blocks), "markdown") == blocks


def test_each_piece_of_a_long_table_has_its_columns() -> None:
    rows = ["a\tb\tc", *["\tbody of a row", "one"] * 800]
    pieces = list(canonical_blocks("table", "\n".join(rows)))
    assert len(pieces) > 1
    for piece in pieces:
        assert len(piece.text) <= MAX_BLOCK
        first, *others = piece.text.split("\n")
        assert first.count("\t") == max(row.count("\t") for row in (first, *others))
        assert set(others) <= {"\tbody of a row", "one"}
    assert parse_body(to_markdown(pieces), "markdown") == pieces


class Reads(list[str]):
    """A list that counts the items read from it."""

    reads = 0

    @overload
    def __getitem__(self, index: SupportsIndex) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> str | list[str]:
        self.reads += 1
        return super().__getitem__(index)


def test_only_the_last_parts_are_looked_at_for_a_link() -> None:
    parts = Reads(["word "] * 1000)
    assert last_parts(parts, 8) == (998, 2)
    assert parts.reads == 2
    assert last_parts(parts, 0) == (1000, 0)
    assert last_parts([], 3) == (0, -3)
