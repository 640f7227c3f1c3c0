"""Which elements of a page are its comments: the group of similar elements that best explains names, dates and texts.

A group is all the elements with the same tag and one class in common (or the same shape of identifier, or the same
kind of structured data). Its members may nest, as replies do; a member's own content is its subtree without the
members inside. A group scores higher the more of its members have, of their own, a date, a name, a text and
something that can be done with a comment. Groups that only link to other pages (teasers, lists of topics) are left out.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.body import body_rank
from rumor_tui.readers.html.discussion.comment_node import ContentTraits, content_traits, is_nested
from rumor_tui.readers.html.discussion.evidence import is_discussion
from rumor_tui.readers.html.discussion.features import COMMENT_LABEL, NodeFeatures
from rumor_tui.readers.html.discussion.nested_posts import add_nested_posts
from rumor_tui.readers.html.discussion.teasers import are_link_teasers, are_sections
from rumor_tui.readers.html.dom import Dom

MIN_SCORE: Final = 0.8
"""The score of a group, per member, below which it is not a discussion."""
MIN_MEAN_TEXT: Final = 25
"""The mean length of text beside names and dates that a group not called comments must have."""
MIN_LARGE_FOOTER: Final = 4_000
"""Characters of a footer that must contain more than what pages end with."""
MAX_RELATED: Final = 8
"""Other groups that may be merged with the best one."""
MAX_CLASSES: Final = 12
"""Classes of an element that are looked at."""
_DIGITS = re.compile(r"\d+")
_HEX_NUMBERS = re.compile(r"[0-9a-f]{12,}|\d+")
_COMMENT_TYPES = re.compile(r"schema\.org/(?:comment|answer|usercomments|review)$", re.IGNORECASE)
_ROLES = ("data-testid", "data-role", "component", "data-component", "data-qa")
"""Attributes that name what an element is for scripts."""
_COMMENT_PROPERTIES = frozenset(("comment", "suggestedAnswer", "acceptedAnswer"))
_KEY_ATTRIBUTES = frozenset((*_ROLES, "id", "role", "itemtype", "itemprop"))
"""Attributes by which elements are grouped."""
_STRUCTURED_KEY = "[comment]"
"""The key of the group of elements that are comments by their microdata, or by their labels for the blind."""
_EVENT_NAME = re.compile(
    r"(?:[\w-]+[-_])?(?:system|service|event|activity|log)[-_]?(?:note|message|msg|post|comment|entry|row)?"
)
"""Classes of what a site itself tells among the comments: who joined, what was renamed."""
_BARE_TAGS = frozenset(("li", "tr", "dt", "div", "article", "section", "table"))
"""Elements that are grouped by their parents, if they have no class but alternating ones."""
_COMMENT_TAG_NAMES = "li div article section tr table tbody td dl dt dd p ul ol blockquote span details center"
_COMMENT_TAGS = frozenset(_COMMENT_TAG_NAMES.split())


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """Similar elements in document order, the class or other sign that they share, and their score."""

    key: str
    members: tuple[int, ...]
    score: float


def find_comment_group(dom: Dom, features: NodeFeatures) -> CandidateGroup | None:
    """The group that is the discussion, or None."""
    similar = candidate_groups(dom)
    groups = _scored_groups(dom, features, similar.items())
    if not groups:
        return None
    best = max(groups, key=lambda group: (group.score, -dom.depth[group.members[0]]))
    for other in sorted(groups, key=lambda group: -group.score):
        if _are_wholes_of(dom, other, best) or _completes(dom, features, other, best):
            best = other
    best = _add_siblings(dom, features, _merge_related(dom, features, best, groups))
    return replace(best, members=add_nested_posts(dom, features, best.members, similar))


def candidate_groups(dom: Dom) -> dict[str, list[int]]:
    """The members of every group of a page, by the group's key."""
    groups: dict[str, list[int]] = {}
    for number in range(1, len(dom)):
        tag = dom.tag[number]
        if tag in _COMMENT_TAGS or "-" in tag:
            for key in (*_class_keys(tag, dom.classes[number]), *dict.fromkeys(_other_keys(dom, number))):
                groups.setdefault(key, []).append(number)
    return groups


