"""What a thread says of its own names: who takes part, and which forms are names wherever they stand.

It is gathered in one walk over all texts, in the background, and then helps `marks.find` with each of them. Before
that there are only the people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rumor_tui.marks.base import Mark


@dataclass(frozen=True, slots=True)
class Form:
    """A form that the thread uses as a name: its type, and the value that all forms of that name share."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a thread's names; keep one object a state, for look-ups that are made from it are kept.

    `people` are the names of those who take part. `forms` are written forms that are names wherever they stand.
    """

    people: frozenset[str] = frozenset()
    forms: Mapping[str, Form] = field(default_factory=dict)


NOTHING = Evidence()
"""What is known of a text that stands alone."""


class Gathering:
    """The walk over all texts: `add` each of them once, then take `evidence`."""

    def __init__(self, people: Iterable[str] = ()) -> None:
        self._people = frozenset(people)

    def add(self, text: str) -> None:
        """Learn from one text."""

    def evidence(self) -> Evidence:
        """What all texts so far say together."""
        return Evidence(self._people)


def resolved(marks: list[Mark], evidence: Evidence) -> list[Mark]:
    """The names of a text with the values and types that the whole thread gives them."""
    return marks
