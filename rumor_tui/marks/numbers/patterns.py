"""The patterns of figures: what starts at a digit, and what stands before and after it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rumor_tui.marks.data.number_vocabulary import CURRENCY_CODES, CURRENCY_SYMBOLS, VULGAR_FRACTIONS
from rumor_tui.marks.numbers.dates import ANY_MONTH, TH, YEAR


class NumberPatterns(NamedTuple):
    """The compiled patterns.

    `form` matches figures with a form of their own (dates, times, versions), `amount` all others; `lead` matches the
    sign and currency before them, `tail` the word after them, `long` and `per` units of several words.
    """

    start: re.Pattern[str]
    start_ascii: re.Pattern[str]
    form: re.Pattern[str]
    amount: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    long: re.Pattern[str]
    per: re.Pattern[str]


_SPACE = r"[\ \u00a0]"
_AMOUNT = rf"""(?ix)
    \d{{1,3}}(?:\.\d{{3}}){{0,3}},[-–](?![\w\-–])
  | \d{{1,3}}(?:,\d{{2,3}}){{0,9}},\d{{3}}(?!\d)(?:\.\d+)?
  | \d{{1,3}}(?:\.\d{{3}}){{2,9}}(?!\d)(?:,\d++)? | \d{{1,3}}\.\d{{3}},\d\d(?!\d)
  | \d{{1,3}}(?:['’\u00a0\u202f\u2009]\d{{3}}){{1,9}}(?!\d)(?:[.,]\d++)?
  | \d{{1,3}}(?:\ \d{{3}}){{1,9}}(?!\d|[,.\ ]\d)
  | \d++(?:{_SPACE}?[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|(?:{_SPACE}|-(?=\d/))\d{{1,3}}[/⁄]\d{{1,3}}(?![/\d])|[/⁄]\d{{1,5}}(?![/\d]))
  | (?:\d{{1,15}}(?:[.,]\d{{1,15}})?[x×])?(?:2|10)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}
  | \d++(?:[.,]\d++)?(?:e[-+]?\d{{1,3}}\b|(?:[x×]\d{{1,3}})?\^[-+]?\d{{1,4}})?
  | [½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]
"""
_HALF_DAY = r"[ap](?:\.m\b\.?|m\b)"
_FORM = rf"""(?ix)
    (?P<iso>\d{{4}}(?P<i>[-/.])\d{{1,2}}(?P=i)\d{{1,2}}(?![\d])(?:T\d\d:\d\d(?::\d\d)?(?:\.\d{{1,6}})?(?:Z|[-+]\d\d:?\d\d)?)?)
  | (?P<month>(?:1[89]|20)\d\d[-/](?:0[1-9]|1[0-2]|[1-9])(?![\w/-]|[.,:]\d))
  | (?P<numeric>\d{{1,2}}(?P<s>[-/.])\d{{1,2}}(?P=s)(?:\d{{4}}|\d{{2}})(?![\w/]|(?:(?P=s)|[.:])\d))
  | (?P<date>\d{{1,2}}(?:{TH}|\.)?(?:{_SPACE}?(?:[-–]|to|and){_SPACE}?\d{{1,2}}{TH}?)?(?:\ {{1,2}}(?:of|de))?
        [\ -]{{0,2}}{ANY_MONTH}
        (?:(?:[\ ,-]|of|de){{1,4}}{YEAR}|\ ['’]\d\d\b)?)
  | (?P<ids>\d{{1,5}}(?:[-.]\d{{1,9}}){{2,8}}(?:[-.]?(?:rc|alpha|beta|b|a|dev|pre|post|p)\.?\d{{0,3}})?(?![-.,]?\w)
      | \d{{3}}(?:[\ .-]{{1,2}}|\)[\ .-]{{0,2}})\d{{3}}[\ .-]\d{{4}}(?!\d) | \d{{3}}-\d{{4}}(?![\d-]))
  | (?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d{{1,3}})?(?![\d:])(?:{_SPACE}?{_HALF_DAY})?(?:\ (?:mark|o'clock)\b)?)
  | (?P<ratio>\d{{1,4}}:\d{{1,4}}(?![\w:]|\.\d))
  | (?P<hour>\d{{1,2}}(?:\.\d\d)?{_SPACE}?(?:{_HALF_DAY}|o['’]?clock\b))
  | (?P<span>\d{{1,3}}h{_SPACE}?\d{{1,2}}m?(?:in)?(?:{_SPACE}?\d{{1,2}}s)?\b|\d{{1,3}}m{_SPACE}?\d{{1,2}}s\b)
  | (?P<height>[1-9]['’′]{_SPACE}?\d{{1,2}}(?:\.5)?(?:["”″]|''|(?![\w'’/]|[.,-]\d)))
  | (?P<size>\d{{1,5}}(?:\.\d{{1,3}})?(?:(?:[x×]|\ [x×]\ )\d{{1,5}}(?:\.\d{{1,3}})?){{1,3}}(?![\w^⁺⁻]|\.\d))
"""


@lru_cache(maxsize=1)
def number_patterns() -> NumberPatterns:
    """The patterns, compiled when the first text is read."""
    codes = "|".join(re.escape(code) for code in sorted(CURRENCY_CODES, key=len, reverse=True))
    money = rf"(?:(?:(?i:usd?|aud?|cad?|nzd?|hkd?|sgd?)\ ?)?[{re.escape(CURRENCY_SYMBOLS)}]|(?<![A-Za-z])(?:{codes}))"
    return NumberPatterns(
        start=re.compile(rf"[\d{''.join(VULGAR_FRACTIONS)}]"),
        start_ascii=re.compile("[0-9]"),
        form=re.compile(_FORM),
        amount=re.compile(_AMOUNT),
        lead=re.compile(
            rf"(?P<sign>(?<![\w)\].,/])(?<!\d[ ])[-+−±])?(?:(?P<money>{money})[ \u00a0]?(?P<sign2>-)?)?"
            r"(?P<point>(?<![\w.])\.)?\Z"
        ),
        tail=re.compile(
            r"(?P<gap>[ \u00a0]{0,2}|[ ]?-[ ]?)"
            rf"(?P<word>°[CF](?!\w)|[%‰°{re.escape(CURRENCY_SYMBOLS)}\"”″’′]|[^\W\d_]{{1,24}}(?P<more>/[A-Za-z]{{1,9}}[²³]?|\^?[23](?!\w)|[²³])?)"
        ),
        per=re.compile(r"per [a-z]{2,24}(?![\w])", re.IGNORECASE),
        long=re.compile(r"[a-z]{1,24}[ .-]{1,2}[a-z]{1,24}(?:[ -][a-z]{1,24})?", re.IGNORECASE),
    )
