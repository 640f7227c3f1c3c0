"""Posts that are no elements of their own: runs of text, each begun or ended by an opener of the same form.

Guestbooks, archives of newsgroups, boards in tables and pages written by hand have no class that says "comment". Their
template still repeats: a short line with a name and a date (or a table cell for each, lines such as "From:" and
"Date:", a bold name before a day), then a text, up to the next such line. Since lists of other things have names and
dates too, the page must also say that people wrote here: a heading of comments, a guestbook's title, labels of names,
links to write to the authors, names that return.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.article.evidence import is_live_blog
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.discussion import text_lines as lines_of
from rumor_tui.readers.html.discussion.text_lines import DatedLine, Line
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import fold

NAME_PLACES: Final = (0, -1, -2, -3, -4, -5, 1)
"""Where the name may be, in lines from the date's."""
MOST: Final = 0.8
"""The share of openers that must have a name, and of posts that must have a text."""
MANY: Final = 0.6
"""The share of posts in which a line is the template's."""
MIN_MEAN_TEXT: Final = 12
"""The mean length of the texts."""
MIN_EVIDENCE: Final = 3
"""Signs that people wrote here, for posts with dates."""
MIN_LINES: Final = 2
"""Lines below a heading of comments within which the first opener is; below a table's header it is a row further."""
MAX_ABOVE: Final = 8
MAX_LABELS: Final = 4
"""Lines with labels below a name and a date."""
MAX_LEAD: Final = 8
"""Lines of a post among which labelled ones are that do not belong to its text."""
MIN_TITLE_WORDS: Final = 4
"""Words of a title between a name and a date."""
_STOP_TAGS: Final = vocabulary.HEADING_TAGS | {"address", "form", "footer", "nav", "center"}
_OUTSIDE_TAGS: Final = frozenset(("nav", "aside", "form"))
_UNDATED_TAGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6", "dt"))
_SAID: Final = ("wrote:", "writes:", "schrieb:", "a écrit :", "escribió:", "ha scritto:", "re:", "aw:", "@", ">")
_DASHES: Final = "-–—"


@dataclass(slots=True)
class PostRun:
    """A post: its author and date, the lines of its opener and of its text, and the index of the post it answers.

    `first` and `last` are the pieces of text that the opener and the text have, `body_first` and `body_last` those of
    the text alone; the text of a signed post comes before the signature.
    """

    author: str
    date: str
    first: int
    last: int
    body_first: int
    body_last: int
    parent: int | None = None


