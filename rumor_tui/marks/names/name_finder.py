"""Names in a text: what the tagger finds, what the thread knows for a name, and acronyms.

In a language that the tagger does not know, rules take its place (`rumor_tui.marks.names.heuristics`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from rumor_tui.marks.language import detect_language
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.names.aliases import strip_plural
from rumor_tui.marks.names.lexicon import ThreadLexicon, capitalised_pattern

if TYPE_CHECKING:
    from rumor_tui.marks.names.tagger import TaggedName


def find_names(
    text: str, words: AbstractSet[str], evidence: ThreadLexicon, tagged: Sequence[TaggedName] | str
) -> list[Mark]:
    """The names of a text in order of their start, never overlapping.

    The text has no addresses and `words` are its words as written. `tagged` is what the tagger found in it, or the text
    as it was, with the addresses, for the tagger.
    """
    language = detect_language(words, evidence.language)
    marks = _english(text, evidence, tagged) if language == "en" else _foreign(text, language, evidence)
    from rumor_tui.marks.names import acronyms_and_codes, multiword

    return multiword.join_names(text, _with_others(marks, acronyms_and_codes.find_acronyms(text, words)))


def _foreign(text: str, language: str, evidence: ThreadLexicon) -> list[Mark]:
    from rumor_tui.marks.names import heuristics

    return heuristics.find_foreign_names(text, language, evidence.capitals)


def _english(text: str, evidence: ThreadLexicon, tagged: Sequence[TaggedName] | str) -> list[Mark]:
    if isinstance(tagged, str):
        tagged = tag_outside_addresses(tagged, text)
    from rumor_tui.marks.names.multiword import title_start

    marks = []
    for found in tagged:
        start = title_start(text, found.start)
        type = found.type if start == found.start else "person"
        marks.append(_mark(text, start, found.end, type, evidence))
    return _with_others(marks, _known(text, marks, evidence)) if evidence.forms else marks


def tag_outside_addresses(raw: str, text: str) -> list[TaggedName]:
    """What the tagger finds in a text, outside the addresses, which stand in `raw` and not in `text`."""
    from rumor_tui.marks.names.tagger import tag_names

    return tag_names(raw) if raw is text else [found for found in tag_names(raw) if text[found.start] != "\n"]


def _mark(text: str, start: int, end: int, type: str, evidence: ThreadLexicon) -> Mark:
    """The mark of a name, with the value and the type that the thread gives it."""
    form = text[start:end]
    known = evidence.forms.get(form)
    if known is not None:
        return Mark(start, end, "name", known.type, known.value)
    return Mark(start, end, "name", type, " ".join(form.split()))


def _known(text: str, marks: Sequence[Mark], evidence: ThreadLexicon) -> Iterator[Mark]:
    """What the thread knows for a name everywhere, outside what is marked already."""
    starts = [mark.start for mark in marks]
    behind = 0
    for found in capitalised_pattern().finditer(text):
        start, word = found.start(), found.group()
        nth = bisect_right(starts, start) - 1
        if start < behind or (nth >= 0 and marks[nth].end > start):
            continue
        form = next((form for form in evidence.openers.get(word, ()) if _stands(text, form, start)), word)
        known = evidence.forms.get(form) or evidence.forms.get(strip_plural(form))
        if known is not None and known.everywhere:
            behind = start + len(form)
            yield Mark(start, behind, "name", known.type, known.value)


def _stands(text: str, form: str, start: int) -> bool:
    end = start + len(form)
    return text.startswith(form, start) and not text[end : end + 1].isalnum()


def _with_others(marks: list[Mark], others: Iterator[Mark]) -> list[Mark]:
    """Both in order; the first ones stay where they overlap."""
    more = list(others)
    if not more:
        return marks
    starts = [mark.start for mark in marks]
    for mark in more:
        nth = bisect_right(starts, mark.start)
        if (nth and marks[nth - 1].end > mark.start) or (nth < len(marks) and starts[nth] < mark.end):
            continue
        marks.insert(nth, mark)
        starts.insert(nth, mark.start)
    return marks
