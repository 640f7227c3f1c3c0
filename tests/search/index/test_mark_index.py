from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks.mark import Amount, Kind, Mark
from rumor_tui.search.index import mark_index as module
from rumor_tui.search.index.mark_index import Entry, MarkIndex, Occurrence

NAMES = ("name", "acronym", "product", "person", "user", "organisation", "place")


class Maker:
    """Adds items of marks one after the other, each behind the last and parted by a dash."""

    def __init__(self, first_comment: int = 0) -> None:
        self.index = MarkIndex(first_comment)

    def add(self, *marks: tuple[str, str, str, Amount | None]) -> None:
        """Add an item of (label, type, value, amount)."""
        text, made = "… ", []
        for label, type, value, amount in marks:
            kind: Kind = "name" if type in NAMES else "number"
            made.append(Mark(len(text), len(text) + len(label), kind, type, value or label, amount))
            text += f"{label} – "
        self.index.add(text, made)

    def one(self, label: str, type: str = "name", value: str = "", *, times: int = 1) -> None:
        """Add items of one mark each."""
        for _ in range(times):
            self.add((label, type, value, None))


def labels(index: MarkIndex) -> list[str]:
    index.rank()
    return [entry.label for entry in index.narrow("")]


def test_entries_are_grouped_by_value_under_the_most_frequent_form() -> None:
    maker = Maker(first_comment=1)
    amount = Amount(600, 600, "examples")
    maker.add(("600 Examples", "quantity", "600 examples", amount))
    maker.add(("six hundred examples", "quantity", "600 examples", amount))
    maker.add(("six hundred examples", "quantity", "600 examples", amount))
    forms = ("six hundred examples", "600 Examples")
    found = Entry("number", "quantity", "600 examples", forms[0], 3, 1, amount, forms)
    assert maker.index.narrow("") == [found]
    assert list(maker.index.entries()) == [found]
    assert maker.index.id_of("number", "600 examples") == 0
    assert maker.index.id_of("name", "600 examples") is None


def test_one_form_of_two_kinds_and_of_two_values_is_told_apart() -> None:
    maker = Maker()
    maker.add(("M3", "product", "M3", None), ("M3", "quantity", "3 m", None), ("M3", "product", "BMW M3", None))
    maker.add(("M3", "quantity", "3 m", None), ("M3", "product", "BMW M3", None), ("M3", "product", "BMW M3", None))
    found = {(entry.value, entry.count, entry.forms) for entry in maker.index.entries()}
    assert found == {("M3", 1, ("M3",)), ("3 m", 2, ("M3",)), ("BMW M3", 3, ("M3",))}


def test_a_name_of_two_types_is_one_entry_of_the_commoner_type() -> None:
    maker = Maker()
    maker.one("Gabe", "name")
    maker.one("Gabe", "user", times=2)
    assert [(entry.type, entry.count) for entry in maker.index.entries()] == [("user", 3)]


def test_an_amount_is_about_only_where_all_of_its_marks_are() -> None:
    maker = Maker()
    maker.add(("around 100", "number", "100", Amount(100, 100, "", True)))
    assert maker.index.amount(0) == Amount(100, 100, "", True)
    maker.add(("100", "number", "100", Amount(100, 100)))
    assert maker.index.amount(0) == Amount(100, 100)
    maker.one("Gabe")
    assert maker.index.amount(1) is None


def test_more_telling_entries_come_first() -> None:
    maker = Maker(first_comment=9)
    for label, type in (
        ("2", "number"),
        ("600", "number"),
        ("2009", "year"),
        ("600 units", "quantity"),
        ("$5", "money"),
    ):
        maker.one(label, type)
    assert set(labels(maker.index)[:2]) == {"600 units", "$5"}
    assert labels(maker.index)[2] == "600"
    assert set(labels(maker.index)[3:]) == {"2", "2009"}


