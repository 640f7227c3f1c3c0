"""Tables for finding numbers: units and counted nouns, and words that only look like nouns."""

from __future__ import annotations

from typing import Final

from rumor_tui.marks.data.number_vocabulary import split_words

UNITS: Final[dict[str, str]] = {
    word: forms.split()[0]
    for forms in (
        "years year yrs yr yo y/o jahre jahren jahr ans années años año anni jaar anos",
        "months month mos mo monate monaten",
        "weeks week wks wk wochen woche semaines semanas", "days day tage tagen jours días dias giorni dagen",
        "nights night",
        "hours hour hrs hr h stunden stunde heures horas", "minutes minute mins min minuten minutos",
        "seconds second secs sec s sekunden secondes segundos", "ms millisecond milliseconds",
        "ns nanosecond nanoseconds", "decades decade", "centuries century", "quarters quarter",
        "km kilometers kilometer kilometres kilometre kms kilometern kilomètres",
        "m meters meter metres metre metern mètres", "mi miles mile",
        "cm centimeters centimeter centimetres centimetre", "mm millimeters millimeter millimetres millimetre",
        "nm nanometers nanometres nanometer nanometre", "ft feet foot", "in inches inch \" ” ″", "yd yards yard yds",
        "kg kilograms kilogram kilos kilo kgs", "g grams gram grammes gramme gramm", "mg milligrams milligram",
        "lb pounds pound lbs", "oz ounces ounce", "tons ton", "tonnes tonne", "st stone",
        "l liters liter litres litre", "ml milliliters milliliter millilitres millilitre", "cl", "cc ccm",
        "gal gallons gallon", "pt pints pint", "qt quarts quart", "cups cup tassen tasse",
        "tbsp tablespoons tablespoon esslöffel",
        "tsp teaspoons teaspoon teelöffel", "bbl barrels barrel",
        "°c celsius celcius centigrade", "°f fahrenheit farenheit", "° degrees degree deg", "k kelvin",
        "mph mi/h miles/hour miles/hr", "kph km/h kmh kmph km/hr", "knots knot kts", "mpg", "rpm", "fps", "m/s", "ft/s",
        "hp horsepower bhp whp", "ps", "kw kilowatts kilowatt", "w watts watt", "mw megawatts megawatt",
        "gw gigawatts gigawatt", "kwh", "mwh", "gwh", "twh", "wh", "v volts volt", "kv", "mv", "a amps amp amperes",
        "ma", "mah", "ah", "ohms ohm", "hz hertz", "khz", "mhz megahertz", "ghz gigahertz", "db decibels decibel",
        "lb-ft ft-lb ft-lbs lb-fts", "psi", "bar", "kpa", "pa", "atm", "j joules joule", "kj", "cal",
        "kcal calories calorie", "n newtons newton", "kn", "ev", "kev", "mev", "gev", "tev",
        "bits bit", "bytes byte", "kb kilobytes kilobyte", "mb megabytes megabyte", "gb gigabytes gigabyte gig gigs",
        "tb terabytes terabyte", "pb", "kib", "mib", "gib", "tib", "kbps kbit/s kb/s", "mbps mbit/s mb/s",
        "gbps gbit/s gb/s", "mbit", "gbit",
        "px pixels pixel", "mp megapixels megapixel", "dpi", "ppi", "ppm", "bps",
        "m² m2 sqm", "km² km2", "ft² ft2 sqft", "cm² cm2", "m³ m3", "cm³ cm3", "acres acre", "ha hectares hectare",
        "ly", "au", "pc", "kpc", "mpc", "pm", "µm um microns micron", "µs us", "µg", "mol moles", "tpd",
        "people person ppl personen menschen personnes personas",
        "men man", "women woman", "children child", "kids kid",
        "guys guy", "folks",
        "mice", "fish", "sheep", "teeth", "times time x fold", "points point pts", "items item",
        "pieces piece pcs stück stücke",
        "units unit", "examples example", "copies copy", "cars car", "doors door", "wheels wheel", "stars star",
        "pages page seiten páginas", "words word", "lines line", "votes vote", "comments comment", "posts post",
        "games game",
        "players player", "rooms room", "bedrooms bedroom", "shares share", "staff", "personnel", "percentage",
        "cylinders cylinder", "speeds speed", "inhabitants", "customers customer", "karat carats carat karats",
        "series", "aircraft", "head", "stories story storeys storey",
    )
    for word in forms.split()
}  # fmt: skip
"""Maps units and counted nouns, in lower case, to the form in a mark's value."""

AMBIGUOUS_UNITS: Final[frozenset[str]] = frozenset(
    split_words("h s m g l k v w a n j t c f in ms au st x mo pm pt pc ps us head")
)
"""Units that are also letters or common words: they count only if the context leaves no doubt."""

MULTIWORD_UNITS: Final[dict[str, str]] = {
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
"""Maps units of two or three words, in lower case with single spaces, to the form in a mark's value."""

MULTIWORD_UNIT_STARTS: Final[frozenset[str]] = frozenset(unit.replace("-", " ").split()[0] for unit in MULTIWORD_UNITS)
"""The first words of `MULTIWORD_UNITS`."""

PERCENT_WORDS: Final[frozenset[str]] = frozenset(
    ("%", "percent", "pct", "percents", "percentage", "prozent", "procent")
)
"""Words and signs that make a figure a percentage."""

NOT_COUNTED_NOUNS: Final[frozenset[str]] = frozenset(
    split_words("""
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
        alias lens chaos canvas atlas bias christmas pros series means news
        """)
)
"""Words in -s that are no plurals of something counted."""

LABEL_WORDS: Final[frozenset[str]] = frozenset(
    split_words("""
        page pages chapter rule step item figure fig table section sec part level phase number no version windows
        question
        episode season volume vol issue route highway room apartment apt suite gate track stage tier type class grade
        generation gen option lane line unit team player channel article act scene verse lesson exercise appendix day
        week
        point footnote note paragraph slide tab case model series game match round set bug ticket pr post comment reply
        """)
)
"""Words before a figure that make it a label, so that the word after it is not what it counts."""
