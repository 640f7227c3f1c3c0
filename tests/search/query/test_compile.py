"""What queries mean in a thread: where they hold, and what lights up there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.marks.conversation.replies import InferredReply
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.query.compile import compile_for_thread, never_overlap
from rumor_tui.search.query.query import Query
from rumor_tui.search.results import SearchResults
from tests.search import toy_marks


@pytest.fixture(autouse=True, params=[0, 8], ids=["many", "few"])
def _toy_marks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks that do not depend on what finds them, looked up for many items at once, or one by one."""
    monkeypatch.setattr("rumor_tui.marks.find_marks", toy_marks.find)
    monkeypatch.setattr("rumor_tui.search.query.predicates.FEW_ITEMS", request.param)
    monkeypatch.setattr("rumor_tui.search.index.comment_columns.FEW_ITEMS", request.param)


DRAFTS: Final = (
    Draft("Only 600 units for the US, says Dr. Segler.", "Gabe", None, 1_299_000_000, score=5),
    Draft("Segler said six hundred examples. That is 2% of 30,000.", "bmwblog", 0, 1_299_600_000, score=-3),
    Draft("@bmwblog 400-700 units at $50k, two percent more", "Gabe", 1, 1_299_700_000),
    Draft("> 600\n\nSee http://example.org/600 and `code`", None, None, 1_301_700_000),
    Draft("Nothing. In 2011, the 600th", "Michael S", 3, None, deleted=True),
)


def make_thread(drafts: tuple[Draft, ...] = DRAFTS) -> Thread:
    builder = ThreadBuilder(Article("600 cars?", byline="by Gabe", pieces=["BMW builds 600 units."], format="markdown"))
    for draft in drafts:
        builder.add(draft)
    return builder.build("markdown")


def make_facts(state: str = "known", thread: Thread | None = None) -> CommentColumns:
    knowledge = ThreadAnalysis(thread or make_thread())
    if state != "raw":
        knowledge.index.build()
    if state == "known":
        knowledge.find_marks()
        knowledge.conversation = Conversation(
            quotes={5: [Quote(5, 2, 5, 1, 11, 14, True)]}, answers={3: InferredReply(3, 0, "quote", 0.9, 0, 1)}
        )
    facts = CommentColumns(knowledge, lambda: bytes((0, 1, 0, 0, 0)), lambda: frozenset({"Gabe"}))
    facts.begin()
    return facts


def lit(line: str, state: str = "known", word: bool = False, regex: bool = False) -> dict[int, list[str]]:
    """The matches in each item that has some: 0 is the title, 1 the article, 2 the first comment."""
    facts = make_facts(state)
    matches = SearchResults(facts.index, compile_for_thread(Query(line, word=word, regex=regex), facts))
    found = {
        item: [facts.text(item)[start:end] for start, end in spans]
        for item in range(facts.index.size)
        if (spans := matches.spans(item))
    }
    if state == "known":
        counts = matches.counts()
        assert counts.exact
        assert counts.total == sum(map(len, found.values()))
        assert [item for item, holds in enumerate(matches.items()) if holds] == list(found)
        assert {item: len(matches.spans(item)) for item in found} == {item: len(some) for item, some in found.items()}
    return found


HEADS: Final = {0: ["600"], 1: ["BMW"], 2: ["Gabe"], 3: ["bmwblog"], 4: ["Gabe"], 5: ["600"], 6: ["Michael S"]}
"""What is lit in each item where only facts hold."""


def heads(*items: int) -> dict[int, list[str]]:
    return {item: HEADS[item] for item in items}


