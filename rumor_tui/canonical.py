"""One canonical form of web addresses, in which two addresses of the same page are equal.

The same article is posted with and without `www`, in its mobile and AMP forms, with what campaigns append to it, and
as a copy in an archive. The rules are tables (`canonical_rules`), and each holds for its kind of page only: what
identifies a page (`id=`, `p=`, `article=`, the case of a path, a port, a language) stays. What is general follows
RFC 3986, 6.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

from rumor_tui import canonical_rules as rules
from rumor_tui.model import Thread

LONGEST = 4000
"""Characters of the longest address that is looked at; a longer one is left as it is (see `links.LONGEST`)."""

MAX_FORMS = 8
"""The most forms of an address that are worth asking for."""

_MAX_STEPS = 200
"""More wrappers (archives of archives) than an address of the longest length holds."""

_IN_PATH = "!$&'()*+,;=:@~"
_IN_QUERY = "!$'()*,;:@/?~"
"""Characters that mean themselves there (RFC 3986, 3.3 and 3.4); `&`, `=` and `+` separate and encode in a query."""


class _Address(NamedTuple):
    """The parts of a web address, normalised one by one.

    `host` is in lower-case ASCII, with the port unless that is a default one; `path` and `query` are encoded in one
    way; `rest` is everything behind the scheme as written, and `secure` tells which scheme it is.
    """

    host: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    fragment: str
    rest: str
    secure: bool

    @property
    def page(self) -> str:
        """Host, path and query."""
        return f"{self.host}/{'/'.join(self.path)}{_question(self.query)}"

    @property
    def ends_in_slash(self) -> bool:
        """Whether the path is written with a slash at the end."""
        return re.split(r"[?#]", self.rest, maxsplit=1)[0].endswith("/")


def canonical_address(address: str) -> str:
    """The canonical form of a web address; any other text without the white space around it. Never raises.

    It is meant for comparison: the page's server may know it under another form only. Idempotent.
    """
    text = _clean(address)
    for _ in range(_MAX_STEPS):
        following = _canonical_step(text)
        if following == text:
            break
        text = following
    return text


def is_front_page(address: str) -> bool:
    """Whether a web address is that of a site's front page."""
    parts = _parse(canonical_address(address))
    return parts is not None and not any(parts.path) and not parts.query and not parts.fragment


def search_forms(address: str) -> list[str]:
    """The forms in which people post a page, likeliest first: for searches that compare addresses literally.

    None for what is no web address, otherwise at most MAX_FORMS. The first is the address as given, without what
    campaigns append to it, without an index file, and not as a copy in an archive.
    """
    parts, page = _parse(_unwrap(_clean(address))), _parse(canonical_address(address))
    if parts is None or page is None:
        return []
    host, path = _canonical_host(parts.host), _canonical_path(parts.host, parts.path)
    query = _kept(f"{host}/{'/'.join(path)}", _without_tracking(host, parts.query))
    is_index = bool(parts.path) and _pattern(rules.INDEX).fullmatch(parts.path[-1]) is not None
    given = _literal(parts._replace(path=path, query=query), parts.ends_in_slash or is_index)
    posted = _literal(parts._replace(query=query), parts.ends_in_slash)
    known = [
        f"https://{match.expand(form)}"
        for pattern, _, forms in rules.FORMS
        if (match := _pattern(pattern).fullmatch(page.page))
        for form in forms
    ]
    return list(dict.fromkeys([given, posted, *(known or _variants(page, parts))]))[:MAX_FORMS]


def search_key(address: str) -> str:
    """What all forms of a web address have in common: for searches that look for a part of addresses.

    Mostly that is the canonical form without the scheme; an empty string for what is no web address.
    """
    page = _parse(canonical_address(address))
    if page is None:
        return ""
    keys = (match.expand(key) for pattern, key, _ in rules.FORMS if (match := _pattern(pattern).fullmatch(page.page)))
    return next(keys, page.page.rstrip("/"))


def addresses_of(thread: Thread) -> list[str]:
    """The web addresses of the pages that a thread is about, one for each page, the article before the discussion."""
    article = thread.article
    linked = article.linked.url if article.linked else None
    return distinct_pages(filter(None, (linked, article.link, article.url, thread.source)))


