"""Names in languages that the tagger does not know: capitals in the middle of a sentence, judged by rule.

Where nouns have capitals (German) a capital tells little. There a name is what repeatedly stands without an article
before it and does not look like a noun; or a run of two or more such words; or what follows a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, NamedTuple

from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.language import ENGLISH_FUNCTION_WORDS, FUNCTION_WORDS, NOUN_CAPITALS
from rumor_tui.marks.mark import Mark

GERMAN_DETERMINERS: Final = frozenset(
    split_words("""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen
        meinem meiner dein deine deinen deinem sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere
        unseren euer eure diese dieser dieses diesen diesem jede jeder jedes jeden jedem jene jener welche welcher
        welches manche mancher viele vielen alle allen allem aller einige einigen mehrere wenige solche solcher
        beide beiden im am vom zum zur ins ans beim aufs fürs übers durchs ums viel wenig mehr weniger etwas
        nichts genug zwei drei vier fünf sechs sieben acht neun zehn hundert tausend
        """)
)
GERMAN_TITLES: Final = frozenset(
    split_words("Herr Herrn Frau Dr Prof Professor Präsident Kanzler Kanzlerin Minister Ministerin")
)
GERMAN_NOUNS: Final = frozenset(
    split_words("""
        Ende Anfang Mitte Jahr Jahre Jahren Tag Tage Tagen Woche Wochen Monat Monate Monaten Stunde Stunden Minuten
        Uhr Prozent Euro Cent Dollar Mal Hause Beispiel Zeit Menschen Leute Leuten Kinder Kindern Frauen Männer Eltern
        Recht Spaß Angst Glück Lust Geld Wasser Arbeit Krieg Frieden Musik Kunst Sport Liebe Leben Tod Grund Teil
        Art Weise Sinn Ordnung Problem Probleme Frage Fragen Antwort Dank Gruß Grüße Liebe Lieber Hallo Danke Bitte
        Kommentar Kommentare Artikel Beitrag Text Seite Seiten Link Blog Internet Daten Fall Fälle Dinge Sachen Idee
        Ideen Bilder Bild Fotos Foto Bücher Buch Worte Wörter Namen Firmen Schulen Politik Politiker Regierung Gesetz
        Gesetze Demokratie Freiheit Staat Medien Presse Journalisten Wahlen Butter Mehl Zucker Eier Salz Milch Öl
        Teig Gramm Liter Kilo Stück Grad Meter Kilometer Haus Haut Kaffee Tee Brot Essen Montag Dienstag Mittwoch
        Donnerstag Freitag Samstag Sonntag Januar Februar März April Mai Juni Juli August September Oktober November
        Dezember Mama Papa Gott Mann Frau Kind Morgen Abend Nacht Mittag Sommer Winter Herbst Frühling Ich Du Sie Ihr
        Person Personen Nummer Mitglied Mitglieder Weg Wege Technik Ebene Mittel Gericht Eigentum Eigentums Kosten Preis
        Preise Firma Werbung Seele Natur Kultur Religion Wirtschaft Krise Schule Bank Stadt Land Welt Hand Kopf Herz
        Ihnen Ihre Ihren Ihrem Ihrer Dir Dich Dein Deine Deinen Deiner Euch Eure Euer
        """)
)
GERMAN_NOUN_ENDING: Final = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ismus|tät|täten|nis|nisse|chen|lein|"
    r"ling|linge|tum|enz|anz|erei|ierung|igkeit|lern|gabe|zeug|werk|weise|freund|freunde)"
).fullmatch
GERMAN_PLURAL: Final = re.compile(r".*(?:[^i]en|ern|eln)").fullmatch
GERMAN_PLACES: Final = frozenset(
    split_words("""
        Aachen Bern Bremen Brüssel Düsseldorf Essen Genf Göttingen Hannover Hessen Köln Kopenhagen Leipzig Luzern Lyon
        Mailand Mainz Moskau München Münster Nürnberg Prag Rom Sachsen Straßburg Thüringen Tübingen Venedig Warschau
        Wien Zürich Athen Lissabon Peking Tokio Kiew Deutschland Österreich Schweiz Frankreich Italien Spanien Polen
        Griechenland Türkei Russland Ukraine Ungarn Tschechien Schweden Norwegen Finnland Dänemark Niederlande Belgien
        England Großbritannien Irland Portugal Europa Afrika Asien Amerika China Japan Indien Israel Ägypten Brasilien
        Bayern Berlin Hamburg Frankfurt Stuttgart
        """)
)
"""Places that are written otherwise in English, or end like a plural."""


MIN_RECURRENCE: Final = 2
MIN_NOUN_RECURRENCE: Final = 4
"""Times that a capitalised word must stand in the middle of sentences before it counts as a name by itself; the second
is for languages in which nouns have capitals."""

_SHORT_TITLES: Final = frozenset(("Dr", "Prof", "Mr", "Mrs", "St"))
"""Titles with a full stop that does not end the sentence."""

KNOWN_NAME_SHARE: Final = 7
"""The share, of 9, of a word's forms in English texts that have a capital, from which on it is known as a name."""

_LINKS: Final = frozenset(split_words("de da do di du del della dos das la le los van der den ter bin ibn y e"))
_NOUN_LINKS: Final = frozenset(split_words("de di van la"))


