"""The predicates of the terms of a query in a thread: which items satisfy each, and which spans it highlights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final, TypeAlias

from rumor_tui.marks.mark import Mark
from rumor_tui.search.index.comment_columns import FEW_ITEMS, CommentColumns
from rumor_tui.search.query.ast import (
    ChoiceTerm,
    DateTerm,
    MeasureTerm,
    NameTerm,
    NumberTerm,
    RegexTerm,
    Term,
    TextTerm,
)
from rumor_tui.search.query.operators import COMMENT_STATES, CONTENT_FEATURES, Requirement
from rumor_tui.search.query.query import Matcher, Query
from rumor_tui.text import fold

SpanIterable: TypeAlias = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One term in one thread.

    `counts` returns how often the term occurs in each of some items, in ascending order; for a fact about a comment 0
    or 1. `spans` returns where it occurs in an item, in order and without overlaps; it is None for facts. `cost` orders
    terms: the cheaper ones are tested first. `needle` is the text of every span, if it is always the same. `needs` is
    what must be known of the thread for exact counts. `early` means that counts are quick before the texts are built.
    """

    counts: Callable[[Sequence[int]], Sequence[int]]
    spans: Callable[[int], SpanIterable] | None = None
    cost: int = 0
    needle: str = ""
    needs: Requirement = ""
    early: bool = False


_COLUMN, _LOOKUP, _TEXT, _BODY, _EXPRESSION = range(5)


def predicate_for(term: Term, columns: CommentColumns, query: Query) -> Predicate:
    """The predicate of a term; `query` decides about case and whole words. Raises QueryError for an invalid
    expression."""
    from rumor_tui.search.query.matcher import compile_matcher

    match term:
        case TextTerm(text):
            return text_predicate(compile_matcher(Query(text, query.case, query.word)), columns)
        case RegexTerm(pattern, caseless):
            case = "insensitive" if caseless else query.case
            return text_predicate(compile_matcher(Query(pattern, case, query.word, regex=True)), columns)
        case NumberTerm():
            return _number_predicate(term, columns)
        case NameTerm(operator, value):
            return _NAME_PREDICATES[operator](value, columns)
        case ChoiceTerm(operator, value):
            return _CHOICE_PREDICATES[operator](value, columns)
        case MeasureTerm():
            return _measure_predicate(term, columns)
        case DateTerm():
            return _date_predicate(term, columns)


# Texts


def text_predicate(matcher: Matcher, columns: CommentColumns) -> Predicate:
    """The predicate of a text or a regular expression."""
    index, part = columns.index, matcher.part
    counts_early = index.counts_early and matcher.folded and part.isascii() and part.isalnum()

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
        if counts_early and isinstance(items, range) and len(items) > 1 and items[-1] >= len(index.folded):
            words = index.word_counts(items, part)
            if matcher.needle:
                return words
            texts_with = map(matcher.prepare, index.texts(list(compress(items, words))))
            return [matcher.count(next(texts_with)) if word else 0 for word in words]
        if matcher.count_all is not None:
            return matcher.count_all(list(texts(items)))
        return list(map(matcher.count, texts(items)))

    def spans(item: int) -> SpanIterable:
        return matcher.find(text(item))

    return Predicate(counts, spans, _EXPRESSION if matcher.query.regex else _TEXT, matcher.needle, early=counts_early)


# Numbers and names


def _number_predicate(number: NumberTerm, columns: CommentColumns) -> Predicate:
    from rumor_tui.search.query.number_tests import amount_test, digits_pattern, is_comparable, mark_test

    def ids() -> list[int]:
        marks = columns.known_marks
        return [id for id in marks.ids_where(amount_test(number)) if is_comparable(marks.type_of(id), number)]

    digits = digits_pattern(number)
    marks = _MarkFinder(columns, mark_test(number), ids)
    if digits is None:
        return Predicate(marks.counts, marks.spans, _LOOKUP, needs="marks")
    typed = _TypedNumberFinder(columns, marks, digits, number.low.digits)
    return Predicate(typed.counts, typed.spans, _TEXT, needs="marks")


def _name_predicate(name: str, columns: CommentColumns) -> Predicate:
    wanted = " ".join(fold(name).split())
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")

    def is_form(text: str) -> bool:
        return whole.search(" ".join(fold(text).split())) is not None

    def ids() -> list[int]:
        index = columns.known_marks
        entries = ((id, index.entry(id)) for id in index.ids_named(wanted))
        return [id for id, entry in entries if entry.kind == "name" and any(map(is_form, (entry.value, *entry.forms)))]

    marks = _MarkFinder(columns, lambda mark: mark.kind == "name", ids, is_form)
    return Predicate(marks.counts, marks.spans, _LOOKUP, needs="marks")