@pytest.mark.parametrize("state", ["known", "built", "raw"])
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("segler", {2: ["Segler"], 3: ["Segler"]}),
        ('"units for"', {2: ["units for"]}),
        ("units for or examples", {2: ["units for"], 3: ["examples"]}),
        ("segler -examples", {2: ["Segler"]}),
        ("segler by:gabe", {2: ["Segler"]}),
        ("segler by:gabe or nothing", {2: ["Segler"], 6: ["Nothing"]}),
        ("segler or seg", {2: ["Segler"], 3: ["Segler"]}),
        ('segler "units"', {2: ["units", "Segler"]}),
        ("/s[a-z]+r/", {2: ["Segler"], 3: ["Segler"]}),
        ("/S[a-z]+R/i", {2: ["Segler"], 3: ["Segler"]}),
        ("/segler|units/ by:gabe", {2: ["units", "Segler"], 4: ["units"]}),
        ("by:gabe", heads(2, 4)),
        ("by:BLOG", heads(3)),
        ('by:"michael s"', heads(6)),
        ("by:nobody", {}),
        ("by:@gabe", heads(2, 4)),
        ('by:"\u200b@"', {}),
        ("by:@\u200b", {}),
        ("-by:gabe", heads(0, 1, 3, 5, 6)),
        ("-by:gabe -in:article", heads(3, 5, 6)),
        ("is:op", heads(2, 4)),
        ("is:root", heads(2, 5)),
        ("is:leaf", heads(4, 6)),
        ("is:deleted", heads(6)),
        ("is:folded", heads(3)),
        ("is:muted", heads(2, 4)),
        ("depth:0", heads(2, 5)),
        ("depth:>1", heads(4)),
        ("replies:1", heads(2, 3, 5)),
        ("score:>0", heads(2)),
        ("score:-5..0", heads(3)),
        ("in:article", heads(0, 1)),
        ("in:article units", {1: ["units"]}),
        ("before:2011-03-02", heads(2)),
        ("after:2011-03 before:2011-03-31", heads(2, 3, 4)),
        ("has:link", heads(5)),
        ("has:code", heads(5)),
        ("has:image", {}),
        ("is:root is:leaf", {}),
        ("is:leaf or segler", {2: ["Segler"], 3: ["Segler"], 4: ["Gabe"], 6: ["Michael S"]}),
        ("by:gabe or is:root", heads(2, 4, 5)),
    ],
)
def test_queries_light_what_they_ask_for(line: str, found: dict[int, list[str]], state: str) -> None:
    assert lit(line, state) == found


MADE = {0: ["600 cars"], 1: ["600 units"], 2: ["600 units"], 3: ["six hundred examples"]}
"""One kind of thing under three names."""


@pytest.mark.parametrize("state", ["known", "built", "raw"])
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("units:600", MADE),
        ("example:600", MADE),
        ("copies:600", MADE),
        ("$>40k", {4: ["$50k"]}),
        ("$50,000", {4: ["$50k"]}),
        ("2%", {3: ["2%"], 4: ["two percent"]}),
        ("%>1", {3: ["2%"], 4: ["two percent"]}),
        (">1000 -$>1", {3: ["30,000"]}),
        ("<3", {3: ["2%"], 4: ["two percent"]}),
        ("600 by:bmwblog", {3: ["six hundred examples"]}),
        ("2011", {6: ["2011"]}),
        ("2000..2020", {6: ["2011"]}),
        ("2000..20k", {}),
        ("$2000..2020", {}),
        ("apples:600", {}),
        ("by:gabe has:number", heads(2, 4)),
        ("in:comments -has:number", {}),
    ],
)
def test_numbers_compare_across_forms(line: str, found: dict[int, list[str]], state: str) -> None:
    assert lit(line, state) == found


def test_a_bare_number_is_found_as_it_is_typed_and_as_it_is_worth() -> None:
    assert lit("600") == {
        0: ["600 cars"],
        1: ["600 units"],
        2: ["600 units"],
        3: ["six hundred examples"],
        5: ["600", "600"],
        6: ["600th"],
    }


def test_a_name_is_found_in_all_its_forms() -> None:
    facts = make_facts()
    matches = SearchResults(facts.index, compile_for_thread(Query("name:segler"), facts))
    assert [facts.text(item)[s:e][-6:] for item in range(facts.index.size) for s, e in matches.spans(item)] == [
        "Segler",
        "Segler",
    ]


def test_what_is_inferred_counts_beside_what_the_page_says() -> None:
    assert lit("to:gabe") == heads(3, 5)
    assert lit("to:gabe", "built") == heads(3)
    assert lit("to:bmwblog") == heads(4)
    assert lit("is:guessed") == heads(5)
    assert lit("has:quote") == heads(5)


@pytest.mark.parametrize(
    "line", ["600", "to:gabe", "has:name", "name:segler", "is:guessed", "has:quote", "gabe -to:gabe"]
)
def test_nothing_is_counted_before_it_is_sure(line: str) -> None:
    facts = make_facts("built")
    matches = SearchResults(facts.index, compile_for_thread(Query(line), facts))
    assert (matches.counts().total, matches.counts().exact) == (0, False)
    facts.knowledge.find_marks()
    facts.knowledge.conversation = Conversation(quotes={3: [Quote(3, 8, 9, 2, 5, 6, True)]})
    assert matches.counts().exact
    if line == "has:quote":
        assert list(matches.items()) == [0, 0, 0, 1, 0, 1, 0]


