"""Which field of alike objects is the text, the author, the date, the title: chosen by names and by values.

The names are those that fields usually have, in any writing (`names`); the values say whether a field can be what its
name promises, and where no name says anything, the longest prose is the text and the short names that recur are the
authors. Roles are lists of paths, best first: the first that has a value in a row counts there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from rumor_tui.readers.api.records import names
from rumor_tui.readers.api.records.items import Path, leaves_of
from rumor_tui.readers.api.records.names import name_set, path_names, tokens_of
from rumor_tui.readers.api.records.rich_text import is_rich
from rumor_tui.readers.api.values import to_identifier, to_timestamp

Column = list[Any]

SAMPLE = 60
"""Objects that are looked into to find out which fields all of them have."""

_URL = re.compile(r"(?:https?:)?//\S+\Z|data:|mailto:")
_CODE = re.compile(r"\S*\d\S*|[a-f0-9-]{16,}", re.ASCII)
_NUMBERS = re.compile(r"[\d.,:/ -]*")
_LONGEST_NAME = 100


class Roles(NamedTuple):
    """The paths of what a record has; those without any are empty."""

    texts: tuple[Path, ...] = ()
    authors: tuple[Path, ...] = ()
    dates: tuple[Path, ...] = ()
    titles: tuple[Path, ...] = ()
    scores: tuple[Path, ...] = ()
    urls: tuple[Path, ...] = ()
    deleted: tuple[Path, ...] = ()
    counts: tuple[Path, ...] = ()
    strength: int = 0
    """How well the name of the text fits, see `names.TEXTS`."""

    @property
    def is_record(self) -> bool:
        """Whether such objects can be something that a person said."""
        return bool(self.texts and (self.authors or self.dates))


def sample_of(values: Sequence[Any]) -> list[Any]:
    """Some of many values: the first ones, and others from all over."""
    if len(values) <= SAMPLE:
        return list(values)
    step = len(values) // (SAMPLE // 2)
    return [*values[: SAMPLE // 2], *values[SAMPLE // 2 :: step]]


def choose_roles(values: Sequence[dict[str, Any]], *, alone: bool = False) -> Roles:
    """The roles of the fields of some alike objects; `alone` where it is one that others hang from."""
    rows = [leaves_of(value) for value in sample_of(values)]
    paths = list(dict.fromkeys(path for row in rows for path in row))
    columns = {path: [row.get(path) for row in rows] for path in paths}
    texts, strength = _texts(columns, alone)
    authors = _authors(columns, alone) or _best(columns, _profile_score)
    dates = _best(columns, _date_score)
    if not texts and not alone:
        texts = _by_values(columns, _prose, {*authors, *dates})
        strength = names.STRONG - 1 if texts else 0
    if texts and not dates and not alone:
        dates = _by_values(columns, _dates_by_value, {*texts, *authors})
    if texts and not authors and not alone:
        authors = _by_values(columns, _names_by_value, {*texts, *dates})
        if authors and not dates and not _recur(columns[authors[0]]):
            authors = ()  # the beginnings of sentences, as well as names
    titles = _titles(columns, () if alone else texts, alone)
    if titles and titles[:1] == texts[:1]:
        texts = texts[1:]
    if alone:
        authors = tuple(path for path in authors if path not in titles and path_names(path) != ("name",))
    return Roles(
        texts=texts,
        authors=authors,
        dates=dates,
        titles=titles,
        scores=_named(columns, names.SCORES, _is_number, alone),
        urls=_named(columns, names.URLS, _is_address, alone),
        deleted=_named(columns, sorted(names.DELETED), lambda value: value is not None, alone),
        counts=_named(columns, sorted(names.COUNTS), _is_number, alone),
        strength=strength,
    )


def _best(columns: dict[Path, Column], score: Callable[[Path, Column], float]) -> tuple[Path, ...]:
    """The paths with a score above zero, best first."""
    scored = [(score(path, column), path) for path, column in columns.items()]
    return tuple(path for value, path in sorted(scored, key=lambda pair: -pair[0]) if value > 0)[:6]


def _filled(column: Column) -> list[Any]:
    return [value for value in column if value is not None and value not in ("", [])]


# Texts


def _texts(columns: dict[Path, Column], alone: bool) -> tuple[tuple[Path, ...], int]:
    """The paths of the text, and how well the name of the first fits."""
    ranks: dict[Path, float] = {}
    scored = {path: _text_name_score(path, alone) for path in columns}
    if not alone and not any(rank >= names.STRONG for rank in scored.values()):
        scored = {path: _text_name_score(path, True) for path in columns}
    for path, column in columns.items():
        rank = scored[path]
        filled = [value for value in column if _is_text(value)]
        if path_names(path)[-1].endswith("comments"):
            filled = [value for value in filled if isinstance(value, str)]  # a list has comments of its own
        if rank > 0 and filled and _can_be_text(filled):
            ranks[path] = rank + 10 * len(filled) / len(column)
            if rank < names.STRONG:
                ranks[path] += min(_mean_words(filled), 10) / 2
    order = sorted(ranks, key=lambda path: -ranks[path])
    if not order:
        return (), 0
    best = ranks[order[0]]
    floor = names.STRONG if best >= names.STRONG else 0
    return tuple(path for path in order if ranks[path] >= floor)[:4], int(best)


def _text_name_score(path: Path, alone: bool) -> float:
    parts = path_names(path)
    last = parts[-1]
    around = {token for key in path[-3:-1] for token in tokens_of(key)}
    holder = set(tokens_of(path[-2])) if len(path) > 1 else set()
    others = holder & names.NOT_THE_AUTHOR - {"reply", "replied", "to", "in"}
    if others or around & (names.PEOPLE | names.STOPPED):
        return 0
    rank: float = names.TEXTS.get(last, 0)
    words = last.split("_")
    is_text = words[-1] in names.TEXT_ENDS or (names.SAID.intersection(words) and "text" in words)
    if not rank and is_text and not set(words) & (names.CONTEXTS | names.REPLY_WORDS):
        rank = 42
    if not rank and len(path) == 1 and last and path[-1].rstrip().endswith("?"):
        rank = names.STRONG  # a question in a form
    if rank and around & names.CONTEXTS:
        rank += 4 if alone else -25
    if rank and around & names.TEXT_ENDS:
        rank += 3
    return rank - len(parts)


def _is_text(value: Any) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or is_rich(value)


def _can_be_text(filled: Column) -> bool:
    """Whether the values are texts: not all of them addresses, dates or codes."""
    strings = [value.strip() for value in filled if isinstance(value, str)]
    if len(strings) < len(filled):
        return True
    if all(_URL.match(value) or (_CODE.fullmatch(value) and to_timestamp(value) is not None) for value in strings):
        return False
    return not all(_CODE.fullmatch(value) and len(value) > 6 for value in strings)


def _mean_words(filled: Column) -> float:
    return sum(len(value.split()) for value in filled if isinstance(value, str)) / len(filled)


def _prose(path: Path, column: Column) -> float:
    """How much a column is prose, whatever it is called."""
    strings = [value for value in column if isinstance(value, str)]
    if 2 * len(strings) <= len(column) or len(set(strings)) <= len(strings) / 2:
        return 0
    words = [len(value.split()) for value in strings if not _URL.match(value)]
    mean = sum(words) / len(strings)
    return mean if mean >= 4 and not set(tokens_of(path[-1])) & names.STOPPED else 0


# Authors


def _authors(columns: dict[Path, Column], alone: bool) -> tuple[Path, ...]:
    def score(path: Path, column: Column) -> float:
        rank = _author_name_score(path, alone)
        filled = [value for value in _filled(column) if _is_name(value)]
        rank += 70 * bool(rank and filled and is_pair(filled[0]))
        return rank + _COVERAGE * len(filled) / len(column) if rank > 0 and filled else 0

    found = _best(columns, score)
    if found and names.PEOPLE.intersection(word for key in found[0] for word in tokens_of(key)):
        return tuple(path for path in found if path_names(path) != ("name",))  # of something else
    return found


def _profile_score(path: Path, column: Column) -> float:
    """How well a field fits the address of an author's profile, or the only name in a list of authors."""
    words = set(tokens_of(path[-1]))
    filled = [value for value in column if is_profile(value)]
    fits = bool(words & _PROFILE_WORDS) and not words & (names.NOT_THE_AUTHOR - {"to", "link", "url"})
    return len(filled) / len(column) / len(path) if fits else 0


