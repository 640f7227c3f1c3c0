from __future__ import annotations

from collections.abc import Sequence

import pytest

from rumor_tui.model import Thread
from rumor_tui.search import cooperative
from rumor_tui.search.index.texts import TextIndex
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
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    index = make_index([f"body {n}" for n in range(10)], built=False)
    index.build(stop=lambda: len(index.plain) == 4)
    assert (len(index.plain), len(index.folded), index.ready) == (4, 4, False)
    assert index.item_text(7) == "\nbody 6"
    index.build()
    assert index.plain == [""] + [f"\nbody {n}" for n in range(10)]


def test_progress_grows_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "REPORT", 0.0)
    shares: list[float] = []
    make_index(["a", "b"], built=False).build(shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 2


# Another state of the thread


def follow(before: TextIndex, thread: Thread) -> TextIndex:
    """The index of another state, built."""
    index = TextIndex(thread, before)
    index.build()
    assert index.plain == [TextIndex(thread).item_text(item) for item in range(index.size)]
    assert index.folded == [fold(text) for text in index.plain]
    return index


def state(numbers: Sequence[int], *, ids: bool = True, pieces: Sequence[str] = (), **more: bool) -> Thread:
    """A state in which comment n has the id n, an author, and a body that is never the same object twice."""
    bodies = [f"Body of {n}" for n in numbers]
    thread = make_thread(bodies, [f"Author {n}" for n in numbers], title="A", pieces=pieces, **more)
    thread.ids = [f"c{n}" for n in numbers] if ids else [None] * len(numbers)
    return thread


def taken(after: TextIndex, before: TextIndex) -> list[int]:
    """The items whose texts are the earlier ones themselves."""
    objects = {id(text) for text in before.plain}
    return [item for item in range(after.first_comment, after.size) if id(after.plain[item]) in objects]


def test_texts_are_taken_over_from_an_earlier_state_by_their_ids() -> None:
    before = TextIndex(state([1, 2, 3]))
    before.build()
    assert taken(follow(before, state([9, 1, 2, 3], pieces=["A piece"])), before) == [3, 4, 5]


def test_rows_without_ids_are_taken_over_where_they_stand() -> None:
    before = TextIndex(state([1, 2, 3], ids=False))
    before.build()
    assert taken(follow(before, state([1, 7, 3, 4], ids=False)), before) == [1, 3]


def test_what_was_edited_or_shown_otherwise_is_not_taken_over() -> None:
    before = TextIndex(state([1, 2, 3]))
    before.build()
    edited = state([1, 2, 3])
    edited.bodies = ["Body of 1", "Edited", "Body of 3"]
    edited.authors = ["Author 1", "Author 2", None]
    assert taken(follow(before, edited), before) == [1]
    assert taken(follow(before, state([1, 2, 3], repair=True)), before) == []


def test_a_state_that_is_half_built_or_not_at_all_is_followed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    first = TextIndex(state([1, 2, 3]))
    first.build(stop=lambda: len(first.plain) == 3)
    skipped = TextIndex(state([1, 2, 3, 4]), first)
    assert taken(follow(skipped, state([1, 2, 3, 4, 5])), first) == [1, 2]
