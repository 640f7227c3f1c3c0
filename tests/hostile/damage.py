"""Damaged libraries: what is done to the file of one, and what a reader then sees of what stood in it.

A library has a thread, a backup, and a thread, changes and notes that came after the backup. `attack` damages its file,
reads all of it through `Keeper` as the interface does, lets it mend itself, and tells what is wrong with the outcome.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from rumor_tui.library.annotations import annotations_of
from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.folder import COMPANIONS
from rumor_tui.library.inspecting import is_whole
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.listing import tags_of
from rumor_tui.library.recovery import find_damage
from rumor_tui.library.repairing import LOST
from rumor_tui.library.replacing import unread_file
from rumor_tui.library.salvaging import salvage
from rumor_tui.library_types import Annotation, AnnotationChange, LibraryError, TagChange
from tests.library.killed_reader import ids_of, page_of, text_of

PAGE: Final = 4096
VERSIONS: Final = {0: (30, 31), 1: (40,)}
"""The versions in which the pages of both threads were read; what came first of the first one is in the backup."""
NOTES: Final = [f"The note {number} says what I think of it." for number in range(8)]


def make(folder: Path) -> Path:
    """A library with a backup, and with what came since."""
    keeper = Keeper(folder / "library.sqlite3")

    def note(thread: int, handle: int, number: int) -> None:
        one = Annotation(f"note-{number}", "note", handle, NOTES[number])
        moment = 200.0 + number
        keeper.change([AnnotationChange(thread, one, moment), TagChange(thread, f"tag {number}", True, moment)])

    first = keeper.visit(page_of(1, 0, VERSIONS[0][0]), 100.0)
    for number in range(4):
        note(first.thread_id, first.handles[number], number)
    keeper.write(lambda connection: None)
    with closing(open_for_reading(keeper.path)) as connection:
        keep_copy(connection, keeper.path)
    second = keeper.visit(page_of(1, 1, VERSIONS[1][0]), 300.0)
    note(first.thread_id, first.handles[9], 4)
    for number in range(5, 8):
        note(second.thread_id, second.handles[number], number)
    keeper.visit(page_of(1, 0, VERSIONS[0][1]), 400.0)
    keeper.close()
    return keeper.path


@dataclass(slots=True)
class Outcome:
    """What became of a damaged library. `findings` is what must never be; the rest is counted."""

    findings: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: int = 0
    bodies: int = 0
    lost: int = 0

    @property
    def noticed(self) -> bool:
        """Whether the reader was told of anything."""
        return bool(self.said or self.refused)


def attack(made: Path, folder: Path, damage: Callable[[Path], None]) -> Outcome:
    """Damage a copy of a library, read it as a reader does, and again once it was mended."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.parent, folder, copy_function=shutil.copy2)
    path = folder / made.name
    damage(path)
    outcome = Outcome()
    _use(path, outcome)
    # Whoever reads while a backup takes the library's place may be refused once
    if not _use(path, outcome, last=True) and not _use(path, outcome, last=True):
        outcome.findings.append(f"it stays unusable: {outcome.refused[-1:]}")
    if find_damage(path):
        outcome.findings.append("it is still damaged")
    _check_files(path, outcome)
    return outcome


def _use(path: Path, outcome: Outcome, *, last: bool = False) -> bool:
    """Read all of a library, have it mended, and read again; whether nothing was refused."""
    keeper = Keeper(path)
    try:
        _read(keeper, outcome, last=last)
        if unread_file(path) is not None:
            _mend(keeper)
            _read(keeper, outcome, last=last)
        if not is_whole(path, keeper.writer):
            _mend(keeper)
            _read(keeper, outcome, last=last)
    except LibraryError as error:
        outcome.refused.append(str(error))
        return False
    except Exception as error:
        outcome.findings.append(f"{type(error).__name__}: {error}")
    finally:
        keeper.close()
        outcome.said += keeper.notices()
    return True


def _mend(keeper: Keeper) -> None:
    """Do what is done a while after a backup took the library's place."""
    while (damaged := unread_file(keeper.path)) is not None:
        keeper.write(lambda connection: None)
        salvage(damaged, keeper.writer)


def _check_files(path: Path, outcome: Outcome) -> None:
    names = [file.name for file in path.parent.iterdir()]
    left = [name for name in names if name.startswith(".")]
    if left:
        outcome.findings.append(f"left behind: {left}")
    replaced = any("took its place" in words or "A new one begins" in words for words in outcome.said)
    if replaced != any(".corrupt-" in name for name in names):
        outcome.findings.append("the damaged file is not there, or is though nothing was said")


