"""Tables for finding numbers: the words of numbers, scales, currencies and the calendar."""

from __future__ import annotations

from typing import Final


def split_words(words: str) -> list[str]:
    """The words of a table that is written as running text (`str.split` on a literal, which linters rewrite)."""
    return words.split()


def _numbered(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """Maps each word of a table to its number: `start`, `start + step` and so on."""
    return {word: start + step * nth for nth, word in enumerate(words.split())}


CARDINALS: Final[dict[str, int]] = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
) | _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
"""Number words below a hundred."""

GERMAN_CARDINALS: Final[dict[str, int]] = _numbered("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 2) | {
    "zwanzig": 20,
    "hundert": 100,
    "tausend": 1000,
}
"""German number words, which count in German texts only."""

SCALES: Final[dict[str, int]] = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
"""Number words that multiply what stands before them."""

SCALE_SUFFIXES: Final[dict[str, int]] = {
    "k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mil": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9, "bil": 10**9,
    "t": 10**12, "tn": 10**12,
}  # fmt: skip
"""Letters that multiply the figure they are written against. `m`, `b` and `t` do so with money only."""

SHORT_SCALES: Final[dict[str, int]] = {
    word: value
    for words, value in (
        ("mln mio mn mil millions millionen millones milioni miljoen", 1_000_000),
        ("bln bn bil billions mrd milliarden milliarde milliards milliard miljard", 1_000_000_000),
        ("tln tn trillions", 1_000_000_000_000), ("k tausend mille", 1_000),
        ("dz dzs doz dozs dozens", 12), ("hundreds", 100), ("thousands", 1_000),
    )
    for word in words.split()
}  # fmt: skip
"""Short forms of scales, which may stand apart from their figure."""

ORDINALS: Final[dict[str, int]] = (
    _numbered(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    )
    | _numbered("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
    | {"hundredth": 100, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12}
)
"""Ordinal words; after a cardinal they are also denominators ("two thirds")."""

DECADE_WORDS: Final[dict[str, int]] = _numbered(
    "twenties thirties forties fifties sixties seventies eighties nineties", 1920, 10
)
"""Words for the decades of the twentieth century, with their first years."""

FRACTION_WORDS: Final[dict[str, int]] = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
"""Words for denominators that are not ordinals."""

VULGAR_FRACTIONS: Final[dict[str, str]] = {
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
"""One-character fractions."""

CURRENCY_SYMBOLS: Final = "$€£¥₹₩₽₺₪฿₴₫₱₦₡₵₲₸₼₾₿¢"
"""Currency signs, which stand before or after an amount."""

CURRENCY_CODES: Final[frozenset[str]] = frozenset(
    split_words("""
        USD EUR GBP JPY CHF CAD AUD NZD CNY RMB INR KRW RUB SEK NOK DKK PLN CZK HUF BRL MXN ZAR TRY SGD HKD THB
        BTC ETH Rs US$ CA$ AU$ NZ$ HK$ A$ C$ S$ R$
        """)
)
"""Currency codes, written as here, before or after an amount."""

CURRENCY_WORDS: Final[dict[str, str]] = {
    word: symbol
    for symbol, words in {
        "$": "$ dollar dollars buck bucks usd us$ usd$",
        "¢": "¢ cent cents",
        "€": "€ euro euros eur",
        "£": "£ quid gbp sterling",
        "¥": "¥ yen jpy",
        "CNY": "yuan renminbi rmb cny",
        "₹": "₹ rupee rupees inr rs",
        "₩": "₩ won krw",
        "₽": "₽ ruble rubles rouble roubles rub",
        "CHF": "chf franc francs",
        "CAD": "cad ca$ c$ cad$",
        "AUD": "aud au$ a$ aud$",
        "NZD": "nzd nz$ nzd$",
        "HKD": "hkd hk$ hkd$",
        "SGD": "sgd s$ sgd$",
        "BRL": "brl r$ reais",
        "SEK": "sek kronor kroner krona krone kr",
        "MXN": "mxn peso pesos",
        "TRY": "₺ lira",
        "₿": "₿ btc bitcoin bitcoins",
        "PLN": "pln zloty zlotys",
        "THB": "฿ thb baht",
        "ZAR": "zar rand",
        "DEM": "deutschmark deutschmarks",
    }.items()
    for word in words.split()
}
"""Maps what stands before or after an amount of money, in lower case, to the form in its mark's value."""

MONTHS: Final[dict[str, int]] = {
    form: number
    for number, forms in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for form in forms.split()
}  # fmt: skip
"""Month names and their short forms, in lower case."""

FOREIGN_MONTHS: Final[dict[str, int]] = {
    form: number
    for number, forms in enumerate(
        (
            "januar janvier enero gennaio januari janeiro jänner", "februar février fevrier febrero febbraio februari",
            "märz maerz mars marzo maart março", "avril abril aprile", "mai mayo maggio mei maio",
            "juni juin junio giugno junho", "juli juillet julio luglio julho", "août aout agosto augustus",
            "septembre septiembre settembre setembro", "oktober okt octobre octubre ottobre outubro",
            "novembre noviembre novembro", "dezember dez décembre decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for form in forms.split()
}  # fmt: skip
"""Month names in other languages, which count only after the figure of a day."""

DAYS: Final[dict[str, str]] = {
    form: forms.split()[0]
    for forms in (
        "monday mon mondays", "tuesday tue tues tuesdays", "wednesday wed weds wednesdays",
        "thursday thu thur thurs thursdays", "friday fri fridays", "saturday sat saturdays", "sunday sun sundays",
    )
    for form in forms.split()
}  # fmt: skip
"""Maps day names and their short forms, in lower case, to the full name."""

AMBIGUOUS_CALENDAR_WORDS: Final[frozenset[str]] = frozenset(
    split_words("may march mar jan sun sat mon wed dec sep jun jul")
)
"""Calendar words that are also other words or names: dates only next to a figure or another calendar word."""
