"""Is a text a dump at all, or Markdown, or plain prose?"""

from __future__ import annotations

import re
from itertools import islice

from rumor_tui.readers.dump.page import Page, Plan
from rumor_tui.readers.dump.score import heading_above

_MARKDOWN = r"^(?:#{1,6} \S|```|~~~|[-*+] \S|\|.*\|\s*$|[=-]{4,}\s*$|.*\]\([^)\s]*\))"

MOST_LINES = 4000
"""Markdown shows itself early: no more lines than this are looked at for its marks."""

LONG_LIST = 8
"""So many posts without a name are a discussion if they are nested."""

LONGEST = 200
"""Characters of a line that are looked at."""


def is_markdown(text: str) -> bool:
    """Do Markdown's marks (headings, fences, links, lists) stand in it, and no bullets of a dump?"""
    lines = list(islice(text[: MOST_LINES * 200].splitlines(), MOST_LINES))
    if any(line.lstrip().startswith("• ") for line in lines):
        return False
    headings = sum(1 for line in lines if line.startswith(("# ", "## ", "### ")))
    sign = re.compile(_MARKDOWN)
    marked = sum(1 for line in lines if sign.match(line[:LONGEST]))
    filled = sum(1 for line in lines if line.strip())
    return marked > 0 and (headings > 1 or marked * 12 > filled or (headings > 0 and lines[0].startswith("# ")))


def is_discussion(page: Page, plan: Plan) -> bool:
    """Does the plan show a discussion even to one who does not expect it: people or dates, or a heading of comments?"""
    if plan.kind == "counted" or (plan.kind in ("listed", "separated") and _is_long_list(plan)):
        return True
    told = sum(1 for post in plan.posts if post.author or post.date)
    if told * 2 >= len(plan.posts) and plan.kind != "named":
        return sum(1 for post in plan.posts if post.author) * 4 >= len(plan.posts) or told > 4
    return heading_above(page, plan.posts[0].top) is not None


def _is_long_list(plan: Plan) -> bool:
    """Nested items, or white space between posts, as extractors print them and people do not."""
    nested = plan.kind == "separated" or len({post.column for post in plan.posts}) > 1
    return nested and len(plan.posts) >= LONG_LIST
