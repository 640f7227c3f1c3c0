"""Texts as units and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.marks.names.tokens import split_units, token_pattern, tokenize

CUT = [
    ("It's Anna's car.", "It 's Anna 's car ."),
    ("I don’t know O'Brien", "I don’t know O'Brien"),
    ("U.S. and U.K.", "U.S. and U.K."),
    ("AT&T, R&D", "AT&T , R&D"),
    ("see https://a.b/c?d=e, ok", "see https://a.b/c?d=e, ok"),
    ("1,234.5 at 10:30", "1,234.5 at 10:30"),
    ("Coca-Cola/Pepsi", "Coca - Cola / Pepsi"),
    ("wait... what?!", "wait ... what ?!"),
    ("@gabe #tag F30 1M", "@gabe #tag F30 1M"),
    ("a__b", "a __ b"),
    ("amazon.com", "amazon.com"),
]


@pytest.mark.parametrize(("text", "cut"), CUT)
def test_tokens(text: str, cut: str) -> None:
    assert " ".join(text[start:end] for start, end in tokenize(text)) == cut


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aA.1'’@#_-!& \n\té😀"), max_size=60))
def test_tokens_leave_out_white_space_alone(text: str) -> None:
    assert "".join(token_pattern().findall(text)) == "".join(text.split())
    assert [text[start:end] for start, end in tokenize(text)] == [
        form for start, end in split_units(text) for form in token_pattern().findall(text[start:end])
    ]


LONG = "This line is long enough to have been wrapped by the program that"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one", ["one"]),
        ("", [""]),
        ("one\ntwo", ["one", "two"]),
        (f"{LONG}\nwrote it", [f"{LONG}\nwrote it"]),
        (f"{LONG}.\nNext", [f"{LONG}.", "Next"]),
        (f"{LONG}\n\nNext", [LONG, "", "Next"]),
    ],
)
def test_units(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in split_units(text)] == parts
