"""Plain-text bodies."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import body_text, parse_body
from rumor_tui.blocks.builder import MAX_BLOCK
from rumor_tui.model import Block, Span


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("", []),
        (" \n\t\n", []),
        ("one\ntwo\n\n\n three ", [Block("paragraph", "one\ntwo"), Block("paragraph", "three")]),
        (
            "> a\n> b\n>> c\n> > d\ne",
            [
                Block("paragraph", "a\nb", quote=1),
                Block("paragraph", "c\nd", quote=2),
                Block("paragraph", "e"),
            ],
        ),
        (">_< and\n>= 5", [Block("paragraph", ">_< and\n>= 5")]),
        (
            "• a\n  more\n  - b\n\n    c\n3) d\nback",
            [
                Block("paragraph", "a\nmore", indent=2, marker="•"),
                Block("paragraph", "b", indent=4, marker="•"),
                Block("paragraph", "c", indent=4),
                Block("paragraph", "d", indent=3, marker="3."),
                Block("paragraph", "back"),
            ],
        ),
        ("it was in\n900. Then", [Block("paragraph", "it was in\n900. Then")]),
        (
            "a\n\n    x = 1\n\n      y\nb",
            [Block("paragraph", "a"), Block("code", "x = 1\n\n  y"), Block("paragraph", "b")],
        ),
        ("a\n    b", [Block("paragraph", "a\nb")]),
        (
            "(http://x.y/a_(b), see http://).",
            [Block("paragraph", "(http://x.y/a_(b), see http://).", (Span(1, 17, "link", "http://x.y/a_(b)"),))],
        ),
        (
            "Bye\n-- \nann\n> -- \n> ben",
            [
                Block("paragraph", "Bye"),
                Block("rule", ""),
                Block("paragraph", "ann"),
                Block("rule", "", quote=1),
                Block("paragraph", "ben", quote=1),
            ],
        ),
        ("a\n-- ", [Block("paragraph", "a"), Block("rule", "")]),
        ("a\n--\n-- b\n--  \nc", [Block("paragraph", "a\n--\n-- b\n--\nc")]),
        ("*not* _markup_ <b>", [Block("paragraph", "*not* _markup_ <b>")]),
    ],
)
def test_golden(body: str, blocks: list[Block]) -> None:
    assert parse_body(body, "plain") == blocks
    assert body_text(body, "plain") == "\n\n".join(block.text for block in blocks)


def test_repair_mends_the_typography() -> None:
    assert body_text("It didn ‘t.", "plain", repair=True) == "It didn’t."
    assert body_text("It didn ‘t.", "plain") == "It didn ‘t."


def test_a_long_paragraph_is_cut_at_white_space_and_loses_no_word() -> None:
    body = "word " * 5000 + "http://x.y/" + "z" * 20_000
    blocks = parse_body(body, "plain")
    assert all(len(block.text) <= MAX_BLOCK for block in blocks)
    assert "".join(block.text for block in blocks).replace(" ", "") == body.replace(" ", "")
    assert {span.target for block in blocks for span in block.spans} == {"http://x.y/" + "z" * 20_000}


def test_the_pieces_of_a_long_item_stand_in_it() -> None:
    first, *rest = parse_body("1. " + "word " * 5000, "plain")
    assert first.marker == "1."
    assert [(block.marker, block.indent) for block in rest] == [("", 3)] * len(rest) != []
