"""Figures as plain decimal strings; long digits are never converted to integers."""

from __future__ import annotations

from math import isfinite

from rumor_tui.marks.data.number_vocabulary import VULGAR_FRACTIONS

MAX_DIGITS = 18
"""A figure of more digits is left as written: nobody counts with it, and `int` would be slow."""


def parse_digits(raw: str) -> str:
    """A written figure as plain digits: '1,234.50' -> '1234.50', '2 1/2' -> '2.5', '99,-' -> '99'."""
    if raw.isdigit() and raw.isascii():
        return raw
    raw = "".join(_plain(char) for char in _with_exponent(raw)).rstrip("-–,")
    if "/" in raw:
        return _fraction(raw)
    return raw.replace("'", "").replace(" ", "") if _is_power(raw) else _separated(raw)


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


def _with_exponent(raw: str) -> str:
    """A power with its exponent after a sign: '10⁶' -> '10^6'."""
    base = raw.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹").rstrip("⁺⁻")
    return raw if len(base) == len(raw) else f"{base}^{raw[len(base) :].translate(_RAISED)}"


def _plain(char: str) -> str:
    """One character in ASCII: any script's digit, a one-character fraction, a separator."""
    if char in VULGAR_FRACTIONS:
        return " " + VULGAR_FRACTIONS[char]
    if char.isdecimal():
        return str(int(char))
    return {"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "⁄": "/"}.get(char, char)


def _is_power(raw: str) -> bool:
    return "e" in raw or "E" in raw or "^" in raw


def _separated(raw: str) -> str:
    """The figure without thousands separators and with a point as decimal mark."""
    raw = raw.replace("'", "").replace(" ", "")
    comma, point = raw.rfind(","), raw.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        return raw.replace(thousands, "").replace(decimal, ".")
    if comma >= 0:
        grouped = raw.count(",") > 1 or len(raw) - comma == 4
        return raw.replace(",", "" if grouped else ".")
    if raw.count(".") > 1 and all(len(part) == 3 for part in raw.split(".")[1:]):
        return raw.replace(".", "")
    return raw


def _fraction(raw: str) -> str:
    """'1/2' -> '1/2', '2 1/2' -> '2.5': a mixed number becomes a decimal if that is exact in 3 places."""
    whole, _, part = raw.strip().rpartition(" ")
    whole = whole.strip()
    top, _, bottom = part.partition("/")
    if not whole or len(raw) > MAX_DIGITS or not (whole + top + bottom).isdecimal() or int(bottom) == 0:
        return f"{whole} {part}".strip()
    exact, rest = divmod(int(top) * 1000, int(bottom))
    if rest:
        return f"{whole} {part}"
    return shift_decimal(str(int(whole) * 1000 + exact), -3)


def shift_decimal(digits: str, shift: int) -> str:
    """`digits` (which may have one point) times ten to the power of `shift`, without trailing zeros."""
    whole, _, rest = digits.partition(".")
    if shift >= 0:
        rest = rest.ljust(shift, "0")
        whole, rest = whole + rest[:shift], rest[shift:]
    else:
        whole = whole.rjust(-shift + 1, "0")
        whole, rest = whole[:shift], whole[shift:] + rest
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + rest if rest else "")


def scale_digits(digits: str, scale: int) -> str:
    """A plain figure times a scale: ('1.2', 1000000) -> '1200000'; any other figure keeps the scale in writing."""
    if digits.replace(".", "", 1).isdecimal() and len(digits) <= MAX_DIGITS:
        power = len(str(scale)) - 1
        if scale == 10**power:
            return shift_decimal(digits, power)
        if "." not in digits:
            return str(int(digits) * scale)
    return f"{digits}×{scale}"


def format_ordinal(value: int | str) -> str:
    """3 -> '3rd'."""
    digits = str(value)
    if digits[-2:-1] == "1":
        return digits + "th"
    return digits + {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


def normalise_digits(digits: str) -> str:
    """Digits in the form that is compared: '2.50' -> '2.5', '5.00' -> '5', '1/2' -> '0.5' if exact in 3 places."""
    if "." in digits and digits.replace(".", "", 1).lstrip("-").isdecimal():
        return digits.rstrip("0").rstrip(".") or "0"
    if "/" in digits and " " not in digits and len(digits) <= MAX_DIGITS:
        sign = "-" * digits.startswith("-")
        top, _, bottom = digits[len(sign) :].partition("/")
        if top.isdecimal() and bottom.isdecimal() and int(bottom) and int(top) * 1000 % int(bottom) == 0:
            return sign + shift_decimal(str(int(top) * 1000 // int(bottom)), -3)
    return digits


def digits_to_float(digits: str) -> float | None:
    """Plain digits as a number: '1/2' -> 0.5, '2 1/3' -> 2.333..., '1.3x10^6' -> 1300000; None if not finite."""
    try:
        return _to_float(digits)
    except (ValueError, OverflowError, ZeroDivisionError):
        return None


def _to_float(digits: str) -> float:
    if len(digits) > 400:
        raise OverflowError
    if digits.isdecimal() and len(digits) <= MAX_DIGITS:
        return float(digits)
    sign, digits = (-1.0, digits[1:]) if digits.startswith("-") else (1.0, digits)
    whole, _, part = digits.rpartition(" ")
    if "/" in part:
        top, _, bottom = part.partition("/")
        value = float(whole or 0) + float(top) / float(bottom)
    elif "^" in part:
        value = _power(part)
    else:
        value = 1.0
        for factor in digits.split("×"):
            value *= float(factor)
    if not isfinite(value):
        raise OverflowError
    return sign * value


def _power(raw: str) -> float:
    """'2^10', '1.3x10^6'."""
    times, _, power = raw.replace("×", "x").rpartition("x")
    base, _, exponent = power.partition("^")
    return float(times or 1) * float(base) ** int(exponent)
