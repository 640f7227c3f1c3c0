"""How one side of an `or` is answered: what the index narrows down, what SQL decides, what is looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.library.search.facts import Fact, Test, as_list, condition_of, fact_of, in_list, test_of
from rumor_tui.library.search.stored_texts import StoredTexts
from rumor_tui.library.search.text_check import TextTerms, needs_marks
from rumor_tui.library.search.words import all_of, match_number, match_part, match_text, match_whole
from rumor_tui.search.query.ast import And, NameTerm, Not, NumberTerm, RegexTerm, Term, TextTerm

AND: Final = " AND "

NOT_READ: Final = "In threads that were not read yet, numbers and names are found only as they are typed."
"""The notice for queries by value."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Terms that must all hold.

    `texts` are those about texts, and `match` is a full-text expression for the texts in which they may hold, "" if the
    index cannot narrow that down; `whole` is one for those that have all that is looked for as whole words, which are
    the better ones. `by_facts` is what the index knows of the facts about comments. `conditions` is SQL over the row
    `c` of `comments`, and `tests` decide the rest. `number` is the number that comments are looked up by, where nothing
    else narrows them down.
    """

    texts: TextTerms
    facts: Sequence[tuple[Fact, bool]]
    match: str
    whole: str
    by_facts: str
    conditions: str
    parameters: Sequence[object]
    tests: Sequence[Test]
    number: NumberTerm | None = None
    notices: Sequence[str] = field(default=())

    def tiers(self, table: str, weights: str = "", *, least: float = 1.0, by_facts: str = "") -> list[tuple[str, str]]:
        """Full-text expressions for a table, the one for the better texts first, each with SQL for the weight of what
        it finds: at least `least` for whole words; `weights` are those of the table's columns. With "" everything is
        to be looked at."""
        rest = f"({self.match}){by_facts}" if self.match else by_facts.removeprefix(AND)
        if not self.whole:
            return [(rest, "1.0")]
        return [(f"({self.whole}){by_facts}", f"{least} - bm25({table}{weights})"), (rest, "0.5")]

    @property
    def needs_marks(self) -> bool:
        """Whether texts are looked at for numbers or names."""
        return needs_marks(self.texts)

    def says_of_others(self, *, notes: bool) -> bool:
        """Whether its facts may hold of an article, or of a note; those of threads are for SQL to decide."""
        own = [(fact.note if notes else fact.article, wanted) for fact, wanted in self.facts if not fact.threads]
        return all(says == wanted for says, wanted in own)

    def thread_conditions(self, column: str) -> tuple[str, list[object]]:
        """SQL for the threads that its facts speak of, whose ids are in a column; and its parameters."""
        parts, parameters = ["1"], list[object]()
        for fact, wanted in self.facts:
            if fact.threads:
                parts.append(f"{column} {'IN' if wanted else 'NOT IN'} ({fact.threads})")
                parameters += fact.parameters
        return " AND ".join(parts), parameters


def plan_branch(node: And | Not | Term, stored: StoredTexts) -> Branch:
    """Plan one side of an `or`."""
    parts = node.parts if isinstance(node, And) else (node,)
    terms = [(part.term, False) if isinstance(part, Not) else (part, True) for part in parts]
    known = [(fact_of(term, stored), term, wanted) for term, wanted in terms]
    texts = [(term, wanted) for fact, term, wanted in known if fact is None]
    facts = [(fact, wanted) for fact, _, wanted in known if fact is not None]
    by_facts = "".join(f"{AND}({fact.match})" for fact, wanted in facts if wanted and fact.match)
    match = all_of([_match_text(term, stored) for term, wanted in texts if wanted])
    number = None
    if not match and not by_facts:  # as typed, which is not all that is known of threads that were read
        number = next((term for term, wanted in texts if wanted and isinstance(term, NumberTerm)), None)
        match = all_of([_match_mark(term, stored) for term, wanted in texts if wanted])
    conditions, parameters, tests = _decided(facts, stored)
    return Branch(
        texts,
        facts,
        match,
        all_of([match_whole(term.text) for term, wanted in texts if wanted and isinstance(term, TextTerm)]),
        by_facts,
        conditions,
        parameters,
        tests,
        number,
        [fact.notice for fact, _ in facts if fact.notice],
    )


def _match_text(term: Term, stored: StoredTexts) -> str:
    """A full-text expression for the texts in which a term may hold; "" if the index cannot narrow that down."""
    if isinstance(term, TextTerm):
        return match_text(stored.connection, term.text)
    if isinstance(term, RegexTerm):
        from rumor_tui.search.query.expressions import required_substring

        part = required_substring(term.pattern)
        return match_part(stored.connection, part) if part else ""
    return ""


def _match_mark(term: Term, stored: StoredTexts) -> str:
    """A full-text expression for the texts in which a number or a name stands as it was typed."""
    if isinstance(term, NumberTerm):
        return match_number(stored.connection, term)
    return match_whole(term.value) if isinstance(term, NameTerm) else ""


def _decided(facts: Sequence[tuple[Fact, bool]], stored: StoredTexts) -> tuple[str, list[object], list[Test]]:
    """What SQL decides of the facts, with its parameters, and the tests of the rest."""
    conditions, parameters, tests = list[str](), list[object](), list[Test]()
    for fact, wanted in facts:
        if condition := condition_of(fact, wanted=wanted):
            conditions.append(f"({condition})")
            parameters += fact.parameters
        if test := test_of(fact, stored.connection, wanted=wanted):
            tests.append(test)
        if not fact.condition and fact.test is None and not wanted:
            conditions.append("0")  # what holds of every comment
    if stored.hidden:
        conditions.append(f"NOT {in_list('c.thread')}")
        parameters.append(as_list(stored.hidden))
    return " AND ".join(conditions), parameters, tests