@dataclass(slots=True)
class _Opener:
    """The lines from `start` to `end` that begin or sign a post."""

    name: str
    date: str
    start: int
    end: int
    labelled: bool
    body: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines, and which of them are headings of comments."""

    dom: Dom
    lines: Sequence[Line]
    headings: Sequence[int]
    is_board: bool


def find_post_runs(dom: Dom) -> list[PostRun]:
    """The posts of a page that are runs of its text, in order; none if the page does not say that people wrote them."""
    if is_live_blog(dom):
        return []
    lines = lines_of.text_lines(dom)
    headings = [index for index, line in enumerate(lines) if lines_of.is_discussion_heading(line.text)]
    counts = Counter(lines[index].text for index in headings)
    headings = [at for at in headings if counts[lines[at].text] == 1 and not _is_outside(dom, lines[at].block)]
    titles = {page_title(dom), *(dom.text(number) for number, tag in enumerate(dom.tag) if tag == "h1")}
    page = _Page(dom, lines, headings, any(map(lines_of.is_board_title, titles)))
    best: tuple[int, list[_Opener]] = (0, [])
    for openers in (*_dated_openers(page), *_undated_openers(page)):
        evidence = _evidence(page, openers) if _add_bodies(page, openers) else 0
        if evidence * len(openers) > best[0]:
            best = evidence * len(openers), openers
    return _post_runs(page, best[1])


# Openers


def _dated_openers(page: _Page) -> Iterator[list[_Opener]]:
    """For each form of dated lines the openers that they are."""
    forms: dict[tuple[str, bool], list[tuple[int, DatedLine]]] = {}
    for index, line in enumerate(page.lines):
        dated = lines_of.dated_line(line.text) if any(map(str.isdigit, line.text)) else None
        if dated and not _is_outside(page.dom, line.block):
            has_name = bool(lines_of.name_in(dated.before)[0])
            form = dated.label or _date_tag(page.dom, line), has_name
            forms.setdefault(form, []).append((index, dated))
    for found in forms.values():
        for start in dict.fromkeys(bisect_left(found, heading, key=itemgetter(0)) for heading in (-1, *page.headings)):
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


def _named_openers(page: _Page, found: Sequence[tuple[int, DatedLine]]) -> list[_Opener]:
    """The openers with these dates, and the names at the place that most surely is that of names; else none."""
    best: tuple[tuple[float, ...], list[_Opener]] = ((), [])
    for place in NAME_PLACES:
        openers = []
        marked = 0
        previous = -1
        for index, dated in found:
            at = index + place
            if previous < at < len(page.lines) and (place == 0 or at >= 0):
                name, labelled = _name_at(page, at, dated if place == 0 else None)
                if name:
                    marked += page.lines[at].marked and place != 0
                    openers.append(_Opener(name, dated.date, min(at, index), max(at, index) + 1, labelled))
            previous = index
        names = {opener.name for opener in openers}
        if len(openers) < MOST * len(found) or (len(found) > 1 and len(names) < 2):
            continue
        labelled = sum(opener.labelled for opener in openers) >= MOST * len(found)
        rank = (labelled, place == 0, marked >= MOST * len(found), place < 0, -abs(place))
        if rank > best[0]:
            best = rank, openers
    return best[1]


def _name_at(page: _Page, index: int, dated: DatedLine | None) -> tuple[str, bool]:
    if dated is None:
        text = page.lines[index].text
        name, labelled = lines_of.name_in(text) if lines_of.dated_line(text) is None else ("", False)
        return name, labelled or (index > 0 and lines_of.is_name_label(page.lines[index - 1].text))
    before = lines_of.name_in(dated.before)
    return before if before[0] else lines_of.name_in(dated.after)


def _undated_openers(page: _Page) -> Iterator[list[_Opener]]:
    """Headings that are names, below a heading of comments, or where names return on a board."""
    by_tag: dict[str, list[_Opener]] = {}
    below = min(page.headings, default=0 if page.is_board else len(page.lines))
    for index, line in enumerate(page.lines):
        tag = page.dom.tag[line.block]
        if index > below and tag in _UNDATED_TAGS and not _is_outside(page.dom, line.block):
            name, labelled = lines_of.name_in(line.text)
            by_tag.setdefault(tag, []).append(_Opener(name, "", index, index + 1, labelled))
    for openers in by_tag.values():
        named = [opener for opener in openers if opener.name]
        if len(named) >= max(2, MOST * len(openers)) and len({opener.name for opener in named}) > 1:
            yield named


# Texts


def _add_bodies(page: _Page, openers: list[_Opener]) -> bool:
    """Set the lines of each post's text; whether there are texts, enough of them and long enough."""
    _extend_over_labels(page, openers)
    scopes = [_scope(page, openers, index) for index in range(len(openers))]
    signed = sum(scope[0] < opener.start for scope, opener in zip(scopes, openers, strict=True))
    followed = sum(opener.end < scope[1] for scope, opener in zip(scopes, openers, strict=True))
    dashes = sum(page.lines[opener.start].text[0] in _DASHES for opener in openers)
    is_flat = not signed and not followed
    if signed >= MOST * len(openers) > followed or dashes >= MOST * len(openers) or (is_flat and _is_signed(page, openers)):
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


def _extend_over_labels(page: _Page, openers: Sequence[_Opener]) -> None:
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


def _is_signed(page: _Page, openers: Sequence[_Opener]) -> bool:
    """Whether a text comes between a heading of comments, or a rule, and the first opener; and none after the last."""
    heading, first = _heading_above(page, openers[0].start), openers[0].start
    end = openers[-1].end
    begun = 0 <= heading < first - 1 and not any(line.marked for line in page.lines[heading + 1 : first])
    return begun and (end >= len(page.lines) or page.lines[end].ruled or page.dom.tag[page.lines[end].block] in _STOP_TAGS)


