"""Elements that only lead to other pages, as front pages and lists of related articles have them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import headed_runs
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import BOARD_NOUNS, COMMENT_NOUNS, HEADING_LEADS

_DISCUSSION = re.compile(
    r"comment|kommentar|comentario|disqus|(?:^|[-_])(?:replies|responses|answers|reviews)(?:$|[-_])"
)
_HEADING = re.compile(
    rf"\W*(?:\d[\d.,]*\W+)?(?:(?:{alternation(HEADING_LEADS)})\W+)?"
    rf"(?:(?:{alternation((*COMMENT_NOUNS, *BOARD_NOUNS))})\W+)+(?:\d[\d.,]*)?\W*"
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
MAX_IN_LINK = 5
"""Elements in a link of which one may be the heading."""


def are_link_teasers(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether most of some elements have a heading that is a link to another page, or hardly any text but links.

    Those that all have the same heading are none: they are the posts of a topic.
    """
    if is_in_discussion(dom, members[0]):
        return False
    ends = headed_runs(dom, features, members)
    titles = (_linked_title(dom, features, member, ends.get(member, dom.end[member])) for member in members)
    known = [title for title in titles if title is not None]
    return len(known) >= 0.6 * len(members) and len(set(known)) >= 0.6 * len(known)


def _linked_title(dom: Dom, features: NodeFeatures, member: int, end: int) -> str | None:
    """The text of the first link in an element that is a heading, or another key where linking is all that it does."""
    for link in range(member, end):
        address = dom.attribute(link, "href") if dom.tag[link] == "a" else ""
        if not address or "#" in address or features.is_author[link]:
            continue
        around = (dom.parent[link], *range(link, min(dom.end[link], link + 1 + MAX_IN_LINK)))
        if any(
            dom.tag[number] in vocabulary.HEADING_TAGS or any(map(_TITLE_NAME.search, dom.classes[number]))
            for number in around
        ):
            return vocabulary.SUBJECT_PREFIX.sub("", dom.text(link)).strip().casefold()
    linked = sum(features.content_length(link) for link in range(member, end) if dom.tag[link] == "a")
    is_action = features.actions_before[member] < features.actions_before[end]
    return str(member) if not is_action and linked > 0.6 * features.content_length(member) > 0 else None


def are_sections(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether elements begin with headings that have identifiers, as the sections of documents and changelogs do.

    A heading with a name or a date in it is the head of a post, and what can be answered is no section.
    """
    headings = (_first_heading(dom, member) for member in members)
    named = [
        dom.attribute(heading, "id")
        for heading, member in zip(headings, members, strict=True)
        if not (features.count_authors(heading, dom.end[heading]) or features.count_times(heading, dom.end[heading]))
        and features.actions_before[member] == features.actions_before[dom.end[member]]
    ]
    return len(set(filter(None, named))) >= 0.8 * len(members)


def _first_heading(dom: Dom, member: int) -> int:
    """The heading that an element begins with; 0 for none."""
    inside = range(member + 1, min(dom.end[member], member + 1 + MAX_IN_LINK))
    return next((number for number in inside if dom.tag[number] in vocabulary.HEADING_TAGS), 0)


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
