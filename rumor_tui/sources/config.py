"""What an opening may use: its limits, its access to the network, and the platforms' hosts and API addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Origin = tuple[str, int]
"""A host in lower case and a port."""

Resolver = Callable[[str, int], Sequence[str]]
"""Finds a host's numeric addresses; may block, and raises OSError (socket.gaierror) when there are none."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one opening; `all_bytes` and `requests` are per plan, thus anew for the page where an API gives way.

    Times are in seconds, sizes in bytes.

    `answer` bounds one answer from connecting to its last byte, however steadily it drips, and `total` the whole
    opening. `wire` and `decoded` bound one answer's body as sent and as unpacked; `all_bytes` all bodies together.
    `requests` counts everything asked for, `pages` the pages of one discussion. `parallel` is how many requests one
    host gets at a time (browsers allow themselves six). A request that fails for a while is tried `tries` times, the
    pause starting at `pause` and doubling; a server that asks for a pause beyond `longest_pause` is not waited for.
    """

    answer: float = 45.0
    connect: float = 10.0
    total: float = 300.0
    wire: int = 64 * MEGABYTE
    decoded: int = 128 * MEGABYTE
    all_bytes: int = 512 * MEGABYTE
    requests: int = 5_000
    pages: int = 100
    parallel: int = 6
    tries: int = 3
    pause: float = 0.7
    longest_pause: float = 20.0
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class Access:
    """The terms of an opening.

    `typed` are the origins that the user named on the command line: only they may lie on this machine or in a
    private network. `cache` is the folder of the cache, or None for none. `resolve` replaces the system's resolver
    and `proxies` the system's proxies (a scheme, or "all", to a proxy's address).
    """

    limits: Limits = field(default_factory=Limits)
    typed: frozenset[Origin] = frozenset()
    cache: Path | None = None
    resolve: Resolver | None = None
    proxies: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A platform: what its pages' addresses begin with (hosts, or a host with a path), and its API's base address."""

    pages: tuple[str, ...]
    api: str


@dataclass(frozen=True, slots=True)
class Sites:
    """The platforms that are known by their host. Those that anybody can run are known by the shape of the address."""

    hacker_news: Site = Site(("news.ycombinator.com",), "https://hacker-news.firebaseio.com/v0")
    reddit: Site = Site(
        tuple(f"{name}reddit.com" for name in ("", "www.", "old.", "new.", "np.", "m.", "sh.", "i.")),
        "https://www.reddit.com",
    )
    lobsters: Site = Site(("lobste.rs",), "https://lobste.rs")
    bluesky: Site = Site(("bsky.app",), "https://public.api.bsky.app/xrpc")
    stack_exchange: Site = Site(
        (
            "stackoverflow.com",
            "serverfault.com",
            "superuser.com",
            "askubuntu.com",
            "stackapps.com",
            "mathoverflow.net",
            ".stackexchange.com",
            ".stackoverflow.com",
        ),
        "https://api.stackexchange.com/2.3",
    )
    github: Site = Site(("github.com",), "https://api.github.com")

    @staticmethod
    def served_by(base: str) -> Sites:
        """All platforms played by one server, as tests/sources/server.py does it, at an address without a path."""
        host = base.partition("://")[2]

        def site(name: str) -> Site:
            return Site((f"{host}/{name}",), f"{base}/{name}-api")

        return Sites(
            hacker_news=site("hn"),
            reddit=Site((f"{host}/reddit",), f"{base}/reddit"),
            lobsters=Site((f"{host}/lobsters",), f"{base}/lobsters"),
            bluesky=site("bluesky"),
            stack_exchange=site("se"),
            github=site("github"),
        )
