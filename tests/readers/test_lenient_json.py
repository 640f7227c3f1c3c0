from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import SourceError
from rumor_tui.readers import lenient_json
from rumor_tui.readers.source import Hint, read_json
from tests.made_threads import steady

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
)
JSON_LIKE = st.text(alphabet='{}[]:,"\\ \n\t01-.eEtrufalsn\ud800', max_size=40)


@steady
@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_it_reads_what_json_writes(value: Any, indent: int | None, ascii_only: bool) -> None:
    assert lenient_json.parse_nested_json(json.dumps(value, indent=indent, ensure_ascii=ascii_only)) == value


@steady
@given(JSON_LIKE)
def test_it_accepts_and_refuses_what_json_does(text: str) -> None:
    try:
        expected = json.loads(text, strict=False)
    except json.JSONDecodeError:
        with pytest.raises(json.JSONDecodeError):
            lenient_json.parse_nested_json(text)
    else:
        assert repr(lenient_json.parse_nested_json(text)) == repr(expected)


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}"), (' { "a" : [ ', " ] } ")])
def test_depth_is_limited_by_memory_only(opened: str, closed: str) -> None:
    levels = 50 * sys.getrecursionlimit()
    value = lenient_json.parse_json((opened * levels + '"end"' + closed * levels).encode())
    depth = 0
    while value != "end":
        value = value["a"] if isinstance(value, dict) else value[0]
        depth += 1
    assert depth == levels * (2 if "[ " in opened else 1)


def test_lenience_ends_at_halves_of_pairs_controls_and_broken_bytes() -> None:
    assert lenient_json.parse_json(b'["\\ud83d", "\x01", "\xff"]') == ["\ud83d", "\x01", "\ufffd"]


def test_a_control_character_between_values_does_no_harm() -> None:
    assert lenient_json.parse_json(b'{"a":\0 [1, \x1b"b"\x7f]}\0') == {"a": [1, "b"]}
    assert lenient_json.parse_json(b'{"a": "b\x07"}') == {"a": "b\x07"}
    with pytest.raises(ValueError, match="char 2"):
        lenient_json.parse_json(b"[1\0 2]")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": [1, 2', "breaks off after 11 characters"),
        (b'{"a": "b', "breaks off"),
        (b'{"a": 1,\n "b" 2}', "':' delimiter in line 2, column 6"),
        (b'{"a": 1} {', "line 1, column 10"),
        (b"[" + b"9" * 5000 + b"]", "far too long"),
    ],
)
def test_broken_json_is_one_sentence_that_tells_the_place(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=r"^thread\.json is ") as caught:
        read_json(data, Hint("thread.json"))
    assert said in str(caught.value)
