"""What a thread says of its own names."""

from __future__ import annotations

from rumor_tui.marks import LexiconBuilder, ThreadLexicon, find_marks

TEXTS = (
    "We spoke to Dr. Segler in Munich last week about the car.",
    "Segler said nothing new, and Segler knows it.",
    "I asked my dealer what Zorblatt is. Zorblatt was in Munich.",
    "zorblatt, whatever that is",
)


def gathered(*texts: str, people: frozenset[str] = frozenset()) -> tuple[LexiconBuilder, ThreadLexicon]:
    gathering = LexiconBuilder(people)
    for text in texts:
        gathering.add(text)
    return gathering, gathering.lexicon()


def names(text: str, lexicon: ThreadLexicon) -> list[tuple[str, str]]:
    return [(text[mark.start : mark.end], mark.value) for mark in find_marks(text, lexicon) if mark.kind == "name"]


def test_all_forms_of_a_name_share_a_value() -> None:
    _, evidence = gathered(*TEXTS)
    assert names(TEXTS[0], evidence)[0] == ("Dr. Segler", "Dr. Segler")
    assert names(TEXTS[1], evidence) == [("Segler", "Dr. Segler"), ("Segler", "Dr. Segler")]


def test_a_form_that_is_mostly_a_name_is_one_everywhere() -> None:
    _, evidence = gathered(*TEXTS)
    assert evidence.forms["Munich"].everywhere
    assert ("Munich", "Munich") in names("MUNICH? Munich!", evidence)


def test_what_was_tagged_is_kept_for_the_second_walk() -> None:
    gathering, evidence = gathered(*TEXTS)
    for number, text in enumerate(TEXTS):
        assert find_marks(text, evidence, gathering.tagged(number)) == find_marks(text, evidence)


def test_commenters_are_known_by_near_misses() -> None:
    evidence = ThreadLexicon(frozenset({"JRobUSC", "Michael", "Gar"}))
    assert names("JBRobUSC – that it was", evidence) == [("JBRobUSC", "JRobUSC")]
    assert names("Micheal, you are right", evidence) == [("Micheal", "Michael")]
    assert ("Car", "Gar") not in names("Car, not bike", evidence)


def test_an_author_without_a_name_is_nobody() -> None:
    evidence = ThreadLexicon(frozenset({"[deleted]"}))
    assert names("it was deleted by them", evidence) == []


def test_the_language_of_most_texts_is_that_of_short_ones() -> None:
    german = "Ich glaube nicht, dass das Auto so teuer ist, wie man es dort sagt."
    _, evidence = gathered(german, german, "Na klar")
    assert evidence.language == "de"
    assert names("Na Klar Auto", evidence) == []


def test_a_short_paragraph_is_read_in_the_language_that_the_whole_thread_turns_out_to_be_in() -> None:
    german = "Ich glaube nicht, dass das Auto so teuer ist, wie man es dort sagt."
    english = "I do not think that the car is as expensive as they say it is."
    texts = (german, "Munich\n\nJohn Smith saw Munich.", english, english, english)
    gathering, evidence = gathered(*texts)
    assert evidence.language == "en"
    assert gathering.tagged(1) == [None, None]
    assert gathering.tagged(2) == [[]]
    for number, text in enumerate(texts):
        assert find_marks(text, evidence, gathering.tagged(number)) == find_marks(text, evidence)
    found = [mark.value for mark in find_marks(texts[1], evidence, gathering.tagged(1))]
    assert found == ["Munich", "John Smith", "Munich"]


def test_a_thread_without_texts_says_nothing() -> None:
    gathering, evidence = gathered()
    assert (evidence.forms, evidence.language) == ({}, "en")
    assert LexiconBuilder(["Gabe"]).lexicon().people == {"Gabe"}
    assert gathering.lexicon().openers == {}
