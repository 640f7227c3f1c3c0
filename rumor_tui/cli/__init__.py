"""The command line: arguments, settings, opening, then the interface, an export or a search.

Only this package prints or exits. All imports are late, so that `--version` answers at once and a pipe does not wait
for the interface to load. Exit codes: 0 success, 1 the source cannot be read, the output cannot be written, or (in
`search` and `discussions` only) nothing was found, 2 a wrong option, setting, query or topic, 70 an internal error,
128 + n ended by signal n.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from rumor_tui.cli import console
from rumor_tui.cli.console import on_screen, say
from rumor_tui.cli.sample_thread import sample

TYPE_CHECKING = False  # avoids importing typing when only the version is requested
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from rumor_tui.cli.arguments import Arguments
    from rumor_tui.cli.early import AskPlace
    from rumor_tui.cli.opening import Show
    from rumor_tui.export.comment_fields import ReplyTo
    from rumor_tui.library.keeper import Keeper
    from rumor_tui.loading import Services
    from rumor_tui.model import Listing, Order, Thread
    from rumor_tui.reading.orders import Arrangement
    from rumor_tui.search.query.query import Query
    from rumor_tui.settings import Settings

__all__ = ["main", "on_screen", "sample", "say", "services_for"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program on `argv` (by default the arguments of the process) and return the exit code.

    Without `argv` it is the process that is run: it may end here, and is not to be used for anything else.
    """
    if argv is not None:
        return _coded(list(argv))
    if sys.argv[1:] != ["--version"]:
        console.guard_standard_error()
    return _leave(_coded(sys.argv[1:]))


def _coded(words: Sequence[str]) -> int:
    try:
        if words == ["--version"]:  # the complete grammar takes ten times as long to load as this answer
            from rumor_tui import __version__

            return _reported(lambda: _print(f"rumor-tui {__version__}\n"))
        return _watched(words)
    except KeyboardInterrupt:
        return 130
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def _leave(code: int) -> int:
    """End the process at once if other threads still run: all that matters is done.

    They belong to what is given up (an answer that is waited for, an analysis). The interpreter would wait for some of
    them, and crash when others run on in C while it takes itself apart (SIGSEGV in one of some hundred endings).
    """
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)
    if "rumor_tui.faults" in sys.modules:
        sys.modules["rumor_tui.faults"].silence_faults()
    return code


def _reported(run: Callable[[], int]) -> int:
    try:
        return run()
    except Exception as error:
        return _failed(error)


def _watched(words: Sequence[str]) -> int:
    """Run, and tell of faults outside the main thread as well."""
    from rumor_tui import faults

    found: list[str] = []

    def handle(error: BaseException, where: str) -> None:
        if not found:
            found.append(faults.report_fault(error, faults.Facts(where)))
            say(found[0])

    with faults.watched_faults(handle):
        code = _reported(lambda: _run(words))
    return faults.EXIT_CODE if found and not code else code


def _run(words: Sequence[str]) -> int:
    from rumor_tui.cli.arguments import parse_arguments

    arguments = parse_arguments(words)
    commands = {
        "show": _show,
        "help": _help,
        "export": _export,
        "search": _search,
        "discussions": _discussions,
        "read": _read,
        "library": _library,
    }
    return commands[arguments.command](arguments)


def _failed(error: Exception) -> int:
    """Report an error in one sentence and return its exit code."""
    from rumor_tui import faults

    for kind, code in _expected():
        if isinstance(error, kind):
            say(" ".join(str(error).split()))
            return code
    say(str(error) if isinstance(error, faults.ReportedFault) else faults.report_fault(error))
    return faults.EXIT_CODE


