"""The program: arguments, settings, opening, then the app or an export; the only place that prints or exits.

Imports are late throughout, so that `--version` answers at once and a pipe never waits for the interface. Exit
codes: 0 all well, 1 the source cannot be read or the result not written or (in `search` alone) nothing found, 2 a
wrong option, setting or query, 70 a fault of our own, 128 + n ended by signal n.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

TYPE_CHECKING = False  # spares the import of typing when only the version is asked for
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from rumor_tui.arguments import Arguments
    from rumor_tui.arrivals import Services
    from rumor_tui.export.parts import ReplyTo
    from rumor_tui.model import Listing, Order, Thread
    from rumor_tui.reading.orders import Arrangement
    from rumor_tui.search.base import Query
    from rumor_tui.settings import Settings

SAMPLE = "bmw-1m-production-rumors.txt"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program on `argv` (without the program's name; the process's own by default); the exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        return _run_or_say_why_not(words)
    except KeyboardInterrupt:
        return 130
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def _run_or_say_why_not(words: Sequence[str]) -> int:
    try:
        return _run(words)
    except Exception as error:
        return _failed(error)


def _run(words: Sequence[str]) -> int:
    if words == ["--version"]:  # the whole grammar takes ten times as long to load as this answer
        from rumor_tui import __version__

        return _print(f"rumor-tui {__version__}\n")
    from rumor_tui.arguments import parse

    arguments = parse(words)
    return {"show": _show, "export": _export, "search": _search, "read": _read}[arguments.command](arguments)


def _failed(error: Exception) -> int:
    """Say what went wrong, in a sentence; the exit code that belongs to it."""
    from rumor_tui import crash

    for kind, code in _expected():
        if isinstance(error, kind):
            _say(" ".join(str(error).split()))
            return code
    _say(crash.account(error))
    return crash.EXIT_CODE


def _expected() -> tuple[tuple[type[Exception], int], ...]:
    from rumor_tui.arguments import UsageError
    from rumor_tui.output import OutputError
    from rumor_tui.readers.base import SourceError
    from rumor_tui.search.base import QueryError, TooSlow
    from rumor_tui.settings import SettingsError
    from rumor_tui.tty import NoTerminalError

    wrong = (UsageError, 2), (SettingsError, 2)
    return (*wrong, (TooSlow, 1), (QueryError, 2), (SourceError, 1), (OutputError, 1), (NoTerminalError, 1))


def _say(message: str) -> None:
    """Put a message on standard error, with nothing in it that could steer the terminal."""
    from rumor_tui.text import neutralise

    with suppress(OSError, ValueError, AttributeError):  # nobody listens: it is closed, or was never open
        print(f"rumor-tui: {neutralise(message)}", file=sys.stderr, flush=True)


def _show(arguments: Arguments) -> int:
    return _print(arguments.show)


def _print(text: str) -> int:
    from rumor_tui.output import write_standard_output

    def write(out: TextIO) -> None:
        out.write(text)

    return write_standard_output(write)


def _export(arguments: Arguments) -> int:
    from rumor_tui import export
    from rumor_tui.output import write_file, write_standard_output
    from rumor_tui.readers.listings import whole

    query = None if arguments.query is None else _checked(arguments.query)
    thread = whole(_load("-" if arguments.source is None else arguments.source))
    replies: dict[int, ReplyTo] = {}
    if query is not None or arguments.to in export.TELLING_REPLIES:
        from rumor_tui import finds

        thread, replies = finds.excerpt(thread, query, _say, replies=arguments.to in export.TELLING_REPLIES)
    arrangement = _arranged(thread, arguments.order or "page")
    answers: Sequence[int] = ()
    if arrangement is not None:
        from rumor_tui.finds import move_replies

        replies = move_replies(replies, arrangement.row_map)
        thread, answers = arrangement.thread(thread), arrangement.answers

    def write(out: TextIO) -> None:
        export.write(thread, arguments.to, out, replies, answers)

    if arguments.output in ("-", "/dev/stdout"):  # which may be a file that is appended to
        return write_standard_output(write, encoding="utf-8")
    write_file(arguments.output, write)
    return 0


def _checked(line: str) -> Query:
    from rumor_tui import finds

    return finds.check(line)


def _arranged(thread: Thread, order: Order) -> Arrangement | None:
    """The comments in an order; None for the page's, and, with a word, where the source does not tell enough."""
    if order == "page" or not len(thread):
        return None
    from rumor_tui.reading.orders import arrange, available, why_not

    if any(kind.name == order for kind in available(thread)):
        return arrange(thread, order)
    _say(why_not(order))
    return None


