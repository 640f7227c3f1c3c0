"""Hostile texts in every place that a page controls: threads, lists, and what a library tells, made of them alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Final

from rumor_tui.joined import Part, join_threads
from rumor_tui.library_types import Annotation, Edit, Followed, LibraryEntry, LibraryHit, LibraryHits, NewComment
from rumor_tui.model import Article, Draft, Entry, Format, LinkedPage, Listing, SourceError, Stub, Thread, ThreadBuilder

FORMATS: Final[tuple[Format, ...]] = ("plain", "markdown", "html")
NUMBER: Final = "600 cars, says Dr. Segler: “nobody at all will ever buy six hundred of these cars”. "
"""Words with a number, a name and a quotation: so marks, claims and quotes stand in the middle of hostile texts."""


def entities(text: str) -> str:
    """The text with each character spelt as a character reference, as pages hide things."""
    return "".join(f"&#{ord(char)};" if ord(char) < 0x80 else f"&#x{ord(char):x};" for char in text[:200])


def body_of(text: str, format: Format) -> str:
    """A body that has the text wherever this format can have one."""
    if format == "plain":
        return f"{text}\n> {text}\n\n    {text}\n- {text}\n{NUMBER}{text}\n* * *\nhttps://example.com/{text} <{text}>"
    line = " ".join(text.split())
    if format == "markdown":
        return (
            f"{text}\n\n> {text}\n\n`{text}` *{text}* [{line}]({line}) [x](<{line}>) <{line}> ![{line}]({line} "
            f'"{line}")\n\n'
            f"```{line}\n{text}\n```\n\n    {text}\n\n| {line} | x |\n|---|---|\n| x | {line} "
            f"|\n\n- {text}\n1. {text}\n\n"
            f'# {line}\n\n{NUMBER}{text}\n\n{entities(text)}\n\n[{line}]: {line}\n<b title="{line}">{text}</b>'
        )
    quoted = escape(text)
    return (
        f'<p>{text}</p><p>{quoted} {entities(text)}</p><blockquote cite="{quoted}">{quoted}</blockquote>'
        f"<pre>{quoted}</pre>"
        f'<a href="{quoted}" title="{quoted}">{quoted}</a> <a href="{entities(text)}">x</a> <img alt="{quoted}" '
        f'src="{quoted}">'
        f"<table><caption>{quoted}<tr><th>{quoted}<td>{quoted}</table><ul><li>{quoted}</ul><h2>{quoted}</h2>"
        f"<code>{quoted}</code><em>{quoted}</em><p>{NUMBER}{quoted}</p><{text}>{quoted}"
    )


def article_of(text: str, format: Format, bodies: Sequence[str] = ()) -> Article:
    """An article, and the page that it links to, with the text in every field."""
    pieces = [body_of(one, format) for one in (bodies or (text,))]
    page = LinkedPage(text, len(pieces), text, text, None, text, text)
    return Article(
        text, text, None, text, text, [*pieces, body_of(text, format)], format, 7, text, page, text
    )  # fmt: skip


def draft_of(text: str, format: Format, parent: int | None = None) -> Draft:
    """A comment with the text in every field."""
    return Draft(body_of(text, format), text, parent, None, text, text, 1, text)


def thread_of_texts(texts: Sequence[str], format: Format, title: str = "") -> Thread:
    """A thread with a comment for each text, in branches of seven; `title` is the text in the article's fields."""
    builder = ThreadBuilder(article_of(title, format, texts))
    for row, text in enumerate(texts):
        builder.add(draft_of(text, format, row - 1 if row % 7 else None))
    stubs = [Stub(row, 3, text, (text,)) for row, text in enumerate(texts) if row % 7 == 6] + [
        Stub(-1, 0, "x", (title,))
    ]
    thread = builder.build(format, source=title, aside=title, confidence="guessed", stubs=stubs)
    thread.notice = title
    return thread


