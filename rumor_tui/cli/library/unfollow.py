"""`rumor-tui unfollow`: follow something no more. What was read of it stays in the library."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from time import time
from typing import Final, TextIO

USAGE: Final = "rumor-tui unfollow ADDRESS ..."

ABOUT: Final = """\
Follow something no more. What was read or loaded of it stays in the library
(rumor-tui forget takes it out)."""

MORE: Final = """\
examples:
  rumor-tui unfollow https://example.com/feed.xml

rumor-tui follow lists the addresses. Exit codes: 0 success, 1 an ADDRESS is not
followed."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("addresses", metavar="ADDRESS", nargs="*", help="an address or a path that is followed")


def run(given: Namespace) -> int:
    """Follow it no more."""
    from rumor_tui.canonical import canonical_address
    from rumor_tui.cli.arguments import UsageError
    from rumor_tui.cli.console import say
    from rumor_tui.cli.library.follow import write_changes
    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.library_types import FollowChange
    from rumor_tui.output import write_standard_output
    from rumor_tui.text import neutralise_line

    if not given.addresses:
        raise UsageError("Say what is not to be followed any more. Try rumor-tui unfollow --help.")
    with open_library() as library:
        known = {canonical_address(one.address): one for one in library.followed()}
        names = {word: canonical_address(_address_of(word)) for word in given.addresses}
        gone = [known[name] for name in dict.fromkeys(names.values()) if name in known]
        if gone:
            moment = time()
            write_changes(library, [FollowChange(one.address, one.kind, one.title, False, moment) for one in gone])
    missing = [word for word, name in names.items() if name not in known]
    for word in missing:
        say(f"{word} is not followed. rumor-tui follow lists what is.")

    def write(out: TextIO) -> None:
        for one in gone:
            out.write(f"Not followed any more: {neutralise_line(one.title or one.address)}\n")

    return write_standard_output(write) or int(bool(missing))


def _address_of(word: str) -> str:
    """The address or path that a word stands for, also of a file that is not there any more."""
    import os

    from rumor_tui.cli.arguments import web_address

    return web_address(word) or os.path.abspath(word)  # noqa: PTH100 - resolve() would follow links
