"""What lines mean, and that a query that is written down means the same when it is read again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rumor_tui.search.base import QueryError
from rumor_tui.search.parsing import first_day, parse
from rumor_tui.search.printing import written
from rumor_tui.search.terms import (
    CURRENCIES,
    OPERATORS,
    SIGNS,
    All,
    Choice,
    Compare,
    Either,
    Figure,
    Measure,
    Named,
    Node,
    Not,
    Nothing,
    Number,
    Pattern,
    Term,
    When,
    Words,
)


def number(compare: Compare, low: str, high: str = "", unit: str = "") -> Number:
    return Number(compare, figure(low), figure(high) if high else None, unit)


def figure(text: str) -> Figure:
    digits = text.rstrip("kmbn")
    return Figure(digits, text[len(digits) :])


MEANINGS: list[tuple[str, Node]] = [
    ("", Nothing()),
    ("  ", Nothing()),
    ("didn't", Words("didn't")),
    (" turbo engine ", Words(" turbo engine ")),
    ('"turbo engine" 1M', All((Words("turbo engine"), Words("1M")))),
    ('say "hi', All((Words("say"), Words("hi")))),
    (r'"a \"b\" \\ c\d"', Words('a "b" \\ c\\d')),
    ("-turbo engine", All((Not(Words("turbo")), Words("engine")))),
    ('-"turbo engine"', Not(Words("turbo engine"))),
    ("turbo or diesel engine", Either((Words("turbo"), Words("diesel engine")))),
    ("a by:b or c", Either((All((Words("a"), Named("by", "b"))), Words("c")))),
    ("/20(10|11)/ x", All((Pattern("20(10|11)"), Words("x")))),
    ("/a\\/b c/i", Pattern("a/b c", caseless=True)),
    ("by:gabe", Named("by", "gabe")),
    ("BY:gabe", Named("by", "gabe")),
    ("By:600", Named("by", "600")),
    ("Is:Op", Choice("is", "op")),
    ('to:"Michael S"', Named("to", "Michael S")),
    ('name:"Dr. Seg', Named("name", "Dr. Seg")),
    ("-by:gabe", Not(Named("by", "gabe"))),
    ("600", number("=", "600")),
    ("=600", number("=", "600")),
    ("600 units", Words("600 units")),
    ("600 by:gabe", All((number("=", "600"), Named("by", "gabe")))),
    ("600 700", All((number("=", "600"), number("=", "700")))),
    (">500", number(">", "500")),
    (">=1,500.25", number(">=", "1,500.25")),
    ("<3", number("<", "3")),
    ("~600", number("~", "600")),
    ("400..700", number("..", "400", "700")),
    ("$50k", number("=", "50k", unit="$")),
    ("$>50k", number(">", "50k", unit="$")),
    (">$5m", number(">", "5m", unit="$")),
    ("€400..$700", number("..", "400", "700", unit="€")),
    ("2%", number("=", "2", unit="%")),
    ("%>2", number(">", "2", unit="%")),
    ("<2%", number("<", "2", unit="%")),
    ("5km", number("=", "5", unit="km")),
    (">5m", number(">", "5", unit="m")),
    ("4..5km", number("..", "4", "5", unit="km")),
    ("units:600", number("=", "600", unit="units")),
    ("Units:>500", number(">", "500", unit="units")),
    ("units:400..700", number("..", "400", "700", unit="units")),
    ("has:link", Choice("has", "link")),
    ("is:OP", Choice("is", "op")),
    ("in:article", Choice("in", "article")),
    ("depth:<3", Measure("depth", "<", 3)),
    ("score:-5..5", Measure("score", "..", -5, 5)),
    ("before:2011-03", When("before", "2011-03")),
    ("after:2011-03-08", When("after", "2011-03-08")),
]


@pytest.mark.parametrize(("line", "node"), MEANINGS)
def test_lines_mean(line: str, node: Node) -> None:
    assert parse(line) == node


@pytest.mark.parametrize(
    "line",
    [
        "http://example.org/a?b=1", "12:30", "foo:bar", "a - b", "-", "--flag", "->", ":-)", "-_- x", '5"', 'a"b"c',
        '""', '" "', "or", "or a", "a or", "/usr/bin", "and/or", "//", "written by: Gabe", "1.2.3",
        "007", "2011-03-08", "1M", "5m", "3d", ">", ">a", ">> b", "$", "%", "..", "400.. x", "x:5%", "10am", "9" * 30,
    ],
)  # fmt: skip
def test_what_is_no_operator_is_text(line: str) -> None:
    assert parse(line) == Words(line)


@pytest.mark.parametrize(
    ("line", "sentence", "position"),
    [
        ("by:", "by: wants an author, as in by:gabe", 3),
        ('x by:"', "by: wants an author, as in by:gabe", 5),
        ("x by:@", "by: wants an author, as in by:gabe", 5),
        ('-to:"@ "', "to: wants an author, as in to:gabe", 4),
        ("turbo is:", "is: wants a state, as in is:leaf", 9),
        ("is:lea", "is: takes op, deleted, folded, muted, leaf, root or guessed", 3),
        ("-has:x", "has: takes number, name, link, quote, code or image", 5),
        ("in:here", "in: takes article or comments", 3),
        ("depth:deep", "depth: wants a number, as in depth:<3", 6),
        ("depth:>", "depth: wants a number, as in depth:<3", 6),
        ("before:2011-13", "before: wants a year, month or day, as in before:2011-03", 7),
        ("after:0000", "after: wants a year, month or day, as in after:2011-03-08", 6),
        ("units:>", "A number is missing after units:>", 7),
        ("$>", "A number is missing after $>", 2),
        ("400..", "A number is missing after 400..", 5),
        ("a -b " * 101, "The search has more than 200 words.", 500),
    ],
)
def test_what_stops_half_way_is_said(line: str, sentence: str, position: int) -> None:
    with pytest.raises(QueryError) as raised:
        parse(line)
    assert (str(raised.value), raised.value.position) == (sentence, position)


def test_many_plain_words_are_one_text() -> None:
    assert parse("word " * 1_000) == Words("word " * 1_000)


@pytest.mark.parametrize("example", [*(row.example for row in OPERATORS.values()), *(row.example for row in SIGNS)])
def test_the_examples_of_the_table_are_valid(example: str) -> None:
    assert written(parse(example)) == example


def test_a_state_is_found_by_each_of_its_words() -> None:
    for operator in OPERATORS.values():
        for word in operator.choices:
            assert parse(f"{operator.name}:{word}") == Choice(operator.name, word)


# What is written down is read again

texts = st.text(st.sampled_from("ab \"\\-/:or6%$>.~'’\n"), min_size=1, max_size=12).filter(str.strip)
names = st.text(st.sampled_from('ab "\\-:.6'), min_size=1, max_size=8).filter(lambda t: t.strip() not in ("", '"'))
figures = st.builds(
    Figure, st.from_regex(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})?|0|[1-9][0-9]{3})(?:\.[0-9]{1,2})?", fullmatch=True)
)
scaled = st.builds(Figure, st.sampled_from(["5", "1.5"]), st.sampled_from(["", "k", "m", "bn"]))
compares: st.SearchStrategy[Compare] = st.sampled_from(["=", ">", ">=", "<", "<=", "~"])
nouns = st.from_regex(r"[a-zäé][a-z0-9'-]{0,8}", fullmatch=True).filter(lambda noun: noun not in OPERATORS)
units = st.sampled_from(["", "%"]) | nouns


def compared(figures: st.SearchStrategy[Figure], units: st.SearchStrategy[str]) -> st.SearchStrategy[Number]:
    return st.builds(Number, compares, figures, st.none(), units) | st.builds(
        Number, st.just(".."), figures, figures, units
    )


def patterns(pattern: str) -> bool:
    """Whether it can stand between slashes: not blank, no slash that is escaped, no lone backslash at the end."""
    try:
        return parse(f"/{pattern}/") == Pattern(pattern)
    except QueryError:
        return False


terms: st.SearchStrategy[Term] = st.one_of(
    st.builds(Words, texts),
    st.builds(
        Pattern, st.text(st.sampled_from("ab \\[](|)i*"), min_size=1, max_size=8).filter(patterns), st.booleans()
    ),
    st.just(Pattern("a/b /i c")),
    compared(figures, units),
    compared(scaled, st.sampled_from(CURRENCIES)),
    st.builds(Named, st.sampled_from(["by", "to", "name"]), names),
    st.sampled_from([Choice(o.name, word) for o in OPERATORS.values() for word in o.choices]),
    st.builds(Measure, st.sampled_from(["depth", "score"]), compares, st.integers(-99, 99)),
    st.builds(Measure, st.just("replies"), st.just(".."), st.integers(0, 9), st.integers(-9, 9)),
    st.builds(When, st.sampled_from(["before", "after"]), st.sampled_from(["2011", "2011-03", "2011-3-8"])),
)
parts: st.SearchStrategy[Term | Not] = terms | st.builds(Not, terms)
sides: st.SearchStrategy[All | Term | Not] = parts | st.builds(All, st.lists(parts, min_size=2, max_size=4).map(tuple))
nodes: st.SearchStrategy[Node] = (
    st.just(Nothing()) | sides | st.builds(Either, st.lists(sides, min_size=2, max_size=3).map(tuple))
)


@given(nodes)
@example(All((Words("a"), Words("b"))))
@example(Not(Words("or")))
@example(All((Number("=", Figure("600")), Words("units"))))
def test_a_written_query_is_read_as_the_same(node: Node) -> None:
    assert parse(written(node)) == node


@given(st.text(st.sampled_from('ab "\\-/:or67%$>=<.~,é\n') | st.characters(), max_size=30))
@example('by:"')
@example("/\\/")
@example("İ:6")
def test_any_line_is_read_or_refused_with_a_sentence(line: str) -> None:
    try:
        node = parse(line)
    except QueryError as error:
        assert str(error)
        assert error.position is None or 0 <= error.position <= len(line)
    else:
        assert parse(written(node)) == node


@pytest.mark.parametrize(
    ("date", "seconds"), [("1970", 0), ("1970-01-02", 86_400), ("1970-2", 2_678_400), ("1970-02-30", None)]
)
def test_the_first_day_of_a_date(date: str, seconds: float | None) -> None:
    assert first_day(date) == seconds
