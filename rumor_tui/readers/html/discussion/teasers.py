"""Elements that only lead to other pages, as front pages and lists of related articles have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import headed_runs
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom

_DISCUSSION = re.compile(
    r"comment|kommentar|comentario|disqus|(?:^|[-_])(?:replies|responses|answers|reviews)(?:$|[-_])"
)
_TITLE_NAME = re.compile(
    r"(?:^|[-_])(?:title|topic-?title|thread-?title|headline|heading|teaser-?link|card-?link)(?:$|[-_])"
)
MAX_IN_LINK = 5
"""Elements in a link of which one may be the heading."""


def are_link_teasers(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether most of some elements have a heading that is a link to another page.

    Those that all have the same heading are none: they are the posts of a topic.
    """
    if is_in_discussion(dom, members[0]):
        return False
    ends = headed_runs(dom, features, members)
    titles = (_linked_title(dom, features, member, ends.get(member, dom.end[member])) for member in members)
    known = [title for title in titles if title is not None]
    return len(known) >= 0.6 * len(members) and len(set(known)) >= 0.6 * len(known)


def _linked_title(dom: Dom, features: NodeFeatures, member: int, end: int) -> str | None:
    """The text of the first link in an element that is a heading, is in one, or contains one."""
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
    return None


def is_in_discussion(dom: Dom, number: int) -> bool:
    """Whether an ancestor of an element is called a discussion."""
    here = dom.parent[number]
    while here > 0:
        if any(_DISCUSSION.search(name) and not vocabulary.NOT_COMMENT_NAME.search(name) for name in dom.labels(here)):
            return dom.tag[here] not in ("body", "html")
        here = dom.parent[here]
    return False
