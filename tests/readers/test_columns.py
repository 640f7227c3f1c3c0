from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import bylines
from rumor_tui.columns import LazyColumn
from rumor_tui.readers import columns
from tests.made_threads import steady


@steady
@given(st.binary(max_size=20))
def test_no_raw_value_makes_a_row_fail(data: bytes) -> None:
    assert isinstance(columns.raw_string(msgspec.Raw(data)), str)


@steady
@given(st.text(), st.booleans())
def test_a_json_string_is_its_characters(text: str, ascii_only: bool) -> None:
    raw = json.dumps(text, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    whole = not any("\ud800" <= c <= "\udfff" for c in text)
    if whole or ascii_only:
        assert columns.raw_string(msgspec.Raw(raw)) == text


def test_what_is_no_string_is_empty() -> None:
    assert [columns.raw_string(msgspec.Raw(raw)) for raw in (b"", b"null", b"12", b'["a"]', b"x")] == [""] * 5


RAWS = st.sampled_from(
    [b"null", b'"a"', b'"\\u00e9"', b'"\\ud800"', b"12", b'["a", "b"]', b'"\x01"', b'"\xff"', b"", b"x"]
)


@steady
@given(st.lists(RAWS, max_size=6))
def test_many_strings_at_once_are_the_same_as_one_by_one(raws: list[bytes]) -> None:
    column = columns.raw_strings([msgspec.Raw(raw) for raw in raws])
    assert list(column) == list(column[:]) == [columns.raw_string(msgspec.Raw(raw)) for raw in raws]


def test_many_strings_at_once_are_many_stretches() -> None:
    raws = [msgspec.Raw(b'"%d"' % n) for n in range(1000)]
    assert list(columns.raw_strings(raws)) == [str(n) for n in range(1000)]


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
    column = columns.names(["ann\x07", None, "ann\x07", "  "])
    assert column[0] == "ann␇"
    assert column[2] is column[0]
    assert column[1] is column[3] is None


def test_moments_outside_the_calendar_go() -> None:
    kept = [0, None, bylines.LAST_MOMENT, bylines.FIRST_MOMENT]
    assert columns.moments(kept) is kept
    assert columns.moments([1, bylines.LAST_MOMENT + 1]) == [1, None]
