"""The class of each line of a dump: prose, a byline, a button, a fact about a user, a heading above comments.

Every recogniser takes the line and its folded text. Most lines are accepted or rejected by looking up their first
words in a table; a pattern is compiled when a line first needs it. The lines around a line may then change its class:
quotations, repeated template text, facts printed in pairs, avatars.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from rumor_tui.readers.dates.find import MAX_LINE_LENGTH, find_date
from rumor_tui.readers.text_dump.byline_parser import (
    MAX_NAME_LENGTH,
    clean_name,
    has_letter,
    is_edit_note,
    is_plausible_name,
    match_saying,
    name_start_after_by,
    parse_dated_byline,
    parse_post_number,
    split_off_by,
    split_off_verb,
)
from rumor_tui.readers.text_dump.lines import Line, LineClass
from rumor_tui.readers.vocabulary import page_words
from rumor_tui.readers.vocabulary.matching import (
    LazyPattern,
    PhraseTable,
    alternation,
    compiled_pattern,
    first_word_start,
    fold,
    is_word_character,
)

_SEPARATORS = frozenset("|·•/,()[]{}:.#&+-–—»«›×✓↑↓←→▲▼★☆♥❤👍👎…!?'\"*_%°=")
"""What separates buttons, besides white space and digits."""

_BUTTONS = PhraseTable(page_words.BUTTONS)
_NOUNS = tuple(map(fold, page_words.COMMENT_NOUNS))
_NOUN = PhraseTable(page_words.COMMENT_NOUNS)
_HEADING_STARTS = PhraseTable((*page_words.COMMENT_NOUNS, *page_words.HEADING_LEADS))
_FORMS = PhraseTable(page_words.FORM_STARTS)
_FACTS = PhraseTable(page_words.FACTS)
_FACT_WORDS = frozenset(map(fold, page_words.FACTS))
_KEYS = _FACT_WORDS | {"mentioned", "tagged"}
_LEVELS = tuple(map(fold, page_words.LEVELS))
_STATUS = tuple(map(fold, page_words.STATUS))
_QUOTES = PhraseTable(page_words.QUOTE_STARTS)
_COUNTED = ("posts:", "beiträge:", "messages:", "mensajes:", "messaggi:", "berichten:", "posty:", "сообщений:")


_FACT_VALUE = r"\s?(?::\s*\S.{0,60}|\s[\d.,]+k?|:)"
_FACT_COUNT = r"[\d.,]+k?\s"
_FACT_LAST = r"(?P<name>.{1,60}?)\s(?:posts|beiträge|messages|mensajes|messaggi|berichten|posty|сообщений):\s*[\d.,k ]+"
_OTHERS = r"\b(?:and|und|et|y|e|en|och) \d+ (?:others?|weitere|autres|otros|altri|anderen|andra)\W*$"
_NUMBER = r"#\s?(\d{1,7}(?:\.\d{1,5})*)|[+-]?\d[\d.,]{0,9}\s?k?%?"
_NUMBERS = r"(?<![\w.,])\d[\d.,]{0,8}(?![\d.,])"
_TWO_WORDS = r"\s*([^\W\d]+\s)?([^\W\d]+\s)?"
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?uhr)?"


_HEADING = LazyPattern(
    lambda: (
        rf"\W*(?:(?:{alternation(page_words.HEADING_LEADS)})\W+)?(?:(?:{alternation(page_words.COMMENT_NOUNS)})\W*)+"
    )
)
_STATUS_LINE = LazyPattern(lambda: rf"(?P<name>.{{1,{MAX_NAME_LENGTH}}}?)\s(?:{alternation(page_words.STATUS)})")
_AFTER_QUOTE = LazyPattern(lambda: rf"\W*(?:{alternation(page_words.BY)})?\W")


def classify_line(line: Line) -> LineClass:
    """The class of one line: the first recogniser that accepts it decides."""
    if not line.text:
        return LineClass("number" if line.bullet else "blank")
    return _classify_text(line.text, bool(line.bullet)) if len(line.text) <= MAX_LINE_LENGTH else LineClass("text")


@lru_cache(maxsize=8192)
def _classify_text(text: str, bulleted: bool) -> LineClass:
    prefix = "• " if bulleted else ""
    low = fold(text)
    for recognise in RECOGNISERS:
        line_class = recognise(text, low)
        if line_class and not (line_class.shape == "W D" and not prefix and _is_phrase(line_class.name)):
            return line_class._replace(shape=prefix + line_class.shape)
    return LineClass("text", prefix)


def is_fact_key(text: str) -> bool:
    """Whether a line is the name of a fact about a user ("Posts"), whose value is on the next line."""
    if len(text) > MAX_NAME_LENGTH:
        return False
    key = fold(text).removesuffix(":")
    return key in _KEYS or (key[-1:].isspace() and key[:-1] in _KEYS)


def _is_phrase(name: str) -> bool:
    """Whether words before a date look like the middle of a sentence rather than a name."""
    return name.islower() and len(name.split()) > 2


def _label(text: str, low: str) -> LineClass | None:
    if len(text) > 120 or not _is_buttons(low) or find_date(text):
        return None
    return LineClass("label", "L")


def _is_buttons(low: str) -> bool:
    """Whether a folded line has buttons, perhaps glued to each other, and otherwise only separators and digits."""
    place, any_button = 0, False
    while True:
        while place < len(low) and _is_separator(low[place]):
            place += 1
        end = _BUTTONS.end(low, place)
        if end < 0:
            return any_button and place == len(low)
        place, any_button = end, True


def _is_separator(char: str) -> bool:
    return char in _SEPARATORS or char.isspace() or char.isdecimal()


def _heading(text: str, low: str) -> LineClass | None:
    if len(text) > 80:
        return None
    count = stated_count(text) if len(text) <= 60 else -1
    if count >= 0:
        return LineClass("heading", "H", total=count)
    return LineClass("heading", "H") if _is_heading(text, low) else None


def _is_heading(text: str, low: str) -> bool:
    if _HEADING_STARTS.end(low, first_word_start(low)) < 0:
        return False
    end = next((i for i in range(len(low), 0, -1) if is_word_character(low[i - 1])), 0)
    return low.endswith(_NOUNS, 0, end) and bool(_HEADING.compiled.fullmatch(text))


def stated_count(text: str) -> int:
    """The number of comments that a short line states, perhaps among other things; -1 where it states none."""
    if len(text) > MAX_LINE_LENGTH:
        return -1
    low = ""
    for number in islice(compiled_pattern(_NUMBERS).finditer(text), 6):
        low = low or fold(text)
        digits = "".join(filter(str.isdecimal, number.group()))
        if len(digits) < 7 and (_counts(low, number.end()) or _is_counted(low, number)):
            return int(digits)
    return -1


def _is_counted(low: str, number: re.Match[str]) -> bool:
    """Whether a line ends with a number that follows a word for comments."""
    last = not any(map(str.isalnum, low[number.end() :]))
    return last and low[: number.start()].rstrip(" (:[#-").endswith(_NOUNS)


def _counts(low: str, end: int) -> bool:
    """Whether a word for comments follows a number that ends at `end`, with at most two words between them."""
    between = compiled_pattern(_TWO_WORDS).match(low, end)
    if not between:
        return False
    first = len(low) - len(low[end:].lstrip())
    return any(_NOUN.end_of_words(low, place) >= 0 for place in (first, between.end(1), between.end(2)) if place >= 0)


def _form(text: str, low: str) -> LineClass | None:
    end = _FORMS.end_of_words(low, first_word_start(low))
    if end < 0 or (" " not in text[:end].strip() and end < len(text.rstrip(" :.…»"))):
        return None
    return LineClass("form", "F") if len(text) <= 60 or end >= 20 else None


def _fact(text: str, low: str) -> LineClass | None:
    if low.startswith("re:"):
        return LineClass("subject", "Re")
    if is_edit_note(low) or (":" in text[:40] and compiled_pattern(_OTHERS).search(text)):
        return LineClass("fact", "P")
    if _is_value(text, low) or _is_named_fact(text, low):
        return LineClass("fact", "P")
    card = compiled_pattern(_FACT_LAST).fullmatch(text) if any(word in low for word in _COUNTED) else None
    return (
        LineClass("fact", "P", clean_name(card["name"]) if is_plausible_name(card["name"], 4) else "") if card else None
    )


def _is_value(text: str, low: str) -> bool:
    """Whether a line is a time of day, as beside a date, or somebody's number of posts, as in a forum."""
    count = compiled_pattern(_FACT_COUNT).match(low) if low[0].isdecimal() else None
    if count and low[count.end() :] in _FACT_WORDS:
        return True
    return low[0].isdecimal() and bool(compiled_pattern(_CLOCK).fullmatch(text))


