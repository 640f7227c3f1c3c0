"""Whether a group of similar elements is a discussion, judged together with what the page's article would be.

A page of one article has many groups of similar boxes with a name and a date in each: its header, its body, its author,
what else to read. What holds the headline or most of the prose is the article, unless all that is known of the group
says that it is a topic's posts, of which the first is the article. The smaller a group is, the more signs it needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rumor_tui.readers.html.article.evidence import ArticleEvidence
from rumor_tui.readers.html.discussion.comment_node import ContentTraits
from rumor_tui.readers.html.discussion.features import NodeFeatures, is_reply_control
from rumor_tui.readers.html.dom import Dom

MIN_EVIDENCE: Final = 4
"""Members (three count at most) and signs that a discussion has together."""
MIN_SHARE: Final = 0.6
"""The share of members that must show a sign."""
MAX_PROSE_SHARE: Final = 0.5
"""The share of the page's prose in one member above which that is the article."""
MAX_DATES: Final = 4
"""Dates of one comment: of itself, of edits, of its author. A side bar has one for each of its entries."""
STRONG_NAME: Final = 1.0
"""The strength of a name that hardly anything but a comment has; it counts as two signs."""
_DIGIT = re.compile(r"\d")


def is_discussion(
    features: NodeFeatures,
    article: ArticleEvidence,
    members: Sequence[int],
    traits: Sequence[ContentTraits],
    strength: float,
) -> bool:
    """Whether a group, whose name has this strength, is a discussion, or the posts of a topic."""
    dom, count = features.dom, len(members)
    many = MIN_SHARE * count
    numbered = sum(1 for member in members if _DIGIT.search(dom.attribute(member, "id"))) >= many
    answered = sum(1 for member in members if _has_reply_control(features, member)) >= many
    complete = sum(1 for member in traits if 0 < member.times <= MAX_DATES and member.authors and member.content > 1)
    dated = sum(1 for member in traits if member.times)
    signs = numbered + answered + (complete >= many) + 2 * (strength >= STRONG_NAME)
    if min(count, 3) + signs < MIN_EVIDENCE or (count == 1 and not complete):
        return False
    is_topic = count > 1 and (numbered or strength >= STRONG_NAME) and dated >= many
    return is_topic or not _holds_article(dom, article, members)


def _has_reply_control(features: NodeFeatures, member: int) -> bool:
    actions = (number for number in range(member, features.dom.end[member]) if features.is_action[number])
    return any(is_reply_control(features.dom, number) for number in actions)


def _holds_article(dom: Dom, article: ArticleEvidence, members: Sequence[int]) -> bool:
    """Whether one member has the headline, or most of the page's prose."""
    return any(
        dom.is_below(member, article.headline) or dom.density.prose[member] > MAX_PROSE_SHARE * article.prose
        for member in members
    )
