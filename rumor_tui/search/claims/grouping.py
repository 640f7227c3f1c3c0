"""The numbers and names of a thread in groups and sections, for the index screen.

A *group* is a name with all its forms, or one value with all the nouns of its dimension. It is identified by its first
entry, whose number also says where the thread has it first.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from rumor_tui.marks.mark import Kind
from rumor_tui.search.claims.dimensions import COUNT_DIMENSIONS, comparable_amount, dimension_of, is_count_dimension
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.search.index.mark_index import Entry, MarkIndex
from rumor_tui.text import fold

GroupOrder: TypeAlias = Literal["count", "place", "value"]
"""The order of groups in a section: by count, by first occurrence, or by value and alphabetically."""

MIN_SECTION_GROUPS: Final = 2
"""Groups that a dimension needs for its own section."""

MAX_DIMENSION_SECTIONS: Final = 12
"""The most dimensions with their own section; those with the most marks come first."""

SectionTable: TypeAlias = tuple[tuple[str, frozenset[str]], ...]
"""Headings with the types below each; the last one takes all others."""

NAME_SECTIONS: Final[SectionTable] = (
    ("People", frozenset(("person", "user"))),
    ("Organisations", frozenset(("organisation", "organization", "company", "org"))),
    ("Places", frozenset(("place", "location"))),
    ("Products and codes", frozenset(("product", "code"))),
    ("Acronyms", frozenset(("acronym",))),
    ("Names", frozenset()),
)
"""The sections of names."""

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
"""The sections of numbers without a dimension."""


class Section(NamedTuple):
    """A heading and its groups, each identified by its first entry."""

    heading: str
    kind: Kind
    groups: Sequence[int]


@dataclass(slots=True)
class Grouping:
    """All groups of a thread's marks so far; `counts` and `in_article` are by the first entry of a group."""

    items: int = 0
    entries: int = 0
    sections: list[Section] = field(default_factory=list)
    members: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The entries of groups with more than one."""
    counts: array[int] = field(default_factory=lambda: array("I"))
    in_article: array[int] = field(default_factory=lambda: array("I"))
    words: list[str] = field(default_factory=list)
    """By entry: the folded text that a typed filter is compared with."""

    def of(self, group: int) -> tuple[int, ...]:
        """The entries of a group."""
        return self.members.get(group, (group,))


def group_marks(marks: MarkIndex, stop: Callable[[], bool] = never_stop) -> Grouping:
    """Group all entries so far, in sections; about 10 µs per entry, so run it in a worker if there are many."""
    grouping, slicer = Grouping(marks.items), TimeSlicer(stop)
    builder = _GroupBuilder(grouping)
    for id in range(len(marks)):
        builder.add(id, marks.entry(id))
        if slicer.rest():
            break
    grouping.entries = len(grouping.counts)
    grouping.sections = builder.sections()
    return grouping


class _GroupBuilder:
    """Adds entries to groups."""

    def __init__(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._first: dict[tuple[str, float, float], int] = {}
        """The first entry of each dimension and value."""
        self._groups: dict[str, list[int]] = {}
        """The groups of each dimension."""
        self._nouns: dict[str, Counter[str]] = {}
        self._others: dict[tuple[Kind, str], list[int]] = {}
        """Entries without a dimension, by kind and heading."""

    def add(self, id: int, entry: Entry) -> None:
        grouping, heading = self._grouping, _heading(entry)
        grouping.counts.append(entry.count)
        grouping.in_article.append(entry.in_article)
        grouping.words.append("\n".join(dict.fromkeys(map(fold, (*entry.forms, entry.label, entry.value)))))
        amount = comparable_amount(entry.type, entry.amount) if heading not in ("Money", "Per cent") else None
        dimension = dimension_of(amount) if amount is not None else ""
        if amount is None or not dimension:
            self._others.setdefault((entry.kind, heading), []).append(id)
            return
        first = self._first.setdefault((dimension, amount.low, amount.high), id)
        self._nouns.setdefault(dimension, Counter())[amount.unit] += entry.count
        if first == id:
            self._groups.setdefault(dimension, []).append(id)
        else:
            grouping.members[first] = (*grouping.of(first), id)
            grouping.counts[first] += entry.count
            grouping.in_article[first] += entry.in_article

    def sections(self) -> list[Section]:
        counts = self._grouping.counts
        totals = {
            dimension: sum(counts[id] for id in ids)
            for dimension, ids in self._groups.items()
            if len(ids) >= MIN_SECTION_GROUPS
        }
        large = sorted(totals, key=lambda dimension: (not is_count_dimension(dimension), -totals[dimension]))
        large = large[:MAX_DIMENSION_SECTIONS]
        sections = [Section(self._dimension_heading(name), "number", self._groups[name]) for name in large]
        rest = [id for dimension, ids in self._groups.items() if dimension not in large for id in ids]
        if rest:
            sections.append(Section("Other quantities" if sections else "Quantities", "number", sorted(rest)))
        return sections + self._other_sections("number", NUMBER_SECTIONS) + self._other_sections("name", NAME_SECTIONS)

    def _other_sections(self, kind: Kind, table: SectionTable) -> list[Section]:
        """The sections of entries without a dimension, in the order of the table."""
        sections = (Section(heading, kind, self._others.get((kind, heading), ())) for heading, _ in table)
        return [section for section in sections if section.groups]

    def _dimension_heading(self, dimension: str) -> str:
        """The heading of a dimension: its most frequent units in the thread."""
        nouns = [noun for noun, _ in self._nouns[dimension].most_common()]
        words = ", ".join(nouns[:3]) + (" …" if len(nouns) > 3 else "")
        return words[:1].upper() + words[1:] if dimension in COUNT_DIMENSIONS or len(dimension) > 3 else words


def _heading(entry: Entry) -> str:
    """The heading of a name, or of a number without a dimension."""
    table = NAME_SECTIONS if entry.kind == "name" else NUMBER_SECTIONS
    if entry.type == "range" and entry.amount is not None:
        from rumor_tui.marks.data.number_vocabulary import CURRENCY_WORDS

        if entry.amount.unit in CURRENCY_WORDS.values():
            return "Money"
        if entry.amount.unit == "%":
            return "Per cent"
    return next((heading for heading, types in table if entry.type in types), table[-1][0])


def order_groups(grouping: Grouping, marks: MarkIndex, groups: Iterable[int], order: GroupOrder) -> list[int]:
    """The groups of a section in the given order."""
    if order == "place":
        return sorted(groups)
    if order == "count":
        return sorted(groups, key=lambda id: (-grouping.counts[id], id))
    return sorted(groups, key=lambda id: _by_value(marks.entry(id)))


def _by_value(entry: Entry) -> tuple[str, float, float, str]:
    amount = entry.amount
    if amount is None:
        return "", 0.0, 0.0, fold(entry.label)
    unit = "" if is_count_dimension(dimension_of(amount)) else amount.unit
    return unit, amount.low, amount.high, ""
