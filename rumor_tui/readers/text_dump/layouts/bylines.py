"""Layouts with bylines: posts that begin with a byline, and posts that end with one.

A byline is a line with a date, a name with a verb of saying, a number or a button. Where the author's line stands
relative to the bylines is learnt from all the posts together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rumor_tui.readers.text_dump.lines import Line
from rumor_tui.readers.text_dump.posts import (
    FURNITURE,
    HEADER_REACH,
    SOLID,
    DumpPage,
    HeaderRest,
    Layout,
    Post,
    absorb_facts,
    find_body_start,
    finish_posts,
    user_card_end,
)

HeaderSpan = tuple[int, int]
"""The first and the last line of a header's bylines."""

AuthorCandidates = tuple[list[int], list[int]]
"""The lines that could be an author's: above a header and below it, nearest first."""

AuthorSlot = Callable[[list[int], list[int]], int | None]
"""Chooses the author's line among the named lines above (nearest first) and below (nearest first) a byline."""

AUTHOR_SLOTS: dict[str, AuthorSlot] = {
    "up": lambda above, below: above[0] if above else None,
    "down": lambda above, below: below[0] if below else None,
    "top": lambda above, below: above[-1] if above else None,
}


def find_author_candidates(page: DumpPage, heads: Sequence[HeaderSpan]) -> list[AuthorCandidates]:
    """The candidates around every header; none is shared by two headers."""
    return [_candidates_around(page, heads, index) for index in range(len(heads))]


def _candidates_around(page: DumpPage, heads: Sequence[HeaderSpan], index: int) -> AuthorCandidates:
    first, last = heads[index]
    floor = heads[index - 1][1] if index else -1
    above = _lines_with_names(page, _reach(page, range(first - 1, floor, -1)), page.lines[first])
    ceiling = heads[index + 1][0] if index + 1 < len(heads) else len(page.lines)
    below = _lines_with_names(page, _reach(page, range(last + 1, ceiling)), page.lines[first])
    return above, below


def _reach(page: DumpPage, span: range) -> range:
    """The part of a span that a header may take: it ends after so many lines with text."""
    count = 0
    for place, i in enumerate(span):
        count += bool(page.lines[i].text)
        if count == HEADER_REACH:
            return span[: place + 1]
    return span


def _lines_with_names(page: DumpPage, span: range, anchor: Line) -> list[int]:
    """The lines of the span with a name, up to one that no header has, or to the bullet of the anchor's item."""
    upwards = span.step < 0
    named: list[int] = []
    for i in span:
        line, line_class = page.lines[i], page.classes[i]
        if line_class.kind in SOLID or (named and upwards and line_class.kind in ("label", "fact")):
            break
        if _is_deeper_item(line, anchor) or len(line_class.name) < 2:
            continue
        named.append(i)
        if upwards and line.bullet and line.inner == anchor.indent:
            break
    return named


def _is_deeper_item(line: Line, anchor: Line) -> bool:
    return bool(line.bullet) and not anchor.bullet and line.indent >= anchor.indent


def choose_author_slot(
    page: DumpPage, heads: Sequence[HeaderSpan], near: Sequence[AuthorCandidates]
) -> tuple[str, list[int | None]]:
    """The slot where the authors' names are, and the line of every header there; "self" for names in the bylines."""
    if sum(bool(name_in_bylines(page, first, last)) for first, last in heads) * 2 > len(heads):
        return "self", [None] * len(heads)
    scores = {name: _slot_score(page, [pick(*pair) for pair in near]) for name, pick in AUTHOR_SLOTS.items()}
    best = max(AUTHOR_SLOTS, key=scores.__getitem__)
    if scores[best] <= 0.3:
        return "self", [None] * len(heads)
    return best, _correct_authors(page, near, [AUTHOR_SLOTS[best](*pair) for pair in near])


def name_in_bylines(page: DumpPage, first: int, last: int) -> str:
    """The name in the bylines of one header, or an empty string."""
    return next(
        (page.classes[i].name for i in (first, last) if page.classes[i].kind == "byline" and page.classes[i].name), ""
    )


def _slot_score(page: DumpPage, chosen: list[int | None]) -> float:
    """0 to 1: how many posts have a line in this slot, and whether these lines vary as names do."""
    names = [page.classes[i].name for i in chosen if i is not None]
    if not names:
        return 0.0
    variety = len(set(names)) / len(names)
    bylines = sum(1 for i in chosen if i is not None and page.classes[i].kind == "byline")
    shorter = sum(1 for name in names if len(name.split()) <= 3) / len(names)
    cover = len(names) / len(chosen)
    return cover * (0.4 + 0.3 * min(1.0, variety * 2) + 0.2 * shorter + 0.1 * variety) + 0.2 * bylines / len(chosen)


def _correct_authors(page: DumpPage, near: Sequence[AuthorCandidates], chosen: list[int | None]) -> list[int | None]:
    """The authors' lines, moved where a line beside is more likely: quoted, repeated, or an author elsewhere."""
    known = Counter(page.classes[i].name for i in chosen if i is not None)
    quoted = {line_class.name for line_class in page.classes if line_class.kind == "quote"}

    def best_known(i: int, row: list[int]) -> int:
        names = {j: page.classes[j].name for j in (i, *row)}
        repeated = {j: any(k != j and names[k].startswith(names[j]) for k in row) for j in names}
        scores = {j: 2 * (name in quoted) + 2 * repeated[j] + (known[name] > 1) for j, name in names.items()}
        return max(scores, key=scores.__getitem__)

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
    """The layout in which every line of `anchors` is the byline of a post below it."""
    heads = merge_headers(page, anchors)
    near = find_author_candidates(page, heads)
    slot, chosen = choose_author_slot(page, heads, near)
    skip = count_header_lines(page, near, slot)
    cards = _card_ends(page, heads) if slot in ("down", "self") else [last + 1 for _, last in heads]
    floors = [-1] + [last for _, last in heads[:-1]]
    posts = [
        _byline_first_post(page, head, floor, line, HeaderRest(card, below[:skip]))
        for head, floor, line, card, (_, below) in zip(heads, floors, chosen, cards, near, strict=True)
    ]
    return Layout("anchored", finish_posts(page, posts), notes={"slot": slot})


