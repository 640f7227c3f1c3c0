"""What the elements of a page show about a comment: a date, an author's name, an action such as "reply".

Features are found in class names, attributes, addresses and short texts, with no knowledge of any site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from rumor_tui.readers.dates.find import find_date
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.article.title import find_headline, page_title
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.page_words import BY, DATE_LABELS, PREPOSITIONS, SAYS

MAX_DATE: Final = 90
"""Characters of a text that may be a date with a little around it."""
MAX_BESIDE_DATE: Final = 60
"""Characters beside the date in a byline."""
MAX_WORDS_BESIDE_DATE: Final = 5
"""Words beside the date that bylines do not use."""
MAX_BESIDE_DATE_IN_PROSE: Final = 4
"""Characters beside the date in a line of running text."""
MAX_NAME: Final = 80
"""Characters of an author's name."""
MAX_NAME_ELEMENTS: Final = 60
"""Elements inside one that is a name."""
MAX_FORM: Final = 1_500
"""Characters of a form's labels and explanations."""
MAX_LABEL: Final = 40
"""Characters of a label."""
MAX_TO_REPLY: Final = 8
"""Elements between the name of a reply's author and the reply."""
_CONTAINER_TAGS = frozenset(
    ("li", "article", "section", "tr", "table", "tbody", "ul", "ol", "dl", "body", "html", "main")
)
"""Elements that are not a name if they contain more than a few others."""
_PROSE_TAGS = frozenset(("p", "li", "pre", "blockquote", "dd", "br"))
"""Elements of running text, where they have no class."""
_BODY_CLASS = re.compile(r"(?:^|[-_])(?:body|content|text|message|post-?body|copy|markdown|md|cooked)$")
_BYLINE_WORDS = frozenset(
    " ".join(
        (
            *BY,
            *SAYS,
            *PREPOSITIONS,
            *DATE_LABELS,
            "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday",
        )
    ).split()
)
_QUOTE = re.compile(
    r"(?:bb-?code-?|post-?|comment-?|message-?|d-?)?_?(?:block)?(?:quote|quoted|citation|zitat)[-_]?(?:box|container|text|message|content"
    r"|body|wrapper|block|header)?|bbcodeblock--quote|bbquote|.*_quote"
)
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "ul", "ol"))
_BOLD_TAGS = frozenset(("b", "strong", "cite"))
_NEVER_QUOTE_TAGS = frozenset(("a", "button", "li", "ul", "body", "html", "article", "span"))
_POST = re.compile(r"comment|message|post|reply|usercontent")
_LEVEL = re.compile(r"(?:level|ebene|niveau|depth)\s+\d{1,2}", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_DIGIT = re.compile(r"\d")
_OF_REPLY = re.compile(r"((?:.*[-_])?reply)[-_](?:author|user-?name)")
"""The class of a name in an element of the class before it: of an answer's author, or of whom it answers."""
_TIME_PROPERTIES = frozenset(
    ("datepublished", "datecreated", "dateposted", "uploaddate", "datemodified", "dt-published")
)
COMMENT_LABEL = re.compile(
    r"(?:comment|reply|answer|kommentar|antwort|commentaire|réponse|comentario|comentário|respuesta|resposta|commento"
    r"|risposta|reactie|antwoord|komentarz|odpowiedź)\s+(?:by|from|von|par|de|por|di|da|van|door|av|af)\s+(?=\S)",
    re.IGNORECASE,
)
"""The beginning of the label that a whole comment has for the blind; the name follows."""
TIME_ATTRIBUTE = re.compile(r"datetime|data-(?:.*-)?(?:u?time|timestamp|date|publishtime|at-unix|created)(?:-?at)?")
"""Attributes that have a date for programs."""
_TIME_TAGS: Final = ("time", "relative-time")
_MARKED_BY_TAG: Final = frozenset((*_TIME_TAGS, "cite", "address", "button"))
"""Elements that say what they are even without attributes."""
_AUTHORS: Final = frozenset(("rel", "itemprop", "href"))
"""Attributes that may say that an element is an author's name."""
_MACHINE_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{9,13}$")


@dataclass(slots=True)
class NodeFeatures:
    """Which elements are a date, a name or an action, as flags by element number, and running counts of them.

    The `..._before` lists are cumulative, so that the count in a range of elements (or the length of the text in a
    range of pieces) is one subtraction.
    """

    dom: Dom
    headline: int
    """The heading that says the page's title; 0 for none."""
    is_time: bytearray
    is_author: bytearray
    is_action: bytearray
    is_metadata: bytearray
    """By piece number: text that is part of a date, a name or a label."""
    times_before: list[int] = field(default_factory=list)
    authors_before: list[int] = field(default_factory=list)
    actions_before: list[int] = field(default_factory=list)
    content_before: list[int] = field(default_factory=list)
    """The length of the text that is not metadata, before each piece."""
    plain_before: list[int] = field(default_factory=list)
    """The length of the text outside headings and signatures, before each piece."""

    def count_times(self, start: int, end: int) -> int:
        """The dates among the elements from `start` to `end`."""
        return self.times_before[end] - self.times_before[start]

    def count_authors(self, start: int, end: int) -> int:
        """The names among the elements from `start` to `end`."""
        return self.authors_before[end] - self.authors_before[start]

    def content_length(self, number: int) -> int:
        """The length of an element's text that is no name, date or label."""
        return self.content_before[self.dom.last[number]] - self.content_before[self.dom.first[number]]


def find_features(dom: Dom) -> NodeFeatures:
    """The features of a page."""
    size = len(dom)
    features = NodeFeatures(
        dom,
        find_headline(dom, page_title(dom)),
        bytearray(size),
        bytearray(size),
        bytearray(size),
        bytearray(len(dom.pieces)),
    )
    _mark_elements(dom, features)
    for piece in _dated_pieces(dom):
        features.is_time[dom.owner[piece]] = 1
    _mark_names_beside_dates(dom, features)
    _mark_authors_of_replies(dom, features)
    _unmark_quotes(dom, features)
    _unmark_forms(dom, features)
    _measure_text(dom, features)
    features.times_before = _running_count(_innermost(dom, features.is_time))
    features.authors_before = _running_count(features.is_author)
    features.actions_before = _running_count(features.is_action)
    return features


def _running_count(flags: bytearray) -> list[int]:
    return [0, *accumulate(flags)]


def _dated_pieces(dom: Dom) -> Iterator[int]:
    """The text pieces that are the date of something that was said."""
    cache: dict[tuple[str, int], bool] = {}
    for number, piece in enumerate(dom.pieces):
        if len(piece) > 400:
            continue
        text = piece.strip()
        if len(text) > MAX_DATE or not _DIGIT.search(text):
            continue
        limit = MAX_BESIDE_DATE_IN_PROSE if _is_prose(dom, dom.owner[number]) else MAX_BESIDE_DATE
        is_date = cache.get((text, limit))
        if is_date is None:
            is_date = cache[text, limit] = is_date_text(text, limit)
        before = dom.pieces[number - 1] if number else ""
        of_person = vocabulary.PERSON_DATE.search(text) or (len(before) < 30 and vocabulary.PERSON_DATE.search(before))
        if is_date and not of_person:
            yield number


def _mark_names_beside_dates(dom: Dom, features: NodeFeatures) -> None:
    """What is bold in a line with a date is a name, where the line has none."""
    for number in range(len(dom)):
        if not features.is_time[number]:
            continue
        inner = range(number + 1, min(dom.end[number], number + 8))
        if any(features.is_author[child] for child in inner):
            continue
        bold = next((child for child in inner if dom.tag[child] in _BOLD_TAGS and not features.is_time[child]), 0)
        text = dom.short_text(bold, MAX_LABEL).lower().strip(" :,") if bold else ""
        if any(map(str.isalpha, text)) and not features.is_action[bold]:
            features.is_author[bold] = text not in _BYLINE_WORDS and not is_date_text(text)


def _mark_authors_of_replies(dom: Dom, features: NodeFeatures) -> None:
    """What is called the author of a reply is its author if the reply has a date; otherwise it is who is answered."""
    times = _running_count(features.is_time)
    for number in range(len(dom)):
        for match in filter(None, map(_OF_REPLY.fullmatch, dom.classes[number])):
            around = dom.parent[number]
            for _ in range(MAX_TO_REPLY):
                if around <= 0 or match[1] in dom.classes[around]:
                    break
                around = dom.parent[around]
            is_reply = around > 0 and match[1] in dom.classes[around] and times[around] < times[dom.end[around]]
            features.is_author[number] |= is_reply and _may_be_name(dom, number)


def is_date_text(text: str, limit: int = MAX_BESIDE_DATE) -> bool:
    """Whether a short text is mostly a date or an age, with at most `limit` characters and a few words beside it."""
    span = find_date(" ".join(text.split()))
    if span is None or len(text) - (span[1] - span[0]) > MAX_BESIDE_DATE:
        return False
    words = vocabulary.UNVERIFIED_SUFFIX.sub(" ", f"{text[: span[0]]} {text[span[1] :]}").lower().split()
    strange = sum(1 for word in words if (bare := _CLOCK.sub("", word).strip(".,:()|")) and bare not in _BYLINE_WORDS)
    return strange <= MAX_WORDS_BESIDE_DATE if len(text) - (span[1] - span[0]) <= limit else not strange


def _is_prose(dom: Dom, number: int) -> bool:
    """Whether an element is running text: a date in it is part of what somebody says."""
    names = dom.classes[number]
    if not names:
        return dom.tag[number] in _PROSE_TAGS
    return any(map(_BODY_CLASS.search, names)) and not any(map(vocabulary.TIME_NAME.search, names))


@lru_cache(maxsize=8192)
def _named_features(labels: tuple[str, ...]) -> tuple[bool, bool, bool]:
    """Whether an element of these names may be a date, a name, an action."""
    is_body = any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, labels))
    return (
        any(map(vocabulary.TIME_NAME.search, labels)),
        not is_body and any(map(is_author_name, labels)),
        not is_body and any(map(vocabulary.REPLY_NAME.search, labels)),
    )