def _expected() -> tuple[tuple[type[Exception], int], ...]:
    from rumor_tui.cli.arguments import UsageError
    from rumor_tui.library_types import LibraryError
    from rumor_tui.model import SourceError
    from rumor_tui.output import OutputError
    from rumor_tui.search.query.query import QueryError, QueryTooSlow
    from rumor_tui.settings import SettingsError
    from rumor_tui.terminal import NoTerminalError

    wrong = (UsageError, 2), (SettingsError, 2), (QueryTooSlow, 1), (QueryError, 2)
    return (*wrong, (SourceError, 1), (LibraryError, 1), (OutputError, 1), (NoTerminalError, 1))


def _show(arguments: Arguments) -> int:
    return _print(arguments.show)


def _help(arguments: Arguments) -> int:
    """Show a topic of the manual, or the list of topics: in the reader, or as text where there is no screen."""
    from rumor_tui import docs

    topic = arguments.topic
    if not on_screen():
        return _print(docs.page_text(topic) if topic else docs.contents_text())
    from rumor_tui.settings import Settings, SettingsError, load_settings
    from rumor_tui.terminal import terminal_streams
    from rumor_tui.ui.app import run_app

    try:
        settings = load_settings()
    except SettingsError:  # the manual says how to correct it
        settings = Settings()
    with terminal_streams():
        return run_app(docs.open_page(topic) if topic else docs.open_contents(), settings, services_for(settings))


def _print(text: str) -> int:
    from rumor_tui.output import write_standard_output

    def write(out: TextIO) -> None:
        out.write(text)

    return write_standard_output(write)


def _export(arguments: Arguments) -> int:
    from rumor_tui import export
    from rumor_tui.output import write_file, write_standard_output

    query = None if arguments.query is None else _checked(arguments.query)
    thread = _load_thread(arguments.sources or ("-",))
    replies: dict[int, ReplyTo] = {}
    if query is not None or arguments.to in export.REPLY_FORMATS:
        from rumor_tui.cli import search

        thread, replies = search.matching_thread(thread, query, say, replies=arguments.to in export.REPLY_FORMATS)
    arrangement = _arranged(thread, arguments.order or "page")
    answers: Sequence[int] = ()
    if arrangement is not None:
        from rumor_tui.cli.search import move_replies

        replies = move_replies(replies, arrangement.row_map)
        thread, answers = arrangement.thread(thread), arrangement.answers

    def write(out: TextIO) -> None:
        export.write(thread, arguments.to, out, replies, answers)

    if arguments.output in ("-", "/dev/stdout"):  # /dev/stdout may be a file that is appended to
        return write_standard_output(write, encoding="utf-8")
    write_file(arguments.output, write)
    return 0


def _checked(line: str) -> Query:
    from rumor_tui.cli import search

    return search.check_query(line)


def _arranged(thread: Thread, order: Order) -> Arrangement | None:
    """The comments in an order; None for that of the page, and (with a message) if the source lacks what it needs."""
    if order == "page" or not len(thread):
        return None
    from rumor_tui.reading.orders import arrange, available, why_not

    if any(kind.name == order for kind in available(thread)):
        return arrange(thread, order)
    say(why_not(order))
    return None


def _search(arguments: Arguments) -> int:
    """Print the matches of a query; the exit code is 1 if there are none, as in `grep`."""
    if arguments.whole_library:
        from rumor_tui.cli.library.searching import search_all

        bold = on_screen() and not os.environ.get("NO_COLOR")
        return search_all(arguments.query or "", arguments.limit, as_json=arguments.json, bold=bold)
    from rumor_tui.cli import search
    from rumor_tui.output import write_standard_output

    query = search.check_query(arguments.query or "")
    thread = _load_thread(arguments.sources or ("-",))
    matches = search.find_matches(thread, query, say)
    hits, bold = search.iter_hits(matches), on_screen() and not os.environ.get("NO_COLOR")

    def write(out: TextIO) -> None:
        if arguments.json:
            search.write_hits_json(hits, out)
        else:
            search.write_hits(hits, out, bold=bold)

    code = write_standard_output(write, encoding="utf-8" if arguments.json else None)
    return code or int(not matches.known.total)


