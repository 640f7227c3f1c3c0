"""Finding the pairs that identifiers do not tell: by author and text, by replies, by likeness, by place.

Every step is linear in the rows that are open: rows are found by keys, and of the rows of one key only a few are
compared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Final

from rumor_tui.changes.likeness import fold_words, like_words
from rumor_tui.changes.pairing import Columns, Pairing

Key = Callable[[Columns, int], Hashable | None]
"""Gives what two rows must have in common to be the same comment; None for a row that has nothing of the kind."""

Rows = Sequence[int]

_CANDIDATES: Final = 6
"""How many rows of one key are compared with a row, at most."""
_AROUND: Final = 12
"""How many rows of one key are looked at, before and behind a row."""
_TELLING: Final = 4
"""How many words of a text, the longest ones, others are found by."""
_DISTINCT: Final = 12
"""Characters from which on a person hardly says the same thing twice."""
_DISTINCT_UNSIGNED: Final = 40
"""Characters from which on two people hardly say the same thing."""
_ROUNDS: Final = 3
"""One pair tells of others below it; after so many rounds there is little left to tell."""


def match_rest(pairing: Pairing, *, identified: bool) -> None:
    """Pair the rows that are open. Where identifiers hold (`identified`), rows that have different ones are different
    comments."""
    if not identified:
        _match(pairing, pairing.open_old(), pairing.open_new())
        return
    unnamed = _unnamed(pairing.new.ids, pairing.open_new())
    if unnamed:
        _match(pairing, pairing.open_old(), unnamed)
    unnamed = _unnamed(pairing.old.ids, pairing.open_old())
    if unnamed:
        _match(pairing, unnamed, pairing.open_new())


def _unnamed(ids: Sequence[str | None], rows: Rows) -> Rows:
    """The rows that have no identifier of their own."""
    if not rows:
        return rows
    counts = Counter(ids)
    return [row for row in rows if ids[row] is None or counts[ids[row]] > 1]


def _match(pairing: Pairing, olds: Rows, news: Rows) -> None:
    """Pair rows of `olds` with rows of `news`."""
    words: dict[tuple[bool, int], list[str]] = {}
    for _ in range(_ROUNDS):
        before = len(olds)
        for key in _KEYS:
            _pair_equal(pairing, olds, news, key)
            olds, news = _still_open(pairing, olds, news)
            if not olds or not news:
                return
        for step in (_pair_by_replies, _pair_by_likeness, _pair_by_place):
            step(pairing, olds, news, words)
            olds, news = _still_open(pairing, olds, news)
            if not olds or not news:
                return
        if len(olds) == before:
            return


def _still_open(pairing: Pairing, olds: Rows, news: Rows) -> tuple[Rows, Rows]:
    before, after = pairing.before, pairing.after
    return [row for row in olds if after[row] < 0], [row for row in news if before[row] < 0]


# By author and text


def _dated_text(columns: Columns, row: int) -> Hashable | None:
    if columns.deleted[row] or columns.published[row] is None:
        return None
    return columns.authors[row], columns.bodies[row], columns.published[row]


def _signed_text(columns: Columns, row: int) -> Hashable | None:
    return None if columns.deleted[row] else (columns.authors[row], columns.bodies[row])


def _signed_words(columns: Columns, row: int) -> Hashable | None:
    if columns.deleted[row]:
        return None
    words = fold_words(columns.bodies[row])
    return (columns.authors[row], tuple(words), len(columns.bodies[row]) // 4_000) if words else None


def _text(columns: Columns, row: int) -> Hashable | None:
    """The text alone: an author may have been renamed, or have left."""
    body = columns.bodies[row]
    return None if columns.deleted[row] or len(body) < _DISTINCT_UNSIGNED else body


_KEYS: Final[Sequence[Key]] = (_dated_text, _signed_text, _signed_words, _text)
"""What is equal, the surest first."""


def _pair_equal(pairing: Pairing, olds: Rows, news: Rows, key: Key) -> None:
    """Pair the rows of one key: first below the same comment, then those that could hardly be others, in order."""
    old, new = pairing.old, pairing.new
    of_old: dict[Hashable, list[int]] = defaultdict(list)
    for row in olds:
        if (found := key(old, row)) is not None:
            of_old[found].append(row)
    of_new: dict[Hashable, list[int]] = defaultdict(list)
    for row in news:
        if (found := key(new, row)) is not None and found in of_old:
            of_new[found].append(row)
    pairing.breathe()
    doubtful: list[Hashable] = []
    for found, rows in of_new.items():
        there = of_old[found]
        if len(rows) == len(there) == 1 and _is_distinct(new, rows[0], key):
            pairing.pair(there[0], rows[0])
        else:
            doubtful.append(found)
    _pair_below_same(pairing, doubtful, of_old, of_new)
    for found in doubtful:
        rows = [row for row in of_new[found] if pairing.before[row] < 0]
        if rows and _is_distinct(new, rows[0], key):
            there = [row for row in of_old[found] if pairing.after[row] < 0]
            for was, now in zip(there, rows, strict=False):
                pairing.pair(was, now)


def _is_distinct(columns: Columns, row: int, key: Key) -> bool:
    """Whether a row's key says enough for the comment to be the same one wherever it stands."""
    if key is _dated_text:
        return columns.authors[row] is not None or len(columns.bodies[row]) >= _DISTINCT
    return len(columns.bodies[row]) >= (_DISTINCT_UNSIGNED if columns.authors[row] is None else _DISTINCT)


