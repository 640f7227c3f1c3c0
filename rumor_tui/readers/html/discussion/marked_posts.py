"""A page with posts that are no elements, written anew with an element for each, so that it is read as any other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui.readers.html.discussion.platforms import Platform
from rumor_tui.readers.html.discussion.post_runs import PostRun, find_post_runs
from rumor_tui.readers.html.discussion.text_lines import paragraph_html
from rumor_tui.readers.html.dom import Dom

MARKED_POSTS: Final = (
    Platform("Marked posts", comment="article.comment", author="cite.comment-author", time="time.comment-date",
             body="div.comment-body"),
)  # fmt: skip
"""How the posts are marked."""
_PLACE: Final = "\ue000posts\ue000"
"""What stands for the posts while the rest of the page is written."""
_PARTS: Final = frozenset(("td", "th", "tr", "tbody", "thead", "li", "dd", "dt"))
"""Elements that stand in a table or a list only."""
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


def mark_posts(dom: Dom) -> Dom | None:
    """The page with its posts marked, or None if it has none. The tree of `dom` is no longer the page's then."""
    runs = find_post_runs(dom)
    if not runs:
        return None
    posts = [(run, _body_html(dom, run)) for run in runs]
    texts = _text_nodes(dom)
    is_placed = False
    for run in runs:
        for number, piece in _parts(dom, run.first, run.last):
            node = dom.nodes[number] if piece < 0 else texts[piece]
            if not is_placed:
                _outside_table(node).insert_before(_PLACE)
                is_placed = True
            node.decompose()
    page = (dom.tree.html or "").replace(_PLACE, _posts_html(posts), 1)
    return Dom(LexborHTMLParser(page))


def _outside_table(node: LexborNode) -> LexborNode:
    """The element itself, or the table or list of which it is a part: nothing else may stand beside such parts."""
    while node.tag in _PARTS and node.parent is not None:
        node = node.parent
    return node


def _text_nodes(dom: Dom) -> list[LexborNode]:
    """The nodes of a page's pieces of text."""
    root = dom.tree.root
    return [
        node
        for node in (root.traverse(include_text=True) if root is not None else ())
        if node.tag == "-text"
        and (parent := node.parent) is not None
        and parent.mem_id in dom.numbers
        and (text := node.text_content)
        and not text.isspace()
    ]


def _parts(dom: Dom, first: int, last: int) -> Iterator[tuple[int, int]]:
    """What a range of text pieces consists of: whole elements (number, -1), and pieces beside them (owner, piece)."""
    piece, number = first, bisect_left(dom.first, first)
    while number < len(dom) and dom.first[number] < last:
        is_empty = dom.first[number] == dom.last[number]
        if _is_in(dom, number, first, last) or (is_empty and first < dom.first[number]):
            yield from ((dom.owner[loose], loose) for loose in range(piece, dom.first[number]))
            yield number, -1
            piece, number = dom.last[number], dom.end[number]
        else:
            number += 1
    yield from ((dom.owner[loose], loose) for loose in range(piece, last))


def _is_in(dom: Dom, number: int, first: int, last: int) -> bool:
    """Whether an element has text, all of it within a range."""
    return first <= dom.first[number] < dom.last[number] <= last


def _body_html(dom: Dom, run: PostRun) -> str:
    if run.body_first >= run.body_last:
        return ""
    start = ""
    if run.body_offset:
        start, run.body_first = escape(dom.pieces[run.body_first][run.body_offset :]), run.body_first + 1
    parts = _parts(dom, run.body_first, run.body_last) if run.body_first < run.body_last else ()
    return start + "".join(_part_html(dom, number, piece) for number, piece in parts)


def _part_html(dom: Dom, number: int, piece: int) -> str:
    if piece >= 0:
        return escape(dom.pieces[piece])
    if dom.tag[number] == "pre":
        return "".join(map(paragraph_html, filter(str.strip, _BLANK_LINES.split(dom.nodes[number].text().strip("\n")))))
    html = dom.nodes[number].html or ""
    if dom.tag[number] in _PARTS:
        inner = "".join(child.html or "" for child in dom.nodes[number].iter(include_text=True))
        return f"<table>{html}</table>" if dom.tag[number] in ("tr", "tbody") else f"<div>{inner}</div>"
    return html


def _posts_html(posts: Sequence[tuple[PostRun, str]]) -> str:
    """The posts as elements, answers inside what they answer."""
    written = ['<section id="comments">']
    path: list[int] = []
    for index, (run, body) in enumerate(posts):
        while path and path[-1] != run.parent:
            path.pop()
            written.append("</article>")
        path.append(index)
        date = f'<time class="comment-date">{escape(run.date)}</time>' if run.date else ""
        head = f'<cite class="comment-author">{escape(run.author)}</cite> {date}'
        written.append(f'<article class="comment"><header>{head}</header><div class="comment-body">{body}</div>')
    return "".join((*written, "</article>" * len(path), "</section>"))
