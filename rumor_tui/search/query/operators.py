"""What a comment or a piece of the article can be or have: one row a word that `is:` and `has:` take.

A row says what it means and how it is told; whoever knows of another state adds a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Kind
    from rumor_tui.model import Format
    from rumor_tui.search.index.comment_columns import CommentColumns

Requirement = Literal["", "marks", "talk"]
"""What of a thread must have been found in full before the answer is sure: see `Knowledge`."""

FeatureTest: TypeAlias = Callable[[Sequence[int]], Sequence[int]]
"""Tells of some rising items, for each, whether something holds there (0 where it does not)."""


@dataclass(frozen=True, slots=True)
class CommentState:
    """What `is:` takes. `rows` gives a byte a comment, 1 where it is so."""

    name: str
    means: str
    rows: Callable[[CommentColumns], bytes]
    needs: Requirement = ""


@dataclass(frozen=True, slots=True)
class ContentFeature:
    """What `has:` takes. `holds` gives, for a thread, what tells of some rising items whether each has it."""

    name: str
    means: str
    holds: Callable[[CommentColumns], FeatureTest]
    needs: Requirement = ""


def _ones(size: int, rows: Iterable[int]) -> bytes:
    mask = bytearray(size)
    for row in rows:
        mask[row] = 1
    return bytes(mask)


def _by_opener(facts: CommentColumns) -> bytes:
    opener = facts.opener
    return bytes(author == opener != "" for author in facts.authors)


def _guessed(facts: CommentColumns) -> bytes:
    """Replies in a tree that is guessed, and whatever the texts alone tell of."""
    parent = facts.thread.parent
    rows = [row for row, above in enumerate(parent) if above >= 0] if facts.thread.confidence == "guessed" else []
    return _ones(len(parent), [*rows, *(facts.knowledge.talk.answers if facts.knowledge.talk else ())])


COMMENT_STATES: Final = (
    CommentState("op", "by the author of the article, or of the opening post", _by_opener),
    CommentState("deleted", "taken back, or removed", lambda facts: bytes(map(bool, facts.thread.deleted))),
    CommentState("folded", "shut, as they are when the search begins", lambda facts: facts.folded()),
    CommentState("muted", "by authors whom you have muted, when the search begins", lambda facts: facts.muted_rows()),
    CommentState("leaf", "not answered", lambda facts: bytes(count == 0 for count in facts.replies)),
    CommentState("root", "at the top level", lambda facts: bytes(above < 0 for above in facts.thread.parent)),
    CommentState("guessed", "in a place that is guessed: the page does not tell whom they answer", _guessed, "talk"),
)
"""All that `is:` takes."""


def _marked(kind: Kind) -> Callable[[CommentColumns], FeatureTest]:
    return lambda facts: lambda items: facts.have_marks(items, kind)


class _Signs(NamedTuple):
    """How a raw body of one format tells of something: by `pattern`, and only where one of `first` is in it (in HTML in
    small letters alone: there may be 100,000 bodies, and the servers that send as many write no capitals).

    Where one of `unless` is in it, the pattern is not sure, and the body is parsed.
    """

    first: tuple[str, ...]
    pattern: str
    unless: tuple[str, ...] = ()


_LINKS: Final[dict[Format, _Signs]] = {
    "html": _Signs(("href", "://"), r"""href\s*=\s*["']?[^\s"'>]|http(?<!["'=]http)s?://\w"""),
    "markdown": _Signs(("](", "][", "://", "<mailto:"), r"\]\(\S|\]\[\S|https?://\w|<mailto:\w", ("`", "![")),
    "plain": _Signs(("://",), r"https?://\w"),
}
_CODES: Final[dict[Format, _Signs]] = {
    "html": _Signs(("<",), r"(?i)<(?:code|pre|tt|kbd|samp)\b"),
    "markdown": _Signs(("`", "~~~", "    ", "\t"), r"`|~~~|^(?: {4}|\t)[^\S\n]*\S", (" ", "\t")),
    "plain": _Signs(("    ", "\t"), r"^(?: {4}|\t)[^\S\n]*\S", (" ", "\t")),
}
_IMAGES: Final[dict[Format, _Signs]] = {
    "html": _Signs(("<",), r"(?i)<img\b"),
    "markdown": _Signs(("![", "<img", "<IMG"), r"(?i)!\[|<img\b", ("!",)),
    "plain": _Signs((), ""),
}
_QUOTES: Final[dict[Format, _Signs]] = {
    "html": _Signs(("&gt;", "blockquote"), r"<blockquote\b|(?:\A|[\n>])[^\S\n]*&gt;"),
    "markdown": _Signs((">",), r"^ {0,3}>"),
    "plain": _Signs((">",), r"^[^\S\n]*>"),
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


def _signed(signs: dict[Format, _Signs], role: str) -> Callable[[CommentColumns], FeatureTest]:
    """What tells whether raw bodies hold something that becomes spans, or a block, of a role."""

    def holds(facts: CommentColumns) -> FeatureTest:
        thread, article = facts.thread, facts.thread.article
        told_article = _told(signs[article.format], article.format, thread.repair, role)
        told_comments = _told(signs[thread.format], thread.format, thread.repair, role)

        def many(items: Sequence[int]) -> list[int]:
            first = bisect_left(items, facts.first)
            rows = (item - facts.first for item in items[first:])
            pieces = ["", *article.pieces] if first else []
            return told_article(map(pieces.__getitem__, items[:first])) + told_comments(
                map(thread.bodies.__getitem__, rows)
            )

        return many

    return holds


def _told(signs: _Signs, format: Format, repair: bool, role: str) -> Callable[[Iterable[str]], list[int]]:
    """What tells of each of some raw bodies whether it holds such a thing: quickly, for there may be many."""
    first, pattern, unless = signs

    def told(bodies: Iterable[str]) -> list[int]:
        search, found = _compiled(pattern).search, list[int]()
        for raw in bodies:
            for sign in first:
                if sign in raw and search(raw) is not None:
                    found.append(not any(sign in raw for sign in unless) or _has_role(raw, format, repair, role))
                    break
            else:
                found.append(0)
        return found

    return told


def _has_role(raw: str, format: Format, repair: bool, role: str) -> bool:
    from rumor_tui.blocks import parse_body

    blocks = parse_body(raw, format, repair)
    return any(block.kind == role or any(span.role == role for span in block.spans) for block in blocks)


def _quoting(facts: CommentColumns) -> FeatureTest:
    """A block quote, a line behind a ">", or a passage that repeats another text."""
    signed = _signed(_QUOTES, "quote")(facts)

    def many(items: Sequence[int]) -> list[int]:
        quotes = facts.knowledge.talk.quotes if facts.knowledge.talk else {}  # which may be found after the query
        return [count or item in quotes for item, count in zip(items, signed(items), strict=True)]

    return many


CONTENT_FEATURES: Final = (
    ContentFeature("number", "a number, in figures or in words", _marked("number"), "marks"),
    ContentFeature("name", "a name of somebody or something", _marked("name"), "marks"),
    ContentFeature("link", "a link", _signed(_LINKS, "link")),
    ContentFeature("quote", "a quotation, or a passage of another text of the thread", _quoting, "talk"),
    ContentFeature("code", "code", _signed(_CODES, "code")),
    ContentFeature("image", "an image", _signed(_IMAGES, "image")),
)
"""All that `has:` takes."""
