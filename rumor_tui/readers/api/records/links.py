"""What each record answers: by identifiers of other records in its fields, by its depth, or by what contains it.

A field tells what a record answers when most of its values are identifiers of other records, wherever it is and
whatever it is called; a name that speaks of replies only makes fewer of them enough. A field in which some records have
their own identifier gives the first record of a thread instead: that counts where nothing better is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from rumor_tui.readers.api.records import names
from rumor_tui.readers.api.records.items import Path, column_at, first_of, leaves_of
from rumor_tui.readers.api.records.names import name_set, path_names, tokens_of
from rumor_tui.readers.api.records.roles import sample_of
from rumor_tui.readers.api.values import to_identifier, to_int, to_timestamp

_ID_NAMES = {
    name: rank
    for rank, words in (
        (20, "id id_str"),
        (19, "comment_id message_id post_id tweet_id review_id note_id event_id reply_id answer_id status_id rest_id"),
        (18, "short_id comment_hex cid rpid no nr uuid guid"),
        (15, "uid phid hex key number num index post_number sid mid pid"),
        (6, "permalink uri url ts timestamp"),
        (3, "name"),
    )
    for name in words.split()
}
_LONGEST_ID = 300
_LONGEST_LIST = 4_000
_MAX_IDS = 10
_COUNTED = 5_000
"""Records whose references are counted to find out which of several identifiers they mean."""
_NO_ANSWER = frozenset({"0", "-1", "root", "null", "none", "None", "false"})
_TAGS = ("e", "p", "a", "t")
"""What Nostr calls its lists of identifiers."""

_DEPTHS = name_set("depth level indent indent_level indentation nesting nesting_level")
_QUOTE = re.compile(r"(?:>>|&gt;&gt;|#p)(\d{1,19})\b")
_PATH = re.compile(r"[\w-]+(?:[./][\w-]+)+/?", re.ASCII)


class Links(NamedTuple):
    """The identifier of each record, the row that it answers, and whether that is more than a guess."""

    ids: list[str | None]
    parents: list[int | None]
    known: bool


class Reference(NamedTuple):
    """A field with identifiers of other records, the row that it gives for each record, and how sure that is."""

    rank: int
    rows: list[int | None]


def find_links(
    rows: list[dict[str, Any]],
    owners: Sequence[int],
    texts: Sequence[Any],
    moments: Sequence[float | None],
    keys: Sequence[str | None],
) -> Links:
    """The links of records; `owners` are the records that contain them (-1: none), `keys` their keys in maps.

    `moments` are their dates: a field whose records are mostly later ones has the replies, not what is answered.
    """
    paths = list(dict.fromkeys(path for row in sample_of(rows) for path in leaves_of(row)))
    sample = sample_of(rows)
    references = {path: column_at(rows, path) for path in paths if _may_refer(path, column_at(sample, path))}
    ids = _choose_ids(rows, paths, references, keys)
    places = _places(ids)
    found = [
        _turned(ref, moments) for path, column in references.items() if (ref := _reference(path, column, ids, places))
    ]
    others = (_by_paths(rows, paths, ids, places), _by_quotes(texts, places), _by_prefix(ids, places))
    found += [ref for ref in others if ref]
    found.append(Reference(_CONTAINED, [owner if owner >= 0 else None for owner in owners]))
    found.append(Reference(_CONTAINED, _by_depth(rows, paths)))
    if max(owners, default=-1) >= 0:
        found = [ref for ref in found if ref.rank != _ROOT]  # nesting says it better
    found.sort(key=lambda ref: (-ref.rank, -len(set(ref.rows))))
    parents = first_of([ref.rows for ref in found], len(rows))
    return Links(ids, parents, any(parent is not None for parent in parents))


def _places(ids: Sequence[str | None]) -> dict[str, int]:
    """The first row of each identifier."""
    places: dict[str, int] = {}
    for row, key in enumerate(ids):
        if key is not None:
            places.setdefault(key, row)
    return places


# Identifiers


def _choose_ids(
    rows: list[dict[str, Any]], paths: Sequence[Path], references: dict[Path, list[Any]], keys: Sequence[str | None]
) -> list[str | None]:
    """The identifier of each record, in the field that others refer to most, or else in the one with the best name."""
    candidates: list[tuple[int, list[str | None]]] = []
    named = sorted((path for path in paths if _id_rank(path)), key=_id_rank, reverse=True)[:_MAX_IDS]
    for path in named or [path for path in paths if len(path) == 1]:
        column = list(map(to_identifier, column_at(rows, path)))
        if _are_distinct(column, _id_rank(path)) and (named or _are_telling(column) or _is_numbering(column)):
            candidates.append((_id_rank(path), column))
    if any(keys):
        candidates.append((4, list(keys)))
    wanted = [list(map(_identifiers, column[:_COUNTED])) for column in references.values()]
    scored = [
        (max((_hits(column, values) for values in wanted), default=0), rank, column) for rank, column in candidates
    ]
    scored = sorted(
        (entry for entry in scored if entry[0] or entry[1]),
        key=lambda entry: (not _are_distinct(entry[2], 0), -entry[0], -entry[1]),
    )
    return first_of([column for _, _, column in scored], len(rows))


def _hits(column: Sequence[str | None], references: Sequence[list[str]]) -> int:
    """How many records refer to another one, if these are the identifiers."""
    known = {key for key in column if key} - _NO_ANSWER
    return sum(
        1
        for own, keys in zip(column, references, strict=False)
        if own and any(key in known and key != own for key in keys)
    )


def _are_distinct(column: Sequence[str | None], rank: int) -> bool:
    """Whether values can be identifiers; where the name says so, records may be there twice."""
    known = [value for value in column if value is not None]
    least = 0.4 if rank >= 15 else 0.8
    if rank < 15 and any(" " in value for value in known):
        return False  # a date in words
    return (
        bool(known)
        and (rank >= 15 or 2 * len(known) > len(column))
        and len(set(known)) > least * len(known)
        and max(map(len, known)) <= _LONGEST_ID
    )


def _is_numbering(column: Sequence[str | None]) -> bool:
    """Whether values are whole numbers that grow from record to record."""
    numbers = [to_int(value) for value in column[:_COUNTED]]
    return all(
        number is not None and (before is None or number > before)
        for before, number in zip([None, *numbers], numbers, strict=False)
    )


def _id_rank(path: Path) -> int:
    parts = path_names(path)
    around = {token for key in path[:-1] for token in tokens_of(key)}
    words = set(parts[-1].split("_"))
    if around & (names.PEOPLE | names.STOPPED | names.REPLY_WORDS - {"reply"}) or words & names.PEOPLE:
        return 0
    rank = _ID_NAMES.get(parts[-1], 10 if parts[-1].endswith("id") else 0)
    if words & names.REPLY_WORDS - {"reply", "answer"} and parts[-1] != "pid":
        return 0
    if (around | words - {"post"}) & (names.CONTEXTS | names.ROOMS - {"post"} | names.LARGER):
        rank = min(rank, 2)
    return max(rank - 3 * (len(parts) - 1), 1 if rank else 0)


# References

_ROOT, _CONTAINED, _OTHER, _QUOTED, _NAMED = 1, 2, 3, 4, 5
"""How sure it is what a record answers: the first of its thread, what contains it, a field by its values alone, a
quotation mark with a number, a field by its name."""

_NOT_REFERENCES = (names.PEOPLE - {"who"}) | name_set(
    "count counts total date time created updated at text body content message html name score likes url avatar title"
    " type state children kids user replies"
) - {"from", "to"}


def _reference_class(path: Path) -> int:
    """What the name of a field says: that it tells what a record answers, or its thread's first one, or nothing."""
    words = [token for key in path for token in tokens_of(key)]
    last = tokens_of(path[-1])
    if set(words) & names.PEOPLE or set(last) & _NOT_REFERENCES - {"message"}:
        return 0
    if set(words) & names.REPLY_WORDS or "referenced" in words or "relates" in words:
        return _NAMED
    if set(last) & names.ROOT_WORDS:
        return _ROOT
    return 0 if set(words) & (names.STOPPED | {"text"}) - {"message", "tags"} else _OTHER


