from __future__ import annotations

from bisect import bisect_left, bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Format
from rumor_tui.search import cooperative
from rumor_tui.search import results as module
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.query.compile import compile_for_thread
from rumor_tui.search.query.matcher import compile_matcher
from rumor_tui.search.query.query import Query, QueryTooSlow
from rumor_tui.search.results import Match, MatchCounts, SearchResults
from rumor_tui.search.session import SearchSession
from tests.search.threads import make_knowledge

BODIES = ["Google and google", "nothing here", "no", "GOOGLE", "nothing"]


def make_matches(
    query: Query, bodies: list[str] = BODIES, *, title: str = "On Google", built: bool = True
) -> SearchResults:
    facts = CommentColumns(make_knowledge(bodies, title=title, built=built))
    return SearchResults(facts.index, compile_for_thread(query, facts))


@pytest.fixture(params=["counted", "built", "not built"])
def found(request: pytest.FixtureRequest) -> SearchResults:
    matches = make_matches(Query("google"), built=request.param != "not built")
    if request.param == "counted":
        matches.counts()
    return matches


def test_counts_are_told_for_all_and_for_the_article(found: SearchResults) -> None:
    assert found.counts() == MatchCounts(total=4, in_article=1, exact=True)
    assert found.known == found.counts()


def test_spans_are_offsets_in_the_plain_text(found: SearchResults) -> None:
    assert [found.spans(item) for item in range(found.index.size)] == [
        [(3, 9)],
        [(1, 7), (12, 18)],
        [],
        [],
        [(1, 7)],
        [],
    ]


def test_next_goes_on_at_the_top(found: SearchResults) -> None:
    assert found.next(0, 3) == Match(1, 1, 7, wrapped=False)
    assert found.next(1, 1) == Match(1, 12, 18, wrapped=False)
    assert found.next(1, 12) == Match(4, 1, 7, wrapped=False)
    assert found.next(4, 1) == Match(0, 3, 9, wrapped=True)
    assert found.next(-1, 0) == Match(0, 3, 9, wrapped=False)


def test_previous_goes_on_at_the_end(found: SearchResults) -> None:
    assert found.previous(4, 1) == Match(1, 12, 18, wrapped=False)
    assert found.previous(1, 12) == Match(1, 1, 7, wrapped=False)
    assert found.previous(0, 3) == Match(4, 1, 7, wrapped=True)
    assert found.previous(found.index.size, 0) == Match(4, 1, 7, wrapped=False)


def test_nearest_includes_where_one_stands(found: SearchResults) -> None:
    assert found.nearest(1, 12) == Match(1, 12, 18, wrapped=False)
    assert found.nearest(2, 0) == Match(4, 1, 7, wrapped=False)
    assert found.nearest(5, 0) == Match(0, 3, 9, wrapped=True)


def test_a_single_match_is_its_own_neighbour() -> None:
    matches = make_matches(Query("no"), ["x", "no"], title="")
    assert matches.next(2, 1) == matches.previous(2, 1) == Match(2, 1, 3, wrapped=True)


@pytest.mark.parametrize("built", [False, True])
def test_without_matches_there_is_no_place(built: bool) -> None:
    nothing = make_matches(Query("absent"), built=built)
    assert nothing.next(2, 0) is nothing.previous(2, 0) is nothing.nearest(2, 0) is None
    assert nothing.counts() == MatchCounts(0, 0, exact=True)
    assert nothing.next(2, 0) is nothing.previous(2, 0) is nothing.nearest(2, 0) is None


def test_the_sums_over_items() -> None:
    matches = make_matches(Query("google"))
    assert matches.count_below(0, 6) == 0
    assert list(matches.items()) == [0] * 6
    matches.counts()
    assert list(matches.items()) == [1, 1, 0, 0, 1, 0]
    assert matches.count_below(1, 4) == 2
    assert matches.count_below(2, 4) == 0


def test_ordinals_are_known_once_counted() -> None:
    matches = make_matches(Query("google"))
    assert matches.ordinal(0, 3) == 1
    assert matches.ordinal(4, 1) is None
    matches.counts()
    assert [matches.ordinal(*place) for place in ((0, 3), (1, 1), (1, 12), (4, 1))] == [1, 2, 3, 4]


def test_a_stopped_count_goes_on_where_it_left_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    monkeypatch.setattr(module, "_MAX_BATCH", 1)
    matches = make_matches(Query("google"))
    assert matches.counts(stop=lambda: matches.counted == 2) == MatchCounts(3, 1, exact=False)
    assert matches.next(1, 12) == Match(4, 1, 7, wrapped=False)
    assert matches.previous(4, 1) == Match(1, 12, 18, wrapped=False)
    assert matches.counts() == MatchCounts(4, 1, exact=True)


def test_a_stopped_look_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    matches = make_matches(Query("google"))
    assert matches.next(1, 12, stop=lambda: True) is None
    assert matches.previous(4, 1, stop=lambda: True) is None


