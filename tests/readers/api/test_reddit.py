from __future__ import annotations

from typing import Any

import pytest

from rumor_tui.model import Listing, Stub
from rumor_tui.readers import lenient_json, read_source
from tests.readers.api.samples import HINT, TIME, item, lines, listing, more, t1, t3, things, thread


def test_a_page_with_nested_replies() -> None:
    result = thread([things(t3()), things(t1("a", "t3_post", t1("b", "t1_a", t1("c", "t1_b"))), t1("d", "t3_post"))])
    assert result.article.title == "Title of post"
    assert list(result.article.pieces) == ["The *post*."]
    assert (result.article.byline, result.article.score, result.article.format) == ("op", 50, "markdown")
    assert result.article.url == "https://www.reddit.com/r/test/comments/post/title/"
    assert list(result.ids) == ["t1_a", "t1_b", "t1_c", "t1_d"]
    assert list(result.parent) == [-1, 0, 1, -1]
    comment = result.comment(1)
    assert (comment.author, comment.body, comment.score, comment.published) == ("user_b", "text *b*", 5, TIME)
    assert comment.url == "https://www.reddit.com/r/test/comments/post/title/b/"
    assert result.format == "markdown"


def test_a_link_is_the_address_of_the_article() -> None:
    result = thread([things(t3(url="https://example.com/x", selftext="")), things()])
    assert result.article.url == "https://example.com/x"
    assert list(result.article.pieces) == []


def test_more_is_a_stub_and_continue_this_thread_names_the_comment() -> None:
    result = thread(
        [things(t3()), things(t1("a", "t3_post", more("t1_a", 3, "x", "y")), t1("b", "t3_post", more("t1_b", 0)))]
    )
    assert list(result.stubs) == [Stub(0, 3, "reddit", ("x", "y")), Stub(1, 0, "reddit", ("t1_b",))]
    assert len(result) == 2


def test_comments_that_came_later_are_put_where_they_belong() -> None:
    first = things(t1("a", "t3_post", more("t1_a", 2, "b", "c")), more("t3_post", 5, "d", "e"))
    first["data"]["children"] += [t1("c", "t1_b"), t1("b", "t1_a"), t1("d", "t3_post"), t1("a", "t3_post")]
    result = thread([things(t3()), first])
    assert list(result.ids) == ["t1_a", "t1_b", "t1_c", "t1_d"]
    assert list(result.parent) == [-1, 0, 1, -1]
    assert list(result.stubs) == [Stub(-1, 4, "reddit", ("e",))]


def test_a_thread_that_was_continued_has_no_stub_for_it() -> None:
    page = things(t1("a", "t3_post", more("t1_a", 0)), t1("b", "t1_a"))
    assert not len(thread([things(t3(num_comments=2)), page]).stubs)


def test_stubs_follow_their_parents_when_the_order_changes() -> None:
    result = thread(
        [things(t3()), things(t1("b", "t1_a", more("t1_b", 1, "x")), t1("a", "t3_post"), t1("c", "t3_post"))]
    )
    assert list(result.ids) == ["t1_a", "t1_b", "t1_c"]
    assert result.ids[result.stubs[0].parent] == "t1_b"


@pytest.mark.parametrize("body", ["[deleted]", "[removed]"])
def test_what_was_taken_away_is_marked(body: str) -> None:
    result = thread([things(t3()), things(t1("a", "t3_post", body=body, author="[deleted]"), t1("b", "t3_post"))])
    assert list(result.deleted) == [True, False]
    assert result.comment(0).body == body


def test_a_single_listing_and_a_bare_thing() -> None:
    assert list(thread(things(t1("a", "t3_post"), t1("b", "t1_a"))).parent) == [-1, 0]
    assert list(thread(t1("a", "t3_post", t1("b", "t1_a"))).parent) == [-1, 0]
    assert thread(t3()).article.title == "Title of post"
    assert list(thread({"json": {"errors": [], "data": {"things": [t1("a", "t3_post"), t1("b", "t1_a")]}}}).parent) == [
        -1,
        0,
    ]


