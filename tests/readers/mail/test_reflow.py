"""Wrapped prose of mail as paragraphs."""

from __future__ import annotations

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.mail.reflow import MIN_WRAP_WIDTH, unwrap_paragraphs
from tests.made_threads import steady

PROSE = (
    "Around six hundred cars, I hear, and no more than that, whatever the dealers were told last week by somebody "
    "who ought to know better; the rest of them go to other countries, and nobody says which."
)


@pytest.mark.parametrize("width", [60, 72, 78])
def test_a_wrapped_paragraph_is_one_line(width: int) -> None:
    assert unwrap_paragraphs(fill(PROSE, width)) == PROSE


def test_quotes_are_joined_at_their_level() -> None:
    quoted = "\n".join(f"> {line}" for line in fill(PROSE, 70).split("\n"))
    answer = fill(PROSE, 72)
    assert unwrap_paragraphs(f"{quoted}\n{answer}\n>> older\n> newer") == f"> {PROSE}\n{PROSE}\n>> older\n> newer"


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\nthat is right.\nAnn",
        "Roses are red and violets are blue and that is all there is\nto say\nof flowers and of what they mean to you",
        "  indented text that is long enough to have been wrapped by it\n  and goes on in a second line of the same",
        "* a first item of a list that is as long as a line of mail may be\n* a second item of it",
        "1. a first item of a list that is as long as a line of mail may be\n2. a second item of it",
        "name = some_function_of_a_long_name(argument, another_argument)\n\nx",
        "Some text.\n-- \nAnn Lee, of the company that has a long name and many words\nand another line of it too",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert unwrap_paragraphs(text) == text


def test_what_follows_a_short_line_is_a_paragraph_of_its_own() -> None:
    assert unwrap_paragraphs(f"Hello Ann,\n\n{fill(PROSE, 72)}\n\nBen") == f"Hello Ann,\n\n{PROSE}\n\nBen"


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "ab ",
        "> ",
        "\n",
        "> \n",
        f"{'> ' * 50}\n",
        f"{'>' * 105}\n",
        f"{'a-' * 50}\n",
        f"a{' ' * 105}\n",
        "a\n",
        "-- \n",
    ],
)
def test_large_nonsense_is_read_in_its_time(piece: str) -> None:
    """A megabyte each; what takes time by its square would take hours."""
    text = piece * (1_000_000 // len(piece))
    assert unwrap_paragraphs(text).split() == text.split()


@steady
@given(st.text(alphabet="ab >\n-*1. \t", max_size=400))
def test_no_word_is_lost_or_moved(text: str) -> None:
    def words(written: str) -> list[str]:
        return written.replace(">", " ").split()

    assert words(unwrap_paragraphs(text)) == words(text)


@steady
@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=9), min_size=30, max_size=80), st.integers(60, 80))
def test_what_a_program_wrapped_is_put_together(written: list[str], width: int) -> None:
    prose = " ".join(written)
    wrapped = fill(prose, width)
    longest = max(map(len, wrapped.split("\n")))
    assert unwrap_paragraphs(wrapped) == (prose if longest >= MIN_WRAP_WIDTH else wrapped)