def _library(arguments: Arguments) -> int:
    """Run a command of the library."""
    from rumor_tui.cli import library

    assert arguments.given is not None
    return library.load_command(arguments.name).run(arguments.given)


def _discussions(arguments: Arguments) -> int:
    """Print where a page is discussed; the exit code is 1 if nothing was found."""
    from rumor_tui.cli import discussions
    from rumor_tui.output import write_standard_output

    entries = discussions.find_entries("-" if arguments.source is None else arguments.source, _load, say)
    aligned = on_screen()

    def write(out: TextIO) -> None:
        if arguments.json:
            discussions.write_json(entries, out)
        else:
            discussions.write_lines(entries, out, aligned=aligned)

    code = write_standard_output(write, encoding="utf-8" if arguments.json else None)
    return code or int(not entries)


def _read(arguments: Arguments) -> int:
    if on_screen():
        _ease_collector()
    settings = _settings(arguments)
    from rumor_tui.cli.arguments import web_address

    sources = arguments.sources or (_unnamed_source(),)
    if not on_screen():
        return _print_thread(_load_thread(sources, settings), settings.order)
    address = web_address(sources[0]) if len(sources) == 1 else None
    if not settings.library:
        return _read_on_screen(sources, address, settings, None)
    from rumor_tui.library.keeper import Keeper

    library = Keeper(limit=settings.library_limit * 1_000_000)
    try:
        if not arguments.sources and sources[0] != "-" and library.exists:
            from rumor_tui.cli.library.screen import show_library

            code = show_library(settings, library, services_for(settings, library))
            if code is not None:
                return code
        return _read_on_screen(sources, address, settings, library, arguments.order)
    finally:
        library.close()
        for notice in library.notices():
            say(notice)


def _read_on_screen(
    sources: Sequence[str], address: str | None, settings: Settings, library: Keeper | None, order: str | None = None
) -> int:
    """Show sources, or the one that is an address, in the interface; `order` is what the command line asks for."""
    place = None
    if library is not None and len(sources) == 1:
        from rumor_tui.cli.early import ask_place

        place = ask_place(library, address or sources[0], order)
    if address is not None:
        return _read_address(address, settings, library, place)
    from rumor_tui.cli.opening import Opening

    def load(show: Show, standard_input: int) -> Thread | Listing:
        from rumor_tui.readers import open_if_single

        return open_if_single(_load_sources(sources, settings, show, standard_input))

    opening = Opening(sources, load)
    content = opening.soon()
    from rumor_tui.terminal import terminal_streams
    from rumor_tui.ui.app import run_app

    services = services_for(settings, library, sources, lambda: opening.content)
    with terminal_streams():
        if content is not None:
            return run_app(content, settings, services, place=place)
        return run_app(None, settings, services, opening.job, opening.name, place=place)


def _ease_collector() -> None:
    """Have the garbage collector look rarely at what is loaded before the first screen: nearly all of it stays.

    That is a tenth of the time until then. The app has its own measure from its start on.
    """
    import gc

    gc.set_threshold(100_000, 50, 100)


def _read_address(address: str, settings: Settings, library: Keeper | None, place: AskPlace | None = None) -> int:
    """Show an address while it loads."""
    from dataclasses import replace
    from functools import partial

    from rumor_tui import sources
    from rumor_tui.cli.again import make_again
    from rumor_tui.cli.library.services import add_library
    from rumor_tui.terminal import terminal_streams
    from rumor_tui.ui.app import run_app

    services = sources.make_services(sources.make_context(address, keep=settings.library), settings.linked)
    services = replace(services, again=make_again(services.again, partial(_load_silently, settings)))
    services = add_library(services, library, settings.linked)
    with terminal_streams():
        return run_app(None, settings, services, services.open(address), address, place=place)


