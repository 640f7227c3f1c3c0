"""The lexicon of a thread: who takes part, and which spellings are names wherever they occur.

It is gathered in one pass over all texts, in the background, and then helps `find_marks` with each of them. Until then
only the participants are known.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rumor_tui.marks.scanning import lazy_pattern

if TYPE_CHECKING:
    from rumor_tui.marks.names.heuristics import CapitalCounts
    from rumor_tui.marks.names.tagger import TaggedName
    from rumor_tui.marks.names.weights import NameType

LONG_THREAD: Final = 2_000_000
"""Characters of a thread beyond which its forms may count as settled."""

SETTLED_AFTER: Final = 40
"""Occurrences after which a form's type is settled in a long thread. A text whose capitalised words are all settled is
no longer tagged, so that the cost follows the vocabulary and not the length."""

TAGGED_TYPES: Final[tuple[NameType, ...]] = ("name", "person", "organisation", "product", "place")
"""The types that the tagger gives, in the order of their codes in `LexiconBuilder`."""


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A spelling that the thread uses as a name: its type, and the value that all forms of that name share.

    `everywhere` means that it is a name wherever it occurs, because it was tagged as one at least every second time.
    """

    type: str
    value: str
    everywhere: bool = True


@dataclass(frozen=True, slots=True)
class ThreadLexicon:
    """What is known of a thread's names. Keep one object per state: lookup tables made from it are cached.

    `people` are the names of the participants. `forms` maps each spelling of a name to what is known of it, and
    `openers` maps a first word to the forms of several words that are names everywhere, the longest first. `capitals`
    counts capitalised words in texts that are not English; `language` is the most frequent one of the paragraphs whose
    language is clear. `codes` are figures with a letter that are product names at least every second time: "1M".
    """

    people: frozenset[str] = frozenset()
    forms: Mapping[str, KnownForm] = field(default_factory=dict)
    openers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    capitals: Mapping[str, CapitalCounts] = field(default_factory=dict)
    language: str = "en"
    codes: frozenset[str] = frozenset()


EMPTY_LEXICON = ThreadLexicon()
"""The lexicon for a text that stands alone."""

capitalised_pattern = lazy_pattern(r"(?<![\w@#/])\w*?[A-ZÀ-ÖØ-Þ](?:\w|[-&](?=\w)|['’](?=\w)(?!s\b))*")
"""Matches words with a capital at their start or inside, without a possessive ending."""


