"""The raw text of a Discourse topic; the posts are invented."""

from __future__ import annotations

from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from rumor_tui.readers.source import Hint

RULE = "\n\n-------------------------\n\n"
POSTS = [
    "ada | 2023-11-14 22:10:20 UTC | #1\n\nThe mill **burned** in 1911.\n\n---\n\nWho knows more?",
    'bo_day | 2023-11-14 22:11:20 UTC | #2\n\n[quote="ada, post:1, topic:7"]\nThe mill burned\n[/quote]\n\n1912.',
    'ada | 2023-11-14 22:12:20 UTC | #3\n\n[quote="bo_day, post:2, topic:7, full:true"]\n1912.\n[/quote]\n\nNo.',
    "ed | 2023-11-14 22:13:20 UTC | #4\n\na | b | #5\n\nFour.",
]


def _read(posts: list[str]) -> Thread:
    thread = read_source((RULE.join(posts) + RULE).encode(), Hint("7"))
    assert isinstance(thread, Thread)
    return thread


def test_the_first_post_is_the_article_and_quoted_posts_are_answered() -> None:
    thread = _read(POSTS)
    article = thread.article
    assert (article.byline, format_iso(article.published)) == ("ada", "2023-11-14T22:10:20Z")
    assert "\n\n".join(article.pieces) == "The mill **burned** in 1911.\n\n---\n\nWho knows more?"
    assert [(c.author, c.parent, c.id) for c in thread.comments()] == [
        ("bo_day", None, "2"),
        ("ada", 0, "3"),
        ("ed", None, "4"),
    ]
    assert thread.comment(1).body == "> bo_day:\n>\n> 1912.\n\n\nNo."
    assert thread.comment(2).body == "a | b | #5\n\nFour."


def test_a_later_page_has_no_opening_post() -> None:
    thread = _read(POSTS[1:])
    assert [(c.author, c.parent) for c in thread.comments()] == [("bo_day", None), ("ada", 0), ("ed", None)]
    assert thread.article.pieces == ()


def test_quotations_that_never_end_are_text_and_those_before_them_are_quotations() -> None:
    body = "[QUOTE=ann]\nSix İ hundred.\n[/Quote]\nYes.\n" + "[quote]\n" * 50_000
    (only,) = _read([POSTS[0], f"ben | 2023-11-14 22:10:20 UTC | #2\n\n{body}"]).bodies
    assert only.startswith("> ann:\n>\n> Six İ hundred.\n")
    assert only.count("[quote]") == 50_000
