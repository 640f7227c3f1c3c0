"""The cases that were labelled by hand are well formed, and speak of texts that are there."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import load

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus"
EVIDENCE = {"mention", "name", "quote", "other", "none"}

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of labels, whose first lines say in words what it holds."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=3))


@lru_cache(4)
def thread(file: str) -> Thread:
    found = load(str((PROJECT if file.startswith("seeds/") else CORPUS) / file))
    assert isinstance(found, Thread), file
    return found


def test_answers_are_well_formed() -> None:
    rows = table("answers_labels.tsv")
    assert len({(row["file"], row["row"]) for row in rows}) == len(rows) >= 200
    for row in rows:
        assert row["evidence"] in EVIDENCE, row
        for answer in (row["answers"], *filter(None, row["also"].split(","))):
            assert answer in ("article", "?") or 0 <= int(answer) < int(row["row"]), row
    assert sum(row["answers"].isdigit() for row in rows) >= 90


@needs_corpus
def test_answers_are_of_comments_whose_page_tells_no_parent() -> None:
    for row in table("answers_labels.tsv"):
        assert thread(row["file"]).parent[int(row["row"])] < 0, row
