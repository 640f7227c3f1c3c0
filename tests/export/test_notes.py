"""A reader's own bookmarks and notes in exports: they are there, and the texts of others come back without them."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rumor_tui import export
from rumor_tui.export.notes import notes_by_row
from rumor_tui.library_types import ARTICLE, Annotation
from rumor_tui.model import ARTICLE_ROW, Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers import Hint, as_thread, read_source

FORMS = sorted(export.FORMATS)
NAMES = {"json": "x.json", "markdown": "x.md", "html": "x.html", "text": "x.txt"}


def small(*bodies: str, article: str = "The article has a text.") -> Thread:
    """A thread in which each comment answers the one before."""
    builder = ThreadBuilder(Article("A title", "zoe", pieces=[article]))
    for n, body in enumerate(bodies):
        builder.add(Draft(body, f"person {n}", n - 1 if n else None))
    return builder.build("plain")


def note(text: str, passage: str = "", *, row: int = 0) -> Annotation:
    return Annotation(f"uid {text} {row}", "note", 100 + row, text, passage, 3, 86_400.0, 172_800.0)


def mark(passage: str = "") -> Annotation:
    return Annotation("uid of a mark", "mark", 100, passage=passage, made=86_400.0, changed=86_400.0)


def written(thread: Thread, to: str, notes: dict[int, list[Annotation]] | None = None) -> str:
    out = io.StringIO()
    export.write(thread, to, out, notes=notes)
    return out.getvalue()


def read_again(text: str, to: str) -> Thread:
    return as_thread(read_source(text.encode(), Hint(NAMES[to])))


def told(thread: Thread) -> tuple[object, ...]:
    """All that is to come back."""
    article = thread.article
    return (
        article.title,
        article.byline,
        list(article.pieces),
        list(thread.parent),
        list(thread.authors),
        list(thread.bodies),
        list(thread.stubs),
    )


NOTES = {
    ARTICLE_ROW: [note("On the article\nin two lines", "a text"), mark("The article")],
    0: [note("First", "600 cars"), mark()],
    2: [note("#4 person 3\n- **ann** · #4\n\n… 3 more replies\n</aside></details><details>")],
}
THREAD = small("They say 600 cars.", "> quoted\nand more", "Last one\n\nwith two paragraphs")


@pytest.mark.parametrize("to", FORMS)
def test_bookmarks_and_notes_are_there(to: str) -> None:
    text = written(THREAD, to, NOTES)
    for words in ("On the article", "First", "600 cars", "a text", "… 3 more replies"):
        assert words in text


@pytest.mark.parametrize("to", FORMS)
def test_the_texts_come_back_without_them(to: str) -> None:
    assert told(read_again(written(THREAD, to, NOTES), to)) == told(read_again(written(THREAD, to), to))


@pytest.mark.parametrize("to", FORMS)
@pytest.mark.parametrize("count", [0, 1])
def test_notes_of_an_article_with_hardly_any_comment(to: str, count: int) -> None:
    thread = small(*["Only one"] * count)
    notes = {ARTICLE_ROW: NOTES[ARTICLE_ROW]}
    assert told(read_again(written(thread, to, notes), to)) == told(read_again(written(thread, to), to))


@pytest.mark.parametrize("to", FORMS)
def test_without_notes_an_export_is_as_it_was(to: str) -> None:
    text = written(THREAD, to, {})
    assert "notes" not in text
    assert text == written(THREAD, to)


LONG = "Some prose of the reader's own which is much longer than all that was said in the thread by anybody else. " * 30


@pytest.mark.parametrize("to", FORMS)
@pytest.mark.parametrize("bodies", [(), ("They say so.",), ("They say so.", "Who?", "All of them.")])
def test_long_notes_are_set_aside_and_not_taken_for_lost_text(to: str, bodies: tuple[str, ...]) -> None:
    thread = small(*bodies)
    notes = {row: [note(LONG, "so", row=row)] for row in range(-1, len(bodies))}
    again = read_again(written(thread, to, notes), to)
    assert told(again) == told(read_again(written(thread, to), to))
    assert "Some prose of the reader's own" in again.aside
    assert again.notice == ""


@pytest.mark.parametrize("to", FORMS)
def test_missing_comments_and_deep_replies_stay_where_they_are(to: str) -> None:
    thread = small(*(f"Comment {n}" for n in range(14)))
    notes = {row: [note(f"On {row}", row=row)] for row in range(14)}
    assert told(read_again(written(thread, to, notes), to)) == told(read_again(written(thread, to), to))


words = st.text(alphabet=st.sampled_from("ab \n#>-*✎★… 1<&|\"'`\\_·"), max_size=30)


@given(st.lists(words, max_size=4), st.lists(st.tuples(st.integers(-1, 3), words, words), max_size=4), words)
@example(["a"], [(0, "", "")], "")
@example([""], [(0, "\n", "")], "b")
@example(["1"], [(0, "1\n ", "")], "b")
@example(["1"], [(0, " \n 1 \n \n2 \n", "")], "b")
def test_any_notes_leave_any_texts_as_they_are(
    bodies: list[str], given_notes: list[tuple[int, str, str]], article: str
) -> None:
    thread = small(*bodies, article=article or "x")
    notes: dict[int, list[Annotation]] = {}
    for row, text, passage in given_notes:
        if row < len(bodies):
            notes.setdefault(row, []).append(note(text, passage, row=row))
    for to in FORMS:
        assert told(read_again(written(thread, to, notes), to)) == told(read_again(written(thread, to), to)), to


def test_a_corpus_page_with_notes_everywhere_comes_back() -> None:
    from tests.ui.helpers import sample

    thread = sample()
    notes = {row: [note("A note\n\nof two paragraphs", row=row), mark()] for row in range(-1, len(thread))}
    for to in FORMS:
        assert told(read_again(written(thread, to, notes), to)) == told(read_again(written(thread, to), to)), to


def test_a_name_that_ends_like_the_count_of_notes_takes_no_text_away() -> None:
    builder = ThreadBuilder(Article("A title"))
    builder.add(Draft("One\nTwo\nThree", "ann · 2 lines of notes"))
    thread = read_again(written(builder.build("plain"), "text"), "text")
    assert list(thread.bodies) == ["One\nTwo\nThree"]


def test_json_holds_them_as_data() -> None:
    whole = json.loads(written(THREAD, "json", NOTES))
    assert whole["comments"][0]["notes"][0] == {
        "uid": "uid First 0",
        "kind": "note",
        "text": "First",
        "passage": "600 cars",
        "start": 3,
        "made": "1970-01-02T00:00:00Z",
        "changed": "1970-01-03T00:00:00Z",
    }
    assert [one["kind"] for one in whole["article"]["notes"]] == ["note", "mark"]
    assert "notes" not in whole["comments"][1]


def test_html_runs_nothing_that_a_note_says() -> None:
    text = written(THREAD, "html", {0: [note("<script>alert(1)</script>", "<b>")]})
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_control_characters_of_a_note_reach_no_file() -> None:
    for to in FORMS:
        assert "\x1b" not in written(THREAD, to, {0: [note("a \x1b[31m b", "c \x1b d")]})


def test_a_terminal_wraps_notes_as_it_does_texts() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    export.write(THREAD, "text", out, notes={0: [note("word " * 60)]})
    assert max(map(len, out.getvalue().splitlines())) <= 100


def test_notes_by_row() -> None:
    annotations = [note("a"), note("b", row=2), Annotation("c", "mark", ARTICLE), note("d", row=7)]
    found = notes_by_row(annotations, [102, 101, 100])
    assert {row: [one.uid for one in some] for row, some in found.items()} == {
        2: ["uid a 0"],
        0: ["uid b 2"],
        ARTICLE_ROW: ["c"],
    }
