"""Bookmarks and notes survive what becomes of that on which they stand: edits, deletions, moves, new comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rumor_tui.library.keeper import Keeper
from rumor_tui.library_types import Change, Remembered
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.reading.annotated import Placed, WriteNote
from rumor_tui.reading.session import ReadingSession

SAID = "They say BMW builds only 600 of these cars. I do not believe it. So it is."


def page(*comments: tuple[str, str, int | None], article: str = "The article says 600 units.") -> Thread:
    """A thread of comments (author, text, row of what it answers), by address."""
    url = "https://example.com/page"
    builder = ThreadBuilder(Article("A title", pieces=[article], url=url))
    for author, body, parent in comments:
        builder.add(Draft(body, author, parent, url=f"{url}#{author}"))
    thread = builder.build("plain", source=url)
    thread.ids = [f"id-{author}" for author, _, _ in comments]
    return thread


BEFORE = page(("ann", "The first one", None), ("bob", SAID, 0), ("cy", "Who says so?", 1), ("dan", "Me", None))


class Reading:
    """A reader in a thread, over a real library; changes are on disk when a call returns."""

    def __init__(self, library: Keeper, thread: Thread, visit: float) -> None:
        self.library = library
        self.session = ReadingSession(thread)
        self.remembered: Remembered = library.visit(thread, visit)
        self.session.remember(self.remembered)

    def note(self, author: str, text: str) -> None:
        """Write a note on a comment."""
        session = self.session
        row = list(session.thread.authors).index(author)
        session.run(lambda: session.reading.go(row))
        session.run(lambda: session.reading.focus(in_article=False))
        self._keep(lambda: session.commands["note"](0))
        (cover,) = self.effects.covers
        assert isinstance(cover, WriteNote)
        self._keep(lambda: session.annotations.write_note(cover.draft, text))

    def mark(self, author: str) -> None:
        """Mark a comment."""
        session = self.session
        row = list(session.thread.authors).index(author)
        session.run(lambda: session.reading.go(row))
        self._keep(lambda: session.commands["mark"](0))

    def _keep(self, change: Callable[[], object]) -> None:
        self.effects = self.session.run(change)
        if self.effects.changes:
            keep(self.library, self.effects.changes)
            self.session.run(lambda: self.session.memory.confirm(self.effects.changes))

    def told(self) -> list[tuple[str, str, str | None]]:
        """Whose text, the note, and the words that it stands on now (None: on the whole)."""
        places = self.session.annotations.places
        return [(places.place_words(one), one.annotation.text, self._words(one)) for one in places.all()]

    def _words(self, placed: Placed) -> str | None:
        if placed.stretch is None:
            return None
        text = self.session.analysis.index.item_text(placed.item)
        return text[placed.stretch.start : placed.stretch.end]


def keep(library: Keeper, changes: list[Change]) -> None:
    """Have changes written, and wait for them."""
    problems: list[str] = []
    library.change(changes, problems.append)
    library.write(lambda connection: None)
    while not problems:
        library.write(lambda connection: None)
    assert problems == [""]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library.sqlite3")
    yield keeper
    keeper.close()


def annotate(library: Keeper) -> None:
    """Open the page for the first time, and write on it."""
    first = Reading(library, BEFORE, 100.0)
    first.note("bob", '"BMW builds only 600 of these cars" who?')
    first.note("cy", "Nobody")
    first.mark("dan")


def test_they_are_there_again(library: Keeper) -> None:
    annotate(library)
    assert Reading(library, BEFORE, 200.0).told() == [
        ("bob #2", "who?", "BMW builds only 600 of these cars"),
        ("cy #3", "Nobody", None),
        ("dan #4", "", None),
    ]


def test_a_passage_is_found_in_the_edited_text(library: Keeper) -> None:
    annotate(library)
    edited = "EDIT: it is not so bad. They say BMW builds only 700 of these cars, at most. I do not believe it."
    after = page(("ann", "The first one", None), ("bob", edited, 0), ("cy", "Who says so?", 1), ("dan", "Me", None))
    assert Reading(library, after, 200.0).told()[0] == ("bob #2", "who?", "BMW builds only 700 of these cars")


def test_a_note_whose_passage_is_gone_stands_on_the_whole_and_quotes_it(library: Keeper) -> None:
    annotate(library)
    after = page(
        ("ann", "The first one", None), ("bob", "Never mind.", 0), ("cy", "Who says so?", 1), ("dan", "Me", None)
    )
    again = Reading(library, after, 200.0)
    assert again.told()[0] == ("bob #2", "who?", None)
    assert again.session.annotations.places.all()[0].annotation.passage == "BMW builds only 600 of these cars"


def test_notes_follow_their_comments_when_others_come_before_them(library: Keeper) -> None:
    annotate(library)
    after = page(
        ("zoe", "Before all", None),
        ("dan", "Me", None),
        ("ann", "The first one", None),
        ("bob", SAID, 2),
        ("eve", "In between", 3),
        ("cy", "Who says so?", 3),
    )
    assert [place for place, _, _ in Reading(library, after, 200.0).told()] == ["dan #2", "bob #4", "cy #6"]


def test_a_comment_that_is_gone_keeps_its_notes(library: Keeper) -> None:
    annotate(library)
    after = page(("ann", "The first one", None), ("dan", "Me", None))
    again = Reading(library, after, 200.0)
    assert [(place, text) for place, text, _ in again.told()] == [
        ("bob #2", "who?"),
        ("cy #3", "Nobody"),
        ("dan #4", ""),
    ]
    assert sorted(again.session.memory.gone) == [1, 2]
    assert Reading(library, after, 300.0).told() == again.told()


def test_an_emptied_comment_keeps_its_notes_and_their_passage(library: Keeper) -> None:
    annotate(library)
    after = page(("ann", "The first one", None), ("bob", SAID, 0), ("cy", "Who says so?", 1), ("dan", "Me", None))
    bodies, authors = list(after.bodies), list(after.authors)
    bodies[1], authors[1] = "", None
    shell = replace(after, bodies=bodies, authors=authors, deleted=[False, True, False, False], lengths=[3] * 4)
    told = Reading(library, shell, 200.0).told()
    assert told[0] == ("bob #2", "who?", "BMW builds only 600 of these cars")


def test_a_note_that_was_taken_away_stays_away_and_can_be_brought_back(library: Keeper) -> None:
    annotate(library)
    again = Reading(library, BEFORE, 200.0)
    session = again.session
    (placed, *_) = session.annotations.places.all()
    again._keep(lambda: session.annotations.remove(placed.annotation))
    assert [text for _, text, _ in Reading(library, BEFORE, 300.0).told()] == ["Nobody", ""]
    again._keep(session.annotations.undo)
    assert [text for _, text, _ in Reading(library, BEFORE, 400.0).told()] == ["who?", "Nobody", ""]


def test_notes_on_the_article_follow_its_text(library: Keeper) -> None:
    first = Reading(library, BEFORE, 100.0)
    session = first.session
    session.run(lambda: session.reading.focus(in_article=True))
    first._keep(lambda: session.commands["note"](0))
    (cover,) = first.effects.covers
    assert isinstance(cover, WriteNote)
    first._keep(lambda: session.annotations.write_note(cover.draft, "“says 600 units” where?"))
    comments = [("ann", "The first one", None)]
    after = page(*comments, article="An earlier paragraph.\n\nNow the article says 600 units, or more.")
    assert Reading(library, after, 200.0).told() == [("the article", "where?", "says 600 units")]


def test_every_change_is_on_disk_when_it_is_answered_for(library: Keeper, tmp_path: Path) -> None:
    annotate(library)
    with_another = Keeper(tmp_path / "library.sqlite3")
    assert len(Reading(with_another, BEFORE, 200.0).told()) == 3
    with_another.close()
