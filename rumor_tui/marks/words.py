"""Tables for numbers: what the words of amounts, units, money and the calendar mean."""

from __future__ import annotations

from typing import Final


def listed(words: str) -> list[str]:
    """The words of a table that is written as running text."""
    return words.split()


SMALL: Final[dict[str, int]] = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
} | {
    word: value
    for value, word in zip(
        range(20, 100, 10), listed("twenty thirty forty fifty sixty seventy eighty ninety"), strict=True
    )
}
"""Number words below a hundred."""

SCALES: Final[dict[str, int]] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
"""Number words that multiply what stands before them."""

SUFFIXES: Final[dict[str, int]] = {
    "k": 1_000,
    "m": 1_000_000,
    "mm": 1_000_000,
    "mn": 1_000_000,
    "mil": 1_000_000,
    "mio": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "bil": 1_000_000_000,
    "t": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
}
"""Letters that multiply the figure they are written against. `m`, `b` and `t` do so in money only."""

ORDINALS: Final[dict[str, int]] = {
    word: value
    for value, word in enumerate(
        listed(
            "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        )
    )
} | {
    word: value
    for value, word in zip(
        [*range(20, 100, 10), 100, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000],
        listed(
            "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth "
            "hundredth thousandth millionth billionth trillionth"
        ),
        strict=True,
    )
}
"""Ordinal words; after a cardinal they are also the lower half of a fraction ("two thirds")."""

FRACTIONS: Final[dict[str, int]] = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
"""Words for the lower half of a fraction that are not ordinals."""

VULGAR: Final[dict[str, str]] = {
    "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
"""One-character fractions."""

SYMBOLS: Final = "$€£¥₹₩₽₺₪฿₴₫₱₦₡₵₲₸₼₾₿¢"
"""Signs of money that stand before or after an amount."""

CODES: Final[frozenset[str]] = frozenset(
    listed("""
        USD EUR GBP JPY CHF CAD AUD NZD CNY RMB INR KRW RUB SEK NOK DKK PLN CZK HUF BRL MXN ZAR TRY SGD HKD THB
        BTC ETH Rs US$ CA$ AU$ NZ$ HK$ A$ C$ S$ R$
        """)
)
"""Codes of money, written as here, before or after an amount."""

MONEY_WORDS: Final[dict[str, str]] = {
    word: symbol
    for symbol, words in {
        "$": "$ dollar dollars buck bucks usd us$",
        "¢": "¢ cent cents",
        "€": "€ euro euros eur",
        "£": "£ quid gbp sterling",
        "¥": "¥ yen jpy",
        "CNY": "yuan renminbi rmb cny",
        "₹": "₹ rupee rupees inr rs",
        "₩": "₩ won krw",
        "₽": "₽ ruble rubles rouble roubles rub",
        "CHF": "chf franc francs",
        "CAD": "cad ca$ c$",
        "AUD": "aud au$ a$",
        "NZD": "nzd nz$",
        "HKD": "hkd hk$",
        "SGD": "sgd s$",
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
"""What follows or leads an amount of money, in lower case -> the one form that its value is written with."""

UNITS: Final[dict[str, str]] = {
    word: forms.split()[0]
    for forms in (
        "years year yrs yr yo y/o", "months month mos mo", "weeks week wks wk", "days day", "nights night",
        "hours hour hrs hr h", "minutes minute mins min", "seconds second secs sec s", "ms millisecond milliseconds",
        "ns nanosecond nanoseconds", "decades decade", "centuries century", "quarters quarter",
        "km kilometers kilometer kilometres kilometre kms", "m meters meter metres metre", "mi miles mile",
        "cm centimeters centimeter centimetres centimetre", "mm millimeters millimeter millimetres millimetre",
        "nm nanometers nanometres nanometer nanometre", "ft feet foot", "in inches inch \"", "yd yards yard yds",
        "kg kilograms kilogram kilos kilo kgs", "g grams gram grammes gramme", "mg milligrams milligram",
        "lb pounds pound lbs", "oz ounces ounce", "tons ton", "tonnes tonne", "st stone",
        "l liters liter litres litre", "ml milliliters milliliter millilitres millilitre", "cl", "cc ccm",
        "gal gallons gallon", "pt pints pint", "qt quarts quart", "cups cup", "tbsp tablespoons tablespoon",
        "tsp teaspoons teaspoon", "bbl barrels barrel",
        "°c celsius celcius centigrade", "°f fahrenheit farenheit", "° degrees degree deg", "k kelvin",
        "mph", "kph km/h kmh kmph", "knots knot kts", "mpg", "rpm", "fps", "m/s", "ft/s",
        "hp horsepower bhp whp", "ps", "kw kilowatts kilowatt", "w watts watt", "mw megawatts megawatt",
        "gw gigawatts gigawatt", "kwh", "mwh", "gwh", "twh", "wh", "v volts volt", "kv", "mv", "a amps amp amperes",
        "ma", "mah", "ah", "ohms ohm", "hz hertz", "khz", "mhz megahertz", "ghz gigahertz", "db decibels decibel",
        "lb-ft ft-lb ft-lbs lb-fts", "psi", "bar", "kpa", "pa", "atm", "j joules joule", "kj", "cal",
        "kcal calories calorie", "n newtons newton", "kn", "ev", "kev", "mev", "gev", "tev",
        "bits bit", "bytes byte", "kb kilobytes kilobyte", "mb megabytes megabyte", "gb gigabytes gigabyte gig gigs",
        "tb terabytes terabyte", "pb", "kib", "mib", "gib", "tib", "kbps", "mbps", "gbps", "mbit", "gbit",
        "px pixels pixel", "mp megapixels megapixel", "dpi", "ppi", "ppm", "bps",
        "m² m2 sqm", "km² km2", "ft² ft2 sqft", "cm² cm2", "m³ m3", "cm³ cm3", "acres acre", "ha hectares hectare",
        "ly", "au", "pc", "kpc", "mpc", "pm", "µm um microns micron", "µs us", "µg", "mol moles", "tpd",
        "people person ppl", "men man", "women woman", "children child", "kids kid", "guys guy", "folks",
        "mice", "fish", "sheep", "teeth", "times time x", "points point pts", "items item", "pieces piece pcs",
        "units unit", "examples example", "copies copy", "cars car", "doors door", "wheels wheel", "stars star",
        "pages page", "words word", "lines line", "votes vote", "comments comment", "posts post", "games game",
        "players player", "rooms room", "bedrooms bedroom", "shares share", "staff", "personnel", "percentage",
        "cylinders cylinder", "speeds speed", "inhabitants", "customers customer", "karat carats carat karats",
        "series", "aircraft", "head", "stories story", "miles/hour",
    )
    for word in forms.split()
}  # fmt: skip
"""Words that count or measure, in lower case -> the one form that a value is written with."""

CASED_UNITS: Final[frozenset[str]] = frozenset(
    listed("h s m g l k v w a n j t c f in ms au st x mo pm pt pc ps us head")
)
"""Units that are also letters or common words: taken only where the context leaves no doubt (see `numbers`)."""

LONG_UNITS: Final[dict[str, str]] = {
    "years old": "years old", "year old": "years old", "years-old": "years old", "year-old": "years old",
    "months old": "months old", "month old": "months old", "month-old": "months old",
    "weeks old": "weeks old", "week old": "weeks old", "week-old": "weeks old", "days old": "days old",
    "day old": "days old", "day-old": "days old",
    "square feet": "ft²", "square foot": "ft²", "sq ft": "ft²", "sq. ft": "ft²", "square meters": "m²",
    "square metres": "m²", "square miles": "sq mi", "square mile": "sq mi", "sq mi": "sq mi",
    "square kilometers": "km²", "square kilometres": "km²", "square inches": "sq in", "square yards": "sq yd",
    "cubic feet": "ft³", "cubic meters": "m³", "cubic metres": "m³", "cubic inches": "in³",
    "light years": "ly", "light year": "ly", "light-years": "ly", "miles per hour": "mph",
    "miles an hour": "mph", "kilometers per hour": "kph", "kilometres per hour": "kph",
    "degrees celsius": "°c", "degree celsius": "°c", "degrees c": "°c", "degree c": "°c", "deg c": "°c",
    "deg celsius": "°c", "degrees fahrenheit": "°f", "degree fahrenheit": "°f", "degrees f": "°f",
    "degree f": "°f", "deg f": "°f", "degrees centigrade": "°c", "degrees farenheit": "°f", "fl oz": "fl oz",
    "foot pounds": "lb-ft", "per dealer": "per dealer", "per day": "per day", "per week": "per week",
    "per month": "per month", "per year": "per year", "per hour": "per hour", "per person": "per person",
    "per minute": "per minute", "a day": "per day", "a week": "per week", "a month": "per month",
    "a year": "per year",
}  # fmt: skip
"""Units of two or three words, in lower case and with single spaces -> the form in a value."""

LONG_STARTS: Final[frozenset[str]] = frozenset(unit.replace("-", " ").split()[0] for unit in LONG_UNITS)
"""The first words of `LONG_UNITS`."""

PERCENT: Final[frozenset[str]] = frozenset(("%", "percent", "pct", "percents", "percentage"))
"""What makes an amount a percentage."""

NOT_NOUNS: Final[frozenset[str]] = frozenset(
    listed("""
        is was has does as this its his hers ours yours theirs us plus minus versus vs always perhaps besides
        unless across less yes thus says goes gets makes takes comes looks seems sounds means costs works gives
        keeps lets needs wants becomes remains includes appears starts ends happens runs sits stands brings
        turns wins towards afterwards sometimes whereas ones cos coz thats whats sells equals exceeds represents
        depends indicates shows suggests provides requires allows applies belongs exists faces follows holds
        hits leads leaves moves occurs passes plays reaches rises falls serves tends tells uses varies process
        access business address class press glass grass loss mass pass success cross boss stress progress
        congress express dress famous various serious previous obvious religious dangerous nervous enormous
        continuous precious delicious consecutive analysis basis crisis virus status bonus focus campus bus gas
        asks thanks knows thinks overseas upstairs downstairs indoors outdoors nowadays alas
        """)
)
"""Words in -s that are not the plural of something counted."""

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

DAYS: Final[dict[str, str]] = {
    form: forms.split()[0]
    for forms in (
        "monday mon mondays", "tuesday tue tues tuesdays", "wednesday wed weds wednesdays",
        "thursday thu thur thurs thursdays", "friday fri fridays", "saturday sat saturdays", "sunday sun sundays",
    )
    for form in forms.split()
}  # fmt: skip
"""Day names and their short forms, in lower case -> the full name."""

WEAK_CALENDAR: Final[frozenset[str]] = frozenset(listed("may march mar jan sun sat mon wed dec sep jun jul"))
"""Calendar words that are also other words or names: a date only next to a figure or another calendar word."""
