"""Bodies: texts in pieces, dialects, and letters that were read in the wrong encoding."""

from __future__ import annotations

import pytest

from rumor_tui import blocks
from rumor_tui.readers.api.records.bodies import guess_format, make_bodies, repair_mojibake
from rumor_tui.readers.api.records.platforms import platform_of
from rumor_tui.readers.api.records.rich_text import is_rich, rich_to_html

PIECES = ["see ", {"type": "bold", "text": "this"}, {"type": "text_link", "text": "page", "href": "https://e.org/?a&b"}]
DOCUMENT = {
    "type": "doc",
    "content": [
        {
            "type": "paragraph",
            "content": [{"type": "text", "text": "one"}, {"type": "hardBreak"}, {"type": "text", "text": "two"}],
        },
        {"type": "blockquote", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "three"}]}]},
    ],
}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PIECES, "see thispage"),
        (DOCUMENT, "one\ntwo\n\nthree"),
        ({"ops": [{"insert": "a "}, {"insert": "b", "attributes": {"bold": True}}]}, "a b"),
        ([{"_type": "block", "children": [{"_type": "span", "text": "x"}]}, {"_type": "block", "children": []}], "x"),
        ([{"type": "text", "text": "a < b"}], "a < b"),
    ],
)
def test_texts_in_pieces(value: object, text: str) -> None:
    assert is_rich(value)
    assert blocks.body_text(rich_to_html(value), "html") == text


def test_links_and_styles_stay() -> None:
    assert rich_to_html(PIECES) == 'see <strong>this</strong><a href="https://e.org/?a&amp;b">page</a>'


@pytest.mark.parametrize("value", ["x", 5, None, [], {}, ["a", "b"], [{"id": 1, "author": "a", "b": 1, "c": 2}]])
def test_what_is_no_text_in_pieces(value: object) -> None:
    assert not is_rich(value)


def test_deep_pieces_need_no_recursion() -> None:
    value: object = [{"type": "text", "text": "x"}]
    for _ in range(5_000):
        value = {"type": "paragraph", "content": value if isinstance(value, list) else [value]}
    assert "x" in rich_to_html(value)


def test_slack_has_its_own_markup() -> None:
    text = "Look &amp; <https://e.org/a?b=1|here>, <@U1|ann> and <!channel> in <#C1|mills>\nnow"
    bodies = make_bodies([text], [""], [{}], None, platform_of(["ts", "type", "text", "user"]))
    assert blocks.body_text(bodies.bodies[0], bodies.format) == "Look & here, @ann and @channel in #mills\nnow"


def test_utf_8_that_was_read_byte_by_byte_is_repaired() -> None:
    assert repair_mojibake("Příliš žluťoučký".encode().decode("latin-1")) == "Příliš žluťoučký"
    for text in ("déjà vu", "naïve Ã", "plain", "Ž"):
        assert repair_mojibake(text) == text


def test_formats_that_texts_suggest() -> None:
    assert guess_format("a &lt; b") == "html"
    assert guess_format("see [this](https://e.org)") == "markdown"
    assert guess_format("1 < 2 and <this>") == "plain"
