from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from calendar import timegm
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, SourceError
from tests.made_threads import steady
from tests.readers.containers.samples import PAGE, comment_list, is_whole_page, listing, page, thread
from tests.readers.test_warc import answer, record
from tests.readers.xml_export.test_stack_exchange import ANSWERS, COMMENTS, QUESTION, USERS, dump


def packed(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def sentence(data: bytes, name: str = "saved.zip") -> str:
    with pytest.raises(SourceError) as caught:
        readers.read_source(data, Hint(name))
    assert str(caught.value).endswith(".")
    return str(caught.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("folder", ["The lamp_files", "The lamp-Dateien", "The lamp.files", "The lamp.html_Files"])
def test_a_saved_page(folder: str, method: int, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "The lamp.html": PAGE,
        f"{folder}/style.css": "p {}",
        f"{folder}/ad.html": page("An advertisement"),
        f"{folder}/x.js": "var x",
        f"{folder}/lamp.png": b"\x89PNG\r\n\0",
        "__MACOSX/._The lamp.html": b"\0\5\x16\7",
        ".DS_Store": b"\0\0",
    }
    assert is_whole_page(thread(packed(files, method)))
    path = tmp_path / "lamp.zip"
    path.write_bytes(packed(files, method))
    assert is_whole_page(readers.read_path(str(path)))


def test_the_comments_may_be_in_a_frame() -> None:
    frame = f"<html><body>{comment_list()}</body></html>"
    files: dict[str, str | bytes] = {"lamp.html": page(), "lamp_files/a.html": page("Ad"), "lamp_files/f.html": frame}
    assert is_whole_page(thread(packed(files)))


def test_several_files_are_a_list() -> None:
    files: dict[str, str | bytes] = {
        "b/lamp.html": PAGE,
        "a/notes.txt": "Notes\n\nOf a keeper.",
        "a/picture.png": b"\x89PNG\r\n\0",
        "empty.txt": "",
        "script.js": "function f() {}",
        "data/tweets.js": 'window.YTD.tweets.part0 = [{"tweet": {"id": "1", "full_text": "A lamp."}}]',
    }
    content = listing(packed(files), "folder/cape.zip")
    assert content.title == "cape.zip"
    assert [entry.title for entry in content.entries] == ["a/notes.txt", "b/lamp.html", "data/tweets.js"]
    assert is_whole_page(content.open(1))
    notes = content.open(0)
    assert isinstance(notes, Thread)
    assert notes.source == "folder/cape.zip/a/notes.txt"


def test_names_are_no_paths(tmp_path: Path) -> None:
    (tmp_path / "secret-Comments.xml").write_bytes(COMMENTS)
    tricks: dict[str, str | bytes] = {
        f"../../{tmp_path}/secret-Posts.xml": dump("posts", QUESTION),
        "/etc/passwd": "root",
        "c/../../x.txt": "x y",
    }
    content = listing(packed(tricks))
    sources = [item.source for item in (content.open(index) for index in range(3))]
    assert not any(".." in source or source.startswith("/") for source in sources)


def test_a_chat_as_a_file_a_day_is_one_conversation() -> None:
    def day(date: str, *texts: str) -> str:
        start = timegm((*map(int, date.split("-")), 0, 0, 0))
        messages = [
            {"type": "message", "user": "U1", "text": text, "ts": f"{start + place}.000200"}
            for place, text in enumerate(texts)
        ]
        return json.dumps(messages)

    files: dict[str, str | bytes] = {
        "export/users.json": json.dumps([{"id": "U1", "name": "ruth", "profile": {"real_name": "Ruth"}}]),
        "export/channels.json": "[]",
        "export/general/2024-05-07.json": day("2024-05-07", "The third message."),
        "export/general/2024-05-06.json": day("2024-05-06", "The first message.", "The second message."),
        "export/lamps/2024-05-06.json": day("2024-05-06", "Of lamps only.", "And again of lamps."),
    }
    content = listing(packed(files), "slack.zip")
    assert [entry.title for entry in content.entries] == ["export/general", "export/lamps"]
    general = content.open(0)
    assert isinstance(general, Thread)
    assert [body.strip() for body in general.bodies] == [
        "The first message.",
        "The second message.",
        "The third message.",
    ]
    assert set(general.authors) <= {"ruth", "Ruth"}
    assert general.article.title == "general"


def test_a_dump_of_stack_exchange() -> None:
    files: dict[str, str | bytes] = {
        "Posts.xml": dump("posts", QUESTION, *ANSWERS),
        "Comments.xml": COMMENTS,
        "Users.xml": USERS,
    }
    result = thread(packed(files))
    assert (result.article.byline, list(result.authors)) == ("marga", ["otto", "otto", "gus", "nora"])


@pytest.mark.parametrize("both", [False, True])
def test_a_web_archive_of_webrecorder(both: bool) -> None:
    lamp = record("response", "https://cape.example/lamp", answer(PAGE.encode(), "text/html; charset=utf-8"))
    other = record("response", "https://cape.example/api", answer(b'{"a": 1}', "application/json"))
    files: dict[str, str | bytes] = {
        "archive/data.warc.gz": gzip.compress(other) + gzip.compress(lamp),
        "pages/pages.jsonl": '{"format": "json-pages-1.0"}\nnonsense\n{"url": "https://cape.example/lamp"}\n',
        "datapackage.json": "{}",
    }
    if both:
        files["archive/more.warc"] = other
    assert is_whole_page(thread(packed(files), "cape.wacz"))
    del files["pages/pages.jsonl"]
    assert len(listing(packed(files), "cape.wacz").entries) == 2 + both


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, "a Word document. Save its text"),
        ({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}, "an Excel workbook. Save it as CSV"),
        ({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}, "a PowerPoint presentation"),
        ({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"}, "an EPUB book"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, "an OpenDocument text"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "an OpenDocument spreadsheet. Save it as CSV"),
        ({"META-INF/MANIFEST.MF": "x", "a.class": b"\xca\xfe"}, "a Java archive"),
        ({"AndroidManifest.xml": "x", "META-INF/MANIFEST.MF": "x"}, "an Android app"),
        ({"a.png": b"\x89PNG\r\n\0", "b.bin": b"\0\0"}, "a zip archive without anything that could be opened"),
        ({}, "a zip archive without anything"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_with_its_name(files: dict[str, str | bytes], name: str) -> None:
    assert f"is {name}" in sentence(packed(files))


def test_bombs_are_sentences() -> None:
    assert "decompresses to a far larger file" in sentence(packed({"blanks.txt": b"a " * 100 * 1024**2}))


def test_an_archive_in_itself_again_and_again_is_a_sentence() -> None:
    data = b"A text.\n"
    for depth in range(12):
        data = packed({f"{depth}.zip": data}) if depth else packed({"x.txt": data})
    assert "one inside the other" in sentence(data)
    assert (
        thread(packed({"x.zip": packed({"x.txt.gz": gzip.compress(b"A title\n\nText.")})})).article.title == "A title"
    )


def test_very_many_files() -> None:
    content = listing(packed({f"{number}.txt": b"x" for number in range(30_000)}, zipfile.ZIP_STORED))
    assert "only the first 10,000" in content.title
    assert len(content.entries) == 10_000


def test_a_list_that_is_far_too_long_is_not_read() -> None:
    data = bytearray(packed({"x.txt": b"x"}))
    struct.pack_into("<L", data, data.rfind(b"PK\5\6") + 12, 500 * 1024**2)
    assert "far too many files" in sentence(bytes(data))


@pytest.mark.parametrize("cut", [10, 60, -10])
def test_what_breaks_off_is_a_sentence(cut: int) -> None:
    assert "breaks off" in sentence(packed({"lamp.html": PAGE})[:cut])


def test_a_password_is_a_sentence() -> None:
    data = bytearray(packed({"x.txt": b"x" * 50}))
    data[6] |= 1
    data[data.rfind(b"PK\1\2") + 8] |= 1
    assert "with a password" in sentence(bytes(data))
    files = packed({"a.txt": b"A title\n\nText."}, zipfile.ZIP_LZMA)
    assert "without anything" in sentence(files)


@steady
@given(st.integers(0, 900), st.binary(max_size=12))
def test_damaged_archives_raise_nothing_but_sentences(at: int, noise: bytes) -> None:
    data = packed({"a.txt": b"A title\n\nText.", "b.html": "<!doctype html><p>Text.", "c/d.json": "[]"})
    broken = data[:at] + noise + data[at + len(noise) :]
    try:
        content = readers.read_source(broken, Hint("x.zip"))
        for index in range(0 if isinstance(content, Thread) else len(content.entries)):
            content.open(index)  # type: ignore[union-attr]
    except SourceError as error:
        assert "report" not in str(error)
