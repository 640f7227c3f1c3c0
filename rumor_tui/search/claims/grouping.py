"""The numbers and names of a thread in groups and sections, for an index to go through.

A *group* is a name with all its forms, or one value with all the nouns of its kind. A group is told by its first
entry, whose number also says where the thread first has it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from rumor_tui.marks.mark import Kind
from rumor_tui.search.claims.dimensions import COUNT_DIMENSIONS, comparable_amount, dimension_of, is_count_dimension
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.search.index.mark_index import Entry, MarkIndex
from rumor_tui.text import fold

GroupOrder: TypeAlias = Literal["count", "place", "value"]
"""How groups stand in their section: by how often, by where first, or by value and from A to Z."""

MIN_SECTION_GROUPS: Final = 2
"""Groups from which on a kind of number has a section of its own."""

MAX_DIMENSION_SECTIONS: Final = 12
"""Kinds of numbers with a section of their own; those with the most marks have one."""

SectionTable: TypeAlias = tuple[tuple[str, frozenset[str]], ...]
"""Headings, and the types that stand below each of them; below the last one all others do."""

NAME_SECTIONS: Final[SectionTable] = (
    ("People", frozenset(("person", "user"))),
    ("Organisations", frozenset(("organisation", "organization", "company", "org"))),
    ("Places", frozenset(("place", "location"))),
    ("Products and codes", frozenset(("product", "code"))),
    ("Acronyms", frozenset(("acronym",))),
    ("Names", frozenset()),
)
"""The sections of names, and the types that are in them; the last one takes the rest."""

NUMBER_SECTIONS: Final[SectionTable] = (
    ("Money", frozenset(("money",))),
    ("Per cent", frozenset(("percent",))),
    ("Figures", frozenset(("number", "range"))),
    ("Dates and years", frozenset(("year", "date"))),
    ("Clock times", frozenset(("time", "timecode"))),
    ("Versions and scores", frozenset(("version", "score"))),
    ("Ordinals", frozenset(("ordinal",))),
    ("Other numbers", frozenset()),
)
"""The sections of numbers that are of no kind of their own."""


class Section(NamedTuple):
    """A heading, and the groups below it, each told by its first entry."""

    heading: str
    kind: Kind
    groups: Sequence[int]


@dataclass(slots=True)
class Grouping:
    """All groups of a thread's marks so far, of which `counts` and `in_article` are by the group's first entry."""

    items: int = 0
    entries: int = 0
    sections: list[Section] = field(default_factory=list)
    members: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The entries of the groups that have more than one."""
    counts: array[int] = field(default_factory=lambda: array("I"))
    in_article: array[int] = field(default_factory=lambda: array("I"))
    words: list[str] = field(default_factory=list)
    """By entry: what it is found by when typed, folded."""

    def of(self, group: int) -> tuple[int, ...]:
        """The entries of a group."""
        return self.members.get(group, (group,))


def group_marks(marks: MarkIndex, stop: Callable[[], bool] = never_stop) -> Grouping:
    """Put all entries so far into groups and sections; about 10 µs an entry: in a worker where there are many."""
    grouping, pace = Grouping(marks.items), TimeSlicer(stop)
    gathering = _GroupBuilder(grouping)
    for id in range(len(marks)):
        gathering.add(id, marks.entry(id))
        if pace.rest():
            break
    grouping.entries = len(grouping.counts)
    grouping.sections = gathering.sections()
    return grouping


class _GroupBuilder:
    """Entries on their way into groups."""

    def __init__(self, grouping: Grouping) -> None:
        self._into = grouping
        self._first: dict[tuple[str, float, float], int] = {}
        self._kinds: dict[str, list[int]] = {}
        self._nouns: dict[str, dict[str, int]] = {}
        self._plain: dict[tuple[Kind, str], list[int]] = {}

    def add(self, id: int, entry: Entry) -> None:
        into = self._into
        into.counts.append(entry.count)
        into.in_article.append(entry.in_article)
        into.words.append("\n".join(dict.fromkeys(map(fold, (*entry.forms, entry.label, entry.value)))))
        amount = comparable_amount(entry.type, entry.amount) if _heading(entry) not in ("Money", "Per cent") else None
        kind = dimension_of(amount) if amount is not None else ""
        if amount is None or not kind:
            self._plain.setdefault((entry.kind, _heading(entry)), []).append(id)
            return
        first = self._first.setdefault((kind, amount.low, amount.high), id)
        nouns = self._nouns.setdefault(kind, {})
        nouns[amount.unit] = nouns.get(amount.unit, 0) + entry.count
        if first == id:
            self._kinds.setdefault(kind, []).append(id)
        else:
            into.members[first] = (*into.of(first), id)
            into.counts[first] += entry.count
            into.in_article[first] += entry.in_article

    def sections(self) -> list[Section]:
        counts = self._into.counts
        totals = {
            kind: sum(counts[id] for id in ids) for kind, ids in self._kinds.items() if len(ids) >= MIN_SECTION_GROUPS
        }
        large = sorted(totals, key=lambda kind: (not is_count_dimension(kind), -totals[kind]))[:MAX_DIMENSION_SECTIONS]
        found = [Section(self._name(kind), "number", self._kinds[kind]) for kind in large]
        rest = [id for kind, ids in self._kinds.items() if kind not in large for id in ids]
        if rest:
            found.append(Section("Other quantities" if found else "Quantities", "number", sorted(rest)))
        return found + self._others("number", NUMBER_SECTIONS) + self._others("name", NAME_SECTIONS)

    def _others(self, kind: Kind, table: SectionTable) -> list[Section]:
        """The sections of what is of no kind, in the order of the table."""
        found = ((heading, self._plain.get((kind, heading))) for heading, _ in table)
        return [Section(heading, kind, ids) for heading, ids in found if ids]

    def _name(self, kind: str) -> str:
        """The heading of a kind: its units as the thread names them, the most frequent first."""
        nouns = sorted(self._nouns[kind], key=lambda noun: -self._nouns[kind][noun])
        words = ", ".join(nouns[:3]) + (" …" if len(nouns) > 3 else "")
        return words[:1].upper() + words[1:] if kind in COUNT_DIMENSIONS or len(kind) > 3 else words


def _heading(entry: Entry) -> str:
    """The section of a name, or of a number that is of no kind."""
    table = NAME_SECTIONS if entry.kind == "name" else NUMBER_SECTIONS
    if entry.type == "range" and entry.amount is not None:
        from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS

        if entry.amount.unit in CURRENCY_WORDS.values():
            return "Money"
        if entry.amount.unit == "%":
            return "Per cent"
    return next((heading for heading, types in table if entry.type in types), table[-1][0])


def order_groups(grouping: Grouping, marks: MarkIndex, groups: Iterable[int], order: GroupOrder) -> list[int]:
    """The groups of a section in an order."""
    if order == "place":
        return sorted(groups)
    if order == "count":
        return sorted(groups, key=lambda id: (-grouping.counts[id], id))
    return sorted(groups, key=lambda id: _by_value(marks.entry(id)))


def _by_value(entry: Entry) -> tuple[str, float, float, str]:
    if entry.amount is not None:
        return (
            entry.amount.unit if not is_count_dimension(dimension_of(entry.amount)) else "",
            entry.amount.low,
            entry.amount.high,
            "",
        )
    return "", 0.0, 0.0, fold(entry.label)