_PROFILE_WORDS = names.PEOPLE | name_set("attributed signatures authors")
_PROFILE = re.compile(r"https?://\S{1,200}/[~@]?[\w.-]{1,60}(?<!\.jpg|\.png|\.gif|\.svg|webp|jpeg|html)/?")


def is_profile(value: Any) -> bool:
    """Whether a value is the address of a person's page, or a list of one name."""
    if isinstance(value, list):
        is_short = len(value) == 1 or is_pair(value)
        return is_short and isinstance(value[-1], str) and 0 < len(value[-1]) <= _LONGEST_NAME
    return isinstance(value, str) and bool(_PROFILE.fullmatch(value))


def is_pair(value: Any) -> bool:
    """Whether a value is a number with the name that it stands for, as Odoo writes what its records refer to."""
    return isinstance(value, list) and list(map(type, value)) == [int, str]


_COVERAGE = 0.9
"""What it counts that all records have a name there; less than a better name, since others fill its gaps."""


def _author_name_score(path: Path, alone: bool) -> float:
    parts = path_names(path)
    words = [token for part in parts[-3:] for token in part.split("_")]
    last = parts[-1]
    ends = last.split("_")
    others = set(words) & names.NOT_THE_AUTHOR or names.STOPPED_FIRST.intersection(parts)
    if others and not (len(parts) == 1 and last in ("from_name",)):
        return 0
    people = names.PEOPLE.intersection(words)
    rank = 0
    if last in names.NAMES and names.PEOPLE.intersection(word for part in parts[:-1] for word in part.split("_")):
        rank = 100 + names.NAMES[last]
    elif len(parts) > 1 and not people:
        rank = 0
    elif last in names.NAMES and last not in ("email", "first_name"):
        rank = 70 + names.NAMES[last]
    elif people and set(ends) <= names.PEOPLE:
        rank = 95 if len(parts) == 1 else 60
    elif people and set(ends) - names.PEOPLE <= _NAME_WORDS:
        rank = 105 + names.NAMES.get("_".join(end for end in ends if end not in names.PEOPLE), 0)
    elif ends[-1] in names.NAMES and set(ends[:-1]) <= names.SAID | {"post", "message"}:
        return 75 + names.NAMES[ends[-1]] - 2 * len(parts)
    elif people and ends[-1] == "email":
        rank = 40
    elif people and (last in names.PERSON_IDS or ends[-1] in names.PERSON_IDS):
        rank = 30
    if rank and set(words) & names.CONTEXTS and not alone:
        rank = max(rank - 60, 10)
    return rank - 2 * len(parts) if rank else 0


