from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest

from rumor_tui import readers
from rumor_tui.readers import Hint, SourceError
from tests.readers.containers.samples import PAGE, comment_list, is_whole_page, listing, page, thread


def entry(address: str, text: str, kind: str = "text/html; charset=utf-8", page: str = "page_1", **more: Any) -> Any:
    content = {"mimeType": kind, "size": len(text), "text": text, **more}
    return {
        "pageref": page,
        "startedDateTime": "2024-05-06T10:00:00.000Z",
        "request": {"method": "GET", "url": address},
        "response": {"status": 200, "content": content},
    }


def record(*entries: Any) -> bytes:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "x"}, "entries": entries}}).encode()


SCRIPT = entry("https://cape.example/x.js", "var x = [1]", "application/javascript")
IMAGE = entry("https://cape.example/x.png", b64encode(b"\x89PNG").decode(), "image/png", encoding="base64")


def test_a_recorded_page() -> None:
    result = thread(record(SCRIPT, entry("https://cape.example/lamp", PAGE), IMAGE), "cape.har")
    assert is_whole_page(result)
    assert result.article.url == "https://cape.example/lamp"


def test_text_may_be_in_base64() -> None:
    packed = entry("https://cape.example/lamp", b64encode(PAGE.encode()).decode(), encoding="base64")
    assert is_whole_page(thread(record(packed)))


def test_comments_may_come_in_a_frame_or_in_json() -> None:
    document = entry("https://cape.example/lamp", page())
    frame = entry("https://talk.example/embed", f"<html><body>{comment_list()}</body></html>")
    assert is_whole_page(thread(record(document, SCRIPT, frame)))
    assert is_whole_page(thread(record(frame, document)))
    ruth = {"id": "1", "author": "ruth", "created_at": "2024-05-06T10:00:00Z", "text": "The granite came by rail."}
    pavel = {
        "id": "2",
        "author": "pavel",
        "created_at": "2024-05-06T11:00:00Z",
        "text": "There was no rail until 1890.",
    }
    otto = {
        "id": "3",
        "author": "otto",
        "created_at": "2024-05-06T12:00:00Z",
        "text": "By boat, then, from the quarry.",
    }
    comments = [[ruth], [pavel, otto]]
    answers = [
        entry(f"https://talk.example/api?page={number}", json.dumps({"comments": part}), "application/json")
        for number, part in enumerate(comments)
    ]
    result = thread(record(document, *answers, answers[0]))
    assert list(result.authors) == ["ruth", "pavel", "otto"]
    assert result.article.title == "The lamp at the cape"
    assert list(thread(record(answers[0])).authors) == ["ruth"]


def test_other_data_is_no_comment() -> None:
    words = {"title": "Lamps", "description": "The lamps that we have in stock, and some that we had.", "price": "7"}
    data = json.dumps({"items": [words, {**words, "price": "8", "description": "Other lamps, of brass and of tin."}]})
    result = thread(record(entry("https://cape.example/lamp", page()), entry("https://x.example/", data, "text/json")))
    assert (result.article.title, len(result)) == ("The lamp at the cape", 0)


def test_several_pages_are_a_list() -> None:
    result = listing(record(entry("https://a.example/", page("One")), entry("https://b.example/", PAGE, page="page_2")))
    assert [(item.title, item.address) for item in result.entries] == [
        ("One", "https://a.example/"),
        ("The lamp at the cape", "https://b.example/"),
    ]
    assert is_whole_page(result.open(1))


def test_answers_that_failed_are_none() -> None:
    missing = entry("https://cape.example/lamp", PAGE)
    missing["response"]["status"] = 404
    with pytest.raises(SourceError, match="none of the answers is a page"):
        readers.read_source(record(missing, SCRIPT, IMAGE), Hint("x.har"))


@pytest.mark.parametrize(
    "entries", ["[7]", "[{}]", "[null]", '[{"response": 7}]', '[{"response": {"content": []}}]', "[]"]
)
def test_nonsense_is_a_sentence(entries: str) -> None:
    with pytest.raises(SourceError, match=r"\.$"):
        readers.read_source(f'{{"log": {{"entries": {entries}}}}}'.encode(), Hint("x.har"))


def test_a_large_record() -> None:
    filler = entry("https://cape.example/data", "x" * 1_000_000, "application/json")
    assert is_whole_page(thread(record(entry("https://cape.example/lamp", PAGE), *[filler] * 40)))