def distinct_pages(addresses: Iterable[str]) -> list[str]:
    """The web addresses among some texts, the first of each page."""
    found: dict[str, str] = {}
    for address in addresses:
        if _parse(_clean(address)) is not None:
            found.setdefault(canonical_address(address), address.strip())
    return list(found.values())


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.DOTALL)


# Parsing


def _clean(address: str) -> str:
    """The text without lone surrogates, which cannot be encoded, and without white space around it."""
    return address.encode("utf-8", "surrogatepass").decode("utf-8", "replace").strip()


def _parse(address: str) -> _Address | None:
    """The parts of a web address, or None if it is none, or too long."""
    if len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = _host(parts.hostname or "")
    if parts.scheme not in ("http", "https") or not host:
        return None
    # With either scheme, since the canonical form knows only one.
    site = host if port in (None, 80, 443) else f"{host}:{port}"
    rest = f"{site}{parts.path}{'?' if parts.query else ''}{parts.query}{'#' if parts.fragment else ''}{parts.fragment}"
    fragment = quote(unquote_to_bytes(parts.fragment), safe=_IN_PATH + "/?")
    return _Address(site, _path(parts.path), _query(parts.query), fragment, rest, parts.scheme == "https")


def _host(name: str) -> str:
    """A host name in lower-case ASCII, as far as it can be encoded; an IPv6 address in brackets."""
    name = name.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return name


def _path(path: str) -> tuple[str, ...]:
    """The segments of a path, in one encoding, without dots and without slashes at the end."""
    segments: list[str] = []
    for raw in path.split("/")[1:]:
        segment = quote(unquote_to_bytes(raw), safe=_IN_PATH)
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    while segments and not segments[-1]:
        segments.pop()
    return tuple(segments)


def _query(query: str) -> tuple[tuple[str, str], ...]:
    """The parameters of a query in the order of their names, in one encoding; values of one name keep their order."""
    pairs = (piece.partition("=") for piece in query.split("&") if piece.strip("="))
    return tuple(sorted(((_word(key), _word(value)) for key, _, value in pairs), key=lambda pair: pair[0]))


def _word(text: str) -> str:
    return quote(unquote_to_bytes(text.replace("+", " ")), safe=_IN_QUERY)


def _question(query: Iterable[tuple[str, str]]) -> str:
    """The query of an address, with its question mark; nothing without parameters."""
    pieces = "&".join(f"{key}={value}" if value else key for key, value in query)
    return f"?{pieces}" if pieces else ""


# The canonical form


def _canonical_step(text: str) -> str:
    """The address after one turn of all rules; the text itself if they change nothing."""
    parts = _parse(text)
    if parts is None:
        return text
    inner = _inner(parts)
    if inner is not None:
        return inner
    host = _canonical_host(parts.host)
    page = _rewritten(parts._replace(host=host, query=_without_tracking(host, parts.query)).page)
    form = _parse(f"https://{page}") or parts
    path = _canonical_path(form.host, form.path)
    query = _kept(f"{form.host}/{'/'.join(path)}", form.query)
    fragment = _route(parts.fragment)
    return f"https://{form._replace(path=path, query=query).page}{'#' if fragment else ''}{fragment}"


def _unwrap(text: str) -> str:
    """The address inside copies of archives, caches and redirections."""
    for _ in range(_MAX_STEPS):
        parts = _parse(text)
        inner = _inner(parts) if parts else None
        if inner is None:
            break
        text = inner
    return text


def _inner(parts: _Address) -> str | None:
    """The address of the page that an address is a copy of, or a redirection to; None if it is neither."""
    for pattern in rules.WRAPPERS:
        match = _pattern(pattern).fullmatch(parts.rest)
        if match:
            return _whole(match["address"])
    for pattern, names in rules.REDIRECTORS:
        if _pattern(pattern).fullmatch(f"{parts.host}/{'/'.join(parts.path)}"):
            for name, value in parts.query:
                address = unquote_to_bytes(value).decode("utf-8", "replace")
                if name in names and address.startswith(("http://", "https://")):
                    return _whole(address)
    return None


