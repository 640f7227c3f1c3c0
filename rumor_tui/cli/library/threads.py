"""`rumor-tui list`: the threads of the library, for people and for scripts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rumor_tui.library_types import LibraryEntry

USAGE: Final = "rumor-tui list [--tag TAG] [--unread] [--followed] [--json] [WORD ...]"

ABOUT: Final = """\
List the threads of the library, those in which something happened last first:
the comments, the unread and the new ones, the site, the title, the tags, and
the address or the file. In a pipe the fields of a line are separated by tabs,
and begin with the date of the last activity. With WORDs, only threads that
have all of them in their title, site, address or tags."""

MORE: Final = """\
examples:
  rumor-tui list
  rumor-tui list --tag cars --unread
  rumor-tui list production --json

Exit codes: 0 something was listed, 1 there is no such thread, 2 a wrong option."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="only threads with these words")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="only threads with this tag")
    parser.add_argument("--unread", action="store_true", help="only threads with unread comments")
    parser.add_argument("--followed", action="store_true", help="only threads that are followed")
    parser.add_argument("--json", action="store_true", help="one array, for other programs")


def run(given: Namespace) -> int:
    """Print the threads; the exit code is 1 if there are none."""
    import sys

    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.output import write_standard_output

    with open_library() as keeper:
        entries = [entry for entry in keeper.entries() if _is_wanted(entry, given)]
    aligned = sys.stdout is not None and sys.stdout.isatty()

    def write(out: TextIO) -> None:
        if given.json:
            write_json(entries, out)
        else:
            write_lines(entries, out, aligned=aligned)

    return write_standard_output(write, encoding="utf-8" if given.json else None) or int(not entries)


def _is_wanted(entry: LibraryEntry, given: Namespace) -> bool:
    text = " ".join((entry.title, entry.site, entry.address, entry.source, *entry.tags)).casefold()
    return (
        all(word.casefold() in text for word in given.words)
        and all(tag in entry.tags for tag in given.tag)
        and (entry.unread > 0 or not given.unread)
        and (entry.followed or not given.followed)
    )


def write_json(entries: Sequence[LibraryEntry], out: TextIO) -> None:
    """One object a thread; moments are ISO 8601 in UTC."""
    import json

    from rumor_tui.markdown_format import clean_field, format_iso

    rows = [
        {
            "id": entry.thread_id,
            "title": clean_field(entry.title) or "",
            "site": clean_field(entry.site) or "",
            "address": clean_field(entry.address) or "",
            "source": clean_field(entry.source) or "",
            "comments": entry.comments,
            "unread": entry.unread,
            "new": entry.fresh,
            "bookmarks": entry.marked,
            "notes": entry.notes,
            "tags": list(entry.tags),
            "followed": entry.followed,
            "published": format_iso(entry.published),
            "added": format_iso(entry.added),
            "visited": format_iso(entry.visited),
            "active": format_iso(entry.active),
        }
        for entry in entries
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    out.write(f"[\n{lines}\n]\n" if rows else "[]\n")


def write_lines(entries: Sequence[LibraryEntry], out: TextIO, *, aligned: bool) -> None:
    """A line a thread: in columns for people, or with tabs between the fields."""
    for entry in entries:
        out.write(_aligned(entry) if aligned else _tabbed(entry))


def _tabbed(entry: LibraryEntry) -> str:
    from rumor_tui.markdown_format import format_iso
    from rumor_tui.text import neutralise_line

    fields = (
        format_iso(int(entry.active)) or "",
        str(entry.comments),
        str(entry.unread),
        str(entry.fresh),
        entry.site,
        entry.title,
        ",".join(entry.tags),
        entry.address or entry.source,
    )
    return "\t".join(map(neutralise_line, fields)) + "\n"


def _aligned(entry: LibraryEntry) -> str:
    """How many comments, unread ones, and new ones; then what it is."""
    from rumor_tui.text import neutralise_line

    new = f"{entry.fresh:,} new" if entry.fresh else ""
    tags = "".join(f" #{tag}" for tag in entry.tags)
    what = " · ".join(filter(None, (entry.title, entry.site, entry.address or entry.source)))
    return f"{entry.comments:>7,} {entry.unread:>7,} unread {new:>9}  {neutralise_line(what + tags)}\n"
