"""Side effects outside the program (browser, files, commands), and the last filter of what reaches the terminal."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from rumor_tui.links import openable
from rumor_tui.text import cell_len, neutralise, neutralise_line

if TYPE_CHECKING:
    from typing import TextIO

    from textual.app import App

    from rumor_tui.export.comment_fields import ReplyTo
    from rumor_tui.export.notes import Notes
    from rumor_tui.model import Thread


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Guard(LineFilter):
    """Takes out what must not reach the terminal, and leaves every line as wide as it was.

    Texts of pages are neutral on entry: this is for what was forgotten, and for what the reader types or pastes.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without controls, without what else is not neutral, and without links that are not validated.

        A line is judged as a whole, since a letter and what joins it to the next may be painted in two colours.
        """
        line = "".join([text for text, _, _ in segments])
        if not (line.isascii() and line.isprintable()) and (_CONTROLS.search(line) or neutralise(line) != line):
            return _clean(segments)
        for _, style, _ in segments:
            if style is not None and style.link:
                return _clean(segments)
        return segments


class Chain(LineFilter):
    """Filters one after the other as a single one: Textual then makes and looks up one strip a line, not three."""

    def __init__(self, filters: Sequence[LineFilter]) -> None:
        super().__init__()
        self.filters = tuple(filters)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments as the last of the filters leaves them."""
        for line_filter in self.filters:
            segments = line_filter.apply(segments, background)
        return segments


def _clean(segments: list[Segment]) -> list[Segment]:
    """Segments of a line without what must not be there; where that took cells, blanks behind take them."""
    cleaned: list[Segment] = []
    before = ""
    for text, style, control in segments:
        if style is not None and style.link and not _is_web_address(style.link):
            style = style.update_link(None)
        whole = neutralise(before + _CONTROLS.sub("", text))  # too many marks may be spread over segments
        shown = whole.removeprefix(before) if whole.startswith(before) else neutralise(_CONTROLS.sub("", text))
        before += shown
        cleaned.append(Segment(text if shown == text else set_cell_size(shown, cell_len(text)), style, control))
    return cleaned


def _is_web_address(link: str) -> bool:
    return link.startswith(("http://", "https://")) and openable(link) == link


GUARD = Guard()


def open_in_browser(app: App[None], address: str) -> str:
    """Open a validated address (see `links.openable`), as one argument and never through a shell.

    What the browser prints is thrown away, since it would land on the screen; a browser that runs in the
    terminal gets the terminal.
    """
    import shutil
    import subprocess

    opener = next((name for name in ("xdg-open", "open") if shutil.which(name)), None)
    if "BROWSER" not in os.environ and opener is not None and (opener == "open" or _has_display()):
        quiet = subprocess.DEVNULL
        subprocess.Popen([opener, address], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        return f"Opened {address}"
    return _open_by_webbrowser(app, address)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_by_webbrowser(app: App[None], address: str) -> str:
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        app.copy_to_clipboard(address)
        return f"No browser was found; copied {address}"
    if type(browser) is webbrowser.GenericBrowser:
        with app.suspend():
            opened = browser.open(address)
    else:
        opened = browser.open(address)
    return f"Opened {address}" if opened else f"The browser did not open {address}"


def exists(path: str) -> bool:
    """Whether there is something at a path already."""
    try:
        return bool(path.strip()) and Path(path.strip()).expanduser().exists()
    except (OSError, RuntimeError, ValueError):  # no path at all; saving says what is wrong with it
        return False


class _GivenUp(OSError):
    """Nobody waits any more for what is being written."""


class _Stoppable(io.TextIOBase):
    """Writes to another stream until that is not wanted any more: then it raises `_GivenUp`."""

    def __init__(self, out: TextIO, stop: Callable[[], bool]) -> None:
        self._out, self._stop = out, stop

    def write(self, text: str) -> int:
        """Write a part of the export."""
        if self._stop():
            raise _GivenUp
        return self._out.write(text)


def save(
    thread: Thread,
    path: str,
    replies: Mapping[int, ReplyTo] | None = None,
    notes: Notes | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> str:
    """Export to a file in the form that its ending names (Markdown when it names none).

    With it go the inferred answers, and the reader's own bookmarks and notes. Once `stop` says so it is given up, and
    leaves nothing behind.
    """
    from rumor_tui import export
    from rumor_tui.output import OutputError, write_file

    try:
        target = Path(path.strip()).expanduser()
        form = export.format_of(str(target)) or "markdown"

        def write(out: TextIO) -> None:
            export.write(thread, form, cast("TextIO", _Stoppable(out, stop)), replies, notes=notes)

        write_file(str(target), write)
    except OutputError as error:
        return " ".join(str(error).split())
    except (OSError, RuntimeError, ValueError) as error:
        return f"Cannot save to {neutralise_line(path)}: {neutralise_line(str(error))}"
    return f"Saved {target}"


def pipe(app: App[None], command: str, text: str) -> str:
    """Run a command that the reader typed, in the terminal, with the text as its standard input."""
    from rumor_tui.terminal.commands import run_command

    try:
        with app.suspend():
            end = run_command(command, text.encode("utf-8", "replace"))
            if not end.ending:
                _wait_for_enter(end.code)
    except (OSError, ValueError) as error:  # too long, or with a character that no command can have
        return f"The command could not be run: {neutralise_line(str(error))}"
    return f"The command ended with {end.code}."


def _wait_for_enter(code: int) -> None:
    """Leave what a command printed in sight until the reader has seen it."""
    import sys

    with suppress(OSError, UnicodeError):  # the terminal is gone, which ends the program elsewhere; or no text is typed
        sys.stdout.write(f"\n[ended with {code}; Enter goes back] ")
        sys.stdout.flush()
        sys.stdin.readline()
