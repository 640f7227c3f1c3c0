"""Wrapping, and the two conversions between rows and items, against naive sums."""

from __future__ import annotations

import itertools
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.layout import GROUP, Place, Rows, guess_heights, wrap
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, neutralise
from tests.test_outline import forests

few = settings(deadline=None, max_examples=80)

LETTERS = st.sampled_from("aaab c d   \n日本語é🙂한")
COMBINING = st.sampled_from(["e\u0301", "\u0301", "日\u0301", "\u0e19\u0e49\u0e33", "नि", "\u3000", "\xa0"])
TEXTS = st.lists(LETTERS | COMBINING, max_size=120).map("".join) | st.text(max_size=60)
"""Neutral texts, as everything is that gets here."""

NEUTRAL = TEXTS.map(neutralise)


def lines_of(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


# Wrapping


@few
@given(NEUTRAL, st.integers(1, 80))
def test_lines_hold_everything_but_space_in_order(text: str, width: int) -> None:
    at = 0
    for start, end in wrap(text, width):
        assert at <= start <= end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@few
@given(NEUTRAL, st.integers(1, 80))
def test_lines_fit_unless_a_character_is_wider(text: str, width: int) -> None:
    for line in lines_of(text, width):
        assert "\n" not in line
        assert cell_len(line) <= width or sum(cell_len(c) > 0 for c in line) == 1


@few
@given(NEUTRAL, st.integers(1, 80))
def test_newlines_break_and_each_stretch_is_wrapped_alone(text: str, width: int) -> None:
    parts = [line for part in text.split("\n") for line in lines_of(part, width)]
    assert lines_of(text, width) == parts


@few
@given(NEUTRAL, st.integers(1, 80))
def test_no_line_is_cut_short_of_a_word_that_would_fit(text: str, width: int) -> None:
    for part in text.split("\n"):
        for (start, end), (after, stop) in itertools.pairwise(wrap(part, width)):
            word = part[after:stop].split(" ")[0]
            with_gap = part[start:after] + word  # the spaces between the two are of the text, and may be several
            assert not part[start:end].strip() or cell_len(with_gap) > width


@few
@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=8), max_size=30), st.integers(8, 40))
def test_words_that_fit_are_never_cut(words: list[str], width: int) -> None:
    assert [word for line in lines_of(" ".join(words), width) for word in line.split()] == words


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("\n", 10, ["", ""]),
        ("   ", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two", 0, [*"one", *"two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a  b", 2, ["a", "b"]),
        ("  lead", 6, ["  lead"]),
        ("日本語", 4, ["日本", "語"]),
        ("日本語", 3, ["日", "本", "語"]),
        ("日本", 1, ["日", "本"]),
        ("see 日本語", 6, ["see 日", "本語"]),
        ("日本 word", 8, ["日本", "word"]),
        ("cafe\u0301 cafe\u0301", 4, ["cafe\u0301", "cafe\u0301"]),
        ("日\u0301日\u0301", 2, ["日\u0301", "日\u0301"]),
        ("日日e\u0301\u0301x", 2, ["日", "日", "e\u0301\u0301x"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert lines_of(text, width) == lines


# Heights


def test_guesses_grow_with_length_and_depth() -> None:
    assert list(guess_heights([0, 39, 40, 400], 40, 2)) == [3, 3, 4, 13]
    assert list(guess_heights([40, 40, 40], 20, 1, levels=[0, 1, 9], step=5)) == [4, 4, 7]
    assert list(guess_heights([], 40, 2, levels=[])) == []


def test_a_guess_at_no_width_is_still_a_height() -> None:
    assert list(guess_heights([3], -5, 1)) == [5]


def heights_now(full: list[int], tree: Outline | None) -> list[int]:
    """What each item takes, said naively."""
    if tree is None:
        return full
    return [0 if tree.hidden[i] else 1 if tree.folded[i] else rows for i, rows in enumerate(full)]


def check(rows: Rows, full: list[int], tree: Outline | None) -> None:
    """Every answer of `rows` against sums over the heights."""
    shown = heights_now(full, tree)
    assert list(rows.shown) == shown
    assert rows.total == sum(shown)
    places = [Place(i, k) for i, height in enumerate(shown) for k in range(height)]
    for y, place in enumerate(places):
        assert rows.locate(y) == place
        assert rows.top_of(place.item) + place.row == y
    if places:
        assert rows.locate(-3) == places[0]
        assert rows.last() == rows.locate(len(places)) == rows.locate(10**9) == places[-1]
    for i in range(len(full)):
        assert rows.below(i) == next((k for k in range(i + 1, len(full)) if shown[k]), -1)
        assert rows.above(i) == next((k for k in range(i - 1, -1, -1) if shown[k]), -1)


@few
@given(st.lists(st.integers(1, 9), max_size=40), st.data())
def test_rows_without_a_tree(heights: list[int], data: st.DataObject) -> None:
    rows = Rows(array("i", heights))
    check(rows, heights, None)
    for _ in range(data.draw(st.integers(0, 5)) if heights else 0):
        item, height = data.draw(st.integers(0, len(heights) - 1)), data.draw(st.integers(1, 9))
        rows.measure(item, height)
        heights[item] = height
        check(rows, heights, None)


@few
@given(forests(40), st.data())
def test_rows_follow_folds_and_measures(forest: tuple[array[int], list[str | None]], data: st.DataObject) -> None:
    tree = Outline(*forest)
    full = data.draw(st.lists(st.integers(1, 9), min_size=len(tree), max_size=len(tree)))
    rows = Rows(array("i", full), tree)
    for _ in range(data.draw(st.integers(0, 6)) if full else 0):
        item = data.draw(st.integers(0, len(full) - 1))
        match data.draw(st.sampled_from(("fold", "unfold", "measure", "all", "filter"))):
            case "measure":
                full[item] = data.draw(st.integers(1, 9))
                rows.measure(item, full[item])
            case "all":
                data.draw(st.sampled_from((tree.fold_all, tree.unfold_all)))()
                rows.refold(0, len(tree))
            case "filter":
                tree.show_only(data.draw(st.none() | st.binary(min_size=len(full), max_size=len(full)).map(odd)))
                rows.refold(0, len(tree))
            case name:
                (tree.fold if name == "fold" else tree.unfold)(item)
                rows.refold(item, tree.end(item))
        check(rows, full, tree)


def odd(data: bytes) -> bytes:
    return bytes(byte & 1 for byte in data)


@pytest.mark.parametrize("size", [GROUP - 1, GROUP, GROUP + 1, 2 * GROUP, 3 * GROUP + 7])
def test_sums_hold_over_the_edges_of_groups(size: int) -> None:
    tree = Outline(array("i", [-1 if i % 3 == 0 else i - i % 3 for i in range(size)]), [None] * size)
    full = [1 + i % 5 for i in range(size)]
    rows = Rows(array("i", full), tree)
    for item in (0, GROUP - 3, GROUP - 2, size - 1):
        tree.fold(tree.root(item))
        rows.refold(tree.root(item), tree.end(tree.root(item)))
        full[item] += 3
        rows.measure(item, full[item])
    check(rows, full, tree)
    tree.unfold_all()
    rows.refold(0, size)
    check(rows, full, tree)


def test_a_folded_item_keeps_its_measure_for_later() -> None:
    tree = Outline(array("i", [-1, -1]), [None, None])
    rows = Rows(array("i", [5, 5]), tree)
    tree.fold(0)
    rows.refold(0, 1)
    rows.measure(0, 8)
    assert (rows.total, rows.top_of(1)) == (6, 1)
    tree.unfold(0)
    rows.refold(0, 1)
    assert (rows.total, rows.top_of(1)) == (13, 8)


def test_rows_of_nothing() -> None:
    for tree in (None, Outline(array("i"), [])):
        rows = Rows(array("i"), tree)
        assert (len(rows), rows.total, rows.locate(5), rows.last()) == (0, 0, Place(0, 0), Place(0, 0))
