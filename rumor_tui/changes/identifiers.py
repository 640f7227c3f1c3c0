"""Whether the identifiers of two states of a thread mean the same comments, and what they tell then.

Identifiers that count comments ("comment 12") shift when one is taken out, and are given again to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, TypeVar

from rumor_tui.changes.likeness import are_alike
from rumor_tui.changes.pairing import ROWS, Columns, Pairing

_NUMBER: Final = re.compile(r"[0-9]+$")
_COUNTING: Final = 4
"""Numbers up to so many times the number of comments may only count these."""
_CLOSE: Final = 60.0
"""Seconds by which two dates of one comment may differ."""

K = TypeVar("K", bound=Hashable)


def identifiers_hold(pairing: Pairing) -> bool:
    """Whether an identifier that both states have is the same comment's.

    It is not, as soon as one text has the identifier that another one had before. Where no identifier is in both
    states, they tell nothing.
    """
    old, new = pairing.old, pairing.new
    pairs = _shared(pairing)
    changed = [
        (was, now)
        for was, now in pairs
        if (old.bodies[was] != new.bodies[now] or old.authors[was] != new.authors[now])
        and not (old.deleted[was] or new.deleted[now])
    ]
    if not changed:
        return bool(pairs)
    olds, news = _texts(old, pairing.breathe), _texts(new, pairing.breathe)
    return all(
        news.get((old.authors[was], old.bodies[was]), now) == now
        and olds.get((new.authors[now], new.bodies[now]), was) == was
        for was, now in changed
    )


def pair_by_identifier(pairing: Pairing, *, counting: bool) -> None:
    """Pair the rows of one identifier, unless they are told to be different comments. Identifiers that only count
    (`counting`) prove less."""
    old, new = pairing.old, pairing.new
    for was, now in _shared(pairing):
        if old.bodies[was] == new.bodies[now] and old.authors[was] == new.authors[now]:
            pairing.pair(was, now)
            continue
        pairing.breathe()
        if _can_be_same(old, was, new, now, counting=counting):
            pairing.pair(was, now)


def _can_be_same(old: Columns, was: int, new: Columns, now: int, *, counting: bool) -> bool:
    """Whether two rows of one identifier can be the same comment: by the author, or by the text."""
    if old.deleted[was] or new.deleted[now]:
        return not counting  # else its place tells
    if are_alike(old.bodies[was], new.bodies[now]):
        return True
    if old.authors[was] is None or old.authors[was] != new.authors[now]:
        return False
    before, after = old.published[was], new.published[now]
    return not counting or (before is not None and after is not None and abs(before - after) < _CLOSE)


def _shared(pairing: Pairing) -> list[tuple[int, int]]:
    """The rows of the identifiers that both states have, and that one row has in each."""
    breathe = pairing.breathe
    olds, news = _unique_rows(pairing.old.ids, breathe), _unique_rows(pairing.new.ids, breathe)
    olds.pop(None, None)
    return [(row, news[id]) for id, row in olds.items() if id in news]


def _texts(columns: Columns, breathe: Callable[[], object]) -> dict[tuple[str | None, str], int]:
    """The row of each author and text that only one row has."""
    return _unique_rows(list(zip(columns.authors, columns.bodies, strict=True)), breathe)


def _unique_rows(keys: Sequence[K], breathe: Callable[[], object]) -> dict[K, int]:
    """The row of each key that only one row has."""
    rows = _last_rows(keys, breathe)
    if len(rows) < len(keys):
        first = _last_rows(keys[::-1], breathe)
        rows = {key: row for key, row in rows.items() if len(keys) - 1 - first[key] == row}
    return rows


def _last_rows(keys: Sequence[K], breathe: Callable[[], object]) -> dict[K, int]:
    """The last row of each key."""
    rows: dict[K, int] = {}
    for start in range(0, len(keys), ROWS):
        rows.update(zip(keys[start : start + ROWS], range(start, len(keys)), strict=False))
        breathe()
    return rows


def only_count(old: Columns, new: Columns) -> bool:
    """Whether the identifiers of both states may do no more than count the comments."""
    return _counts(old.ids) and _counts(new.ids)


def _counts(ids: Iterable[str | None]) -> bool:
    given = [id for id in ids if id is not None]
    numbers = [int(match[0][-12:]) for id in given if (match := _NUMBER.search(id))]
    return len(numbers) * 2 > len(given) and sorted(numbers)[len(numbers) // 2] <= _COUNTING * len(given)
