"""Lines that begin or sign posts, all of the same form on a page, and the lines of the texts between them.

A line with a date and little else is such an opener where a name stands at the same place of each: in the line itself
or some lines above it. What recurs word by word is the page's template and belongs neither to names nor to texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import text_lines as lines_of
from rumor_tui.readers.html.discussion.text_lines import DatedLine, Line
from rumor_tui.readers.html.dom import Dom

NAME_PLACES: Final = (0, -1, -2, -3, -4, -5, 1)
"""Where the name may be, in lines from the date's."""
MOST: Final = 0.8
"""The share of openers that must have a name, and of posts that must have a text."""
MANY: Final = 0.6
"""The share of posts in which a line is the template's."""
MIN_MEAN_TEXT: Final = 12
"""The mean length of the texts."""
MAX_ABOVE: Final = 8
"""Lines above the first opener among which a heading of comments is."""
MAX_HEADINGS: Final = 6
"""Headings of comments that are looked at."""
MAX_LABELS: Final = 4
"""Lines with labels below a name and a date."""
MAX_LEAD: Final = 8
"""Lines of a post among which labelled ones are that do not belong to its text."""
_STOP_TAGS: Final = vocabulary.HEADING_TAGS | {"address", "form", "footer", "nav", "center"}
_OUTSIDE_TAGS: Final = frozenset(("nav", "aside", "form"))
_UNDATED_TAGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", ""))
"""Elements of names without dates; the empty one stands for names in bold before a text in the same line."""
_DASHES: Final = "-–—"


@dataclass(slots=True)
class Opener:
    """The lines from `start` to `end` that begin or sign a post, and the first and last line of its text (`body`)."""

    name: str
    date: str
    start: int
    end: int
    labelled: bool
    body: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page's lines, which of them are headings of comments, and whether it is a guestbook or a board by its title."""

    dom: Dom
    lines: Sequence[Line]
    headings: Sequence[int]
    is_board: bool


def line_page(dom: Dom, lines: Sequence[Line], *, is_board: bool) -> LinePage:
    """The page with its headings of comments; what recurs is a label of each comment."""
    headings = [index for index, line in enumerate(lines) if lines_of.is_discussion_heading(line.text)]
    counts = Counter(lines[index].text for index in headings)
    headings = [at for at in headings if counts[lines[at].text] == 1 and not _is_outside(dom, lines[at].block)]
    return LinePage(dom, lines, headings[-MAX_HEADINGS:], is_board)


def heading_above(page: LinePage, start: int) -> int:
    """The heading of comments that is right above the first opener; -1 for none, or where another one is between."""
    for index in range(start - 1, max(-1, start - 1 - MAX_ABOVE), -1):
        if index in page.headings:
            return index
        if page.dom.tag[page.lines[index].block] in vocabulary.HEADING_TAGS:
            break
    return -1


def find_openers(page: LinePage) -> Iterator[list[Opener]]:
    """The openers of each form that have texts."""
    for openers in (*_dated_openers(page), *_undated_openers(page)):
        if _add_bodies(page, openers):
            yield openers


def _dated_openers(page: LinePage) -> Iterator[list[Opener]]:
    """For each form of dated lines the openers that they are."""
    forms: dict[tuple[str, bool], list[tuple[int, DatedLine]]] = {}
    for index, line in enumerate(page.lines):
        dated = lines_of.dated_line(line.text) if any(map(str.isdigit, line.text)) else None
        if dated and not _is_outside(page.dom, line.block):
            has_name = bool(lines_of.name_in(dated.before)[0])
            form = dated.label or _date_tag(page.dom, line), has_name
            forms.setdefault(form, []).append((index, dated))
    for found in forms.values():
        for start in dict.fromkeys(
            bisect_left(found, heading, key=itemgetter(0)) for heading in (-1, found[0][0] + 1, *page.headings)
        ):
            if openers := _named_openers(page, found[start:]):
                yield openers


def _date_tag(dom: Dom, line: Line) -> str:
    """The element that directly contains the last number of a line."""
    pieces = (piece for piece in range(line.last - 1, line.first, -1) if any(map(str.isdigit, dom.pieces[piece])))
    return dom.tag[dom.owner[next(pieces, line.first)]]


def _is_outside(dom: Dom, number: int) -> bool:
    while number > 0:
        if dom.tag[number] in _OUTSIDE_TAGS:
            return dom.text_length(number) < 0.5 * dom.text_length(0)
        number = dom.parent[number]
    return False