def is_author_name(label: str) -> bool:
    """Whether a class or an identifier is one that authors' names have."""
    return bool(vocabulary.AUTHOR_NAME.search(label) and not vocabulary.NOT_AUTHOR_NAME.search(label))


def _mark_elements(dom: Dom, features: NodeFeatures) -> None:
    """Mark the elements that are a date, a name or an action by themselves."""
    dated = {name for name in set().union(*dom.attrs) if _is_time_attribute(name)} | {"itemprop", "title"}
    for number, (tag, attrs) in enumerate(zip(dom.tag, dom.attrs, strict=True)):
        if not attrs and tag not in _MARKED_BY_TAG:
            continue
        time_named, author_named, action_named = _named_features(dom.labels(number))
        may_be_time = time_named or not dated.isdisjoint(attrs)
        if tag in _TIME_TAGS or (may_be_time and _has_time(dom, number, time_named)):
            features.is_time[number] = 1
        is_author = author_named or tag == "cite" or (not _AUTHORS.isdisjoint(attrs) and _is_author(dom, number))
        if is_author and _may_be_name(dom, number):
            features.is_author[number] = 1
        if (action_named and _may_be_label(dom, number)) or _is_action(dom, number):
            features.is_action[number] = 1


@lru_cache(maxsize=1024)
def _is_time_attribute(name: str) -> bool:
    return bool(TIME_ATTRIBUTE.fullmatch(name))


