"""Mail: messages, mailboxes, and what is packed into them."""

from __future__ import annotations

import base64
import quopri
from typing import Final

from tests.hostile.document_kinds import Make, Table, cut, repeat

_FROM = "From a@b.example Thu Jan  1 00:00:00 1970\n"
_FIELDS = "From: ann <a@b.example>\nDate: Thu, 1 Jan 2026 10:00:00 +0100\nSubject: Cars\n"
_MESSAGE = _FROM + _FIELDS + "Message-ID: <m¤@h>\nIn-Reply-To: <m¢@h>\n\nWords of number ¤.\n\n"


def _nested_parts(n: int) -> bytes:
    """Multipart in multipart, each with a boundary of its own."""
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(n))
    return f"{_FIELDS}MIME-Version: 1.0\n{heads}Content-Type: text/plain\n\ndeep\n".encode()


def _wide_parts(n: int) -> bytes:
    parts = "".join(f"--b\nContent-Type: text/plain\n\npart {i}\n" for i in range(n))
    return f'{_FIELDS}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n{parts}--b--\n'.encode()


def _nested_messages(n: int) -> bytes:
    return (_FIELDS + f"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n{_FIELDS}" * n + "\ndeep\n").encode()


def _packed(encoding: str, kind: str = "text/plain") -> Make:
    def make(n: int) -> bytes:
        text = (b"<p>words</p>\n" if kind.endswith("html") else b"words\xe9 = \n") * n
        body = base64.encodebytes(text) if encoding == "base64" else quopri.encodestring(text)
        head = f"{_FIELDS}Content-Type: {kind}; charset=latin-1\nContent-Transfer-Encoding: {encoding}\n\n"
        return head.encode() + body

    return make


