"""What each element of a page is a sign of: a time, an author, an action on a comment.

Signs are found in class names, attributes, addresses and short texts, with no knowledge of any site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Final

from rumor_tui.readers.dates import find
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.labels import BY, PREPOSITIONS, SAYS

MAX_DATE: Final = 90
"""Characters of a text that may be a date with a little around it."""
MAX_BESIDE_DATE: Final = 60
"""Characters beside a date in a line that tells when, and by whom."""
MAX_WORDS_BESIDE_DATE: Final = 5
"""Words beside it that bylines do not use."""
MAX_BESIDE_DATE_IN_PROSE: Final = 4
"""Characters beside a date in a line of running text."""
MAX_NAME: Final = 80
MAX_NAME_ELEMENTS: Final = 60
"""Elements inside one that is a name."""
MAX_LABEL: Final = 40

_NO_NAMES = frozenset(("li", "article", "section", "tr", "table", "tbody", "ul", "ol", "dl", "body", "html", "main"))
_PROSE = frozenset(("p", "li", "pre", "blockquote", "dd", "br"))
"""Elements of running text, where they have no class."""
_SAYING = re.compile(r"(?:^|[-_])(?:body|content|text|message|post-?body|copy|markdown|md|cooked)$")
_BYLINE_WORDS = frozenset(
    " ".join(
        (*BY, *SAYS, *PREPOSITIONS, "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday")
    ).split()
)
_QUOTE = re.compile(
    r"(?:bb-?code-?|post-?|comment-?|message-?|d-?)?_?(?:block)?(?:quote|quoted|citation|zitat)[-_]?(?:box|container|text|message|content"
    r"|body|wrapper|block|header)?|bbcodeblock--quote|bbquote|.*_quote"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "ul", "ol"))
_SET_OFF = frozenset(("b", "strong", "cite"))
_NO_QUOTES = frozenset(("a", "button", "li", "ul", "body", "html", "article", "span"))
_POST = re.compile(r"comment|message|post|reply|usercontent")
_LEVEL = re.compile(r"(?:level|ebene|niveau|depth)\s+\d{1,2}", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_DIGIT = re.compile(r"\d")
_TIME_PROPERTIES = frozenset(
    ("datepublished", "datecreated", "dateposted", "uploaddate", "datemodified", "dt-published")
)
_TIME_ATTRIBUTES = frozenset(
    (
        "datetime",
        "data-time",
        "data-timestamp",
        "data-publishtime",
        "data-at-unix",
        "data-date",
        "data-utime",
    )
)


@dataclass(slots=True)
class NodeFeatures:
    """The elements that are signs, as flags by number, and how many came before each number."""

    time: bytearray
    author: bytearray
    action: bytearray
    quiet: bytearray
    """Text pieces that are part of a time, a name or a label, by the number of the piece."""
    times: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    loud: list[int] = field(default_factory=list)
    """The length of the text that is neither, before each piece."""
    plain: list[int] = field(default_factory=list)
    """The length of the text that stands in no heading and no signature, before each piece."""


def find_features(page: Dom) -> NodeFeatures:
    """The signs of a page."""
    size = len(page)
    signs = NodeFeatures(bytearray(size), bytearray(size), bytearray(size), bytearray(len(page.pieces)))
    dated = _dated_pieces(page)
    by_token: dict[tuple[str, ...], tuple[bool, bool, bool]] = {}
    for number in range(size):
        _look(page, number, signs, by_token)
    for piece in dated:
        signs.time[page.owner[piece]] = 1
    _name_beside_dates(page, signs)
    _unname_wholes(page, signs)
    _unquote(page, signs)
    _hush(page, signs)
    signs.plain = _plain(page)
    signs.times, signs.authors, signs.actions = (
        [0, *accumulate(flags)] for flags in (_innermost(page, signs.time), signs.author, signs.action)
    )
    return signs


def _dated_pieces(page: Dom) -> list[int]:
    known: dict[tuple[str, int], bool] = {}
    found = []
    for number, piece in enumerate(page.pieces):
        if len(piece) > 400:
            continue
        text = piece.strip()
        if len(text) > MAX_DATE or not _DIGIT.search(text):
            continue
        most = MAX_BESIDE_DATE_IN_PROSE if _is_prose(page, page.owner[number]) else MAX_BESIDE_DATE
        told = known.get((text, most))
        if told is None:
            told = known[text, most] = is_date_text(text, most)
        if (
            told
            and not vocabulary.PERSON_DATE.search(text)
            and not (number and _tells_of_person(page.pieces[number - 1]))
        ):
            found.append(number)
    return found


def _name_beside_dates(page: Dom, signs: NodeFeatures) -> None:
    """What is set off in a line with a date is a name, where the line has none."""
    for number in range(len(page)):
        if signs.time[number] and page.end[number] - number > 1:
            inner = range(number + 1, min(page.end[number], number + 8))
            if not any(signs.author[one] for one in inner):
                bold = next((one for one in inner if page.tag[one] in _SET_OFF and not signs.time[one]), 0)
                if bold and any(map(str.isalpha, page.short_text(bold, MAX_LABEL))) and not signs.action[bold]:
                    text = page.short_text(bold, MAX_LABEL).lower().strip(" :,")
                    signs.author[bold] = text not in _BYLINE_WORDS and not is_date_text(text)


def _unname_wholes(page: Dom, signs: NodeFeatures) -> None:
    """What holds a date and a name is no name, whatever it is called."""
    times, authors = ([0, *accumulate(flags)] for flags in (signs.time, signs.author))
    for number in range(len(page)):
        inside, end = number + 1, page.end[number]
        if signs.author[number] and times[end] > times[inside] and authors[end] > authors[inside]:
            signs.author[number] = 0


def _tells_of_person(before: str) -> bool:
    return len(before) < 30 and bool(vocabulary.PERSON_DATE.search(before))


def is_date_text(text: str, most: int = MAX_BESIDE_DATE) -> bool:
    """Whether a short text is mostly a date or an age, with at most `most` characters and a few words beside it."""
    place = find.find_date(" ".join(text.split()))
    if place is None or len(text) - (place[1] - place[0]) > MAX_BESIDE_DATE:
        return False
    beside = vocabulary.UNVERIFIED_SUFFIX.sub(" ", f"{text[: place[0]]} {text[place[1] :]}").lower().split()
    strange = sum(1 for word in beside if (bare := _CLOCK.sub("", word).strip(".,:()|")) and bare not in _BYLINE_WORDS)
    return strange <= MAX_WORDS_BESIDE_DATE if len(text) - (place[1] - place[0]) <= most else not strange


def _is_prose(page: Dom, number: int) -> bool:
    """Whether an element is running text: a date in it is part of what somebody says."""
    names = page.names[number]
    if not names:
        return page.tag[number] in _PROSE
    return any(map(_SAYING.search, names)) and not any(map(vocabulary.TIME_NAME.search, names))


def _look(
    page: Dom, number: int, signs: NodeFeatures, by_token: dict[tuple[str, ...], tuple[bool, bool, bool]]
) -> None:
    attrs, names = page.attrs[number], page.labels(number)
    told = by_token.get(names)
    if told is None:
        told = by_token[names] = (
            any(map(vocabulary.TIME_NAME.search, names)),
            any(vocabulary.AUTHOR_NAME.search(name) and not vocabulary.NOT_AUTHOR_NAME.search(name) for name in names)
            and not any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, names)),
            any(map(vocabulary.REPLY_NAME.search, names)) and not any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, names)),
        )
    tag = page.tag[number]
    if tag in ("time", "relative-time") or (attrs and _has_time(page, number, told[0])):
        signs.time[number] = 1
    if not attrs and tag not in ("cite", "address", "button"):
        return
    if (told[1] or tag == "cite" or _is_author(page, number)) and _may_be_name(page, number):
        signs.author[number] = 1
    if (told[2] and _may_be_label(page, number)) or (
        tag in ("a", "button", "span", "p", "div") and _is_action(page, number)
    ):
        signs.action[number] = 1


def _has_time(page: Dom, number: int, named: bool) -> bool:
    attrs = page.attrs[number]
    if not _TIME_ATTRIBUTES.isdisjoint(attrs) and page.size(number) <= MAX_DATE:
        return True
    if (attrs.get("itemprop") or "").lower() in _TIME_PROPERTIES:
        return True
    title = attrs.get("title") or ""
    if title and len(title) <= MAX_DATE and _DIGIT.search(title) and page.size(number) <= 60 and is_date_text(title):
        return True
    if named:
        text = page.short_text(number, MAX_DATE)
        return bool(text and _DIGIT.search(text) and page.end[number] - number < 8 and is_date_text(text))
    return False


def _is_author(page: Dom, number: int) -> bool:
    attrs = page.attrs[number]
    if (attrs.get("itemprop") or "").lower() in ("author", "creator") or "author" in (attrs.get("rel") or "").lower():
        return True
    address = attrs.get("href") or ""
    return bool(page.tag[number] == "a" and address and vocabulary.PROFILE_ADDRESS.search(address.lower()[-200:]))


def _may_be_name(page: Dom, number: int) -> bool:
    if page.tag[number] in _NO_NAMES and page.end[number] - number > 4:
        return False
    if "content" in page.attrs[number]:
        return True
    if page.end[number] - number > MAX_NAME_ELEMENTS or not page.short_text(number, MAX_NAME):
        return False
    return not any(tag in _PARAGRAPHS for tag in page.tag[number + 1 : page.end[number]])


def _unquote(page: Dom, signs: NodeFeatures) -> None:
    """Names and dates inside quotations are not those of the comment."""
    stop = 0
    for number in range(len(page)):
        if number < stop:
            signs.time[number] = signs.author[number] = 0
        elif is_quote(page, number):
            stop = page.end[number]


def _may_be_label(page: Dom, number: int) -> bool:
    size = page.end[number] - number
    return size <= 12 and not any(tag in _PARAGRAPHS for tag in page.tag[number + 1 : page.end[number]])


def is_quote(page: Dom, number: int) -> bool:
    """Whether an element is a quotation. Some sites put whole comments in such elements: those have identifiers."""
    tag, names = page.tag[number], page.names[number]
    if tag == "blockquote":
        return not (page.attribute(number, "id") or any(map(_POST.search, names)))
    return tag not in _NO_QUOTES and _is_called_quote(names)


@lru_cache(maxsize=4096)
def _is_called_quote(names: tuple[str, ...]) -> bool:
    return any(map(_QUOTE.fullmatch, names))


def _is_action(page: Dom, number: int) -> bool:
    if page.tag[number] not in ("a", "button"):
        return page.end[number] - number == 1 and bool(_LEVEL.fullmatch(page.short_text(number, 12)))
    text = page.short_text(number, 40).lower()
    first = text.split(" ", 1)[0].strip(".,:!→↓#()[]") if text else ""
    if first in vocabulary.REPLY_LABELS:
        return True
    address = page.attribute(number, "href").lower()
    return bool(address and vocabulary.REPLY_ADDRESS.search(address))


def _innermost(page: Dom, flags: bytearray) -> bytearray:
    """The flags of elements with no flagged element inside."""
    kept = bytearray(len(flags))
    before = -1
    for number in range(len(flags) - 1, -1, -1):
        if flags[number]:
            if not number < before < page.end[number]:
                kept[number] = 1
            before = number
    return kept


def _hush(page: Dom, signs: NodeFeatures) -> None:
    for flags, most in ((signs.time, MAX_DATE), (signs.author, MAX_NAME), (signs.action, MAX_LABEL)):
        for number, flag in enumerate(flags):
            if flag and page.size(number) <= most:
                for piece in range(page.first[number], page.last[number]):
                    signs.quiet[piece] = 1
    lengths = (0 if quiet else len(piece.strip()) for piece, quiet in zip(page.pieces, signs.quiet, strict=True))
    signs.loud = [0, *accumulate(lengths)]


def _plain(page: Dom) -> list[int]:
    skipped = bytearray(len(page.pieces))
    stop = 0
    for number in range(len(page)):
        if number >= stop and (page.tag[number] in _HEADINGS or is_signature_class(page.names[number])):
            stop = page.end[number]
            skipped[page.first[number] : page.last[number]] = b"\1" * (page.last[number] - page.first[number])
    return [0, *accumulate(0 if skip else len(piece.strip()) for skip, piece in zip(skipped, page.pieces, strict=True))]


@lru_cache(maxsize=4096)
def is_signature_class(names: tuple[str, ...]) -> bool:
    """Whether class tokens are those of what stands under everything that somebody writes."""
    return any(map(vocabulary.SIGNATURE_NAME.search, names))


@lru_cache(maxsize=4096)
def is_body_class(names: tuple[str, ...]) -> bool:
    """Whether class tokens are those that hardly anything but the text of a comment has."""
    return any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, names))


def is_reply_control(page: Dom, number: int) -> bool:
    """Whether a label or an address is one by which a comment is answered."""
    text = page.short_text(number, MAX_LABEL).lower().split(" ", 1)[0]
    return text in vocabulary.ANSWER_LABELS or bool(
        vocabulary.REPLY_ADDRESS.search(page.attribute(number, "href").lower())
    )
