"""Links that are safe to open: which addresses may be given to a browser, in a form that shows where they lead."""

from __future__ import annotations

from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from rumor_tui.text import neutralise

SCHEMES = frozenset({"http", "https", "mailto"})
_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
_VERSIONS = frozenset({"www", "www2", "m", "mobile", "old", "new", "np", "amp"})
"""First parts of host names that choose a version of a site."""

LONGEST = 4000
"""Maximum length of an address in characters; the limits of browsers and command lines are not much higher."""


def openable(address: str, base: str | None = None) -> str | None:
    """The address in a form that may be given to a browser, or None if it must not be opened.

    Allowed are http and https with a host, and mailto with an addressee; a relative address is resolved against
    `base`. A mailto that attaches a file is refused, because some mail programs do that without asking. Host names
    with non-ASCII letters are returned in punycode, which exposes look-alikes; user names and passwords are removed.
    White space, control characters and a leading dash make an address invalid. Where it holds what is not shown as it
    is, such as invisible letters, all that is not ASCII is percent-encoded, as browsers do: what is seen is what is
    opened.
    """
    address = address.strip()
    if base and not address.startswith("-"):
        address = joined(base, address)
    if len(address) > LONGEST or address.startswith("-") or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() == "mailto":
            return _visible(address) if _is_safe_mailto(parts) else None
        normal = _normalised(parts)
        return normal if normal is None else _visible(normal)
    except ValueError:
        return None


def _visible(address: str) -> str:
    """The address with nothing in it that is shown otherwise than it is; unchanged if there is nothing such."""
    if neutralise(address) == address:
        return address
    return "".join(char if char.isascii() else quote(char, errors="replace") for char in address)


def page_elsewhere(address: str | None, *own: str | None) -> str | None:
    """The address in its openable form, if it is one on the web whose site is none of those of `own` addresses.

    It is what a post links to: a post's own page, or another one of the same site, is nothing elsewhere.
    """
    page = openable(address or "")
    if page is None or not page.startswith(("http://", "https://")):
        return None
    return None if site_of(page) in {site_of(mine) for mine in own if mine} else page


def site_of(address: str) -> str:
    """The host of an address in lower case, without what only chooses a version of the site ("www.", "m.", "old.")."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
    first, _, rest = host.partition(".")
    return rest if first in _VERSIONS and "." in rest else host


def _is_safe_mailto(parts: SplitResult) -> bool:
    return bool(parts.path.strip("/")) and not parts.netloc and "attach" not in parts.query.lower()


def _normalised(parts: SplitResult) -> str | None:
    """A web address with its host in ASCII and without user name and password. Raises ValueError for a bad port."""
    scheme, port = parts.scheme.lower(), parts.port
    host = _ascii_host(parts.hostname) if scheme in SCHEMES and parts.hostname else None
    if host is None:
        return None
    netloc = host if port is None else f"{host}:{port}"
    return urlunsplit((scheme, netloc, parts.path, parts.query, parts.fragment))


def joined(base: str, address: str) -> str:
    """An address resolved against `base`; unchanged if it is empty or cannot be resolved."""
    address = address.strip()
    if not address or not base:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _ascii_host(host: str) -> str | None:
    """The host name in ASCII; None if it is not a valid one."""
    if ":" in host:
        return f"[{host}]"
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return None
    return name if name and set(name) <= _HOST else None
