"""The cases that were labelled by hand are well formed, and speak of texts that are there."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import read_path
from rumor_tui.search.index.texts import TextIndex

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus"
EVIDENCE = {"mention", "name", "quote", "other", "none"}
COMPARED = {"money", "percent", "range", "quantity", "number", "fraction"}
NOT_COMPARED = {"ordinal", "year", "date", "time", "timecode", "version", "score"}

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of labels, whose first lines say in words what it holds."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    cases = (line for line in lines if not line.startswith("#"))
    return list(csv.DictReader(cases, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


@cache
def thread(file: str) -> Thread:
    """A thread of the corpus; there are some sixty, and the tables do not name them in order."""
    found = read_path(str((PROJECT if file.startswith("seeds/") else CORPUS) / file))
    assert isinstance(found, Thread), file
    return found


def test_answers_are_well_formed() -> None:
    rows = table("answers_labels.tsv")
    assert len({(row["file"], row["row"]) for row in rows}) == len(rows) >= 200
    assert sum(row["answers"].isdigit() for row in rows) >= 90
    for row in rows:
        assert row["evidence"] in EVIDENCE, row
        assert row["evidence"] != "none" or not row["answers"].isdigit(), row
        for answer in (row["answers"], *filter(None, row["also"].split(","))):
            assert answer in ("article", "?") or 0 <= int(answer) < int(row["row"]), row


@needs_corpus
def test_answers_are_of_comments_whose_page_tells_no_parent() -> None:
    for row in table("answers_labels.tsv"):
        assert thread(row["file"]).parent[int(row["row"])] < 0, row


def test_numbers_are_well_formed() -> None:
    rows = table("number_values.tsv")
    assert len({(row["file"], row["item"], row["start"]) for row in rows}) == len(rows) >= 200
    assert len({row["file"] for row in rows}) >= 30
    for row in rows:
        assert row["about"] in ("0", "1", "-"), row
        assert len(row["surface"]) == int(row["end"]) - int(row["start"]) <= 40, row
        if row["type"] in COMPARED:
            assert float(row["low"]) <= float(row["high"]), row
            assert row["low"] == row["high"] or row["type"] == "range", row
        else:
            assert row["type"] in NOT_COMPARED and row["low"] == row["high"] == "-" != row["value"], row


@needs_corpus
def test_numbers_stand_where_they_are_said_to() -> None:
    for row in table("number_values.tsv"):
        text = TextIndex(thread(row["file"])).item_text(int(row["item"]))
        assert text[int(row["start"]) : int(row["end"])] == row["surface"], row
