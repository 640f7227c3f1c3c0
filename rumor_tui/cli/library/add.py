"""`rumor-tui add`: put sources into the library without opening them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rumor_tui.cli.library.adding import Adding
    from rumor_tui.library.keeper import Keeper
    from rumor_tui.loading import LoadJob

USAGE: Final = "rumor-tui add [--tag TAG] SOURCE ..."

ABOUT: Final = """\
Put threads into the library, to be searched and read later; all in them is
unread. SOURCE is an address, a short name for a list of threads, a file, or a
folder with all that is in it. Of a mailbox, a web archive or another container
every thread is added, of a list on the web what its entries lead to.

Dumps of JSON lines are read as a stream, also compressed (gz, bz2, xz, zst):
posts and comments of Reddit, items of Hacker News, or a whole thread on each
line, such as rumor-tui's own JSON."""

MORE: Final = """\
examples:
  rumor-tui add ~/Mail/lists.mbox ~/saved-pages --tag archive
  rumor-tui add cars_submissions.zst cars_comments.zst
  rumor-tui add hn https://lobste.rs/

What is in the library already is not added twice, so that a run that was
stopped goes on where it was. What cannot be read is listed at the end, and
nothing is half-written. Exit codes: 0 success, 1 something could not be added,
2 a wrong option, 130 stopped."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="an address, a file or a folder")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="tag what is added; may be repeated")


def run(given: Namespace) -> int:
    """Add the sources, and say what came of it."""
    from rumor_tui.cli.console import say
    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.output import write_standard_output

    with open_library() as keeper:
        adding = _add(keeper, given.sources, given.tag)
    for problem in adding.problems:
        say(problem.sentence if problem.name in problem.sentence else f"{problem.name}: {problem.sentence}")
    words = _outcome(adding)

    def write(out: TextIO) -> None:
        out.write(words)

    return write_standard_output(write) or int(bool(adding.problems))


def _add(keeper: Keeper, sources: Sequence[str], tags: Sequence[str]) -> Adding:
    from time import time

    from rumor_tui.cli.arguments import web_address
    from rumor_tui.cli.console import say
    from rumor_tui.cli.library.adding import Adding
    from rumor_tui.cli.progress import progress_line

    addresses = {source: web_address(source) for source in sources}
    files = [source for source, address in addresses.items() if address is None]
    typed = [address for address in addresses.values() if address is not None]
    with progress_line("Adding …") as show:
        adding = Adding(keeper, time(), tags, _opener(typed), show)
        try:
            adding.add(files, typed)
        except KeyboardInterrupt:
            show("stopping")
            say(f"Stopped: {_outcome(adding)}")
            raise
    return adding


def _opener(typed: Sequence[str]) -> Callable[[str], LoadJob]:
    """What loads an address; the modules that fetch are imported when the first one is loaded.

    The hosts of the addresses that were `typed` may be on a private network.
    """
    from functools import cache

    from rumor_tui.loading import Services

    @cache
    def services() -> Services:
        from rumor_tui import sources
        from rumor_tui.settings import load_settings

        return sources.services_for(typed, load_settings().linked)

    return lambda address: services().open(address)


def _outcome(adding: Adding) -> str:
    from rumor_tui.labels import plural

    added = adding.added
    since = f" ({plural(added.since, 'new comment')})" if added.since else ""
    known = f", {plural(added.known, 'thread')} known already{since}" if added.known else ""
    failed = f", {len(adding.problems):,} could not be added" if adding.problems else ""
    return f"{plural(added.new, 'new thread')} with {plural(added.comments, 'comment')}{known}{failed}\n"
