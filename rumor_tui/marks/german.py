"""Tables for names in German, where every noun has a capital: what stands before nouns, and what they look like."""

from __future__ import annotations

import re
from typing import Final

from rumor_tui.marks.words import listed

DETERMINERS: Final = frozenset(
    listed("""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen
        meinem meiner dein deine deinen deinem sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere
        unseren euer eure diese dieser dieses diesen diesem jede jeder jedes jeden jedem jene jener welche welcher
        welches manche mancher viele vielen alle allen allem aller einige einigen mehrere wenige solche solcher
        beide beiden im am vom zum zur ins ans beim aufs fürs übers durchs ums viel wenig mehr weniger etwas
        nichts genug zwei drei vier fünf sechs sieben acht neun zehn hundert tausend
        """)
)
TITLES: Final = frozenset(listed("Herr Herrn Frau Dr Prof Professor Präsident Kanzler Kanzlerin Minister Ministerin"))
NOUNS: Final = frozenset(
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
NOUN_ENDING: Final = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ismus|tät|täten|nis|nisse|chen|lein|"
    r"ling|linge|tum|enz|anz|erei|ierung|igkeit|lern|gabe|zeug|werk|weise|freund|freunde)"
).fullmatch
PLURAL: Final = re.compile(r".*(?:[^i]en|ern|eln)").fullmatch
PLACES: Final = frozenset(
    listed("""
        Aachen Bern Bremen Brüssel Düsseldorf Essen Genf Göttingen Hannover Hessen Köln Kopenhagen Leipzig Luzern Lyon
        Mailand Mainz Moskau München Münster Nürnberg Prag Rom Sachsen Straßburg Thüringen Tübingen Venedig Warschau
        Wien Zürich Athen Lissabon Peking Tokio Kiew Deutschland Österreich Schweiz Frankreich Italien Spanien Polen
        Griechenland Türkei Russland Ukraine Ungarn Tschechien Schweden Norwegen Finnland Dänemark Niederlande Belgien
        England Großbritannien Irland Portugal Europa Afrika Asien Amerika China Japan Indien Israel Ägypten Brasilien
        Bayern Berlin Hamburg Frankfurt Stuttgart
        """)
)
"""Places that are written otherwise in English, or end like a plural."""
