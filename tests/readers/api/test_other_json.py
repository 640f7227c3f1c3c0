from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rumor_tui.model import SourceError, Thread
from rumor_tui.readers import read_path

SPRINGS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": f"Spring {n}", "owner": "The parish", "description": "It flows all year round."},
            "geometry": {"type": "Point", "coordinates": [8.1, 47.2]},
        }
        for n in range(3)
    ],
}
GOODS = [
    {"id": n, "title": f"Pot {n}", "description": "A pot of clay.", "price": 12.5, "brand": b}
    for n, b in enumerate("xyz")
]
LOG = [
    {"timestamp": f"2024-01-0{n}T10:00:00Z", "level": "WARN", "logger": "db", "message": "The pool is full"}
    for n in (1, 2, 3)
]


def opened(value: Any, folder: Path) -> Thread:
    file = folder / "any.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    thread = read_path(str(file))
    assert isinstance(thread, Thread)
    return thread


@pytest.mark.parametrize("value", [SPRINGS, GOODS, LOG, {"lockfileVersion": 3, "packages": {"a": {"version": "1.0"}}}])
def test_what_nobody_said_is_shown_as_it_stands(value: Any, tmp_path: Path) -> None:
    thread = opened(value, tmp_path)
    assert len(thread) == 0
    shown = "".join(thread.article.pieces)
    assert json.loads(shown.removeprefix("<pre>").removesuffix("</pre>")) == value
    assert "No list in it has objects with a text and an author or a date" in thread.notice


def test_a_long_document_is_shown_in_pieces(tmp_path: Path) -> None:
    thread = opened({"values": list(range(1_000))}, tmp_path)
    assert len(thread.article.pieces) == 3


def test_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="an empty object"):
        opened({}, tmp_path)


def test_reviews_of_goods_are_comments(tmp_path: Path) -> None:
    rows = [{"price": 9, "review": f"It leaks, the {n}th one", "user": f"u{n}", "date": "2024-01-02"} for n in range(3)]
    assert len(opened(rows, tmp_path)) == 3


def test_messages_with_a_sum_are_comments(tmp_path: Path) -> None:
    rows = [{"from": f"u{n}", "message": f"Keep it going, {n}!", "amount": 5, "currency": "EUR"} for n in range(3)]
    assert len(opened(rows, tmp_path)) == 3
