"""The library: all threads that were read or added, to open, narrow, sort, tag, follow, load anew and delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import time
from typing import Final, NamedTuple

from rumor_tui.labels import plural
from rumor_tui.library_types import Change, LibraryEntry, RemovalChange, TagChange
from rumor_tui.text import neutralise_line
from rumor_tui.ui.library_keys import LIBRARY
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.choice import Choice, ChoiceScreen
from rumor_tui.ui.screens.follow_source import Followable, toggle_follow
from rumor_tui.ui.screens.library_items import LibraryItems
from rumor_tui.ui.screens.library_list import Desk, LibraryListScreen
from rumor_tui.ui.screens.library_rows import SAMPLE, SORTS, Row, arrange, narrow, needle_of, words_of
from rumor_tui.ui.stage import open_screen

SAMPLE_TITLE: Final = "The sample that comes with rumor-tui"
EMPTY: Final = "Nothing is in the library yet. What you read is kept in it; rumor-tui add puts more in."
NONE_REMOVED: Final = "Nothing was deleted that could be put back. X leads back."
LONGEST_TAG: Final = 40
"""Characters of a tag."""


class View(NamedTuple):
    """What of the library is shown: what the list is narrowed to, its order, and the groups that are unfolded."""

    text: str = ""
    sort: str = "activity"
    unfolded: frozenset[str] = frozenset()


class Listed(NamedTuple):
    """The threads, the words that they are narrowed by, and their rows in a view."""

    entries: Sequence[LibraryEntry]
    words: Sequence[str]
    rows: Sequence[Row]
    view: View


def list_entries(entries: Sequence[LibraryEntry], words: Sequence[str], view: View) -> Listed:
    """The rows of threads in a view."""
    return Listed(entries, words, arrange(entries, narrow(entries, words, view.text), view.sort, view.unfolded), view)


def tags_of(line: str) -> list[str]:
    """The tags in a line that was typed: words, with or without the sign before them."""
    words = neutralise_line(line).replace(",", " ").split()
    return list(dict.fromkeys(tag for word in words if (tag := word.lstrip("#")[:LONGEST_TAG])))


class LibraryScreen(LibraryListScreen, inherit_bindings=False):
    """The threads of the library, those last active first; the sample is always among them.

    `first` gives the entries that were asked for before the screen was there.
    """

    NOUN = "thread"
    NOWHERE = "no thread"
    VIEW = "library"

    def __init__(
        self,
        desk: Desk,
        palette: Palette,
        first: Callable[[], Sequence[LibraryEntry]] | None = None,
    ) -> None:
        self.items = LibraryItems(palette, now=time())
        self.items.absolute_dates = desk.settings.dates == "absolute"
        super().__init__(self.items, LIBRARY, desk, palette, id="library")
        self.sort = "activity"
        self.showing_removed = False
        """Whether what was deleted is listed instead."""
        self.unfolded: frozenset[str] = frozenset()
        self._first = first
        self._words: Sequence[str] = ()
        self._known = False
        self._wanted = -1
        """The thread that the cursor is to go to when the list is read anew, by its id; -1 for none."""
        self._deleted: list[tuple[LibraryEntry, ...]] = []
        """What was deleted here and can be put back, the last at the end."""

    # What is listed

    def renew(self) -> None:
        """Ask for the threads again, or for those that were deleted."""
        removed, first, sample, view = self.showing_removed, self._first, self._sample_entry(), self._view()
        self._first = None

        def work() -> Listed:
            entries = list(first() if first is not None else self.library.entries(removed=removed))
            if sample is not None and not removed and all(entry.source != sample.source for entry in entries):
                entries.append(sample)
            return list_entries(entries, list(map(words_of, entries)), view)

        self.ask_library(work, self._take)

    def _sample_entry(self) -> LibraryEntry | None:
        sample = self.services.sample
        return None if sample is None else LibraryEntry(SAMPLE, SAMPLE_TITLE, source=sample.source)

    def _view(self) -> View:
        return View(self.text, self.sort, self.unfolded)

    def _take(self, found: Listed) -> None:
        """Show these threads; the cursor stays on its own."""
        self._known = True
        self.items.now = time()
        entries, self._words, _, view = found
        self._show(found if view == self._view() else list_entries(entries, self._words, self._view()))
        wanted, self._wanted = self._wanted, -1
        for place, row in enumerate(self.items.rows):
            if any(entries[at].thread_id == wanted for at in row.entries):
                self.view.go(place)
                break

    def _show(self, listed: Listed) -> None:
        items, here, y = self.items, self._here(), self.view.kept().y
        entries, _, rows, _ = listed
        items.needle = needle_of(self.text)
        at = self.view.cursor
        items.take(entries, rows)
        places = {self._key(entries, row): place for place, row in enumerate(rows)}
        self.view.take(places.get(here, min(at, max(len(rows) - 1, 0))), y)

    def show_items(self) -> None:
        """Show the threads that fit what is typed."""
        self._show(list_entries(self.items.entries, self._words, self._view()))

    def take_news(self) -> None:
        """Bring ages up to date."""
        self.items.now = time()
        self.view.compose_rows()

    @staticmethod
    def _key(entries: Sequence[LibraryEntry], row: Row) -> tuple[int, bool]:
        """What a row is recognised by when the list is another one."""
        return entries[row.entries[0]].thread_id, row.nested

    def _here(self) -> tuple[int, bool]:
        row = self.row
        return self._key(self.items.entries, row) if row is not None else (-1, False)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        rows = self.items.rows
        return rows[self.view.cursor] if self.view.cursor < len(rows) else None

    @property
    def entry(self) -> LibraryEntry | None:
        """What the row under the cursor stands for."""
        return self.items.entry(self.view.cursor) if self.row is not None else None

    def chosen(self) -> tuple[LibraryEntry, ...]:
        """The threads of the row under the cursor, without the sample."""
        places = self.row.entries if self.row is not None else ()
        found = (self.items.entries[at] for at in places)
        return tuple(entry for entry in found if entry.thread_id != SAMPLE)

    # The lines

    def title_line(self) -> Title:
        """How many threads there are, and how much of them is new."""
        entries = self.items.entries
        count = sum(entry.thread_id != SAMPLE for entry in entries)
        shown = plural(count, "thread")
        if self.text:
            found = sum(len(row.entries) for row in self.items.rows if not row.nested)
            shown = f"{found:,} of {shown}"
        fresh = sum(entry.fresh for entry in entries)
        words = f"{shown} · {fresh:,} new" if fresh else shown
        name = "Deleted from the library" if self.showing_removed else "Library"
        order = "" if self.sort == "activity" else f" · {SORTS[self.sort][0].lower()} first"
        left = [(name, self.palette.bar_accent), (order.replace(" last first", " first"), self.palette.bar_quiet)]
        return Title(left if order else left[:1], f"{words}   rumor-tui", (words, shown))

    def why_empty(self) -> str:
        """Why nothing is listed."""
        if not self._known:
            return "Reading the library …" if self.reading else ""
        if self.text:
            return "No thread fits that."
        return NONE_REMOVED if self.showing_removed else EMPTY

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.items.absolute_dates = not self.items.absolute_dates
        self.view.compose_rows()

    def action_sort(self) -> None:
        """Choose the order of the list."""
        choices = [Choice(name, label) for name, (label, _) in SORTS.items()]
        keys = self.settings.keys
        screen = ChoiceScreen(
            "Order of the list", choices, self.sort, self._sort_by, palette=self.palette, key_overrides=keys
        )
        open_screen(self.app, screen)

    def _sort_by(self, name: str) -> None:
        self.sort = name
        self.show_items()
        self.arrange_parts()

    # Opening

    def choose(self) -> None:
        """Open the thread under the cursor, or the row of several discussions."""
        row, entry = self.row, self.entry
        if row is None or entry is None:
            self.tell("There is no thread to open.")
        elif len(row.entries) > 1:
            self._fold(entry.group, fold=row.unfolded)
        elif self.showing_removed:
            self.tell("This was deleted. U puts it back.")
        elif entry.thread_id == SAMPLE and self.services.sample is not None:
            self.open_job(self.services.sample.open, "the sample")
        else:
            self.open_stored(entry.thread_id, entry.title)

    action_open_entry = choose

    def action_fold_group(self) -> None:
        """Fold the discussions of the article at the cursor."""
        row, entry = self.row, self.entry
        if row is None or entry is None or not (row.nested or row.unfolded):
            self.tell("There is nothing to fold here.")
        else:
            self._fold(entry.group, fold=True)

    def _fold(self, group: str, *, fold: bool) -> None:
        """Fold or unfold the discussions of an article, with the cursor on their row."""
        self.unfolded = self.unfolded - {group} if fold else self.unfolded | {group}
        self.show_items()
        for place, row in enumerate(self.items.rows):
            if len(row.entries) > 1 and self.items.entries[row.entries[0]].group == group:
                self.view.go(place)
        self.show_status()

    # Changing

    def _refuse(self) -> bool:
        """Whether there is no thread of the library under the cursor, which is then told."""
        if not self.chosen():
            self.tell("The sample is no thread of the library before it was read." if self.row else EMPTY)
            return True
        return False

    def action_tag(self) -> None:
        """Put tags on the thread, or take them away."""
        if self._refuse():
            return
        entries = self.chosen()
        known = list(dict.fromkeys(tag for entry in entries for tag in entry.tags))
        initial = "".join(f"{tag} " for tag in known)
        self.ask("Tags, with spaces between them:", lambda line: self._put_tags(entries, known, line), initial)

    def _put_tags(self, entries: Sequence[LibraryEntry], known: Sequence[str], line: str) -> None:
        wanted, moment = tags_of(line), time()
        changes: list[Change] = [
            TagChange(entry.thread_id, tag, tag in wanted, moment)
            for entry in entries
            for tag in dict.fromkeys((*known, *wanted))
            if (tag in wanted) != (tag in entry.tags)
        ]
        if changes:
            said = f"Tagged {' '.join(f'#{tag}' for tag in wanted)}." if wanted else "No tag is left."
            self.write(changes, lambda: self._changed(said))

    def _changed(self, said: str) -> None:
        """A change is on disk: say so, and list the threads as they are now."""
        self.tell(said)
        self.renew()

    def action_follow_source(self) -> None:
        """Follow the thread, or no more; of several those that are followed no more, or else all of them."""
        if not self._refuse():
            entries = self.chosen()
            for entry in [entry for entry in entries if entry.followed] or entries:
                address = entry.source or entry.address
                toggle_follow(self, self.library, Followable(address, "thread", entry.title), self.renew)

    def action_refresh_entry(self) -> None:
        """Load the thread anew."""
        if not self._refuse():
            entries = self.chosen()
            addresses = [address for entry in entries if (address := entry.source or entry.address) not in ("", "-")]
            if addresses:
                self.refresh_addresses(addresses, neutralise_line(entries[0].title) or "the thread")
            else:
                self.tell("This was read from standard input, which can be read only once.")

    def action_remove(self) -> None:
        """Delete the thread, which can be put back."""
        if self.showing_removed:
            self.tell("This was deleted already. U puts it back.")
        elif not self._refuse():
            entries, moment = self.chosen(), time()
            changes = [RemovalChange(entry.thread_id, removed=True, moment=moment) for entry in entries]
            self.write(changes, lambda: self._removed(entries))

    def _removed(self, entries: tuple[LibraryEntry, ...]) -> None:
        self._deleted.append(entries)
        self._changed(f"Deleted {_name_of(entries)}. U puts it back.")

    def action_restore(self) -> None:
        """Put back what was deleted last; among what was deleted, the thread under the cursor."""
        entries = self.chosen() if self.showing_removed else self._deleted[-1] if self._deleted else ()
        if not entries:
            self.tell(NONE_REMOVED if self.showing_removed else "Nothing was deleted here. X lists what was before.")
            return
        changes = [RemovalChange(entry.thread_id, removed=False, moment=time()) for entry in entries]
        self.write(changes, lambda: self._restored(entries))

    def _restored(self, entries: tuple[LibraryEntry, ...]) -> None:
        back = {entry.thread_id for entry in entries}
        self._wanted = entries[0].thread_id
        left = (tuple(entry for entry in one if entry.thread_id not in back) for one in self._deleted)
        self._deleted = [one for one in left if one]
        self._changed(f"{_name_of(entries)} is back.")

    def action_removed(self) -> None:
        """What was deleted; or the library again."""
        self.showing_removed = not self.showing_removed
        self.narrow("")
        self.renew()

    def action_quit(self) -> None:
        """From what was deleted back to the library; from there back, or out of the program."""
        if self.showing_removed:
            self.action_removed()
        else:
            super().action_quit()

    def action_clear(self) -> None:
        """As in every list; from what was deleted back to the library."""
        if self.showing_removed and not self.text and self.loader is None:
            self.action_removed()
        else:
            super().action_clear()

    def action_library(self) -> None:
        """Back to where the library was opened from."""
        if self.leads_back:
            self.action_quit()
        else:
            self.tell("This is the library.")

    # Browser and clipboard

    def action_open_page(self) -> None:
        """Open the thread's page in the browser."""
        self.open_in_browser(self.entry.address or self.entry.source if self.entry is not None else "")

    def action_copy_link(self) -> None:
        """Copy the thread's address."""
        self.copy_address(self.entry.address or self.entry.source if self.entry is not None else "")


def _name_of(entries: Sequence[LibraryEntry]) -> str:
    if len(entries) > 1:
        return plural(len(entries), "thread")
    return f"“{neutralise_line(entries[0].title[:60]) or 'a thread without a title'}”"
