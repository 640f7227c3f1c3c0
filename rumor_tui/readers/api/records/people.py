"""Names of authors: in the record, or in any table of people in the same document, by their identifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rumor_tui.readers.api.records import names
from rumor_tui.readers.api.records.items import Path, column_at, first_of, value_at
from rumor_tui.readers.api.records.names import key_name, name_list, path_names
from rumor_tui.readers.api.records.roles import is_profile
from rumor_tui.readers.api.values import to_identifier

_ID_KEYS = name_list(
    "id _id user_id userId uid uuid phid hex commenterHex id_str accountId account_id mid key username state_key did"
)
_NAME_KEYS = name_list(
    "display_name displayName displayname global_name nickname nick real_name realname full_name fullName name"
    " username user_name userName screen_name login handle title user"
)
"""What is displayed comes before what one signs in with."""

_GIVEN = name_list("first_name last_name firstName lastName firstname lastname")
_INNER = ("profile", "attributes", "content", "fields", "legacy", "user", "snippet")
_HANDLE = re.compile(r"acct:([^@\s]+)@\S+")


def author_column(rows: list[dict[str, Any]], paths: Sequence[Path], top: Any) -> list[str | None]:
    """The name of each record's author: as the record gives it, or as a table of people does, or the identifier."""
    columns = [(path, list(map(_name_in, column_at(rows, path)))) for path in paths]
    for path, column in columns:
        if path_names(path)[-1] in ("first_name", "firstname"):
            column[:] = map(_with_last_name, rows, [path] * len(rows), column)
    written = first_of([column for path, column in columns if not _is_identifier(path)], len(rows))
    identifiers = first_of([column for path, column in columns if _is_identifier(path)], len(rows))
    wanted = {key for name, key in zip(written, identifiers, strict=True) if key and not name}
    if columns and path_names(columns[0][0])[-1] not in names.NAMES:
        wanted |= {name for name in written if name and " " not in name and (name.isupper() or not name.isalpha())}
    known = people_by_id(top, wanted, {id(row) for row in rows}) if wanted else {}
    return [
        _handle((known.get(name) or name) if name else (known.get(key) or key) if key else None)
        for name, key in zip(written, identifiers, strict=True)
    ]


def _name_in(value: Any) -> str | None:
    """A name or an identifier: the value, the only one of a list, or the last part of the address of a profile."""
    if is_profile(value):
        name: str = value[-1] if isinstance(value, list) else value
        return name.rstrip("/").rpartition("/")[2].lstrip("~@")
    return to_identifier(value)


def _is_identifier(path: Path) -> bool:
    """Whether a field has an identifier of a person instead of a name."""
    last = path_names(path)[-1]
    return last in names.PERSON_IDS or last.split("_")[-1] in names.PERSON_IDS - {"slug"}


def _with_last_name(row: dict[str, Any], path: Path, first: str | None) -> str | None:
    holder = value_at(row, path[:-1])
    return _person_name(holder) if isinstance(holder, dict) else first


def _handle(name: str | None) -> str | None:
    """`acct:ann@example.org` as `ann`."""
    match = _HANDLE.fullmatch(name) if name and name.startswith("acct:") else None
    return match[1] if match else name


def people_by_id(top: Any, wanted: set[str], records: set[int]) -> dict[str, str]:
    """The names of the people with these identifiers, wherever the document has an object of each of them.

    `records` are objects (by their `id`) that are no people.
    """
    known: dict[str, str] = {}
    waiting = [top]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if id(value) in records:
                waiting.extend(held for held in value.values() if isinstance(held, list))
                continue
            _add_person(value, wanted, known)
            for key in value.keys() & wanted:
                name = _person_name(value[key]) if isinstance(value[key], dict) else None
                if name:
                    known.setdefault(key, name)
            waiting.extend(held for held in value.values() if isinstance(held, (dict, list)))
        elif isinstance(value, list):
            waiting.extend(held for held in value if isinstance(held, (dict, list)))
    return known


def _add_person(value: dict[str, Any], wanted: set[str], known: dict[str, str]) -> None:
    for key in _ID_KEYS:
        number = to_identifier(value.get(key)) if key in value else None
        for form in (number, f"-{number}") if number else ():
            if form in wanted:
                name = _person_name(value)
                if name and name != number:
                    known.setdefault(form, name)


def _person_name(value: dict[str, Any]) -> str | None:
    """The name of a person's object; None for an object that is none."""
    holders = [value, *(value[key] for key in _INNER if isinstance(value.get(key), dict))]
    if any(
        key_name(key) in names.TEXTS and names.TEXTS[key_name(key)] >= names.STRONG for key in value if key != "content"
    ):
        return None
    for holder in holders:
        whole = " ".join(part for key in _GIVEN if isinstance(part := holder.get(key), str) and part)
        if whole and len(holder.keys() & set(_NAME_KEYS[:6])) == 0:
            return whole
    found = (holder.get(key) for key in _NAME_KEYS for holder in holders)
    return next((name for name in found if isinstance(name, str) and name.strip()), None)
