"""Reading a thread's file once more, for whoever refreshes what was read from one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Final

from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Article, Listing, SourceError, Thread
from rumor_tui.text import neutralise_line

_PACKED: Final = ("", ".gz", ".bz2", ".xz", ".zst")
"""What may stand behind a thread's source in the name of its file: what was packed is named as what is inside."""

_OPENED: Final = 50
"""How many entries of one title are looked at for a thread."""


Load = Callable[[Sequence[str]], Thread | Listing]
"""Reads sources of the command line."""


def make_again(
    fetch: Callable[[Thread], LoadJob],
    load: Load,
    sources: Sequence[str] = (),
    content: Callable[[], Thread | Listing | None] = lambda: None,
) -> Callable[[Thread], LoadJob]:
    """Gives the job that finds the newest state of a thread: by `fetch` if it is from an address, else from its file.

    What was read of the `sources` of the command line (`content` gives it) is from these, whatever it says of where it
    was once.
    """

    def again(thread: Thread) -> LoadJob:
        opened = content()
        is_file = opened is not None and thread.source == opened.source
        if not is_file and thread.source.lower().startswith(("http://", "https://")):
            return lambda stop: fetch(thread)(stop)  # noqa: PLW0108 - fetching is imported when the job runs
        return read_again(thread, sources, load, named=is_file)

    return again


def read_again(thread: Thread, sources: Sequence[str], load: Load, *, named: bool = False) -> LoadJob:
    """A job that reads the newest state of a thread from its file, or, where that is a part of something larger, from
    the `sources` of the command line, which `load` reads.

    One that was `named` there is read from these alone: what it says of where it is from is a stranger's word.
    """

    def job(stop: Event) -> Iterator[LoadStep]:
        yield LoadStep(None, "Reading it again …")
        yield LoadStep(_find(thread, _content(thread, sources, load, named=named)))

    return job


def _content(thread: Thread, sources: Sequence[str], load: Load, *, named: bool) -> Thread | Listing:
    """What a thread is in. Raises SourceError."""
    from rumor_tui.readers import read_path

    if thread.source == "-" or "-" in sources:
        raise SourceError("This was read from standard input, which can be read only once. Open a file to refresh it.")
    if not thread.source and not sources:
        raise SourceError("This was read neither from a file nor from an address, so there is nothing to read again.")
    if len(sources) > 1:
        return load(sources)
    path = (not named and _file_of(thread.source)) or (sources[0] if sources and os.path.lexists(sources[0]) else "")
    if not path:
        name = neutralise_line(sources[0] if sources else thread.source)
        raise SourceError(f"{name} is not there any more, so this cannot be refreshed.")
    return read_path(path)


def _file_of(source: str) -> str:
    """The file or folder that a source is, or the archive that it is a member of; "" where there is none."""
    path = next((path for ending in _PACKED if source and os.path.lexists(path := source + ending)), "")
    if path:
        return path
    return next((str(above) for above in Path(source).parents if above.is_file()), "")


def _find(thread: Thread, content: Thread | Listing) -> Thread:
    """A thread's newest state in what it was read from. Raises SourceError where it is not in it."""
    from rumor_tui.readers import open_if_single

    content = open_if_single(content)
    if isinstance(content, Thread):
        return content
    names = {thread.article.title, thread.source.removeprefix(content.source).removeprefix("/")}
    rows = [row for row, entry in enumerate(content.entries) if entry.title in names][:_OPENED]
    threads = [found for row in rows if isinstance(found := content.open(row), Thread)]
    alike = [found for found in threads if _facts(found.article) == _facts(thread.article)]
    if alike or len(threads) == 1:
        return (alike or threads)[0]
    title = neutralise_line(thread.article.title) or "This thread"
    raise SourceError(f"“{title}” is not in {neutralise_line(content.title)} any more.")


def _facts(article: Article) -> tuple[object, ...]:
    return article.title, article.byline, article.published, article.url
