from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, markdown
from tests.made_threads import MARKDOWN_BITS, steady


def read(text: str, name: str = "page.md") -> Thread:
    return markdown.read(text, Hint(name))


def texts(thread: Thread) -> list[str]:
    return [block.text for piece in thread.article.pieces for block in blocks.parse_body(piece, thread.article.format)]


def test_front_matter_tells_about_the_article() -> None:
    thread = read(
        '---\ntitle: "He said \\"no\\""\nauthor: Ann Bee\n'
        "date: 2011-03-08 14:05\nurl: https://example.com/\npoints: 7\n---\n"
        '\n# He said "no"\n\nText.\n'
    )
    article = thread.article
    assert (article.title, article.byline, article.url, article.score) == (
        'He said "no"',
        "Ann Bee",
        "https://example.com/",
        7,
    )
    assert article.published == 1_299_593_100
    assert texts(thread) == ["Text."]
    assert article.format == "markdown"


def test_a_date_in_words_is_kept_as_written() -> None:
    article = read("---\ntitle: T\ndate: last spring\n---\nText.\n").article
    assert (article.published, article.published_text) == (None, "last spring")


@pytest.mark.parametrize(
    ("source", "title", "left"),
    [
        ("# A *fine* `title` #\n\nText.", "A fine title", ["Text."]),
        ("A title\n=======\n\nText.", "A title", ["Text."]),
        ("\n\n## snake_case\nText.", "snake_case", ["Text."]),
        ("Intro.\n\n# Later\n\nText.", "Later", ["Intro.", "Later", "Text."]),
        ("---\ntitle: One\n---\n# Two\n\nText.", "One", ["Two", "Text."]),
        ("---\ntitle:\n---\n# Two\n", "", ["Two"]),
        ("Only *text* here.", "", ["Only text here."]),
        ("# Just a title", "Just a title", []),
        ("#\n\nText.", "", ["", "Text."]),
    ],
)
def test_where_the_title_comes_from(source: str, title: str, left: list[str]) -> None:
    thread = read(source)
    assert thread.article.title == title
    assert [text for text in texts(thread) if text] == [text for text in left if text]


def test_windows_line_ends() -> None:
    thread = read("# Title\r\n\r\nOne.\r\n\r\n## Comments\r\n\r\n- **ann**: hi\r\n")
    assert (thread.article.title, texts(thread)) == ("Title", ["One."])
    assert list(thread.bodies) == ["hi"]


@steady
@given(st.lists(MARKDOWN_BITS | st.text(max_size=8), max_size=12).map("\n".join), st.sampled_from(["a.md", "a.txt"]))
def test_any_text_is_read(source: str, name: str) -> None:
    thread = read(source, name)
    texts(thread)
    for comment in thread.comments():
        blocks.parse_body(comment.body, thread.format)


@pytest.mark.parametrize(
    ("source", "sure"),
    [
        ("---\ntitle: T\n---\nText", True),
        ("Text.\n\n## 1 comment\n\n- **ann** · #1\n", True),
        ("Text.\r\n\r\n## Comments\r\n\r\n- **ann**: hi\r\n", True),
        ("Text.\n\n## Comments\n\n- ann: hi\n", False),
        ("Text.\n\nComments\n--------\n\n- **ann**: hi\n", False),
        ("# Title\n\nText.", False),
        ("----\n\nText.", False),
    ],
)
def test_what_is_markdown_beyond_doubt(source: str, sure: bool) -> None:
    assert markdown.sniff(source, Hint("x.txt")) is sure
