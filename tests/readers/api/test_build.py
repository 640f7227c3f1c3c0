"""Threads and listings from rows of JSON objects."""

from __future__ import annotations

from rumor_tui.model import Article, Draft, Entry, Format, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.readers.api import build
from rumor_tui.readers.api.build import articles_listing, threads_listing
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from tests.readers.api.samples import HINT

SHAPE = CommentFields(
    parent="to", author="by", html="html", markdown="markdown", plain="plain", published="date", url="url"
)


def test_bodies_are_in_the_format_of_most_and_in_markdown_where_they_differ() -> None:
    assert build.choose_bodies([{"html": "<p>a"}, {"html": "<p>b", "markdown": "b"}], SHAPE).format == "html"
    mixed = build.choose_bodies([{"html": "<p>a <b>x</b>"}, {"markdown": "*b*"}, {"plain": "2 * 3"}, {}], SHAPE)
    assert (mixed.format, list(mixed.bodies)) == ("markdown", ["a **x**", "*b*", "2 \\* 3", ""])
    assert list(build.choose_bodies([{}, {"html": 5}], SHAPE).bodies) == ["", ""]


def test_of_the_same_identifier_the_first_row_counts() -> None:
    rows = [{"id": 1}, {"id": "1"}, {"id": 2}, {}, {}]
    assert build.drop_duplicates(rows, SHAPE) == [{"id": 1}, {"id": 2}, {}, {}]


def test_the_oldest_comes_first_where_all_have_a_date() -> None:
    rows = [{"date": 9_000}, {"date": 5}, {"date": 7}]
    assert [row["date"] for row in build.sort_by_date(rows, SHAPE)] == [5, 7, 9_000]
    assert build.sort_by_date([*rows, {}], SHAPE) == [*rows, {}]


def test_every_column_and_the_stubs_follow_the_order() -> None:
    rows = [
        {"id": 3, "to": 2, "by": "c", "plain": "third", "date": 3, "url": "https://e.org/3"},
        {"id": 2, "to": 1, "by": "b", "plain": "second", "date": "yesterday"},
        {"id": 1, "to": 9, "by": "a", "plain": "first"},
    ]
    result = build.build_thread(
        rows, SHAPE._replace(prefix="https://e.org/c"), Article(), "x", stubs=[Stub(0, 4), Stub(-1)]
    )
    assert list(result.parent) == [-1, 0, 1]
    assert list(result.authors) == ["a", "b", "c"]
    assert list(result.bodies) == ["first", "second", "third"]
    assert list(result.lengths) == [5, 6, 5]
    assert list(result.published) == [None, None, 3]
    assert list(result.published_text) == [None, "yesterday", None]
    assert list(result.urls) == ["https://e.org/c1", "https://e.org/c2", "https://e.org/3"]
    assert list(result.stubs) == [Stub(2, 4), Stub(-1)]


def test_rows_that_hold_others_are_their_parents_unless_they_name_one() -> None:
    rows = [{"id": 1}, {"id": 2, "to": 9}, {"id": 3, "to": 1}]
    assert list(build.build_thread(rows, SHAPE, Article(), "", owners=[None, 0, 1]).parent) == [-1, 0, 0]


def made(title: str, format: Format, *bodies: str) -> Thread:
    builder = ThreadBuilder(
        Article(title=title, byline="op", pieces=["About *it*."], format="markdown", url="https://e.org")
    )
    for row, body in enumerate(bodies):
        builder.add(Draft(body, author="ann", parent=row - 1 if row else None, score=row))
    return builder.build(format)


def test_a_whole_has_a_comment_for_each_thread_and_its_own_below() -> None:
    result = threads_listing("All", [made("One", "html", "<p>a <b>x</b>", "<p>b"), made("", "plain", "1 * 2")], HINT)
    assert [(entry.title, entry.comments) for entry in result.entries] == [("One", 2), ("About it.", 1)]
    assert result.whole is not None
    whole = result.whole()
    assert (whole.article.title, whole.format) == ("All", "markdown")
    assert list(whole.parent) == [-1, 0, 1, -1, 3]
    assert list(whole.bodies) == ["One\n\nAbout *it*.", "a **x**", "b", "About *it*.", "1 \\* 2"]
    assert (whole.authors[0], whole.urls[0], whole.scores[2]) == ("op", "https://e.org", 1)


def test_what_the_document_tells_counts_more() -> None:
    threads = [made("One", "plain", "a"), made("Two", "plain", "a")]
    result = threads_listing("All", threads, HINT, [Entry("Told", comments=9), Entry("Untold")])
    assert [(entry.title, entry.comments) for entry in result.entries] == [("Told", 9), ("Untold", 1)]


def test_a_single_head_is_opened() -> None:
    assert isinstance(articles_listing("x", [{"title": "T"}], ArticleFields(), HINT), Thread)
    assert isinstance(articles_listing("x", [{"title": "T"}, {}], ArticleFields(), HINT), Listing)
