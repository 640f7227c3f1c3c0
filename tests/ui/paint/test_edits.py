"""How an edit is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.ui.paint.edits import AROUND, MOST, edit_blocks


def shown(before: str, after: str) -> str:
    """The text of the difference."""
    return edit_blocks(before, after, 0.0)[1].text


def roles(before: str, after: str) -> dict[str, str]:
    """What is struck or strong in it."""
    block = edit_blocks(before, after, 0.0)[1]
    return {block.text[span.start : span.end]: span.role for span in block.spans}


def test_words_that_went_and_came_have_signs() -> None:
    assert shown("It has 600 units.", "It has 740 units.") == "It has [-600-] {+740+} units."


def test_they_are_struck_and_strong() -> None:
    assert roles("It has 600 units.", "It has 740 units.") == {"[-600-]": "strike", "{+740+}": "strong"}


def test_words_that_were_added_at_the_end() -> None:
    assert shown("It was so.", "It was so. Edit: it was not.").endswith("{+Edit: it was not.+}")


def test_what_is_far_from_a_change_is_left_out() -> None:
    far = "word " * 100
    text = shown(far + "one " + far + "two", far + "1 " + far + "2")
    assert text.count("…") == 2
    assert len(text) < 4 * AROUND + 60


def test_what_is_left_out_ends_between_words() -> None:
    far = "wonderful " * 100
    text = shown(far + "one " + far + "two", far + "1 " + far + "2")
    words = {word for word in text.split() if word[0] not in "[{…"}
    assert words == {"wonderful"}


def test_a_change_of_form_alone_is_said() -> None:
    assert "not its words" in shown("One two.", "One  two.")


def test_since_when_it_is_known() -> None:
    assert edit_blocks("a", "b", 0.0)[0].text.startswith("edited, as is known since 1970-01-01")


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_spans_are_within_the_text(before: str, after: str) -> None:
    for block in edit_blocks(before, after, 0.0):
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)


def test_a_text_that_is_all_another_one_is_cut() -> None:
    block = edit_blocks("a " * 9_000, "b " * 9_000, 0.0)[1]
    assert len(block.text) <= MOST + 2
    assert all(span.end <= MOST for span in block.spans)
