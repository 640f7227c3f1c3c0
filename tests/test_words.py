from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Article, Thread
from rumor_tui.text import neutralise_line
from rumor_tui.words import plural, title_of


@pytest.mark.parametrize(
    ("count", "one", "words"),
    [
        (0, "comment", "0 comments"),
        (1, "reply", "1 reply"),
        (12, "reply", "12 replies"),
        (1204, "match", "1,204 matches"),
        (-2, "point", "-2 points"),
    ],
)
def test_counts(count: int, one: str, words: str) -> None:
    assert plural(count, one) == words


def titled(title: str, repair: bool) -> str:
    return title_of(Thread(Article(title), array("i"), [], [], [], repair=repair))


def test_the_title_is_mended_only_where_the_source_wants_it() -> None:
    assert titled("It didn ‘t\nwork", True) == "It didn’t work"
    assert titled("It didn ‘t\nwork", False) == "It didn ‘t work"


@given(st.text(st.sampled_from("aâ€®¨©‹ŒÃ\x9d\x1b\n ‘t")), st.booleans())
def test_the_title_is_neutral_whatever_mending_brings_to_light(title: str, repair: bool) -> None:
    shown = titled(title, repair)
    assert shown == neutralise_line(shown)


def test_mojibake_of_a_control_does_not_become_one() -> None:
    assert titled("a â€® b", True) == "a b"
