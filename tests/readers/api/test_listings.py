from __future__ import annotations

from rumor_tui.model import Article, Draft, Entry, Format, Listing, Thread, ThreadBuilder
from rumor_tui.readers.api.field_maps import ArticleFields
from rumor_tui.readers.api.listings import articles_listing, threads_listing
from tests.readers.api.samples import HINT


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
