"""Refreshing the thread that a screen shows: its newest state is loaded, compared, and shown without moving the reader.

Its file, where it is from one, is looked at now and then; that it has changed is told, and nothing is done about it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING, Final

from textual.message import Message

from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Thread
from rumor_tui.reading.session import ReadingSession
from rumor_tui.ui.workers import Loader, post, start_worker

if TYPE_CHECKING:
    from rumor_tui.loading import Services
    from rumor_tui.reading.refreshed import Refreshed
    from rumor_tui.ui.screens.article_screen import ArticleScreen

LOOKED: Final = 4.0
"""Seconds between two looks at the file that a thread is from."""
KEPT: Final = "What is here stays as it was."

Stamp = tuple[int, int]
"""When a file was last changed, in nanoseconds, and its size."""


@dataclass
class FileSeen(Message, bubble=False):
    """The file that a thread was read from was looked at; None where there is none (any more)."""

    stamp: Stamp | None


class Refreshing:
    """Refreshes what a screen shows. `visit` is when the reader opened the thread."""

    def __init__(self, screen: ArticleScreen, session: ReadingSession, services: Services | None, visit: float) -> None:
        self.screen = screen
        self.session = session
        self.services = services
        self.visit = visit
        self._loader: Loader | None = None
        self._result: Refreshed | None = None
        self.stamp: Stamp | None = None
        self._key = ""

    # Refreshing

    def start(self) -> None:
        """Refresh the thread that is shown."""
        if self.screen.loader is not None:
            self.screen.tell("Wait for what is loading, or press esc to stop it.")
        elif self.services is None:
            self.screen.tell("There is nobody here who could be asked for the newest state.")
        else:
            self.stamp = None
            self._follow(self.services.again(self.session.order.page))

    def _follow(self, load: LoadJob) -> None:
        from rumor_tui.reading.refreshed import Before

        session = self.session
        before = Before.of(session.order.page, session.state.numbers, session.memory)
        self._result = None

        def job(stop: Event) -> Iterator[LoadStep]:
            """Load the newest state whole, find out what has changed, and hand that on in one step."""
            from rumor_tui.reading.refreshed import refresh
            from rumor_tui.search.cooperative import TimeSlicer

            newest, last = None, LoadStep()
            for last in load(stop):
                newest = last.content if isinstance(last.content, Thread) else newest
                yield LoadStep(None, last.status)
            if newest is not None and self.screen.is_discussion:  # it is shown below the article of another page
                newest = replace(newest, article=before.page.article)
            if stop.is_set() or newest is None:
                yield LoadStep(None, f"{'Refreshing was stopped.' if stop.is_set() else 'No thread came.'} {KEPT}")
                return
            library = self.services.library if self.services is not None else None
            whole, breathe = not last.partial, TimeSlicer().rest
            result = refresh(before, newest, library, self.visit, whole=whole, breathe=breathe)
            self._result = result
            yield LoadStep(result.thread, result.words if whole else f"{result.words} {last.status}")

        self._loader = Loader(job, "the newest state")
        self.screen.follow_loader(self._loader)

    def refreshes(self, loader: Loader) -> bool:
        """Whether a loader refreshes the thread."""
        return loader is self._loader

    def take(self, loader: Loader) -> Refreshed | None:
        """What is to be shown now that a loader has loaded something; None if nothing is, or not yet."""
        result, self._result = self._result, None
        if result is None or loader is not self._loader:
            return None
        if result.page is not self.session.order.page:  # the library has told of another state meanwhile
            self._follow(lambda stop: iter([LoadStep(result.newest)]))
            return None
        return result

    # The file

    def watch(self, key: str) -> None:
        """Look at the thread's file from now on; `key` refreshes it."""
        self._key = key
        if self.services is not None and _is_path(self.session.thread.source):
            self.look()
            self.screen.set_interval(LOOKED, self.look)

    def look(self) -> None:
        """Look at the file, in a thread of its own, since a disk may be slow."""
        screen, source = self.screen, self.session.thread.source
        if screen.loader is None and screen.is_current:
            start_worker(lambda: post(screen, FileSeen(_stamp_of(source))), "looking at the file")

    def take_file(self, seen: FileSeen) -> None:
        """Say that the file has changed, once."""
        before = self.stamp
        if before is None or seen.stamp is None or seen.stamp == before:
            self.stamp = seen.stamp or before
        elif not self.screen.message:  # else it is told when there is room for it
            self.stamp = seen.stamp
            self.screen.tell(f"The file has changed: {self._key} shows it.")


def _is_path(source: str) -> bool:
    return source not in ("", "-") and not source.lower().startswith(("http://", "https://"))


def _stamp_of(source: str) -> Stamp | None:
    try:
        status = os.stat(source)  # noqa: PTH116 - what a source is may not be a path at all
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size
