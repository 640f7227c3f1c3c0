"""The lines of a page, and what a line may be."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html.discussion.text_lines import (
    cut_openers,
    dated_line,
    is_board_title,
    is_discussion_heading,
    name_in,
    number_in_heading,
    text_lines,
)
from rumor_tui.readers.html.dom import Dom


def test_cells_breaks_and_rules_end_a_line() -> None:
    page = "<table><tr><td>Ann</td><td>3 May</td></tr></table>One<br>two <b>and</b> a half<hr><p hidden>no</p><p>Three"
    lines = text_lines(Dom(LexborHTMLParser(page)))
    assert [line.text for line in lines] == ["Ann", "3 May", "One", "two and a half", "Three"]
    assert [line.ruled for line in lines] == [False, False, False, False, True]


def test_a_name_in_bold_is_a_line_before_its_text() -> None:
    dom = Dom(LexborHTMLParser("<p><b>Ann</b> (3 May 2010): It is so.</p><p><b>Not</b> here, it is not.</p>"))
    lines = list(cut_openers(dom, text_lines(dom)))
    assert [line.text for line in lines] == ["Ann (3 May 2010):", "It is so.", "Not here, it is not."]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name: Heinz aus Fulda", ("Heinz aus Fulda", True)),
        ("From: Ann Cole <ann@example.org>", ("Ann Cole", True)),
        ("Posted by Anna Wills on", ("Anna Wills", True)),
        ("Jan napisał(a)", ("Jan", True)),
        ("題名 投稿者：たろう", ("たろう", True)),
        ("Gerda", ("Gerda", False)),
        ("Subject: Ropes", ("", False)),
        ("It is a very long way to the sea", ("", False)),
        ("Reply", ("", False)),
    ],
)
def test_the_name_in_a_line(text: str, name: tuple[str, bool]) -> None:
    assert name_in(text) == name


def test_a_line_with_a_date_and_little_else() -> None:
    found = dated_line("Datum: 03.11.2003 - 18:44 Uhr")
    assert found is not None
    assert found.label == "datum"
    assert dated_line("Joined: 3 May 2001") is None
    assert dated_line("On 3 May 2001 the bridge was opened, " + "and everybody came to see it. " * 4) is None


def test_headings_of_comments() -> None:
    assert all(map(is_discussion_heading, ("3 Responses", "Komentarze (3)", "Your comments", "Diskuse")))
    assert not any(map(is_discussion_heading, ("Leave a comment", "Comments (0)", "Recent comments", "Prices")))
    assert not is_discussion_heading("Discussion", strictly=True)
    assert [number_in_heading(text) for text in ("One comment", "3 Responses", "Comments")] == [1, 3, -1]


def test_titles_of_boards() -> None:
    assert all(map(is_board_title, ("Gästebuch der Bahn", "Notice board: the ferry", "Taps - Village forum")))
    assert not any(map(is_board_title, ("A talk about the forum", "Forums and forests of Rome in the rain")))
