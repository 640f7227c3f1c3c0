"""Asking for the text of a note: in the line at the bottom of a screen, or in an editor of the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rumor_tui.reading.annotated import NoteDraft
from rumor_tui.reading.annotations import Annotations
from rumor_tui.ui import editing

if TYPE_CHECKING:
    from rumor_tui.ui.screens.base import BaseScreen

EDITOR_ID: Final = "note-in-editor"
"""The binding whose key leads from the line to the editor, with what was typed so far."""


class NoteWriting:
    """Asks on `screen`; `change` has the reader take what was written, and shows the effects."""

    def __init__(
        self, screen: BaseScreen, annotations: Annotations, change: Callable[[Callable[[], object]], None]
    ) -> None:
        self._screen = screen
        self._annotations = annotations
        self._change = change

    def write(self, draft: NoteDraft, *, in_editor: bool) -> None:
        """Have a note written."""
        if in_editor:
            self._edit(draft, draft.text)
            return
        keys = [key for b in self._screen.bindings_list if b.id == EDITOR_ID for key in b.chords() if len(key) > 1]
        question = f"Note on {draft.words}" + (f" ({keys[0]} editor):" if keys else ":")
        others = {key: lambda typed: self._edit(draft, typed) for key in keys}
        self._screen.ask(question, lambda typed: self._write(draft, typed), draft.text, others=others)

    def _write(self, draft: NoteDraft, typed: str) -> None:
        self._change(lambda: self._annotations.write_note(draft, typed))

    def _edit(self, draft: NoteDraft, typed: str) -> None:
        edited = editing.edit(self._screen.app, draft.for_editor(typed))
        self._screen.app.refresh(layout=True)
        if edited.problem:
            self._screen.tell(edited.problem)
        else:
            self._change(lambda: self._annotations.write_edited(draft, edited.text))