def test_the_list_is_narrowed_as_search_compares_text() -> None:
    maker = Maker()
    for label in ("Dr. Segler", "O’Neil", "Segler’s Garage", "MINI"):
        maker.one(label, times=2)
    narrow = maker.index.narrow
    assert {entry.label for entry in narrow("segler")} == {"Dr. Segler", "Segler’s Garage"}
    assert [entry.label for entry in narrow("o'n")] == ["O’Neil"]
    assert narrow("absent") == []
    assert narrow("i\n") == []
    assert len(narrow("", limit=3)) == 3


def test_an_entry_is_found_by_any_form_and_by_its_value() -> None:
    maker = Maker()
    maker.one("twenty-six", "number", "26")
    maker.one("Dr. Segler", "person", "Segler")
    maker.one("Segler", "person", "Segler", times=2)
    index = maker.index
    assert [index.ids_named(text) for text in ("26", "TWENTY", "dr", "seg", "")] == [[0], [0], [1], [1], [0, 1]]
    assert [entry.label for entry in index.narrow("dr")] == ["Segler"]


def test_what_came_after_the_ranking_is_found_too() -> None:
    maker = Maker()
    maker.one("BMW")
    maker.index.rank()
    maker.one("BMX", times=2)
    assert [(entry.label, entry.count) for entry in maker.index.narrow("bm")] == [("BMW", 1), ("BMX", 2)]
    maker.index.rank()
    assert [entry.label for entry in maker.index.narrow("bm")] == ["BMX", "BMW"]


def test_narrowing_reaches_beyond_what_is_kept_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RANKED", 3)
    maker = Maker()
    for times in range(1, 9):
        maker.one(f"Name {times}", times=times)
    assert labels(maker.index)[:3] == ["Name 8", "Name 7", "Name 6"]
    assert labels(maker.index) == [f"Name {times}" for times in range(8, 0, -1)]
    assert [entry.label for entry in maker.index.narrow("name", 5)] == [f"Name {times}" for times in range(8, 3, -1)]
    assert [entry.label for entry in maker.index.narrow("2")] == ["Name 2"]


def test_a_ranking_that_is_stopped_leaves_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumor_tui.search.cooperative.SLICE", 0.0)
    maker = Maker()
    maker.one("BMW")
    maker.index.rank()
    maker.one("VW", times=2)
    maker.index.rank(stop=lambda: True)
    assert [entry.label for entry in maker.index.narrow("w", 1)] == ["BMW"]


def test_amounts_are_asked_for_by_a_test() -> None:
    maker = Maker()
    figures = ((600, 600, "units"), (25, 65, "units"), (600, 600, "$"), (5, 5, ""))
    for low, high, unit in figures:
        maker.add((f"{low} to {high} {unit}", "quantity", "", Amount(low, high, unit)))
    maker.one("600", "year")
    index = maker.index
    assert index.ids_where(lambda low, high, unit: low <= 600 <= high) == [0, 2]
    assert index.ids_where(lambda low, high, unit: unit == "units" and low < 50) == [1]
    assert index.ids_where(lambda low, high, unit: False) == []


def test_entries_are_asked_for_by_kind_and_type() -> None:
    maker = Maker()
    for label, type in (("Gabe", "person"), ("600", "number"), ("US", "place"), ("2009", "year")):
        maker.one(label, type)
    assert maker.index.ids_of("name") == [0, 2]
    assert maker.index.ids_of("number") == [1, 3]
    assert maker.index.ids_of("name", ("place", "year")) == [2]
    assert maker.index.ids_of("number", ("nothing",)) == []


def test_the_marks_of_an_item_come_back_as_their_entries_have_them() -> None:
    maker, amount = Maker(), Amount(600, 600, "units")
    maker.one("US")
    maker.add(("Gabe", "user", "Gabe", None), ("600 units", "quantity", "600 units", amount))
    assert maker.index.marks_in(1) == [
        Mark(2, 6, "name", "user", "Gabe"),
        Mark(9, 18, "number", "quantity", "600 units", amount),
    ]


def full(monkeypatch: pytest.MonkeyPatch, name: str) -> MarkIndex:
    """An index in which there is room for three of something, after five marks of four names in five forms."""
    monkeypatch.setattr(module, name, 3)
    maker = Maker()
    for form, value in (("A", "A"), ("Mr A", "A"), ("B", "B"), ("C", "C"), ("D", "D")):
        maker.one(form, "person", value)
    return maker.index