def _read(keeper: Keeper, outcome: Outcome, *, last: bool) -> None:
    """Read all of it, and compare with what stood there; count what is there in the `last` reading."""
    keeper.visit(page_of(1, 7, 0), 500.0)
    found_notes, found_bodies = set[str](), set[str]()
    words = _texts(7, (0,))
    words |= _texts(0, VERSIONS[0]) | _texts(1, VERSIONS[1]) | {LOST}
    for entry in keeper.entries():
        thread = keeper.stored(entry.thread_id)
        found_bodies.update(thread.bodies)
        list(thread.authors)
        with keeper.reading() as connection:
            notes = annotations_of(connection, entry.thread_id)
            found_notes.update(note.text for note in notes)
            tags_of(connection, entry.thread_id)
    keeper.search("word1x0x1x0")
    keeper.news()
    if odd := found_bodies - words:
        outcome.findings.append(f"a text that never was: {sorted(odd)[0]!r}")
    if odd := {note for note in found_notes.difference(NOTES) if "damaged" not in note}:
        outcome.findings.append(f"a note that never was: {sorted(odd)[0]!r}")
    if last:
        outcome.notes = len(found_notes.intersection(NOTES))
        outcome.bodies, outcome.lost = len(found_bodies & words - {LOST}), int(LOST in found_bodies)
        kept = {note for note in NOTES[:4] if note not in found_notes}
        if kept and not any("damaged" in note for note in found_notes):
            outcome.findings.append(f"notes that the backup has are lost: {sorted(kept)}")


def _texts(thread: int, versions: Sequence[int]) -> set[str]:
    """All that the comments of a thread ever said."""
    return {
        text_of(1, thread, id, of)
        for version in range(max(versions) + 1)
        for id in ids_of(version)
        for of in (version,)
    }


# What is done to a file


def flip(random: Random) -> Callable[[Path], None]:
    """One bit, anywhere."""

    def damage(path: Path) -> None:
        with path.open("r+b") as file:
            at = random.randrange(path.stat().st_size)
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 1 << random.randrange(8)]))

    return damage


def spoil(random: Random) -> Callable[[Path], None]:
    """A few pages zeroed, filled with noise, or exchanged; the file cut short, or replaced; the first page lost."""
    kinds = (_zero, _fill, _swap, _cut, _replace, _behead, _flip_many)
    kind = random.choice(kinds)
    return lambda path: kind(path, random)


def _zero(path: Path, random: Random) -> None:
    _write(path, _some_page(path, random), bytes(PAGE * random.randint(1, 8)))


def _fill(path: Path, random: Random) -> None:
    _write(path, _some_page(path, random), random.randbytes(PAGE * random.randint(1, 8)))


def _swap(path: Path, random: Random) -> None:
    one, two = _some_page(path, random), _some_page(path, random)
    data = path.read_bytes()
    _write(path, one, data[two * PAGE : (two + 1) * PAGE])
    _write(path, two, data[one * PAGE : (one + 1) * PAGE])


def _cut(path: Path, random: Random) -> None:
    with path.open("r+b") as file:
        file.truncate(random.randrange(1, path.stat().st_size))


def _replace(path: Path, random: Random) -> None:
    path.write_bytes(random.randbytes(50_000))


def _behead(path: Path, random: Random) -> None:
    _write(path, 0, bytes(random.choice([16, 100, PAGE])))


def _flip_many(path: Path, random: Random) -> None:
    for _ in range(100):
        flip(random)(path)


def _some_page(path: Path, random: Random) -> int:
    return random.randrange(path.stat().st_size // PAGE)


def _write(path: Path, page: int, data: bytes) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(data[: size - page * PAGE])


def with_log(path: Path) -> None:
    """Leave the last changes of a library in its log, as a kill does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE threads SET active = active + 1")
        connection.execute("INSERT INTO properties(name, value) VALUES('logged', zeroblob(30000))")
        files = {ending: path.with_name(path.name + ending) for ending in ("", *COMPANIONS)}
        kept = {file: file.read_bytes() for file in files.values() if file.exists()}
    for file, data in kept.items():
        file.write_bytes(data)


def flip_in_log(random: Random) -> Callable[[Path], None]:
    """Some bits of the log that a kill left behind."""

    def damage(path: Path) -> None:
        with_log(path)
        for _ in range(random.randint(1, 5)):
            flip(random)(path.with_name(f"{path.name}-wal"))

    return damage


def with_bad_backup(random: Random, damage: Callable[[Path], None]) -> Callable[[Path], None]:
    """The same with the newest backup damaged as well; an older one is whole."""

    def both(path: Path) -> None:
        (copy,) = path.parent.glob("backups/*.sqlite3")
        newest = copy.with_name("library-20990101T000000.sqlite3")
        shutil.copyfile(copy, newest)
        _fill(newest, random)
        damage(path)

    return both