_NAME_WORDS = name_set("name display full nick nickname login screen real handle username first comment post")


def _is_name(value: Any) -> bool:
    if is_pair(value):
        return True
    known = to_identifier(value)
    return known is not None and len(known) <= _LONGEST_NAME and not known.startswith(("http://", "https://", "//"))


def _recur(column: Column) -> bool:
    """Whether some values of a column are there more than once."""
    filled = [value for value in column if isinstance(value, str) and value]
    return len(set(filled)) < len(filled)


def _names_by_value(path: Path, column: Column) -> float:
    """How much a column is of people's names, whatever it is called: short, and some recur or all are capitalised.

    Where its own name has a word for a name, as in "Your name (optional)", it may be empty in most rows.
    """
    strings = [value.strip() for value in column if isinstance(value, str) and value.strip()]
    words = set(tokens_of(path[-1]))
    if len(column) < 3 or len(path) > 1 or not strings or words & _NOT_NAMES:
        return 0
    if not all(len(value) <= 40 and len(value.split()) <= 4 and not _NUMBERS.fullmatch(value) for value in strings):
        return 0
    if 2 * sum(bool(_CODE.fullmatch(value) or value.lower() in _FLAGS) for value in strings) > len(strings):
        return 0
    if words & names.NAMES.keys():
        return 4
    distinct = len(set(strings))
    if len(strings) < len(column) * 0.8 or distinct < 2:
        return 0
    capitalised = sum(not value[0].islower() for value in strings)
    return 1 + 1 / distinct if distinct < len(strings) else 0.5 * (capitalised > 0.8 * len(strings))


_FLAGS = name_set("in out incoming outgoing sent received true false yes no ja nein oui non si sí да нет")
_CATEGORIES = name_set("category kategorie lang language tag tags source device platform version app rating mood file")
_NOT_NAMES = names.NOT_THE_AUTHOR | names.CONTEXTS | names.OWN_TITLES | _CATEGORIES
"""Words for what has short values, too, that are not names of people."""


# Dates


def _date_score(path: Path, column: Column) -> float:
    parts = path_names(path)
    words = set(parts[-1].split("_"))
    around = {token for key in path[:-1] for token in tokens_of(key)}
    rank = max(map(_date_rank, words), default=0)
    if not rank and around & {"created", "published", "posted", "date", "timestamp"}:
        rank = 20
    others = names.PEOPLE | names.NOT_THE_DATE | names.STOPPED
    if not rank or words & names.NOT_THE_DATE or around & others:
        return 0
    if around & names.CONTEXTS and "topic" not in around:
        rank -= 20
    filled = _filled(column)
    exact = [value for value in filled if to_timestamp(value) is not None and not _is_small(value)]
    written = [value for value in filled if isinstance(value, str) and any(map(str.isdigit, value)) and len(value) < 60]
    if (not exact and 2 * len(written) <= len(filled)) or not filled:
        return 0
    return 100 * (len(exact) + len(written) / 4) / len(filled) + rank - len(parts) + 10 * len(filled) / len(column)


