"""Which layout fits a dump best: every candidate is scored by how its posts look and by what the page says itself.

Candidates come from lines that repeat (`scored_layouts`) and from pairs of layouts of which one holds the other, such
as answers with comments below them (`combined_layouts`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import pairwise, takewhile

from rumor_tui.readers.text_dump.evidence import count_up, heading_above, is_stated_number
from rumor_tui.readers.text_dump.layouts.bylines import byline_first_layout, byline_last_layout
from rumor_tui.readers.text_dump.layouts.lists import fallback_layouts, find_lists, list_layout
from rumor_tui.readers.text_dump.lines import Line, LineClass
from rumor_tui.readers.text_dump.posts import FURNITURE, DumpPage, Layout, Post

MAX_BODY_LINES = 80
"""How many lines of a body are looked at: this bounds the work where layouts overlap."""

LAYOUT_WEIGHTS = {"signed": 0.85, "named": 0.5, "separated": 0.6, "counted": 0.6}
"""Layouts that rest on weaker evidence score less, so that one with plain bylines wins where there is one."""

_CONTENT = frozenset({"text", "short", "quote"})
"""Kinds of lines of which a body has at least one."""

OVERSIZE_FACTOR = 12
"""A body this many times longer than the median (and than `MAX_BODY_LINES`) has swallowed another section."""


def score_layout(page: DumpPage, layout: Layout) -> None:
    """Keep the run of posts that look best together, and set the layout's score."""
    scores = [post_score(page, post) for post in layout.posts]
    if layout.kind == "signed" or sum(bool(post.author) for post in layout.posts) * 5 >= len(layout.posts) * 3:
        scores = [value if post.author else value * 0.4 for value, post in zip(scores, layout.posts, strict=True)]
    _penalise_oversized(layout.posts, scores)
    first, last = best_run([value - 0.3 for value in scores])
    authored = sum(bool(post.author) for post in layout.posts[first:last]) * 5 >= (last - first) * 4
    while (layout.kind == "signed" or authored) and first < last and not layout.posts[first].author:
        first += 1
    layout.lead = layout.posts[first - 1] if first else None
    layout.posts = layout.posts[first:last]
    layout.score = sum(scores[first:last]) * LAYOUT_WEIGHTS.get(layout.kind, 1.0) * _evidence(page, layout)


def best_run(values: Sequence[float]) -> tuple[int, int]:
    """Start and end of the stretch with the greatest sum; (0, 0) where every value is negative."""
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0.0:
            total, start = 0.0, index
        total += value
        if total > best:
            best, best_span = total, (start, index + 1)
    return best_span


def post_score(page: DumpPage, post: Post) -> float:
    """How much a post looks like one: prose, an author, a date, buttons around it, no parts of a header inside."""
    rows = _first_lines(post)
    kinds = Counter(page.classes[i].kind for i in rows)
    if not kinds.keys() & _CONTENT:
        return 0.35 if post.author and post.end <= post.start else -0.2
    entry = not post.proof and _is_entry(page, rows)
    if entry and not post.author:
        return 0.1
    score = 0.2 if entry or not kinds.keys() & {"text", "quote"} else 0.6
    score += 0.5 * bool(post.author) + 0.3 * bool(post.date) + min(post.proof, 0.5)
    foreign = kinds["fact"] + kinds["subject"] + kinds["label"] + kinds["heading"]
    return score / (1.0 + (0.35 * foreign + 0.2 * kinds["byline"]) / max(1.0, len(rows) / 15))


def _first_lines(post: Post) -> range:
    return range(post.start, min(post.end, post.start + MAX_BODY_LINES))


def _is_entry(page: DumpPage, rows: range) -> bool:
    """Whether a body is a mere entry of a menu or of a list of links: short lines that are not sentences."""
    texts = [page.lines[i].text for i in rows if page.lines[i].text]
    return all(len(text) < 140 and text[-1:] not in '.!?…。！？:)"”’' for text in texts)


