"""Where messages begin in a mailbox: every dialect, and mailboxes that follow none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Thread
from rumor_tui.readers.mail import mailbox
from tests.made_threads import steady
from tests.readers.mail.samples import POSTMARK, mailbox_of, message, opened

FIRST = message("a", body="Hello.")


def texts(data: bytes) -> list[str]:
    """The texts of all messages, the first one's too, each without the line that names its subject."""
    content = opened(data)
    rows = content if isinstance(content, Thread) else readers.as_thread(content)
    first = ["\n\n".join(rows.article.pieces)] if isinstance(content, Thread) else []
    return [text.partition("\n\n[subject: ")[0] for text in (*first, *rows.bodies)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one\n\n>From here on", "one\n\nFrom here on"),
        ("one\n>>From here on", "one\n>From here on"),
        ("> >From here on", "> >From here on"),
        # Nobody escaped it.
        ("one\n\nFrom here on it goes well.", "one\n\nFrom here on it goes well."),
        ("one\n\nFrom 10:00 to 12:00\n\nwe meet", "one\n\nFrom 10:00 to 12:00\n\nwe meet"),
        ("one\n\nFrom Monday 10:00 on\nwe meet", "one\n\nFrom Monday 10:00 on\nwe meet"),
        ("one\nFrom here:\nTo: there", "one\nFrom here:\nTo: there"),
    ],
)
def test_lines_that_begin_with_from(written: str, read: str) -> None:
    assert texts(mailbox_of(message("a", body=written), message("b", to="a", body="two"))) == [read, "two"]


@pytest.mark.parametrize(
    "postmark",
    [
        b"From ann@example.org Thu Jan  1 00:00:00 1970\n",
        b"From ann at example.org  Thu Jan  1 00:00:00 1970\n",
        b"From - Thu Jan 01 00:00:00 1970\n",
        b"From ???@??? Thu Jan 01 00:00:00 1970\n",
        b"From 1234567890@xxx Thu Jan 01 00:00:00 +0000 1970\n",
        b"From MAILER-DAEMON Thu Jan  1 00:00 1970\n",
        b"From ann@example.org\n",
        b"From ann@example.org Thu Jan  1 00:00:00 1970 remote from host\n>From ann Thu Jan  1 00:00:00 1970\n",
        b"From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n",
    ],
)
def test_postmarks(postmark: bytes) -> None:
    data = postmark + FIRST + b"\n" + postmark + message("b", to="a", body="two")
    assert texts(data) == ["Hello.", "two"]
    assert texts(data.replace(b"\n", b"\r\n")) == ["Hello.", "two"]


def test_no_blank_line_before_a_postmark() -> None:
    assert texts(POSTMARK + FIRST + POSTMARK + message("b", body="two")) == ["Hello.", "two"]


def test_a_patch_of_git_in_another_mailbox_is_text() -> None:
    patch = "See:\n\nFrom 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: x <x@y>\n\nFix"
    assert texts(mailbox_of(message("a", body=patch))) == [patch]


def counted(item: bytes, more: int = 0) -> bytes:
    head, _, body = item.partition(b"\n\n")
    return POSTMARK + head + b"\nContent-Length: %d\n\n" % (len(body) + more) + body + b"\n"


def test_counted_bodies_may_hold_postmarks() -> None:
    inside = "one\n\nFrom x@y Thu Jan  1 00:00:00 1970\nSubject: no message\n\nthree"
    data = counted(message("a", body=inside)) + counted(message("b", to="a", body="two"))
    assert texts(data) == [inside, "two"]


def test_a_counted_message_may_be_empty() -> None:
    empty = POSTMARK + b"From: a <a@b>\nMessage-ID: <a@h>\nContent-Length: 0\n\n"
    assert texts(empty + counted(message("b", to="a", body="two"))) == ["", "two"]


def test_mail_may_hold_anything() -> None:
    assert texts(mailbox_of(message("a", body="one\0two"))) == ["one\0two"]


def test_wrong_counts_are_passed_over() -> None:
    data = counted(FIRST) + counted(message("b", to="a", body="two"), 7) + counted(message("c", to="b", body="three"))
    assert texts(data) == ["Hello.", "two", "three"]
    assert texts(counted(FIRST, 10_000) + counted(message("b", to="a", body="two"))) == ["Hello.", "two"]


def test_heads_that_are_broken_lose_no_text() -> None:
    no_gap = b"From: a <a@b>\nSubject: Cars\nMessage-ID: <a@h>\nHello there, this is text.\n\nMore.\n"
    assert texts(mailbox_of(no_gap)) == ["Hello there, this is text.\n\nMore."]
    assert texts(no_gap) == ["Hello there, this is text.\n\nMore."]
    assert texts(POSTMARK + FIRST + b"\n" + POSTMARK + b"\nNo fields.\n") == ["Hello.", "No fields."]
    assert texts(POSTMARK + b"Subject: x\nFrom: a") == [""]


def test_each_message_has_its_own_charset() -> None:
    latin = message("b", to="a", more="\nContent-Type: text/plain; charset=iso-8859-1").replace(b"I am", b"Caf\xe9")
    assert texts(mailbox_of(message("a", body="Käfer"), latin)) == ["Käfer", "Café b."]


LINES = st.sampled_from(
    [
        b"From ",
        b"From x",
        POSTMARK.strip(),
        b">From x",
        b"Subject: x",
        b"Content-Length: 3",
        b"",
        b" y",
        b"\xff\0",
        b"-- ",
    ]
)


@steady
@given(st.lists(LINES | st.binary(max_size=9), max_size=20), st.sampled_from([b"\n", b"\r\n"]))
def test_any_mailbox_is_cut_without_loss(lines: list[bytes], end: bytes) -> None:
    data = POSTMARK + b"Subject: x\n\n" + end.join(lines)
    box = mailbox.read_mbox(data, "x")
    kept = b"".join(head + body for head, body in zip(box.heads, box.bodies, strict=True))
    assert [line for line in lines if line not in kept and not line.startswith(b"From ")] == []