def _scope(page: _Page, openers: Sequence[_Opener], index: int) -> tuple[int, int]:
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


def _after_heading(page: _Page, start: int, end: int) -> int:
    """The first line after the last heading or rule in a range, where the text of a signed post may begin."""
    stops = (index for index in range(end - 1, start - 1, -1) if page.lines[index].ruled or index in page.headings)
    index = next(stops, start)
    return index if page.lines[index].ruled or index not in page.headings else index + 1


def _end_last_run(page: _Page, openers: Sequence[_Opener]) -> None:
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


def _trim_template(page: _Page, openers: Sequence[_Opener]) -> None:
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


def _template_key(page: _Page, index: int) -> str:
    text = page.lines[index].text
    if label := lines_of.label_of(text):
        return f"{label}:"
    return text if len(text) <= lines_of.MAX_HEADING else ""


# Evidence


def _evidence(page: _Page, openers: Sequence[_Opener]) -> int:
    """The signs that people wrote the posts on this page, where they are enough; else 0."""
    count = len(openers)
    heading = _heading_above(page, openers[0].start)
    says_count = heading >= 0 and lines_of.number_in_heading(page.lines[heading].text) == count
    returning = len({opener.name for opener in openers}) < count
    if _has_headings(page, openers) or _are_links(page, openers):
        return 0
    if count == 1:
        return 3 if says_count else 0
    if not openers[0].date:
        is_near = heading >= openers[0].start - MIN_LINES
        strict = is_near and lines_of.is_discussion_heading(page.lines[heading].text, strictly=True)
        return 2 if strict or ((heading >= 0 or page.is_board) and returning) else 0
    clocks = sum(":" in opener.date or "." in opener.date[-6:] for opener in openers)
    signs = (
        2 * (heading >= 0 or page.is_board) + says_count,
        sum(opener.labelled for opener in openers) >= MOST * count,
        clocks >= MOST * count,
        returning and count > 2,
        _links_to_authors(page, openers) >= MANY * count,
        _is_answering(page, openers),
        count > 2,
    )
    total = sum(signs)
    is_said = signs[0] or signs[4] or signs[5]
    return total if total >= MIN_EVIDENCE and is_said else 0


def _heading_above(page: _Page, start: int) -> int:
    """The heading of comments that is right above the first opener; -1 for none, or where another one is between."""
    for index in range(start - 1, max(-1, start - 1 - MAX_ABOVE), -1):
        if index in page.headings:
            return index
        if page.dom.tag[page.lines[index].block] in vocabulary.HEADING_TAGS:
            break
    return -1


def _has_headings(page: _Page, openers: Sequence[_Opener]) -> bool:
    """Whether most posts have headings of their own besides names: so have the articles of a list."""
    headed = 0
    for before, opener in pairwise([None, *openers]):
        own = {*range(*opener.body), *range(max(before.body[1] if before else opener.start - 1, 0), opener.start)}
        tags = (page.dom.tag[page.lines[index].block] for index in own - {opener.start})
        between = page.lines[opener.start + 1 : opener.end - 1]
        headed += any(tag in vocabulary.HEADING_TAGS for tag in tags) or any(map(_is_title, between))
    return len(openers) > 1 and headed >= MANY * len(openers)


def _is_title(line: Line) -> bool:
    return line.marked and len(line.text.split()) >= MIN_TITLE_WORDS and not lines_of.label_of(line.text)


def _are_links(page: _Page, openers: Sequence[_Opener]) -> bool:
    """Whether most of the text of the posts is links: so it is in lists of what else there is to read."""
    dom = page.dom
    pieces = [
        piece
        for opener in openers
        for index in range(*opener.body)
        for piece in range(page.lines[index].first, page.lines[index].last)
    ]
    linked = sum(dom.weights[piece] for piece in pieces if _is_linked(dom, dom.owner[piece]))
    return linked > 0.5 * sum(dom.weights[piece] for piece in pieces)


