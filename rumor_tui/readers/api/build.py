"""Rows of JSON objects become a thread, as a shape says (`shapes.Shape`)."""

from __future__ import annotations

import html
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from rumor_tui import blocks, bylines
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Confidence, Format, Stub, Thread
from rumor_tui.readers import columns, ordering
from rumor_tui.readers.api import values
from rumor_tui.readers.api.shapes import FORMATS, Shape, unescaped


class Texts(NamedTuple):
    """The bodies of all rows, in one format, with their lengths."""

    format: Format
    bodies: Sequence[str]
    lengths: Sequence[int]


def thread(
    rows: Sequence[Any],
    shape: Shape,
    article: Article,
    source: str,
    *,
    names: Sequence[str | None] = (),
    owners: Sequence[int | None] = (),
    texts: Texts | None = None,
    urls: Sequence[str | None] = (),
    scores: Sequence[int | None] = (),
    deleted: Sequence[bool] = (),
    stubs: Sequence[Stub] = (),
    confidence: Confidence = "explicit",
) -> Thread:
    """The thread of comments that come in any order.

    `names` are what others call the rows, where the shape does not say. `owners` are the rows that hold other rows,
    for those whose own words name no parent that is there. `texts`, `urls`, `scores` and `deleted` stand in for what
    the shape says. `stubs` name rows as they are given here.
    """
    keys = names or identities(rows, shape)
    order, found = ordering.preorder(_parents(rows, keys, shape, owners))
    texts = texts or texts_of(rows, shape)
    dates = values.column(rows, shape.published)
    moments = [values.moment(date) for date in dates]
    wordings = [None if known is not None else values.written(date) for known, date in zip(moments, dates, strict=True)]
    gone = deleted or _flags(rows, shape.deleted)
    made = Thread(
        article=article,
        parent=array("i", found),
        authors=_authors(rows, shape),
        bodies=texts.bodies,
        lengths=array("i", texts.lengths),
        format=texts.format,
        published=moments,
        published_text=wordings if any(wordings) else (),
        ids=[bylines.name(one) for one in keys],
        scores=scores or [values.number(value) for value in values.column(rows, shape.score)],
        urls=urls or addresses(rows, keys, shape),
        deleted=gone if any(gone) else (),
        source=source,
        confidence=confidence,
        stubs=list(stubs),
    )
    return made if order == list(range(len(rows))) else made.select(order, found)


def unfolded(nested: Sequence[Any], children: Callable[[Any], Sequence[Any]]) -> tuple[list[Any], list[int | None]]:
    """Objects and all that they hold, in reading order, with the rows that hold them. Needs no recursion."""
    rows: list[Any] = []
    owners: list[int | None] = []
    path: list[tuple[Iterator[Any], int | None]] = [(iter(nested), None)]
    while path:
        nodes, owner = path[-1]
        for node in nodes:
            rows.append(node)
            owners.append(owner)
            below = children(node)
            if below:
                path.append((iter(below), len(rows) - 1))
                break
        else:
            path.pop()
    return rows, owners


def identities(rows: Sequence[Any], shape: Shape) -> list[str | None]:
    """What others call each row."""
    return [values.key(value) for value in values.column(rows, shape.id)]


def distinct(rows: list[Any], shape: Shape) -> list[Any]:
    """The rows without those whose identifier came before, as where pages overlap."""
    keys = identities(rows, shape)
    if len(set(keys) - {None}) + keys.count(None) == len(rows):
        return rows
    firsts: dict[str, int] = {}
    return [
        row for n, (row, key) in enumerate(zip(rows, keys, strict=True)) if not key or firsts.setdefault(key, n) == n
    ]


def oldest_first(rows: list[Any], shape: Shape) -> list[Any]:
    """The rows by date, where all of them have one; else as they are."""
    moments = [values.moment(value) for value in values.column(rows, shape.published)]
    if None in moments:
        return rows
    order = sorted(range(len(rows)), key=lambda row: moments[row] or 0.0)
    return [rows[row] for row in order]


def texts_of(rows: Sequence[Any], shape: Shape) -> Texts:
    """The bodies: in the format that most rows have, and in Markdown where some have only another one."""
    written = {format: values.texts(rows, getattr(shape, format)) for format in FORMATS if getattr(shape, format)}
    filled = {format: len(column) - column.count(None) for format, column in written.items()}
    if not any(filled.values()):
        return Texts("plain", [""] * len(rows), [0] * len(rows))
    best = max(filled, key=lambda format: filled[format])
    having = [any(value is not None for value in row) for row in zip(*written.values(), strict=True)]
    if filled[best] == sum(having):
        reading = _unescaped if shape.escaped and best != "html" else values.text
        return Texts(best, LazyColumn(reading, written[best]), list(map(values.size, written[best])))
    bodies = [
        next((_markdown(column[row], format) for format, column in written.items() if column[row] is not None), "")
        for row in range(len(rows))
    ]
    return Texts("markdown", bodies, list(map(len, bodies)))


def addresses(rows: Sequence[Any], keys: Sequence[str | None], shape: Shape) -> Sequence[str | None]:
    """The permalinks."""
    found = [values.name(value) for value in values.column(rows, shape.url)]
    if not shape.prefix:
        return found
    made = [shape.prefix + key if key else None for key in map(bylines.name, keys)]
    return [url or other for url, other in zip(found, made, strict=True)]


def _authors(rows: Sequence[Any], shape: Shape) -> list[str | None]:
    names = [values.key(value) for value in values.column(rows, shape.author)]
    return columns.names([unescaped(name) if name else None for name in names] if shape.escaped else names)


def _unescaped(value: Any) -> str:
    return html.unescape(values.text(value))


def _markdown(value: Any, format: Format) -> str:
    body = values.text(value)
    return body if format == "markdown" else blocks.to_markdown(blocks.parse(body, format)).strip("\n")


def _parents(
    rows: Sequence[Any], keys: Sequence[str | None], shape: Shape, owners: Sequence[int | None]
) -> list[int | None]:
    """The row that each row answers, as far as the shape and the owners tell."""
    places: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            places.setdefault(key, row)
    found: list[int | None] = list(owners) or [None] * len(rows)
    if shape.depth:
        found = _by_depth(values.column(rows, shape.depth))
    if shape.path:
        found = [_by_path(value, places) for value in values.column(rows, shape.path)]
    if shape.parent:
        named = [places.get(values.key(value) or "") for value in values.column(rows, shape.parent)]
        found = [other if own is None else own for own, other in zip(named, found, strict=True)]
    return found


def _by_path(value: Any, places: dict[str, int]) -> int | None:
    """The nearest ancestor that is there, of those before the last one in the path."""
    ancestors = values.text(value).split(".")[:-1]
    return next((places[one] for one in reversed(ancestors) if one in places), None)


def _by_depth(depths: Sequence[Any]) -> list[int | None]:
    """The last row before that is less deep; a row without a depth stands at the top."""
    found: list[int | None] = []
    open_rows: list[tuple[int, int]] = []
    for row, value in enumerate(depths):
        depth = values.number(value)
        while open_rows and (depth is None or open_rows[-1][0] >= depth):
            open_rows.pop()
        found.append(open_rows[-1][1] if open_rows else None)
        if depth is not None:
            open_rows.append((depth, row))
    return found


def _flags(rows: Sequence[Any], paths: str) -> list[bool]:
    found = [False] * len(rows)
    for path in paths.split():
        found = [old or bool(new) for old, new in zip(found, values.column(rows, path), strict=True)]
    return found
