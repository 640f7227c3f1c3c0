"""Lines of a dump: how they are split and classified, names, parents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.text_dump.byline_parser import clean_name, is_plausible_name
from rumor_tui.readers.text_dump.choose import best_run
from rumor_tui.readers.text_dump.classify import classify_line, classify_lines, stated_count
from rumor_tui.readers.text_dump.lines import Line, parse_lines
from rumor_tui.readers.text_dump.parents import parents_by_column


def test_parse_takes_indentation_and_bullets_apart() -> None:
    assert parse_lines("  • Ann\n    text\n  12. Ben\n3. not an item\n\n") == [
        *(Line(2, "•", "Ann", 4), Line(4, "", "text"), Line(2, "12.", "Ben"), Line(0, "", "3. not an item")),
        *(Line(0, "", ""), Line(0, "", "")),
    ]


@given(st.text())
def test_parse_keeps_every_line(text: str) -> None:
    assert len(parse_lines(text)) == text.replace("\r\n", "\n").count("\n") + 1


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("  • Ann says:", "byline", "Ann"),
        ("Ann a écrit :", "byline", "Ann"),
        ("by Ann ( 123 ) writes:", "byline", "Ann"),
        ("Ann | August 27, 2015", "byline", "Ann"),
        ("Ann 3 May 2012 • Reply", "byline", "Ann"),
        ("Ann Offline", "byline", "Ann"),
        ("Ann wrote: ↑", "quote", "Ann"),
        ("On 3/5/2012 at 2:07 PM, Ann said:", "quote", "Ann"),
        ("Quote from: Ann on May 03, 2012", "quote", "Ann on May 03, 2012"),
        ("#12", "byline", ""),
        ("level 2", "level", ""),
        ("ReplyDelete", "label", ""),
        ("AntwortenLöschen", "label", ""),
        ("0 · Share on FacebookShare on Twitter", "label", ""),
        ("Posts: 2,630", "fact", ""),
        ("Joined: Wed Apr 24, 2019 2:19 am", "fact", ""),
        ("Last edited by Ann on 3 May 2012", "fact", ""),
        ("Re: a title", "subject", ""),
        ("12 comments", "heading", ""),
        ("Se han publicado 11 comentarios", "heading", ""),
        ("Leave a reply", "form", ""),
        ("Ann", "short", "Ann"),
        ("This is a sentence, and nothing else.", "text", ""),
        ("", "blank", ""),
        ("42", "number", ""),
    ],
)
def test_classes(text: str, kind: str, name: str) -> None:
    line_class = classify_line(parse_lines(text)[0])
    assert (line_class.kind, line_class.name) == (kind, name)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12 comments", 12),
        ("留言列表 (42)", 42),
        ("1,204 Kommentare", 1204),
        ("Comments 115", 115),
        ("Ann", -1),
        ("3 May", -1),
    ],
)
def test_stated_counts(text: str, count: int) -> None:
    assert stated_count(text) == count


@pytest.mark.parametrize(
    ("written", "name"),
    [("AnnaAnna", "Anna"), ("yoyo", "yoyo"), ("Ann's Avatar", "Ann"), ("@ann", "ann"), ("– Ann:", "Ann")],
)
def test_clean_names(written: str, name: str) -> None:
    assert clean_name(written) == name


@pytest.mark.parametrize("text", ["https://a.org", "It is so.", "a b c d e f g", "x" * 80, "a\tb"])
def test_implausible_names(text: str) -> None:
    assert not is_plausible_name(text, 6)


def test_words_that_were_said_before_are_a_quotation() -> None:
    said = "These are the words that somebody else said before."
    classes = classify_lines(
        parse_lines(f"{said}\n\nAnn wrote:\n{said}\n\nBen wrote:\nThese words are new to the whole page.")
    )
    assert [classes[2].kind, classes[5].kind] == ["quote", "byline"]


def test_parents_come_from_columns() -> None:
    assert parents_by_column([2, 4, 6, 4, 2, 4]) == [None, 0, 1, 0, None, 4]


@given(st.lists(st.integers(0, 9)))
def test_parents_are_earlier_and_further_left(columns: list[int]) -> None:
    for row, parent in enumerate(parents_by_column(columns)):
        assert parent is None or (parent < row and columns[parent] < columns[row])


@given(st.lists(st.floats(-5, 5)))
def test_best_run_is_the_best(values: list[float]) -> None:
    start, end = best_run(values)
    sums = [sum(values[low:high]) for low in range(len(values)) for high in range(low, len(values) + 1)]
    assert sum(values[start:end]) >= max(sums, default=0.0) - 1e-6
