"""What the bench of dumps holds a dump to."""

from __future__ import annotations

from typing import Any

from tests.bench.dumps import as_utf8, holds_nesting, locate_bodies, without_missing

TRUTH: dict[str, Any] = {
    "comments": [
        {"author": "Ann", "text_start": "The wheel turns slowly.", "parent": None},
        {"author": "Ben", "text_start": "It is not in the dump.", "parent": 0},
        {"author": "Cat", "text_start": "Faster in spring!", "parent": 1},
    ]
}
NESTED = ["Ann", "The wheel", "turns slowly.", "  Cat", "  Faster in spring"]


def test_bodies_are_located_by_their_letters() -> None:
    assert locate_bodies(NESTED, TRUTH) == [1, None, 4]


def test_answers_to_a_missing_body_hang_from_the_one_above_it() -> None:
    assert [comment["parent"] for comment in without_missing(TRUTH, {1})["comments"]] == [None, 0]


def test_indentation_holds_the_nesting() -> None:
    truth = without_missing(TRUTH, {1})
    assert holds_nesting(NESTED, truth, [1, 4])
    assert not holds_nesting([line.strip() for line in NESTED], truth, [1, 4])


def test_a_page_says_that_it_is_in_utf8() -> None:
    assert as_utf8('<meta charset="latin1">é'.encode("latin1")) == '<meta charset="utf-8">é'
