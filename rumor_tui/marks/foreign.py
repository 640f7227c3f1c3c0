"""Names in languages that the tagger does not know: capitals in the middle of a sentence, judged by rule.

Where nouns have capitals (German) a capital tells little. There a name is what stands without an article before it,
again and again, and looks like no noun; or a run of two and more such words; or what a title stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, NamedTuple

from rumor_tui.marks.base import Mark
from rumor_tui.marks.language import ENGLISH, NOUN_CAPITALS, OTHERS
from rumor_tui.marks.words import listed

RECURS: Final = 2
NOUN_RECURS: Final = 4
"""Times that a capitalised word must stand in the middle of sentences before it counts as a name by itself; the second
is for languages in which nouns have capitals."""

_DETERMINERS: Final = frozenset(
    listed("""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen
        meinem meiner dein deine deinen deinem sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere
        unseren euer eure diese dieser dieses diesen diesem jede jeder jedes jeden jedem jene jener welche welcher
        welches manche mancher viele vielen alle allen allem aller einige einigen mehrere wenige solche solcher
        beide beiden im am vom zum zur ins ans beim aufs fürs übers durchs ums viel wenig mehr weniger etwas
        nichts genug zwei drei vier fünf sechs sieben acht neun zehn hundert tausend
        """)
)
_TITLES: Final = frozenset(listed("Herr Herrn Frau Dr Prof Professor Präsident Kanzler Kanzlerin Minister Ministerin"))
_NOUNS: Final = frozenset(
    listed("""
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
_NOUN_ENDING: Final = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ismus|tät|täten|nis|nisse|chen|lein|"
    r"ling|linge|tum|enz|anz|erei|ierung|igkeit|lern|gabe|zeug|werk|weise|freund|freunde)"
).fullmatch
_PLURAL: Final = re.compile(r".*(?:[^i]en|ern|eln)").fullmatch
_PLACES: Final = frozenset(
    listed("Bremen Hessen Sachsen Thüringen München Göttingen Tübingen Polen Schweden Norwegen Luzern Bern Aachen")
)
_LINKS: Final = frozenset(listed("de da do di du del della dos das la le los van der den ter bin ibn y e"))
_NOUN_LINKS: Final = frozenset(listed("de di van la"))


class Word(NamedTuple):
    """A word of a text: where it stands, whether it has a capital, and whether a sentence begins with it."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?:[\w]|[-’'](?=\w))*")


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    found, last = [], 0
    for match in _pattern().finditer(text):
        start, end = match.span()
        gap = text[last:start]
        opens = not last or any(mark in gap for mark in '.!?:\n…•„“"»«()*|–—') or gap.count(" ") > 2
        word = match.group()
        found.append(Word(start, end, word, word[0].isupper(), opens))
        last = end
    return found


class Capitals(NamedTuple):
    """How often a word with a capital stood in the middle of a sentence, and how often behind an article there."""

    seen: int = 0
    determined: int = 0


def capitals(text: str) -> Iterator[tuple[str, bool]]:
    """Each capitalised word in the middle of a sentence, and whether an article or the like stands before it."""
    before = ""
    for word in words_of(text):
        if word.capital and not word.opens and len(word.text) > 1:
            yield word.text, before in _DETERMINERS
        before = word.text.lower()


def find(text: str, language: str, recurring: Mapping[str, Capitals]) -> list[Mark]:
    """The names of a text in a language other than English; `recurring` are the capitals of the whole thread."""
    nouns = language in NOUN_CAPITALS
    known = OTHERS.get(language, frozenset()) | ENGLISH
    runs = (_trimmed(run, known) for run in _runs(text, _NOUN_LINKS if nouns else _LINKS))
    return [_mark(text, run) for run in runs if run.words and _is_name(run, nouns, recurring)]


def _trimmed(run: Run, known: AbstractSet[str]) -> Run:
    """A run without the function words that a sentence begins with: "In Uganda"."""
    words, before = run.words, run.before
    while words and words[0].opens and words[0].text.lower() in known:
        before = words[0].text.lower()
        words = words[1:]
    return Run(words, before)


class Run(NamedTuple):
    """Capitalised words in a row, and the word before them in lower case."""

    words: list[Word]
    before: str


def _runs(text: str, links: AbstractSet[str]) -> Iterator[Run]:
    words = words_of(text)
    at = 0
    while at < len(words):
        end = at
        if words[at].capital:
            end = _run_end(text, words, at, links)
            yield Run(words[at:end], words[at - 1].text.lower() if at and not words[at].opens else "")
        at = max(end, at + 1)


def _run_end(text: str, words: list[Word], at: int, links: AbstractSet[str]) -> int:
    """The word behind the last one of the run that starts at a word."""
    end = at + 1
    while end < len(words) and text[words[end - 1].end : words[end].start] in (" ", ". "):
        if (
            text[words[end - 1].end] == "."
            and words[end - 1].text not in _TITLES
            and words[end - 1].end - words[end - 1].start > 1
        ):
            break
        step = 1
        while end + step < len(words) and step < 3 and words[end + step - 1].text in links:
            step += 1
        if not words[end + step - 1].capital:
            break
        end += step
    return end


def _is_name(run: Run, nouns: bool, recurring: Mapping[str, Capitals]) -> bool:
    words = run.words
    single = len(words) == 1
    if not nouns:
        return len(words[0].text) > 1 and (
            not single or not words[0].opens or recurring.get(words[0].text, Capitals()).seen >= RECURS
        )
    names = [word.text for word in words if not _is_noun(word.text)]
    if words[0].text in _TITLES:
        return not single
    if run.before in _DETERMINERS or len(names) < len(words):
        return False
    if not single:
        return not words[0].opens or any(_recurs(word.text, recurring) for word in words[1:])
    return _recurs(words[0].text, recurring)


def _is_noun(word: str) -> bool:
    """Whether a German word looks like an ordinary noun."""
    return word in _NOUNS or _NOUN_ENDING(word) is not None


def _recurs(word: str, recurring: Mapping[str, Capitals]) -> bool:
    counts = recurring.get(word, Capitals())
    plural = _PLURAL(word) is not None and word not in _PLACES
    return counts.seen >= NOUN_RECURS and counts.determined == 0 and not plural


def _mark(text: str, run: Run) -> Mark:
    start, end = run.words[0].start, run.words[-1].end
    return Mark(start, end, "name", "name", " ".join(text[start:end].split()))
