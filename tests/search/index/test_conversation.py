from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import pytest

from rumor_tui.marks.conversation import quotes, replies
from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.marks.conversation.replies import InferredReply
from rumor_tui.search import cooperative
from rumor_tui.search.index.conversation import find_conversation
from rumor_tui.search.index.texts import TextIndex
from tests.search.threads import make_thread

PASSAGE = "only 600 examples"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], list[str], list[int]]]:
    """What the finders of quotes and answers are asked; they know one passage and one name."""
    calls: list[tuple[list[str], list[str], list[int]]] = []

    def find_quotes(texts: Sequence[str], stop: Callable[[], bool], **_: int) -> list[Quote]:
        holding = [item for item, text in enumerate(texts) if PASSAGE in text]
        source, size = texts[holding[0]].index(PASSAGE), len(PASSAGE)
        return [
            Quote(item, at := texts[item].index(PASSAGE), at + size, holding[0], source, source + size, True)
            for item in holding[1:]
        ]

    def find_answers(
        texts: Sequence[str],
        authors: Sequence[str],
        parents: Sequence[int],
        quotes: Sequence[Quote],
        *,
        first_comment: int,
        byline: str,
        stop: Callable[[], bool],
    ) -> list[InferredReply]:
        calls.append((list(texts), list(authors), list(parents)))
        return [
            InferredReply(row, authors.index("Gabe"), "name", 0.9, 0, 4)
            for row in range(len(authors))
            if texts[first_comment + row].startswith("Gabe")
        ]

    monkeypatch.setattr(quotes, "find_quotes", find_quotes)
    monkeypatch.setattr(replies, "find_replies", find_answers)
    return calls


def index_of(bodies: list[str], authors: list[str | None]) -> TextIndex:
    thread = make_thread(bodies, authors, title="A title", pieces=[f"There are {PASSAGE}."])
    thread.parent = array("i", [-1, 0, -1][: len(bodies)])
    return TextIndex(thread)


@pytest.mark.parametrize("built", [True, False])
def test_offsets_are_those_of_the_whole_texts(built: bool, asked: list[tuple[list[str], list[str], list[int]]]) -> None:
    index = index_of([f"So {PASSAGE}?", f"Gabe, yes: {PASSAGE}.", "Well."], ["Gabe", "bmwblog", None])
    if built:
        index.build()
    conversation = find_conversation(index)
    assert asked == [
        (
            ["A title", f"There are {PASSAGE}.", f"So {PASSAGE}?", f"Gabe, yes: {PASSAGE}.", "Well."],
            ["Gabe", "bmwblog", ""],
            [-1, 0, -1],
        )
    ]
    assert sorted(conversation.quotes) == [2, 3]
    assert list(conversation.quoted) == [1]
    for quote in conversation.quoted[1]:
        assert quote in conversation.quotes[quote.item]
        assert index.item_text(quote.item)[quote.start : quote.end] == PASSAGE
        assert index.item_text(quote.source)[quote.source_start : quote.source_end] == PASSAGE
    (answer,) = conversation.answers.values()
    assert (answer.row, answer.to) == (1, 0)
    assert index.item_text(3)[answer.start : answer.end] == "Gabe"


def test_a_long_text_is_cut(asked: list[tuple[list[str], list[str], list[int]]]) -> None:
    find_conversation(index_of([f"{PASSAGE} {'x ' * 500}"], ["Gabe"]), longest=60)
    assert [len(text) for text in asked[0][0]] == [7, 28, 60]


def test_stopped_it_asks_nobody(
    asked: list[tuple[list[str], list[str], list[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    conversation = find_conversation(index_of(["x", "y"], [None, None]), stop=lambda: True)
    assert not conversation.quotes
    assert asked == []