class CasedWord(NamedTuple):
    """A word of a text: where it stands, whether it has a capital, and whether a sentence begins with it."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?:[\w]|[-’'](?=\w))*")


def cased_words(text: str) -> list[CasedWord]:
    """The words of a text in order."""
    found, last = [], 0
    for match in _pattern().finditer(text):
        start, end = match.span()
        gap = text[last:start]
        opens = not last or any(mark in gap for mark in '.!?:\n…•„“"»«()*|–—') or gap.count(" ") > 2
        word = match.group()
        found.append(CasedWord(start, end, word, word[0].isupper(), opens))
        last = end
    return found


class CapitalCounts(NamedTuple):
    """How often a word with a capital stood in the middle of a sentence, and how often behind an article there."""

    seen: int = 0
    determined: int = 0


def capitalised_mid_sentence(text: str) -> Iterator[tuple[str, bool]]:
    """Each capitalised word in the middle of a sentence, and whether an article or the like stands before it."""
    before = ""
    for word in cased_words(text):
        if word.capital and not word.opens and len(word.text) > 1:
            yield word.text, before in GERMAN_DETERMINERS
        before = word.text.lower()


def find_foreign_names(text: str, language: str, recurring: Mapping[str, CapitalCounts]) -> list[Mark]:
    """The names of a text in a language other than English; `recurring` are the capitals of the whole thread."""
    nouns = language in NOUN_CAPITALS
    known = (
        FUNCTION_WORDS.get(language, frozenset())
        | ENGLISH_FUNCTION_WORDS
        | (GERMAN_DETERMINERS if nouns else frozenset())
    )
    runs = (_trimmed(run, known) for run in _runs(text, _NOUN_LINKS if nouns else _LINKS, known))
    if nouns:
        return [_mark(text, name) for run in runs for name in _german_names(run, recurring)]
    return [_mark(text, run.words) for run in runs if run.words and _is_name(run, recurring)]


def _trimmed(run: CapitalRun, known: AbstractSet[str]) -> CapitalRun:
    """A run without the function words that a sentence begins with: "In Uganda"."""
    words, before = run.words, run.before
    while words and words[0].opens and words[0].text.lower() in known:
        before = words[0].text.lower()
        words = words[1:]
    return CapitalRun(words, before)


class CapitalRun(NamedTuple):
    """Capitalised words in a row, and the word before them in lower case."""

    words: list[CasedWord]
    before: str


def _runs(text: str, links: AbstractSet[str], known: AbstractSet[str]) -> Iterator[CapitalRun]:
    words = cased_words(text)
    at = 0
    while at < len(words):
        end = at
        if words[at].capital:
            end = _run_end(text, words, at, links, known)
            yield CapitalRun(words[at:end], words[at - 1].text.lower() if at and not words[at].opens else "")
        at = max(end, at + 1)


def _run_end(text: str, words: list[CasedWord], at: int, links: AbstractSet[str], known: AbstractSet[str]) -> int:
    """The word behind the last one of the run that starts at a word."""
    end = at + 1
    while end < len(words) and text[words[end - 1].end : words[end].start] in (" ", ". "):
        if (
            text[words[end - 1].end] == "."
            and words[end - 1].text not in _SHORT_TITLES
            and words[end - 1].end - words[end - 1].start > 1
        ):
            break
        if text[words[end - 1].end] == "." and words[end].text.lower() in known:
            break  # another sentence
        step = 1
        while end + step < len(words) and step < 3 and words[end + step - 1].text in links:
            step += 1
        if not words[end + step - 1].capital:
            break
        end += step
    return end


def _is_name(run: CapitalRun, recurring: Mapping[str, CapitalCounts]) -> bool:
    """Whether a run is a name where nouns have no capitals."""
    first = run.words[0]
    recurs = recurring.get(first.text, CapitalCounts()).seen >= MIN_RECURRENCE
    return len(first.text) > 1 and (len(run.words) > 1 or not first.opens or recurs)


def _german_names(run: CapitalRun, recurring: Mapping[str, CapitalCounts]) -> Iterator[list[CasedWord]]:
    """The name in a run of German words, if there is one: with its title, or from the first word known as one."""
    words = run.words
    title = next((at for at, word in enumerate(words[:-1]) if word.text in GERMAN_TITLES), -1)
    if title >= 0:
        yield words[title:]
        return
    while words and not (_is_known_name(words[0].text) or _recurs(words[0].text, recurring)):
        words = words[1:]
    while words and _is_noun(words[-1].text):
        words = words[:-1]
    if words and not (len(words) == 1 and len(words[0].text) < 3):
        yield words


def _is_known_name(word: str) -> bool:
    """Whether a word is known as a name: as a place, or since English texts hardly ever write it small."""
    from rumor_tui.marks.names.tagger import load_model

    return word in GERMAN_PLACES or (
        not _is_noun(word) and load_model().data.known(word.lower()).title >= KNOWN_NAME_SHARE
    )


def _is_noun(word: str) -> bool:
    """Whether a German word looks like an ordinary noun."""
    return word in GERMAN_NOUNS or GERMAN_NOUN_ENDING(word) is not None


def _recurs(word: str, recurring: Mapping[str, CapitalCounts]) -> bool:
    counts = recurring.get(word, CapitalCounts())
    plural = GERMAN_PLURAL(word) is not None and word not in GERMAN_PLACES
    return counts.seen >= MIN_NOUN_RECURRENCE and counts.determined == 0 and not plural and not _is_noun(word)


def _mark(text: str, words: Sequence[CasedWord]) -> Mark:
    start, end = words[0].start, words[-1].end
    return Mark(start, end, "name", "name", " ".join(text[start:end].split()))
