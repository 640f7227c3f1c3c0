from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.readers import json_columns
from tests.made_threads import steady


@steady
@given(st.binary(max_size=20))
def test_no_raw_value_makes_a_row_fail(data: bytes) -> None:
    assert isinstance(json_columns.raw_string(msgspec.Raw(data)), str)


@steady
@given(st.text(), st.booleans())
def test_a_json_string_is_its_characters(text: str, ascii_only: bool) -> None:
    raw = json.dumps(text, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    whole = not any("\ud800" <= c <= "\udfff" for c in text)
    if whole or ascii_only:
        assert json_columns.raw_string(msgspec.Raw(raw)) == text


def test_what_is_no_string_is_empty() -> None:
    assert [json_columns.raw_string(msgspec.Raw(raw)) for raw in (b"", b"null", b"12", b'["a"]', b"x")] == [""] * 5


def test_a_mapped_column_is_a_sequence() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    column = LazyColumn(double, range(5))
    assert len(column) == 5
    assert asked == []
    assert column[-1] == 8
    assert asked == [4]
    assert list(column[1:3]) == [2, 4]
    assert list(column) == [0, 2, 4, 6, 8]


def test_names_are_made_neutral_once_and_shared() -> None:
    column = json_columns.neutral_names(["ann\x07", None, "ann\x07", "  "])
    assert column[0] == "ann␇"
    assert column[2] is column[0]
    assert column[1] is column[3] is None


def test_moments_outside_the_calendar_go() -> None:
    kept = [0, None, markdown_format.LAST_MOMENT, markdown_format.FIRST_MOMENT]
    assert json_columns.valid_moments(kept) is kept
    assert json_columns.valid_moments([1, markdown_format.LAST_MOMENT + 1]) == [1, None]