def _may_refer(path: Path, sample: Sequence[Any]) -> bool:
    """Whether a field may tell what a record answers, judging by its name, or by some of its values."""
    kind = _reference_class(path)
    values = [key for value in sample if not isinstance(value, bool) for key in _identifiers(value)]
    if kind != _OTHER:
        return bool(kind and values)
    if not _are_telling(values):
        starts_empty = sample[0] in (None, "") or to_identifier(sample[0]) in _NO_ANSWER
        return len(path) == 1 and starts_empty and bool(values) and all(map(str.isdigit, values))
    return any(to_timestamp(value) is None for value in values)


def _reference(
    path: Path, column: Sequence[Any], ids: Sequence[str | None], places: dict[str, int]
) -> Reference | None:
    """The field as a reference; None when too few of its values are identifiers of other records.

    Identifiers may have a prefix there that says of what kind they are: `t1_abc` for the record `abc`.
    """
    rank = _reference_class(path)
    found = _refer(column, ids, places, str)
    if rank in (_NAMED, _OTHER) and not found.own and found.rows.count(None) == len(column):
        found = _refer(column, ids, places, _without_prefix)
    hits = len(found.rows) - found.rows.count(None)
    if not hits or (
        rank == _OTHER and (2 * hits <= found.filled or found.own or not _is_telling_field(found, ids, path))
    ):
        return None
    if found.own > 1 and rank == _NAMED:
        rank = _ROOT
    return Reference(rank, found.rows)


