"""The lines of a page as they are shown, whatever the markup, and what a line may be: a name, a date, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from rumor_tui.readers.dates.find import find_date
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary import page_words
from rumor_tui.readers.vocabulary.matching import PhraseTable, alternation, fold

MAX_OPENER: Final = 150
"""Characters of a line with a name and a date."""
MAX_KEPT: Final = 16_384
"""Lines whose names and dates are remembered: several forms of openers are tried on the same lines."""
MAX_BESIDE_DATE: Final = 80
"""Characters of it beside the date."""
MAX_NAME: Final = 40
MAX_NAME_WORDS: Final = 5
MAX_HEADING: Final = 60
MAX_HEADING_WORDS: Final = 5
MAX_TITLE: Final = 200
MAX_BEFORE_BOARD: Final = 2
"""Words of a title before that of a guestbook or a forum, where that ends it."""
_LABEL = re.compile(r"\W{0,2}([^\W\d_][^:：|\d]{0,19}?)\s?[:：](?!//)\s*")
_ANY_LABEL = re.compile(r"(?:^|(?<=[\s|,;·(]))([^\W\d_][^:：|\d\s]{0,19})\s?[:：](?!//)\s*")
_DATE_LABEL = re.compile(r"(?:^|[\s|,;·–—-])([^\W\d_]{2,15})\s?[:：]\s*$")
_MAIL = re.compile(r"\s*[(<\[]?[\w.+-]{1,60}(?:@|\s?\(?at\)?\s)[\w.-]{1,60}\.[a-z]{2,8}[)>\]]?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|·•,;/(\[]\s*|\s+[-–—~]+\s+")
_EDGES: Final = " \t\r\n\xa0-–—~|·•,;:()[]<>/*"
_EDGES_OF_LINE: Final = " \t\r\n\xa0-–—~|·•,;:"
_WORDS = re.compile(r"[^\W\d_]+")
_COUNT = re.compile(r"\d{1,5}")
_ONE = frozenset(map(fold, page_words.ONE))
_LEAD_TAGS: Final = frozenset(("b", "strong", "cite", "a"))
_AFTER_NAME = re.compile(r"\s*[:：]\s+")
_AFTER_DATE = re.compile(r"[\s)\]]*(?:[:：)\]]|[.,]?\s[-–—]\s)\s*")
_CLOCK = re.compile(r"\d[:.]\d\d")
_SEGMENTS = re.compile(r"\s*[|:·»]\s*|\s+[-–—]\s+")
_MARKING_TAGS: Final = frozenset(("b", "strong", "a", "cite", "th", "dt", "summary")) | vocabulary.HEADING_TAGS
_NAME_LABELS = frozenset(map(fold, (*page_words.NAME_LABELS, *page_words.BY)))
_NOUNS = frozenset(map(fold, (*page_words.COMMENT_NOUNS, *page_words.DISCUSSION_HEADINGS)))
_COMMENTS = frozenset(map(fold, (*page_words.COMMENT_WORDS, *page_words.HEADING_LEADS)))
_NOT_HERE = frozenset(map(fold, page_words.ELSEWHERE))
_FORMS = PhraseTable(page_words.FORM_STARTS)
_AROUND_WORDS: Final = "0123456789()[]|·•.,:：/+-–—»«?!"
_NO_NAMES = frozenset(map(fold, (*page_words.BUTTONS, *page_words.COMMENT_NOUNS, *vocabulary.NON_NAMES)))


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, the block around it, its pieces of text, whether a rule is above it.

    It is `marked` if all of it is bold, a link, a heading or the like, as names are. `offset` is where it begins in its
    first piece; `leads` is whether it is the opener before a text in the same line ("**Ann** (3 May): I think …").
    """

    text: str
    block: int
    first: int
    last: int
    ruled: bool
    marked: bool
    offset: int = 0
    leads: bool = False


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date with little beside it: the label before the date, folded, and what stands on both sides of it."""

    label: str
    before: str
    date: str
    after: str


def text_lines(dom: Dom) -> list[Line]:
    """The lines of a page that are shown, in order. Blocks, table cells, `<br>`, `<hr>` and what is hidden end one."""
    shown = _shown(dom)
    breaks = {dom.first[number] for number, tag in enumerate(dom.tag) if tag in ("br", "hr")}
    rules = {dom.first[number] for number, tag in enumerate(dom.tag) if tag == "hr"}
    lines: list[Line] = []
    pieces: list[int] = []
    block, ruled, pending = -1, False, False
    for piece, owner in enumerate(dom.owner):
        pending |= piece in rules
        if not shown[owner]:
            continue
        number = owner
        while dom.tag[number] in vocabulary.INLINE_TAGS and dom.parent[number] >= 0:
            number = dom.parent[number]
        if pieces and (number != block or piece in breaks or piece > pieces[-1] + 1):
            lines.append(_line(dom, block, pieces, ruled))
            pieces = []
        if not pieces:
            block, ruled, pending = number, pending, False
        pieces.append(piece)
    return [*lines, _line(dom, block, pieces, ruled)] if pieces else lines


def _line(dom: Dom, block: int, pieces: list[int], ruled: bool) -> Line:
    text = " ".join(" ".join([dom.pieces[piece] for piece in pieces]).split())
    marked = all(_is_marked(dom, dom.owner[piece]) for piece in pieces)
    return Line(text, block, pieces[0], pieces[-1] + 1, ruled, marked)


def cut_openers(dom: Dom, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines; one that begins with a name in bold, perhaps a date, and a text after that is two lines."""
    for line in lines:
        offset = -1
        if line.last - line.first > 1 and dom.tag[dom.owner[line.first]] in _LEAD_TAGS:
            name, rest = dom.pieces[line.first].strip(), dom.pieces[line.first + 1]
            offset = _text_offset(name, rest) if len(name) <= MAX_NAME else -1
        if offset < 0 or (offset >= len(rest.rstrip()) and line.last == line.first + 2):
            yield line
            continue
        text = " ".join(f"{name} {rest[:offset]}".split())
        yield Line(text, line.block, line.first, line.first + 2, line.ruled, True, leads=True)
        text = line.text[len(text) :].strip()
        yield Line(text, line.block, line.first + 1, line.last, False, False, offset)