def _is_named_fact(text: str, low: str) -> bool:
    """Whether a line is a fact's name and its value."""
    if ":" not in low and not (low[-1].isdecimal() or low[-1] in ".,k"):
        return False
    return any(compiled_pattern(_FACT_VALUE).fullmatch(text, end) for end in _FACTS.ends(low, 0))


def _number(text: str, low: str) -> LineClass | None:
    match = compiled_pattern(_NUMBER).fullmatch(text) if low[0] in "#+-" or low[0].isdecimal() else None
    if not match:
        return None
    if not match.group(1):
        return LineClass("number", "N")
    number, depth = parse_post_number(match.group(1))
    return LineClass("byline", "#", number=number, depth=depth)


def _level(text: str, low: str) -> LineClass | None:
    if not low.startswith(_LEVELS):
        return None
    match = compiled_pattern(rf"(?:{'|'.join(page_words.LEVELS)})\s(\d{{1,4}})").fullmatch(text)
    return LineClass("level", "V#", depth=int(match.group(1))) if match else None


def _status(text: str, low: str) -> LineClass | None:
    match = _STATUS_LINE.compiled.fullmatch(text) if low.endswith(_STATUS) else None
    name = clean_name(match.group("name")) if match else ""
    return LineClass("byline", "W on", name) if name and is_plausible_name(name, 4) else None


