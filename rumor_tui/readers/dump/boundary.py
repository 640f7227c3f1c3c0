"""Where the discussion is: the plans that the page's repetitions suggest, and the one that explains most of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from heapq import nlargest

from rumor_tui.readers.dump.anchored import anchored
from rumor_tui.readers.dump.bare import bare_plans
from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.listed import listed, regions
from rumor_tui.readers.dump.page import Page, Plan, Post
from rumor_tui.readers.dump.shapes import Mark
from rumor_tui.readers.dump.signed import signed

FEWEST = 2
"""A shape must occur this often to be a repetition."""

MOST_GROUPS = 24
"""Groups that are tried as readings, largest first; it bounds the work on a page of many shapes."""

MOST_LISTS = 12
"""Lists that are tried as discussions, longest first."""

SAME_WORDS = 100
"""A line no longer than this (in characters) may part posts by being repeated word for word."""

LOOK_BACK = 25
"""How many lines above the first post a heading such as "12 comments" may stand."""


WEIGHT = {"named": 0.8, "separated": 0.7, "counted": 0.7}
"""Readings that rest on less are worth less, so that one with bylines wins where there is one."""


def best_plan(page: Page) -> Plan | None:
    """The plan with the highest score, or None for a page without a discussion."""
    best = max(scored_plans(page), key=lambda plan: plan.score, default=None)
    return best if best and best.score >= 2.0 else None


def scored_plans(page: Page) -> Iterator[Plan]:
    """Every plan that has a post, with its score."""
    for plan in _plans(page):
        if plan.posts:
            plan.score = _score(page, plan)
            yield plan


def _plans(page: Page) -> Iterator[Plan]:
    for shape, anchors in _groups(page):
        plan = anchored(page, anchors)
        plan.notes["shape"] = shape
        yield plan
        if page.marks[anchors[0]].kind == "byline":
            plan = signed(page, anchors)
            plan.notes["shape"] = shape
            yield plan
    for items in nlargest(MOST_LISTS, regions(page), key=len):
        if len(items) >= FEWEST:
            yield listed(page, items)
    yield from bare_plans(page)


def _groups(page: Page) -> list[tuple[str, list[int]]]:
    """The largest groups of lines that one template may have printed: of one shape, with one kind of line before,
    of related shapes, or with the same words.
    """
    shaped: dict[str, list[int]] = defaultdict(list)
    before = "blank"
    for i, (line, mark) in enumerate(zip(page.lines, page.marks, strict=True)):
        for key in _keys(line, mark, before):
            shaped[key].append(i)
        if mark.kind != "blank":
            before = mark.kind
    groups = [(key, group) for key, group in shaped.items() if len(group) >= (3 if key.startswith("=") else FEWEST)]
    return nlargest(MOST_GROUPS, groups, key=lambda pair: (len(pair[1]), -pair[1][0]))


def _keys(line: Line, mark: Mark, before: str) -> Iterator[str]:
    if mark.kind == "byline":
        yield mark.shape
        yield f"{mark.shape}/{before}"
        yield "any " + "".join(token for token in ("W", "V", "D") if token in mark.shape)
    elif mark.kind == "level":
        yield "level"
    elif mark.kind in ("label", "short", "text", "subject") and 0 < len(line.text) <= SAME_WORDS:
        yield "=" + line.text


def _score(page: Page, plan: Plan) -> float:
    total = sum(quality(page, post) for post in plan.posts)
    if _counts_up(plan.posts):
        total *= 1.3
    total *= WEIGHT.get(plan.kind, 1.0)
    heading = _heading_above(page, plan.posts[0].top)
    if heading is None:
        return total
    near = heading >= 0 and abs(len(plan.posts) - heading) <= max(1, heading // 10)
    return total * (1.6 if near else 1.25)


def _counts_up(posts: list[Post]) -> bool:
    """Are the posts numbered, each higher than the last?"""
    numbers = [post.number for post in posts if post.number >= 0]
    rising = sum(1 for low, high in zip(numbers, numbers[1:], strict=False) if low < high <= low + 3)
    return len(numbers) * 10 >= len(posts) * 8 and rising * 10 >= len(numbers) * 8 and len(numbers) > 2


def quality(page: Page, post: Post) -> float:
    """How much a post looks like one: a body of prose, an author, a date, buttons around it, nothing of a header inside."""
    kinds = Counter(page.marks[i].kind for i in range(post.start, min(post.end, post.start + 80)))
    if not (kinds["text"] or kinds["short"] or kinds["quote"]):
        return -0.2
    worth = 0.6 if kinds["text"] or kinds["quote"] else 0.2
    worth += (0.5 if post.author else 0.0) + (0.3 if post.date else 0.0) + min(post.proof, 0.5)
    return worth / (
        1.0 + 0.35 * (kinds["fact"] + kinds["subject"] + kinds["label"] + kinds["heading"]) + 0.2 * kinds["byline"]
    )


def _heading_above(page: Page, top: int) -> int | None:
    """The count in the nearest heading of comments above `top` (-1 for one without a count); None for no heading."""
    for i in range(top - 1, max(-1, top - LOOK_BACK), -1):
        if page.marks[i].kind == "heading":
            return page.marks[i].count
    return None
