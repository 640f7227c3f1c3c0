"""`rumor-tui new`: print what is new in what is followed, for a script or a mail."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime
from time import time
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rumor_tui.library_types import NewComment

USAGE: Final = "rumor-tui new [--since WHEN] [--json]"

ABOUT: Final = """\
Print the unread comments that came since you were last in the threads that are
followed, and the threads that followed feeds and front pages brought: one line
each, the newest first. Nothing is loaded for that; rumor-tui refresh does it.

In a pipe the fields of a line are separated by tabs, and the date stands for
the age: date, author, title of the thread, site, and how the text begins."""

MORE: Final = """\
WHEN is a time before now (90min, 12h, 3d, 2w) or a date (2026-11-30).

examples:
  rumor-tui new
  rumor-tui refresh; rumor-tui new --since 1d | mail -E -s 'What is new' ann

Exit codes: 0 something is new, 1 nothing is, 2 WHEN or an option is wrong."""

MOST: Final = 10_000
"""The most that is printed."""

_UNITS: Final = {"min": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--since", metavar="WHEN", help="only what was found since then")
    parser.add_argument("--json", action="store_true", help="one object a line, for other programs")


def run(given: Namespace) -> int:
    """Print it; the exit code is 1 where nothing is new."""
    from rumor_tui.cli.console import on_screen
    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.output import write_standard_output

    since = moment_of(given.since, time()) if given.since is not None else 0.0
    with open_library() as library:
        found = [one for one in library.news(MOST) if one.first_seen >= since]
    aligned = on_screen()

    def write(out: TextIO) -> None:
        if given.json:
            write_json(found, out)
        else:
            write_lines(found, out, aligned=aligned)

    code = write_standard_output(write, encoding="utf-8" if given.json else None)
    return code or int(not found)


def moment_of(words: str, now: float) -> float:
    """The moment that WHEN means, a date being its beginning here. Raises UsageError."""
    from rumor_tui.cli.arguments import UsageError

    before = re.fullmatch(r"(\d{1,6})\s*(min|h|d|w)", words.strip())
    if before:
        return now - int(before[1]) * _UNITS[before[2]]
    try:
        return datetime.fromisoformat(words.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"--since {words} is no time: write 90min, 12h, 3d, 2w, or a date such as 2026-11-30."
        ) from None


def write_lines(found: Sequence[NewComment], out: TextIO, *, aligned: bool) -> None:
    """A line for each: with dots between the fields on a screen, else with tabs and exact dates."""
    from rumor_tui.labels import format_age
    from rumor_tui.markdown_format import UNSIGNED, format_iso
    from rumor_tui.text import neutralise_line

    now = time()
    for one in found:
        moment = one.first_seen if one.published is None else one.published
        author = one.author or (UNSIGNED if one.handle else "new thread")
        fields = [author, one.thread_title, one.site, one.text]
        if aligned:
            fields.insert(3, format_age(moment, now))
            out.write(" · ".join(filter(None, map(neutralise_line, fields))) + "\n")
        else:
            out.write("\t".join([format_iso(moment) or "", *map(neutralise_line, fields)]) + "\n")


def write_json(found: Sequence[NewComment], out: TextIO) -> None:
    """One JSON object for each line; a new thread has no `comment`."""
    from rumor_tui.markdown_format import format_iso

    for one in found:
        fields = {
            "thread": one.thread_id,
            "comment": one.handle or None,
            "title": one.thread_title,
            "site": one.site,
            "author": one.author,
            "date": format_iso(one.published),
            "found": format_iso(one.first_seen),
            "text": one.text,
        }
        out.write(json.dumps(fields, ensure_ascii=False) + "\n")
