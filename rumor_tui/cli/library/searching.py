"""Searching the library on the command line (`rumor-tui search --library`): its hits as lines, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from rumor_tui.markdown_format import UNSIGNED

if TYPE_CHECKING:
    from rumor_tui.library_types import LibraryHit, LibraryHits

NO_LIBRARY: Final = "There is no library yet: it begins with the first page that is read."
MORE: Final = "There is more: these are the best {} hits. --limit N prints others too."

_BOLD: Final = ("\x1b[1m", "\x1b[22m")


def search_all(query: str, limit: int, *, as_json: bool, bold: bool) -> int:
    """Print the best hits of a query in the library; the exit code is 1 if there are none.

    What could not be answered exactly is said on standard error. Raises QueryError and LibraryError.
    """
    from rumor_tui.cli.console import say
    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.library.search import search_library
    from rumor_tui.output import write_standard_output
    from rumor_tui.search.query.query import QueryError

    if not query.strip():
        raise QueryError("Say what to search for.")
    with open_library() as keeper:
        if not keeper.exists:
            say(NO_LIBRARY)
            return 1
        with keeper.reading() as connection:
            found = search_library(connection, query, limit, thorough=True)
    for sentence in _sentences(found):
        say(sentence)

    def write(out: TextIO) -> None:
        if as_json:
            write_library_json(found.hits, out)
        else:
            write_library_lines(found.hits, out, bold=bold)

    code = write_standard_output(write, encoding="utf-8" if as_json else None)
    return code or int(not found.hits)


def _sentences(found: LibraryHits) -> Iterator[str]:
    if found.notice:
        yield found.notice
    if found.total != len(found.hits):
        yield MORE.format(f"{len(found.hits):,}")


def write_library_lines(hits: Sequence[LibraryHit], out: TextIO, *, bold: bool) -> None:
    """One line a hit: the thread's title, its site, the author or what else it is, and the text; matches in bold if
    `bold`."""
    on, off = _BOLD if bold else ("", "")
    for hit in hits:
        line, at = "", 0
        for start, end in hit.spans:
            line += f"{hit.snippet[at:start]}{on}{hit.snippet[start:end]}{off}"
            at = end
        who = hit.author or UNSIGNED if hit.kind == "comment" else hit.kind
        out.write(" · ".join(filter(None, (hit.thread_title, hit.site, who, line + hit.snippet[at:]))) + "\n")


def write_library_json(hits: Sequence[LibraryHit], out: TextIO) -> None:
    """One JSON object a hit. `thread` and `comment` are their numbers in the library, which stay; `comment` is null
    for an article, and for a note on one."""
    for hit in hits:
        out.write(
            json.dumps(
                {
                    "thread": hit.thread_id,
                    "comment": hit.handle or None,
                    "kind": hit.kind,
                    "title": hit.thread_title,
                    "site": hit.site or None,
                    "address": hit.address or None,
                    "author": hit.author,
                    "published": hit.published,
                    "text": hit.snippet,
                    "matches": [hit.snippet[start:end] for start, end in hit.spans],
                },
                ensure_ascii=False,
            )
            + "\n"
        )
