"""Who wrote a comment, by the names, links and texts of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from rumor_tui.readers.dates.find import find_date
from rumor_tui.readers.dates.languages import WEEKDAYS
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import (
    COMMENT_LABEL,
    MAX_DATE,
    MAX_NAME,
    NodeFeatures,
    is_author_markup,
    is_body_class,
    is_quote,
)
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.page_words import BY, NAME_LABELS, PREPOSITIONS, SAYS
from rumor_tui.readers.vocabulary.roles import without_role

_ATTRIBUTES: Final = ("data-author", "data-username", "data-authorname", "data-author-name", "data-user-name", "author")
_ATTRIBUTES_SET: Final = frozenset(_ATTRIBUTES)
_HEAD_TAGS: Final = frozenset(("strong", "b", "dt", "th", "h2", "h3", "h4", "h5", "h6", "cite"))
IN_BODY_PENALTY: Final = 40
"""What the rank of a name loses in the text of a comment: it may be somebody who is mentioned."""
MENTION_PENALTY: Final = 20
"""What it loses as a name of an account or an initial, beside which the name of the person may be."""
_CONTINUED: Final = frozenset(("joined", "continued", "grouped", "same-author"))
"""Classes of a message whose author is that of the message before it."""
MAX_BEFORE_PICTURE: Final = 30
"""Elements of a comment among which its author's picture is."""
MAX_BEFORE_DATE: Final = 4
"""Pieces of text before a date among which the name is."""
_BY_ENDS: Final = tuple(BY)
_MAX_BYLINE: Final = 160
"""Characters of a line with a name, a date and a few words."""
_SAYS_LAST = re.compile(
    r"[\s:,]*(?:\b(?:{})\b)?[\s:,]*$".format("|".join(map(re.escape, sorted(SAYS, key=len, reverse=True)))),
    re.IGNORECASE,
)
_BY = "|".join(map(re.escape, sorted(BY, key=len, reverse=True)))
_BY_FIRST = re.compile(rf"^[^\w(\[]*(?:(?:{_BY})(?=[\s:]))?[\s:~]*", re.IGNORECASE)
_LABEL_FIRST = re.compile(
    r"^\W*(?:{})\s*[:：]\s*".format("|".join(map(re.escape, sorted(NAME_LABELS, key=len, reverse=True)))), re.IGNORECASE
)
"""A label before a name."""
_WEEKDAY_LAST = re.compile(
    r"[\s,]*(?:\b(?:on|am|le|el|il|em|op)\s+)?\b(?:{})\b\.?,?\s*$".format(
        "|".join(map(re.escape, sorted(WEEKDAYS, key=len, reverse=True)))
    ),
    re.IGNORECASE,
)
"""A day of the week at the end of the text before a date."""
_EXACT_NAME = re.compile(
    r"(?:comment|post|user|message|display|commenter|p)?[-_]{0,4}(?:author|user|poster|creator|nick)?[-_]{0,4}"
    r"(?:name|fn|author|user|username|nickname|link|byline|creator|poster|by)"
)
_COUNT = re.compile(r"\W*\d[\d.,]*\s?k?\s+\w+\W*")
"""A number of something, as of points."""
_FULL_NAME = re.compile(r"\s*\([^()]{1,60}\)")
"""Somebody's full name after the name of the account, as Discourse shows it."""
_PICTURE_OF = re.compile(
    r"(?:['’]s?)?\s*\b(?:user|profile|default|photo|picture|image|avatar|gravatar|icon|profilbild|bild|foto|imagen"
    r"|de profil|perfil|missing|placeholder|author|logo|go to|view|the)\b\s*(?:of|by|for|from|von|de|du|da|di|do)?\s*",
    re.IGNORECASE,
)
"""What describes a picture besides whose it is."""
_REPLY_TO = re.compile(
    r"(?:reply to|antworten? auf|répondre à|responder a|rispondi a|antwoord op|odpowiedz użytkownikowi|svara på)\s+"
    r"(?!(?:this|the|a|that|post|comment|message|thread|topic|review|all|kommentar|beitrag)\b)(\S.{0,78})",
    re.IGNORECASE,
)
"""The label of a control to reply, with the name of the comment's author, as WordPress has it."""
_TO_OTHER = re.compile(
    r"\s+(?:to|auf|à|a|an)\s.*(?:comment|reply|kommentar|antwort|commentaire|comentario)\b", re.IGNORECASE
)
"""Whose comment is answered, in the label of an answer."""


