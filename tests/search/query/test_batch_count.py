"""Counting in many texts at once gives what counting in each does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.query.expressions import compile_expression, required_substring


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        ("google", "google"), ("goo+gle", "goo"), ("colou?r", "colo"), ("a.bcd", "bcd"), ("[abc]def[x]", "def"),
        ("ab|cd", ""), ("(ab)?cd", "cd"), ("(a(bc)d)?ef", "ef"), (r"\bword\b", "word"), (r"\w+ly\b", "ly"),
        (r"\d+", ""),
        ("ab{2}cd", "cd"), ("ab*cd", "cd"), ("(?:ab)?cd", ""), (r"\x41bcd", ""), (r"\p{Lu}bcd", ""), ("[]a]bc", "bc"),
        ("[^]a]bc", "bc"), ("[[:a:]]bc", ""), (r"a\.bc", "bc"), (r"\\abc", "abc"), ("a", ""), ("äbc", "bc"),
        ("ab+c", "ab"),
        (r"(a)bc\1", "bc"), (r"foo\d{3}bar", "foo"),
    ],
)  # fmt: skip
def test_what_every_match_holds(pattern: str, held: str) -> None:
    assert required_substring(pattern) == held


PATTERNS = st.sampled_from(
    ["ab", "a+b", r"\bab\b", "a|b", "(a|ab)b?", "[ab]{2}", r"\w+b", r"a\w", ".b", "a.", "a.*b", r"\d", "(?:a b|b a)",
        r"a\d?",
     r"\b\w", "^a", "a$", r"\s", r"\Ba", "(?<!a)b", "[^a]b", r"\W", ".*.", "a++b", r"b\b|a"]
)  # fmt: skip


@given(PATTERNS, st.lists(st.text("ab 1\n", max_size=6), max_size=80), st.booleans())
def test_many_are_counted_like_each(pattern: str, texts: list[str], word: bool) -> None:
    found = compile_expression(pattern, sensitive=True, word=word)
    if found.count_all is not None:
        assert found.count_all(texts) == list(map(found.count, texts))


@pytest.mark.parametrize(
    ("pattern", "quick"),
    [("ab", True), ("a|b", True), (r"\d+", True), ("(?:a|b)c", True), ("^a", False), ("a$|b", False), (r"\s|b", False),
     ("(?=a)|b", False), ("(?i)a|b", False), ("(?r)a|b", False)],
)  # fmt: skip
def test_which_expressions_may_be_tried_in_many_at_once(pattern: str, quick: bool) -> None:
    assert (compile_expression(pattern, sensitive=True).count_all is not None) == quick
