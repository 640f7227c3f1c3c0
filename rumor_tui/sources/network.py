"""What all that is fetched at the same time shares: one event loop in a thread, one set of connections, one cache.

Several things are loaded beside each other: a discussion, the page that it is about, the comments of that page. They
share the pauses and the number of requests that a host is owed, and the connection to the cache: SQLite refuses a
write of one connection while another one writes that began later. It lasts as long as anything is being loaded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

_CLOSE_SECONDS = 0.25
"""Seconds to wait at the end until connections are closed; the rest is abandoned."""


@dataclass(slots=True)
class HostPacing:
    """What hosts are owed: how many requests at a time, and pauses that they asked for (by `time.monotonic`)."""

    gates: dict[tuple[str, int], asyncio.Semaphore] = field(default_factory=dict)
    not_before: dict[tuple[str, int], float] = field(default_factory=dict)


class NetworkLoop:
    """An event loop that runs in a thread, with the client that sends requests in it."""

    def __init__(self, make_client: Callable[[], httpx2.AsyncClient]) -> None:
        self.pacing = HostPacing()
        self.client: httpx2.AsyncClient
        self.loop: asyncio.AbstractEventLoop
        self.error: Exception | None = None
        self._make_client = make_client
        self._ready = Event()
        self._halt: asyncio.Event
        self._thread = Thread(target=self._main, name="network", daemon=True)

    def start(self) -> None:
        """Start the thread, and wait until it runs, or until `error` says why it cannot."""
        try:
            self._thread.start()
            self._ready.wait()
        except RuntimeError as error:  # no more threads
            self.error = error

    def end(self) -> None:
        """Cancel what is still running, and close connections and cache."""
        with suppress(RuntimeError):  # the loop has ended already
            self.loop.call_soon_threadsafe(self._halt.set)
        self._thread.join(_CLOSE_SECONDS)

    def _main(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # at the end nobody waits for it, and it must not be printed over the screen
            self.error = self.error or error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        try:
            self.loop = asyncio.get_running_loop()
            self.loop.set_exception_handler(lambda _loop, _context: None)
            self._halt = asyncio.Event()
            self.client = self._make_client()
        except Exception as error:
            self.error = error
            return
        self._ready.set()
        await self._halt.wait()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)
        await self.client.aclose()


class Network:
    """Lends one loop to everyone who is loading something; it runs from the first one to the last one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: NetworkLoop | None = None
        self._users = 0

    def acquire(self, make_client: Callable[[], httpx2.AsyncClient]) -> NetworkLoop:
        """The loop, which is started if nobody uses it. Raises what prevents that."""
        with self._lock:
            if self._loop is None:
                loop = NetworkLoop(make_client)
                loop.start()
                if loop.error is not None:
                    raise loop.error
                self._loop = loop
            self._users += 1
            return self._loop

    def release(self) -> None:
        """One less uses the loop; the last one ends it."""
        with self._lock:
            self._users -= 1
            loop = self._loop if not self._users else None
            if loop is not None:
                self._loop = None
        if loop is not None:
            loop.end()
