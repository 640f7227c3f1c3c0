"""Hosts that mean this machine or a private network, in every spelling that some program takes for one."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

LITERALS: Sequence[str] = (
    "127.0.0.1", "127.1", "127.0.1", "127.8.8.8", "0x7f.1", "0x7f000001", "0X7F.0x0.0.1", "2130706433", "017700000001",
    "0177.0.0.1", "0177.0x0.0.1", "127.0.0.1.", "127.1.", "2130706433.", "0", "0.0.0.0", "0x0", "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "0300.0250.1", "100.64.0.1", "169.254.169.254", "0xa9fea9fe", "192.0.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::80ff:fffe]", "[fe80::1]",
    "[fe80::1%25lo]", "[::1%25lo]", "[fec0::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]",
    "[3fff::1]", "[5f00::1]", "[2606:4700::5efe:7f00:1]", "user@127.0.0.1", "a.example@127.0.0.1", "a.example:b@[::1]",
    "127.0.0.1#@a.example",
    "127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1", "127\uff610\uff610\uff611", "\u2460\u2461\u2466.0.0.1",
    "\uff11\uff12\uff17.0.0.1", "\u0661\u0662\u0667.\u0660.\u0660.\u0661", "\uff10\uff587f.1",
    "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "127.0.0.1%00.a.example", "127.0.0.1%2f@a.example", "127.0.0.1,a.example",
)  # fmt: skip
"""Numbers, with what some read as numbers."""

NAMES: Sequence[str] = (
    "localhost", "LOCALHOST", "localhost.", "localhost..", "a.localhost", "a.localhost.", "l\u24deocalhost",
    "\uff4c\uff4fcalhost", "loca\u00adlhost", "localho\u017ft", "%6cocalhost", "localhos%74", "intranet.example",
    "printer.local", "metadata.google.internal", "router", "both.example", "turning.example", "hidden.example",
    "turning.example.", "INTRANET.example", "xn--intrnet.example",
)  # fmt: skip
"""Names, with what some read as names; `resolver` knows what they lead to."""

SPELLINGS = (*LITERALS, *NAMES)

PUBLIC = "93.184.216.34"
"""An address of the public internet, at which nobody is asked."""


class Resolver:
    """Resolves all names to private addresses: one of them together with a public address, others after a public one.

    A name that turns is public when it is looked up first, and private from then on (DNS rebinding).
    """

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        name = host.lower().rstrip(".")
        self.asked.append(name)
        if name == "both.example":
            return [PUBLIC, "127.0.0.1"]
        if name == "turning.example":
            return [PUBLIC if self.asked.count(name) == 1 else "127.0.0.1"]
        if name == "hidden.example":
            return ["::ffff:10.0.0.1", "64:ff9b::7f00:1"]
        if name in ("localhost", "printer.local", "intranet.example", "router", "metadata.google.internal"):
            return ["127.0.0.1", "::1"]
        if name.endswith((".localhost", ".example")):
            return ["127.0.0.1"]
        return [str(one[4][0]) for one in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]


class Connections:
    """The connections of this process while they are watched, at the level of the system's calls."""

    def __init__(self) -> None:
        self.allowed: frozenset[int] = frozenset()
        self.refused: list[tuple[object, ...]] = []
        self.watching = False

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        """Note, and refuse, each connection to a port that is not allowed."""
        if not self.watching or event != "socket.connect":
            return
        address = arguments[1]
        if isinstance(address, tuple) and address[1] not in self.allowed:
            self.refused.append(address)
            raise ConnectionRefusedError(f"nobody may ask {address}")


_CONNECTIONS = Connections()
_HOOKED: list[Connections] = []


@contextmanager
def watched_connections(*ports: int) -> Iterator[Connections]:
    """Watch all connections of this process; those to other ports than these are refused and listed.

    A hook of the interpreter sees what any library does, and cannot be taken away, so there is one for all tests.
    """
    if not _HOOKED:
        sys.addaudithook(_CONNECTIONS.hook)
        _HOOKED.append(_CONNECTIONS)
    _CONNECTIONS.allowed, _CONNECTIONS.refused, _CONNECTIONS.watching = frozenset(ports), [], True
    try:
        yield _CONNECTIONS
    finally:
        _CONNECTIONS.watching = False
