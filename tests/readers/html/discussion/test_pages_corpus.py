"""Real pages of many platforms: how many comments are right in text, author and parent together.

The measure is the F1 of whole comments: each is matched with the truth's by the letters that it begins with.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from rumor_tui import readers
from rumor_tui.blocks import body_text
from rumor_tui.model import Thread
from rumor_tui.readers import decode
from rumor_tui.readers.html import page_reader
from rumor_tui.readers.html.discussion.platforms import PLATFORMS, Platform
from rumor_tui.readers.source import Hint
from tests.readers.html.discussion.made_pages import letters

CORPUS = Path(__file__).parents[5] / "shared" / "corpus" / "html"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of pages is not here")

LEAST, LEAST_MEAN, LEAST_IN_GENERAL = 0.95, 0.93, 0.90
"""Whole F1 over all comments and as the mean of files with the table, and over all without it."""


@lru_cache(maxsize=2)
def scores(platforms: Sequence[Platform]) -> dict[str, tuple[int, int]]:
    """For each page, twice the number of comments that are right, and how many there are in the truth and were read."""
    found = {}
    for file in sorted(CORPUS.glob("*.html")):
        truth = json.loads(file.with_suffix(".truth.json").read_text(encoding="utf-8"))["comments"]
        hint = Hint(file.name)
        thread = readers.as_thread(
            page_reader.read_page(decode.decode_text(file.read_bytes()), hint, platforms).content(hint)
        )
        countable = sum(1 for one in truth if letters(one["text_start"]))
        found[file.name] = (2 * right(truth, thread), countable + len(thread))
    return found


def right(truth: Sequence[dict[str, Any]], thread: Thread) -> int:
    """How many of the truth's comments a thread has with the right author and parent."""
    texts = [letters(body_text(body, "html"), 200) for body in thread.bodies]
    pairs = matched(truth, texts, list(thread.authors))
    count = 0
    for place, other in pairs.items():
        above = int(thread.parent[other])
        wanted = truth[place]["parent"]
        parent = above < 0 if wanted is None else pairs.get(wanted) == above
        count += parent and same_author(truth[place]["author"], thread.authors[other])
    return count


def matched(truth: Sequence[dict[str, Any]], texts: Sequence[str], names: Sequence[str | None]) -> dict[int, int]:
    """The places of the comments that begin as the truth's do, by the truth's places."""
    starts: dict[str, list[int]] = defaultdict(list)
    for other, text in enumerate(texts):
        starts[text[:24]].append(other)
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for place, one in enumerate(truth):
        key = letters(one["text_start"], 40)
        options = [other for other in starts.get(key[:24], ()) if other not in used] if key else []
        if not options and len(key) >= 12:
            options = [
                other for other, text in enumerate(texts) if other not in used and 0 <= text.find(key[:30]) <= 60
            ]
        if options:
            best = min(options, key=lambda o: (not same_author(one["author"], names[o]), abs(o - place)))
            pairs[place] = best
            used.add(best)
    return pairs


def same_author(wanted: str | None, found: str | None) -> bool:
    """Whether a name is the truth's, or has it in it."""
    if not wanted:
        return True
    one, other = letters(wanted, 99), letters(found or "", 99)
    return one == other or (min(len(one), len(other)) > 3 and (one in other or other in one))


def over_all(found: dict[str, tuple[int, int]]) -> float:
    return sum(good for good, _ in found.values()) / sum(count for _, count in found.values())


def test_pages_are_read_whole_with_the_table() -> None:
    found = scores(PLATFORMS)
    mean = sum(good / count if count else 1.0 for good, count in found.values()) / len(found)
    print(f"whole F1 {over_all(found):.3f} over all comments, {mean:.3f} as the mean of {len(found)} pages")
    assert over_all(found) >= LEAST
    assert mean >= LEAST_MEAN


def test_pages_are_read_whole_without_the_table() -> None:
    found = scores(())
    print(f"whole F1 {over_all(found):.3f} over all comments, without the table")
    assert over_all(found) >= LEAST_IN_GENERAL
