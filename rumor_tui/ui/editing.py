"""Writing a text in the reader's own editor, which gets the terminal as long as it runs."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.text import neutralise_line

if TYPE_CHECKING:
    from textual.app import App

EDITORS: Final = ("sensible-editor", "nano", "vi")
"""What is looked for where neither `$VISUAL` nor `$EDITOR` is set."""


class Edited(NamedTuple):
    """What was written; or why nothing is taken over, in a sentence that says where it lies."""

    text: str = ""
    problem: str = ""


def editor_command() -> Sequence[str]:
    """The words of the command that runs the reader's editor; none where there is no editor."""
    import shutil

    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError:  # a quotation mark that is not closed
            continue
        if words:
            return words
    return next(([path] for path in map(shutil.which, EDITORS) if path), [])


def edit(app: App[None], text: str) -> Edited:
    """Have a text edited in the terminal. The file is readable for its owner alone; it goes away unless that fails."""
    import tempfile

    from rumor_tui.terminal.commands import run_command

    command = editor_command()
    if not command:
        return Edited(problem="No editor was found: set EDITOR, for example EDITOR=nano.")
    try:
        number, name = tempfile.mkstemp(prefix="rumor-tui-note-", suffix=".md")
        with os.fdopen(number, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        return Edited(problem=f"There is nowhere to write the note: {error.strerror or error}.")
    path = Path(name)
    try:
        with app.suspend():
            code = run_command([*command, name]).code
        edited = path.read_text("utf-8", "replace")
    except OSError as error:
        return _failed(path, text, f"{neutralise_line(command[0])} could not be run: {error.strerror or error}")
    if code:
        return _failed(path, text, f"{neutralise_line(command[0])} ended with {code}")
    path.unlink(missing_ok=True)
    return Edited(edited)


def _failed(path: Path, text: str, reason: str) -> Edited:
    """Nothing is taken over; what was written stays in its file, if it is more than there was."""
    try:
        changed = path.read_text("utf-8", "replace") != text
    except OSError:
        return Edited(problem=f"{reason}; the note is as it was.")
    if changed or text.strip():
        return Edited(problem=f"{reason}; the text is in {path}, and the note as it was.")
    path.unlink(missing_ok=True)
    return Edited(problem=f"{reason}; the note is as it was.")
