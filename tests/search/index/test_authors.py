"""Who takes part: counts, times and replies."""

from __future__ import annotations

from array import array

from rumor_tui.model import Article, Thread
from rumor_tui.search.index.authors import Participant, author_names, list_participants, rows_by_author
from tests.search.threads import make_thread


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
    people = list_participants(made())
    assert people[0] == Participant("bob", array("i", [1, 5, 6]), 7.0, 8.0, 1)
    assert people[1] == Participant("ann", array("i", [0, 2]), 3.0, 5.0, 3)
    assert [len(person.rows) for person in people] == [3, 2, 1]


def test_names_are_neutral() -> None:
    thread = made()
    name = list_participants(thread)[2].name
    assert "\u202e" not in name
    assert list(rows_by_author(thread, name)) == [4]


def test_what_nobody_has_written() -> None:
    assert list(rows_by_author(made(), "dan")) == list(rows_by_author(made(), "")) == []


def test_people_are_the_distinct_authors() -> None:
    thread = make_thread(["a"] * 5, ["Gabe", None, "a\x1bb", "Gabe", ""])
    assert author_names(thread) == {"Gabe", "a␛b"}


def test_they_have_their_rows_and_times_and_come_by_how_much_they_say() -> None:
    thread = make_thread(["x"] * 7, ["ann", "bob", None, "cy", "bob", "", "a\nnn"])
    thread.published = [9.0, None, 1.0, 4.0, None, 2.0, 3.0]
    found = [(one.name, len(one.rows), list(one.rows), one.first, one.last) for one in list_participants(thread)]
    assert found == [
        ("bob", 2, [1, 4], None, None),
        ("ann", 1, [0], 9.0, 9.0),
        ("cy", 1, [3], 4.0, 4.0),
        ("a nn", 1, [6], 3.0, 3.0),
    ]


def test_authors_that_look_the_same_are_one() -> None:
    thread = make_thread(["x"] * 3, ["a\nb", "cy", "a b"])
    assert [(one.name, list(one.rows)) for one in list_participants(thread)] == [("a b", [0, 2]), ("cy", [1])]
