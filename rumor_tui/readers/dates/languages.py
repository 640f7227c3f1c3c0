"""The words of dates, language by language, and which languages a date may be in.

`LANGUAGES` is the one table of months, weekdays, units and words for "ago": `find` looks for these words in lines,
`parse` reads days with them, and dateparser, which reads all else, is given only the likely languages. It knows some
two hundred, takes about 10 ms to load each of them, and tries one after the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

MAX_LANGUAGES = 4
"""Languages that are tried at most, in addition to the page's own."""


class Language(NamedTuple):
    """A language's words in dates, in lower case, separated by spaces.

    `months` are twelve groups separated by bars; `units` are those of ages, with `before` and `after` them the words
    for "ago", in which an underscore is a space; `days` are relative to today.
    """

    code: str
    months: str
    weekdays: str
    units: str
    before: str
    after: str
    days: str


LANGUAGES: Final = (
    Language(
        "en",
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december",
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
        "second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mo"
        " mos year years yr yrs",
        "",
        "ago",
        "yesterday today now",
    ),
    Language(
        "de",
        "jan januar jän jänner|feb februar|mär märz mrz|apr april|mai|jun juni|jul juli|aug august|sep sept september"
        "|okt oktober|nov november|dez dezember",
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
        "sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre"
        " jahren",
        "vor",
        "her",
        "gestern vorgestern heute jetzt",
    ),
    Language(
        "fr",
        "janv janvier|févr février|mars|avr avril|mai|juin|juil juillet|août|sept septembre|oct octobre|nov novembre"
        "|déc décembre",
        "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
        "seconde secondes minute minutes heure heures jour jours semaine semaines mois an ans année années",
        "il_y_a",
        "",
        "hier aujourd'hui maintenant",
    ),
    Language(
        "es",
        "ene enero|feb febrero|mar marzo|abr abril|may mayo|jun junio|jul julio|ago agosto"
        "|sep sept septiembre set setiembre|oct octubre|nov noviembre|dic diciembre",
        "lunes martes miércoles jueves viernes sábado domingo lun mié jue vie sáb dom",
        "segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses año años",
        "hace",
        "",
        "ayer hoy ahora",
    ),
    Language(
        "it",
        "gen gennaio|feb febbraio|mar marzo|apr aprile|mag maggio|giu giugno|lug luglio|ago agosto|set settembre"
        "|ott ottobre|nov novembre|dic dicembre",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica gio",
        "secondo secondi minuto minuti ora ore giorno giorni settimana settimane mese mesi anno anni",
        "",
        "fa prima",
        "ieri oggi adesso",
    ),
    Language(
        "pt",
        "jan janeiro|fev fevereiro|mar março|abr abril|mai maio|jun junho|jul julho|ago agosto|set setembro"
        "|out outubro|nov novembro|dez dezembro",
        "segunda terça quarta quinta sexta sábado domingo segunda-feira terça-feira quarta-feira quinta-feira"
        " sexta-feira seg ter qua qui sex",
        "segundo segundos minuto minutos hora horas dia dias semana semanas mês meses ano anos",
        "há",
        "atrás",
        "ontem hoje agora",
    ),
    Language(
        "nl",
        "jan januari|feb februari|mrt maart|apr april|mei|jun juni|jul juli|aug augustus|sep sept september"
        "|okt oktober|nov november|dec december",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar",
        "",
        "geleden",
        "gisteren vandaag",
    ),
    Language(
        "pl",
        "sty stycznia|lut lutego|mar marca|kwi kwietnia|maj maja|cze czerwca|lip lipca|sie sierpnia|wrz września"
        "|paź października|lis listopada|gru grudnia",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        "sekund sekundy minut minuty godz godzin godziny godzinę dni dzień tydzień tygodni tygodnie miesięcy miesiące"
        " miesiąc rok lat lata",
        "przed",
        "temu",
        "wczoraj dziś dzisiaj",
    ),
    Language(
        "sv",
        "jan januari|feb februari|mar mars|apr april|maj|jun juni|jul juli|aug augusti|sep sept september|okt oktober"
        "|nov november|dec december",
        "måndag tisdag onsdag torsdag fredag lördag söndag",
        "sekund sekunder minut minuter tim timme timmar dag dagar vecka veckor månad månader år",
        "",
        "sedan",
        "igår idag",
    ),
    Language(
        "da",
        "jan januar|feb februar|mar marts|apr april|maj|jun juni|jul juli|aug august|sep sept september|okt oktober"
        "|nov november|dec december",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "sekund sekunder minut minutter time timer dag dage uge uger måned måneder år",
        "for",
        "siden",
        "igår går",
    ),
    Language(
        "nb",
        "jan januar|feb februar|mar mars|apr april|mai|jun juni|jul juli|aug august|sep sept september|okt oktober"
        "|nov november|des desember",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "sekund sekunder minutt minutter time timer dag dager uke uker måned måneder år",
        "for",
        "siden",
        "igår går",
    ),
    Language(
        "fi",
        "tammi tammikuuta|helmi helmikuuta|maalis maaliskuuta|huhti huhtikuuta|touko toukokuuta|kesä kesäkuuta"
        "|heinä heinäkuuta|elo elokuuta|syys syyskuuta|loka lokakuuta|marras marraskuuta|joulu joulukuuta",
        "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
        "sekun sekuntia minuut minuuttia tunt tuntia päiv päivää viikko viikkoa kuukausi kuukautta vuosi vuotta",
        "",
        "sitten",
        "eilen tänään",
    ),
    Language(
        "cs",
        "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince",
        "pondělí úterý středa čtvrtek pátek sobota neděle",
        "sekund sekundami minut minutami hodin hodinami den dny dnem týden týdny měsíc měsíci rok let lety",
        "před",
        "",
        "včera dnes",
    ),
    Language(
        "tr",
        "oca ocak|şub şubat|mart|nis nisan|mayıs|haz haziran|tem temmuz|ağu ağustos|eyl eylül|eki ekim|kas kasım"
        "|ara aralık",
        "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
        "saniye dakika saat gün hafta ay yıl",
        "",
        "önce",
        "dün bugün",
    ),
    Language(
        "hu",
        "jan január|feb február|márc március|ápr április|máj május|jún június|júl július|aug augusztus"
        "|szept szeptember|okt október|nov november|dec december",
        "hétfő kedd szerda csütörtök péntek szombat vasárnap",
        "másodperc perc óra órá nap hét hónap év",
        "",
        "ezelőtt",
        "tegnap",
    ),
    Language(
        "ro",
        "ian ianuarie|feb februarie|mar martie|apr aprilie|mai|iun iunie|iul iulie|aug august|sept septembrie"
        "|oct octombrie|noiembrie|dec decembrie",
        "marți miercuri joi vineri sâmbătă duminică",
        "secund secunde minut oră ore zi zile săptăm luni an ani",
        "acum",
        "urmă",
        "ieri astăzi azi",
    ),
    Language(
        "id",
        "jan januari|feb februari|mar maret|apr april|mei|jun juni|jul juli|agu agustus|sep september|okt oktober"
        "|nov november|des desember",
        "senin selasa rabu kamis jumat sabtu minggu",
        "detik menit jam hari minggu bulan tahun",
        "",
        "lalu",
        "kemarin",
    ),
    Language("vi", "", "", "tháng giây phút giờ ngày tuần năm", "", "trước", "hôm"),
    Language(
        "ru",
        "янв января|фев февраля|мар марта|апр апреля|мая май|июн июня|июл июля|авг августа|сен сент сентября"
        "|окт октября|ноя нояб ноября|дек декабря",
        "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс",
        "секунд секунды секунду минут минуты минуту час часа часов день дня дней неделю недели недель месяц месяца"
        " месяцев год года лет",
        "",
        "назад",
        "вчера сегодня",
    ),
    Language(
        "uk",
        "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
        "понеділок вівторок середа четвер п'ятниця субота неділя",
        "секунд хвилин годин день днів тиждень тижнів місяць місяців рік років",
        "",
        "тому",
        "вчора сьогодні",
    ),
    Language(
        "fa",
        "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند",
        "", "", "", "", "",
    ),
    Language(
        "ar",
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        "", "", "", "", "",
    ),
)  # fmt: skip
"""The languages of most sites' software. Latin ones come first, the likeliest first."""

