"""The numbers and names of the thread that is read, for the library to keep: once its analysis is complete."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rumor_tui.reading.session import ReadingSession


def marks_to_keep(session: ReadingSession) -> Callable[[Callable[[], bool]], bytes] | None:
    """What packs the marks of the thread as it is now, for a `MarksChange`; None while its analysis is not complete, or
    the library has not told its handles.

    Packing takes about 5 µs a mark, in slices: call it in a worker, with a `stop`; b"" if stopped.
    """
    analysis, handles = session.analysis.knowledge, session.memory.handles
    marks = analysis.marks
    if not session.memory.known or not analysis.marks_known or marks is None or not len(handles):
        return None
    if len(handles) != len(analysis.thread) or min(handles) < 1:
        return None
    from rumor_tui.search.index.kept_marks import pack_marks

    return partial(pack_marks, marks, handles)