def merge_headers(page: DumpPage, anchors: Sequence[int]) -> list[tuple[int, int]]:
    """First and last line of every header: bylines with no prose between them form one header."""
    heads: list[tuple[int, int]] = []
    for anchor in anchors:
        if heads and _same_header(page, heads[-1], anchor):
            heads[-1] = (heads[-1][0], anchor)
        else:
            heads.append((anchor, anchor))
    return heads


MAX_HEADER_LINES = 12
"""Lines with text between two bylines of one header at most."""


def _same_header(page: DumpPage, head: tuple[int, int], anchor: int) -> bool:
    first, last = head
    if sum(bool(line.text) for line in page.lines[last:anchor]) > MAX_HEADER_LINES:
        return False
    old, new = page.classes[last], page.classes[anchor]
    if any(page.classes[i].kind in SOLID for i in range(last + 1, anchor)):
        return False
    names = {page.classes[first].name, new.name} - {""}
    if len(names) > 1 or (old.number >= 0 and new.number >= 0 and old.number != new.number):
        return False
    return old.date == new.date or not old.date or not new.date or old.shape != new.shape


def _card_ends(page: DumpPage, heads: Sequence[HeaderSpan]) -> list[int]:
    """Where the card under every byline ends, if most bylines have one."""
    ceilings = [first for first, _ in heads[1:]] + [len(page.lines)]
    ends = [user_card_end(page, last + 1, ceiling) for (_, last), ceiling in zip(heads, ceilings, strict=True)]
    bare = [last + 1 for _, last in heads]
    with_card = sum(1 for end, start in zip(ends, bare, strict=True) if end > start)
    return ends if with_card * 5 >= len(heads) * 3 else bare


def _byline_first_post(page: DumpPage, head: HeaderSpan, floor: int, chosen: int | None, below: HeaderRest) -> Post:
    first, last = head
    author = name_in_bylines(page, first, last) or (page.classes[chosen].name if chosen is not None else "")
    top = min(first, chosen) if chosen is not None else _top_by_name(page, first, floor, author)
    post = Post(top=top, start=last + 1, end=last + 1, author=author or None, column=page.lines[first].inner)
    post.date = page.classes[last].date or None
    for i in range(top, below.card):
        absorb_facts(post, page.classes[i])
    post.start = find_body_start(page, post, below)
    return post


def _top_by_name(page: DumpPage, first: int, floor: int, author: str) -> int:
    """Where the header begins when the name is in the byline: at a user card above that repeats the name."""
    for i in _reach(page, range(first - 1, floor, -1)):
        if page.classes[i].kind in SOLID:
            break
        if author and page.classes[i].name == author:
            return i
    return first


MAX_SIGNED_LINES = 400
"""How many lines above its byline a post may begin: longer than any comment, but it bounds the work."""


def byline_last_layout(page: DumpPage, anchors: Sequence[int]) -> Layout:
    """The layout in which every line of `anchors` is the byline of a post above it."""
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
    """The nearest line above and the nearest below, where these could be a name."""
    return _nearest(page, range(first - 1, max(-1, first - 4), -1)), _nearest(page, range(last + 1, last + 4))


def _nearest(page: DumpPage, span: range) -> list[int]:
    for i in span:
        if i < len(page.lines) and page.lines[i].text:
            return [i] if len(page.classes[i].name) > 1 and not page.lines[i].bullet else []
    return []


def _byline_last_post(page: DumpPage, first: int, last: int, line: int | None, floor: int) -> Post | None:
    line = first if line is None else line
    start = _signed_start(page, page.lines[first].indent, min(first, line), floor)
    if start is None:
        return None
    author = name_in_bylines(page, first, last) or ("" if line == first else page.classes[line].name)
    rows = [i for i in range(start, min(first, line)) if page.classes[i].kind not in FURNITURE]
    post = Post(start, *((rows[0], rows[-1] + 1) if rows else (start, start)), author or None, page.lines[start].indent)
    buttons = (line_class for line_class in page.classes[last + 1 : last + 4] if line_class.kind == "label")
    for line_class in (*page.classes[post.end : last + 1], *buttons):
        absorb_facts(post, line_class)
    post.foot = max(last, line) + 1
    return post


def _signed_start(page: DumpPage, column: int, end: int, floor: int) -> int | None:
    """Where a post above its byline begins: at its item's bullet, or after the furniture below the last byline."""
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
    while i < end and page.classes[i].kind not in SOLID:
        if page.classes[i].kind == "short" and i > floor + 3:
            break
        i += 1
    return min(i, end)


def _first_signed_start(page: DumpPage, end: int, lowest: int) -> int:
    """The first post has no byline above it: it reaches up to a heading, a form, a button, or a list."""
    i = end
    while i - 1 > lowest and page.classes[i - 1].kind in FURNITURE:
        i -= 1
    while i - 1 > lowest and not (
        page.classes[i - 1].kind in ("heading", "form", "label", "byline", "fact") or page.lines[i - 1].bullet
    ):
        i -= 1
    while i < end and page.classes[i].kind in FURNITURE:
        i += 1
    return i
