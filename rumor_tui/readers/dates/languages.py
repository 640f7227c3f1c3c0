"""Which languages a date may be in, by its script and its words.

dateparser knows some two hundred, takes about 10 ms to load each of them, and tries one after the other. So it is given
only those languages in whose dates some word of the line occurs, the likeliest first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MAX_LANGUAGES = 4
"""Languages that are tried at most, in addition to the page's own."""

_SCRIPTS = (
    ("[\u0400-\u04ff]", ("ru", "uk", "bg", "sr")),
    ("[\u3040-\u30ff]", ("ja",)),
    ("[\u4e00-\u9fff]", ("zh", "ja", "zh-Hant")),
    ("[\uac00-\ud7af]", ("ko",)),
    ("[\u0600-\u06ff]", ("ar", "fa", "ur")),
    ("[\u0370-\u03ff]", ("el",)),
    ("[\u0590-\u05ff]", ("he",)),
    ("[\u0e00-\u0e7f]", ("th",)),
    ("[\u0900-\u097f]", ("hi",)),
)
"""The languages of scripts other than the Latin one, the likeliest first."""

_WORDS = (
    (
        "en",
        "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
        "nov november dec december second sec minute min hour hr day week month year yr moment ago yesterday today now "
        "mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday in s m h d w y mo",
    ),
    (
        "de",
        "jan januar jänner feb februar mär märz apr april mai jun juni jul juli aug august sep september okt oktober "
        "nov november dez dezember sekunde minute stunde std tag woche monat jahr vor gestern vorgestern heute jetzt "
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    ),
    (
        "fr",
        "janv janvier févr février mars avr avril mai juin juil juillet août sept septembre oct octobre nov novembre "
        "déc décembre seconde minute heure jour semaine mois an il hier aujourd maintenant lundi mardi mercredi jeudi "
        "vendredi samedi dimanche",
    ),
    (
        "es",
        "ene enero feb febrero mar marzo abr abril may mayo jun junio jul julio ago agosto sep sept septiembre oct "
        "octubre nov noviembre dic diciembre segundo minuto hora día semana mes año hace ayer hoy ahora lunes martes "
        "miércoles jueves viernes sábado domingo",
    ),
    (
        "it",
        "gen gennaio feb febbraio mar marzo apr aprile mag maggio giu giugno lug luglio ago agosto set settembre ott "
        "ottobre nov novembre dic dicembre second minut ora ore giorn settiman mes ann fa ieri oggi adesso lunedì "
        "martedì mercoledì giovedì venerdì sabato domenica",
    ),
    (
        "pt",
        "jan janeiro fev fevereiro mar março abr abril mai maio jun junho jul julho ago agosto set setembro out "
        "outubro "
        "nov novembro dez dezembro segundo minuto hora dia semana mês mes ano há atrás ontem hoje agora segunda terça "
        "quarta quinta sexta sábado domingo",
    ),
    (
        "nl",
        "jan januari feb februari maart mrt apr april mei jun juni jul juli aug augustus sep september okt oktober nov "
        "november dec december seconde minu uur uren dag week weken maand jaar geleden gisteren vandaag maandag "
        "dinsdag woensdag donderdag vrijdag zaterdag zondag",
    ),
    (
        "pl",
        "sty stycznia lut lutego mar marca kwi kwietnia maj maja cze czerwca lip lipca sie sierpnia wrz września paź "
        "października lis listopada gru grudnia sekund minut godz godzin dzień dni tydzień tygodni miesi rok lat temu "
        "wczoraj dziś dzisiaj",
    ),
    (
        "sv",
        "jan januari feb februari mar mars apr april maj jun juni jul juli aug augusti sep september okt oktober nov "
        "november dec december sekund minut tim timm dag veck månad år sedan igår idag",
    ),
    (
        "da",
        "jan januar feb februar mar marts apr april maj jun juni jul juli aug august sep september okt oktober nov "
        "november dec december sekund minut time dag uge måned år siden går",
    ),
    (
        "nb",
        "jan januar feb februar mar mars apr april mai jun juni jul juli aug august sep september okt oktober nov "
        "november des desember sekund minutt time dag uke måned år siden går",
    ),
    (
        "fi",
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu sekun minuut tunt tunn päiv viiko viikk "
        "kuukau vuosi vuot sitten eilen tänään",
    ),
    (
        "cs",
        "led ledna úno února bře března dub dubna kvě května čer června července srp srpna zář září říj října lis "
        "listopadu pro prosince sekund minut hodin den dny dnem týden týdn měsíc rok let před včera dnes",
    ),
    (
        "tr",
        "oca ocak şub şubat mar mart nis nisan may mayıs haz haziran tem temmuz ağu ağustos eyl eylül eki ekim kas "
        "kasım ara aralık saniye dakika saat gün hafta ay yıl önce dün bugün",
    ),
    (
        "hu",
        "jan január feb február márc március ápr április máj május jún június júl július aug augusztus szept "
        "szeptember "
        "okt október nov november dec december másodperc perc óra órá nap hét hónap év ezelőtt tegnap ma",
    ),
    (
        "ro",
        "ian ianuarie feb februarie mar martie apr aprilie mai iun iunie iul iulie aug august sept septembrie oct "
        "octombrie nov noiembrie dec decembrie secund minut oră ore zi zile săptăm luni an acum urmă ieri astăzi azi",
    ),
    (
        "id",
        "jan januari feb februari mar maret apr april mei jun juni jul juli agu agustus sep september okt oktober nov "
        "november des desember detik menit jam hari minggu bulan tahun lalu kemarin",
    ),
    ("vi", "tháng giây phút giờ ngày tuần năm trước hôm"),
)
"""For each language in Latin script the beginnings of the words that occur in its dates."""

_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}
"""Other codes of languages, and the ones that dateparser knows."""

_FOLDED = str.maketrans("ıłøđß", "ilods")
_SHORT = 3
"""Shorter beginnings must be the whole word, in letters."""


def likely_languages(text: str, language: str | None) -> tuple[str, ...]:
    """The languages to try for a date, the page's own first if dateparser knows it; may be empty."""
    candidates = _by_script(text) or _by_words(text)
    own = re.split("[-_]", language or "")[0].lower()
    own = _SAME.get(own, own)
    return (own, *(other for other in candidates if other != own)) if own and _is_known_language(own) else candidates


def _by_script(text: str) -> tuple[str, ...]:
    if text.isascii():
        return ()
    return next((languages for script, languages in _SCRIPTS if re.search(script, text)), ())


def _by_words(text: str) -> tuple[str, ...]:
    """The languages by how many letters of the text their words cover; only those that cover some."""
    pieces = re.findall(r"[^\W\d_]+", _fold(text))
    scores = {language: sum(_matched_length(piece, words) for piece in pieces) for language, words in _tables()}
    ranked = sorted(filter(scores.__getitem__, scores), key=scores.__getitem__, reverse=True)
    return tuple(ranked[:MAX_LANGUAGES])


def _matched_length(piece: str, words: frozenset[str]) -> int:
    """The length of the longest beginning of a piece that is among the words."""
    if piece in words:
        return len(piece)
    return next((size for size in range(len(piece), _SHORT - 1, -1) if piece[:size] in words), 0)


@cache
def _tables() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((language, frozenset(_fold(words).split())) for language, words in _WORDS)


def _fold(text: str) -> str:
    """In lower case without accents."""
    characters = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return "".join(character for character in characters if not unicodedata.combining(character))


@cache
def _is_known_language(language: str) -> bool:
    from dateparser.data.languages_info import language_order

    return language in language_order