def _references(n: int) -> bytes:
    """A chain in which every message names all before it, up to a limit: the square of the length, as lists have it."""
    out = []
    for i in range(n // 50):
        names = " ".join(f"<m{j}@h>" for j in range(i))
        out.append(f"{_FROM}{_FIELDS}Message-ID: <m{i}@h>\nReferences: {names}\n\nWords {i}.\n\n")
    return "".join(out).encode()


def _field(name: str, piece: str) -> Make:
    return repeat(piece, f"{_FROM}{_FIELDS}{name}: ", "\n\nWords.\n")


DOCUMENTS: Final[Table] = {
    "a mailbox, a chain": (".mbox", repeat(_MESSAGE)),
    "a mailbox, threads": (
        ".mbox",
        repeat(_FROM + _FIELDS.replace("Cars", "Cars ¤") + "Message-ID: <m¤@h>\n\nWords.\n\n"),
    ),
    "a mailbox of one subject": (".mbox", repeat(_FROM + _FIELDS.replace("Cars", "Re: Re: Cars") + "\nWords.\n\n")),
    "a mailbox of one identifier": (
        ".mbox",
        repeat(_FROM + _FIELDS + "Message-ID: <m@h>\nIn-Reply-To: <m@h>\n\nWords.\n\n"),
    ),
    "a mailbox that is a cycle": (
        ".mbox",
        lambda n: "".join(
            f"{_FROM}{_FIELDS}Message-ID: <m{i}@h>\nIn-Reply-To: <m{(i + 1) % n}@h>\n\nWords.\n\n" for i in range(n)
        ).encode(),
    ),
    "a mailbox of references": (".mbox", _references),
    "a mailbox of empty messages": (".mbox", repeat(_FROM + "\n")),
    "a mailbox of postmarks": (".mbox", repeat(_FROM)),
    "a mailbox of fields": (".mbox", repeat("X-Field: words\n", _FROM + _FIELDS, "\nWords.\n")),
    "a mailbox with continued lines": (".mbox", repeat("\n continued", f"{_FROM}{_FIELDS}X-Long: a", "\n\nWords.\n")),
    "a mailbox without an end of the fields": (".mbox", repeat("From: ann\n", _FROM)),
    "a subject of encoded words": (".mbox", _field("Subject", "=?utf-8?b?w6k=?= ")),
    "a subject of open encoded words": (".mbox", _field("Subject", "=?utf-8?q?")),
    "a subject of Re": (".mbox", _field("Subject", "Re: ")),
    "a subject of Fwd": (".mbox", _field("Subject", "Fwd: [list] ")),
    "addresses": (".mbox", _field("To", "a@b.example, ")),
    "names in quotes": (".mbox", _field("To", '"a\\" <')),
    "comments in addresses": (".mbox", _field("To", "(")),
    "addresses in angles": (".mbox", _field("From", "<")),
    "references without end": (".mbox", _field("References", "<a@b> ")),
    "references that never close": (".mbox", _field("References", "<a")),
    "a date of words": (".mbox", _field("Date", "Thu, ")),
    "a date of numbers": (".mbox", _field("Date", "9")),
    "a type of parameters": (".eml", repeat("; a¤=b", _FIELDS + "Content-Type: text/plain", "\n\nWords.\n")),
    "a type of parts of parameters": (".eml", repeat("; a*¤*=b", _FIELDS + "Content-Type: text/plain", "\n\nWords.\n")),
    "a boundary that is long": (
        ".eml",
        repeat("x", _FIELDS + 'Content-Type: multipart/mixed; boundary="', '"\n\nWords.\n'),
    ),
    "a boundary that never comes": (
        ".eml",
        repeat("--b\n", _FIELDS + 'Content-Type: multipart/mixed; boundary="bb"\n\n', "words"),
    ),
    "parts in parts": (".eml", _nested_parts),
    "parts": (".eml", _wide_parts),
    "messages in messages": (".eml", _nested_messages),
    "base64": (".eml", _packed("base64")),
    "base64 of a page": (".eml", _packed("base64", "text/html")),
    "quoted-printable": (".eml", _packed("quoted-printable")),
    "quoted-printable of nothing": (
        ".eml",
        repeat("=\n", _FIELDS + "Content-Transfer-Encoding: quoted-printable\n\n"),
    ),
    "quoted-printable that is broken": (
        ".eml",
        repeat("=ZZ=", _FIELDS + "Content-Transfer-Encoding: quoted-printable\n\n"),
    ),
    "base64 that is broken": (".eml", repeat("====A\n", _FIELDS + "Content-Transfer-Encoding: base64\n\n")),
    "uuencode": (".eml", repeat("begin 644 a\nM" + "A" * 60 + "\n", _FIELDS + "\n")),
    "a page that is deep": (".eml", repeat("<div>", _FIELDS + "Content-Type: text/html\n\n<html><body>")),
    "a page with open formatting": (".eml", repeat("<b><p>x", _FIELDS + "Content-Type: text/html\n\n<html><body>")),
    "quotes": (".eml", repeat("> a\n", _FIELDS + "\n")),
    "quotes that go deeper": (
        ".eml",
        lambda n: (_FIELDS + "\n" + "".join(">" * (i % 900) + " a\n" for i in range(n // 50))).encode(),
    ),
    "quotes on one line": (".eml", repeat("> ", _FIELDS + "\n", "a\n")),
    "attributions": (".eml", repeat("On Thu, 1 Jan 2026, ann wrote:\n> a\n", _FIELDS + "\n")),
    "signatures": (".eml", repeat("-- \nann\n", _FIELDS + "\n")),
    "rules": (
        ".eml",
        repeat("-----Original Message-----\nFrom: ann\nSent: Monday\nSubject: x\n\nwords\n", _FIELDS + "\n"),
    ),
    "flowed text": (".eml", repeat("a \n", _FIELDS + "Content-Type: text/plain; format=flowed\n\n")),
    "a digest": (
        ".txt",
        repeat(
            "-" * 30
            + "\n\nMessage: ¤\nDate: Thu, 1 Jan 2026 10:00:00 +0100\nFrom: ann¤ <a@b>\nSubject: Re: Cars\n\nWords.\n\n",
            "Send list mailing list submissions to\n\nToday's Topics:\n\n   1. Cars (ann)\n\n",
        ),
    ),
    "messages with their fields in a text": (
        ".txt",
        repeat("From: ann¤\nDate: Thu, 1 Jan 2026\nSubject: Cars\n\nWords ¤.\n\n", "Some words before.\n\n"),
    ),
    "an unknown charset": (".eml", repeat("é\n", _FIELDS + "Content-Type: text/plain; charset=x-nothing\n\n")),
    "UTF-7": (".eml", repeat("+AOk-\n", _FIELDS + "Content-Type: text/plain; charset=utf-7\n\n")),
    "NUL in fields": (".mbox", repeat("X\0: a\0b\n", _FROM + _FIELDS, "\nwords\0words\n")),
    "a length that is wrong": (".mbox", repeat(_FROM + _FIELDS + "Content-Length: 99999999999999\n\nwords\n\n")),
    "carriage returns alone": (".mbox", lambda n: repeat(_MESSAGE)(n).replace(b"\n", b"\r")),
    "a mailbox that was cut": (".mbox", cut(repeat(_MESSAGE), 0.7771)),
    "parts that were cut": (".eml", cut(_wide_parts, 0.501)),
    "base64 that was cut": (".eml", cut(_packed("base64"), 0.9997)),
}
