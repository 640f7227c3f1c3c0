"""Which forms of a thread's names mean the same one: "Dr. Segler" and "Segler", "BMWBlog" and a commenter "bmwblog"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from rumor_tui.marks.words import listed

TITLES: Final = frozenset(
    listed("dr mr mrs ms prof professor sir gen general sen senator rep president pres gov governor judge justice "
           "capt captain col lt sgt minister chancellor king queen prince princess herr herrn frau pope saint ceo "
           "madame monsieur señor don lord lady rev")
)  # fmt: skip
"""Words that stand before a person's name and are no part of it."""

_SHORTEST: Final = 3
"""Letters that a last or first name alone must have to stand for the whole name."""


def bare(form: str) -> str:
    """A name without titles before it and without its case: "Dr. Segler" -> "segler"."""
    words = singular(form).lower().split()
    while len(words) > 1 and words[0].rstrip(".") in TITLES:
        del words[0]
    return " ".join(words)


def singular(form: str) -> str:
    """An acronym without the ending of its plural: "LLMs" -> "LLM"."""
    return form[:-1] if len(form) > 2 and form[-1] == "s" and form[:-1].isupper() else form


def titled(form: str) -> bool:
    """Whether a title stands before a name."""
    return form.lower().partition(" ")[0].rstrip(".") in TITLES and " " in form


def values(forms: Mapping[str, int], persons: Iterable[str], people: Iterable[str]) -> dict[str, str]:
    """For each form of a name its value, which all forms of that name share.

    `forms` are counts, `persons` those of the forms that are names of persons, `people` the commenters' names. A value
    is the most frequent of the fullest forms; a commenter's name stands as its owner writes it.
    """
    owners = {bare(name): name for name in sorted(people)}
    groups = _joined(forms, frozenset(persons))
    found: dict[str, str] = {}
    for key, members in groups.items():
        owner = owners.get(key) or next((owners[bare(m)] for m in members if bare(m) in owners), None)
        value = owner or _fullest(members, forms)
        found.update(dict.fromkeys(members, value))
    return found


def _fullest(members: Iterable[str], forms: Mapping[str, int]) -> str:
    """The form that names a group: of those with the most words the most frequent."""
    return max(members, key=lambda form: (len(form.split()), singular(form) == form, forms[form], form))


def _joined(forms: Mapping[str, int], persons: frozenset[str]) -> dict[str, list[str]]:
    """Forms by what they have in common: the bare name, or the one full name of which they are the last or first."""
    groups: dict[str, list[str]] = {}
    known: set[str] = set()
    for form in forms:
        key = bare(form)
        groups.setdefault(key, []).append(form)
        if form in persons or titled(form):
            known.add(key)
    ends = _ends(known)
    for key in list(groups):
        whole = ends.get(key)
        if whole and " " not in key and len(key) >= _SHORTEST and whole in groups and whole != key:
            groups[whole] += groups.pop(key)
    return groups


def _ends(keys: Iterable[str]) -> dict[str, str]:
    """The first and last words of persons' full names that belong to one full name only."""
    counts: Counter[str] = Counter()
    whole: dict[str, str] = {}
    for key in keys:
        words = key.split()
        if 2 <= len(words) <= 3 and all(word.replace(".", "").replace("-", "").isalpha() for word in words):
            for word in {words[0], words[-1]}:
                counts[word] += 1
                whole[word] = key
    return {word: whole[word] for word, count in counts.items() if count == 1}
