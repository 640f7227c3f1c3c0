from __future__ import annotations

import pytest

from rumor_tui.search.claims.trail import TrailSubject, query_for_subject
from tests.search.threads import make_knowledge


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("600 examples", "units:600"),
        ("414 cars", "414"),
        ("3 years", "years:3"),
        ("20%", "20%"),
        ("$50", "$50"),
        ("4-5 years", '"4-5 years"'),
        ("2003", "2003"),
    ],
)
def test_the_line_that_finds_a_number(label: str, line: str) -> None:
    knowledge = make_knowledge(
        ["600 examples", "600 units and 3 units", "414 cars and 414", "3 years, 20% of $50", "4-5 years since 2003"]
    )
    knowledge.find_marks()
    assert knowledge.marks is not None
    entry = next(entry for entry in knowledge.marks.entries() if entry.label == label)
    assert query_for_subject(TrailSubject(entry.kind, entry.value, entry.label), knowledge.marks) == line


def test_the_line_that_finds_a_name() -> None:
    assert query_for_subject(TrailSubject("name", "Dr. Segler", "Dr. Segler"), None) == 'name:"Dr. Segler"'
