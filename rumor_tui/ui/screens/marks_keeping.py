"""Handing the numbers and names of a thread that was read to the library, once for each state of it."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from rumor_tui.reading.kept_marks import marks_to_keep
from rumor_tui.ui.workers import start_worker

if TYPE_CHECKING:
    from rumor_tui.library_types import Library
    from rumor_tui.reading.session import ReadingSession


class MarksKeeper:
    """Has them kept as soon as all are found and the thread is in the library. What fails is tried in the next state:
    they can be found again at any time."""

    def __init__(self, session: ReadingSession, library: Library | None) -> None:
        self.session = session
        self.library = library
        self._kept: tuple[object, object] | None = None
        """The marks and the handles that were handed over last."""
        self._stopped = False

    def look(self) -> None:
        """Hand them over, if there is something new to hand over."""
        library, session = self.library, self.session
        state = session.analysis.knowledge.marks, session.memory.handles
        if library is None or (self._kept is not None and all(a is b for a, b in zip(self._kept, state, strict=True))):
            return
        pack, thread = marks_to_keep(session), session.memory.thread_id
        if pack is None:
            return
        self._kept = state

        def work() -> None:
            from rumor_tui.library_types import MarksChange

            packed = pack(lambda: self._stopped)
            if packed:
                library.change([MarksChange(thread, packed, time())])

        start_worker(work, "packing marks")

    def stop(self) -> None:
        """The screen goes."""
        self._stopped = True
