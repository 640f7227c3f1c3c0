"""Posts copied from the window of a social network, where the parts of a post's head stand on lines of their own.

X, Bluesky, Threads and Mastodon give the name, the handle below it, the date below that (or at the end of the post),
the text, and counts of answers and likes. The head becomes one line, as other pages have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui.readers.dates.find import find_date

_MARKS = " \t\u200e\u200f\u202a\u202c\u2066\u2069"
_HANDLE = re.compile(r"@[\w.-]{1,60}(?:@[\w.-]{1,60})?")
_COUNT = re.compile(r"[\d.,]{1,9}\s?(?:[KMB]|tsd\.?|mio\.?)?|·|")
_LONGEST_NAME = 60
_LONGEST_DATE = 40
_LEAST_POSTS = 2
_LABEL = 3
"""Words of a label such as "48.1K Views", at most."""


def join_heads(lines: Sequence[str]) -> list[str]:
    """The lines, with every name, handle and date on one line, and without the counts at the end of each post."""
    shown = [line.strip(_MARKS) for line in lines]
    heads = [row for row in range(1, len(shown)) if _is_head(shown, row)]
    if len(heads) < _LEAST_POSTS or sum(_is_dated(shown, row) for row in heads) * 2 < len(heads):
        return list(lines)
    tops = [row - 1 - bool(row > 1 and _date_in(shown[row - 2])) for row in heads]
    joined = list(lines[: tops[0]])
    for top, row, end in zip(tops, heads, [*tops[1:], len(lines)], strict=True):
        dated = next((place for place in range(row + 1, end) if _date_in(shown[place])), row)
        written, body = _date_in(shown[dated]), lines[dated + 1 : end]
        if top < row - 1:
            written, body = _date_in(shown[top]), lines[row + 1 : end]
        elif any(shown[place].strip("· ") for place in range(row + 1, dated)):
            # Of the page's main post the date stands below the text, and counts with their labels below it.
            body = [*lines[row + 1 : dated], *(line for line in lines[dated + 1 : end] if len(line.split()) > _LABEL)]
        while body and _COUNT.fullmatch(body[-1].strip()):
            body = body[:-1]
        joined += [" · ".join(filter(None, (shown[row - 1], written))), "", *body, ""]
    return joined


def _is_head(shown: Sequence[str], row: int) -> bool:
    """Whether a handle stands in a row, and a name above it."""
    name = shown[row - 1]
    is_name = 0 < len(name) <= _LONGEST_NAME and name[0] != "@"
    return is_name and shown[row][:1] == "@" and bool(_HANDLE.fullmatch(shown[row]))


def _is_dated(shown: Sequence[str], row: int) -> bool:
    """Whether a date is near a handle; a person who is addressed on a line of its own has none."""
    return any(_date_in(text) for text in (*shown[max(row - 2, 0) : row - 1], *shown[row + 1 : row + 4]))


def _date_in(text: str) -> str:
    """The date of a line that has nothing else but a time of day; empty for another line."""
    span = find_date(text) if text and len(text) <= _LONGEST_DATE and any(map(str.isdigit, text)) else None
    if span is None or re.search(r"[^\W\d_]{3}", text[: span[0]] + text[span[1] :]):
        return ""
    return text[slice(*span)]
