"""Who takes part in a thread: how much each one says, and when."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass

from rumor_tui.model import Thread
from rumor_tui.text import neutralise_line


@dataclass(frozen=True, slots=True)
class Participant:
    """One author: the name, neutral and on one line, and the rows of the comments, rising.

    `first` and `last` are the earliest and the latest time of these, in seconds since 1970 UTC; None where the thread
    tells none.
    """

    author: str
    rows: array[int]
    first: float | None
    last: float | None

    @property
    def count(self) -> int:
        """How many comments are theirs."""
        return len(self.rows)


def people_of(thread: Thread) -> frozenset[str]:
    """The distinct authors of a thread's comments, neutral and on one line."""
    return frozenset(neutralise_line(author) for author in set(thread.authors) if author) - {""}


def participants(thread: Thread) -> list[Participant]:
    """Everybody who signs a comment, whoever says most first, among equals whoever comes first.

    It takes about 0.1 s for 100,000 comments.
    """
    rows: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for row, author in enumerate(thread.authors):
        if author:
            rows[author].append(row)
    together: dict[str, array[int]] = {}
    for author, theirs in rows.items():
        name = neutralise_line(author)
        if name in together:
            together[name] = array("I", sorted([*together[name], *theirs]))
        elif name:
            together[name] = theirs
    times = thread.published
    found = [_participant(author, theirs, [times[row] for row in theirs]) for author, theirs in together.items()]
    return sorted(found, key=lambda one: (-one.count, one.rows[0]))


def _participant(author: str, rows: array[int], times: list[float | None]) -> Participant:
    told = [time for time in times if time is not None]
    return Participant(author, rows, min(told, default=None), max(told, default=None))
