"""Pages that a tree parser takes badly: a cheap check of the markup, and a subprocess with limits to parse them in.

Parsers follow the rules of HTML, by which unclosed formatting elements are reopened in every paragraph (60 kB of them
took lexbor 16 s, lexbor issue 340) and nesting has no limit (100,000 levels took it 10 s). A page that fails the check
is parsed in a process of its own (`rumor_tui.isolated`), which is ended when it takes too long or too much memory. Its
result comes back as data whose types are checked; when there is none, the page is shown as plain text, which `blocks`
reads in linear time whatever the nesting.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from rumor_tui.model import Article
from rumor_tui.readers.html.page_result import PageResult
from rumor_tui.readers.source import Hint

MAX_DEPTH: Final = 512
"""Levels of nesting up to which a page is safe; browsers stop there too."""
MAX_UNCLOSED: Final = 400
"""Formatting elements that may stay open: old pages leave some."""
MAX_ATTRIBUTES: Final = 200
"""Attributes of one tag: each is compared with all before it, and 40,000 take 15 s."""
MAX_REOPENED: Final = 500_000
"""Formatting elements that a parser may have to open again, one for each that is open where something else begins or
ends: each is an element of its own, of some 400 bytes.
"""
MAX_LENGTH: Final = 8_000_000
"""Characters of a page that is parsed in this process."""
LEAST_SECONDS: Final = 3.0
"""Seconds of processor time that any page may take in the process of its own."""
ODD_SECONDS: Final = 4.0
"""The same for a page of odd markup, whatever its length: a thread of a thousand levels takes less than one."""
CHARACTERS_PER_SECOND: Final = 400_000
"""Characters of a long page for each second that it may take: 20,000 comments are 10 million characters."""
PATIENCE: Final = 3.0
"""How many times as long it may take by the clock, on a machine that is busy with other things."""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_ATTRIBUTE = r"""(?>[\s/]*(?>=[^\s/>=]*|[^\s/>=]+)(?>\s*=\s*(?>"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*)?)?)"""
_MANY_ATTRIBUTES = re.compile(
    rf"(?><[a-zA-Z][^\s/>]*)(?>{_ATTRIBUTE}{{0,{MAX_ATTRIBUTES}}})(?P<more>(?>{_ATTRIBUTE})?)"
)
_FORMATTING_NAMES = "a b big code em font i nobr s small strike strong tt u"
_OPTIONAL_END_NAMES = (
    "p li td tr th dt dd option tbody thead tfoot colgroup br hr img input meta link area base col embed source track"
    " wbr param html head body rp rt path circle rect g use"
)
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_OPTIONAL_END = frozenset(_OPTIONAL_END_NAMES.split())
"""Elements that need no end tag: they are empty, or end with what is around them."""
_CHUNK: Final = 20_000
_NOTICE: Final = "<p><em>This page is too large or nested too deeply: only its plain text is shown.</em></p>"


def is_safe_to_parse(text: str) -> bool:
    """Whether a page may be parsed in this process. Takes linear time."""
    return len(text) <= MAX_LENGTH and has_plain_markup(text)


def has_plain_markup(text: str) -> bool:
    """Whether the markup of a page is such as parsers take in linear time, to which this check itself keeps."""
    if any(_MANY_ATTRIBUTES.findall(text)):
        return False
    depth = unclosed = reopened = 0
    opened: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        is_formatting = name in _FORMATTING
        if unclosed and not is_formatting:
            reopened += unclosed
        step = -1 if tag[1] else 1
        if name in _OPTIONAL_END or (step < 0 and not opened[name]):  # an end tag without a start tag closes nothing
            continue
        opened[name] += step
        if is_formatting:
            unclosed += step
        else:
            depth += step
        if unclosed > MAX_UNCLOSED or depth > MAX_DEPTH:
            return False
    return reopened <= MAX_REOPENED


class PageTask(NamedTuple):
    """What the process gets."""

    text: str
    hint: Hint


def seconds_for(text: str) -> float:
    """The seconds of processor time that a page of plain markup may take."""
    return max(LEAST_SECONDS, len(text) / CHARACTERS_PER_SECOND)


def parse_in_subprocess(text: str, hint: Hint, deadline: float | None = None) -> PageResult:
    """All that a page has, or its plain text with a notice that it is no more than that.

    `deadline` is in seconds by the clock.
    """
    from rumor_tui.isolated import IsolatedError, decode, encode, run_isolated

    task = "rumor_tui.readers.html.sandbox:answer"
    try:
        processor = seconds_for(text) if has_plain_markup(text) else ODD_SECONDS
        seconds = processor * PATIENCE if deadline is None else deadline
        data = encode(PageTask(text, hint))
        answer = run_isolated(task, data, seconds=seconds, processor=processor)
        result = decode(answer, PageResult)
    except IsolatedError:
        return plain_page(text)
    return result if result.is_sound() else plain_page(text)


def answer(data: bytes) -> bytes:
    """In the process of its own: read the page, and return the encoded result."""
    from rumor_tui.isolated import decode, encode
    from rumor_tui.readers.html.page_reader import read_page

    text, hint = decode(data, PageTask)
    result = read_page(text, hint)
    result.article.pieces = list(result.article.pieces)
    return encode(result)


def plain_page(text: str) -> PageResult:
    """The title of a page and its plain text, with a notice that it is no more than that; takes linear time."""
    return PageResult(Article(title=_title(text), pieces=[_NOTICE, *_chunks(text)], format="html"))


def _chunks(text: str) -> list[str]:
    """The page in chunks, split before tags; where exactly matters little to plain text."""
    chunks, start = [], 0
    while start < len(text):
        end = text.find("<", start + _CHUNK) if start + _CHUNK < len(text) else -1
        end = len(text) if end < 0 else end
        chunks.append(text[start:end])
        start = end
    return chunks


def _title(text: str) -> str:
    from rumor_tui import blocks, markdown_format

    head = text[:200_000].lower()
    start, end = head.find("<title"), head.find("</title")
    if not 0 <= start < end:
        return ""
    return markdown_format.clean_field(blocks.body_text(text[start:end].partition(">")[2][:500], "html")) or ""
