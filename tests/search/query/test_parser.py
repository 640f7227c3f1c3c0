"""What lines mean, and that a query that is written down means the same when it is read again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rumor_tui.search.query.ast import (
    CURRENCIES,
    And,
    ChoiceTerm,
    Compare,
    DateTerm,
    EmptyQuery,
    MeasureTerm,
    NameTerm,
    Node,
    Not,
    NumberLiteral,
    NumberTerm,
    Or,
    RegexTerm,
    Term,
    TextTerm,
)
from rumor_tui.search.query.operators import OPERATORS, SYNTAX_SIGNS
from rumor_tui.search.query.parser import parse_query, start_of_date
from rumor_tui.search.query.query import QueryError
from rumor_tui.search.query.unparse import unparse


def number(compare: Compare, low: str, high: str = "", unit: str = "") -> NumberTerm:
    return NumberTerm(compare, figure(low), figure(high) if high else None, unit)


def figure(text: str) -> NumberLiteral:
    digits = text.rstrip("kmbn")
    return NumberLiteral(digits, text[len(digits) :])


MEANINGS: list[tuple[str, Node]] = [
    ("", EmptyQuery()),
    ("  ", EmptyQuery()),
    ("didn't", TextTerm("didn't")),
    (" turbo engine ", TextTerm(" turbo engine ")),
    ('"turbo engine" 1M', And((TextTerm("turbo engine"), TextTerm("1M")))),
    ('say "hi', And((TextTerm("say"), TextTerm("hi")))),
    (r'"a \"b\" \\ c\d"', TextTerm('a "b" \\ c\\d')),
    ("-turbo engine", And((Not(TextTerm("turbo")), TextTerm("engine")))),
    ('-"turbo engine"', Not(TextTerm("turbo engine"))),
    ("turbo or diesel engine", Or((TextTerm("turbo"), TextTerm("diesel engine")))),
    ("a by:b or c", Or((And((TextTerm("a"), NameTerm("by", "b"))), TextTerm("c")))),
    ("/20(10|11)/ x", And((RegexTerm("20(10|11)"), TextTerm("x")))),
    ("/a\\/b c/i", RegexTerm("a/b c", caseless=True)),
    ("by:gabe", NameTerm("by", "gabe")),
    ("BY:gabe", NameTerm("by", "gabe")),
    ("By:600", NameTerm("by", "600")),
    ("Is:Op", ChoiceTerm("is", "op")),
    ('to:"Michael S"', NameTerm("to", "Michael S")),
    ('name:"Dr. Seg', NameTerm("name", "Dr. Seg")),
    ("-by:gabe", Not(NameTerm("by", "gabe"))),
    ("600", number("=", "600")),
    ("=600", number("=", "600")),
    ("600 units", TextTerm("600 units")),
    ("600 by:gabe", And((number("=", "600"), NameTerm("by", "gabe")))),
    ("600 700", And((number("=", "600"), number("=", "700")))),
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
    ("has:link", ChoiceTerm("has", "link")),
    ("is:OP", ChoiceTerm("is", "op")),
    ("in:article", ChoiceTerm("in", "article")),
    ("depth:<3", MeasureTerm("depth", "<", 3)),
    ("score:-5..5", MeasureTerm("score", "..", -5, 5)),
    ("before:2011-03", DateTerm("before", "2011-03")),
    ("after:2011-03-08", DateTerm("after", "2011-03-08")),
]


@pytest.mark.parametrize(("line", "node"), MEANINGS)
def test_lines_mean(line: str, node: Node) -> None:
    assert parse_query(line) == node


@pytest.mark.parametrize(
    "line",
    [
        "http://example.org/a?b=1", "12:30", "foo:bar", "a - b", "-", "--flag", "->", ":-)", "-_- x", '5"', 'a"b"c',
        '""', '" "', "or", "or a", "a or", "/usr/bin", "and/or", "//", "written by: Gabe", "1.2.3",
        "007", "2011-03-08", "1M", "5m", "3d", ">", ">a", ">> b", "$", "%", "..", "400.. x", "x:5%", "10am", "9" * 30,
    ],
)  # fmt: skip
def test_what_is_no_operator_is_text(line: str) -> None:
    assert parse_query(line) == TextTerm(line)


@pytest.mark.parametrize(
    ("line", "sentence", "position"),
    [
        ("by:", "by: wants an author, as in by:gabe", 3),
        ('x by:"', "by: wants an author, as in by:gabe", 5),
        ("x by:@", "by: wants an author, as in by:gabe", 5),
        ('-to:"@ "', "to: wants an author, as in to:gabe", 4),
        ("turbo is:", "is: wants a state, as in is:leaf", 9),
        ("is:lea", "is: takes op, deleted, folded, muted, leaf, root, guessed, new, unread, read, edited or marked", 3),
        ("-has:x", "has: takes number, name, link, quote, code, image or note", 5),
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
        parse_query(line)
    assert (str(raised.value), raised.value.position) == (sentence, position)


def test_many_plain_words_are_one_text() -> None:
    assert parse_query("word " * 1_000) == TextTerm("word " * 1_000)


@pytest.mark.parametrize(
    "example", [*(row.example for row in OPERATORS.values()), *(row.example for row in SYNTAX_SIGNS)]
)
def test_the_examples_of_the_table_are_valid(example: str) -> None:
    assert unparse(parse_query(example)) == example


def test_a_state_is_found_by_each_of_its_words() -> None:
    for operator in OPERATORS.values():
        for word in operator.choices:
            assert parse_query(f"{operator.name}:{word}") == ChoiceTerm(operator.name, word)


# What is written down is read again

texts = st.text(st.sampled_from("ab \"\\-/:or6%$>.~'’\n"), min_size=1, max_size=12).filter(str.strip)
names = st.text(st.sampled_from('ab "\\-:.6'), min_size=1, max_size=8).filter(lambda t: t.strip() not in ("", '"'))
figures = st.builds(
    NumberLiteral, st.from_regex(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})?|0|[1-9][0-9]{3})(?:\.[0-9]{1,2})?", fullmatch=True)
)
scaled = st.builds(NumberLiteral, st.sampled_from(["5", "1.5"]), st.sampled_from(["", "k", "m", "bn"]))
compares: st.SearchStrategy[Compare] = st.sampled_from(["=", ">", ">=", "<", "<=", "~"])
nouns = st.from_regex(r"[a-zäé][a-z0-9'-]{0,8}", fullmatch=True).filter(lambda noun: noun not in OPERATORS)
units = st.sampled_from(["", "%"]) | nouns


def compared(figures: st.SearchStrategy[NumberLiteral], units: st.SearchStrategy[str]) -> st.SearchStrategy[NumberTerm]:
    return st.builds(NumberTerm, compares, figures, st.none(), units) | st.builds(
        NumberTerm, st.just(".."), figures, figures, units
    )


def patterns(pattern: str) -> bool:
    """Whether it can stand between slashes: not blank, no slash that is escaped, no lone backslash at the end."""
    try:
        return parse_query(f"/{pattern}/") == RegexTerm(pattern)
    except QueryError:
        return False


terms: st.SearchStrategy[Term] = st.one_of(
    st.builds(TextTerm, texts),
    st.builds(
        RegexTerm, st.text(st.sampled_from("ab \\[](|)i*"), min_size=1, max_size=8).filter(patterns), st.booleans()
    ),
    st.just(RegexTerm("a/b /i c")),
    compared(figures, units),
    compared(scaled, st.sampled_from(CURRENCIES)),
    st.builds(NameTerm, st.sampled_from(["by", "to", "name"]), names),
    st.sampled_from([ChoiceTerm(o.name, word) for o in OPERATORS.values() for word in o.choices]),
    st.builds(MeasureTerm, st.sampled_from(["depth", "score"]), compares, st.integers(-99, 99)),
    st.builds(MeasureTerm, st.just("replies"), st.just(".."), st.integers(0, 9), st.integers(-9, 9)),
    st.builds(DateTerm, st.sampled_from(["before", "after"]), st.sampled_from(["2011", "2011-03", "2011-3-8"])),
)
parts: st.SearchStrategy[Term | Not] = terms | st.builds(Not, terms)
sides: st.SearchStrategy[And | Term | Not] = parts | st.builds(And, st.lists(parts, min_size=2, max_size=4).map(tuple))
nodes: st.SearchStrategy[Node] = (
    st.just(EmptyQuery()) | sides | st.builds(Or, st.lists(sides, min_size=2, max_size=3).map(tuple))
)


@given(nodes)
@example(And((TextTerm("a"), TextTerm("b"))))
@example(Not(TextTerm("or")))
@example(And((NumberTerm("=", NumberLiteral("600")), TextTerm("units"))))
def test_a_written_query_is_read_as_the_same(node: Node) -> None:
    assert parse_query(unparse(node)) == node


@given(st.text(st.sampled_from('ab "\\-/:or67%$>=<.~,é\n') | st.characters(), max_size=30))
@example('by:"')
@example("/\\/")
@example("İ:6")
def test_any_line_is_read_or_refused_with_a_sentence(line: str) -> None:
    try:
        node = parse_query(line)
    except QueryError as error:
        assert str(error)
        assert error.position is None or 0 <= error.position <= len(line)
    else:
        assert parse_query(unparse(node)) == node


@pytest.mark.parametrize(
    ("date", "seconds"), [("1970", 0), ("1970-01-02", 86_400), ("1970-2", 2_678_400), ("1970-02-30", None)]
)
def test_the_first_day_of_a_date(date: str, seconds: float | None) -> None:
    assert start_of_date(date) == seconds
