"""Layouts with bylines: posts that begin with a byline, and posts that end with one.

A byline is a line with a date, a name with a verb of saying, a number or a button. Where the author's line stands
relative to the bylines is learnt from all the posts together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rumor_tui.readers.text_dump import posts
from rumor_tui.readers.text_dump.lines import Line
from rumor_tui.readers.text_dump.posts import FURNITURE, HEADER_REACH, SOLID, DumpPage, Layout, Post, absorb_facts

HeaderSpan = tuple[int, int]
"""The first and the last line of a header's bylines."""

AuthorCandidates = tuple[list[int], list[int]]
"""The lines that could be an author's: above a header and below it, nearest first."""

AuthorSlot = Callable[[list[int], list[int]], int | None]
"""Chooses the author's line among the named lines above (nearest first) and below (nearest first) a byline."""

AUTHOR_SLOTS: dict[str, AuthorSlot] = {
    "up": lambda above, below: above[0] if above else None,
    "down": lambda above, below: below[0] if below else None,
    "second": lambda above, below: above[1] if len(above) > 1 else None,
    "top": lambda above, below: above[-1] if above else None,
}


def find_author_candidates(page: DumpPage, heads: Sequence[HeaderSpan]) -> list[AuthorCandidates]:
    """The candidates around every header; none is shared by two headers' bylines."""
    return [_around(page, heads, index) for index in range(len(heads))]


def _around(page: DumpPage, heads: Sequence[HeaderSpan], index: int) -> AuthorCandidates:
    first, last = heads[index]
    floor = heads[index - 1][1] if index else -1
    above = _named(page, range(first - 1, max(floor, first - HEADER_REACH), -1), page.lines[first])
    ceiling = heads[index + 1][0] if index + 1 < len(heads) else len(page.lines)
    below = _named(page, range(last + 1, min(ceiling, last + HEADER_REACH)), page.lines[first])
    return above, below


def _named(page: DumpPage, span: range, anchor: Line) -> list[int]:
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


def choose_author_slot(
    page: DumpPage, heads: Sequence[HeaderSpan], near: Sequence[AuthorCandidates]
) -> tuple[str, list[int | None]]:
    """The slot where authors stand, and every header's line there; "self" for bylines that hold the names."""
    own = sum(1 for first, last in heads if name_in_bylines(page, first, last))
    if own * 2 > len(heads):
        return "self", [None] * len(heads)
    worth = {name: _slot_score(page, [pick(*pair) for pair in near]) for name, pick in AUTHOR_SLOTS.items()}
    best = max(AUTHOR_SLOTS, key=lambda name: worth[name])
    if worth[best] <= 0.3:
        return "self", [None] * len(heads)
    return best, _corrected(page, near, [AUTHOR_SLOTS[best](*pair) for pair in near])


def name_in_bylines(page: DumpPage, first: int, last: int) -> str:
    """The name that the bylines of one header hold, if any."""
    return next(
        (page.marks[i].name for i in (first, last) if page.marks[i].kind == "byline" and page.marks[i].name), ""
    )


def _slot_score(page: DumpPage, chosen: list[int | None]) -> float:
    """0 to 1: how many posts have a line in this slot, and how much those lines vary as names do."""
    names = [page.marks[i].name for i in chosen if i is not None]
    if not names:
        return 0.0
    variety = len(set(names)) / len(names)
    bylines = sum(1 for i in chosen if i is not None and page.marks[i].kind == "byline")
    shorter = sum(1 for name in names if len(name.split()) <= 3) / len(names)
    cover = len(names) / len(chosen)
    return cover * (0.4 + 0.3 * min(1.0, variety * 2) + 0.2 * shorter + 0.1 * variety) + 0.2 * bylines / len(chosen)


def _corrected(page: DumpPage, near: Sequence[AuthorCandidates], chosen: list[int | None]) -> list[int | None]:
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


def count_header_lines(page: DumpPage, near: Sequence[AuthorCandidates], slot: str) -> int:
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


def byline_first_layout(page: DumpPage, anchors: Sequence[int]) -> Layout:
    """The reading in which every line of `anchors` is the byline of one post."""
    heads = merge_headers(page, anchors)
    near = find_author_candidates(page, heads)
    slot, chosen = choose_author_slot(page, heads, near)
    skip = count_header_lines(page, near, slot)
    cards = _card_ends(page, heads) if slot in ("down", "self") else [last + 1 for _, last in heads]
    floors = [-1] + [last for _, last in heads[:-1]]
    found = [
        _byline_first_post(page, head, floor, line, posts.HeaderRest(card, below[:skip]))
        for head, floor, line, card, (_, below) in zip(heads, floors, chosen, cards, near, strict=True)
    ]
    return Layout("anchored", posts.finish_posts(page, found), notes={"slot": slot})


def merge_headers(page: DumpPage, anchors: Sequence[int]) -> list[tuple[int, int]]:
    """First and last line of every header: bylines with nothing but furniture between them are one header."""
    heads: list[tuple[int, int]] = []
    for anchor in anchors:
        if heads and _same_header(page, heads[-1], anchor):
            heads[-1] = (heads[-1][0], anchor)
        else:
            heads.append((anchor, anchor))
    return heads


def _same_header(page: DumpPage, head: tuple[int, int], anchor: int) -> bool:
    first, last = head
    if anchor - last > 12:
        return False
    old, new = page.marks[last], page.marks[anchor]
    if any(page.marks[i].kind in SOLID for i in range(last + 1, anchor)):
        return False
    names = {page.marks[first].name, new.name} - {""}
    if len(names) > 1 or (old.number >= 0 and new.number >= 0 and old.number != new.number):
        return False
    return old.date == new.date or not old.date or not new.date