def find_author(dom: Dom, features: NodeFeatures, comment: CommentNode) -> None:
    """Set a comment's author by the label that it has for the blind, or by the best of its elements that are names."""
    if comment.author is not None:
        return
    if comment.author_at >= 0:
        comment.author_at, comment.author = _name_of(dom, features, comment.author_at)
    if not comment.author:
        _find_in_label(dom, comment)
    if comment.author:
        return
    number, name = _best_name(dom, features, comment)
    if name:
        comment.author_at, comment.author = number, name
    attribute = _author_attribute(dom, comment)
    if attribute and not (name and _is_same_name(attribute, name)):
        comment.author = attribute


def _best_name(dom: Dom, features: NodeFeatures, comment: CommentNode) -> tuple[int, str]:
    """The element and the text of the most certain name of a comment; the text is empty without one."""
    best = (-100, -1, "")
    body_end = 0
    for number in comment.own_elements():
        if number >= body_end and is_body_class(dom.classes[number]):
            body_end = dom.end[number]
        rank = _rank(dom, features, number) - (IN_BODY_PENALTY if number < body_end else 0)
        if rank > max(best[0], 0) and not _is_other_person(dom, number, comment.number):
            at, name = _name_of(dom, features, number)
            rank -= MENTION_PENALTY if len(name) == 1 or dom.short_text(at, MAX_NAME).startswith("@") else 0
            if name and rank > best[0] and (rank >= 65 or not name.isdigit()):
                best = (rank, at, name)
    return best[1:]


def find_author_in_byline(dom: Dom, features: NodeFeatures, comment: CommentNode) -> None:
    """Set the author of a comment without an element for it to a name after "by" before the date, or to what is bold.

    Blogs that sign a comment below its text need the first, pages written by hand the second.
    """
    if comment.author is None and comment.time_at >= 0:
        near = [piece for piece in comment.own_pieces() if 0 < dom.first[comment.time_at] - piece <= MAX_BEFORE_DATE]
        after_by = (piece + 1 for piece in near if dom.pieces[piece].strip(" :\n\t").lower().endswith(_BY_ENDS))
        _take_name(dom, features, comment, after_by)
    if comment.author is None:
        pieces = islice(comment.own_pieces(), 6)
        _take_name(dom, features, comment, (piece for piece in pieces if dom.tag[dom.owner[piece]] in _HEAD_TAGS))


def continue_authors(dom: Dom, comments: Sequence[CommentNode]) -> None:
    """In chat logs, name the author of a message without one that continues the message before it."""
    for before, comment in pairwise(comments):
        if comment.author is None and before.author is not None:
            parent = dom.parent[comment.number]
            is_grouped = parent == dom.parent[before.number] and any("group" in name for name in dom.classes[parent])
            if is_grouped or not _CONTINUED.isdisjoint(dom.classes[comment.number]):
                comment.author = before.author


def find_author_in_picture(dom: Dom, comment: CommentNode) -> None:
    """Set the author of a comment that is still without one to whom its avatar shows, written as in its text."""
    if comment.author is None:
        pictures = (_pictured_name(dom, number) for number in islice(comment.own_elements(), MAX_BEFORE_PICTURE))
        name = next(filter(None, pictures), None)
        texts = (dom.pieces[piece].strip() for piece in islice(comment.own_pieces(), 6))
        comment.author = next((text for text in texts if name and text.casefold() == name.casefold()), name)


def _pictured_name(dom: Dom, number: int) -> str:
    """The name in the description of a picture called an avatar, or in what is called so, or in a link to a profile."""
    if dom.tag[number] not in ("img", "amp-img"):
        return ""
    around = (number, dom.parent[number], dom.parent[dom.parent[number]])
    if not any(_is_about_person(dom, here) for here in around if here > 0):
        return ""
    name = _PICTURE_OF.sub("", dom.attribute(number, "alt")).strip(" .:,'’")
    return clean_author(name) if len(name) <= MAX_NAME and any(map(str.isalpha, name)) else ""


