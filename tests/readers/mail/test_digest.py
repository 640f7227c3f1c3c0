"""Digests of mailing lists, chains of answers, and conferences that were saved as text."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers.mail import copied
from rumor_tui.readers.source import Hint

DIGEST = """Send Lamp submissions to lamp@example.org

Today's Topics:

   1. Wicks (Ada Berg)
   2. Re: Wicks (bo@example.org)

----------------------------------------------------------------------

Message: 1
Date: Mon, 1 Jun 2009 10:00:00 +0200
From: Ada Berg <ada@example.org>
Subject: [Lamp] Wicks
Content-Type: text/plain; charset=ISO-8859-1

Which wick is the longest, é or è?

------------------------------

Message: 2
Date: Mon, 1 Jun 2009 12:00:00 +0200
From: bo@example.org
Subject: Re: [Lamp] Wicks

Ada wrote:
> Which wick is the longest?

The flat one.

------------------------------

_______________________________________________
Lamp mailing list

End of Lamp Digest, Vol 1, Issue 2
**********************************
"""
OUTER = "From: lamp-request@example.org\nSubject: Lamp Digest, Vol 1, Issue 2\nMIME-Version: 1.0\n"
PLAIN = f"{OUTER}Content-Type: text/plain; charset=utf-8\n\n{DIGEST}"
MIME = f"""{OUTER}Content-Type: multipart/mixed; boundary=out

--out

The topics.
--out
Content-Type: multipart/digest; boundary=in

--in

From: Ada Berg <ada@example.org>
Date: Mon, 1 Jun 2009 10:00:00 +0200
Subject: Wicks
Message-ID: <1@x>

Which wick is the longest?
--in
Content-Type: message/rfc822

From: bo@example.org
Date: Mon, 1 Jun 2009 12:00:00 +0200
Subject: Re: Wicks
In-Reply-To: <1@x>

The flat one.
--in--
--out--
"""
CHAIN = """Bought it.

-----Ursprüngliche Nachricht-----
Von: Bo Lind <bo@example.org>
Gesendet: Dienstag, 5. März 2024 16:12
An: Ada Berg
Betreff: AW: Docht

Der flache.

________________________________
De : Ada Berg <ada@example.org>
Envoyé : lundi 4 mars 2024 09:30
À : Bo Lind
Objet : Docht

Welcher Docht ist der längste?
"""
CONFERENCE = """Date: 03-14-92 (20:10)             Number: 81
From: ADA BERG                     Refer#: NONE
  To: ALL                           Recvd: NO
Subj: WICKS                          Conf: (12) LAMPS
---------------------------------------------------------------------------
 Which wick is the longest?

---
Date: 03-15-92 (07:45)             Number: 84
From: BO LIND                      Refer#: 81
  To: ADA BERG                      Recvd: YES
Subj: WICKS                          Conf: (12) LAMPS
---------------------------------------------------------------------------
 The flat one.
"""


def whole(text: str) -> Thread:
    return readers.as_thread(readers.read_source(text.encode(), Hint("page.txt")))


def rows(text: str) -> list[tuple[str | None, str, int]]:
    thread = whole(text)
    return [(thread.authors[i], thread.bodies[i].split("\n")[0], thread.parent[i]) for i in range(len(thread))]


@pytest.mark.parametrize("text", [DIGEST, PLAIN, f"From x@y Mon Jun  1 12:00:00 2009\n{PLAIN}"])
def test_a_digest_is_its_messages(text: str) -> None:
    thread = whole(text)
    found = [row for row in range(len(thread)) if thread.authors[row] in ("Ada Berg", "bo@example.org")]
    assert [thread.bodies[row].split("\n")[0] for row in found] == [
        "Which wick is the longest, é or è?",
        "> Ada wrote:",
    ]
    assert [thread.published[row] for row in found] == [1_243_843_200, 1_243_850_400]
    assert not any("Lamp mailing list" in body or "----" in body for body in thread.bodies)


def test_a_digest_in_parts() -> None:
    assert rows(MIME) == [("Ada Berg", "Which wick is the longest?", -1), ("bo@example.org", "The flat one.", 0)]


def test_a_chain_of_answers_in_two_languages() -> None:
    assert rows(CHAIN) == [
        ("Ada Berg", "Welcher Docht ist der längste?", -1),
        ("Bo Lind", "Der flache.", 0),
        (None, "Bought it.", 1),
    ]
    assert list(whole(CHAIN).published) == [1_709_544_600, 1_709_655_120, None]


def test_a_conference_in_columns() -> None:
    assert rows(CONFERENCE) == [("ADA BERG", "Which wick is the longest?", -1), ("BO LIND", "The flat one.", 0)]
    assert whole(CONFERENCE).published[0] == 700_603_800


def test_a_numbered_digest() -> None:
    text = """Topics in this digest:

