"""The little of scripts that embeds are told by: comments, string literals, joined texts, attributes that are set."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([/\\'\"-]))")
_OPENING: Final = re.compile(r"""["'`]|/\*|(?<![^\s;,(){}])//""")
_STRING: Final = re.compile(r"""(["'])((?>(?:[^"'\\\n]|\\.|(?!\1)["']){0,20000}))\1""")
_LITERAL: Final = re.compile(r"""(["'`])([^"'`\n]{1,2000})\1""")
_SET_ATTRIBUTE: Final = re.compile(
    r"""setAttribute\(\s{0,9}["'`]([\w-]{1,60})["'`]\s{0,9},\s{0,9}(["'`])([^"'`\n]{1,400})\2"""
)
_SET_DATA: Final = re.compile(r"""\.dataset\.(\w{1,60})\s{0,9}=\s{0,9}(["'`])([^"'`\n]{1,400})\2""")
_CAPITAL: Final = re.compile(r"(?=[A-Z])")
_PIECE: Final = re.compile(r"""\s{0,9}\+\s{0,9}(?:(["'`])([^"'`\n]{0,400})\1|([A-Za-z_$][\w$.]{0,80})(?![\w$(\[]))""")
_PLUS: Final = re.compile(r"\s{0,9}\+")
_VARIABLE: Final = re.compile(r"\$\{\s{0,9}([^{}]{0,80}?)\s{0,9}\}")
_MAX_PIECES: Final = 8


def unescape_string(text: str) -> str:
    """A string of a script as what it stands for: `\\/` is a slash."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else found[3], text)


def without_comments(script: str) -> str:
    """A script without its comments, in which people keep settings that they have switched off.

    What looks like a comment within a string is none. Expressions of patterns are not told from divisions: a quote in
    one hides at most the rest of its line.
    """
    pieces: list[str] = []
    start = at = 0
    while (match := _OPENING.search(script, at)) is not None:
        opening = match[0]
        if opening in "\"'":
            string = _STRING.match(script, match.start())
            at = string.end() if string else match.end()
            continue
        end = script.find({"`": "`", "/*": "*/", "//": "\n"}[opening], match.end())
        if opening == "`":
            at = end + 1 if end >= 0 else match.end()
            continue
        pieces.append(script[start : match.start()])
        if end < 0:
            return "".join(pieces)
        start = at = end + (2 if opening == "/*" else 0)
    return "".join([*pieces, script[start:]])


def strings_of(script: str) -> list[str]:
    """The string literals of a script, each as what it stands for."""
    return [unescape_string(match[2]) for match in _LITERAL.finditer(script)]


def attributes_set(script: str) -> dict[str, str]:
    """The attributes that a script sets on elements, by `setAttribute` or `dataset`; names are in lower case."""
    found = {name.lower(): value for name, _, value in _SET_ATTRIBUTE.findall(script)}
    found.update((f"data-{_CAPITAL.sub('-', name).lower()}", value) for name, _, value in _SET_DATA.findall(script))
    return found


def joined_text(value: str, behind: str, setting: Callable[[str], str]) -> str:
    """A literal with what a script appends to it, and with the variables in it, which `setting` looks up.

    `behind` is what follows the literal. Loaders are copied with the host in a variable: `'//' + host`, or
    `https://${host}` between back ticks. "" where a piece is none that the page tells.
    """
    value = unescape_string(value)
    for _ in range(_MAX_PIECES):
        if not _PLUS.match(behind):
            break
        piece = _PIECE.match(behind)
        more = "" if piece is None else setting(piece[3]) if piece[3] else unescape_string(piece[2])
        if piece is None or (piece[3] and not more):
            return ""
        value += more
        behind = behind[piece.end() :]
    names = _VARIABLE.findall(value)
    known = {name: setting(name) for name in names[:_MAX_PIECES]}
    if not all(known.get(name) for name in names):
        return ""
    return _VARIABLE.sub(lambda match: known[match[1]], value)
