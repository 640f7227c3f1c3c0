"""The event loop for fetching, in a thread of its own, so that whoever waits for a result can leave at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Any, TypeVar

from rumor_tui.model import SourceError
from rumor_tui.sources import messages
from rumor_tui.sources.config import Access
from rumor_tui.sources.fetch import Fetcher

T = TypeVar("T")

_CLOSE_SECONDS = 0.25
"""Seconds to wait at the end until connections are closed; the rest is abandoned."""


class AsyncRunner:
    """Runs coroutines with one Fetcher. A context manager; leaving it cancels what is still running."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._ready = Event()
        self._error: Exception | None = None
        self._thread = Thread(target=self._main, name="courier", daemon=True)

    def __enter__(self) -> AsyncRunner:
        """Start the loop. Raises SourceError if the loop or the fetcher cannot be created."""
        try:
            self._thread.start()
            self._ready.wait()
        except RuntimeError as error:  # no more threads
            self._error = error
        if self._error is None:
            return self
        if isinstance(self._error, SourceError):
            raise self._error
        raise messages.FetchError(messages.cannot_start(self._error)) from self._error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._halt.set)
        self._thread.join(_CLOSE_SECONDS)

    def start(self, make_coroutine: Callable[[Fetcher], Coroutine[Any, Any, T]]) -> Future[T]:
        """Start the coroutine that `make_coroutine` returns; any thread may wait for its result."""
        return asyncio.run_coroutine_threadsafe(make_coroutine(self.fetcher), self._loop)

    def _main(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # at the end nobody waits for it, and it must not be printed over the screen
            self._error = self._error or error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        try:
            self._loop = asyncio.get_running_loop()
            self._loop.set_exception_handler(lambda _loop, _context: None)
            self._halt = asyncio.Event()
            self.fetcher = Fetcher(self._access)
        except Exception as error:
            self._error = error
            return
        self._ready.set()
        await self._halt.wait()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)
        await self.fetcher.aclose()
