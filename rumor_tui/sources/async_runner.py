"""Running coroutines that fetch, in the thread of the network, so that whoever waits for a result can leave at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import Any, TypeVar

from rumor_tui.model import SourceError
from rumor_tui.sources import messages
from rumor_tui.sources.config import Access
from rumor_tui.sources.fetch import Fetcher, make_client

T = TypeVar("T")


class AsyncRunner:
    """Runs coroutines with one Fetcher. A context manager; leaving it cancels what is still running."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._tasks: list[Future[Any]] = []

    def __enter__(self) -> AsyncRunner:
        """Start the loop, unless it runs already. Raises SourceError if the loop or the client cannot be created."""
        try:
            network = self._access.network.acquire(partial(make_client, self._access))
        except SourceError:
            raise
        except Exception as error:
            raise messages.FetchError(messages.cannot_start(error)) from error
        self._loop = network.loop
        self.fetcher = Fetcher(self._access, network.client, network.pacing)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        self._access.network.release()

    def start(self, make_coroutine: Callable[[Fetcher], Coroutine[Any, Any, T]]) -> Future[T]:
        """Start the coroutine that `make_coroutine` returns; any thread may wait for its result."""
        task = asyncio.run_coroutine_threadsafe(make_coroutine(self.fetcher), self._loop)
        self._tasks = [*(one for one in self._tasks if not one.done()), task]
        return task
