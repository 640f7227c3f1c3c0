"""`rumor-tui forget`: threads, or everything, taken out of the library for good."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

USAGE: Final = "rumor-tui forget SOURCE ... | --all"

ABOUT: Final = """\
Take threads out of the library for good, with all that was read, marked and
noted in them, and with every copy that rumor-tui made by itself. Nothing is
asked, and nothing can be put back."""

MORE: Final = """\
examples:
  rumor-tui forget page.html
  rumor-tui forget 'https://news.ycombinator.com/item?id=8863'
  rumor-tui forget ~/threads           all that was read from files below it
  rumor-tui forget --all               the whole library

Copies that you made (rumor-tui backup) stay, and so does the cache of fetched
pages (rumor-tui help settings). Exit codes: 0 all was forgotten, 1 a SOURCE is
not in the library, or it could not be written, 2 nothing was named."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("sources", metavar="SOURCE", nargs="*", help="an address, a file or a folder that was read")
    parser.add_argument("--all", action="store_true", help="forget everything")


def run(given: Namespace) -> int:
    """Forget, and say what was forgotten."""
    from rumor_tui.cli.arguments import UsageError
    from rumor_tui.library.folder import library_path
    from rumor_tui.library.problems import ABSENT
    from rumor_tui.library_types import LibraryError

    if bool(given.sources) == given.all:
        raise UsageError("Say what to forget: SOURCE, or --all for everything. Try rumor-tui forget --help.")
    path = library_path()
    if not path.exists():
        raise LibraryError(ABSENT.format(path=path))
    if given.all:
        return _forget_all(path)
    return _forget(path, given.sources)


def _forget_all(path: Path) -> int:
    from rumor_tui.library.forgetting import forget_all
    from rumor_tui.library.locks import LibraryLocks, LockBusyError
    from rumor_tui.library.problems import BUSY, explain_error
    from rumor_tui.library_types import LibraryError

    try:
        locks = LibraryLocks(path.parent)
        forget_all(path, locks, alone=locks.enter())
        locks.close()
    except LockBusyError as error:
        raise LibraryError(BUSY.format(path=path)) from error
    except OSError as error:
        raise explain_error(error, path) from error
    return _write([f"The library is gone: {path}"])


def _forget(path: Path, sources: Sequence[str]) -> int:
    from rumor_tui.cli.arguments import web_address
    from rumor_tui.cli.console import say
    from rumor_tui.library.forgetting import drop_copies, find_titles, forget_threads
    from rumor_tui.library.problems import explain_error
    from rumor_tui.library.writer import Writer

    named = {source: web_address(source) or source for source in sources}
    writer = Writer(path)
    try:
        found = writer.run(lambda connection: find_titles(connection, named.values()))
        titles = {thread: title for threads in found.values() for thread, title in threads.items()}
        if titles:
            drop_copies(path)
            writer.run_slices(lambda connection: forget_threads(connection, titles, named.values()))
    except OSError as error:
        raise explain_error(error, path) from error
    finally:
        writer.close(60)
    missing = [source for source, address in named.items() if not found[address]]
    for source in missing:
        say(f"{source} is not in the library (rumor-tui list shows what is).")
    return _write([f"Forgotten: {title}" for title in titles.values()]) or int(bool(missing))


def _write(lines: Sequence[str]) -> int:
    from rumor_tui.output import write_standard_output
    from rumor_tui.text import neutralise_line

    def write(out: TextIO) -> None:
        for line in lines:
            out.write(f"{neutralise_line(line)}\n")

    return write_standard_output(write)
