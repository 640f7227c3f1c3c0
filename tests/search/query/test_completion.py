"""What is offered for the word that is being typed."""

from __future__ import annotations

import pytest

from rumor_tui.search.index.mark_index import Entry
from rumor_tui.search.query.completion import complete_query
from rumor_tui.search.query.parser import last_word_start

ENTRIES = (
    Entry("name", "person", "Segler", "Dr. Segler", 3, 1),
    Entry("number", "quantity", "600 units", "600 units", 2, 1),
    Entry("number", "number", "600", "600", 2, 0),
    Entry("name", "name", "by:line", "by:line", 1, 0),
    Entry("name", "name", "BMW", "BMW", 9, 0),
)
PEOPLE = (("Gabe", "gabe", 2), ("bmwblog", "bmwblog", 2), ("Michael S", "michael s", 1))


def narrow(text: str) -> list[Entry]:
    return [entry for entry in ENTRIES if text.lower() in entry.label.lower()]


def offered(line: str, *, plain: bool = False) -> list[str]:
    return [offer.line for offer in complete_query(line, narrow, lambda: PEOPLE, plain=plain)]


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("", ["Dr. Segler", "600 units", "600", '"by:line"', "BMW"]),
        ("b", ["by:", "before:", '"by:line"', "BMW"]),
        ("seg", ["Dr. Segler"]),
        ("Dr. Seg", ["Dr. Segler"]),
        ("-d", ["-depth:"]),
        ("by:gabe 600 u", ["by:gabe 600 units"]),
        ("turbo or i", ["turbo or is:", "turbo or in:", "turbo or 600 units", 'turbo or "by:line"']),
        ("is:le", ["is:leaf"]),
        ("-is:", [f"-is:{name}" for name in (
            "op", "deleted", "folded", "muted", "leaf", "root", "guessed", "new", "unread", "read", "edited", "marked",
        )]),
        ("x by:", ["x by:Gabe", "x by:bmwblog", 'x by:"Michael S"']),
        ("by:M", ['by:"Michael S"', "by:bmwblog"]),
        ('to:"Mich', ['to:"Michael S"']),
        ("name:se", ['name:"Dr. Segler"']),
        ("name:6", []),
        ("depth:", []),
        ("before:2", []),
        ("zz", []),
    ],
)  # fmt: skip
def test_what_is_offered(line: str, lines: list[str]) -> None:
    assert offered(line) == lines


def test_an_expression_is_no_language() -> None:
    assert offered("b", plain=True) == ["by:line", "BMW"]
    assert offered("is:", plain=True) == []


def test_an_offer_says_what_it_is() -> None:
    assert [(offer.label, offer.note) for offer in complete_query("is:l", narrow, lambda: PEOPLE)] == [
        ("leaf", " without replies")
    ]
    assert [(o.label, o.note) for o in complete_query("by:g", narrow, lambda: PEOPLE)] == [
        ("Gabe", " ×2"),
        ("bmwblog", " ×2"),
    ]
    assert [(o.label, o.note, o.count) for o in complete_query("dr.", narrow, lambda: PEOPLE)] == [
        ("Dr. Segler", " ×3", 3)
    ]


def test_names_are_not_folded_at_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def fold(text: str) -> str:
        folded.append(text)
        return text.lower()

    monkeypatch.setattr("rumor_tui.search.query.completion.fold", fold)
    assert offered("by:G") == ["by:Gabe", "by:bmwblog"]
    assert folded == ["G"]


@pytest.mark.parametrize(
    ("line", "word", "words"),
    [("", 0, 0), ("ab", 0, 0), ("ab cd", 3, 0), ("ab ", 3, 0), ("by:a b c", 7, 5), ("b by:", 2, 2), ('a "b c', 2, 2),
     ("a or b", 5, 5), ("600 u", 4, 0), ("by:a ", 5, 5)],
)  # fmt: skip
def test_where_the_word_starts_that_is_being_typed(line: str, word: int, words: int) -> None:
    assert (last_word_start(line), last_word_start(line, plain=True)) == (word, words)
