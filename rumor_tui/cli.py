"""The program: arguments, settings, opening, then the app or an export; the only place that prints or exits.

Imports are late throughout, so that `--version` answers at once and a pipe never waits for the interface. Exit
codes: 0 all well, 1 the source cannot be read or the result not written, 2 a wrong option or setting, 70 a fault
of our own, 128 + n ended by signal n.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # spares the import of typing when only the version is asked for
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from rumor_tui.arguments import Arguments
    from rumor_tui.model import Thread
    from rumor_tui.settings import Settings

SAMPLE = "bmw-1m-production-rumors.txt"

LARGE = 64_000_000
"""Bytes from which on the wait is announced: about half a second of reading on a slow disk."""


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
    return {"show": _show, "export": _export, "read": _read}[arguments.command](arguments)


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
    from rumor_tui.settings import SettingsError
    from rumor_tui.tty import NoTerminalError

    return (UsageError, 2), (SettingsError, 2), (SourceError, 1), (OutputError, 1), (NoTerminalError, 1)


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

    thread = _load("-" if arguments.source is None else arguments.source)

    def write(out: TextIO) -> None:
        export.write(thread, arguments.to, out)

    if arguments.output in ("-", "/dev/stdout"):  # which may be a file that is appended to
        return write_standard_output(write, encoding="utf-8")
    write_file(arguments.output, write)
    return 0


def _read(arguments: Arguments) -> int:
    settings = _settings(arguments)
    thread = _load(_unnamed_source() if arguments.source is None else arguments.source)
    if not _on_screen():
        return _print_thread(thread)
    from rumor_tui.tty import terminal_streams
    from rumor_tui.ui.app import run_app

    with terminal_streams():
        return run_app(thread, settings)


def _settings(arguments: Arguments) -> Settings:
    from dataclasses import replace

    from rumor_tui.settings import load_settings

    settings = load_settings(arguments.config)
    return settings if arguments.theme is None else replace(settings, theme=arguments.theme)


def _on_screen() -> bool:
    """Whether there is a screen to draw on; else the text form is printed."""
    return _is_terminal(sys.stdout) and os.environ.get("TERM", "dumb") not in ("", "dumb")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _print_thread(thread: Thread) -> int:
    from rumor_tui import export
    from rumor_tui.output import write_standard_output

    return write_standard_output(lambda out: export.write(thread, "text", out))


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


def _load(source: str) -> Thread:
    address = _address(source)
    if address is not None:
        return _fetched(address)
    from rumor_tui.readers import load
    from rumor_tui.readers.listings import whole

    with _wait_announced(source):
        return whole(load(source))


def _address(source: str) -> str | None:
    """The address on the web that SOURCE is, or None for a file. Raises UsageError for an address of another kind.

    What begins with a scheme is an address unless a file has that name, and so is `example.com/item?id=1` when neither
    such a file nor the folder is there.
    """
    scheme, colon, rest = source.partition(":")
    if colon and scheme.lower() in ("http", "https") and rest.startswith("//"):
        return source
    if source == "-" or os.path.lexists(source):
        return None
    import re

    if colon and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]+", scheme) and ("/" not in scheme) and "\n" not in source:
        from rumor_tui.arguments import UsageError

        if scheme.lower() in _OTHER_SCHEMES or rest.startswith("//"):
            raise UsageError(_OTHER_SCHEMES.get(scheme.lower(), _NO_SCHEME).format(scheme.lower()))
    host = re.match(r"((?:[a-z0-9-]+\.)+[a-z]{2,24})(?::[0-9]+)?/", source, re.IGNORECASE)
    return f"https://{source}" if host and not os.path.lexists(host[0]) else None


_NO_SCHEME = "{}: addresses cannot be opened. Give one that begins with http:// or https://, or the path of a file."
_OTHER_SCHEMES = {
    "file": "Give the path of a file by itself, without file: before it.",
    "ftp": _NO_SCHEME,
    "javascript": _NO_SCHEME,
    "data": _NO_SCHEME,
    "mailto": _NO_SCHEME,
    "about": _NO_SCHEME,
}


def _fetched(address: str) -> Thread:
    """The whole thread at an address, with its progress on a terminal and its last words on standard error."""
    from threading import Event

    from rumor_tui import sources
    from rumor_tui.readers.base import SourceError
    from rumor_tui.readers.listings import whole

    opening = sources.services(sources.context(address)).open(address)
    content, words = None, ""
    with _progress_line() as show:
        for arrival in opening(Event()):
            content = content if arrival.content is None else arrival.content
            words = arrival.words
            show(words)
    if words:
        _say(words)
    if content is None:
        raise SourceError("Nothing came of that address. Look at it in a browser.")
    return whole(content)


@contextmanager
def _progress_line() -> Iterator[Callable[[str], None]]:
    """A line on a terminal that says how far it is, and is gone in the end; nothing where no one looks."""
    from rumor_tui.text import neutralise_line

    width = 0

    def show(words: str) -> None:
        nonlocal width
        text = neutralise_line(f"Fetching … {words}")[: _columns() - 1]
        print(f"\r{text}{' ' * (width - _cells(text))}", end="", file=sys.stderr, flush=True)
        width = _cells(text)

    if not _is_terminal(sys.stderr):
        yield lambda words: None
        return
    try:
        show("")
        yield show
    finally:
        print(f"\r{' ' * width}\r", end="", file=sys.stderr, flush=True)


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


@contextmanager
def _wait_announced(source: str) -> Iterator[None]:
    """While a large file is read, say so on a terminal; the line is gone when it has been."""
    notice = _notice(source) if _is_terminal(sys.stderr) else ""
    if not notice:
        yield
        return
    print(notice, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:  # by blanks rather than an escape sequence, which a dumb terminal would show
        print(f"\r{' ' * _cells(notice)}\r", end="", file=sys.stderr, flush=True)


def _notice(source: str) -> str:
    """The announcement, in less cells than a terminal is wide, or nothing for a small file or a narrow terminal."""
    from pathlib import Path

    try:
        size = Path(source).stat().st_size
        room = os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except (OSError, ValueError):
        return ""
    if size < LARGE:
        return ""
    from rumor_tui.text import neutralise_line

    name, rest = neutralise_line(Path(source).name), f" ({size / 1e6:,.0f} MB) …"
    while name and _cells(f"Reading {name}{rest}") > room:
        name = name[:-1]
    return f"Reading {name}{rest}" if name else ""


def _cells(text: str) -> int:
    from rumor_tui.text import cell_len

    return cell_len(text)
