"""Exports of several discussions as one thread, and of a post with the page that it links to."""

from __future__ import annotations

import json
import re
from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks
from rumor_tui.discussion_rows import own_id
from rumor_tui.export import comment_fields
from rumor_tui.joined import Part, join_threads, split_thread
from rumor_tui.linked_page import with_page
from rumor_tui.model import Article, Format, LinkedPage, Thread
from rumor_tui.text import neutralise_for_file
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


def words(body: str, format: Format) -> list[str]:
    """What a body says, without white space."""
    text = "\n".join(block.text for block in blocks.parse_body(body, format, clean=neutralise_for_file))
    return text.split()


def assert_same_discussions(joined: Thread, again: Thread) -> None:
    """The same tree of the same people in the same discussions."""
    assert list(again.parent) == list(joined.parent)
    assert list(again.people) == list(joined.people)
    for part, was in zip(split_thread(again), split_thread(joined), strict=True):
        assert (part.label, part.comments) == (was.label, was.comments)
        assert part.address == (was.address if comment_fields.is_safe_link(was.address) else "")
        for fact in ("byline", "published", "score"):
            assert getattr(part.thread.article, fact) == getattr(was.thread.article, fact)


@steady
@given(discussions())
def test_a_page_gives_the_same_joined_thread(given: list[Part]) -> None:
    joined = join_threads(ARTICLE, given)
    joined.repair = False
    again = reopened(joined, "html")
    assert_same_discussions(joined, again)
    for row, body in enumerate(joined.bodies):
        assert words(again.bodies[row], again.format) == words(body, joined.format)
    assert list(map(own_id, again.ids)) == list(map(own_id, joined.ids))
    for part, was in zip(split_thread(again), split_thread(joined), strict=True):
        assert part.thread.article.title == was.thread.article.title
        for column in ("published", "published_text", "scores", "deleted"):
            assert list(getattr(part.thread, column)) == list(getattr(was.thread, column))
        for url, before in zip(part.thread.urls, was.thread.urls, strict=True):
            assert url == (before if before and comment_fields.is_safe_link(before) else None)


NAMES = st.none() | st.sampled_from(["ann", "bob the 2nd", "#2", "Gabe, PhD", "(deleted)"])


@st.composite
def plain_discussions(draw: st.DrawFn) -> list[Part]:
    """Discussions as text can hold them: with names that have no dots between spaces, and addresses of the web."""
    parts = draw(discussions())
    for nth, part in enumerate(parts):
        size = len(part.thread)
        part.thread.authors = draw(st.lists(NAMES, min_size=size, max_size=size))
        part.thread.published_text = [None] * size
        part.thread.stubs = []
        part.thread.article.byline, part.thread.article.published_text = draw(NAMES), None
        parts[nth] = replace(part, address=f"https://site.example/{nth}" if draw(st.booleans()) else "")
    return parts


@steady
@given(plain_discussions())
def test_text_gives_the_same_joined_thread(given: list[Part]) -> None:
    joined = join_threads(ARTICLE, given)
    joined.repair = False
    again = reopened(joined, "text")
    assert [part.label for part in split_thread(again)] == [part.label for part in given]
    assert_same_discussions(joined, again)
    for row, body in enumerate(joined.bodies):
        written = blocks.to_text(blocks.parse_body(body, joined.format, clean=neutralise_for_file))
        assert again.bodies[row].split() == written.split()
    for column in ("published", "scores", "deleted"):
        for row, value in enumerate(getattr(joined, column)):
            assert getattr(again, column)[row] == value


