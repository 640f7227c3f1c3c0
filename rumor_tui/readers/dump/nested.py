"""Two plans in one: posts of one kind with posts of another kind under them, as answers with their comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from rumor_tui.readers.dump import score
from rumor_tui.readers.dump.kinds import Mark
from rumor_tui.readers.dump.page import FURNITURE, Page, Plan, Post

MOST_PLANS = 10
"""Plans that are tried as the outer and as the inner half, best first."""


def nested_plans(page: Page, plans: Sequence[Plan]) -> Iterator[Plan]:
    """Every pair of plans that fit into each other, scored as the sum of what each explains."""
    best = _distinct(plans)
    inners = [plan for plan in best if plan.kind == "signed"][:MOST_PLANS]
    for inner in inners:
        for outer in best[: 2 * MOST_PLANS]:
            pair = _nested(page, outer, inner) if _may_hold(outer, inner) else None
            if pair:
                yield pair


def _distinct(plans: Sequence[Plan]) -> list[Plan]:
    """The plans that rest on bylines, best first, one for every set of posts."""
    found: dict[tuple[str, int, int, int], Plan] = {}
    for plan in sorted(plans, key=lambda plan: -plan.score):
        if plan.posts and plan.kind in ("anchored", "signed"):
            found.setdefault((plan.kind, plan.posts[0].top, plan.posts[-1].top, len(plan.posts)), plan)
    return list(found.values())


def _may_hold(outer: Plan, inner: Plan) -> bool:
    """Only whole plans with authors fit, and the inner posts must stand deeper or be of another shape."""
    if outer is inner or outer.kind not in ("anchored", "signed") or outer.notes["shape"] == inner.notes["shape"]:
        return False
    return all(sum(1 for post in plan.posts if post.author) * 5 >= len(plan.posts) * 3 for plan in (outer, inner))


def _nested(page: Page, outer: Plan, inner: Plan) -> Plan | None:
    tops = [post.top for post in outer.posts]
    spans = ((post.top, post.start) if outer.kind == "anchored" else (post.end, post.foot) for post in outer.posts)
    taken = sorted({i for span in spans for i in range(*span)})
    kept = [post for post in inner.posts if tops[0] < post.top and not _holds(taken, post.start, post.foot)]
    if len(kept) < 2 or len(kept) * 5 < len(inner.posts) * 4:
        return None
    owners = [bisect_right(tops, post.top) - 1 for post in kept]
    edges = tops if outer.kind == "anchored" else [post.foot for post in outer.posts]
    held = {bisect_right(edges, post.start) for post in kept}
    if len(held) * 4 < len(tops) or len(held) < 2:
        return None
    cut = _cut(page, outer, kept, owners)
    if any(post.end <= post.start for post in cut):
        return None
    shape = f"{outer.notes['shape']} > {inner.notes['shape']}"
    return Plan("nested", _woven(cut, kept), _score(page, outer, cut, inner, kept), notes={"shape": shape})


def _score(page: Page, outer: Plan, cut: Sequence[Post], inner: Plan, kept: Sequence[Post]) -> float:
    """What the outer posts are worth without the lines that they lost, and what the inner ones add."""
    factor = outer.score / max(sum(score.quality(page, post) for post in outer.posts), 0.1)
    weight = score.WEIGHT["signed"] * score.plainness(inner)
    within = sum(score.quality(page, post) for post in kept)
    return factor * sum(score.quality(page, post) for post in cut) + weight * within


def _holds(rows: Sequence[int], start: int, end: int) -> bool:
    """Is one of the rows, which are in order, among those from `start` up to `end`?"""
    place = bisect_left(rows, start)
    return place < len(rows) and rows[place] < end


def _cut(page: Page, outer: Plan, kept: Sequence[Post], owners: Sequence[int]) -> list[Post]:
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


def _is_furniture(mark: Mark) -> bool:
    return mark.kind in FURNITURE or mark.kind == "heading" or (mark.kind == "byline" and not mark.name)


def _woven(outer: Sequence[Post], inner: Sequence[Post]) -> list[Post]:
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
