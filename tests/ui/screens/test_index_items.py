"""The rows of the index: what they show, and how little is looked at for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rumor_tui.search.claims.grouping import group_marks
from rumor_tui.search.index.mark_index import MarkIndex, Occurrence
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.ui.paint.theme import DARK, palette
from rumor_tui.ui.screens import index_items as module
from rumor_tui.ui.screens.index import in_order
from rumor_tui.ui.screens.index_items import IndexItems
from tests.search.marked_threads import marks_in
from tests.search.threads import make_thread

WIDTH = 120


class Looked(MarkIndex):
    """Marks that count the places that are looked at."""

    looks = 0

    def items_of(self, id: int) -> Iterator[int]:
        for item in super().items_of(id):
            self.looks += 1
            yield item

    def where(self, id: int, most: int | None = None) -> list[Occurrence]:
        found = super().where(id, most)
        self.looks += len(found)
        return found


def listed(comments: list[str], items: int = -1) -> tuple[IndexItems, Looked]:
    """The index of the comments, or of the first few items."""
    index = TextIndex(make_thread(comments, ["ann"] * len(comments)))
    shown, marks = IndexItems(index, palette(DARK), lambda row: f"#{row + 1}"), Looked(index.first_comment)
    shown.marks = marks
    add(shown, marks, items)
    return shown, marks


def add(shown: IndexItems, marks: Looked, items: int = -1) -> None:
    """Show the marks of some more items, or of all."""
    index = shown.index
    for item in range(marks.items, index.size if items < 0 else items):
        text, start = index.item_text(item), index.body_start(item)
        marks.add(text, [m._replace(start=m.start + start, end=m.end + start) for m in marks_in(text[start:])])
    shown.grouping = group_marks(marks)
    shown.take([(s.heading, s.groups) for s in in_order(shown.grouping, marks, "count")], "")


def row(shown: IndexItems, item: int) -> str:
    return shown.paint(item, WIDTH).strips[-1].text


def test_the_cursor_comes_and_goes_without_a_look_at_the_places() -> None:
    shown, marks = listed(["We saw 7 cars and 9 cars, says BMW."] * 50)
    before = [row(shown, item) for item in range(3)]
    assert marks.looks == 3 * 50
    for shown.focus in (1, 2, 0):
        assert [row(shown, item)[2:] for item in range(3)] == [words[2:] for words in before]
    assert marks.looks == 3 * 50


def test_a_row_is_drawn_anew_when_there_are_more_marks() -> None:
    shown, marks = listed(["BMW"] * 40, items=10)
    few = row(shown, 0)
    add(shown, marks)
    many = row(shown, 0)
    assert "×40" in many
    assert few.split("#1 ann")[1] != many.split("#1 ann")[1]


def test_no_more_places_are_looked_at_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PLACES", 20)
    shown, marks = listed(["BMW and BMW"] * 100)
    assert "×200" in row(shown, 0)
    assert marks.looks == 20


def test_the_first_place_of_a_group_is_that_of_any_of_its_nouns() -> None:
    shown, _ = listed(["nothing", "7 units", "7 cars, 8 cars", "7 cars"])
    assert "#2 ann" in row(shown, 0)
