"""Is a text a dump at all, or Markdown, or plain prose?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumor_tui.readers.text_dump.choose import heading_above
from rumor_tui.readers.text_dump.posts import DumpPage, Layout

_MARKDOWN = r"^(?:#{1,6} \S|```|~~~|[-*+] \S|\|.*\|\s*$|[=-]{4,}\s*$|.*\]\([^)\s]*\))"

MAX_LINES = 4000
"""Markdown shows itself early: no more lines than this are looked at for its marks."""

LONG_LIST_POSTS = 8
"""So many posts without a name are a discussion if they are nested."""

MAX_LINE_LENGTH = 200
"""Characters of a line that are looked at."""


def looks_like_markdown(text: str) -> bool:
    """Do Markdown's marks (headings, fences, links, lists) stand in it, and no bullets of a dump?"""
    lines = text[: MAX_LINES * 64].splitlines()[:MAX_LINES]
    if any(line.lstrip().startswith("• ") for line in lines):
        return False
    headings = sum(1 for line in lines if line.startswith(("# ", "## ", "### ")))
    sign = re.compile(_MARKDOWN)
    marked = sum(1 for line in lines if sign.match(line[:MAX_LINE_LENGTH]))
    filled = sum(1 for line in lines if line.strip())
    return marked > 0 and (headings > 1 or marked * 12 > filled or (headings > 0 and lines[0].startswith("# ")))


SAMPLE_LINES = 2000
"""Lines of a long text that are looked at from its beginning on; half as many in its middle and before its end."""

MAX_MEAN_WIDTH = 64
"""Characters that a sample has for each of its lines, at most: one line may be a whole book."""


def sample_text(text: str) -> Iterator[str]:
    """The whole of a text, or the parts of a long one that show what it is: its beginning, its middle, its end."""
    head = _lines(text, 0, SAMPLE_LINES)
    yield head
    if len(head) < len(text):
        room = MAX_MEAN_WIDTH * SAMPLE_LINES // 2
        yield _lines(text, max(len(head), len(text) // 2), SAMPLE_LINES // 2)
        yield "\n".join(text[max(len(head), len(text) - room) :].split("\n")[1:][-SAMPLE_LINES // 2 :])


def _lines(text: str, start: int, most: int) -> str:
    """At most so many whole lines of a text, the first of which begins after `start` (or at it, if that is 0)."""
    start = text.find("\n", start) + 1 if start else 0
    part = text[start : start + MAX_MEAN_WIDTH * most]
    end = -1
    for _ in range(most):
        following = part.find("\n", end + 1)
        if following < 0:
            return part
        end = following
    return part[:end]


def shows_discussion(page: DumpPage, plan: Layout) -> bool:
    """Does the plan show a discussion even to one who does not expect it: people or dates, or a heading of comments?"""
    if plan.kind == "counted" or (plan.kind in ("listed", "separated") and _is_long_list(plan)):
        return True
    told = sum(1 for post in plan.posts if post.author or post.date)
    if told * 2 >= len(plan.posts) and plan.kind != "named":
        return sum(1 for post in plan.posts if post.author) * 4 >= len(plan.posts) or told > 4
    return heading_above(page, plan.posts[0].top) is not None


def _is_long_list(plan: Layout) -> bool:
    """Nested items, or white space between posts, as extractors print them and people do not."""
    nested = plan.kind == "separated" or len({post.column for post in plan.posts}) > 1
    return nested and len(plan.posts) >= LONG_LIST_POSTS