class LexiconBuilder:
    """Builds the lexicon in one pass: `add` every text once, in order, then take `lexicon`."""

    def __init__(self, people: Iterable[str] = ()) -> None:
        self._people = frozenset(people)
        self._seen: Counter[str] = Counter()
        self._tagged: Counter[str] = Counter()
        self._types: dict[str, Counter[str]] = {}
        self._capitals: dict[str, CapitalCounts] = {}
        self._languages: Counter[str] = Counter()
        self._spans = array("I")
        """(start, end, type code) of every tagged name, one after the other."""
        self._paragraphs = array("I", [0])
        """The index of each paragraph's first span."""
        self._untagged = bytearray()
        """1 for each paragraph that was not tagged."""
        self._firsts = array("I", [0])
        """The first paragraph of each text."""
        self._length = 0
        self._codes: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Learn from the next text."""
        from rumor_tui.marks.scanning import split_paragraphs

        for start, end in split_paragraphs(text):
            self._untagged.append(not self._add_paragraph(text[start:end]))
            self._paragraphs.append(len(self._spans) // 3)
        self._firsts.append(len(self._untagged))

    def _add_paragraph(self, raw: str) -> bool:
        """Learn from a paragraph; whether it was tagged."""
        from rumor_tui.marks.names.acronyms_and_codes import find_doubtful_codes
        from rumor_tui.marks.scanning import blank_addresses

        text = blank_addresses(raw)
        language = self._language(text)
        if language == "en":
            self._add_english(raw, text)
        else:
            self._count_capitals(text)
        for code, proved in find_doubtful_codes(text):
            self._codes[code] += 1 if proved else -1
        return language == "en"

    def tagged(self, number: int) -> list[list[TaggedName] | None]:
        """The names that the tagger found in each paragraph of the `number`-th text, with offsets in the paragraph.

        A settled paragraph has none, since its names follow from the known forms. A paragraph that was not tagged,
        since it seemed to be in another language, is None.
        """
        return [self._tagged_in(each) for each in range(self._firsts[number], self._firsts[number + 1])]

    def _tagged_in(self, paragraph: int) -> list[TaggedName] | None:
        from rumor_tui.marks.names.tagger import TaggedName

        if self._untagged[paragraph]:
            return None
        spans = self._spans[3 * self._paragraphs[paragraph] : 3 * self._paragraphs[paragraph + 1]]
        return [TaggedName(spans[k], spans[k + 1], TAGGED_TYPES[spans[k + 2]]) for k in range(0, len(spans), 3)]

    def lexicon(self) -> ThreadLexicon:
        """The lexicon of all texts so far."""
        forms = self._forms()
        codes = frozenset(code for code, lead in self._codes.items() if lead >= 0)
        return ThreadLexicon(
            self._people, forms, _forms_by_first_word(forms), dict(self._capitals), self._main_language, codes
        )

    @property
    def _main_language(self) -> str:
        """The most frequent language of the paragraphs so far; `find_names` goes by that of the whole thread."""
        return self._languages.most_common(1)[0][0] if self._languages else "en"

    def _language(self, text: str) -> str:
        from rumor_tui.marks.language import UNKNOWN_LANGUAGE, detect_language
        from rumor_tui.marks.scanning import word_set

        language = detect_language(word_set(text), UNKNOWN_LANGUAGE)
        if language == UNKNOWN_LANGUAGE:
            return self._main_language
        self._languages[language] += 1
        return language

    def _add_english(self, raw: str, text: str) -> None:
        words = capitalised_pattern().findall(text)
        seen = self._seen
        self._length += len(text)
        if self._length > LONG_THREAD and all(seen[word] >= SETTLED_AFTER for word in words):
            return
        seen.update(words)
        from rumor_tui.marks.names.multiword import title_start
        from rumor_tui.marks.names.tagger import tag_outside_addresses

        for name in tag_outside_addresses(raw, text):
            start = title_start(text, name.start)
            form = text[start : name.end]
            self._types.setdefault(form, Counter())[name.type] += 1
            self._tagged.update(capitalised_pattern().findall(form))
            self._spans.extend((start, name.end, TAGGED_TYPES.index(name.type)))

    def _count_capitals(self, text: str) -> None:
        from rumor_tui.marks.names.heuristics import CapitalCounts, capitalised_mid_sentence

        for word, determined in capitalised_mid_sentence(text):
            before = self._capitals.get(word, CapitalCounts())
            self._capitals[word] = CapitalCounts(before.seen + 1, before.determined + determined)

    def _forms(self) -> dict[str, KnownForm]:
        from rumor_tui.marks.names.aliases import canonical_values, refine_type

        counts = {form: types.total() for form, types in self._types.items()}
        types = {form: refine_type(form, _dominant_type(types)) for form, types in self._types.items()}
        values = canonical_values(counts, types, self._people)
        return {form: KnownForm(types[form], values[form], self._is_name_everywhere(form)) for form in self._types}

    def _is_name_everywhere(self, form: str) -> bool:
        words = capitalised_pattern().findall(form)
        if not words or len(form) < 2:
            return False
        return len(words) > 1 or (words[0] == form and 2 * self._tagged[form] >= self._seen[form])


def _dominant_type(types: Counter[str]) -> str:
    """The most frequent type; "name" only where there is no other."""
    specific = [(count, type) for type, count in types.items() if type != "name"]
    return max(specific)[1] if specific else "name"


def _forms_by_first_word(forms: Mapping[str, KnownForm]) -> dict[str, list[str]]:
    by_word: dict[str, list[str]] = {}
    for form, known in forms.items():
        first = capitalised_pattern().match(form) if known.everywhere and " " in form else None
        if first is not None:
            by_word.setdefault(first.group(), []).append(form)
    for group in by_word.values():
        group.sort(key=len, reverse=True)
    return by_word
