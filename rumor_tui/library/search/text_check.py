"""The exact look at texts: where all terms of a query that are about texts hold, as in the view of a thread.

Texts are put into a small thread of their own, in which the query's own predicates decide. Marks that are kept are
used; of other comments they are found on the spot. What is typed without diacritics is found in texts with them, too,
which a thread view does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Final, TypeAlias

from rumor_tui.model import Thread
from rumor_tui.search.index.analysis import MAX_TEXT, ThreadAnalysis
from rumor_tui.search.index.comment_columns import CommentColumns
from rumor_tui.search.query.ast import ChoiceTerm, NameTerm, NumberTerm, Term, TextTerm
from rumor_tui.search.query.predicates import Predicate, merge_spans, predicate_for
from rumor_tui.search.query.query import Query, Spans

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Mark

TextTerms: TypeAlias = Sequence[tuple[Term, bool]]
"""Terms about texts, each with whether it must hold or must not."""

Kept: TypeAlias = "Callable[[int], list[Mark] | None]"
"""The marks of a row that are kept; None if none are."""

LAST_DIACRITIC: Final = 0x1EFF
"""The last character of Latin script with a diacritic."""


@cache
def _bare_letters() -> dict[int, str]:
    """Each letter with diacritics, and the letter of ASCII that it is without them."""
    from unicodedata import normalize

    pairs = ((code, normalize("NFD", chr(code))) for code in range(0x80, LAST_DIACRITIC + 1))
    return {code: parts[0] for code, parts in pairs if len(parts) > 1 and parts[0].isascii() and parts[0].isalpha()}


def without_diacritics(text: str) -> str:
    """The text with bare letters, of the same length."""
    return text if text.isascii() else text.translate(_bare_letters())


def needs_marks(terms: TextTerms) -> bool:
    """Whether numbers or names must be known of the texts."""
    return any(isinstance(term, NumberTerm | NameTerm) or _has_marks(term) for term, _ in terms)


def _has_marks(term: Term) -> bool:
    return isinstance(term, ChoiceTerm) and term.operator == "has" and term.value in ("number", "name")


def _needs_names(terms: TextTerms) -> bool:
    return any(isinstance(term, NameTerm) or term == ChoiceTerm("has", "name") for term, _ in terms)


class _Columns(CommentColumns):
    """Columns of a small thread whose marks are kept, or found on the spot; without names if nobody asks for them."""

    def __init__(self, analysis: ThreadAnalysis, kept: Kept, *, names: bool) -> None:
        super().__init__(analysis)
        self._kept = kept
        self._names = names

    def marks_of(self, item: int) -> list[Mark]:
        """The marks of an item, with offsets in its whole text."""
        marks = self._kept(item - self.first) if item >= self.first else None
        if marks is None:
            marks = self.knowledge.marks_of(item) if self._names else self._numbers_of(item)
        return marks

    def _numbers_of(self, item: int) -> list[Mark]:
        from rumor_tui.marks import find_numbers

        start = self.index.body_start(item)
        marks = find_numbers(self.text(item)[start : start + MAX_TEXT])
        return [mark._replace(start=mark.start + start, end=mark.end + start) for mark in marks]


class CheckedTexts:
    """The texts of some items of a small thread in which all terms hold."""

    def __init__(self, thread: Thread, items: Sequence[int], terms: TextTerms, kept: Kept) -> None:
        analysis = ThreadAnalysis(thread)
        analysis.index.build()
        self.index = analysis.index
        columns: CommentColumns = _Columns(analysis, kept, names=_needs_names(terms))
        bare = self._bare_columns(columns) if any(isinstance(term, TextTerm) for term, _ in terms) else columns
        tests = [(_predicate(term, columns, bare), wanted) for term, wanted in terms]
        self._lit: list[Predicate] = []
        for predicate, wanted in sorted(tests, key=lambda test: test[0].cost):
            if not items:
                break
            items = list(compress(items, (bool(count) == wanted for count in predicate.counts(items))))
            if wanted and predicate.spans is not None:
                self._lit.append(predicate)
        self.items = items
        """The items in which all terms hold."""

    def _bare_columns(self, columns: CommentColumns) -> CommentColumns:
        plain = columns.index.plain
        if all(map(str.isascii, plain)):
            return columns
        from rumor_tui.text import fold

        bare = ThreadAnalysis(columns.thread)
        bare.index.plain += map(without_diacritics, plain)
        bare.index.folded += map(fold, bare.index.plain)
        return CommentColumns(bare)

    def text(self, item: int) -> str:
        """The text of an item."""
        return self.index.item_text(item)

    def spans(self, item: int) -> Spans:
        """What of the text of an item in which all terms hold is looked for."""
        return merge_spans(*(predicate.spans(item) for predicate in self._lit if predicate.spans is not None))


def _predicate(term: Term, columns: CommentColumns, bare: CommentColumns) -> Predicate:
    is_bare = isinstance(term, TextTerm) and without_diacritics(term.text) == term.text
    return predicate_for(term, bare if is_bare else columns, Query())
