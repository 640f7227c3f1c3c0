"""Searching the library finds what the view of each thread would, says what it cannot answer, and ranks the rest."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.library.keeper import Keeper
from rumor_tui.library.search import engine, search_library
from rumor_tui.library.search.plan import NOT_READ
from rumor_tui.library.search.stored_texts import StoredTexts
from rumor_tui.library.search.text_check import without_diacritics
from rumor_tui.library.stored import read_thread
from rumor_tui.library_types import (
    Annotation,
    AnnotationChange,
    FollowChange,
    LibraryHits,
    MarksChange,
    ReadChange,
    RemovalChange,
    TagChange,
)
from rumor_tui.model import Article, Thread
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.index.kept_marks import pack_marks
from rumor_tui.search.query.compile import compile_for_thread
from rumor_tui.search.query.query import Query, QueryError
from tests.library.made_libraries import library_of
from tests.search.threads import make_thread

# Random libraries and queries

WORDS = ("gain", "against", "again", "in", "a", "turbo", "Turbo", "600", "1,600", "-", "don't", "it’s", "end.", "é",
         "café", "http://a.example/b", "漢字", "x1")  # fmt: skip
AUTHORS = (None, "Ann", "Annabel Gain", "bob", "Ünal", "@x")


@st.composite
def made_thread(draw: st.DrawFn) -> Thread:
    size = draw(st.integers(0, 5))
    texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
    return Thread(
        article=Article(
            draw(texts), byline=draw(st.sampled_from(AUTHORS)), pieces=draw(st.lists(texts, max_size=2)),
        ),
        parent=array("i", [draw(st.integers(-1, 0)) if row else -1 for row in range(size)]),
        authors=[draw(st.sampled_from(AUTHORS)) for _ in range(size)],
        bodies=[draw(texts) for _ in range(size)],
        lengths=[10] * size,
        published=[draw(st.sampled_from((None, 946_684_800.0, 1_300_000_000.5))) for _ in range(size)],
        scores=[draw(st.sampled_from((None, 1, 200))) for _ in range(size)],
        deleted=[draw(st.booleans()) for _ in range(size)],
        ids=[f"c{row}" for row in range(size)],
    )  # fmt: skip


TERMS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.text("agin tub'.-6", min_size=1, max_size=4).map(str.strip).filter(bool),
    st.sampled_from([
        "by:ann", "by:gain", "by:bob", "by:x", "by:ünal", "to:ann", "is:op", "is:leaf", "is:root", "is:deleted",
        "in:article", "in:comments", "depth:0", "depth:>0", "replies:1", "score:>100", "before:2005", "after:2010",
        "has:link", "/ga.n/", "/a|b/", "/[0-9]{3}/", '"in a"', "Turbo", "is:guessed",
    ]),
)  # fmt: skip
SIDES = st.lists(st.tuples(st.sampled_from(["", "", "-"]), TERMS), min_size=1, max_size=3).map(
    lambda terms: " ".join(sign + term for sign, term in terms)
)
QUERIES = st.lists(SIDES, min_size=1, max_size=2).map(" or ".join)


@settings(deadline=None, max_examples=80)
@given(st.lists(made_thread(), min_size=1, max_size=3), st.lists(QUERIES, min_size=1, max_size=6))
def test_hits_are_all_that_the_views_of_the_threads_find(threads: list[Thread], queries: list[str]) -> None:
    # What is typed without diacritics is found with them in the library: without any, both are alike.
    bare = [_without_diacritics(thread) for thread in threads]
    with tempfile.TemporaryDirectory() as folder:
        keeper = library_of(Path(folder), *bare)
        for query in map(without_diacritics, queries):
            with keeper.reading() as connection:
                try:
                    found = search_library(connection, query, 1_000)
                except QueryError:
                    continue
                ids = [id for (id,) in connection.execute("SELECT id FROM threads ORDER BY id")]
                told = {
                    spot
                    for id in ids
                    for spot in _seen_in_view(read_thread(connection, id).thread, id, connection, query)
                }
            assert {(hit.thread_id, hit.handle) for hit in found.hits} == told, query
            assert found.total == len(told), query
            with patch.object(engine, "BATCH", 1):
                assert keeper.search(query, 1).total in (None, len(told)), query
        keeper.close()


def _without_diacritics(thread: Thread) -> Thread:
    article = replace(
        thread.article,
        title=without_diacritics(thread.article.title),
        byline=without_diacritics(thread.article.byline or "") or None,
        pieces=list(map(without_diacritics, thread.article.pieces)),
    )
    return replace(
        thread,
        article=article,
        authors=[name and without_diacritics(name) for name in thread.authors],
        bodies=list(map(without_diacritics, thread.bodies)),
    )


def _seen_in_view(thread: Thread, id: int, connection: Connection, query: str) -> Iterator[tuple[int, int]]:
    analysis = ThreadAnalysis(thread)
    analysis.index.build()
    counts = compile_for_thread(Query(query), CommentColumns(analysis)).counts(range(analysis.index.size))
    handles = StoredTexts(connection).tree(id).handles
    first = analysis.index.first_comment
    if any(counts[:first]):
        yield id, 0
    yield from ((id, handle) for handle, count in zip(handles, counts[first:], strict=True) if count)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    keeper = library_of(
        tmp_path_factory.mktemp("odd"), make_thread(["a \"b' 漢é ☃ 0.0", "ab (b)"], ["a b", "é"], title="b*a")
    )
    yield keeper
    keeper.close()


ODD = st.text("ab\"'*^():-+\\/{}[]\0\ud83d\u0301é漢☃ .,;%_&|!~<>=0", max_size=12)
PREFIXES = st.sampled_from(
    ["", "by:", "to:", "name:", "site:", "tag:", "title:", "-", '"', "/", "units:", "or ", "is:"]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(PREFIXES, ODD), min_size=1, max_size=3).map(lambda parts: " ".join(map("".join, parts))))
def test_whatever_is_typed_is_answered_or_refused_in_a_sentence(odd: Keeper, query: str) -> None:
    try:
        found = odd.search(query)
    except QueryError as error:
        assert str(error)
    else:
        assert found.total is None or found.total >= len(found.hits)


FIGURES = ("600", "six hundred", "$600", "1,250 units", "600 cars", "25-65", "12%", "in 2011", "3rd",
           "600km", "nothing", "25 or 65 cars", "$50k", "F30 cars")  # fmt: skip
NUMBER_QUERIES = ("600", ">500", "<=65", "400..700", "~610", "$600", "$>100", "units:600", "cars:>20", "%>2", "2011",
                  "2000..2020", "1,250", "50k", "km:600", ">500 nothing", "-600", "600 or %12", "-has:number",
                  "has:number", "3", "by:ann >20")  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.lists(st.sampled_from(FIGURES), max_size=3).map(" ".join), max_size=4), max_size=3),
    st.lists(st.sampled_from(NUMBER_QUERIES), min_size=1, max_size=8),
)
def test_numbers_of_threads_that_were_read_are_found_as_in_their_views(
    bodies: list[list[str]], queries: list[str]
) -> None:
    threads = [make_thread(texts, [("Ann", "Bob")[at % 2] for at in range(len(texts))]) for texts in bodies]
    with tempfile.TemporaryDirectory() as folder:
        keeper = library_of(Path(folder), *threads)
        analyses = [_read_through(keeper, number) for number in range(1, 1 + len(threads))]
        for query in queries:
            told = set()
            for number, analysis in enumerate(analyses, 1):
                counts = compile_for_thread(Query(query), CommentColumns(analysis)).counts(range(analysis.index.size))
                with keeper.reading() as connection:
                    handles = StoredTexts(connection).tree(number).handles
                told |= {handle for handle, count in zip(handles, counts[1:], strict=True) if count}
            found = keeper.search(query, 1_000) if threads else LibraryHits((), 0)
            assert {hit.handle for hit in found.hits if hit.handle} == told, query
            assert NOT_READ not in found.notice
        keeper.close()


def _read_through(keeper: Keeper, thread: int) -> ThreadAnalysis:
    """The whole analysis of a thread, whose marks are kept."""
    analysis = ThreadAnalysis(keeper.stored(thread))
    analysis.index.build()
    analysis.find_marks()
    assert analysis.marks is not None
    with keeper.reading() as connection:
        handles = StoredTexts(connection).tree(thread).handles
    _change(keeper, MarksChange(thread, pack_marks(analysis.marks, handles), 5.0))
    return analysis


# Single things


@pytest.fixture
def cars(tmp_path: Path) -> Iterator[Keeper]:
    keeper = library_of(
        tmp_path,
        make_thread(
            ["The turbo of the car.", "600 units were made; that is café talk.", "nothing"],
            ["Gabe", "Ann", None],
            title="Turbo cars",
            pieces=["An article about gains."],
        ),
        make_thread(
            ["Only 1,250 units, against all hope", "a turbo, a TURBO, a turbo"], ["Ann", "Gabriel"], title="K2"
        ),
    )
    yield keeper
    keeper.close()


def _found(keeper: Keeper, query: str, limit: int = 50) -> list[str]:
    hits = keeper.search(query, limit).hits
    return [f"{hit.thread_id}/{hit.handle or hit.kind}" for hit in hits]


def test_hits_say_where_they_are_and_why(cars: Keeper) -> None:
    (hit,) = cars.search("hope").hits
    assert (hit.kind, hit.thread_title, hit.author, hit.snippet) == (
        "comment",
        "K2",
        "Ann",
        "Only 1,250 units, against all hope",
    )
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["hope"]


def test_whole_words_come_before_parts_of_words(cars: Keeper) -> None:
    assert _found(cars, "car") == ["1/1", "1/article"]
    assert _found(cars, "gain") == ["2/4", "1/article"]


def test_more_of_what_is_looked_for_comes_first(cars: Keeper) -> None:
    assert _found(cars, "turbo") == ["2/5", "1/1", "1/article"]


def test_diacritics_may_be_left_out_but_are_looked_for_where_they_are_typed(tmp_path: Path) -> None:
    keeper = library_of(tmp_path, make_thread(["Zürich", "hinzurichten", "ZURICH"]))
    assert _found(keeper, "zurich") == ["1/3", "1/1", "1/2"]
    assert _found(keeper, "zürich") == ["1/1"]
    assert _found(keeper, "-zürich") == ["1/3", "1/2"]
    keeper.close()


def test_no_more_than_asked_for_and_then_the_total_may_be_open(cars: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(engine, "BATCH", 1)
    found = cars.search("turbo", 1)
    assert (len(found.hits), found.total) == (1, 3)  # a word is counted without looking at the texts
    found = cars.search("turbo -nothing", 1)
    assert (len(found.hits), found.total) == (1, None)
    assert cars.search("turbo").total == 3


def test_figures_of_threads_that_were_not_read_are_found_as_typed(cars: Keeper) -> None:
    found = cars.search("1250")
    assert [hit.handle for hit in found.hits] == [4]
    assert found.notice == NOT_READ
    assert _found(cars, "units:600") == ["1/2"]
    assert _found(cars, ">500") == []
    assert _found(cars, "hope >500") == ["2/4"]


def test_figures_of_threads_that_were_read_are_found_by_value(cars: Keeper) -> None:
    for id in (1, 2):
        _read_through(cars, id)
    found = cars.search("units:>500")
    assert [hit.handle for hit in found.hits] == [4, 2]
    assert found.notice == ""
    assert _found(cars, "400..700") == ["1/2"]
    assert _found(cars, ">500 -units:600") == ["2/4"]


def _change(keeper: Keeper, *changes: object) -> None:
    problems: list[str] = []
    keeper.change(changes, problems.append)  # type: ignore[arg-type]
    keeper.write(lambda connection: None)  # waits for what was handed over before
    assert problems == [""]


def test_states_of_comments(cars: Keeper) -> None:
    assert _found(cars, "is:unread turbo") == ["2/5", "1/1"]
    _change(cars, ReadChange(2, [5], read=True, moment=2_000.0))
    assert _found(cars, "is:unread turbo") == ["1/1"]
    assert _found(cars, "is:read") == ["2/5"]
    assert _found(cars, "is:edited") == []
    note = Annotation("n1", "note", 1, "Look at gains again", made=3.0, changed=3.0)
    mark = Annotation("m1", "mark", 4, made=3.0, changed=3.0)
    _change(cars, AnnotationChange(1, note, 3.0), AnnotationChange(2, mark, 3.0))
    assert _found(cars, "is:marked") == ["2/4"]
    assert _found(cars, "has:note") == ["1/1"]
    assert [(hit.kind, hit.handle, hit.snippet) for hit in cars.search("again in:notes").hits] == [
        ("note", 1, "Look at gains again")
    ]
    assert "note" in [hit.kind for hit in cars.search("gains").hits]


def test_states_of_comments_that_came_and_went(tmp_path: Path) -> None:
    first = replace(_with_ids(["alpha one", "beta two", "gamma three"]), source="https://made.example/x")
    second = replace(_with_ids(["alpha other", "beta two", "delta four"], "abd"), source="https://made.example/x")
    keeper = library_of(tmp_path)
    keeper.visit(first, 1_000.0)
    assert _found(keeper, "is:new") == []
    keeper.record(second, 4_000_000_000.0)
    assert _found(keeper, "is:new") == ["1/4"]
    assert _found(keeper, "is:edited") == ["1/1"]
    assert _found(keeper, "is:deleted") == ["1/3"]
    assert _found(keeper, "one or other") == ["1/1"]
    assert _found(keeper, "one") == []
    keeper.close()


def _with_ids(bodies: list[str], ids: str = "abc") -> Thread:
    return replace(make_thread(bodies, ["Ann", "Bob", "Cay"]), ids=list(ids))


def test_what_is_damaged_is_left_out_and_it_is_said(cars: Keeper) -> None:
    cars.write(lambda connection: connection.execute("UPDATE chunks SET texts = x'00' WHERE first = 1"))
    cars.write(lambda connection: connection.execute("UPDATE threads SET head = x'00' WHERE id = 1"))
    found = cars.search("turbo")
    assert [hit.handle for hit in found.hits] == [5]
    assert found.notice == "A part of the library is damaged and was left out."


def test_operators_of_threads(cars: Keeper) -> None:
    _change(cars, TagChange(2, "Cars", on=True, moment=3.0))
    _change(cars, FollowChange("https://made.example/0", "thread", "", on=True, moment=3.0))
    assert _found(cars, "tag:cars turbo") == ["2/5"]
    assert _found(cars, "-tag:cars turbo") == ["1/1", "1/article"]
    assert _found(cars, "title:turbo made") == ["1/2"]
    assert _found(cars, "is:followed turbo") == ["1/1", "1/article"]
    assert _found(cars, "site:nowhere turbo") == []
    assert len(_found(cars, "site:made turbo")) == 3


def test_threads_that_were_deleted_are_not_searched(cars: Keeper) -> None:
    _change(cars, RemovalChange(2, removed=True, moment=4.0))
    assert _found(cars, "turbo") == ["1/1", "1/article"]
    _change(cars, RemovalChange(2, removed=False, moment=5.0))
    assert len(_found(cars, "turbo")) == 3


def test_what_only_an_open_thread_knows_is_said(cars: Keeper) -> None:
    found = cars.search("is:folded")
    assert (list(found.hits), found.notice) == ([], "What is folded is known only while a thread is open.")
    assert "only the texts show" in cars.search("to:ann").notice


def test_a_blank_query_finds_nothing_and_a_wrong_one_is_refused(cars: Keeper) -> None:
    assert cars.search("  ") == LibraryHits((), 0)
    with pytest.raises(QueryError):
        cars.search("/(/")


def test_only_so_many_texts_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rumor_tui.library.search import candidates

    monkeypatch.setattr(candidates, "FIRST_PORTION", 10)
    monkeypatch.setattr(engine, "MOST_TEXTS", 20)
    keeper = library_of(tmp_path, make_thread(["needle", *["hay"] * 60]))
    found = keeper.search("/n[e]+d/")
    assert found.total is None
    assert "Only the latest 50 comments" in found.notice
    with keeper.reading() as connection:
        assert search_library(connection, "/n[e]+d/", thorough=True).total == 1
    keeper.close()


def test_snippets_are_neutral_and_on_one_line(tmp_path: Path) -> None:
    keeper = library_of(tmp_path, make_thread(["first\nline with needle\x1b[31m and \u202e more"], ["Ev\x1bil"]))
    (hit,) = keeper.search("needle").hits
    assert hit.snippet == "first line with needle␛[31m and more"
    assert hit.author == "Ev␛il"
    keeper.close()
