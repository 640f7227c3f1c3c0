"""Long bodies are painted row by row as they would be painted whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.blocks import parse_body
from rumor_tui.model import Block, Role, Span
from rumor_tui.reading.quotes import Said
from rumor_tui.ui.paint.blocks import Frame, Painted, blank_row
from rumor_tui.ui.paint.body import paint_blocks, put_signs
from rumor_tui.ui.paint.late import LongBody, add_body, is_long
from rumor_tui.ui.paint.theme import DARK, palette

PALETTE = palette(DARK)
PARTS = (
    "# A heading that is longer than the width of a narrow frame\n\n",
    "Words with a [link](http://a.b/c) and *stress*, which go on until they need several rows of the frame.\n\n",
    "- one\n- two with a [link](http://d.e)\n  1. three\n\n",
    "> quoted words that go on and on and on and on until they need two rows\n\n",
    "| a | b |\n|---|--:|\n| c, which is long | 1 |\n| [d](http://f.g) | 20 |\n\n",
    "```\ncode\n    more code, which does not fit in a narrow frame either\n```\n\n",
    "---\n\n",
    "a  \n" * 64 + "\n",
    "a  \n[b](http://k.l)  \n" * 50 + "\n",
    "日本語の文字と é and http://h.i/j are here\n\n",
)


def painted(
    blocks: Sequence[Block], frame: Frame, spans: Sequence[Span], said: Sequence[Said], offset: int, *, late: bool
) -> Painted:
    into = Painted()
    into.add(blank_row(frame))
    if late:
        add_body(into, LongBody(blocks, frame, offset, said), frame, spans)
    else:
        paint_blocks(blocks, frame, spans, offset, into, said=said)
    into.add(blank_row(frame))
    into.widen(frame.width + 7, PALETTE.text)
    return into


ROLES: tuple[Role, ...] = ("match", "current", "number", "quote", "noted")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_it_looks_as_if_it_were_painted_whole(data: st.DataObject) -> None:
    body = "".join(data.draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=12)))
    blocks = parse_body(body, "markdown")
    length = sum(len(block.text) + 2 for block in blocks)
    offset, width = data.draw(st.integers(0, 9)), data.draw(st.integers(3, 60))
    places = st.tuples(st.integers(0, length), st.integers(1, 30), st.sampled_from(ROLES))
    spans = [Span(start, start + size, role) for start, size, role in data.draw(st.lists(places, max_size=8))]
    starts = sorted(data.draw(st.sets(st.integers(0, length), max_size=3)))
    said = [Said(start, start + 150, nth, f"Ann {nth}") for nth, start in enumerate(starts)]
    frame = Frame(PALETTE, width, (), 0)
    whole = painted(blocks, frame, spans, said, offset, late=False)
    late = painted(blocks, frame, spans, said, offset, late=True)
    assert late.offsets == whole.offsets
    assert len(late.strips) == len(whole.strips)
    rows = data.draw(st.permutations(range(len(late.strips))))
    assert {row: late.strips[row] for row in rows} == dict(enumerate(whole.strips))
    assert late.links == sorted(whole.links, key=lambda link: (link.row, link.cell))


def test_only_what_is_looked_at_is_painted() -> None:
    blocks = [Block("paragraph", f"[{n}]", (Span(0, 1, "link", f"http://a.b/{n}"),)) for n in range(5_000)]
    into = Painted()
    add_body(into, LongBody(blocks, Frame(PALETTE, 20), 0), Frame(PALETTE, 20), ())
    assert len(into.strips) == len(into.offsets) == 9_999
    assert into.strips[5_000].text.strip() == "[↗2500]"
    assert [link.target for link in into.links] == ["http://a.b/2500"]


@pytest.mark.parametrize("start", [0, 7, 40, 60, 180, 186, 190, 260])
def test_signs_stand_where_they_would(start: int) -> None:
    text = "some words\n\nmore words that are a little longer than that\n\n" + "a\n" * 64 + "\n" + "b\n" * 63 + "\nlast"
    blocks = parse_body(text, "plain")
    strips = []
    for late in (False, True):
        into = painted(blocks, Frame(PALETTE, 30), (), (), 0, late=late)
        put_signs(into, [(start, "❝2")], PALETTE)
        strips.append([strip.text for strip in into.strips])
    assert strips[0] == strips[1]
    assert any("❝2" in text for text in strips[1])


def test_short_bodies_are_painted_at_once() -> None:
    assert not is_long(parse_body("word " * 500, "plain"))
    assert is_long(parse_body("word\n\n" * 100, "plain"))
    assert is_long(parse_body("word " * 5_000, "plain"))
