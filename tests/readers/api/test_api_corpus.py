"""The shared corpus's JSON files, where it is there: every comment by its identifier, its author and its parent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rumor_tui.model import Listing, Thread
from rumor_tui.readers import read_path
from tests.readers.api.test_mutilated import check

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "json"
FILES = sorted(path for path in CORPUS.glob("*.json") if not path.name.endswith(".truth.json"))

pytestmark = pytest.mark.skipif(not FILES, reason="the shared corpus is not beside this checkout")


def name(comment: dict[str, Any]) -> str:
    """What a comment of the truth is called in a thread: posts of Discourse are called by their numbers."""
    return str(comment.get("post_number") or comment["id"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_opens(path: Path) -> None:
    content = read_path(str(path))
    check(content)
    if isinstance(content, Listing):
        assert len(content.entries) > 1
    else:
        assert content.article.title or len(content.article.pieces) or len(content)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_comment_is_there_with_its_author_and_its_parent(path: Path) -> None:
    truth_path = path.with_name(f"{path.stem}.truth.json")
    if not truth_path.is_file():
        pytest.skip("nothing is known of this file")
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    thread = read_path(str(path))
    assert isinstance(thread, Thread)
    if truth.get("title"):
        assert thread.article.title == truth["title"]
    wanted = truth["comments"]
    names = [name(comment) for comment in wanted]
    assert sorted(map(str, thread.ids)) == sorted(names)
    rows = {row_name: row for row, row_name in enumerate(thread.ids)}
    for comment in wanted:
        result = thread.comment(rows[name(comment)])
        assert result.author == comment["author"]
        parent = comment["parent"]
        assert (None if result.parent is None else thread.ids[result.parent]) == (
            None if parent is None else names[parent]
        )
