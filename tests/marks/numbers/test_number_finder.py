"""What numbers are worth: tables of cases, and what holds for any text."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks import Amount, Mark
from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.numbers import number_finder


def marks_of(text: str) -> list[Mark]:
    """The numbers of a text, as they are found before names are looked for."""
    words = "".join(char if char.isalnum() or char == "_" else " " for char in text).split()
    return number_finder.find_numbers(text, frozenset(words), number_finder.has_digits(text))


CASES: dict[str, list[tuple[str, str, str]]] = {
    # cardinals
    "some 1,234,567.89 of it": [("1,234,567.89", "number", "1234567.89")],
    "zero chance, twenty-six, ninety - five": [
        ("zero", "number", "0"),
        ("twenty-six", "number", "26"),
        ("ninety - five", "number", "95"),
    ],
    "one two three": [("two", "number", "2"), ("three", "number", "3")],
    "three hundred and thirty one": [("three hundred and thirty one", "number", "331")],
    "one hundred and two hundred": [("one hundred", "number", "100"), ("two hundred", "number", "200")],
    "4.5 million": [("4.5 million", "number", "4500000")],
    "five and a half million": [("five and a half million", "number", "5500000")],
    "a million and a half": [("a million and a half", "number", "1500000")],
    "half a dozen, a hundred": [("half a dozen", "number", "6"), ("a hundred", "number", "100")],
    "3 hundred and 21": [("3 hundred and 21", "number", "321")],
    "10k of 200K, 10M": [("10k", "number", "10000"), ("200K", "number", "200000"), ("10M", "number", "10000000")],
    "13 lakh": [("13 lakh", "number", "1300000")],
    "-5, minus 5, negative one": [
        ("-5", "number", "-5"),
        ("minus 5", "number", "-5"),
        ("negative one", "number", "-1"),
    ],
    "10 minus 5": [("10", "number", "10"), ("5", "number", "5")],
    "- 5 apples": [("5 apples", "quantity", "5 apples")],
    "only one, that one, one more": [("one", "number", "1"), ("one", "number", "1")],
    "in nineteen eighty-four": [("nineteen eighty-four", "number", "1984")],
    "a couple of hundred cars, several thousand people": [
        ("a couple of hundred cars", "quantity", "200 cars"),
        ("several thousand people", "range", "2000-9000 people"),
    ],
    # fractions and shares
    "50/50, or 80/20, but 10/10": [
        ("50/50", "number", "50/50"),
        ("80/20", "number", "80/20"),
        ("10/10", "number", "10/10"),
    ],
    "two thirds, a third of it, one half": [
        ("two thirds", "number", "2/3"),
        ("a third", "number", "1/3"),
        ("one half", "number", "1/2"),
    ],
    "1/3rd of ¾": [("1/3rd", "number", "1/3"), ("¾", "number", "3/4")],
    "half of them": [("half", "number", "1/2")],
    "my half": [],
    "9 out of 10, one in five": [("9 out of 10", "number", "9/10"), ("one in five", "number", "1/5")],
    "3 in 2010": [("3", "number", "3"), ("2010", "year", "2010")],
    "a third off, a third less fuel, a third thing": [
        ("a third", "number", "1/3"),
        ("a third", "number", "1/3"),
        ("third", "ordinal", "3rd"),
    ],
    # German
    "Ich habe zwei Stunden mit drei Menschen auf die Sechser und fünf gewartet": [
        ("zwei Stunden", "quantity", "2 hours"),
        ("drei Menschen", "quantity", "3 people"),
        ("fünf", "number", "5"),
    ],
    "zwei and elf": [],
    "500 Gramm, 3 Esslöffel, 2 Tassen, 4 Stück": [
        ("500 Gramm", "quantity", "500 g"),
        ("3 Esslöffel", "quantity", "3 tbsp"),
        ("2 Tassen", "quantity", "2 cups"),
        ("4 Stück", "quantity", "4 pieces"),
    ],
    # capitals
    "Netze (TEN) und Big Ten": [],
    "I saw some of the Nine Inch Nails shows, the Seven Sisters and that": [],
    "we love NINE INCH NAILS": [],
    "die I…ten, he’ten and it'ten": [],
    "well…two of them": [("two", "number", "2")],
    "I SAID TEN OF THEM": [("TEN", "number", "10")],
    "TEN years ago": [("TEN years", "quantity", "10 years")],
    "Two of Google's": [("Two", "number", "2")],
    "Five Million Dollars": [("Five Million Dollars", "money", "$5000000")],
    "Ten Things That Everyone Should Know": [("Ten Things", "quantity", "10 things")],
    # quantities
    "5+ years, 20+ people, $5+ million, 900+, 3+ 4": [
        ("5+ years", "quantity", "5 years"),
        ("20+ people", "quantity", "20 people"),
        ("$5+ million", "money", "$5000000"),
        ("900", "number", "900"),
        ("3", "number", "3"),
        ("4", "number", "4"),
    ],
    "2015+ engines": [("2015", "year", "2015")],
    "a 10-fold rise, a two-fold one": [("10-fold", "quantity", "10 times"), ("two-fold", "quantity", "2 times")],
    "call (555) 123-4567 or (555)123-4567": [
        ("(555) 123-4567", "number", "555-123-4567"),
        ("(555)123-4567", "number", "555-123-4567"),
    ],
    "600 units, six hundred units": [
        ("600 units", "quantity", "600 units"),
        ("six hundred units", "quantity", "600 units"),
    ],
    "two cars per dealer": [("two cars", "quantity", "2 cars")],
    "414 made for the US": [("414", "number", "414")],
    "half an hour, an hour and a half": [
        ("half an hour", "quantity", "0.5 hours"),
        ("an hour and a half", "quantity", "1.5 hours"),
    ],
    "a 16-year-old": [("16-year-old", "quantity", "16 years old")],
    "5'10\" tall": [("5'10\"", "quantity", "5 ft 10 in")],
    "7200’ up": [("7200’", "quantity", "7200 ft")],
    "100 km/h or 60 mph": [("100 km/h", "quantity", "100 kph"), ("60 mph", "quantity", "60 mph")],
    "20°C, 24C": [("20°C", "quantity", "20 °c"), ("24C", "quantity", "24 °c")],
    "16G of 512GB": [("16G", "quantity", "16 gb"), ("512GB", "quantity", "512 gb")],
    "page 5 shows, chapter 3 describes": [("5", "number", "5"), ("3", "number", "3")],
    "10x faster": [("10x", "quantity", "10 times")],
    "50 m2": [("50 m2", "quantity", "50 m²")],
    "26 ans, 5 Minuten": [("26 ans", "quantity", "26 years"), ("5 Minuten", "quantity", "5 minutes")],
    # percentages
    "50 %, 5.0 percent, half a percent": [
        ("50 %", "percent", "50%"),
        ("5.0 percent", "percent", "5%"),
        ("half a percent", "percent", "0.5%"),
    ],
    "5-10% and 20 to 30 percent": [("5-10%", "range", "5-10%"), ("20 to 30 percent", "range", "20-30%")],
    # money
    "$59,995 or €1.2bn": [("$59,995", "money", "$59995"), ("€1.2bn", "money", "€1200000000")],
    "$1.2 million, $1.2M": [("$1.2 million", "money", "$1200000"), ("$1.2M", "money", "$1200000")],
    "$5.00, 5 bucks, fifty dollars": [
        ("$5.00", "money", "$5"),
        ("5 bucks", "money", "$5"),
        ("fifty dollars", "money", "$50"),
    ],
    "USD115, usd$ 15, 99$": [("USD115", "money", "$115"), ("usd$ 15", "money", "$15"), ("99$", "money", "$99")],
    "$5 CAD, $70 billion dollars": [("$5 CAD", "money", "CAD5"), ("$70 billion dollars", "money", "$70000000000")],
    "5 grand": [("5 grand", "money", "$5000")],
    "100.000 euros": [("100.000 euros", "money", "€100000")],
    "between $5 and $10": [("$5 and $10", "range", "$5-$10")],
    "$40-50k": [("$40-50k", "range", "$40000-$50000")],
    "$500 - $600": [("$500 - $600", "range", "$500-$600")],
    # ranges
    "from 10 to 20": [("10 to 20", "range", "10-20")],
    "between 25 and 65": [("25 and 65", "range", "25-65")],
    "4-5 years": [("4-5 years", "range", "4-5 years")],
    "10 to 20 million": [("10 to 20 million", "range", "10000000-20000000")],
    "two or three weeks, 10 or 15 seconds": [
        ("two or three weeks", "range", "2-3 weeks"),
        ("10 or 15 seconds", "range", "10-15 seconds"),
    ],
    "2009-13": [("2009-13", "range", "2009-2013")],
    "20 through 100": [("20 through 100", "range", "20-100")],
    # results
    "3-1": [("3-1", "score", "3–1")],
    "we won 1–3": [("1–3", "score", "1–3")],
    "1-3 things": [("1-3 things", "range", "1-3 things")],
    # ordinals
    "the 21st, twenty-first, two hundredth": [
        ("21st", "ordinal", "21st"),
        ("twenty-first", "ordinal", "21st"),
        ("two hundredth", "ordinal", "200th"),
    ],
    "at first, first of all, for a second": [],
    "First, it is late. Second, the second you said it": [],
    "the first, and the second time": [("first", "ordinal", "1st"), ("second", "ordinal", "2nd")],
    # years and dates
    "the 1990s, the '90s, in the 90s, 80’s": [
        ("1990s", "year", "1990s"),
        ("'90s", "year", "1990s"),
        ("90s", "year", "1990s"),
        ("80’s", "year", "1980s"),
    ],
    "in his 20s": [("20s", "number", "20s")],
    "an '07 model": [("'07", "year", "2007")],
    "17 Aug 2000, August 17th, 2000, 08/17/2000, 2000-08-17, 17.8.2000": [
        (form, "date", "2000-08-17")
        for form in ("17 Aug 2000", "August 17th, 2000", "08/17/2000", "2000-08-17", "17.8.2000")
    ],
    "from 5/1/2019-5/7/2020": [("5/1/2019-5/7/2020", "range", "2019-05-01/2020-05-07")],
    "Q3 2011, Q1'02, H1 2012, FY12": [
        ("Q3 2011", "date", "2011-Q3"),
        ("Q1'02", "date", "2002-Q1"),
        ("H1 2012", "date", "2012-H1"),
        ("FY12", "date", "FY2012"),
    ],
    "on 4/22, the 4/5": [("4/22", "date", "04-22"), ("4/5", "number", "4/5")],
    "april22, 22april, 05-Aug-2016, Sep-23-2020": [
        ("april22", "date", "04-22"),
        ("22april", "date", "04-22"),
        ("05-Aug-2016", "date", "2016-08-05"),
        ("Sep-23-2020", "date", "2020-09-23"),
    ],
    "May 5-7, 2010": [("May 5-7, 2010", "date", "2010-05-05/2010-05-07")],
    "am 24.4.19, version 24.4.19, 4.4.19": [
        ("24.4.19", "date", "2019-04-24"),
        ("24.4.19", "version", "v24.4.19"),
        ("4.4.19", "version", "v4.4.19"),
    ],
    "the fourth of July": [("fourth of July", "date", "07-04")],
    "8. März 2014, 6 décembre 2019": [
        ("8. März 2014", "date", "2014-03-08"),
        ("6 décembre 2019", "date", "2019-12-06"),
    ],
    "only 5 may vote, in may": [("5", "number", "5"), ("may", "date", "may")],
    "2007-13-45": [],
    "24/7": [("24/7", "number", "24/7")],
    # the clock
    "at 9:30, at 3 pm, 3:05 p.m., 14:30": [
        ("9:30", "time", "09:30"),
        ("3 pm", "time", "15:00"),
        ("3:05 p.m.", "time", "15:05"),
        ("14:30", "time", "14:30"),
    ],
    "5 to 6pm": [("5 to 6pm", "range", "17:00-18:00")],
    "2024-08-04 14:26:59": [("2024-08-04", "date", "2024-08-04"), ("14:26:59", "time", "14:26:59")],
    "the 1:50 mark, see 1:02:03 in the video": [
        ("1:50 mark", "timecode", "1:50"),
        ("1:02:03", "timecode", "1:02:03"),
    ],
    "watch at 2:15": [("2:15", "timecode", "2:15")],
    "took 1h30m": [("1h30m", "timecode", "1:30:00")],
    # versions
    "v2.10.3, v3.1, version 2, Python 3.11": [
        ("v2.10.3", "version", "v2.10.3"),
        ("v3.1", "version", "v3.1"),
        ("2", "version", "v2"),
        ("3.11", "version", "v3.11"),
    ],
    "1.0.0-rc1": [("1.0.0-rc1", "version", "v1.0.0-rc1")],
    # sizes, ratios
    "1920x1080 at 16:9": [("1920x1080", "number", "1920x1080"), ("16:9", "number", "16:9")],
    # what is no number
    "1. Open 3 doors\n2. Close them\n > 12) Lock 5 of them": [("3 doors", "quantity", "3 doors"), ("5", "number", "5")],
    "5. März 2014\n5. 3": [("5. März 2014", "date", "2014-03-05"), ("3", "number", "3")],
    "it was 5. That": [("5", "number", "5")],
    "1666802373542.jpg, 12-IMG_3886.jpg (20.png)": [],
    "@@ -35,6 +35,8 @@ with 3\nindex 3f2a9c1..1234567 100644": [("3", "number", "3")],
    "the 401k, 401(k)s, a 403b, my 401K's and $401k": [("$401k", "money", "$401000")],
    "4g coverage, a 5g-phone, 5G, 5g of salt": [("5g", "quantity", "5 g")],
    "at 192.168.0.1": [],
    "0xdeadbeef 0x1F 9e107d9d372bb6826bd81d3542a419d6": [],
    "123e4567-e89b-12d3-a456-426614174000": [],
    "00:1A:2B:3C:4D:5E": [],
    "imgur.com/a/12345": [],
    "sha 3f2a9c1, a1b2c3d": [],
    "3D, 1080p, M3": [],
}


@pytest.mark.parametrize("text", CASES)
def test_numbers_of(text: str) -> None:
    assert [(text[mark.start : mark.end], mark.type, mark.value) for mark in marks_of(text)] == CASES[text]


THOUSANDS: dict[str, list[float]] = {
    "aus 10.000 Bildern": [10_000],
    "Das kostet 5.000,– €": [5_000],
    "nur 5.250,- im Monat, und 99,- dazu": [5_250, 99],
    "8.000 Menschen, 60.000 hingerichtet, pro 100.000": [8_000, 60_000, 100_000],
    "Das ist von 12.345 auf die 3,5 gefallen und nicht mehr": [12_345, 3.5],
    "rose from 5.000 to 10.000 euros": [5_000, 10_000],
    "paid 10.500 euros": [10_500],
    "pi is 3.141 and $3.459 a gallon": [3.141, 3.459],
    "a yield of 5.000% and 2.000 mm": [5, 2],
    "an OPS of 1.000 that year": [1],
    "0.000 and 0.500": [0, 0.5],
    "in 12,- or": [12],
    "12,-- he said": [12],
}


@pytest.mark.parametrize("text", THOUSANDS)
def test_points_that_part_thousands(text: str) -> None:
    amounts = [mark.amount for mark in marks_of(text) if mark.amount]
    assert [end for each in amounts for end in dict.fromkeys((each.low, each.high))] == THOUSANDS[text]


AMOUNTS: dict[str, Amount | None] = {
    "600 units": Amount(600, 600, "units"),
    "six hundred Units": Amount(600, 600, "units"),
    "600 Examples": Amount(600, 600, "examples"),
    "around 100 units": Amount(100, 100, "units", about=True),
    "~600": Amount(600, 600, "", about=True),
    "right around 600 units": Amount(600, 600, "units", about=True),
    "about half a dozen": Amount(6, 6, "", about=True),
    "some 40 people": Amount(40, 40, "people", about=True),
    "600ish": Amount(600, 600, "", about=True),
    "600 or so": Amount(600, 600, "", about=True),
    "40-odd": Amount(40, 40, "", about=True),
    "nearly 5%": Amount(5, 5, "%", about=True),
    "almost $5": Amount(5, 5, "$", about=True),
    "close to 50 km": Amount(50, 50, "km", about=True),
    "something like 3 weeks": Amount(3, 3, "weeks", about=True),
    "in the ballpark of 60 lbs": Amount(60, 60, "lb", about=True),
    "around 25-65 units": Amount(25, 65, "units", about=True),
    "rund 500 Euro": Amount(500, 500, "€", about=True),
    "over 9000": Amount(9000, 9000),
    "more than 5 cars": Amount(5, 5, "cars"),
    "what about 5 cars": Amount(5, 5, "cars"),
    "between 25 and 65 units": Amount(25, 65, "units"),
    "4-5 years": Amount(4, 5, "years"),
    "from 20 to 10": Amount(10, 20),
    "$5-$10": Amount(5, 10, "$"),
    "$59,995": Amount(59995, 59995, "$"),
    "€1.2bn": Amount(1.2e9, 1.2e9, "€"),
    "CHF 20": Amount(20, 20, "CHF"),
    "60k": Amount(60000, 60000),
    "-$5": Amount(-5, -5, "$"),
    "5 percent": Amount(5, 5, "%"),
    "two thirds": Amount(2 / 3, 2 / 3),
    "2 1/2 in": Amount(2.5, 2.5, "in"),
    "2 1/3": Amount(2 + 1 / 3, 2 + 1 / 3),
    "1e3": Amount(1000, 1000),
    "2^10": Amount(1024, 1024),
    "1.3x10^6": Amount(1_300_000, 1_300_000),
    "9^9999": None,
    "3rd": Amount(3, 3),
    "2003": Amount(2003, 2003),
    "the 1990s": Amount(1990, 1999),
    "2003-2005": Amount(2003, 2005),
    "16 years old": Amount(16, 16, "years"),
    "1:50 mark": None,
    "1:02:03": None,
    "three years ago": Amount(3, 3, "years"),
    "9 out of 10": Amount(0.9, 0.9),
    "at 9:30": None,
    "2007-01-05": None,
    "January 5": None,
    "3-1": None,
    "v2.10": None,
    "1666802373542": None,
    "attachment 548684": None,
    "1000000000": Amount(1e9, 1e9),
    "123456789 users": Amount(123456789, 123456789, "users"),
    "65/35": None,
    "cut to 60/40 funds": None,
    "Nr. 46/2008": None,
    "3/2015": None,
    "seit 1939/45": None,
    "10/10": None,
    "3/4": Amount(0.75, 0.75),
    "9/16 inch thick": Amount(9 / 16, 9 / 16, "in"),
    "15/32 inch": Amount(15 / 32, 15 / 32, "in"),
    "1/250 s": Amount(1 / 250, 1 / 250, "seconds"),
    "3/40th": Amount(3 / 40, 3 / 40),
    "65 out of 100": Amount(0.65, 0.65),
    "555-123-4567": None,
    "1920x1080": None,
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_what_a_number_is_worth(text: str) -> None:
    (mark,) = marks_of(text)
    assert mark.amount == AMOUNTS[text]


PIECES = split_words("""
    1 12 600 2003 1,234 1.5 ½ 0 $ € % - – one two hundred million half a dozen and between to or in of about around
    ~ the     May 5th 3rd :50 pm #1 units years in km . , ! ' ’ s ish v 2.10.3 x 4/22 Q3 1: 10-20
    minus lakh quarter third point
    and     Monday 1990s k M ° " 05-Aug-2016 1e9 ^99 per cent € www.a.b/1 1.2.3.4 won
