from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rumor_tui
from rumor_tui import readers
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, SourceError
from tests.made_threads import steady
from tests.reading import load, read_source

SAMPLE = Path(rumor_tui.__file__).parents[1] / "seeds" / "bmw-1m-production-rumors.txt"
ITEM = b'{"id": 1, "title": "T", "created_at_i": 5, "children": [{"id": 2, "text": "hi", "children": []}]}'
OWN = b'{"version": 1, "source": "", "article": {"title": "T"}, "comments": [{"markdown": "hi"}]}'


def sentence(data: bytes, name: str = "page.bin") -> str:
    with pytest.raises(SourceError) as caught:
        read_source(data, Hint(name))
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert said.isprintable()
    return said


@pytest.mark.parametrize("name", ["x.json", "x.txt", "x.md", "-", ""])
@pytest.mark.parametrize("data", [ITEM, OWN, b"\n " + ITEM, b"\xef\xbb\xbf" + OWN, ITEM.decode().encode("utf-16")])
def test_json_is_known_by_its_content(data: bytes, name: str) -> None:
    thread = read_source(data, Hint(name))
    assert (thread.article.title, list(thread.bodies)) == ("T", ["hi"])


@pytest.mark.parametrize("name", ["x.json", "x.txt", "-"])
def test_a_dump_is_known_by_its_content(name: str) -> None:
    thread = read_source(SAMPLE.read_bytes(), Hint(name))
    assert thread.article.title == "BMW 1M Production Rumors"
    assert len(thread) == 16
    assert thread.repair


def test_text_in_brackets_is_text() -> None:
    for source in ("[Support] A title\n\nText.", "{curly} words\n\nText.", "[1] a footnote", "{ a set } of things"):
        thread = read_source(source.encode(), Hint("x.txt"))
        assert thread.article.title + "".join(thread.article.pieces) == source.replace("\n\n", "")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n...", b"PK\x03\x04zip", b"\x1f\x8bxx", b"\x89PNG\r\n", b"a\0b" * 9, b"\0" * 99]
)
def test_binary_data_is_one_sentence(data: bytes) -> None:
    assert sentence(data).startswith("page.bin is ")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\ufeff \n".encode("utf-16-le")])
def test_nothing_is_one_sentence(data: bytes) -> None:
    assert sentence(data).startswith("page.bin is empty")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"kind": "Listing", "data": {}}', "an object with the keys kind, data."),
        (b'{"a\\u001b": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}', "keys a␛, b, c, d, e, …"),
        (b"{}", "an empty object"),
        (b'[{"a": 1}, {"b": 2}]', "an array of 2 values"),
        (b"[]", "an empty array"),
        (b'{"a": [1, 2', "breaks off after 11 characters"),
        (b'{"a": 1 "b": 2}', "is broken JSON: expecting ',' delimiter in line 1, column 9"),
        (b'{"a": 1}\n{"a": 2}\n', "an array of 2 values, the first of them an object with the keys a."),
        (b'{"a": 1}\n{"a" 2}\n{}', "is broken JSON: extra data in line 2"),
        (b"{", "breaks off"),
        (b'[{"a": ' * 5000, "breaks off"),
        (b"[" * 5000 + b"]" * 5000, "an array of 1 values"),
    ],
)
def test_other_json_is_one_sentence_that_says_what_was_seen(data: bytes, said: str) -> None:
    assert said in sentence(data)


def test_null_is_one_sentence() -> None:
    assert "what they do not have" in sentence(b"null\n")
    assert read_source(b"null and void", Hint("x")).article.pieces


@pytest.mark.parametrize("error", [RecursionError(), MemoryError(), UnicodeError("x"), IndexError("x")])
def test_whatever_stops_a_reader_is_one_sentence(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> Thread:
        raise error

    monkeypatch.setattr(readers.Reader, "read", stop)
    assert sentence(ITEM).startswith("page.bin ")


@steady
@given(
    st.binary(max_size=200)
    | st.text(alphabet='{}[]":,\n#-*> abé\ud800', max_size=60).map(lambda s: s.encode("utf-8", "replace"))
)
def test_nothing_else_escapes(data: bytes) -> None:
    try:
        thread = read_source(data, Hint("x"))
    except SourceError as error:
        assert "Please report" not in str(error)
    else:
        assert len(list(thread.comments())) == len(thread)


def refusal(path: object) -> str:
    with pytest.raises(SourceError) as caught:
        load(str(path))
    return str(caught.value)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    assert refusal("notes-\x1b.txt").startswith("Cannot open notes-␛.txt: there is no such file. Check the name")
    assert "is a folder without anything that could be opened" in refusal(tmp_path)
    (tmp_path / "file").write_text("x")
    assert "is a file, not a folder" in refusal(tmp_path / "file" / "x")
    assert "too long" in refusal(tmp_path / ("x" * 500))
    assert "no file" in refusal("a\0b") or "no file can have this name" in refusal("a\0b")
    assert "no such file" in refusal("")


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    assert refusal("x.txt").startswith("Cannot open x.txt: you may not read it.")


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "item"
    path.write_bytes(ITEM)
    assert list(load(str(path)).bodies) == ["hi"]


def test_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    data = json.dumps({"id": 1, "created_at_i": 5, "children": [{"id": 2, "text": "x" * 300_000, "children": []}]})
    writer = threading.Thread(target=path.write_text, args=(data,))
    writer.start()
    thread = load(str(path))
    writer.join()
    assert len(thread.bodies[0]) == 300_000


def test_devices_end() -> None:
    assert "binary data" in refusal("/dev/zero")
    assert "empty" in refusal("/dev/null")


def test_a_source_that_never_ends_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_SOURCE_BYTES", 100)
    path = tmp_path / "large.txt"
    path.write_text("x" * 101)
    assert "larger than" in refusal(path)


def imported(code: str, *arguments: str, given: bytes = b"") -> set[str]:
    """The modules that a fresh interpreter has loaded when the code is done."""
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)", *arguments],
        input=given,
        capture_output=True,
        check=True,
    )
    return set(run.stdout.decode().split())


def test_standard_input() -> None:
    loaded = imported("from rumor_tui.readers import read_path\nassert read_path('-').bodies[0] == 'hi'", given=ITEM)
    assert "msgspec" in loaded


OPEN = "from rumor_tui.readers import read_path\nassert len(read_path(sys.argv[1]))"


def test_opening_a_dump_loads_no_parser_of_other_formats() -> None:
    loaded = imported(OPEN, str(SAMPLE))
    assert "rumor_tui.readers.text_dump" in loaded
    assert not loaded & {"msgspec", "markdown_it", "chardet", "ftfy", "textual", "dateutil"}
    assert not loaded & {
        "rumor_tui.readers.api.hacker_news_algolia",
        "rumor_tui.readers.own_json",
        "rumor_tui.readers.plain_text",
    }
    assert not loaded & {"rumor_tui.readers.warc", "rumor_tui.readers.compressed", "rumor_tui.readers.folder"}
    assert not loaded & {"rumor_tui.readers.dates.parse", "rumor_tui.readers.feed.xml_feed", "lxml", "fastwarc", "zlib"}


def test_opening_json_loads_no_reader_of_text(tmp_path: Path) -> None:
    path = tmp_path / "item.json"
    path.write_bytes(ITEM)
    loaded = imported(OPEN, str(path))
    assert not loaded & {
        "markdown_it",
        "chardet",
        "textual",
        "rumor_tui.readers.text_dump",
        "rumor_tui.readers.markdown",
    }
