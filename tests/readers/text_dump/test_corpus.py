"""The dump reader against pages whose discussion is known, where they are at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import read, sniff

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpus" / "text"
PAGES = sorted(CORPUS.glob("*.truth.json")) if CORPUS.is_dir() else []
pytestmark = pytest.mark.skipif(not PAGES, reason=f"no corpus of dumps at {CORPUS}")

GOOD = 0.8
"""A page is read well when so large a share of its comments is found."""


def letters(text: str, count: int = 24) -> str:
    return re.sub(r"\W+", "", text.casefold())[:count]


def share_found(truth: dict[str, Any], bodies: list[str]) -> float:
    """The share of the truth's comments whose body begins like one that was read."""
    starts = {letters(body) for body in bodies}
    wanted = [start for comment in truth["comments"] if (start := letters(comment["text_start"]))]
    return sum(1 for start in wanted if any(have.startswith(start[:18]) for have in starts)) / max(len(wanted), 1)


def pages() -> list[tuple[str, float, bool]]:
    """Name, share found, and whether it was taken for a dump, for every full page."""
    shares = []
    for path in PAGES:
        text = path.with_name(path.name.replace(".truth.json", ".txt")).read_text(encoding="utf-8")
        thread = read(text, Hint(path.name))
        truth = json.loads(path.read_text(encoding="utf-8"))
        shares.append((path.name, share_found(truth, list(thread.bodies)), sniff(text, Hint("page.txt"))))
    return shares


def test_comments_are_found_and_pages_are_known_for_dumps() -> None:
    shares = pages()
    assert all(known for _, _, known in shares)
    well = sum(1 for _, share, _ in shares if share >= GOOD)
    assert well * 10 >= len(shares) * 9
    assert sum(share for _, share, _ in shares) / len(shares) > 0.9
