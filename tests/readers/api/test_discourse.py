from __future__ import annotations

import pytest

from rumor_tui.model import Stub, Thread
from tests.readers.api.samples import TIME, listing, post, thread, topic

ADDRESS = "https://meta.example.com/t/a-topic/77.json?page=2"


def test_the_first_post_is_the_article() -> None:
    found = thread(topic(post(1), post(2, 1), post(3), post(4, 3)), ADDRESS)
    assert found.article.title == "A topic & more"
    assert (found.article.byline, found.article.score) == ("user1", 1)
    assert found.article.url == "https://meta.example.com/t/a-topic/77"
    assert list(found.article.pieces) == ["<p>text 1</p>"]
    assert list(found.ids) == ["2", "3", "4"]
    assert list(found.parent) == [-1, -1, 1]
    comment = found.comment(2)
    assert (comment.author, comment.score, comment.published) == ("user4", 4, TIME)
    assert comment.url == "https://meta.example.com/t/a-topic/77/4"
    assert not len(found.stubs)


def test_a_forum_in_a_folder_of_its_site() -> None:
    found = thread(topic(post(1)), "https://example.com/forum/t/77.json")
    assert found.article.url == "https://example.com/forum/t/a-topic/77"


def test_without_an_address_there_are_no_permalinks() -> None:
    found = thread(topic(post(1), post(2)))
    assert (found.article.url, found.urls[0]) == (None, None)


def test_posts_that_are_missing_are_a_stub() -> None:
    found = thread(topic(post(1), post(2), stream=(1001, 1002, 1003, 1009)))
    assert list(found.stubs) == [Stub(-1, 2, "discourse", ("1003", "1009"))]


def test_further_posts_behind_the_first_ones() -> None:
    found = thread(topic(post(1), post(4, 3), post(2), post(3, 2), post(2)))
    assert list(found.ids) == ["2", "3", "4"]
    assert list(found.parent) == [-1, 0, 1]


def test_raw_posts_are_markdown_and_deleted_ones_stay() -> None:
    posts = [post(n, cooked=None, raw=f"text *{n}*") for n in (1, 2)] + [post(3, deleted_at="2020-01-01", cooked="")]
    found = thread(topic(*posts))
    assert (found.format, found.article.format) == ("markdown", "markdown")
    assert list(found.bodies) == ["text *2*", ""]
    assert list(found.deleted) == [False, True]


def test_a_post_that_says_nothing_is_left_out() -> None:
    closed = post(3, cooked="", post_type=3, action_code="closed.enabled")
    assert list(thread(topic(post(1), post(2), closed, post(4, 3))).ids) == ["2", "4"]


def test_a_topic_that_does_not_begin_with_its_first_post() -> None:
    found = thread(topic(post(21), post(22, 21)))
    assert (found.article.title, list(found.article.pieces)) == ("A topic & more", [])
    assert list(found.parent) == [-1, 0]


def test_posts_alone() -> None:
    found = thread({"latest_posts": [post(2, topic_id=1), post(2, topic_id=2)]})
    assert (found.article.title, list(found.ids)) == ("Latest posts", ["1002", "1002"])
    assert list(thread([post(1, topic_title="T"), post(2)]).ids) == ["2"]
    assert list(thread({"post_stream": {"posts": [post(3), post(4, 3)]}}).parent) == [-1, 0]


def test_a_list_of_topics_is_a_listing() -> None:
    topics = [{"id": n, "title": f"T {n}", "slug": f"t-{n}", "posts_count": 4, "reply_count": 3} for n in (1, 2)]
    found = listing({"users": [], "topic_list": {"topics": topics}}, ADDRESS)
    assert [(entry.title, entry.comments) for entry in found.entries] == [("T 1", 3), ("T 2", 3)]
    assert found.entries[1].address == "https://meta.example.com/t/t-2/2"
    opened = found.open(1)
    assert isinstance(opened, Thread)
    assert opened.article.title == "T 2"


@pytest.mark.parametrize("stream", [None, 5, [None, {}, "x"]])
def test_a_stream_of_another_type(stream: object) -> None:
    value = topic(post(1), post(2))
    value["post_stream"]["stream"] = stream
    assert len(thread(value)) == 1
