"""Elements that only lead to other pages: teasers, lists of topics, related articles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import headed_runs, is_nested, last_piece
from rumor_tui.readers.html.discussion.features import MAX_LABEL, NodeFeatures, is_reply_control
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import COMMENT_NOUNS, COMMENT_WORDS, HEADING_LEADS

_DISCUSSION = re.compile(
    r"comment|kommentar|comentario|disqus|(?:^|[-_])(?:replies|responses|answers|reviews)(?:$|[-_])"
)
_COMMENT_COUNT = re.compile(
    rf"\W*\d[\d.,k]*\s*(?:{alternation(COMMENT_WORDS)}|discuss)\W*",
    re.IGNORECASE,
)
"""The text of a link to a discussion, with its number of comments."""
_HEADING = re.compile(
    rf"\W*(?:\d[\d.,]*\W+)?(?:(?:{alternation(HEADING_LEADS)})\W+)?(?:(?:{alternation(COMMENT_NOUNS)})\W+)+(?:\d[\d.,]*)?\W*"
    r"(?:(?:to|on|zu|auf|à|sur|a|en|su|op|til|på|do|к)\s.*)?",
    re.IGNORECASE,
)
"""A heading that calls what is below it comments, with a blank after it: "3 responses to …"."""
_MAX_HEADING: Final = 120
_HEADING_LEVELS: Final = 4
"""Ancestors of a comment among which one has the heading above the discussion too."""
_TITLE_NAME = re.compile(
    r"(?:^|[-_])(?:title|topic-?title|thread-?title|headline|heading|teaser-?link|card-?link)(?:$|[-_])"
)


def are_link_teasers(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether elements only lead to other pages: by a heading that is a link, or with hardly any text but links.

    Members that nest are a tree, and so are no teasers; nor are those with a control to reply, nor those that all
    have the same heading, as the posts of a topic have.
    """
    if is_nested(dom, members) or is_in_discussion(dom, members[0]):
        return False
    ends = headed_runs(dom, features, members)
    targets = (_teaser_target(dom, features, member, ends.get(member, dom.end[member])) for member in members)
    known = [target for target in targets if target is not None]
    return len(known) >= 0.6 * len(members) and len(set(known)) >= 0.6 * len(known)


def _teaser_target(dom: Dom, features: NodeFeatures, member: int, end: int) -> str | None:
    """The title of what an element links to, or another key that differs, if linking is all that it does."""
    links = [number for number in range(member, end) if dom.tag[number] == "a"]
    for link in links:
        if _COMMENT_COUNT.fullmatch(dom.short_text(link, MAX_LABEL)):
            return str(member)
        if _is_title_link(dom, features, link, member):
            actions = (number for number in range(member, end) if features.is_action[number])
            if any(is_reply_control(dom, number) for number in actions):
                return None
            return vocabulary.SUBJECT_PREFIX.sub("", dom.text(link)).strip().casefold()
    linked = sum(map(features.content_length, links))
    text = features.content_before[last_piece(dom, member, end)] - features.content_before[dom.first[member]]
    return str(member) if linked > 0.6 * text > 0 and not any(features.is_action[member:end]) else None


def _is_title_link(dom: Dom, features: NodeFeatures, link: int, outer: int) -> bool:
    """Whether a link to another page is a heading, is in one, or contains one."""
    address = dom.attribute(link, "href")
    if features.is_author[link] or features.is_time[link] or dom.text_length(link) <= 3 or not address:
        return False
    parent = dom.parent[link]
    around = [link, parent] if parent >= outer else [link]
    return "#" not in address and any(
        dom.tag[number] in ("h1", "h2", "h3", "h4", "h5") or any(map(_TITLE_NAME.search, dom.classes[number]))
        for number in (*around, *range(link + 1, min(dom.end[link], link + 6)))
    )


def is_in_discussion(dom: Dom, number: int) -> bool:
    """Whether an ancestor of an element is called a discussion."""
    here = dom.parent[number]
    while here > 0:
        if any(_DISCUSSION.search(name) and not vocabulary.NOT_COMMENT_NAME.search(name) for name in dom.labels(here)):
            return dom.tag[here] not in ("body", "html")
        here = dom.parent[here]
    return False


def is_under_heading(dom: Dom, number: int) -> bool:
    """Whether the last heading before an element, near it, calls what is below it comments, replies, a guestbook."""
    headings = _headings(dom)
    heading = headings[bisect_left(headings, number) - 1] if headings else 0
    if not 0 < heading < number or not _HEADING.fullmatch(dom.short_text(heading, _MAX_HEADING) + " "):
        return False
    for _ in range(_HEADING_LEVELS):
        number = dom.parent[number]
        if number <= 0 or dom.contains(number, heading):
            return number > 0
    return False


def _headings(dom: Dom) -> list[int]:
    """The numbers of the page's headings."""
    if "headings" not in dom.memo:
        dom.memo["headings"] = [number for number, tag in enumerate(dom.tag) if tag in vocabulary.HEADING_TAGS]
    headings: list[int] = dom.memo["headings"]
    return headings