def _text_offset(name: str, rest: str) -> int:
    """Where the text begins in what follows a name: after a colon or a date; -1 for nowhere."""
    if name.endswith((":", "：")):
        return len(rest) - len(rest.lstrip())
    if match := _AFTER_NAME.match(rest):
        return match.end()
    start = rest[:MAX_BESIDE_DATE]
    span = find_date(" ".join(start.splitlines())) if any(map(str.isdigit, start)) else None
    if span is None or any(map(str.isalpha, rest[: span[0]])):
        return -1
    match = _AFTER_DATE.match(rest, span[1])
    return match.end() if match else -1


def _is_marked(dom: Dom, number: int) -> bool:
    while dom.tag[number] in vocabulary.INLINE_TAGS and dom.tag[number] not in _MARKING_TAGS:
        number = dom.parent[number]
    return dom.tag[number] in _MARKING_TAGS


def _shown(dom: Dom) -> list[bool]:
    """For each element whether it is shown: neither itself nor an element around it is hidden."""
    shown: list[bool] = []
    for is_unseen, parent in zip(dom.unseen, dom.parent, strict=True):
        shown.append(not is_unseen and (parent < 0 or shown[parent]))
    return shown


def paragraph_html(text: str) -> str:
    """A paragraph of a plain message as HTML: lines that begin with ">" are a quotation."""
    lines = text.strip("\n").split("\n")
    is_quote = all(line.startswith(">") for line in lines)
    shown = "<br>".join(escape(line.removeprefix(">").strip() if is_quote else line) for line in lines)
    return f"<blockquote><p>{shown}</p></blockquote>" if is_quote else f"<p>{shown}</p>"


# What a line may be


def names_people(dom: Dom) -> bool:
    """Whether some short text has a word for comments, or a label of a name: a quick look before all the others."""
    short = [piece for piece in dom.pieces if len(piece) <= MAX_HEADING]
    found = set(fold(" ".join(short)).split())
    if not _NAME_LABELS.isdisjoint({word[:-1] for word in found if word[-1] in ":："}):
        return True
    return not _NOUNS.isdisjoint({word.strip(_AROUND_WORDS) for word in found}) and any(
        map(is_discussion_heading, short)
    )


def dated_line(text: str) -> DatedLine | None:
    """A line that is a date of something written, with little beside it; None for another."""
    return _dated_line(text) if len(text) <= MAX_OPENER else None


@lru_cache(maxsize=MAX_KEPT)
def _dated_line(text: str) -> DatedLine | None:
    span = find_date(text)
    if span is None or len(text) - (span[1] - span[0]) > MAX_BESIDE_DATE:
        return None
    before, after = text[: span[0]], text[span[1] :]
    if vocabulary.OTHER_DATE.search(before):
        return None
    label = _DATE_LABEL.search(before)
    before = before[: label.start()] if label else before
    return DatedLine(fold(label[1]) if label else "", before, text[span[0] : span[1]], after)


