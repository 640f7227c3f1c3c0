"""Which language a text is in, and what is a name in languages that the tagger does not know."""

from __future__ import annotations

import pytest

from rumor_tui.marks.language import detect_language
from rumor_tui.marks.names.heuristics import CapitalCounts, capitalised_mid_sentence, find_foreign_names

TEXTS = {
    "en": "I don't think that they would have done it if there was no way to do it.",
    "de": "Ich glaube nicht, dass das Auto so teuer ist, wie man es dort sagt.",
    "fr": "Je ne pense pas que la voiture soit plus chère dans ce pays, mais on verra.",
    "es": "No creo que el coche sea tan caro como dicen, pero ya lo veremos con el tiempo.",
    "nl": "Ik denk dat het niet zo duur is als ze zeggen, maar dat zien we nog wel.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_function_words_tell_the_language(language: str) -> None:
    assert detect_language(frozenset(TEXTS[language].split())) == language


def test_too_few_words_tell_nothing() -> None:
    assert detect_language(frozenset(("Na", "klar")), "?") == "?"
    assert detect_language(frozenset()) == "en"


def names(text: str, language: str, *texts: str) -> list[str]:
    """The values in a text, with what the other texts of its thread say."""
    counted: dict[str, CapitalCounts] = {}
    for one in (text, *texts):
        for word, determined in capitalised_mid_sentence(one):
            before = counted.get(word, CapitalCounts())
            counted[word] = CapitalCounts(before.seen + 1, before.determined + determined)
    return [mark.value for mark in find_foreign_names(text, language, counted)]


def test_german_nouns_are_no_names() -> None:
    text = "Der Händler hat mir gesagt, dass die Lieferung der Autos im Herbst kommt und Kunden warten müssen."
    assert names(text, "de") == []


def test_german_names_recur_without_an_article() -> None:
    texts = ["Man sagt, Zorbau schläft nie.", "Wer nach Zorbau zieht, bleibt.", "Ich mag Zorbau sehr.", "Auch Zorbau."]
    assert names(texts[0], "de", *texts[1:]) == ["Zorbau"]
    assert names(texts[0], "de") == []


def test_german_full_names_and_titles() -> None:
    assert names("Gestern hat Angela Merkel dazu etwas gesagt.", "de") == ["Angela Merkel"]
    assert names("Das hat mir Herr Müller gesagt.", "de") == ["Herr Müller"]
    assert (
        names("Nach Rechtsanwalt Angela Merkel kam Frau. Ebenfalls kam Pavel K. Dieser blieb.", "de")[0]
        == "Angela Merkel"
    )


def test_capitals_in_the_middle_are_names_where_nouns_have_none() -> None:
    text = "Je crois que François de Rugy est venu à Nantes. Le train était en retard."
    assert names(text, "fr") == ["François de Rugy", "Nantes"]


def test_what_opens_a_sentence_needs_company() -> None:
    assert names("Macron parle. Mais on dit que Macron ment et que Macron rit.", "fr") == ["Macron"] * 3
    assert names("Voiture rouge, je la prends.", "fr") == []
