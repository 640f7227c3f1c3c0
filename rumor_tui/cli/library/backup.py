"""`rumor-tui backup`: a copy of the library that opens as one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path
from typing import Final, TextIO

USAGE: Final = "rumor-tui backup FILE [--replace]"

ABOUT: Final = """\
Copy the library to FILE, as it is at this moment, also while it is written to.
The copy is a library like the original, and for nobody else to read."""

MORE: Final = """\
examples:
  rumor-tui backup /mnt/stick/library.sqlite3
  rumor-tui backup ~/backups           a file in there, named after the time

To go back to a copy, put it in the library's place (rumor-tui help library),
or bring it together with what is there: rumor-tui merge FILE. Exit codes: 0
success, 1 there is no library, or the copy could not be written."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help="the file to write, or a folder for it")
    parser.add_argument("--replace", action="store_true", help="replace FILE if it exists")


def run(given: Namespace) -> int:
    """Make the copy, and say how large it is."""
    from rumor_tui.library.backup import copy_library
    from rumor_tui.library.database import open_up_to_date
    from rumor_tui.library.folder import dated_path, library_path
    from rumor_tui.output import OutputError, write_standard_output

    path, target = library_path(), Path(given.file)
    if target.is_dir():
        target = dated_path(target, "rumor-tui-", ".sqlite3")
    if target.exists() and target.samefile(path):
        raise OutputError(f"{target} is the library itself. Name another file for the copy.")
    with closing(open_up_to_date(path)[0]) as connection:
        (threads,) = connection.execute("SELECT count(*) FROM threads WHERE tree IS NOT NULL").fetchone()
        try:
            copy_library(connection, target, replace=given.replace)
        except FileExistsError as error:
            raise OutputError(f"{target} exists. Name another file, or replace it with --replace.") from error
        except OSError as error:
            raise OutputError(f"{target} could not be written: {error.strerror or error}.") from error
    from rumor_tui.labels import plural

    words = f"{plural(threads, 'thread')}, {target.stat().st_size / 1e6:,.1f} MB: {target}\n"

    def write(out: TextIO) -> None:
        out.write(words)

    return write_standard_output(write)
