"""`rumor-tui merge`: another library, or a copy of this one, brought into this one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    pass

USAGE: Final = "rumor-tui merge FILE"

ABOUT: Final = """\
Bring the library in FILE into this one, such as the laptop's into the
desktop's: its threads, and what was read, marked, noted, tagged and followed
there. FILE stays as it is."""

MORE: Final = """\
examples:
  rumor-tui merge /mnt/laptop/rumor-tui/library.sqlite3
  rumor-tui merge backup.sqlite3

Of a thread that both have, the state that was seen last holds, and what only
the other state has is kept beside it. Of two changes of one thing the later one
holds. It may be merged again at any time, and in both directions.
Exit codes: 0 success, 1 FILE is no library, or this one could not be written."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help="the other library's file")


def run(given: Namespace) -> int:
    """Merge, and say what came."""
    from rumor_tui.labels import plural
    from rumor_tui.library.folder import library_path
    from rumor_tui.library.merging import merge_library
    from rumor_tui.library.other import open_other
    from rumor_tui.library.writer import Writer
    from rumor_tui.library_types import LibraryError
    from rumor_tui.output import write_standard_output
    from rumor_tui.sources.hosts import is_own

    path, file = library_path(), Path(given.file)
    if not file.is_file():
        raise LibraryError(f"{file} is no file. Give the file of the other library, library.sqlite3.")
    if path.exists() and path.samefile(file):
        raise LibraryError(f"{file} is this library itself. Give the file of another one.")
    with open_other(file) as other:
        writer = Writer(path)
        try:
            report = writer.run_slices(lambda connection: merge_library(connection, other, is_own))
        finally:
            writer.close(60)
    words = f"{plural(report.copied, 'new thread')}, {plural(report.united, 'known one')}"
    more = f" with {plural(report.comments, 'new comment')}" if report.comments else ""

    def write(out: TextIO) -> None:
        out.write(f"{words}{more}\n")

    return write_standard_output(write)
