"""Hostile documents through the readers and the exports: nothing but a thread, a listing or a sentence comes of them.

The full attack, with 50,000 repetitions, processes and times, is `python -m tests.bench.documents`.
"""

from __future__ import annotations

from io import StringIO

import pytest

from rumor_tui import export
from rumor_tui.model import SourceError, Thread
from rumor_tui.readers import Hint, as_thread, open_if_single, read_source
from tests.hostile.documents import HOSTILE_DOCUMENTS, HostileDocument

REPETITIONS = 12
"""Few, since there are many documents: what only many repetitions show is the bench's."""


def test_there_are_many_and_each_has_its_name() -> None:
    assert len({document.name for document in HOSTILE_DOCUMENTS}) == len(HOSTILE_DOCUMENTS) >= 150


@pytest.mark.parametrize("document", HOSTILE_DOCUMENTS, ids=[document.name for document in HOSTILE_DOCUMENTS])
def test_a_hostile_document_is_read_or_refused_in_a_sentence(document: HostileDocument) -> None:
    try:
        content = open_if_single(read_source(document.make(REPETITIONS), Hint(f"document{document.suffix}")))
        thread = as_thread(content)
    except SourceError as refusal:
        said = str(refusal)
        assert said.isprintable()
        assert said.endswith((".", "?", "!"))
        return
    check_columns(thread)
    for form in export.FORMATS:
        export.write(thread, form, StringIO())


def check_columns(thread: Thread) -> None:
    """The columns are of one length, and the rows in pre-order."""
    size = len(thread)
    columns = (thread.authors, thread.bodies, thread.lengths, thread.published, thread.ids, thread.scores, thread.urls)
    assert {len(column) for column in columns} <= {size}
    path: list[int] = []
    for row, parent in enumerate(thread.parent):
        assert -1 <= parent < row
        while path and path[-1] != parent:
            path.pop()
        assert parent < 0 or path
        path.append(row)
