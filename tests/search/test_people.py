from __future__ import annotations

from rumor_tui.search.people import participants, people_of
from tests.search.threads import make_thread


def test_people_are_the_distinct_authors() -> None:
    thread = make_thread(["a"] * 5, ["Gabe", None, "a\x1bb", "Gabe", ""])
    assert people_of(thread) == {"Gabe", "a␛b"}


def test_participants_have_their_rows_and_times_and_come_by_how_much_they_say() -> None:
    thread = make_thread(["x"] * 7, ["ann", "bob", None, "cy", "bob", "", "a\nnn"])
    thread.published = [9.0, None, 1.0, 4.0, None, 2.0, 3.0]
    found = [(one.author, one.count, list(one.rows), one.first, one.last) for one in participants(thread)]
    assert found == [
        ("bob", 2, [1, 4], None, None),
        ("ann", 1, [0], 9.0, 9.0),
        ("cy", 1, [3], 4.0, 4.0),
        ("a nn", 1, [6], 3.0, 3.0),
    ]


def test_authors_that_look_the_same_are_one() -> None:
    thread = make_thread(["x"] * 3, ["a\nb", "cy", "a b"])
    assert [(one.author, list(one.rows)) for one in participants(thread)] == [("a b", [0, 2]), ("cy", [1])]
