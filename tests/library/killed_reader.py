"""A reader that is killed: it records, marks, notes and goes on, tells what it tries and what was answered for.

Run as `python -m tests.library.killed_reader LIBRARY RUN`. Each line that it prints is a JSON array: ["try", number,
what...] before something is handed to the library, and ["done", number] once that is said to be on disk, or
["refused", number, sentence]. `tests.library.kill_checks` compares the library with these lines.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from array import array
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from threading import Lock, Thread
from time import sleep, time

from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.pruning import prune
from rumor_tui.library_types import (
    Annotation,
    AnnotationChange,
    Change,
    LibraryError,
    PlaceChange,
    ReadChange,
    Remembered,
    TagChange,
)
from rumor_tui.model import Article
from rumor_tui.model import Thread as Comments
from rumor_tui.place import Place, Spot

THREADS = 3
LARGE = THREADS
"""The number of a thread that is new once, and so large that it is written in several transactions."""
LARGE_SIZE = 9_000
ENOUGH_REFUSED = 40


WORDS = [
    f"{first}{second}" for first in "bdfgklmnprst" for second in ("ale", "ing", "ound", "ear", "orth", "ick", "ump")
]


def ids_of(version: int) -> list[int]:
    """The comments that a page has in a version: more each time, and some are deleted again."""
    return [number for number in range(20 + 6 * version) if number % 4 or version < 3 + number % 11]


def text_of(run: int, thread: int, number: int, version: int) -> str:
    """The text of a comment in a version of its page: one third is edited once."""
    edited = number % 3 == 0 and version >= 2 + number % 5
    words = Random(number).sample(WORDS, 6)  # so that no two comments are alike
    return f"word{run}x{thread}x{number}x{int(edited)} {' '.join(words)}"


def page_of(run: int, thread: int, version: int) -> Comments:
    """A page in a version."""
    numbers = list(range(LARGE_SIZE)) if thread == LARGE else ids_of(version)
    order, parents = _tree(numbers)
    bodies = [text_of(run, thread, number, version) for number in order]
    return Comments(
        article=Article(title=f"{run} {thread} {version}", pieces=[f"article{run}x{thread}x{version}"]),
        parent=array("i", parents),
        authors=[f"author {number % 101}" for number in order],
        bodies=bodies,
        lengths=list(map(len, bodies)),
        ids=[str(number) for number in order],
        source=f"https://killed.example/{run}/{thread}",
    )


def _tree(numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """The comments in pre-order: each answers another one, if that is there. And the rows of their parents."""
    there = set(numbers)
    below: dict[int, list[int]] = {}
    for number in numbers:
        above = (number - 1) // 3 if number % 5 and (number - 1) // 3 in there else -1
        below.setdefault(above, []).append(number)
    order, parents = list[int](), list[int]()
    waiting = [(number, -1) for number in reversed(below.get(-1, []))]
    while waiting:
        number, parent = waiting.pop()
        row = len(order)
        order.append(number)
        parents.append(parent)
        waiting += [(child, row) for child in reversed(below.get(number, [])) if child != number]
    return order, parents


class KilledReader:
    """Does things at random until it is killed, or nearly everything is refused."""

    def __init__(self, path: Path, run: int) -> None:
        self.keeper = Keeper(path)
        self.run = run
        self.random = Random(run)
        self.lock = Lock()
        self.count = 0
        self.refused = 0
        self.known: dict[int, Remembered] = {}

    def say(self, *words: object) -> None:
        """Print a line, whole."""
        with self.lock:
            os.write(1, (json.dumps(words) + "\n").encode())

    def number(self) -> int:
        """The number of the next thing that is tried."""
        with self.lock:
            self.count += 1
            return self.count

    def answer(self, number: int, problem: str) -> None:
        """Tell what became of it."""
        if problem:
            self.refused += 1
            self.say("refused", number, problem)
        else:
            self.say("done", number)

    def refresh(self, thread: int, version: int) -> None:
        """Record a page as it is now."""
        number = self.number()
        self.say("try", number, "page", thread, version)
        try:
            self.known[thread] = self.keeper.visit(page_of(self.run, thread, version), time())
        except LibraryError as error:
            self.answer(number, str(error))
        else:
            self.answer(number, "")

    def change(self) -> None:
        """Read, mark, note, tag and move in one thread, all at once; what is tried is written by the comments' ids."""
        thread, known = self.random.choice(list(self.known.items()))
        number, moment = self.number(), time()
        rows = self.random.sample(range(len(known.handles)), 3)
        ids = [known.thread.ids[row] for row in rows]
        read = self.random.random() < 0.8
        cursor = self.random.choice(rows)
        note = Annotation(f"note-{self.run}-{thread}-{rows[0] % 7}", "note", known.handles[rows[0]], f"note{number}")
        changes: list[Change] = [
            ReadChange(known.thread_id, [known.handles[row] for row in rows], read, moment),
            AnnotationChange(known.thread_id, note, moment),
            TagChange(known.thread_id, f"tag {number}", True, moment),
            PlaceChange(known.thread_id, Place(Spot(cursor), Spot(0), query=f"q{number}"), moment, moment),
        ]
        self.say("try", number, "change", thread, ids, read, note.uid, note.text)
        self.keeper.change(changes, lambda problem: self.answer(number, problem))

    def go_on(self) -> None:
        """Do all of it: refresh in this thread, and change in another one."""
        for thread in range(THREADS):
            self.refresh(thread, 0)
        changing = Thread(target=self._change_on, daemon=True)
        if self.known:
            changing.start()
            Thread(target=self._keep_up, daemon=True).start()
        self.refresh(LARGE, 0)
        for version in range(1, 12):
            for thread in range(THREADS):
                if self.refused < ENOUGH_REFUSED:
                    self.refresh(thread, version)
        if self.known:
            changing.join()
        self.keeper.close()

    def _keep_up(self) -> None:
        """Do what is done beside all that: back up, and drop snapshots."""
        work = [self._back_up, self._drop_snapshots]
        for number in range(self.run, self.run + 30):
            sleep(0.3)
            with suppress(LibraryError, OSError, sqlite3.Error):
                work[number % len(work)]()

    def _back_up(self) -> None:
        with closing(open_for_reading(self.keeper.path)) as connection:
            keep_copy(connection, self.keeper.path)

    def _drop_snapshots(self) -> None:
        self.keeper.writer.run_slices(lambda connection: prune(connection, 1))

    def _change_on(self) -> None:
        while self.refused < ENOUGH_REFUSED and self.count < 3_000:
            self.change()
            if self.random.random() < 0.1:
                self.keeper.write(lambda connection: None)


if __name__ == "__main__":
    KilledReader(Path(sys.argv[1]), int(sys.argv[2])).go_on()
