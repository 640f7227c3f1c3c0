"""Discussions without a readable link: which of them belong to an article, and which never do."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from rumor_tui.discussion_rows import count_comments
from rumor_tui.joined import split_thread
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, read_path
from rumor_tui.readers.page_evidence import is_about, named_pages
from rumor_tui.readers.several import group_sources
from tests.readers.made_discussions import PAGE, WORDS, article_html, discussion_html, hacker_news_json
from tests.reading import read_source

TITLE = "How many will BMW build?"
NEWS = "https://news.ycombinator.com/item?id=100"
ELSEWHERE = "https://other.example/2011/else"


def read(data: bytes, name: str = "file.html") -> Thread:
    content = read_source(data, Hint(name))
    assert isinstance(content, Thread)
    return content


def grouped(*sources: bytes) -> Thread | Listing:
    return group_sources([read(data, f"{nth}.html") for nth, data in enumerate(sources)])


def nameless(title: str = TITLE) -> bytes:
    """A saved article that does not say where it is from."""
    text = f"<p>{WORDS * 6}</p>" * 2
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body>".encode()


def test_the_made_page_is_a_discussion_without_a_link() -> None:
    thread = read(discussion_html(post="See there."))
    assert list(thread.authors) == ["gabe", "rx7", "ann"]
    assert (thread.article.title, thread.article.link) == (TITLE, None)


JOINED = {
    "the same title": discussion_html(),
    "the same title in other letters": discussion_html(title="How many will BMW build"),
    "the same title before the community": discussion_html(title=f"{TITLE} : r/cars"),
    "the same title before the name of the site": discussion_html(NEWS, f"{TITLE} | Hacker News"),
    "a post that names the address": discussion_html(title="Only a few", post=f"Read this: {PAGE}."),
    "a link in the post": discussion_html(
        title="Only a few", post=f"What do you think of <a href='{PAGE}'>this piece</a> on the new car?"
    ),
    "the address in another form": discussion_html(
        title="Only a few", post=f"http://www.{PAGE[8:]}/?utm_source=x#top says so"
    ),
    "the address among others": discussion_html(title="Only a few", post=f"{PAGE} answers {ELSEWHERE}"),
    "a page without an address": discussion_html(""),
    "a post that presents it": discussion_html(post="I find this surprising, and you?"),
}


@pytest.mark.parametrize("kind", JOINED)
@pytest.mark.parametrize("first", [True, False])
def test_what_is_surely_about_the_article_is_joined(kind: str, first: bool) -> None:
    sources = [article_html(), JOINED[kind]]
    thread = grouped(*(sources if first else sources[::-1]))
    assert isinstance(thread, Thread)
    assert len(thread) == 3 and thread.article.linked is not None
    assert thread.article.linked.url == PAGE
    assert thread.article.title != "" and thread.article.link == PAGE


APART = {
    "another title": discussion_html(title="How many will Audi build?"),
    "a part of the title": discussion_html(title="How many will BMW build? In 2012"),
    "the title before something else": discussion_html(title=f"{TITLE} - March 10"),
    "a post that names another page": discussion_html(post=f"Read this: {ELSEWHERE}"),
    "a post with a list of links": discussion_html(
        title="Links", post=" ".join([PAGE, *(f"https://other.example/{n}" for n in range(5))])
    ),
    "a post that names the front page": discussion_html(title="Only a few", post="See https://blog.example/ for more."),
    "a page of the same site": discussion_html("https://blog.example/2012/again"),
    "a discussion from before": discussion_html(date="2010-01-01"),
    "a text of its own": discussion_html(post=WORDS * 10),
    "no comments": discussion_html(authors=()),
    "comments that name the address": discussion_html(title="Only a few", authors=(PAGE, "see", PAGE)),
}


@pytest.mark.parametrize("kind", APART)
@pytest.mark.parametrize("first", [True, False])
def test_what_may_be_about_something_else_is_not(kind: str, first: bool) -> None:
    article = read(article_html())
    article.article.published = 1_299_600_000.0
    sources = [article, read(APART[kind])]
    content = group_sources(sources if first else sources[::-1])
    assert isinstance(content, Listing) and len(content.entries) == 2


@pytest.mark.parametrize("title", ["BMW", "Cars in 2011", "Open thread", "New"])
def test_a_title_that_anybody_may_have_joins_nothing(title: str) -> None:
    assert isinstance(grouped(article_html(title=title), discussion_html(title=title)), Listing)


def test_a_link_to_another_page_counts_more_than_the_title() -> None:
    story = read(hacker_news_json(ELSEWHERE))
    story.article.title = TITLE
    assert isinstance(group_sources([read(article_html()), story]), Listing)


def test_two_articles_of_one_title_have_no_discussion_of_both() -> None:
    content = grouped(article_html(), article_html(ELSEWHERE), discussion_html())
    assert isinstance(content, Listing) and len(content.entries) == 3


def test_a_post_that_names_two_articles_belongs_to_neither() -> None:
    post = discussion_html(title="Only a few", post=f"{PAGE} and {ELSEWHERE}")
    content = grouped(article_html(), article_html(ELSEWHERE, "Another page"), post)
    assert isinstance(content, Listing) and len(content.entries) == 3


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("article", [article_html(), nameless()], ids=["with an address", "without"])
def test_an_article_and_two_saved_discussions_are_one_thread(article: bytes, order: tuple[int, ...]) -> None:
    sources = [article, discussion_html(), discussion_html(NEWS, f"{TITLE} | Hacker News", authors=("gabe", "pg"))]
    thread = grouped(*(sources[nth] for nth in order))
    assert isinstance(thread, Thread) and thread.is_joined
    assert thread.article.title == TITLE and count_comments(thread) == 5
    parts = {part.label: part for part in split_thread(thread)}
    assert set(parts) == {"Reddit r/cars", "Hacker News"}
    assert parts["Hacker News"].address == NEWS
    assert parts["Reddit r/cars"].thread.article.title == TITLE
    assert "gabe (Reddit)" in thread.people


def test_what_has_a_link_and_what_has_none_are_joined() -> None:
    thread = grouped(article_html(), hacker_news_json(), discussion_html())
    assert isinstance(thread, Thread)
    assert [part.label for part in split_thread(thread)] == ["Hacker News", "Reddit r/cars"]


def test_an_older_discussion_is_one_only_if_the_article_was_changed_since() -> None:
    article, discussion = read(article_html()), read(discussion_html(date="2011-03-09"))
    article.article.published = 1_299_628_800.0 + 86_400  # a day behind the discussion
    assert is_about(discussion, article)
    article.article.published += 2 * 86_400
    assert not is_about(discussion, article)


def test_pages_that_a_post_names() -> None:
    post = f"See <a href='/r/bmw'>here</a>, https://example.com/a?utm_source=x, (http://www.example.com/a) and {PAGE}!"
    assert named_pages(read(discussion_html(post=post))) == {"https://example.com/a", PAGE}


def test_a_saved_discussion_comes_with_its_article_from_a_folder(tmp_path: Path) -> None:
    files = {
        "a.html": article_html(),
        "b.html": discussion_html(title="Only a few", post=f"Read this: {PAGE}"),
        "c.html": discussion_html(NEWS, "Cars", post=" ".join([PAGE, *(f"https://o.example/{n}" for n in range(9))])),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    listing = read_path(str(tmp_path))
    assert isinstance(listing, Listing)
    thread = listing.open(
        next(nth for nth, entry in enumerate(listing.entries) if "a.html" in entry.address + entry.title)
    )
    assert isinstance(thread, Thread)
    assert thread.article.linked is not None and thread.article.title == "Only a few"
    assert len(thread) == 3


def test_a_copy_of_the_article_is_no_discussion_of_it() -> None:
    copy = replace(read(article_html(ELSEWHERE)), parent=read(discussion_html()).parent)
    assert not is_about(copy, read(article_html()))
