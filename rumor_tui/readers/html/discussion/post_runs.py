"""Posts that are no elements of their own: runs of text, each begun or ended by an opener of the same form.

Guestbooks, archives of newsgroups, boards in tables and pages written by hand have no class that says "comment". Their
template still repeats: a short line with a name and a date (or a table cell for each, lines such as "From:" and
"Date:", a bold name before a day), then a text, up to the next such line. Since lists of other things have names and
dates too, the page must also say that people wrote here: a heading of comments, a guestbook's title, labels of names,
links to write to the authors, names that return.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rumor_tui.readers.html.article.evidence import is_live_blog
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.discussion import text_lines as lines_of
from rumor_tui.readers.html.discussion.post_evidence import find_evidence, has_nested_articles, quoted_posts
from rumor_tui.readers.html.discussion.post_openers import LinePage, Opener, find_openers, line_page
from rumor_tui.readers.html.dom import Dom


@dataclass(slots=True)
class PostRun:
    """A post: its author and date, the lines of its opener and of its text, and the index of the post it answers.

    `first` and `last` are the pieces of text that the opener and the text have, `body_first` and `body_last` those of
    the text alone, which begins at `body_offset` in its first piece. A signed text comes before its signature.
    """

    author: str
    date: str
    first: int
    last: int
    body_first: int
    body_last: int
    body_offset: int = 0
    parent: int | None = None


def find_post_runs(dom: Dom) -> list[PostRun]:
    """The posts of a page that are runs of its text, in order; none if the page does not say that people wrote them."""
    titles = {page_title(dom), *(dom.text(number) for number, tag in enumerate(dom.tag) if tag == "h1")}
    is_board = any(map(lines_of.is_board_title, titles))
    if not (is_board or lines_of.names_people(dom) or has_nested_articles(dom)) or is_live_blog(dom):
        return []
    lines = lines_of.text_lines(dom)
    page = line_page(dom, lines, is_board=is_board)
    openers = _best_openers(page)
    if not openers and (is_board or page.headings):
        lines = list(lines_of.cut_openers(dom, lines))
        page = line_page(dom, lines, is_board=is_board)
        openers = _best_openers(page)
    return _post_runs(page, openers)


def _best_openers(page: LinePage) -> list[Opener]:
    """The openers for which most speaks; none if that is not enough."""
    best: tuple[int, list[Opener]] = (0, [])
    for openers in find_openers(page):
        weight = find_evidence(page, openers) * len(openers)
        if weight > best[0]:
            best = weight, openers
    return best[1]


def _post_runs(page: LinePage, openers: Sequence[Opener]) -> list[PostRun]:
    runs = []
    for opener in openers:
        start, end = opener.body
        first, last = min(opener.start, start), max(opener.end, end)
        body = (_text_start(page, start), page.lines[end - 1].last) if start < end else (0, 0)
        offset = page.lines[start].offset if start < end and body[0] == page.lines[start].first else 0
        runs.append(
            PostRun(opener.name, opener.date, page.lines[first].first, page.lines[last - 1].last, *body, offset)
        )
    blocks = [page.lines[opener.start].block for opener in openers]
    if runs:
        runs[0].first = page.lines[_heading_start(page, min(openers[0].start, openers[0].body[0]))].first
    parents = _parents(page.dom, runs, blocks)
    if not any(parent is not None for parent in parents):
        parents = quoted_posts(page, openers)
    for run, parent in zip(runs, parents, strict=True):
        run.parent = parent
    return runs


def _heading_start(page: LinePage, start: int) -> int:
    """The first line of a table's header and a heading of comments right above a line: they belong to the posts."""
    while start > 0 and page.dom.tag[page.lines[start - 1].block] == "th":
        start -= 1
    return start - 1 if start - 1 in page.headings else start


def _text_start(page: LinePage, index: int) -> int:
    """The first piece of text of a line, without one that is its label."""
    line = page.lines[index]
    is_label = line.first + 1 < line.last and page.dom.pieces[line.first].rstrip().endswith((":", "："))
    return line.first + is_label


def _parents(dom: Dom, runs: Sequence[PostRun], blocks: Sequence[int]) -> list[int | None]:
    """The parent of each post: the last one before it whose opener is less deep, within the element around that."""
    parents: list[int | None] = []
    path: list[int] = []
    for index, block in enumerate(blocks):
        while path and not (
            dom.depth[blocks[path[-1]]] < dom.depth[block] and _holds(dom, runs[path[-1]], blocks[path[-1]], block)
        ):
            path.pop()
        parents.append(path[-1] if path else None)
        path.append(index)
    return parents


def _holds(dom: Dom, run: PostRun, opener: int, block: int) -> bool:
    """Whether the smallest element around a post's opener and text contains a block."""
    while opener > 0 and dom.last[opener] < run.last:
        opener = dom.parent[opener]
    return dom.contains(opener, block)