def _pair_below_same(
    pairing: Pairing,
    keys: Sequence[Hashable],
    of_old: dict[Hashable, list[int]],
    of_new: dict[Hashable, list[int]],
) -> None:
    """Pair the rows of each key that answer the same comment, in order; parents first, since they tell of what is
    below them."""
    waiting: dict[tuple[Hashable, int], deque[int]] = defaultdict(deque)
    for key in keys:
        for row in of_old[key]:
            waiting[key, pairing.old.parent[row]].append(row)
    for row, place in sorted((row, place) for place, key in enumerate(keys) for row in of_new[key]):
        above = pairing.parent_before(row)
        if above is not None and (there := waiting.get((keys[place], above))):
            pairing.pair(there.popleft(), row)


# By what answers them


def _pair_by_replies(pairing: Pairing, olds: Rows, news: Rows, words: dict[tuple[bool, int], list[str]]) -> None:
    """Pair comments that the same ones answer, if the author is the same, the text alike, or one of them deleted."""
    old, new = pairing.old, pairing.new
    open_old, open_new = set(olds), set(news)
    votes: Counter[tuple[int, int]] = Counter()
    for row, was in enumerate(pairing.before):
        if was < 0 or new.parent[row] not in open_new or old.parent[was] not in open_old:
            continue
        votes[old.parent[was], new.parent[row]] += 1
    for (was, now), _ in votes.most_common():
        if pairing.after[was] < 0 and pairing.before[now] < 0 and _may_be_same(pairing, was, now, words):
            pairing.pair(was, now)


def _may_be_same(pairing: Pairing, was: int, now: int, words: dict[tuple[bool, int], list[str]]) -> bool:
    """Whether two comments in the same place can be the same."""
    old, new = pairing.old, pairing.new
    if old.deleted[was] or new.deleted[now]:
        return True
    if old.authors[was] == new.authors[now] is not None:
        return True
    return _are_alike(pairing, was, now, words)


def _are_alike(pairing: Pairing, was: int, now: int, words: dict[tuple[bool, int], list[str]]) -> bool:
    pairing.breathe()
    first, second = _words(words, pairing.old, was, old=True), _words(words, pairing.new, now, old=False)
    return like_words(first, second)


def _words(words: dict[tuple[bool, int], list[str]], columns: Columns, row: int, *, old: bool) -> list[str]:
    if (old, row) not in words:
        words[old, row] = fold_words(columns.bodies[row])
    return words[old, row]


# By likeness


