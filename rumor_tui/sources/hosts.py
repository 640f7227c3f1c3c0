"""Which hosts may be contacted: a name is resolved once, its addresses are checked, and the checked address is used.

A page must not make its reader contact a router, a printer, or a service on this machine (server-side request forgery).
An address outside the public internet is refused unless the user typed exactly that host and port. The connection goes
to the checked address, because resolving the name again could give another (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from urllib.parse import urlsplit

import httpcore2

from rumor_tui.sources import messages
from rumor_tui.sources.config import Access, Origin

_NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""

_MORE_PRIVATE_NETWORKS = tuple(map(ip_network, ("fec0::/10", "3fff::/20", "64:ff9b:1::/48")))
"""Networks that not every release of `ipaddress` counts as private: RFC 3879 (site-local), RFC 9637 (documentation) and
RFC 8215 (local translation)."""

_ISATAP = 0x5EFE
_ISATAP_BITS = 0xFCFF_FFFF
"""RFC 5214, 6.1: the upper half of an interface identifier without its universal/local and group bits; the lower half
is an IPv4 address."""

_PRIVATE_NAMES = (
    *(".local", ".intranet", ".internal", ".private", ".corp", ".home", ".lan"),
    *(".home.arpa", ".localdomain", ".test", ".invalid", ".onion"),
)
"""Ends of names that mean nothing outside of a network, or are to stay unknown: RFC 6762 (and its appendix G), then
RFC 8375, what routers and Linux call their own networks, RFC 6761, RFC 7686."""

_NAME = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")
"""A host as a proxy is told: a name, or an address. Whatever else stands in one, a proxy might undo, such as `%31`."""

_FIRST_TRIES = 3
_FIRST_SECONDS = 2.0
"""The number of addresses of a host that are tried, and the time limit of each but the last."""


class RefusedHost(messages.FetchError):
    """A host that must not be contacted."""


def is_public(address: str) -> bool:
    """Whether a numeric address is public; embedded IPv4 addresses are checked too."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_global, _embedded_addresses(found)))


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    special = (
        address.is_multicast or address.is_reserved or any(address in network for network in _MORE_PRIVATE_NETWORKS)
    )
    return address.is_global and not special


def _embedded_addresses(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The IPv4 addresses that an IPv6 address embeds, or the address itself."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inner: list[IPv4Address | IPv6Address] = [one for one in (address.sixtofour, *(address.teredo or ())) if one]
    if address in _NAT64:
        inner.append(_last_bits(address))
    if int(address) >> 32 & _ISATAP_BITS == _ISATAP:
        inner += [address, _last_bits(address)]
    return inner or [address]


def _last_bits(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def literal_address(host: str) -> str | None:
    """The address that a host name spells out, in any form that systems accept (127.1, 0x7f.1, 2130706433)."""
    with suppress(ValueError):
        return str(ip_address(host.strip("[]").partition("%")[0]))
    try:
        return socket.inet_ntoa(socket.inet_aton(host)) if not host or host[0].isdigit() else None
    except (OSError, ValueError):
        return None


def is_local(host: str) -> bool:
    """Whether a name denotes this machine or a private network, without resolving it."""
    name = host.lower().rstrip(".")
    spelled = literal_address(name)
    return name == "localhost" or name.endswith(".localhost") or (spelled is not None and not is_public(spelled))


def is_private_name(host: str) -> bool:
    """Whether a host is one of this machine or of a private network, by its name alone: nothing is looked up."""
    return is_local(host) or "." not in host.strip(".") or host.rstrip(".").endswith(_PRIVATE_NAMES)


def is_own(address: str) -> bool:
    """Whether the host of an address can only be on this machine or a private network: its name alone says so."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return bool(host) and (is_local(host) or "." not in host.rstrip("."))


def check_host(host: str, port: int, typed: frozenset[Origin]) -> None:
    """Raise RefusedHost for a local name that was not typed."""
    if is_local(host) and (host.lower(), port) not in typed:
        raise RefusedHost(messages.private_host(host))


def check_proxied(host: str, port: int, typed: frozenset[Origin]) -> None:
    """Raise RefusedHost for a name that was not typed, and that a proxy would find in a private network.

    The proxy resolves it, so that this is all that can be checked.
    """
    is_public_name = _NAME.fullmatch(host.lower()) and (":" in host or not is_private_name(host))
    if not is_public_name and (host.lower(), port) not in typed:
        raise RefusedHost(messages.private_host(host))


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order of preference of the system. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def resolve_checked(host: str, port: int, access: Access) -> Sequence[str]:
    """The addresses of a host, all of them allowed. Raises OSError, or RefusedHost if one is not."""
    spelled = literal_address(host)
    found = [spelled] if spelled else await _resolve(host, port, access)
    if (host.lower(), port) not in access.typed and not all(map(is_public, found)):
        raise RefusedHost(messages.private_host(host))
    return found


async def _resolve(host: str, port: int, access: Access) -> Sequence[str]:
    """Resolve a name in a daemon thread, because name resolution cannot be cancelled."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()
    resolve = access.resolve or system_resolver

    def settle(found: Sequence[str], error: Exception | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)

    def ask() -> None:
        found: Sequence[str] = ()
        problem: Exception | None = None
        try:
            found = resolve(host, port)
        except (OSError, UnicodeError) as error:
            problem = error if isinstance(error, OSError) else socket.gaierror(str(error))
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, found, problem)

    Thread(target=ask, name="resolver", daemon=True).start()
    return await answer


class CheckedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to the checked addresses of a host; the pool and TLS still use its name."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Resolve, check, and connect to the first address that answers."""
        try:
            async with asyncio.timeout(timeout):
                found = (await resolve_checked(host, port, self._access))[:_FIRST_TRIES]
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout("name look-up") from error
        for address in found[:-1]:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return await self._inner.connect_tcp(address, port, _FIRST_SECONDS, local_address, socket_options)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return await self._inner.connect_tcp(found[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait; called by the pool between tries."""
        await asyncio.sleep(seconds)