def label_of(text: str) -> str:
    """The label that a line begins with ("Subject: …"), folded; an empty string for a line without one."""
    match = _LABEL.match(text)
    return fold(match[1]) if match else ""


def is_name_label(text: str) -> bool:
    """Whether a line is nothing but the label of a name: "Name:"."""
    match = _LABEL.fullmatch(text)
    return match is not None and fold(match[1]) in _NAME_LABELS


def is_text_label(label: str) -> bool:
    """Whether a label, folded, is that of a comment's text: "Comment: …"."""
    return label in _NOUNS


def is_post_column(label: str) -> bool:
    """Whether a column with this header, folded, may be that of names or of what they say."""
    return label in _NOUNS or label in _NAME_LABELS


def name_in(text: str) -> tuple[str, bool]:
    """The name that a line or a part of one consists of, if it may be one, and whether a label says that it is."""
    return _name_in(text) if len(text) <= MAX_OPENER else ("", False)


@lru_cache(maxsize=MAX_KEPT)
def _name_in(text: str) -> tuple[str, bool]:
    labels = [match for match in _ANY_LABEL.finditer(text) if fold(match[1]) in _NAME_LABELS]
    if labels:
        text = text[labels[0].end() :]
    elif label_of(text) and not text.rstrip().endswith((":", "：")):
        return "", False
    name, said = _without_words(_MAIL.sub(" ", text).strip(_EDGES_OF_LINE))
    name = _SEPARATOR.split(name.strip(_EDGES), maxsplit=1)[0].strip(_EDGES)
    return (name, bool(labels) or said) if _is_name(name) else ("", False)


def _without_words(text: str) -> tuple[str, bool]:
    """A name without "posted by" before it and "wrote on" after it, and whether there were such words."""
    from rumor_tui.readers.text_dump.byline_parser import clean_name, split_off_by, split_off_verb

    low = fold(text)
    tail = next((word for word in page_words.PREPOSITIONS if low.endswith(" " + word)), "")
    text = text[: len(text) - len(tail)].strip() if tail else text
    verb, text = split_off_verb(text)
    by, text = split_off_by(text)
    return clean_name(text), bool(verb or by)


def _is_name(text: str) -> bool:
    words = text.split()
    if not words or len(text) > MAX_NAME or len(words) > MAX_NAME_WORDS or not _WORDS.search(text):
        return False
    if text[-1] in "?!…" or (len(words) > 2 and text[-1] == ".") or (text.islower() and len(words) > 2):
        return False
    if _CLOCK.search(text):
        return False
    return fold(text) not in _NO_NAMES and not _is_form(text) and find_date(text) is None


def is_discussion_heading(text: str, *, strictly: bool = False) -> bool:
    """Whether a short line is a heading of comments: "3 Responses". `strictly` if it consists of nothing else."""
    words = _WORDS.findall(fold(text)) if len(text) <= MAX_HEADING else ()
    if not 0 < len(words) <= MAX_HEADING_WORDS or not (words[0] in _NOUNS or words[-1] in _NOUNS):
        return False
    if strictly and not _COMMENTS.issuperset(words):
        return False
    return _NOT_HERE.isdisjoint(words) and not _is_form(text) and number_in_heading(text) != 0


def _is_form(text: str) -> bool:
    """Whether a line is the heading of a form or of a side bar."""
    return _FORMS.end_of_words(fold(text), 0) >= 0


def number_in_heading(text: str) -> int:
    """The number of comments that a heading says; -1 if it says none."""
    numbers = _COUNT.findall(text)
    if not numbers and text.split() and fold(text.split(maxsplit=1)[0]) in _ONE:
        return 1
    return int(numbers[0]) if len(numbers) == 1 else -1


_BOARD = re.compile(rf"(?<!\w)(?:{alternation(page_words.BOARD_NOUNS)})(?!\w)", re.IGNORECASE)


def is_board_title(text: str) -> bool:
    """Whether a part of a title is the name of a place where visitors write: a guestbook, a forum, a notice board."""
    for part in _SEGMENTS.split(text[:MAX_TITLE]):
        for match in _BOARD.finditer(part):
            before, after = part[: match.start()].split(), part[match.end() :].split()
            if len(before) <= (0 if after else MAX_BEFORE_BOARD):
                return True
    return False
