"""Spans: moved when their text is edited, and put in canonical form.

Canonical means that spans of one role neither touch, overlap, nor begin or end in white space (links and images may
touch), that code ends at the end of a line, that a link has a target, and that a bare web address is a link.
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
"""A bare web address and the punctuation after it, which `trim_address` removes."""
_RANKS: Final[dict[Role, int]] = {"strong": 1, "emphasis": 2, "strike": 3, "code": 4, "image": 5}
"""The order of spans over the same text, outermost first; a link is around them all."""
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_LINE: Final = re.compile(r"[^\n\t]+")


def shift_spans(spans: Iterable[Span], by: int) -> list[Span]:
    """The spans moved `by` characters to the right; none begins before the text."""
    return [replace(span, start=max(span.start + by, 0), end=max(span.end + by, 0)) for span in spans]


def clip_spans(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of the spans in `text[start:end]`, relative to its start."""
    return [
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    ]


def edit_text(text: str, spans: list[Span], edits: list[tuple[int, int, str]]) -> tuple[str, list[Span]]:
    """The text with `text[start:end]` replaced by `new` for each (start, end, new), which come in order.

    The spans are moved too; an end of a span inside a replaced part is moved to an end of it.
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
        index = bisect_right(starts, place - 1) - 1
        if index < 0:
            return place
        _, end, new = edits[index]
        return ends[index] + place - end if place >= end else ends[index] - len(new)

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
    for role, same_role in roles.items():
        same_role.sort(key=_order)
        separate = _without_inner(same_role) if role in ("link", "image") else _merge(same_role)
        out += [part for span in separate for part in _stripped(text, span)]
    out = [part for span in _code_outside_images(text, out) for part in _split_at_cells(text, span, table)]
    out += _bare_links(text, out)
    return tuple(_nest(sorted(out, key=_order)))


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _RANKS.get(span.role, 0)


def _nest(spans: list[Span]) -> Iterator[Span]:
    """The spans, which come in order, each shortened to the end of the one that it began in."""
    opened: list[int] = []
    for span in spans:
        while opened and opened[-1] <= span.start:
            opened.pop()
        if opened and opened[-1] < span.end:
            span = replace(span, end=opened[-1])
        opened.append(span.end)
        yield span


def _code_outside_images(text: str, spans: list[Span]) -> Iterator[Span]:
    """The spans, which are in order by role, without the parts of code that are the text of an image."""
    images = sorted((span.start, span.end) for span in spans if span.role == "image")
    index = 0
    for span in spans:
        if span.role != "code" or not images:
            yield span
            continue
        start = span.start
        while index < len(images) and images[index][0] < span.end:
            left, right = images[index]
            if left >= start:
                yield from _stripped(text, replace(span, start=start, end=left))
                start = right
            index += 1
        yield from _stripped(text, replace(span, start=min(start, span.end)))


def _stripped(text: str, span: Span) -> Iterator[Span]:
    """The span without white space at its ends, unless nothing is left."""
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    end = span.start + len(inner.rstrip())
    if start < end:
        yield replace(span, start=start, end=end)


def _merge(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        if out and span.start <= out[-1].end:
            out[-1] = replace(out[-1], end=max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _without_inner(spans: list[Span]) -> list[Span]:
    """The spans without those that begin inside another one."""
    out: list[Span] = []
    for span in spans:
        if not out or span.start >= out[-1].end:
            target = neutralise_line(span.target)
            out.append(span if target == span.target else replace(span, target=target))
    return out


def _split_at_cells(text: str, span: Span, table: bool) -> Iterator[Span]:
    """The span, split at line ends if it is code, and at the cells of a table."""
    inner = text[span.start : span.end]
    if (not table and span.role != "code") or not ("\n" in inner or "\t" in inner):
        yield span
        return
    for match in _LINE.finditer(inner):
        yield from _stripped(text, replace(span, start=span.start + match.start(), end=span.start + match.end()))


def _bare_links(text: str, spans: list[Span]) -> Iterator[Span]:
    if "://" not in text:
        return
    taken = sorted((span.start, span.end) for span in spans if span.role in ("link", "image", "code"))
    index = 0
    for match in ADDRESS.finditer(text):
        address = trim_address(match[0])
        start, end = match.start(), match.start() + len(address)
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if address and not (index < len(taken) and taken[index][0] < end):
            yield Span(start, end, "link", address)


def trim_address(text: str) -> str:
    """The address at the start of a text, without the punctuation and unpaired brackets of the sentence around it.

    Empty when nothing is left after the scheme.
    """
    open_brackets = {close: text.count(close) - text.count(start) for close, start in _BRACKETS.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if open_brackets.get(last, 0) > 0:
            open_brackets[last] -= 1
        elif last not in ".,;:!?'’*_~…":
            break
        end -= 1
    return "" if text[:end].lower() in ("http:/", "https:/", "http://", "https://", "http", "https") else text[:end]