def _quote(text: str, low: str) -> LineClass | None:
    """The line over a quotation: "Quote from: …", or somebody's name with an arrow to what is quoted."""
    match = match_saying(text, low) if text.endswith("↑") else None
    if match:
        return LineClass("quote", "Q", clean_name(match.group("name")))
    opened = _opened_quote(text, low) if len(text) <= 160 else -1
    return (
        LineClass("quote", "Q", clean_name(split_off_verb(text[opened:])[1])[:MAX_NAME_LENGTH]) if opened >= 0 else None
    )


def _opened_quote(text: str, low: str) -> int:
    """The end of the words that open a quotation; -1 for a line that does not begin with them."""
    if _QUOTES.end(low, 0) < 0:
        return -1
    after = (_AFTER_QUOTE.compiled.match(text, end) for end in _QUOTES.ends(low, 0))
    return next((match.end() for match in after if match), -1)


def _said(text: str, low: str) -> LineClass | None:
    match = match_saying(text, low) if len(text) <= 90 else None
    if not match:
        return None
    by, name = split_off_by(match.group("name").strip())
    name = clean_name(name)
    limit = 7 if match.group("colon") else 4
    return LineClass("byline", f"{by} W V".strip(), name) if name and is_plausible_name(name, limit) else None


def _by(text: str, low: str) -> LineClass | None:
    start = name_start_after_by(text, low)
    name = clean_name(text[start:]) if start >= 0 else ""
    return LineClass("byline", "by W", name) if name and len(name) < 40 and is_plausible_name(name, 4) else None


def _short(text: str, low: str) -> LineClass | None:
    if len(text) <= MAX_NAME_LENGTH and not any(map(str.isalnum, text)):
        return LineClass("short", "W")
    name = clean_name(text) if is_plausible_name(text, 6) else ""
    return LineClass("short", "W", name) if has_letter(name) else None


RECOGNISERS = (
    *(_label, _quote, _number, _level, _status, _fact, parse_dated_byline, _form, _heading, _said, _by),
    _short,
)
"""In order: the first that accepts a line decides."""

_DIGITS = re.compile(r"\d+")
_QUOTE_KEY = 40
"""Characters at the beginning of a line by which repeated text is recognised."""

MIN_REPETITIONS = 4
"""A sentence that occurs on a page this often, word for word, was printed by the template."""


def classify_lines(lines: list[Line]) -> list[LineClass]:
    """The class of every line, which may depend on other lines: quotations, repeated phrases, facts in pairs."""
    classes = [classify_line(line) for line in lines]
    _mark_quotes(lines, classes)
    _mark_furniture(lines, classes)
    _mark_fact_pairs(lines, classes)
    return [_with_total(line, line_class) for line, line_class in zip(lines, classes, strict=True)]


def _with_total(line: Line, line_class: LineClass) -> LineClass:
    """The class with the number of comments that its line states, if it states one."""
    if not line.text or line_class.kind == "text":
        return line_class
    total = stated_count(line.text)
    return line_class if total == line_class.total else line_class._replace(total=total)


