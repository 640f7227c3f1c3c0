"""What raw bodies of each format are said to have, against what they become as blocks."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import parse_body
from rumor_tui.model import Article, Draft, Format, ThreadBuilder
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.query.operators import COMMENT_STATES, CONTENT_FEATURES, OPERATORS

BODIES: dict[Format, tuple[str, ...]] = {
    "html": (
        "plain", '<a href="x">y</a>', "<a href=''>y</a>", "<a name=x>y</a>", "see http://a.b/c", "<code>x</code>",
        "<pre>x</pre>", "<tt>x</tt>", "<img src=x>", '<img src="http://a.b/c.png">', "<blockquote>x</blockquote>",
        "<p>&gt; x", "a &gt; b", "x<p>y &lt; z", "http: //",
    ),
    "markdown": (
        "plain", "[a](b)", "http://a.b", "`x`", "`http://a.b`", "    code", "- a\n\n      b", "![a](b)", "> x", "a > b",
        "x\n> y", "a * b",
    ),
    "plain": ("plain", "http://a.b", "www.a.b", "    code", "  two", "> x", "a > b", "![a](b)"),
}  # fmt: skip


def has(format: Format, body: str) -> set[str]:
    """What a body has, by its blocks."""
    blocks = parse_body(body, format)
    roles = {span.role for block in blocks for span in block.spans} | {block.kind for block in blocks}
    return (roles & {"link", "code", "image"}) | {"quote" for block in blocks if block.quote}


@pytest.mark.parametrize(("format", "body"), [(format, body) for format, bodies in BODIES.items() for body in bodies])
def test_bodies_have_what_their_blocks_have(format: Format, body: str) -> None:
    builder = ThreadBuilder(Article("x"))
    builder.add(Draft(body))
    knowledge = ThreadAnalysis(builder.build(format))
    knowledge.conversation = Conversation()
    facts = CommentColumns(knowledge)
    told = {having.name for having in CONTENT_FEATURES if having.needs != "marks" and having.holds(facts)(range(2))[1]}
    assert told == has(format, body)


def test_the_operators_take_the_words_of_the_tables() -> None:
    assert OPERATORS["is"].choices == tuple(state.name for state in COMMENT_STATES)
    assert OPERATORS["has"].choices == tuple(having.name for having in CONTENT_FEATURES)
