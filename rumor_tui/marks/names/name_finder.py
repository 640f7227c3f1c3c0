"""Names in a text: those that the tagger finds, those that the thread's lexicon knows, and acronyms.

In a language that the tagger does not know, rules take its place (`rumor_tui.marks.names.heuristics`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from rumor_tui.marks.language import detect_language
from rumor_tui.marks.mark import Mark
from rumor_tui.marks.names.acronyms_and_codes import find_acronyms
from rumor_tui.marks.names.aliases import strip_plural
from rumor_tui.marks.names.lexicon import ThreadLexicon, capitalised_pattern
from rumor_tui.marks.names.multiword import join_names, title_start
from rumor_tui.marks.names.tagger import TaggedName, tag_outside_addresses


def find_names(
    text: str, words: AbstractSet[str], lexicon: ThreadLexicon, tagged: Sequence[TaggedName] | str
) -> list[Mark]:
    """The names of a text in order of their start, never overlapping.

    `text` has its addresses blanked, and `words` are its words as written. `tagged` is what the tagger found in it, or
    else the text with its addresses, for the tagger to read.
    """
    language = detect_language(words, lexicon.language)
    if language == "en":
        marks = _find_english_names(text, lexicon, tagged)
    else:
        from rumor_tui.marks.names.heuristics import find_foreign_names

        marks = find_foreign_names(text, language, lexicon.capitals)
    return join_names(text, _add_where_free(marks, find_acronyms(text, words)))


def _find_english_names(text: str, lexicon: ThreadLexicon, tagged: Sequence[TaggedName] | str) -> list[Mark]:
    if isinstance(tagged, str):
        tagged = tag_outside_addresses(tagged, text)
    marks = []
    for name in tagged:
        start = title_start(text, name.start)
        type = name.type if start == name.start else "person"
        marks.append(_name_mark(text, start, name.end, type, lexicon))
    return _add_where_free(marks, _find_known_forms(text, marks, lexicon)) if lexicon.forms else marks


def _name_mark(text: str, start: int, end: int, type: str, lexicon: ThreadLexicon) -> Mark:
    """The mark of a name, with the value and the type that it has in the whole thread."""
    form = text[start:end]
    known = lexicon.forms.get(form)
    if known is not None:
        return Mark(start, end, "name", known.type, known.value)
    return Mark(start, end, "name", type, " ".join(form.split()))


def _find_known_forms(text: str, marks: Sequence[Mark], lexicon: ThreadLexicon) -> Iterator[Mark]:
    """Forms that are names everywhere in the thread, outside the marks."""
    starts = [mark.start for mark in marks]
    end = 0
    for match in capitalised_pattern().finditer(text):
        start, word = match.start(), match.group()
        before = bisect_right(starts, start) - 1
        if start < end or (before >= 0 and marks[before].end > start):
            continue
        form = next((form for form in lexicon.openers.get(word, ()) if _stands_at(text, form, start)), word)
        known = lexicon.forms.get(form) or lexicon.forms.get(strip_plural(form))
        if known is not None and known.everywhere:
            end = start + len(form)
            yield Mark(start, end, "name", known.type, known.value)


def _stands_at(text: str, form: str, start: int) -> bool:
    end = start + len(form)
    return text.startswith(form, start) and not text[end : end + 1].isalnum()


def _add_where_free(marks: list[Mark], others: Iterable[Mark]) -> list[Mark]:
    """The marks, and those of the others that overlap none of them, in order."""
    starts = [mark.start for mark in marks]
    for mark in others:
        at = bisect_right(starts, mark.start)
        if (at and marks[at - 1].end > mark.start) or (at < len(marks) and starts[at] < mark.end):
            continue
        marks.insert(at, mark)
        starts.insert(at, mark.start)
    return marks
