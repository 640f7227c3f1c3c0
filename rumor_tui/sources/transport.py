"""Sending requests: directly to checked addresses, or through the proxy of the system."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterable, AsyncIterator
from typing import cast
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from rumor_tui.sources import hosts, messages
from rumor_tui.sources.config import Access

RECEIVED_HEADER = "x-rumor-tui-received"
"""A header added to each answer, and so to each cached one: when it was received, in seconds since 1970 UTC."""

OFFLINE_EXTENSION = "rumor_tui_offline"
"""A request extension: only the cache may answer."""

ASK_EXTENSION = "rumor_tui_ask"
"""A request extension: JSON to be sent as the body of a POST request. For the cache, which stores no answers to such
requests, it is a GET request with a key of its own: the interfaces that are asked so only read."""

TEMPORARY_REDIRECTS = frozenset({302, 303, 307})
"""Redirects that a cache keeps only where the answer allows it (RFC 9110, 15.4)."""

_IDLE_SECONDS = 15.0


class Transport(httpx2.AsyncBaseTransport):
    """Sends a request directly or through a proxy. Raises RefusedHost, and the errors of httpx2 and httpcore2."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._proxies = getproxies() if access.proxies is None else access.proxies
        self._certificates = httpcore2.default_ssl_context()
        self._direct = httpcore2.AsyncConnectionPool(
            ssl_context=self._certificates,
            max_connections=access.limits.parallel * 4,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=hosts.CheckedBackend(access),
        )
        self._through: dict[str, httpx2.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; a redirect is an answer like any other."""
        if request.extensions.get(OFFLINE_EXTENSION):
            raise httpx2.ConnectError("only the cache may answer")
        host, port = host_of(request.url), port_of(request.url)
        hosts.check_host(host, port, self._access.typed)
        request = _with_body(request)
        proxy = self._proxy_for(request.url.scheme, host)
        if proxy:
            hosts.check_proxied(host, port, self._access.typed)
            response = await self._sent_through(proxy, request)
        else:
            response = await self._sent_directly(request)
        response.headers[RECEIVED_HEADER] = f"{time.time():.0f}"
        if response.status_code in TEMPORARY_REDIRECTS:
            _allow_copy(response.headers)
        return response

    async def _sent_directly(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        sent = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=cast(httpx2.AsyncByteStream, request.stream),
            extensions=request.extensions,
        )
        answer = await self._direct.handle_async_request(sent)
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(cast(AsyncIterable[bytes], answer.stream)),
            extensions=answer.extensions,
        )

    async def _sent_through(self, proxy: str, request: httpx2.Request) -> httpx2.Response:
        try:
            return await self._transport_of(proxy).handle_async_request(request)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise httpx2.ProxyError(str(error)) from error

    def _proxy_for(self, scheme: str, host: str) -> str | None:
        """The proxy to use, or None; requests to this machine never use one, as in Go and curl."""
        proxy = self._proxies.get(scheme) or self._proxies.get("all")
        if not proxy or hosts.is_local(host) or (self._access.proxies is None and proxy_bypass(host)):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    def _transport_of(self, proxy: str) -> httpx2.AsyncHTTPTransport:
        if proxy not in self._through:
            self._through[proxy] = _proxy_transport(proxy, self._certificates)
        return self._through[proxy]

    async def aclose(self) -> None:
        """Close all connections."""
        await self._direct.aclose()
        for transport in self._through.values():
            await transport.aclose()


def _proxy_transport(proxy: str, certificates: ssl.SSLContext) -> httpx2.AsyncHTTPTransport:
    try:
        return httpx2.AsyncHTTPTransport(proxy=proxy, verify=certificates)
    except ImportError as error:
        raise messages.FetchError(
            "The system's proxy is a SOCKS proxy, which needs one more package: pip install socksio."
        ) from error
    except (ValueError, httpx2.InvalidURL) as error:
        raise messages.FetchError(
            "The system's proxy is named in a way that cannot be understood. Check HTTP_PROXY and HTTPS_PROXY."
        ) from error


def _allow_copy(headers: httpx2.Headers) -> None:
    """Let the cache keep a temporary redirect for when its host cannot be reached.

    Unless the answer says for how long it holds, its host is asked again each time: `private` lets the cache of one
    reader store it, `no-cache` keeps it from being used unasked (RFC 9111, 5.2.2). `no-store` still forbids both.
    """
    written = headers.get("cache-control", "")
    if "max-age" not in written.lower() and "expires" not in headers:
        headers["cache-control"] = ", ".join(filter(None, (written.strip(), "private, no-cache")))


def _with_body(request: httpx2.Request) -> httpx2.Request:
    """The request to be sent, which has a body where something is asked in one."""
    ask = request.extensions.get(ASK_EXTENSION)
    if not isinstance(ask, bytes):
        return request
    headers = {**request.headers, "Content-Type": "application/json", "Content-Length": str(len(ask))}
    return httpx2.Request("POST", request.url, headers=headers, content=ask, extensions=request.extensions)


class _Body(httpx2.AsyncByteStream):
    """The body of a direct answer, streamed."""

    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        """Release the connection; it is closed unless the body was read to its end."""
        close = getattr(self._stream, "aclose", None)
        if close is not None:
            await close()


def port_of(url: httpx2.URL) -> int:
    """The port of an address, explicit or default."""
    return url.port or (443 if url.scheme == "https" else 80)


def host_of(url: httpx2.URL) -> str:
    """The host name in lower-case ASCII, which exposes look-alikes."""
    return url.raw_host.decode("ascii").lower()