@pytest.mark.parametrize("to", ["json", "markdown", "html", "text"])
def test_every_form_gives_the_discussions(to: str) -> None:
    parts = split_thread(reopened(joined(), to))
    assert [(part.site, part.community, part.address, part.comments) for part in parts] == [
        ("Hacker News", "", "https://hn.example/1", None),
        ("Reddit", "r/cars", "https://www.reddit.com/r/cars/1", 40),
    ]
    assert [(part.thread.article.title, part.thread.article.byline) for part in parts] == [("A post", "ann")] * 2
    assert [(part.thread.article.score, part.thread.article.published) for part in parts] == [(7, 0.0)] * 2
    assert [list(part.thread.authors) for part in parts] == [["bob"], ["ann", "cy"]]


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
        '- **ann** · #3 · on "Reddit r/cars" · 1970-01-01 00:00 · 7 points · 40 comments'
        " · [permalink](https://www.reddit.com/r/cars/1)\n\n  **A post**\n\n  My text.\n" in written
    )
    again = split_thread(reopened(joined(), "markdown"))
    assert [(part.site, part.community, part.address) for part in again] == [
        ("Hacker News", "", "https://hn.example/1"),
        ("Reddit", "r/cars", "https://www.reddit.com/r/cars/1"),
    ]
    assert [part.thread.article.title for part in again] == ["A post", "A post"]
    assert [list(part.thread.article.pieces) for part in again] == [["My text."], ["My text."]]
    assert [part.comments for part in again] == [None, 40]


def test_text_and_html_show_the_discussions_with_site_and_address() -> None:
    text, page = exported(joined(), "text"), exported(joined(), "html")
    assert "3 comments in 2 discussions\n" in text
    facts = "ann · 1970-01-01 00:00 · 7 points · 40 comments · https://www.reddit.com/r/cars/1"
    assert f"#3 Reddit r/cars · {facts}\n  A post\n" in text
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


HEAD = "---\n\n## A page\n\nhttps://page.example/"
"""What stands above a linked page, which a text may quote."""


@steady
@given(
    pages,
    st.lists(st.sampled_from(["One.", "Two *three*.", "- a\n- b", "---", "## A page", HEAD, ""]), max_size=4),
    texts,
    st.sampled_from(["markdown", "html"]),
)
def test_markdown_and_pages_keep_which_part_is_the_linked_page(
    page: LinkedPage, own: list[str], linked: list[str], to: str
) -> None:
    if page.problem:
        linked = []
    article = Article("A post", pieces=[*own, *linked], format="markdown", link=page.url, url="https://hn.example/1")
    article.linked = replace(page, first=len(own))
    again = reopened(replace(thread(), article=article), to).article
    safe = to == "markdown" or comment_fields.is_safe_link(page.url)
    assert (again.link, again.url) == (article.link if safe else None, article.url)
    assert again.linked is not None
    assert replace(again.linked, first=0) == replace(page, first=0, url=page.url if safe else "")
    said = words("\n\n".join(again.own_pieces), again.format)
    assert said == words("\n\n".join(own), "markdown")
    title = [] if page.problem else page.title.split()
    assert words("\n\n".join(again.linked_pieces), again.format) == [*title, *words("\n\n".join(linked), "markdown")]


def test_a_quoted_head_is_not_the_place_of_the_linked_page() -> None:
    article = Article("A post", pieces=["Mine.", HEAD, "Mine, too.", "Theirs."], format="markdown")
    article.linked = LinkedPage("https://page.example/", 3, "A page")
    again = reopened(replace(thread(), article=article), "markdown").article
    assert "Mine, too." in list(again.own_pieces)
    assert list(again.linked_pieces) == ["## A page", "Theirs."]


@pytest.mark.parametrize("to", ["json", "markdown", "html", "text"])
def test_every_form_gives_the_linked_page(to: str) -> None:
    again = reopened(post(), to).article
    assert again.linked == LinkedPage("https://page.example/", 1, "A page", "Bea", 0.0)
    assert again.link == "https://page.example/"
    assert [words(piece, again.format) for piece in again.own_pieces] == [["Mine."]]
    assert words("\n".join(again.linked_pieces), again.format)[-1] == "Theirs."


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
    shown = re.sub(r"\A---\n.*?\n---\n|<[^>]*>", "", written, flags=re.DOTALL)  # without front matter and attributes
    assert shown.count("A page") == 1
    assert "Theirs." in shown


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