def _is_about_person(dom: Dom, number: int) -> bool:
    """Whether an element is called an avatar, or is a link to somebody's profile."""
    if any("avatar" in label for label in dom.classes[number]):
        return True
    return bool(vocabulary.PROFILE_ADDRESS.search(dom.attribute(number, "href").lower()[-200:]))


def _is_other_person(dom: Dom, number: int, outer: int) -> bool:
    """Whether a name is hidden, or is that of the author who is answered."""
    if dom.is_hidden_within(number, outer):
        return True
    here = number
    for _ in range(3):
        if here <= outer:
            return False
        if any(map(vocabulary.REPLY_TO_NAME.search, dom.classes[here])):
            return True
        here = dom.parent[here]
    return False


def find_author_before_body(dom: Dom, features: NodeFeatures, comment: CommentNode) -> None:
    """Set the author of a comment without one to the first text that may be a name beside the date or before the body.

    If there is none, to the name that a control to reply has in its label for the blind: any theme of WordPress does.
    """
    if comment.author is None and comment.body != comment.number:
        end = dom.first[comment.body]
        pieces = [piece for piece in islice(comment.own_pieces(), 12) if piece < end]
        line = dom.parent[comment.time_at] if comment.time_at > 0 else comment.number
        beside = [piece for piece in pieces if dom.first[line] <= piece < dom.first[max(comment.time_at, 0)]]
        _take_name(dom, features, comment, (*beside, *pieces))
    if comment.author is None:
        actions = (number for number in comment.own_elements() if features.is_action[number])
        labels = (_REPLY_TO.fullmatch(dom.attribute(number, "aria-label").strip()) for number in actions)
        comment.author = next((label[1] for label in labels if label), None)


def _labelled_name(dom: Dom, number: int) -> str:
    """The name in the label that a whole comment has for the blind ("Comment by Ada 2 years ago")."""
    label = " ".join(dom.attribute(number, "aria-label").split())
    match = COMMENT_LABEL.match(label)
    if not match or len(label) > _MAX_BYLINE:
        return ""
    words = _TO_OTHER.sub("", label[match.end() :]).split()
    ends = (at for at in range(1, len(words)) if find_date(" ".join(words[at:])) == (0, len(" ".join(words[at:]))))
    return clean_author(" ".join(words[: next(ends, None)]), sure=True)


def _find_in_label(dom: Dom, comment: CommentNode) -> None:
    """Set the author to the name in the comment's own label, and to the element that shows it."""
    if name := _labelled_name(dom, comment.number):
        pieces = islice(comment.own_pieces(), 6)
        comment.author = name
        comment.author_at = next((dom.owner[piece] for piece in pieces if dom.pieces[piece].strip() == name), -1)


def _author_attribute(dom: Dom, comment: CommentNode) -> str:
    """The name in an attribute of the comment's element, its parent or a child, as web components have it."""
    around = (comment.number, dom.parent[comment.number], *dom.children(comment.number))
    named = (number for number in around if number > 0 and not _ATTRIBUTES_SET.isdisjoint(dom.attrs[number]))
    names = (dom.attribute(number, name).strip() for number in named for name in _ATTRIBUTES)
    return next((name for name in names if 0 < len(name) <= MAX_NAME), "")


def _is_same_name(identifier: str, name: str) -> bool:
    """Whether two names are the same, one of them written as an identifier."""
    return re.sub(r"\W|_", "", identifier.casefold()) == re.sub(r"\W|_", "", name.casefold())


def _rank(dom: Dom, features: NodeFeatures, number: int) -> int:
    """How certainly an element is the author's name; 0 for not at all."""
    if dom.attribute(number, "itemprop").lower() in ("author", "creator"):
        return 100
    if not features.is_author[number]:
        return 0
    if any(map(_EXACT_NAME.fullmatch, dom.labels(number))):
        return 75
    return 70 if dom.tag[number] == "cite" else 62


def _name_of(dom: Dom, features: NodeFeatures, number: int) -> tuple[int, str]:
    """The element that directly contains the name, and the name without the words of a byline."""
    inner = range(number + 1, min(dom.end[number], number + 40))
    for child in inner:
        if dom.attribute(child, "itemprop").lower() == "name" and (text := dom.short_text(child, MAX_NAME)):
            whole = dom.short_text(number, MAX_NAME)
            is_fuller = whole.startswith(text) and _FULL_NAME.fullmatch(whole, len(text))
            return child, whole if is_fuller else clean_author(text, sure=True)
    if dom.last[number] - dom.first[number] > 1:
        for at, name in _inner_names(dom, features, number, inner):
            if name:
                return at, name
    return number, clean_author(_text_beside_initial(dom, number), sure=_is_surely_name(dom, number))


