"""`rumor-tui refresh`: load anew what is followed, or some addresses, without a screen."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from threading import Event
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rumor_tui.cli.library.refreshing import Outcome
    from rumor_tui.library.keeper import Keeper

USAGE: Final = "rumor-tui refresh [ADDRESS ...]"

ABOUT: Final = """\
Load anew what is followed: threads as they are now, and the threads that feeds
and front pages have brought since. Hosts are asked side by side, each with the
usual limits. What is new is shown by rumor-tui new, and by w in the library.

ADDRESS is something that is followed, or a thread of the library: an address,
or the path of a file. Without one all that is followed is loaded."""

MORE: Final = """\
examples:
  rumor-tui refresh
  rumor-tui refresh https://news.ycombinator.com/
  rumor-tui refresh && rumor-tui new      for a timer: load, then print

What cannot be loaded is told on standard error, and tried again the next time.
ctrl+c stops; what was loaded stays. Exit codes: 0 success, 1 something could
not be loaded, 130 stopped."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("addresses", metavar="ADDRESS", nargs="*", help="what to load; without one, all")


def run(given: Namespace) -> int:
    """Load it, and say what came of it."""
    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.output import write_standard_output

    addresses = [address_of(word) for word in given.addresses]
    with open_library() as library:
        outcomes, words = load_into(library, addresses)

    def write(out: TextIO) -> None:
        out.write(f"{words}\n")

    code = write_standard_output(write)
    return code or int(any(one.problem for one in outcomes))


def address_of(word: str) -> str:
    """What is followed by a word of the command line: an address, or the absolute path of a file.

    Raises UsageError for an address of another kind, SourceError for a file that is not there.
    """
    import os

    from rumor_tui.cli.arguments import web_address
    from rumor_tui.model import SourceError
    from rumor_tui.text import neutralise_line

    address = web_address(word)
    if address is not None:
        return address
    if not os.path.lexists(word):
        raise SourceError(f"{neutralise_line(word)} is neither a file nor an address. Give one that begins with http.")
    return os.path.abspath(word)  # noqa: PTH100 - resolve() would follow links


def load_into(library: Keeper, addresses: Sequence[str]) -> tuple[list[Outcome], str]:
    """Load addresses, or without any all that is followed, into the library, with progress on the terminal.

    Problems are printed on standard error. The answer is what came of each, and the last word on all.
    """
    from rumor_tui.cli.console import say
    from rumor_tui.cli.library.refreshing import refresh_job
    from rumor_tui.cli.library.services import loads_of, own_addresses
    from rumor_tui.cli.progress import progress_line
    from rumor_tui.settings import load_settings
    from rumor_tui.sources import services_for

    linked = load_settings().linked
    typed = [*addresses, *own_addresses(library)]
    loads = loads_of(services_for(typed, linked), typed)
    outcomes: list[Outcome] = []
    words, stop = "", Event()
    try:
        with progress_line() as show:
            for step in refresh_job(library, loads, addresses, outcomes.append)(stop):
                words = step.status
                show(words)
    except KeyboardInterrupt:
        stop.set()
        raise
    for one in outcomes:
        if one.problem:
            say(f"{one.address}: {one.problem}")
    return outcomes, words
