"""What the lists of comments out of many threads share: opening the thread at the comment, dates, addresses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from time import time

from rumor_tui.ui.keys import Binding
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.library_list import Desk, LibraryListScreen
from rumor_tui.ui.screens.passage_items import Passage, PassageItems
from rumor_tui.ui.widgets.list_view import Lines


class PassageScreen(LibraryListScreen, inherit_bindings=False):
    """Abstract: passages of threads of the library, from which their threads are opened."""

    def __init__(
        self,
        bindings: Sequence[Binding],
        desk: Desk,
        palette: Palette,
        *,
        id: str,
        heads: Sequence[Lines] = (),
    ) -> None:
        self.items = PassageItems(palette, now=time())
        self.items.absolute_dates = desk.settings.dates == "absolute"
        super().__init__(self.items, bindings, desk, palette, id=id, heads=heads)

    @property
    def passage(self) -> Passage | None:
        """The passage under the cursor."""
        return self.items.passage(self.view.cursor) if self.view.cursor < len(self.items.order) else None

    def show_passages(self, passages: Sequence[Passage], order: Sequence[int]) -> None:
        """Show these passages, in this ascending order; the cursor stays on its own, or goes to the next one."""
        here, y, items = self.passage, self.view.kept().y, self.items
        at = items.order[self.view.cursor] if self.view.cursor < len(items.order) else 0
        keys = {(one.thread_id, one.handle): place for place, one in enumerate(passages)}
        row = keys.get((here.thread_id, here.handle), at) if here is not None else at
        items.passages, items.order, items.now = passages, order, time()
        self.view.take(min(bisect_left(order, row), max(len(order) - 1, 0)), y)

    def take_news(self) -> None:
        """Bring ages up to date."""
        self.items.now = time()
        self.view.compose_rows()

    def choose(self) -> None:
        """Open the thread at the passage."""
        passage = self.passage
        if passage is None:
            self.tell(self.why_empty() or "There is nothing to open.")
        else:
            self.open_stored(passage.thread_id, passage.title, passage.handle)

    action_open_entry = choose

    def action_dates(self) -> None:
        """Exact dates, or how long ago."""
        self.items.absolute_dates = not self.items.absolute_dates
        self.view.compose_rows()

    def action_open_page(self) -> None:
        """Open the comment's page in the browser."""
        self.open_in_browser(self.passage.address if self.passage is not None else "")

    def action_copy_link(self) -> None:
        """Copy the comment's address."""
        self.copy_address(self.passage.address if self.passage is not None else "")
