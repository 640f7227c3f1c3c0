"""Whether a group of similar elements is a discussion, judged together with what the page's article would be.

A page of one article has many groups of similar boxes with a name and a date in each: its header, its body, its author,
what else to read. What holds the headline or most of the prose is the article, unless all that is known of the group
says that it is a topic's posts, of which the first is the article. The smaller a group is, the more signs it needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rumor_tui.readers.html.article.evidence import is_live_blog
from rumor_tui.readers.html.discussion.comment_node import ContentTraits, is_nested
from rumor_tui.readers.html.discussion.features import NodeFeatures, is_reply_control
from rumor_tui.readers.html.discussion.opening_post import MIN_PARAGRAPH, is_forum
from rumor_tui.readers.html.discussion.teasers import are_link_teasers, is_in_discussion, is_under_heading
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
POST_NAME: Final = 0.6
"""The strength of a name that posts have, and other things."""
MIN_ARTICLE: Final = 400
"""The weight of an article's prose, where only that tells it."""
MIN_TOPIC_SIGNS: Final = 2
"""Signs of a group in which the article is the first post."""
MIN_ANSWER: Final = 15
"""Characters beside names and dates in some post of a topic besides the one that is its article."""
MAX_BEFORE_ANCHOR: Final = 12
"""Elements of a member among which its anchor is."""
_IDENTIFIER = re.compile(r"^thingid$|^data-.*(?:id|post|comment|message)$")
_NUMBER = re.compile(r"[a-z][a-z_/-]{0,30}\d{1,20}|\d{1,20}", re.IGNORECASE)


def is_discussion(
    features: NodeFeatures,
    members: Sequence[int],
    traits: Sequence[ContentTraits],
    strength: float,
) -> bool:
    """Whether a group, whose name has this strength, is a discussion, or the posts of a topic."""
    dom, count = features.dom, len(members)
    least = min(count, 2)
    many = max(least, MIN_SHARE * count)
    dated = sum(1 for member in traits if member.times)
    complete = sum(1 for member in traits if 0 < member.times <= MAX_DATES and member.authors and member.content > 1)
    signs = sum(
        (
            2 * (strength >= STRONG_NAME),
            is_numbered := len(_numbers(dom, members)) >= many,
            _place_signs(dom, members[0], dated >= many, complete > 0),
            is_answerable := sum(1 for member in members if _has_reply_control(features, member)) >= many,
            complete >= max(least, MIN_SHARE * max(dated, MIN_SHARE * count)),
        )
    )
    if strength < STRONG_NAME and not is_answerable and is_live_blog(dom):
        return False
    is_post = strength >= POST_NAME
    if not signs or min(count, 3) + signs + is_post < MIN_EVIDENCE or (count == 1 and not complete):
        return False
    if signs == 1 and complete and not (is_post or is_numbered or is_answerable or _is_about(dom, members)):
        return False
    much = max(MAX_PROSE_SHARE * dom.density.prose[0], MIN_ARTICLE)
    rest = {
        member: own
        for member, own in zip(members, traits, strict=True)
        if dom.density.prose[member] <= much and not dom.is_below(member, features.headline)
    }
    if len(rest) == count:
        return True
    if count == 1 or not (is_numbered or is_post) or signs + is_post < MIN_TOPIC_SIGNS or dated < many:
        return False
    if not rest:
        return is_numbered and not is_nested(dom, members)
    return any(own.content >= MIN_ANSWER for own in rest.values()) and not are_link_teasers(dom, features, list(rest))


def _place_signs(dom: Dom, first: int, are_dated: bool, is_any_complete: bool) -> int:
    """The signs of where a group stands: in what is called a discussion, or under a heading that says so.

    A heading is a sign of posts with dates rather than of other sections, and then the page's own word for them.
    """
    if is_in_discussion(dom, first):
        return 1
    return (2 if are_dated else int(is_any_complete)) if is_under_heading(dom, first) else 0


def _is_about(dom: Dom, members: Sequence[int]) -> bool:
    """Whether a page has prose besides some elements, which they may be about, or is a forum's.

    Tables of payments and lists of projects or jobs have a name, a date and a text in each row, and no more.
    """
    about = dom.density.prose[0] - sum(dom.density.prose[member] for member in members)
    return about >= MIN_PARAGRAPH or is_forum(dom)


def _numbers(dom: Dom, members: Sequence[int]) -> set[str]:
    """The identifiers of members that are numbers, with or without a word before."""
    return {number for member in members if (number := _number(dom, member))}


def _number(dom: Dom, member: int) -> str:
    """The first number that identifies an element, or an anchor among the first ones in it; else an empty string."""
    for number in range(member, min(dom.end[member], member + MAX_BEFORE_ANCHOR)):
        for name, value in dom.attrs[number].items():
            is_anchor = name in ("id", "name") and (dom.tag[number] == "a" or number == member)
            is_number = _NUMBER.fullmatch(value or "")
            if is_number and (is_anchor or (number == member and _IDENTIFIER.search(name))):
                return str(value)
    return ""


def _has_reply_control(features: NodeFeatures, member: int) -> bool:
    if features.actions_before[member] == features.actions_before[features.dom.end[member]]:
        return False
    actions = (number for number in range(member, features.dom.end[member]) if features.is_action[number])
    return any(is_reply_control(features.dom, number) for number in actions)
