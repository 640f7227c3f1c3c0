from __future__ import annotations

import pytest

from rumor_tui.model import Stub, Thread
from tests.readers.api.samples import TIME, listing, post, thread, topic

ADDRESS = "https://meta.example.com/t/a-topic/77.json?page=2"


def test_the_first_post_is_the_article() -> None:
    result = thread(topic(post(1), post(2, 1), post(3), post(4, 3)), ADDRESS)
    assert result.article.title == "A topic & more"
    assert (result.article.byline, result.article.score) == ("user1", 1)
    assert result.article.url == "https://meta.example.com/t/a-topic/77"
    assert list(result.article.pieces) == ["<p>text 1</p>"]
    assert list(result.ids) == ["2", "3", "4"]
    assert list(result.parent) == [-1, -1, 1]
    comment = result.comment(2)
    assert (comment.author, comment.score, comment.published) == ("user4", 4, TIME)
    assert comment.url == "https://meta.example.com/t/a-topic/77/4"
    assert not len(result.stubs)


def test_a_forum_in_a_folder_of_its_site() -> None:
    result = thread(topic(post(1)), "https://example.com/forum/t/77.json")
    assert result.article.url == "https://example.com/forum/t/a-topic/77"


def test_without_an_address_there_are_no_permalinks() -> None:
    result = thread(topic(post(1), post(2)))
    assert (result.article.url, result.urls[0]) == (None, None)


def test_posts_that_are_missing_are_a_stub() -> None:
    result = thread(topic(post(1), post(2), stream=(1001, 1002, 1003, 1009)))
    assert list(result.stubs) == [Stub(-1, 2, "discourse", ("1003", "1009"))]


def test_further_posts_behind_the_first_ones() -> None:
    result = thread(topic(post(1), post(4, 3), post(2), post(3, 2), post(2)))
    assert list(result.ids) == ["2", "3", "4"]
    assert list(result.parent) == [-1, 0, 1]


def test_raw_posts_are_markdown_and_deleted_ones_stay() -> None:
    posts = [post(n, cooked=None, raw=f"text *{n}*") for n in (1, 2)] + [post(3, deleted_at="2020-01-01", cooked="")]
    result = thread(topic(*posts))
    assert (result.format, result.article.format) == ("markdown", "markdown")
    assert list(result.bodies) == ["text *2*", ""]
    assert list(result.deleted) == [False, True]


def test_a_post_that_says_nothing_is_left_out() -> None:
    closed = post(3, cooked="", post_type=3, action_code="closed.enabled")
    assert list(thread(topic(post(1), post(2), closed, post(4, 3))).ids) == ["2", "4"]


def test_a_topic_that_does_not_begin_with_its_first_post() -> None:
    result = thread(topic(post(21), post(22, 21)))
    assert (result.article.title, list(result.article.pieces)) == ("A topic & more", [])
    assert list(result.parent) == [-1, 0]


def test_posts_alone() -> None:
    result = thread({"latest_posts": [post(2, topic_id=1), post(2, topic_id=2)]})
    assert (result.article.title, list(result.ids)) == ("Latest posts", ["1002", "1002"])
    assert list(thread([post(1, topic_title="T"), post(2)]).ids) == ["2"]
    assert list(thread({"post_stream": {"posts": [post(3), post(4, 3)]}}).parent) == [-1, 0]


def test_a_list_of_topics_is_a_listing() -> None:
    topics = [{"id": n, "title": f"T {n}", "slug": f"t-{n}", "posts_count": 4, "reply_count": 3} for n in (1, 2)]
    result = listing({"users": [], "topic_list": {"topics": topics}}, ADDRESS)
    assert [(entry.title, entry.comments) for entry in result.entries] == [("T 1", 3), ("T 2", 3)]
    assert result.entries[1].address == "https://meta.example.com/t/t-2/2"
    opened = result.open(1)
    assert isinstance(opened, Thread)
    assert opened.article.title == "T 2"


@pytest.mark.parametrize("stream", [None, 5, [None, {}, "x"]])
def test_a_stream_of_another_type(stream: object) -> None:
    value = topic(post(1), post(2))
    value["post_stream"]["stream"] = stream
    assert len(thread(value)) == 1
