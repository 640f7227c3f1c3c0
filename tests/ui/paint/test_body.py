"""Bodies on rows: which spans each block gets, and at what cost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Block, Span
from rumor_tui.reading.highlights import within, within_each
from rumor_tui.ui.paint.blocks import Frame, Painted
from rumor_tui.ui.paint.body import paint_blocks
from rumor_tui.ui.paint.theme import DARK, palette
from tests.ui.counted import counted

FRAME = Frame(palette(DARK), 20)
SPANS = st.builds(lambda a, b: Span(min(a, b), max(a, b), "match"), st.integers(0, 40), st.integers(0, 40))


@given(st.lists(SPANS, max_size=12), st.lists(st.integers(0, 40), max_size=9))
def test_each_stretch_gets_the_spans_within_it(spans: list[Span], places: list[int]) -> None:
    ordered = sorted(places)
    stretches = list(zip(ordered[::2], ordered[1::2], strict=False))
    in_order = sorted(spans, key=lambda span: span.start)
    assert list(within_each(spans, stretches)) == [within(in_order, start, end) for start, end in stretches]


def test_spans_are_looked_at_a_few_times_however_many_blocks_there_are() -> None:
    blocks = [Block("paragraph", "say 600")] * 1000
    spans, tally = counted([Span(9 * n + 4, 9 * n + 7, "number") for n in range(1000)])
    into = Painted()
    paint_blocks(blocks, FRAME, spans, 0, into)
    assert [row for row, strip in enumerate(into.strips) if "600" in [s.text for s in strip]] == list(range(0, 1999, 2))
    assert tally.count < 20 * len(spans)


def test_a_span_over_several_blocks_is_lit_in_each() -> None:
    into = Painted()
    paint_blocks([Block("paragraph", text) for text in ("one", "two", "three")], FRAME, [Span(1, 12, "match")], 0, into)
    lit = [s.text for strip in into.strips for s in strip if s.style == FRAME.palette.text + FRAME.palette.match]
    assert lit == ["ne", "two", "th"]
