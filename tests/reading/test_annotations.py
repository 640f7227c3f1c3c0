"""Bookmarks and notes in a session: made at the cursor, shown once they are on disk, and found again."""

from __future__ import annotations

from dataclasses import replace

from rumor_tui.library_types import ARTICLE, Annotation, AnnotationChange
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.reading.annotated import NoteDraft, OpenAnnotations, WriteNote
from rumor_tui.reading.unread import NO_LIBRARY
from rumor_tui.row_map import RowMap
from tests.reading.sessions import Reader, RememberingReader, family


def discussion(*bodies: str) -> Thread:
    """A thread of top-level comments by ann, with an article of two pieces."""
    pieces = ["The first piece. It says 600 units.", "The second piece says nothing."]
    builder = ThreadBuilder(Article("A title", pieces=pieces))
    for n, body in enumerate(bodies):
        builder.add(Draft(body, "ann", id=f"c{n}"))
    return builder.build("plain")


def draft_of(reader: Reader) -> NoteDraft:
    """The note that the last key asks for."""
    (cover,) = reader.effects.covers
    assert isinstance(cover, WriteNote)
    return cover.draft


def note(reader: RememberingReader, text: str) -> Annotation:
    """Write a note at the cursor."""
    reader.press("e")
    draft = draft_of(reader)
    reader.change(lambda: reader.session.annotations.write_note(draft, text))
    change = reader.changes[-1]
    assert isinstance(change, AnnotationChange)
    return change.annotation


def all_words(reader: Reader) -> list[tuple[str, str, str]]:
    """Kind, text and place of everything that is listed."""
    places = reader.session.annotations.places
    return [(one.annotation.kind, one.annotation.text, places.place_words(one)) for one in places.all()]


# Bookmarks


def test_a_comment_is_marked_and_marked_no_more() -> None:
    reader = RememberingReader()
    assert reader.press("j m").message == "Marked."
    assert all_words(reader) == [("mark", "", "bob #2")]
    assert reader.press("m").message == "The bookmark is gone."
    assert all_words(reader) == []
    assert [(change.annotation.handle, change.removed) for change in reader.changes] == [(101, False), (101, True)]  # type: ignore[union-attr]


def test_nothing_is_shown_before_it_is_on_disk() -> None:
    reader = RememberingReader()
    effects = reader.session.run(lambda: reader.session.commands["mark"](0))
    assert len(effects.changes) == 1
    assert effects.message is None
    assert all_words(reader) == []


def test_without_a_library_nothing_is_kept() -> None:
    for key in ("m", "e", "ctrl+g", "'"):
        reader = Reader(family())
        effects = reader.press(key)
        assert (effects.message, list(effects.changes), list(effects.covers)) == (NO_LIBRARY, [], [])


def test_the_article_is_marked_at_the_passage_on_top() -> None:
    reader = RememberingReader(discussion("A comment"))
    reader.focus(in_article=True)
    reader.view.place = (1, 17)
    reader.press("m")
    (placed,) = reader.session.annotations.places.in_article()
    assert (placed.annotation.handle, placed.annotation.passage) == (ARTICLE, "It says 600 units.")
    assert (placed.item, placed.stretch) == (1, (17, 35))
    reader.view.place = (2, 0)
    reader.press("m")  # the first one is out of sight
    assert [one.item for one in reader.session.annotations.places.in_article()] == [1, 2]
    reader.press("m")
    assert [one.item for one in reader.session.annotations.places.in_article()] == [1]


# Notes


def test_a_note_stands_on_the_comment_at_the_cursor() -> None:
    reader = RememberingReader()
    reader.press("j j e")
    assert draft_of(reader).words == "cy"
    one = note(reader, "Why?")
    assert (one.kind, one.handle, one.text, one.passage) == ("note", 102, "Why?", "")