def _is_surely_name(dom: Dom, number: int) -> bool:
    """Whether an element is called a name, or its text ends its address: then a word of labels is a name, too."""
    text, address = dom.short_text(number, MAX_NAME).lower(), dom.attribute(number, "href").lower().rstrip("/")
    if profile := vocabulary.PROFILE_ADDRESS.search(address):
        return address[profile.end() :].rpartition("=")[2] == text
    is_named = any(map(_EXACT_NAME.fullmatch, dom.classes[number])) or is_author_markup(dom.attrs[number])
    return is_named and text not in dom.classes[number]


def _text_beside_initial(dom: Dom, number: int) -> str:
    """The text of an element without the letter that is drawn in place of a picture before a name."""
    text = dom.short_text(number, MAX_NAME)
    first = dom.pieces[dom.first[number]].strip() if text else ""
    is_initial = len(first) == 1 and text[1:].lstrip()[:1].casefold() == first.casefold()
    return text[1:].lstrip() if is_initial else text


def _inner_names(dom: Dom, features: NodeFeatures, number: int, inner: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The links in an element that are names, then its pieces of text: each with its element, and cleaned."""
    for child in inner:
        if features.is_author[child] and dom.tag[child] == "a" and not dom.is_hidden(child):
            yield child, clean_author(_text_beside_initial(dom, child), sure=_is_surely_name(dom, child))
    for piece in range(dom.first[number], dom.last[number]):
        if not dom.is_hidden_within(dom.owner[piece], number):
            yield dom.owner[piece], clean_author(" ".join(dom.pieces[piece].split()))


def clean_author(text: str, *, sure: bool = False) -> str:
    """The name in a byline: without the "by" before it, the "says:" after it, the date; empty if no name is left.

    Of what is `sure` to be a name, words that are otherwise labels are kept.
    """
    span = find_date(text)
    if span is not None:
        text = _WEEKDAY_LAST.sub("", text[: span[0]]) if span[0] > 1 else text[span[1] :]
    text = _BY_FIRST.sub("", _LABEL_FIRST.sub("", text, count=1), count=1)
    text = _SAYS_LAST.sub("", text)
    text = without_role(vocabulary.UNVERIFIED_SUFFIX.sub("", text).strip(" \t:|·•,–—-/#»›>"))
    if not text or len(text) > MAX_NAME or not any(map(str.isalnum, text)):
        return ""
    if (not sure and _is_label(text.lower())) or (text[0] not in "[(" and vocabulary.DELETED_NOTICE.match(text)):
        return ""
    return text.removeprefix("(").removesuffix(")") if text.startswith("(") else text


def _is_label(text: str) -> bool:
    """Whether a lower-case text is a word of bylines, or the label of a button next to them."""
    return any(text in words for words in (vocabulary.REPLY_LABELS, vocabulary.NON_NAMES, BY, SAYS, PREPOSITIONS))


def _is_quoted(dom: Dom, number: int, outer: int) -> bool:
    """Whether an element is in a quotation inside `outer`, where names are those of others."""
    while number > outer:
        if is_quote(dom, number):
            return True
        number = dom.parent[number]
    return False


def _take_name(dom: Dom, features: NodeFeatures, comment: CommentNode, pieces: Iterable[int]) -> None:
    """Set the author to the first of some text pieces that is a name: on its own, or before "says"."""
    for start in pieces:
        piece, text = start, " ".join(dom.pieces[start].split())
        if _LABEL_FIRST.fullmatch(text) and start + 1 < dom.last[comment.number]:
            piece = start + 1
            text = " ".join(dom.pieces[piece].split())
        owner = dom.owner[piece]
        if not 2 <= len(text) <= MAX_DATE + MAX_NAME or features.is_action[owner]:
            continue
        if vocabulary.SUBJECT_PREFIX.match(text) or _COUNT.fullmatch(text) or _is_quoted(dom, owner, comment.number):
            continue
        name = clean_author(text)
        if any(map(str.isalpha, name)) and len(name) <= 50:
            comment.author, comment.author_at = name, owner
            return
