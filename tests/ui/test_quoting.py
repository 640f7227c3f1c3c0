"""How repeated passages are drawn: as quotations, with counts where they come from."""

from __future__ import annotations

import pytest

from rumor_tui.marks.conversation.quotes import Quote
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.outline import Outline
from rumor_tui.reading.quotes import ThreadQuotes
from rumor_tui.search.index.conversation import Conversation
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.ui.article_items import ArticleItems
from rumor_tui.ui.comment_items import CommentItems
from rumor_tui.ui.theme import DARK, palette
from tests.ui.helpers import sample, thread_of
from tests.ui.talking import Talking, talk_of_the_sample
from tests.ui.test_goldens import NOW, compare, rendered

PALETTE = palette(DARK)
WORDS = "six hundred cars will come to these shores"
THREAD = f"""
ann: They say that {WORDS}, no more.
bob: {WORDS}
cy: I read "{WORDS}" and do not believe it.
dan: nothing of the kind
"""
ARTICLE = Article("A title", pieces=["First piece.", f"One says: {WORDS}. So it is."])


def quoting_of(thread: Thread, make: Conversation | None = None) -> ThreadQuotes:
    index = TextIndex(thread)
    if make is not None:
        return ThreadQuotes(index, make)
    made = Talking(index)
    for row in range(3):
        made.quote(made.row(row), 2, WORDS)
    made.quote(made.row(2), made.row(0), WORDS)
    made.answer(1, 0, "quote", WORDS)
    return ThreadQuotes(index, made.conversation)


def comments_of(thread: Thread, quoting: ThreadQuotes) -> CommentItems:
    items = CommentItems(thread, Outline(thread.parent, thread.authors), PALETTE, now=NOW)
    items.quoting = quoting
    return items


def rows(items: CommentItems | ArticleItems, item: int, width: int = 58) -> list[str]:
    return [strip.text.rstrip() for strip in items.paint(item, width).strips]


@pytest.mark.parametrize("width", [40, 58, 100])
def test_the_sample_with_its_talk(width: int) -> None:
    thread = sample()
    items = comments_of(thread, quoting_of(thread, talk_of_the_sample(TextIndex(thread))))
    compare(f"talk_{width}", rendered(items, 7, width))


def test_a_paragraph_that_is_a_passage_is_a_quotation() -> None:
    thread = thread_of(THREAD, ARTICLE)
    items = comments_of(thread, quoting_of(thread))
    assert rows(items, 1, 80)[1] == f"   ┃ the article: {WORDS}"
    assert rows(items, 2, 80)[1].startswith('   I read "six')
    assert rows(items, 3, 80)[1] == "   nothing of the kind"


def test_a_passage_within_a_paragraph_only_looks_like_one() -> None:
    thread = thread_of(THREAD, ARTICLE)
    items = comments_of(thread, quoting_of(thread))
    row = items.paint(2, 100).strips[1]
    styled = "".join(segment.text for segment in row if segment.style and segment.style.italic)
    assert styled == WORDS


def test_punctuation_around_it_belongs_to_the_quotation() -> None:
    thread = thread_of(f'ann: {WORDS}\nbob: "{WORDS}."')
    made = Talking(TextIndex(thread))
    made.quote(made.row(1), made.row(0), WORDS)
    items = comments_of(thread, ThreadQuotes(made.index, made.conversation))
    assert rows(items, 1, 80)[1] == f'   ┃ ann: "{WORDS}."'


@pytest.mark.parametrize(
    ("lead", "named"),
    [
        ("ann said:", False),
        ("On Monday, Ann wrote:", False),
        ("Well.\nann:", False),
        ("As I said:", True),
        ("ann is right.", True),
        ("cid said:", True),
    ],
)
def test_who_is_named_just_before_is_not_named_twice(lead: str, named: bool) -> None:
    builder = ThreadBuilder(Article())
    builder.add(Draft(WORDS, author="ann"))
    builder.add(Draft(f"{lead}\n\n{WORDS}\n\nNot so.", author="bob"))
    thread = builder.build("plain")
    made = Talking(TextIndex(thread))
    made.quote(made.row(1), made.row(0), WORDS)
    painted = rows(comments_of(thread, ThreadQuotes(made.index, made.conversation)), 1, 80)
    assert (f"   ┃ ann: {WORDS}" if named else f"   ┃ {WORDS}") in painted