def machine_date(attrs: Mapping[str, Any]) -> str | None:
    """The date that an element's attributes give to programs."""
    for name, value in attrs.items():
        if value and _is_time_attribute(name) and _MACHINE_DATE.match(value):
            return str(value)
    return None


def _has_time(dom: Dom, number: int, named: bool) -> bool:
    """Whether an element's attributes have a date, or its text where it is `named` so."""
    attrs = dom.attrs[number]
    if machine_date(attrs) and dom.text_length(number) <= MAX_DATE:
        return True
    if (attrs.get("itemprop") or "").lower() in _TIME_PROPERTIES:
        return True
    title = attrs.get("title")
    if title and dom.text_length(number) <= 60 and _is_short_date(title):
        return True
    return named and dom.end[number] - number < 8 and _is_short_date(dom.short_text(number, MAX_DATE))


def _is_short_date(text: str) -> bool:
    return len(text) <= MAX_DATE and bool(_DIGIT.search(text)) and is_date_text(text)


def is_author_markup(attrs: Mapping[str, Any]) -> bool:
    """Whether an element's `itemprop` or `rel` says that it is the author: WordPress's "external nofollow" does."""
    relation = (attrs.get("rel") or "").lower()
    is_commenter = "external" in relation and "nofollow" in relation
    return is_commenter or "author" in relation or (attrs.get("itemprop") or "").lower() in ("author", "creator")


def _is_author(dom: Dom, number: int) -> bool:
    if is_author_markup(dom.attrs[number]):
        return True
    address = dom.attribute(number, "href")
    return bool(dom.tag[number] == "a" and address and vocabulary.PROFILE_ADDRESS.search(address.lower()[-200:]))


def _may_be_name(dom: Dom, number: int) -> bool:
    if dom.tag[number] in _CONTAINER_TAGS and dom.end[number] - number > 4:
        return False
    if "content" in dom.attrs[number]:
        return True
    if dom.end[number] - number > MAX_NAME_ELEMENTS or not dom.short_text(number, MAX_NAME):
        return False
    return _PARAGRAPHS.isdisjoint(dom.tag[number + 1 : dom.end[number]])


def _may_be_label(dom: Dom, number: int) -> bool:
    return dom.end[number] - number <= 12 and _PARAGRAPHS.isdisjoint(dom.tag[number + 1 : dom.end[number]])


