"""What the single terms of a query are in a thread: how to tell where they hold, and where they light up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

from rumor_tui.marks.base import Mark
from rumor_tui.search.base import Matcher, Query
from rumor_tui.search.facts import FEW, Facts
from rumor_tui.search.states import HAVINGS, STATES, Needs
from rumor_tui.search.terms import Choice, Measure, Named, Number, Pattern, Term, When, Words
from rumor_tui.text import fold

Spots: TypeAlias = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """One term in one thread.

    `counts` tells of some items, which are rising, how often the term is in each: for a fact 0 or 1. `spots` gives
    the places in an item, left to right without overlaps, and is None for facts. `cost` orders terms: the cheaper
    ones are asked first. `needle` is, for the plainest texts, the one string that every place is. `needs` is what must
    be known of the thread before the counts are sure, and `early` that they are quick before the texts are there.
    """

    counts: Callable[[Sequence[int]], Sequence[int]]
    spots: Callable[[int], Spots] | None = None
    cost: int = 0
    needle: str = ""
    needs: Needs = ""
    early: bool = False


_COLUMN, _LOOKUP, _TEXT, _BODY, _EXPRESSION = range(5)


def part_of(term: Term, facts: Facts, query: Query) -> Part:
    """What a term is in a thread; `query` says how case and word edges count. Raises QueryError for an expression."""
    match term:
        case Words(text):
            return text_part(_words(text, query), facts)
        case Pattern(pattern, caseless):
            return text_part(_expression(pattern, caseless, query), facts)
        case Number():
            return _number(term, facts)
        case Named("name", value):
            return _name(value, facts)
        case Named("by", value):
            called = facts.called(value)
            return _rows(facts, lambda: bytes(author in called for author in facts.authors))
        case Named(_, value):
            return _to(value, facts)
        case Choice("in", place):
            return _fact(lambda item: (item < facts.first) == (place == "article"), _COLUMN)
        case Choice("is", name):
            state = next(state for state in STATES if state.name == name)
            return _rows(facts, lambda: state.rows(facts), state.needs)
        case Choice(_, name):
            having = next(having for having in HAVINGS if having.name == name)
            return Part(having.holds(facts), cost=_LOOKUP if having.needs == "marks" else _BODY, needs=having.needs)
        case Measure():
            return _measure(term, facts)
        case When():
            return _when(term, facts)


# Texts


def _words(text: str, query: Query) -> Matcher:
    from rumor_tui.search.query import compile_query

    return compile_query(Query(text, query.case, query.word))


def _expression(pattern: str, caseless: bool, query: Query) -> Matcher:
    from rumor_tui.search.query import compile_query

    return compile_query(Query(pattern, "insensitive" if caseless else query.case, query.word, regex=True))


def text_part(matcher: Matcher, facts: Facts) -> Part:
    """A text or an expression."""
    index, part = facts.index, matcher.part
    early = index.counts_early and matcher.folded and part.isascii() and part.isalnum()

    def text(item: int) -> str:
        ready = matcher.folded and item < len(index.folded)
        return index.folded[item] if ready else matcher.prepare(index.item_text(item))

    def texts(items: Sequence[int]) -> Iterable[str]:
        ready = index.folded if matcher.folded else index.plain
        if not items or items[-1] >= len(ready):
            return map(text, items)
        some = ready[items.start : items.stop] if isinstance(items, range) else map(ready.__getitem__, items)
        return some if matcher.folded else map(matcher.prepare, some)

    def counts(items: Sequence[int]) -> list[int]:
        if early and isinstance(items, range) and len(items) > 1 and items[-1] >= len(index.folded):
            words = index.word_counts(items, part)
            if matcher.needle:
                return words
            texts_with = map(matcher.prepare, index.texts(list(compress(items, words))))
            return [matcher.count(next(texts_with)) if word else 0 for word in words]
        if matcher.count_all is not None:
            return matcher.count_all(list(texts(items)))
        return list(map(matcher.count, texts(items)))

    def spots(item: int) -> Spots:
        return matcher.find(text(item))

    return Part(counts, spots, _EXPRESSION if matcher.query.regex else _TEXT, matcher.needle, early=early)


# Numbers and names


def _number(number: Number, facts: Facts) -> Part:
    from rumor_tui.search.figures import amount_test, digits_pattern, mark_test, may_compare

    def ids() -> list[int]:
        marks = facts.known_marks
        return [id for id in marks.ids_where(amount_test(number)) if may_compare(marks.type_of(id), number)]

    digits = digits_pattern(number)
    found = _Marked(facts, mark_test(number), ids)
    if digits is None:
        return Part(found.counts, found.spots, _LOOKUP, needs="marks")
    typed = _Typed(facts, found, digits, number.low.digits)
    return Part(typed.counts, typed.spots, _TEXT, needs="marks")


def _name(name: str, facts: Facts) -> Part:
    wanted = " ".join(fold(name).split())
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")

    def is_form(text: str) -> bool:
        return whole.search(" ".join(fold(text).split())) is not None

    def ids() -> list[int]:
        marks = facts.known_marks
        held = map(marks.entry, marks.ids_named(wanted))
        return [id for entry in held if entry.kind == "name" and any(map(is_form, (entry.value, *entry.forms)))
                and (id := marks.id_of("name", entry.value)) is not None]  # fmt: skip

    found = _Marked(facts, lambda mark: mark.kind == "name", ids, is_form)
    return Part(found.counts, found.spots, _LOOKUP, needs="marks")


class _Marked:
    """The marks of some entries: looked up once all are known, and until then found in the text that is asked for."""

    def __init__(
        self,
        facts: Facts,
        wanted: Callable[[Mark], bool],
        ids: Callable[[], list[int]],
        is_form: Callable[[str], bool] | None = None,
    ) -> None:
        self.facts = facts
        self._wanted = wanted
        self._find_ids = ids
        self._is_form = is_form
        self._ids: frozenset[int] | None = None
        self._counts: Sequence[int] | None = None

    def _known(self) -> frozenset[int] | None:
        """The entries, once the marks of all items are known."""
        if self._ids is None and self.facts.knowledge.marks_known:
            self._ids = frozenset(self._find_ids())
        return self._ids

    def counts(self, items: Sequence[int]) -> Sequence[int]:
        ids = self._known()
        if ids is None or len(items) <= FEW:
            return [len(self.spots(item)) for item in items]
        if self._counts is None:
            self._counts = self.facts.known_marks.items_with(ids)
        if isinstance(items, range):
            return self._counts[items.start : items.stop]
        return list(map(self._counts.__getitem__, items))

    def spots(self, item: int) -> list[tuple[int, int]]:
        """Where they stand."""
        ids = self._known()
        if ids is not None:
            return self.facts.known_marks.spans_of(item, ids)
        return [(mark.start, mark.end) for mark in self.facts.marks_of(item) if self._takes(mark, item)]

    def _takes(self, mark: Mark, item: int) -> bool:
        if not self._wanted(mark):
            return False
        text = self.facts.text(item)[mark.start : mark.end]
        return self._is_form is None or self._is_form(text) or self._is_form(mark.value)

    def others(self, item: int) -> list[tuple[int, int]]:
        """Where numbers stand that are worth something else."""
        ids = self._known()
        if ids is None:
            return [(m.start, m.end) for m in self.facts.marks_of(item) if m.amount and not self._wanted(m)]
        marks = self.facts.known_marks
        return [(s, e) for s, e, id in marks.marks_of(item) if id not in ids and marks.amount(id) is not None]


class _Typed:
    """A figure as it was typed, besides all numbers that are worth as much: the digits inside others are none."""

    def __init__(self, facts: Facts, marked: _Marked, pattern: re.Pattern[str], digits: str) -> None:
        self._facts = facts
        self._marked = marked
        self._pattern = pattern
        self._digits = digits

    def counts(self, items: Sequence[int]) -> list[int]:
        counts = list(self._marked.counts(items))
        index, digits = self._facts.index, self._digits
        if items and items[-1] < len(index.folded):
            texts = map(index.folded.__getitem__, items)
        else:
            texts = map(self._facts.text, items)
        for at, text in enumerate(texts):
            if digits in text and self._pattern.search(text) is not None:
                counts[at] = len(self.spots(items[at]))
        return counts

    def spots(self, item: int) -> list[tuple[int, int]]:
        marked = self._marked.spots(item)
        text = self._facts.text(item)
        typed = [found.span() for found in self._pattern.finditer(text)] if self._digits in text else []
        if not typed:
            return marked
        others = self._marked.others(item)
        return merged(marked, [spot for spot in typed if not _overlaps(spot, others)])


def _overlaps(spot: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < spot[1] and spot[0] < end for start, end in others)


def merged(*lists: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """All spots of some lists, left to right; those that overlap are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spot for spots in lists for spot in spots):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


