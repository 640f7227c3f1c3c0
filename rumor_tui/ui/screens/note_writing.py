"""Asking for the text of a note: in the line at the bottom of a screen, or in an editor of the reader's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from rumor_tui.reading.annotated import NoteDraft
from rumor_tui.reading.annotations import Annotations
from rumor_tui.ui import editing
from rumor_tui.ui.paint.blocks import clip

if TYPE_CHECKING:
    from rumor_tui.ui.screens.base import BaseScreen

EDITOR_ID: Final = "note-in-editor"
"""The binding whose key leads from the line to the editor, with what was typed so far."""


SHARE: Final = 4
"""The part of the line that the words may have which say what a note is on."""
NARROW, ROOMY = 40, 60
"""Columns below which the line does not say what the note is on; and from which on it says the key of the editor."""


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
        others = {key: lambda typed: self._edit(draft, typed) for key in keys}
        self._screen.ask(
            self._question(draft, keys), lambda typed: self._write(draft, typed), draft.text, others=others
        )

    def _question(self, draft: NoteDraft, keys: Sequence[str]) -> str:
        """What the note is on, and which key leads to the editor, as far as there is room beside the note."""
        width = self._screen.size.width
        if width < NARROW:
            return "Note:"
        editor = f" ({keys[0]} editor)" if keys and width >= ROOMY else ""
        return f"Note on {clip(draft.words, width // SHARE)}{editor}:"

    def _write(self, draft: NoteDraft, typed: str) -> None:
        self._change(lambda: self._annotations.write_note(draft, typed))

    def _edit(self, draft: NoteDraft, typed: str) -> None:
        edited = editing.edit(self._screen.app, draft.for_editor(typed))
        self._screen.app.refresh(layout=True)
        if edited.problem:
            self._screen.tell(edited.problem)
        else:
            self._change(lambda: self._annotations.write_edited(draft, edited.text))
