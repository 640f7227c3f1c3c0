"""Regular expressions: compiled with readable errors, run with a time limit, and counted in many texts at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from rumor_tui.search.query.query import CountInTexts, CountMatches, FindSpans, QueryError, QueryTooSlow

ITEM_SECONDS: Final = 0.03
"""Time limit for one item, in processor seconds: a thousand times what an ordinary expression takes on a comment."""

CHARACTER_SECONDS: Final = 1e-6
"""Additional time per character of the item, so that a body of 1 MB may take a second."""

CHUNK_SECONDS: Final = 0.05
"""Time limit for searching several texts at once, in processor seconds."""

SHORT_TEXT: Final = 1000
"""Characters up to which a simple expression needs no time limit, which itself costs more than most texts."""

MAX_HIT_SHARE: Final = 0.25
"""The share of chunks with a match above which texts are counted one by one."""

_CHUNK: Final = 16
_GAP: Final = "\n\0\n"
"""Separates joined texts: word boundaries treat it like the end of a text, and "." does not match it."""

# What may depend on where a text ends, or does not backtrack: anchors, groups with a "?" (lookarounds, flags, atomic
# groups), possessive repeats, fuzzy matching and control verbs.
_AWARE: Final = re.compile(r"\^|\$|\(\?(?!:)|\(\*|[+*?}]\+|\{[^\d,]|\\[AZzGKRX0nsSWDBP]|\.\*\.|\[\^|\[\[")


class SupportsSearch(Protocol):
    """A compiled expression, as far as it is used here."""

    def search(self, string: str, *, timeout: float) -> object | None:
        """The first match; raises TimeoutError."""
        ...


def batch_counter(pattern: str, compiled: SupportsSearch, count: CountMatches, seconds: float) -> CountInTexts | None:
    """A function that counts in many texts as `count` does in each; None if each has to be tried by itself.

    Most texts have no match. A text without a string that every match has is skipped, or else several texts are joined
    and searched at once. `seconds` is the time limit for a chunk.
    """
    needle = required_substring(pattern)
    if needle:
        return lambda texts: [count(text) if needle in text else 0 for text in texts]
    return _count_joined(compiled, count, seconds) if not _AWARE.search(pattern) else None


def _count_joined(compiled: SupportsSearch, count: CountMatches, seconds: float) -> CountInTexts:
    chunks = hits = 0

    def count_all(texts: list[str]) -> list[int]:
        nonlocal chunks, hits
        counts: list[int] = []
        for at in range(0, len(texts), _CHUNK):
            chunk = texts[at : at + _CHUNK]
            frequent = chunks >= _CHUNK and hits > MAX_HIT_SHARE * chunks
            if not frequent:
                chunks += 1
            if frequent or _may_match(chunk):
                hits += not frequent
                counts += map(count, chunk)
            else:
                counts += [0] * len(chunk)
        return counts

    def _may_match(chunk: list[str]) -> bool:
        try:
            return compiled.search(_GAP.join(chunk), timeout=seconds) is not None
        except (TimeoutError, MemoryError):
            return True  # each text has its own time limit, and raises the error

    return count_all


def required_substring(pattern: str) -> str:
    """The longest run of plain letters and digits in everything that an expression matches; "" if there is none."""
    if "|" in pattern or "(?" in pattern or "(*" in pattern:
        return ""
    best = run = ""
    at = depth = 0
    while at < len(pattern):
        char, following = pattern[at], pattern[at + 1 : at + 2]
        depth += (char == "(") - (char == ")")
        plain = not depth and char.isalnum() and char.isascii()
        run = run + char if plain and following not in ("?", "*", "{") else ""
        best = max(best, run, key=len)
        at += _element_size(pattern, at)
        if pattern[at : at + 1] == "+":
            run = ""
    return best if len(best) > 1 else ""


def _element_size(pattern: str, at: int) -> int:
    """The length of a character, an escape or a [set]; of the rest of the pattern if an escape may be a long one."""
    if pattern[at] == "[":
        return _set_size(pattern, at)
    if pattern[at] != "\\":
        return 1
    following = pattern[at + 1 : at + 2]
    return len(pattern) - at if following and following in "pPNxuUL0123456789gk" else 2


def _set_size(pattern: str, at: int) -> int:
    """The length of a [set], or of the rest of the pattern if the set is not a plain one."""
    end = at + 1 + (pattern[at + 1 : at + 2] == "^")
    end += pattern[end : end + 1] == "]"
    while end < len(pattern) and pattern[end] != "]":
        if pattern[end] == "[":
            return len(pattern) - at
        end += 2 if pattern[end] == "\\" else 1
    return end + 1 - at


# No groups and alternatives, nothing optional, and at most one repeat, with little after it: matching takes at most the
# square of the text's length, so that a short text takes no longer than `ITEM_SECONDS`.
_REGEX_STEP: Final = r"(?:\\[dDwWsSbBntr]|\\[^\w\s]|\[(?!\^\])[^\\\[\]]+\]|[^\\\[\](){}|*+?])"
_SIMPLE: Final = re.compile(rf"{_REGEX_STEP}{{1,12}}(?:[*+]{_REGEX_STEP}{{0,6}})?")

_TOO_SLOW: Final = "The expression takes too long: it tries too many ways to match the same text."

# Maps the beginning of a message of `regex` to ours. {at} is the position at which the fault was noticed, {last} the
# one before it, both counted from 1.
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
    """`regex.Pattern`, as far as it is used here (the package has no types)."""

    flags: int
    groups: int

    def finditer(self, string: str, *, timeout: float) -> Iterator[re.Match[str]]:
        """The matches in order; raises TimeoutError."""
        ...

    def search(self, string: str, *, timeout: float) -> re.Match[str] | None:
        """The first match; raises TimeoutError."""
        ...

    def findall(self, string: str, *, timeout: float | None = None) -> list[str]:
        """The matched texts, if the pattern has no groups; raises TimeoutError."""
        ...


class CompiledExpression(NamedTuple):
    """Functions that find and count in one text, and one that counts in many if that is faster than one by one."""

    find: FindSpans
    count: CountMatches
    count_all: CountInTexts | None


def compile_expression(pattern: str, sensitive: bool, word: bool = False) -> CompiledExpression:
    """Compile an expression; its matches of no width are left out.

    An expression that is not `sensitive` is for folded text. Raises QueryError if the pattern is not valid; the
    functions raise QueryTooSlow.
    """
    flags = 0 if sensitive or _caseless(pattern) else re.IGNORECASE
    compiled = _compiled(pattern, flags)
    if word:
        compiled = _compiled(rf"(?<!\w)(?:{pattern})(?!\w)", flags)
    count = _counter(compiled, simple=needs_no_timeout(pattern))
    many = None if flags or compiled.flags & _REVERSE else batch_counter(pattern, compiled, count, CHUNK_SECONDS)
    return CompiledExpression(_finder(compiled), count, many)


def needs_no_timeout(pattern: str) -> bool:
    """Whether an expression is certainly fast on a text of up to `SHORT_TEXT` characters."""
    return _SIMPLE.fullmatch(pattern) is not None


def _caseless(pattern: str) -> bool:
    """Whether a pattern certainly means the same in lower-case text without the case flag, which is twice as slow."""
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
    except Exception:  # an error in the compiler itself must not end the reader's session
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
    """Count what the finder finds. `findall` is faster, but returns one string per match only if there are no
    groups."""
    if pattern.groups:
        find = _finder(pattern)
        return lambda text: sum(1 for _ in find(text))

    def count(text: str) -> int:
        if simple and len(text) <= SHORT_TEXT:
            matches = pattern.findall(text)
            return len(matches) - matches.count("")
        try:
            matches = pattern.findall(text, timeout=_seconds(text))
        except (TimeoutError, MemoryError):
            raise QueryTooSlow(_TOO_SLOW) from None
        return len(matches) - matches.count("")

    return count


_REVERSE: Final = 0x400
"""The value of `regex.REVERSE`, with which matches are found from right to left."""
