"""What text browsers do to a page is undone: margins, numbers of links, images, boxes."""

from __future__ import annotations

import textwrap

import pytest

from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import read
from rumor_tui.readers.text_dump.lines import parse_lines
from rumor_tui.readers.text_dump.unfold import is_rule, open_boxes, width

SENTENCE = "The wheel at the ford turns slowly in summer, and in the spring it turns faster than anybody likes to see. "
HINT = Hint("page.txt")


def wrapped(paragraphs: int, columns: int, indent: str = "   ") -> str:
    """Paragraphs of a few sentences, wrapped at a right margin."""
    texts = [SENTENCE * (2 + number % 3) for number in range(paragraphs)]
    return "\n\n".join(textwrap.fill(text, columns, initial_indent=indent, subsequent_indent=indent) for text in texts)


@pytest.mark.parametrize("columns", [64, 80, 100, 120])
def test_a_wrapped_paragraph_is_one_line(columns: int) -> None:
    texts = [line.text for line in parse_lines(wrapped(6, columns)) if line.text]
    assert texts == [(SENTENCE * (2 + number % 3)).strip() for number in range(6)]


def test_short_lines_under_a_margin_stay_apart() -> None:
    header = "   ann\n   Member\n   3 hours ago\n"
    lines = [line.text for line in parse_lines(header + wrapped(5, 80))]
    assert lines[:3] == ["ann", "Member", "3 hours ago"]


def test_text_without_a_margin_is_left_alone() -> None:
    text = "\n".join(f"{SENTENCE * (1 + number % 4)}\nann {number}" for number in range(20))
    assert [line.text for line in parse_lines(text)] == [line.strip() for line in text.split("\n")]


def test_wide_characters_take_two_columns_and_no_space_between() -> None:
    assert width("水車") == 4
    text = "\n\n".join("水車はゆっくりと回る。" * 3 + "\n" + "春にはもっと速く回る。" * 2 for _ in range(8))
    assert {line.text for line in parse_lines(text) if line.text} == {
        "水車はゆっくりと回る。" * 3 + "春にはもっと速く回る。" * 2
    }


def test_endless_lines_have_no_margin() -> None:
    lines = parse_lines("\n".join(["word " * 400_000] * 8))
    assert len(lines) == 8


def test_numbers_of_links_are_dropped_where_they_count_up() -> None:
    links = "\n".join(f"[{number}]mill [{number + 1}]ford" for number in range(1, 20, 2))
    assert {line.text for line in parse_lines(links)} == {"mill ford"}


def test_numbers_in_brackets_that_do_not_count_up_stay() -> None:
    assert parse_lines("As was said in [3] and [17], and in [4].")[0].text == "As was said in [3] and [17], and in [4]."


@pytest.mark.parametrize("image", ["[IMG]", "[portrait_12.jpg]", "[]", "[default_]", "(BUTTON)", "[ ]", "________"])
def test_placeholders_are_dropped(image: str) -> None:
    assert parse_lines(f"{image} Ann Miller")[0].text == "Ann Miller"


def test_a_word_in_brackets_before_names_stands_for_an_image() -> None:
    text = "\n".join(f"[svg]{name}\nSome words." for name in ("Ann", "Ben", "Cat"))
    assert [line.text for line in parse_lines(text)][::2] == ["Ann", "Ben", "Cat"]
    assert parse_lines("[solved] The wheel turns again.")[0].text == "[solved] The wheel turns again."


def test_boxes_are_opened() -> None:
    box = ["+-----+---------+", "| ann | 3 hours |", "|     | ago | x |", "+-----+---------+"]
    assert open_boxes(box) == ["", "  ann   3 hours  ", "        ago | x  ", ""]


@pytest.mark.parametrize(("text", "expected"), [("-----", True), ("━━━━━━", True), ("---", False), ("a----", False)])
def test_rules(text: str, expected: bool) -> None:
    assert is_rule(text) is expected


