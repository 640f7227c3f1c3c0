from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import markdown_format
from rumor_tui.model import Draft
from tests.made_threads import LINES, MOMENTS, SCORES, steady

DRAFTS = st.builds(
    Draft,
    author=LINES,
    published=MOMENTS,
    published_text=LINES,
    id=LINES,
    score=SCORES,
    url=LINES,
    deleted=st.booleans(),
)


@steady
@given(DRAFTS, st.integers(1, 10**6), st.none() | st.integers(1, 99), st.none() | st.integers(0, 99))
def test_a_byline_that_is_written_is_read_the_same(
    draft: Draft, number: int, to: int | None, lines: int | None
) -> None:
    written = markdown_format.format_byline(number, draft, to, lines)
    assert "\n" not in written
    read = markdown_format.parse_byline(written)
    assert read is not None
    assert (read.number, read.lines) == (number, lines)
    assert read.draft == replace(draft, parent=None if to is None else to - 1)


def test_how_bylines_look() -> None:
    draft = Draft("", "ann_b *x*", None, 1_299_593_100, "March 8", "12 a", 1, "https://e.org/a(b)", True)
    assert markdown_format.format_byline(3, draft, to=2, lines=4) == (
        r'**ann_b \*x\*** · #3 ↳ #2 · 2011-03-08 14:05 · "March 8" · 1 point · id "12 a"'
        r" · [permalink](<https://e.org/a(b)>) · deleted · 4 lines"
    )
    assert markdown_format.format_byline(1, Draft()) == "**(unsigned)** · #1"
    assert markdown_format.format_byline(1, Draft(author="(unsigned)")) == r"**\(unsigned)** · #1"


@pytest.mark.parametrize(
    "line",
    ["", "ann · #1", "**ann**", "**ann** #1", "**ann** · #0", "**ann** · #1 · ", "**ann** · #1 · 2011-3-8", "****"],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert markdown_format.parse_byline(line) is None


@steady
@given(st.text())
def test_any_line_can_be_looked_at(line: str) -> None:
    markdown_format.parse_byline(line)
    markdown_format.parse_byline("**" + line)


@steady
@given(st.text())
def test_escaping_loses_nothing(text: str) -> None:
    assert markdown_format.unescape_markdown(markdown_format.escape_markdown(text)) == text


def test_dates_are_utc_and_end_with_the_calendar() -> None:
    assert markdown_format.format_iso(1_299_593_100) == "2011-03-08T14:05:00Z"
    assert markdown_format.format_iso(0.25) == "1970-01-01T00:00:00.250000Z"
    assert (
        markdown_format.format_iso(10**15)
        is markdown_format.format_iso(float("nan"))
        is markdown_format.format_iso(None)
        is None
    )
    assert markdown_format.format_utc(61) == "1970-01-01 00:01:01"
    assert (
        markdown_format.parse_iso("2011-03-08 14:05")
        == markdown_format.parse_iso("2011-03-08T15:05:00+01:00")
        == 1_299_593_100
    )
    assert markdown_format.parse_iso("yesterday") is None