def _named_openers(page: LinePage, found: Sequence[tuple[int, DatedLine]]) -> list[Opener]:
    """The openers with these dates, and the names at the place that most surely is that of names; else none."""
    best: tuple[tuple[bool | int, ...], list[Opener]] = ((), [])
    many = MOST * len(found)
    for place in NAME_PLACES:
        openers = [opener for opener in _openers_at(page, found, place) if opener.name]
        if len(openers) < many or (len(found) > 1 and len({opener.name for opener in openers}) < 2):
            continue
        lines = [page.lines[opener.start if place < 0 else opener.end - 1] for opener in openers]
        rank = (
            sum(opener.labelled for opener in openers) >= many,
            place == 0,
            sum(_is_in_row(page, index, index + place) for index, _ in found) >= many,
            sum(line.marked for line in lines) >= many,
            place < 0,
            -abs(place),
        )
        if rank > best[0]:
            best = rank, openers
    return best[1]


def _openers_at(page: LinePage, found: Sequence[tuple[int, DatedLine]], place: int) -> Iterator[Opener]:
    """The openers if the names stand some lines from the dates; without a name where none can be there."""
    previous = -1
    for index, dated in found:
        at = index + place
        if previous < at < len(page.lines):
            name, labelled = _name_at(page, at, None if place else dated)
            yield Opener(name, dated.date, min(at, index), max(at, index) + 1, labelled)
        previous = index


def _is_in_row(page: LinePage, index: int, other: int) -> bool:
    """Whether a line is in the same row of a table as another one, or not in a table."""
    if not 0 <= other < len(page.lines):
        return False
    blocks = page.lines[index].block, page.lines[other].block
    return page.dom.tag[blocks[0]] != "td" or page.dom.parent[blocks[0]] == page.dom.parent[blocks[1]]


def _name_at(page: LinePage, index: int, dated: DatedLine | None) -> tuple[str, bool]:
    if dated is None:
        text = page.lines[index].text
        name, labelled = lines_of.name_in(text) if lines_of.dated_line(text) is None else ("", False)
        return name, labelled or (index > 0 and lines_of.is_name_label(page.lines[index - 1].text))
    before = lines_of.name_in(dated.before)
    return before if before[0] else lines_of.name_in(dated.after)


def _undated_openers(page: LinePage) -> Iterator[list[Opener]]:
    """Headings that are names, below a heading of comments, or where names return on a board."""
    by_tag: dict[str, list[Opener]] = {}
    below = min(page.headings, default=0 if page.is_board else len(page.lines))
    for index, line in enumerate(page.lines):
        tag = "" if line.leads else page.dom.tag[line.block]
        if index > below and tag in _UNDATED_TAGS and not _is_outside(page.dom, line.block):
            name, labelled = lines_of.name_in(line.text)
            by_tag.setdefault(tag, []).append(Opener(name, "", index, index + 1, labelled))
    for openers in by_tag.values():
        named = [opener for opener in openers if opener.name]
        if len(named) >= max(2, MOST * len(openers)) and len({opener.name for opener in named}) > 1:
            yield named


# Texts


def _add_bodies(page: LinePage, openers: list[Opener]) -> bool:
    """Set the lines of each post's text; whether there are texts, enough of them and long enough."""
    _extend_over_labels(page, openers)
    scopes = [_scope(page, openers, index) for index in range(len(openers))]
    signed = sum(scope[0] < opener.start for scope, opener in zip(scopes, openers, strict=True))
    followed = sum(opener.end < scope[1] for scope, opener in zip(scopes, openers, strict=True))
    dashes = sum(page.lines[opener.start].text[0] in _DASHES for opener in openers)
    is_flat = not signed and not followed
    if (
        signed >= MOST * len(openers) > followed
        or dashes >= MOST * len(openers)
        or (is_flat and _is_signed(page, openers))
    ):
        starts = [opener.end for opener in openers]
        for scope, opener, before in zip(scopes, openers, [0, *starts], strict=False):
            start = scope[0] if scope[0] < opener.start else before
            opener.body = _after_heading(page, start, opener.start), opener.start
    else:
        limits = [*(opener.start for opener in openers[1:]), len(page.lines)]
        for scope, opener, limit in zip(scopes, openers, limits, strict=True):
            opener.body = opener.end, min(limit, scope[1]) if opener.end < scope[1] else limit
        _end_last_run(page, openers)
    _trim_template(page, openers)
    texts = [sum(len(page.lines[index].text) for index in range(*opener.body)) for opener in openers]
    filled = sum(1 for length in texts if length > 1)
    return filled >= max(1, MOST * len(openers)) and sum(texts) >= MIN_MEAN_TEXT * len(texts)


