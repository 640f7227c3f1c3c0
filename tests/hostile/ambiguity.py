"""Which patterns can match a text in ways without number, so that a page with such a text holds the program for ever.

A repetition whose turns can read the same text in two ways, such as `(?:a|ab|b)+`, has 2 to the power of n ways for n
turns, and `re` tries them all where what follows does not match. It cannot be interrupted there. The finding of such
repetitions is the one that is told in Weideman and others, "Analyzing Matching Time Behavior of Backtracking Regular
Expression Matchers by Using Ambiguity of NFA" (CIAA 2016): a state of the automaton from which two ways with the same
text lead back to it. Assertions and references back are taken for nothing here, so what is found may be harmless; what
is not found is.
"""

from __future__ import annotations

import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

_State = TypeVar("_State", int, tuple[int, int])

_SAMPLES = "aZé_0٣ \t\n\xa0.-!'\"<>&ж語’"
"""Characters of every kind that classes tell apart."""

_FEW = 3
"""A repetition of at most so many turns is written out; others count as endless."""

_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


class _Part(NamedTuple):
    """A part of a pattern: whether it can be empty, and the states that it can begin and end with."""

    empty: bool
    first: Counter[int]
    last: Counter[int]


class _Automaton:
    """The states of a pattern, each with the characters of a sample that it reads, and the steps between them."""

    def __init__(self, source: str, flags: int) -> None:
        tree = parser.parse(source, flags)
        self.folds = bool(tree.state.flags & re.IGNORECASE)
        self.dotall = bool(tree.state.flags & re.DOTALL)
        self.sample = sorted({*_SAMPLES, *self._written(tree)})
        self.reads: list[int] = []
        """For each state, the characters of the sample that it reads, a bit for each."""
        self.steps: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._known: dict[str, int] = {}
        self._row(tree)

    def _written(self, items: Any) -> set[str]:
        """The characters that a pattern names, with both cases."""
        found: set[str] = set()
        waiting: list[Any] = [items]
        while waiting:
            one = waiting.pop()
            if isinstance(one, tuple) and len(one) == 2 and one[0] in (codes.LITERAL, codes.NOT_LITERAL):
                found.add(chr(one[1]))
            elif isinstance(one, tuple) and len(one) == 2 and one[0] is codes.RANGE:
                found.update(map(chr, one[1]))
            elif isinstance(one, (tuple, list, parser.SubPattern)):
                waiting.extend(one)
        return found | {char.swapcase() for char in found if len(char.swapcase()) == 1} if self.folds else found

    def _row(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        """Parts that follow each other."""
        whole = _Part(True, Counter(), Counter())
        for op, value in items:
            whole = self._joined(whole, self._part(op, value))
        return whole

    def _joined(self, one: _Part, other: _Part) -> _Part:
        self._link(one.last, other.first)
        first = one.first + other.first if one.empty else one.first
        last = one.last + other.last if other.empty else other.last
        return _Part(one.empty and other.empty, first, last)

    def _link(self, lasts: Counter[int], firsts: Counter[int]) -> None:
        for last, times in lasts.items():
            for first, count in firsts.items():
                self.steps[last][first] += times * count

    def _part(self, op: Any, value: Any) -> _Part:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            return self._repeated(*value)
        if op is codes.POSSESSIVE_REPEAT:
            return self._repeated(*value, is_last=True)
        if op is codes.SUBPATTERN:
            return self._row(value[-1])
        if op is codes.ATOMIC_GROUP:
            return self._atomic(value)
        if op is codes.BRANCH:
            return self._either([self._row(way) for way in value[1]])
        if op is codes.GROUPREF_EXISTS:
            return self._either([self._row(way or ()) for way in value[1:]])
        if op in (codes.AT, codes.ASSERT, codes.ASSERT_NOT, codes.GROUPREF):
            return _Part(True, Counter(), Counter())
        self.reads.append(self._characters(op, value))
        state = Counter([len(self.reads) - 1])
        return _Part(False, state, state)

    def _either(self, ways: Sequence[_Part]) -> _Part:
        first, last = Counter[int](), Counter[int]()
        for way in ways:
            first, last = first + way.first, last + way.last
        return _Part(any(way.empty for way in ways), first, last)

    def _repeated(self, least: int, most: int, body: Any, *, is_last: bool = False) -> _Part:
        """A repetition; one with which an atomic group ends is never gone back into, so its turns do not matter."""
        if most > _FEW:
            part = self._row(body)
            if not is_last:
                self._link(part.last, part.first)
            return part._replace(empty=part.empty or least == 0)
        optional = _Part(True, Counter(), Counter())
        for _ in range(most - least):
            optional = self._joined(self._row(body), optional)._replace(empty=True)
        whole = _Part(True, Counter(), Counter())
        for part in [*(self._row(body) for _ in range(least)), optional]:
            whole = self._joined(whole, part)
        return whole

    def _atomic(self, items: Sequence[tuple[Any, Any]]) -> _Part:
        """A group that is never gone back into."""
        *front, (op, value) = items
        if op not in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            return self._row(items)
        return self._joined(self._row(front), self._repeated(*value, is_last=True))

    def _characters(self, op: Any, value: Any) -> int:
        """Those of the sample that a state reads, a bit for each."""
        key = repr((op, value))
        if key not in self._known:
            reads = _reads(op, value, self.dotall)
            self._known[key] = sum(
                1 << place
                for place, char in enumerate(self.sample)
                if reads(char) or (self.folds and (reads(char.lower()) or reads(char.upper())))
            )
        return self._known[key]


def _reads(op: Any, value: Any, dotall: bool) -> Callable[[str], bool]:
    """What one character of a pattern reads."""
    if op is codes.LITERAL:
        return lambda char: char == chr(value)
    if op is codes.NOT_LITERAL:
        return lambda char: char != chr(value)
    if op is codes.RANGE:
        return lambda char: chr(value[0]) <= char <= chr(value[1])
    if op is codes.CATEGORY:
        return lambda char: re.fullmatch(_CATEGORIES[value], char) is not None
    if op is codes.ANY:
        return lambda char: dotall or char != "\n"
    negated = value[0][0] is codes.NEGATE
    members = [_reads(member, argument, dotall) for member, argument in value[negated:]]
    return lambda char: any(member(char) for member in members) != negated


def endless_repetition(source: str, flags: int = 0) -> str | None:
    """A text that the turns of a repetition can read in two ways, or None where the pattern has no such repetition."""
    automaton = _Automaton(source, flags)
    steps = {state: set(following) for state, following in automaton.steps.items()}
    back: defaultdict[int, set[int]] = defaultdict(set)
    for state, following in steps.items():
        for there in following:
            back[there].add(state)
    done: set[int] = set()
    for state in range(len(automaton.reads)):
        if state not in done:
            loop = _reached(steps, [state]) & _reached(back, [state])
            done |= loop
            text = _two_ways(automaton, sorted(loop))
            if text is not None:
                return text
    return None


def _reached(steps: Mapping[_State, Iterable[_State]], begin: Iterable[_State]) -> set[_State]:
    """What can be reached by one step or more."""
    found: set[_State] = set()
    waiting = list(begin)
    while waiting:
        for following in steps.get(waiting.pop(), ()):
            if following not in found:
                found.add(following)
                waiting.append(following)
    return found


def _two_ways(automaton: _Automaton, loop: Sequence[int]) -> str | None:
    """A text with which two ways through the states of a loop part and meet again."""
    inside = set(loop)
    before: dict[tuple[int, int], tuple[tuple[int, int], str]] = {}
    back: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    waiting = [(state, state) for state in loop]
    for here in waiting:
        for left, right, char in _pairs(automaton, here, inside):
            there = (left, right)
            if left == right and here[0] == here[1]:
                if automaton.steps[here[0]][left] > 1:
                    return char
                continue
            back[there].append(here)
            if left != right and there not in before:
                before[there] = here, char
                waiting.append(there)
    meeting = _reached(back, [pair for pair in list(back) if pair[0] == pair[1]])
    parted = next((pair for pair in before if pair in meeting), None)
    return None if parted is None else _text(before, parted)


def _pairs(automaton: _Automaton, here: tuple[int, int], inside: set[int]) -> Iterator[tuple[int, int, str]]:
    """The pairs of states to which one character leads from a pair, with that character."""
    lefts, rights = (sorted(inside.intersection(automaton.steps[state])) for state in here)
    for left in lefts:
        for right in rights:
            if here[0] == here[1] and right < left:
                continue
            common = automaton.reads[left] & automaton.reads[right]
            if common:
                yield left, right, automaton.sample[common.bit_length() - 1]


def _text(before: Mapping[tuple[int, int], tuple[tuple[int, int], str]], there: tuple[int, int]) -> str:
    """What leads to a pair of states from where the two were one."""
    text = ""
    while there in before:
        there, char = before[there]
        text = char + text
    return text
