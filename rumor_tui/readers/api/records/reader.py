"""The reader of any JSON document with records; what it found out while sniffing, it reads."""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers.api.document import Document, decode_fully, pause_gc
from rumor_tui.readers.api.records.find import Records, find_records
from rumor_tui.readers.source import Hint, name_source


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there is anything that a person wrote, or a list of articles."""
    records = _records_of(document)
    return bool(records.rows or records.head or records.articles)


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The thread, or the threads or articles to choose from. Raises SourceError when there is none."""
    from rumor_tui.readers.api.records.build import read_records

    if not sniff(document, hint):
        raise SourceError(f"{name_source(hint)} has no texts with authors or dates.")
    with pause_gc():
        return read_records(_records_of(document), hint)


def _records_of(document: Document) -> Records:
    records = document.memo.get("records")
    if records is None:
        with pause_gc():
            records = document.memo["records"] = find_records(_decode_whole(document.top))
    return records


def _decode_whole(top: Any) -> Any:
    """The outermost value with all that is in it decoded."""
    if isinstance(top, dict):
        return {key: decode_fully(value) for key, value in top.items()}
    return [decode_fully(value) for value in top] if isinstance(top, list) else None
