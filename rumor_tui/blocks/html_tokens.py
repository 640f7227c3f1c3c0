"""HTML cut into tags and text, in time that grows with its length only, whatever is left unclosed.

We have a scanner of our own because `html.parser` takes quadratic time on unclosed comments and declarations in
the Pythons that are in use (CVE-2025-6069), and several times as long for a typical comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final, Literal

Token = tuple[Literal["text", "open", "close"], str, str]
"""The kind; the tag's name in lower case, or the text with its entities decoded; the source of the attributes."""
HIDDEN_TAGS: Final = frozenset(
    ["script", "style", "template", "title", "textarea", "select", "noscript", "iframe", "svg", "math", "object"]
)
"""Elements whose contents are not shown."""
_MAX_UNCLOSED: Final = 50
"""Tags with an unclosed quote after which quotes in tags are ignored: for each, all the rest is scanned."""
_NAME: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)")
_REST: Final = re.compile(r"""(?>(?:[^>"']++|"[^"]*+"|'[^']*+')*)>""")
_ATTRIBUTE: Final = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")


def tokenize(body: str) -> Iterator[Token]:
    """The tags and the texts of a body, in order. What only looks like a tag is text."""
    at = loose = 0
    endless: set[str] = set()
    last = body.rfind(">")
    comments = True
    while (start := body.find("<", at)) >= 0:
        if start > at:
            yield "text", unescape(body[at:start]), ""
        if start > last:
            at = start
            break
        if match := _NAME.match(body, start):
            rest = _REST.match(body, match.end()) if loose < _MAX_UNCLOSED else None
            loose += rest is None
            at = rest.end() if rest else body.find(">", match.end()) + 1
            name = match[2].lower()
            yield "close" if match[1] else "open", name, body[match.end() : at - 1]
            if name in HIDDEN_TAGS and not match[1] and name not in endless:
                if (end := _after_hidden(body, name, at)) < 0:
                    endless.add(name)
                else:
                    at = end
        elif comments and body.startswith("<!--", start):
            end = body.find("-->", start + 4)
            comments = end >= 0
            at = end + 3 if comments else start + 4
        elif body.startswith(("<!", "<?", "</"), start):
            at = body.find(">", start) + 1
        else:
            yield "text", "<", ""
            at = start + 1
    if at < len(body):
        yield "text", unescape(body[at:]), ""


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b", re.IGNORECASE)


def _after_hidden(body: str, name: str, at: int) -> int:
    """Where the text after a hidden element begins; -1 if the element never closes, and is shown."""
    end = _end_tag(name).search(body, at)
    close = body.find(">", end.end()) if end else -1
    return close + 1 or -1


def parse_attributes(source: str) -> dict[str, str]:
    """The values of a tag's attributes; of several with one name the first counts, as in browsers."""
    values = {name.lower(): a or b or c for name, a, b, c in reversed(_ATTRIBUTE.findall(source))}
    return {name: unescape(value) for name, value in values.items()} if "&" in source else values
