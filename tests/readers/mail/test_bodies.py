"""Bodies: MIME taken apart, decoded and laid out; broken and hostile ones too."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks, readers
from rumor_tui.model import Block, Format
from rumor_tui.readers import Hint
from rumor_tui.readers.mail import bodies, encodings, mailbox, mime, reader, reflow
from tests.made_threads import steady
from tests.readers.mail.samples import body, mailbox_of, message, thread

MIXED = "\nContent-Type: multipart/mixed; boundary=B"
ALTERNATIVE = '\nContent-Type: multipart/alternative;\n boundary="=_ B?"'


def multipart(*written: str, boundary: str = "B") -> str:
    """The parts, each with its own fields, between lines of the boundary."""
    return "".join(f"--{boundary}\n{item}\n" for item in written) + f"--{boundary}--\n"


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


def test_plain_text_goes_before_html() -> None:
    written = multipart(
        "Content-Type: text/plain; charset=utf-8\n\nPlain Käfer",
        "Content-Type: text/html\n\n<p>Other",
        boundary="=_ B?",
    )
    assert body("A preamble.\n" + written + "An epilogue.", head=ALTERNATIVE) == "Plain Käfer"


def test_html_where_the_plain_part_is_blank() -> None:
    written = multipart("Content-Type: text/plain\n\n \n", "Content-Type: text/html\n\n<p>Shown</p>", boundary="=_ B?")
    assert body(written, head=ALTERNATIVE) == "<p>Shown</p>"


def test_html_alone_is_read_as_html_in_the_article_and_as_text_below() -> None:
    html = "\nContent-Type: text/html; charset=utf-8"
    item = message("a", body="<p>One <b>car</b>", more=html)
    two = message("b", to="a", body="<p>Two</p><blockquote>One car</blockquote><ul><li>x</ul>", more=html)
    content = thread(mailbox_of(item, two))
    assert (content.article.format, list(content.article.pieces)) == ("html", ["<p>One <b>car</b>"])
    assert (content.format, list(content.bodies)) == ("plain", ["Two\n\n> One car\n\n• x"])


@pytest.mark.parametrize(
    ("fields", "written", "said"),
    [
        ("Content-Transfer-Encoding: base64", encoded("Käfer"), "Käfer"),
        ("Content-Transfer-Encoding: BASE64 ", "S8OkZmV\n", "Käfe"),
        ("Content-Transfer-Encoding: quoted-printable", "K=C3=A4=\nfer =\nok=", "Käfer ok"),
        ("Content-Transfer-Encoding: x-unheard-of", "as it is", "as it is"),
        ("Content-Type: text/plain; charset=x-unheard-of", "as it is", "as it is"),
        ("Content-Type: text/plain; charset*=utf-8''us%2Dascii", "as it is", "as it is"),
        ("Content-Type: text", "as it is", "as it is"),
        ("Content-Type:", "as it is", "as it is"),
        ("Content-Type: multipart/mixed; boundary=none", "as it is", "as it is"),
        ("Content-Type: multipart/mixed", "as it is", "as it is"),
        ("Content-Type: text/x-unheard-of", "as it is", "as it is"),
    ],
)
def test_transfer_encodings_and_types(fields: str, written: str, said: str) -> None:
    assert body(written, head="\n" + fields) == said


def test_files_are_named_and_patches_shown() -> None:
    written = multipart(
        "\nSee the files.",
        "Content-Type: image/png; name=car.png\nContent-Transfer-Encoding: base64\n\n" + "QUFB" * 4_000,
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="=?utf-8?q?K=C3=A4fer.pdf?="\n\n%PDF',
        "Content-Type: application/zip\nContent-Disposition: attachment;\n filename*0*=utf-8''K%C3%A4;\n"
        " filename*1=fer.zip\n\nPK",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nNot shown.",
        "Content-Type: text/x-patch; name=a.diff\n\n--- a\n+++ b\n-old",
    )
    assert body(written, head=MIXED).split("\n\n") == [
        "See the files.",
        "[attachment: car.png, 12 kB]",
        "[attachment: Käfer.pdf, 4 bytes]",
        "[attachment: Käfer.zip, 2 bytes]",
        "[attachment: notes.txt, 10 bytes]",
        "[attachment: a.diff, 16 bytes]",
        "    --- a\n    +++ b\n    -old",
    ]


def test_an_attached_message_and_nested_parts() -> None:
    inner = "Content-Type: multipart/alternative; boundary=C\n\n" + multipart("\nText.", "\nNot.", boundary="C")
    forwarded = "Content-Type: message/rfc822\n\nFrom: Ben <b@x>\nSubject: =?utf-8?q?K=C3=A4fer?=\nX: y\n\nForwarded."
    written = multipart(inner, forwarded, "Content-Type: application/pgp-signature\n\n-----BEGIN")
    assert body(written, head=MIXED) == "Text.\n\nFrom: Ben <b@x>\nSubject: Käfer\n\nForwarded."


def test_a_file_beside_html_is_named_though_plain_text_is_shown() -> None:
    rich = "Content-Type: multipart/mixed; boundary=C\n\n" + multipart(
        "Content-Type: text/html\n\n<p>Hi",
        "Content-Type: image/png; name=logo.png\n\nx",
        "Content-Type: application/pdf; name=x.pdf\nContent-Disposition: attachment\n\nx",
        boundary="C",
    )
    written = multipart("\nHi", rich, boundary="=_ B?")
    assert body(written, head=ALTERNATIVE) == "Hi\n\n[attachment: x.pdf, 1 bytes]"


def test_no_closing_boundary_and_no_blank_line() -> None:
    assert body("--B\n\none\n--B\nContent-Type: text/plain\n\ntwo", head=MIXED) == "one\n\ntwo"
    assert body("--B\none\n--B\n", head=MIXED) == "one"
    assert body("--B--\nafter", head=MIXED) == "--B--\nafter"


def test_hostile_nesting_ends_and_shows_what_is_left() -> None:
    deep = "".join(f"--B{i}\nContent-Type: multipart/mixed; boundary=B{i + 1}\n\n" for i in range(10_000)) + "core"
    shown = body(deep, head="\nContent-Type: multipart/mixed; boundary=B0")
    assert shown.startswith(f"--B{mime.MAX_DEPTH}")
    assert shown.endswith("core")
    same = "--B\nContent-Type: multipart/mixed; boundary=B\n\n" * 10_000 + "core"
    assert "core" in body(same, head=MIXED)
    letters = "Content-Type: message/rfc822\n\n" * 10_000 + "core"
    assert "core" in body(letters, head="\nContent-Type: message/rfc822")
    many = "--B\n\nx\n" * 10_000
    assert body(many, head=MIXED).count("x") == 10_000


def test_parts_beyond_the_most_are_one_text() -> None:
    data = b"".join(b"--a\n\n%d\n" % nth for nth in range(200_000))
    result = list(mime.walk_parts(b"\nContent-Type: multipart/mixed; boundary=a", data))
    assert len(result) == mime.MAX_PARTS
    assert [item.data for item in result[:3]] == [b"0", b"1", b"2"]
    assert result[-1].data.endswith(b"--a\n\n199999\n")
    bare = list(mime.walk_parts(b"\nContent-Type: multipart/mixed; boundary=a", b"--a\n" * 200_000))
    assert len(bare) == mime.MAX_PARTS


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("--B\n\none\n--B\n\ntwo\n--B--\n--B\n\nthree", [b"one", b"two"]),
        ("--B\r\n\r\none\r\n--B \t\r\n\r\ntwo\r\n--B--", [b"one", b"two"]),
        ("x--B\n--Bx\n--B\n\none --B\n--B2\n --B\n--B", [b"one --B\n--B2\n --B", b""]),
        ("--B--x\n--B\n\none\n\n--B--", [b"one\n"]),
        ("--B\n--B\n\none", [b"", b"one"]),
        ("\n--B\n\none\n--B --\n", [b"one\n--B --\n"]),
        ("--B\n\n" + "--B-" * 250_000 + "\n" + "\n--" * 250_000 + "\n--B--", None),
    ],
)
def test_lines_of_a_boundary(written: str, pieces: list[bytes] | None) -> None:
    result = [item.data for item in mime.walk_parts(MIXED.encode(), written.encode())]
    assert result == pieces if pieces is not None else len(result) == 1


def test_a_large_file_is_named_without_being_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "A" * 76 + "\n"
    file = "Content-Type: image/png; name=x.png\nContent-Transfer-Encoding: base64\n\n" + lines * 100_000
    decoded: list[int] = []
    plain = encodings.decode_transfer

    def noted(data: bytes, encoding: str) -> bytes:
        decoded.append(len(data))
        return plain(data, encoding)

    monkeypatch.setattr(bodies, "decode_transfer", noted)
    said = "Content-Type: text/plain\n\nSee the picture."
    assert body(multipart(said, file), head=MIXED) == "See the picture.\n\n[attachment: x.png, 5.8 MB]"
    assert max(decoded) < 100


def test_html_is_made_text_once_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "\nContent-Type: text/html"
    long = "".join(f"<p>Line {nth}</p>" for nth in range(bodies.MAX_HTML_LENGTH // 10))
    box = mailbox.read_mbox(
        mailbox_of(message("a", body=long, more=html), message("b", body="<p>Short", more=html)), "x"
    )
    asked: list[int] = []
    parse = blocks.parse_body

    def noted(source: str, format: Format) -> list[Block]:
        asked.append(len(source))
        return parse(source, format)

    monkeypatch.setattr(blocks, "parse_body", noted)
    first = bodies.body_text(box, 0)
    assert first.startswith("Line 0\n\nLine 1\n")
    assert first.endswith(" kB of HTML left out]")
    assert (bodies.body_text(box, 1), bodies.body_text(box, 0)) == ("Short", first)
    assert len(asked) == 2
    assert max(asked) <= bodies.MAX_HTML_LENGTH


def test_escaped_postmarks_get_their_own_text_back() -> None:
    written = message("a", body=">From x\n>>From y\n> >From z\n>>> Fromage\nnot >From w\n" + ">" * 100_000)
    said = bodies.body_text(mailbox.read_mbox(mailbox_of(written), "x"), 0)
    assert said.startswith("From x\n>From y\n> >From z\n>>> Fromage\nnot >From w\n")


PIECES = st.sampled_from(
    [
        *(
            "--B",
            "--B--",
            "--C",
            "",
            " ",
            "text",
            "Content-Type: multipart/mixed; boundary=B",
            "Content-Type: text/html",
        ),
        *(
            "Content-Type: multipart/alternative; boundary=C",
            "Content-Type: message/rfc822",
            "Content-Disposition: attachment",
        ),
        *(
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: quoted-printable",
            "=?",
            "S8Ok",
            "<b>x",
            "> y",
        ),
    ]
)


@steady
@given(st.lists(PIECES | st.text(max_size=5), max_size=20))
def test_any_parts_can_be_read(lines: list[str]) -> None:
    written = "From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=B\n\n" + "\n".join(lines)
    assert len(reader.read_mail(written.encode(), Hint("x")).entries) == 1


@steady
@given(st.binary(max_size=200))
def test_any_bytes_can_be_a_message(data: bytes) -> None:
    head = b"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=B\n"
    for written in (head + data, head + b"\n" + data, mailbox_of(head + data, head + b"\n--B\n" + data)):
        content = readers.as_thread(reader.read_mail(written, Hint("x")))
        assert len(list(content.comments())) == len(content)


# Layout


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two\n>> three \n>> four\nfive", "> one two\n>> three four\nfive"),
        (" From\n  x", "From\n x"),
        ("one \n-- \nann", "one \n-- \nann"),
        ("> one \ntwo", "> one \ntwo"),
        ("one ", "one "),
    ],
)
def test_flowed(written: str, said: str) -> None:
    assert reflow.join_flowed_lines(written) == said


def test_flowed_with_spaces_to_delete() -> None:
    assert reflow.join_flowed_lines("日 \n本", delete_space=True) == "日本"
    assert body("日本 \n語\n", head=PLAIN_FLOWED) == "日本語"


PLAIN_FLOWED = "\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"

SIGNED = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA1

Hello.
- --\x20
ann
-----BEGIN PGP SIGNATURE-----
Version: x

abc
-----END PGP SIGNATURE-----
"""


