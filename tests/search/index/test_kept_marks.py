"""Marks that the library keeps come back as they were, by comment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.index.kept_marks import ThreadMarks, pack_marks
from rumor_tui.text import fold
from tests.search.marked_threads import marked, marks_in
from tests.search.threads import make_index

WORDS = st.sampled_from(["600 cars", "Ann Lee", "USA", "25-65", "$50", "12%", "1,250", "2M", "and", "so", "7"])
BODIES = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=8)


@given(BODIES, st.randoms(use_true_random=False))
def test_packed_marks_come_back_by_handle_in_any_order_of_rows(bodies: list[str], random: object) -> None:
    index = make_index(bodies, ["Ann Lee"] * len(bodies), title="A title of 1,000 cars")
    handles = [10 + 3 * row for row in range(len(bodies))]
    random.shuffle(handles)  # type: ignore[attr-defined]
    kept = ThreadMarks(pack_marks(marked(index), handles))
    for row, handle in enumerate(handles):
        start = index.body_start(index.first_comment + row)
        told = [(m.start + start, m.end + start, m.kind, m.value, m.amount) for m in marks_in(bodies[row])]
        assert [(m.start, m.end, m.kind, m.value, m.amount) for m in kept.marks_of(handle)] == told
    assert kept.marks_of(1) == []


def test_where_an_entry_occurs_is_told_by_handle() -> None:
    index = make_index(["600 cars", "none", "600 cars, 600 cars"])
    kept = ThreadMarks(pack_marks(marked(index), [7, 8, 3]))
    (entry,) = [id for id, entry in enumerate(kept.entries) if entry.kind == "number"]
    assert list(kept.where([entry])) == [(3, 1, 9), (3, 11, 19), (7, 1, 9)]
    assert kept.figures == {("made", 600.0, 600.0)}


def test_forms_of_a_name_are_kept_folded() -> None:
    index = make_index(["Ann Lee and USA"])
    kept = ThreadMarks(pack_marks(marked(index), [1]))
    assert [(entry.value, entry.forms) for entry in kept.entries] == [("Ann Lee", []), ("USA", [])]
    assert fold("USA") == "usa"


def test_marks_cost_a_fifth_of_the_texts_at_most() -> None:
    texts = [f"In {1990 + n % 30} Ann Lee said that {n * 7 % 900} cars were sold, and so it was told to them all. " * 3
             for n in range(2_000)]  # fmt: skip
    packed = pack_marks(marked(make_index(texts)), range(1, 2_001))
    assert len(packed) < 0.2 * sum(map(len, texts))


def test_what_is_no_packed_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no packed marks"):
        ThreadMarks(b"nonsense")


def test_packing_can_be_stopped() -> None:
    index = make_index(["600 cars"] * 20_000)
    assert pack_marks(marked(index), range(1, 20_001), lambda: True) == b""
