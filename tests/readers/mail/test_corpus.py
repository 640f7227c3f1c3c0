"""The mail reader against mailboxes whose threads are known, where they are at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rumor_tui import blocks, readers
from rumor_tui.readers import read_path

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpus" / "mbox"
BOXES = sorted(CORPUS.glob("*.mbox")) if CORPUS.is_dir() else []
pytestmark = pytest.mark.skipif(not BOXES, reason=f"no corpus of mailboxes at {CORPUS}")

Known = dict[str, tuple[str | None, str, str]]
"""For each identifier: the one that it answers, the author, and how its text starts."""


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())[:24]


def truth(path: Path) -> Known:
    rows: list[dict[str, Any]] = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))["comments"]
    names = [row["id"].strip("<>") for row in rows]
    above = [None if row["parent"] is None else names[row["parent"]] for row in rows]
    starts = [letters(row["text_start"]) for row in rows]
    return dict(zip(names, zip(above, [row["author"] for row in rows], starts, strict=True), strict=True))


def read(path: Path) -> Known:
    content = read_path(str(path))
    thread = readers.as_thread(content)
    known: Known = {}
    for row in thread.comments():
        above = None if row.parent is None else thread.ids[row.parent]
        known[row.id or ""] = (above, row.author or "", letters(blocks.body_text(row.body, thread.format)))
    return known


def test_parents_authors_and_texts_are_as_known() -> None:
    right = total = 0
    for path in BOXES:
        wanted, result = truth(path), read(path)
        for name, (above, *rest) in wanted.items():
            total += 1
            right += result.get(name) == (above, *rest)
    assert right >= 0.97 * total
