"""What an opening may use: its limits, its access to the network, and the platforms' hosts and API addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rumor_tui.sources.network import Network

Origin = tuple[str, int]
"""A host in lower case, and a port."""

Resolver = Callable[[str, int], Sequence[str]]
"""Resolves a host to numeric addresses. May block; raises OSError (socket.gaierror) if there are none."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for loading one address. Times are in seconds, sizes in bytes.

    `all_bytes` and `requests` are per plan: if an API fails and the page is read instead, they start anew.

    `answer` limits one answer from connecting to its last byte, however steadily it trickles, `total` the whole
    loading. `wire` and `decoded` limit the body of one answer as sent and as decompressed, `all_bytes` all bodies
    together. `requests` limits the number of requests, `pages` the pages of one discussion. `parallel` is the number
    of parallel requests to one host (browsers use six). A request with a transient failure is tried `tries` times,
    with a pause that starts at `pause` and doubles; if a server asks for more than `longest_pause`, it is given up.
    """

    answer: float = 45.0
    connect: float = 10.0
    total: float = 300.0
    wire: int = 32 * MEGABYTE
    decoded: int = 48 * MEGABYTE
    all_bytes: int = 256 * MEGABYTE
    requests: int = 5_000
    pages: int = 100
    parallel: int = 6
    tries: int = 3
    pause: float = 0.7
    longest_pause: float = 20.0
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class Access:
    """How the network may be used.

    `typed` are the origins that the user named on the command line: only these may be on this machine or in a private
    network. `cache` is the cache folder, or None. `resolve` replaces the resolver of the system, `proxies` its proxies
    (from a scheme, or "all", to the address of a proxy). `network` is shared by all that is loaded at the same time.
    With `fresh`, no answer of the cache counts that the host was not asked about again, and no copy takes the place of
    one that does not come.
    """

    limits: Limits = field(default_factory=Limits)
    typed: frozenset[Origin] = frozenset()
    cache: Path | None = None
    resolve: Resolver | None = None
    proxies: dict[str, str] | None = None
    network: Network = field(default_factory=Network, compare=False)
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """Where a platform is found: what addresses of its pages begin with (hosts, or a host with a path), and its API.

    `key` names it on a server that simulates the platforms. Where `api` is empty, the pages' own host answers.
    """

    key: str
    pages: tuple[str, ...]
    api: str = ""

    @property
    def base(self) -> str:
        """What the addresses of the API begin with."""
        return self.api or f"https://{self.pages[0]}"


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the platforms are: at their own hosts, or all on one server that simulates them.

    `simulator` is the address of that server (tests/sources/server.py), without a path.
    """

    simulator: str = ""

    def at(self, site: Site) -> Site:
        """Where a platform is found."""
        if not self.simulator:
            return site
        base = f"{self.simulator}/{site.key}"
        return Site(site.key, (base.partition("://")[2],), f"{base}-api" if site.api else base)

    def page(self, site: Site) -> str:
        """What the addresses of a platform's pages begin with, without a slash at the end."""
        return f"{self.simulator}/{site.key}" if self.simulator else f"https://{site.pages[0]}"


SITES_VARIABLE = "RUMOR_TUI_SITES"
"""The environment variable with the base address of a server that simulates the platforms, for manual tests."""


def sites_in_use() -> Sites:
    """Where the platforms are, for this run."""
    return Sites(os.environ.get(SITES_VARIABLE, "").rstrip("/"))