class _Referred(NamedTuple):
    """The rows that a field gives, how many values it has, and how many of them are the record's own identifier."""

    rows: list[int | None]
    filled: int
    own: int


_PREFIX = re.compile(r"[A-Za-z]{1,12}\d?[_:#-]|#", re.ASCII)


def _without_prefix(key: str) -> str:
    match = _PREFIX.match(key)
    return key[match.end() :] if match else key


def _is_telling_field(found: _Referred, ids: Sequence[str | None], path: Path) -> bool:
    """Whether values are hardly identifiers by chance: long ones, or short ones all of which are of earlier records.

    A single short one is enough where the field is called an identifier.
    """
    known = [(row, to) for row, to in enumerate(found.rows) if to is not None]
    least = 1 if path_names(path)[-1].endswith("id") else 2
    return _are_telling(ids) or (least <= len(known) == found.filled and all(to < row for row, to in known))


def _refer(
    column: Sequence[Any], ids: Sequence[str | None], places: dict[str, int], form: Callable[[str], str]
) -> _Referred:
    rows: list[int | None] = []
    filled = own = 0
    for row, value in enumerate(column):
        if value is None or value == "":
            rows.append(None)
            continue
        keys = [form(key) for key in _identifiers(value)]
        if len(keys) == 1 and keys[0] not in places:
            filled += keys[0] not in _NO_ANSWER
            rows.append(None)
            continue
        filled += bool(keys) and keys[-1] not in _NO_ANSWER
        own += bool(keys) and keys[-1] == ids[row]
        found = (places[key] for key in reversed(keys) if key in places and key not in _NO_ANSWER)
        rows.append(next((place for place in found if place != row and ids[place] != ids[row]), None))
    return _Referred(rows, filled, own)


def _turned(ref: Reference, moments: Sequence[float | None]) -> Reference:
    """The reference; or, where it is from records to later ones, what those answer by it."""
    pairs = [(row, to) for row, to in enumerate(ref.rows) if to is not None]
    later = [(moments[to] or 0) > (moments[row] or 0) for row, to in pairs]
    if ref.rank != _OTHER or 2 * sum(later) <= len(pairs):
        return ref
    parents: list[int | None] = [None] * len(ref.rows)
    for row, to in pairs:
        parents[to] = row
    return Reference(_CONTAINED, parents)


