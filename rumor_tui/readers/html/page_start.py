"""Where in a text a web page begins: behind what its server printed first, or with a fragment that has no head.

A text about HTML, Markdown with some tags in it, and XML are no web pages: what tells them apart is whether prose
stands outside of all elements, how Markdown would write it, and whether the elements are those of HTML. Only the
beginning of the text is looked at, in linear time.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

LOOKED_AT: Final = 65_536
"""Characters of a text that are looked at; the first element of a page begins in them."""
MAX_NOISE: Final = 8_192
"""Characters of warnings, or of the head of an answer, that a server prints before a page."""
_MIN_TAGS: Final = 3
_MAX_FOREIGN: Final = 0.2
"""The share of tags that HTML does not have, in drawings and frameworks."""
_MAX_BARE: Final = 0.1
"""The share of the prose that may stand outside of all elements."""
_MARKDOWN_PER_TAG: Final = 0.25
_MAX_DEPTH: Final = 100

_PROLOGUE = r"(?is)(?>(?:<\?xml[^>]*>|<!--(?>.*?-->)|[\s\ufeff])*)"
_PAGE = _PROLOGUE + r"<(?:!doctype html|html|head|body)[\s>]"
_FIRST_TAG = _PROLOGUE + r"<([a-z][a-z0-9]*)(?=[\s/>])"
_LATE_PAGE = r"(?im)(?:^[ \t]{0,3}|(?<=>))<(?:!doctype html|html)[\s>]"
_PAGE_PART = r"(?i)<(?:head|body|title|meta|p|div|table)[\s>]"
_FENCE = r"(?m)^\s{0,3}(?:```|~~~)"
_TAG = r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)[^<>]*>"
_MARKDOWN = r"(?m)^(?:#{1,6} |[-*+] |\d{1,3}\. |> |```|~~~)|\[[^\]\n]{1,80}\]\([^)\s]{1,200}\)|\*\*\w|^(?:---|===)"
_EMPTY_LINE = r"\n[ \t\r]*\n"
_RAW_END = r"(?i)</(?:script|style)\b"

_HTML_NAMES = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button"
    " canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed"
    " fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe"
    " img input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol"
    " optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small"
    " source span strike strong style sub summary sup svg table tbody td textarea tfoot th thead time title tr track tt"
    " u ul var video wbr"
)
_NAMES: Final = frozenset(_HTML_NAMES.split())
_EMPTY_NAMES = "area base br col embed hr img input link meta param source track wbr"
_EMPTY: Final = frozenset(_EMPTY_NAMES.split())
_RAW: Final = frozenset(("script", "style"))
_TABLE_PARTS: Final = frozenset(("tr", "td", "th", "tbody", "thead", "tfoot"))


class _Outline(NamedTuple):
    """Counts over the beginning of a text: tags, those not of HTML, signs of Markdown, and characters of prose."""

    tags: int
    foreign: int
    markdown: int
    prose: int
    bare: int


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed: most texts need none."""
    return re.compile(source)


def find_page(text: str) -> str | None:
    """The web page that the text is, without what comes before it; None where the text is no web page."""
    head = text[:LOOKED_AT]
    if "<" not in head.lstrip()[:MAX_NOISE]:
        return None
    if _compiled(_PAGE).match(head):
        return text
    late = _compiled(_LATE_PAGE).search(head, 0, MAX_NOISE)
    if late and _is_only_page(text, late.start()):
        return text[late.start() :]
    first = _compiled(_FIRST_TAG).match(head)
    if first and first[1].lower() in _NAMES - {"svg"} and _is_fragment(_outline(head, first.start(1) - 1)):
        return f"<table>{text}" if first[1].lower() in _TABLE_PARTS else text
    return None


def _is_only_page(text: str, start: int) -> bool:
    """Whether a page begins at `start` that is nearly all of the text, and not quoted in it."""
    before, rest = text[:start], text[start : start + LOOKED_AT]
    if _compiled(_FENCE).search(before) or len(before) * 2 > len(text) or not _compiled(_PAGE_PART).search(rest):
        return False
    return _is_fragment(_outline(rest, 0)) and "`" not in before[before.rfind("\n") + 1 :]


def _is_fragment(outline: _Outline) -> bool:
    return (
        outline.tags >= _MIN_TAGS
        and outline.foreign <= _MAX_FOREIGN * outline.tags
        and outline.markdown <= _MARKDOWN_PER_TAG * outline.tags
        and outline.bare <= _MAX_BARE * outline.prose
    )


def _outline(head: str, at: int) -> _Outline:
    tags = foreign = markdown = prose = bare = 0
    opened: list[str] = []
    while tag := _compiled(_TAG).search(head, at):
        piece = head[at : tag.start()]
        prose += len(piece.strip())
        if "pre" not in opened:
            markdown += len(_compiled(_MARKDOWN).findall(head, at, tag.start()))
        if not opened:
            bare += _bare_length(piece)
        tags, at, name = tags + 1, tag.end(), tag[2].lower()
        foreign += name not in _NAMES and "-" not in name
        if tag[1]:
            _close(opened, name)
        elif name in _RAW:
            end = _compiled(_RAW_END).search(head, at)
            at = end.start() if end else len(head)
        elif name not in _EMPTY and len(opened) < _MAX_DEPTH:
            opened.append(name)
    if not opened:
        bare += _bare_length(head[at:] + "\n\n")
    return _Outline(tags, foreign, markdown, prose + len(head[at:].strip()), bare)


def _bare_length(piece: str) -> int:
    """The length of the paragraphs of a piece between two tags that touch neither of them."""
    return sum(len(paragraph.strip()) for paragraph in _compiled(_EMPTY_LINE).split(piece)[1:-1])


def _close(opened: list[str], name: str) -> None:
    """Close the innermost element of this name, and what is open in it."""
    if name in opened:
        while opened.pop() != name:
            pass
