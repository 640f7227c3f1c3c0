"""Discussions of a page for the command line: found, and written as lines or as JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from threading import Event
from typing import TYPE_CHECKING, Final, TextIO

from rumor_tui.canonical import addresses_of
from rumor_tui.cli.arguments import web_address
from rumor_tui.labels import format_age, plural
from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.text import cell_len, neutralise_line

if TYPE_CHECKING:
    from rumor_tui.loading import LoadStep
    from rumor_tui.sources import LoadContext

LONGEST_TITLE: Final = 60
"""Cells up to which titles are filled up; a longer one pushes its address to the right."""


def find_entries(source: str, load: Callable[[str], Thread | Listing], tell: Callable[[str], None]) -> Sequence[Entry]:
    """The discussions of a page, those with most comments first. Raises SourceError.

    `source` is an address, or what `load` reads; `tell` receives what is to be said about the result.
    """
    from rumor_tui import sources
    from rumor_tui.cli.progress import progress_line

    address = web_address(source)
    context = sources.make_context(*([address] if address else ()))
    entries: Sequence[Entry] = ()
    status = ""
    addresses = [] if address else _addresses_in_file(load(source))
    with progress_line() as show:
        addresses = _addresses_of_page(context, address) if address else addresses
        for step in sources.make_services(context).discussions(addresses)(Event()):
            entries = step.content.entries if isinstance(step.content, Listing) else entries
            status = step.status
            show(status)
    if status:
        tell(status)
    return sorted(entries, key=lambda entry: -(entry.comments or 0))


def _addresses_in_file(content: Thread | Listing) -> list[str]:
    from rumor_tui.readers import as_thread, open_if_single

    return addresses_of(as_thread(open_if_single(content)))


def _addresses_of_page(context: LoadContext, address: str) -> list[str]:
    """The address, or that of the page that the discussion there is about: of that, the beginning is loaded."""
    from rumor_tui.sources.addresses import platform_name
    from rumor_tui.sources.loader import load_address

    if not platform_name(address, context.sites):
        return [address]
    with suppress(SourceError), closing(_as_generator(load_address(context, address, Event()))) as steps:
        for step in steps:
            if isinstance(step.content, Thread):
                return addresses_of(step.content) or [address]
    return [address]


def _as_generator(steps: Iterator[LoadStep]) -> Generator[LoadStep, None, None]:
    """The steps, which end what they load when this is closed."""
    yield from steps


def write_lines(entries: Sequence[Entry], out: TextIO, *, aligned: bool) -> None:
    """A line for each: site, comments, points, age, title and address, in columns, or separated by tabs.

    Where they are separated by tabs, numbers stand alone, and the date in ISO 8601 stands for the age.
    """
    if not aligned:
        for entry in entries:
            out.write("\t".join(_fields(entry)) + "\n")
        return
    rows = [_words(entry, time.time()) for entry in entries]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        *first, title, address = row
        cells = [
            _filled(text, width, right=at in (1, 2))
            for at, (text, width) in enumerate(zip(first, widths[:-2], strict=True))
        ]
        cells += [_filled(title, min(widths[-2], LONGEST_TITLE)), address]
        out.write("  ".join(cells) + "\n")


def _fields(entry: Entry) -> list[str]:
    numbers = ["" if number is None else str(number) for number in (entry.comments, entry.score)]
    date = format_iso(entry.published) or neutralise_line(entry.published_text or "")
    return [neutralise_line(entry.site), *numbers, date, neutralise_line(entry.title), neutralise_line(entry.address)]


def _words(entry: Entry, now: float) -> list[str]:
    age = "" if entry.published is None else format_age(entry.published, now)
    return [
        neutralise_line(entry.site),
        "" if entry.comments is None else plural(entry.comments, "comment"),
        "" if entry.score is None else plural(entry.score, "point"),
        age or neutralise_line(entry.published_text or ""),
        neutralise_line(entry.title),
        neutralise_line(entry.address),
    ]


def _filled(text: str, width: int, *, right: bool = False) -> str:
    """The text, filled up with spaces to a number of cells."""
    blanks = " " * (width - cell_len(text))
    return f"{blanks}{text}" if right else f"{text}{blanks}"


def write_json(entries: Sequence[Entry], out: TextIO) -> None:
    """One array with an object for each; what is not known is null. Dates are in ISO 8601."""
    found = [
        {
            "site": entry.site,
            "title": entry.title,
            "author": entry.byline,
            "comments": entry.comments,
            "points": entry.score,
            "date": format_iso(entry.published),
            "address": entry.address,
            "page": entry.link or None,
        }
        for entry in entries
    ]
    out.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
