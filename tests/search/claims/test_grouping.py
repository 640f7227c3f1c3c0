"""Numbers and names in groups and sections."""

from __future__ import annotations

import pytest

from rumor_tui.marks.mark import Mark
from rumor_tui.search.claims.grouping import Grouping, GroupOrder, group_marks, order_groups
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.search.index.texts import TextIndex
from tests.search.marked_threads import marked
from tests.search.threads import make_thread

BODIES = (
    "We saw 600 units in the UK, then 20 cars. Up 5%.",
    "No, 600 examples, and 600 of them in the UK and the US.",
    "For $20 or 3 years or 4 years? The UK. 600 units, I say. 9 horses.",
)


def made() -> tuple[MarkIndex, Grouping]:
    marks = marked(TextIndex(make_thread(BODIES, title="The UK and 20 cars", pieces=())))
    return marks, group_marks(marks)


def labels(marks: MarkIndex, groups: list[int]) -> list[str]:
    return [marks.entry(id).label for id in groups]


def test_each_section_has_its_groups() -> None:
    marks, grouping = made()
    assert {s.heading: labels(marks, list(s.groups)) for s in grouping.sections} == {
        "Cars, units, examples": ["20 cars", "600 units"],
        "Years": ["3 years", "4 years"],
        "Other quantities": ["9 horses"],
        "Money": ["$20"],
        "Per cent": ["5%"],
        "Figures": ["600"],
        "Names": ["UK", "US"],
    }
    assert {s.kind for s in grouping.sections[:-1]} == {"number"}
    assert grouping.sections[-1].kind == "name"


def test_a_value_with_several_nouns_is_one_group_with_all_their_counts() -> None:
    marks, grouping = made()
    units, examples = (marks.id_of("number", value) for value in ("600 units", "600 examples"))
    assert units is not None and examples is not None
    assert grouping.of(units) == (units, examples)
    assert (grouping.counts[units], grouping.in_article[units]) == (3, 0)
    assert grouping.of(examples) == (examples,)


def test_what_is_in_the_article_is_told() -> None:
    marks, grouping = made()
    uk = marks.id_of("name", "UK")
    assert uk is not None
    assert (grouping.counts[uk], grouping.in_article[uk]) == (4, 1)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("count", ["600 units", "20 cars", "7 cars"]),
        ("place", ["7 cars", "600 units", "20 cars"]),
        ("value", ["7 cars", "20 cars", "600 units"]),
    ],
)
def test_orders(order: GroupOrder, said: list[str]) -> None:
    marks = marked(TextIndex(make_thread(["7 cars. 600 units. 20 cars. 600 units. 600 cars. 20 units."])))
    grouping = group_marks(marks)
    assert labels(marks, order_groups(grouping, marks, grouping.sections[0].groups, order)) == said


def test_names_stand_by_type_and_from_a_to_z() -> None:
    marks = MarkIndex(0)
    types = {"Zed": "person", "adam": "user", "BMW": "organisation", "F30": "product", "Rome": "place", "Odd": "other"}
    text = " ".join(types)
    marks.add(text, [Mark(text.index(w), text.index(w) + len(w), "name", t, w) for w, t in types.items()])
    grouping = group_marks(marks)
    found = {s.heading: labels(marks, order_groups(grouping, marks, s.groups, "value")) for s in grouping.sections}
    assert found == {
        "People": ["adam", "Zed"],
        "Organisations": ["BMW"],
        "Places": ["Rome"],
        "Products and codes": ["F30"],
        "Names": ["Odd"],
    }


def test_everything_is_in_one_group_of_one_section() -> None:
    marks, grouping = made()
    groups = [group for section in grouping.sections for group in section.groups]
    members = [id for group in groups for id in grouping.of(group)]
    assert sorted(members) == list(range(len(marks)))
    assert grouping.entries == len(marks)


def test_it_ends_when_asked() -> None:
    marks = marked(TextIndex(make_thread([f"{n} cars and {n} people" for n in range(3_000)])))
    grouping = group_marks(marks, lambda: True)
    assert grouping.entries < len(marks)


def test_nothing_has_no_sections() -> None:
    assert group_marks(MarkIndex(0)).sections == []
