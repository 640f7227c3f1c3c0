"""Whether a library is whole after its reader was killed, and has all that was answered for."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rumor_tui.library.annotations import annotations_of
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.listing import tags_of
from rumor_tui.library.reading_state import recount, states_of
from rumor_tui.library.stored import StoredThread, read_thread
from rumor_tui.library.stored_places import place_of
from rumor_tui.library_types import LibraryError
from tests.library.killed_reader import LARGE, ids_of, page_of, text_of


@dataclass(slots=True)
class Tried:
    """What a reader tried, by its number, and what was answered."""

    tried: dict[int, list[Any]] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)

    def of(self, kind: str, thread: int) -> Iterator[tuple[int, list[Any]]]:
        """What was tried of one kind in a thread, in order."""
        return ((number, what[2:]) for number, what in self.tried.items() if what[0] == kind and what[1] == thread)


def parse_lines(lines: Iterable[bytes]) -> Tried:
    """The lines of a reader; the last one may be cut off."""
    found = Tried()
    for line in lines:
        if line.endswith(b"\n"):
            word, number, *rest = json.loads(line)
            if word == "try":
                found.tried[number] = rest
            elif word == "done":
                found.done.add(number)
            else:
                found.refused[number] = rest[0]
    return found


def kill_reader(path: Path, run: int, seconds: float, *, after_answer: bool = True) -> tuple[Tried, bytes]:
    """Start a reader, kill it some time after its first answer, or after its first try, and give what it said and its
    complaints."""
    command = [sys.executable, "-m", "tests.library.killed_reader", str(path), str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        lines = [child.stdout.readline()]
        while after_answer and lines[-1] and not lines[-1].startswith(b'["done"'):
            lines.append(child.stdout.readline())
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        return parse_lines([*lines, *child.stdout]), child.stderr.read()


def kill_beside(path: Path, run: int, seconds: float) -> tuple[int, list[str]]:
    """Start two readers of one library, and kill one of them: the other one goes on, and is killed as well.

    Gives the number of answers, and what is wrong.
    """
    commands = [
        [sys.executable, "-m", "tests.library.killed_reader", str(path), str(run + add)] for add in (0, 500_000)
    ]
    first, second = (subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in commands)
    with first, second:
        assert first.stdout is not None
        assert second.stdout is not None
        lines = [first.stdout.readline()]
        time.sleep(seconds)
        first.send_signal(signal.SIGKILL)
        lines += first.stdout
        os.set_blocking(second.stdout.fileno(), False)
        before = b"".join(iter(lambda: second.stdout.read(1 << 20) or b"", b""))  # type: ignore[union-attr]
        os.set_blocking(second.stdout.fileno(), True)
        after = [second.stdout.readline()]
        while after[-1] and not after[-1].startswith(b'["done"'):
            after.append(second.stdout.readline())
        second.send_signal(signal.SIGKILL)
        after += second.stdout
        rest = before + b"".join(after)
        complaints = [
            problem for child in (first, second) if child.stderr and (problem := child.stderr.read().decode())
        ]
    one, two = parse_lines(lines), parse_lines(rest.splitlines(keepends=True))
    wrong = [*problems_of(path, run, one), *problems_of(path, run + 500_000, two), *complaints]
    if not any(line.startswith(b'["done"') for line in after):
        wrong.append("the other reader did not go on")
    return len(one.done) + len(two.done), wrong


def problems_of(path: Path, run: int, tried: Tried) -> list[str]:
    """What is wrong with a library; nothing if all is well."""
    try:
        with closing(open_for_reading(path)) as connection:
            return [*_file_problems(connection), *_run_problems(connection, run, tried)]
    except (sqlite3.Error, LibraryError) as error:
        if isinstance(error, LibraryError) and "no library" in str(error) and not tried.done:
            return []
        return [f"{type(error).__name__}: {error}"]


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        yield f"integrity_check: {answer}"
    if connection.execute("PRAGMA foreign_key_check").fetchall():
        yield "foreign keys point nowhere"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        for table in ("comment_words", "article_words", "note_words", "word_parts"):
            try:
                copy.execute(f"INSERT INTO {table}({table}) VALUES('integrity-check')")
            except sqlite3.Error as error:
                yield f"{table}: {error}"
        counts = "SELECT id, unread, fresh FROM threads WHERE tree IS NOT NULL ORDER BY id"
        before = copy.execute(counts).fetchall()
        for thread_id, *_ in before:
            recount(copy, thread_id)
        if copy.execute(counts).fetchall() != before:
            yield "the counters of unread and fresh comments are wrong"


def _run_problems(connection: sqlite3.Connection, run: int, tried: Tried) -> Iterator[str]:
    for thread in range(LARGE + 1):
        pages = list(tried.of("page", thread))
        kept = max([version for number, (version,) in pages if number in tried.done], default=-1)
        most = max([version for _, (version,) in pages], default=-1)
        source = f"https://killed.example/{run}/{thread}"
        row = connection.execute(
            "SELECT id, title FROM threads WHERE source = ? AND tree IS NOT NULL", (source,)
        ).fetchone()
        if row is None:
            if kept >= 0:
                yield f"{source} was answered for and is not there"
            continue
        version = int(row[1].split()[2])
        if not kept <= version <= most:
            yield f"{source} is of version {version}, not of {kept} to {most}"
        stored = read_thread(connection, row[0])  # raises where a hash is wrong, or a chunk is missing
        yield from _page_problems(connection, run, thread, version, stored)
        yield from _change_problems(connection, thread, stored, tried)


def _page_problems(
    connection: sqlite3.Connection, run: int, thread: int, version: int, stored: StoredThread
) -> Iterator[str]:
    """Whether a thread is exactly what its page was up to a version, in the table, the chunks and the index."""
    if thread == LARGE:
        expected = dict.fromkeys(map(int, _ids(page_of(run, thread, 0))), version)
    else:
        expected = {number: earlier for earlier in range(version + 1) for number in ids_of(earlier)}
    found = {int(id or -1): body for id, body in zip(stored.thread.ids, stored.thread.bodies, strict=True)}
    if found != {number: text_of(run, thread, number, last) for number, last in expected.items()}:
        yield f"the comments of thread {thread} are not those of version {version}"
        return
    rows = dict(zip(map(int, _ids(stored.thread)), stored.documents.tree.handles, strict=True))
    states = dict(zip(stored.documents.tree.handles, states_of(connection, stored.documents.tree.handles), strict=True))
    for number, last in list(expected.items())[:60]:
        if (states[rows[number]][1] is not None) != (last != version):
            yield f"comment {number} of thread {thread} is gone or not, wrongly"
        word = text_of(run, thread, number, last).split()[0]
        hits = connection.execute(
            "SELECT rowid FROM comment_words WHERE comment_words MATCH ?", (f'"{word}"',)
        ).fetchall()
        if hits != [(rows[number],)]:
            yield f"comment {number} of thread {thread} is found as {hits}"


def _ids(thread: Any) -> list[str]:
    return [id or "-1" for id in thread.ids]


def _change_problems(connection: sqlite3.Connection, thread: int, stored: StoredThread, tried: Tried) -> Iterator[str]:
    """Whether all changes that were answered for are there, and each is there wholly or not at all."""
    tags = set(tags_of(connection, stored.thread_id))
    notes = {note.uid: note.text for note in annotations_of(connection, stored.thread_id)}
    states = states_of(connection, stored.documents.tree.handles)
    seen = {id: state[2] for id, state in zip(stored.thread.ids, states, strict=True)}
    last_read: dict[str, bool] = {}
    last_note: dict[str, str] = {}
    last = 0
    for number, (ids, read, uid, text) in tried.of("change", thread):
        there = f"tag {number}" in tags
        if number in tried.done and not there:
            yield f"change {number} was answered for and is not there"
        if number in tried.refused and there:
            yield f"change {number} was refused and is there"
        if there:
            last_read |= dict.fromkeys(ids, read)
            last_note[uid] = text
            last = number
    if any(((seen.get(id) or 0) > 0) != read for id, read in last_read.items()):
        yield f"thread {thread}: what was read is not what the changes that are there say"
    if any(notes.get(uid) != text for uid, text in last_note.items()):
        yield f"thread {thread}: the notes are not those of the changes that are there"
    place = place_of(connection, stored.thread_id)
    if last and (place is None or place.query != f"q{last}"):
        yield f"thread {thread}: the place is not that of change {last}"


def measure_kills(
    folder: Path,
    runs: int,
    seed: int = 0,
    each: int = 20,
    tell: Callable[[int, int, Sequence[str]], object] = lambda run, answered, wrong: None,
) -> tuple[int, dict[int, list[str]]]:
    """Kill readers of one library one after another, a new library after `each` of them; each fourth one is two readers
    at once, one of which is killed first. `tell` is told of each run.

    Gives the number of answers in all, and the problems by run.
    """
    moments = random.Random(seed)
    wrong: dict[int, list[str]] = defaultdict(list)
    answered = 0
    for run in range(runs):
        path = folder / str(run // each) / "library.sqlite3"
        seconds = moments.choice([0.02, 0.3, 3.0]) * moments.random()
        if run % 4 == 3:
            more, wrong[run] = kill_beside(path, run, seconds)
            answered += more
            tell(run, answered, wrong[run])
            continue
        tried, complaints = kill_reader(path, run, seconds, after_answer=moments.random() < 0.9)
        answered += len(tried.done)
        wrong[run] += problems_of(path, run, tried)
        if complaints:
            wrong[run].append(complaints.decode(errors="replace"))
        wrong[run] += [f"refused: {words}" for words in set(tried.refused.values())]
        tell(run, answered, wrong[run])
    return answered, {run: problems for run, problems in wrong.items() if problems}
