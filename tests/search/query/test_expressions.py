from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.query.expressions import SHORT_TEXT, needs_no_timeout
from rumor_tui.search.query.matcher import compile_matcher
from rumor_tui.search.query.query import Case, Query, QueryError, QueryTooSlow


def found(text: str, pattern: str, case: Case = "smart", word: bool = False) -> list[str]:
    return [text[start:end] for start, end in compile_matcher(Query(pattern, case, word, regex=True)).spans(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"\d+", "600 of 1,200", ["600", "1", "200"]),
        (r"colou?r", "Color COLOUR", ["Color", "COLOUR"]),
        (r"Colou?r", "Color COLOUR", ["Color"]),
        (r"\W", "a-B", ["-"]),
        (r"\p{Lu}\w+", "the Big ONE", ["the", "Big", "ONE"]),
        (r"(?P<Word>big)", "BIG", ["BIG"]),
        (r"(?i:Big)|x", "BIG X", ["BIG"]),
        (r"didn't", "DIDN’T", ["DIDN’T"]),
        (r"didn[’]t", "didn't", ["didn't"]),
        (r"Didn't", "Didn’t didn’t", ["Didn’t"]),
        (r"x*", "axxb", ["xx"]),
        (r"(a)|(b)", "ab", ["a", "b"]),
        (r"^b", "a\nb", []),
        (r"(?m)^b", "a\nb", ["b"]),
        (r"(?r)\w", "abc", ["a", "b", "c"]),
        (r" ", "a b", [" "]),
    ],
)
def test_expressions(pattern: str, text: str, expected: list[str]) -> None:
    assert found(text, pattern) == expected


def test_the_toggle_decides_about_case() -> None:
    assert found("Big big", "big", "sensitive") == ["big"]
    assert found("Big big", "B[IJ]G", "insensitive") == ["Big", "big"]


def test_whole_words_hold_for_every_branch() -> None:
    assert found("cat, dog, bobcat, dogs", "cat|dog", word=True) == ["cat", "dog"]


@pytest.mark.parametrize(
    ("pattern", "sentence", "position"),
    [
        ("(rum", 'The expression stops inside a group: a ")" is missing at 5.', 4),
        ("a)", 'The ")" at 2 closes no group.', 1),
        ("[ab", 'The expression stops inside a set: a "]" is missing at 4.', 3),
        ("*a", "The repeat sign at 1 has nothing before it to repeat.", 0),
        ("a**", "The repeat sign at 3 follows another one.", 2),
        ("a{3,1}", "The repeat at 3 counts down: its smaller number comes first.", 2),
        ("ab\\", 'The expression ends in a lone "\\" at 3.', 3),
        ("[z-a]", "The range that ends at 4 runs backwards or has no end.", 4),
        ("(?P<x", 'The name of a group stops short: a ">" is missing at 6.', 5),
        (r"\p{foo}", "The property that ends at 7 is not known.", 7),
        (r"\1", "The group referred to at 3 does not exist.", 2),
        ("(?@)", 'What follows "(?" at 3 is not known.', 2),
    ],
)
def test_faults_are_told_in_a_sentence(pattern: str, sentence: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        compile_matcher(Query(pattern, regex=True))
    assert str(caught.value) == sentence
    assert caught.value.position == position


@pytest.mark.parametrize(
    "pattern", ["(" * 10_000, "(?:" * 3_000, "(?<=" * 2_000, "[" * 10_000], ids=lambda pattern: pattern[:4]
)
def test_deep_nesting_is_refused(pattern: str) -> None:
    with pytest.raises(QueryError):
        compile_matcher(Query(pattern, regex=True))


@pytest.mark.parametrize("pattern", ["a|" * 5_000, "(a|b)" * 2_000, "[ab]?" * 2_000], ids=lambda pattern: pattern[:5])
def test_long_expressions_compile(pattern: str) -> None:
    assert len(compile_matcher(Query(pattern, regex=True)).spans("b")) in (0, 1)


CATASTROPHES = {
    "(a|aa)+$": "a" * 4_000 + "b",
    "(a?){5000}a{5000}": "a" * 5_000,
    "(?R)": "a" * 100,
}


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_catastrophic_expressions_end_in_a_sentence(pattern: str) -> None:
    matcher = compile_matcher(Query(pattern, regex=True))
    with pytest.raises(QueryTooSlow, match="takes too long"):
        matcher.spans(CATASTROPHES[pattern])
    with pytest.raises(QueryTooSlow, match="takes too long"):
        matcher.count(matcher.prepare(CATASTROPHES[pattern]))


def test_nested_repeats_that_can_be_decided_are_not_refused() -> None:
    assert found("a" * 40 + "b", "(a+)+$") == []


PATTERNS = st.text("aAb1.*+?()[]{}|^$\\wWdbB-’<>=!:P,2 ", max_size=14)


@given(
    PATTERNS, st.text("aAb1 ’'\n", max_size=25), st.sampled_from(("smart", "sensitive", "insensitive")), st.booleans()
)
def test_any_expression_is_refused_or_counts_what_it_finds(pattern: str, text: str, case: Case, word: bool) -> None:
    try:
        matcher = compile_matcher(Query(pattern, case, word, regex=True))
        spans = matcher.spans(text)
    except QueryError as error:
        assert str(error).endswith(".")
        return
    assert matcher.count(matcher.prepare(text)) == len(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("pattern", [r"\d+", r"\W+$", r"\w+ly\b", r"[a-z]+x", r"a\.b*", "^a", "[^ab]+", r"\.+"])
def test_simple_expressions_need_no_clock(pattern: str) -> None:
    assert needs_no_timeout(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["a+b+", "(a+)+", "a?b", "a{3}", "(?i)a", r"(a)\1", r"\X+", "a|b", "a++", "a+?", "[[a]]+", r"\p{L}+", "*", ""],
)
def test_other_expressions_are_timed(pattern: str) -> None:
    assert not needs_no_timeout(pattern)


@given(st.text(alphabet="ab 1ly", max_size=30), st.sampled_from([r"\d+", r"\W+$", r"\w+ly\b", "a*", "[^a]+", r".*\b"]))
def test_short_texts_are_counted_as_long_ones(text: str, pattern: str) -> None:
    long = text + "!" * SHORT_TEXT
    for each in (text, long):
        matcher = compile_matcher(Query(pattern, regex=True))
        assert matcher.count(each) == len(list(matcher.find(each)))
