"""Sources that speak of the same page, as one thread."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from rumor_tui.discussion_rows import count_comments
from rumor_tui.joined import split_thread
from rumor_tui.links import site_of
from rumor_tui.model import Entry, LinkedPage, Listing, Thread
from rumor_tui.readers.several import SITE_NAMES, group_sources, label_of
from rumor_tui.readers.source import Hint
from rumor_tui.sources.platforms import PLATFORMS
from tests.readers.made_discussions import PAGE, article_html, hacker_news_json, reddit_json
from tests.reading import read_source


def read(data: bytes, name: str = "file") -> Thread:
    content = read_source(data, Hint(name))
    assert isinstance(content, Thread)
    return content


def grouped(*sources: bytes) -> Thread:
    content = group_sources([read(data) for data in sources])
    assert isinstance(content, Thread)
    return content


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_article_and_its_discussions_are_one_thread(order: tuple[int, ...]) -> None:
    sources = [article_html(), hacker_news_json(), reddit_json()]
    thread = grouped(*(sources[nth] for nth in order))
    assert thread.article.title == "How many will BMW build?"
    assert count_comments(thread) == 4
    parts = {part.label: part for part in split_thread(thread)}
    assert list(parts) == [("Hacker News", "Reddit r/cars")[nth - 1] for nth in order if nth]
    assert parts["Hacker News"].address == "https://news.ycombinator.com/item?id=100"
    assert parts["Reddit r/cars"].address == "https://www.reddit.com/r/cars/comments/x1/bmw/"
    assert parts["Hacker News"].thread.article.title == "BMW 1M production"
    assert list(parts["Reddit r/cars"].thread.authors) == ["gabe", "rx7"]
    assert "gabe (Reddit)" in thread.people and "gabe (Hacker News)" in thread.people


def test_one_discussion_and_its_article_are_a_thread_with_its_linked_page() -> None:
    thread = grouped(article_html(), hacker_news_json())
    assert not thread.is_joined
    assert thread.article.title == "BMW 1M production"
    assert thread.article.linked is not None
    assert (thread.article.linked.url, thread.article.linked.title) == (PAGE, "How many will BMW build?")


def nameless(title: str) -> bytes:
    """A saved article that does not say where it is from."""
    return f"<html><head><title>{title}</title></head><body><article><p>{'Six hundred. ' * 30}</p></article>".encode()


@pytest.mark.parametrize("title", ["BMW 1M production", "The BMW 1M production", "How many 1M production cars?"])
@pytest.mark.parametrize("first", [True, False])
def test_an_article_without_an_address_belongs_to_the_discussions_of_its_title(title: str, first: bool) -> None:
    sources = [nameless(title), hacker_news_json(), reddit_json()]
    thread = grouped(*(sources if first else sources[::-1]))
    assert thread.article.title == title and len(split_thread(thread)) == 2


@pytest.mark.parametrize("title", ["A recipe for bread", "Production", ""])
def test_an_article_without_an_address_and_with_another_title_does_not(title: str) -> None:
    content = group_sources([read(nameless(title)), read(hacker_news_json()), read(reddit_json())])
    assert isinstance(content, Listing) and len(content.entries) == 2


def test_discussions_without_their_page_have_its_address() -> None:
    thread = grouped(hacker_news_json(), reddit_json())
    assert (thread.article.title, thread.article.url) == ("BMW 1M production", PAGE)
    assert [part.label for part in split_thread(thread)] == ["Hacker News", "Reddit r/cars"]


def test_a_linked_page_that_came_with_a_discussion_is_the_article() -> None:
    story = read(hacker_news_json())
    article = replace(story.article, pieces=["Mine.", "Theirs."], linked=LinkedPage(PAGE, 1, "The page", "Bea"))
    thread = group_sources([read(reddit_json()), replace(story, article=article)])
    assert isinstance(thread, Thread)
    assert (thread.article.title, thread.article.byline, thread.article.url) == ("The page", "Bea", PAGE)
    assert list(thread.article.pieces) == ["Theirs."]
    assert "Mine." in thread.bodies[3]
    assert "Theirs." not in thread.bodies[3]


def test_comments_of_the_page_itself_are_a_discussion_too() -> None:
    page = read(article_html())
    page = replace(read(reddit_json()), article=page.article, urls=[], source="page.html")
    thread = group_sources([page, read(hacker_news_json())])
    assert isinstance(thread, Thread)
    assert [part.label for part in split_thread(thread)] == ["blog.example", "Hacker News"]
    assert split_thread(thread)[0].thread.article.title == ""
    assert thread.article.title == "How many will BMW build?"
    assert thread.article.pieces == page.article.pieces


def test_what_speaks_of_other_pages_is_a_list() -> None:
    other = article_html("https://other.example/else", "Another page")
    content = group_sources([read(data) for data in (other, hacker_news_json(), reddit_json())])
    assert isinstance(content, Listing)
    assert [(entry.title, entry.comments) for entry in content.entries] == [
        ("Another page", 0),
        ("BMW 1M production", 4),
    ]
    opened = content.open(1)
    assert isinstance(opened, Thread)
    assert opened.is_joined


def test_a_list_among_the_sources_stays_one() -> None:
    listing = Listing("A feed", [Entry("One"), Entry("Two")], lambda index: read(article_html()), source="feed.xml")
    content = group_sources([listing, read(article_html())])
    assert isinstance(content, Listing)
    assert content.entries[0] == Entry("A feed", summary="2 threads", address="feed.xml")
    assert content.open(0) is listing


def test_pages_that_share_a_front_page_only_are_different() -> None:
    front = "https://blog.example/"
    content = group_sources([read(hacker_news_json(front, id=1)), read(hacker_news_json(front, id=50))])
    assert isinstance(content, Listing)


def test_the_same_discussion_twice_is_one() -> None:
    longer = hacker_news_json(authors=("gabe", "ann", "bob"))
    thread = grouped(hacker_news_json(), reddit_json(), longer)
    assert [len(part.thread) for part in split_thread(thread)] == [3, 2]


def test_the_same_article_twice_is_one() -> None:
    thread = grouped(article_html(text="Too short to be all of it, but it is a text. " * 4), article_html())
    assert sum(map(len, thread.article.pieces)) > 1000


def test_what_was_joined_before_is_joined_with_more() -> None:
    joined = grouped(hacker_news_json(), reddit_json())
    joined.article.url = PAGE
    thread = group_sources([joined, read(hacker_news_json(id=500))])
    assert isinstance(thread, Thread)
    assert [part.label for part in split_thread(thread)] == ["Hacker News", "Reddit r/cars", "Hacker News"]


def test_platforms_are_called_as_the_sources_call_them() -> None:
    named = {
        site_of(f"https://{host}/"): platform.name
        for platform in PLATFORMS
        if platform.site is not None
        for host in platform.site.pages
    }
    assert SITE_NAMES.items() <= named.items()


@pytest.mark.parametrize(
    ("url", "source", "label"),
    [
        ("https://old.reddit.com/r/cars/comments/1/x/", "", "Reddit r/cars"),
        ("https://www.reddit.com/comments/1", "", "Reddit"),
        ("https://lobste.rs/s/abc", "", "Lobsters"),
        ("https://lemmy.world/post/1", "", "lemmy.world"),
        (None, "https://www.blog.example/a", "blog.example"),
        (None, "/home/me/thread.txt", "thread.txt"),
        (None, "", ""),
    ],
)
def test_what_a_place_is_called(url: str | None, source: str, label: str) -> None:
    thread = read(hacker_news_json(authors=()))
    thread.article.discussion_url, thread.article.url, thread.source = None, url, source
    assert label_of(thread) == label