def test_the_offsets_of_a_quotation_are_those_of_its_text() -> None:
    thread = sample()
    items = comments_of(thread, quoting_of(thread, talk_of_the_sample(TextIndex(thread))))
    painted = items.paint(4, 50)
    text = TextIndex(thread).item_text(items.first_item + 4)
    for strip, start in zip(painted.strips[2:6], painted.offsets[2:6], strict=True):
        words = strip.text.strip(" ┃")
        assert text[start:].startswith(words)


def test_the_source_has_a_count_at_its_first_row() -> None:
    thread = thread_of(THREAD, ARTICLE)
    items = ArticleItems(thread, PALETTE)
    before = rows(items, 2, 70)
    items.quoting = quoting_of(thread)
    after = rows(items, 2, 70)
    assert [row for row in after if "❝" in row] == [after[0]]
    assert after[0].endswith("❝3")
    assert [row.removesuffix("❝3").rstrip() for row in after] == before
    assert not any("❝" in row for row in rows(items, 1))


def test_where_the_first_row_is_full_the_count_stands_below_and_no_text_moves() -> None:
    thread = thread_of("ann: nothing", Article("A title", pieces=["a" * 57 + " " + "b" * 30]))
    made = Talking(TextIndex(thread))
    made.conversation.quoted[1] = [Quote(2, 0, 5, 1, 0, 40, True)]
    items = ArticleItems(thread, PALETTE)
    before = rows(items, 1, 60)
    items.quoting = ThreadQuotes(made.index, made.conversation)
    assert rows(items, 1, 60)[0] == before[0]
    assert rows(items, 1, 60)[1].startswith(before[1]) and rows(items, 1, 60)[1].endswith("❝1")


def test_passages_that_overlap_are_one() -> None:
    thread = thread_of(THREAD, ARTICLE)
    conversation = Conversation()
    conversation.quoted[2] = [
        Quote(item, 0, 9, 2, start, end, True) for item, start, end in ((3, 0, 9), (4, 5, 12), (4, 20, 25))
    ]
    passages = ThreadQuotes(TextIndex(thread), conversation).passages(2)
    assert [(p.start, p.end, list(p.items)) for p in passages] == [(0, 12, [3, 4]), (20, 25, [4])]


@pytest.mark.parametrize(
    ("evidence", "words", "told"),
    [
        ("quote", WORDS, "likely answers ann #1, by quote (90 % sure)"),
        ("name", "six hundred", "likely answers ann #1, by name: “six hundred” (90 % sure)"),
        ("mention", "six", "likely answers ann #1, by @mention: “six” (90 % sure)"),
    ],
)
def test_whom_a_comment_answers_and_how_that_shows(evidence: str, words: str, told: str) -> None:
    thread = thread_of(THREAD, ARTICLE)
    made = Talking(TextIndex(thread)).answer(1, 0, evidence, words)  # type: ignore[arg-type]
    quoting = ThreadQuotes(made.index, made.conversation)
    answer = quoting.answer(1)
    assert answer is not None and quoting.answer_words(answer) == told
    assert rows(comments_of(thread, quoting), 1)[0].startswith(" ▾ bob ↳ ann?")


def test_an_answer_to_somebody_unsigned_names_the_comment() -> None:
    thread = thread_of(THREAD, ARTICLE)
    thread.authors = [None, *list(thread.authors)[1:]]
    made = Talking(TextIndex(thread)).answer(1, 0, "quote", WORDS)
    assert rows(comments_of(thread, ThreadQuotes(made.index, made.conversation)), 1)[0].startswith(" ▾ bob ↳ #1?")


def test_the_look_changes_only_where_there_is_something_to_see() -> None:
    thread = thread_of(THREAD, ARTICLE)
    items = comments_of(thread, ThreadQuotes(TextIndex(thread)))
    before = [items.state(row) for row in range(4)]
    items.quoting = quoting_of(thread)
    assert [items.state(row) != before[row] for row in range(4)] == [True, True, True, False]
