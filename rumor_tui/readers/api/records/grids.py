"""Tables in JSON as rows: columns by their names, as data frames are written, or lists of cells below a list of names.

`{"author": {"0": "ann", "1": "ben"}, "text": {"0": …}}`, `{"author": ["ann", "ben"], "text": […]}`,
`{"columns": ["author", "text"], "data": [["ann", …], …]}` and `[["author", "text"], ["ann", …], …]` are one table.
"""

from __future__ import annotations

from typing import Any

_MIN_COLUMNS = 2
_MAX_COLUMNS = 200


def expand_grids(top: Any) -> Any:
    """The value, or its rows where it is a table, or has one in a field."""
    rows = _rows_of(top)
    if rows is not None:
        return rows
    if isinstance(top, dict) and any(_is_grid(value) for value in top.values()):
        return {key: rows if (rows := _rows_of(value)) is not None else value for key, value in top.items()}
    return top


def _rows_of(value: Any) -> list[dict[str, Any]] | None:
    """The rows of a table; None for any other value."""
    if isinstance(value, dict):
        names, cells = value.get("columns"), value.get("data")
        if isinstance(names, list) and isinstance(cells, list) and _is_grid([names, *cells]):
            return _named(names, cells)
        return _turned(value)
    return _named(value[0], value[1:]) if _is_grid(value) else None


def _is_grid(value: Any) -> bool:
    """Whether a value is a list of names and lists of as many cells."""
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(row, list) for row in value):
        return False
    names = value[0]
    are_names = all(isinstance(name, str) and name for name in names) and len(set(names)) == len(names)
    return are_names and _MIN_COLUMNS <= len(names) <= _MAX_COLUMNS and all(len(row) <= len(names) for row in value)


def _named(names: list[str], rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=False)) for row in rows]


def _turned(value: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The rows of columns by their names, which all have the same rows; None for any other object."""
    columns = list(value.values())
    if not _MIN_COLUMNS <= len(columns) <= _MAX_COLUMNS or len({type(column) for column in columns}) > 1:
        return None
    if all(isinstance(column, dict) and column.keys() == columns[0].keys() for column in columns):
        keys = list(columns[0])
        columns = [[column[key] for key in keys] for column in columns] if all(map(str.isdigit, keys)) else []
    are_cells = columns and all(
        isinstance(column, list) and len(column) == len(columns[0]) and not any(map(_is_object, column))
        for column in columns
    )
    return _named(list(value), [list(row) for row in zip(*columns, strict=True)]) if are_cells else None


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)
