from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.api import document
from rumor_tui.readers.api.document import Document
from tests.made_threads import steady

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@steady
@given(VALUES)
def test_what_is_decoded_is_what_was_written(value: object) -> None:
    given = Document(json.dumps(value).encode())
    wrapped = msgspec.json.decode(json.dumps([value]).encode(), type=list[msgspec.Raw])[0]
    assert given.error is None
    assert document.decode_fully(wrapped) == json.loads(json.dumps(value))
    if isinstance(value, dict):
        assert document.decode_object(given.top) == value


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b'\n {"a": 1} \r\n\r\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        (b'{"a": 1}{"a": 2} {"a": 3}', [{"a": 1}, {"a": 2}, {"a": 3}]),
        (b'{\n"a": 1\n}\n{\n"a": 2\n}', [{"a": 1}, {"a": 2}]),
        (b'[{"a": 1}]\n[{"a": 2}, {"a": 3}]', [{"a": 1}, {"a": 2}, {"a": 3}]),
        (b'{"a": 1}\n{"a": 2}\n{"a": 3, "b', [{"a": 1}, {"a": 2}]),
        (b'{"a": "\\ud83d"}\n{"a": 2}\n', [{"a": "\ud83d"}, {"a": 2}]),
        (b'[\n{"a": 1},\n{"a": 2}\n]', [{"a": 1}, {"a": 2}]),
    ],
)
def test_documents_that_follow_each_other_are_one_list(data: bytes, wanted: list[object]) -> None:
    result = Document(data)
    assert result.error is None
    assert [document.decode_object(document.decode_level(item)) for item in result.top] == wanted


@pytest.mark.parametrize(
    "data", [b"{", b'{"a": 1} and text', b'{"a": 1}\n{"a": 2', b'{"a": 1}\nx\n{"a": 1}', b"[1] note", b""]
)
def test_what_is_broken_has_an_error(data: bytes) -> None:
    result = Document(data)
    assert result.error is not None
    assert (result.top, result.keys, result.at("a.b")) == (None, frozenset(), None)


def test_places() -> None:
    result = Document(b'{"a": {"b": [{"c": "x"}, 5]}, "d": null}')
    assert result.at("a.b.0.c") == "x"
    assert result.at("a.b.1") == 5
    assert [result.at(path) for path in ("a.x", "a.b.9", "a.b.x", "d.e", "a.b.1.c")] == [None] * 5
    assert result.at(".") is result.top
    assert result.keys == {"a", "d"}


def test_objects_are_taken_from_anything() -> None:
    assert document.decode_objects([{"a": 1}, 5, None, [], "x"]) == [{"a": 1}]
    assert document.decode_objects({"a": 1}) == [{"a": 1}]
    assert document.decode_objects("x") == document.decode_objects(None) == []


def test_a_document_nested_deeper_than_python_recurses() -> None:
    result = Document(b'{"a": ' * 20_000 + b"1" + b"}" * 20_000)
    assert result.error is None
    assert result.keys == {"a"}
    assert document.is_object(result.at("a.a.a"))
