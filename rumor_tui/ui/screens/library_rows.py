"""The rows of the library's list: its threads narrowed, sorted, and the discussions of one article taken together.

Plain functions over `LibraryEntry`; the screen only shows what they give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from rumor_tui.library_types import LibraryEntry
from rumor_tui.text import fold, neutralise_line

SAMPLE: Final = 0
"""The `thread_id` of the entry that stands for the sample; threads of the library have ids above it."""

Order = Callable[[LibraryEntry], Any]


class Row(NamedTuple):
    """A row of the list: the places of its entries, which are several where it stands for all discussions of an
    article. `nested` is one of those, below their row, which is `unfolded` then."""

    entries: tuple[int, ...]
    nested: bool = False
    unfolded: bool = False


def _last(moment: float | None) -> float:
    return -moment if moment is not None else float("inf")


SORTS: Final = MappingProxyType[str, tuple[str, Order]](
    {
        "activity": ("Last activity", lambda entry: -entry.active),
        "new": ("New comments", lambda entry: (-entry.fresh, -entry.active)),
        "unread": ("Unread comments", lambda entry: (-entry.unread, -entry.active)),
        "title": ("Title", lambda entry: fold(entry.title)),
        "site": ("Site", lambda entry: (fold(entry.site), -entry.active)),
        "added": ("Added last", lambda entry: -entry.added),
        "published": ("Published last", lambda entry: _last(entry.published)),
    }
)
"""The orders of the list by name: what each is called, and the key that entries are sorted by."""

STATES: Final = MappingProxyType[str, Callable[[LibraryEntry], object]](
    {
        "new": lambda entry: entry.fresh,
        "unread": lambda entry: entry.unread,
        "followed": lambda entry: entry.followed,
        "marked": lambda entry: entry.marked or entry.notes,
    }
)
"""What `is:` can ask of a thread when the list is narrowed."""


def words_of(entry: LibraryEntry) -> str:
    """What the list is narrowed by, folded: all that a row tells in words."""
    return fold("\n".join(map(neutralise_line, (entry.title, entry.site, entry.address, *entry.tags))))


def narrow(entries: Sequence[LibraryEntry], words: Sequence[str], text: str) -> list[int]:
    """The places of the entries that fit all words of `text`; `words` are those of the entries (`words_of`)."""
    tests = [_test_of(word) for word in text.split()]
    if not tests:
        return list(range(len(entries)))
    return [at for at, entry in enumerate(entries) if all(test(entry, words[at]) for test in tests)]


def _test_of(word: str) -> Callable[[LibraryEntry, str], object]:
    name, colon, rest = word.partition(":")
    needle = fold(rest)
    if colon and name == "tag":
        return lambda entry, words: any(fold(tag).startswith(needle) for tag in entry.tags)
    if colon and name == "site":
        return lambda entry, words: needle in fold(entry.site) or needle in fold(entry.address)
    if colon and name == "is":
        states = [test for state, test in STATES.items() if state.startswith(needle)]
        return lambda entry, words: any(test(entry) for test in states)
    return lambda entry, words: fold(word) in words


def needle_of(text: str) -> str:
    """What of the text that the list is narrowed to is lit in its rows: the first plain word."""
    return next((fold(word) for word in text.split() if not word.startswith(("tag:", "site:", "is:"))), "")


def arrange(
    entries: Sequence[LibraryEntry], places: Sequence[int], sort: str, unfolded: frozenset[str] = frozenset()
) -> list[Row]:
    """The rows of the entries at `places`, sorted. The discussions of one article have one row, sorted by what they are
    together, and below it, where their group is `unfolded`, one each. The sample comes last."""
    key = SORTS[sort][1]
    together: dict[str | int, list[int]] = {}
    for at in places:
        together.setdefault(entries[at].group or at, []).append(at)
    heads: list[tuple[LibraryEntry, list[int]]] = []
    for found in together.values():
        one = entries[found[0]] if len(found) == 1 else merge_entries([entries[at] for at in found])
        heads.append((one, found))
    heads.sort(key=lambda head: (head[0].thread_id == SAMPLE, key(head[0])))
    rows: list[Row] = []
    for one, found in heads:
        if len(found) == 1:
            rows.append(Row((found[0],)))
            continue
        members, opened = sorted(found, key=lambda at: key(entries[at])), one.group in unfolded
        rows.append(Row(tuple(members), unfolded=opened))
        rows += [Row((at,), nested=True) for at in members if opened]
    return rows


def merge_entries(entries: Sequence[LibraryEntry]) -> LibraryEntry:
    """One entry for several discussions of an article: the most active one's words, and the sums of the counts."""
    first = max(entries, key=lambda entry: entry.active)
    return LibraryEntry(
        thread_id=first.thread_id,
        title=first.title,
        site=", ".join(dict.fromkeys(entry.site for entry in entries if entry.site)),
        address=first.address,
        source=first.source,
        comments=sum(entry.comments for entry in entries),
        unread=sum(entry.unread for entry in entries),
        fresh=sum(entry.fresh for entry in entries),
        marked=sum(entry.marked for entry in entries),
        notes=sum(entry.notes for entry in entries),
        tags=tuple(dict.fromkeys(tag for entry in entries for tag in entry.tags)),
        followed=any(entry.followed for entry in entries),
        group=first.group,
        published=min((entry.published for entry in entries if entry.published is not None), default=None),
        added=min(entry.added for entry in entries),
        visited=max((entry.visited for entry in entries if entry.visited is not None), default=None),
        active=first.active,
    )