""")
PARTS = st.lists(st.sampled_from([*PIECES, " "]), max_size=12)
LINES = st.one_of(st.text(max_size=40), PARTS.map(" ".join), PARTS.map("".join))
TEXTS = st.lists(LINES, max_size=3).map("\n".join)


@given(TEXTS)
def test_marks_are_inside_and_disjoint_and_amounts_are_finite(text: str) -> None:
    end = 0
    for mark in marks_of(text):
        assert end <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end].strip() == text[mark.start : mark.end]
        assert mark.value.strip() and mark.type and mark.kind == "number"
        if mark.amount:
            assert math.isfinite(mark.amount.low) and math.isfinite(mark.amount.high)
            assert mark.amount.low <= mark.amount.high
        end = mark.end


@given(TEXTS, TEXTS)
def test_paragraphs_are_read_alone(one: str, two: str) -> None:
    shift = len(one) + 2
    later = [mark._replace(start=mark.start + shift, end=mark.end + shift) for mark in marks_of(two)]
    assert marks_of(f"{one}\n\n{two}") == marks_of(one) + later


@given(st.integers(0, 10**12), st.sampled_from(["units", "km", "people"]))
def test_thousands_separators_change_no_value(number: int, noun: str) -> None:
    (plain,) = marks_of(f"x {number} {noun}")
    (parted,) = marks_of(f"x {number:,} {noun}")
    assert plain.value == parted.value and plain.amount == parted.amount == Amount(number, number, noun)


@pytest.mark.parametrize(("one", "other"), [("v3.1", "3.1"), ("a 3-1", "from 3-1"), ("we won 1-3", "1-3 of them")])
def test_what_is_compared_and_what_is_not_are_not_counted_together(one: str, other: str) -> None:
    (first,), (second,) = marks_of(one), marks_of(other)
    assert (first.amount is None, second.amount is None) == (True, False)
    assert first.value != second.value