def joined_of_texts(texts: Sequence[str], format: Format, title: str = "") -> Thread:
    """Two discussions of one article as one thread, with the texts as their sites, communities and titles too."""
    halves = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    parts = [Part(half[0], thread_of_texts(half, format, half[0]), half[-1], half[0], 3) for half in halves if half]
    return join_threads(article_of(title, format), parts)


def listing_of_texts(texts: Sequence[str]) -> Listing:
    """A list with an entry for each text, in every field. No entry opens: the error says the text."""

    def fail(row: int) -> Thread:
        raise SourceError(f"Cannot open {texts[row]}")

    entries = [Entry(text, text, None, text, 3, text, f"{text}\n{text}", 2, text, text) for text in texts]
    return Listing(texts[0], entries, fail, source=texts[-1], elsewhere=True, noun=texts[0], further=texts[-1])


def annotations_of(texts: Sequence[str], handles: Sequence[int]) -> list[Annotation]:
    """A note and a bookmark a text, on the comments with these handles."""
    return [
        Annotation(f"{kind} {n}", kind, handle, text if kind == "note" else "", text, 0, 1e9, 1e9)
        for n, (text, handle) in enumerate(zip(texts, handles, strict=True))
        for kind in ("note", "mark")
    ]  # fmt: skip


def edits_of(texts: Sequence[str], format: Format) -> dict[int, Edit]:
    """What each comment said before: its text behind another one."""
    return {row: Edit(f"before {body_of(text, format)}", 1e9) for row, text in enumerate(texts)}


def library_entries(texts: Sequence[str]) -> list[LibraryEntry]:
    """A thread of the library for each text."""
    return [
        LibraryEntry(n, text, text, text, text, 9, 4, 2, 1, 1, (text, "x"), True, active=1e9 - n, added=1e9)
        for n, text in enumerate(texts, 1)
    ]


def library_news(texts: Sequence[str]) -> list[NewComment]:
    """What is new, a comment a text, in the threads of `library_entries`."""
    return [NewComment(n, 1000 * n + 1, text, text, text, None, 1e9, text) for n, text in enumerate(texts, 1)]


def library_follows(texts: Sequence[str]) -> list[Followed]:
    """What is followed, with a problem each."""
    return [Followed(f"{text}#{n}", "thread", text, 1e9, 1e9, text) for n, text in enumerate(texts)]


def library_hits(texts: Sequence[str]) -> LibraryHits:
    """What a search in the library finds; snippets are neutral by contract, so theirs are only not markup."""
    hits = [
        LibraryHit(n, 1000 * n + 1, "note", text, text, text, None, "x", (), text) for n, text in enumerate(texts, 1)
    ]
    return LibraryHits(hits, len(hits), texts[0])


def as_own_json(texts: Sequence[str], title: str = "") -> bytes:
    """A document in our own form of JSON with the texts in every field, notes too."""
    note = [{"uid": t, "kind": "note", "text": t, "passage": t, "start": 0, "made": t, "changed": t} for t in texts[:9]]
    page = dict.fromkeys(
        ("url", "title", "byline", "published", "published_text", "problem", "text", "markdown"), title
    )
    article = dict.fromkeys(
        ("title", "byline", "published", "url", "text", "markdown", "link", "discussion_url"), title
    )
    comments = [
        {
            "index": row, "id": text, "parent": row - 1 if row % 7 else None, "depth": row % 7, "author": text,
            "published": text, "published_text": text, "text": text, "markdown": body_of(text, "markdown"),
            "score": 1, "url": text,
            "deleted": False, "notes": note if row == 0 else [],
        }
        for row, text in enumerate(texts)
    ]  # fmt: skip
    whole = {"version": 1, "source": title, "article": {**article, "linked": page, "notes": note}, "comments": comments}
    return json.dumps(whole).encode()


def with_dates(thread: Thread) -> Thread:
    """The thread with moments, so that what shows time has some."""
    return replace(thread, published=[1e9 + 3600 * row for row in range(len(thread))])
