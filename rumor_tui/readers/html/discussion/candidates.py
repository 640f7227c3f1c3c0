"""Which elements of a page are its comments: the group of similar elements that best explains names, dates and texts.

A group is all the elements with the same tag and one class in common (or the same shape of identifier, or the same
kind of structured data). Its members may nest, as replies do; a member's own content is its subtree without the
members inside. A group scores higher the more of its members have, of their own, a date, a name, a text and
something that can be done with a comment. Groups that only link to other pages (teasers, lists of topics) are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import body, comment_node
from rumor_tui.readers.html.discussion.comment_node import children, text_length
from rumor_tui.readers.html.discussion.features import MAX_LABEL, NodeFeatures, is_reply_control
from rumor_tui.readers.html.dom import Dom

_DISCUSSION = re.compile(
    r"comment|kommentar|comentario|disqus|(?:^|[-_])(?:replies|responses|answers|reviews)(?:$|[-_])"
)
_COMMENT_COUNT = re.compile(
    r"\W*\d[\d.,k]*\s*(?:comments?|replies|responses|answers|kommentare?|commentaires?|comentarios?|discuss)\W*",
    re.IGNORECASE,
)
"""A link to a discussion, with the number of what is said there."""
_TITLE_NAME = re.compile(
    r"(?:^|[-_])(?:title|topic-?title|thread-?title|headline|heading|teaser-?link|card-?link)(?:$|[-_])"
)


def are_link_teasers(page: Dom, signs: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether elements only lead to other pages: by a heading that is a link, or with hardly any text but links.

    Members that nest are a tree, and so are no teasers; nor are those in which one can answer, nor those that all
    have the same heading, as the posts of a topic have.
    """
    if len(members) > 1 and any(b < page.end[a] for a, b in pairwise(members)):
        return False
    if _is_in_discussion(page, members[0]):
        return False
    ends = comment_node.headed_runs(page, signs, members)
    found = (_teaser(page, signs, member, ends.get(member, page.end[member])) for member in members)
    titles = [title for title in found if title is not None]
    return len(titles) >= 0.6 * len(members) and len(set(titles)) >= 0.6 * len(titles)


def _is_in_discussion(page: Dom, number: int) -> bool:
    """Whether an element around one is called a discussion."""
    here = page.parent[number]
    while here > 0:
        if any(_DISCUSSION.search(name) and not vocabulary.NOT_UNIT_NAME.search(name) for name in page.labels(here)):
            return page.tag[here] not in ("body", "html")
        here = page.parent[here]
    return False


def _teaser(page: Dom, signs: NodeFeatures, member: int, end: int) -> str | None:
    """What an element leads to, if that is all that it does."""
    linked = 0
    for number in range(member, end):
        if page.tag[number] == "a":
            linked += text_length(page, signs, number)
            address = page.attribute(number, "href")
            if _COMMENT_COUNT.fullmatch(page.short_text(number, MAX_LABEL)):
                return str(member)
            size = 0 if signs.author[number] or signs.time[number] else page.size(number)
            if size > 3 and address and "#" not in address and _is_heading(page, number, member):
                if any(is_reply_control(page, one) for one in range(member, end) if signs.action[one]):
                    return None
                return vocabulary.SUBJECT_PREFIX.sub("", page.text(number)).casefold()
    text = signs.loud[comment_node.last_piece(page, member, end)] - signs.loud[page.first[member]]
    return str(member) if linked > 0.6 * text > 0 and not any(signs.action[member:end]) else None


def _is_heading(page: Dom, number: int, outer: int) -> bool:
    """Whether a link is a heading, stands in one, or holds one."""
    above = page.parent[number]
    inner = range(number + 1, min(page.end[number], number + 6))
    return any(
        page.tag[one] in ("h1", "h2", "h3", "h4", "h5") or any(map(_TITLE_NAME.search, page.names[one]))
        for one in (number, *((above,) if above >= outer else ()), *inner)
    )


MIN_SCORE: Final = 0.9
"""The score of a family, per member, below which it is no discussion."""
MIN_SCORE_OF_FEW: Final = 1.5
"""The same for one or two elements that are not called comments."""
MIN_MEAN_TEXT: Final = 8
"""Characters beside names and dates that bylines have, as a mean."""
MIN_LARGE_FOOTER: Final = 4_000
"""Characters of a footer that must hold more than what pages end with."""
MAX_RELATED: Final = 8
"""Other families that are tried as kin of the best one."""
MAX_CLASSES: Final = 12
"""Classes of an element that are looked at."""

