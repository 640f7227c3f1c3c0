"""Markdown bodies."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import parse_body
from rumor_tui.model import Block, Span


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("", []),
        (
            "# A *b*\n\nc\nd  \ne",
            [Block("heading", "A b", (Span(2, 3, "emphasis"),), level=1), Block("paragraph", "c d\ne")],
        ),
        (
            '**a** ~~b~~ `c d` [e](f "t") ![g](h) ![](i)',
            [
                Block(
                    "paragraph",
                    "a b c d e [g] [image]",
                    (
                        Span(0, 1, "strong"),
                        Span(2, 3, "strike"),
                        Span(4, 7, "code"),
                        Span(8, 9, "link", "f"),
                        Span(10, 13, "image", "h"),
                        Span(14, 21, "image", "i"),
                    ),
                )
            ],
        ),
        (
            "see http://a.b/c_d_e and https://x.y/*z*.",
            [
                Block(
                    "paragraph",
                    "see http://a.b/c_d_e and https://x.y/*z*.",
                    (Span(4, 20, "link", "http://a.b/c_d_e"), Span(25, 39, "link", "https://x.y/*z")),
                )
            ],
        ),
        ("[a](javascript:x)", [Block("paragraph", "a", (Span(0, 1, "link", "javascript:x"),))]),
        ("README.md, a@b.c", [Block("paragraph", "README.md, a@b.c")]),
        (
            "- a\n  1. b\n  1. c\n\n     d\n\n> e\n> > f",
            [
                Block("paragraph", "a", indent=2, marker="•"),
                Block("paragraph", "b", indent=5, marker="1."),
                Block("paragraph", "c", indent=5, marker="2."),
                Block("paragraph", "d", indent=5),
                Block("paragraph", "e", quote=1),
                Block("paragraph", "f", quote=2),
            ],
        ),
        ("0. a\n1. b", [Block("paragraph", t, indent=3, marker=m) for t, m in (("a", "0."), ("b", "1."))]),
        ("- [ ] todo\n- [x] done", [Block("paragraph", t, indent=2, marker="•") for t in ("[ ] todo", "[x] done")]),
        ("```py\na\n\n b\n```\n\n    c", [Block("code", "a\n\n b"), Block("code", "c")]),
        ("| a | b |\n|---|--:|\n| 1 | `2` |", [Block("table", "a\tb\n1\t2", (Span(6, 7, "code"),), level=1)]),
        ("a\n\n***\n\nb", [Block("paragraph", "a"), Block("rule", ""), Block("paragraph", "b")]),
        ("<b>a</b> <div>", [Block("paragraph", "<b>a</b> <div>")]),
        ("a&#27;[31m &#x202e;b\x1b", [Block("paragraph", "a\ufffd[31m b␛")]),
        ("[a]\n\n[a]: /u", [Block("paragraph", "a", (Span(0, 1, "link", "/u"),))]),
    ],
)
def test_golden(body: str, blocks: list[Block]) -> None:
    assert parse_body(body, "markdown") == blocks


def test_what_nests_too_deep_is_read_as_plain_text() -> None:
    (block,) = parse_body("> " * 200 + "deep", "markdown")
    assert (block.text, block.quote) == ("deep", 12)
