"""The operators of the search language: what each takes and means, and how `is:` and `has:` are decided.

One table has them all (`OPERATORS`, `SYNTAX_SIGNS`): the parser, completion, the hints of the search widget and the
manual read it. Another state or feature is another row of `COMMENT_STATES` or `CONTENT_FEATURES`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Kind
    from rumor_tui.model import Format
    from rumor_tui.search.index.comment_columns import CommentColumns

Requirement = Literal["", "marks", "conversation"]
"""What must be known of the whole thread for an exact answer; see `ThreadAnalysis`."""

FeatureTest: TypeAlias = Callable[[Sequence[int]], Sequence[int]]
"""Decides for each of some items, in ascending order, whether it has something (0 if not)."""


@dataclass(frozen=True, slots=True)
class CommentState:
    """A word that `is:` takes. `rows` returns a byte per comment, 1 if it is in that state."""

    name: str
    means: str
    rows: Callable[[CommentColumns], bytes]
    needs: Requirement = ""


@dataclass(frozen=True, slots=True)
class ContentFeature:
    """A word that `has:` takes. `holds` returns the test for one thread."""

    name: str
    means: str
    holds: Callable[[CommentColumns], FeatureTest]
    needs: Requirement = ""


def _mask(size: int, rows: Iterable[int]) -> bytes:
    mask = bytearray(size)
    for row in rows:
        mask[row] = 1
    return bytes(mask)


def _by_opener(columns: CommentColumns) -> bytes:
    if columns.thread.is_joined:
        from rumor_tui.discussion_rows import posters

        return _mask(len(columns.thread), posters(columns.thread))
    opener = columns.opener
    return bytes(author == opener != "" for author in columns.authors)


def _at_top(columns: CommentColumns) -> bytes:
    """Comments that answer the article, or the post of their discussion."""
    parent = columns.thread.parent
    if not columns.thread.is_joined:
        return bytes(above < 0 for above in parent)
    from rumor_tui.discussion_rows import discussion_rows

    tops = {*discussion_rows(columns.thread)}
    return bytes((above < 0 or above in tops) and row not in tops for row, above in enumerate(parent))


def _guessed(columns: CommentColumns) -> bytes:
    """Replies in a tree that is guessed, and those that are inferred from the texts."""
    parent = columns.thread.parent
    rows = [row for row, above in enumerate(parent) if above >= 0] if columns.thread.confidence == "guessed" else []
    return _mask(
        len(parent), [*rows, *(columns.knowledge.conversation.answers if columns.knowledge.conversation else ())]
    )


def _deleted(columns: CommentColumns) -> bytes:
    """What the page says is deleted, and what it had once and has no more."""
    gone = columns.remembered("gone")
    return bytes(bool(deleted) or gone[row] for row, deleted in enumerate(columns.thread.deleted))


COMMENT_STATES: Final = (
    CommentState("op", "by the author of the article or the opening post", _by_opener),
    CommentState("deleted", "deleted or removed", _deleted),
    CommentState("folded", "folded when the search began", lambda columns: columns.folded()),
    CommentState("muted", "by authors who were muted when the search began", lambda columns: columns.muted_rows()),
    CommentState("leaf", "without replies", lambda columns: bytes(count == 0 for count in columns.replies)),
    CommentState("root", "at the top level", _at_top),
    CommentState(
        "guessed", "in a guessed position: the page does not say whom they reply to", _guessed, "conversation"
    ),
    *(
        CommentState(name, means, lambda columns, name=name: columns.remembered(name))  # type: ignore[misc]
        for name, means in (
            ("new", "new since your last visit, or since the moment that you chose"),
            ("unread", "not read yet"),
            ("read", "read"),
            ("edited", "changed at the source since you first saw them"),
            ("marked", "marked with a bookmark"),
        )
    ),
)
"""The words that `is:` takes."""

REMEMBERED: Final = ("new", "unread", "read", "edited", "marked", "gone", "note")
"""What only the library knows of comments; see `CommentColumns.remembered`."""


def _has_marks(kind: Kind) -> Callable[[CommentColumns], FeatureTest]:
    return lambda columns: lambda items: columns.have_marks(items, kind)


class _BodyTest(NamedTuple):
    """How to decide whether a raw body of one format has something, without parsing it.

    `pattern` is searched only in bodies with one of `first`, in lower case for HTML: there may be 100,000 bodies, and
    the servers that send so many write no capitals. In a body with one of `unless` a match is not certain, and it is
    parsed.
    """

    first: tuple[str, ...]
    pattern: str
    unless: tuple[str, ...] = ()


_LINKS: Final[dict[Format, _BodyTest]] = {
    "html": _BodyTest(("href", "://"), r"""href\s*=\s*["']?[^\s"'>]|http(?<!["'=]http)s?://\w"""),
    "markdown": _BodyTest(("](", "][", "://", "<mailto:"), r"\]\(\S|\]\[\S|https?://\w|<mailto:\w", ("`", "![")),
    "plain": _BodyTest(("://",), r"https?://\w"),
}
_CODES: Final[dict[Format, _BodyTest]] = {
    "html": _BodyTest(("<",), r"(?i)<(?:code|pre|tt|kbd|samp)\b"),
    "markdown": _BodyTest(("`", "~~~", "    ", "\t"), r"`|~~~|^(?: {4}|\t)[^\S\n]*\S", (" ", "\t")),
    "plain": _BodyTest(("    ", "\t"), r"^(?: {4}|\t)[^\S\n]*\S", (" ", "\t")),
}
_IMAGES: Final[dict[Format, _BodyTest]] = {
    "html": _BodyTest(("<",), r"(?i)<img\b"),
    "markdown": _BodyTest(("![", "<img", "<IMG"), r"(?i)!\[|<img\b", ("!",)),
    "plain": _BodyTest((), ""),
}
_QUOTES: Final[dict[Format, _BodyTest]] = {
    "html": _BodyTest(("&gt;", "blockquote"), r"<blockquote\b|(?:\A|[\n>])[^\S\n]*&gt;"),
    "markdown": _BodyTest((">",), r"^ {0,3}>"),
    "plain": _BodyTest((">",), r"^[^\S\n]*>"),
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


def _has_span(tests: dict[Format, _BodyTest], role: str) -> Callable[[CommentColumns], FeatureTest]:
    """The feature of bodies with a span, or a block, of a role."""

    def for_thread(columns: CommentColumns) -> FeatureTest:
        thread, article = columns.thread, columns.thread.article
        test_article = _body_tester(tests[article.format], article.format, thread.repair, role)
        test_comments = _body_tester(tests[thread.format], thread.format, thread.repair, role)

        def test(items: Sequence[int]) -> list[int]:
            first = bisect_left(items, columns.first)
            rows = (item - columns.first for item in items[first:])
            pieces = ["", *article.pieces] if first else []
            in_article = test_article(map(pieces.__getitem__, items[:first]))
            return in_article + test_comments(map(thread.bodies.__getitem__, rows))

        return test

    return for_thread


def _body_tester(test: _BodyTest, format: Format, repair: bool, role: str) -> Callable[[Iterable[str]], list[int]]:
    """The test of many raw bodies: quick, since most have none of the signs."""
    first, pattern, unless = test

    def test_bodies(bodies: Iterable[str]) -> list[int]:
        search, results = _compiled(pattern).search, list[int]()
        for raw in bodies:
            for sign in first:
                if sign in raw and search(raw) is not None:
                    results.append(not any(sign in raw for sign in unless) or _has_role(raw, format, repair, role))
                    break
            else:
                results.append(0)
        return results

    return test_bodies


def _has_role(raw: str, format: Format, repair: bool, role: str) -> bool:
    from rumor_tui.blocks import parse_body

    blocks = parse_body(raw, format, repair)
    return any(block.kind == role or any(span.role == role for span in block.spans) for block in blocks)


def _quoting(columns: CommentColumns) -> FeatureTest:
    """A block quote, a line after ">", or a passage that repeats another text."""
    in_markup = _has_span(_QUOTES, "quote")(columns)

    def test(items: Sequence[int]) -> list[int]:
        quotes = (
            columns.knowledge.conversation.quotes if columns.knowledge.conversation else {}
        )  # which may be found after the query
        return [count or item in quotes for item, count in zip(items, in_markup(items), strict=True)]

    return test


def _noted(columns: CommentColumns) -> FeatureTest:
    """Comments that have notes in the library."""
    first = columns.first

    def test(items: Sequence[int]) -> list[int]:
        noted = columns.remembered("note")  # which is known when the search begins, after the query was read
        return [noted[item - first] if item >= first else 0 for item in items]

    return test


CONTENT_FEATURES: Final = (
    ContentFeature("number", "a number, in figures or in words", _has_marks("number"), "marks"),
    ContentFeature("name", "a name of a person or a thing", _has_marks("name"), "marks"),
    ContentFeature("link", "a link", _has_span(_LINKS, "link")),
    ContentFeature("quote", "a quotation, or a passage that repeats another text", _quoting, "conversation"),
    ContentFeature("code", "code", _has_span(_CODES, "code")),
    ContentFeature("image", "an image", _has_span(_IMAGES, "image")),
    ContentFeature("note", "a note of yours", _noted),
)
"""The words that `has:` takes."""


# The table of operators

OperandKind = Literal["name", "choice", "measure", "date"]


@dataclass(frozen=True, slots=True)
class Operator:
    """A word with a colon: what it takes, and what it means, in words that continue "comments …"."""

    name: str
    takes: OperandKind
    wants: str
    means: str
    example: str
    values: tuple[tuple[str, str], ...] = ()
    """For a choice: each word and its meaning."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of a choice."""
        return tuple(word for word, _ in self.values)


def _values(rows: Iterable[CommentState | ContentFeature]) -> tuple[tuple[str, str], ...]:
    return tuple((row.name, row.means) for row in rows)


PLACES: Final = (("article", "the title and the text of the article"), ("comments", "the comments"))

OPERATORS: Final[dict[str, Operator]] = {
    operator.name: operator
    for operator in (
        Operator("by", "name", "an author", "by that author", "by:gabe"),
        Operator("to", "name", "an author", "that reply to that author", "to:gabe"),
        Operator("name", "name", "a name", "that mention that name, in any of its forms", "name:segler"),
        Operator("has", "choice", "a thing", "that have such a thing", "has:link", _values(CONTENT_FEATURES)),
        Operator("is", "choice", "a state", "in that state", "is:leaf", _values(COMMENT_STATES)),
        Operator("in", "choice", "a place", "in the article, or in the comments", "in:article", PLACES),
        Operator("depth", "measure", "a number", "at that depth; top-level comments have 0", "depth:<3"),
        Operator("replies", "measure", "a number", "with that many direct replies", "replies:>5"),
        Operator("score", "measure", "a number", "with that score, if the source has scores", "score:>100"),
        Operator("before", "date", "a date", "written before that year, month or day", "before:2011-03"),
        Operator("after", "date", "a date", "written in that year, month or day, or later", "after:2011-03-08"),
    )
}
"""Every operator, by its name."""


def _with_value(operator: Operator, word: str, means: str) -> Operator:
    """The operator with another word."""
    return replace(operator, values=(*operator.values, (word, means)))


LIBRARY_OPERATORS: Final[dict[str, Operator]] = {
    **OPERATORS,
    "is": _with_value(OPERATORS["is"], "followed", "in a thread that is followed"),
    "in": _with_value(OPERATORS["in"], "notes", "your notes"),
    "site": Operator("site", "name", "a site", "in threads of that site", "site:reddit"),
    "tag": Operator("tag", "name", "a tag", "in threads with that tag", "tag:cars"),
    "title": Operator("title", "name", "a part of a title", "in threads with that in their titles", "title:turbo"),
}
"""Every operator of a search in the library, by its name: those of a thread, and what only the library knows."""


@dataclass(frozen=True, slots=True)
class SyntaxSign:
    """Syntax without a colon: how it is written, what it means, an example."""

    written: str
    means: str
    example: str


SYNTAX_SIGNS: Final = (
    SyntaxSign("words", "these words, in this order", "dealer allocation"),
    SyntaxSign('"…"', "text as it stands, even if it looks like something else", '"by:gabe"'),
    SyntaxSign("-", "not what follows", "-by:gabe"),
    SyntaxSign("or", "what stands before it, or what stands after it", "turbo or diesel"),
    SyntaxSign("/…/", "a regular expression; with i after it, ignoring case", "/20(10|11)/i"),
    SyntaxSign("600", "that number, in figures or in words", "600"),
    SyntaxSign(">  >=  <  <=", "numbers above or below that one", ">500"),
    SyntaxSign("..", "numbers in that range", "400..700"),
    SyntaxSign("~", "numbers within 10 % of that one", "~600"),
    SyntaxSign("$  €  £ …", "amounts of money", "$>50k"),
    SyntaxSign("%", "percentages", "%>2"),
    SyntaxSign(
        "noun:",
        "numbers of these things, or with this unit; nouns for the same thing count together (units, examples, cars, "
        "copies …)",
        "units:400..700",
    ),
)
"""The rest of the language."""
