"""Figures and number words as plain decimal strings."""

from __future__ import annotations

import pytest

from rumor_tui.marks.numbers.decimals import format_ordinal, parse_digits, scale_digits, shift_decimal


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("600", "600"),
        ("1,234", "1234"),
        ("1,5", "1.5"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1.234,50", "1234.50"),
        ("1\u00a0000", "1000"),
        ("2 1/2", "2.5"),
        ("2 1/3", "2 1/3"),
        ("1½", "1.5"),
        ("3/4", "3/4"),
        ("1 1/0", "1 1/0"),
        ("٣", "3"),
        ("99,-", "99"),
        ("1.500.000,–", "1500000"),
    ],
)
def test_figure(raw: str, plain: str) -> None:
    assert parse_digits(raw) == plain


def test_long_digits_are_left_alone() -> None:
    digits = "9" * 10_000
    assert parse_digits(digits) == digits
    assert scale_digits(digits, 1000) == digits + "×1000"


def test_decimal_moves_the_point_both_ways() -> None:
    assert [shift_decimal("1.25", 1), shift_decimal("1.25", 3), shift_decimal("125", -3), shift_decimal("0", 2)] == [
        "12.5",
        "1250",
        "0.125",
        "0",
    ]


@pytest.mark.parametrize(
    ("value", "written"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (112, "112th"), (21, "21st")]
)
def test_ordinal(value: int, written: str) -> None:
    assert format_ordinal(value) == written
