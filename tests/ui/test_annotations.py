"""Bookmarks and notes on screen: signs, notes below what they stand on, their list, and writing them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from rumor_tui.library_types import ARTICLE, Annotation, AnnotationChange
from rumor_tui.settings import Settings
from rumor_tui.ui import editing
from rumor_tui.ui.editing import Edited
from rumor_tui.ui.screens.annotations import AnnotationsScreen
from rumor_tui.ui.widgets.prompt import Question
from tests.ui.helpers import (
    FAMILY,
    WIDE,
    app_of,
    cursor,
    keyed,
    press,
    put_cursor,
    reader,
    rows_of,
    status,
    tap,
    thread_of,
    title,
    told,
    type_in,
    until,
    words_of,
)
from tests.ui.remembering import FIRST, PlayedLibrary, remembered, returning, services_of

ALL = set(range(8))


def played(annotations: Sequence[Annotation] = ()) -> PlayedLibrary:
    """A library in which all of the thread was read."""
    return returning(read=ALL, annotations=annotations)


@asynccontextmanager
async def annotating(
    library: PlayedLibrary, settings: Settings | None = None, size: tuple[int, int] = WIDE
) -> AsyncIterator[Pilot[None]]:
    """A reader who has the comments before the eyes, once the library has told what it knows."""
    async with app_of(thread_of(FAMILY), settings, services_of(library)).run_test(size=size) as pilot:
        await remembered(pilot)
        yield pilot


def annotation_changes(library: PlayedLibrary) -> list[AnnotationChange]:
    """What was written of bookmarks and notes."""
    return [change for change in library.written if isinstance(change, AnnotationChange)]


def header(pilot: Pilot[None], author: str) -> str:
    """The first row on screen of the comments by an author."""
    return next(row for row in rows_of(reader(pilot).panes.comments) if author in row)


def asked(pilot: Pilot[None]) -> str:
    """The words before what is typed."""
    return words_of(pilot.app.screen.query_one(Question)).strip()


async def in_list(pilot: Pilot[None]) -> list[str]:
    """The rows of the list of bookmarks and notes, which a key opens."""
    await press(pilot, "'")
    screen = keyed(pilot)
    assert isinstance(screen, AnnotationsScreen)
    return [row.rstrip() for row in rows_of(screen.view) if row.strip()]


async def test_a_mark_shows_in_the_header_and_in_folded_lines() -> None:
    library = played()
    async with annotating(library) as pilot:
        await press(pilot, "j m")
        assert header(pilot, "bob").lstrip(" │▌").startswith("▾ bob ★")
        assert status(pilot).startswith(" Marked.")
        await press(pilot, "k space")
        assert "★" in header(pilot, "ann")
        await press(pilot, "space j m")
        assert "★" not in words_of(reader(pilot).panes.comments)
        assert [change.removed for change in annotation_changes(library)] == [False, True]


async def test_a_note_is_typed_and_stands_below_its_comment() -> None:
    library = played()
    async with annotating(library) as pilot:
        await press(pilot, "j e")
        assert asked(pilot) == "Note on bob (ctrl+g editor):"
        await type_in(pilot, "ask him")
        await press(pilot, "enter")
        rows = [row.strip(" │▌") for row in rows_of(reader(pilot).panes.comments)]
        at = rows.index("A reply")
        assert rows[at + 1 : at + 3] == ["", "┃ ✎ ask him"]
        assert header(pilot, "bob").lstrip(" │▌").startswith("▾ bob ✎")
        await press(pilot, "e")
        await press(pilot, "escape")
        assert "ask him" in words_of(reader(pilot).panes.comments)


async def test_what_is_looked_at_stays_when_a_note_above_appears() -> None:
    library = played()
    async with annotating(library, size=(120, 14)) as pilot:
        await press(pilot, "G")
        before = rows_of(reader(pilot).panes.comments)
        change = AnnotationChange(1, Annotation("a", "note", FIRST + 0, "Far above"), 1.0)
        screen = reader(pilot)
        screen.change(lambda: screen.session.memory.confirm([change]))
        assert rows_of(screen.panes.comments) == before


async def test_notes_of_the_article_stand_at_their_passages() -> None:
    notes = [
        Annotation("a", "note", ARTICLE, "On all of it"),
        Annotation("b", "note", ARTICLE, "On a part", "Second piece", 23),
        Annotation("c", "note", ARTICLE, "On nothing now", "Words that are gone from here"),
        Annotation("d", "mark", ARTICLE, "", "First piece.", 9),
    ]
    library = played(notes)
    async with annotating(library) as pilot:
        rows = [row.strip() for row in rows_of(reader(pilot).panes.article)]
        assert rows.index("┃ ✎ On all of it") < rows.index("Second piece.") < rows.index("┃   On a part")
        assert "┃ ✎ on what was “Words that are gone from here”:" in rows
        assert next(row for row in rows if row.startswith("First piece.")).endswith("★")


async def test_the_list_leads_there_and_back() -> None:
    notes = [Annotation("a", "note", FIRST + 7, "The last one"), Annotation("b", "mark", FIRST + 2)]
    library = played(notes)
    async with annotating(library) as pilot:
        rows = await in_list(pilot)
        assert rows[0].startswith("▌★ Deeper")
        assert rows[1].startswith(" ✎ The last one")
        assert rows[1].endswith("gus #8")
        assert title(pilot).strip().startswith("Bookmarks and notes")
        assert "1 bookmark · 1 note" in title(pilot)
        await press(pilot, "j enter")
        assert cursor(pilot) == 7
        assert "esc back to the bookmarks and notes" in status(pilot)
        await press(pilot, "escape")
        screen = keyed(pilot)
        assert isinstance(screen, AnnotationsScreen)
        assert screen.view.cursor == 1
        await press(pilot, "q")
        assert cursor(pilot) == 0


async def test_the_list_is_narrowed_by_typing_also_by_names() -> None:
    notes = [Annotation("a", "note", FIRST + 7, "The last one"), Annotation("b", "mark", FIRST + 2)]
    library = played(notes)
    async with annotating(library) as pilot:
        await in_list(pilot)
        screen = keyed(pilot)
        assert isinstance(screen, AnnotationsScreen)
        await press(pilot, "slash")
        await type_in(pilot, "GUS")
        assert [screen.items.rows[row].annotation.uid for row in screen.items.order] == ["a"]
        await press(pilot, "enter escape")
        assert len(screen.items.order) == 2


async def test_what_is_taken_away_in_the_list_comes_back() -> None:
    notes = [Annotation("a", "note", FIRST + 7, "The last one"), Annotation("b", "mark", FIRST + 2)]
    library = played(notes)
    async with annotating(library) as pilot:
        await in_list(pilot)
        screen = keyed(pilot)
        assert isinstance(screen, AnnotationsScreen)
        await press(pilot, "x")
        assert [one.annotation.uid for one in screen.items.rows] == ["a"]
        await press(pilot, "delete")
        assert screen.items.rows == []
        assert "Nothing is marked or noted in this thread." in words_of(screen.note)
        await press(pilot, "U")
        assert [one.annotation.uid for one in screen.items.rows] == ["a"]
        await press(pilot, "U U")
        assert [one.annotation.uid for one in screen.items.rows] == ["b", "a"]
        assert "Nothing was taken away." in told(pilot)


async def test_a_note_is_changed_in_the_list() -> None:
    library = played([Annotation("a", "note", FIRST + 7, "The last one")])
    async with annotating(library) as pilot:
        await in_list(pilot)
        await press(pilot, "e")
        await type_in(pilot, "!")
        await press(pilot, "enter")
        screen = keyed(pilot)
        assert isinstance(screen, AnnotationsScreen)
        assert [one.annotation.text for one in screen.items.rows] == ["The last one!"]


async def test_the_line_leads_to_the_editor_with_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def edit(app: object, text: str) -> Edited:
        given.append(text)
        return Edited("Two\nlines")

    monkeypatch.setattr(editing, "edit", edit)
    library = played()
    async with annotating(library) as pilot:
        await press(pilot, "e")
        await type_in(pilot, "so far")
        await press(pilot, "ctrl+g")
        assert given == ["so far\n"]
        assert "┃   lines" in words_of(reader(pilot).panes.comments)
        await press(pilot, "e")
        assert given == ["so far\n", "Two\nlines\n"]


async def test_an_editor_that_fails_changes_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "edit", lambda app, text: Edited(problem="vi ended with 1; the note is as it was."))
    library = played()
    async with annotating(library) as pilot:
        await press(pilot, "ctrl+g")
        assert "vi ended with 1" in status(pilot)
        assert annotation_changes(library) == []


async def test_the_key_in_the_line_is_the_one_that_is_set() -> None:
    library = played()
    async with annotating(library, Settings(keys={"note-in-editor": "f5"})) as pilot:
        await press(pilot, "e")
        assert asked(pilot) == "Note on ann (f5 editor):"


async def test_what_is_saved_has_the_bookmarks_and_notes_in_whatever_order(tmp_path: Path) -> None:
    notes = [Annotation("a", "note", FIRST + 7, "The last one"), Annotation("b", "note", ARTICLE, "On all")]
    library = played(notes)
    async with annotating(library) as pilot:
        screen, path = reader(pilot), tmp_path / "saved.json"
        screen.perform(lambda: screen.session.run(lambda: screen.session.order.show("replies")))
        screen.tasks.save(str(path))
        await until(pilot, path.exists)
        whole = json.loads(path.read_text())
        assert [(one["author"], one["notes"][0]["text"]) for one in whole["comments"] if "notes" in one] == [
            ("gus", "The last one")
        ]
        assert [one["text"] for one in whole["article"]["notes"]] == ["On all"]


async def test_signs_and_notes_in_small_panes() -> None:
    notes = [Annotation("a", "note", FIRST + 0 + row, "Some words of a note") for row in range(8)]
    library = played([*notes, Annotation("m", "mark", FIRST + 1)])
    async with annotating(library, size=(24, 8)) as pilot:
        await tap(pilot, "tab")
        for row in range(8):
            put_cursor(pilot, row)
            await pilot.pause()
            assert all(len(line) <= 24 for line in rows_of(reader(pilot).panes.comments))
        await until(pilot, lambda: "✎" in words_of(reader(pilot).panes.comments))


async def test_nothing_is_shown_that_could_not_be_kept() -> None:
    library = played()
    library.problem = "The disk is full."
    async with annotating(library) as pilot:
        await press(pilot, "j m")
        await until(pilot, lambda: "The disk is full." in status(pilot))
        assert "★" not in words_of(reader(pilot).panes.comments)


async def test_a_mark_shows_once_it_is_on_disk() -> None:
    library = played()
    async with annotating(library) as pilot:
        library.answers.clear()
        await press(pilot, "j m")
        assert "★" not in words_of(reader(pilot).panes.comments)
        library.let_go()
        await until(pilot, lambda: "★" in words_of(reader(pilot).panes.comments))


@pytest.mark.parametrize(
    ("width", "question"),
    [
        (160, "Note on a-name-without-any-space-that-is-longer… (ctrl+g editor):"),
        (50, "Note on a-name-with…:"),
        (24, "Note:"),
    ],
)
async def test_there_is_room_for_the_note_itself(width: int, question: str) -> None:
    thread = thread_of("a-name-without-any-space-that-is-longer-than-most: A comment")
    async with app_of(thread, None, services_of(played())).run_test(size=(width, 20)) as pilot:
        await remembered(pilot)
        if reader(pilot).in_article:
            await press(pilot, "tab")
        await press(pilot, "e")
        assert asked(pilot) == question
        assert pilot.app.screen.query_one(Input).size.width >= width // 3


async def test_of_several_lines_that_are_pasted_nothing_is_lost() -> None:
    library = played()
    async with annotating(library) as pilot:
        await press(pilot, "e")
        pilot.app.screen.query_one(Input).post_message(Paste("One\r\n  two\n\nthree\rfour\n"))
        await pilot.pause()
        await press(pilot, "enter")
        assert [change.annotation.text for change in annotation_changes(library)] == ["One two three four"]
