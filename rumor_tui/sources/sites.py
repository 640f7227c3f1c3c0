"""Where the platforms with one address for all are found; a frozen record, so that a local server can play them."""

from __future__ import annotations

from dataclasses import dataclass


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
    def played_at(base: str) -> Sites:
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
