"""Whose post it is: where the author's line stands relative to the bylines, learnt from all the posts together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.page import REACH, SOLID, Page

Head = tuple[int, int]
"""The first and the last line of a header's bylines."""

Near = tuple[list[int], list[int]]
"""The lines that could be an author's: above a header and below it, nearest first."""

Slot = Callable[[list[int], list[int]], int | None]
"""Chooses the author's line among the named lines above (nearest first) and below (nearest first) a byline."""

SLOTS: dict[str, Slot] = {
    "up": lambda above, below: above[0] if above else None,
    "down": lambda above, below: below[0] if below else None,
    "second": lambda above, below: above[1] if len(above) > 1 else None,
    "top": lambda above, below: above[-1] if above else None,
}


def places(page: Page, heads: Sequence[Head]) -> list[Near]:
    """The candidates around every header; none is shared by two headers' bylines."""
    return [_around(page, heads, index) for index in range(len(heads))]


def _around(page: Page, heads: Sequence[Head], index: int) -> Near:
    first, last = heads[index]
    floor = heads[index - 1][1] if index else -1
    above = _named(page, range(first - 1, max(floor, first - REACH), -1), page.lines[first])
    ceiling = heads[index + 1][0] if index + 1 < len(heads) else len(page.lines)
    below = _named(page, range(last + 1, min(ceiling, last + REACH)), page.lines[first])
    return above, below


def _named(page: Page, span: range, anchor: Line) -> list[int]:
    found: list[int] = []
    for i in span:
        line, mark = page.lines[i], page.marks[i]
        if mark.kind in SOLID or (found and span.step < 0 and mark.kind in ("label", "fact")):
            break
        if len(mark.name) < 2 or (mark.kind == "byline" and span.step > 0 and "V" in mark.shape):
            continue
        if line.bullet and not anchor.bullet and line.indent >= anchor.indent:
            continue
        found.append(i)
        if line.bullet and span.step < 0 and line.inner == anchor.indent:
            break
    return found


def choose(page: Page, heads: Sequence[Head], near: Sequence[Near]) -> tuple[str, list[int | None]]:
    """The slot where authors stand, and every header's line there; "self" for bylines that hold the names."""
    own = sum(1 for first, last in heads if own_name(page, first, last))
    if own * 2 > len(heads):
        return "self", [None] * len(heads)
    worth = {name: _worth(page, [pick(*pair) for pair in near]) for name, pick in SLOTS.items()}
    best = max(SLOTS, key=lambda name: worth[name])
    if worth[best] <= 0.3:
        return "self", [None] * len(heads)
    return best, _corrected(page, near, [SLOTS[best](*pair) for pair in near])


def own_name(page: Page, first: int, last: int) -> str:
    """The name that the bylines of one header hold, if any."""
    return next(
        (page.marks[i].name for i in (first, last) if page.marks[i].kind == "byline" and page.marks[i].name), ""
    )


def _worth(page: Page, chosen: list[int | None]) -> float:
    """0 to 1: how many posts have a line in this slot, and how much those lines vary as names do."""
    names = [page.marks[i].name for i in chosen if i is not None]
    if not names:
        return 0.0
    variety = len(set(names)) / len(names)
    bylines = sum(1 for i in chosen if i is not None and page.marks[i].kind == "byline")
    shorter = sum(1 for name in names if len(name.split()) <= 3) / len(names)
    cover = len(names) / len(chosen)
    return cover * (0.4 + 0.3 * min(1.0, variety * 2) + 0.2 * shorter + 0.1 * variety) + 0.2 * bylines / len(chosen)


def _corrected(page: Page, near: Sequence[Near], chosen: list[int | None]) -> list[int | None]:
    """The authors' lines, where a line beside the chosen one is better known: quoted, echoed, an author elsewhere."""
    known = Counter(page.marks[i].name for i in chosen if i is not None)
    quoted = {mark.name for mark in page.marks if mark.kind == "quote"}

    def best_known(i: int, row: list[int]) -> int:
        names = {j: page.marks[j].name for j in (i, *row)}
        echoed = {j: any(k != j and names[k].startswith(names[j]) for k in row) for j in names}
        fame = {j: 2 * (name in quoted) + 2 * echoed[j] + (known[name] > 1) for j, name in names.items()}
        return max(fame, key=lambda j: fame[j])

    better: list[int | None] = []
    for (above, below), i in zip(near, chosen, strict=True):
        row = above[:4] if i in above else below[:4] + above[:1]
        better.append(i if i is None or not row else best_known(i, row))
    return better


def skipped(page: Page, near: Sequence[Near], slot: str) -> int:
    """How many short lines under the byline belong to the header: the author, a rank, a handle."""
    skip = 1 if slot == "down" else 0
    while skip < 4:
        texts = [page.lines[below[skip]].text for _, below in near if len(below) > skip]
        same = len(set(texts)) <= max(2, len(texts) // 3) and len(texts) >= 3
        handles = sum(1 for text in texts if text.startswith("@")) * 5 >= len(near) * 4
        if len(texts) * 5 < len(near) * 4 or not (same or handles):
            break
        skip += 1
    return skip
