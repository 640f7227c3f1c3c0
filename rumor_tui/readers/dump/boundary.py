"""Where the discussion is: the plans that the page's repetitions suggest, and the one that explains most of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest

from rumor_tui.readers.dump import score
from rumor_tui.readers.dump.anchored import anchored
from rumor_tui.readers.dump.bare import bare_plans
from rumor_tui.readers.dump.kinds import Mark
from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.listed import listed, regions
from rumor_tui.readers.dump.nested import nested_plans
from rumor_tui.readers.dump.page import Page, Plan
from rumor_tui.readers.dump.signed import signed

FEWEST = 2
"""A shape must occur this often to be a repetition."""

MOST_GROUPS = 24
"""Groups that are tried as readings, largest first; it bounds the work on a page of many shapes."""

MOST_LISTS = 12
"""Lists that are tried as discussions, longest first."""

LOWEST = 2.0
"""A page whose best plan scores less has no discussion; two well-formed comments score more."""

SAME_WORDS = 100
"""A line no longer than this (in characters) may part posts by being repeated word for word."""


def best_plan(page: Page) -> Plan | None:
    """The plan with the highest score, or None for a page without a discussion."""
    plans = list(scored_plans(page))
    best = max((*plans, *nested_plans(page, plans)), key=lambda plan: plan.score, default=None)
    return best if best and best.posts and best.score >= LOWEST else None


def scored_plans(page: Page) -> Iterator[Plan]:
    """Every plan that has a post, with its score."""
    for plan in _plans(page):
        if plan.posts:
            score.rate(page, plan)
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
