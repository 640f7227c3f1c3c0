"""One connection of a server that misbehaves, and the table of what such servers do."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import NamedTuple


class Gone(Exception):
    """The client went away, or the server is ending."""


class Wire:
    """One connection, as an attack sees it: what was asked, and means to answer it badly."""

    def __init__(self, connection: socket.socket, base: str, ending: Event, pace: float) -> None:
        self._connection = connection
        self.base = base
        self._ending = ending
        self._pace = pace
        self.path = ""
        self.sent = 0
        self.asked = b""

    def read_request(self) -> bool:
        """Read a request up to its body. False if there is none."""
        head = b""
        with suppress(OSError):
            while b"\r\n\r\n" not in head and len(head) < 65_536:
                piece = self._connection.recv(65_536)
                if not piece:
                    return False
                head += piece
        self.asked = head
        words = head.split(b" ", 2)
        self.path = words[1].decode("latin-1") if len(words) == 3 else ""
        return bool(self.path)

    def send(self, data: bytes) -> None:
        """Write. Raises Gone."""
        if self._ending.is_set():
            raise Gone
        self.sent += len(data)
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise Gone from error

    def pause(self, seconds: float) -> None:
        """Wait, for a time that the server may shorten. Raises Gone when the server ends."""
        if self._ending.wait(seconds * self._pace):
            raise Gone

    def silence(self) -> None:
        """Never answer: wait until the client goes away, or the server ends."""
        self._connection.settimeout(0.1)
        while not self._ending.is_set():
            try:
                if not self._connection.recv(65_536):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def reset(self) -> None:
        """End the connection without the usual farewell."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def head(self, *lines: str, status: str = "200 OK") -> None:
        """A status line and headers."""
        self.send("\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode("latin-1"))

    def page(self, body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> None:
        """A whole answer with a true length."""
        self.head(f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *lines, status=status)
        self.send(body)

    def packed(self, body: bytes, packing: str) -> None:
        """A whole answer with a content encoding."""
        self.page(body, f"Content-Encoding: {packing}")

    def chunk(self, data: bytes, extension: bytes = b"") -> None:
        """One chunk of a body without a length."""
        self.send(b"%x%s\r\n%s\r\n" % (len(data), extension, data))

    def redirect(self, target: str, status: str = "302 Found") -> None:
        """An answer that leads elsewhere."""
        self.page(b"", f"Location: {target}", status=status)


class Attack(NamedTuple):
    """What a server does at a path; `shows` are words that must be shown of what came, or "" where nothing can be.

    `says` must stand in what is said; "" where nothing is wrong with the answer, so that nothing may be said.
    """

    send: Callable[[Wire], None]
    says: str = ""
    shows: str = ""


ATTACKS: dict[str, Attack] = {}


def attack(says: str = "", shows: str = "") -> Callable[[Callable[[Wire], None]], Callable[[Wire], None]]:
    """Enter a function into the table, under its name with hyphens."""

    def enter(send: Callable[[Wire], None]) -> Callable[[Wire], None]:
        ATTACKS[send.__name__.replace("_", "-")] = Attack(send, says, shows)
        return send

    return enter