class _MarkFinder:
    """The marks of some entries: looked up once the marks of all items are known, until then found in each text."""

    def __init__(
        self,
        columns: CommentColumns,
        wanted: Callable[[Mark], bool],
        ids: Callable[[], list[int]],
        is_form: Callable[[str], bool] | None = None,
    ) -> None:
        self.columns = columns
        self._wanted = wanted
        self._find_ids = ids
        self._is_form = is_form
        self._ids: frozenset[int] | None = None
        self._counts: Sequence[int] | None = None

    def _known(self) -> frozenset[int] | None:
        """The entries, once the marks of all items are known."""
        if self._ids is None and self.columns.knowledge.marks_known:
            self._ids = frozenset(self._find_ids())
        return self._ids

    def counts(self, items: Sequence[int]) -> Sequence[int]:
        ids = self._known()
        if ids is None or len(items) <= FEW_ITEMS:
            return [len(self.spans(item)) for item in items]
        if self._counts is None:
            self._counts = self.columns.known_marks.items_with(ids)
        if isinstance(items, range):
            return self._counts[items.start : items.stop]
        return list(map(self._counts.__getitem__, items))

    def spans(self, item: int) -> list[tuple[int, int]]:
        """The spans of the marks in an item."""
        ids = self._known()
        if ids is not None:
            return self.columns.known_marks.spans_of(item, ids)
        return [(mark.start, mark.end) for mark in self.columns.marks_of(item) if self._is_wanted(mark, item)]

    def _is_wanted(self, mark: Mark, item: int) -> bool:
        if not self._wanted(mark):
            return False
        text = self.columns.text(item)[mark.start : mark.end]
        return self._is_form is None or self._is_form(text) or self._is_form(mark.value)

    def others(self, item: int) -> list[tuple[int, int]]:
        """The spans of numbers of other amounts."""
        ids = self._known()
        if ids is None:
            return [(m.start, m.end) for m in self.columns.marks_of(item) if m.amount and not self._wanted(m)]
        marks = self.columns.known_marks
        return [(s, e) for s, e, id in marks.marks_of(item) if id not in ids and marks.amount(id) is not None]


class _TypedNumberFinder:
    """A number as it was typed, besides all numbers of the same amount; digits inside other numbers do not count."""

    def __init__(self, columns: CommentColumns, marked: _MarkFinder, pattern: re.Pattern[str], digits: str) -> None:
        self._columns = columns
        self._marked = marked
        self._pattern = pattern
        self._digits = digits

    def counts(self, items: Sequence[int]) -> list[int]:
        counts = list(self._marked.counts(items))
        index, digits = self._columns.index, self._digits
        if items and items[-1] < len(index.folded):
            texts = map(index.folded.__getitem__, items)
        else:
            texts = map(self._columns.text, items)
        for at, text in enumerate(texts):
            if digits in text and self._pattern.search(text) is not None:
                counts[at] = len(self.spans(items[at]))
        return counts

    def spans(self, item: int) -> list[tuple[int, int]]:
        marked = self._marked.spans(item)
        text = self._columns.text(item)
        typed = [match.span() for match in self._pattern.finditer(text)] if self._digits in text else []
        if not typed:
            return marked
        others = self._marked.others(item)
        return merge_spans(marked, [span for span in typed if not _overlaps(span, others)])


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def merge_spans(*lists: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of all lists in order; overlapping ones are joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for spans in lists for span in spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# Facts about comments


def _row_predicate(columns: CommentColumns, rows: Callable[[], bytes], needs: Requirement = "") -> Predicate:
    """A fact with a byte per comment, computed when first used; if it needs the conversation, again once that is
    known."""
    masks: dict[bool, bytes] = {}

    def counts(items: Sequence[int]) -> Sequence[int]:
        known = needs == "conversation" and columns.knowledge.conversation is not None
        if known not in masks:
            masks[known] = bytes(columns.first) + rows()
        mask = masks[known]
        return mask[items.start : items.stop] if isinstance(items, range) else list(map(mask.__getitem__, items))

    return Predicate(counts, cost=_COLUMN, needs=needs)


def _author_predicate(name: str, columns: CommentColumns) -> Predicate:
    authors = columns.called(name)
    return _row_predicate(columns, lambda: bytes(author in authors for author in columns.authors))


def _addressee_predicate(name: str, columns: CommentColumns) -> Predicate:
    """Replies to an author, on the page or inferred from the texts."""
    called = columns.called(name)

    def rows() -> bytes:
        authors, parent = columns.authors, columns.thread.parent
        mask = bytearray(above >= 0 and authors[above] in called for above in parent)
        for row, reply in columns.knowledge.conversation.answers.items() if columns.knowledge.conversation else ():
            mask[row] |= authors[reply.to] in called
        return bytes(mask)

    return _row_predicate(columns, rows, "conversation")


_NAME_PREDICATES: Final = {"name": _name_predicate, "by": _author_predicate, "to": _addressee_predicate}


def _place_predicate(place: str, columns: CommentColumns) -> Predicate:
    first, in_article = columns.first, place == "article"
    return Predicate(lambda items: [(item < first) == in_article for item in items], cost=_COLUMN)


def _state_predicate(name: str, columns: CommentColumns) -> Predicate:
    state = next(state for state in COMMENT_STATES if state.name == name)
    return _row_predicate(columns, lambda: state.rows(columns), state.needs)


def _feature_predicate(name: str, columns: CommentColumns) -> Predicate:
    feature = next(feature for feature in CONTENT_FEATURES if feature.name == name)
    cost = _LOOKUP if feature.needs == "marks" else _BODY
    return Predicate(feature.holds(columns), cost=cost, needs=feature.needs)


_CHOICE_PREDICATES: Final = {"in": _place_predicate, "is": _state_predicate, "has": _feature_predicate}


def _measure_predicate(term: MeasureTerm, columns: CommentColumns) -> Predicate:
    from rumor_tui.search.query.number_tests import comparison_test

    test = comparison_test(term.compare, term.low, term.high)
    measures: dict[str, Callable[[], Iterable[int | None]]] = {
        "depth": lambda: columns.depth,
        "replies": lambda: columns.replies,
        "score": lambda: columns.thread.scores,
    }
    measure = measures[term.operator]
    return _row_predicate(columns, lambda: bytes(value is not None and test(value) for value in measure()))


def _date_predicate(term: DateTerm, columns: CommentColumns) -> Predicate:
    from rumor_tui.search.query.parser import start_of_date

    start = start_of_date(term.date) or 0.0
    published = columns.thread.published
    if term.operator == "before":
        return _row_predicate(columns, lambda: bytes(time is not None and time < start for time in published))
    return _row_predicate(columns, lambda: bytes(time is not None and time >= start for time in published))