def _penalise_oversized(posts: Sequence[Post], scores: list[float]) -> None:
    sizes = sorted(post.end - post.start for post in posts)
    usual = max(sizes[len(sizes) // 2], 1)
    for index, post in enumerate(posts):
        size = post.end - post.start
        if size > MAX_BODY_LINES and size > OVERSIZE_FACTOR * usual:
            scores[index] = -3.0


def _evidence(page: DumpPage, layout: Layout) -> float:
    """What else speaks for the layout: post numbers that rise, a heading with their count, bylines close to bodies."""
    if not layout.posts:
        return 0.0
    factor = simplicity_factor(layout)
    if any(post.date for post in layout.posts) and not any(post.author for post in layout.posts):
        factor *= 0.6
    factor *= 1.3 if count_up(layout.posts) else 1.0
    if layout.kind in ("anchored", "signed"):
        factor *= 1.0 + 0.2 * _adhesion(page, layout)
    if heading_above(page, layout.posts[0].top) is None:
        return factor
    return factor * (1.6 if is_stated_number(page, layout.posts) else 1.25)


def simplicity_factor(layout: Layout) -> float:
    """Of equal layouts the one that rests on a single shape wins over one with conditions or several shapes."""
    shape = layout.notes.get("shape", "")
    if shape.startswith("="):
        return 0.9
    return 0.97 if "/" in shape or shape.startswith("any") else 1.0


def _adhesion(page: DumpPage, layout: Layout) -> float:
    """From -1 to 1: how much closer the bylines are to the bodies that this layout gives them than to the others."""
    signs = layout.kind == "signed"
    edges = [(post.end, after.start) if signs else (after.top, after.start) for post, after in pairwise(layout.posts)]
    clear = sum(_belongs_below(page, *edge) for edge in edges) / len(edges) if edges else 0.0
    return -clear if signs else clear


def _belongs_below(page: DumpPage, top: int, start: int) -> int:
    """1 when a byline (lines `top` to `start`) belongs to the text below it, -1 to the text above it, 0 for a tie.

    Buttons end a post, so a button between a byline and a text separates them; otherwise the nearer text counts.
    """
    above = [page.classes[i].kind for i in range(max(0, top - 4), top)]
    below = [page.classes[i].kind for i in range(top, min(start, top + 4))]
    ended = ("label" in above or "subject" in above or "subject" in below) - (
        bool(below) and below[0] != "label" and "label" in below
    )
    if ended:
        return ended
    difference = _trailing_blanks(above) - _trailing_blanks(below)
    return (difference > 0) - (difference < 0)


def _trailing_blanks(kinds: Sequence[str]) -> int:
    return sum(1 for _ in takewhile("blank".__eq__, reversed(kinds)))


MAX_COMBINED = 10
"""Layouts that are tried as the outer and as the inner half, best first."""


def combined_layouts(page: DumpPage, layouts: Sequence[Layout]) -> Iterator[Layout]:
    """Every pair of layouts of which one fits into the other, scored as the sum of what each explains."""
    best = _distinct(layouts)
    inners = [layout for layout in best if layout.kind == "signed"][:MAX_COMBINED]
    for inner in inners:
        for outer in best[: 2 * MAX_COMBINED]:
            pair = _combined(page, outer, inner) if outer.notes["shape"] != inner.notes["shape"] else None
            if pair:
                yield pair


def _distinct(layouts: Sequence[Layout]) -> list[Layout]:
    """The layouts that rest on bylines, best first, one for each set of posts."""
    distinct: dict[tuple[str, int, int, int], Layout] = {}
    for layout in sorted(layouts, key=lambda layout: -layout.score):
        if layout.posts and layout.kind in ("anchored", "signed"):
            distinct.setdefault((layout.kind, layout.posts[0].top, layout.posts[-1].top, len(layout.posts)), layout)
    return list(distinct.values())


def _combined(page: DumpPage, outer: Layout, inner: Layout) -> Layout | None:
    """The outer posts with most of the inner ones under them; None where that does not work out."""
    kept = _posts_outside_headers(inner, outer)
    if len(kept) < 2 or len(kept) * 5 < len(inner.posts) * 4:
        return None
    tops = [post.top for post in outer.posts]
    edges = tops if outer.kind == "anchored" else [post.foot for post in outer.posts]
    parents = {bisect_right(edges, post.start) for post in kept}
    if len(parents) * 4 < len(tops) or len(parents) < 2:
        return None
    cut = _cut_outer_posts(page, outer, kept, [bisect_right(tops, post.top) - 1 for post in kept])
    if sum(post.end <= post.start for post in cut) * 10 > len(cut):
        return None
    score = _combined_score(page, outer, cut, inner, kept)
    return Layout(
        "nested", _interleaved(cut, kept), score, {"shape": f"{outer.notes['shape']} > {inner.notes['shape']}"}
    )


def _posts_outside_headers(inner: Layout, outer: Layout) -> list[Post]:
    """The inner posts below the first outer one that take no line of an outer byline."""
    spans = ((post.top, post.start) if outer.kind == "anchored" else (post.end, post.foot) for post in outer.posts)
    taken = sorted({i for span in spans for i in range(*span)})
    first = outer.posts[0].top
    return [post for post in inner.posts if first < post.top and not _overlaps(taken, post.start, post.foot)]


def _combined_score(page: DumpPage, outer: Layout, cut: Sequence[Post], inner: Layout, kept: Sequence[Post]) -> float:
    """The score of the outer posts without the lines that they lost, plus that of the inner ones."""
    factor = outer.score / max(sum(post_score(page, post) for post in outer.posts), 0.1)
    weight = LAYOUT_WEIGHTS["signed"] * simplicity_factor(inner)
    within = sum(post_score(page, post) for post in kept)
    return factor * sum(post_score(page, post) for post in cut) + weight * within


def _overlaps(rows: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the rows, which are in order, is among those from `start` up to `end`."""
    place = bisect_left(rows, start)
    return place < len(rows) and rows[place] < end


def _cut_outer_posts(page: DumpPage, outer: Layout, kept: Sequence[Post], owners: Sequence[int]) -> list[Post]:
    """The outer posts without the lines that the inner ones take."""
    cut = [replace(post) for post in outer.posts]
    for post, owner in zip(kept, owners, strict=True):
        own = cut[owner]
        if own.start <= post.start < own.end:
            if outer.kind == "signed":
                own.start = max(own.start, post.foot)
            else:
                own.end = min(own.end, post.top)
    for own in cut:
        while own.start < own.end and page.classes[own.start].kind in FURNITURE:
            own.start += 1
        while own.end > own.start and page.classes[own.end - 1].kind in FURNITURE:
            own.end -= 1
        own.top = min(own.top, own.start) if outer.kind == "anchored" else own.start
    return cut


def _interleaved(outer: Sequence[Post], inner: Sequence[Post]) -> list[Post]:
    """All the posts in order, every inner one answering the outer one before it."""
    rows: list[Post] = []
    place: dict[int, int] = {}
    mixed = [(post.start, 0, k, post) for k, post in enumerate(outer)]
    mixed += [(post.start, 1, -1, post) for post in inner]
    for _, kind, k, post in sorted(mixed, key=lambda entry: entry[:3]):
        if not kind:
            place[k] = len(rows)
            rows.append(post)
        else:
            rows.append(replace(post, parent=max(place.values(), default=None)))
    return rows


MIN_GROUP_SIZE = 2
"""A shape must occur this often to be a repetition."""

MAX_GROUPS = 24
"""Groups of lines that are tried as bylines, largest first; this bounds the work on a page of many shapes."""

MAX_LISTS = 12
"""Lists that are tried as discussions, longest first."""

MIN_SCORE = 2.0
"""A page whose best layout scores less has no discussion; two well-formed comments score more."""

LOST_SHARE = 10
"""At most one part in so many of a text may be prose that is lost among the posts."""

MAX_SEPARATOR_LENGTH = 100
"""A line no longer than this (in characters) may separate posts by being repeated word for word."""


def best_layout(page: DumpPage, accept: Callable[[Layout], bool] = lambda _: True) -> Layout | None:
    """The acceptable layout with the highest score, or None for a page without a discussion."""
    layouts = list(scored_layouts(page))
    layouts += combined_layouts(page, layouts)
    likely = sorted((one for one in layouts if one.posts and one.score >= MIN_SCORE), key=lambda one: -one.score)
    return next((layout for layout in likely if accept(layout) and not _loses_prose(page, layout)), None)


def _loses_prose(page: DumpPage, layout: Layout) -> bool:
    """Whether more than a tenth of the page's text is prose that stands among the posts and in none of them."""
    held = {i for post in layout.posts for i in range(post.start, post.end)}
    among = range(layout.posts[0].top, max(post.end for post in layout.posts))
    lost = sum(len(page.lines[i].text) for i in among if i not in held and page.classes[i].kind in ("text", "quote"))
    return lost * LOST_SHARE > sum(len(line.text) for line in page.lines)


def scored_layouts(page: DumpPage) -> Iterator[Layout]:
    """Every layout that has a post, with its score."""
    for layout in _candidate_layouts(page):
        if layout.posts:
            score_layout(page, layout)
            yield layout


def _candidate_layouts(page: DumpPage) -> Iterator[Layout]:
    for shape, anchors in _line_groups(page):
        layout = byline_first_layout(page, anchors)
        layout.notes["shape"] = shape
        yield layout
        if page.classes[anchors[0]].kind == "byline":
            layout = byline_last_layout(page, anchors)
            layout.notes["shape"] = shape
            yield layout
    for items in nlargest(MAX_LISTS, find_lists(page), key=len):
        if len(items) >= MIN_GROUP_SIZE:
            yield list_layout(page, items)
    yield from fallback_layouts(page)


def _line_groups(page: DumpPage) -> list[tuple[str, list[int]]]:
    """The largest groups of lines that one template may have printed; see `_group_keys`."""
    shaped: dict[str, list[int]] = defaultdict(list)
    before = "blank"
    for i, (line, line_class) in enumerate(zip(page.lines, page.classes, strict=True)):
        for key in _group_keys(line, line_class, before):
            shaped[key].append(i)
        if line_class.kind != "blank":
            before = line_class.kind
    shaped = {key: _without_stories(page, group) for key, group in shaped.items()}
    groups = [
        (key, group) for key, group in shaped.items() if len(group) >= (3 if key.startswith("=") else MIN_GROUP_SIZE)
    ]
    distinct = {tuple(group): (key, group) for key, group in reversed(groups)}
    return nlargest(MAX_GROUPS, distinct.values(), key=lambda pair: (len(pair[1]), -pair[1][0]))


def _without_stories(page: DumpPage, group: list[int]) -> list[int]:
    """The lines less those that state how many comments there are, if few of them do: these belong to the article."""
    plain = [i for i in group if page.classes[i].total < 0]
    return plain if len(plain) * 2 > len(group) else group


def _group_keys(line: Line, line_class: LineClass, before: str) -> Iterator[str]:
    """Groups of a line: its shape, the same with the kind of line before it, related shapes, or the same words."""
    if line_class.kind == "byline":
        yield line_class.shape
        yield f"{line_class.shape}/{before}"
        yield "any " + line_class.shape.removeprefix("• ")
    elif line_class.kind == "level":
        yield "level"
    elif line_class.kind in ("label", "short", "text", "subject") and 0 < len(line.text) <= MAX_SEPARATOR_LENGTH:
        yield "=" + line.text
