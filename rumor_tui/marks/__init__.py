"""Numbers and names in a text, as marks on it (`find_marks`), and the conversation that the texts of a thread form.

`numbers/` finds numbers and what they amount to, `names/` finds names, `conversation/` finds quotes, mentions and
replies, and `data/` holds the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rumor_tui.marks.mark import Amount, Kind, Mark
from rumor_tui.marks.names.lexicon import EMPTY_LEXICON, LexiconBuilder, ThreadLexicon

if TYPE_CHECKING:
    from rumor_tui.marks.names.tagger import TaggedName

    TaggedParagraphs = Sequence[Sequence[TaggedName] | None]

__all__ = ["EMPTY_LEXICON", "Amount", "Kind", "LexiconBuilder", "Mark", "ThreadLexicon", "find_marks", "find_numbers"]


def find_marks(text: str, lexicon: ThreadLexicon = EMPTY_LEXICON, tagged: TaggedParagraphs | None = None) -> list[Mark]:
    """The numbers and names in a text, in order, never overlapping.

    `lexicon` holds what is known of the names of the whole thread; pass the same object for every text, since lookup
    tables made from it are cached. `tagged` is what the lexicon's builder found in this very text
    (`LexiconBuilder.tagged`), so that only paragraphs that it skipped are tagged again. Web and mail addresses are
    skipped. Each paragraph is read by itself: apart from the lexicon, none influences another.
    """
    from rumor_tui.marks.scanning import split_paragraphs

    marks: list[Mark] = []
    for number, (start, end) in enumerate(split_paragraphs(text)):
        here = _find_in_paragraph(text[start:end], lexicon, tagged[number] if tagged is not None else None)
        marks += [Mark(m.start + start, m.end + start, *m[2:]) for m in here] if start else here
    return marks


def find_numbers(text: str) -> list[Mark]:
    """The numbers in a text, in order: like `find_marks`, but quick, and not knowing which are names ("F30")."""
    from rumor_tui.marks.numbers.number_finder import find_numbers as find_in_paragraph
    from rumor_tui.marks.numbers.number_finder import has_digits
    from rumor_tui.marks.scanning import blank_addresses, split_paragraphs, word_set

    marks: list[Mark] = []
    for start, end in split_paragraphs(text):
        paragraph = blank_addresses(text[start:end])
        found = find_in_paragraph(paragraph, word_set(paragraph), has_digits(paragraph))
        marks += [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found]
    return sorted(marks)


def _find_in_paragraph(text: str, lexicon: ThreadLexicon, tagged: Sequence[TaggedName] | None) -> list[Mark]:
    from rumor_tui.marks.conversation.participants import find_people
    from rumor_tui.marks.names.acronyms_and_codes import find_codes
    from rumor_tui.marks.names.name_finder import find_names
    from rumor_tui.marks.numbers.number_finder import find_numbers, has_digits
    from rumor_tui.marks.scanning import blank_addresses, word_set

    raw, text = text, blank_addresses(text)
    words = word_set(text)
    digits = has_digits(text)
    numbers = find_numbers(text, words, digits)
    names = find_names(text, words, lexicon, raw if tagged is None else tagged)
    if digits:
        names += find_codes(text, lexicon.codes)
    if lexicon.people or "@" in text:
        names += find_people(text, words, lexicon.people)
    return _resolve_overlaps(numbers + names) if names else numbers


_PRECEDENCE: Final = {"product": 1, "date": 2, "money": 2, "user": 3}
"""Types that win over overlapping marks of the other kind; the highest wins, and 0 is the precedence of all others."""


def _resolve_overlaps(marks: list[Mark]) -> list[Mark]:
    """The marks in order, without those that lose against a mark that they overlap."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind)):
        while kept and kept[-1].end > mark.start and _wins(mark, kept[-1]):
            kept.pop()
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept


def _wins(mark: Mark, earlier: Mark) -> bool:
    """Whether a mark is kept rather than the earlier one that it overlaps."""
    precedence, other = _PRECEDENCE.get(mark.type, 0), _PRECEDENCE.get(earlier.type, 0)
    if precedence != other and mark.kind != earlier.kind:
        return precedence > other
    return (mark.end - mark.start, precedence) > (earlier.end - earlier.start, other)