_DIGITS = re.compile(r"\d+")
_HEXES = re.compile(r"[0-9a-f]{12,}|\d+")
_COMMENT_TYPES = re.compile(r"schema\.org/(?:comment|answer|usercomments|review)$", re.IGNORECASE)
_ROLES = ("data-testid", "data-role", "component", "data-component", "data-qa")
"""Attributes that name what an element is for programs."""
_COMMENT_PROPERTIES = frozenset(("comment", "suggestedAnswer", "acceptedAnswer"))
_BARE_TAGS = frozenset(("li", "tr", "dt", "div", "article", "section", "table"))
"""Elements that are looked at without a class of their own, or with classes for looks alone, by what they stand in."""
_UNIT_TAG_NAMES = "li div article section tr table tbody td dl dt dd p ul ol blockquote span details center"
_UNIT_TAGS = frozenset(_UNIT_TAG_NAMES.split())


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """Elements of one kind, in document order, the class or other sign that they share, and how good they are."""

    key: str
    members: tuple[int, ...]
    score: float


def candidate_groups(page: Dom) -> dict[str, list[int]]:
    """Every family of a page, by its key."""
    found: dict[str, list[int]] = {}
    for number in range(1, len(page)):
        tag = page.tag[number]
        if tag in _UNIT_TAGS or "-" in tag:
            for key in _keys(page, number):
                found.setdefault(key, []).append(number)
    if "[comment]" in found:
        found["[comment]"] = sorted(set(found["[comment]"]))
    return found


def _keys(page: Dom, number: int) -> Iterator[str]:
    """The keys of the families that an element belongs to."""
    tag, attrs, names = page.tag[number], page.attrs[number], page.names[number]
    if "-" in tag:
        yield tag
    if tag in _BARE_TAGS and all(map(vocabulary.ALTERNATING_NAME.fullmatch, names)):
        above = page.parent[number]
        around = page.labels(above) or (page.labels(page.parent[above]) if above > 0 else ())
        yield f"{tag}<{page.tag[above]}.{' '.join(around) if around else above}"
    for token in names[:MAX_CLASSES]:
        yield f"{tag}.{token}"
        if (shape := _DIGITS.sub("", token)) != token:
            yield f"{tag}.{shape}"
    for name in _ROLES:
        if role := attrs.get(name):
            yield f"{tag}@{_HEXES.sub('0', str(role).lower()[:60])}"
    if identity := attrs.get("id"):
        shape = _HEXES.sub("0", identity.lower())
        if shape != identity.lower():
            yield f"{tag}#{shape}"
    if _COMMENT_TYPES.search(attrs.get("itemtype") or "") or attrs.get("itemprop") in _COMMENT_PROPERTIES:
        yield "[comment]"


def find_comment_group(page: Dom, signs: NodeFeatures) -> CandidateGroup | None:
    """The family that is the discussion, or None."""
    families = list(_scored(page, signs, candidate_groups(page).items()))
    if not families:
        return None
    chosen = max(families, key=lambda family: (family.score, -page.depth[family.members[0]]))
    for other in sorted(families, key=lambda family: -family.score):
        if _is_whole_of(page, other, chosen):
            chosen = other
    return _with_siblings(page, signs, _with_kin(page, signs, chosen, families))


def _with_siblings(page: Dom, signs: NodeFeatures, family: CandidateGroup) -> CandidateGroup:
    """The family with elements beside its members that have most of their classes, and a name or a date."""
    if len(family.members) < 2 or not page.names[family.members[-1]]:
        return family
    members = set(family.members)
    said = sum(1 for member in family.members if _has_body(page, signs, member)) > 0.5 * len(members)
    added = []
    for above in {page.parent[member] for member in family.members}:
        models = [page.names[one] for one in children(page, above) if one in members]
        shared = set(models[0]).intersection(*models)
        for one in children(page, above):
            known = one in members or len(shared) < 2
            if not known and page.tag[one] == page.tag[family.members[0]] and len(shared & set(page.names[one])) >= 2:
                named = signs.authors[page.end[one]] > signs.authors[one] and (_has_body(page, signs, one) or not said)
                if named and len(shared) <= 2 * len(shared & set(page.names[one])):
                    added.append(one)
    return CandidateGroup(family.key, tuple(sorted({*members, *added})), family.score) if added else family


