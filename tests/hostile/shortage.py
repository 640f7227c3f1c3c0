"""A disk that is full: a reader that goes on with little room, with none, and with room again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from rumor_tui.library.annotations import annotations_of
from rumor_tui.library.backup import keep_copy
from rumor_tui.library.database import open_for_reading
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.merging import merge_library
from rumor_tui.library.problems import FULL
from rumor_tui.library.pruning import prune
from rumor_tui.library.recovery import find_damage
from rumor_tui.library_types import Annotation, AnnotationChange, LibraryError
from tests.library.killed_reader import page_of


def attack(made: Path, disk: Path, room: int) -> list[str]:
    """Put a library on a small disk with so many bytes of room, use it, make room, use it again; what is wrong."""
    path, filler = disk / "data" / made.name, disk / "filler"
    shutil.rmtree(path.parent, ignore_errors=True)
    filler.unlink(missing_ok=True)
    shutil.copytree(made.parent, path.parent)
    _fill(filler, room)
    using = _Using(path)
    using.use(full=True)
    filler.unlink()
    using.use(full=False)
    using.keeper.close()
    if find_damage(path):
        using.wrong.append("the file is damaged")
    return [f"with {room:,} bytes of room: {words}" for words in using.wrong]


def _fill(filler: Path, room: int) -> None:
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - room))


class _Using:
    """What a reader does, and what of it was answered for."""

    def __init__(self, path: Path) -> None:
        self.keeper = Keeper(path)
        self.sentence = FULL.format(path=path)
        self.kept: set[str] = set()
        self.wrong: list[str] = []

    def use(self, *, full: bool) -> None:
        """Do all of it once; on a `full` disk it may be refused, with the sentence that says so."""
        for number in range(3):
            self._do(lambda number=number: self.keeper.visit(page_of(1, number, 4 + full), 200.0), full)  # type: ignore[misc]
            self._do(lambda number=number: self._note(f"{number} {full}"), full)  # type: ignore[misc]
            self._read()
        self._do(self._back_up, full)
        self._do(lambda: self.keeper.writer.run_slices(lambda connection: prune(connection, 1)), full)
        self._do(self._merge, full)
        self._read()

    def _do(self, work: Callable[[], object], full: bool) -> None:
        try:
            work()
        except LibraryError as error:
            if not full or str(error) != self.sentence:
                self.wrong.append(str(error))
        except Exception as error:
            self.wrong.append(f"{type(error).__name__}: {error}")

    def _note(self, text: str) -> None:
        problems: list[str] = []
        self.keeper.change([AnnotationChange(1, Annotation(text, "note", 0, text), 300.0)], problems.append)
        with suppress(LibraryError):
            self.keeper.write(lambda connection: None)
        while not problems:
            with suppress(LibraryError):
                self.keeper.write(lambda connection: None)
        if problems == [""]:
            self.kept.add(text)
        else:
            raise LibraryError(*problems)

    def _back_up(self) -> None:
        with closing(open_for_reading(self.keeper.path)) as connection, suppress(OSError):
            try:
                keep_copy(connection, self.keeper.path)
            except Exception as error:
                if "full" not in str(error):
                    raise

    def _merge(self) -> None:
        copy = next(iter(sorted(self.keeper.path.parent.glob("backups/*.sqlite3"))))
        with closing(open_for_reading(copy)) as other:
            self.keeper.writer.run_slices(lambda connection: merge_library(connection, other))

    def _read(self) -> None:
        """All that was answered for is there, and can be read whatever the disk has."""
        try:
            for entry in self.keeper.entries():
                list(self.keeper.stored(entry.thread_id).bodies)
            with self.keeper.reading() as connection:
                found = {note.text for note in annotations_of(connection, 1)}
        except LibraryError as error:
            self.wrong.append(f"reading was refused: {error}")
            return
        if self.kept - found:
            self.wrong.append(f"lost: {sorted(self.kept - found)}")


def offsets(number: int) -> list[int]:
    """Bytes of room, so many: closely where the steps of a write are, and up to more than all of them take."""
    return [int(700_000 * (step / number) ** 2) // 512 * 512 for step in range(number)]
