"""What `find_marks` marks: a table of cases, and what holds for any text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks import Mark, ThreadLexicon, find_marks
from rumor_tui.marks.data.number_vocabulary import split_words

CASES: dict[str, list[tuple[str, str, str]]] = {
    # money
    "costs 5 bucks": [("5 bucks", "money", "$5")],
    "a $1.2M house": [("$1.2M", "money", "$1200000")],
    "they paid 420 million euros": [("420 million euros", "money", "€420000000")],
    "for €1.234,50 or £3bn": [("€1.234,50", "money", "€1234.5"), ("£3bn", "money", "£3000000000")],
    "USD 20 or 20 USD": [("USD 20", "money", "$20"), ("20 USD", "money", "$20")],
    "down -$5 to $1,500": [("-$5 to $1,500", "range", "-$5-$1500")],
    # percentages and ranges
    "I was 100% sure, five percent off": [("100%", "percent", "100%"), ("five percent", "percent", "5%")],
    "ten per cent": [("ten per cent", "percent", "10%")],
    "between 25 and 65 units": [("25 and 65 units", "range", "25-65 units")],
    "25 and 65 units": [("25", "number", "25"), ("65 units", "quantity", "65 units")],
    "10 to 20 km": [("10 to 20 km", "range", "10-20 km")],
    "in 4-5 years time": [("4-5 years", "range", "4-5 years")],
    "in 2003-2005": [("2003-2005", "range", "2003-2005")],
    "between two and three weeks": [("two and three weeks", "range", "2-3 weeks")],
    # ordinals
    "the 3rd, the third": [("3rd", "ordinal", "3rd"), ("third", "ordinal", "3rd")],
    "wait for a second": [],
    "the twenty-first": [("twenty-first", "ordinal", "21st")],
    # the calendar and the clock
    "in 2003 sales rose": [("2003", "year", "2003")],
    "the 1990s": [("1990s", "year", "1990s")],
    "on January 5, 2007": [("January 5, 2007", "date", "2007-01-05")],
    "on 5th of May 2020": [("5th of May 2020", "date", "2020-05-05")],
    "since 2020-01-05": [("2020-01-05", "date", "2020-01-05")],
    "on 08/17/2000": [("08/17/2000", "date", "2000-08-17")],
    "on Monday, in March": [("Monday", "date", "monday"), ("March", "date", "march")],
    "we may march": [],
    "at 3 pm or 14:30": [("3 pm", "time", "15:00"), ("14:30", "time", "14:30")],
    "to the 1:50 mark": [("1:50 mark", "timecode", "1:50")],
    "at 1:02:03 in": [("1:02:03", "timecode", "1:02:03")],
    # quantities
    "600 examples and 600 Examples": [
        ("600 examples", "quantity", "600 examples"),
        ("600 Examples", "quantity", "600 examples"),
    ],
    "2 1/2 in.": [("2 1/2 in", "quantity", "2.5 in")],
    "two cars, a two-year lease": [("two cars", "quantity", "2 cars"), ("two-year", "quantity", "2 years")],
    "5 kilometres is 5km": [("5 kilometres", "quantity", "5 km"), ("5km", "quantity", "5 km")],
    "2 per dealer": [("2 per dealer", "quantity", "2 per dealer")],
    "3 years old": [("3 years old", "quantity", "3 years old")],
    "a dozen eggs": [("a dozen eggs", "quantity", "12 eggs")],
    "5 is less": [("5", "number", "5")],
    # bare numbers
    "one thousand": [("one thousand", "number", "1000")],
    "half a million": [("half a million", "number", "500000")],
    "two hundred and six": [("two hundred and six", "number", "206")],
    "three million, two hundred & forty": [("three million, two hundred & forty", "number", "3000240")],
    "one of them, that one": [],
    "two thirds, 3/4": [("two thirds", "number", "2/3"), ("3/4", "number", "3/4")],
    "1,234,567.89": [("1,234,567.89", "number", "1234567.89")],
    "1 000 000, 1’000": [("1 000 000", "number", "1000000"), ("1’000", "number", "1000")],
    "-4.50 or .5": [("-4.50", "number", "-4.50"), (".5", "number", "0.5")],
    "10k, 3.5k": [("10k", "number", "10000"), ("3.5k", "number", "3500")],
    "call 555-123-4567": [("555-123-4567", "number", "555-123-4567")],
    "v2.10.3": [("v2.10.3", "version", "v2.10.3")],
    "١٢ km": [("١٢ km", "quantity", "12 km")],
    "有5個蘋果": [("5", "number", "5")],
    # names
    "it is BMW’s car": [("BMW", "name", "BMW")],
    "we met Dr. Segler": [("Dr. Segler", "name", "Dr. Segler")],
    "the University of Oxford": [("University of Oxford", "name", "University of Oxford")],
    "by J. K. Rowling": [("J. K. Rowling", "name", "J. K. Rowling")],
    "by Ludwig van der Rohe": [("Ludwig van der Rohe", "name", "Ludwig van der Rohe")],
    "we talked to Coca-Cola": [("Coca-Cola", "name", "Coca-Cola")],
    "in the U.S. and the US": [("U.S.", "name", "U.S."), ("US", "name", "US")],
    "told us so": [],
    "Service was slow. Great place.": [],
    "Yesterday I met Anna. The Beatles won.": [("Anna", "name", "Anna"), ("Beatles", "name", "Beatles")],
    "Wobbly wobbly": [],
    "THIS IS NOT A NAME AT ALL": [],
    "in Москва and Łódź": [("Москва", "name", "Москва"), ("Łódź", "name", "Łódź")],
    "they moved to New York": [("New York", "name", "New York")],
    # product codes
    "the 1M and special edition M3s": [("1M", "product", "1M"), ("M3s", "product", "M3")],
    "a 3 series or the 5-Series": [("3 series", "product", "3 series"), ("5-Series", "product", "5 series")],
    "all 3 series, 3 series of tests, 12 series": [
        ("3 series", "quantity", "3 series"),
        ("3 series", "quantity", "3 series"),
        ("12 series", "quantity", "12 series"),
    ],
    "1M cars were sold": [("1M cars", "quantity", "1000000 cars")],
    "is getting 3 1M’s": [("3", "number", "3"), ("1M", "product", "1M")],
    "only 100 1Ms": [("100", "number", "100"), ("1Ms", "product", "1M")],
    "my BMW M3": [("BMW", "name", "BMW"), ("M3", "product", "M3")],
    "an iPhone 12, an i8": [("iPhone 12", "product", "iPhone 12"), ("i8", "product", "i8")],
    "it has 16G in it, or 5G": [("16G", "quantity", "16 gb"), ("5G", "product", "5G")],
    "a F30, a V8": [("F30", "product", "F30"), ("V8", "product", "V8")],
    "has JRobUSC replied": [("JRobUSC", "name", "JRobUSC")],
    # addresses and handles
    "see https://Foo.com/Bar2000 or mail Bob7@Example.com": [],
    "ask @Some_One": [("Some_One", "user", "Some_One")],
}


GUESSED = ("person", "organisation", "place", "acronym", "name")


def seen(text: str, people: frozenset[str] = frozenset()) -> list[tuple[str, str, str]]:
    """What is marked: surface, type and value; the types that the tagger guesses count as one."""
    return [
        (text[mark.start : mark.end], "name" if mark.type in GUESSED else mark.type, mark.value)
        for mark in find_marks(text, ThreadLexicon(frozenset(people)))
    ]


@pytest.mark.parametrize("text", CASES)
def test_marks_of(text: str) -> None:
    assert seen(text) == CASES[text]


def test_the_kind_follows_the_type() -> None:
    text = "on 5 May BMW sold 3 cars for $5 to @gabe"
    kinds = [(mark.kind, mark.type) for mark in find_marks(text)]
    assert [kind for kind, _ in kinds] == ["number", "name", "number", "number", "name"]
    assert [type for kind, type in kinds if kind == "number"] == ["date", "quantity", "money"]
    assert kinds[-1] == ("name", "user")


PEOPLE = frozenset({"Gabe", "bmwblog", "water", "Mr. Mowse", "the", "HERR26"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thanks gabe", [("gabe", "user", "Gabe")]),
        ("BMWBlog posted", [("BMWBlog", "user", "bmwblog")]),
        ("the water and Water", [("water", "user", "water")]),
        ("oh, mr. mowse", [("mr. mowse", "user", "Mr. Mowse")]),
        ("@herr26 said", [("herr26", "user", "HERR26")]),
        ("gabes and xgabe", []),
    ],
)
def test_people(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert seen(text, PEOPLE) == expected


@given(st.from_regex(r"[A-Za-z]\w{1,11}( \w{2,8}){0,2}", fullmatch=True))
def test_a_person_alone_is_found(name: str) -> None:
    assert [(m.start, m.end, m.type, m.value) for m in find_marks(name, ThreadLexicon(frozenset({name})))] == [
        (0, len(name), "user", name)
    ]


def test_people_may_be_any_iterable() -> None:
    assert find_marks("hi gabe", ThreadLexicon(frozenset(["Gabe"]))) == [Mark(3, 7, "name", "user", "Gabe")]


PIECES = split_words("""
    1 12 600 2003 1,234 1.5 ½ $ € % - – 1M M3 i8 one two hundred million half a dozen and between to the The I BMW US
    Dr. Mr. of van Monday May 5th 3rd :50 pm @gabe #1 units years in km . , ! ' ’s s iPhone http://x.y ١ É