def _is_whole_of(page: Dom, other: CandidateGroup, chosen: CandidateGroup) -> bool:
    """Whether the chosen family's members are only parts of another one's: several of them in each, and less worth."""
    count, many = len(other.members), len(chosen.members)
    if not 2 <= count <= 0.6 * many or other.score / count < 1.15 * chosen.score / many:
        return False
    if other.members[-1] < page.end[other.members[0]] or any(b < page.end[a] for a, b in pairwise(other.members)):
        return False
    held = [0] * count
    for member in chosen.members:
        place = bisect_right(other.members, member) - 1
        if place >= 0 and member < page.end[other.members[place]]:
            held[place] += 1
    return sum(held) >= 0.8 * many and min(held) >= 2


def _has_body(page: Dom, signs: NodeFeatures, number: int) -> bool:
    """Whether one of an element's parts is called the body of a comment."""
    return any(body.body_rank(page, signs, one) >= 3 for one in range(number + 1, page.end[number]))


def _scored(page: Dom, signs: NodeFeatures, found: Iterable[tuple[str, Sequence[int]]]) -> Iterator[CandidateGroup]:
    if signs.times[-1] == 0 and signs.authors[-1] == 0:
        return
    outside = _outside(page)
    strengths: dict[tuple[int, ...], tuple[float, str]] = {}
    for key, numbers in found:
        strength = _strength(key)
        if strength < 0 or (len(numbers) < 2 and strength < 1):
            continue
        members = tuple(
            number for number in numbers if not outside[page.parent[number]] and not _is_ping(page.names[number])
        )
        if members and strength >= strengths.get(members, (-1.0, ""))[0]:
            strengths[members] = (strength, key)
    for members, (strength, key) in strengths.items():
        family = score_group(page, signs, key, members, strength)
        if family is not None and not (strength < 1 and are_link_teasers(page, signs, family.members)):
            yield family


def score_group(
    page: Dom, signs: NodeFeatures, key: str, members: Sequence[int], strength: float
) -> CandidateGroup | None:
    """The family with its score; None when its members are no comments. Undated ones go where most have a date."""
    found = comment_node.content_traits(page, signs, members)
    dated = sum(1 for one in found if one.times)
    if dated >= 0.6 * len(members) and dated < len(members):
        members = _kept(page, members, [one.times > 0 for one in found])
        found = comment_node.content_traits(page, signs, members)
    spoken = sum(1 for one in found if one.letters > 1)
    if 0.3 * len(members) <= spoken < len(members) and not any(one.times for one in found if one.letters <= 1):
        members = _kept(page, members, [one.letters > 1 for one in found])
        found = comment_node.content_traits(page, signs, members)
    if strength < 1 and sum(1 for one in found if one.letters > 1) < 0.3 * len(found):
        return None
    if strength < 0.6 and sum(one.letters for one in found) < MIN_MEAN_TEXT * len(found):
        return None
    worths = [_worth(one, strength) for one in found]
    least = MIN_SCORE if len(worths) > 2 or strength >= 0.6 else MIN_SCORE_OF_FEW
    if sum(worths) < least * len(worths) or not worths:
        return None
    return CandidateGroup(key, tuple(members), sum(worths) * (0.4 + 0.5 * strength))


def _kept(page: Dom, members: Sequence[int], good: Sequence[bool]) -> list[int]:
    """The good members, and with them those that were deleted: they say so, or others stand in them as answers."""
    kept = []
    for place, (member, fine) in enumerate(zip(members, good, strict=True)):
        around = place + 1 < len(members) and members[place + 1] < page.end[member]
        if fine or around or _is_deleted(page, member):
            kept.append(member)
    return kept


def _is_deleted(page: Dom, number: int) -> bool:
    """Whether an element says of a comment that it is no more."""
    return bool(vocabulary.DELETED_NOTICE.search(page.short_text(number, 160)))