def _extend_over_labels(page: LinePage, openers: Sequence[Opener]) -> None:
    """Make what most openers have below the name and the date part of them: "Subject: …", "To: …"."""
    ends = [min(opener.end + MAX_LABELS, len(page.lines)) for opener in openers]
    labels = [
        {label for line in page.lines[opener.end : end] if (label := lines_of.label_of(line.text))}
        for opener, end in zip(openers, ends, strict=True)
    ]
    counts = Counter(label for found in labels for label in found if not lines_of.is_text_label(label))
    usual = {label for label, count in counts.items() if count >= max(2, MANY * len(openers))}
    for opener, end in zip(openers, ends, strict=True):
        while opener.end < end and lines_of.label_of(page.lines[opener.end].text) in usual:
            opener.end += 1


def _is_signed(page: LinePage, openers: Sequence[Opener]) -> bool:
    """Whether a text comes between a heading of comments, or a rule, and the first opener; and none after the last."""
    heading, first = heading_above(page, openers[0].start), openers[0].start
    end = openers[-1].end
    begun = 0 <= heading < first - 1 and not any(line.marked for line in page.lines[heading + 1 : first])
    return begun and (
        end >= len(page.lines) or page.lines[end].ruled or page.dom.tag[page.lines[end].block] in _STOP_TAGS
    )


def _scope(page: LinePage, openers: Sequence[Opener], index: int) -> tuple[int, int]:
    """The lines in the largest element around an opener that has no other opener and no heading of comments."""
    dom, lines, opener = page.dom, page.lines, openers[index]
    others = [openers[near].start for near in (index - 1, index + 1) if 0 <= near < len(openers)]
    pieces = [lines[at].first for at in (*others, *page.headings)]
    number = lines[opener.start].block
    while (outer := dom.parent[number]) > 0 and dom.tag[outer] not in ("body", "html"):
        if any(dom.first[outer] <= piece < dom.last[outer] for piece in pieces):
            break
        number = outer
    first, last = opener.start, opener.end
    if dom.tag[number] in ("body", "html") or any(dom.first[number] <= piece < dom.last[number] for piece in pieces):
        return first, last
    while first > 0 and lines[first - 1].first >= dom.first[number]:
        first -= 1
    while last < len(lines) and lines[last].last <= dom.last[number]:
        last += 1
    return first, last


def _after_heading(page: LinePage, start: int, end: int) -> int:
    """The first line after the last heading or rule in a range, where the text of a signed post may begin."""
    stops = (index for index in range(end - 1, start - 1, -1) if page.lines[index].ruled or index in page.headings)
    index = next(stops, start)
    return index if page.lines[index].ruled or index not in page.headings else index + 1


def _end_last_run(page: LinePage, openers: Sequence[Opener]) -> None:
    """End the last post where no opener follows: at a rule, a heading or the like, or when it is longest of all."""
    start, limit = openers[-1].body
    others = [opener.body for opener in openers[:-1]]
    longest = max((end - begin for begin, end in others), default=limit - start)
    ruled = sum(page.lines[opener.start].ruled for opener in openers) >= MANY * len(openers)
    is_scoped = limit < len(page.lines)
    end = start
    while end < limit and (end - start < longest or is_scoped):
        line = page.lines[end]
        if end > start and ((ruled and line.ruled) or (page.dom.tag[line.block] in _STOP_TAGS and not is_scoped)):
            break
        end += 1
    openers[-1].body = start, end


def _trim_template(page: LinePage, openers: Sequence[Opener]) -> None:
    """Take away from the texts, at both ends, what most of them have: labelled lines, buttons."""
    if len(openers) < 2:
        return
    counts = Counter(key for opener in openers for key in {_template_key(page, at) for at in range(*opener.body)})
    usual = {key for key, count in counts.items() if key and count >= max(2, MANY * len(openers))}
    for opener in openers:
        start, end = opener.body
        for at in range(start, min(end, start + MAX_LEAD)):
            is_label = bool(lines_of.label_of(page.lines[at].text))
            if _template_key(page, at) in usual and (is_label or at == start):
                start = at + 1 if at + 1 < end else at
        while end > start and _template_key(page, end - 1) in usual:
            end -= 1
        opener.body = start, end


def _template_key(page: LinePage, index: int) -> str:
    text = page.lines[index].text
    if label := lines_of.label_of(text):
        return f"{label}:"
    return text if len(text) <= lines_of.MAX_HEADING else ""
