"""How well a plan explains a page: what its posts look like, and what the page says about them itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rumor_tui.readers.dump.page import Page, Plan, Post

LOOK_BACK = 25
"""How many lines above the first post a heading such as "12 comments" may stand."""

LOOK_INTO = 80
"""How many lines of a body are looked at; it bounds the work where plans overlap."""

WEIGHT = {"signed": 0.85, "named": 0.5, "separated": 0.6, "counted": 0.6}
"""Readings that rest on less are worth less, so that one with plain bylines wins where there is one."""

FEAST = 12
"""A body this many times longer than most (and longer than `LOOK_INTO` lines) has swallowed another section."""


def rate(page: Page, plan: Plan) -> None:
    """Keep the run of posts that look best together, and set the plan's score."""
    worth = [quality(page, post) for post in plan.posts]
    if plan.kind == "signed":
        worth = [value if post.author else value * 0.4 for value, post in zip(worth, plan.posts, strict=True)]
    _punish_feasts(plan.posts, worth)
    first, last = best_run([value - 0.3 for value in worth])
    while plan.kind == "signed" and first < last and not plan.posts[first].author:
        first += 1
    plan.lead = plan.posts[first - 1] if first else None
    plan.posts = plan.posts[first:last]
    if plan.kind == "named" and not _mostly_prose(page, plan.posts):
        plan.posts = []
    plan.score = sum(worth[first:last]) * WEIGHT.get(plan.kind, 1.0) * _evidence(page, plan)


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


def quality(page: Page, post: Post) -> float:
    """How much a post looks like one: prose, an author, a date, buttons around it, nothing of a header inside."""
    rows = range(post.start, min(post.end, post.start + LOOK_INTO))
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


def _is_entry(page: Page, rows: range) -> bool:
    """Is a body without an author a mere entry of a menu or of a list of links: short lines that are no sentences?"""
    texts = [page.lines[i].text for i in rows if page.lines[i].text]
    return all(len(text) < 140 and text[-1:] not in '.!?…。！？:)"”’' for text in texts)


def _mostly_prose(page: Page, posts: Sequence[Post]) -> bool:
    prose = sum(1 for post in posts if not _is_entry(page, range(post.start, min(post.end, post.start + LOOK_INTO))))
    return prose * 2 > len(posts)


def _punish_feasts(posts: Sequence[Post], worth: list[float]) -> None:
    sizes = sorted(post.end - post.start for post in posts)
    usual = max(sizes[len(sizes) // 2], 1)
    for index, post in enumerate(posts):
        size = post.end - post.start
        if size > LOOK_INTO and size > FEAST * usual:
            worth[index] = -3.0


def _evidence(page: Page, plan: Plan) -> float:
    """What the page says besides the posts: they count up, a heading tells their number, they keep to their bylines."""
    if not plan.posts:
        return 0.0
    factor = plainness(plan)
    factor *= 1.3 if _counts_up(plan.posts) else 1.0
    if plan.kind in ("anchored", "signed"):
        factor *= 1.0 + 0.2 * _adhesion(page, plan)
    heading = heading_above(page, plan.posts[0].top)
    if heading is None:
        return factor
    near = heading >= 0 and abs(len(plan.posts) - heading) <= max(1, heading // 10)
    return factor * (1.6 if near else 1.25)


def plainness(plan: Plan) -> float:
    """Of equal plans the one that rests on a single shape is to win over one with conditions or of several shapes."""
    shape = plan.notes.get("shape", "")
    return 0.97 if "/" in shape or shape.startswith("any") else 1.0


def _adhesion(page: Page, plan: Plan) -> float:
    """From -1 to 1: do the bylines stand closer to the bodies that this plan gives them than to the others?"""
    signs = plan.kind == "signed"
    edges = [(post.end, after.start) if signs else (after.top, after.start) for post, after in pairwise(plan.posts)]
    clear = sum(_belongs_below(page, *edge) for edge in edges) / len(edges) if edges else 0.0
    return -clear if signs else clear


def _belongs_below(page: Page, top: int, start: int) -> int:
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


def heading_above(page: Page, top: int) -> int | None:
    """The count in the nearest heading of comments above `top` (-1 for one without a count); None for no heading."""
    for i in range(top - 1, max(-1, top - LOOK_BACK), -1):
        if page.marks[i].kind == "heading":
            return page.marks[i].total
    return None
