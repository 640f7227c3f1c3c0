"""What the text says: numbers and names, as marks on a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rumor_tui.marks.mark import Amount, Kind, Mark
from rumor_tui.marks.names.lexicon import EMPTY_LEXICON, LexiconBuilder, ThreadLexicon

if TYPE_CHECKING:
    from rumor_tui.marks.names.tagger import TaggedName

    Paragraphs = Sequence[Sequence[TaggedName] | None]

__all__ = ["EMPTY_LEXICON", "Amount", "Kind", "LexiconBuilder", "Mark", "ThreadLexicon", "find_marks"]


def find_marks(text: str, evidence: ThreadLexicon = EMPTY_LEXICON, tagged: Paragraphs | None = None) -> list[Mark]:
    """The numbers and names in a text, in order, never overlapping.

    `evidence` is what the thread as a whole says; pass the same object for each text, for the look-up that is built
    from it is kept. `tagged` is what the gathering found in this very text (`LexiconBuilder.tagged`), which spares the
    tagger a second walk but for the paragraphs that it did not see.
    Addresses of pages and of mail are not looked into. Each paragraph is read by itself: what stands in one has no
    bearing on another, other than by the evidence.
    """
    from rumor_tui.marks.scanning import split_paragraphs

    marks: list[Mark] = []
    for number, (start, end) in enumerate(split_paragraphs(text)):
        found = _in_paragraph(text[start:end], evidence, tagged[number] if tagged is not None else None)
        marks += [Mark(m.start + start, m.end + start, *m[2:]) for m in found] if start else found
    return marks


def _in_paragraph(text: str, evidence: ThreadLexicon, tagged: Sequence[TaggedName] | None) -> list[Mark]:
    from rumor_tui.marks.conversation import participants as persons
    from rumor_tui.marks.names import acronyms_and_codes, name_finder
    from rumor_tui.marks.numbers import number_finder
    from rumor_tui.marks.scanning import blank_addresses, word_set

    raw, text = text, blank_addresses(text)
    words = word_set(text)
    digits = number_finder.has_digits(text)
    marks = number_finder.find_numbers(text, words, digits)
    others = name_finder.find_names(text, words, evidence, raw if tagged is None else tagged)
    if digits:
        others += acronyms_and_codes.find_codes(text, evidence.codes)
    if evidence.people or "@" in text:
        others += persons.find_people(text, words, evidence.people)
    return _merged(marks, others) if others else marks


_RANK = {"product": 1, "date": 2, "money": 2, "user": 3}
"""Types that win over others that they overlap, the highest first; among equals the longest wins."""


def _merged(numbers: list[Mark], names: list[Mark]) -> list[Mark]:
    """Both kinds in one list without overlaps."""
    kept: list[Mark] = []
    for mark in sorted(numbers + names, key=_place):
        while kept and kept[-1].end > mark.start and _beats(mark, kept[-1]):
            kept.pop()
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept


def _place(mark: Mark) -> tuple[int, int, str]:
    return mark.start, mark.end, mark.kind


def _beats(mark: Mark, other: Mark) -> bool:
    """Whether the later of two overlapping marks is the one to keep."""
    ranks = _RANK.get(mark.type, 0), _RANK.get(other.type, 0)
    if ranks[0] != ranks[1] and mark.kind != other.kind:
        return ranks[0] > ranks[1]
    return mark.end - mark.start > other.end - other.start or (
        mark.end - mark.start == other.end - other.start and ranks[0] > ranks[1]
    )
