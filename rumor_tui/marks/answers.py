"""Who answers whom where the page does not say: told by @mentions, names at the start of a text, and quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from rumor_tui.marks.quotes import Quote

Evidence = Literal["mention", "name", "quote"]


class Answer(NamedTuple):
    """Comment `row` answers comment `to`, an earlier row, as the stretch `start` to `end` of its text shows.

    `confidence` is between 0 and 1: how often an answer that is told like this one was right on labelled threads.
    """

    row: int
    to: int
    evidence: Evidence
    confidence: float
    start: int
    end: int


def find_answers(
    texts: Sequence[str],
    authors: Sequence[str],
    parents: Sequence[int],
    quotes: Sequence[Quote],
    *,
    first_comment: int,
    stop: Callable[[], bool] = lambda: False,
) -> list[Answer]:
    """The answers that the texts themselves tell of, ordered by row, at most one a row.

    `texts` are the thread's items in reading order, of which the comments' are those from `first_comment` on (row 0);
    a quote's items are theirs. A row whose parent the page tells (`parents[row] >= 0`) is left alone where it answers
    that parent anyway.
    """
    return []