def _unmark_quotes(dom: Dom, features: NodeFeatures) -> None:
    """Names and dates inside quotations are not those of the comment."""
    stop = 0
    for number in range(len(dom)):
        if number < stop:
            features.is_time[number] = features.is_author[number] = 0
        elif is_quote(dom, number):
            stop = dom.end[number]


def is_quote(dom: Dom, number: int) -> bool:
    """Whether an element is a quotation. Some sites put whole comments in such elements: those have identifiers."""
    tag, names = dom.tag[number], dom.classes[number]
    if tag == "blockquote":
        return not (dom.attribute(number, "id") or any(map(_POST.search, names)))
    return tag not in _NEVER_QUOTE_TAGS and _is_quote_class(names)


@lru_cache(maxsize=4096)
def _is_quote_class(names: tuple[str, ...]) -> bool:
    return any(map(_QUOTE.fullmatch, names))


def _is_action(dom: Dom, number: int) -> bool:
    tag = dom.tag[number]
    if tag in ("span", "p", "div"):
        return dom.end[number] == number + 1 and bool(_LEVEL.fullmatch(dom.short_text(number, 12)))
    if tag not in ("a", "button"):
        return False
    text = dom.short_text(number, 40).lower()
    if text and text.split(" ", 1)[0].strip(".,:!→↓#()[]") in vocabulary.REPLY_LABELS:
        return True
    address = dom.attribute(number, "href").lower()
    return bool(address and vocabulary.REPLY_ADDRESS.search(address))


def _innermost(dom: Dom, flags: bytearray) -> bytearray:
    """The flags of elements with no flagged element inside."""
    kept = bytearray(len(flags))
    before = -1
    for number in range(len(flags) - 1, -1, -1):
        if flags[number]:
            if not number < before < dom.end[number]:
                kept[number] = 1
            before = number
    return kept


def _measure_text(dom: Dom, features: NodeFeatures) -> None:
    """Mark the text pieces that are metadata, and add up the lengths of the others."""
    limits = ((features.is_time, MAX_DATE), (features.is_author, MAX_NAME), (features.is_action, MAX_LABEL))
    for flags, limit in limits:
        for number, flag in enumerate(flags):
            if flag and dom.text_length(number) <= limit:
                _mark_pieces(dom, number, features.is_metadata)
    features.content_before = _text_before(dom, features.is_metadata)
    skipped = bytearray(len(dom.pieces))
    stop = 0
    for number in range(len(dom)):
        if number >= stop and (dom.tag[number] in vocabulary.HEADING_TAGS or is_signature_class(dom.classes[number])):
            stop = dom.end[number]
            _mark_pieces(dom, number, skipped)
    features.plain_before = _text_before(dom, skipped)


def _unmark_forms(dom: Dom, features: NodeFeatures) -> None:
    """The labels of a form are neither names nor actions; a form with dates is one around a whole page or topic."""
    times = _running_count(features.is_time)
    stop = 0
    for number in range(len(dom)):
        end = dom.end[number]
        if number >= stop and dom.tag[number] in ("form", "label") and times[number] == times[end]:
            stop = end
            if dom.text_length(number) < MAX_FORM:
                features.is_author[number:end] = features.is_action[number:end] = bytes(end - number)
                _mark_pieces(dom, number, features.is_metadata)


def _mark_pieces(dom: Dom, number: int, flags: bytearray) -> None:
    """Set the flags of all text pieces of an element."""
    flags[dom.first[number] : dom.last[number]] = b"\1" * (dom.last[number] - dom.first[number])


def _text_before(dom: Dom, skipped: bytearray) -> list[int]:
    """The length of the text that is not skipped, before each piece."""
    return [0, *accumulate(0 if skip else len(piece.strip()) for skip, piece in zip(skipped, dom.pieces, strict=True))]


@lru_cache(maxsize=4096)
def is_signature_class(names: tuple[str, ...]) -> bool:
    """Whether class tokens are those of a signature, or of other additions below an author's texts."""
    return any(map(vocabulary.SIGNATURE_NAME.search, names))


@lru_cache(maxsize=4096)
def is_body_class(names: tuple[str, ...]) -> bool:
    """Whether class tokens are those that hardly anything but the text of a comment has."""
    return any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, names))


def is_reply_control(dom: Dom, number: int) -> bool:
    """Whether a label or an address is one by which a comment is answered."""
    label = dom.short_text(number, MAX_LABEL).lower().split(" ", 1)[0]
    return label in vocabulary.ANSWER_LABELS or bool(
        vocabulary.REPLY_ADDRESS.search(dom.attribute(number, "href").lower())
    )
