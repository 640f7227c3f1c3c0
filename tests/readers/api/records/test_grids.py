"""Tables in JSON, in each of the forms in which data frames and spreadsheets are written."""

from __future__ import annotations

from typing import Any

import pytest

from rumor_tui.readers.api.records.grids import expand_grids

NAMES = ["author", "text", "created"]
CELLS = [["ann", "The kiln is too hot", "2021-03-04"], ["ben", "Turn it down, then", "2021-03-05"]]
ROWS = [dict(zip(NAMES, cells, strict=True)) for cells in CELLS]


@pytest.mark.parametrize(
    "value",
    [
        {name: {str(row): CELLS[row][place] for row in range(2)} for place, name in enumerate(NAMES)},
        {name: [cells[place] for cells in CELLS] for place, name in enumerate(NAMES)},
        {"columns": NAMES, "index": [0, 1], "data": CELLS},
        [NAMES, *CELLS],
    ],
)
def test_a_table_is_its_rows(value: Any) -> None:
    assert expand_grids(value) == ROWS


def test_a_table_in_a_field_leaves_the_others() -> None:
    assert expand_grids({"range": "A1:C3", "values": [NAMES, *CELLS]}) == {"range": "A1:C3", "values": ROWS}


@pytest.mark.parametrize(
    "value",
    [
        [[1, 2], [3, 4]],
        [["ann", "ann"], ["x", "y"]],
        {"author": {"name": "ann", "city": "Ulm"}, "editor": {"name": "ben", "city": "Bonn"}},
        {"tags": ["a", "b"], "names": ["c"]},
        {"posts": [{"text": "x"}], "users": [{"name": "ann"}]},
    ],
)
def test_what_is_no_table_stays(value: Any) -> None:
    assert expand_grids(value) == value
