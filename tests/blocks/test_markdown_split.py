"""Markdown documents cut in pieces."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import split_front_matter, split_markdown


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("", []),
        ("\n \n", []),
        ("a\nb\n\n\nc\n", ["a\nb", "c\n"]),
        ("```\na\n\nb\n```\n\nc", ["```\na\n\nb\n```", "c"]),
        ("~~~\na\n\n```\n\nb\n~~~~\n\nc", ["~~~\na\n\n```\n\nb\n~~~~", "c"]),
        ("```\na\n\nb", ["```\na\n\nb"]),
        ("    a\n\n    b\n\nc", ["    a\n\n    b", "c"]),
        ("- a\n\n  b\n\n- c", ["- a\n\n  b", "- c"]),
        ("1. a\n\n2. b\n\n3. c", ["1. a", "2. b", "3. c"]),
        ("1. a\n\n1. b\n\nc", ["1. a\n\n1. b", "c"]),
        ("1. a\n2. b\n\n1. c", ["1. a\n2. b\n\n1. c"]),
        ("[x] and [y z]\n\nb\n\n[X]: /u\n[Y  z]: <v> 'T'\n", ["[x] and [y z]\n\n[X]: /u\n[Y  z]: <v> 'T'", "b"]),
        ("[x]: /1\n\n[x]: /2\n\n[x]", ["[x]\n\n[x]: /1"]),
        ("---\ntitle: T\n---\n\na", ["a"]),
        ("a\r\n\r\nb", ["a", "b"]),
    ],
)
def test_golden(source: str, pieces: list[str]) -> None:
    assert split_markdown(source) == pieces


def test_front_matter() -> None:
    source = "---\ntitle: \"A: b\"\nAuthor: me # us\ntags:\n  - x\n- y\n# no\n\nurl: 'http://x'\n---\nbody\n---\n"
    found = {"title": "A: b", "author": "me # us", "tags": "", "url": "http://x"}
    assert split_front_matter(source) == (found, "body\n---\n")


@pytest.mark.parametrize("source", ["", "a", "---", "---\n", "---\na\n---\nb", "--- x\na: b\n---\n", "---\na: b\n\nc"])
def test_no_front_matter(source: str) -> None:
    assert split_front_matter(source) == ({}, source)
