"""Spans: moved along when their text is edited, and put in canonical form.

Canonical means that spans of one role neither touch, overlap, nor begin or end in white space (links and images may
touch), that code ends at the end of a line, that a link leads somewhere, and that a bare web address is a link.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from rumor_tui.model import Role, Span
from rumor_tui.text import neutralise_line

ADDRESS: Final = re.compile(r"\bhttps?://[^\s<>\"“”`]+", re.IGNORECASE)
"""A bare web address and the stops after it, which `trim_address` takes off."""

_RANKS: Final[dict[Role, int]] = {"strong": 1, "emphasis": 2, "strike": 3, "code": 4, "image": 5}
"""Of spans over the same text, which stands inside which; a link is around them all."""

_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_LINE: Final = re.compile(r"[^\n\t]+")


def shift_spans(spans: Iterable[Span], by: int) -> list[Span]:
    """The spans moved `by` characters to the right; what would begin before the text begins with it."""
    return [replace(span, start=max(span.start + by, 0), end=max(span.end + by, 0)) for span in spans]


def clip_spans(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """What of the spans lies in `text[start:end]`, counted from there."""
    return [
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    ]


def edit_text(text: str, spans: list[Span], edits: list[tuple[int, int, str]]) -> tuple[str, list[Span]]:
    """The text with `text[start:end]` replaced by `new` for each (start, end, new), which come in order and apart.

    The spans move along; an end of a span inside what was replaced goes to an end of it.
    """
    if not edits:
        return text, spans
    parts: list[str] = []
    ends: list[int] = []
    at = size = 0
    for start, end, new in edits:
        parts += text[at:start], new
        size += start - at + len(new)
        at = end
        ends.append(size)
    parts.append(text[at:])
    starts = [start for start, _, _ in edits]

    def moved(place: int) -> int:
        nth = bisect_right(starts, place - 1) - 1
        if nth < 0:
            return place
        _, end, new = edits[nth]
        return ends[nth] + place - end if place >= end else ends[nth] - len(new)

    return "".join(parts), [replace(span, start=moved(span.start), end=moved(span.end)) for span in spans]


def canonical_spans(text: str, spans: list[Span], table: bool = False) -> tuple[Span, ...]:
    """The spans in canonical form and in order, with the bare addresses of the text added."""
    if not spans:
        return tuple(_bare_links(text, [])) if "://" in text else ()
    roles: dict[Role, list[Span]] = {}
    for span in spans:
        if (role := span.role) not in ("link", "image") or span.target:
            roles.setdefault(role, []).append(span)
    out: list[Span] = []
    for role, found in roles.items():
        found.sort(key=_order)
        apart = _leading(found) if role in ("link", "image") else _merged(found)
        out += [part for span in apart for part in _some(text, span)]
    out = [part for span in _beside_images(text, out) for part in _in_cells(text, span, table)]
    out += _bare_links(text, out)
    return tuple(_nested(sorted(out, key=_order)))


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _RANKS.get(span.role, 0)


def _nested(spans: list[Span]) -> Iterator[Span]:
    """The spans, which come in order, each cut short where one that began before it ends."""
    opened: list[int] = []
    for span in spans:
        while opened and opened[-1] <= span.start:
            opened.pop()
        if opened and opened[-1] < span.end:
            span = replace(span, end=opened[-1])
        opened.append(span.end)
        yield span


def _beside_images(text: str, spans: list[Span]) -> Iterator[Span]:
    """The spans, those of one role in order; but the text of an image is not code."""
    images = sorted((span.start, span.end) for span in spans if span.role == "image")
    nth = 0
    for span in spans:
        if span.role != "code" or not images:
            yield span
            continue
        start = span.start
        while nth < len(images) and images[nth][0] < span.end:
            left, right = images[nth]
            if left >= start:
                yield from _some(text, replace(span, start=start, end=left))
                start = right
            nth += 1
        yield from _some(text, replace(span, start=min(start, span.end)))


def _some(text: str, span: Span) -> Iterator[Span]:
    """The span without white space at its ends, if that leaves anything."""
    span = _shrunk(text, span)
    if span.start < span.end:
        yield span


def _shrunk(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    return replace(span, start=start, end=max(start, span.start + len(inner.rstrip())))


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        if out and span.start <= out[-1].end:
            out[-1] = replace(out[-1], end=max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _leading(spans: list[Span]) -> list[Span]:
    """The spans without those that begin inside another one."""
    out: list[Span] = []
    for span in spans:
        if not out or span.start >= out[-1].end:
            target = neutralise_line(span.target)
            out.append(span if target == span.target else replace(span, target=target))
    return out


def _in_cells(text: str, span: Span, table: bool) -> Iterator[Span]:
    """The span; but code stays on its line, and nothing reaches from one cell of a table into the next."""
    inner = text[span.start : span.end]
    if (not table and span.role != "code") or not ("\n" in inner or "\t" in inner):
        yield span
        return
    for match in _LINE.finditer(inner):
        yield from _some(text, replace(span, start=span.start + match.start(), end=span.start + match.end()))


def _bare_links(text: str, spans: list[Span]) -> Iterator[Span]:
    if "://" not in text:
        return
    taken = sorted((span.start, span.end) for span in spans if span.role in ("link", "image", "code"))
    nth = 0
    for match in ADDRESS.finditer(text):
        address = trim_address(match[0])
        start, end = match.start(), match.start() + len(address)
        while nth < len(taken) and taken[nth][1] <= start:
            nth += 1
        if address and not (nth < len(taken) and taken[nth][0] < end):
            yield Span(start, end, "link", address)


def trim_address(found: str) -> str:
    """The address that `found` begins with, without the stops and unpaired brackets that belong to the sentence.

    Empty when nothing is left after the scheme.
    """
    open_brackets = {close: found.count(close) - found.count(start) for close, start in _BRACKETS.items()}
    end = len(found)
    while end:
        last = found[end - 1]
        if open_brackets.get(last, 0) > 0:
            open_brackets[last] -= 1
        elif last not in ".,;:!?'’*_~…":
            break
        end -= 1
    return "" if found[:end].lower() in ("http:/", "https:/", "http://", "https://", "http", "https") else found[:end]
