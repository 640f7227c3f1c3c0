"""`rumor-tui follow`: follow threads, feeds and front pages, or those of an OPML file; or list what is followed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from time import time
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    import sqlite3

    from rumor_tui.library.keeper import Keeper
    from rumor_tui.library.opml import Outline
    from rumor_tui.library_types import Change, Followed

USAGE: Final = "rumor-tui follow [ADDRESS|FILE.opml ...] [--opml] [-o FILE]"

ABOUT: Final = """\
Follow a thread, a feed or a front page: what is new there is found by
rumor-tui refresh and listed by rumor-tui new. An address is loaded at once, to
see what it is. The feeds of an OPML file, which other readers write, are
followed all, and loaded at the next refresh.

Without ADDRESS what is followed is listed: what it is, when it was loaded
last, its title and address, and why it could not be loaded. With --opml it is
written as OPML 2.0, but for files, which are followed on this machine only."""

MORE: Final = """\
examples:
  rumor-tui follow hn/best https://example.com/feed.xml
  rumor-tui follow subscriptions.opml
  rumor-tui follow
  rumor-tui follow --opml -o subscriptions.opml

F does the same on the screen. Exit codes: 0 success, 1 something could not be
loaded, or a file could not be read or written, 2 an option is wrong."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("sources", metavar="ADDRESS", nargs="*", help="an address, a short name, a file, or OPML")
    parser.add_argument("--opml", action="store_true", help="write what is followed as OPML")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="the file for --opml (- is standard output)"
    )


def run(given: Namespace) -> int:
    """Follow, or list."""
    from rumor_tui.cli.arguments import UsageError
    from rumor_tui.cli.library.opening import open_library

    if given.sources and given.opml:
        raise UsageError("--opml writes what is followed, so it takes no ADDRESS. Try rumor-tui follow --help.")
    if given.output != "-" and not given.opml:
        raise UsageError("-o is the file for --opml. Try rumor-tui follow --help.")
    with open_library() as library:
        if given.sources:
            return _follow(library, given.sources)
        return _write_opml(library.followed(), given.output) if given.opml else _list(library.followed())


def write_changes(library: Keeper, changes: Sequence[Change]) -> None:
    """Write changes, and wait until they are on disk. Raises LibraryError."""
    from rumor_tui.library.changing import apply_changes

    library.write(lambda connection: apply_changes(connection, changes))


# Following


def _follow(library: Keeper, words: Sequence[str]) -> int:
    from rumor_tui.cli.library.refresh import address_of
    from rumor_tui.library_types import FollowChange, LibraryError

    addresses: list[str] = []
    lists: list[tuple[str, list[Outline]]] = []
    for word in words:  # all of them are looked at before any is followed
        outlines = _read_outlines(word)
        if outlines is None:
            addresses.append(address_of(word))
        elif outlines:
            lists.append((word, outlines))
        else:
            raise LibraryError(f"{word} names no address on the web. Give an OPML file with feeds.")
    lines: list[str] = []
    for word, outlines in lists:
        moment = time()
        write_changes(library, [FollowChange(*outline, True, moment) for outline in outlines])
        lines.append(f"{len(outlines):,} of {word} followed. rumor-tui refresh loads them.")
    failed = _follow_addresses(library, addresses, lines) if addresses else False
    return _print(lines) or int(failed)


def _follow_addresses(library: Keeper, addresses: Sequence[str], lines: list[str]) -> bool:
    """Load addresses and follow those that could be; the answer is whether one failed."""
    from rumor_tui.cli.library.refresh import load_into
    from rumor_tui.library.following import change_follow, note_refresh
    from rumor_tui.library_types import FollowChange

    outcomes, _ = load_into(library, addresses)
    moment = time()
    good = [one for one in outcomes if not one.problem or one.threads]

    def write(connection: sqlite3.Connection) -> None:
        for one in good:
            change_follow(connection, FollowChange(one.address, one.kind, one.title, True, moment))
            note_refresh(connection, one.address, moment, one.problem)

    library.write(write)
    lines += [f"Followed: {one.title or one.address}" for one in good]
    return len(good) < len(addresses)


def _read_outlines(word: str) -> list[Outline] | None:
    """What an OPML file names; None for anything else. Raises LibraryError for one that cannot be read."""
    from pathlib import Path

    from rumor_tui.library.opml import looks_like_opml, read_opml
    from rumor_tui.library_types import LibraryError

    path = Path(word)
    try:
        if not path.is_file():
            return None
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, ValueError) as error:
        if not word.lower().endswith(".opml"):
            return None
        raise LibraryError(f"{word} cannot be read: {error}.") from error
    return read_opml(text) if looks_like_opml(text) else None


# Listing


def _list(followed: Sequence[Followed]) -> int:
    from rumor_tui.cli.console import on_screen, say

    if not followed:
        say("Nothing is followed yet. rumor-tui follow ADDRESS follows a thread, a feed or a front page.")
        return 0
    return _print([_line(one, aligned=on_screen()) for one in followed])


def _line(one: Followed, *, aligned: bool) -> str:
    """What is followed in a line: with blanks between the fields on a screen, else with tabs and an exact date."""
    from rumor_tui.labels import format_age
    from rumor_tui.markdown_format import format_iso

    if not aligned:
        return "\t".join((one.kind, format_iso(one.refreshed) or "", one.title, one.address, one.problem))
    loaded = "not loaded" if one.refreshed is None else format_age(one.refreshed, time())
    problem = f"  ({one.problem})" if one.problem else ""
    return f"{one.kind:<6}  {loaded:<10}  {one.title or one.address}  {one.address}{problem}"


def _print(lines: Sequence[str]) -> int:
    from rumor_tui.output import write_standard_output
    from rumor_tui.text import neutralise_line

    def write(out: TextIO) -> None:
        for line in lines:
            out.write("\t".join(map(neutralise_line, line.split("\t"))) + "\n")

    return write_standard_output(write)


def _write_opml(followed: Sequence[Followed], target: str) -> int:
    from rumor_tui.cli.console import say
    from rumor_tui.labels import plural
    from rumor_tui.library.opml import on_the_web, write_opml
    from rumor_tui.output import write_file, write_standard_output

    left_out = sum(not on_the_web(one.address) for one in followed)
    if left_out:
        say(f"{plural(left_out, 'file')} left out, since a path means nothing elsewhere.")

    def write(out: TextIO) -> None:
        out.write(write_opml(followed))

    if target in ("-", "/dev/stdout"):
        return write_standard_output(write, encoding="utf-8")
    write_file(target, write)
    return 0
