"""Which addresses may be opened, and how they are shown first."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

SCHEMES = frozenset({"http", "https", "mailto"})
_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
LONGEST = 4000
"""Characters of the longest address that is opened: browsers and command lines stop not far beyond."""


def openable(address: str, base: str | None = None) -> str | None:
    """The address as it may be given to a browser, or None when it must not be.

    Only http and https with a host, and mailto with an addressee, pass; a relative address is taken against
    `base`. A mailto that would attach a file does not pass (some mail programs do that unasked). Hosts with other
    than ASCII letters come back in punycode, so that look-alikes show, and names and passwords before a host are
    left out. White space and control characters anywhere make an address unfit, as does a leading dash.
    """
    address = address.strip()
    if base and not address.startswith("-"):
        address = joined(base, address)
    if len(address) > LONGEST or address.startswith("-") or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        fit = parts.path.strip("/") and not parts.netloc and "attach" not in parts.query.lower()
        return address if fit else None
    if scheme not in SCHEMES or not parts.hostname:
        return None
    host = _ascii_host(parts.hostname)
    if host is None:
        return None
    netloc = host if port is None else f"{host}:{port}"
    return urlunsplit((scheme, netloc, parts.path, parts.query, parts.fragment))


def joined(base: str, address: str) -> str:
    """An address against the one that it is relative to; as it is when that makes no sense, or when it is empty."""
    address = address.strip()
    if not address or not base:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _ascii_host(host: str) -> str | None:
    """The host in ASCII; None when it is no host name at all."""
    if ":" in host:
        return f"[{host}]"
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return None
    return name if name and set(name) <= _HOST else None
