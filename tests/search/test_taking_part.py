"""Who takes part: counts, times and replies."""

from __future__ import annotations

from array import array

from rumor_tui.model import Article, Thread
from rumor_tui.search.taking_part import Person, taking_part, written_by


def made() -> Thread:
    authors = ["ann", "bob", "ann", None, "cy\u202e", "bob", "bob"]
    return Thread(
        Article(),
        array("i", [-1, 0, 1, 0, 0, 4, 5]),
        authors,
        ["text"] * 7,
        [4] * 7,
        published=[5.0, None, 3.0, 1.0, 9.0, 7.0, 8.0],
    )


def test_whoever_says_most_comes_first() -> None:
    people = taking_part(made())
    assert people[0] == Person("bob", array("i", [1, 5, 6]), 7.0, 8.0, 1)
    assert people[1] == Person("ann", array("i", [0, 2]), 3.0, 5.0, 3)
    assert [len(person.rows) for person in people] == [3, 2, 1]


def test_names_are_neutral() -> None:
    thread = made()
    name = taking_part(thread)[2].name
    assert "\u202e" not in name
    assert list(written_by(thread, name)) == [4]


def test_what_nobody_has_written() -> None:
    assert list(written_by(made(), "dan")) == list(written_by(made(), "")) == []
