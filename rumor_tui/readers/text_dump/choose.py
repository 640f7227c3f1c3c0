"""Which layout fits a dump best: every candidate is scored by how its posts look and by what the page says itself.

Candidates come from lines that repeat (`scored_layouts`) and from pairs of layouts of which one holds the other, such
as answers with comments below them (`combined_layouts`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import pairwise

from rumor_tui.readers.text_dump.layouts.bylines import byline_first_layout, byline_last_layout
from rumor_tui.readers.text_dump.layouts.lists import fallback_layouts, find_lists, list_layout
from rumor_tui.readers.text_dump.lines import Line, LineClass
from rumor_tui.readers.text_dump.posts import FURNITURE, DumpPage, Layout, Post

HEADING_REACH = 25
"""How many lines above the first post a heading such as "12 comments" may stand."""

MAX_BODY_LINES = 80
"""How many lines of a body are looked at; it bounds the work where plans overlap."""

LAYOUT_WEIGHTS = {"signed": 0.85, "named": 0.5, "separated": 0.6, "counted": 0.6}
"""Readings that rest on less are worth less, so that one with plain bylines wins where there is one."""

OVERSIZE_FACTOR = 12
"""A body this many times longer than most (and longer than `MAX_BODY_LINES` lines) has swallowed another section."""


def score_layout(page: DumpPage, plan: Layout) -> None:
    """Keep the run of posts that look best together, and set the plan's score."""
    worth = [post_score(page, post) for post in plan.posts]
    if plan.kind == "signed":
        worth = [value if post.author else value * 0.4 for value, post in zip(worth, plan.posts, strict=True)]
    _penalise_oversized(plan.posts, worth)
    first, last = best_run([value - 0.3 for value in worth])
    while plan.kind == "signed" and first < last and not plan.posts[first].author:
        first += 1
    plan.lead = plan.posts[first - 1] if first else None
    plan.posts = plan.posts[first:last]
    if plan.kind == "named" and not _mostly_prose(page, plan.posts):
        plan.posts = []
    plan.score = sum(worth[first:last]) * LAYOUT_WEIGHTS.get(plan.kind, 1.0) * _evidence(page, plan)


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
    """How much a post looks like one: prose, an author, a date, buttons around it, nothing of a header inside."""
    rows = range(post.start, min(post.end, post.start + MAX_BODY_LINES))
    kinds = Counter(page.marks[i].kind for i in rows)
    if not (kinds["text"] or kinds["short"] or kinds["quote"]):
        return 0.35 if post.author and post.end <= post.start else -0.2
    entry = not post.proof and _is_entry(page, rows)
    if entry and not post.author:
        return 0.1
    worth = 0.2 if entry or not (kinds["text"] or kinds["quote"]) else 0.6
    worth += (0.5 if post.author else 0.0) + (0.3 if post.date else 0.0) + min(post.proof, 0.5)
    inside = kinds["fact"] + kinds["subject"] + kinds["label"] + kinds["heading"]
    return worth / (1.0 + (0.35 * inside + 0.2 * kinds["byline"]) / max(1.0, len(rows) / 15))


def _is_entry(page: DumpPage, rows: range) -> bool:
    """Is a body without an author a mere entry of a menu or of a list of links: short lines that are no sentences?"""
    texts = [page.lines[i].text for i in rows if page.lines[i].text]
    return all(len(text) < 140 and text[-1:] not in '.!?…。！？:)"”’' for text in texts)


def _mostly_prose(page: DumpPage, posts: Sequence[Post]) -> bool:
    prose = sum(
        1 for post in posts if not _is_entry(page, range(post.start, min(post.end, post.start + MAX_BODY_LINES)))
    )
    return prose * 2 > len(posts)


