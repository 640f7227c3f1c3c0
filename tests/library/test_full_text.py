"""The full-text index: what is put in is found, and found no more once it is taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.library import full_text, indexing
from rumor_tui.library.database import open_for_writing
from rumor_tui.library.full_text import KnownWords
from rumor_tui.library_types import Annotation, AnnotationChange
from tests.library.made_libraries import library_of, new_library
from tests.search.threads import make_thread


@pytest.fixture
def library(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = new_library(tmp_path)
    yield connection
    connection.close()


def _find(connection: sqlite3.Connection, table: str, match: str) -> list[int]:
    statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid"
    return [id for (id,) in connection.execute(statement, (match,))]


def _words(connection: sqlite3.Connection) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]


def test_comments_are_found_by_their_words_without_diacritics_and_by_their_authors(library: sqlite3.Connection) -> None:
    texts = full_text.comment_texts(["Gabe", None], ["<p>Ein Café &amp; more</p>", "<p>cafeteria</p>"], "html")
    full_text.add_comments(library, 10, texts)
    assert _find(library, "comment_words", '"cafe"') == [10]
    assert _find(library, "comment_words", '"cafe" *') == [10, 11]
    assert _find(library, "comment_words", '^"gabe"') == [10]


def test_texts_that_change_or_go_are_found_no_more(library: sqlite3.Connection) -> None:
    full_text.add_comments(library, 1, ["\nturbo diesel", "\nturbo petrol", "\nelectric"])
    full_text.replace_comment(library, 1, "\nturbo diesel", "\nhybrid")
    full_text.remove_comments(library, 2, ["\nturbo petrol"])
    assert _find(library, "comment_words", '"turbo"') == []
    assert _find(library, "comment_words", '"hybrid"') == [1]
    assert _find(library, "comment_words", '"electric"') == [3]
    library.execute("INSERT INTO comment_words(comment_words) VALUES('integrity-check')")


def test_articles_and_notes_have_indexes_of_their_own(library: sqlite3.Connection) -> None:
    full_text.set_article(library, 5, "A title", "old text")
    full_text.set_article(library, 5, "A title", "new text", ("A title", "old text"))
    assert _find(library, "article_words", '"old"') == []
    assert _find(library, "article_words", 'title: "title"') == [5]
    full_text.set_note(library, 7, "", "first note")
    full_text.set_note(library, 7, "first note", "second note")
    assert _find(library, "note_words", '"first"') == []
    assert _find(library, "note_words", '"second"') == [7]
    full_text.set_note(library, 7, "second note", "")
    assert _find(library, "note_words", '"note"') == []


def test_words_are_found_by_their_parts(library: sqlite3.Connection) -> None:
    full_text.add_comments(library, 1, ["\nagainst all gains", "\nnothing"])
    found = "SELECT word FROM words WHERE id IN (SELECT rowid FROM word_parts WHERE word_parts MATCH ?) ORDER BY word"
    assert [word for (word,) in library.execute(found, ('"gai" AND "ain"',))] == ["against", "gains"]


def test_what_sqlite_cannot_take_is_indexed_all_the_same(library: sqlite3.Connection) -> None:
    full_text.add_comments(library, 1, ["\nbroken \ud83d half", "\nend\0of text"])
    assert _find(library, "comment_words", '"half"') == [1]
    assert _find(library, "comment_words", '"text"') == [2]


TEXTS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
    | st.text("aBé'’—…\u0301 .ß1½ⅷ☃漢😀", max_size=20),
    max_size=8,
)


@given(TEXTS, TEXTS)
def test_the_distinct_words_are_those_of_the_index(first: list[str], second: list[str]) -> None:
    with sqlite3.connect(":memory:") as library:
        from rumor_tui.library.schema import VERSIONS

        for version in VERSIONS:
            for step in version:
                library.execute(step) if isinstance(step, str) else step(library)
        known = KnownWords()
        full_text.add_comments(library, 1, first, known)
        full_text.add_comments(library, 1 + len(first), second, known)
        library.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(comment_words, 'row')")
        told = [word for (word,) in library.execute("SELECT term FROM vocabulary ORDER BY term")]
        # A run in which letters and odd marks meet may be told as a word more than there is: it finds nothing.
        assert set(told) <= set(_words(library))


def test_a_library_without_an_index_is_indexed_as_if_it_had_always_had_one(tmp_path: Path) -> None:
    threads = [make_thread(["Überholen gains", "more"], ["Gabe", None], title="A title", pieces=["A text"]),
               make_thread(["other"])]  # fmt: skip
    keeper = library_of(tmp_path, *threads)
    note = Annotation("n", "note", 1, "a note", made=1.0, changed=1.0)
    keeper.change([AnnotationChange(1, note, 1.0)])
    keeper.write(lambda connection: None)
    keeper.close()
    with closing(open_for_writing(keeper.path)) as library:
        words = _words(library)
        for table in ("comment_words", "article_words", "note_words", "word_parts"):
            library.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
        library.execute("DELETE FROM words")
        indexing.index_all(library)
        assert _words(library) == words
        assert _find(library, "comment_words", '"uberholen"') == [1]
        assert _find(library, "article_words", '"title"') == [1]
        assert _find(library, "note_words", '"note"') == [1]
        full_text.remove_comments(library, 1, ["gabe\nüberholen gains"])  # the very texts that were indexed
        library.execute("INSERT INTO comment_words(comment_words) VALUES('integrity-check')")


def test_the_texts_of_a_library_of_an_earlier_version_are_indexed(tmp_path: Path) -> None:
    keeper = library_of(tmp_path, make_thread(["turbo"]))
    keeper.close()
    with closing(open_for_writing(keeper.path)) as library:
        tables = "SELECT name FROM sqlite_schema WHERE name IN ('comment_words', 'article_words', 'note_words',"
        tables += " 'words', 'word_parts', 'marks', 'figures')"
        for (name,) in library.execute(tables).fetchall():
            library.execute(f"DROP TABLE {name}")
        library.execute("PRAGMA user_version = 2")
    with closing(open_for_writing(keeper.path)) as library:
        assert _find(library, "comment_words", '"turbo"') == [1]


@pytest.mark.parametrize(("added", "merged"), [(0, False), (9, False), (10, True), (100, True)])
def test_the_index_is_merged_after_much_was_added(library: sqlite3.Connection, added: int, merged: bool) -> None:
    library.execute("INSERT INTO threads(uid, comments, added, active) VALUES('a thread', 100, 0, 0)")
    for handle in range(1, 4):  # each a part of the index, as each is a transaction
        full_text.add_comments(library, handle, [f"\nturbo number {handle}"])
    list(indexing.merge_after_adding(library, added, few=1))
    parts = library.execute("SELECT count(DISTINCT segid) FROM comment_words_idx").fetchone()
    assert parts == ((1,) if merged else (3,))
    assert _find(library, "comment_words", '"turbo"') == [1, 2, 3]