def _date_rank(word: str) -> int:
    """How well a word in a name fits a date: `ctime`, `cdate` and `inserttime` are words run together."""
    return names.DATES.get(word, 0) or (22 if len(word) < 11 and word.endswith(("date", "time")) else 0)


_EARLIEST = 10**8
"""Smaller numbers are hardly moments: 1973 in seconds."""


def _is_small(value: Any) -> bool:
    return isinstance(value, (int, float)) and abs(value) < _EARLIEST


_WRITTEN_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:\D.*)?|.*\b(?:19|20)\d\d\b.*")
_TRIED_DATES = 6
"""Values that are parsed to find out whether a column has dates."""


def _dates_by_value(path: Path, column: Column) -> float:
    """How much a column is of dates with a day, whatever it is called."""
    strings = [value.strip() for value in column if isinstance(value, str) and value.strip()]
    tried = strings[:: max(len(strings) // _TRIED_DATES, 1)][:_TRIED_DATES]
    if 2 * len(strings) <= len(column) or not all(5 < len(value) < 40 for value in tried):
        return 0
    if set(tokens_of(path[-1])) & names.NOT_THE_DATE or not all(map(_WRITTEN_DATE.fullmatch, tried)):
        return 0
    from rumor_tui.readers.dates.parse import parse_date

    known = sum(to_timestamp(value) is not None or parse_date(value, language="de") is not None for value in tried)
    return len(strings) / len(column) if 2 * known > len(tried) else 0


# Titles and the rest


def _titles(columns: dict[Path, Column], texts: tuple[Path, ...], alone: bool) -> tuple[Path, ...]:
    def score(path: Path, column: Column) -> float:
        if path in texts[:1] or not any(_is_title(value) for value in column):
            return 0
        parts = path_names(path)
        around = {token for key in path[:-1] for token in tokens_of(key)}
        words = around | set(parts[-1].split("_"))
        if around & (names.PEOPLE | names.STOPPED | names.CONTROLS):
            return 0
        rank = names.TITLES.get(parts[-1], 0)
        ends = parts[-1].split("_")
        if not rank and ends[-1] in ("title", "headline", "subject"):
            rank = 46 if set(ends) & names.CONTEXTS else 30
        if parts[-1] in ("name", "title", "label") and around & names.ROOMS:
            rank = 44
        if words & names.LARGER:
            rank = min(rank, 10)
        if not alone:
            rank = (
                rank
                if parts[-1] in names.OWN_TITLES and not around & (names.CONTEXTS | names.ROOMS | names.LARGER)
                else 0
            )
        return rank - 2 * len(parts) if rank else 0

    return _best(columns, score)


def _is_title(value: Any) -> bool:
    value = value[0] if isinstance(value, list) and value else value
    return isinstance(value, str) and 0 < len(value.strip()) <= 400


def _named(
    columns: dict[Path, Column], wanted: Iterable[str], fits: Callable[[Any], bool], alone: bool
) -> tuple[Path, ...]:
    """The paths of these names, in the order of the names, whose values fit; outer fields before inner ones."""
    order = {name: place for place, name in enumerate(wanted)}

    def rank(path: Path, column: Column) -> float:
        parts = path_names(path)
        around = {token for key in path[:-1] for token in tokens_of(key)}
        excluded = names.PEOPLE | names.STOPPED | (frozenset() if alone else names.CONTEXTS)
        if parts[-1] not in order or around & excluded or not any(map(fits, column)):
            return 0
        return 1000 - order[parts[-1]] - 50 * len(parts)

    return _best(columns, rank)[:2]


def _is_number(value: Any) -> bool:
    return (isinstance(value, (int, float)) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isdigit()
    )


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://", "/")) and not value.startswith("//")


def _by_values(
    columns: dict[Path, Column], score: Callable[[Path, Column], float], taken: set[Path]
) -> tuple[Path, ...]:
    """The best path by its values alone, of those that have no role yet; only where there are several rows."""
    if not columns or len(next(iter(columns.values()))) < 2:
        return ()
    return _best({path: column for path, column in columns.items() if path not in taken}, score)[:1]
