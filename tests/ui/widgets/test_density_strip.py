"""Strips that show where something occurs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.ui.paint.theme import DARK, palette
from rumor_tui.ui.widgets.density_strip import cells, layout, segments


@pytest.mark.parametrize(
    ("items", "drawn"),
    [
        ([], "··│·······"),
        ([0], "⡄·│·······"),
        ([3], "·⢠│·······"),
        ([4], "··│⡄······"),
        ([17], "··│······⢠"),
        ([4, 4], "··│⡆······"),
        ([4] * 4, "··│⡆······"),
        ([4] * 5, "··│⡇······"),
        ([4, 5, 5], "··│⣴······"),
        ([0] * 3 + [4] * 6 + [17] * 9, "⡄·│⡆·····⢸"),
    ],
)
def test_a_strip(items: list[int], drawn: str) -> None:
    assert cells(items, layout(4, 18, 10)) == drawn


def test_without_comments_or_room_nothing_stands_apart() -> None:
    assert cells([0, 3], layout(4, 4, 10)) == "⡄······⢠··"
    assert cells([0, 17], layout(4, 18, 4)) == "⡄··⢠"


SHAPES = st.tuples(st.integers(1, 30), st.integers(0, 300), st.integers(1, 60))


@given(SHAPES, st.data())
def test_a_strip_is_as_wide_as_asked_and_shows_every_item(shape: tuple[int, int, int], data: st.DataObject) -> None:
    first, comments, width = shape
    made = layout(first, first + comments, width)
    item = data.draw(st.integers(0, first + comments - 1))
    drawn = cells([item], made)
    assert len(drawn) == width
    (at,) = [n for n, cell in enumerate(drawn) if cell not in "·│"]
    assert made.cell_of(item) == at


def test_the_cell_that_one_is_at_stands_out() -> None:
    colours = palette(DARK)
    found = segments("·⡀│⡀", colours, 1)
    assert [segment.text for segment in found] == ["·", "⡀", "│", "⡀"]
    assert [segment.style == colours.current for segment in found] == [False, True, False, False]
    assert "".join(segment.text for segment in segments("·⡀│⡀", colours)) == "·⡀│⡀"
