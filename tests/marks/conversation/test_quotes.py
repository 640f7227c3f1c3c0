"""What counts as a passage that is said again, and what holds for any texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks.conversation import quotes
from rumor_tui.marks.conversation.quotes import MAX_REPEATS, Quote, find_quotes
from rumor_tui.marks.conversation.shingles import Shingles, WordPositions, folded_words, word_positions
from rumor_tui.model import Thread
from rumor_tui.readers import read_path
from rumor_tui.search.index.texts import TextIndex

SAMPLE = Path(__file__).parents[3] / "seeds" / "bmw-1m-production-rumors.txt"

ARTICLE = (
    "Production rumors",
    "Our friends recently posted that the US was only going to see 600 examples of the 1M on these shores. It didn ‘t"
    " take long for people to do the math and realize that this means only two cars per dealer at most.",
)
FIRST = "The numbers will be fluid if the official word from the importer is anything to go by. We would see 100 cars."


def passages(*comments: str) -> list[tuple[int, str, int, bool]]:
    """For each quote: the comment, what it repeats as it writes it, the item of the source (-1: article), if exact."""
    texts = [*ARTICLE, *comments]
    found = find_quotes(texts, first_comment=len(ARTICLE))
    return [(q.item - 2, texts[q.item][q.start : q.end], q.source - 2, q.exact) for q in found]


CASES: dict[str, tuple[str, str, int, bool]] = {
    "a line of its own, then an answer": (
        "We would see 100 cars.\n\nWho says so?",
        "We would see 100 cars.",
        0,
        True,
    ),
    "in quotation marks": (
        "Why “the official word from the importer”, and whose is it?",
        "the official word from the importer",
        0,
        True,
    ),
    "other quotes and dashes, torn apostrophes": (
        "“It didn't take long for people to do the math and realize that this means only two cars per dealer”? No.",
        "It didn't take long for people to do the math and realize that this means only two cars per dealer",
        -1,
        True,
    ),
    "a word left out": (
        "The numbers will be fluid if the word from the importer is anything to go by.\n\nHm.",
        "The numbers will be fluid if the word from the importer is anything to go by.",
        0,
        False,
    ),
    "an ellipsis in the middle": (
        "Our friends recently posted that … the US was only going to see … of the 1M on these shores.\n\nNot so.",
        "Our friends recently posted that … the US was only going to see … of the 1M on these shores.",
        -1,
        False,
    ),
    "other capitals and stops": (
        "THE NUMBERS WILL BE FLUID, if the official word from the importer is anything to go by!\n\nHm.",
        "THE NUMBERS WILL BE FLUID, if the official word from the importer is anything to go by",
        0,
        False,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_repeated_passage_is_found(case: str) -> None:
    text, said, source, exact = CASES[case]
    assert passages(FIRST, text) == [(1, said, source, exact)]


@pytest.mark.parametrize(
    "text",
    [
        "I do not know if it is going to be what we would like it to be.",
        "Production rumors",  # the title
        "They say the official word from the importer changes",  # a few words within a sentence
        "100 cars",
        "",
    ],
)
def test_what_chance_or_habit_repeats_is_no_quote(text: str) -> None:
    assert passages(FIRST, "I do not know if it is so.", text) == []


THANKS = "Thank you so much for the great review of the worst list ever!"
"""What is said of many a page."""


@pytest.mark.parametrize(
    "text",
    [
        "This is the worst list ever! My ten would be quite others.",
        "Thank you so much for the great review!\n\nI am glad to read it.",
        "Thank you so much for the great review",
        "Hi Bebs,\n\nI just made this frosting and it is very good.",
    ],
)
def test_greetings_thanks_and_commonplaces_are_no_quotes(text: str) -> None:
    said = (
        THANKS,
        "Where is he?\n\nThis is the worst list ever!",
        "Hi Bebs,\n\nI have just made this frosting and it is incredible.",
        "Something in between.",
    )
    assert passages(*said, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“Thank you so much for the great review of the worst list ever”\n\nWhose?",
        "Bebs wrote:\n\nThank you so much for the great review of the worst list ever!\n\nWhose?",
        "> Thank you so much for the great review of the worst list ever!\n\nWhose?",
    ],
)
def test_with_a_sign_of_quotation_they_are(text: str) -> None:
    assert [found[0::2] for found in passages(THANKS, "Something in between.", text)] == [(2, 0)]


def test_a_few_words_with_an_answer_below_are_a_quote() -> None:
    said = "Program membership is not required."
    (found,) = passages(f"{said} And there is more to say.", "Something in between.", f"{said}\n\nIt was last year.")
    assert found == (2, said, 0, True)


@pytest.mark.parametrize("text", [FIRST, f"{FIRST} Yes.", f"Well, {FIRST}"])
def test_a_comment_copied_whole_is_no_quote(text: str) -> None:
    assert passages(FIRST, "Something in between.", text) == []


def test_a_signature_under_many_comments_is_no_quote() -> None:
    signature = "\n\nSent from my beloved typewriter while travelling through Patagonia"
    comments = [f"Remark number {n}, of which there are a great many.{signature}" for n in range(MAX_REPEATS + 3)]
    assert passages(*comments) == []


def test_what_stands_under_and_over_every_message_is_no_quote() -> None:
    head = "On Wednesday, the 18th of November 2009, Adrian Perez de Castro wrote:"
    foot = "\n\n__________\nThe importers' mailing list, to which anybody may subscribe: https://example.org/list"
    one, other = (f"{head}\n\n{text}{foot}" for text in ("One reply to it.", "And quite another reply."))
    assert passages(one, other) == []


def test_a_quote_within_a_quote_is_its_first_speakers() -> None:
    second = f"{FIRST}\n\nWhere did the importer publish that statement, and on which day?"
    found = passages(FIRST, second, f"{second}\n\nLast Tuesday.")
    assert [(item, source) for item, _, source, _ in found] == [(1, 0), (2, 0), (2, 1)]
    assert found[2][1] == "Where did the importer publish that statement, and on which day?"


def test_scripts_without_spaces() -> None:
    said = "今天的天气非常好我们一起去公园散步吧"
    assert passages(f"{said}。明天见。", f"“{said}”\n\n好的。")[0][:3] == (1, said, 0)


def test_the_sample() -> None:
    thread = read_path(str(SAMPLE))
    assert isinstance(thread, Thread)
    index = TextIndex(thread)
    texts = [index.item_text(item)[index.body_start(item) :] for item in range(index.size)]
    first = index.first_comment
    (quote,) = find_quotes(texts, first_comment=first)
    assert (quote.item, quote.source, quote.exact) == (first + 4, first + 2, True)
    assert texts[quote.source][quote.source_start : quote.source_end] == texts[quote.source]


def test_work_that_is_stopped_gives_nothing() -> None:
    assert find_quotes([FIRST, FIRST], lambda: True) == []


@pytest.mark.parametrize("text", ["spam " * 60_000, " ".join(f"w{n % 7}" for n in range(60_000))])
def test_endless_repetition_is_gone_through_once(text: str) -> None:
    """The work is bounded: `stop` is asked once per text and chunk, never for each of the many matches."""
    asked: list[None] = []

    def count() -> bool:
        asked.append(None)
        return False

    find_quotes([text] * 4, count)
    assert len(asked) < 400


def test_a_source_is_read_once_for_all_that_quote_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str) -> WordPositions:
        read.append(text)
        return word_positions(text)

    monkeypatch.setattr(quotes, "word_positions", counted)
    lines = [f"Statement number {n} says that importer {n} of province {n} expects {n + 70} cars." for n in range(9)]
    comment = "\n\n".join(f"{line}\n\nAnswer {n}, of my own." for n, line in enumerate(lines))
    article = "\n\n".join(lines)
    found = find_quotes(["Title", article, comment, f"{comment}\n\nBye."], first_comment=2)
    assert len(found) > 9
    assert read.count(article) == 1


def test_work_can_be_stopped_between_the_quotes_of_a_text() -> None:
    lines = [f"Statement number {n} says that importer {n} of province {n} expects {n + 70} cars." for n in range(9)]
    comment = "\n\n".join(f"{line}\n\nAnswer {n}, of my own." for n, line in enumerate(lines))

    def asked(texts: list[str], limit: int) -> int:
        calls = 0

        def stop() -> bool:
            nonlocal calls
            calls += 1
            return calls > limit

        find_quotes(texts, stop, first_comment=2)
        return calls

    texts = ["Title", "\n\n".join(lines), comment]
    whole = asked(texts, 1000)
    assert whole >= len(lines) + len(texts)
    assert asked(texts, whole - 3) == whole - 2


WORDS = ("alpha", "beta", "gamma", "delta.", "epsilon,", "zeta", "eta\n", "theta", "“iota”", "kappa")
LINES = st.lists(st.sampled_from(WORDS), max_size=60)


@given(st.lists(LINES.map(" ".join), max_size=6))
def test_quotes_lie_in_their_texts_in_order_and_apart(texts: list[str]) -> None:
    found = find_quotes(texts)
    assert found == sorted(found)
    before: Quote | None = None
    for quote in found:
        assert 0 <= quote.source < quote.item < len(texts)
        said, says = texts[quote.item][quote.start : quote.end], texts[quote.source]
        says = says[quote.source_start : quote.source_end]
        assert said == said.strip() != "" and says == says.strip() != ""
        assert not quote.exact or folded_words(said) == folded_words(says)
        assert before is None or before.item < quote.item or before.end <= quote.start
        before = quote


@given(st.text(max_size=80))
def test_words_are_the_same_with_and_without_places(text: str) -> None:
    places = word_positions(text)
    assert places.words == folded_words(text)
    assert [len(word) for word in places.words] == [b - a for a, b in zip(places.starts, places.ends, strict=True)]


def test_shingles_tell_the_first_place() -> None:
    shingles = Shingles(100)
    for text in ("a b c d e f g", "x b c d e f g y", "b c d e f g"):
        shingles.add(text.split(), lambda: False)
    assert list(shingles.runs(0)) == []
    assert [tuple(run) for run in shingles.runs(1)] == [(1, 0, 1, 6)]
    assert [tuple(run) for run in shingles.runs(2)] == [(0, 0, 1, 6)]
    assert list(shingles.runs(2, common=1)) == []
