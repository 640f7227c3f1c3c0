"""What a comment system's row may ask of a page: its elements with their attributes, and the texts of its scripts.

Read from the page's source by plain patterns, and only for pages that have one of the systems' words in them: the
parsed page has no scripts any more, and a second parse would cost as much as the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Final
from urllib.parse import urljoin

from rumor_tui import links

_ELEMENT: Final = re.compile(
    r"<([a-zA-Z][\w-]{0,40})((?>(?:[^<>\"'=]{1,400}|=\s{0,8}\"[^\"]{0,20000}\"|=\s{0,8}'[^']{0,20000}'|=){0,80}))>"
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]{1,60})(?:\s{0,8}=\s{0,8}(?:"([^"]{0,20000})"|'([^']{0,20000})'|([^\s"'>]{1,2000})))?"""
)
_SCRIPT: Final = re.compile(r"<script\b[^>]{0,4000}>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_MAX_ELEMENTS: Final = 60_000
"""Elements of a page that are looked at."""

Element = tuple[str, dict[str, str]]
"""A tag in lower case, and its attributes, whose names are in lower case too."""


class Markup:
    """The source of a page, and its address as far as it is known ("" else)."""

    def __init__(self, text: str, address: str) -> None:
        self.text = text
        self.address = address

    @cached_property
    def elements(self) -> list[Element]:
        """The start tags of the page, in order."""
        found: list[Element] = []
        for match in _ELEMENT.finditer(self.text):
            attributes: dict[str, str] = {}
            for name, double, single, bare in _ATTRIBUTE.findall(match[2]):
                attributes.setdefault(name.lower(), unescape(double or single or bare).strip())
            found.append((match[1].lower(), attributes))
            if len(found) == _MAX_ELEMENTS:
                break
        return found

    @cached_property
    def scripts(self) -> str:
        """The texts of all scripts, one after the other."""
        return "\n".join(_SCRIPT.findall(self.text))

    def with_attribute(self, name: str, pattern: str = "") -> Iterator[dict[str, str]]:
        """The attributes of the elements that have one of this name, whose value a pattern is found in."""
        for _, attributes in self.elements:
            if name in attributes and (not pattern or re.search(pattern, attributes[name], re.IGNORECASE)):
                yield attributes

    def first(self, name: str, pattern: str = "") -> dict[str, str] | None:
        """The attributes of the first such element."""
        return next(self.with_attribute(name, pattern), None)

    def source(self, pattern: str) -> dict[str, str] | None:
        """The attributes of the first script, frame or module whose address (`src`, `data-src`) has a pattern."""
        return self.first("src", pattern) or self.first("data-src", pattern) or self.first("data-lazy-src", pattern)

    def setting(self, *names: str) -> str:
        """A text that the page's scripts give to one of these variables or properties; "" without.

        `name = "value"`, `name: 'value'` and `"name": "value"`, with an object before the name or not.
        """
        for name in names:
            pattern = rf"""(?<![\w-])["']?{re.escape(name)}["']?\s{{0,20}}[:=]\s{{0,20}}(["'`])([^"'`\n]{{1,2000}})\1"""
            match = re.search(pattern, self.scripts)
            if match:
                return match[2].strip().replace("\\/", "/")
        return ""

    @cached_property
    def canonical(self) -> str:
        """The page's own address: as its head declares it, else where it is."""
        for name, key, value in (("rel", "href", "canonical"), ("property", "content", "og:url")):
            for attributes in self.with_attribute(name, rf"(?:^|\s){value}(?:\s|$)"):
                declared = self.absolute(attributes.get(key, ""))
                if declared:
                    return declared
        return self.address

    def absolute(self, address: str) -> str:
        """An address of the page as an absolute one on the web; "" where it is none."""
        try:
            found = links.openable(urljoin(self.address, address)) if address else None
        except ValueError:
            return ""
        return found if found and found.startswith(("http://", "https://")) else ""