def test_the_same_key_changes_a_note_and_an_empty_text_takes_it_away() -> None:
    reader = RememberingReader()
    one = note(reader, "Why?")
    reader.press("e")
    draft = draft_of(reader)
    assert (draft.text, draft.before and draft.before.uid) == ("Why?", one.uid)
    assert note(reader, "Why not?").uid == one.uid
    assert all_words(reader) == [("note", "Why not?", "ann #1")]
    note(reader, " ")
    assert all_words(reader) == []


def test_a_note_on_a_match_stands_on_its_sentence() -> None:
    reader = RememberingReader(discussion("Nobody knows. They say 600 units. So it is."))
    reader.search('"600 units" in:comments')
    one = note(reader, "Who says?")
    assert (one.passage, one.start) == ("They say 600 units.", 14)
    (placed,) = reader.session.annotations.places.all()
    assert placed.stretch == (len("ann\n") + 14, len("ann\n") + 33)


def test_a_note_that_begins_with_words_of_the_text_stands_on_these() -> None:
    reader = RememberingReader(discussion("Nobody knows. They say 600 units. So it is."))
    one = note(reader, "“they say  600” — who?")
    assert (one.passage, one.start, one.text) == ("They say 600", 14, "who?")


def test_a_note_that_begins_with_other_words_in_quotation_marks_keeps_them() -> None:
    reader = RememberingReader(discussion("Nobody knows."))
    one = note(reader, '"Somebody knows" was better')
    assert (one.passage, one.text) == ("", '"Somebody knows" was better')


def test_an_editor_is_given_the_passage_and_may_change_it() -> None:
    reader = RememberingReader(discussion("Nobody knows. They say 600 units. So it is."))
    reader.search('"600 units" in:comments')
    reader.press("ctrl+g")
    draft = draft_of(reader)
    text = draft.for_editor("so far")
    assert text == "> They say 600 units.\n\nso far\n"
    reader.change(lambda: reader.session.annotations.write_edited(draft, "> So it is.\r\n\r\nIs it?\r\n\r\nReally?\n"))
    (placed,) = reader.session.annotations.places.all()
    assert (placed.annotation.passage, placed.annotation.text) == ("So it is.", "Is it?\n\nReally?")


def test_an_editor_that_gives_back_no_passage_has_the_note_on_the_whole() -> None:
    reader = RememberingReader(discussion("Nobody knows. They say 600 units. So it is."))
    reader.search('"600 units" in:comments')
    reader.press("ctrl+g")
    draft = draft_of(reader)
    reader.change(lambda: reader.session.annotations.write_edited(draft, "All of it."))
    (placed,) = reader.session.annotations.places.all()
    assert (placed.annotation.passage, placed.stretch) == ("", None)


def test_a_note_is_neutral() -> None:
    reader = RememberingReader()
    assert note(reader, "red \x1b[31m \u202e text").text == "red ␛[31m  text"


def test_a_note_of_several_lines_is_changed_in_an_editor() -> None:
    reader = RememberingReader()
    one = note(reader, "One")
    reader.change(lambda: reader.session.memory.change(AnnotationChange(1, replace(one, text="One\nTwo"), 1.0)))
    (cover,) = reader.press("e").covers
    assert isinstance(cover, WriteNote)
    assert cover.in_editor


# Before the library knows the thread


def test_what_is_marked_before_the_library_has_told_is_kept_then() -> None:
    reader = RememberingReader(known=False)
    assert reader.press("j m").message == "This is kept as soon as the library has taken in the thread."
    assert reader.changes == []
    reader.remember()
    assert all_words(reader) == [("mark", "", "bob #2")]


def test_what_is_marked_where_the_library_is_in_trouble_is_not_said_to_be_kept() -> None:
    reader = RememberingReader(known=False)
    reader.session.memory.problem = "The library is read-only."
    assert reader.press("j m").message == "Not kept. The library is read-only."
    assert reader.press("n").message == "The library is read-only."


