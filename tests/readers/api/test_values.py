"""Values and columns of JSON objects."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.readers.api import values
from tests.made_threads import steady


class Row(msgspec.Struct):
    a: object = None
    b: object = None


def test_the_first_path_with_a_value_counts_for_each_row() -> None:
    rows = [{"a": {"b": 1}}, {"a": "x", "c": 2}, {"c": 3}, "x", None, {"a": None, "c": 4}]
    assert values.scalar_column(rows, "a.b c") == [1, 2, 3, None, None, 4]
    assert values.scalar_column(rows, "a c") == [None, "x", 3, None, None, 4]
    assert values.scalar_column([Row("x"), Row(Row("y"))], "a.a a b") == ["x", "y"]
    assert values.scalar_column([], "a") == []
    assert values.get_path({"a": {"b": [1]}}, "a.b") == [1]


def test_texts_are_strings_with_something_in_them() -> None:
    raw = msgspec.Raw
    column = ["", "x", 5, raw(b'"y"'), raw(b"null"), raw(b'""'), ["x"]]
    rows = [{"a": value} for value in column]
    assert [values.to_text(item) for item in values.text_column(rows, "a")] == ["", "x", "", "y", "", "", ""]
    assert values.first_text({"a": "", "b": "z"}, "a b") == "z"
    assert [values.text_length(value) for value in column] == [0, 1, 0, 3, 0, 0, 0]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(5, "5"), ("x", "x"), (5.0, "5"), (0, "0"), ("", None), (True, None), (None, None), (5.5, None), ([], None)],
)
def test_keys(value: object, wanted: str | None) -> None:
    assert values.to_identifier(value) == wanted


@pytest.mark.parametrize("value", [True, None, "x", "", float("inf"), float("nan"), 10**400, -(10**17), [5], "9" * 18])
def test_what_is_no_moment(value: object) -> None:
    assert values.to_timestamp(value) is None


def test_moments_numbers_and_wordings() -> None:
    assert values.to_timestamp(-5) == -5
    assert values.to_timestamp("1500000000.0") == 1_500_000_000
    assert [values.to_int(item) for item in ("-3", "4", 5.0, 6, "x", "-", None, True)] == [
        -3,
        4,
        5,
        6,
        None,
        None,
        None,
        None,
    ]
    assert values.date_wording("yesterday\n") == "yesterday"
    assert values.date_wording("2020-01-01") is None
    assert values.to_name(" a\x1bb ") == "a␛b"


@steady
@given(st.binary(max_size=20))
def test_no_raw_value_makes_a_row_fail(data: bytes) -> None:
    assert isinstance(values.decode_string(msgspec.Raw(data)), str)


@steady
@given(st.text(), st.booleans())
def test_a_json_string_is_its_characters(text: str, ascii_only: bool) -> None:
    raw = json.dumps(text, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    whole = not any("\ud800" <= c <= "\udfff" for c in text)
    if whole or ascii_only:
        assert values.decode_string(msgspec.Raw(raw)) == text


def test_what_is_no_string_is_empty() -> None:
    assert [values.decode_string(msgspec.Raw(raw)) for raw in (b"", b"null", b"12", b'["a"]', b"x")] == [""] * 5


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
    column = values.name_column(["ann\x07", None, "ann\x07", "  "])
    assert column[0] == "ann␇"
    assert column[2] is column[0]
    assert column[1] is column[3] is None


def test_moments_outside_the_calendar_go() -> None:
    kept = [0, None, markdown_format.LAST_MOMENT, markdown_format.FIRST_MOMENT]
    assert values.moment_column(kept) is kept
    assert values.moment_column([1, markdown_format.LAST_MOMENT + 1]) == [1, None]


RAWS = st.sampled_from(
    [b"null", b'"a"', b'"\\u00e9"', b'"\\ud800"', b"12", b'["a", "b"]', b'"\x01"', b'"\xff"', b"", b"x"]
)


@steady
@given(st.lists(RAWS, max_size=6))
def test_many_strings_at_once_are_the_same_as_one_by_one(raws: list[bytes]) -> None:
    column = values.string_column([msgspec.Raw(raw) for raw in raws])
    assert list(column) == list(column[:]) == [values.decode_string(msgspec.Raw(raw)) for raw in raws]


def test_many_strings_at_once_are_many_stretches() -> None:
    raws = [msgspec.Raw(b'"%d"' % n) for n in range(1000)]
    assert list(values.string_column(raws)) == [str(n) for n in range(1000)]
