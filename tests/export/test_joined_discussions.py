"""Exports of several discussions as one thread, and of a post with the page that it links to."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks
from rumor_tui.joined import Part, join_threads, split_thread
from rumor_tui.linked_page import with_page
from rumor_tui.model import Article, LinkedPage, Thread
from tests.export.test_export import article_blocks, assert_same, exported, reopened
from tests.made_threads import LINES, MOMENTS, discussions, steady

ARTICLE = Article("The article", url="https://page.example/", pieces=["Its text."])


@steady
@given(discussions())
def test_json_gives_the_same_joined_thread(given: list[Part]) -> None:
    joined = join_threads(ARTICLE, given)
    joined.repair = False  # exports keep the typography of the source
    again = reopened(joined, "json")
    assert_same(joined, again)
    assert list(again.people) == list(joined.people)
    assert list(again.stubs) == list(joined.stubs)
    for part, was in zip(split_thread(again), split_thread(joined), strict=True):
        assert (part.label, part.address, part.comments) == (was.label, was.address, was.comments)
        assert part.thread.article.title == was.thread.article.title
        assert_same(was.thread, part.thread)


@steady
@given(discussions())
def test_markdown_gives_the_discussions(given: list[Part]) -> None:
    joined = join_threads(ARTICLE, given)
    joined.repair = False
    again = reopened(joined, "markdown")
    assert list(again.parent) == list(joined.parent)
    assert [part.label for part in split_thread(again)] == [part.label for part in given]
    assert list(again.ids) == list(joined.ids)
    assert list(again.authors) == list(joined.authors)
    assert list(again.people) == list(joined.people)
    for row in range(len(joined)):
        assert blocks.parse_body(again.bodies[row], again.format) == blocks.parse_body(
            joined.bodies[row], joined.format
        )


def thread(*authors: str, format: str = "html") -> Thread:
    size = len(authors)
    return Thread(
        article=Article("A post", byline="ann", published=0.0, score=7, pieces=["<p>My text.</p>"], format="html"),
        parent=array("i", range(-1, size - 1)),
        authors=list(authors),
        bodies=[f"<p>Says {author}.</p>" for author in authors],
        lengths=[10] * size,
        format="html",
        ids=[f"{row}" for row in range(size)],
    )


def joined() -> Thread:
    reddit = Part("Reddit", thread("ann", "cy"), "r/cars", "https://www.reddit.com/r/cars/1", 40)
    return join_threads(ARTICLE, [Part("Hacker News", thread("bob"), address="https://hn.example/1"), reddit])


def test_json_has_the_site_of_each_comment() -> None:
    comments = json.loads(exported(joined(), "json"))["comments"]
    assert [comment["site"] for comment in comments] == ["Hacker News"] * 2 + ["Reddit r/cars"] * 3
    assert [comment["author"] for comment in comments] == ["ann", "bob", "ann", "ann", "cy"]
    assert [comment["id"] for comment in comments] == [None, "0", None, "0", "1"]
    assert [comment["url"] for comment in comments][2] == "https://www.reddit.com/r/cars/1"
    assert [comment.get("discussion") for comment in comments][2] == {
        "site": "Reddit",
        "community": "r/cars",
        "title": "A post",
        "comments": 40,
    }
    assert [comment["index"] for comment in comments if "discussion" in comment] == [0, 2]


def test_markdown_says_where_a_discussion_is_and_keeps_its_title() -> None:
    written = exported(joined(), "markdown")
    assert "## 3 comments\n" in written
    assert (
        '- **ann** · #3 · on "Reddit r/cars" · 1970-01-01 00:00 · 7 points'
        " · [permalink](https://www.reddit.com/r/cars/1)\n\n  **A post**\n\n  My text.\n" in written
    )
    again = split_thread(reopened(joined(), "markdown"))
    assert [(part.site, part.community, part.address) for part in again] == [
        ("Hacker News", "", "https://hn.example/1"),
        ("Reddit", "r/cars", "https://www.reddit.com/r/cars/1"),
    ]
    assert [part.thread.article.title for part in again] == ["A post", "A post"]
    assert [list(part.thread.article.pieces) for part in again] == [["My text."], ["My text."]]


def test_text_and_html_show_the_discussions_with_site_and_address() -> None:
    text, page = exported(joined(), "text"), exported(joined(), "html")
    assert "3 comments in 2 discussions\n" in text
    assert "#3 Reddit r/cars · ann · 1970-01-01 00:00 · 7 points · https://www.reddit.com/r/cars/1\n  A post\n" in text
    assert "   #4 ann\n     Says ann.\n" in text
    assert "<h2>3 comments in 2 discussions</h2>" in page
    assert "<b>Reddit r/cars</b> · ann · 1970-01-01 00:00 · 7 points · <a" in page
    assert 'href="https://www.reddit.com/r/cars/1"' in page


# A post with the page that it links to

pages = st.builds(
    LinkedPage,
    url=LINES.map(lambda line: line or "https://page.example/"),
    first=st.integers(0, 3),
    title=LINES.map(lambda line: line or ""),
    byline=LINES,
    published=MOMENTS,
    published_text=LINES,
    problem=LINES.map(lambda line: line or ""),
)
texts = st.lists(st.sampled_from(["One.", "Two *three*.", "- a\n- b", "# Head", "```\ncode\n```", ""]), max_size=4)


@steady
@given(pages, texts, texts, LINES)
def test_json_gives_the_linked_page(page: LinkedPage, own: list[str], linked: list[str], link: str | None) -> None:
    article = Article("A post", pieces=[*own, *linked], format="markdown", link=link)
    article.linked = replace(page, first=len(own))
    again = reopened(replace(thread(), article=article), "json").article
    assert again.link == link
    assert again.linked is not None
    first, given = again.linked.first, article.linked
    assert again.linked == replace(given, first=first)
    for pieces, were in ((again.pieces[:first], own), (again.pieces[first:], linked)):
        assert article_blocks(replace(again, pieces=pieces, linked=None)) == article_blocks(
            replace(article, pieces=were, linked=None)
        )


def post() -> Thread:
    article = Article("A post", pieces=["<p>Mine.</p>", "<p>Theirs.</p>"], format="html", link="https://page.example/")
    article.linked = LinkedPage("https://page.example/", 1, "A page", "Bea", 0.0)
    return replace(thread(), article=article)


@pytest.mark.parametrize(
    ("to", "wanted"),
    [
        ("text", "\nMine.\n\n" + "-" * 100 + "\n\nA page\nBea · 1970-01-01 00:00 · https://page.example/\n\nTheirs.\n"),
        ("markdown", "\nMine.\n\n---\n\n## A page\n\nBea · 1970-01-01 00:00 · https://page.example/\n\nTheirs.\n"),
        (
            "html",
            '<p>Mine.</p>\n<hr>\n<h2>A page</h2>\n<p class="facts">Bea · 1970-01-01 00:00 · '
            '<a rel="noreferrer nofollow" href="https://page.example/">https://page.example/</a></p>\n<p>Theirs.</p>\n',
        ),
    ],
)
def test_the_linked_page_stands_below_a_rule(to: str, wanted: str) -> None:
    assert wanted in exported(post(), to).replace("\n\n<hr>", "\n<hr>").replace("\n\n<p>", "\n<p>")


@pytest.mark.parametrize("to", ["text", "markdown", "html"])
def test_the_title_of_the_linked_page_stands_there_once(to: str) -> None:
    read = post()
    read.article = Article("A page", pieces=["<p>Theirs.</p>"], format="html", url="https://page.example/")
    plain = thread()
    plain.article.link = "https://page.example/"
    written = exported(with_page(plain, read), to)
    assert written.count("A page") == 1
    assert "Theirs." in written


@pytest.mark.parametrize("to", ["text", "markdown", "html"])
def test_why_a_linked_page_cannot_be_shown_is_told(to: str) -> None:
    thread = post()
    thread.article.pieces = ["<p>Mine.</p>"]
    thread.article.linked = LinkedPage("https://page.example/a.pdf", 1, problem="It is a PDF.")
    written = exported(thread, to)
    assert "It is a PDF." in written
    assert written.count("https://page.example/a.pdf") >= 1


def test_markdown_keeps_the_address_of_the_page() -> None:
    thread = post()
    thread.article.url = "https://hn.example/1"
    again = reopened(thread, "markdown").article
    assert (again.url, again.link) == ("https://hn.example/1", "https://page.example/")