def test_there_is_room_for_so_many_entries_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    index = full(monkeypatch, "MAX_ENTRIES")
    assert ([entry.value for entry in index.entries()], index.items, index.exact) == (["A", "B", "C"], 5, False)
    assert index.marks_of(4) == []


def test_there_is_room_for_so_many_marks_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    index = full(monkeypatch, "MAX_MARKS")
    assert [(entry.value, entry.count) for entry in index.entries()] == [("A", 2), ("B", 1)]
    assert not index.exact


def test_forms_for_which_there_is_no_room_are_counted_for_the_first_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FORMS", 2)
    maker = Maker()
    for form in ("A", "Mr A", "Dr A"):
        maker.one(form, "person", "A")
    assert [(entry.count, entry.forms) for entry in maker.index.entries()] == [(3, ("A", "Mr A"))]
    assert maker.index.exact
    maker.one("B")
    assert (len(maker.index), maker.index.exact) == (1, False)


def test_one_entry_keeps_so_many_forms_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FORMS_OF", 2)
    maker = Maker()
    for form, value in (("A", "A"), ("Mr A", "A"), ("Dr A", "A"), ("B", "B"), ("Mr B", "B")):
        maker.one(form, "person", value)
    assert [(entry.count, entry.forms) for entry in maker.index.entries()] == [(3, ("A", "Mr A")), (2, ("B", "Mr B"))]
    assert maker.index.exact


class Looked(array):  # type: ignore[type-arg]
    """A column that counts how often it is looked into."""

    looks: ClassVar[int] = 0

    def __getitem__(self, at: int) -> int:  # type: ignore[override]
        Looked.looks += 1
        return int(super().__getitem__(at))


def test_another_form_of_an_entry_takes_no_walk_through_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "array", Looked)
    maker, looks = Maker(), []
    for n in range(150):
        Looked.looks = 0
        maker.one(f"A{n}", "person", "A")
        looks.append(Looked.looks)
    assert max(looks[1:]) == looks[1]


VALUES = st.sampled_from(
    [("Gabe", "person"), ("gabe", "person"), ("600", "number"), ("US", "place"), ("9 km", "quantity")]
)
ITEMS = st.lists(st.lists(st.tuples(VALUES, st.sampled_from(["", "Gabe", "600"])), max_size=4), max_size=12)


@given(ITEMS, st.integers(0, 3), st.sets(st.integers(0, 9)))
def test_all_questions_have_the_answers_of_a_plain_list(
    items: Sequence[Sequence[tuple[tuple[str, str], str]]], first_comment: int, some: set[int]
) -> None:
    maker = Maker(first_comment)
    for item in items:
        maker.add(*((label, type, value, None) for (label, type), value in item))
    index = maker.index
    marks = [(item, *mark) for item in range(index.items) for mark in index.marks_of(item)]
    assert [len(index.marks_of(item)) for item in range(index.items)] == [len(item) for item in items]
    for id, entry in enumerate(index.entries()):
        where = [Occurrence(item, start, end) for item, start, end, at in marks if at == id]
        assert index.where(id) == where
        assert index.first(id) == where[0]
        assert index.where(id, 2) == where[:2]
        assert list(index.items_of(id)) == [place.item for place in where]
        assert index.counts_of(id) == (entry.count, entry.in_article)
        assert (entry.count, entry.in_article) == (len(where), sum(item < first_comment for item, *_ in where))
        assert index.id_of(entry.kind, entry.value) == id
    ids = {id for id in some if id < len(index)}
    assert index.total == len(marks)
    for at, start, end, id in marks:
        assert list(index.entries_between(at, start, start + 1)) == [id]
        before = [other for there, begin, _, other in marks if there == at and begin < end]
        assert list(index.entries_between(at, 0, end)) == before
    held = Counter(item for item, _, _, at in marks if at in ids)
    assert list(index.items_with(ids)) == [held[item] for item in range(index.items)]
    for at in range(index.items):
        assert index.spans_of(at, ids) == [(start, end) for start, end, id in index.marks_of(at) if id in ids]
