"""Real pages with comments taken out, added and edited in their source: exactly these differences are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from rumor_tui.blocks import body_text
from rumor_tui.changes.merge import compare_threads, merge_threads
from rumor_tui.model import Thread
from tests.changes.corpus import CORPUS, PAGES, Made, NoPairError, make_pair

pytestmark = pytest.mark.skipif(not PAGES, reason=f"no corpus of pages at {CORPUS}")

SAMPLE = PAGES[::4]
PAIRS = 60
"""Pages of the corpus, at least, that pairs can be made of."""
READ_OTHERWISE = {
    "discourse-crawler-docker.txt": "a line with only a name is a byline in one state, and of a quote in the other",
    "se-german-ausgeraubt.txt": "of two comments of the same person with the same end, one is read",
}
"""Pages of which a reader makes something else once they were changed; the comparison tells that, too."""


def words_of(thread: Thread, row: int) -> str:
    return body_text(thread.bodies[row], thread.format, thread.repair)


def check(made: Made) -> None:
    """What is told is what was done, and merged nothing is lost."""
    told = compare_threads(made.before, made.after)
    assert ["gone" if made.gone in words_of(made.before, row) else row for row in told.gone] == ["gone"]
    assert ["edited" if made.edited in words_of(made.before, told.before[row]) else row for row in told.edited] == [
        "edited"
    ]
    assert ["new" if made.new in words_of(made.after, row) else row for row in told.new] == ["new"]
    assert (list(told.moved), list(told.hoisted), list(told.emptied)) == ([], [], [])
    merged = merge_threads(made.before, made.after)
    assert len(merged.thread) == len(made.before) + 1
    assert [made.gone in words_of(merged.thread, row) for row in merged.gone] == [True]


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_what_was_done_to_a_page_is_told(path: Path) -> None:
    if path.name in READ_OTHERWISE:
        pytest.skip(READ_OTHERWISE[path.name])
    try:
        made = make_pair(path)
    except NoPairError as reason:
        pytest.skip(str(reason))
    check(made)


@pytest.mark.slow
def test_what_was_done_to_any_page_is_told() -> None:
    made = 0
    for path in PAGES:
        try:
            pair = make_pair(path)
        except NoPairError:
            continue
        if path.name not in READ_OTHERWISE:
            check(pair)
            made += 1
    assert made >= PAIRS
