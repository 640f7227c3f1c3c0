"""The patterns of what pages say."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.vocabulary import DELETED_NOTICE


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("[removed]", True),
        ("[deleted by user]", True),
        ("This comment has been deleted", True),
        ("This comment has been removed. See the rules.", True),
        ("Deleted by the moderators.", True),
        ("[dead]", True),
        ("Removed by the council", False),
        ("Removed by the council | in 1974, as it was rotten", False),
        ("Deleted. I was wrong about that.", False),
        ("Dead.", False),
    ],
)
def test_only_a_sentence_of_the_usual_form_says_that_a_comment_is_gone(text: str, gone: bool) -> None:
    assert bool(DELETED_NOTICE.match(text)) == gone
