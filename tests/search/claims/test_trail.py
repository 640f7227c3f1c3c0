"""Claims, the figures beside them, and their trails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.cli import sample as sample_path
from rumor_tui.marks.mark import Amount
from rumor_tui.search.claims.dimensions import dimension_in_sentence, dimension_of, is_count_dimension
from rumor_tui.search.claims.figures import Claims, format_amount, format_number
from rumor_tui.search.claims.trail import Trail, TrailSubject, build_trail, group_into_lines
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.mark_index import MarkIndex, Occurrence
from rumor_tui.search.index.texts import TextIndex
from tests.reading import load
from tests.search.marked_threads import marked, texts_of
from tests.search.threads import make_thread

ARTICLE = (
    "We heard that the US was only going to see 600 examples of the car. That means two cars a dealer.",
    "414 made for the US and gone in 3 years. We expect more that 414 1Ms in the US in 4 years.",
)
COMMENTS = (
    "I paid $600 for a wheel, and 600 people saw it.",
    "There were rumours of only 100 1Ms, but they say “around 100 units”.",
    "there will be between 25 and 65 units produced per month. Total production will be right around 600 units.",
    "I have 600.",
    "We had 50 in the US that year. Up 3% in 5 years.",
    "Page 77 of the manual.",
)
AUTHORS = ("ann", "bob", "cy", "ann", "dan", "eve")


def sample() -> TextIndex:
    index = TextIndex(make_thread(COMMENTS, AUTHORS, title="Rumours", pieces=ARTICLE))
    index.build()
    return index


def trail(value: str, kind: str = "number", index: TextIndex | None = None) -> Trail:
    index = index or sample()
    marks = marked(index)
    claims = Claims(index, marks)
    claims.build()
    return build_trail(TrailSubject("name" if kind == "name" else "number", value, value), marks, claims)


def figures(found: Trail) -> dict[str, tuple[int, int]]:
    return {figure.label: (figure.total, figure.in_article) for figure in found.figures}


# The claim


@pytest.mark.parametrize("value", ["600 examples", "600 units", "600"])
def test_a_claim_gathers_all_that_says_the_same(value: str) -> None:
    found = trail(value)
    assert found.title == "600"
    assert found.details == ("examples", "units")
    assert [line.item for line in found.lines] == [1, 5, 6]
    assert (found.total, found.in_article) == (3, 1)


@pytest.mark.parametrize(("value", "items"), [("600 $", [3]), ("600 people", [3, 6]), ("3 %", [7]), ("3 years", [2])])
def test_money_people_and_time_are_other_claims(value: str, items: list[int]) -> None:
    assert [line.item for line in trail(value).lines] == items


def test_the_places_of_one_item_are_one_line() -> None:
    found = trail("414")
    assert [(line.item, len(line.places)) for line in found.lines] == [(2, 2)]
    assert group_into_lines([]) == []


def test_a_name_has_all_its_places_and_no_figures() -> None:
    found = trail("US", "name")
    assert [(line.item, len(line.places)) for line in found.lines] == [(1, 1), (2, 2), (7, 1)]
    assert found.figures == ()


def test_what_is_not_in_the_thread_has_no_places() -> None:
    assert trail("nobody", "name").lines == []
    assert trail("12345").total == 0


def test_without_claims_only_the_entry_itself_is_followed() -> None:
    marks = marked(sample())
    found = build_trail(TrailSubject("number", "600 units", "600 units"), marks)
    assert [line.item for line in found.lines] == [5]
    assert (found.title, found.figures) == ("600 units", ())


# The figures beside it


def test_the_figures_of_a_count() -> None:
    found = trail("600 examples")
    assert found.noun == "units"
    assert figures(found) == {
        "414": (2, 2),
        "around 100": (2, 0),
        "25–65 per month": (1, 0),
        "50": (1, 0),
    }


def test_figures_that_occur_more_often_and_in_the_article_come_first() -> None:
    labels = [figure.label for figure in trail("600 examples").figures]
    assert labels[:2] == ["414", "around 100"]


def test_a_figure_leads_to_its_own_trail() -> None:
    index = sample()
    first = trail("600 examples", index=index).figures[0]
    marks = marked(index)
    entry = marks.entry(first.entry)
    assert entry.value == "414"
    assert texts_of(index, [first.first]) == ["414"]
    claims = Claims(index, marks)
    claims.build()
    back = build_trail(TrailSubject("number", entry.value, entry.label), marks, claims)
    assert "600" in figures(back)


@pytest.mark.parametrize(
    ("value", "labels"), [("3 years", {"4", "5"}), ("3 %", set()), ("600 $", set()), ("600 people", set())]
)
def test_units_are_never_mixed(value: str, labels: set[str]) -> None:
    assert set(figures(trail(value))) == labels


def test_a_bare_figure_that_nothing_ties_to_it_is_left_out() -> None:
    assert "77" not in figures(trail("600 examples"))


def test_small_bare_figures_count_only_what_is_named_behind_them() -> None:
    index = TextIndex(make_thread(["They sold 600 cars.", "My dealer sold 3, of 7 1Ms."]))
    assert set(figures(trail("600 cars", index=index))) == {"7"}


def test_a_claim_while_the_rest_is_read() -> None:
    index = sample()
    marks = marked(index, 2)
    claims = Claims(index, marks)
    claims.build()
    found = build_trail(TrailSubject("number", "600 examples", "600 examples"), marks, claims)
    assert [line.item for line in found.lines] == [1]
    assert build_trail(TrailSubject("number", "100", "100"), marks, claims).lines == []


def test_places_and_figures_stop_when_asked() -> None:
    index = TextIndex(make_thread([f"There are {n} units." for n in range(3_000)]))
    marks = marked(index)
    claims = Claims(index, marks)
    claims.build(lambda: True)
    assert len(claims.nouns("made")) <= 1


def test_the_marks_of_a_long_text_are_not_all_looked_at_for_each_place(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(f"The US had 600 cars. At BMW it was {100 + n}, of {n} cars." for n in range(100))
    index = TextIndex(make_thread([text]))
    marks = marked(index)
    claims = Claims(index, marks)
    claims.build()
    listed: list[int] = []
    monkeypatch.setattr(type(marks), "marks_of", lambda _, item: listed.append(item))
    found = build_trail(TrailSubject("number", "600 cars", "600 cars"), marks, claims)
    assert (found.total, len(found.figures)) == (100, 60)
    assert listed == []


def test_of_other_figures_no_more_places_are_looked_at_than_tell_how_they_are_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = TextIndex(make_thread(["600 cars"] + ["We saw 700 units, around 700 cars."] * 300))
    marks = marked(index)
    claims = Claims(index, marks)
    claims.build()
    looked: list[int] = []
    where = type(marks).where

    def counted(self: MarkIndex, id: int, most: int | None = None) -> list[Occurrence]:
        places = where(self, id, most)
        looked.append(len(places))
        return places

    monkeypatch.setattr(type(marks), "where", counted)
    assert figures(build_trail(TrailSubject("number", "600 cars", "600 cars"), marks, claims)) == {
        "around 700": (600, 0)
    }
    assert sum(looked) <= 2 * 1 + 2 * 20


NOUNS = st.sampled_from(["units", "cars", "people", "years", "horses", ""])
AMOUNTS = st.tuples(st.sampled_from([3, 20, 600, 601]), NOUNS).map(lambda pair: f"{pair[0]} {pair[1]}".strip())


@given(st.lists(st.lists(AMOUNTS, max_size=3).map(lambda said: "We saw " + ", ".join(said) + "."), max_size=6))
def test_every_entry_has_a_trail_and_is_in_it(bodies: list[str]) -> None:
    index = TextIndex(make_thread(bodies))
    marks = marked(index)
    claims = Claims(index, marks)
    claims.build()
    for id in range(len(marks)):
        entry = marks.entry(id)
        found = build_trail(TrailSubject(entry.kind, entry.value, entry.label), marks, claims)
        places = claims.places(id)
        assert found.total == len(places) == len(set(places)) >= 1
        assert places == sorted(places)
        texts = texts_of(index, places)
        assert {text.split()[0] for text in texts} == {entry.label.split()[0]}
        assert not {figure.entry for figure in found.figures} & set(claims.members(id))
        if entry.amount is not None and entry.amount.unit:
            assert set(marks.where(id)) <= set(places)


# Kinds


@pytest.mark.parametrize(
    ("unit", "kind"), [("units", "made"), ("copies", "made"), ("men", "people"), ("km", "km"), ("$", "$"), ("", "")]
)
def test_kinds(unit: str, kind: str) -> None:
    assert dimension_of(Amount(1, 1, unit)) == kind


@pytest.mark.parametrize(
    ("kind", "count"), [("made", True), ("horses", True), ("years", False), ("km", False), ("$", False), ("%", False)]
)
def test_what_is_counted_one_by_one(kind: str, count: bool) -> None:
    assert is_count_dimension(kind) is count


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("@ made for the US", "made"),
        ("customers for all @ imported", "made"),
        ("we had @ there, and not one of the people stayed", "people"),
        ("page @ of the manual", ""),
    ],
)
def test_a_sentence_tells_of_which_kind_its_figure_is(sentence: str, kind: str) -> None:
    assert dimension_in_sentence(sentence, sentence.index("@")) == kind


# Words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(600, 600, "units"), "600 units"),
        (Amount(25, 65, "units"), "25–65 units"),
        (Amount(60_000, 60_000, "$"), "$60,000"),
        (Amount(2.5, 2.5, "%"), "2.5%"),
        (Amount(1_200_000, 1_200_000, "€"), "€1.2 million"),
        (Amount(4, 4, "°c"), "4 °c"),
        (Amount(2, 2, "¢"), "2¢"),
        (Amount(1, 1, "examples"), "1 example"),
        (Amount(5, 5, "CHF"), "5 CHF"),
        (Amount(500, float("inf"), "cars"), "500 or more cars"),
        (Amount(float("-inf"), 500, "cars"), "up to 500 cars"),
    ],
)
def test_amounts_in_words(amount: Amount, words: str) -> None:
    assert format_amount(amount) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (-3, "-3"), (1234567, "1.234567 million"), (2e9, "2 billion"), (0.1, "0.1"), (1e300, "1e+288 trillion")],
)
def test_numbers_in_words(value: float, words: str) -> None:
    assert format_number(value) == words


# The sample, with the recognisers' own marks


def test_the_trail_of_600_in_the_sample() -> None:
    knowledge = ThreadAnalysis(load(str(sample_path())))
    knowledge.index.build()
    knowledge.find_marks()
    marks = knowledge.marks
    assert marks is not None
    id = marks.id_of("number", "600 examples")
    assert id is not None
    if marks.entry(id).amount is None:
        pytest.skip("numbers have no amounts yet")
    claims = Claims(knowledge.index, marks)
    claims.build()
    found = build_trail(TrailSubject("number", "600 units", "600 units"), marks, claims)
    authors = [row if row is None else knowledge.index.author(row) for row in map(knowledge.index.row_of, items(found))]
    assert authors == [None, "yourbestsource"]
    given = {figure.label: figure.in_article > 0 for figure in found.figures}
    assert given["414"] is True
    assert given["around 100"] is False
    assert given["25–65 per month"] is False


def items(found: Trail) -> list[int]:
    return [line.item for line in found.lines]
