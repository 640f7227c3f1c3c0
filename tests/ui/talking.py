"""Made-up conversations for tests of the screen: who quotes whom and who answers whom, found by looking for the
words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.marks.conversation.replies import InferredReply, ReplyEvidence
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.index.texts import TextIndex
from tests.ui.helpers import reader


class Talking:
    """Collects what is said in a thread; `conversation` is the outcome. Items are counted as the index does, rows are
    rows."""

    def __init__(self, index: TextIndex) -> None:
        self.index = index
        self.conversation = Conversation()

    def row(self, row: int) -> int:
        """The item of a comment."""
        return self.index.first_comment + row

    def quote(self, item: int, source: int, words: str, *, exact: bool = True) -> Talking:
        """`item` repeats the words of `source`."""
        start, there = (self.index.item_text(one).index(words) for one in (item, source))
        quote = Quote(item, start, start + len(words), source, there, there + len(words), exact)
        self.conversation.quotes.setdefault(item, []).append(quote)
        self.conversation.quoted.setdefault(source, []).append(quote)
        return self

    def answer(self, row: int, to: int, evidence: ReplyEvidence, words: str, confidence: float = 0.9) -> Talking:
        """A comment answers another one, as these words of it tell."""
        start = self.index.item_text(self.row(row)).index(words, self.index.body_start(self.row(row)))
        self.conversation.answers[row] = InferredReply(row, to, evidence, confidence, start, start + len(words))
        return self


def talk_of_the_sample(index: TextIndex) -> Conversation:
    """What there is in the sample: the fifth comment quotes and answers the third, the sixth names the fourth."""
    words = index.item_text(index.first_comment + 2)[index.body_start(index.first_comment + 2) :]
    made = Talking(index)
    made.quote(made.row(4), made.row(2), words)
    made.answer(4, 2, "quote", words, 0.97)
    made.answer(5, 3, "name", "JBRobUSC –", 0.93)
    return made.conversation


def let_talk(pilot: Pilot[None], make: Callable[[TextIndex], Conversation] = talk_of_the_sample) -> None:
    """Have it become known to the screen who speaks to whom."""
    screen = reader(pilot)
    screen.session.analysis.knowledge.conversation = make(screen.session.analysis.index)
    screen.change(screen.session.conversation.look)


@pytest.fixture
def only_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing the texts finds nothing: there is only what `let_talk` tells."""

    def find_conversation(known: ThreadAnalysis, *_: object) -> None:
        known.conversation = known.conversation or Conversation()

    monkeypatch.setattr(ThreadAnalysis, "find_conversation", find_conversation)
