"""Documents that a reader knows, inside another document: in an envelope with other things, or several in a list.

An envelope is an object (`{"data": {…}}`, `{"status": "ok", "thread": {…}}`) with one thing that a reader knows: parts
of a thread side by side are read as any other records. An object whose keys are identifiers counts as the list of its
values. A list of whole threads is a listing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers.api.build import threads_listing
from rumor_tui.readers.api.document import (
    Document,
    decode_level,
    document_of,
    is_array,
    is_object,
)
from rumor_tui.readers.source import Hint, name_source

_MAX_DEPTH = 3
_MAX_VALUES = 40
"""Values that are looked into on each level."""


def sniff(document: Document, hint: Hint) -> bool:
    """Whether a reader knows each of several, or something inside."""
    if isinstance(document.top, dict) and "title" in document.top:
        return False  # what is inside is about this
    return _are_threads(document, hint) or _find_inner(document, hint) is not None


def read(document: Document, hint: Hint) -> Thread | Listing:
    """What is inside. Raises SourceError when that is broken."""
    if _are_threads(document, hint):
        threads = [thread for value in document.top for thread in _read_threads(value, hint)]
        return threads[0] if len(threads) == 1 else threads_listing("Threads", threads, hint)
    inner = _find_inner(document, hint)
    if inner is None:
        raise SourceError(f"{name_source(hint)} contains nothing that a reader knows.")
    reader, inside = inner
    return cast(Thread | Listing, reader.read(inside, hint))


def _levels(document: Document) -> Iterator[list[Document]]:
    values = [document.top]
    for _ in range(_MAX_DEPTH):
        values = [part for value in values for part in _inner_values(value)][:_MAX_VALUES]
        yield [document_of(value) for value in values]


def _inner_values(value: Any) -> list[Any]:
    value = decode_level(value)
    if not isinstance(value, dict):
        return []
    parts = [part for part in value.values() if is_object(part) or is_array(part)]
    if len(value) > 1 and all(key.lstrip("-").isdigit() for key in value) and len(parts) == len(value):
        return [parts]
    return parts[:_MAX_VALUES]


def _document_readers() -> list[Any]:
    """The rows of the readers of documents, without this one and those that accept any document."""
    from rumor_tui.readers import READERS

    others = ("api.envelopes", "api.records.reader", "api.error_answers")
    return [row for row in READERS if row.takes == "document" and row.module not in others]


def _find_inner(document: Document, hint: Hint) -> tuple[Any, Document] | None:
    """The only inner document that a reader knows, at the lowest depth, and that reader's module."""
    modules = [row.load_module() for row in _document_readers()]
    for level in _levels(document):
        matches = [(module, inner) for inner in level for module in modules if module.sniff(inner, hint)]
        if matches:
            return matches[0] if len(matches) == 1 else None
    return None


def _are_threads(document: Document, hint: Hint) -> bool:
    first = document.top[0] if isinstance(document.top, list) and document.top else None
    return (is_object(first) or is_array(first)) and _reader_of(first, hint) is not None


def _reader_of(value: Any, hint: Hint) -> Any:
    """The row of the reader that knows a value by itself, and the value as a source; None when none does."""
    from rumor_tui.readers import READERS, Source

    source = Source(bytes(value) if isinstance(value, msgspec.Raw) else b"", hint)
    if not source.data:
        source.document = document_of(value)
    rows = [row for row in READERS if row.takes == "json" and source.data] + _document_readers()
    return next(((row, source) for row in rows if row.sniff(source)), None)


def _read_threads(value: Any, hint: Hint) -> list[Thread]:
    match = _reader_of(value, hint)
    if match is None:
        return []
    row, source = match
    content = row.read(source)
    return [content] if isinstance(content, Thread) else [content.open(n) for n in range(len(content.entries))]