def test_several_bullets_on_a_line_are_one() -> None:
    first, second = parse_lines("    1.  * Ann\n        said so")
    assert (first.bullet, first.text, second.text) == ("1.", "Ann", "said so")


def test_a_number_at_the_margin_goes_on_with_a_list() -> None:
    lines = parse_lines(" 8. Ann\n 9. Ben\n10. Cat\n11. Dan\n1984. was a bad year")
    assert [line.bullet for line in lines] == ["8.", "9.", "10.", "11.", ""]


def comment(name: str, words: str, indent: int) -> str:
    space = " " * indent
    return f"{space}{name} 2 hours ago\n\n{textwrap.fill(words, 76, initial_indent=space, subsequent_indent=space)}\n"


def test_a_thread_as_a_text_browser_prints_it() -> None:
    names = [("ann", 2), ("ben", 6), ("cat", 10), ("dan", 2), ("eve", 6)]
    text = "The mill at the ford\n\n5 comments\n\n" + "\n".join(comment(name, SENTENCE * 3, at) for name, at in names)
    thread = read(text, HINT)
    assert list(thread.authors) == [name for name, _ in names]
    assert list(thread.parent) == [-1, 0, 1, -1, 3]
    assert set(thread.bodies) == {(SENTENCE * 3).strip()}


def test_bodies_left_of_their_bylines() -> None:
    posts = "\n\n".join(
        f"      {name} 3 hours ago\n\n    {SENTENCE}\n\n      reply\n" for name in ("ann", "ben", "cat")
    )
    thread = read("The mill | Mill News\n\n    12 points by zoe 4 hours ago | 3 comments\n\n" + posts, HINT)
    assert list(thread.authors) == ["ann", "ben", "cat"]
    assert set(thread.bodies) == {SENTENCE.strip()}


@pytest.mark.parametrize("layout", ["{name} 3 hours ago\n\n{text}\n\nreply\n", "{name} wrote:\n{text}\n"])
def test_every_word_is_shown_or_set_aside(layout: str) -> None:
    posts = [layout.format(name=name, text=f"{SENTENCE}{name} knows.") for name in ("ann", "ben", "cat", "dan")]
    text = "Home | News\n\nThe mill\n\n" + SENTENCE * 3 + "\n\n4 comments\n\n" + "\n".join(posts) + "\n\nImprint\n"
    thread = read(text, HINT)
    held = [thread.article.title, *thread.article.pieces, *thread.bodies, thread.aside]
    held += [text or "" for text in (*thread.authors, *thread.published_text)]
    known = set(" ".join(held).split())
    assert {word for word in text.split() if word not in known} <= {"wrote:"}


def test_the_addresses_at_the_end_are_set_aside() -> None:
    names = ("ann", "ben", "cat", "dan", "eve", "fay", "gus")
    posts = "\n\n".join(f"   [{n}]{name} 3 hours ago\n\n   {SENTENCE}{name} knows." for n, name in enumerate(names, 1))
    addresses = "\n".join(f"   {n}. https://mill.example/{n}" for n in range(1, 7))
    addresses += "\n   7. The page about the mill\n\thttps://mill.example/7"
    thread = read(f"7 comments\n\n{posts}\n\nReferences\n\n   Visible links\n{addresses}\n", HINT)
    assert list(thread.authors) == list(names)
    assert list(thread.bodies) == [f"{SENTENCE}{name} knows." for name in names]
    assert "https://mill.example/" not in "".join(thread.bodies) and "https://mill.example/7" in thread.aside


def test_a_number_glued_to_a_name_is_the_mark_of_an_image() -> None:
    printed = "Wheel\n\n  1. [0]Ada May 1, 2023\n     Slow.\n  2. [1]Bo May 2, 2023\n     Fast.\n"
    assert [line.text for line in parse_lines(printed) if line.bullet] == ["Ada May 1, 2023", "Bo May 2, 2023"]
