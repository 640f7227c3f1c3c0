"""What numbers look like: the patterns of figures and number words, and of what stands before and after them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rumor_tui.marks.base import cased
from rumor_tui.marks.dates import MONTH, TH, YEAR
from rumor_tui.marks.words import CODES, FRACTIONS, ORDINALS, SCALES, SMALL, SYMBOLS, VULGAR


class Patterns(NamedTuple):
    """The compiled patterns, made when the first text is read."""

    start: re.Pattern[str]
    start_ascii: re.Pattern[str]
    figure: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    long: re.Pattern[str]
    spelled: re.Pattern[str]


_WORDS = "|".join(sorted([*SMALL, *SCALES], key=len, reverse=True))
_ENDS = "|".join(sorted([*ORDINALS, *(word + "s" for word in ORDINALS), *FRACTIONS], key=len, reverse=True))

TRIGGERS = cased([*SMALL, *SCALES, *ORDINALS, "half", "quarter"])
"""Words without one of which a text holds no spelled-out number."""

_FIGURE = rf"""(?ix)
    (?P<iso>\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}(?![\d])(?:T\d\d:\d\d(?::\d\d)?Z?)?)
  | (?P<numeric>\d{{1,2}}(?P<s>[-/.])\d{{1,2}}(?P=s)(?:\d{{4}}|\d{{2}})(?![\w/]|[-.:]\d))
  | (?P<date>\d{{1,2}}{TH}?(?:\s{{1,2}}of)?[\s-]{{1,2}}{MONTH}(?:[\s,-]{{1,2}}{YEAR})?)
  | (?P<plain>\d{{1,5}}(?:[-.]\d{{1,9}}){{2,8}}(?![-.,]?\w) | \d{{3}}\)?[\s.-]{{1,2}}\d{{3}}[\s.-]\d{{4}}(?!\d)
      | \d{{3}}-\d{{4}}(?![\d-]))
  | (?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d{{1,3}})?(?!\d)(?:\s?[ap](?:\.m\.|m\b))?(?:\s(?:mark|o'clock)\b)?)
  | (?P<hour>\d{{1,2}}(?:\.\d\d)?\s?(?:[ap](?:\.m\.|m\b)|o['’]clock\b))
  | (?P<amount>
        \d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}(?!\d)(?:\.\d+)?
      | \d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)(?:,\d+)? | \d{{1,3}}\.\d{{3}},\d\d(?!\d)
      | \d{{1,3}}(?:['’\u00a0\u202f\u2009]\d{{3}})+(?!\d)(?:[.,]\d+)?
      | \d{{1,3}}(?:\ \d{{3}})+(?!\d|[,.\ ]\d)
      | \d++(?:\s?[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\s\d{{1,3}}[/⁄]\d{{1,3}}(?![/\d])|[/⁄]\d{{1,5}}(?![/\d]))
      | \d++(?:[.,]\d++)?(?:e[-+]?\d{{1,3}}\b|(?:[x×]\d{{1,3}})?\^[-+]?\d{{1,4}})?
      | [½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]
    )
"""

_AFTER = r"(?:(?<=hundred\s)|(?<=thousand\s)|(?<=illion\s))"
_SPELLED = rf"""(?ix)
    (?: half\s(?:an?\s)?(?:{"|".join(SCALES)})
      | (?:an?\s(?=hundred|thousand|dozen|million|billion|trillion|half\b|quarter\b|third\b|fifth\b|tenth\b))?
        (?:
            (?:{_WORDS})\b(?:(?:(?<=illion),\s|\s{{1,3}}|-)(?:{_AFTER}(?:and|&)\s(?=(?:{_WORDS})\b))?(?:{_WORDS})\b)*
            (?:(?:\s|-)(?:and\san?\s|and\s)?(?:{_ENDS})\b)?
          | (?:{_ENDS})\b
        )
    )\b"""


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Every pattern, compiled once."""
    codes = "|".join(re.escape(code) for code in sorted(CODES, key=len, reverse=True))
    money = rf"(?:[$]?[{re.escape(SYMBOLS)}]|(?<![A-Za-z])(?:{codes}))"
    return Patterns(
        start=re.compile(rf"[\d{''.join(VULGAR)}]"),
        start_ascii=re.compile("[0-9]"),
        figure=re.compile(_FIGURE),
        lead=re.compile(
            rf"(?P<sign>(?<![\w)\].,/])[-+−±]\s?)?(?:(?P<money>{money})\s?(?P<sign2>-)?)?(?P<point>(?<![\w.])\.)?$"
        ),
        tail=re.compile(
            r"(?P<gap>[ \u00a0]{0,2}|[ ]?-[ ]?)"
            rf"(?P<word>[%‰°{re.escape(SYMBOLS)}\"]|[^\W\d_]{{1,24}}(?:/[a-z]{{1,9}})?[²³]?)"
        ),
        long=re.compile(r"[a-z]+[ .-]{1,2}[a-z]+(?:[ -][a-z]+)?", re.IGNORECASE),
        spelled=re.compile(_SPELLED),
    )
