from __future__ import annotations

from email.generator import BytesGenerator
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from io import BytesIO

import pytest

from rumor_tui import readers
from rumor_tui.readers import Hint, SourceError
from tests.readers.containers.samples import PAGE, comment_list, is_whole_page, page, thread

CHROME = {
    "From": "<Saved by Blink>",
    "Snapshot-Content-Location": "https://cape.example/lamp",
    "Subject": "The lamp at the cape",
    "Date": "Mon, 6 May 2024 10:00:00 -0000",
}
EXPLORER = {
    "From": '"Saved by Windows Internet Explorer 11"',
    "Subject": "The lamp",
    "X-MimeOLE": "Produced by MimeOLE",
}
WORD: dict[str, str] = {}


def part(kind: str, data: bytes, location: str, encoding: str = "quoted-printable", charset: str = "") -> Message:
    made = MIMENonMultipart(*kind.split("/"))
    if charset:
        made.set_param("charset", charset)
    made["Content-Location"] = location
    made["Content-Transfer-Encoding"] = encoding
    if encoding == "base64":
        from email.encoders import encode_base64

        del made["Content-Transfer-Encoding"]
        made.set_payload(data)
        encode_base64(made)
    elif encoding == "quoted-printable":
        from quopri import encodestring

        made.set_payload(encodestring(data).decode("ascii"))
    else:
        made.set_payload(data.decode("ascii"))
    return made


def saved(fields: dict[str, str], *parts: Message, parameters: str = "") -> bytes:
    made = MIMEMultipart("related", "----Boundary--x----", list(parts), policy=compat32)
    del made["MIME-Version"]
    for name, value in fields.items():
        made[name] = value
    made["MIME-Version"] = "1.0"
    if parameters:
        made.set_param("start", parameters)
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False).flatten(made)
    return out.getvalue()


@pytest.mark.parametrize("fields", [CHROME, EXPLORER, WORD], ids=["chrome", "explorer", "word"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_saved_page(fields: dict[str, str], encoding: str, newline: bytes) -> None:
    data = saved(fields, part("text/html", PAGE.encode(), "https://cape.example/lamp", encoding))
    result = thread(data.replace(b"\n", newline), "page.mhtml")
    assert is_whole_page(result)
    assert result.article.url == "https://cape.example/lamp"


def test_the_page_need_not_come_first() -> None:
    picture = part("image/png", b"\x89PNG\r\n", "https://cape.example/p.png", "base64")
    frame = part("text/html", page("An advertisement").encode(), "https://ads.example/")
    document = part("text/html", PAGE.encode(), "https://cape.example/lamp")
    assert is_whole_page(thread(saved(CHROME, picture, frame, document)))
    document["Content-ID"] = "<op.1@saved>"
    assert is_whole_page(thread(saved(WORD, picture, frame, document, parameters="<op.1@saved>")))


def test_the_comments_may_be_in_a_frame() -> None:
    comments = f"<!DOCTYPE html><html><body>{comment_list()}</body></html>".encode()
    data = saved(
        CHROME,
        part("text/html", page().encode(), "https://cape.example/lamp"),
        part("text/html", page("An advertisement").encode(), "https://ads.example/"),
        part("text/html", comments, "cid:frame-2@mhtml.blink"),
    )
    assert is_whole_page(thread(data))


def test_the_charset_of_the_part_counts() -> None:
    text = page("Größe").replace("granite", "Größe").encode("latin-1")
    result = thread(saved(CHROME, part("text/html", text, "https://cape.example/", charset="iso-8859-1")))
    assert result.article.title == "Größe"


def test_parts_in_parts() -> None:
    inner = MIMEMultipart("alternative", "inner", [part("text/html", PAGE.encode(), "https://cape.example/lamp")])
    assert is_whole_page(thread(saved(CHROME, inner)))


def test_a_letter_with_pictures_is_mail() -> None:
    fields = {"From": "ann@example.org", "To": "ben@example.org", "Subject": "A page", "Date": CHROME["Date"]}
    result = thread(saved(fields, part("text/html", b"<p>Look at this.</p>", "cid:1")))
    assert (result.article.title, result.article.byline) == ("A page", "ann@example.org")


def test_no_page_is_a_sentence() -> None:
    with pytest.raises(SourceError, match="has no page in it"):
        readers.read_source(saved(CHROME, part("text/css", b"p {}", "cid:css")), Hint("page.mhtml"))


def test_very_many_parts_take_their_time_and_no_more() -> None:
    many = b"------Boundary--x----\nContent-Type: text/html\n\n<p>x</p>\n" * 100_000
    head = saved(CHROME, part("text/html", PAGE.encode(), "https://cape.example/lamp"))
    assert is_whole_page(thread(head.replace(b"------Boundary--x------", many)))
    nested = b"".join(
        b'Content-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(10_000)
    )
    with pytest.raises(SourceError, match="has no page in it"):
        readers.read_source(nested, Hint("page.mhtml"))