# Facts


def _fact(holds: Callable[[int], bool], cost: int, needs: Needs = "") -> Part:
    return Part(lambda items: list(map(holds, items)), cost=cost, needs=needs)


def _rows(facts: Facts, rows: Callable[[], bytes], needs: Needs = "") -> Part:
    """A fact of which there is a byte a comment, made when first asked for; if it needs the talk, again with it."""
    held: dict[bool, bytes] = {}

    def counts(items: Sequence[int]) -> Sequence[int]:
        known = needs == "talk" and facts.knowledge.talk is not None
        if known not in held:
            held[known] = bytes(facts.first) + rows()
        mask = held[known]
        return mask[items.start : items.stop] if isinstance(items, range) else list(map(mask.__getitem__, items))

    return Part(counts, cost=_COLUMN, needs=needs)


def _to(name: str, facts: Facts) -> Part:
    """Comments that answer somebody, as the page has it or as they say themselves."""
    called = facts.called(name)

    def rows() -> bytes:
        authors, parent = facts.authors, facts.thread.parent
        mask = bytearray(above >= 0 and authors[above] in called for above in parent)
        for row, answer in facts.knowledge.talk.answers.items() if facts.knowledge.talk else ():
            mask[row] |= authors[answer.to] in called
        return bytes(mask)

    return _rows(facts, rows, "talk")


def _measure(term: Measure, facts: Facts) -> Part:
    from rumor_tui.search.figures import within

    test = within(term.compare, term.low, term.high)
    columns: dict[str, Callable[[], Iterable[int | None]]] = {
        "depth": lambda: facts.depth,
        "replies": lambda: facts.replies,
        "score": lambda: facts.thread.scores,
    }
    column = columns[term.operator]
    return _rows(facts, lambda: bytes(value is not None and test(value) for value in column()))


def _when(term: When, facts: Facts) -> Part:
    from rumor_tui.search.parsing import first_day

    day = first_day(term.date) or 0.0
    published = facts.thread.published
    if term.operator == "before":
        return _rows(facts, lambda: bytes(when is not None and when < day for when in published))
    return _rows(facts, lambda: bytes(when is not None and when >= day for when in published))
