from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.index import storage
from rumor_tui.search.index.storage import SubstringIndex

TEXTS = st.lists(st.text("ab\n", max_size=4), max_size=12)


@given(TEXTS, st.text("ab", max_size=3), st.integers(1, 5))
def test_a_part_is_found_in_the_texts_that_hold_it(texts: list[str], part: str, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "BLOCK_TEXTS", block)
        stack = SubstringIndex()
        for text in texts:
            stack.add(text)
        assert len(stack) == len(texts)
        assert list(stack.holding(part)) == [nth for nth, text in enumerate(texts) if part in text.replace("\n", " ")]


def test_a_part_never_runs_from_one_text_into_the_next() -> None:
    stack = SubstringIndex()
    for text in ("one", "two", "a\nb"):
        stack.add(text)
    assert list(stack.holding("one\ntwo")) == []
    assert list(stack.holding("a\nb")) == []
    assert list(stack.holding("a b")) == [2]
