"""One address to its bytes: redirects followed by hand, caps, politeness, and the cache.

Who does what: `httpx2` builds requests; `hishel` answers from its cache by the rules of HTTP and revalidates;
`transport` sends the rest to checked hosts; `body` unpacks within limits. This module adds redirects, deadlines, the
pauses between retries, the stale copy that is used when a host cannot be reached, and the Link header (RFC 8288).
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import re
import time
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urljoin

import httpx2
from hishel import AsyncSqliteStorage, CacheOptions
from hishel.httpx2 import AsyncCacheTransport

from rumor_tui import __version__
from rumor_tui.sources import messages
from rumor_tui.sources.body import Body
from rumor_tui.sources.config import Access, Limits, Origin
from rumor_tui.sources.hosts import check_host
from rumor_tui.sources.messages import FetchError
from rumor_tui.sources.network import HostPacing
from rumor_tui.sources.transport import ASK_EXTENSION, OFFLINE_EXTENSION, RECEIVED_HEADER, Transport, host_of, port_of

__all__ = ["ACCEPT_JSON", "ACCEPT_PAGE", "USER_AGENT", "Answer", "Fetcher", "origin_of", "parse_address"]


_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^",;\s]+)|\s*=)?)*)')
_PARAMETER = re.compile(r';\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"([^"]*)"|([^",;\s]*))')
_MAX_LINK_HEADER = 16_384


def parse_link_header(headers: httpx2.Headers) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address in the Link headers, as written, with its parameters."""
    for address, parameters in _LINK.findall(headers.get("link", "")[:_MAX_LINK_HEADER]):
        found = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(parameters)}
        yield address.strip(), found


def find_link(headers: httpx2.Headers, base: str, relation: str) -> str | None:
    """The absolute address of the first link with a relation; `base` is the address of the answer."""
    for address, parameters in parse_link_header(headers):
        if relation in parameters.get("rel", "").split():
            try:
                return urljoin(base, address)
            except ValueError:
                return None
    return None


USER_AGENT = f"rumor-tui/{__version__} (a reader of articles and their discussions, in the terminal)"

TRANSIENT_STATUSES = frozenset({429, 502, 503, 504})
"""Statuses after which the same request may succeed."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_REDIRECT_BYTES = 65_536
_REDIRECT_SECONDS = 1.0
"""How much of the body of a redirect is read, and for how long: the cache keeps only answers that came to an end."""

CACHE_FILE = "answers.sqlite"
CACHE_BYTES = 200_000_000
"""The maximum size of the cache; the least recently used entries are dropped."""

logging.getLogger("hishel").addHandler(logging.NullHandler())
# Warnings of the cache must not be printed over the screen; fetching goes on without it in any case.

ACCEPT_JSON = "application/json, */*;q=0.5"
ACCEPT_PAGE = "text/html, application/xhtml+xml, application/json;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer at an address, after redirects.

    `age` is the age in seconds of a cached copy that replaces an unreachable host, otherwise None; `problem` says
    why `data` is incomplete, if incomplete data was accepted.
    """

    address: str
    data: bytes
    headers: httpx2.Headers = field(default_factory=httpx2.Headers)
    age: float | None = None
    problem: FetchError | None = None


