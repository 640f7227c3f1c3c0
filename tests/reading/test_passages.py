"""Finding a passage again in a text that has changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.reading.passages import LONGEST, find_passage, sentence_around, sentence_from

TEXT = "BMW builds only 600 of these cars. The dealer in Ohio said so yesterday.\n\nI do not believe the dealer, sorry."


def found(text: str, passage: str, near: int = -1) -> str | None:
    """The words that a passage is found as."""
    stretch = find_passage(text, passage, near)
    return None if stretch is None else text[stretch.start : stretch.end]


def test_it_is_found_as_it_was() -> None:
    assert find_passage(TEXT, "600 of these cars") == (16, 33)


@pytest.mark.parametrize(("near", "start"), [(-1, 39), (40, 39), (100, 95), (10_000, 95)])
def test_of_several_places_the_nearest_is_meant(near: int, start: int) -> None:
    stretch = find_passage(TEXT, "dealer", near)
    assert stretch is not None
    assert stretch.start == start


def test_case_white_space_and_quotes_do_not_matter() -> None:
    assert found(TEXT, "DEALER IN\n  ohio") == "dealer in Ohio"
    assert found("He said “no” — twice", 'he said "no" - twice') == "He said “no” — twice"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They say BMW builds only 700 of these cars, or so. The end.", "BMW builds only 700 of these cars"),
        ("BMW builds at most 600 of those nice cars.", "BMW builds at most 600 of those nice cars"),
        ("First the other thing. BMW, it seems, builds only 600 of these.", "BMW, it seems, builds only 600 of these"),
    ],
)
def test_an_edited_passage_is_found_by_what_is_left_of_it(text: str, words: str) -> None:
    assert found(text, "BMW builds only 600 of these cars") == words


@pytest.mark.parametrize("passage", ["", "  ", "600 trucks", "nothing of this kind is in the text at all"])
def test_what_is_not_there_is_not_found(passage: str) -> None:
    assert find_passage(TEXT, passage) is None


def test_likeness_may_be_too_little() -> None:
    assert find_passage("BMW builds only 700 of these cars", "BMW builds only 600 of these cars", alike=False) is None


@given(st.text(alphabet="ab .\n", max_size=60), st.data())
def test_any_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = text[start:end]
    stretch = find_passage(text, passage, start)
    if passage.strip():
        assert stretch is not None
        assert text[stretch.start : stretch.end] == passage.strip()
    else:
        assert stretch is None


def test_a_long_text_of_other_words_is_no_trouble() -> None:
    text = " ".join(f"word{n % 977} and more" for n in range(60_000)) + " the quick brown fox jumps"
    assert found(text, "the quick brown fox jumps over") is None  # it stands behind the words that are compared
    assert found(text[-2_000:], "the quick brown fox jumps over") == "the quick brown fox jumps"


# Sentences


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("600", "BMW builds only 600 of these cars."),
        ("dealer in", "The dealer in Ohio said so yesterday."),
        ("believe", "I do not believe the dealer, sorry."),
        ("cars. The", "BMW builds only 600 of these cars. The dealer in Ohio said so yesterday."),
    ],
)
def test_the_sentence_around_a_match(word: str, sentence: str) -> None:
    start = TEXT.index(word)
    stretch = sentence_around(TEXT, start, start + len(word))
    assert TEXT[stretch.start : stretch.end] == sentence


def test_an_endless_sentence_is_cut_around_the_match() -> None:
    text = "word " * 1_000
    stretch = sentence_around(text, 2_500, 2_504)
    assert stretch.start <= 2_500
    assert stretch.end >= 2_504
    assert stretch.end - stretch.start <= LONGEST


@given(st.text(alphabet="ab .\n!", max_size=60), st.data())
def test_a_sentence_holds_the_stretch_but_for_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    stretch = sentence_around(text, start, end)
    assert text[start:end].strip() in text[stretch.start : max(stretch.end, end)]
    assert 0 <= stretch.start <= max(stretch.end, stretch.start) <= len(text)


@pytest.mark.parametrize(
    ("offset", "sentence"),
    [
        (0, "BMW builds only 600 of these cars."),
        (4, "The dealer in Ohio said so yesterday."),
        (35, "The dealer in Ohio said so yesterday."),
        (40, "I do not believe the dealer, sorry."),
        (74, "I do not believe the dealer, sorry."),
        (80, "I do not believe the dealer, sorry."),
        (len(TEXT), "I do not believe the dealer, sorry."),
    ],
)
def test_the_first_sentence_on_screen(offset: int, sentence: str) -> None:
    stretch = sentence_from(TEXT, offset)
    assert TEXT[stretch.start : stretch.end] == sentence


def test_of_a_text_without_words_there_is_no_sentence() -> None:
    assert sentence_from("", 0) == (0, 0)


@pytest.mark.parametrize(
    "text", ["." * 1_000_000, "\n" * 1_000_000 + " ", "a." * 300_000, "!?" * 300_000 + '"' * 300_000]
)
def test_endless_stops_are_no_trouble(text: str) -> None:
    assert sentence_around(text, 5, 6).end <= len(text)
    assert sentence_from(text, 5).end <= len(text)


@given(st.data())
def test_a_passage_with_words_changed_left_out_or_put_in_is_found_by_the_others(data: st.DataObject) -> None:
    before = [f"before{n}" for n in range(data.draw(st.integers(0, 40)))]
    after = [f"after{n}" for n in range(data.draw(st.integers(0, 40)))]
    words = [f"word{n}" for n in range(data.draw(st.integers(6, 30)))]
    edited = list(words)
    for _ in range(len(words) // 6):
        at = data.draw(st.integers(1, len(edited) - 2))  # the first and the last word stay
        kind = data.draw(st.sampled_from(["change", "leave out", "put in"]))
        edited[at : at + (kind != "put in")] = [] if kind == "leave out" else [f"new{at}"]
    text = " ".join([*before, *edited, *after])
    stretch = find_passage(text, " ".join(words), data.draw(st.integers(-1, 500)))
    assert stretch is not None
    assert text[stretch.start : stretch.end] == " ".join(edited)
