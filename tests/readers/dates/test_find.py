"""Where dates and ages are in a line."""

from __future__ import annotations

import pytest

from rumor_tui.readers.dates.find import find_date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Ann6. Juni 2015 um 10:23", "6. Juni 2015 um 10:23"),
        ("Ann 3 hours ago", "3 hours ago"),
        ("Post by Ann » Sat Feb 24, 2024 5:12 pm", "Sat Feb 24, 2024 5:12 pm"),
        ("27 abril 2022 a las 14:02", "27 abril 2022 a las 14:02"),
        ("Ann Le 11 septembre 2018 à 12:57", "11 septembre 2018 à 12:57"),
        ("#2 2024-08-03 14:22:38", "2024-08-03 14:22:38"),
        ("Ann 於 2013/12/28 10:28", "2013/12/28 10:28"),
        ("vor 3 Stunden", "vor 3 Stunden"),
        ("hace 3 horas", "hace 3 horas"),
        ("50 Minuten 46 Sekunden her", "50 Minuten 46 Sekunden her"),
        ("· 6 yr. ago", "6 yr. ago"),
        ("AnnMarch 3, 2015 at 4:00 pm", "March 3, 2015 at 4:00 pm"),
        ("1394/02/03 14:20", "1394/02/03 14:20"),
        ("6y", "6y"),
        ("3 小時前", "3 小時前"),
    ],
)
def test_dates(line: str, date: str) -> None:
    span = find_date(line)
    assert span is not None
    assert line[slice(*span)] == date


@pytest.mark.parametrize(
    "line", ["", "Posts: 2630", "version 1.2.3.4", "http://a.org/2012/05/03", "x" * 500, "1 2 3 " * 30]
)
def test_no_dates(line: str) -> None:
    assert find_date(line) is None
