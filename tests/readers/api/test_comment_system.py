"""The one form of the comments of all comment systems."""

from __future__ import annotations

import json
from typing import Any

from rumor_tui.model import Thread
from rumor_tui.readers import Hint
from rumor_tui.readers.api import comment_system
from rumor_tui.readers.api.document import Document
from tests.reading import read_source


def read(*comments: dict[str, Any]) -> Thread:
    data = json.dumps({"comment_system": "Isso", "comments": comments}).encode()
    return read_source(data, Hint("https://blog.example/six/"))


def test_every_field_is_read() -> None:
    thread = read(
        {"id": "2", "parent_id": "1", "author": "ben", "created_at": 1299585660.5, "html": "<p>414.</p>", "score": -1},
        {"id": "1", "author": "ann", "created_at": "2011-03-08T12:00:00Z", "html": "<p>600.</p>", "deleted": True,
         "url": "https://blog.example/six/#c1"},
    )  # fmt: skip
    assert (list(thread.ids), list(thread.parent), list(thread.authors)) == (["1", "2"], [-1, 0], ["ann", "ben"])
    assert (list(thread.bodies), thread.format) == (["<p>600.</p>", "<p>414.</p>"], "html")
    assert list(thread.published) == [1299585600, 1299585660.5]
    assert (list(thread.scores), list(thread.deleted)) == ([None, -1], [True, False])
    assert thread.urls[0] == "https://blog.example/six/#c1"
    assert thread.article.title == ""


def test_comments_stand_by_date_where_all_have_one() -> None:
    first, second = {"id": "a", "text": "x", "created_at": 1299585600}, {"id": "b", "text": "y"}
    assert list(read({**second, "created_at": 1299585601}, first).ids) == ["a", "b"]
    assert list(read(second, first).ids) == ["b", "a"]


def test_a_single_comment_without_a_name_or_a_date_is_one() -> None:
    thread = read({"id": "1", "markdown": "*Six*"})
    assert (list(thread.bodies), thread.format, list(thread.authors)) == (["*Six*"], "markdown", [None])


def test_no_comments_are_an_empty_thread() -> None:
    assert len(read()) == 0


def test_a_comment_that_is_there_twice_is_one() -> None:
    assert list(read({"id": "1", "text": "x"}, {"id": "1", "text": "x"}).ids) == ["1"]


def test_a_circle_of_parents_is_broken() -> None:
    thread = read({"id": "1", "parent_id": "2", "text": "x"}, {"id": "2", "parent_id": "1", "text": "y"})
    assert len(thread) == 2


def test_a_list_of_comments_with_nothing_in_it_is_a_thread_without_comments() -> None:
    assert len(read_source(b'{"comments": []}', Hint("https://news.example/1"))) == 0


def test_an_empty_list_beside_other_facts_is_left_to_other_readers() -> None:
    assert not comment_system.sniff(Document(b'{"comments": [], "id": 7}'), Hint("x"))
