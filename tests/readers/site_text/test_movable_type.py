"""Movable Type's export format; the entries are invented."""

from __future__ import annotations

from rumor_tui import blocks
from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import read_source
from rumor_tui.readers.source import Hint

ENTRY = """\
AUTHOR: Ada
TITLE: The mill
STATUS: Publish
CONVERT BREAKS: {breaks}
DATE: 03/04/2023 10:13:20 PM
CATEGORY: Mills
-----
BODY:
{body}
-----
EXTENDED BODY:
More of it.
-----
EXCERPT:
A mill burned.
-----
COMMENT:
AUTHOR: Bo
EMAIL: bo@example.org
IP: 10.0.0.1
URL: http://bo.example/
DATE: 03/05/2023 01:00:00 AM
{comment}
-----
PING:
TITLE: A mill, burned
URL: http://ed.example/mill
IP: 10.0.0.2
BLOG NAME: Ed's blog
DATE: 03/05/2023 13:00:00
I wrote about it.
-----
--------
"""


def _entry(
    body: str = "It burned.\n\nIn 1911.", comment: str = "1912.\n\nNote: DATE: is not a field.", breaks: str = "1"
) -> str:
    return ENTRY.format(body=body, comment=comment, breaks=breaks)


def _read(text: str) -> Thread | Listing:
    return read_source(text.encode(), Hint("export.txt"))


def test_an_entry_is_an_article_with_its_comments_and_pings() -> None:
    thread = _read(_entry())
    assert isinstance(thread, Thread)
    article = thread.article
    assert (article.title, article.byline, format_iso(article.published)) == ("The mill", "Ada", "2023-03-04T22:13:20Z")
    assert list(article.pieces) == ["It burned.", "In 1911.", "More of it."]
    assert [(c.author, c.body, format_iso(c.published)) for c in thread.comments()] == [
        ("Bo", "1912.\n\nNote: DATE: is not a field.", "2023-03-05T01:00:00Z"),
        ("Ed's blog", "A mill, burned\n\nI wrote about it.", "2023-03-05T13:00:00Z"),
    ]
    assert "A mill burned." in thread.aside


def test_markup_is_kept_with_the_breaks_that_the_entry_asks_for() -> None:
    thread = _read(
        _entry("It <b>burned</b>.\n\nIn 1911.", 'See <a href="http://x.example/">this</a>.\nNow.').replace("\n", "\r\n")
    )
    assert isinstance(thread, Thread)
    assert (thread.format, thread.article.format) == ("html", "html")
    texts = [block.text for block in blocks.parse_body(thread.article.pieces[0], "html")]
    assert texts == ["It burned.", "In 1911.", "More of it."]
    assert [block.text for block in blocks.parse_body(thread.comment(0).body, "html")] == ["See this.\nNow."]
    rich = _read(_entry("<p>It burned.</p>\n<p>In 1911.</p>", breaks="richtext"))
    assert isinstance(rich, Thread)
    assert [block.text for block in blocks.parse_body(rich.article.pieces[0], "html")][:2] == ["It burned.", "In 1911."]


def test_several_entries_are_a_listing() -> None:
    listing = _read(_entry() + _entry().replace("The mill", "The ford"))
    assert isinstance(listing, Listing)
    assert [(entry.title, entry.comments) for entry in listing.entries] == [("The mill", 2), ("The ford", 2)]
    thread = listing.open(1)
    assert isinstance(thread, Thread)
    assert (thread.article.title, len(thread)) == ("The ford", 2)


def test_fields_may_stand_apart() -> None:
    text = ENTRY.format(breaks="0", body="A mill.", comment="Yes.").replace("\nDATE: 03", "\n\nDATE: 03", 1)
    thread = read_source(text.encode(), Hint("export.txt"))
    assert isinstance(thread, Thread)
    assert thread.article.byline == "Ada"