def flat(name: str, parent: str, **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = t1(name, parent)["data"] | fields
    for field in ("replies", "name", "permalink"):
        data.pop(field)
    return data


def test_a_dump_of_comments() -> None:
    dump = [flat("b", "t1_a", created_utc=str(TIME)), flat("a", "t3_post")]
    for result in (thread(dump), read_source(lines(*dump), HINT), thread({"data": dump, "metadata": {}})):
        assert not isinstance(result, Listing)
        assert list(result.ids) == ["t1_a", "t1_b"]
        assert list(result.parent) == [-1, 0]
        assert result.published[1] == TIME
        assert result.urls[1] == "https://www.reddit.com/comments/post/_/b"
        assert result.article.url == "https://www.reddit.com/comments/post"


def test_a_dump_that_names_kinds_and_begins_with_the_newest() -> None:
    dump = [flat(name, "t3_post", kind="t1", created_utc=TIME - n) for n, name in enumerate("abc")]
    assert list(thread(dump).ids) == ["t1_c", "t1_b", "t1_a"]


def test_a_dump_with_its_post() -> None:
    result = read_source(lines(t3()["data"], flat("a", "t3_post")), HINT)
    assert not isinstance(result, Listing)
    assert (result.article.title, list(result.ids)) == ("Title of post", ["t1_a"])


def test_comments_on_several_posts_are_a_listing() -> None:
    result = listing([flat("a", "t3_x", link_id="t3_x", link_title="X"), flat("b", "t3_y", link_id="t3_y")])
    assert [(entry.title, entry.comments) for entry in result.entries] == [("X", 1), ("text b", 1)]


def test_a_front_page_is_a_listing() -> None:
    result = listing(things(t3("one"), t3("two", url="https://example.com/", selftext="")))
    assert [entry.title for entry in result.entries] == ["Title of one", "Title of two"]
    assert [entry.comments for entry in result.entries] == [4, 4]
    assert result.entries[1].address == "https://www.reddit.com/r/test/comments/two/title/"
    opened = result.open(0)
    assert not isinstance(opened, Listing)
    assert list(opened.article.pieces) == ["The *post*."]


def test_entities_are_undone_where_the_answer_has_them() -> None:
    escaped = {"body": "&gt; quote &amp;amp; more", "body_html": "&lt;p&gt;x&lt;/p&gt;"}
    raw = {"body": "> quote &amp; more", "body_html": "<p>x</p>"}
    for fields, body in ((escaped, "> quote &amp; more"), (raw, "> quote &amp; more")):
        assert thread([things(t3()), things(t1("a", "t3_post", **fields))]).bodies[0] == body
    dump = [flat("a", "t3_post", body="&gt; quote")]
    assert thread(dump).bodies[0] == "> quote"
    assert thread([*dump, flat("b", "t3_post", body="a > b")]).bodies[0] == "&gt; quote"


@pytest.mark.parametrize("levels", [300, 5_000])
def test_replies_nested_deeper_than_python_recurses(levels: int) -> None:
    head = (
        '{"kind": "t1", "data": {"author": "a", "body": "text", "replies": {"kind": "Listing", "data": {"children": ['
    )
    data = head * levels + "]}}}}" * levels
    result = read_source(f'{{"kind": "Listing", "data": {{"children": [{data}]}}}}'.encode(), HINT)
    assert not isinstance(result, Listing)
    assert list(result.parent) == list(range(-1, levels - 1))


def test_large_answers_are_not_decoded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient_json, "parse_json", lambda _: pytest.fail("the slow parser was asked"))
    odd = t1("b", "t1_a", score=None, created_utc="x", author=None, children=None, id=[1], link_id={"a": 1})
    result = thread([things(t3(media={"a": [1]})), things(t1("a", "t3_post", odd), more("t3_post", 1, "z"))])
    assert result.lengths[0] == len('"text *a*"')
    assert (result.scores[1], result.published[1], result.published_text[1]) == (None, None, "x")


def test_other_kinds_are_not_taken_for_reddit() -> None:
    assert thread([item(1, None)]).article.title == "Story 1"