class _Wanted(NamedTuple):
    """What is wanted of an address: the types that are accepted, the JSON that is sent, if any, and further headers."""

    accept: str
    ask: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Fetcher:
    """Fetches everything for one address to load, and counts its cost. Use it in the event loop of its client.

    `pacing` is what hosts are owed by all that use that client.
    """

    def __init__(self, access: Access, client: httpx2.AsyncClient, pacing: HostPacing) -> None:
        self.limits = access.limits
        self._access = access
        self._client = client
        self._gates = pacing.gates
        self._not_before = pacing.not_before
        self._unreachable: dict[Origin, FetchError] = {}
        self.until = math.inf
        """When the last answer must have come (`time.monotonic`)."""
        self._running: set[asyncio.Timeout] = set()
        self.halted = False
        """Whether to ask for nothing more, and to make do with what has come; any thread may say so (see `halt`)."""
        self.requests = 0
        self.received = 0
        self.oldest = 0.0
        """The age in seconds of the oldest cached copy that had to be used."""
        self.copied: FetchError | None = None
        """Why cached copies were needed, if they were."""

    async def get(
        self,
        address: str,
        *,
        accept: str = ACCEPT_JSON,
        partial: bool = False,
        ask: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch an address. Raises FetchError.

        With `partial`, an incomplete body (cut off, or too slow) is returned as an answer with a `problem`. `ask` is a
        JSON document that is sent as the body of a POST request, by which some interfaces are read; `headers` are what
        an interface wants to know besides. They must be printable ASCII.
        """
        url = parse_address(address)
        wanted = _Wanted(accept, ask, tuple((headers or {}).items()))
        for _ in range(self.limits.redirects + 1):
            answer, target = await self._answer(url, wanted, partial)
            if target is None:
                return answer
            before, url = url, _redirect_target(url, target)
            if _origin(url) != _origin(before):
                wanted = wanted._replace(headers=())  # they were meant for the other host
        raise FetchError(messages.redirect_loop(host_of(url), self.limits.redirects))

    async def halt(self) -> None:
        """End what is being answered with what has come of it, as when its time is over."""
        for timeout in self._running:
            timeout.reschedule(0.0)

    async def _answer(self, url: httpx2.URL, wanted: _Wanted, partial: bool) -> tuple[Answer, str | None]:
        """The answer at one address, from the network or the cache, and the target if it is a redirect.

        What the cache has of a host that may not be asked is not handed out either: it came when its address was typed.
        """
        check_host(host_of(url), port_of(url), self._access.typed)
        try:
            return await self._request_with_retries(url, wanted)
        except FetchError as error:
            copy = await self._cached_copy(url, wanted) if error.transient else None
            if copy is not None:
                self.copied = self.copied or error
                self.oldest = max(self.oldest, copy[0].age or 0.0)
                return copy
            if partial and error.partial:
                return Answer(str(url), error.partial, problem=error), None
            raise

    async def _request_with_retries(self, url: httpx2.URL, wanted: _Wanted) -> tuple[Answer, str | None]:
        origin = _origin(url)
        for turn in range(self.limits.tries):
            try:
                async with self._rate_limited(url, origin):
                    return await self._request(url, wanted)
            except FetchError as error:
                if error.offline and await self._cached_copy(url, wanted) is not None:
                    self._unreachable[origin] = error
                pause = self._retry_pause(turn, error)
                if pause is None or origin in self._unreachable:
                    raise
                self._not_before[origin] = max(self._not_before.get(origin, 0.0), time.monotonic() + pause)
        raise AssertionError("the last try returns or raises")

    def _retry_pause(self, turn: int, error: FetchError) -> float | None:
        """Seconds until the next try (doubling, with jitter), or None for no further try."""
        if not error.transient or error.slow or turn + 1 >= self.limits.tries:
            return None
        asked = error.pause or 0.0
        pause = max(asked, self.limits.pause * 2**turn * random.uniform(0.5, 1.5))
        return pause if pause <= self.limits.longest_pause else None

    @asynccontextmanager
    async def _rate_limited(self, url: httpx2.URL, origin: Origin) -> AsyncIterator[None]:
        """Wait for a free slot of the host, and for the end of a pause that it asked for."""
        async with self._gates.setdefault(origin, asyncio.Semaphore(self.limits.parallel)):
            while (wait := self._not_before.get(origin, 0.0) - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            if origin in self._unreachable:
                raise self._unreachable[origin]
            if self.halted:
                raise FetchError(messages.stopped(), final=True)
            self.requests += 1
            if self.requests > self.limits.requests:
                raise FetchError(messages.too_many_requests(host_of(url), self.limits.requests))
            yield

    async def _request(self, url: httpx2.URL, wanted: _Wanted, offline: bool = False) -> tuple[Answer, str | None]:
        """One request, with a time limit for the complete answer; an error carries the body read so far."""
        body: Body | None = None
        seconds = max(min(self.limits.answer, self.until - time.monotonic()), 0.0)
        until = time.monotonic() + seconds
        extensions: dict[str, object] = {
            "caching": {"key": _cache_key(url, wanted), **({"rfc": False} if offline else {})}
        }
        if wanted.ask:
            extensions[ASK_EXTENSION] = wanted.ask
        if offline:
            extensions[OFFLINE_EXTENSION] = True
        try:
            async with self._limited(seconds):
                fresh = {"Cache-Control": "no-cache"} if self._access.fresh else {}
                headers = {"Accept": wanted.accept, **fresh, **dict(wanted.headers)}
                request = self._client.build_request(
                    "GET", url, headers=headers, extensions=extensions, timeout=_timeout(self.limits)
                )
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    found = self._check_status(url, response)
                    if found is not None:
                        await _read_away(response)
                        return found
                    body = Body(host_of(url), response.headers.get("content-encoding", ""), self.limits)
                    await self._read(url, response, body, until)
                    return Answer(str(url), body.data(), response.headers), None
                finally:
                    await response.aclose()
        except FetchError:
            raise
        except TimeoutError as error:
            sentence = messages.slow(host_of(url), None if self.halted else round(seconds, 1))
            raise FetchError(sentence, partial=_came(body), transient=not body, slow=True) from error
        except zlib.error as error:
            raise FetchError(messages.cannot_decompress(host_of(url)), partial=_came(body)) from error
        except Exception as error:
            raise messages.fetch_failure(host_of(url), error, _came(body)) from error

    @asynccontextmanager
    async def _limited(self, seconds: float) -> AsyncIterator[None]:
        """A time limit, which `halt` brings forward. Raises TimeoutError."""
        async with asyncio.timeout(seconds) as timeout:
            self._running.add(timeout)
            try:
                yield
            finally:
                self._running.discard(timeout)

    def _check_status(self, url: httpx2.URL, response: httpx2.Response) -> tuple[Answer, str] | None:
        """The answer and the target of a redirect; None for an answer whose body counts. Raises FetchError."""
        code = response.status_code
        target = response.headers.get("location")
        if code in REDIRECTS and target:
            return Answer(str(url), b"", response.headers), target
        if not response.is_success:
            pause = retry_after(response.headers.get("retry-after", ""))
            raise FetchError(
                messages.status(host_of(url), code, pause),
                status=code,
                transient=code in TRANSIENT_STATUSES,
                pause=pause,
            )
        return None

    async def _read(self, url: httpx2.URL, response: httpx2.Response, body: Body, until: float) -> None:
        """Read the body within the limits. Raises FetchError, TimeoutError, zlib.error, and what httpx2 raises.

        The clock is looked at for each piece: thousands of tiny chunks come without a turn of the event loop, whose
        timers would be late.
        """
        async for piece in response.aiter_raw():
            self.received += body.add(piece)
            if self.received > self.limits.all_bytes:
                raise FetchError(messages.total_too_large(host_of(url), self.limits.all_bytes))
            if self.halted or time.monotonic() > until:
                raise TimeoutError
        body.finish()
        if not body:
            raise FetchError(messages.empty_answer(host_of(url)), status=response.status_code)

    async def _cached_copy(self, url: httpx2.URL, wanted: _Wanted) -> tuple[Answer, str | None] | None:
        """The cached copy of an address, of any age, or None."""
        if self._access.cache is None or self._access.fresh:
            return None
        try:
            answer, target = await self._request(url, wanted, offline=True)
            age = max(time.time() - float(answer.headers.get(RECEIVED_HEADER, "")), 0.0)
        except (FetchError, ValueError):
            return None
        return replace(answer, age=age), target


def _came(body: Body | None) -> bytes:
    """What has come of a body, if there is one."""
    return b"" if body is None else body.data()


def _timeout(limits: Limits) -> httpx2.Timeout:
    """How long to wait at each step of a request: whoever shares a client may be more patient than who made it."""
    return httpx2.Timeout(limits.answer, connect=limits.connect)


def make_client(access: Access) -> httpx2.AsyncClient:
    """The client that sends requests to checked hosts and answers from the cache. Raises SourceError, OSError."""
    return httpx2.AsyncClient(
        transport=_cached(Transport(access), access),
        trust_env=False,
        timeout=_timeout(access.limits),
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
    )


def _cached(transport: Transport, access: Access) -> httpx2.AsyncBaseTransport:
    """The transport, behind the cache if there is one."""
    if access.cache is None:
        return transport
    with suppress(OSError):
        access.cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    storage = AsyncSqliteStorage(database_path=access.cache / CACHE_FILE, max_size=CACHE_BYTES)
    return AsyncCacheTransport(transport, storage=storage, rfc=CacheOptions(shared=False))


def parse_address(address: str) -> httpx2.URL:
    """Parse an address and drop its fragment. Raises FetchError if it is not a valid web address."""
    try:
        url = httpx2.URL(address.strip())
        is_web = _is_web_address(url)
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(messages.not_an_address(address)) from error
    if not is_web:
        raise FetchError(messages.not_an_address(address))
    if url.userinfo:
        raise FetchError(messages.has_credentials())
    return url.copy_with(fragment=None)


def _is_web_address(url: httpx2.URL) -> bool:
    """Whether it has the scheme of the web and a host. Raises ValueError where the host is no possible name."""
    return url.scheme in ("http", "https") and bool(url.host)


def origin_of(address: str) -> Origin:
    """The host and port of an address. Raises FetchError."""
    return _origin(parse_address(address))


def _origin(url: httpx2.URL) -> Origin:
    return host_of(url), port_of(url)


async def _read_away(response: httpx2.Response) -> None:
    """Read the body of a redirect to its end, so that it is cached, unless that costs more than it is worth."""
    size = 0
    with suppress(Exception):  # the target is known, whatever becomes of the body
        async with asyncio.timeout(_REDIRECT_SECONDS):
            async for piece in response.aiter_raw():
                size += len(piece)
                if size > _REDIRECT_BYTES:
                    return


def _redirect_target(url: httpx2.URL, target: str) -> httpx2.URL:
    """The target of a redirect. Raises FetchError if it is not a web address."""
    try:
        found = url.join(target)
        is_web = _is_web_address(found)
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(messages.bad_redirect(host_of(url), target)) from error
    if not is_web:
        raise FetchError(messages.bad_redirect(host_of(url), target))
    return (
        found.copy_with(fragment=None, username=None, password=None)
        if found.userinfo
        else found.copy_with(fragment=None)
    )


def _cache_key(url: httpx2.URL, wanted: _Wanted) -> str:
    headers = "".join(f"\n{name}: {value}" for name, value in wanted.headers)
    return sha256(f"{wanted.accept} {url}{headers}".encode() + wanted.ask).hexdigest()


def retry_after(written: str) -> float | None:
    """The seconds of a Retry-After header, given as seconds or as a date; None if it is invalid."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        date = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max((date - datetime.now(UTC)).total_seconds(), 0.0)
