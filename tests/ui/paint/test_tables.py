"""Tables on rows."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.text import cell_len
from rumor_tui.ui.paint.blocks import table_lines


def shown(text: str, width: int = 60, header: bool = True) -> str:
    lines = table_lines(text, width, header)
    rows = ("".join(p if isinstance(p, str) else text[p[0] : p[1]] for p in line) for line in lines)
    return "\n".join(row.rstrip() for row in rows)


def expected(text: str) -> str:
    return dedent(text).strip("\n")


def test_figures_are_aligned_at_their_right_with_their_header() -> None:
    text = "Car\tUnits\tPrice\tChange\n1M\t600\t€ 1,250.50\t+3%\nGP\t1414\t-\t\nX\t7\t$3\t−12.5 %"
    assert shown(text) == expected(
        """
        Car │ Units │      Price │  Change
        ────┼───────┼────────────┼────────
        1M  │   600 │ € 1,250.50 │     +3%
        GP  │  1414 │          - │
        X   │     7 │         $3 │ −12.5 %
        """
    )


def test_one_word_keeps_a_column_at_its_left() -> None:
    assert shown("n\n1\nmany\n300") == "n\n────\n1\nmany\n300"


def test_dashes_alone_are_no_figures() -> None:
    assert shown("long\n-\n--") == "long\n────\n-\n--"


def test_without_a_header_the_first_row_counts_too() -> None:
    assert shown("long\n1", header=False) == "long\n1"
    assert shown("1000\n1", header=False) == "1000\n   1"


def test_rows_may_have_fewer_cells() -> None:
    assert shown("a\tb\tc\nword\n\n\tx") == expected(
        """
        a    │ b │ c
        ─────┼───┼──
        word │   │
             │   │
             │ x │
        """
    )


def test_a_row_costs_what_it_holds_and_not_what_the_longest_one_does() -> None:
    lines = table_lines("\t".join("x" * 64) + "\nx" * 1000, 92, False)
    assert sum(map(len, lines)) <= 2 * 64 + 3 * 1000
    tall = table_lines("\t".join("x" * 63) + "\t" + "x" * 1000, 92, False)
    assert sum(map(len, tall)) <= 2 * 64 + 3 * len(tall)


CELLS = st.text(alphabet="ab 12.%日", max_size=12)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5), st.integers(30, 90), st.booleans())
def test_any_rows_are_equally_wide(rows: list[list[str]], width: int, header: bool) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    lines = table_lines(text, width, header)
    sizes = {sum(cell_len(p if isinstance(p, str) else text[p[0] : p[1]]) for p in line) for line in lines}
    assert len(sizes) == 1
    assert max(sizes) <= width
