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
from rumor_tui.readers import errors
from rumor_tui.readers.api import document
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.listings import threads_listing
from rumor_tui.readers.hint import Hint, SourceError

_DEEPEST = 3
_MOST = 40
"""Values that are looked into at most, and how deep they may lie."""


def sniff(given: Document, hint: Hint) -> bool:
    """Whether a reader knows each of several, or something inside."""
    return _are_threads(given, hint) or _inner(given, hint) is not None


def read(given: Document, hint: Hint) -> Thread | Listing:
    """What is inside. Raises SourceError when that is broken."""
    if _are_threads(given, hint):
        threads = [thread for value in given.top for thread in _opened(value, hint)]
        return threads[0] if len(threads) == 1 else threads_listing("Threads", threads, hint)
    inner = _inner(given, hint)
    if inner is None:
        raise SourceError(f"{errors.name_of(hint)} holds nothing that is known.")
    reader, inside = inner
    return cast(Thread | Listing, reader.read(inside, hint))


def inner_documents(given: Document) -> Iterator[Document]:
    """The values inside that may be what a wrapper is about, the outer ones first."""
    return (one for level in _levels(given) for one in level)


def _levels(given: Document) -> Iterator[list[Document]]:
    values = [given.top]
    for _ in range(_DEEPEST):
        values = [part for value in values for part in _parts(value)][:_MOST]
        yield [document.document_of(value) for value in values]


def _parts(value: Any) -> list[Any]:
    value = document.decode_level(value)
    if isinstance(value, list):
        return _columns(value)
    if not isinstance(value, dict):
        return []
    parts = [one for one in value.values() if document.opening_character(one) in ("{", "[")]
    if len(value) > 1 and all(key.lstrip("-").isdigit() for key in value) and len(parts) == len(value):
        return [parts]
    return parts[:_MOST]


def _columns(value: list[Any]) -> list[list[Any]]:
    """Of objects in a list, what they all have an object for: `[{"data": {…}}, {"data": {…}}]`."""
    first = document.first_object(value) if len(value) > 1 else {}
    fields = [field for field, one in first.items() if document.opening_character(one) == "{"]
    rows = [document.decode_level(one) for one in value if document.opening_character(one) == "{"] if fields else []
    found = [[row.get(field) for row in rows if isinstance(row, dict)] for field in fields]
    return [column for column in found if all(document.opening_character(one) == "{" for one in column)]


def _readers() -> list[Any]:
    """The modules of the readers of documents but for this one and those that take anything."""
    from rumor_tui.readers import READERS

    others = ("api.envelopes", "api.generic", "api.error_answers")
    return [row for row in READERS if row.takes == "document" and row.module not in others]


def _inner(given: Document, hint: Hint) -> tuple[Any, Document] | None:
    """What is known inside and the module that knows it, at the first depth at which something is."""
    modules = [row.module_itself() for row in _readers()]
    for level in _levels(given):
        known = [(module, one) for one in level for module in modules if module.sniff(one, hint)]
        if known:
            reader = known[0][0]
            same = [one for module, one in known if module is reader]
            return reader, _joined(same) if len(same) > 1 and getattr(reader, "JOINS", False) else same[0]
    return None


def _joined(documents: list[Document]) -> Document:
    """The elements of several documents in one list, as of `{"story": {…}, "comments": […]}`."""
    values = [one.top if isinstance(one.top, list) else [document.decode_object(one.top)] for one in documents]
    return document.document_of([value for several in values for value in several])


def _are_threads(given: Document, hint: Hint) -> bool:
    first = given.top[0] if isinstance(given.top, list) and given.top else None
    return document.opening_character(first) in ("{", "[") and _reader_of(first, hint) is not None


def _reader_of(value: Any, hint: Hint) -> Any:
    """The row of the reader that knows a value by itself, with the value as a source for it."""
    from rumor_tui.readers import READERS, Source

    source = Source(bytes(value) if isinstance(value, msgspec.Raw) else b"", hint)
    if not source.data:
        source.document = document.document_of(value)
    rows = [row for row in READERS if row.takes == "json" and source.data] + _readers()
    top = source.document.top
    rows += [row for row in READERS if row.module == "api.generic" and row.module_itself().is_page(top)]
    return next(((row, source) for row in rows if row.sniff(source)), None)


def _opened(value: Any, hint: Hint) -> list[Thread]:
    found = _reader_of(value, hint)
    if found is None:
        return []
    row, source = found
    content = row.read(source)
    return [content] if isinstance(content, Thread) else [content.open(n) for n in range(len(content.entries))]
