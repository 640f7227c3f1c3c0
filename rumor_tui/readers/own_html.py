"""rumor-tui's own page, as `rumor_tui.export.html_writer` writes it: with all that is known of the article and of each
comment in attributes.

The page is read by its tags alone, since nothing of a body can be mistaken for them: what strangers wrote is escaped
there. A page that says to be one and has another form, as one that somebody changed may, is read like any web page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Article, Draft, Listing, Thread

GENERATOR: Final = '<meta name="generator" content="rumor-tui">'
"""What tells the page from others; it stands near its beginning."""

_WITHIN: Final = 4096
"""Characters in which it is looked for."""

_NOTE: Final = '<aside class="note">'
_NOTE_END: Final = "</aside>"
_ATTRIBUTES = r'(?:[^<>"]|"[^"]*")*'
_ARTICLE = rf"<article(?P<facts>{_ATTRIBUTES})>(?P<text>.*?)</article>"
_TITLE = r"\s*<h1>[^<]*</h1>\s*"
_FACTS = r'<p class="facts">[^<]*(?:</?a\b[^<>]*>[^<]*)*</p>'
_LINKED = rf"<hr>\s*<h2>[^<]*</h2>\s*{_FACTS}"
_COMMENT = rf"<details(?P<facts>{_ATTRIBUTES})>\s*<summary>(?:(?!<details|</summary>).)*</summary>|(?P<end></details>)"


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is a page that rumor-tui wrote."""
    return GENERATOR in text[:_WITHIN] and "<article" in text


def read(text: str, hint: Hint) -> Thread | Listing:
    """The thread that was exported. Raises SourceError for another page that cannot be read either."""
    thread = _read(text, hint)
    if thread is not None:
        return thread
    from rumor_tui.readers import html

    return html.read(text, hint)


def _read(text: str, hint: Hint) -> Thread | None:
    from rumor_tui.joined import with_drafted_discussions
    from rumor_tui.model import ThreadBuilder
    from rumor_tui.readers.preorder import arrange_drafts

    found = re.search(_ARTICLE, text, re.DOTALL)
    drafts = None if found is None else _comments(text, found.end())
    if found is None or drafts is None:
        return None
    drafts = arrange_drafts(drafts)
    thread = ThreadBuilder(_article(found), drafts).build("html", source=hint.name, aside=_notes(text))
    return with_drafted_discussions(thread, drafts) if any(draft.site for draft in drafts) else thread


def _article(found: re.Match[str]) -> Article:
    from dataclasses import replace
    from html import escape

    from rumor_tui import article_facts
    from rumor_tui.markdown_format import clean_field, parse_iso
    from rumor_tui.model import Article
    from rumor_tui.readers.html.article.sanitize import split_html

    facts = article_facts.read_attributes(found["facts"])
    text = re.sub(rf"\A{_TITLE}(?:{_FACTS})?", "", _split_notes(found["text"])[0])
    page = article_facts.read_linked(facts)
    head = re.search(_LINKED, text) if page is not None else None
    own = split_html((text[: head.start()] if head else text).strip())
    linked = split_html(text[head.end() :].strip()) if head and page is not None and not page.problem else []
    if head and page is not None and page.title and not page.problem:
        linked = [f"<h2>{escape(page.title, quote=False)}</h2>", *linked]
    return Article(
        title=clean_field(facts.get("title")) or "",
        byline=clean_field(facts.get("author")),
        published=parse_iso(facts.get("date", "")),
        published_text=clean_field(facts.get("written")),
        url=clean_field(facts.get("url")),
        pieces=[*own, *linked],
        format="html",
        score=_whole(facts, "points"),
        link=clean_field(facts.get("link")),
        linked=replace(page, first=len(own)) if page is not None and head else None,
        discussion_url=clean_field(facts.get("discussion")),
    )


def _comments(text: str, start: int) -> list[Draft] | None:
    """The comments behind a place, each with its parent; None where one is not closed."""
    drafts: list[Draft] = []
    path: list[int] = []
    body = -1
    for tag in re.compile(_COMMENT, re.DOTALL).finditer(text, start):
        if body >= 0:
            drafts[-1].body = _split_notes(text[body : tag.start()])[0].strip("\n")
            body = -1
        if tag["end"]:
            if not path:
                return None
            path.pop()
            continue
        draft = _draft(tag["facts"])
        if draft.parent is None and path:
            draft.parent = path[-1]
        path.append(len(drafts))
        drafts.append(draft)
        body = tag.end()
    return None if path else drafts


def _split_notes(text: str) -> tuple[str, list[str]]:
    """A text without the bookmarks and notes of whoever saved the page, and these; nothing of others is such."""
    parts: list[str] = []
    notes: list[str] = []
    at = 0
    while (start := text.find(_NOTE, at)) >= 0 and (end := text.find(_NOTE_END, start)) >= 0:
        parts.append(text[at:start].rstrip())
        notes.append(text[start + len(_NOTE) : end])
        at = end + len(_NOTE_END)
    return "\n".join([*parts, text[at:]]) if notes else text, notes


def _notes(text: str) -> str:
    """The bookmarks and notes of a page, as plain text."""
    _, notes = _split_notes(text)
    if not notes:
        return ""
    from rumor_tui.blocks import body_text

    return "\n\n".join(body_text(note, "html") for note in notes)


def _draft(tag: str) -> Draft:
    from rumor_tui.article_facts import read_attributes
    from rumor_tui.markdown_format import clean_field, parse_iso
    from rumor_tui.model import Draft

    facts = read_attributes(tag)
    to, comments = _whole(facts, "to"), _whole(facts, "comments")
    return Draft(
        author=clean_field(facts.get("author")),
        parent=None if to is None else to - 1,
        published=parse_iso(facts.get("date", "")),
        published_text=clean_field(facts.get("written")),
        id=clean_field(facts.get("id")),
        score=_whole(facts, "points"),
        url=clean_field(facts.get("url")),
        deleted="deleted" in facts,
        site=clean_field(facts.get("site")) or "",
        title=clean_field(facts.get("title")) or "",
        comments=comments,
    )


def _whole(facts: Mapping[str, str], name: str) -> int | None:
    """A fact that is a whole number; None where it is none."""
    written = facts.get(name, "")
    return int(written) if re.fullmatch(r"-?[0-9]{1,18}", written) else None
