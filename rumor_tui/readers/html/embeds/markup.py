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
from urllib.parse import parse_qsl, urljoin

from rumor_tui import links
from rumor_tui.readers.html.embeds import scripts

_ELEMENT: Final = re.compile(
    r"<([a-zA-Z][\w:-]{0,40})((?>(?:[^<>\"'=]{1,400}|=\s{0,8}\"[^\"]{0,20000}\"|=\s{0,8}'[^']{0,20000}'|=){0,80}))>"
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]{1,60})(?:\s{0,8}=\s{0,8}(?:"([^"]{0,20000})"|'([^']{0,20000})'|([^\s"'>]{1,2000})))?"""
)
_HIDDEN: Final = re.compile(r"<script\b|<!--", re.IGNORECASE)
_SCRIPT_END: Final = re.compile(r"</script", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^>]{0,400}>([^<]{1,2000})", re.IGNORECASE)
_FRAMES: Final = frozenset({"iframe", "amp-iframe"})
_MAX_DEPTH: Final = 2
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
    def _parts(self) -> tuple[str, list[tuple[str, str]]]:
        """The source without its comments, and the attributes of each script, as written, with its text.

        One pass by hand: a pattern would look for the end of each script that has none anew.
        """
        pieces: list[str] = []
        scripts: list[tuple[str, str]] = []
        start = 0
        while (match := _HIDDEN.search(self.text, start)) is not None:
            if match[0] == "<!--":
                end = self.text.find("-->", match.end()) + 3
                pieces.append(self.text[start : match.start()])
            else:
                closing = _SCRIPT_END.search(self.text, match.end())
                end = closing.start() if closing else -1
                attributes, closed, body = self.text[match.end() : max(end, 0)].partition(">")
                scripts += [(attributes, body)] if closed else []
                pieces.append(self.text[start : max(end, match.end())])
            if end < match.end():  # it has no end: what follows is none of the page
                return "".join(pieces), scripts
            start = end
        return "".join([*pieces, self.text[start:]]), scripts

    @property
    def live(self) -> str:
        """The source without its comments: what is switched off in one is not in the page. Scripts stay whole."""
        return self._parts[0]

    @cached_property
    def elements(self) -> list[Element]:
        """The start tags of the page, in order."""
        found: list[Element] = []
        for match in _ELEMENT.finditer(self.live):
            attributes: dict[str, str] = {}
            for name, double, single, bare in _ATTRIBUTE.findall(match[2]):
                attributes.setdefault(name.lower(), unescape(double or single or bare).strip())
            found.append((match[1].lower(), attributes))
            if len(found) == _MAX_ELEMENTS:
                break
        return found

    @cached_property
    def _live_scripts(self) -> list[tuple[str, str]]:
        """The attributes of each script, with its text but for comments: settings in these are switched off."""
        return [(attributes, scripts.without_comments(body)) for attributes, body in self._parts[1]]

    @cached_property
    def scripts(self) -> str:
        """The texts of all scripts, one after the other."""
        return "\n".join(body for _, body in self._live_scripts)

    def scripts_with(self, word: str) -> str:
        """The scripts that have a word in their attributes or text, both of them, one after the other."""
        return "\n".join(
            f"{attributes}\n{body}" for attributes, body in self._live_scripts if word in attributes or word in body
        )

    @cached_property
    def title(self) -> str:
        """The title of the page, as its window shows it."""
        match = _TITLE.search(self.live)
        return " ".join(unescape(match[1]).split()) if match else ""

    def meta(self, name: str) -> str:
        """What a meta element of the head says, by its `property` or `name`."""
        for key in ("property", "name"):
            for attributes in self.with_attribute(key):
                if attributes[key].lower() == name:
                    return attributes.get("content", "")
        return ""

    @property
    def location(self) -> str:
        """Where the page is; where that is not known, the address that it declares."""
        return self.absolute(self.address) or self.canonical

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

    def loader(self, pattern: str) -> dict[str, str]:
        """The attributes of a script with such an address, also of one that another script makes; empty without."""
        return self.source(pattern) or self._made_loader(pattern) or {}

    def _made_loader(self, pattern: str) -> dict[str, str] | None:
        """The attributes of a script that another script makes: its address, and what is set on it."""
        for _, body in self._live_scripts:
            for address in scripts.strings_of(body):
                if re.search(pattern, address, re.IGNORECASE):
                    return {**scripts.attributes_set(body), "src": address}
        return None

    def frame_query(self, pattern: str) -> dict[str, str]:
        """The parameters of the first frame whose address has a pattern, by name; empty without."""
        for tag, attributes in self.elements:
            address = attributes.get("src") or attributes.get("data-src") or ""
            if tag in _FRAMES and re.search(pattern, address, re.IGNORECASE):
                return dict(parse_qsl(address.partition("?")[2].partition("#")[0], max_num_fields=200))
        return {}

    def setting(self, *names: str, within: str = "", depth: int = 0) -> str:
        """A text that the page's scripts give to one of these variables or properties; "" without.

        `name = "value"`, `name: 'value'` and `"name": "value"`, with an object before the name or not; a number counts,
        too, and so does a text that is joined from literals and variables, at a `depth` of two at most. `within` is a
        word that the script must have.
        """
        text = self.scripts_with(within) if within else self.scripts
        for name in names:
            pattern = (
                rf"""(?<![\w-])["']?{re.escape(name)}["']?\s{{0,20}}[:=]\s{{0,20}}"""
                r"""(?:(["'`])([^"'`\n]{1,2000})\1|([0-9]{1,18})(?![\w.]))"""
            )
            match = re.search(pattern, text)
            if match and match[3]:
                return match[3]
            if match:
                return self.resolved(match[2], text[match.end() : match.end() + 1000], within=within, depth=depth)
        return ""

    def resolved(self, literal: str, behind: str = "", *, within: str = "", depth: int = 0) -> str:
        """A literal of a script with the variables that are appended to it or stand in it; "" if one is not known."""

        def variable(name: str) -> str:
            return self.setting(name.rpartition(".")[2], within=within, depth=depth + 1) if depth < _MAX_DEPTH else ""

        return scripts.joined_text(literal, behind, variable).strip()

    @cached_property
    def canonical(self) -> str:
        """The page's own address: as its head declares it, else where it is."""
        for name, key, value in (("rel", "href", "canonical"), ("property", "content", "og:url")):
            for attributes in self.with_attribute(name, rf"(?:^|\s){value}(?:\s|$)"):
                declared = self.absolute(attributes.get(key, ""))
                if declared:
                    return declared
        return self.absolute(self.address)

    def absolute(self, address: str) -> str:
        """An address of the page as an absolute one on the web; "" where it is none."""
        try:
            found = links.openable(urljoin(self.address, address)) if address else None
        except ValueError:
            return ""
        return found if found and found.startswith(("http://", "https://")) else ""