def _search(arguments: Arguments) -> int:
    """Print what a query finds; 1 when that is nothing, as `grep` has it."""
    from rumor_tui import finds
    from rumor_tui.output import write_standard_output
    from rumor_tui.readers.listings import whole

    query = finds.check(arguments.query or "")
    thread = whole(_load("-" if arguments.source is None else arguments.source))
    matches = finds.find(thread, query, _say)
    found, bold = finds.finds(matches), _on_screen() and not os.environ.get("NO_COLOR")

    def write(out: TextIO) -> None:
        if arguments.json:
            finds.write_json(found, out)
        else:
            finds.write_lines(found, out, bold=bold)

    code = write_standard_output(write, encoding="utf-8" if arguments.json else None)
    return code or int(not matches.known.total)


def _read(arguments: Arguments) -> int:
    if _on_screen():
        _ease_collector()
    settings = _settings(arguments)
    from rumor_tui.arguments import address_of

    source = _unnamed_source() if arguments.source is None else arguments.source
    if not _on_screen():
        from rumor_tui.readers.listings import whole

        return _print_thread(whole(_load(source)), settings.order)
    address = address_of(source)
    if address is not None:
        return _read_address(address, settings)
    from rumor_tui.readers.listings import readable

    content = readable(_load(source))
    from rumor_tui.tty import terminal_streams
    from rumor_tui.ui.app import run_app

    with terminal_streams():
        return run_app(content, settings, _services())


def _ease_collector() -> None:
    """Have the garbage collector look rarely at what is loaded before the first screen: nearly all of it stays.

    That is a tenth of the time until then. The app has its own measure from its start on.
    """
    import gc

    gc.set_threshold(100_000, 50, 100)


def _read_address(address: str, settings: Settings) -> int:
    """Show what is at an address while it comes."""
    from rumor_tui import sources
    from rumor_tui.tty import terminal_streams
    from rumor_tui.ui.app import run_app

    services = sources.services(sources.context(address))
    with terminal_streams():
        return run_app(None, settings, services, services.open(address), address)


def _services() -> Services:
    """What the interface may ask for; nothing of what fetches is loaded before it asks.

    All of a run share one context: what one opening keeps, another adds to, and each knows what is coming just now.
    """
    from functools import cache
    from threading import Lock

    from rumor_tui.arrivals import Services

    @cache
    def made() -> Services:
        from rumor_tui import sources

        return sources.services(sources.context())

    lock = Lock()

    def known() -> Services:
        with lock:  # openings run in threads of their own, and a cache alone may fill itself twice
            return made()

    return Services(
        open=lambda address: lambda stop: known().open(address)(stop),  # noqa: PLW0108 - asks only when it is run
        more=lambda thread, stub: lambda stop: known().more(thread, stub)(stop),  # noqa: PLW0108
    )


def _settings(arguments: Arguments) -> Settings:
    from dataclasses import replace

    from rumor_tui.settings import load_settings

    settings = load_settings(arguments.config)
    if arguments.theme is not None:
        settings = replace(settings, theme=arguments.theme)
    return settings if arguments.order is None else replace(settings, order=arguments.order)


def _on_screen() -> bool:
    """Whether there is a screen to draw on; else the text form is printed."""
    return _is_terminal(sys.stdout) and os.environ.get("TERM", "dumb") not in ("", "dumb")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _print_thread(thread: Thread, order: Order) -> int:
    from rumor_tui import export
    from rumor_tui.output import write_standard_output

    arrangement = _arranged(thread, order)
    if arrangement is None:
        return write_standard_output(lambda out: export.write(thread, "text", out))
    shown = arrangement.thread(thread)
    return write_standard_output(lambda out: export.write(shown, "text", out, answers=arrangement.answers))


def _unnamed_source() -> str:
    """What to open when nothing was named: what comes in on standard input, or else the sample."""
    return str(sample()) if sys.stdin is None or _is_terminal(sys.stdin) else "-"


def sample() -> Path:
    """The sample thread: inside the package in a wheel, beside it in a source checkout. Raises SourceError."""
    from pathlib import Path

    from rumor_tui.readers.base import SourceError

    package = Path(__file__).parent
    for folder in (package, package.parent):
        if (folder / "seeds" / SAMPLE).is_file():
            return folder / "seeds" / SAMPLE
    raise SourceError("The sample that comes with rumor-tui is missing. Name a file to open.")


def _load(source: str) -> Thread | Listing:
    """All of a source, however long it takes."""
    from rumor_tui.arguments import address_of

    address = address_of(source)
    if address is not None:
        return _fetched(address)
    from rumor_tui.notices import wait_announced
    from rumor_tui.readers import load

    with wait_announced(source):
        return load(source)


def _fetched(address: str) -> Thread | Listing:
    """All that is at an address, with its progress on a terminal and its last words on standard error."""
    from threading import Event

    from rumor_tui import sources
    from rumor_tui.notices import progress_line
    from rumor_tui.readers.base import SourceError

    opening = sources.services(sources.context(address)).open(address)
    content, words = None, ""
    with progress_line() as show:
        for arrival in opening(Event()):
            content = content if arrival.content is None else arrival.content
            words = arrival.words
            show(words)
    if words:
        _say(words)
    if content is None:
        raise SourceError("Nothing came of that address. Look at it in a browser.")
    return content