def services_for(
    settings: Settings,
    library: Keeper | None = None,
    sources: Sequence[str] = (),
    content: Callable[[], Thread | Listing | None] = lambda: None,
) -> Services:
    """The services of the interface; for `sources` and `content` see `again.make_again`."""
    from functools import partial

    from rumor_tui.cli.library.services import interface_services

    return interface_services(settings, library, partial(_load_silently, settings), sources, content)


def _settings(arguments: Arguments) -> Settings:
    from dataclasses import replace

    from rumor_tui.settings import load_settings

    settings = load_settings(arguments.config)
    if arguments.theme is not None:
        settings = replace(settings, theme=arguments.theme)
    if arguments.no_library:
        settings = replace(settings, library=False)
    return settings if arguments.order is None else replace(settings, order=arguments.order)


def _print_thread(thread: Thread, order: Order) -> int:
    from rumor_tui import export
    from rumor_tui.output import write_standard_output

    arrangement = _arranged(thread, order)
    if arrangement is None:
        return write_standard_output(lambda out: export.write(thread, "text", out))
    shown = arrangement.thread(thread)
    return write_standard_output(lambda out: export.write(shown, "text", out, answers=arrangement.answers))


def _unnamed_source() -> str:
    """The default source: standard input if it is a file or a pipe, otherwise the sample."""
    return str(sample()) if sys.stdin is None or console.is_terminal(sys.stdin) else "-"


def _load(
    source: str, settings: Settings | None = None, show: Show | None = None, standard_input: int = 0
) -> Thread | Listing:
    """Load a source completely; without `settings`, those of the standard file count.

    With `show`, it gets the words about how far that is; else they are written on the terminal.
    """
    from rumor_tui.cli.arguments import web_address

    address = web_address(source)
    if address is not None:
        return _load_address(address, settings, show)
    from rumor_tui.readers import read_path

    if show is not None:
        return read_path(source, standard_input) if source == "-" else read_path(source)
    from rumor_tui.cli.progress import announce_wait

    with announce_wait(source):
        return read_path(source)


def _load_sources(
    sources: Sequence[str], settings: Settings | None = None, show: Show | None = None, standard_input: int = 0
) -> Thread | Listing:
    """Load one or several sources completely; those that speak of the same page are joined."""
    if len(sources) == 1:
        return _load(sources[0], settings, show, standard_input)
    from rumor_tui.readers import open_if_single
    from rumor_tui.readers.several import group_sources

    return group_sources([open_if_single(_load(source, settings, show, standard_input)) for source in sources])


def _load_silently(settings: Settings, sources: Sequence[str]) -> Thread | Listing:
    """Load sources while the interface has the terminal."""
    return _load_sources(sources, settings, lambda words: None)


def _load_thread(sources: Sequence[str], settings: Settings | None = None) -> Thread:
    """Load sources completely as one thread, and say what of them the thread does not hold."""
    from rumor_tui.model import Listing
    from rumor_tui.readers import as_thread

    content = _load_sources(sources, settings)
    if len(sources) > 1 and isinstance(content, Listing):
        say("The sources are not about one page: what is read of them is their list.")
    thread = as_thread(content)
    if thread.notice:
        say(thread.notice)
    return thread


def _load_address(address: str, settings: Settings | None, show: Show | None = None) -> Thread | Listing:
    """Load an address completely; without `show`, progress and the final notice are written on the terminal."""
    from contextlib import nullcontext
    from threading import Event

    from rumor_tui import sources
    from rumor_tui.cli.progress import progress_line
    from rumor_tui.model import SourceError
    from rumor_tui.settings import load_settings

    settings = load_settings() if settings is None else settings
    context = sources.make_context(address, keep=settings.library)
    load = sources.make_services(context, settings.linked).open(address)
    content, status = None, ""
    with progress_line() if show is None else nullcontext(show) as tell:
        for step in load(Event()):
            content = content if step.content is None else step.content
            status = step.status
            tell(status)
    if status and show is None:
        say(status)
    if content is None:
        raise SourceError("Nothing was found at that address. Look at it in a browser.")
    return content
