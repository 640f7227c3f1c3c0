"""What a thread knows of the source that it was read from: how to show it as text, and how to count its words.

Only the bytes are kept, which lazy columns mostly hold anyway; nothing is decoded before somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from rumor_tui.model import Account, Listing, Original, SourceError, SourceText, Thread
from rumor_tui.readers.decode import is_binary
from rumor_tui.readers.source import Hint, Kind, describe_too_slow
from rumor_tui.readers.time_limit import ReadingTooLongError, run_limited, seconds_for

Content = TypeVar("Content", Thread, Thread | Listing)

_BINARY_HEAD = 65_536


def attach_original(content: Thread | Listing, data: bytes, hint: Hint, kind: Kind) -> Thread | Listing:
    """The content, whose threads now know their source, but for those that know one inside it already."""
    head = data[:_BINARY_HEAD]
    if is_binary(head):
        return content
    original = _original(data, hint, kind)
    if isinstance(content, Thread):
        return _with_original(content, original)
    return _listing_with_original(content, original, data, hint)


def _original(data: bytes, hint: Hint, kind: Kind) -> Original:
    def read(here: Sequence[str], before: Sequence[str]) -> SourceText:
        from rumor_tui.readers.source_text import read_source_text

        return read_source_text(data, hint, kind, here, before)

    def account(thread: Thread, breathe: Callable[[], object]) -> Account | None:
        from rumor_tui.readers.source_text import count_source

        return count_source(data, hint, kind, thread, breathe)

    return Original(read, account, data)


def _with_original(thread: Thread, original: Original) -> Thread:
    if thread.original is None:
        thread.original = original
    return thread


def _listing_with_original(listing: Listing, original: Original, data: bytes, hint: Hint) -> Listing:
    """The listing; a thread that it opens is only a part of the source, so the words and the bytes are not its own.

    Opening has a limit of time, as reading has (see `time_limit`).
    """
    part = replace(original, account=lambda thread, breathe: None, data=None)
    open_entry, whole = listing.open, listing.whole

    def limited(read: Callable[[], Content]) -> Content:
        try:
            return run_limited(read, seconds_for(len(data)))
        except ReadingTooLongError:
            raise SourceError(describe_too_slow(hint)) from None

    def open_with_original(number: int) -> Thread | Listing:
        content = limited(lambda: open_entry(number))
        return _with_original(content, part) if isinstance(content, Thread) else content

    def whole_with_original() -> Thread:
        assert whole is not None
        return _with_original(limited(whole), part)

    return replace(listing, open=open_with_original, whole=None if whole is None else whole_with_original)
