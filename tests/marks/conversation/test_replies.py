"""Whom comments answer: a table of ways to say it, what is no evidence, and how it fares on labelled pages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks.conversation.participants import Participants
from rumor_tui.marks.conversation.quotes import find_quotes
from rumor_tui.marks.conversation.replies import InferredReply, find_replies
from rumor_tui.model import Thread
from rumor_tui.readers import read_path
from rumor_tui.search.index.conversation import find_conversation
from rumor_tui.search.index.texts import TextIndex

HERE = Path(__file__).parents[1]
PROJECT = HERE.parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus"

TALK = (
    ("Gabe", "And there it is. Thanks for that. The post has been updated."),
    ("JRobUSC", "The car that filmed the video has a dashboard like a V8 Benz, but it got walked by the coupe."),
    ("Dr. Anna Webbär", "There will be between 25 and 65 units produced each month from March on."),
    ("goat", "The torque of this engine is doing its magic at every light."),
    ("Guest", "Nobody will ever sell one of those for less than it cost."),
    ("rooftop59", "Speakers in the ceiling work very well for films."),
)
"""Who said what, in this order."""


def answers(text: str, author: str = "Michael", parent: int = -1) -> list[InferredReply]:
    """The answers told by a last comment."""
    texts = ["Production rumors", "The article is about something else.", *(said for _, said in TALK), text]
    authors = [*(name for name, _ in TALK), author]
    parents = [-1] * len(TALK) + [parent]
    found = find_quotes(texts, first_comment=2)
    return find_replies(texts, authors, parents, found, first_comment=2)


CASES: dict[str, tuple[str, str, str]] = {
    # mentions
    "@Gabe I will not say more.": ("Gabe", "mention", "Gabe"),
    "Thank you for all of it @gabe. It is true.": ("Gabe", "mention", "gabe"),
    "Thanks @gabe for all of it.": ("Gabe", "mention", "gabe"),
    "Nice to know. @gabe do you know the engine?": ("Gabe", "mention", "gabe"),
    "Nice to know.\n\n@gabe do you know the engine?": ("Gabe", "mention", "gabe"),
    "What @gabe says!": ("Gabe", "mention", "gabe"),
    "I agree with @gabe on the dashboard.": ("Gabe", "mention", "gabe"),
    "@ Webbär\nHow many in all?": ("Dr. Anna Webbär", "mention", "Webbär"),
    "^ this": ("rooftop59", "mention", "^ "),
    "I read comment #2 again, and it is right.": ("JRobUSC", "mention", "2"),
    # names
    "Gabe, I won’t get into the specifics here.": ("Gabe", "name", "Gabe"),
    "Thanks Gabe, that helps.": ("Gabe", "name", "Gabe"),
    "Hi gabe\n\nThat helps.": ("Gabe", "name", "gabe"),
    "JBRobUSC – That is what I got out of it.": ("JRobUSC", "name", "JBRobUSC"),
    "Jrobusc- so it was.": ("JRobUSC", "name", "Jrobusc"),
    "Liebe Frau Dr. Webbaer,\nso ist es.": ("Dr. Anna Webbär", "name", "Dr. Webbaer"),
    "Reply to JRobUSC: no.": ("JRobUSC", "name", "JRobUSC"),
    "I agree with JRobUSC on the dashboard.": ("JRobUSC", "name", "JRobUSC"),
    "What Gabe said.": ("Gabe", "name", "Gabe"),
    "Nice to know.\n\nJRobUSC do you know the engine?": ("JRobUSC", "name", "JRobUSC"),
    "What a list, Gabe!": ("Gabe", "name", "Gabe"),
    # quotes
    "JRobUSC wrote:\n\na dashboard like a V8 Benz\n\nNo.": ("JRobUSC", "quote", "a dashboard like a V8 Benz"),
    "Originally posted by goat:\n\nits magic at every light\n\nTrue.": ("goat", "quote", "its magic at every light"),
    "On 10/29/2025, Guest said:\n\nNobody will ever sell one\n\nI shall.": ("Guest", "quote", "Guest"),
    "rooftop59:\n\nSpeakers in the ceiling\n\nNot at home.": ("rooftop59", "quote", "rooftop59"),
    "> units produced each month\n\nWhere is that from, and who says so?": (
        "Dr. Anna Webbär",
        "quote",
        "units produced each month",
    ),
    "“There will be between 25 and 65 units produced each month”\nSays who, and since when?": (
        "Dr. Anna Webbär",
        "quote",
        "There will be between 25 and 65 units produced each month",
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_whom_a_comment_answers(text: str) -> None:
    (answer,) = answers(text)
    name, evidence, shown = CASES[text]
    assert (TALK[answer.to][0], answer.evidence, text[answer.start : answer.end]) == (name, evidence, shown)
    assert answer.row == len(TALK)
    assert 0 < answer.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "And there it is.",
        "The goat was in the garden.",
        "goats, all of them.",
        "Guest, come in.",
        "Somebody, anybody?",
        "@nobody knows.",
        "I like it that both you and @Gabe wrote about it.",
        "It is quoted in @Gabe s post of yesterday.",
        "The proposal by @Gabe to take more of them is good.",
        "There are more in the list of @Gabe, by the way.",
        "It has eight cylinders, like @Gabe said.",
        "It has eight cylinders. @Gabe said so.",
        "Mistake #6: a list is better.",
        "Gabriel, is that you?",
        "Gabe wrote:\n\nsomething that stands on another page\n\nNo.",
        "The post has been updated. And there it is. Thanks for that.",
    ],
)
def test_without_evidence_nothing_is_claimed(text: str) -> None:
    assert answers(text) == []


def test_nobody_answers_themselves() -> None:
    assert answers("Gabe, Gabe, Gabe.", author="Gabe") == []
    assert answers(f"{TALK[1][1]}\n\nI said so, and I still stand by it.", author="JRobUSC") == []


def test_of_several_comments_the_last_one_is_meant_unless_a_quote_tells() -> None:
    texts = ["", "It has eight cylinders and a manual gearbox.", "Sorry, six it is."]
    authors = ["ann", "ann", "ben", "ben"]
    plain = "ann, are you sure of that?"
    quoting = "ann wrote:\n\neight cylinders and a manual gearbox\n\nReally?"
    said = [*texts, plain, quoting]
    found = find_replies(said, authors, [-1] * 4, find_quotes(said, first_comment=1), first_comment=1)
    assert [(answer.row, answer.to) for answer in found] == [(2, 1), (3, 0)]


def test_the_page_is_believed_unless_another_is_plainly_addressed() -> None:
    assert answers("Gabe, I won’t say.", parent=0) == []
    assert answers("I agree with JRobUSC.", parent=0) == []
    assert answers("@Gabe No.", parent=0) == []


def test_in_a_branch_another_may_be_addressed() -> None:
    texts = ["", "One thing.", "Another thing.", "@ben A third thing.", "@cid Elsewhere."]
    found = find_replies(texts, ["ann", "ben", "cid", "dan"], [-1, 0, 0, 0], [], first_comment=1)
    assert [(answer.row, answer.to) for answer in found] == [(2, 1), (3, 2)]
    assert find_replies(texts, ["ann", "ben", "cid", "dan"], [-1, -1, 0, 0], [], first_comment=1)[0].row == 3


NESTED = (("Swantje Bernsmann", "Thank you, and all the best to you.", 0), ("ben", "It took me a year.", -1))
"""Who said what on a page that tells who answers whom, and which row that answers; below a first comment by Ann."""


def told_on_nested(text: str, byline: str = "Swantje Bernsmann") -> list[int]:
    """What a new comment at the top level answers there."""
    texts = ["A title", "I like it a lot.", *(said for _, said, _ in NESTED), text]
    authors = ["Ann", *(name for name, _, _ in NESTED), "dan"]
    parents = [-1, *(parent for _, _, parent in NESTED), -1]
    quotes = find_quotes(texts, first_comment=1)
    return [a.to for a in find_replies(texts, authors, parents, quotes, first_comment=1, byline=byline)]


@pytest.mark.parametrize(
    "text",
    [
        "Liebe Swantje, so ist es.",
        "Hi Swantje,\n\nI just made it.",
        "Swantje – I was wondering about that.",
        "Hey there Swantje! I found it.",
        "What a list, Swantje!",
        "@Swantje How long does it take?",
        "Hi Ben, so it was.",
        "^ this",
        "I read comment #2 again, and it is right.",
    ],
)
def test_where_the_page_tells_a_new_comment_speaks_to_the_article(text: str) -> None:
    assert told_on_nested(text) == []


@pytest.mark.parametrize("text", ["@ben So it did.", "ben wrote:\n\nIt took me a year.\n\nSo it did."])
def test_but_for_a_mention_or_a_quote(text: str) -> None:
    assert told_on_nested(text) == [2]


def test_who_answers_most_is_the_host_of_a_page_without_a_byline() -> None:
    texts = ["", *(f"Remark {n}." for n in range(6)), "@amber How long?", "@eve How long?"]
    authors = ["ann", "amber", "eve", "amber", "cid", "amber", "dan", "dan"]
    parents = [-1, 0, -1, 2, -1, 4, -1, -1]
    found = find_replies(texts, authors, parents, [], first_comment=1)
    assert [(answer.row, answer.to) for answer in found] == [(7, 2)]


def test_the_author_of_an_article_is_greeted_for_it_unless_they_just_spoke() -> None:
    def told(authors: list[str]) -> list[int]:
        texts = ["", *("Something." for _ in authors), "Hi Gabe, well done."]
        everyone = [*authors, "dan"]
        parents = [-1] * len(everyone)
        return [a.to for a in find_replies(texts, everyone, parents, [], first_comment=1, byline="Gabe")]

    assert told(["ann", "Gabe"]) == [1]
    assert told(["Gabe", "ann"]) == []


def test_the_sample() -> None:
    index = index_of(PROJECT / "seeds" / "bmw-1m-production-rumors.txt")
    found = find_conversation(index).answers
    assert {row: (found[row].to, found[row].evidence) for row in (4, 5)} == {4: (2, "quote"), 5: (3, "name")}
    start, end = found[5].start, found[5].end
    assert index.item_text(index.first_comment + 5)[start:end] == "JBRobUSC"


def test_work_that_is_stopped_ends() -> None:
    assert find_replies(["", "x", "@ann y"], ["ann", "ben"], [-1, -1], [], first_comment=1, stop=lambda: True) == []


NAMES = ("ann", "Ben", "JRobUSC", "Dr. Webbär", "", "goat", "_")
SIGNS = st.sampled_from(["@", ", ", "\n", " wrote:\n\n", "- ", " ", "“", "”", ">>1", "^^", "#2 ", "hi "])


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES) | SIGNS).map("".join)), max_size=6))
def test_answers_are_of_earlier_rows_by_others(talk: list[tuple[str, str]]) -> None:
    texts, authors = ["", *(text for _, text in talk)], [name for name, _ in talk]
    found = find_replies(texts, authors, [-1] * len(talk), find_quotes(texts, first_comment=1), first_comment=1)
    assert len({answer.row for answer in found}) == len(found)
    persons = Participants(authors).persons
    for answer in found:
        assert 0 <= answer.to < answer.row
        assert persons[answer.to] != persons[answer.row] or persons[answer.row] < 0
        assert 0 <= answer.start < answer.end <= len(texts[answer.row + 1])


class Score(NamedTuple):
    """Answers told, those of them that are right, and those that there are to tell."""

    told: int
    right: int
    wanted: int


def index_of(path: Path) -> TextIndex:
    """The texts of a thread in a file."""
    thread = read_path(str(path))
    assert isinstance(thread, Thread)
    return TextIndex(thread)


def scores() -> Iterator[Score]:
    """The score of each labelled row; a row of which the text does not tell counts only where it is right."""
    lines = (HERE / "answers_labels.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, dict[int, InferredReply]] = {}
    for label in csv.DictReader((line for line in lines if line[:1] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE):
        file = label["file"]
        if file not in found:
            found[file] = find_conversation(index_of((PROJECT if file.startswith("seeds/") else CORPUS) / file)).answers
        answer = found[file].get(int(label["row"]))
        fits = answer is not None and str(answer.to) in (label["answers"], *label["also"].split(","))
        wanted = label["answers"].isdigit()
        if fits or label["answers"] != "?":
            yield Score(answer is not None, fits, wanted)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")
def test_on_labelled_pages_it_is_mostly_right() -> None:
    rows = list(scores())
    told, right = sum(row.told for row in rows), sum(row.right for row in rows)
    wanted, found = sum(row.wanted for row in rows), sum(row.wanted and row.right for row in rows)
    assert right / told >= 0.90
    assert found / wanted >= 0.60