def _are_telling(ids: Sequence[str | None]) -> bool:
    """Whether identifiers are so long that a number of something else is hardly one of them by chance."""
    sample = [key for key in ids[:200] if key]
    codes = (len(key) >= 6 or (not key.isdigit() and len(key) >= 2) for key in sample)
    return bool(sample) and all(codes) and not any(" " in key for key in sample)


def _identifiers(value: Any) -> list[str]:
    """The identifiers in a value: its own, or those of a list (ancestors), also of one of objects or of lists."""
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            value = [held.get("id") for held in value if isinstance(held, dict) and _may_be_answered(held)]
        elif value and isinstance(value[0], list):
            value = [
                key for held in value[:_LONGEST_LIST] if isinstance(held, list) for key in held if key not in _TAGS
            ]
        return [key for key in map(to_identifier, value) if key]
    key = to_identifier(value)
    if key and "," in key and len(key) < _LONGEST_LIST and " " not in key:
        return key.split(",")
    return [key.removesuffix(".0") if key[:-2].isdigit() else key] if key else []


def _may_be_answered(value: dict[str, Any]) -> bool:
    """Whether an object that refers to another record says nothing else of it, such as that it is quoted."""
    kind = value.get("type")
    return not isinstance(kind, str) or not names.STOPPED_FIRST.difference({"replied", "parent"}).intersection(
        tokens_of(kind)
    )


def _by_paths(
    rows: list[dict[str, Any]], paths: Sequence[Path], ids: Sequence[str | None], places: dict[str, int]
) -> Reference | None:
    """Fields with all ancestors and the record itself, `0.5.6`."""
    for path in paths:
        column = column_at(rows, path)
        sample = [value for value in column[:50] if isinstance(value, str)]
        if len(sample) < min(len(column), 50) or not all(map(_PATH.fullmatch, sample)):
            continue
        if not any(re.split(r"[./]", value.rstrip("/"))[-1] in places for value in sample):
            continue
        split = [re.split(r"[./]", value.rstrip("/")) if isinstance(value, str) else [] for value in column]
        if sum(parts[-1:] == [key] for parts, key in zip(split, ids, strict=True)) > 0.8 * len(rows):
            above = [next((places[part] for part in reversed(parts[:-1]) if part in places), None) for parts in split]
            return Reference(_NAMED + 1, above)
    return None


def _by_quotes(texts: Sequence[Any], places: dict[str, int]) -> Reference | None:
    """Answers as image boards write them, `>>123`, to the record that is named first."""
    if not all(map(str.isdigit, list(places)[:50])):
        return None
    parents: list[int | None] = []
    for row, text in enumerate(texts):
        quoted = _QUOTE.findall(text[:4_000]) if isinstance(text, str) and ("&gt;&gt;" in text or ">>" in text) else ()
        known = (places[key] for key in quoted if key in places)
        parents.append(next((place for place in known if place != row), None))
    return Reference(_QUOTED, parents) if any(parent is not None for parent in parents) else None


def _by_prefix(ids: Sequence[str | None], places: dict[str, int]) -> Reference | None:
    """Identifiers that begin with that of what they answer and a dot."""
    parents = [places.get(key.rpartition(".")[0]) if key and "." in key else None for key in ids]
    return Reference(_OTHER, parents) if any(parent is not None for parent in parents) else None


def _by_depth(rows: list[dict[str, Any]], paths: Sequence[Path]) -> list[int | None]:
    """The last row before that is less deep, by a field with depths."""
    path = next((path for path in paths if path_names(path)[-1] in _DEPTHS), None)
    depths = [to_int(value) for value in column_at(rows, path)] if path else []
    if len(set(depths)) < 2:
        return [None] * len(rows)
    parents: list[int | None] = []
    open_rows: list[tuple[int, int]] = []
    for row, depth in enumerate(depths):
        while open_rows and (depth is None or open_rows[-1][0] >= depth):
            open_rows.pop()
        parents.append(open_rows[-1][1] if open_rows else None)
        if depth is not None:
            open_rows.append((depth, row))
    return parents