""")
PARTS = st.lists(st.sampled_from([*PIECES, "\n"]))
TEXTS = st.one_of(st.text(), PARTS.map(" ".join), PARTS.map("".join))


@given(TEXTS)
def test_marks_are_inside_sorted_and_disjoint(text: str) -> None:
    end = 0
    for mark in find_marks(text, ThreadLexicon(PEOPLE)):
        assert end <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end].strip() == text[mark.start : mark.end]
        assert mark.value.strip()
        end = mark.end


@given(TEXTS, st.frozensets(st.text()))
def test_never_raises(text: str, people: frozenset[str]) -> None:
    assert isinstance(find_marks(text, ThreadLexicon(frozenset(people))), list)


HOSTILE = [
    "a",
    "A",
    "1",
    ",",
    "A ",
    "1,",
    "1 ",
    "1-",
    "A of ",
    "January ",
    "one, ",
    "half a ",
    "1M ",
    "@a ",
    "$",
    "Dr. ",
]


def calls(work: Callable[[], Any]) -> int:
    """How many calls of functions some work makes, which does not depend on the machine's pace."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_text(piece: str) -> None:
    find_marks(piece)
    once = calls(lambda: find_marks(piece * 500))
    assert calls(lambda: find_marks(piece * 1000)) <= 2.2 * once + 100


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "A", "1", ",", "½", "1é", "A-", "A.", "1.1.", "É", "of ", "  "])
def test_a_long_text_of_one_piece_is_read(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert all(mark.end <= len(text) for mark in find_marks(text))


def test_many_people_are_looked_up_by_word() -> None:
    crowd = frozenset(f"user {number}" for number in range(10_000))
    find_marks("", ThreadLexicon(crowd))
    assert seen("user 77 met user 9999", crowd) == [
        ("user 77", "user", "user 77"),
        ("user 9999", "user", "user 9999"),
    ]
    assert calls(lambda: find_marks("user 77 met user 9999", ThreadLexicon(crowd))) < 1_000
