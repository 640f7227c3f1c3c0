"""The source of a thread as plain text: what each kind becomes, where a comment is found in it, and who knows it."""

from __future__ import annotations

import gzip
import json
from dataclasses import fields

import pytest

from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.readers import source_text as source_texts
from rumor_tui.readers.source import Kind
from rumor_tui.readers.source_text import count_source, find_place, plain_text, read_source_text, source_passages

HINT = Hint("source")


def text_of(source: str, kind: Kind) -> str:
    return plain_text(source.encode(), HINT, kind)


# The text


def test_a_page_becomes_its_visible_text_in_order() -> None:
    page = "<!DOCTYPE html><style>p {}</style><nav>Menu</nav><p>One <b>two</b></p><script>no()</script><p>Three</p>"
    assert text_of(page, "page").split() == ["Menu", "One", "two", "Three"]


def test_json_is_indented_and_its_characters_are_unescaped() -> None:
    source = '{"text":"\\u00e9 \\ud83d\\ude00 \\u0022","n":1}'
    assert text_of(source, "json") == '{\n  "text": "é 😀 \\u0022",\n  "n": 1\n}'


def test_json_lines_are_indented_one_by_one() -> None:
    assert text_of('{"a":1}\n{"b":2}\n', "json") == '{\n  "a": 1\n}\n{\n  "b": 2\n}'


@pytest.mark.parametrize("source", ['{"a": ', "[" * 5_000 + "]" * 5_000, "not JSON"])
def test_what_cannot_be_indented_stays_as_it_is(source: str) -> None:
    assert text_of(source, "json") == source


def test_any_other_text_stays_as_it_is() -> None:
    assert text_of("a\r\n  b\rc\x1b[31m", "text") == "a\n  b\nc\x1b[31m"


# The place


def test_a_text_is_found_across_markup_escapes_and_line_breaks() -> None:
    for between in (" ", "\n   ", "</b> <i>", "\\n", "&nbsp;", '\\" '):
        source = f"zero zero one{between}two{between}three four"
        assert find_place(source, ["one two three four five six seven eight nine"]) == 10


def test_a_place_behind_what_stands_before_it_is_preferred() -> None:
    source = "Yes. And then: No. Yes."
    assert find_place(source, ["Yes"]) == 0
    assert find_place(source, ["Yes"], ["No."]) == source.rindex("Yes")
    assert find_place(source, ["Yes"], ["Nowhere"]) == 0
    assert find_place("Yes. No.", ["Yes"], ["No"]) == 0


def test_what_is_best_comes_first_and_identifiers_are_looked_for_as_they_are() -> None:
    source = "Message-ID: <1234.abcd@example.org>\n\nann wrote"
    assert find_place(source, ["QUJDREVGRw", "1234.abcd@example.org", "ann"]) == 13
    assert find_place(source, ["nothing of it"]) == -1
    assert find_place(source, []) == -1


def test_whole_words_are_found() -> None:
    assert find_place("unyes yes", ["yes"]) == 6


def test_of_a_large_source_the_part_around_the_place_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_texts, "MAX_WHOLE", 1_000)
    monkeypatch.setattr(source_texts, "WINDOW", 400)
    data = "".join(f"Line number {n} of the source.\n" for n in range(1_000)).encode()
    found = read_source_text(data, HINT, "text", ["Line number 700 of the source."])
    assert found.cut
    assert found.text[found.at :].startswith("Line number 700 ")
    assert found.text.startswith("Line number ")
    assert len(found.text) <= 400
    first = read_source_text(data, HINT, "text", ["nowhere"])
    assert first.text.startswith("Line number 0 ")
    assert first.at == -1


def test_the_part_of_large_json_has_a_line_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_texts, "MAX_WHOLE", 100)
    data = json.dumps([{"text": f"Text number {n} here"} for n in range(50)], separators=(",", ":")).encode()
    found = read_source_text(data, HINT, "json", ["Text number 30 here"])
    assert found.text[found.at :].startswith("Text number 30 here")
    assert '\n{"text":"Text number 30 here"},\n' in found.text


# The prose


def test_blocks_of_links_are_no_prose_of_a_page() -> None:
    page = "<p>Some words of the page <a href=x>link</a></p><p><a href=y>Another page of the site</a></p>"
    assert source_passages(page, "page") == ["Some words of the page link"]


def test_a_large_source_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = read_source(b"A text.", HINT)
    assert isinstance(thread, Thread)
    assert count_source(b"A text.", HINT, "text", thread, lambda: None) is not None
    monkeypatch.setattr(source_texts, "MAX_COUNTED", 3)
    assert count_source(b"A text.", HINT, "text", thread, lambda: None) is None


# Who knows the source


def original_of(thread: object) -> str:
    assert isinstance(thread, Thread)
    assert thread.original is not None
    return thread.original.read([], []).text


def test_what_is_in_a_container_is_the_source() -> None:
    assert original_of(read_source(gzip.compress(b"Some text in it."), Hint("a.gz"))) == "Some text in it."


def test_a_thread_of_a_mailbox_has_the_mailbox() -> None:
    mail = "".join(
        f"From a@example.org Mon Jan  1 00:00:00 2024\nMessage-ID: <{n}@example.org>\nSubject: Topic {n}\n"
        f"From: a@example.org\n\nBody {n}.\n\n"
        for n in range(2)
    )
    listing = read_source(mail.encode(), HINT)
    assert isinstance(listing, Listing)
    assert original_of(listing.open(1)) == mail
    thread = listing.open(1)
    assert isinstance(thread, Thread)
    assert thread.original is not None
    assert thread.original.account(thread, lambda: None) is None
    assert listing.whole is not None
    assert original_of(listing.whole()) == mail


def test_the_source_is_no_part_of_what_a_thread_is() -> None:
    thread = read_source(b"A text.", HINT)
    assert "original" not in repr(thread)
    assert [field.name for field in fields(Thread) if not field.compare] == ["original"]