def test_armour_is_out_of_the_way() -> None:
    assert body(SIGNED) == "Hello.\n-- \nann"
    assert body("a\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\nb") == "a\n[an encrypted message]\nb"
    assert body("a\n-----BEGIN PGP SIGNATURE-----\n\nabc=\nThis is text.") == "a\n\nThis is text."
    assert body("> -----BEGIN PGP SIGNED MESSAGE-----\n> Hash: SHA1\n> \n> Hi") == "> Hi"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ann wrote:\n> Hi\nHo", "> Ann wrote:\n>\n> Hi\nHo"),
        ("On Monday, Ann\n<a@b> wrote:\n\n> Hi", "> On Monday, Ann\n> <a@b> wrote:\n>\n> Hi"),
        ("Yes.\nAnn schrieb:\n> Hi", "Yes.\n> Ann schrieb:\n>\n> Hi"),
        ("> Ann wrote:\n>> Hi\n> Ho", ">> Ann wrote:\n>>\n>> Hi\n> Ho"),
        ("As he said: no.\n> Hi", "As he said: no.\n> Hi"),
        ("Ann wrote:\n\n\n> Hi", "Ann wrote:\n\n\n> Hi"),
        ("Ann wrote:\nmuch\n> Hi", "Ann wrote:\nmuch\n> Hi"),
    ],
)
def test_who_wrote_a_quote_stands_in_it(written: str, said: str) -> None:
    assert reflow.reflow_text(written) == said


def test_patches_are_code() -> None:
    patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-    old\n+    new\n\n  same"
    shown = blocks.parse_body(reflow.reflow_text(f"Fix.\n---\n x | 2 +-\n\n{patch}\n-- \n2.1"), "plain")
    assert [block.kind for block in shown] == ["paragraph", "paragraph", "code", "rule", "paragraph"][-len(shown) :]
    assert shown[-3].text == patch


@steady
@given(st.lists(st.sampled_from(["> ", ">", "Ann wrote:", "On", "", "x ", "-- ", "x", "\n", "+++ ", "--- a\n+++ b\n"])))
def test_layout_loses_no_word(pieces: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(text.split()).replace(">", "")

    written = "".join(pieces)
    assert letters(reflow.reflow_text(written)) == letters(written)
    assert letters(reflow.join_flowed_lines(written)) == letters(written)
