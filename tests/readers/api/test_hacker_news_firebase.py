from __future__ import annotations

import pytest

from rumor_tui.model import Stub
from rumor_tui.readers import lenient_json, read_source
from tests.readers.api.samples import HINT, TIME, item, lines, listing, thread


def test_a_story_with_its_comments_in_any_order() -> None:
    result = thread([item(1, None, 3, 2), item(4, 2), item(2, 1, 4), item(3, 1)])
    assert result.article.title == "Story 1"
    assert (result.article.byline, result.article.score, result.article.url) == ("user1", 7, "https://example.com/")
    assert list(result.ids) == ["3", "2", "4"]
    assert list(result.parent) == [-1, -1, 1]
    assert result.format == "html"
    comment = result.comment(2)
    assert (comment.author, comment.body, comment.published) == ("user4", "<p>text 4", TIME + 4)
    assert comment.url == "https://news.ycombinator.com/item?id=4"
    assert not len(result.stubs)
    assert result.confidence == "explicit"


def test_json_lines_and_a_null_between_them() -> None:
    data = lines(item(2, 1), item(1, None, 2)) + b"null\n"
    result = read_source(data, HINT)
    assert list(result.ids) == ["2"]  # type: ignore[union-attr]


def test_kids_that_are_not_there_are_stubs() -> None:
    result = thread([item(1, None, 2, 9, descendants=12), item(2, 1, 7, 8)])
    assert list(result.stubs) == [Stub(0, 2, "hackernews", ("7", "8")), Stub(-1, 1, "hackernews", ("9",))]
    alone = thread(item(1, None, 2, 9, descendants=12))
    assert list(alone.stubs) == [Stub(-1, 12, "hackernews", ("2", "9"))]
    assert len(alone) == 0


def test_a_comment_alone_is_the_article() -> None:
    result = thread(item(2, 1))
    assert list(result.article.pieces) == ["<p>text 2"]
    assert result.article.url == "https://news.ycombinator.com/item?id=2"


def test_deleted_and_dead_ones_stay() -> None:
    gone = {"id": 2, "parent": 1, "time": TIME, "type": "comment", "deleted": True, "kids": [4]}
    result = thread([item(1, None, 2, 3), gone, item(3, 1, dead=True), item(4, 2)])
    assert list(result.deleted) == [True, False, True]
    assert list(result.parent) == [-1, 0, -1]
    assert list(result.bodies) == ["", "<p>text 4", "<p>text 3"]
    assert thread(gone).article.title == "(deleted)"


def test_several_stories_are_a_listing_that_opens_each() -> None:
    result = listing([item(1, None, 3, descendants=1), item(2, None), item(3, 1)])
    assert [(entry.title, entry.comments) for entry in result.entries] == [("Story 1", 1), ("Story 2", 0)]
    assert result.entries[0].address == "https://news.ycombinator.com/item?id=1"
    assert result.whole is not None
    assert list(result.whole().parent) == [-1, 0, -1]
    assert list(result.open(0).ids) == ["3"]  # type: ignore[union-attr]


def test_a_poll_shows_its_options() -> None:
    poll = item(1, None, type="poll", parts=[2, 3], text="<p>Which?")
    options = [{"id": n, "poll": 1, "type": "pollopt", "text": f"No. {n}", "score": n, "time": 1} for n in (2, 3)]
    result = thread([poll, *options, item(4, 1)])
    assert list(result.article.pieces) == ["<p>Which?", "<ul><li>No. 2 (2 points)</li><li>No. 3 (3 points)</li></ul>"]
    assert list(result.ids) == ["4"]


def test_items_inside_items() -> None:
    inner = item(3, None, type="comment", text="<p>in", title=None)
    result = thread(item(1, None) | {"kids": [item(2, 1) | {"kids": [inner]}]})
    assert list(result.ids) == ["2", "3"]
    assert list(result.parent) == [-1, 0]


def test_bodies_are_not_decoded_before_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient_json, "parse_json", lambda _: pytest.fail("the slow parser was asked"))
    result = thread([item(1, None), *(item(n, 1) for n in range(2, 50))])
    assert result.lengths[0] == len('"<p>text 2"')
    assert result.bodies[0] == "<p>text 2"


def test_titles_are_html() -> None:
    story = item(1, type="story", title="C -&gt; &lt;b&gt; &amp; D", descendants=1)
    assert thread([story, item(2, 1)]).article.title == "C -> <b> & D"