def test_what_waits_follows_its_comment_when_more_comments_come() -> None:
    reader = RememberingReader(known=False)
    reader.press("j j m")
    more = family("zoe: Before all\n" + "\n".join(reader_lines()))
    reader.session.replace(more, RowMap.from_order([-1, *range(8)], 8))
    reader.remember()
    assert all_words(reader) == [("mark", "", "cy #4")]


def reader_lines() -> list[str]:
    """The lines of the family."""
    from tests.reading.sessions import FAMILY

    return FAMILY.strip("\n").splitlines()


def test_a_note_that_is_being_written_follows_its_comment() -> None:
    reader = RememberingReader()
    reader.press("j j e")
    draft = draft_of(reader)
    more = family("zoe: Before all\n" + "\n".join(reader_lines()))
    reader.session.replace(more, RowMap.from_order([-1, *range(8)], 8))
    reader.change(lambda: reader.session.annotations.write_note(draft, "Why?"))
    change = reader.changes[-1]
    assert isinstance(change, AnnotationChange)
    assert change.annotation.handle == 102


# After an edit


def test_passages_are_found_again_after_an_edit_or_stand_on_the_whole() -> None:
    before = "They say BMW builds only 600 of these cars. So it is."
    kept = Annotation("a", "note", 100, "Who?", "BMW builds only 600 of these cars", 9)
    gone = Annotation("b", "note", 100, "Is it?", "So it is.", 44)
    reader = RememberingReader(discussion(before), [kept, gone])
    assert [one.stretch for one in reader.session.annotations.places.all()] == [(13, 46), (48, 57)]
    after = "I was told that BMW builds about 700 of these cars, perhaps."
    reader.session.replace(discussion(after), RowMap.identity(1))
    first, second = reader.session.annotations.places.all()
    assert (first.annotation.uid, first.stretch) == ("b", None)
    assert second.stretch is not None
    text = f"ann\n{after}"
    assert text[second.stretch.start : second.stretch.end] == "BMW builds about 700 of these cars"


# The list


def test_the_list_is_of_the_article_and_then_of_the_comments_in_order() -> None:
    notes = [
        Annotation("a", "note", 106, "Third"),
        Annotation("b", "mark", 101),
        Annotation("c", "note", ARTICLE, "First"),
        Annotation("d", "note", 999, "Of a comment that is not here"),
    ]
    reader = RememberingReader(annotations=notes)
    assert all_words(reader) == [
        ("note", "First", "the article"),
        ("mark", "", "bob #2"),
        ("note", "Third", "ann #7"),
    ]
    assert reader.press("'").covers == [OpenAnnotations()]


def test_where_nothing_is_marked_the_keys_are_named() -> None:
    reader = RememberingReader()
    assert "Nothing is marked or noted here" in (reader.press("'").message or "")


def test_what_is_removed_comes_back() -> None:
    reader = RememberingReader(annotations=[Annotation("a", "note", 106, "Third")])
    annotations = reader.session.annotations
    (placed,) = annotations.places.all()
    reader.change(lambda: annotations.remove(placed.annotation))
    assert all_words(reader) == []
    undone: list[bool] = []
    reader.change(lambda: undone.append(annotations.undo()))
    reader.change(lambda: undone.append(annotations.undo()))
    assert undone == [True, False]
    assert all_words(reader) == [("note", "Third", "ann #7")]


def test_folded_branches_tell_what_is_inside() -> None:
    reader = RememberingReader(annotations=[Annotation("a", "note", 103, "Deep"), Annotation("b", "mark", 106)])
    first, annotations = reader.session.reading.first_item, reader.session.annotations
    assert annotations.places.kinds_within(first, first + 5) == {"note"}
    assert annotations.places.kinds_within(first, first + 8) == {"note", "mark"}
    assert annotations.places.kinds_within(first + 4, first + 6) == set()


