"""Full-text expressions that find at least all texts in which a piece of text occurs.

A search finds text anywhere, also inside words: "gain" in "against". The index knows whole words only, so that the
words at both edges of what is looked for are replaced by all words that end or begin with them, or (a single word)
have them inside. What the expressions find too much is for whoever looks at the texts themselves.
"""

from __future__ import annotations

import re
import sqlite3
from itertools import product
from typing import Final

from rumor_tui.library.full_text import MAX_WORD, TOKENIZER, indexed
from rumor_tui.search.query.ast import NumberTerm
from rumor_tui.text import fold, mend, neutralise, neutralise_line

MAX_WORDS: Final = 200
"""The most words that stand for a part of a word: a part of more words is in nearly every text."""

MAX_PHRASES: Final = 80
"""The most phrases that stand for one piece of text of several words."""

MAX_PREFIXES: Final = 8
"""The most phrases whose last word is only begun, for which SQLite goes through all words that begin so."""

MAX_LISTED: Final = 20_000
"""The most words that are looked through for a part that three letters of it have in common."""

_WORDS_OF_ASCII: Final = re.compile(r"[0-9a-z]+")


def match_text(connection: sqlite3.Connection, typed: str) -> str:
    """An expression for what a text, as it was typed, may be found in; "" if the index cannot narrow that down."""
    typed = neutralise(typed)
    forms = dict.fromkeys(fold(form) for form in (mend(typed), typed))
    found = [_match_form(connection, indexed(form)) for form in forms]
    return "" if "" in found else any_of(found)


def match_part(connection: sqlite3.Connection, part: str) -> str:
    """The same for a part of a text that every match has."""
    return _match_form(connection, indexed(part))


def match_whole(text: str) -> str:
    """An expression for a text whose first and last word are whole words; "" if it has none."""
    return _quoted(_words_of(indexed(text)))


def all_of(matches: list[str]) -> str:
    """An expression for what all of some expressions find."""
    return " AND ".join(f"({match})" for match in matches if match)


def any_of(matches: list[str]) -> str:
    """An expression for what one of some expressions finds."""
    return " OR ".join(f"({match})" if " " in match else match for match in matches)


def _quoted(words: list[str]) -> str:
    return '"' + " ".join(words) + '"' if words else ""


def _match_form(connection: sqlite3.Connection, form: str) -> str:
    """The expression for one spelling."""
    words = _words_of(form)
    if not words:
        return ""
    first_is_whole, last_is_whole = not _is_of_word(form[0]), not _is_of_word(form[-1])
    if len(words) == 1:
        return _match_word(connection, words[0], begins=first_is_whole, ends=last_is_whole)
    first = [words[0]] if first_is_whole else words_with(connection, words[0], ends=True)
    last = [words[-1]] if last_is_whole else words_with(connection, words[-1], begins=True)
    if last is None and len(words[-1]) > 1:  # SQLite looks through all words that begin so, however many there are
        return any_of([f"{_quoted([*start, *words[1:]])} *" for start in _firsts(first)])
    return _match_phrases(first, words[1:-1], last)


def _firsts(words: list[str] | None) -> list[list[str]]:
    """The ways in which a phrase begins: with one of some words, or after any."""
    return [[]] if words is None or len(words) > MAX_PREFIXES else [[word] for word in words]


def _match_word(connection: sqlite3.Connection, word: str, *, begins: bool, ends: bool) -> str:
    if begins and ends:
        return _quoted([word])
    found = words_with(connection, word, begins=begins, ends=ends)
    return "" if found is None else any_of([_quoted([one]) for one in found])


def _match_phrases(first: list[str] | None, middle: list[str], last: list[str] | None) -> str:
    """The expression for phrases whose first and last word are one of several; of any, where these are too many."""
    if first is not None and last is not None and len(first) * len(last) <= MAX_PHRASES:
        return any_of([_quoted([one, *middle, other]) for one, other in product(first, last)])
    parts = [_quoted(middle)]
    parts += [any_of([_quoted([one]) for one in words]) for words in (first, last) if words is not None]
    return all_of(parts)


