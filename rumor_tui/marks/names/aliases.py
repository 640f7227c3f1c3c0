"""Which spellings in a thread are the same name: "Dr. Segler" and "Segler", "BMWBlog" and a commenter "bmwblog"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from rumor_tui.marks.data.name_vocabulary import STOP_WORDS
from rumor_tui.marks.data.number_vocabulary import split_words

TITLES: Final = frozenset(
    split_words("dr mr mrs ms prof professor sir gen general sen senator rep president pres gov governor judge justice "
           "capt captain col lt sgt minister chancellor king queen prince princess herr herrn frau pope saint ceo "
           "madame monsieur señor don lord lady rev")
)  # fmt: skip
"""Words before a person's name that are no part of it."""

_MIN_LETTERS: Final = 3
"""Letters that a last or first name alone must have to stand for the full name."""

_MAX_RATIO: Final = {"last": 4, "first": 1}
"""How many times as often as the full name a last or first name may stand alone and still mean the same person."""

_PERSONAL: Final = frozenset(("person", "name"))
"""Types of forms that may stand for a person."""


def strip_titles(form: str) -> str:
    """A name in lower case without the titles before it: "Dr. Segler" -> "segler"."""
    return " ".join(_untitled(form)).lower()


def _untitled(form: str) -> list[str]:
    """The words of a name after its titles."""
    words = strip_plural(form).split()
    while len(words) > 1 and _is_title(words[0]):
        del words[0]
    return words


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in TITLES


def strip_plural(form: str) -> str:
    """An acronym without its plural ending: "LLMs" -> "LLM"."""
    return form[:-1] if len(form) > 2 and form[-1] == "s" and form[:-1].isupper() else form


def starts_with_title(form: str) -> bool:
    """Whether a title stands before a name."""
    first, _, rest = form.partition(" ")
    return bool(rest) and _is_title(first)


def refine_type(form: str, type: str) -> str:
    """The type of a form that was tagged as `type`: a title makes a plain name a person's, but not a company's."""
    return "person" if type in _PERSONAL and starts_with_title(form) else type


def canonical_values(forms: Mapping[str, int], kinds: Mapping[str, str], people: Iterable[str]) -> dict[str, str]:
    """Maps each form to the value that all forms of the same name share.

    `forms` are counts, `kinds` the types of the forms ("name" where there is none; see `refine_type`), `people` the
    commenters' names. A value is the most frequent of the fullest forms, or the name as its commenter writes it.
    """
    owners = {strip_titles(name): name for name in sorted(people)}
    values: dict[str, str] = {}
    for key, members in _group_forms(forms, kinds).items():
        owner = owners.get(key) or next((owners[strip_titles(m)] for m in members if strip_titles(m) in owners), None)
        value = owner or _fullest(members, forms)
        values.update(dict.fromkeys(members, value))
    return values


def _fullest(members: Iterable[str], forms: Mapping[str, int]) -> str:
    """The form that represents a group: the most frequent of those with the most words."""
    return max(members, key=lambda form: (len(form.split()), strip_plural(form) == form, forms[form], form))


def _group_forms(forms: Mapping[str, int], kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """Forms by the name that they share: without titles, or the only full name of which they are the last or first."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        personal = kinds.get(form, "name") in _PERSONAL
        groups.setdefault(strip_titles(form) if personal else strip_plural(form).lower(), []).append(form)
    ends = _Ends(groups, forms, kinds)
    for key in list(groups):
        whole = ends.whole(key)
        if whole:
            groups[whole] += groups.pop(key)
    return groups


class _Ends:
    """The first and last words of full names, and to whom they belong.

    `groups` are forms by their name without titles.
    """

    def __init__(self, groups: Mapping[str, list[str]], forms: Mapping[str, int], kinds: Mapping[str, str]) -> None:
        self._groups, self._forms, self._kinds = groups, forms, kinds
        self._persons: dict[str, set[str]] = {}
        self._others: Counter[str] = Counter()
        for key, members in groups.items():
            words = key.split()
            for word in {words[0], words[-1]} if len(words) > 1 else ():
                if any(kinds.get(form) == "person" for form in members):
                    self._persons.setdefault(word, set()).add(key)
                else:
                    self._others[word] += self._count(key)

    def whole(self, key: str) -> str | None:
        """The full name of the only person in the thread whom a single word can mean."""
        wholes = self._persons.get(key, ())
        if len(wholes) != 1 or " " in key or len(key) < _MIN_LETTERS:
            return None
        (whole,) = wholes
        full = self._full(whole)
        alone = max(self._groups[key], key=lambda form: self._forms[form])
        if full is None or not self._stands_alone(alone, full.words):
            return None
        most = _MAX_RATIO["last" if full.words[-1].lower() == key else "first"]
        count = self._count(whole)
        if self._others[key] >= count or (not full.titled and self._count(key) > most * count):
            return None
        return whole

    def _count(self, key: str) -> int:
        return sum(self._forms[form] for form in self._groups[key])

    def _full(self, key: str) -> _Full | None:
        """The full name as it is written, if it looks like a person's."""
        members = [form for form in self._groups[key] if self._kinds.get(form) == "person"]
        has_title = any(map(starts_with_title, members))
        form = max(members, key=lambda form: self._forms[form])
        words = _untitled(form)
        if not 2 <= len(words) <= 3 or not all(map(_is_part, words)):
            return None
        return _Full(words, has_title) if has_title or self._count(key) > 1 else None

    def _stands_alone(self, form: str, words: list[str]) -> bool:
        """Whether a form of one word is the first or last name, in the same case."""
        own = _untitled(form)
        return self._kinds.get(form, "name") in _PERSONAL and len(own) == 1 and own[0] in (words[0], words[-1])


class _Full(NamedTuple):
    """The words of a person's full name as written, and whether the thread uses a title with it."""

    words: list[str]
    titled: bool


def _is_part(word: str) -> bool:
    """Whether a word may be part of a person's name: a capitalised word or an initial, but no function word."""
    letters = word.replace("-", "").replace("’", "").replace("'", "")
    if len(word.rstrip(".")) == 1:
        return word[0].isupper()
    return letters.isalpha() and word[0].isupper() and not word.isupper() and word.lower() not in STOP_WORDS