def _card_ends(page: DumpPage, heads: Sequence[HeaderSpan]) -> list[int]:
    """Where the card under every byline ends, if most bylines have one."""
    ceilings = [first for first, _ in heads[1:]] + [len(page.lines)]
    ends = [posts.user_card_end(page, last + 1, ceiling) for (_, last), ceiling in zip(heads, ceilings, strict=True)]
    bare = [last + 1 for _, last in heads]
    with_card = sum(1 for end, start in zip(ends, bare, strict=True) if end > start)
    return ends if with_card * 5 >= len(heads) * 3 else bare


def _byline_first_post(
    page: DumpPage, head: HeaderSpan, floor: int, chosen: int | None, below: posts.HeaderRest
) -> Post:
    first, last = head
    author = name_in_bylines(page, first, last) or (page.marks[chosen].name if chosen is not None else "")
    top = min(first, chosen) if chosen is not None else _top_by_name(page, first, floor, author)
    post = Post(top=top, start=last + 1, end=last + 1, author=author or None, column=page.lines[first].indent)
    for i in range(top, below.card):
        absorb_facts(post, page.marks[i])
    post.start = posts.find_body_start(page, post, below)
    _set_column(page, post, first, chosen)
    return post


def _set_column(page: DumpPage, post: Post, first: int, chosen: int | None) -> None:
    """The post's column: its item's, where it stands in one; its body's, where only the byline is an item."""
    anchor = page.lines[first]
    body = page.lines[post.start] if post.start < len(page.lines) else anchor
    if chosen is not None and page.lines[chosen].bullet and page.lines[chosen].inner == anchor.indent:
        post.column = page.lines[chosen].indent
    elif anchor.bullet and not body.bullet and body.text:
        post.column = min(anchor.indent, body.indent)


def _top_by_name(page: DumpPage, first: int, floor: int, author: str) -> int:
    """Where the header begins when the byline holds the name: a user card above repeats it."""
    for i in range(first - 1, max(floor, first - HEADER_REACH), -1):
        if page.marks[i].kind in SOLID:
            break
        if author and page.marks[i].name == author:
            return i
    return first


MAX_SIGNED_LINES = 400
"""How many lines above its signature a post may begin: longer than any comment, so that work stays bounded."""


def byline_last_layout(page: DumpPage, anchors: Sequence[int]) -> Layout:
    """The reading in which every line of `anchors` signs the post above it."""
    heads = merge_headers(page, anchors)
    near = [_beside(page, first, last) for first, last in heads]
    slot, chosen = choose_author_slot(page, heads, near)
    posts: list[Post] = []
    floor = -1
    for (first, last), line in zip(heads, chosen, strict=True):
        post = _byline_last_post(page, first, last, line, floor)
        if post:
            posts.append(post)
        floor = max(last, line if line is not None else last)
    return Layout("signed", posts, notes={"slot": slot})


def _beside(page: DumpPage, first: int, last: int) -> AuthorCandidates:
    """The nearest line above and the nearest below, where they could be a name."""
    return _nearest(page, range(first - 1, max(-1, first - 4), -1)), _nearest(page, range(last + 1, last + 4))


def _nearest(page: DumpPage, span: range) -> list[int]:
    for i in span:
        if i < len(page.lines) and page.lines[i].text:
            return [i] if len(page.marks[i].name) > 1 and not page.lines[i].bullet else []
    return []


def _byline_last_post(page: DumpPage, first: int, last: int, line: int | None, floor: int) -> Post | None:
    end = min(first, line) if line is not None else first
    author = name_in_bylines(page, first, last) or (page.marks[line].name if line is not None else "")
    start = _signed_start(page, page.lines[first].indent, end, floor)
    if start is None:
        return None
    item = page.lines[start]
    post = Post(top=start, start=start, end=end, author=author or None, column=item.indent)
    while post.end > post.start and page.marks[post.end - 1].kind in FURNITURE:
        post.end -= 1
    while post.start < post.end and page.marks[post.start].kind in FURNITURE:
        post.start += 1
    for i in range(post.end, last + 1):
        absorb_facts(post, page.marks[i])
    for i in range(last + 1, min(last + 4, len(page.marks))):
        if page.marks[i].kind == "label":
            absorb_facts(post, page.marks[i])
    post.foot = max(last, line if line is not None else last) + 1
    return post


def _signed_start(page: DumpPage, column: int, end: int, floor: int) -> int | None:
    """Where the signed post begins: at its item's bullet, or after the furniture that follows the last signature."""
    lowest = max(floor, end - MAX_SIGNED_LINES)
    if column > 0:
        for i in range(end - 1, lowest, -1):
            line = page.lines[i]
            if line.bullet and line.inner == column:
                return i
            if line.text and line.indent < column:
                break
        if column > 4:
            return None
    return _start_after_signature(page, floor, end) if floor >= 0 else _first_signed_start(page, end, lowest)


def _start_after_signature(page: DumpPage, floor: int, end: int) -> int:
    i = floor + 1
    while i < end and page.marks[i].kind not in SOLID:
        if page.marks[i].kind == "short" and i > floor + 3:
            break
        i += 1
    return min(i, end)


def _first_signed_start(page: DumpPage, end: int, lowest: int) -> int:
    """The first post has no signature above it: it reaches up to a heading, a form, a button, or a list."""
    i = end
    while i - 1 > lowest and page.marks[i - 1].kind in FURNITURE:
        i -= 1
    while i - 1 > lowest and not (
        page.marks[i - 1].kind in ("heading", "form", "label", "byline", "fact") or page.lines[i - 1].bullet
    ):
        i -= 1
    while i < end and page.marks[i].kind in FURNITURE:
        i += 1
    return i
