"""What single lines of a dump are taken for: records, dates, names, marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.dates import find
from rumor_tui.readers.text_dump import classify
from rumor_tui.readers.text_dump.byline_parser import clean_name, is_plausible_name
from rumor_tui.readers.text_dump.choose import best_run
from rumor_tui.readers.text_dump.classify import classify_line, stated_count
from rumor_tui.readers.text_dump.lines import Line, parse_lines
from rumor_tui.readers.text_dump.parents import parents_by_column


def test_parse_takes_indentation_and_bullets_apart() -> None:
    assert parse_lines("  • Ann\n    text\n  12. Ben\n3. not an item\n\n") == [
        *(Line(2, "•", "Ann"), Line(4, "", "text"), Line(2, "12.", "Ben"), Line(0, "", "3. not an item")),
        *(Line(0, "", ""), Line(0, "", "")),
    ]


@given(st.text())
def test_parse_keeps_every_line(text: str) -> None:
    assert len(parse_lines(text)) == text.replace("\r\n", "\n").count("\n") + 1


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Ann6. Juni 2015 um 10:23", "6. Juni 2015 um 10:23"),
        ("Ann 3 hours ago", "3 hours ago"),
        ("Post by Ann » Sat Feb 24, 2024 5:12 pm", "Sat Feb 24, 2024 5:12 pm"),
        ("27 abril 2022 a las 14:02", "27 abril 2022 a las 14:02"),
        ("Ann Le 11 septembre 2018 à 12:57", "11 septembre 2018 à 12:57"),
        ("#2 2024-08-03 14:22:38", "2024-08-03 14:22:38"),
        ("Ann 於 2013/12/28 10:28", "2013/12/28 10:28"),
        ("vor 3 Stunden", "vor 3 Stunden"),
        ("hace 3 horas", "hace 3 horas"),
        ("50 Minuten 46 Sekunden her", "50 Minuten 46 Sekunden her"),
        ("· 6 yr. ago", "6 yr. ago"),
        ("AnnMarch 3, 2015 at 4:00 pm", "March 3, 2015 at 4:00 pm"),
        ("1394/02/03 14:20", "1394/02/03 14:20"),
        ("6y", "6y"),
        ("3 小時前", "3 小時前"),
    ],
)
def test_dates(line: str, date: str) -> None:
    span = find.find_date(line)
    assert span is not None
    assert line[slice(*span)] == date


@pytest.mark.parametrize(
    "line", ["", "Posts: 2630", "version 1.2.3.4", "http://a.org/2012/05/03", "x" * 500, "1 2 3 " * 30]
)
def test_no_dates(line: str) -> None:
    assert find.find_date(line) is None


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
def test_marks(text: str, kind: str, name: str) -> None:
    found = classify_line(parse_lines(text)[0])
    assert (found.kind, found.name) == (kind, name)


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
def test_claimed_counts(text: str, count: int) -> None:
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
    marks = classify.classify_lines(
        parse_lines(f"{said}\n\nAnn wrote:\n{said}\n\nBen wrote:\nThese words are new to the whole page.")
    )
    assert [marks[2].kind, marks[5].kind] == ["quote", "byline"]


def test_parents_come_from_columns() -> None:
    assert parents_by_column([2, 4, 6, 4, 2, 4]) == [None, 0, 1, 0, None, 4]


def test_columns_that_only_grow_say_nothing() -> None:
    assert parents_by_column([2, 4, 6, 8, 10, 12]) == [None] * 6


@given(st.lists(st.integers(0, 9)))
def test_parents_are_earlier_and_further_left(columns: list[int]) -> None:
    for row, parent in enumerate(parents_by_column(columns)):
        assert parent is None or (parent < row and columns[parent] < columns[row])


@given(st.lists(st.floats(-5, 5)))
def test_best_run_is_the_best(values: list[float]) -> None:
    start, end = best_run(values)
    sums = [sum(values[low:high]) for low in range(len(values)) for high in range(low, len(values) + 1)]
    assert sum(values[start:end]) >= max(sums, default=0.0) - 1e-6
