from __future__ import annotations

import gc
import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Thread
from rumor_tui.readers import Hint, SourceError
from rumor_tui.readers.api import hacker_news_algolia
from tests.made_threads import steady
from tests.reading import read_source

HINT = Hint("item.json")


def item(number: int, *children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    made = {"id": number, "created_at_i": 1_300_000_000 + number, "type": "comment", "author": f"user{number}"}
    return (
        made
        | {"title": None, "url": None, "text": f"<p>text {number}", "points": None}
        | fields
        | {"children": list(children)}
    )


def story(*children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    about = {"type": "story", "title": "A story", "url": "https://example.com/", "text": None, "points": 12}
    return item(1, *children, **(about | fields))


def read(value: object) -> Thread:
    return read_source(json.dumps(value).encode(), HINT)


def test_a_story_with_a_tree_of_comments() -> None:
    thread = read(story(item(2, item(3), item(4, item(5))), item(6)))
    assert thread.article.title == "A story"
    assert thread.article.byline == "user1"
    assert thread.article.url == "https://example.com/"
    assert thread.article.score == 12
    assert thread.article.published == 1_300_000_001
    assert list(thread.article.pieces) == []
    assert list(thread.parent) == [-1, 0, 0, 2, -1]
    assert list(thread.ids) == ["2", "3", "4", "5", "6"]
    assert thread.format == "html"
    comment = thread.comment(3)
    assert comment.author == "user5"
    assert comment.body == "<p>text 5"
    assert comment.published == 1_300_000_005
    assert comment.url == "https://news.ycombinator.com/item?id=5"
    assert comment.parent == 2
    assert not comment.deleted


def test_the_text_of_a_question_is_the_article() -> None:
    thread = read(story(url=None, text="<p>What now?"))
    assert list(thread.article.pieces) == ["<p>What now?"]
    assert thread.article.format == "html"
    assert thread.article.url == "https://news.ycombinator.com/item?id=1"
    assert len(thread) == 0


def test_comments_without_text_were_deleted() -> None:
    gone = item(2, item(3), text=None, author=None)
    bare = {"id": 4, "children": []}
    thread = read(story(gone, bare, item(5, text="")))
    assert list(thread.deleted) == [True, False, True, False]
    assert list(thread.authors) == [None, "user3", None, "user5"]
    assert list(thread.bodies) == ["", "<p>text 3", "", ""]
    assert thread.published[2] is None


def test_authors_are_neutral_and_kept_once() -> None:
    name = "evil\x1b]0;x\x07\u202eman"
    thread = read(story(*(item(n, author=name) for n in range(2, 5))))
    author = thread.authors[0]
    assert author is not None
    assert not set("\x1b\x07\u202e") & set(author)
    assert thread.authors[1] is author


def test_bodies_are_decoded_row_by_row_and_their_lengths_are_known_before() -> None:
    thread = read(story(item(2, text="a\u00e9\n"), item(3, text="plain")))
    assert list(thread.bodies[0:2]) == ["aé\n", "plain"]
    assert list(thread.lengths) == [len(json.dumps("aé\n")), len('"plain"')]


def test_a_body_that_is_no_utf8_is_replaced_when_it_is_shown() -> None:
    data = json.dumps(story(item(2, text="caf?"))).encode().replace(b"caf?", b"caf\xe9")
    assert hacker_news_algolia.read(data, HINT).bodies[0] == "caf\ufffd"


def test_half_a_surrogate_pair_does_not_stop_the_reading() -> None:
    data = json.dumps(story(item(2, text="?? here", author="ann?"))).encode()
    thread = read_source(data.replace(b"?", b"\\ud83d"), HINT)
    assert thread.bodies[0] == "\ud83d\ud83d here"
    assert thread.authors[0] == "ann\ufffd"


def test_fields_of_other_types_are_taken_where_they_can_be() -> None:
    thread = read(story(item(2, id="2", points=3.0, created_at_i="1300000000", author=7, text=["x"])))
    comment = thread.comment(0)
    assert (comment.id, comment.score, comment.published, comment.author) == ("2", 3, 1_300_000_000, None)
    assert comment.deleted


def test_a_date_that_no_calendar_has_is_none() -> None:
    thread = read(story(item(2, created_at_i=10**15), item(3)))
    assert list(thread.published) == [None, 1_300_000_003]


@pytest.mark.parametrize("levels", [500, 5_000])
def test_a_chain_deeper_than_python_recurses(levels: int) -> None:
    assert sys.getrecursionlimit() < 5_000
    inner = json.dumps(item(2))[: -len("[]}")]
    data = json.dumps(story())[: -len("[]}")] + "[" + (inner + "[") * levels + "]}" * levels + "]}"
    thread = read_source(data.encode(), HINT)
    assert list(thread.parent) == list(range(-1, levels - 1))
    assert thread.bodies[levels - 1] == "<p>text 2"


@pytest.mark.parametrize("pretty", [None, 2])
def test_the_order_of_the_keys_does_not_matter(pretty: int | None) -> None:
    def backwards(value: dict[str, Any]) -> dict[str, Any]:
        turned = {key: value[key] for key in reversed(value)}
        turned["children"] = [backwards(child) for child in value["children"]]
        return turned

    data = json.dumps(backwards(story(item(2, item(3)), text="x" * 20_000)), indent=pretty)
    assert list(read_source(data.encode(), HINT).parent) == [-1, 0]


def test_a_large_file_is_known_by_its_ends() -> None:
    data = json.dumps(story(*(item(n, text="x" * 500_000) for n in range(2, 5)))).encode()
    assert hacker_news_algolia.sniff(data, HINT)
    assert not hacker_news_algolia.sniff(b'{"kind": "Listing", "data": "' + b"x" * 2_000_000 + b'"}', HINT)


@pytest.mark.parametrize(
    "other", [{"children": []}, {"kind": "Listing", "data": {"children": []}}, [story()], {"id": 1}]
)
def test_other_json_is_not_taken(other: object) -> None:
    assert not hacker_news_algolia.sniff(json.dumps(other).encode(), HINT)


def test_a_file_that_breaks_off_is_one_sentence() -> None:
    data = json.dumps(story(item(2), item(3))).encode()[:-30]
    with pytest.raises(SourceError, match=r"item\.json is JSON that breaks off"):
        read_source(data, HINT)


def test_the_garbage_collector_is_as_before() -> None:
    read(story())
    assert gc.isenabled()
    gc.disable()
    try:
        read(story())
        assert not gc.isenabled()
    finally:
        gc.enable()


TREES = st.recursive(
    st.builds(item, st.integers(2, 99), text=st.none() | st.text(max_size=5), author=st.none() | st.just("ann")),
    lambda inner: st.builds(lambda kids: item(7, *kids), st.lists(inner, max_size=4)),
    max_leaves=12,
)


@steady
@given(st.lists(TREES, max_size=4))
def test_the_lenient_way_reads_the_same(children: list[dict[str, Any]]) -> None:
    tree = story(*children)
    fast = read(tree)
    slow = read(tree | {"points": "12"})
    assert list(fast.comments()) == list(slow.comments())
    assert fast.article == slow.article
