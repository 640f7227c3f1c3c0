"""What is followed: threads, feeds and front pages, with how their last refresh went."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from time import time
from typing import Final

from rich.segment import Segment
from textual.strip import Strip

from rumor_tui.canonical import canonical_address
from rumor_tui.labels import format_age, format_written, plural
from rumor_tui.library_types import FollowChange, Followed, LibraryEntry
from rumor_tui.links import openable
from rumor_tui.outline import Outline
from rumor_tui.text import cell_len, fold, neutralise_line
from rumor_tui.ui.library_keys import FOLLOWING
from rumor_tui.ui.paint.blocks import Painted, clip
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.library_list import Desk, LibraryListScreen
from rumor_tui.ui.widgets.list_view import CURSOR, highlight, row_strip

ROWS: Final = 2
KIND: Final = 8
"""Cells of the column of kinds."""
NOTHING: Final = "Nothing is followed yet. F in a thread or in a list of threads follows it."


class FollowedItems:
    """Item k is the row `order[k]` of what is followed."""

    outline: Outline | None = None

    def __init__(self, palette: Palette, *, now: float) -> None:
        self.palette = palette
        self.now = now
        self.followed: Sequence[Followed] = ()
        self.order: Sequence[int] = ()
        self.focus = 0
        self.needle = ""
        self.absolute_dates = False

    def heights(self, width: int) -> array[int]:
        """Each has the same height."""
        return array("i", [ROWS]) * len(self.order)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        one = self.followed[self.order[item]]
        return one, item == self.focus, self._refreshed(one), self.needle, self.palette.name

    def paint(self, item: int, width: int) -> Painted:
        """The two lines: the title with the last refresh, and what it is, or what is wrong with it."""
        one, into = self.followed[self.order[item]], Painted()
        into.add(self._title_row(item, one, width))
        into.add(self._facts_row(item, one, width))
        return into

    def _lead(self, item: int) -> Segment:
        return Segment(CURSOR, self.palette.cursor) if item == self.focus else Segment(" ", self.palette.text)

    def _title_row(self, item: int, one: Followed, width: int) -> Strip:
        palette = self.palette
        when = self._refreshed(one)
        room = max(width - 2 - cell_len(when) - 2, 0)
        title = clip(neutralise_line(one.title or one.address), room) if room else ""
        style = palette.strong if item == self.focus else palette.text
        gap = Segment(" " * (max(room - cell_len(title), 0) + 2), palette.text)
        words = highlight(title, self.needle, palette, style)
        return row_strip([self._lead(item), *words, gap, Segment(when, palette.quiet)], width, palette)

    def _facts_row(self, item: int, one: Followed, width: int) -> Strip:
        palette = self.palette
        room = max(width - 4, 1)
        kind = clip(one.kind.ljust(KIND), room)
        left = max(room - cell_len(kind), 0)
        problem = neutralise_line(one.problem)
        words = clip(problem or neutralise_line(one.address), left) if left else ""
        style = palette.error if problem else palette.quiet
        parts = [self._lead(item), Segment("  ", palette.text), Segment(kind, palette.quiet)]
        return row_strip([*parts, *highlight(words, self.needle, palette, style)], width, palette)

    def _refreshed(self, one: Followed) -> str:
        if one.refreshed is None:
            return "not loaded yet"
        return format_written(one.refreshed) if self.absolute_dates else f"loaded {_ago(one.refreshed, self.now)}"


def _ago(moment: float, now: float) -> str:
    age = format_age(moment, now)
    return "just now" if age == "now" else f"{age} ago"


class FollowingScreen(LibraryListScreen, inherit_bindings=False):
    """What is followed, by title."""

    NOUN = "row"
    NOWHERE = "nothing followed"
    VIEW = "following"

    def __init__(self, desk: Desk, palette: Palette) -> None:
        self.items = FollowedItems(palette, now=time())
        self.items.absolute_dates = desk.settings.dates == "absolute"
        super().__init__(self.items, FOLLOWING, desk, palette, id="following")
        self._known = False
        self._given_up: list[Followed] = []

    # What is listed

    def renew(self) -> None:
        """Ask what is followed."""
        self.ask_library(self.library.followed, self._take)

    def _take(self, followed: Sequence[Followed]) -> None:
        here = self.one
        self._known, self.items.now = True, time()
        self.items.followed = followed
        row = next((at for at, one in enumerate(followed) if here is not None and one.address == here.address), None)
        self._show(self.view.cursor if row is None else row)

    def show_items(self) -> None:
        """Show what holds the text."""
        self._show(self.items.order[self.view.cursor] if self.view.cursor < len(self.items.order) else 0)

    def _show(self, row: int) -> None:
        items, needle = self.items, fold(self.text)
        texts = (neutralise_line(f"{one.title} {one.address} {one.kind}") for one in items.followed)
        y, items.needle = self.view.kept().y, needle
        items.order = [at for at, text in enumerate(texts) if needle in fold(text)]
        self.view.take(min(bisect_left(items.order, row), max(len(items.order) - 1, 0)), y)

    def take_news(self) -> None:
        """Bring ages up to date."""
        self.items.now = time()
        self.view.compose_rows()

    @property
    def one(self) -> Followed | None:
        """What the cursor is on."""
        items = self.items
        return items.followed[items.order[self.view.cursor]] if self.view.cursor < len(items.order) else None

    # The lines

    def title_line(self) -> Title:
        """How much is followed, and how much of it cannot be loaded."""
        followed = self.items.followed
        failed = sum(bool(one.problem) for one in followed)
        words = f"{len(followed):,} followed" + (f" · {plural(failed, 'problem')}" if failed else "")
        return Title([("Followed", self.palette.bar_accent)], f"{words}   rumor-tui", (words, ""))

    def why_empty(self) -> str:
        """Why nothing is listed."""
        if not self._known:
            return "Reading the library …" if self.reading else ""
        return "Nothing holds that." if self.text else NOTHING

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.items.absolute_dates = not self.items.absolute_dates
        self.view.compose_rows()

    # What can be done

    def choose(self) -> None:
        """Open what is followed: a thread that the library has from there, else what is at the address."""
        one = self.one
        if one is None:
            self.tell(self.why_empty())
        elif one.kind != "thread":
            self.open_job(self.services.open(one.address), one.title or one.address)
        else:
            self.ask_library(self.library.entries, lambda entries: self._open_thread(one, entries))

    def _open_thread(self, one: Followed, entries: Sequence[LibraryEntry]) -> None:
        canonical = canonical_address(one.address)
        for entry in entries:
            if canonical in map(canonical_address, (entry.source, entry.address)):
                self.open_stored(entry.thread_id, entry.title)
                return
        if openable(one.address) is None:
            self.tell("This was not loaded yet: r loads it.")
        else:
            self.open_job(self.services.open(one.address), one.title or one.address)

    action_open_entry = choose

    def action_unfollow(self) -> None:
        """Follow it no more."""
        one = self.one
        if one is None:
            self.tell(self.why_empty())
        else:
            self._write(one, on=False)

    def action_restore(self) -> None:
        """Follow again what was given up last."""
        if self._given_up:
            self._write(self._given_up[-1], on=True)
        else:
            self.tell("Nothing was given up here.")

    def _write(self, one: Followed, *, on: bool) -> None:
        change = FollowChange(one.address, one.kind, one.title, on, time())
        self.write([change], lambda: self._written(one, on=on))

    def _written(self, one: Followed, *, on: bool) -> None:
        if on:
            self._given_up.remove(one)
        else:
            self._given_up.append(one)
        name = neutralise_line(one.title or one.address)[:60]
        self.tell(f"“{name}” is followed again." if on else f"“{name}” is not followed any more. U takes it back.")
        self.renew()

    def action_refresh_entry(self) -> None:
        """Load it anew."""
        one = self.one
        if one is None:
            self.tell(self.why_empty())
        else:
            self.refresh_addresses([one.address], one.title or one.address)

    def action_followed(self) -> None:
        """This is it."""
        self.tell("This is what is followed.")

    # Browser and clipboard

    def action_open_page(self) -> None:
        """Open its page in the browser."""
        self.open_in_browser(self.one.address if self.one is not None else "")

    def action_copy_link(self) -> None:
        """Copy its address."""
        self.copy_address(self.one.address if self.one is not None else "")
