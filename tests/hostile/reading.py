"""Reading hostile documents, and what must hold of what is read: neutral fields and neutral exports."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from typing import Final
from unittest.mock import patch

from rumor_tui import export, readers
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.output import write_standard_output
from rumor_tui.readers import Hint
from rumor_tui.text import neutralise_for_file
from tests.hostile.oracle import violations
from tests.hostile.pages import HostilePage

OPENED: Final = 5
"""Entries of a list that are opened."""

_ARTICLE: Final = ("title", "byline", "published_text", "url", "link", "discussion_url")
_LINKED: Final = ("url", "title", "byline", "published_text", "problem")
_ENTRY: Final = ("title", "byline", "published_text", "address", "summary", "site", "link")
_COLUMNS: Final = ("authors", "published_text", "ids", "urls", "told_apart")


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def contents(page: HostilePage, texts: Sequence[str]) -> Iterator[Thread | Listing]:
    """What a document holds: a thread, or a list and what its first entries hold. Nothing where it is refused."""
    try:
        content = readers.read_source(page.make(texts), Hint(f"hostile{page.suffix}"))
    except SourceError as error:
        assert violations(f"{error}".encode()) == []
        return
    yield content
    if isinstance(content, Listing):
        for row in range(min(len(content.entries), OPENED)):
            try:
                yield content.open(row)
            except SourceError as error:
                assert violations(f"{error}".encode("utf-8", "surrogatepass")) == []


def fields(content: Thread | Listing) -> Iterator[tuple[str, str | None]]:
    """Every field that is text, with its name, but for the bodies, which are raw until they are parsed."""
    if isinstance(content, Listing):
        yield from (("list", content.title), ("noun", content.noun), ("further", content.further))
        yield from ((name, getattr(entry, name)) for entry in content.entries for name in _ENTRY)
        return
    article = content.article
    yield from ((name, getattr(article, name)) for name in _ARTICLE)
    if article.linked is not None:
        yield from ((name, getattr(article.linked, name)) for name in _LINKED)
    yield from ((name, value) for name in _COLUMNS for value in getattr(content, name))
    yield "notice", content.notice
    yield from (("stub", value) for stub in content.stubs for value in (stub.via, *stub.keys))
    for about in filter(None, content.discussions):
        yield from (("key", about.key), ("site", about.site), ("community", about.community), ("title", about.title))


def not_neutral(content: Thread | Listing) -> list[str]:
    """The fields that hold what no field may hold."""
    return [
        f"{name}: {value!r:.80}"
        for name, value in fields(content)
        if value is not None and neutralise_for_file(value) != value
    ]


def exported_wrong(thread: Thread) -> list[str]:
    """What is wrong with a thread's exports, to a file and to a terminal, in every form."""
    wrong: list[str] = []
    for form in export.FORMATS:
        file, terminal = io.StringIO(), Terminal()
        export.write(thread, form, file)
        wrong += [f"{form}, file: {one}" for one in violations(file.getvalue().encode(), painted=False)]
        with patch.object(sys, "stdout", terminal):
            write_standard_output(lambda out, form=form: export.write(thread, form, out))  # type: ignore[misc]
        wrong += [f"{form}, terminal: {one}" for one in violations(terminal.getvalue().encode())]
    return wrong


def page_wrong(page: HostilePage, texts: Sequence[str]) -> list[str]:
    """What is wrong with what is read of a document, and with what is exported of it."""
    wrong: list[str] = []
    for content in contents(page, texts):
        wrong += not_neutral(content)
        if isinstance(content, Thread):
            wrong += exported_wrong(content)
    return wrong
