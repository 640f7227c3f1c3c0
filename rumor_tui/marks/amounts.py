"""Figures and number words -> plain decimal strings, without ever converting long digits to integers."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.marks.words import FRACTIONS, ORDINALS, SCALES, SMALL, VULGAR

LONGEST = 18
"""Digits beyond which a figure is left as it is written (nobody counts with it, and `int` would be slow)."""


def figure(raw: str) -> str:
    """A written figure as plain digits with a decimal point: '1,234.50' -> '1234.50', '2 1/2' -> '2.5'."""
    if raw.isdigit() and raw.isascii():
        return raw
    raw = "".join(_plain(char) for char in raw)
    if "/" in raw:
        return _fraction(raw)
    return raw.replace("'", "").replace(" ", "") if _is_power(raw) else _separated(raw)


def _plain(char: str) -> str:
    """One character in ASCII: any script's digit, a one-character fraction, a separator."""
    if char in VULGAR:
        return " " + VULGAR[char]
    if char.isdecimal():
        return str(int(char))
    return {"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "⁄": "/"}.get(char, char)


def _is_power(raw: str) -> bool:
    return "e" in raw or "E" in raw or "^" in raw


def _separated(raw: str) -> str:
    """Take out thousands separators and make the decimal mark a point."""
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
    """'1/2' -> '1/2', '2 1/2' -> '2.5': a mixed number becomes a decimal when that is exact in 3 places."""
    whole, _, part = raw.strip().rpartition(" ")
    whole = whole.strip()
    top, _, bottom = part.partition("/")
    if not whole or len(raw) > LONGEST or not (whole + top + bottom).isdecimal() or int(bottom) == 0:
        return f"{whole} {part}".strip()
    exact, rest = divmod(int(top) * 1000, int(bottom))
    if rest:
        return f"{whole} {part}"
    return decimal(str(int(whole) * 1000 + exact), -3)


def decimal(digits: str, shift: int) -> str:
    """`digits` (which may hold one point) times ten to the `shift`, without needless zeros after the point."""
    whole, _, rest = digits.partition(".")
    if shift >= 0:
        rest = rest.ljust(shift, "0")
        whole, rest = whole + rest[:shift], rest[shift:]
    else:
        whole = whole.rjust(-shift + 1, "0")
        whole, rest = whole[:shift], whole[shift:] + rest
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + rest if rest else "")


def scaled(digits: str, scale: int) -> str:
    """A plain figure times a scale: ('1.2', 1000000) -> '1200000'; what is not plain keeps a written scale."""
    if digits.replace(".", "", 1).isdecimal() and len(digits) <= LONGEST:
        power = len(str(scale)) - 1
        if scale == 10**power:
            return decimal(digits, power)
        if "." not in digits:
            return str(int(digits) * scale)
    return f"{digits}×{scale}"


def ordinal(value: int | str) -> str:
    """3 -> '3rd'."""
    digits = str(value)
    if digits[-2:-1] == "1":
        return digits + "th"
    return digits + {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


def spelled(words: Sequence[str]) -> tuple[str, bool]:
    """Lower-case number words -> their figure, and whether they are an ordinal.

    ('two', 'hundred', 'and', 'six') -> ('206', False); ('twenty', 'first') -> ('21st', True);
    ('two', 'thirds') -> ('2/3', False); ('half', 'a', 'million') -> ('500000', False).
    """
    if words[0] == "half" and len(words) > 1:
        return _half(words)
    last = words[-1]
    if last in FRACTIONS or (last[:-1] in ORDINALS and last.endswith("s")):
        return _part(words), False
    if last in ORDINALS:
        return ordinal(_cardinal(words[:-1], last)), True
    return str(_cardinal(words, "")), False


def _half(words: Sequence[str]) -> tuple[str, bool]:
    """'half a million', 'half dozen'."""
    return str(SCALES.get(words[-1], 1) // 2 or "1/2"), False


def _part(words: Sequence[str]) -> str:
    """'two thirds', 'one and a half', 'three quarters'."""
    last = words[-1]
    bottom = FRACTIONS.get(last) or ORDINALS[last[:-1]]
    front = [word for word in words[:-1] if word not in ("a", "an")]
    if front and front[-1] == "and":
        return _fraction(f"{_cardinal(front, '')} 1/{bottom}")
    return f"{_cardinal(front, '') if front else 1}/{bottom}"


def _cardinal(words: Sequence[str], last: str) -> int:
    """The whole number that cardinal words say; `last` is an ordinal that ends them, or empty."""
    total = current = 0
    for word in words:
        if word in SCALES:
            total, current = _times(total, current, SCALES[word])
        else:
            current += SMALL.get(word, 0)
    end = ORDINALS.get(last, 0)
    if end < 100:
        return total + current + end
    return sum(_times(total, current, end))


def _times(total: int, current: int, scale: int) -> tuple[int, int]:
    """Apply a scale word: below a thousand it stays in the running group, above it closes the group."""
    current = max(current, 1) * scale if current or scale >= 100 or not total else scale
    return (total, current) if scale < 1000 else (total + current, 0)