def _worth(one: comment_node.ContentTraits, strength: float) -> float:
    """How much a member looks like one comment."""
    if not one.letters and not (one.times and one.authors):
        return 0.0
    if not one.times and not one.authors:
        return 0.0
    worth = 0.0
    if one.times:
        worth += 1.0 if one.times <= 3 else 3.0 / one.times
    if one.authors:
        worth += 0.8 if one.authors <= 8 else 0.4
    worth += 0.3 if one.actions else 0.0
    worth += 0.4 if one.letters > 1 else 0.0
    if not (one.times and one.authors):
        worth *= 0.6
    return worth + strength


def _strength(key: str) -> float:
    """How much a class says that it is a comment's: below zero, that it is none."""
    if key == "[comment]":
        return 1.5
    if "<" in key:
        return 0.6 if vocabulary.STRONG_UNIT_NAME.search(key) else 0.0
    name = re.split(r"[.#@]", key, maxsplit=1)[-1]
    if vocabulary.UNIT_NAME.search(name):
        strong = vocabulary.STRONG_UNIT_NAME.search(name)
        if vocabulary.NOT_UNIT_NAME.search(name) and not (
            strong and re.fullmatch(r"[a-z_-]*comments?[a-z]{0,6}", name)
        ):
            return -1.0 if not strong else 0.2
        return 1.2 if strong else 0.6
    return -1.0 if vocabulary.NOT_UNIT_NAME.search(name) else 0.0


def _outside(page: Dom) -> bytearray:
    """For each element, whether what stands in it is in a side bar, a footer or the like."""
    flags = bytearray(len(page))
    large = max(page.size(0), 1)
    for number in range(1, len(page)):
        tag = page.tag[number]
        if tag in ("nav", "head", "footer"):
            flags[number] = tag != "footer" or page.size(number) < MIN_LARGE_FOOTER
        elif _is_called_outside(page.names[number]):
            flags[number] = page.size(number) < 0.5 * large
        else:
            flags[number] = flags[page.parent[number]]
    return flags


@lru_cache(maxsize=4096)
def _is_called_outside(names: tuple[str, ...]) -> bool:
    return any(map(vocabulary.OUTSIDE_NAME.search, names))


@lru_cache(maxsize=4096)
def _is_ping(names: tuple[str, ...]) -> bool:
    return any("pingback" in name or "trackback" in name for name in names)


def _with_kin(
    page: Dom, signs: NodeFeatures, chosen: CandidateGroup, families: Sequence[CandidateGroup]
) -> CandidateGroup:
    """The family together with others that are as much comments as its own members, as answers are to comments.

    Another family is kin when what is its members' own is worth as much as what is this one's, and takes nothing away
    from it: neither wrappers of comments nor parts of them are that.
    """
    members, strength = list(chosen.members), max(0.0, _strength(chosen.key))
    worth = sum(_worth(one, strength) for one in comment_node.content_traits(page, signs, members))
    mean = worth / len(members)
    others = [
        family
        for family in families
        if family is not chosen and _strength(family.key) >= (0.6 if len(family.members) > 1 else 1.0)
    ]
    for other in sorted(others, key=lambda family: -family.score)[:MAX_RELATED]:
        added = set(other.members).difference(members)
        if len(added) < 0.5 * len(other.members) or _is_around(page, other.members, chosen.members):
            continue
        together = sorted({*members, *added})
        found = dict(zip(together, comment_node.content_traits(page, signs, together), strict=True))
        full = sum(1 for one in added if _is_full(found[one]))
        kept = sum(_worth(found[one], strength) for one in members)
        if full >= 0.7 * len(added) and kept >= 0.95 * worth:
            gained = sum(_worth(found[one], strength) for one in added)
            if gained >= 0.75 * mean * len(added):
                members, worth = together, kept + gained
    return CandidateGroup(chosen.key, tuple(members), chosen.score)


def _is_around(page: Dom, others: Sequence[int], members: Sequence[int]) -> bool:
    """Whether one of some elements holds nearly all of the members, and so is no comment among them."""
    first, last = members[len(members) // 10], members[-1 - len(members) // 10]
    return any(other < first and last < page.end[other] for other in others)


def _is_full(one: comment_node.ContentTraits) -> bool:
    return one.letters > 1 and one.times > 0 and one.authors > 0
