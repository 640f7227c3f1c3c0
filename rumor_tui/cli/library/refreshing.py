"""Loading anew what is followed: threads are recorded as they are now, and lists bring threads that are new to us.

Hosts are asked side by side, the addresses of one host one after the other, and each with the limits that the sources
keep to. Whatever has been loaded is recorded at once, so that stopping loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Lock
from time import time
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.labels import display_title, plural
from rumor_tui.library.following import describe_follow, note_found, note_locator, note_refresh, threads_at
from rumor_tui.library.record import record
from rumor_tui.library_types import Followed, FollowKind, LibraryError
from rumor_tui.links import site_of
from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.text import neutralise_line

if TYPE_CHECKING:
    import sqlite3

    from rumor_tui.library.keeper import Keeper

AT_ONCE: Final = 4
"""Hosts that are asked at the same time."""
MOST_NEW: Final = 30
"""Threads that a list may bring at one refresh: what a front page holds, and what can be asked of a site."""
MOST_HELD: Final = 2_000
"""Threads of a source that holds them itself, such as a mailbox, that are recorded at one refresh."""
LOOK: Final = 0.2
"""Seconds between two looks at how far it is."""
NOTHING: Final = "Nothing is followed yet. F in a thread or in a list follows it, and so does rumor-tui follow."
STOPPED: Final = "Stopped."

Load = Callable[[str], LoadJob]
"""Loads an address or a path, past what is kept of it."""


class Loads(NamedTuple):
    """How things are loaded: what is followed, and an entry of a list, of which only the discussion is wanted."""

    followed: Load
    entry: Load


@dataclass(slots=True)
class Outcome:
    """What came of loading one address anew; `problem` is why it could not be loaded, or a part of it not."""

    address: str
    title: str = ""
    kind: FollowKind = "thread"
    comments: int = 0
    threads: int = 0
    problem: str = ""


@dataclass(slots=True)
class Progress:
    """How far it is, written by several threads. `doing` are the sites that are being asked."""

    total: int
    note: Callable[[Outcome], None]
    outcomes: list[Outcome] = field(default_factory=list)
    doing: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def words(self) -> str:
        """How far it is, for a status line."""
        with self.lock:
            sites = ", ".join(self.doing[:2]) + (" …" if len(self.doing) > 2 else "")
            return f"{len(self.outcomes):,} of {self.total:,}{f' · {sites}' if sites else ''}{self._news()}"

    def summary(self) -> str:
        """What came of all, in a sentence or two."""
        failed = sum(bool(one.problem) for one in self.outcomes)
        news = self._news() or " · nothing new"
        words = f"{len(self.outcomes):,} of {self.total:,} loaded{news}."
        return f"{words} {plural(failed, 'problem')}: see what is followed." if failed else words

    def _news(self) -> str:
        comments, threads = (sum(getattr(one, name) for one in self.outcomes) for name in ("comments", "threads"))
        return (f" · {plural(comments, 'new comment')}" if comments else "") + (
            f" · {plural(threads, 'new thread')}" if threads else ""
        )


def refresh_job(
    library: Keeper, loads: Loads, addresses: Sequence[str], note: Callable[[Outcome], None] = lambda outcome: None
) -> LoadJob:
    """Loads addresses anew into the library, all that is followed where none is given; its steps tell how far that is.

    `note` is told of each outcome, in threads of the job.
    """

    def job(stop: Event) -> Iterator[LoadStep]:
        targets = _targets(library, addresses)
        if not targets:
            yield LoadStep(None, NOTHING)
            return
        progress = Progress(len(targets), note)
        with ThreadPoolExecutor(AT_ONCE, "refreshing") as pool:
            make = partial(_Refresh, library, loads, stop)
            waiting: set[Future[None]] = {
                pool.submit(_refresh_host, found, make, progress) for found in _by_host(targets)
            }
            try:
                while waiting:
                    yield LoadStep(None, progress.words())
                    done, waiting = wait(waiting, LOOK, FIRST_COMPLETED)
                    for future in done:
                        future.result()  # a fault of the program is not swallowed
            except BaseException:
                stop.set()
                raise
        words = progress.summary()
        yield LoadStep(None, f"{STOPPED} {words}" if stop.is_set() else words)

    return job


def kind_of(listing: Listing) -> FollowKind:
    """What a list of threads is: a feed, whose entries are articles, or another one."""
    return "feed" if listing.noun == "article" else "list"


def _targets(library: Keeper, addresses: Sequence[str]) -> list[Followed]:
    """What is to be loaded: the addresses as they are followed, or as threads where they are not."""
    library.write(lambda connection: None)  # it is made, or brought up to date, where that is needed
    followed = {one.address: one for one in library.followed()}
    if not addresses:
        return list(followed.values())
    with library.reading() as connection:
        sources = {address: _source_of(connection, address) for address in dict.fromkeys(addresses)}
    return [followed.get(address) or Followed(source, "thread", "", 0.0) for address, source in sources.items()]


def _source_of(connection: sqlite3.Connection, address: str) -> str:
    """What a thread was read from whose address `rumor-tui list` prints: that is a form to compare by, and may be at
    no server. Any other address is its own source."""
    rows = connection.execute("SELECT source FROM threads WHERE address = ? AND removed IS NULL", (address,))
    return next((source for (source,) in rows if source.lower().startswith(("http://", "https://"))), address)


def _by_host(targets: Sequence[Followed]) -> list[list[Followed]]:
    found: dict[str, list[Followed]] = {}
    for one in targets:
        found.setdefault(site_of(one.address), []).append(one)
    return list(found.values())


def _refresh_host(targets: Sequence[Followed], make: Callable[[Followed], _Refresh], progress: Progress) -> None:
    """Load what is on one host, one after the other."""
    for one in targets:
        refresh = make(one)
        if refresh.stop.is_set():
            return
        site = neutralise_line(site_of(one.address) or Path(one.address).name)
        with progress.lock:
            progress.doing.append(site)
        outcome = refresh.run()
        with progress.lock:
            progress.doing.remove(site)
            if refresh.ended:
                progress.outcomes.append(outcome)
        if refresh.ended:
            progress.note(outcome)


@dataclass(slots=True)
class _Refresh:
    """Loads one address anew."""

    library: Keeper
    loads: Loads
    stop: Event
    followed: Followed
    ended: bool = False
    """Whether it was not stopped before its end."""

    def run(self) -> Outcome:
        """Do it; problems are in the outcome, and written down for what is followed."""
        outcome, moment = Outcome(self.followed.address, self.followed.title, self.followed.kind), time()
        try:
            content, whole = self._load(self.loads.followed, self.followed.address)
            if isinstance(content, Thread):
                outcome.kind, outcome.title = "thread", display_title(content)
                self._record(content, outcome, whole=whole)
            elif content is not None:
                outcome.kind = kind_of(content)
                outcome.title = neutralise_line(content.title)
                self._take_list(content, outcome)
        except (SourceError, LibraryError) as error:
            outcome.problem = " ".join(str(error).split())
        self.ended = not self.stop.is_set()
        if not self.ended:
            return outcome

        def write(connection: sqlite3.Connection) -> None:
            note_refresh(connection, outcome.address, moment, outcome.problem)
            if not outcome.problem:
                describe_follow(connection, outcome.address, outcome.kind, outcome.title)

        try:
            self.library.write(write)
        except LibraryError as error:
            outcome.problem = outcome.problem or str(error)
        return outcome

    def _load(self, load: Load, address: str) -> tuple[Thread | Listing | None, bool]:
        """The last state that came of an address, and whether nothing of it failed to come.

        None if it was stopped before. Raises SourceError.
        """
        content: Thread | Listing | None = None
        last = LoadStep()
        for last in load(address)(self.stop):
            content = content if last.content is None else last.content
        if content is None and not self.stop.is_set():
            raise SourceError(f"Nothing came from {neutralise_line(address)[:200]}.")
        return content, not last.partial and not self.stop.is_set()

    def _record(self, thread: Thread, outcome: Outcome, *, whole: bool) -> int:
        """Record a thread, and count what is new in it; the answer is its id."""
        with self.library.reading() as connection:
            (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM comments").fetchone()
        recorded = record(self.library, thread, time(), whole=whole)
        if recorded.is_new:
            outcome.threads += 1
        else:  # handles ascend, so those of new comments are above all that there were
            outcome.comments += sum(handle > last for handle in recorded.handles)
        return recorded.thread_id

    # Lists

    def _take_list(self, listing: Listing, outcome: Outcome) -> None:
        """Record the threads of a list that are not known yet, and those that the source holds itself."""
        failed: list[str] = []
        entries = self._new_entries(listing) if listing.elsewhere else list(range(len(listing.entries)))[:MOST_HELD]
        for at in entries:
            if self.stop.is_set():
                break
            try:
                self._take_entry(listing, at, outcome)
            except SourceError as error:
                failed.append(str(error))
        if failed:
            words = f"{plural(len(failed), 'thread')} of it could not be loaded: {failed[0]}"
            outcome.problem = " ".join(words.split())

    def _new_entries(self, listing: Listing) -> list[int]:
        """The entries that the library does not have, as many as may be asked for."""
        with self.library.reading() as connection:
            unknown = (at for at, entry in enumerate(listing.entries) if _is_unknown(connection, entry))
            return [at for at, _ in zip(unknown, range(MOST_NEW), strict=False)]

    def _take_entry(self, listing: Listing, at: int, outcome: Outcome) -> None:
        address = listing.entries[at].address
        content: Thread | Listing | None
        if not listing.elsewhere:
            content, whole = listing.open(at), True
        else:
            content, whole = self._load_entry(listing, at, address)
        if not isinstance(content, Thread):
            return
        threads = outcome.threads
        thread_id = self._record(content, outcome, whole=whole)
        is_new, moment = outcome.threads > threads, time()

        def write(connection: sqlite3.Connection) -> None:
            if address:
                note_locator(connection, address, thread_id)
            if is_new:
                note_found(connection, outcome.address, thread_id, moment)

        self.library.write(write)

    def _load_entry(self, listing: Listing, at: int, address: str) -> tuple[Thread | Listing | None, bool]:
        """What is at an entry's address; where that gives nothing, what the list itself holds of it, as feeds do."""
        try:
            return self._load(self.loads.entry, address)
        except SourceError as error:
            try:
                return listing.open(at), False
            except SourceError:
                raise error from None


def _is_unknown(connection: sqlite3.Connection, entry: Entry) -> bool:
    return bool(entry.address) and not threads_at(connection, entry.address)
