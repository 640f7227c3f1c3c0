from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.query.matcher import MAX_QUERY, compile_matcher
from rumor_tui.search.query.query import Case, Query, QueryError
from rumor_tui.text import fold, mend

LETTERS = st.text("aAbBéÉ’'‘ -–\n\xa0.“\"_1 \u2003İςΣ", max_size=40)
CASES = st.sampled_from(("smart", "sensitive", "insensitive"))


def found(text: str, query: str, case: Case = "smart", word: bool = False) -> list[str]:
    return [text[start:end] for start, end in compile_matcher(Query(query, case, word)).spans(text)]


@pytest.mark.parametrize("query", ["didn't", "didn’t", "didn ‘t", "didn´t"])
def test_every_apostrophe_finds_every_other(query: str) -> None:
    assert found("Didn’t, didn't and DIDN‘T", query) == ["Didn’t", "didn't", "DIDN‘T"]


def test_broken_typography_is_found_where_it_is_not_mended() -> None:
    assert found("didn ‘t and didn’t", "didn ‘t") == ["didn ‘t", "didn’t"]


def test_a_capital_asks_for_the_same_case() -> None:
    assert found("BMW, bmw and Bmw", "bmw") == ["BMW", "bmw", "Bmw"]
    assert found("BMW, bmw and Bmw", "Bmw") == ["Bmw"]


def test_the_toggle_overrides_smart_case() -> None:
    assert found("BMW bmw", "bmw", "sensitive") == ["bmw"]
    assert found("BMW bmw", "BMW", "insensitive") == ["BMW", "bmw"]


def test_typography_is_folded_even_in_the_same_case() -> None:
    assert found("Didn’t didn’t Didn't", "Didn't") == ["Didn’t", "Didn't"]
    assert found("A–B A-B a–b", "A-B") == ["A–B", "A-B"]
    assert found('“Yes” "Yes" “yes”', "“Yes”") == ["“Yes”", '"Yes"']
    assert found("Of\xa0the", "Of the") == ["Of\xa0the"]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("art", "art, party, start. Art", ["art", "Art"]),
        ("1M", "1M 11M 1Mx 1M’s", ["1M", "1M"]),
        ("$5", "$5 US$5 $50", ["$5", "$5"]),
        ("the end", "the  end, bathe end, the ending", ["the  end"]),
        ("_a", "_a b_a", ["_a"]),
        ("é", "é né", ["é"]),
    ],
)
def test_whole_words(query: str, text: str, expected: list[str]) -> None:
    assert found(text, query, word=True) == expected


def test_space_runs_over_line_ends_but_not_over_blocks() -> None:
    assert found("will  be, will\n  be, will \nbe", "will be") == ["will  be", "will\n  be", "will \nbe"]
    assert found("will\n\nbe", "will be") == []


def test_space_at_the_edges_counts() -> None:
    assert found("the then the\nthe", "the ") == ["the ", "the\n"]
    assert found("the bathe", " bathe") == [" bathe"]


@pytest.mark.parametrize("query", [Query(), Query("  "), Query("", regex=True), Query("\xa0", word=True)])
def test_a_blank_query_finds_nothing(query: Query) -> None:
    matcher = compile_matcher(query)
    assert query.blank
    assert matcher.spans("some text  ") == []
    assert matcher.count(matcher.prepare("some text  ")) == 0


def test_a_long_run_of_space_is_looked_through_once() -> None:
    text = "a" + " " * 100_000 + "c"
    assert found(text, "a b") == []
    assert found(text, " b ") == []
    assert found(text, "a c") == [text]


def test_a_query_beyond_the_limit_is_refused() -> None:
    with pytest.raises(QueryError, match="longer than 10,000"):
        compile_matcher(Query("a" * (MAX_QUERY + 1)))
    assert len(compile_matcher(Query("a" * MAX_QUERY)).spans("a" * MAX_QUERY)) == 1


@given(LETTERS, LETTERS, CASES, st.booleans())
def test_what_is_lit_is_what_is_counted(text: str, typed: str, case: Case, word: bool) -> None:
    matcher = compile_matcher(Query(typed, case, word))
    spans = matcher.spans(text)
    assert matcher.count(matcher.prepare(text)) == len(spans)
    assert len(matcher.prepare(text)) == len(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    if matcher.folded:
        assert matcher.prepare(text) == fold(text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text))


@given(LETTERS, LETTERS, CASES, st.booleans())
def test_a_match_reads_like_the_query(text: str, typed: str, case: Case, word: bool) -> None:
    wanted = {squeezed(typed), squeezed(mend(typed))}
    assert all(squeezed(match) in wanted for match in found(text, typed, case, word))


@given(st.text("aAbB’'–-", max_size=30), st.text("ab'-", min_size=1, max_size=3))
def test_a_query_without_space_finds_all_that_folds_to_it(text: str, typed: str) -> None:
    expected = [(match.start(), match.end()) for match in re.finditer(re.escape(typed), fold(text))]
    assert compile_matcher(Query(typed)).spans(text) == expected


@given(LETTERS, LETTERS)
def test_sensitive_matches_are_among_the_places_of_the_others(text: str, typed: str) -> None:
    loose = compile_matcher(Query(typed, "insensitive"))
    for start, end in compile_matcher(Query(typed, "sensitive")).spans(text):
        assert loose.count(loose.prepare(text[start:end])) >= 1


@given(LETTERS, st.text("abéÉA1_", min_size=1, max_size=4))
def test_whole_words_have_no_letters_beside_them(text: str, typed: str) -> None:
    for start, end in compile_matcher(Query(typed, word=True)).spans(text):
        assert not re.match(r"\w", text[end:])
        assert not re.search(r"\w\Z", text[:start])
