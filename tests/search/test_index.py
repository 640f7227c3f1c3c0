from __future__ import annotations

import pytest

from rumor_tui.search import pace
from rumor_tui.search.index import TextIndex
from rumor_tui.text import fold
from tests.search.threads import make_index, make_thread


def sample() -> TextIndex:
    return TextIndex(
        make_thread(
            ["First body.", "It didn ‘t work."],
            ["Gabe", None],
            title="Rumors\x1b[2J",
            pieces=["One", "Two"],
            repair=True,
        )
    )


def test_items_are_title_then_pieces_then_comments() -> None:
    index = sample()
    texts = [index.item_text(item) for item in range(index.size)]
    assert texts == ["Rumors␛[2J", "One", "Two", "Gabe\nFirst body.", "\nIt didn’t work."]
    assert (index.first_comment, index.size) == (3, 5)


def test_items_convert_to_rows() -> None:
    index = sample()
    assert [index.row_of(item) for item in range(index.size)] == [None, None, None, 0, 1]


def test_the_header_ends_where_the_body_begins() -> None:
    index = sample()
    assert [index.header(item) for item in range(index.size)] == [0, 0, 0, 4, 0]
    assert index.item_text(3)[index.body_start(3) :] == "First body."
    assert index.item_text(4)[index.body_start(4) :].startswith("It")
    assert index.item_text(1)[index.body_start(1) :] == "One"


def test_an_author_stays_on_one_line() -> None:
    index = make_index(["x"], ["a\nb\u202e"])
    assert index.author(0) == "a b"
    assert index.item_text(1) == "a b\nx"


def test_without_repair_broken_typography_stays() -> None:
    assert make_index(["didn ‘t"]).item_text(1) == "\ndidn ‘t"


@pytest.mark.parametrize("item", [-1, 5])
def test_items_outside_the_thread_are_refused(item: int) -> None:
    index = sample()
    with pytest.raises(IndexError):
        index.item_text(item)
    index.build()
    with pytest.raises(IndexError):
        index.item_text(item)


def test_building_changes_no_text() -> None:
    index = sample()
    before = [index.item_text(item) for item in range(index.size)]
    assert not index.ready
    index.build()
    assert index.ready
    assert index.plain == before
    assert [index.item_text(item) for item in range(index.size)] == before
    assert index.folded == [fold(text) for text in before]


def test_text_that_folding_leaves_alone_is_held_once() -> None:
    index = make_index(["all lower", "Not lower"])
    assert index.folded[1] is index.plain[1]
    assert index.folded[2] is not index.plain[2]


def test_a_stopped_build_goes_on_where_it_left_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "SLICE", 0.0)
    index = make_index([f"body {n}" for n in range(10)], built=False)
    index.build(stop=lambda: len(index.plain) == 4)
    assert (len(index.plain), len(index.folded), index.ready) == (4, 4, False)
    assert index.item_text(7) == "\nbody 6"
    index.build()
    assert index.plain == [""] + [f"\nbody {n}" for n in range(10)]


def test_progress_grows_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "REPORT", 0.0)
    shares: list[float] = []
    make_index(["a", "b"], built=False).build(shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 2