def _whole(address: str) -> str | None:
    """An address inside another one with its scheme, which may be missing there or have lost a slash.

    None if it has no host with a dot: then it is no address.
    """
    found = re.match(r"(https?):/+(.*)", address, re.DOTALL)
    whole = f"{found[1]}://{found[2]}" if found else f"https://{address}"
    parts = _parse(whole)
    return whole if parts is not None and "." in parts.host else None


def _canonical_host(host: str) -> str:
    for pattern, replacement in rules.HOSTS:
        match = _pattern(pattern).fullmatch(host)
        host = match.expand(replacement) if match else host
    while match := _pattern(rules.HOST_PREFIX).match(host):
        rest = host[match.end() :]
        if "." not in rest or _pattern(rules.SUFFIX).fullmatch(rest):
            break
        host = rest
    return host


def _rewritten(page: str) -> str:
    """A page in the one form that its platform's addresses have here."""
    for pattern, replacement in rules.REWRITES:
        match = _pattern(pattern).fullmatch(page)
        if match:
            return match.expand(replacement)
    return page


def _canonical_path(host: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """A path without session, index file and AMP's ending, in lower case where a site ignores case."""
    segments = [_pattern(rules.SESSION).sub("", segment) for segment in path]
    while segments and (not segments[-1] or _pattern(rules.INDEX).fullmatch(segments[-1])):
        segments.pop()
    if segments:
        segments[-1] = _pattern(rules.AMP_SUFFIX).sub(r"\1", segments[-1])
    is_amp = segments[-1:] == ["amp"] and len(segments) > 1 and _pattern(rules.SLUG).search(segments[-2])
    if is_amp and host not in rules.NO_AMP:
        segments.pop()
    leads_to_amp = segments[:1] == ["amp"] and len(segments) > 1 and _pattern(rules.SLUG).search(segments[-1])
    if leads_to_amp and host not in rules.NO_AMP:
        del segments[0]
    many = rules.CASELESS.get(host, 0)
    return (*map(str.lower, segments[:many]), *segments[many:])


def _without_tracking(host: str, query: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The parameters that tell which page it is, not how somebody came to it."""
    own = next((names for pattern, names in rules.HOST_PARAMETERS if _pattern(pattern).fullmatch(host)), frozenset())
    return tuple(pair for pair in query if not (pair[0].lower() in own or _is_tracking(*pair)))


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name in rules.TRACKING or name.startswith(rules.TRACKING_PREFIXES) or (name, value.lower()) in rules.NO_CHANGE:
        return True
    if name == "sid":
        return _pattern(rules.SESSION_VALUE).fullmatch(value) is not None
    return any(name in names and _pattern(values).fullmatch(value.lower()) for names, values in rules.REFERRERS)


def _kept(page: str, query: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The parameters that identify a page where that is known: for some sites, the path alone does."""
    for pattern, names in rules.ONLY_PARAMETERS:
        if _pattern(pattern).fullmatch(page):
            return tuple(pair for pair in query if pair[0] in names)
    return query


def _route(fragment: str) -> str:
    """A fragment that is the route of an application, and so tells which page it is; otherwise nothing."""
    return fragment if fragment.startswith(("!", "/")) else ""


# Forms to search for


def _literal(parts: _Address, has_slash: bool) -> str:
    path = (*parts.path, "") if has_slash and parts.path else parts.path
    fragment = _route(parts.fragment)
    page = parts._replace(path=path).page
    return f"{'https' if parts.secure else 'http'}://{page}{'#' if fragment else ''}{fragment}"


def _variants(page: _Address, given: _Address) -> list[str]:
    """A page with either scheme, with and without `www` and a slash at the end, those first that differ least."""
    has_www = given.host.startswith("www.")
    is_site = _pattern(rules.SITE).fullmatch(page.host) is not None
    # A slash behind a file's name or before a query is posted by nobody.
    is_folder = bool(page.path) and not page.query and "." not in page.path[-1]
    changes = product((False, True), (False, True) if is_site else (False,), (False, True) if is_folder else (False,))
    found = []
    for scheme, name, end in sorted(changes, key=sum):
        host = f"www.{page.host}" if is_site and has_www != name else page.host
        form = page._replace(host=host, secure=given.secure != scheme)
        found.append(_literal(form, is_folder and given.ends_in_slash != end))
    return found