def _penalise_oversized(posts: Sequence[Post], worth: list[float]) -> None:
    sizes = sorted(post.end - post.start for post in posts)
    usual = max(sizes[len(sizes) // 2], 1)
    for index, post in enumerate(posts):
        size = post.end - post.start
        if size > MAX_BODY_LINES and size > OVERSIZE_FACTOR * usual:
            worth[index] = -3.0


def _evidence(page: DumpPage, plan: Layout) -> float:
    """What the page says besides the posts: they count up, a heading tells their number, they keep to their bylines."""
    if not plan.posts:
        return 0.0
    factor = simplicity_factor(plan)
    factor *= 1.3 if _counts_up(plan.posts) else 1.0
    if plan.kind in ("anchored", "signed"):
        factor *= 1.0 + 0.2 * _adhesion(page, plan)
    heading = heading_above(page, plan.posts[0].top)
    if heading is None:
        return factor
    near = heading >= 0 and abs(len(plan.posts) - heading) <= max(1, heading // 10)
    return factor * (1.6 if near else 1.25)


def simplicity_factor(plan: Layout) -> float:
    """Of equal plans the one that rests on a single shape is to win over one with conditions or of several shapes."""
    shape = plan.notes.get("shape", "")
    return 0.97 if "/" in shape or shape.startswith("any") else 1.0


def _adhesion(page: DumpPage, plan: Layout) -> float:
    """From -1 to 1: do the bylines stand closer to the bodies that this plan gives them than to the others?"""
    signs = plan.kind == "signed"
    edges = [(post.end, after.start) if signs else (after.top, after.start) for post, after in pairwise(plan.posts)]
    clear = sum(_belongs_below(page, *edge) for edge in edges) / len(edges) if edges else 0.0
    return -clear if signs else clear


def _belongs_below(page: DumpPage, top: int, start: int) -> int:
    """1 for a byline (lines `top` to `start`) of the text below it, -1 for one of the text above it, 0 for a tie.

    Buttons end a post, so a button between a byline and a text parts the two; otherwise the nearer text counts.
    """
    above = [page.marks[i].kind for i in range(max(0, top - 4), top)]
    below = [page.marks[i].kind for i in range(top, min(start, top + 4))]
    ended = ("label" in above or "subject" in above or "subject" in below) - (
        bool(below) and below[0] != "label" and "label" in below
    )
    if ended:
        return ended
    return _sign(_trailing_blanks(above) - _trailing_blanks(below))


def _trailing_blanks(kinds: Sequence[str]) -> int:
    count = 0
    for kind in reversed(kinds):
        if kind != "blank":
            break
        count += 1
    return count


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _counts_up(posts: Sequence[Post]) -> bool:
    """Are the posts numbered, each higher than the last?"""
    numbers = [post.number for post in posts if post.number >= 0]
    rising = sum(1 for low, high in pairwise(numbers) if low < high <= low + 3)
    return len(numbers) * 10 >= len(posts) * 8 and rising * 10 >= len(numbers) * 8 and len(numbers) > 2


def heading_above(page: DumpPage, top: int) -> int | None:
    """The count in the nearest heading of comments above `top` (-1 for one without a count); None for no heading."""
    for i in range(top - 1, max(-1, top - HEADING_REACH), -1):
        if page.marks[i].kind == "heading":
            return page.marks[i].total
    return None


MAX_COMBINED = 10
"""Plans that are tried as the outer and as the inner half, best first."""


def combined_layouts(page: DumpPage, plans: Sequence[Layout]) -> Iterator[Layout]:
    """Every pair of plans that fit into each other, scored as the sum of what each explains."""
    best = _distinct(plans)
    inners = [plan for plan in best if plan.kind == "signed"][:MAX_COMBINED]
    for inner in inners:
        for outer in best[: 2 * MAX_COMBINED]:
            pair = _combined(page, outer, inner) if _may_hold(outer, inner) else None
            if pair:
                yield pair


def _distinct(plans: Sequence[Layout]) -> list[Layout]:
    """The plans that rest on bylines, best first, one for every set of posts."""
    found: dict[tuple[str, int, int, int], Layout] = {}
    for plan in sorted(plans, key=lambda plan: -plan.score):
        if plan.posts and plan.kind in ("anchored", "signed"):
            found.setdefault((plan.kind, plan.posts[0].top, plan.posts[-1].top, len(plan.posts)), plan)
    return list(found.values())


def _may_hold(outer: Layout, inner: Layout) -> bool:
    """Only whole plans with authors fit, and the inner posts must stand deeper or be of another shape."""
    if outer is inner or outer.kind not in ("anchored", "signed") or outer.notes["shape"] == inner.notes["shape"]:
        return False
    return all(sum(1 for post in plan.posts if post.author) * 5 >= len(plan.posts) * 3 for plan in (outer, inner))


def _combined(page: DumpPage, outer: Layout, inner: Layout) -> Layout | None:
    tops = [post.top for post in outer.posts]
    spans = ((post.top, post.start) if outer.kind == "anchored" else (post.end, post.foot) for post in outer.posts)
    taken = sorted({i for span in spans for i in range(*span)})
    kept = [post for post in inner.posts if tops[0] < post.top and not _overlaps(taken, post.start, post.foot)]
    if len(kept) < 2 or len(kept) * 5 < len(inner.posts) * 4:
        return None
    owners = [bisect_right(tops, post.top) - 1 for post in kept]
    edges = tops if outer.kind == "anchored" else [post.foot for post in outer.posts]
    held = {bisect_right(edges, post.start) for post in kept}
    if len(held) * 4 < len(tops) or len(held) < 2:
        return None
    cut = _cut_outer_posts(page, outer, kept, owners)
    if any(post.end <= post.start for post in cut):
        return None
    shape = f"{outer.notes['shape']} > {inner.notes['shape']}"
    return Layout(
        "nested", _interleaved(cut, kept), _combined_score(page, outer, cut, inner, kept), notes={"shape": shape}
    )


def _combined_score(page: DumpPage, outer: Layout, cut: Sequence[Post], inner: Layout, kept: Sequence[Post]) -> float:
    """What the outer posts are worth without the lines that they lost, and what the inner ones add."""
    factor = outer.score / max(sum(post_score(page, post) for post in outer.posts), 0.1)
    weight = LAYOUT_WEIGHTS["signed"] * simplicity_factor(inner)
    within = sum(post_score(page, post) for post in kept)
    return factor * sum(post_score(page, post) for post in cut) + weight * within


def _overlaps(rows: Sequence[int], start: int, end: int) -> bool:
    """Is one of the rows, which are in order, among those from `start` up to `end`?"""
    place = bisect_left(rows, start)
    return place < len(rows) and rows[place] < end


def _cut_outer_posts(page: DumpPage, outer: Layout, kept: Sequence[Post], owners: Sequence[int]) -> list[Post]:
    """The outer posts without the lines that the inner ones take."""
    cut = [post.copy() for post in outer.posts]
    for post, owner in zip(kept, owners, strict=True):
        own = cut[owner]
        if own.start <= post.start < own.end:
            if outer.kind == "signed":
                own.start = max(own.start, post.foot)
            else:
                own.end = min(own.end, post.top)
    for own in cut:
        while own.start < own.end and _is_furniture(page.marks[own.start]):
            own.start += 1
        while own.end > own.start and page.marks[own.end - 1].kind in FURNITURE:
            own.end -= 1
        own.top = min(own.top, own.start) if outer.kind == "anchored" else own.start
    return cut


def _is_furniture(mark: LineClass) -> bool:
    return mark.kind in FURNITURE or mark.kind == "heading" or (mark.kind == "byline" and not mark.name)


def _interleaved(outer: Sequence[Post], inner: Sequence[Post]) -> list[Post]:
    """All the posts in order, every inner one hanging from the outer one before it."""
    rows: list[Post] = []
    place: dict[int, int] = {}
    mixed = [(post.start, 0, k, post) for k, post in enumerate(outer)]
    mixed += [(post.start, 1, -1, post) for post in inner]
    for _, kind, k, post in sorted(mixed, key=lambda entry: entry[:3]):
        if not kind:
            place[k] = len(rows)
            rows.append(post)
        else:
            twin = post.copy()
            twin.parent = max(place.values(), default=None)
            rows.append(twin)
    return rows


MIN_GROUP_SIZE = 2
"""A shape must occur this often to be a repetition."""

MAX_GROUPS = 24
"""Groups that are tried as readings, largest first; it bounds the work on a page of many shapes."""

MAX_LISTS = 12
"""Lists that are tried as discussions, longest first."""

MIN_SCORE = 2.0
"""A page whose best plan scores less has no discussion; two well-formed comments score more."""

MAX_SEPARATOR_LENGTH = 100
"""A line no longer than this (in characters) may part posts by being repeated word for word."""


def best_layout(page: DumpPage) -> Layout | None:
    """The plan with the highest score, or None for a page without a discussion."""
    plans = list(scored_layouts(page))
    best = max((*plans, *combined_layouts(page, plans)), key=lambda plan: plan.score, default=None)
    return best if best and best.posts and best.score >= MIN_SCORE else None


def scored_layouts(page: DumpPage) -> Iterator[Layout]:
    """Every plan that has a post, with its score."""
    for plan in _candidate_layouts(page):
        if plan.posts:
            score_layout(page, plan)
            yield plan


def _candidate_layouts(page: DumpPage) -> Iterator[Layout]:
    for shape, anchors in _line_groups(page):
        plan = byline_first_layout(page, anchors)
        plan.notes["shape"] = shape
        yield plan
        if page.marks[anchors[0]].kind == "byline":
            plan = byline_last_layout(page, anchors)
            plan.notes["shape"] = shape
            yield plan
    for items in nlargest(MAX_LISTS, find_lists(page), key=len):
        if len(items) >= MIN_GROUP_SIZE:
            yield list_layout(page, items)
    yield from fallback_layouts(page)


def _line_groups(page: DumpPage) -> list[tuple[str, list[int]]]:
    """The largest groups of lines that one template may have printed: of one shape, with one kind of line before,
    of related shapes, or with the same words.
    """
    shaped: dict[str, list[int]] = defaultdict(list)
    before = "blank"
    for i, (line, mark) in enumerate(zip(page.lines, page.marks, strict=True)):
        for key in _group_keys(line, mark, before):
            shaped[key].append(i)
        if mark.kind != "blank":
            before = mark.kind
    groups = [
        (key, group) for key, group in shaped.items() if len(group) >= (3 if key.startswith("=") else MIN_GROUP_SIZE)
    ]
    return nlargest(MAX_GROUPS, groups, key=lambda pair: (len(pair[1]), -pair[1][0]))


def _group_keys(line: Line, mark: LineClass, before: str) -> Iterator[str]:
    if mark.kind == "byline":
        yield mark.shape
        yield f"{mark.shape}/{before}"
        yield "any " + "".join(token for token in ("W", "V", "D") if token in mark.shape)
    elif mark.kind == "level":
        yield "level"
    elif mark.kind in ("label", "short", "text", "subject") and 0 < len(line.text) <= MAX_SEPARATOR_LENGTH:
        yield "=" + line.text
