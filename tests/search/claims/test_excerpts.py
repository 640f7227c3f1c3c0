"""The sentence around a place, and the words beside a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.search.claims.excerpts import MAX_SENTENCE_CHARS, hedge_before, make_excerpt, rate_after, sentence_bounds


def around(text: str, word: str) -> str:
    at = text.index(word)
    start, end = sentence_bounds(text, at, at + len(word))
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("One. Two 600 three. Four.", "600", "Two 600 three."),
        ("600 at the start. Next", "600", "600 at the start."),
        ("First line\nwith 600 in it\nand more", "600", "with 600 in it"),
        ("He asked Dr. Segler for 600. Then", "600", "He asked Dr. Segler for 600."),
        ("It was 4.5 of 600 in all. Then", "600", "It was 4.5 of 600 in all."),
        ("Really? 600! Yes.", "600", "600!"),
        ("He said “no.” Then 600 came.", "600", "Then 600 came."),
        ("made in the U.S. Army 600 times", "600", "made in the U.S. Army 600 times"),
        ("没有。有600个。完了。", "600", "有600个。"),
        ("e.g. 600 of them, etc. and so on", "600", "e.g. 600 of them, etc. and so on"),
    ],
)
def test_a_sentence(text: str, word: str, said: str) -> None:
    assert around(text, word) == said


def test_a_very_long_sentence_is_cut_at_words() -> None:
    text = "word " * 500 + "600 " + "more " * 500
    said = around(text, "600")
    assert len(said) <= 2 * MAX_SENTENCE_CHARS + 3
    assert said.startswith("word ")
    assert said.endswith("more")


@given(st.text(alphabet="ab .!?\n“”D6r", min_size=1, max_size=900), st.data())
def test_a_sentence_holds_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(start + 10, len(text))))
    first, last = sentence_bounds(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    said = make_excerpt(text, [(start, end)])
    assert [said.text[s:e] for s, e in said.spans] == [text[start:end].replace("\n", " ")]
    assert "\n" not in said.text


def test_sentences_of_one_text_are_joined() -> None:
    text = "ann\nWe saw 600. Nothing here. Then 600 again, and 600. The end."
    places = [(at, at + 3) for at in range(len(text)) if text.startswith("600", at)]
    said = make_excerpt(text, places, 4)
    assert said.text == "We saw 600. … Then 600 again, and 600."
    assert [said.text[s:e] for s, e in said.spans] == ["600"] * 3


def test_a_sentence_that_is_cut_has_an_ellipsis() -> None:
    text = "word " * 200 + "600" + " word" * 200
    said = make_excerpt(text, [(1000, 1003)])
    assert said.text.startswith("… word")
    assert said.text.endswith("word …")
    assert [said.text[s:e] for s, e in said.spans] == ["600"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("right around 600", "around"),
        ("we expect more than 600", "more than"),
        ("more that 600", "more that"),
        ("~600", "~"),
        ("at most 600", "at most"),
        ("there are 600", ""),
        ("only 600", ""),
        ("roundabout600", ""),
    ],
)
def test_a_hedge(text: str, words: str) -> None:
    at = text.index("600")
    assert hedge_before(text, at, at + 3) == words


def test_a_hedge_may_be_part_of_the_mark() -> None:
    assert hedge_before("it is around 600", 6, 16) == "around"
    assert hedge_before("it is ~600", 6, 10) == "~"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (" produced per month starting", "per month"),
        (" a month", "per month"),
        (" per dealer", "per dealer"),
        (" every year", "per year"),
        (" a car", ""),
        (", per month", ""),
        ("", ""),
    ],
)
def test_a_rate(after: str, words: str) -> None:
    assert rate_after("600 units" + after, 9) == words
