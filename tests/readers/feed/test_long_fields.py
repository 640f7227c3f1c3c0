"""Fields of a feed as long as a stranger likes: what is looked for in them is looked for in their first words."""

from __future__ import annotations

import pytest

from rumor_tui.readers.feed.content import author_in_title

LONG = 200_000


@pytest.mark.parametrize("filler", [" ", "\xa0", "a@"])
def test_a_very_long_title_is_looked_at_in_linear_time(filler: str) -> None:
    """Quadratic patterns took seconds for 24,000 characters, so this test would not end."""
    assert author_in_title("By: ann") == "ann"
    assert author_in_title("Comments on x" + filler * (LONG // len(filler))) is None
