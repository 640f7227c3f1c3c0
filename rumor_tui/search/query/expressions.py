"""Regular expressions: compiled with readable errors, run with a time limit, and counted in many texts at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from rumor_tui.search.query.query import CountInTexts, CountMatches, FindSpans, QueryError, QueryTooSlow

MAX_HIT_SHARE: Final = 0.25
"""The share of chunks with a match above which texts are taken one by one."""

_CHUNK: Final = 16
_GAP: Final = "\n\0\n"
"""Stands between joined texts: to an edge of a word it is what an end of the text is, and no "." runs over it."""

# What could see whether a text ends, or takes back less than it could: anchors, groups with a "?" (lookarounds, flags,
# atomic ones), possessive repeats, fuzzy matching and control verbs.
_AWARE: Final = re.compile(r"\^|\$|\(\?(?!:)|\(\*|[+*?}]\+|\{[^\d,]|\\[AZzGKRX0nsSWDBP]|\.\*\.|\[\^|\[\[")


class SupportsSearch(Protocol):
    """The part of a compiled expression that is used here."""

    def search(self, string: str, *, timeout: float) -> object | None:
        """The first match; raises TimeoutError."""
        ...


def batch_counter(pattern: str, compiled: SupportsSearch, count: CountMatches, seconds: float) -> CountInTexts | None:
    """What counts in many texts as `count` does in each; None where only each alone tells.

    A text without a stretch that every match holds has none, and a few texts joined have none where no place of all of
    them begins one. `seconds` is the time for a chunk.
    """
    needle = required_substring(pattern)
    if needle:
        return lambda texts: [count(text) if needle in text else 0 for text in texts]
    return _count_joined(compiled, count, seconds) if not _AWARE.search(pattern) else None


def _count_joined(compiled: SupportsSearch, count: CountMatches, seconds: float) -> CountInTexts:
    chunks = hits = 0

    def count_all(texts: list[str]) -> list[int]:
        nonlocal chunks, hits
        found: list[int] = []
        for at in range(0, len(texts), _CHUNK):
            chunk = texts[at : at + _CHUNK]
            frequent = chunks >= _CHUNK and hits > MAX_HIT_SHARE * chunks
            if not frequent:
                chunks += 1
            if frequent or _may_match(chunk):
                hits += not frequent
                found += map(count, chunk)
            else:
                found += [0] * len(chunk)
        return found

    def _may_match(chunk: list[str]) -> bool:
        try:
            return compiled.search(_GAP.join(chunk), timeout=seconds) is not None
        except (TimeoutError, MemoryError):
            return True  # each alone has its own time, and says what is wrong

    return count_all


def required_substring(pattern: str) -> str:
    """The longest stretch of plain letters and digits that stands in all that an expression matches; "" for none."""
    if "|" in pattern or "(?" in pattern or "(*" in pattern:
        return ""
    best = run = ""
    at = depth = 0
    while at < len(pattern):
        char, behind = pattern[at], pattern[at + 1 : at + 2]
        size = 2 if char == "\\" else 1
        if char == "[":
            size = _set_size(pattern, at)
        depth += (char == "(") - (char == ")")
        plain = not depth and char.isalnum() and char.isascii()
        if plain and behind not in ("?", "*", "{"):
            run += char
        else:
            run = ""
        if char == "\\" and pattern[at + 1 : at + 2] not in tuple(".-+*?/'\""):
            size = len(pattern) - at if behind and behind in "pPNxuUL0123456789gk" else 2  # what may take more
        best = run if len(run) > len(best) else best
        at += size
        if pattern[at : at + 1] == "+":
            run = ""
    return best if len(best) > 1 else ""


def _set_size(pattern: str, at: int) -> int:
    """The length of a [set]; to the end of the pattern where that is not plain."""
    end = at + 1 + (pattern[at + 1 : at + 2] == "^")
    end += pattern[end : end + 1] == "]"
    while end < len(pattern) and pattern[end] != "]":
        if pattern[end] == "[":
            return len(pattern) - at
        end += 2 if pattern[end] == "\\" else 1
    return end + 1 - at


ITEM_SECONDS: Final = 0.03
"""Time for one item, in seconds of the processor: a thousand times what an ordinary expression takes on a comment."""

CHARACTER_SECONDS: Final = 1e-6
"""More time for each character of the item, so that a body of 1 MB may take a second."""

CHUNK_SECONDS: Final = 0.05
"""Time for a look at a few texts at once, in seconds of the processor."""

SHORT_TEXT: Final = 1000
"""Characters of a text in which a simple expression needs no clock, which itself takes longer than most texts do."""

# No groups and alternatives, nothing optional, and at most one repeat, with little behind it: what matches is found in
# at most the square of the text's length, so that a short text takes no longer than `ITEM_SECONDS`.
_REGEX_STEP: Final = r"(?:\\[dDwWsSbBntr]|\\[^\w\s]|\[\^?[^\\\[\]]+\]|[^\\\[\](){}|*+?])"
_SIMPLE: Final = re.compile(rf"{_REGEX_STEP}{{1,12}}(?:[*+]{_REGEX_STEP}{{0,6}})?")

_TOO_SLOW: Final = "The expression takes too long: it tries too many ways to match the same text."

# What `regex` says (the beginning of it) -> what people are told. {at} is the place that the fault was noticed at,
# {last} the place before it, both counted from 1.
_FAULTS: Final = (
    ("missing )", 'The expression stops inside a group: a ")" is missing at {at}.'),
    ("unbalanced parenthesis", 'The ")" at {at} closes no group.'),
    ("unterminated character set", 'The expression stops inside a set: a "]" is missing at {at}.'),
    ("missing ]", 'The expression stops inside a set: a "]" is missing at {at}.'),
    ("missing >", 'The name of a group stops short: a ">" is missing at {at}.'),
    ("missing ", "The expression is not complete: something is missing at {at}."),
    ("expected }", 'A "}}" is missing at {at}.'),
    ("nothing to repeat", "The repeat sign at {at} has nothing before it to repeat."),
    ("multiple repeat", "The repeat sign at {at} follows another one."),
    ("repeat count too big", "The repeat count at {at} is too big."),
    ("min repeat greater", "The repeat at {at} counts down: its smaller number comes first."),
    ("bad escape (end", 'The expression ends in a lone "\\" at {last}.'),
    ("bad escape", "The escape that ends at {last} means nothing."),
    ("bad hex escape", "The escape that ends at {last} is not complete."),
    ("incomplete escape", "The escape that ends at {last} is not complete."),
    ("bad character range", "The range that ends at {last} runs backwards or has no end."),
    ("expected character set", "A set of characters is expected at {at}."),
    ("unknown property", "The property that ends at {last} is not known."),
    ("undefined character name", "The character name that ends at {last} is not known."),
    ("undefined named list", "The named list at {last} is not known here."),
    ("missing group name", "The group at {at} has no name."),
    ("bad character in group name", "The name of the group at {at} may hold only letters, digits and _."),
    ("ambiguous group", "The group referred to at {at} is not clear."),
    ("cannot refer to an open group", "The group referred to at {at} is not closed yet."),
    ("unknown group", "The group referred to at {at} does not exist."),
    ("invalid group reference", "The group referred to at {at} does not exist."),
    ("unknown extension", 'What follows "(?" at {at} is not known.'),
    ("bad inline flags", "The flags at {at} cannot be set like this."),
)


class RegexPattern(Protocol):
    """The part of `regex.Pattern` that is used here (the package has no types of its own)."""

    flags: int
    groups: int

    def finditer(self, string: str, *, timeout: float) -> Iterator[re.Match[str]]:
        """The matches in order; raises TimeoutError."""
        ...

    def search(self, string: str, *, timeout: float) -> re.Match[str] | None:
        """The first match; raises TimeoutError."""
        ...

    def findall(self, string: str, *, timeout: float | None = None) -> list[str]:
        """The matched texts, if there are no groups; raises TimeoutError."""
        ...


class CompiledExpression(NamedTuple):
    """What finds and counts in one text, and what counts in many, if there is a quicker way than one by one."""

    find: FindSpans
    count: CountMatches
    count_all: CountInTexts | None


def compile_expression(pattern: str, sensitive: bool, word: bool = False) -> CompiledExpression:
    """What finds and counts the matches of an expression; those of no width are left out.

    An expression that is not sensitive is for folded text. Raises QueryError if the pattern is not valid; both
    functions raise TooSlow.
    """
    flags = 0 if sensitive or _caseless(pattern) else re.IGNORECASE
    compiled = _compiled(pattern, flags)
    if word:
        compiled = _compiled(rf"(?<!\w)(?:{pattern})(?!\w)", flags)
    count = _counter(compiled, simple=needs_no_timeout(pattern))
    many = None if flags or compiled.flags & _REVERSE else batch_counter(pattern, compiled, count, CHUNK_SECONDS)
    return CompiledExpression(_finder(compiled), count, many)


def needs_no_timeout(pattern: str) -> bool:
    """Whether an expression surely needs no clock for a text of `SHORT_TEXT` characters."""
    return _SIMPLE.fullmatch(pattern) is not None


def _caseless(pattern: str) -> bool:
    """True when the pattern surely means the same in lower-case text without the (twice as slow) case flag."""
    return (
        pattern.isascii() and pattern == pattern.lower() and not re.search(r"\\[^wdsbntr\W]|\[:|\(\?[^:=!<]", pattern)
    )


def _compiled(pattern: str, flags: int) -> RegexPattern:
    import regex

    try:
        compiled: RegexPattern = regex.compile(pattern, flags)
    except regex.error as error:
        raise QueryError(_sentence(error.msg, error.pos), error.pos) from None
    except RecursionError:
        raise QueryError("The expression is nested too deeply.") from None
    except Exception:  # A fault of the compiler itself must not end the reader's session.
        raise QueryError("The expression cannot be used.") from None
    return compiled


def _sentence(message: str, position: int | None) -> str:
    if position is None:
        return "The expression names something that is not known."
    for begins, sentence in _FAULTS:
        if message.startswith(begins):
            return sentence.format(at=position + 1, last=max(position, 1))
    return f"The expression has a fault at {position + 1}."


def _seconds(text: str) -> float:
    return ITEM_SECONDS + CHARACTER_SECONDS * len(text)


def _finder(pattern: RegexPattern) -> FindSpans:
    def find(text: str) -> Iterator[tuple[int, int]]:
        try:
            for match in pattern.finditer(text, timeout=_seconds(text)):
                if match[0]:
                    yield match.span()
        except (TimeoutError, MemoryError):
            raise QueryTooSlow(_TOO_SLOW) from None

    return (lambda text: iter(sorted(find(text)))) if pattern.flags & _REVERSE else find


def _counter(pattern: RegexPattern, *, simple: bool) -> CountMatches:
    """Count what the finder finds: `findall` gives a string a match, and is faster, if there are no groups."""
    if pattern.groups:
        find = _finder(pattern)
        return lambda text: sum(1 for _ in find(text))

    def count(text: str) -> int:
        if simple and len(text) <= SHORT_TEXT:
            found = pattern.findall(text)
            return len(found) - found.count("")
        try:
            found = pattern.findall(text, timeout=_seconds(text))
        except (TimeoutError, MemoryError):
            raise QueryTooSlow(_TOO_SLOW) from None
        return len(found) - found.count("")

    return count


_REVERSE: Final = 0x400
"""The value of `regex.REVERSE`, with which matches come from right to left."""
