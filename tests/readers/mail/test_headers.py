"""Header fields: encoded words, names, dates, subjects, identifiers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.mail import encodings, headers
from tests.made_threads import steady


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?K=C3=A4fer?=", "Käfer"),
        (b"=?UTF-8?B?S8OkZmVy?= ok", "Käfer ok"),
        (b"=?iso-8859-1?Q?a?=  =?iso-8859-1?Q?b?=", "ab"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä"),
        (b"=?utf-8?q?a?= =?iso-8859-1?q?=E4?= c", "aä c"),
        (b"x=?utf-8?q?a_b?=y", "xa by"),
        (b"=?utf-8*de?q?K=C3=A4fer?=", "Käfer"),
        # Broken: blanks inside, no charset that anyone knows, no end, bad base64, bare bytes.
        (b"=?utf-8?q?K=C3=A4fer und K=C3=BChe?=", "Käfer und Kühe"),
        (b"=?x-unheard-of?q?caf=E9 and so on?=", "café and so on"),
        (b"=?utf-8?q?no end", "=?utf-8?q?no end"),
        (b"=?utf-8?b?S8OkZmVy!=?=", "Käfer"),
        (b"=?utf-8?b?S8OkZmV?=", "Käfe"),
        (b"K\xc3\xa4fer", "Käfer"),
        (b"caf\xe9 au lait", "café au lait"),
        (b"=?utf-8?x?a?=", "=?utf-8?x?a?="),
    ],
)
def test_words(raw: bytes, said: str) -> None:
    assert headers.decode_field(raw) == said


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"Ann Lee <ann@x.org>", "Ann Lee"),
        (b'"Lee, Ann" <ann@x.org>', "Lee, Ann"),
        (b'"Ann \\"A\\" Lee" <ann@x.org>', 'Ann "A" Lee'),
        (b"=?utf-8?q?J=C3=BCrgen_<M>?= <j@x.org>", "Jürgen <M>"),
        (b"ann@x.org (Ann Lee)", "Ann Lee"),
        (b"ann at x.org (Ann Lee)", "Ann Lee"),
        (b"<ann@x.org> (Ann Lee)", "Ann Lee"),
        (b"ann@x.org", "ann@x.org"),
        (b"<ann@x.org>", "ann@x.org"),
        (b'"" <ann@x.org>', "ann@x.org"),
        (b"Ann <ann@x.org", "Ann"),
        (b"\x1b[31mAnn <a@b>", "␛[31mAnn"),
        (b"", None),
        (None, None),
    ],
)
def test_authors(raw: bytes | None, name: str | None) -> None:
    assert headers.parse_author(raw) == name


@pytest.mark.parametrize(
    "raw",
    [
        b"Thu, 1 Jan 2026 10:00:00 +0100",
        b"Thu, 01 Jan 2026 09:00:00 GMT",
        b"1 Jan 2026 04:00:00 -0500",
        b"Thu, 1 Jan 2026 09:00 UT",
        b"Thu, 1 Jan 26 09:00:00 GMT",
        b"Thu, 1 Jan 2026 04:00:00 EST",
        b"Thu,  1 Jan 2026 14:30:00 +0530 (IST)",
        b"Thu Jan  1 09:00:00 2026",
        b"Thursday, 1 January 2026 09:00:00 GMT",
    ],
)
def test_dates(raw: bytes) -> None:
    assert headers.parse_mail_date(raw) == datetime(2026, 1, 1, 9, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "raw", [b"", b"soon", b"Thu, 99 Jan 2026 10:00:00 +0100", b"1 Jan 2026 10:00:00 +9999", b"\xff" * 99, None]
)
def test_what_is_no_date(raw: bytes | None) -> None:
    assert headers.parse_mail_date(raw) is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("[list] Cars", "[list] Cars"),
        ("Re: [list] Re: [list] Cars", "Re: [list] Cars"),
        ("[list] Re: [LIST] [PATCH 1/2] x [list]", "[list] Re: [PATCH 1/2] x [list]"),
        ("Re: Re: Re: Cars", "Re: Cars"),
        ("Re:", "Re:"),
        ("", ""),
    ],
)
def test_titles(written: str, title: str) -> None:
    assert headers.clean_subject(written) == title


def test_fields_are_found_whatever_their_case_and_folding() -> None:
    head = b"\nX-Subject: no\r\nsUBJECT :  a\r\n\t b\r\n c\r\nSubject: second\r\nX: y"
    assert headers.raw_field(head, b"subject") == b"a b c"
    assert headers.raw_field(head, b"date") is None


def test_permalinks_are_web_addresses() -> None:
    assert headers.archive_url(b"\nArchived-At: <https://x.org/1>") == "https://x.org/1"
    assert headers.archive_url(b"\nX-Archived-At: http://x.org/1") == "http://x.org/1"
    assert headers.archive_url(b"\nArchived-At: <javascript:alert(1)>") is None
    assert headers.archive_url(b"\nSubject: x") is None


@pytest.mark.parametrize(
    ("data", "charset", "said"),
    [
        ("Käfer".encode(), "iso-8859-1", "Käfer"),
        ("Käfer".encode("latin-1"), "iso-8859-1", "Käfer"),
        (b"\x93so\x94", "iso-8859-1", "“so”"),
        ("Käfer".encode("latin-1"), "utf-8", "Käfer"),
        ("Käfer".encode("latin-1"), "us-ascii", "Käfer"),
        ("丂模".encode("gb18030"), "gb2312", "丂模"),
        ("日本語".encode("iso-2022-jp"), "iso-2022-jp", "日本語"),
        ("日本語".encode("cp932") + b"\xff" + "です".encode("cp932") * 30, "shift_jis", "日本語"),
        (b"abc", "unicode_escape", "abc"),
        (b"caf\xe9 au lait", "idna", "café au lait"),
        (b"caf\xe9 au lait", "hex", "café au lait"),
        (b"caf\xe9 au lait", "a\0b", "café au lait"),
    ],
)
def test_charsets(data: bytes, charset: str, said: str) -> None:
    assert encodings.decode_charset(data, charset).startswith(said)


def test_transfer_encodings() -> None:
    assert encodings.decode_transfer(b"S8OkZmVy\nS8OkZmVy\n", "base64") == "KäferKäfer".encode()
    assert encodings.decode_transfer(b"S8OkZmVy\n\n-----\nA list's footer.\n", "base64").endswith(b"A list's footer.\n")
    assert encodings.decode_transfer(b"This is not it.", "base64") == b"\nThis is not it."
    assert encodings.decode_transfer(b"a=\nb=C3=A4=zz", "quoted-printable") == b"ab\xc3\xa4=zz"
    assert encodings.decode_transfer(b"abc", "x-unheard-of") == b"abc"


@steady
@given(st.binary(max_size=80), st.sampled_from(["", "utf-8", "utf-7", "hz", "iso-2022-jp", "x", "utf-16", "undefined"]))
def test_nothing_raises(data: bytes, charset: str) -> None:
    encodings.decode_charset(data, charset)
    headers.parse_author(data)
    headers.parse_mail_date(data)
    headers.message_ids(data)
    headers.decode_field(b"=?utf-8?b?" + data + b"?= =?" + data + b"?q?x?=")
    headers.clean_subject(headers.read_subject(b"\nSubject: " + data))
    encodings.decode_transfer(data, "base64")
    encodings.decode_transfer(data, "quoted-printable")