def _pair_by_likeness(pairing: Pairing, olds: Rows, news: Rows, words: dict[tuple[bool, int], list[str]]) -> None:
    """Pair comments with similar texts, which have the same author or answer the same comment."""
    old, new = pairing.old, pairing.new
    index: dict[Hashable, list[int]] = defaultdict(list)
    for row in olds:
        if not old.deleted[row]:
            pairing.breathe()
            telling = _telling(_words(words, old, row, old=True))
            for key in _likeness_keys(old.authors[row], old.parent[row], telling):
                index[key].append(row)
    for row in news:
        if new.deleted[row]:
            continue
        telling = _telling(_words(words, new, row, old=False))
        candidates: Counter[int] = Counter()
        for key in _likeness_keys(new.authors[row], pairing.parent_before(row), telling):
            candidates.update(was for was in _nearest(index.get(key, ()), row) if pairing.after[was] < 0)
        for was, _ in candidates.most_common(_CANDIDATES):
            if _agree(old.authors[was], new.authors[row]) and _are_alike(pairing, was, row, words):
                pairing.pair(was, row)
                break


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two authors can be one person: a comment's author may be told only in one of the states."""
    return one == other or one is None or other is None


def _telling(words: Sequence[str]) -> list[str]:
    """The longest words of a text, which few other texts have."""
    return sorted(set(words), key=lambda word: (-len(word), word))[:_TELLING]


def _likeness_keys(author: str | None, parent: int | None, telling: Sequence[str]) -> list[Hashable]:
    """Under which keys a text is found: its author or place, with each of its telling words."""
    keys: list[Hashable] = []
    if author is not None:
        keys += [(author, word) for word in telling]
        if parent is not None:
            keys.append((author, parent))
    if parent is not None:
        keys += [(parent, word) for word in telling]
    return keys


def _nearest(rows: Sequence[int], row: int) -> Sequence[int]:
    """Some of the rows, which ascend: those around a row."""
    place = bisect_left(rows, row)
    return rows[max(place - _AROUND, 0) : place + _AROUND]


# By place


def _pair_by_place(pairing: Pairing, olds: Rows, news: Rows, words: dict[tuple[bool, int], list[str]]) -> None:
    """Pair comments that stand alone between the same ones: a deleted one with what was there, and two texts of one
    author, where another comment follows (else it is rather a new one) or the date is the same."""
    of_old, of_new = _gaps(pairing, olds, old=True), _gaps(pairing, news, old=False)
    old, new = pairing.old, pairing.new
    for gap, rows in of_new.items():
        there = of_old.get(gap, [])
        if len(there) != len(rows):
            continue
        for was, now in zip(there, rows, strict=True):
            dated = old.published[was] is not None and old.published[was] == new.published[now]
            signed = old.authors[was] == new.authors[now] is not None
            if new.deleted[now] or old.deleted[was] or (signed and (dated or (len(rows) == 1 and gap[2] >= 0))):
                pairing.pair(was, now)


def _gaps(pairing: Pairing, rows: Rows, *, old: bool) -> dict[tuple[int, int, int], list[int]]:
    """The open rows by where they stand: the parent, the paired sibling before them and the one behind them, all by
    their older rows (-1 for none)."""
    parents = {above for row in rows if (above := _older_parent(pairing, row, old=old)) is not None}
    before: dict[int, int] = {}
    waiting: dict[int, list[tuple[int, int]]] = defaultdict(list)
    gaps: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    chosen = set(rows)
    for row in range(len(pairing.after if old else pairing.before)):
        above = _older_parent(pairing, row, old=old)
        if above is None or above not in parents:
            continue
        paired = (row if pairing.after[row] >= 0 else -1) if old else pairing.before[row]
        if paired >= 0:
            for start, open_row in waiting.pop(above, ()):
                gaps[above, start, paired].append(open_row)
            before[above] = paired
        elif row in chosen:
            waiting[above].append((before.get(above, -1), row))
    for above, left in waiting.items():
        for start, open_row in left:
            gaps[above, start, -1].append(open_row)
    return gaps


def _older_parent(pairing: Pairing, row: int, *, old: bool) -> int | None:
    return pairing.old.parent[row] if old else pairing.parent_before(row)
