"""Links that an answer's headers name (RFC 8288)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx2

_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"[^"]*"|[^",;\s]*))?)*)')
_PARAMETER = re.compile(r';\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"([^"]*)"|([^",;\s]*))')
_LONGEST = 16_384


def links(headers: httpx2.Headers) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address in the Link headers, as written, with its parameters."""
    for address, parameters in _LINK.findall(headers.get("link", "")[:_LONGEST]):
        found = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(parameters)}
        yield address.strip(), found


def named(headers: httpx2.Headers, base: str, relation: str) -> str | None:
    """The first link of a relation, as a whole address; `base` is the answer's own."""
    for address, parameters in links(headers):
        if relation in parameters.get("rel", "").split():
            try:
                return urljoin(base, address)
            except ValueError:
                return None
    return None