def test_what_is_gone_counts_as_deleted_in_what_is_saved_in_whatever_order() -> None:
    reader = RememberingReader()
    page = reader.session.order.page
    assert reader.session.memory.with_gone_deleted(page) is page
    reader.session.memory.gone = {3: 1.0}
    assert list(reader.session.memory.with_gone_deleted(page).deleted) == [row == 3 for row in range(8)]
    reader.show_order("replies")
    (shown,) = reader.session.memory.gone
    saved = reader.session.memory.with_gone_deleted(reader.session.order.page)
    assert [row for row in range(8) if saved.deleted[row]] == [reader.session.state.ordinal(shown) - 1] == [3]


def test_a_note_on_the_article_stands_on_the_first_sentence_on_screen() -> None:
    reader = RememberingReader(discussion("A comment"))
    reader.focus(in_article=True)
    assert note(reader, "On all of it").passage == ""
    reader.view.place = (1, 3)
    assert note(reader, "On a part").passage == "It says 600 units."
    assert [(one.item, one.stretch) for one in reader.session.annotations.places.all()] == [(0, None), (1, (17, 35))]


def test_at_its_head_the_whole_article_is_marked() -> None:
    reader = RememberingReader(discussion("A comment"))
    reader.focus(in_article=True)
    reader.press("m")
    (placed,) = reader.session.annotations.places.all()
    assert (placed.annotation.passage, placed.item, placed.stretch) == ("", 0, None)
    reader.press("m")
    assert reader.session.annotations.places.all() == []


def test_quotation_marks_name_a_passage_in_an_editor_too() -> None:
    reader = RememberingReader(discussion("Nobody knows. They say 600 units. So it is."))
    reader.press("ctrl+g")
    draft = draft_of(reader)
    reader.change(lambda: reader.session.annotations.write_edited(draft, '"600 units" who\nsays so?'))
    (placed,) = reader.session.annotations.places.all()
    assert (placed.annotation.passage, placed.annotation.text) == ("600 units", "who\nsays so?")


def test_a_passage_alone_is_no_note() -> None:
    reader = RememberingReader(discussion("Nobody knows. They say 600 units. So it is."))
    reader.search('"600 units" in:comments')
    reader.press("ctrl+g")
    draft = draft_of(reader)
    reader.change(lambda: reader.session.annotations.write_edited(draft, draft.for_editor("")))
    assert reader.changes == []


def test_a_note_that_could_not_be_kept_is_not_to_be_written_again() -> None:
    reader = RememberingReader(discussion("Nobody knows."))
    reader.press("e")
    draft = draft_of(reader)
    session = reader.session
    effects = session.run(lambda: session.annotations.write_note(draft, "Long words"))  # whose answer is a problem
    (lost,) = effects.changes
    assert isinstance(lost, AnnotationChange)
    reader.press("e")
    assert draft_of(reader).text == "Long words"
    again = note(reader, "Long words!")
    assert (again.uid, again.text) == (lost.annotation.uid, "Long words!")
    assert all_words(reader) == [("note", "Long words!", "ann #1")]


def test_a_note_that_waits_for_the_library_is_changed_and_taken_away() -> None:
    reader = RememberingReader(discussion("Nobody knows."), known=False)
    for text in ("First", "Second"):
        reader.press("e")
        draft = draft_of(reader)
        reader.change(lambda draft=draft, text=text: reader.session.annotations.write_note(draft, text))  # type: ignore[misc]
    assert draft.text == "First"
    reader.remember()
    assert all_words(reader) == [("note", "Second", "ann #1")]


def test_a_note_that_is_taken_away_before_the_library_has_told_is_not_there() -> None:
    reader = RememberingReader(discussion("Nobody knows."), known=False)
    for text in ("First", ""):
        reader.press("e")
        draft = draft_of(reader)
        reader.change(lambda draft=draft, text=text: reader.session.annotations.write_note(draft, text))  # type: ignore[misc]
    reader.remember()
    assert all_words(reader) == []
