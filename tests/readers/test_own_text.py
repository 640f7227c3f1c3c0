"""The text form of an export, opened again."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import export
from rumor_tui.joined import join_threads, make_part, split_thread
from rumor_tui.model import Article, Draft, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.readers import Hint, read_source
from rumor_tui.readers.own_text import read, sniff
from tests.made_threads import steady


def written(thread: Thread) -> str:
    out = io.StringIO()
    export.write(thread, "text", out)
    return out.getvalue()


def reopened(thread: Thread) -> Thread:
    content = read_source(written(thread).encode(), Hint("-"))
    assert not isinstance(content, Listing)
    return content


def thread_of(*drafts: Draft, title: str = "A title") -> Thread:
    article = Article(title, "ada", 0.0, url="https://page.example/", pieces=["One.", "Two."])
    return ThreadBuilder(article, list(drafts)).build("plain")


FAMILY = (
    Draft("Six hundred.", "ann", published=60.0, score=2414),
    Draft("No.\n\nNever.", None, parent=0, score=-1),
    Draft("", "Gabe, PhD", parent=1, deleted=True),
    Draft("#5 dan\n\n#4 is a number", "bob", published_text="3 hours ago"),
    Draft("Last.", "cy_d", parent=3),
)


def test_all_that_the_form_has_comes_back() -> None:
    again = reopened(thread_of(*FAMILY))
    assert list(again.parent) == [-1, 0, 1, -1, 3]
    assert list(again.authors) == ["ann", None, "Gabe, PhD", "bob", "cy_d"]
    assert list(again.bodies) == [draft.body for draft in FAMILY]
    assert list(again.published) == [60.0, None, None, None, None]
    assert list(again.published_text) == [None, None, None, "3 hours ago", None]
    assert list(again.scores) == [2414, -1, None, None, None]
    assert list(again.deleted) == [False, False, True, False, False]
    article = again.article
    assert (article.title, article.byline, article.published) == ("A title", "ada", 0.0)
    assert (article.url, list(article.pieces)) == ("https://page.example/", ["One.", "Two."])


@pytest.mark.parametrize("title", ["A title", ""])
def test_an_article_without_comments_is_one(title: str) -> None:
    again = reopened(thread_of(title=title))
    assert not len(again)
    assert again.article.title == title or not title
    assert "".join(again.article.pieces).replace("\n", "").find("One.") >= 0


def test_missing_comments_are_counted_where_they_were() -> None:
    thread = replace(thread_of(*FAMILY), stubs=[Stub(-1, 7), Stub(0, 0), Stub(1, 1204)])
    again = reopened(thread)
    assert sorted(again.stubs, key=lambda stub: stub.parent) == [Stub(-1, 7), Stub(0, 0), Stub(1, 1204)]
    assert list(again.bodies) == list(thread.bodies)


def test_missing_comments_of_discussions_too() -> None:
    parts = [make_part("Reddit r/cars", replace(thread_of(*FAMILY), stubs=[Stub(-1, 7)])), make_part("X", thread_of())]
    again = reopened(join_threads(Article("All"), parts))
    assert [part.label for part in split_thread(again)] == ["Reddit r/cars", "X"]
    assert [list(part.thread.stubs) for part in split_thread(again)] == [[Stub(-1, 7)], []]


@pytest.mark.parametrize(
    "facts",
    [
        Draft(author=None, published_text="3 hours ago"),
        Draft(author="ann", published_text="3 hours ago"),
        Draft(author=None),
        Draft(author="ann", score=1, published=0.0),
    ],
)
def test_the_poster_of_a_discussion_is_not_its_date(facts: Draft) -> None:
    thread = thread_of(*FAMILY)
    thread.article = replace(
        thread.article, byline=facts.author, published=facts.published, published_text=facts.published_text
    )
    (part,) = split_thread(reopened(join_threads(Article("All"), [make_part("Reddit r/cars", thread)])))
    article = part.thread.article
    assert (article.byline, article.published) == (facts.author, facts.published)
    assert article.published_text == facts.published_text
    assert article.title == "A title"


LINES = st.sampled_from(
    ["#1 ann", "#2 bob", "   #2 ↳ #1 ann", "2 comments", "", "  Text.", "… 3 more replies", "T", "==="]
)


@steady
@given(st.lists(LINES, max_size=14), st.integers(0, 3))
def test_any_text_like_it_is_read(lines: list[str], size: int) -> None:
    text = "\n".join(["T", "=", "", f"{size} comments", "", *lines, ""])
    thread = read(text, Hint("-"))
    assert all(-1 <= above < row for row, above in enumerate(thread.parent))
    assert not sniff(text, Hint("-")) or len(thread) == size or not len(thread)


@pytest.mark.parametrize(
    "text",
    [
        "Title\n\nText.\n\n2 comments\n\nann\nHi.\n\nbob\nHo.\n",
        "Title\n=====\n\nText.\n\n2 comments\n\n#1 ann\n  Hi.\n",
        "Text.\n\nNo comments\n",
        "#1 ann\n  Hi.\n",
    ],
)
def test_other_texts_are_left_to_others(text: str) -> None:
    assert not sniff(text, Hint("-"))