def _is_linked(dom: Dom, number: int) -> bool:
    while dom.tag[number] in vocabulary.INLINE_TAGS and dom.tag[number] != "a":
        number = dom.parent[number]
    return dom.tag[number] == "a" or dom.tag[dom.parent[number]] == "a"


def _links_to_authors(page: _Page, openers: Sequence[_Opener]) -> int:
    """The posts around whose opener is a link to a profile or a mail address, or one to answer."""
    dom, count = page.dom, 0
    links = [number for number, tag in enumerate(dom.tag) if tag == "a" and _is_to_author(dom, number)]
    for opener, following in pairwise([*openers, None]):
        first = page.lines[opener.start].first
        last = page.lines[following.start].first if following else len(dom.pieces)
        count += any(first <= dom.first[number] < last for number in links)
    return count


def _is_to_author(dom: Dom, number: int) -> bool:
    address = dom.attribute(number, "href").lower()
    is_known = address.startswith("mailto:") or vocabulary.PROFILE_ADDRESS.search(address[-200:])
    return bool(is_known or vocabulary.REPLY_ADDRESS.search(address[-200:]))


def _is_answering(page: _Page, openers: Sequence[_Opener]) -> bool:
    """Whether some text quotes or addresses another post."""
    texts = (page.lines[index].text.casefold() for opener in openers for index in range(*opener.body))
    return any(text.startswith(_SAID) or text[:80].endswith(_SAID[:6]) for text in texts)


# Posts


def _post_runs(page: _Page, openers: Sequence[_Opener]) -> list[PostRun]:
    runs = []
    for opener in openers:
        start, end = opener.body
        first, last = min(opener.start, start), max(opener.end, end)
        body = (_text_start(page, start), page.lines[end - 1].last) if start < end else (0, 0)
        runs.append(PostRun(opener.name, opener.date, page.lines[first].first, page.lines[last - 1].last, *body))
    blocks = [page.lines[opener.start].block for opener in openers]
    parents = _parents(page.dom, runs, blocks)
    if not any(parent is not None for parent in parents):
        parents = _quoted(page, openers)
    for run, parent in zip(runs, parents, strict=True):
        run.parent = parent
    return runs


def _text_start(page: _Page, index: int) -> int:
    """The first piece of text of a line, without one that is its label."""
    line = page.lines[index]
    is_label = line.first + 1 < line.last and page.dom.pieces[line.first].rstrip().endswith((":", "："))
    return line.first + is_label


def _quoted(page: _Page, openers: Sequence[_Opener]) -> list[int | None]:
    """The parent of each post: the last one before it by the author whose words its first line introduces."""
    from rumor_tui.readers.text_dump.byline_parser import match_saying

    latest: dict[str, int] = {}
    parents: list[int | None] = []
    for index, opener in enumerate(openers):
        text = page.dom.pieces[page.lines[opener.body[0]].first] if opener.body[0] < opener.body[1] else ""
        line = text.strip().partition("\n")[0].strip()
        saying = match_saying(line, fold(line)) if line.endswith(":") else None
        parents.append(latest.get(fold(saying["name"].strip(" ,"))) if saying else None)
        latest[fold(opener.name)] = index
    return parents


def _parents(dom: Dom, runs: Sequence[PostRun], blocks: Sequence[int]) -> list[int | None]:
    """The parent of each post: the last one before it whose opener is less deep, within the element around that."""
    parents: list[int | None] = []
    path: list[int] = []
    for index, block in enumerate(blocks):
        while path and not (dom.depth[blocks[path[-1]]] < dom.depth[block] and _holds(dom, runs[path[-1]], blocks[path[-1]], block)):
            path.pop()
        parents.append(path[-1] if path else None)
        path.append(index)
    return parents


def _holds(dom: Dom, run: PostRun, opener: int, block: int) -> bool:
    """Whether the smallest element around a post's opener and text contains a block."""
    while opener > 0 and dom.last[opener] < run.last:
        opener = dom.parent[opener]
    return dom.contains(opener, block)
