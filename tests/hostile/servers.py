"""Servers that misbehave: each attack is a path, and writes to a raw socket what no honest server would.

    python -m tests.hostile.servers --port 8260

prints the addresses of all attacks. Tests start one with `misbehaving()`. `Server.accepted` counts the connections,
also those that never ask for anything.
"""

from __future__ import annotations

import argparse
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

from tests.hostile import served_bodies, served_heads
from tests.hostile.wire import ATTACKS, Gone, Wire

__all__ = ["ATTACKS", "Server", "misbehaving", "served_bodies", "served_heads"]


class Server:
    """A server of attacks at one port of this machine, each connection in a thread of its own."""

    def __init__(self, port: int = 0, pace: float = 1.0) -> None:
        self._listener = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.pace = pace
        """How much longer than usual the pauses are: tests have little time."""
        self.ending = Event()
        self.accepted = 0
        self.paths: list[str] = []
        self._wires: list[Wire] = []
        self.held: dict[str, float] = {}
        """For how long the client waited at most, in seconds, by the path: a connection's time until it left."""
        self._lock = Lock()

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def address(self, name: str) -> str:
        """The address of an attack."""
        return f"{self.base}/{name}"

    def sent_to(self, path: str) -> int:
        """The bytes that were sent to all who asked for a path, heads and bodies."""
        with self._lock:
            return sum(wire.sent for wire in self._wires if wire.path == path)

    def serve(self) -> None:
        """Accept connections until the end."""
        while not self.ending.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.accepted += 1
            Thread(target=self._answer, args=(connection,), daemon=True).start()

    def end(self) -> None:
        """Accept nothing more, and let all attacks end."""
        self.ending.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, connection: socket.socket) -> None:
        wire = Wire(connection, self.base, self.ending, self.pace)
        with self._lock:
            self._wires.append(wire)
        began = time.monotonic()
        try:
            self._misbehave(connection, wire)
        finally:
            with self._lock:
                self.held[wire.path] = max(time.monotonic() - began, self.held.get(wire.path, 0.0))

    def _misbehave(self, connection: socket.socket, wire: Wire) -> None:
        with connection, suppress(Gone, OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not wire.read_request():
                return
            with self._lock:
                self.paths.append(wire.path)
            name = wire.path.strip("/").partition("?")[0].partition("/")[0]
            attack = ATTACKS.get(name)
            if attack is None:
                wire.page(b"nothing here", status="404 Not Found")
            else:
                attack.send(wire)


@contextmanager
def misbehaving(port: int = 0, pace: float = 1.0) -> Iterator[Server]:
    """A server of attacks; `pace` scales the pauses between what it sends."""
    server = Server(port, pace)
    thread = Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join(1)


def main() -> int:
    parser = argparse.ArgumentParser(description="Serves attacks on readers.")
    parser.add_argument("--port", type=int, default=8260)
    server = Server(parser.parse_args().port)
    print("\n".join(server.address(name) for name in ATTACKS), "\nCtrl+C ends.", sep="\n", flush=True)
    with suppress(KeyboardInterrupt):
        server.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
