"""Both panes of the sample as plain text at several widths.

The files stand in `golden/`; RUMOR_GOLDEN=1 in the environment writes them anew instead of comparing.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.ui.paint.theme import DARK, palette
from rumor_tui.ui.panes.article import ArticleItems
from rumor_tui.ui.panes.comment_items import CommentItems
from rumor_tui.ui.panes.items_view import Items
from tests.ui.helpers import FAMILY, sample, thread_of

FOLDER = Path(__file__).parent / "golden"
NOW = 1_300_000_000.0
WIDTHS = (40, 58, 100)
PALETTE = palette(DARK)


def rendered(items: Items, count: int, width: int) -> str:
    """All items of a view, one below the other, with a bar where the pane ends."""
    rows = [strip.text for item in range(count) for strip in items.paint(item, width).strips]
    return "".join(f"{row}|\n" for row in rows)


def compare(name: str, text: str) -> None:
    """Hold the text against the golden file, or write the file."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("RUMOR_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def comments_of(thread: Thread) -> CommentItems:
    items = CommentItems(thread, Outline(thread.parent, thread.authors), PALETTE, now=NOW)
    items.reading.in_article = False
    return items


@pytest.mark.parametrize("width", WIDTHS)
def test_comments(width: int) -> None:
    thread = sample()
    compare(f"comments_{width}", rendered(comments_of(thread), len(thread), width))


@pytest.mark.parametrize("width", WIDTHS)
def test_article(width: int) -> None:
    thread = sample()
    items = ArticleItems(thread, PALETTE)
    compare(f"article_{width}", rendered(items, len(thread.article.pieces) + 1, width))


@pytest.mark.parametrize("width", WIDTHS)
def test_comments_folded_nested_and_dated(width: int) -> None:
    thread = thread_of(FAMILY)
    thread.published = [NOW - 7200 * (row + 1) for row in range(len(thread))]
    thread.scores = [None, 1, 12, None, 3, 4, 5, 6]
    items = comments_of(thread)
    items.reading.row, items.reading.peek = 3, 3
    items.tree.fold(5)
    visible = [row for row in range(len(thread)) if not items.tree.hidden[row]]
    text = "".join(f"{strip.text}|\n" for row in visible for strip in items.paint(row, width).strips)
    compare(f"family_{width}", text)