def test_a_fact_that_needs_no_talk_stays_when_that_becomes_known() -> None:
    facts = make_facts("built")
    meaning, items = compile_for_thread(Query("is:folded or is:muted"), facts), range(facts.index.size)
    before = list(meaning.counts(items))
    facts.folds, facts.muted_names = bytes(5), frozenset()
    facts.knowledge.conversation = Conversation()
    assert list(meaning.counts(items)) == before
    assert any(before)


def test_spots_are_looked_up_anew_when_more_is_known() -> None:
    facts = make_facts("built")
    matches = SearchResults(facts.index, compile_for_thread(Query("units:600"), facts))
    before = matches.spans(2)
    facts.knowledge.find_marks()
    assert matches.spans(2) is not before


def test_the_toggles_count_for_texts_and_expressions() -> None:
    assert lit("seg by:gabe", word=True) == {}
    assert lit("S[a-z]+r", regex=True) == {2: ["Segler"], 3: ["Segler"]}
    assert lit("by:gabe", regex=True) == {}


def test_without_an_article_the_empty_title_is_no_match() -> None:
    builder = ThreadBuilder(Article())
    builder.add(Draft("x"))
    builder.add(Draft(""))
    facts = make_facts("known", builder.build("plain"))
    matches = SearchResults(facts.index, compile_for_thread(Query("-by:gabe"), facts))
    assert [matches.spans(item) for item in range(3)] == [[], [(1, 2)], [(0, 1)]]
    assert matches.counts().total == 2


@pytest.mark.parametrize(
    ("needles", "apart"),
    [(["the", "and"], True), (["the", "eat"], False), (["a", "bab"], False), (["ab", "AB"], False), (["a", ""], False),
     ([""], True), (["abc", "cab"], False), (["ab", "cd", "dx"], False), ([], True)],
)  # fmt: skip
def test_which_texts_may_overlap(needles: list[str], apart: bool) -> None:
    assert never_overlap(needles) is apart


WORDS = st.sampled_from(["ab", "b", '"a b"', "/a.b/", "2", ">1", "by:a", "in:article", "is:leaf", "depth:1", "a"])
LINES = st.lists(st.tuples(st.sampled_from(["", "-", "or "]), WORDS), min_size=1, max_size=5)
BODIES = st.lists(st.text("ab 2\n", max_size=10), min_size=1, max_size=5)


def whole(line: str, facts: CommentColumns, split: Callable[[str], list[str]]) -> list[bool]:
    """Where a query holds, by what each of its terms says alone."""
    sides = [
        [holding(term.removeprefix("-"), facts, term.startswith("-")) for term in split(side)]
        for side in line.split(" or ")
    ]
    return [any(all(column[item] for column in side) for side in sides) for item in range(facts.index.size)]


def holding(term: str, facts: CommentColumns, negated: bool) -> list[bool]:
    meaning = compile_for_thread(Query(term), facts)
    return [(count > 0) != negated for count in meaning.counts(range(facts.index.size))]


@given(LINES, BODIES, st.booleans())
def test_a_query_holds_where_its_terms_do(terms: list[tuple[str, str]], bodies: list[str], built: bool) -> None:
    words = [(prefix, f'"{word}"' if word.isalpha() else word) for prefix, word in terms]
    line = " ".join(prefix + word for prefix, word in words).removeprefix("or ")
    builder = ThreadBuilder(Article("a b"))
    for n, body in enumerate(bodies):
        builder.add(Draft(body, "a" if n % 2 else None, n - 1 if n else None))
    facts = make_facts("known" if built else "raw", builder.build("plain"))
    if not built:
        facts.knowledge.conversation = Conversation()
    meaning = compile_for_thread(Query(line), facts)
    counts = list(meaning.counts(range(facts.index.size)))

    def split(side: str) -> list[str]:
        return side.replace('a b"', 'a_b"').split(" ")

    expected = whole(line.replace('"a b"', '"a_b"'), facts, split) if '"a b"' not in line else None
    if expected is not None:
        assert [count > 0 for count in counts] == expected
    spots = [list(meaning.spans(item)) for item in range(facts.index.size)]
    assert list(map(len, spots)) == counts
    for item, found in enumerate(spots):
        assert found == sorted(found)
        assert all(start < end <= len(facts.text(item)) for start, end in found)
        assert all(before[1] <= after[0] for before, after in pairwise(found))
