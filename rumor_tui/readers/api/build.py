"""Rows of JSON objects become a thread, as a shape says (`shapes.Shape`)."""

from __future__ import annotations

import html
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from rumor_tui import blocks, markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Confidence, Format, Stub, Thread
from rumor_tui.readers import json_columns, preorder
from rumor_tui.readers.api import values
from rumor_tui.readers.api.field_maps import BODY_FORMATS, CommentFields, strip_html


class CommentBodies(NamedTuple):
    """The bodies of all rows, in one format, with their lengths."""

    format: Format
    bodies: Sequence[str]
    lengths: Sequence[int]


def build_thread(
    rows: Sequence[Any],
    shape: CommentFields,
    article: Article,
    source: str,
    *,
    names: Sequence[str | None] = (),
    owners: Sequence[int | None] = (),
    texts: CommentBodies | None = None,
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
    keys = names or identifiers(rows, shape)
    order, found = preorder.to_preorder(_parents(rows, keys, shape, owners))
    texts = texts or choose_bodies(rows, shape)
    dates = values.scalar_column(rows, shape.published)
    moments = [values.to_timestamp(date) for date in dates]
    wordings = [
        None if known is not None else values.date_wording(date) for known, date in zip(moments, dates, strict=True)
    ]
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
        ids=[markdown_format.clean_field(one) for one in keys],
        scores=scores or [values.to_int(value) for value in values.scalar_column(rows, shape.score)],
        urls=urls or permalinks(rows, keys, shape),
        deleted=gone if any(gone) else (),
        source=source,
        confidence=confidence,
        stubs=list(stubs),
    )
    return made if order == list(range(len(rows))) else made.select(order, found)


def flatten_nested(
    nested: Sequence[Any], children: Callable[[Any], Sequence[Any]]
) -> tuple[list[Any], list[int | None]]:
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


def identifiers(rows: Sequence[Any], shape: CommentFields) -> list[str | None]:
    """What others call each row."""
    return [values.to_identifier(value) for value in values.scalar_column(rows, shape.id)]


def drop_duplicates(rows: list[Any], shape: CommentFields) -> list[Any]:
    """The rows without those whose identifier came before, as where pages overlap."""
    keys = identifiers(rows, shape)
    if len(set(keys) - {None}) + keys.count(None) == len(rows):
        return rows
    firsts: dict[str, int] = {}
    return [
        row for n, (row, key) in enumerate(zip(rows, keys, strict=True)) if not key or firsts.setdefault(key, n) == n
    ]


def sort_by_date(rows: list[Any], shape: CommentFields) -> list[Any]:
    """The rows by date, where all of them have one; else as they are."""
    moments = [values.to_timestamp(value) for value in values.scalar_column(rows, shape.published)]
    if None in moments:
        return rows
    order = sorted(range(len(rows)), key=lambda row: moments[row] or 0.0)
    return [rows[row] for row in order]


def choose_bodies(rows: Sequence[Any], shape: CommentFields) -> CommentBodies:
    """The bodies: in the format that most rows have, and in Markdown where some have only another one."""
    written = {
        format: values.text_column(rows, getattr(shape, format)) for format in BODY_FORMATS if getattr(shape, format)
    }
    filled = {format: len(column) - column.count(None) for format, column in written.items()}
    if not any(filled.values()):
        return CommentBodies("plain", [""] * len(rows), [0] * len(rows))
    best = max(filled, key=lambda format: filled[format])
    having = [any(value is not None for value in row) for row in zip(*written.values(), strict=True)]
    if filled[best] == sum(having):
        reading = _unescaped if shape.escaped and best != "html" else values.to_text
        return CommentBodies(best, LazyColumn(reading, written[best]), list(map(values.text_length, written[best])))
    bodies = [
        next((_markdown(column[row], format) for format, column in written.items() if column[row] is not None), "")
        for row in range(len(rows))
    ]
    return CommentBodies("markdown", bodies, list(map(len, bodies)))


def permalinks(rows: Sequence[Any], keys: Sequence[str | None], shape: CommentFields) -> Sequence[str | None]:
    """The permalinks."""
    found = [values.to_name(value) for value in values.scalar_column(rows, shape.url)]
    if not shape.prefix:
        return found
    made = [shape.prefix + key if key else None for key in map(markdown_format.clean_field, keys)]
    return [url or other for url, other in zip(found, made, strict=True)]


def _authors(rows: Sequence[Any], shape: CommentFields) -> list[str | None]:
    names = [values.to_identifier(value) for value in values.scalar_column(rows, shape.author)]
    return json_columns.neutral_names(
        [strip_html(name) if name else None for name in names] if shape.escaped else names
    )


def _unescaped(value: Any) -> str:
    return html.unescape(values.to_text(value))


def _markdown(value: Any, format: Format) -> str:
    body = values.to_text(value)
    return body if format == "markdown" else blocks.to_markdown(blocks.parse_body(body, format)).strip("\n")


def _parents(
    rows: Sequence[Any], keys: Sequence[str | None], shape: CommentFields, owners: Sequence[int | None]
) -> list[int | None]:
    """The row that each row answers, as far as the shape and the owners tell."""
    places: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            places.setdefault(key, row)
    found: list[int | None] = list(owners) or [None] * len(rows)
    if shape.depth:
        found = _by_depth(values.scalar_column(rows, shape.depth))
    if shape.path:
        found = [_by_path(value, places) for value in values.scalar_column(rows, shape.path)]
    if shape.parent:
        named = [places.get(values.to_identifier(value) or "") for value in values.scalar_column(rows, shape.parent)]
        found = [other if own is None else own for own, other in zip(named, found, strict=True)]
    return found


def _by_path(value: Any, places: dict[str, int]) -> int | None:
    """The nearest ancestor that is there, of those before the last one in the path."""
    ancestors = values.to_text(value).split(".")[:-1]
    return next((places[one] for one in reversed(ancestors) if one in places), None)


def _by_depth(depths: Sequence[Any]) -> list[int | None]:
    """The last row before that is less deep; a row without a depth stands at the top."""
    found: list[int | None] = []
    open_rows: list[tuple[int, int]] = []
    for row, value in enumerate(depths):
        depth = values.to_int(value)
        while open_rows and (depth is None or open_rows[-1][0] >= depth):
            open_rows.pop()
        found.append(open_rows[-1][1] if open_rows else None)
        if depth is not None:
            open_rows.append((depth, row))
    return found


def _flags(rows: Sequence[Any], paths: str) -> list[bool]:
    found = [False] * len(rows)
    for path in paths.split():
        found = [old or bool(new) for old, new in zip(found, values.scalar_column(rows, path), strict=True)]
    return found
