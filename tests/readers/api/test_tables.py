"""Tables of comments, and texts that only look like tables."""

from __future__ import annotations

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from tests.readers.api.samples import HINT


def thread(text: str) -> Thread:
    """The thread of a text."""
    result = read_source(text.encode(), HINT)
    assert isinstance(result, Thread)
    return result


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_with_any_mark_between_values(mark: str) -> None:
    rows = [
        ["id", "reply_to", "name", "comment"],
        ["1", "", "ann", '"one, two;\n|three"'],
        ["2", "1", "ben", '"say ""no"""'],
    ]
    result = thread("\r\n".join(mark.join(row) for row in rows))
    assert list(result.authors) == ["ann", "ben"]
    assert list(result.bodies) == ["one, two;\n|three", 'say "no"']
    assert list(result.parent) == [-1, 0]


def test_names_of_columns_that_are_not_known() -> None:
    people = ["ann", "ben", "ann", "cat"]
    rows = [f"{who}\tthis is what number {n} has to say" for n, who in enumerate(people)]
    result = thread("\n".join(["alpha\tbeta", *rows]))
    assert list(result.authors) == people


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n1,2,3\n4,5,6\n",
        "Dear Ann, I write to you\nBecause, well, it is late\nand so on, and on\n",
        "Apples, pears\nare good.\n",
        "name,comment\nann\nben\ncat\n",
    ],
)
def test_other_texts_are_no_tables(text: str) -> None:
    assert not len(thread(text))