def words_with(
    connection: sqlite3.Connection, part: str, *, begins: bool = False, ends: bool = False
) -> list[str] | None:
    """The words that have a part inside, or begin or end with it, and always the part itself; None if too many."""
    if begins:
        return _checked(part, _words_from(connection, part), part)
    if len(part) < 3:
        has = "substr(word, -length(?1)) = ?1" if ends else "instr(word, ?1)"
        looked = connection.execute(f"SELECT word FROM words WHERE {has} LIMIT ?2", (part, MAX_WORDS + 1)).fetchall()
    else:
        threes = " AND ".join(dict.fromkeys(_three(part, at) for at in range(min(len(part), MAX_WORD) - 2)))
        looked = connection.execute(
            "SELECT word FROM words WHERE id IN (SELECT rowid FROM word_parts WHERE word_parts MATCH ? LIMIT ?)",
            (threes, MAX_LISTED + 1),
        ).fetchall()
    if len(looked) > MAX_LISTED:
        return None
    words = [word for (word,) in looked if (word.endswith(part) if ends else part in word)]
    return _checked(part, words, part)


def _checked(part: str, words: list[str] | None, own: str) -> list[str] | None:
    if words is None or len(words) > MAX_WORDS:
        return None
    return words if own in words else [own, *words]


def _words_from(connection: sqlite3.Connection, start: str) -> list[str] | None:
    """The words that begin with something; None if there are too many."""
    rows = connection.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?", (start, start + "\U0010ffff", MAX_WORDS + 1)
    ).fetchall()
    return None if len(rows) > MAX_WORDS else [word for (word,) in rows]


def _three(text: str, at: int) -> str:
    return '"' + text[at : at + 3] + '"'


# Words as the index has them


def _words_of(text: str) -> list[str]:
    """The words of a folded text in order, as the index has them."""
    if text.isascii():
        return _WORDS_OF_ASCII.findall(text)
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='{TOKENIZER}')")
        connection.execute("CREATE VIRTUAL TABLE places USING fts5vocab(texts, 'instance')")
        connection.execute("INSERT INTO texts(rowid, text) VALUES(1, ?)", (text,))
        return [word for (word,) in connection.execute("SELECT term FROM places ORDER BY offset")]
    finally:
        connection.close()


def _is_of_word(char: str) -> bool:
    """Whether a character may be a part of a longer word."""
    return char.isalnum() if char.isascii() else not char.isspace()


def match_author(name: str) -> str:
    """An expression for the comments whose author's name begins with the words of a name; "" if it has none."""
    words = _words_of(indexed(neutralise_line(name)))
    return f"^{_quoted(words)}" if words else ""


def match_number(connection: sqlite3.Connection, number: NumberTerm) -> str:
    """An expression for texts that have a number in figures as it was typed, or as its value is written; "" for a
    comparison, which no words answer."""
    if number.compare != "=":
        return ""
    value, typed = number.low.value, f"{number.low.digits}{number.low.scale}".lower()
    written = [f"{int(value)}", f"{int(value):,}"] if value.is_integer() and value < 1e15 else [f"{value:.12g}"]
    phrases = [_words_of(form) for form in dict.fromkeys((typed, *written))]
    last = [[*phrase[:-1], word] for phrase in phrases for word in _words_with_unit(connection, phrase[-1])]
    return any_of([_quoted(phrase) for phrase in last])


def _words_with_unit(connection: sqlite3.Connection, figure: str) -> list[str]:
    """A figure, and the words that it begins with letters behind it: "600km"."""
    rows = connection.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?", (f"{figure}a", f"{figure}{{", MAX_WORDS)
    )
    return [figure, *(word for (word,) in rows)]
