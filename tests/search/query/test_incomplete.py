from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.query.parser import missing_part
from rumor_tui.search.query.unparse import quote_text


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (">", "A number is missing after >"),
        ("turbo >=", "A number is missing after >="),
        ("$<", "A number is missing after $<"),
        ('"', 'The quotes are not closed: a " is missing.'),
        ('"abc', 'The quotes are not closed: a " is missing.'),
        ('x -"abc d', 'The quotes are not closed: a " is missing.'),
        ('"a \\"', 'The quotes are not closed: a " is missing.'),
        ('"a "b', 'The quotes are not closed: a " is missing.'),
        ('By:"Michael S', 'The quotes are not closed: a " is missing.'),
        ("/foo(", "The expression is not closed: a / is missing."),
        ("/a|", "The expression is not closed: a / is missing."),
        ("by:gabe -/foo b[", "The expression is not closed: a / is missing."),
        ("foo or", "The alternative is missing after or."),
        ("by:gabe OR ", "The alternative is missing after OR."),
        ("before:2011-1", "A digit is missing after before:2011-1"),
        ("x After:2011-03-2", "A digit is missing after After:2011-03-2"),
    ],
)
def test_what_a_line_lacks(line: str, sentence: str) -> None:
    assert missing_part(line) == sentence


@pytest.mark.parametrize(
    "line",
    [
        "", " ", "600", "turbo", "or", "or a", "a or b", "a order", ">500", "a > b", "-", "->", "=", '""', '"abc"',
        '"a \\\\"', '"a "b"', '5"', '"abc" d', 'foo:"a', "/a|b/", "/a(b)/i x", "/usr/bin", "and/or", "see /r/x (good)",
        "before:2011", "before:2011-01", "before:2011-3", "before:2011-1 x", "after:2011-03-08", "by:gabe", '"or"',
    ],
)  # fmt: skip
def test_a_line_that_is_done_lacks_nothing(line: str) -> None:
    assert missing_part(line) == ""


@given(st.text(st.sampled_from('ab "\\-/(|:or1>~'), max_size=20).filter(str.strip))
def test_quotes_make_a_line_that_is_done_of_any_text(text: str) -> None:
    assert missing_part(quote_text(text)) == ""
