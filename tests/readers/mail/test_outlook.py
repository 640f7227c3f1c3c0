from __future__ import annotations

import struct

import compressed_rtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks, readers
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, SourceError, open_if_single
from tests.made_threads import steady
from tests.readers.mail.compound_file import compound_file

SENT = (1_714_989_600 + 11_644_473_600) * 10_000_000


def text(number: int, value: str) -> tuple[str, bytes]:
    return f"__substg1.0_{number:04X}001F", value.encode("utf-16-le")


def message(**more: bytes) -> dict[str, bytes]:
    properties = bytes(32) + struct.pack("<HHLQ", 0x0040, 0x0039, 6, SENT)
    return {
        "__properties_version1.0": properties,
        **dict((text(0x0037, "The lämp"), text(0x0042, "Ruth W."), text(0x0065, "ruth@cape.example"))),
        **dict((text(0x1000, "By rail?\r\n\r\nI doubt it."), text(0x1035, "<a@cape.example>"))),
        **more,
    }


def thread(streams: dict[str, bytes]) -> Thread:
    content = open_if_single(readers.read_source(compound_file(streams), Hint("lamp.msg")))
    assert isinstance(content, Thread)
    return content


def sentence(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        readers.read_source(data, Hint("lamp.msg"))
    return str(caught.value)


def shown(content: Thread) -> str:
    return "\n".join(blocks.body_text(piece, content.article.format) for piece in content.article.pieces).strip()


def test_a_message_of_outlook() -> None:
    result = thread(message())
    article = result.article
    assert (article.title, article.byline, article.published) == ("The lämp", "Ruth W.", 1_714_989_600)
    assert shown(result) == "By rail?\n\nI doubt it."


def test_a_message_in_html_with_attachments() -> None:
    html = {"__substg1.0_10130102": "<p>By <b>räil</b>?</p>".encode(), text(0x1000, "")[0]: b""}
    attached = {"__attach_version1.0_#00000000/" + text(0x3707, "")[0]: "map.pdf".encode("utf-16-le")}
    assert shown(thread(message(**html))) == "By räil?"
    assert "[attachment: map.pdf" in shown(thread(message(**attached)))


def test_names_and_subjects_are_one_line() -> None:
    tricks = dict(
        (text(0x0037, "A\r\nBcc: x@y"), text(0x0042, 'Ruth "the\r\nlamp" <W>'), text(0x0065, "not an address"))
    )
    result = thread(message(**tricks))
    assert result.article.title == "A Bcc: x@y"
    assert "Ruth" in (result.article.byline or "")


def rich_text(body: bytes) -> dict[str, bytes]:
    streams = message(**{"__substg1.0_10090102": compressed_rtf.compress(body)})
    streams[text(0x1000, "")[0]] = b""
    return streams


def test_text_that_is_only_rich_text() -> None:
    result = thread(rich_text(rb"{\rtf1\ansi\ansicpg1252 The oven has 620 \'b0C.\par Who \b lit\b0  it?}"))
    assert shown(result).startswith("The oven has 620 °C.\nWho lit it?")


def test_long_or_broken_rich_text_is_a_sentence() -> None:
    streams = rich_text(b"")
    streams["__substg1.0_10090102"] = b"rtf"
    assert "damaged" in sentence(compound_file(streams))
    streams["__substg1.0_10090102"] = bytes(4) + (600_000).to_bytes(4, "little") + b"LZFu"
    assert "too large" in sentence(compound_file(streams))


@pytest.mark.parametrize(
    ("stream", "name"),
    [
        ("WordDocument", "a Word document"),
        ("Workbook", "an Excel workbook. Save it as CSV"),
        ("PowerPoint Document", "a PowerPoint presentation"),
        ("EncryptedPackage", "an Office document with a password"),
        ("Other", "an Office document"),
    ],
)
def test_documents_are_refused_with_their_names(stream: str, name: str) -> None:
    assert f"is {name}" in sentence(compound_file({stream: b"x" * 100}))


@steady
@given(st.integers(8, 4_000), st.binary(max_size=12))
def test_damaged_messages_raise_nothing_but_sentences(at: int, noise: bytes) -> None:
    data = compound_file(message())
    try:
        readers.read_source(data[:at] + noise + data[at + len(noise) :], Hint("x.msg"))
        readers.read_source(data[:at], Hint("x.msg"))
    except SourceError as error:
        assert "report" not in str(error)