@lru_cache(maxsize=8192)
def _class_keys(tag: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The keys by an element's classes, with and without their numbers."""
    keys = (f"{tag}.{key}" for name in names[:MAX_CLASSES] for key in (name, _DIGITS.sub("", name)))
    return tuple(dict.fromkeys(keys))


def _other_keys(dom: Dom, number: int) -> Iterator[str]:
    """The keys of the other groups that an element belongs to: by its tag, its surroundings, its attributes."""
    tag, attrs, names = dom.tag[number], dom.attrs[number], dom.classes[number]
    if "-" in tag:
        yield tag
    if tag in _BARE_TAGS and all(map(vocabulary.ALTERNATING_NAME.fullmatch, names)):
        parent = dom.parent[number]
        while tag == "article" and dom.tag[parent] == tag and not dom.classes[parent]:
            parent = dom.parent[parent]
        around = dom.labels(parent) or (dom.labels(dom.parent[parent]) if parent > 0 else ())
        yield f"{tag}<{dom.tag[parent]}.{' '.join(around) if around else parent}"
    if not _KEY_ATTRIBUTES.isdisjoint(attrs):
        yield from _attribute_keys(tag, attrs)


def _attribute_keys(tag: str, attrs: Mapping[str, Any]) -> Iterator[str]:
    """The keys by an element's role for scripts, the shape of its identifier, and its microdata."""
    for role in filter(None, map(attrs.get, _ROLES)):
        yield f"{tag}@{_HEX_NUMBERS.sub('0', str(role).lower()[:60])}"
    identifier = (attrs.get("id") or "").lower()
    if (shape := _HEX_NUMBERS.sub("0", identifier)) != identifier:
        yield f"{tag}#{shape}"
    labelled = "role" in attrs and COMMENT_LABEL.match((attrs.get("aria-label") or "").lstrip())
    if labelled or _COMMENT_TYPES.search(attrs.get("itemtype") or "") or attrs.get("itemprop") in _COMMENT_PROPERTIES:
        yield _STRUCTURED_KEY


def _name_strength(key: str) -> float:
    """How strongly a group's key says that its members are comments; negative if it says that they are not."""
    if key == _STRUCTURED_KEY:
        return 1.5
    if "<" in key:
        return 0.6 if vocabulary.STRONG_COMMENT_NAME.search(key) else 0.0
    name = re.split(r"[.#@]", key, maxsplit=1)[-1]
    excluded = vocabulary.NOT_COMMENT_NAME.search(name)
    if not vocabulary.COMMENT_NAME.search(name):
        return -1.0 if excluded else 0.0
    strong = vocabulary.STRONG_COMMENT_NAME.search(name)
    if excluded and not (strong and re.fullmatch(r"[a-z_-]*comments?[a-z]{0,6}", name)):
        return 0.2 if strong else -1.0
    return 1.2 if strong else 0.6


# Scores


def _scored_groups(
    dom: Dom, features: NodeFeatures, groups: Iterable[tuple[str, Sequence[int]]]
) -> list[CandidateGroup]:
    """The groups that may be the discussion; of several with the same members the one with the strongest name."""
    if not features.times_before[-1] and not features.authors_before[-1]:
        return []
    teaser = array("i", bytes(4 * len(dom)))
    found = []
    for members, (strength, key) in _strongest_keys(dom, groups).items():
        group = score_group(features, key, members, strength)
        if group is not None and strength < 1 and _are_other_texts(dom, features, group.members):
            for member in group.members:
                teaser[member + 1 : dom.end[member]] = array("i", [member]) * (dom.end[member] - member - 1)
        elif group is not None:
            found.append(group)
    return [group for group in found if not _are_parts(group, teaser)]


def _are_other_texts(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    return are_sections(dom, features, members) or are_link_teasers(dom, features, members)


def _are_parts(group: CandidateGroup, outer: Sequence[int]) -> bool:
    """Whether most members of a group are inside other elements, one in each; `outer` has that of each element."""
    return len({outer[member] for member in group.members} - {0}) >= 0.6 * len(group.members)


def _strongest_keys(dom: Dom, groups: Iterable[tuple[str, Sequence[int]]]) -> dict[tuple[int, ...], tuple[float, str]]:
    """For the members of each group outside sidebars and the like, the strongest of the keys and its strength."""
    excluded = _excluded_elements(dom)
    strongest: dict[tuple[int, ...], tuple[float, str]] = {}
    for key, numbers in groups:
        strength = _name_strength(key)
        if strength < 0 or (len(numbers) < 2 and strength < 1):
            continue
        members = tuple(number for number in numbers if not excluded[number])
        if members and strength >= strongest.get(members, (-1.0, ""))[0]:
            strongest[members] = (strength, key)
    return strongest


def score_group(features: NodeFeatures, key: str, members: Sequence[int], strength: float) -> CandidateGroup | None:
    """The group with its score, without the members that are not like the rest; None if they are no comments."""
    if not any(features.count_times(each, features.dom.end[each]) for each in members) and not any(
        features.count_authors(each, features.dom.end[each]) for each in members
    ):
        return None
    members, traits = _without_outliers(features.dom, features, _without_events(features.dom, members))
    score = sum(_member_score(member, strength) for member in traits)
    if not members or score < MIN_SCORE * len(members) or not _has_enough_text(traits, strength):
        return None
    if not is_discussion(features, members, traits, strength) or _is_container(traits):
        return None
    return CandidateGroup(key, tuple(members), score * (0.4 + 0.5 * strength))


def _is_container(traits: Sequence[ContentTraits]) -> bool:
    """Whether a group of one is the place of several comments, as "comments" of a page with two of them is."""
    return len(traits) == 1 and min(traits[0].times, traits[0].authors) > 1


def _has_enough_text(traits: Sequence[ContentTraits], strength: float) -> bool:
    """Whether enough members of a group have text, and enough of it, for the strength of the group's name."""
    if strength < 1 and sum(1 for member in traits if member.content > 1) < 0.3 * len(traits):
        return False
    are_answerable = sum(1 for member in traits if member.actions) >= 0.8 * len(traits)
    return strength >= 1 or are_answerable or sum(member.content for member in traits) >= MIN_MEAN_TEXT * len(traits)


def _without_events(dom: Dom, members: Sequence[int]) -> Sequence[int]:
    """The members without those that only tell what was done, where there are others."""
    return [member for member in members if not _is_event_class(dom.classes[member])] or members


@lru_cache(maxsize=4096)
def _is_event_class(names: tuple[str, ...]) -> bool:
    return any(map(_EVENT_NAME.fullmatch, names))


def _without_outliers(
    dom: Dom, features: NodeFeatures, members: Sequence[int]
) -> tuple[Sequence[int], list[ContentTraits]]:
    """The members with their traits: no undated ones where most are dated, no empty ones where those are undated.

    Nor are rows with neither a name nor a text members, as those in chats that say a new day has begun.
    """
    traits = content_traits(dom, features, members)
    dated = [member.times > 0 for member in traits]
    if 0.6 * len(members) <= sum(dated) < len(members):
        members = _kept_members(dom, members, dated)
        traits = content_traits(dom, features, members)
    full = [member.content > 1 for member in traits]
    if 0.3 * len(members) <= sum(full) < len(members) and not any(
        member.times for member in traits if member.content <= 1
    ):
        members = _kept_members(dom, members, full)
        traits = content_traits(dom, features, members)
    said = [member.content > 1 or member.authors > 0 for member in traits]
    if 0.5 * len(members) <= sum(said) < len(members):
        members = _kept_members(dom, members, said)
        traits = content_traits(dom, features, members)
    return members, traits


def _kept_members(dom: Dom, members: Sequence[int], good: Sequence[bool]) -> list[int]:
    """The good members, and those that were deleted: they say so, or contain others as replies."""
    kept = []
    for index, (member, is_good) in enumerate(zip(members, good, strict=True)):
        contains_next = index + 1 < len(members) and members[index + 1] < dom.end[member]
        if is_good or contains_next or vocabulary.DELETED_NOTICE.search(dom.short_text(member, 160)):
            kept.append(member)
    return kept


def _member_score(traits: ContentTraits, strength: float) -> float:
    """How much a member looks like a comment, in a group whose name has this strength."""
    has_both = traits.times and traits.authors
    if not has_both and not (traits.content and (traits.times or traits.authors)):
        return 0.0
    score = min(1.0, 3.0 / traits.times) if traits.times else 0.0
    if traits.authors:
        score += 0.8 if traits.authors <= 8 else 0.4
    score += 0.3 if traits.actions else 0.0
    score += 0.4 if traits.content > 1 else 0.0
    return (score if has_both else 0.6 * score) + strength


def _excluded_elements(dom: Dom) -> bytearray:
    """Flags of the elements in a sidebar, a footer or the like, and of pingbacks: they are no comments."""
    outside = bytearray(len(dom))
    half = 0.5 * max(dom.text_length(0), 1)
    for number in range(1, len(dom)):
        tag = dom.tag[number]
        if tag in ("nav", "head", "footer"):
            outside[number] = tag != "footer" or dom.text_length(number) < MIN_LARGE_FOOTER
        elif _is_outside_class(dom.classes[number]):
            outside[number] = dom.text_length(number) < half
        else:
            outside[number] = outside[dom.parent[number]]
    return bytearray(
        outside[parent] or _is_ping_class(names) for parent, names in zip(dom.parent, dom.classes, strict=True)
    )


@lru_cache(maxsize=4096)
def _is_outside_class(names: tuple[str, ...]) -> bool:
    return any(map(vocabulary.OUTSIDE_NAME.search, names))


@lru_cache(maxsize=4096)
def _is_ping_class(names: tuple[str, ...]) -> bool:
    return any("pingback" in name or "trackback" in name for name in names)


# The best group, completed


def _are_wholes_of(dom: Dom, other: CandidateGroup, best: CandidateGroup) -> bool:
    """Whether the best group's members are only parts of another one's: several in each, and with a lower score."""
    count, part_count = len(other.members), len(best.members)
    if not 2 <= count <= 0.6 * part_count or other.score / count < 1.15 * best.score / part_count:
        return False
    if other.members[-1] < dom.end[other.members[0]] or is_nested(dom, other.members):
        return False
    parts = _count_parts(dom, other, best)
    return sum(parts) >= 0.8 * part_count and min(parts) >= 2


def _completes(dom: Dom, features: NodeFeatures, other: CandidateGroup, best: CandidateGroup) -> bool:
    """Whether another group has each of the best group's members in one of its own, and other comments besides.

    Pages where the post that is answered is drawn larger than its answers need this, and reviews that are answered.
    """
    if len(other.members) < len(best.members) or is_nested(dom, other.members):
        return False
    parts = _count_parts(dom, other, best)
    if sum(parts) < len(best.members) or max(parts) > 1:
        return False
    if all(parts):
        return len(add_nested_posts(dom, features, other.members, {best.key: best.members})) > len(other.members)
    traits = content_traits(dom, features, other.members)
    return all(count or own.is_complete for count, own in zip(parts, traits, strict=True))


def _count_parts(dom: Dom, other: CandidateGroup, best: CandidateGroup) -> list[int]:
    """How many of the best group's members are in each member of another group, none of which nest."""
    parts = [0] * len(other.members)
    for member in best.members:
        index = bisect_right(other.members, member) - 1
        if index >= 0 and member < dom.end[other.members[index]]:
            parts[index] += 1
    return parts


def _merge_related(
    dom: Dom, features: NodeFeatures, best: CandidateGroup, groups: Sequence[CandidateGroup]
) -> CandidateGroup:
    """The group together with others that are comments as much as its own members, as replies are.

    Another group is related if its members' own content scores as high as that of this one's, and takes nothing away
    from it: this holds neither for wrappers of comments nor for parts of them.
    """
    members, strength = list(best.members), max(0.0, _name_strength(best.key))
    score = sum(_member_score(member, strength) for member in content_traits(dom, features, members))
    mean = score / len(members)
    for other in _related_candidates(best, groups):
        added = set(other.members).difference(members)
        if len(added) < 0.5 * len(other.members) or _is_around(dom, other.members, best.members):
            continue
        together = sorted({*members, *added})
        traits = dict(zip(together, content_traits(dom, features, together), strict=True))
        scores = {member: _member_score(traits[member], strength) for member in together}
        kept, gained = sum(map(scores.__getitem__, members)), sum(map(scores.__getitem__, added))
        complete = sum(1 for member in added if traits[member].is_complete)
        if complete >= 0.7 * len(added) and kept >= 0.95 * score and gained >= 0.75 * mean * len(added):
            members, score = together, kept + gained
    return replace(best, members=tuple(members))


def _related_candidates(best: CandidateGroup, groups: Sequence[CandidateGroup]) -> list[CandidateGroup]:
    """The other groups that are named comments, the best first."""
    named = [group for group in groups if _name_strength(group.key) >= (0.6 if len(group.members) > 1 else 1.0)]
    return [group for group in sorted(named, key=lambda group: -group.score) if group is not best][:MAX_RELATED]


def _is_around(dom: Dom, others: Sequence[int], members: Sequence[int]) -> bool:
    """Whether one of some elements contains nearly all of the members, and so is not a comment among them."""
    first, last = members[len(members) // 10], members[-1 - len(members) // 10]
    return any(other < first and last < dom.end[other] for other in others)


def _add_siblings(dom: Dom, features: NodeFeatures, group: CandidateGroup) -> CandidateGroup:
    """The group with siblings of its members that have most of their classes, and a name."""
    if len(group.members) < 2 or not dom.classes[group.members[-1]]:
        return group
    members = set(group.members)
    tag = dom.tag[group.members[0]]
    added = [
        number
        for parent in {dom.parent[member] for member in members}
        for number in _similar_children(dom, parent, members, tag)
        if not _is_event_class(dom.classes[number]) and features.count_authors(number, dom.end[number])
    ]
    if sum(1 for member in members if _has_body(dom, features, member)) > 0.5 * len(members):
        added = [number for number in added if _has_body(dom, features, number)]
    return replace(group, members=tuple(sorted(members.union(added))))


def _similar_children(dom: Dom, parent: int, members: Set[int], tag: str) -> Iterator[int]:
    """The children of an element with the tag of the members, and most of the classes that those among them share."""
    shared = set.intersection(*(set(dom.classes[child]) for child in dom.children(parent) if child in members))
    if len(shared) >= 2:
        for child in dom.children(parent):
            if dom.tag[child] == tag and len(shared.intersection(dom.classes[child])) >= max(2, 0.5 * len(shared)):
                yield child


def _has_body(dom: Dom, features: NodeFeatures, number: int) -> bool:
    """Whether an element in another one is called the body of a comment."""
    return any(body_rank(dom, child) >= 3 for child in range(number + 1, dom.end[number]))
