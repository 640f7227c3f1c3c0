"""The index: all numbers and names of a thread in sections, with where they occur, to narrow, sort and follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, get_args

from textual.message import Message

from rumor_tui.labels import display_title, plural
from rumor_tui.search.claims.grouping import Grouping, GroupOrder, Section, group_marks, order_groups
from rumor_tui.search.claims.trail import TrailSubject
from rumor_tui.search.index.mark_index import MarkIndex
from rumor_tui.text import fold, neutralise_line
from rumor_tui.ui.keys import INDEX, with_overrides
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.index_items import IndexItems
from rumor_tui.ui.screens.list_screen import ListScreen, ThreadReader
from rumor_tui.ui.widgets.list_view import Lines, Words
from rumor_tui.ui.workers import post, start_worker

AT_ONCE: Final = 3_000
"""Up to so many entries are grouped at once, which takes some hundredths of a second; more of them in a thread."""
SHARE: Final = 4
"""Grouping rests for this many times as long as the last grouping took."""
LOW: Final = 8
"""Rows below which there is no line of parts."""

PARTS: Final = (("all", ""), ("numbers", "number"), ("names", "name"))
ORDERS: Final[dict[GroupOrder, str]] = {"count": "by count", "place": "by first place", "value": "by value, A to Z"}


@dataclass(slots=True)
class IndexState:
    """What an index shows, kept while it is closed, so that it opens as it was left.

    The cursor is on the entry `at` (None: the first one), `y` rows below the top of the screen. `sections` are those of
    the grouping, each in the order that is chosen.
    """

    part: int = 0
    order: GroupOrder = "count"
    text: str = ""
    at: TrailSubject | None = None
    y: int = 0
    marks: MarkIndex | None = None
    grouping: Grouping = field(default_factory=Grouping)
    sections: list[Section] = field(default_factory=list)


class IndexScreen(ListScreen, inherit_bindings=False):
    """Covers the reader; the trail of the entry that is chosen opens above it."""

    PERIOD = 0.3

    @dataclass
    class Grouped(Message):
        """The groups of the marks so far, and their sections in an order."""

        marks: MarkIndex
        grouping: Grouping
        order: GroupOrder
        sections: list[Section]

    def __init__(self, reader: ThreadReader, state: IndexState) -> None:
        palette = reader.palette
        self.reader = reader
        self.state = state
        self.index_items = IndexItems(reader.index, palette, reader.number_of)
        self.parts = Lines(palette, id="parts")
        bindings = with_overrides(reader.key_overrides, INDEX)
        super().__init__(self.index_items, bindings, palette, heads=(self.parts,))
        self.text = state.text
        self._grouping = False
        self._not_before = 0.0

    def begin(self) -> None:
        """Show what was there when the index was closed, if the thread is still the same."""
        state = self.state
        if state.marks is not None and state.marks is self.reader.marks:
            self._take(state.marks, state.grouping, state.sections)

    # What there is

    def take_news(self) -> None:
        """Group the marks again when there are more of them."""
        self.reader.gather()
        marks = self.reader.marks
        if marks is None or self._grouping:
            return
        if marks is not self.state.marks or marks.items > self.state.grouping.items:
            if len(marks) <= AT_ONCE:
                grouping = group_marks(marks)
                self._take(marks, grouping, in_order(grouping, marks, self.state.order))
            elif monotonic() >= self._not_before or marks.items == self.reader.index.size:
                self._aside(marks, None)

    def _aside(self, marks: MarkIndex, known: Grouping | None) -> None:
        """Group, or only order what is grouped, in a thread."""
        order, stop = self.state.order, self.stopped.is_set

        def work() -> None:
            began = monotonic()
            grouping = known or group_marks(marks, stop)
            sections = in_order(grouping, marks, order)
            self._not_before = monotonic() + SHARE * (monotonic() - began)
            if not stop():
                post(self, self.Grouped(marks, grouping, order, sections))

        self._grouping = True
        start_worker(work, "grouping")  # which the end of the program does not wait for

    def on_index_screen_grouped(self, message: Grouped) -> None:
        """Show the groups, unless they are those of another state of the thread."""
        self._grouping = False
        if message.marks is self.reader.marks:
            self._take(message.marks, message.grouping, message.sections)
            if message.order != self.state.order:
                self._aside(message.marks, message.grouping)
            self.arrange_parts()

    def _take(self, marks: MarkIndex, grouping: Grouping, sections: list[Section]) -> None:
        """Show these groups from now on; the cursor stays on its entry."""
        state = self.state
        state.marks, state.grouping, state.sections = marks, grouping, sections
        self.show_items()

    def show_items(self) -> None:
        """Show the sections of the part, and of them what holds the text that is typed.

        The state may have other groups than are shown here: an index that was opened above this one shares it.
        """
        state, items = self.state, self.index_items
        state.text = self.text
        if state.marks is not None:
            items.index, items.marks, items.grouping = self.reader.index, state.marks, state.grouping
        kind, needle = PARTS[state.part][1], fold(state.text)
        wanted = [section for section in state.sections if not kind or section.kind == kind]
        narrowed = [(s.heading, self._narrowed(s.groups, needle)) for s in wanted]
        items.take([section for section in narrowed if section[1]], needle)
        at = self._place_of(state.at)
        self.view.take(at, state.y)
        self.remember()

    def _narrowed(self, groups: Sequence[int], needle: str) -> Sequence[int]:
        if not needle:
            return groups
        words, members = self.state.grouping.words, self.state.grouping.members

        def others_hold(group: int) -> bool:
            return group in members and any(needle in words[id] for id in members[group])

        return [group for group in groups if needle in words[group] or others_hold(group)]

    def _place_of(self, subject: TrailSubject | None) -> int:
        """The item of a subject; the first one where it is not shown."""
        items = self.index_items
        id = items.marks.id_of(subject.kind, subject.value) if subject is not None else None
        if id is None:
            return 0
        try:
            return items.order.index(id)
        except ValueError:
            return 0

    def remember(self) -> None:
        """Keep the place of the cursor in the state; a cursor at the top stays there when entries come before it."""
        if len(self.index_items.order):
            self.state.at = self.index_items.subject(self.view.cursor) if self.view.cursor else None
            self.state.y = self.view.kept().y if self.view.cursor else 0

    # The lines

    def arrange_parts(self) -> None:
        """Each part of the screen where there is room for it."""
        self.parts.say(self._part_words() if self.roomy and self.size.height >= LOW else [])
        super().arrange_parts()

    def _part_words(self) -> list[Words]:
        palette, counts = self.palette, self._counts()
        line = [("  ", palette.text)]
        for n, (name, kind) in enumerate(PARTS):
            count = sum(counts.values()) if not kind else counts.get(kind, 0)
            here = n == self.state.part
            line += [
                (f"{n + 1} ", palette.quiet),
                (name, palette.accent if here else palette.quiet),
                (f" {count:,}", palette.quiet),
                ("   ", palette.text),
            ]
        return [[*line, (ORDERS[self.state.order], palette.quiet)], []]

    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for section in self.state.grouping.sections:
            counts[section.kind] = counts.get(section.kind, 0) + len(section.groups)
        return counts

    def why_empty(self) -> str:
        """Why there is no entry."""
        far = self.reader.reading_marks()
        what = PARTS[self.state.part][0] if self.state.part else "numbers or names"
        if self.text:
            return f"Nothing here holds “{neutralise_line(self.text)}”{f' so far: {far}' if far else ''}."
        return f"The thread has no {what} yet: {far}." if far else f"The thread has no {what}."

    def title_line(self) -> Title:
        """What is indexed, and how far that is."""
        total = sum(self._counts().values())
        shown = len(self.index_items.order)
        count = plural(total, "entry") if shown == total else f"{shown:,} of {plural(total, 'entry')}"
        far = self.reader.reading_marks()
        right = f"{count} · {far}" if far else count
        title = display_title(self.reader.thread)
        left = [("Index", self.palette.bar_accent), (f"  {title}" if title else "", self.palette.bar)]
        return Title(left, right, (count,))

    def position(self) -> str:
        """The section and the number of the entry that the cursor is on."""
        items = self.index_items
        if not len(items.order):
            return ""
        heading = items.headings[items.section(self.view.cursor)]
        return f"{neutralise_line(heading)} · {self.view.cursor + 1:,} of {len(items.order):,}"

    def view_moved(self) -> None:
        """Keep the place that is shown in the state."""
        self.remember()

    # Moving

    def action_next_root(self) -> None:
        """The next section."""
        starts = self.index_items.starts
        at = self.index_items.section(self.view.cursor) + 1
        self.move_to(starts[at] if at < len(starts) else -1, "This is the last section.")

    def action_previous_root(self) -> None:
        """The top of this section, or the previous one."""
        starts = self.index_items.starts
        at = self.index_items.section(max(self.view.cursor - 1, 0))
        self.move_to(starts[at] if starts and self.view.cursor else -1, "This is the first section.")

    # Parts, order, narrowing

    def action_part(self, number: int) -> None:
        """Show all, the numbers, or the names."""
        self.state.part = number - 1
        self.show_items()
        self.arrange_parts()

    def action_next_part(self, step: int) -> None:
        """Show the next part."""
        self.action_part((self.state.part + step) % len(PARTS) + 1)

    def action_order(self) -> None:
        """Put the entries of each section in the next order."""
        orders = get_args(GroupOrder)
        self.state.order = orders[(orders.index(self.state.order) + 1) % len(orders)]
        grouping, marks = self.state.grouping, self.index_items.marks
        if grouping.entries > AT_ONCE:
            if not self._grouping:
                self._aside(marks, grouping)
        else:
            self._take(marks, grouping, in_order(grouping, marks, self.state.order))
        self.arrange_parts()
        self.tell(f"Ordered {ORDERS[self.state.order]}.")

    def narrow(self, text: str) -> None:
        """Show only the entries that hold a text; all of them around the one that the cursor is on."""
        if not text and len(self.index_items.order):
            self.state.at, self.state.y = self.index_items.subject(self.view.cursor), self.view.kept().y
        super().narrow(text)

    # Following

    def choose(self) -> None:
        """Open the trail of the entry."""
        if len(self.index_items.order):
            self.remember()
            self.reader.follow([self.index_items.subject(self.view.cursor)])
        else:
            self.tell(self.why_empty())

    action_follow = choose

    def action_search_for(self) -> None:
        """Search for the entry in the thread."""
        if len(self.index_items.order):
            self.reader.search_for(self.index_items.subject(self.view.cursor))

    def action_quit(self) -> None:
        """Back to where the reader was."""
        self.remember()
        super().action_quit()


def in_order(grouping: Grouping, marks: MarkIndex, order: GroupOrder) -> list[Section]:
    """The sections of a grouping, each in order."""
    return [s._replace(groups=order_groups(grouping, marks, s.groups, order)) for s in grouping.sections]
