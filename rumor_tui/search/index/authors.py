"""The participants of a thread: their comments, when they wrote, and how often others reply to them."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass

from rumor_tui.model import Thread
from rumor_tui.text import neutralise_line


@dataclass(frozen=True, slots=True)
class Participant:
    """An author: the name, neutral and on one line, and the rows of the comments, in ascending order.

    `first` and `last` are the earliest and the latest time of these, in seconds since 1970 UTC; None if the thread has
    none. `replies` counts the replies of others to them.
    """

    name: str
    rows: array[int]
    first: float | None
    last: float | None
    replies: int


def author_names(thread: Thread) -> frozenset[str]:
    """The distinct authors of a thread's comments, neutral and on one line, as texts name them: without a site."""
    return frozenset(neutralise_line(author) for author in set(thread.authors) if author) - {""}


def rows_by_author(thread: Thread, name: str) -> array[int]:
    """The rows of the comments whose author is shown with this name."""
    written = {author for author in set(thread.people) if author and neutralise_line(author) == name}
    return array("i", [row for row, author in enumerate(thread.people) if author in written])


def list_participants(thread: Thread) -> list[Participant]:
    """All named authors, as the thread's people: those with the most comments first, among equals in order of
    appearance.

    It takes about 0.1 s for 100,000 comments.
    """
    shown = {author: neutralise_line(author or "") for author in set(thread.people)}
    names = [shown[author] for author in thread.people]
    rows: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
    replies: Counter[str] = Counter()
    for row, (name, above) in enumerate(zip(names, thread.parent, strict=True)):
        if name:
            rows[name].append(row)
        if above >= 0 and names[above] != name:
            replies[names[above]] += 1
    participants = [_participant(thread, name, own, replies[name]) for name, own in rows.items()]
    return sorted(participants, key=lambda person: (-len(person.rows), person.rows[0]))


def _participant(thread: Thread, name: str, rows: array[int], replies: int) -> Participant:
    times = [time for row in rows if (time := thread.published[row]) is not None]
    return Participant(name, rows, min(times, default=None), max(times, default=None), replies)