def test_an_author_finds_his_comments() -> None:
    facts = CommentColumns(make_knowledge(["hello", "Gabe is right", "hi"], ["Gabe", "pg", None]))
    matches = SearchResults(facts.index, compile_for_thread(Query("gabe"), facts))
    assert matches.spans(1) == [(0, 4)]
    assert matches.spans(2) == [(3, 7)]
    assert matches.counts().total == 2


def test_after_one_item_proved_too_slow_nothing_is_tried_any_more() -> None:
    matches = make_matches(Query("(a|aa)+$", regex=True), ["aa", "a" * 4_000 + "b", "aa"])
    assert matches.spans(1) == [(1, 3)]
    assert matches.spans(2) == []
    assert matches.too_slow is not None
    assert matches.spans(3) == []
    assert matches.next(1, 1) == Match(1, 1, 3, wrapped=True)
    with pytest.raises(QueryTooSlow, match="takes too long"):
        matches.counts()


def test_counting_an_expression_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE_SECONDS", 0.0)
    with pytest.raises(QueryTooSlow, match="in this thread"):
        make_matches(Query("g+", regex=True)).counts()
    assert make_matches(Query("g")).counts().exact


def test_many_spans_are_not_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CACHED_SPANS", 5)
    matches = make_matches(Query("e"), ["eee", "eee", "eeeeeeee"])
    listed = [matches.spans(item) for item in (1, 2, 3, 1)]
    assert [len(spans) for spans in listed] == [3, 3, 8, 3]
    assert matches.spans(1) is listed[3]


def test_a_body_of_nothing_but_hits_is_counted_but_not_listed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LISTED", 5)
    matches = make_matches(Query("e"), ["e" * 9, "e"], title="")
    assert matches.counts().total == 10
    assert matches.spans(1) == [(at, at + 1) for at in range(1, 6)]
    assert matches.next(1, 5) == Match(2, 1, 2, wrapped=False)
    assert matches.ordinal(2, 1) == 10


BODY = st.text("ab A’'\n", max_size=8)
QUERIES = st.sampled_from(
    [
        Query("a"),
        Query("A"),
        Query("a b"),
        Query("ab", word=True),
        Query("b|a", regex=True),
        Query("'"),
        Query("(a)b?", regex=True),
    ]
)


@given(st.lists(BODY, max_size=8), BODY, QUERIES, st.sampled_from(("counted", "built", "not built")))
def test_all_answers_agree_with_the_list_of_all_matches(
    bodies: list[str], title: str, query: Query, state: str
) -> None:
    matches = make_matches(query, bodies, title=title, built=state != "not built")
    if state == "counted":
        matches.counts()
    size = matches.index.size
    places = [
        (item, start)
        for item in range(size)
        for start, _ in compile_matcher(query).spans(matches.index.item_text(item))
    ]
    for here in [(item, offset) for item in range(size) for offset in (0, 3)]:
        after = bisect_right(places, here)
        before = bisect_left(places, here) - 1
        check(matches.next(*here), places, after)
        check(matches.previous(*here), places, before)
    assert matches.counts().total == len(places)
    assert [matches.ordinal(*place) for place in places] == list(range(1, len(places) + 1))
    assert [item for item in range(size) if matches.items()[item]] == sorted({item for item, _ in places})
    assert matches.count_below(1, size) == sum(item >= 1 for item, _ in places)


def check(found: Match | None, places: list[tuple[int, int]], at: int) -> None:
    if not places:
        assert found is None
        return
    assert found is not None
    assert (found.item, found.start) == places[at % len(places)]
    assert found.wrapped == (not 0 <= at < len(places))


HTML = [
    "A car<p>CARS <i>car</i>e &lt;car&gt;",
    "<pre>car\ncar</pre>",
    "c<i>a</i>r 🔥 car",
    "nothing",
    "&#99;ar",
    "<li>car",
]


@pytest.mark.parametrize("format", ["html", "plain", "markdown"])
@pytest.mark.parametrize("word", ["car", "ann", "i", "CAR", "a car", "<li>car", "car car", "don't"])
def test_matches_are_the_same_before_the_texts_are_there(format: Format, word: str) -> None:
    """Plain words are counted over the raw bodies then."""
    built, raw = (make_knowledge(HTML * 40, ["ann"] * 240, title="A car", built=False) for _ in range(2))
    for knowledge in (built, raw):
        knowledge.thread.format = format
    built.index.build()
    first, second = (search_for(knowledge, word) for knowledge in (built, raw))
    assert second.counts() == first.counts()
    assert [second.count_below(n, n + 1) for n in range(241)] == [first.count_below(n, n + 1) for n in range(241)]
    assert not raw.index.plain


def test_a_count_that_began_before_the_texts_were_there_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    knowledge = make_knowledge(HTML * 40, built=False)
    knowledge.thread.format = "html"
    matches = search_for(knowledge, "car")
    matches.counts(lambda: matches.counted > 100)
    knowledge.index.build(stop=lambda: len(knowledge.index.plain) > 150)
    counts = matches.counts()
    knowledge.index.build()
    assert counts == search_for(knowledge, "car").counts()


def search_for(knowledge: ThreadAnalysis, word: str) -> SearchResults:
    search = SearchSession(knowledge)
    search.change(Query(word))
    assert search.matches is not None
    return search.matches
