"""How long it takes until the library's screen is there, beside the sample's first screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.opening import Program, duel
from tests.bench.programs import SAMPLE, SAMPLE_WORD, ours
from tests.bench.report import Bench, Row

THREADS = 10_000
WORD = "Thread"
"""A word of every title of the generated library."""
NOW = 1_790_000_000.0


def make_library(folder: Path, threads: int = THREADS) -> Path:
    """A data folder with a library of many threads, as far as lists of them need it; it is made once."""
    from rumor_tui.library.database import open_for_writing

    path = folder / "rumor-tui" / "library.sqlite3"
    if path.exists():
        return folder
    made = folder.with_name(f"{folder.name}-new")
    shutil.rmtree(made, ignore_errors=True)
    connection = open_for_writing(made / "rumor-tui" / "library.sqlite3")
    rows = (_thread(number) for number in range(1, threads + 1))
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO threads(uid, address, article, site, title, source, comments, unread, fresh, tree, added, visited,"
        " active) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, x'00', ?, ?, ?)",
        rows,
    )
    tags = ((number, f"tag{number % 50}", NOW) for number in range(1, threads + 1, 3))
    connection.executemany("INSERT INTO tags(thread, tag, changed) VALUES(?, ?, ?)", tags)
    connection.execute("COMMIT")
    connection.close()
    made.rename(folder)
    return folder


def _thread(number: int) -> tuple[object, ...]:
    address, article = f"https://site{number % 40}.example/item/{number}", f"https://page.example/{number // 3}"
    title, age = f"Thread {number} about something that people talk about at length", 600.0 * number
    counts = number * 7 % 900, number * 3 % 400, number % 13
    return (
        f"uid{number}", address, article, f"site{number % 40}.example", title, address, *counts,
        NOW - age, NOW - age, NOW - age,
    )  # fmt: skip


def measure_library_screen(bench: Bench) -> Iterator[Row]:
    """The full first screen of a library of 10,000 threads beside that of the sample.

    Guards the cost of SQLite, of reading all threads, and of grouping and sorting them, none of which may be felt. It
    bites from some thousand threads on.
    """
    data = make_library(bench.data / f"library-{THREADS}")
    named = Program("rumor-tui FILE", ours(SAMPLE), SAMPLE_WORD)
    mine = Program("rumor-tui", ["env", f"XDG_DATA_HOME={data}", *ours()], WORD)
    yield from duel(f"open a library of {THREADS:,} threads", mine, named, 1.5, bench)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"library-screen": measure_library_screen}
