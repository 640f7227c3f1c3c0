"""Plans for discussions whose posts begin with a byline: a date, a name with a verb of saying, a number, a button."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.readers.dump import authors, bodies
from rumor_tui.readers.dump.page import REACH, SOLID, Page, Plan, Post, take_facts


def anchored(page: Page, anchors: Sequence[int]) -> Plan:
    """The reading in which every line of `anchors` is the byline of one post."""
    heads = merged(page, anchors)
    near = authors.places(page, heads)
    slot, chosen = authors.choose(page, heads, near)
    skip = authors.skipped(page, near, slot)
    cards = _cards(page, heads) if slot in ("down", "self") else [last + 1 for _, last in heads]
    floors = [-1] + [last for _, last in heads[:-1]]
    posts = [
        _post(page, head, floor, line, bodies.Below(card, below[:skip]))
        for head, floor, line, card, (_, below) in zip(heads, floors, chosen, cards, near, strict=True)
    ]
    return Plan("anchored", bodies.finish(page, posts), notes={"slot": slot})


def merged(page: Page, anchors: Sequence[int]) -> list[tuple[int, int]]:
    """First and last line of every header: bylines with nothing but furniture between them are one header."""
    heads: list[tuple[int, int]] = []
    for anchor in anchors:
        if heads and _same_header(page, heads[-1], anchor):
            heads[-1] = (heads[-1][0], anchor)
        else:
            heads.append((anchor, anchor))
    return heads


def _same_header(page: Page, head: tuple[int, int], anchor: int) -> bool:
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


def _cards(page: Page, heads: Sequence[authors.Head]) -> list[int]:
    """Where the card under every byline ends, if most bylines have one."""
    ceilings = [first for first, _ in heads[1:]] + [len(page.lines)]
    ends = [bodies.card_end(page, last + 1, ceiling) for (_, last), ceiling in zip(heads, ceilings, strict=True)]
    bare = [last + 1 for _, last in heads]
    with_card = sum(1 for end, start in zip(ends, bare, strict=True) if end > start)
    return ends if with_card * 5 >= len(heads) * 3 else bare


def _post(page: Page, head: authors.Head, floor: int, chosen: int | None, below: bodies.Below) -> Post:
    first, last = head
    author = authors.own_name(page, first, last) or (page.marks[chosen].name if chosen is not None else "")
    top = min(first, chosen) if chosen is not None else _top_by_name(page, first, floor, author)
    post = Post(top=top, start=last + 1, end=last + 1, author=author or None, column=page.lines[first].indent)
    for i in range(top, below.card):
        take_facts(post, page.marks[i])
    post.start = bodies.body_start(page, post, below)
    _set_column(page, post, first, chosen)
    return post


def _set_column(page: Page, post: Post, first: int, chosen: int | None) -> None:
    """The post's column: its item's, where it stands in one; its body's, where only the byline is an item."""
    anchor = page.lines[first]
    body = page.lines[post.start] if post.start < len(page.lines) else anchor
    if chosen is not None and page.lines[chosen].bullet and page.lines[chosen].inner == anchor.indent:
        post.column = page.lines[chosen].indent
    elif anchor.bullet and not body.bullet and body.text:
        post.column = min(anchor.indent, body.indent)


def _top_by_name(page: Page, first: int, floor: int, author: str) -> int:
    """Where the header begins when the byline holds the name: a user card above repeats it."""
    for i in range(first - 1, max(floor, first - REACH), -1):
        if page.marks[i].kind in SOLID:
            break
        if author and page.marks[i].name == author:
            return i
    return first
