"""No pattern of the program has a repetition whose turns can read the same text in two ways."""

from __future__ import annotations

import re

import pytest

from tests.hostile.ambiguity import endless_repetition
from tests.hostile.patterns import all_patterns

ENDLESS = [
    r"(a+)+b",
    r"(?:a|ab|b)+c",
    r"(?:\s*;\s*x?\s*)*y",
    r"(?:[\s-]|''{1,4})+\Z",
    r"(?:(?:(?<=\s)|(?<=\W))(?:on|posted on|posted)|\s)+$",
    r"(?:a{0,9}b?)*c",
]
HARMLESS = [
    r'"(?:[^"\\]|\\.)*"',
    r"\d+(?:\.\d+)*",
    r"(?: {0,3}>)*x",
    r"(?>(?:a|ab|b)+)c",
    r"(?:[a-z]+[-_])*(?:odd|even)",
    r"\s*\s*x",
]


@pytest.mark.parametrize("source", ENDLESS)
def test_ways_without_number_are_found(source: str) -> None:
    assert endless_repetition(source) is not None


@pytest.mark.parametrize("source", HARMLESS)
def test_what_has_one_way_is_none_of_them(source: str) -> None:
    assert endless_repetition(source) is None


def test_no_pattern_of_the_program_has_ways_without_number() -> None:
    patterns = all_patterns()
    assert len(patterns) > 500
    found = {(where, source[:200]): endless_repetition(source, flags) for (source, flags), where in patterns.items()}
    assert {place: text for place, text in found.items() if text is not None} == {}


def test_words_of_one_case_are_told_apart() -> None:
    assert endless_repetition("(?:ka|Ka)*x") is None
    assert endless_repetition("(?:ka|Ka)*x", re.IGNORECASE) is not None
