"""The regular expressions of the program mean the same in every Python that it supports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import rumor_tui

ROOT = Path(rumor_tui.__file__).parent
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ESCAPE_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def repeats_groups_possessively(pattern: str) -> bool:
    """Whether a group is repeated and gives nothing back, as in `(?:ab){0,9}+`; single characters may be."""
    return re.search(r"\)(?:[*+?]|\{[^}]*\})\+", ESCAPE_OR_CLASS.sub("x", pattern)) is not None


def patterns(source: str) -> Iterator[tuple[int, str]]:
    """The patterns that are written out in calls of `re`, with their lines; what is inserted into them is left out."""
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        of_re = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
        if isinstance(node, ast.Call) and isinstance(called, ast.Attribute) and of_re and called.attr in CALLS:
            written = node.args[:1]
            parts = written[0].values if written and isinstance(written[0], ast.JoinedStr) else written
            texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield node.lineno, "x".join(texts)


@pytest.mark.parametrize("pattern", ["(a)*+", "(?:a|b)?+b", r"(?:[^']|\\.){0,9}+'", r"(\w)++", "(?>x){2}+"])
def test_possessive_repeats_of_groups_are_told(pattern: str) -> None:
    assert repeats_groups_possessively(pattern)


@pytest.mark.parametrize("pattern", ["[)*+]+", r"a\)++", "a*+", "(?>a*)+", "[]()*]++x", r"\}+", r"(?>[^\])*]+)"])
def test_other_repeats_are_not(pattern: str) -> None:
    assert not repeats_groups_possessively(pattern)


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python 3.11.2, which is Debian 12's, gets such repeats of groups wrong: CPython's issue 106052."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {pattern}"
        for path in ROOT.rglob("*.py")
        for line, pattern in patterns(path.read_text(encoding="utf-8"))
        if repeats_groups_possessively(pattern)
    ]
    assert not found