1a. Wicks
    From: Ada Berg
1b. Re: Wicks
    From: bo

Messages
________________________________________________
1a. Wicks
    Posted by: "Ada Berg" ada@example.org ada
    Date: Tue Mar 7, 2006 3:12 am ((PST))

Which one?

________________________________________________
1b. Re: Wicks
    Posted by: "bo" bo@example.org bo
    Date: Tue Mar 7, 2006 4:12 am ((PST))

Mine.
"""
    assert [row[:2] for row in rows(text)] == [("Ada Berg", "Which one?"), ("bo", "Mine.")]


def test_a_digest_by_topics() -> None:
    rule = "=" * 40
    text = f"""{rule}
Today's topic summary
{rule}

  - Wicks [2 Updates]
  - Glass [1 Update]

{rule}
Topic: Wicks
Url: http://lamp.example/1
{rule}

---------- 1 of 2 ----------
From: "Ada Berg" <ada@example.org>
Date: Nov 14 08:10PM +0100

Which one?

---------- 2 of 2 ----------
From: bo
Date: Nov 14 09:10PM +0100

Mine.

{rule}
Topic: Glass
{rule}

---------- 1 of 1 ----------
From: Flo
Date: Nov 15 09:10AM +0100

Green glass?
"""
    assert [row[:2] for row in rows(text)] == [("Ada Berg", "Which one?"), ("bo", "Mine."), ("Flo", "Green glass?")]
    listing = readers.read_source(text.encode(), Hint("page.txt"))
    assert isinstance(listing, Listing)
    assert [(entry.title, entry.comments) for entry in listing.entries] == [("Wicks", 1), ("Glass", 0)]


def test_messages_of_one_thread_in_a_zip_archive() -> None:
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("b.eml", "From: Bo\nDate: 2 Jan 2020 10:00 +0000\nSubject: Re: Wicks\n\nMine.\n")
        archive.writestr("c.eml", "From: Ada\nDate: 1 Jan 2020 10:00 +0000\nSubject: Wicks\n\nWhich one?\n")
    thread = readers.as_thread(readers.read_source(data.getvalue(), Hint("wicks.zip")))
    assert (thread.article.title, list(thread.authors)) == ("Wicks", ["Ada", "Bo"])


def test_the_changes_of_a_log_of_git() -> None:
    log = "commit 9f2c1d7e4b (HEAD -> main)\nMerge: 1a2b 3c4d\nAuthor: Ada <ada@x.org>\n"
    log += "Date:   Mon Apr 8 10:12:33 2024 +0200"
    log += (
        "\n\n    Lamp: trim the wick\n\ncommit 5d6e7f8a9b\nAuthor: Bo <bo@x.org>\nDate:   Sun Apr 7 22:40:02 2024 +0200"
    )
    log += "\n\n    Lamp: longer wick\n\n    It was too short.\n"
    assert rows(log) == [("Ada", "Lamp: trim the wick", -1), ("Bo", "Lamp: longer wick", -1)]


def test_one_message_and_an_article_about_mail_are_none() -> None:
    letter = "Some mail:\n\nFrom: ada\nSubject: Wicks\n\nHi.\n"
    assert not copied.sniff(letter, Hint("page.txt"))
    assert not copied.sniff("From: here\nTo: there\n\nIt is far.\n\nFrom: there\nTo: here\n\nAs far.", Hint("page.txt"))


@given(st.lists(st.sampled_from(["From: a", "Date: b", "Subject: c", "", "text", "-" * 30, "  d", ": e"]), max_size=30))
def test_no_line_of_a_body_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    listing = copied.read(text, Hint("page.txt")) if copied.sniff(text, Hint("page.txt")) else None
    if isinstance(listing, Listing):
        bodies = "\n".join(readers.as_thread(listing).bodies)
        assert "-" * 30 in lines or bodies.count("text") == lines.count("text")
