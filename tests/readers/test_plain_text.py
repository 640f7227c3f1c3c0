from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, plain_text
from tests.made_threads import MARKDOWN_BITS, steady


def read(text: str, name: str = "page.txt") -> Thread:
    return plain_text.read(text, Hint(name))


def texts(thread: Thread) -> list[str]:
    return [block.text for piece in thread.article.pieces for block in blocks.parse_body(piece, thread.article.format)]


@pytest.mark.parametrize("name", ["page.txt", "-", ""])
def test_prose_is_plain_text_with_a_short_first_line_as_its_title(name: str) -> None:
    thread = read("A title\n\nFirst 2 * 3 * 4\nand on.\n\n \n\n  Second.\n", name)
    assert thread.article.title == "A title"
    assert thread.article.format == "plain"
    assert list(thread.article.pieces) == ["First 2 * 3 * 4\nand on.", "  Second."]
    assert len(thread) == 0


@pytest.mark.parametrize("source", ["One line.", "Two\nlines\n\nMore.", "x" * 200 + "\n\nMore."])
def test_prose_without_a_title(source: str) -> None:
    thread = read(source, "page.txt")
    assert thread.article.title == ""
    assert "".join(texts(thread)).replace("\n", "") == source.replace("\n", "")


@pytest.mark.parametrize(
    "source",
    [
        "# Title\n\nText",
        "Text\n\n## More\n\nText",
        "```\ncode\n```",
        "See [this](https://e.org).",
        "A **bold** word",
        "T\n===\n\nx",
    ],
)
def test_signs_of_markdown_are_seen_whatever_the_name(source: str) -> None:
    assert read(source, "page.txt").article.format == "markdown"


@steady
@given(st.lists(MARKDOWN_BITS | st.text(max_size=8), max_size=12).map("\n".join), st.sampled_from(["a.md", "a.txt"]))
def test_any_text_is_read(source: str, name: str) -> None:
    thread = read(source, name)
    texts(thread)
    for comment in thread.comments():
        blocks.parse_body(comment.body, thread.format)


def test_a_very_long_paragraph_comes_in_pieces_that_lose_nothing() -> None:
    source = "many words " * 20_000 + "x" * 200_000
    pieces = read(source, "page.txt").article.pieces
    assert "".join(pieces) == source
    assert max(map(len, pieces)) <= 65_536
    assert pieces[0].endswith(" ")
