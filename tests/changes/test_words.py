"""The difference of two texts by words gives both texts again, and shows what differs and no more."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.changes.words import LONG, Run, word_runs
from tests.made_threads import steady

texts = st.lists(st.sampled_from(["one", "two", "three", ",", ".", "\n", "犬", "猫", " "]), max_size=20).map(" ".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


def sides(runs: list[Run]) -> tuple[str, str]:
    before = "".join(run.text for run in runs if run.kind != "added")
    return before, "".join(run.text for run in runs if run.kind != "removed")


@steady
@given(texts | st.text(max_size=30), texts | st.text(max_size=30))
def test_both_texts_are_in_the_runs(before: str, after: str) -> None:
    runs = word_runs(before, after)
    one, other = sides(runs)
    assert (squeezed(one), other) == (squeezed(before), after)
    assert all(run.text for run in runs)
    assert all(first.kind != second.kind for first, second in pairwise(runs))


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("the old car", "the new car", [("same", "the "), ("removed", "old "), ("added", "new "), ("same", "car")]),
        ("a car", "a car, too", [("same", "a car"), ("added", ", too")]),
        ("gone", "", [("removed", "gone")]),
        ("a  b\n", "a b ", [("same", "a b ")]),
        ("白い犬です", "白い猫です", [("same", "白い"), ("removed", "犬"), ("added", "猫"), ("same", "です")]),
        ("b", "a b", [("added", "a "), ("same", "b")]),
    ],
)
def test_only_what_differs_is_marked(before: str, after: str, runs: list[tuple[str, str]]) -> None:
    assert [tuple(run) for run in word_runs(before, after)] == runs


def test_long_texts_are_compared_by_lines_first() -> None:
    lines = [f"line {number} of a long text" for number in range(LONG)]
    before, after = "\n".join(["first", *lines, "last"]), "\n".join(["begun", *lines[:70], *lines[71:], "end"])
    changed = [run for run in word_runs(before, after) if run.kind != "same"]
    assert changed == [
        Run("removed", "first\n"),
        Run("added", "begun\n"),
        Run("removed", "line 70 of a long text\n"),
        Run("removed", "last"),
        Run("added", "end"),
    ]


def test_long_texts_that_have_nothing_in_common_are_two() -> None:
    before, after = " ".join(f"b{n}" for n in range(LONG)), " ".join(f"a{n}" for n in range(LONG))
    assert word_runs(before, after) == [Run("removed", before), Run("added", after)]