MONTHS: Final = tuple(dict.fromkeys(form for row in LANGUAGES for form in row.months.replace("|", " ").split()))
WEEKDAYS: Final = tuple(dict.fromkeys(form for row in LANGUAGES for form in row.weekdays.split()))
UNITS: Final = tuple(dict.fromkeys(form for row in LANGUAGES for form in row.units.split()))
AGO_BEFORE: Final = tuple(dict.fromkeys(row.before.replace("_", " ") for row in LANGUAGES if row.before))
AGO_AFTER: Final = tuple(dict.fromkeys(form for row in LANGUAGES for form in row.after.split()))
DAY_WORDS: Final = (
    *dict.fromkeys(form for row in LANGUAGES for form in row.days.split()),
    *("just now", "i går", "i dag", "昨天", "今天", "昨日", "今日"),
)

_CLOCKS_OF_THEIR_OWN: Final = frozenset({"ar"})
"""Languages that write the halves of the day in words of their own, which only dateparser knows."""


@cache
def month_numbers() -> dict[str, int]:
    """The number from 1 to 12 of each form of a month's name, also without its accents."""
    numbers: dict[str, int] = {}
    for row in LANGUAGES:
        if row.months and row.code not in _CLOCKS_OF_THEIR_OWN:
            for number, forms in enumerate(row.months.split("|"), 1):
                for form in forms.split():
                    numbers.setdefault(form, number)
                    numbers.setdefault(fold_accents(form), number)
    return numbers


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

_LETTERS: Final = {"en": "in s m h d w y", "de": "std", "it": "mes ann giorn settiman ora ore", "pl": "miesi"}
"""Beginnings of words of ages that are no words by themselves, or too short to be looked for in a line."""

_OTHER_SCRIPTS: Final = frozenset({"ru", "uk", "fa", "ar"})

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
    pieces = re.findall(r"[^\W\d_]+", fold_accents(text))
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
    return tuple((row.code, _words(row)) for row in LANGUAGES if row.code not in _OTHER_SCRIPTS)


def _words(row: Language) -> frozenset[str]:
    words = " ".join((row.months.replace("|", " "), row.weekdays, row.units, row.before, row.after, row.days))
    return frozenset(re.split(r"[\s_'-]+", fold_accents(f"{words} {_LETTERS.get(row.code, '')}".strip())))


def fold_accents(text: str) -> str:
    """The text in lower case without accents."""
    characters = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return "".join(character for character in characters if not unicodedata.combining(character))


@cache
def _is_known_language(language: str) -> bool:
    from dateparser.data.languages_info import language_order

    return language in language_order
