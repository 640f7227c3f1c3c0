"""Whether a group of similar elements is a discussion, judged together with what the page's article would be.

A page of one article has many groups of similar boxes with a name and a date in each: its header, its body, its author,
what else to read. What holds the headline or most of the prose is the article, unless all that is known of the group
says that it is a topic's posts, of which the first is the article. The smaller a group is, the more signs it needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rumor_tui.readers.html.discussion.comment_node import ContentTraits
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom

MIN_EVIDENCE: Final = 4
"""Members (three count at most) and signs that a discussion has together."""
MIN_SHARE: Final = 0.5
"""The share of members that must show a sign."""
MAX_PROSE_SHARE: Final = 0.5
"""The share of the page's prose in one member above which that is the article."""
STRONG_NAME: Final = 1.0
"""The strength of a name that hardly anything but a comment has; it counts as two signs."""
_DIGIT = re.compile(r"\d")


def is_discussion(
    dom: Dom, features: NodeFeatures, members: Sequence[int], traits: Sequence[ContentTraits], strength: float
) -> bool:
    """Whether a group, whose name has this strength, is a discussion, or the posts of a topic."""
    count = len(members)
    numbered = sum(1 for member in members if _DIGIT.search(dom.attribute(member, "id"))) >= MIN_SHARE * count
    answered = sum(1 for member in traits if member.actions) >= MIN_SHARE * count
    complete = sum(1 for member in traits if member.times and member.authors and member.content > 1)
    signs = numbered + answered + (complete >= MIN_SHARE * count) + 2 * (strength >= STRONG_NAME)
    if min(count, 3) + signs < MIN_EVIDENCE or (count == 1 and not complete):
        return False
    is_topic = count > 1 and (numbered or strength >= STRONG_NAME) and complete >= MIN_SHARE * count
    return is_topic or not _holds_article(dom, features, members)


def _holds_article(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether one member has the headline, which the others lack, or most of the page's prose."""
    headed = sum(1 for member in members if "h1" in dom.tag[member : dom.end[member]])
    if 0 < headed < max(2, MIN_SHARE * len(members)):
        return True
    total = features.prose_before[-1]
    return any(features.prose_length(member) > MAX_PROSE_SHARE * total for member in members)
