"""What a comment or a piece of the article can be or have: one row a word that `is:` and `has:` take.

A row says what it means and how it is told; whoever knows of another state adds a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from rumor_tui.marks.base import Kind
    from rumor_tui.model import Format, Thread
    from rumor_tui.search.facts import Facts

Needs = Literal["", "marks", "talk"]
"""What of a thread must have been found in full before the answer is sure: see `Knowledge`."""


@dataclass(frozen=True, slots=True)
class State:
    """What `is:` takes. `rows` gives a byte a comment, 1 where it is so."""

    name: str
    means: str
    rows: Callable[[Facts], bytes]
    needs: Needs = ""


@dataclass(frozen=True, slots=True)
class Having:
    """What `has:` takes. `holds` gives, for a thread, what tells it of an item."""

    name: str
    means: str
    holds: Callable[[Facts], Callable[[int], bool]]
    needs: Needs = ""


def _ones(size: int, rows: Iterable[int]) -> bytes:
    mask = bytearray(size)
    for row in rows:
        mask[row] = 1
    return bytes(mask)


def _by_opener(facts: Facts) -> bytes:
    opener = facts.opener
    return bytes(author == opener != "" for author in facts.authors)


def _guessed(facts: Facts) -> bytes:
    """Replies in a tree that is guessed, and whatever the texts alone tell of."""
    parent = facts.thread.parent
    rows = [row for row, above in enumerate(parent) if above >= 0] if facts.thread.confidence == "guessed" else []
    return _ones(len(parent), [*rows, *(facts.knowledge.talk.answers if facts.knowledge.talk else ())])


STATES: Final = (
    State("op", "by the author of the article, or of the opening post", _by_opener),
    State("deleted", "deleted", lambda facts: bytes(map(bool, facts.thread.deleted))),
    State("folded", "folded, as they are when the search begins", lambda facts: bytes(facts.folded())),
    State("leaf", "not answered", lambda facts: bytes(count == 0 for count in facts.replies)),
    State("root", "at the top level", lambda facts: bytes(above < 0 for above in facts.thread.parent)),
    State("guessed", "in a place that is guessed: the page does not tell whom they answer", _guessed, "talk"),
)
"""All that `is:` takes."""


def _marked(kind: Kind) -> Callable[[Facts], Callable[[int], bool]]:
    return lambda facts: lambda item: facts.has_mark(item, kind)


# What a raw body must hold to be worth a closer look, by its format; in HTML the look itself.
_LINKS: Final[dict[Format, str]] = {
    "html": r"<a\s[^>]*?\bhref\b|https?://|www\.",
    "markdown": r"\]\(|\]\[|://|www\.|<\w+:|^\[[^\]]+\]:",
    "plain": r"://|www\.",
}
_CODES: Final[dict[Format, str]] = {
    "html": r"<(?:code|pre|tt|kbd|samp)\b",
    "markdown": r"`|~~~|^(?: {4}|\t)",
    "plain": r"`|^(?: {2}|\t)",
}
_IMAGES: Final[dict[Format, str]] = {"html": r"<(?:img|picture|svg)\b", "markdown": r"!\[|<img\b", "plain": r"(?!)"}


@cache
def _screen(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def _raw(thread: Thread, item: int) -> tuple[str, Format]:
    """The raw body of an item and its format; the title has none."""
    article = thread.article
    if item <= len(article.pieces):
        return (article.pieces[item - 1], article.format) if item else ("", "plain")
    return thread.bodies[item - 1 - len(article.pieces)], thread.format


def _bodied(screens: dict[Format, str], role: str) -> Callable[[Facts], Callable[[int], bool]]:
    """What tells whether a body has a span of a role (or is such a block), once a look at the raw text allows it."""

    def holds(facts: Facts) -> Callable[[int], bool]:
        def one(item: int) -> bool:
            raw, format = _raw(facts.thread, item)
            return _screen(screens[format]).search(raw) is not None and (
                format == "html" or _has_role(facts.thread, raw, format, role)
            )

        return one

    return holds


def _has_role(thread: Thread, raw: str, format: Format, role: str) -> bool:
    from rumor_tui.blocks import parse

    blocks = parse(raw, format, thread.repair)
    return any(block.kind == role or any(span.role == role for span in block.spans) for block in blocks)


def _quoting(facts: Facts) -> Callable[[int], bool]:
    """A block quote, a line behind a ">", or a passage that repeats another text."""
    quotes = facts.knowledge.talk.quotes if facts.knowledge.talk else {}

    def one(item: int) -> bool:
        raw, format = _raw(facts.thread, item)
        if item in quotes or (format == "html" and "<blockquote" in raw.lower()):
            return True
        text = facts.text(item) if format == "html" else raw
        return ">" in text and _screen(r"^[^\S\n]*>(?![=>])").search(text) is not None

    return one


HAVINGS: Final = (
    Having("number", "a number, in figures or in words", _marked("number"), "marks"),
    Having("name", "a name of somebody or something", _marked("name"), "marks"),
    Having("link", "a link", _bodied(_LINKS, "link")),
    Having("quote", "a quotation, or a passage of another text of the thread", _quoting, "talk"),
    Having("code", "code", _bodied(_CODES, "code")),
    Having("image", "an image", _bodied(_IMAGES, "image")),
)
"""All that `has:` takes."""
