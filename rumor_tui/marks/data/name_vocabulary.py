"""Tables for finding names: words that are never names, acronyms that are also words, product lines, German nouns."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from rumor_tui.marks.data.number_vocabulary import split_words

STOP_WORDS: Final[frozenset[str]] = frozenset(
    split_words("""
        i i'm i've i'd i'll im ive a an the this that these those it its it's he she they we you your his her
        their our my me him them us mine yours who whom whose what what's which when where where's why how how's
        there there's here here's and or but nor so yet if then than because since while although though as at
        by for from in into of off on onto out over to up with without within about after before between during
        through under until upon via is are was were be been being am do does did done has have had having can
        could will would shall should may might must not no yes yeah yep nope ok okay oh ah hey hi hello wow
        please thanks thank thankyou congrats sorry well also just only even still again ever never always maybe
        perhaps however therefore anyway anyways really very too now today tomorrow yesterday tonight some any
        all both each every either neither many much more most few several other another such same else one two
        three first second third next last let let's lets don't doesn't didn't can't won't isn't aren't wasn't
        weren't couldn't wouldn't shouldn't haven't hasn't that's they're they've we're we've we'll you're
        you've you'll he's she's nothing something anything everything nobody somebody anybody everybody
        everyone someone anyone rt mt dm pm lol omg wtf lmao rofl btw imo imho fyi aka asap etc faq ps nb tl dr
        cc re fwd fw vs ii iii iv vi vii viii ix xd ff smh tbh idk ffs icymi url http https www html pdf doc xls
        jpg gif usb dvd cd tv pc ceo cfo cto mr mrs ms prof sir madam dear regards sincerely cheers dad mom mum
        mama papa god rip ftw bff lmfao yup folks needless guys welp bruh yay wth aries taurus gemini virgo
        scorpio sagittarius capricorn aquarius pisces wifi fave kudos erm photoset atm atms sos af tt gf bf obo
        tbt tgif bbq hd vip dj diy atleast til ily omfg lmaoo rsvp cpa psa dna sms gdp hr
        """)
)
"""Lower-case words that are never a name by themselves, nor its first or last word."""

KNOWN_ACRONYMS: Final[frozenset[str]] = frozenset(split_words("US UK USA EU UN LA NY DC NYC UAE WHO GOP AI MINI BMW"))
"""Acronyms that count although the same letters are a common word."""

PRODUCT_LINES: Final[frozenset[str]] = frozenset(
    split_words("""
        iphone ipad ipod windows galaxy pixel playstation xbox model boeing airbus nexus note oneplus surface
        python java android ios macos nintendo geforce radeon ryzen core series class formula fifa gta halo
        thinkpad canon nikon kindle photoshop office firefox chrome ubuntu debian fedora gpt nokia motorola audi
        mazda ps rtx gtx
        """)
)
"""Product lines, in lower case, to which a following figure belongs ("iPhone 12")."""

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
"""Articles, pronouns and other words that stand before German nouns."""

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
"""German nouns that often stand where a name might."""

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
"""Places that are spelled differently in English, or end like a German plural."""


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Several thousand English words that are mostly not names, in lower case.

    Counted in the training sets of UD_English-EWT (CC BY-SA 4.0), GUM (CC BY / CC BY-SA), WNUT-2017 and the Broad
    Twitter Corpus (CC BY 4.0): words seen in lower case at least three times, and seldom in a name.
    """
    return frozenset(Path(__file__).with_name("common.txt").read_text(encoding="ascii").split())
