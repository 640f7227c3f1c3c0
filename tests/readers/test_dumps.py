"""Dumps: told by their first lines, read as a stream, their comments brought together by thread."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import zstandard

from rumor_tui.model import SourceError, Thread
from rumor_tui.readers.dumps import DumpKind, dump_kind, iter_threads

LONG_WINDOW = zstandard.ZstdCompressionParameters.from_level(3, window_log=27, write_checksum=True)
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(compression_params=LONG_WINDOW).compress,
}


def reddit(id: str, post: str, above: str, body: str = "Hello") -> dict[str, Any]:
    return {
        "id": id,
        "link_id": f"t3_{post}",
        "parent_id": above,
        "author": f"author-{id}",
        "body": body,
        "created_utc": 1_600_000_000,
        "subreddit": "cars",
    }


def post(id: str, title: str) -> dict[str, Any]:
    return {
        "id": id,
        "title": title,
        "selftext": "The text of it.",
        "author": "op",
        "created_utc": 1_599_999_999,
        "permalink": f"/r/cars/comments/{id}/x/",
        "subreddit": "cars",
    }


def item(id: int, parent: int | None, text: str = "Hello") -> dict[str, Any]:
    if parent is None:
        return {"id": id, "type": "story", "by": "op", "time": 1_160_418_111, "title": f"Story {id}", "score": 5}
    return {"id": id, "type": "comment", "by": f"a{id}", "time": 1_160_418_111, "text": text, "parent": parent}


def own(number: int) -> dict[str, Any]:
    comments = [{"index": 0, "id": f"{number}", "author": "ann", "text": f"Comment {number}", "parent": None}]
    return {"version": 1, "source": "", "article": {"title": f"Thread {number}"}, "comments": comments}


def write(path: Path, records: Sequence[object], ending: str = "") -> str:
    data = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    found = path.with_name(path.name + ending)
    found.write_bytes(PACKERS[ending](data))
    return str(found)


def threads(paths: Sequence[str], kind: DumpKind) -> list[Thread]:
    found = [dumped.read() for dumped in iter_threads(paths, kind)]
    assert all(isinstance(thread, Thread) for thread in found)
    return [thread for thread in found if isinstance(thread, Thread)]


@pytest.mark.parametrize("ending", PACKERS)
def test_comments_of_reddit_come_together_however_they_are_mixed(tmp_path: Path, ending: str) -> None:
    records = [
        reddit("a1", "aaa", "t3_aaa"),
        reddit("b1", "bbb", "t3_bbb"),
        reddit("a2", "aaa", "t1_a1"),
        reddit("b2", "bbb", "t3_bbb"),
    ]
    path = write(tmp_path / "RC.jsonl", records, ending)
    assert dump_kind(path) == "reddit"
    first, second = threads([path], "reddit")
    assert (list(first.parent), list(first.authors)) == ([-1, 0], ["author-a1", "author-a2"])
    assert (list(second.parent), list(second.authors)) == ([-1, -1], ["author-b1", "author-b2"])
    assert (first.source, second.source) == (
        "https://www.reddit.com/comments/aaa",
        "https://www.reddit.com/comments/bbb",
    )


def test_posts_in_another_dump_head_their_comments(tmp_path: Path) -> None:
    comments = write(tmp_path / "RC.jsonl", [reddit("a1", "aaa", "t3_aaa"), reddit("b1", "bbb", "t3_bbb")])
    posts = write(tmp_path / "RS.jsonl", [post("bbb", "Title B"), post("aaa", "Title A")], ".zst")
    assert {dump_kind(comments), dump_kind(posts)} == {"reddit"}
    found = threads([comments, posts], "reddit")
    assert [(thread.article.title, len(thread)) for thread in found] == [("Title A", 1), ("Title B", 1)]


def test_items_of_hacker_news_come_below_their_story_in_any_order(tmp_path: Path) -> None:
    records = [item(9, 7), item(1, None), item(2, None), item(7, 1), item(8, 2), item(10, 9)]
    path = write(tmp_path / "items.jsonl", records)
    assert dump_kind(path) == "hacker news"
    first, second = threads([path], "hacker news")
    assert (first.article.title, list(first.ids), list(first.parent)) == ("Story 1", ["7", "9", "10"], [-1, 0, 1])
    assert (second.article.title, list(second.ids)) == ("Story 2", ["8"])
    assert first.source == "https://news.ycombinator.com/item?id=1"


def test_a_whole_thread_on_each_line(tmp_path: Path) -> None:
    path = write(tmp_path / "own.jsonl", [own(1), own(2)], ".zst")
    assert dump_kind(path) == "threads"
    assert [list(thread.bodies) for thread in threads([path], "threads")] == [["Comment 1"], ["Comment 2"]]


@pytest.mark.parametrize(
    "text",
    [
        "A page of text.\n\nAnd more.\n",
        json.dumps(own(1), indent=1),
        json.dumps(own(1)),
        json.dumps({"a": 1}) + "\n" + json.dumps({"b": 2}),
        json.dumps(own(1)) + "\n" + json.dumps(reddit("a", "b", "t3_b")),
        "",
    ],
)
def test_other_files_are_no_dumps(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page"
    path.write_text(text, encoding="utf-8")
    assert dump_kind(str(path)) is None
    assert dump_kind(str(tmp_path / "nothing")) is None


@pytest.mark.parametrize("ending", [ending for ending in PACKERS if ending])
def test_a_dump_that_breaks_off_is_a_sentence(tmp_path: Path, ending: str) -> None:
    path = Path(write(tmp_path / "own.jsonl", [own(number) for number in range(3_000)], ending))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceError, match="is damaged, or breaks off"):
        list(iter_threads([str(path)], "threads"))


def test_lines_that_are_no_records_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "RC.jsonl"
    path.write_text(f"{json.dumps(reddit('a1', 'aaa', 't3_aaa'))}\n{{broken\n\n[1]\n{{}}\n", encoding="utf-8")
    (thread,) = threads([str(path)], "reddit")
    assert list(thread.bodies) == ["Hello"]
