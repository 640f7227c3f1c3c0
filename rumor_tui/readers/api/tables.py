"""Tables of comments as spreadsheets and databases export them: values between commas or tabs, below a row of names.

A row is a record like an object of JSON, whose fields are the names of the columns (`records`). It is a table of
comments when there is a text with an author or a date in it; any other text with commas in it is none.
"""

from __future__ import annotations

import ast
import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

_DELIMITERS = "\t,;|"
_LONGEST_NAME = 60
_LONGEST_ODD_NAME = 250
_MAX_COLUMNS = 200
_SAMPLE = 200_000
"""Characters that are looked at to find out whether the text is a table."""

_LARGEST_FIELD = 10_000_000


def sniff(text: str, hint: Hint) -> bool:
    """Whether the first line has names of columns, the others as many values, and some of these people's texts."""
    delimiter = _delimiter(text)
    if not delimiter:
        return False
    sample = text[:_SAMPLE]
    rows = list(itertools.islice(_rows(sample, delimiter), 200))
    if len(text) > _SAMPLE:
        rows = rows[:-1]
    if len(rows) < 2 or sum(len(row) == len(rows[0]) for row in rows) < 0.95 * len(rows) or _begins_with_data(rows):
        return False
    from rumor_tui.readers.api.records.find import find_records

    return bool(find_records(_objects(iter(rows))).rows)


def read(text: str, hint: Hint) -> Thread | Listing:
    """The comments of the table."""
    from rumor_tui.readers.api.document import pause_gc
    from rumor_tui.readers.api.records.build import read_records
    from rumor_tui.readers.api.records.find import find_records

    with pause_gc():
        return read_records(find_records(_objects(_rows(text, _delimiter(text)))), hint)


def _delimiter(text: str) -> str:
    """What is between the names of columns in the first line; empty where there are no such names."""
    head = text[:16_384]
    for delimiter in _DELIMITERS:
        names = [name.strip() for name in next(_rows(head, delimiter), [])]
        if 2 <= len(names) <= _MAX_COLUMNS and _are_names(names):
            return delimiter
    return ""


def _are_names(names: list[str]) -> bool:
    """Whether these can be names of columns: distinct, and most of them short, no sentences and no values.

    Single names may be anything: the question of a form, or nothing, as in a column of numbers before the others.
    """
    odd = [name for name in names if not _is_plain_name(name)]
    are_short = all(len(name) <= _LONGEST_ODD_NAME and "\n" not in name for name in odd)
    return 2 * len(set(names)) > len(names) and are_short and 2 * len(odd) <= len(names)


def _begins_with_data(rows: list[list[str]]) -> bool:
    """Whether a value of the first row stands in many others at the same place, as weekdays do at the head of a log."""
    shared = [sum(bool(a) and a == b for a, b in zip(rows[0], row, strict=False)) for row in rows[1:]]
    return sum(0 < count < len(rows[0]) for count in shared) * 4 >= len(rows)


def _is_plain_name(name: str) -> bool:
    is_short = 0 < len(name) <= _LONGEST_NAME and len(name.split()) <= 4
    return is_short and name[-1] not in ".!?:" and (name[0].isalpha() or name[0] in "_#")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LARGEST_FIELD)
    lines = io.StringIO(text.lstrip("\ufeff"), newline="")
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue
        if row:
            yield row


def _objects(rows: Iterator[list[str]]) -> list[dict[str, Any]]:
    """The rows as objects; a value beyond the names is left out, and a missing or empty one is no field."""
    names = [name.strip() or f"column {place}" for place, name in enumerate(next(rows, []))]
    repeated = {name for name in names if names.count(name) > 1}
    return [_object(names, row, repeated) for row in rows]


def _object(names: list[str], row: list[str], repeated: set[str]) -> dict[str, Any]:
    """A row as an object; the values of columns of the same name, of which Jira has one a comment, are a list."""
    value: dict[str, Any] = {}
    for name, cell in zip(names, row, strict=False):
        if cell and name in repeated:
            value.setdefault(name, []).append(_packed(cell))
        elif cell:
            _put(value, name, _decoded(cell) if cell[0] in "{[" and cell[-1] in "}]" else cell)
    return value


def _put(value: dict[str, Any], name: str, cell: Any) -> None:
    """Put a cell in its place: `user.name` and `user/name` are the name in an object, as in flattened JSON."""
    *holders, last = name.replace("/", ".").split(".")
    if not last or " " in name or not all(holders):
        holders, last = [], name
    place: Any = value
    for key in holders:
        place = place.setdefault(key, {})
        if not isinstance(place, dict):  # a column of its own has that name
            place, last = value, name
            break
    if isinstance(place.get(last), dict):
        place, last = place[last], "value"
    place[last] = cell


_PACKED = re.compile(r"([^;\n]{6,40});([^;\n]{1,80});(.+)", re.DOTALL)
"""A date, a name and a text in one cell."""


def _packed(cell: str) -> Any:
    match = _PACKED.fullmatch(cell)
    return {"date": match[1], "author": match[2], "text": match[3]} if match else cell


_LONGEST_CELL = 20_000
_PYTHON = re.compile(r"[\[{]{1,3}'")
"""How objects and lists of strings begin as Python writes them."""


def _decoded(cell: str) -> Any:
    """What a cell holds in JSON, or as Python writes it; the cell as it is, where it is neither."""
    if len(cell) > _LONGEST_CELL:
        return cell
    decoders: list[tuple[Callable[[str], Any], str]] = [(json.loads, cell), (json.loads, f"[{cell}]")]
    if _PYTHON.match(cell) and "\\" not in cell:  # an unknown escape would be a warning
        decoders = [(ast.literal_eval, cell)]
    for decode, form in decoders:
        try:
            return decode(form)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return cell
