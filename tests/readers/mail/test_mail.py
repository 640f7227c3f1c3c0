"""Mailboxes and messages as threads and listings: what is known for mail, and every column of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rumor_tui import readers
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, open_if_single
from rumor_tui.readers.mail import sniff
from tests.readers.mail.samples import listing, mailbox_of, message, outline, thread

TWO = mailbox_of(message("a", subject="[x] Cars: 600?"), message("b", to="a", subject="Re: [x] Cars: 600?"))
MANY = mailbox_of(
    message("a", subject="Cars"), message("b", to="a", subject="Re: Cars"), message("c", subject="[x] Re: [x] Bikes")
)


@pytest.mark.parametrize(
    "data",
    [
        TWO,
        b"\xef\xbb\xbf\n" + TWO,
        TWO.replace(b"\n", b"\r\n"),
        message("a"),
        message("a").replace(b"\n", b"\r\n"),
        b"Return-Path: <x>\nX-Long: a\n b\nReceived: by z\n\nHello",
        b"received: x\nsubject: y",
    ],
)
@pytest.mark.parametrize("name", ["x", "x.txt", "x.json", "-"])
def test_mail_is_known_by_its_content(data: bytes, name: str) -> None:
    assert sniff(data, Hint(name))
    assert isinstance(open_if_single(readers.read_source(data, Hint(name))), Thread)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"From here on\nit is text.\n",
        b"From: a poem\n\nby me\n",
        b"Subject: one field\n\ntext",
        b"Subject: one\nSubject: two\n\ntext",
        b"A sentence: and\nFrom: x\nDate: y\n",
        b"Title\n\nFrom: x\nDate: y\nSubject: z\n",
        b"---\nFrom: x\nDate: y\n---\n",
        b'{"From": 1,\n"Date": 2}',
        b"<html>\nFrom: x\nDate: y",
    ],
)
def test_what_is_no_mail(data: bytes) -> None:
    assert not sniff(data, Hint("x.mbox"))


def test_one_thread() -> None:
    content = thread(TWO)
    article = content.article
    assert (article.title, article.byline, list(article.pieces)) == ("[x] Cars: 600?", "a", ["I am a."])
    assert (article.published, article.published_text, article.url) == (1767258000.0, None, None)
    row = content.comment(0)
    assert (row.author, row.body, row.id, row.parent, row.published) == ("b", "I am b.", "b@h", None, 1767258000.0)
    assert content.confidence == "explicit"
    assert len(content.lengths) == 1


def test_several_threads_are_a_listing() -> None:
    content = listing(MANY)
    assert content.title == "cars.mbox"
    seen = [(entry.title, entry.byline, entry.comments, entry.published) for entry in content.entries]
    assert seen == [("Cars", "a", 1, 1767258000.0), ("[x] Re: Bikes", "c", 0, 1767258000.0)]
    second = content.open(1)
    assert isinstance(second, Thread)
    assert (second.article.title, len(second)) == ("[x] Re: Bikes", 0)


def test_the_whole_has_the_mailbox_for_its_article() -> None:
    content = readers.as_thread(listing(MANY))
    assert (content.article.title, list(content.article.pieces)) == ("cars.mbox", [])
    assert outline(content) == "a .b c"
    assert list(content.bodies) == ["I am a.\n\n[subject: Cars]", "I am b.", "I am c.\n\n[subject: [x] Re: Bikes]"]


def test_a_message_alone_is_an_article() -> None:
    more = "\nArchived-At: <https://x.org/1>\nContent-Type: text/plain; charset=utf-8"
    content = thread(message("a", body="Käfer", more=more))
    assert (content.article.url, list(content.article.pieces), len(content)) == ("https://x.org/1", ["Käfer"], 0)


def test_a_subject_that_is_new_stands_at_the_foot() -> None:
    item, two = message("a"), message("b", to="a", subject="[x] Bikes (was: Cars)")
    content = thread(mailbox_of(item, two, message("c", to="b", subject="Re: Bikes (was: Cars)")))
    assert list(content.bodies) == ["I am b.\n\n[subject: [x] Bikes (was: Cars)]", "I am c."]


def test_what_is_missing_and_what_is_strange() -> None:
    bare = b"From: \nDate: yesterday, at tea\x1b[0m\nIn-Reply-To: <a@h>\n\n"
    content = thread(mailbox_of(message("a", subject=""), bare))
    row = content.comment(0)
    assert (row.author, row.id, row.published, row.body) == (None, None, None, "")
    assert row.published_text == "yesterday, at tea␛[0m"
    assert content.article.title == ""


def test_a_long_first_message_comes_in_pieces_that_lose_nothing() -> None:
    text = "\n\n".join(f"{i} " + "word " * 60 for i in range(200)).strip()
    pieces = thread(message("a", body=text)).article.pieces
    assert len(pieces) > 5
    assert "\n\n".join(pieces) == text


def test_the_search_and_the_outline_see_every_row() -> None:
    content = thread(mailbox_of(*(message(f"m{i}", to=f"m{i // 2}" if i else "") for i in range(50))))
    assert len(list(content.comments())) == 49
    assert list(content.authors[:2]) == ["m1", "m2"]


def test_other_sources_load_nothing_of_it() -> None:
    code = "from rumor_tui.cli import sample\nfrom rumor_tui.readers import read_path\nread_path(str(sample()))"
    code += "\nimport sys\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in run.stdout.split() if name.startswith("rumor_tui.readers.mail.") or name == "email"] == []
