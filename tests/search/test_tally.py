from __future__ import annotations

from collections.abc import Callable

import pytest

from rumor_tui.marks.base import Kind, Mark
from rumor_tui.search import pace
from rumor_tui.search import tally as module
from rumor_tui.search.index import TextIndex
from rumor_tui.search.tally import Entry, Tally, people_of, score, tally_thread
from tests.search.threads import make_index, make_thread


def add(tally: Tally, item: int, label: str, type: str = "name", value: str = "", *, times: int = 1) -> None:
    kind: Kind = "name" if type in ("name", "acronym", "product", "person") else "number"
    for _ in range(times):
        tally.add(item, f"… {label} …", [Mark(2, 2 + len(label), kind, type, value or label)])


def labels(tally: Tally) -> list[str]:
    tally.rank()
    return [entry.label for entry in tally.narrow("")]


def test_entries_are_grouped_by_value_under_the_most_frequent_form() -> None:
    tally = Tally(first_comment=2)
    add(tally, 0, "600 Examples", "quantity", "600 examples")
    add(tally, 5, "six hundred examples", "quantity", "600 examples", times=2)
    assert tally.narrow("") == [Entry("number", "quantity", "600 examples", "six hundred examples", 3, 1)]


def test_a_name_of_two_types_is_one_entry_of_the_commoner_type() -> None:
    tally = Tally()
    add(tally, 1, "Gabe", "name")
    add(tally, 2, "Gabe", "person", times=2)
    assert tally.narrow("") == [Entry("name", "person", "Gabe", "Gabe", 3, 0)]


def test_more_telling_entries_come_first() -> None:
    tally = Tally()
    for label, type in (
        ("2", "number"),
        ("600", "number"),
        ("2009", "year"),
        ("600 units", "quantity"),
        ("$5", "money"),
    ):
        add(tally, 0, label, type)
    assert set(labels(tally)[:2]) == {"600 units", "$5"}
    assert labels(tally)[2] == "600"
    assert set(labels(tally)[3:]) == {"2", "2009"}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Entry("name", "name", "a", "a", 10, 0), Entry("name", "name", "b", "b", 9, 0)),
        (Entry("name", "name", "a", "a", 10, 2), Entry("name", "name", "b", "b", 10, 0)),
        (Entry("name", "name", "a", "a", 2, 0), Entry("name", "name", "b", "b", 1, 0)),
        (
            Entry("number", "quantity", "40 cars", "40 cars", 3, 0),
            Entry("number", "quantity", "2 cars", "2 cars", 3, 0),
        ),
        (Entry("number", "number", "40", "40", 3, 0), Entry("number", "number", "4", "4", 9, 0)),
        (Entry("number", "number", "40", "40", 3, 0), Entry("number", "ordinal", "4th", "4th", 9, 0)),
    ],
)
def test_scores(better: Entry, worse: Entry) -> None:
    assert score(better) > score(worse)


def test_the_list_is_narrowed_as_search_compares_text() -> None:
    tally = Tally()
    for label in ("Dr. Segler", "O’Neil", "Segler’s Garage", "MINI"):
        add(tally, 0, label, times=2)
    tally.rank()
    assert {entry.label for entry in tally.narrow("segler")} == {"Dr. Segler", "Segler’s Garage"}
    assert [entry.label for entry in tally.narrow("o'n")] == ["O’Neil"]
    assert tally.narrow("absent") == []
    assert len(tally.narrow("", limit=3)) == 3


def test_a_value_is_found_by_its_value_too() -> None:
    tally = Tally()
    add(tally, 0, "twenty-six", "number", "26")
    assert [entry.label for entry in tally.narrow("26")] == ["twenty-six"]


def test_what_is_added_shows_after_the_next_ranking() -> None:
    tally = Tally()
    add(tally, 0, "BMW")
    assert [entry.count for entry in tally.narrow("")] == [1]
    add(tally, 0, "BMW")
    assert [entry.count for entry in tally.narrow("")] == [1]
    tally.rank()
    assert [entry.count for entry in tally.narrow("")] == [2]


def test_overlong_forms_are_left_out() -> None:
    tally = Tally()
    add(tally, 0, "x" * (module.MAX_LABEL + 1))
    assert len(tally) == 0


def test_too_many_values_lose_the_rarest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 10)
    tally = Tally(first_comment=1)
    add(tally, 0, "in the article")
    add(tally, 1, "often", times=3)
    for number in range(9):
        assert tally.exact
        add(tally, 1, f"once {number}")
    assert not tally.exact
    assert len(tally) == 5
    assert {"in the article", "often"} < set(labels(tally))


def test_people_are_the_distinct_authors() -> None:
    thread = make_thread(["a"] * 5, ["Gabe", None, "a\x1bb", "Gabe", ""])
    assert people_of(thread) == {"Gabe", "a␛b"}


def sample() -> TextIndex:
    bodies = ["Only 600 examples of the BMW 1M.", "Dr. Segler said 600 examples."]
    return make_index(bodies, ["Segler Fan", None], title="BMW plans 600 examples")


def test_a_thread_is_counted_without_the_headers_of_its_comments() -> None:
    counted = {entry.value: (entry.count, entry.in_article) for entry in tally_thread(sample()).narrow("")}
    assert counted["600 examples"] == (3, 1)
    assert counted["BMW"][1] == 1
    assert not any("Fan" in value for value in counted)


def test_progress_comes_early_and_at_the_end() -> None:
    shares: list[float] = []
    sizes: list[int] = []

    def progress(tally: Tally, share: float) -> None:
        shares.append(share)
        sizes.append(len(tally.narrow("")))

    index = make_index([f"BMW made {n + 100} cars." for n in range(60)], title="600 examples")
    tally_thread(index, progress=progress)
    assert shares[0] == 1 / 61
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert 1 <= sizes[0] < sizes[1] < sizes[-1]


def stop_after(calls: int) -> Callable[[], bool]:
    left = iter(range(calls))
    return lambda: next(left, None) is None


def test_a_stopped_tally_holds_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "SLICE", 0.0)
    index = make_index([f"BMW made {n + 100} cars." for n in range(20)])
    shares: list[float] = []
    tally = tally_thread(index, progress=lambda _, share: shares.append(share), stop=stop_after(5))
    assert 0 < len(tally.narrow("")) < 10
    assert 1.0 not in shares
