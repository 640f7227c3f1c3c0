"""Search, people and replies in several discussions that are read as one."""

from __future__ import annotations

from array import array

import pytest

from rumor_tui.joined import Part, join_threads
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.reading.worker import Analysis
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.authors import list_participants, rows_by_author
from rumor_tui.search.inferred_tree import inferred_parents
from rumor_tui.search.query.query import Query

PASSAGE = "the plant will build the car for eight months and not for a single day longer than that"


def discussion(title: str, poster: str, *drafts: Draft) -> Thread:
    builder = ThreadBuilder(Article(title, byline=poster))
    for draft in drafts:
        builder.add(draft)
    return builder.build("plain")


def joined() -> Thread:
    """Rows: 0 is Hacker News, 1 to 4 its comments, 5 is Reddit, 6 to 9 its comments."""
    news = discussion(
        "The story",
        "pg",
        Draft("Only 600 units will come.", "gabe"),
        Draft(f"They say that {PASSAGE}.", "ann", 0),
        Draft("@gabe that is not what my dealer told me.", "zoe"),
        Draft("Thanks for the story.", "pg"),
    )
    reddit = discussion(
        "A post",
        "ann",
        Draft("It is 414 and no more.", "gabe"),
        Draft("@gabe are you sure?", "rx7"),
        Draft(f"I read on another site that “{PASSAGE}”. What now?", "bob"),
        Draft("@zoe nobody here is called so.", "bob"),
    )
    article = Article("About 600 cars", byline="gabe", pieces=["There will be 600 units."])
    return join_threads(article, [Part("Hacker News", news), Part("Reddit", reddit)])


def found(query: str) -> list[int]:
    """The rows that a query finds, once all is known of the thread."""
    thread = joined()
    matches = Analysis(thread, lambda news: None).find_all(Query(query))
    first = matches.index.first_comment
    return [row for row, held in enumerate(matches.items()[first:]) if held]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("by:gabe", [1, 6]),
        ('by:"gabe (Reddit)"', [6]),
        ('by:"gabe (Hacker News)"', [1]),
        ("by:rx7", [7]),
        ("by:an", [2, 5]),
        ('to:"gabe (Reddit)"', [7]),
        ('to:"gabe (Hacker News)"', [2, 3]),
        ("is:op", [0, 4, 5]),
        ("depth:0 -is:op", [1, 3, 6, 7, 8, 9]),
        ("is:root", [1, 3, 4, 6, 7, 8, 9]),
        ("units", [1]),
        ("story", [0, 4]),
    ],
)
def test_queries(query: str, rows: list[int]) -> None:
    assert found(query) == rows


def test_people_of_one_name_are_two() -> None:
    people = {person.name: list(person.rows) for person in list_participants(joined())}
    assert people == {
        "gabe (Hacker News)": [1],
        "gabe (Reddit)": [6],
        "ann (Hacker News)": [2],
        "ann (Reddit)": [5],
        "pg": [0, 4],
        "bob": [8, 9],
        "zoe": [3],
        "rx7": [7],
    }
    assert list(rows_by_author(joined(), "gabe (Reddit)")) == [6]
    analysis = ThreadAnalysis(joined())
    assert "gabe" in analysis.people  # as texts call both
    assert analysis.people_count == 8


def test_replies_stay_within_a_discussion_and_quotes_do_not() -> None:
    analysis = ThreadAnalysis(joined())
    analysis.index.build()
    analysis.find_conversation()
    conversation = analysis.conversation
    assert conversation is not None
    assert {row: answer.to for row, answer in conversation.answers.items()} == {3: 1, 7: 6}
    first = analysis.index.first_comment
    quotes = [quote for quotes in conversation.quotes.values() for quote in quotes]
    assert [(quote.item - first, quote.source - first) for quote in quotes if quote.source >= first] == [(8, 2)]


def test_what_is_inferred_of_a_discussion_is_what_it_is_alone() -> None:
    thread = joined()
    whole = ThreadAnalysis(thread)
    whole.find_conversation()
    assert whole.conversation is not None
    for top, end in ((0, 5), (5, 10)):
        rows = range(top + 1, end)
        parents = [above - top - 1 if above > top else -1 for above in thread.parent[top + 1 : end]]
        alone = thread.select(rows, parents)
        alone.article = Article(thread.article.title, byline=thread.authors[top], pieces=thread.article.pieces)
        alone.discussions, alone.told_apart = [None] * len(rows), ()
        part = ThreadAnalysis(Thread(alone.article, alone.parent, list(alone.authors), list(alone.bodies), [9] * 4))
        part.find_conversation()
        assert part.conversation is not None
        inside = {row - top - 1: a.to - top - 1 for row, a in whole.conversation.answers.items() if top < row < end}
        assert inside == {row: answer.to for row, answer in part.conversation.answers.items()}


def test_the_inferred_tree_moves_the_top_level_of_each_discussion() -> None:
    analysis = ThreadAnalysis(joined())
    analysis.find_conversation()
    assert analysis.conversation is not None
    thread = joined()
    parents = inferred_parents(thread.parent, analysis.conversation.answers, [0, 5])
    assert parents == array("i", [-1, 0, 1, 1, 0, -1, 5, 6, 5, 5])
