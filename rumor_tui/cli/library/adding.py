"""Adding sources to the library: files, folders, containers, dumps and addresses, each with the threads in it.

Files are read one after the other, addresses meanwhile in a few threads beside them. What cannot be read is noted, and
the rest goes on; a thread is in the library whole or not at all, whenever this ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Final

from rumor_tui.labels import plural
from rumor_tui.library.bulk import Added, BulkRecorder
from rumor_tui.library.indexing import merge_after_adding
from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import LibraryError
from rumor_tui.loading import LoadJob
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers.dumps import DumpKind, dump_kind, iter_threads
from rumor_tui.text import neutralise_line

AT_ONCE: Final = 4
"""Addresses that are loaded side by side; what is asked of one host is limited besides."""

DEEPEST: Final = 3
"""Lists in lists: an archive in a mailbox in an archive."""

_SHOWN_EVERY: Final = 0.1


@dataclass(slots=True)
class Problem:
    """A source, or a part of one, that could not be added, and why."""

    name: str
    sentence: str


@dataclass(slots=True)
class Adding:
    """Adds sources at one `moment`, with `tags`. `open_address` loads an address; `show` is told of the progress."""

    keeper: Keeper
    moment: float
    tags: Sequence[str]
    open_address: Callable[[str], LoadJob]
    show: Callable[[str], None]
    problems: list[Problem] = field(default_factory=list)
    stop: Event = field(default_factory=Event)
    _recorders: list[BulkRecorder] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _shown: float = 0.0

    def add(self, files: Sequence[str], addresses: Sequence[str]) -> None:
        """Add sources. Raises LibraryError where the library cannot be written."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            waiting = [pool.submit(self._add_address, address) for address in addresses]
            try:
                self._add_files(files)
                for done in waiting:
                    done.result()
            except BaseException:
                self.stop.set()
                pool.shutdown(cancel_futures=True)
                raise
        count = self.added.comments
        with suppress(LibraryError):  # all is there; it only takes more room
            self.keeper.writer.run_slices(lambda connection: merge_after_adding(connection, count))

    @property
    def added(self) -> Added:
        """What came of it so far."""
        parts = [recorder.added for recorder in self._recorders]
        names = ("new", "known", "comments", "since")
        return Added(*(sum(getattr(part, name) for part in parts) for name in names))

    def _recorder(self) -> BulkRecorder:
        recorder = BulkRecorder(self.keeper, self.moment, self.tags)
        with self._lock:
            self._recorders.append(recorder)
        return recorder

    def _fail(self, name: str, error: Exception) -> None:
        with self._lock:
            self.problems.append(Problem(neutralise_line(name), str(error)))

    def _tell(self, name: str) -> None:
        """Show what is being added, now and then."""
        now = monotonic()
        if now - self._shown < _SHOWN_EVERY:
            return
        self._shown = now
        added = self.added
        counts = f"{plural(added.new, 'new thread')}, {plural(added.comments, 'comment')}"
        self.show(f"{counts} · {neutralise_line(name)}")

    # Files

    def _add_files(self, files: Sequence[str]) -> None:
        recorder = self._recorder()
        try:
            dumps: dict[DumpKind, list[str]] = {}
            for path in _walk(files, Path(self.keeper.folder).absolute()):
                kind = dump_kind(path)
                if kind is None:
                    self._add_file(recorder, path)
                else:
                    dumps.setdefault(kind, []).append(path)
            for kind, paths in dumps.items():
                self._add_dumps(recorder, paths, kind)
        finally:
            recorder.flush()

    def _add_file(self, recorder: BulkRecorder, path: str) -> None:
        from rumor_tui.readers import read_path

        self._tell(path)
        try:
            if not Path(path).is_file() or not self._is_recorded(recorder, path):
                self._add_content(recorder, read_path(path), path)
        except (SourceError, OSError) as error:
            self._fail(path, error)

    @staticmethod
    def _is_recorded(recorder: BulkRecorder, path: str) -> bool:
        """Whether a file with just these bytes was added before."""
        with Path(path).open("rb") as file:
            return recorder.is_recorded(file_digest(file, "sha256").digest(), path)

    def _add_dumps(self, recorder: BulkRecorder, paths: Sequence[str], kind: DumpKind) -> None:
        self._tell(paths[0])
        try:
            for dumped in iter_threads(paths, kind):
                if recorder.is_recorded(dumped.hash):
                    continue
                try:
                    self._add_content(recorder, dumped.read(), dumped.path, dumped.hash)
                except SourceError as error:
                    self._fail(dumped.path, error)
        except SourceError as error:
            self._fail(", ".join(paths), error)

    def _add_content(
        self, recorder: BulkRecorder, content: Thread | Listing, name: str, hash: bytes = b"", depth: int = 0
    ) -> None:
        """Add a thread, or all threads of a list."""
        if isinstance(content, Thread):
            recorder.add(content if content.source else replace(content, source=name), hash)
            self._tell(name)
            return
        if depth >= DEEPEST:
            raise SourceError(f"{name} has lists in lists in lists. Add what is in it by itself.")
        for number in range(len(content.entries)):
            if self.stop.is_set():
                return
            try:
                self._add_content(recorder, content.open(number), name, depth=depth + 1)
            except SourceError as error:
                self._fail(f"{name}: {content.entries[number].title}", error)

    # Addresses

    def _add_address(self, address: str) -> None:
        recorder = self._recorder()
        try:
            self._load(recorder, address, 0)
        finally:
            recorder.flush()

    def _load(self, recorder: BulkRecorder, address: str, depth: int) -> None:
        """Load an address; of a list, what its entries lead to."""
        content: Thread | Listing | None = None
        try:
            for step in self.open_address(address)(self.stop):
                content = content if step.content is None else step.content
                self._tell(f"{address} {step.status}")
        except SourceError as error:
            self._fail(address, error)
            return
        if self.stop.is_set() or content is None:  # what was not loaded to its end is not added
            return
        if isinstance(content, Listing) and content.elsewhere and not depth:
            for entry in content.entries:
                if entry.address and not self.stop.is_set():
                    self._load(recorder, entry.address, depth + 1)
            return
        try:
            self._add_content(recorder, content, address)
        except SourceError as error:
            self._fail(address, error)


def _walk(paths: Sequence[str], own: Path) -> Iterator[str]:
    """The files of some paths, folders gone through in the order of their names; a folder of mail is a source itself.

    Hidden files, links to folders, and the library's `own` folder are left out.
    """
    from rumor_tui.readers.mail import maildir

    for path in paths:
        if not Path(path).is_dir() or maildir.sniff_folder(path):
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            mail = [name for name in folders if maildir.sniff_folder(f"{folder}{os.sep}{name}")]
            folders[:] = [name for name in folders if name not in mail and Path(folder, name).absolute() != own]
            yield from (f"{folder}{os.sep}{name}" for name in [*mail, *sorted(files)] if not name.startswith("."))
