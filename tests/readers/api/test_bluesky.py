from __future__ import annotations

from typing import Any

import pytest

from rumor_tui.model import Stub
from tests.readers.api.samples import TIME, gone, listing, sky, thread


def facet(text: str, part: str, **feature: str) -> dict[str, Any]:
    start = len(text.partition(part)[0].encode())
    kind = "link" if "uri" in feature else "mention"
    return {
        "index": {"byteStart": start, "byteEnd": start + len(part.encode())},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}"} | feature],
    }


def test_a_post_with_replies() -> None:
    result = thread({"thread": sky("a", sky("b", sky("c")), sky("d"))})
    assert list(result.article.pieces) == ["<p>text a</p>"]
    assert (result.article.byline, result.article.score) == ("a.example.com", 4)
    assert result.article.url == "https://bsky.app/profile/a.example.com/post/a"
    assert list(result.authors) == ["b.example.com", "c.example.com", "d.example.com"]
    assert list(result.parent) == [-1, 0, -1]
    comment = result.comment(1)
    assert (comment.body, comment.published, comment.score) == ("<p>text c</p>", TIME, 4)
    assert comment.id == "at://did:plc:c/app.bsky.feed.post/c"
    assert comment.url == "https://bsky.app/profile/c.example.com/post/c"


def test_what_the_post_answers_stands_above_it() -> None:
    above = sky("b", parent=sky("a", parent=gone("notFound")))
    result = thread({"thread": sky("c", sky("d"), parent=above)})
    assert [piece.count("<blockquote>") for piece in result.article.pieces] == [1, 1, 1, 0]
    assert "(deleted)" in result.article.pieces[0]
    assert result.article.pieces[1] == "<p><strong>a.example.com</strong></p><blockquote><p>text a</p></blockquote>"
    assert list(result.authors) == ["d.example.com"]


def test_posts_that_are_not_there_stay_only_where_something_answers_them() -> None:
    result = thread({"thread": sky("a", gone("blocked"), gone("notFound", sky("b")))})
    assert list(result.deleted) == [True, False]
    assert list(result.parent) == [-1, 0]


def test_facets_are_links_counted_in_bytes() -> None:
    text = "żółw & @ben see\nexample.com <x>"
    facets = [facet(text, "example.com", uri="https://example.com/?a=1&b=2"), facet(text, "@ben", did="did:plc:ben")]
    result = thread({"thread": sky("a", record={"text": text, "facets": facets})})
    assert list(result.article.pieces) == [
        '<p>żółw &amp; <a href="https://bsky.app/profile/did:plc:ben">@ben</a> see<br>'
        '<a href="https://example.com/?a=1&amp;b=2">example.com</a> &lt;x&gt;</p>'
    ]


@pytest.mark.parametrize("index", [{"byteStart": -1, "byteEnd": 3}, {"byteStart": 2, "byteEnd": 999}, {}, None, "x"])
def test_facets_in_wrong_places_are_no_links(index: object) -> None:
    link = {"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com"}], "index": index}
    assert list(thread({"thread": sky("a", record={"facets": [link, 1]})}).article.pieces) == ["<p>text a</p>"]


def test_pictures_cards_and_quotations() -> None:
    root = sky("a")
    quoted = {"author": {"handle": "q.example.com"}, "value": {"text": "said <that>"}}
    root["post"]["embed"] = {
        "external": {"uri": "https://example.com/", "title": "A card"},
        "images": [{"alt": "a picture"}, {"alt": ""}],
        "record": quoted,
    }
    assert list(thread({"thread": root}).article.pieces) == [
        '<p>text a</p><p><a href="https://example.com/">A card</a></p><p><img alt="a picture"></p>'
        "<blockquote><p><strong>q.example.com</strong></p><p>said &lt;that&gt;</p></blockquote>"
    ]


def test_replies_beyond_the_depth_are_stubs() -> None:
    deep = sky("b")
    deep["post"]["replyCount"] = 3
    del deep["replies"]
    assert list(thread({"thread": sky("a", deep)}).stubs) == [Stub(0, 3)]


def test_a_feed_is_a_listing() -> None:
    result = listing({"feed": [sky("a"), sky("b")]})
    assert [entry.title for entry in result.entries] == ["text a", "text b"]
    assert result.entries[0].address == "https://bsky.app/profile/a.example.com/post/a"


def test_replies_nested_deeper_than_python_recurses() -> None:
    import json

    from rumor_tui.model import Thread
    from rumor_tui.readers import read_source
    from tests.readers.api.samples import HINT

    inner = json.dumps(sky("b"))
    head = inner[: inner.rindex("[]") + 1]
    tail = inner[len(head) :]
    data = '{"thread": ' + head * 5_000 + tail * 5_000 + "}"
    result = read_source(data.encode(), HINT)
    assert isinstance(result, Thread)
    assert list(result.parent) == list(range(-1, 4_998))
