"""A reader screen over a library that keeps everything at once, for tests of bookmarks and notes."""

from __future__ import annotations

from collections.abc import Sequence

from textual.pilot import Pilot

from rumor_tui.library_types import Annotation, Change, Remembered
from rumor_tui.row_map import RowMap
from tests.ui.helpers import reader


def remember(pilot: Pilot[None], annotations: Sequence[Annotation] = ()) -> list[Change]:
    """Have the reader know a library; row r has the handle 100 + r. The answer is the list of what is changed."""
    screen, changes = reader(pilot), list[Change]()
    session = screen.session
    thread = session.order.page
    size = len(thread)

    def keep(change: Change) -> None:
        changes.append(change)
        screen.call_later(lambda: screen.change(lambda: session.memory.confirm([change])))

    session.memory.change = keep  # type: ignore[method-assign]
    known = Remembered(
        thread_id=1,
        thread=thread,
        row_map=RowMap.identity(size),
        handles=range(100, 100 + size),
        read=b"\1" * size,
        first_seen=[0.0] * size,
        annotations=annotations,
    )
    screen.perform(lambda: session.remember(known))
    return changes
