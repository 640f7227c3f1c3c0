"""Documents that a reader knows, inside another document: in a wrapper with other things, or several in a list.

A wrapper is an object (`{"data": {…}}`, `{"status": "ok", "thread": {…}}`), or a list of objects that each hold a
part of a thread in the same field, as dumps of data brokers write them. Objects whose keys are identifiers are the
list of their values. A list of whole threads is a listing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from rumor_tui.model import Listing, Thread
from rumor_tui.readers.api import document
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.listing import threads_listing
from rumor_tui.readers.base import Hint

_DEEPEST = 3
_MOST = 40
"""Values that are looked into at most, and how deep they may lie."""


def sniff(given: Document, hint: Hint) -> bool:
    """Whether a reader knows something inside, or each of several."""
    return _inner(given, hint) is not None or _are_threads(given, hint)


def read(given: Document, hint: Hint) -> Thread | Listing:
    """What is inside."""
    inner = _inner(given, hint)
    if inner is not None:
        reader, inside = inner
        return cast(Thread | Listing, reader.read(inside, hint))
    threads = [thread for value in document.sequence(given.top) for thread in _opened(value, hint)]
    return threads[0] if len(threads) == 1 else threads_listing("Threads", threads, hint)


def candidates(given: Document) -> Iterator[Document]:
    """The values inside that may be what a wrapper is about, the outer ones first."""
    waiting = [(given.top, 0)]
    for value, depth in waiting:
        if depth:
            yield document.of_value(value)
        if depth < _DEEPEST and len(waiting) < _MOST:
            waiting += [(one, depth + 1) for one in _parts(value)]


def _parts(value: Any) -> list[Any]:
    value = document.inside(value)
    if isinstance(value, list):
        return _columns(value)
    if not isinstance(value, dict):
        return []
    parts = [one for one in value.values() if document.opener(one) in ("{", "[")]
    if len(value) > 1 and all(key.lstrip("-").isdigit() for key in value) and len(parts) == len(value):
        return [parts]
    return parts[:_MOST]


def _columns(value: list[Any]) -> list[list[Any]]:
    """Of objects in a list, what they all have an object for: `[{"data": {…}}, {"data": {…}}]`."""
    first = document.inside(next((one for one in value if document.opener(one) == "{"), None))
    if not isinstance(first, dict) or len(value) < 2:
        return []
    fields = [field for field, one in first.items() if document.opener(one) == "{"]
    rows = [document.inside(one) for one in value if document.opener(one) == "{"] if fields else []
    found = [[row.get(field) for row in rows if isinstance(row, dict)] for field in fields]
    return [column for column in found if all(document.opener(one) == "{" for one in column)]


def _readers() -> list[Any]:
    """The modules of the readers of documents but for this one and those that take anything."""
    from rumor_tui.readers import READERS

    others = ("api.wrapped", "api.records", "api.errors")
    return [row for row in READERS if row.takes == "document" and row.module not in others]


def _inner(given: Document, hint: Hint) -> tuple[Any, Document] | None:
    modules = [row.module_itself() for row in _readers()]
    for candidate in candidates(given):
        for module in modules:
            if module.sniff(candidate, hint):
                return module, candidate
    return None


def _are_threads(given: Document, hint: Hint) -> bool:
    first = next(iter(document.sequence(given.top)), None)
    return document.opener(first) in ("{", "[") and _reader_of(first, hint) is not None


def _reader_of(value: Any, hint: Hint) -> Any:
    from rumor_tui.readers import READERS, Source

    data = bytes(value) if isinstance(value, msgspec.Raw) else b""
    source = Source(data, hint)
    if not data:
        source.__dict__["document"] = document.of_value(value)
    rows = [row for row in READERS if row.takes == "json" and data] + _readers()
    return next(((row, source) for row in rows if row.sniff(source)), None)


def _opened(value: Any, hint: Hint) -> list[Thread]:
    found = _reader_of(value, hint)
    if found is None:
        return []
    row, source = found
    content = row.read(source)
    return [content] if isinstance(content, Thread) else [content.open(n) for n in range(len(content.entries))]
