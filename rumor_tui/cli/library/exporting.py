"""`rumor-tui export --library`: every thread as a file, one's own notes as one, or what is followed as OPML."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from rumor_tui import export

if TYPE_CHECKING:
    import sqlite3

    from rumor_tui.export.notes import Notes
    from rumor_tui.library.keeper import Keeper
    from rumor_tui.model import Thread

USAGE: Final = """\
rumor-tui export --library [--to FORMAT] -o FOLDER [--tag TAG]
       rumor-tui export --library --to notes [-o FILE] [--tag TAG]
       rumor-tui export --library --to opml [-o FILE]"""

ABOUT: Final = """\
Write every thread of the library to a file of its own in FOLDER, with your
bookmarks and notes; or these alone, or what you follow, as one file."""

MORE: Final = """\
forms:
  json  markdown  text  html   a file for each thread, named after its title
                               (rumor-tui help exports); markdown by default
  notes                        your bookmarks and notes, as Markdown
  opml                         what you follow, for feed readers

examples:
  rumor-tui export --library -o ~/threads
  rumor-tui export --library --to json --tag cars -o ~/cars
  rumor-tui export --library --to notes > notes.md
  rumor-tui export --library --to opml -o followed.opml

A file is replaced only when the new one is complete; a thread keeps its file as
long as it keeps its title. Exit codes: 0 success, 1 there is no library, or
something could not be written: the rest is."""

ENDINGS: Final = {"json": ".json", "markdown": ".md", "text": ".txt", "html": ".html"}
WHOLE: Final = ("notes", "opml")
"""The forms that are one file."""


class Named(NamedTuple):
    """A thread of the library, and the part of its file's name that no other thread has."""

    thread_id: int
    uid: str


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    forms = (*export.FORMATS, *WHOLE)
    parser.add_argument("--library", action="store_true", help="export the library, not a source")
    parser.add_argument(
        "--to", metavar="FORMAT", choices=forms, default="markdown", help=f"{', '.join(forms[:-1])} or {forms[-1]}"
    )
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", default="", help="the folder for the files; for notes and opml a file"
    )
    parser.add_argument("--tag", metavar="TAG", type=_tag, help="only threads with this tag")


def _tag(word: str) -> str:
    if not word.strip():
        raise ArgumentTypeError("say which tag")
    return word.strip()


def run(given: Namespace) -> int:
    """Export."""
    from rumor_tui.cli.arguments import UsageError
    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.library.problems import ABSENT
    from rumor_tui.library_types import LibraryError

    if given.to not in WHOLE and given.output in ("", "-"):
        raise UsageError("Say with -o which folder the files are to go to.")
    tag = given.tag or ""
    if tag and given.to == "opml":
        raise UsageError("Only threads have tags: leave out --tag, or name another form with --to.")
    with open_library() as keeper:
        if not keeper.exists:
            raise LibraryError(ABSENT.format(path=keeper.path))
        if given.to == "opml":
            from rumor_tui.library.opml import write_opml

            return _write_whole(given.output, lambda out: out.write(write_opml(keeper.followed())))
        if given.to == "notes":
            return _write_whole(given.output, lambda out: _write_notes(keeper, tag, out))
        return _write_threads(keeper, given.to, Path(given.output), tag)


def _write_whole(output: str, write: Callable[[TextIO], object]) -> int:
    """Write one file, or to standard output."""
    from rumor_tui.output import write_file, write_standard_output

    def run_write(out: TextIO) -> None:
        write(out)

    if output in ("", "-", "/dev/stdout"):
        return write_standard_output(run_write, encoding="utf-8")
    write_file(output, run_write)
    return 0


def _write_notes(keeper: Keeper, tag: str, out: TextIO) -> None:
    from rumor_tui.export.own_notes import write_heading, write_thread_notes
    from rumor_tui.library.annotations import annotated_threads

    with keeper.reading() as connection:
        wanted = {one.thread_id for one in threads_with(connection, tag)}
        write_heading(out)
        for thread_id in annotated_threads(connection):
            if thread_id in wanted:
                write_thread_notes(*read_with_notes(connection, thread_id), out)


def _write_threads(keeper: Keeper, form: str, folder: Path, tag: str) -> int:
    """Write a file for each thread; what fails is said at the end."""
    from rumor_tui.cli.console import say
    from rumor_tui.cli.progress import progress_line
    from rumor_tui.library_types import LibraryError
    from rumor_tui.output import OutputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {(error.strerror or str(error)).lower()}.") from error
    problems: list[str] = []
    with keeper.reading() as connection, progress_line("Exporting …") as show:
        threads = threads_with(connection, tag)
        for nth, one in enumerate(threads, 1):
            show(f"{nth:,} of {len(threads):,}")
            try:
                _write_thread(connection, one, form, folder)
            except (LibraryError, OutputError) as error:
                problems.append(str(error))
    for problem in problems:
        say(problem)
    from rumor_tui.labels import plural

    written = len(threads) - len(problems)
    return _write_whole("", lambda out: out.write(f"{plural(written, 'thread')}: {folder}\n")) or int(bool(problems))


def _write_thread(connection: sqlite3.Connection, one: Named, form: str, folder: Path) -> None:
    from rumor_tui.output import file_name, write_file

    thread, notes = read_with_notes(connection, one.thread_id)
    name = f"{file_name(thread.article.title)}-{one.uid[:8]}{ENDINGS[form]}"
    write_file(str(folder / name), lambda out: export.write(thread, form, out, notes=notes))


def threads_with(connection: sqlite3.Connection, tag: str) -> list[Named]:
    """The threads with a tag, or all for ""; without deleted ones, the last active first."""
    rows = connection.execute(
        "SELECT id, uid FROM threads WHERE tree IS NOT NULL AND removed IS NULL AND (? = '' OR EXISTS ("
        " SELECT 1 FROM tags WHERE thread = threads.id AND tag = ? AND NOT tags.removed))"
        " ORDER BY active DESC, id DESC",
        (tag, tag),
    )
    return [Named(*row) for row in rows]


def read_with_notes(connection: sqlite3.Connection, thread_id: int) -> tuple[Thread, Notes]:
    """A thread, in which what its source has no more counts as deleted, and its bookmarks and notes by row."""
    from rumor_tui.export.notes import notes_by_row
    from rumor_tui.library.annotations import annotations_of
    from rumor_tui.library.stored import read_thread

    stored = read_thread(connection, thread_id)
    thread, handles = stored.thread, stored.documents.tree.handles
    if stored.gone:
        deleted = [was or handle in stored.gone for was, handle in zip(thread.deleted, handles, strict=True)]
        thread = replace(thread, deleted=deleted)
    return thread, notes_by_row(annotations_of(connection, thread_id), handles)
