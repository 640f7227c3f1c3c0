from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.typography import spellings, straighten, straighten_pattern, variants
from rumor_tui.text import fold


def test_letters_keep_their_case() -> None:
    assert straighten("“Don’t”—NEVER\xa0‘É’ `x`") == "\"Don't\"-NEVER 'É' `x`"


def test_a_dash_makes_no_range_in_an_expression() -> None:
    assert straighten_pattern("[a–z]’") == "[a\\-z]\\'"
    assert straighten_pattern("\\–") == "\\-"


def test_spellings_turn_the_table_round() -> None:
    assert set(spellings()) == {"'", '"', "-", " "}
    assert all(char in spellings()[to] for char, to in variants().items())
    assert all(plain in chars for plain, chars in spellings().items())


@given(st.text(st.characters(exclude_characters="`")))
def test_straight_text_folds_to_the_same(text: str) -> None:
    straight = straighten(text)
    assert len(straight) == len(text)
    assert fold(straight) == fold(text)
    assert straighten(straight) == straight


@given(st.text("aB’´–\xa0 -"))
def test_typography_is_all_that_changes(text: str) -> None:
    for old, new in zip(text, straighten(text), strict=True):
        assert new == variants().get(old, old)
