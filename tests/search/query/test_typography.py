from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.query.matcher import (
    plain_by_variant,
    straighten_expression,
    straighten_typography,
    variants_by_plain,
)
from rumor_tui.text import fold


def test_letters_keep_their_case() -> None:
    assert straighten_typography("“Don’t”—NEVER\xa0‘É’ `x`") == "\"Don't\"-NEVER 'É' `x`"


def test_a_dash_makes_no_range_in_an_expression() -> None:
    assert straighten_expression("[a–z]’") == "[a\\-z]\\'"
    assert straighten_expression("\\–") == "\\-"


def test_spellings_turn_the_table_round() -> None:
    assert set(variants_by_plain()) == {"'", '"', "-", " "}
    assert all(char in variants_by_plain()[to] for char, to in plain_by_variant().items())
    assert all(plain in chars for plain, chars in variants_by_plain().items())


@given(st.text(st.characters(exclude_characters="`")))
def test_straight_text_folds_to_the_same(text: str) -> None:
    straight = straighten_typography(text)
    assert len(straight) == len(text)
    assert fold(straight) == fold(text)
    assert straighten_typography(straight) == straight


@given(st.text("aB’´–\xa0 -"))
def test_typography_is_all_that_changes(text: str) -> None:
    for old, new in zip(text, straighten_typography(text), strict=True):
        assert new == plain_by_variant().get(old, old)
