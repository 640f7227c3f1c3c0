"""Blocks on rows: what they look like as plain text, and that every row has exactly its width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.blocks import parse_body
from rumor_tui.blocks.effort import SHOWN
from rumor_tui.model import Block, BlockKind, Role, Span
from rumor_tui.reading.highlights import within
from rumor_tui.text import cell_len, neutralise
from rumor_tui.ui.paint import blocks
from rumor_tui.ui.paint.blocks import Frame, Painted, clip, paint_block, patch, runs, with_link_signs
from rumor_tui.ui.paint.bodies import body_blocks
from rumor_tui.ui.paint.body import paint_blocks
from rumor_tui.ui.paint.theme import DARK, palette
from tests.ui.counted import counted

PALETTE = palette(DARK)
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

ROLES: tuple[Role, ...] = (
    "emphasis",
    "strong",
    "strike",
    "code",
    "link",
    "image",
    "number",
    "name",
    "match",
    "current",
)


def frame(width: int, before: int = 1) -> Frame:
    return Frame(PALETTE, width, (Segment(" " * before, PALETTE.text),), before)


def painted(blocks: Sequence[Block], width: int, marks: Sequence[Span] = (), before: int = 1) -> Painted:
    into = Painted()
    paint_blocks(blocks, frame(width, before), marks, 0, into)
    return into


def rows(blocks: Sequence[Block], width: int, before: int = 0) -> str:
    """The rows as text, without the blanks at their ends."""
    return "\n".join(strip.text.rstrip() for strip in painted(blocks, width, before=before).strips)


def expected(text: str) -> str:
    return dedent(text).strip("\n")


# What blocks look like


def test_paragraphs_are_wrapped_and_parted_by_a_blank_row() -> None:
    blocks = [Block("paragraph", "one two three four"), Block("paragraph", "five\nsix")]
    assert rows(blocks, 10) == expected(
        """
        one two
        three four

        five
        six
        """
    )


def test_a_quote_has_a_bar_for_each_level() -> None:
    blocks = [Block("paragraph", "words that wrap", quote=1), Block("paragraph", "deeper", quote=2)]
    assert rows(blocks, 12) == expected(
        """
        ┃ words that
        ┃ wrap

        ┃ ┃ deeper
        """
    )


def test_lists_nest_and_hang() -> None:
    text = "- one that wraps\n  - two\n- three\n\n1. first\n2. second"
    assert rows(parse_body(text, "markdown"), 14) == expected(
        """
        • one that
          wraps
          • two
        • three
        1. first
        2. second
        """
    )


def test_code_keeps_its_lines_and_its_indentation() -> None:
    assert rows(parse_body("```\ndef f():\n    return 1\n```", "markdown"), 20) == expected(
        """
        def f():
            return 1
        """
    )


TABLE = Block("table", "Car\tUnits\n1M\t600 for all\nGP\t414", level=1)


def test_a_wide_table_is_aligned() -> None:
    assert rows([TABLE], 40) == expected(
        """
        Car │ Units
        ────┼────────────
        1M  │ 600 for all
        GP  │ 414
        """
    )


def test_a_narrow_table_wraps_its_cells() -> None:
    assert rows([TABLE], 11) == expected(
        """
        Car │ Units
        ────┼──────
        1M  │ 600
            │ for
            │ all
        GP  │ 414
        """
    )


def test_a_table_without_a_header_has_no_rule_under_its_first_row() -> None:
    assert rows([Block("table", "a\tb\nc\td")], 20) == "a │ b\nc │ d"


def test_a_rule_and_a_heading() -> None:
    assert rows([Block("heading", "Title", level=2), Block("rule", "")], 8) == "Title\n\n────────"


def test_a_link_is_followed_by_its_sign() -> None:
    blocks = parse_body("see [the post](https://example.com/) there", "markdown")
    found = painted(blocks, 40)
    assert [strip.text.rstrip() for strip in found.strips] == [" see the post↗ there"]
    assert [(link.row, link.cell, link.target) for link in found.links] == [(0, 13, "https://example.com/")]


def test_a_link_s_sign_is_found_on_the_row_to_which_it_was_wrapped() -> None:
    found = painted(parse_body("word [日本](https://example.com/)", "markdown"), 8, before=0)
    assert [strip.text.rstrip() for strip in found.strips] == ["word 日", "本↗"]
    assert [(link.row, link.cell) for link in found.links] == [(1, 2)]


def test_a_body_too_long_says_what_is_left_out() -> None:
    blocks = body_blocks("x" * (SHOWN + 1234), "plain", False)
    assert "1,234 more characters" in blocks[-1].text


# Spans


def styled(found: Painted, style: object) -> str:
    return "".join(s.text for strip in found.strips for s in strip if s.style == style)


def test_marks_are_lit_where_they_stand() -> None:
    marks = [Span(7, 10, "number"), Span(15, 21, "name")]
    found = painted([Block("paragraph", "around 600 and Segler said")], 12, marks)
    assert styled(found, PALETTE.text + PALETTE.number) == "600"
    assert styled(found, PALETTE.text + PALETTE.name_mark) == "Segler"


def test_the_current_match_wins_over_all_else() -> None:
    marks = [Span(0, 3, "number"), Span(0, 3, "match"), Span(0, 3, "current")]
    text = painted([Block("paragraph", "600", (Span(0, 3, "strong"),))], 12, marks).strips[0]
    style = next(s.style for s in text if s.text == "600")
    assert style is not None
    assert (style.color, style.bgcolor) == (PALETTE.current.color, PALETTE.current.bgcolor)


def test_a_mark_behind_a_link_s_sign_is_moved_with_its_text() -> None:
    block = Block("paragraph", "link 600", (Span(0, 4, "link", "https://example.com/"),))
    found = painted([block], 20, [Span(5, 8, "number")])
    assert styled(found, PALETTE.text + PALETTE.number) == "600"


def test_marks_count_through_all_blocks_of_an_item() -> None:
    blocks = [Block("paragraph", "first"), Block("paragraph", "then 600")]
    found = painted(blocks, 20, [Span(12, 15, "number")])
    assert styled(found, PALETTE.text + PALETTE.number) == "600"
    assert found.offsets == [0, -1, 7]


SPANS = st.builds(
    lambda a, b, role: Span(min(a, b), max(a, b), role), *[st.integers(0, 30)] * 2, st.sampled_from(ROLES)
)


@given(st.lists(SPANS, max_size=8), st.integers(1, 30))
def test_runs_cover_the_text_once(spans: list[Span], length: int) -> None:
    inside = within(spans, 0, length)
    ends = [end for end, _ in runs(length, inside, PALETTE, PALETTE.text)]
    assert ends[-1] == length
    assert ends == sorted(set(ends))


@given(st.text(alphabet="abc ", max_size=30), st.lists(SPANS, max_size=6))
def test_link_signs_change_nothing_but_themselves(text: str, spans: list[Span]) -> None:
    links = [Span(s.start, s.end, "link", f"https://example.com/{s.role}") for s in within(spans, 0, len(text))]
    signed, moved, signs = with_link_signs(text, links)
    assert "".join(c for i, c in enumerate(signed) if i not in {at for at, _ in signs}) == text
    for span, link in zip(links, moved, strict=True):
        assert signed[link.start : link.end].replace("↗", "") == text[span.start : span.end]


@given(st.lists(SPANS, max_size=10), st.integers(1, 30))
def test_a_character_has_the_style_of_all_spans_over_it(spans: list[Span], length: int) -> None:
    styles = {"strong": Style(bold=True), "strike": Style(strike=True), "emphasis": Style(italic=True)}
    inside = [span for span in within(spans, 0, length) if span.role in styles]
    at = 0
    for end, style in runs(length, inside, PALETTE, PALETTE.text):
        for place in range(at, end):
            roles = {span.role for span in inside if span.start <= place < span.end}
            assert (style.bold or False, style.strike or False, style.italic or False) == (
                "strong" in roles,
                "strike" in roles,
                "emphasis" in roles,
            )
        at = end


def test_of_roles_equally_important_the_one_that_begins_last_is_seen() -> None:
    spans = [Span(0, 9, "link", "https://example.com/"), Span(2, 4, "image"), Span(2, 4, "image")]
    assert runs(9, spans, PALETTE, PALETTE.text)[1] == (4, PALETTE.text + PALETTE.link + PALETTE.quiet)


# What work it is, counted


def linked(count: int) -> Block:
    links = tuple(Span(10 * n, 10 * n + 4, "link", f"https://example.com/{n}") for n in range(count))
    return Block("paragraph", "link word " * count, links)


def test_links_are_marked_with_few_comparisons() -> None:
    block = linked(1000)
    spans, tally = counted(block.spans)
    assert len(with_link_signs(block.text, spans)[2]) == 1000
    assert tally.count < 60 * 1000


def test_signs_are_found_without_measuring_all_rows_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def measure(text: str) -> int:
        measured.append(text)
        return cell_len(text)

    monkeypatch.setattr(blocks, "cell_len", measure)
    found = painted([linked(1000)], 40)
    assert len(found.links) == 1000
    assert len(measured) <= 3 * len(found.strips) + 1000


def test_deeply_nested_spans_are_not_sorted_at_each_edge() -> None:
    spans, tally = counted([Span(n, 2000 - n, "strong") for n in range(1000)])
    assert len(runs(2000, spans, PALETTE, PALETTE.text)) == 1999
    assert tally.count < 100 * 1000


def test_a_row_does_not_walk_through_the_styles_of_all_rows_above(monkeypatch: pytest.MonkeyPatch) -> None:
    block = linked(1000)
    text, spans, _ = with_link_signs(block.text, block.spans)
    stops, tally = counted([Span(end, end, "strong") for end, _ in runs(len(text), spans, PALETTE, PALETTE.text)])
    monkeypatch.setattr(blocks, "runs", lambda *_: [(stop.end, PALETTE.text) for stop in stops])
    assert len(painted([block], 40).strips) > 200
    assert tally.count < 20 * len(stops)


# Every row has its width


BLOCK_TEXTS = st.text(alphabet="ab 1\n日é🙂\u0301", max_size=40) | st.text(max_size=30).map(neutralise)


@st.composite
def blocks_of_any_kind(draw: st.DrawFn) -> Block:
    kind: BlockKind = draw(st.sampled_from(("paragraph", "heading", "code", "table", "rule")))
    text = (
        draw(st.lists(st.lists(BLOCK_TEXTS.map(lambda t: t.replace("\n", " ")), min_size=1, max_size=4), min_size=1))
        if kind == "table"
        else draw(BLOCK_TEXTS)
    )
    whole = "\n".join("\t".join(row) for row in text) if isinstance(text, list) else text
    links = [Span(s.start, s.end, s.role, "https://example.com/") for s in draw(st.lists(SPANS, max_size=4))]
    return Block(
        kind,
        whole,
        tuple(within(links, 0, len(whole))),
        level=draw(st.integers(0, 1)),
        quote=draw(st.integers(0, 9)),
        indent=draw(st.sampled_from((0, 0, 2, 4, 30))),
        marker=draw(st.sampled_from(("", "•", "10.", "123456789."))),
    )


@settings(deadline=None, max_examples=100)
@given(st.lists(blocks_of_any_kind(), max_size=4), st.integers(1, 120), st.integers(0, 30))
def test_any_blocks_give_rows_of_exactly_the_width(blocks: list[Block], width: int, before: int) -> None:
    found = painted(blocks, width, before=before)
    assert len(found.strips) == len(found.offsets)
    for strip in found.strips:
        assert strip.cell_length == width
        assert cell_len(strip.text) == width
        assert not CONTROLS.search(strip.text)


COMBINED = Block("table", "1" * 16 + "\u0301", (Span(0, 16, "link", "https://example.com/"),))


@settings(deadline=None, max_examples=100)
@given(st.lists(blocks_of_any_kind(), max_size=3), st.integers(1, 60), st.integers(0, 30))
@example([COMBINED], 6, 0)
@example([replace(COMBINED, kind="paragraph", spans=(*COMBINED.spans, Span(3, 16, "strong")))], 40, 0)
def test_link_signs_stand_where_they_are_said_to(blocks: list[Block], width: int, before: int) -> None:
    found = painted(blocks, width, before=before)
    for link in found.links:
        assert link.cell < width
        if link.cell < width - 1:
            assert found.strips[link.row].crop(link.cell, link.cell + 1).text == "↗"


@settings(deadline=None, max_examples=100)
@given(st.lists(blocks_of_any_kind(), max_size=3), st.integers(1, 60))
def test_rows_start_at_offsets_of_the_text_in_order(blocks: list[Block], width: int) -> None:
    text = "\n\n".join(block.text for block in blocks)
    offsets = [offset for offset in painted(blocks, width).offsets if offset >= 0]
    assert all(0 <= offset <= len(text) for offset in offsets)
    if all(block.kind != "table" for block in blocks):
        assert offsets == sorted(offsets)


@settings(deadline=None)
@given(BLOCK_TEXTS.map(lambda text: text.replace("\n", " ")), st.integers(-2, 30))
def test_clipped_text_fits_and_says_that_it_is_clipped(text: str, cells: int) -> None:
    found = clip(text, cells)
    assert cell_len(found) <= max(cells, 0)
    assert found == text or found.endswith("…") or cells <= 0


@pytest.mark.parametrize("cell", [0, 3, 5])
def test_a_patched_strip_keeps_its_width(cell: int) -> None:
    strip = Strip([Segment("ab日本", PALETTE.text)], 6)
    found = patch(strip, cell, "¹", PALETTE.accent)
    assert cell_len(found.text) == 6
    assert found.crop(cell, cell + 1).text == "¹"


def test_one_block_alone() -> None:
    into = Painted()
    paint_block(Block("paragraph", "text"), frame(6), (), 40, into)
    assert [strip.text for strip in into.strips] == [" text "]
    assert into.offsets == [40]


def test_a_block_that_is_not_of_the_text_has_no_offsets() -> None:
    into = Painted()
    for block in (Block("paragraph", "words on several rows"), TABLE, Block("rule", "")):
        paint_block(block, frame(12), (), -1, into)
    assert len(into.offsets) > 6
    assert set(into.offsets) == {-1}