_COUNTED_KEY = ["heading", "number"]
"""A fact whose name is a word for comments, too ("Messages"), and its value."""


def _mark_fact_pairs(lines: list[Line], classes: list[LineClass]) -> None:
    """Facts about a user that take two lines: "Posts", then a number; or any word that a number follows often."""
    kinds = [line_class.kind for line_class in classes]
    pairs = [
        i for i in range(1, len(kinds)) if kinds[i - 1] in ("short", "fact") or kinds[i - 1 : i + 1] == _COUNTED_KEY
    ]
    keys = Counter(
        lines[i - 1].text
        for i in pairs
        if kinds[i] == "number" or (kinds[i] == "short" and _is_value_below(lines[i - 1], lines[i]))
    )
    for i in pairs:
        key, value, word = classes[i - 1], classes[i], lines[i - 1].text
        if lines[i].bullet or value.kind not in ("short", "number", "byline", "fact"):
            continue
        if is_fact_key(word) or (key.kind == "short" and keys[word] >= 3):
            classes[i - 1] = key._replace(kind="fact", name="")
            classes[i] = value._replace(kind="fact", name="", date="")


def _is_value_below(key: Line, value: Line) -> bool:
    """Whether a line is indented below another as the definition below its term."""
    return bool(value.text) and not key.bullet and not value.bullet and value.indent >= key.indent + 4


def _mark_quotes(lines: list[Line], classes: list[LineClass]) -> None:
    """Lines such as "name wrote:" above words that the page already had are quotations, not bylines.

    When at least half of them are, and more than one, all of them are. A date alone below such a line belongs to it.
    """
    sayings = [i for i, line_class in enumerate(classes) if line_class.kind == "byline" and line_class.shape == "W V"]
    first_seen = _first_occurrences(lines)
    proven = [i for i in sayings if _repeats_earlier_text(lines, classes, i, first_seen)]
    quotes = sayings if len(proven) * 2 >= len(sayings) and len(proven) > 1 else proven
    for i in quotes:
        classes[i] = classes[i]._replace(kind="quote", shape="Q")
    for i in range(1, len(lines)):
        if classes[i - 1].kind == "quote" and (classes[i].kind, classes[i].shape) == ("byline", "D"):
            classes[i] = classes[i]._replace(kind="quote", shape="Q")


def _first_occurrences(lines: list[Line]) -> dict[str, int]:
    """The first line with each beginning of a long line, without those that the template repeats."""
    counts = Counter(line.text[:_QUOTE_KEY] for line in lines)
    first_seen: dict[str, int] = {}
    for i, line in enumerate(lines):
        if len(line.text) >= 20 and counts[line.text[:_QUOTE_KEY]] < MIN_REPETITIONS:
            first_seen.setdefault(line.text[:_QUOTE_KEY], i)
    return first_seen


def _repeats_earlier_text(lines: list[Line], classes: list[LineClass], i: int, first_seen: dict[str, int]) -> bool:
    for k in range(i + 1, min(i + 6, len(lines))):
        if classes[k].kind == "text" and len(lines[k].text) >= 20:
            return first_seen.get(lines[k].text[:_QUOTE_KEY], i) < i
    return False


def _mark_furniture(lines: list[Line], classes: list[LineClass]) -> None:
    """Lines that the page repeats, numbers aside, were printed by its template: they are labels."""
    candidates = [i for i, line_class in enumerate(classes) if line_class.kind in ("text", "short")]
    counts = Counter(_template(lines[i].text) for i in candidates)
    enough = max(2 * MIN_REPETITIONS, sum(line_class.kind == "byline" for line_class in classes) // 5)
    for i in candidates:
        if len(lines[i].text) <= MAX_LINE_LENGTH and _is_printed(lines[i].text, classes[i].kind, counts, enough):
            classes[i] = classes[i]._replace(kind="label", shape="L", name="")


def _is_printed(text: str, kind: str, counts: Mapping[str, int], enough: int) -> bool:
    """Whether a line occurs so often that the template must have printed it."""
    template = _template(text)
    has_number = template != text and len(text.split()) > 2
    is_unusual = has_number or len(template) > 40 or not template[0].isalpha()
    return counts[template] >= (MIN_REPETITIONS if is_unusual else enough) and (has_number or kind == "text")


def _template(text: str) -> str:
    """The line without its numbers, which a template fills in; a long line is left as it is."""
    return _DIGITS.sub("0", text) if len(text) <= MAX_LINE_LENGTH else text
