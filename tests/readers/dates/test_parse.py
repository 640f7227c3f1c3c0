from __future__ import annotations

import subprocess
import sys
import warnings
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.markdown_format import FIRST_MOMENT, LAST_MOMENT
from rumor_tui.readers.dates.parse import MAX_DATE_LENGTH, parse_date, parse_date_column
from tests.made_threads import steady

BASE = datetime(2011, 3, 10, 12, 0, tzinfo=UTC).timestamp()


def seconds(written: str) -> float:
    return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()


AT_FIVE_PAST_TWO = (
    "2011-03-08T14:05:00Z",
    "2011-03-08 14:05",
    "2011-03-08T15:05:00+01:00",
    "Tue, 08 Mar 2011 15:05:00 +0100",
    "Tue, 8 Mar 2011 14:05:00 GMT",
    "Tue, 8 Mar 2011 09:05:00 EST",
    "8 Mar 2011 14:05 UTC",
    "Tue Mar  8 14:05:00 2011",
    "Tue Mar 08 14:05:00 +0000 2011",
    "Tue Mar 8 14:05:00 UTC 2011",
    "1299593100",
    "1299593100000",
    "1299593100000000",
    "1299593100.0",
    "March 8, 2011 at 2:05 pm",
    "Mar 8th, 2011, 02:05 PM",
    "08 March 2011 - 14:05",
    "14:05, 8 March 2011 (UTC)",
    "2:05 pm on March 8, 2011",
    "March 8, 2011, 2:05 p.m.",
    "Posted by ann99 on March 8, 2011 at 2:05 pm",
    "Mar 8 '11 at 14:05",
    "Mar 8, 2011 6:05 AM PST",
    "#12 · 2011-03-08 14:05",
    "8. März 2011 um 14:05",
    "Geschrieben am 8. März 2011 um 14:05 Uhr",
    "Dienstag, 8. März 2011 14:05",
    "08.03.2011, 14:05",
    "08.03.11 14:05",
    "Di 08.03.2011 14.05 Uhr",
    "8 mars 2011 à 14h05",
    "8 mars 2011 à 14 h 05",
    "mardi 8 mars 2011, 14:05",
    "8 de marzo de 2011 a las 14:05",
    "8 marzo 2011 alle ore 14:05",
    "8 de março de 2011 às 14:05",
    "8 maart 2011 om 14:05",
    "8 marca 2011 o 14:05",
    "8 марта 2011 в 14:05",
    "Вт, 8 мар 2011 г., 14:05",
    "8 mars 2011 kl. 14:05",
    "8. marts 2011 kl. 14.05",
    "8. maaliskuuta 2011 klo 14.05",
    "8. března 2011 v 14:05",
    "8 Mart 2011 14:05",
    "2011年3月8日 14:05",
    "2011年3月8日(火) 14:05",
    "2011年3月8日 下午2:05",
    "2011年03月08日 14時05分",
    "2011/03/08(火) 14:05:00.12 ID:abc",
    "2011년 3월 8일 오후 2:05",
    "08/Mar/2011:14:05:00 +0000",
    "2011. március 8. 14:05",
    "08.03, 2011 @ 14:05",
    "2011. 3. 8. 14:05",
    "8 مارس 2011 14:05",
    "۱۳۸۹/۱۲/۱۷ ۱۴:۰۵",
    "۱۷ اسفند ۱۳۸۹ ساعت ۱۴:۰۵",
)
ON_THE_DAY = (
    "2011-03-08",
    "Posted 08 Mar 2011",
    "8th of March 2011",
    "8.3.2011",
    "8.3, 2011",
    "2011 Mar 8",
    "mar 8, 2011",
    "08 Março 2011",
    "٨ مارس ٢٠١١",
    "۸ مارس ۲۰۱۱",
    "۱۷ اسفند ۱۳۸۹",
    "8 Μαρτίου 2011",
    "8 במרץ 2011",
)
AGES = (
    ("vor 8 Stunden", "2011-03-10 04:00:00"),
    ("vor einer Stunde", "2011-03-10 11:00:00"),
    ("3 hours ago", "2011-03-10 09:00:00"),
    ("an hour ago", "2011-03-10 11:00:00"),
    ("Posted 3 hours ago", "2011-03-10 09:00:00"),
    ("3h", "2011-03-10 09:00:00"),
    ("hace 2 días", "2011-03-08 12:00:00"),
    ("il y a 3 jours", "2011-03-07 12:00:00"),
    ("il y a 3 h", "2011-03-10 09:00:00"),
    ("3 giorni fa", "2011-03-07 12:00:00"),
    ("há 2 dias", "2011-03-08 12:00:00"),
    ("2 dagen geleden", "2011-03-08 12:00:00"),
    ("2 dni temu", "2011-03-08 12:00:00"),
    ("2 часа назад", "2011-03-10 10:00:00"),
    ("3時間前", "2011-03-10 09:00:00"),
    ("3小时前", "2011-03-10 09:00:00"),
    ("منذ 3 ساعات", "2011-03-10 09:00:00"),
    ("۳ ساعت پیش", "2011-03-10 09:00:00"),
    ("3시간 전", "2011-03-10 09:00:00"),
    ("1 year, 2 months ago", "2010-01-10 12:00:00"),
    ("Yesterday, 10:15", "2011-03-09 10:15:00"),
    ("Today at 9:15 AM", "2011-03-10 09:15:00"),
    ("Gestern, 10:15", "2011-03-09 10:15:00"),
    ("hier à 10:15", "2011-03-09 10:15:00"),
    ("ayer", "2011-03-09 12:00:00"),
    ("ieri alle 10:15", "2011-03-09 10:15:00"),
    ("ontem às 10:15", "2011-03-09 10:15:00"),
    ("wczoraj, 10:15", "2011-03-09 10:15:00"),
    ("вчера в 10:15", "2011-03-09 10:15:00"),
    ("昨天 10:15", "2011-03-09 10:15:00"),
    ("Monday at 10:15", "2011-03-07 10:15:00"),
    ("March 8", "2011-03-08 00:00:00"),
    ("8. Dezember", "2010-12-08 00:00:00"),
    ("just now", "2011-03-10 12:00:00"),
)
NO_DATES = (
    *("", " ", "Reply", "12", "Page 3", "May", "Mai", "Sun", "Posted", "Share", "April Ludgate", "5 points", "1,234"),
    *("10:15", "3.11.7", "1.5", "5 min read", "3 replies", "March 2011", "2011", "Version 2.1", "127.0.0.1", "1 of 3"),
    *("+49 30 1234567", "#12", "Top 10", "42 Kommentare", "100 km", "32.13.2011", "30 February 2011", "2011-02-30"),
    *("8 March 2011 25:61", "2302", "99999999999", "3 4", "10 4 2011", "12 Monkeys", "Windows 10", "de 3 a 4"),
    *("2011-03-08 14:05 " + "x" * MAX_DATE_LENGTH, "x" * 100_000, "\ud800", "٣", "２"),
    "On March 8, 2011 she wrote that the dealers had been told a number, and it was not 600.",
)


@pytest.mark.parametrize("written", AT_FIVE_PAST_TWO)
@pytest.mark.parametrize("base", [None, BASE])
def test_a_date_with_its_time(written: str, base: float | None) -> None:
    assert parse_date(written, base) == seconds("2011-03-08 14:05:00")


@pytest.mark.parametrize("written", ON_THE_DAY)
def test_a_day_is_its_midnight(written: str) -> None:
    assert parse_date(written) == seconds("2011-03-08 00:00:00")


@pytest.mark.parametrize(("written", "expected"), AGES)
def test_an_age_needs_a_base(written: str, expected: str) -> None:
    assert parse_date(written) is None
    assert parse_date(written, BASE) == seconds(expected)


@pytest.mark.parametrize("written", NO_DATES)
@pytest.mark.parametrize("base", [None, BASE])
def test_what_is_no_date(written: str, base: float | None) -> None:
    assert parse_date(written, base) is None


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("08/03/2011 14:05", None, None),
        ("08/03/2011 14:05", "fr", "2011-03-08 14:05:00"),
        ("Le 08/03/2011 à 14h05", "fr-FR", "2011-03-08 14:05:00"),
        ("08/03/2011 14:05", "en_GB", "2011-03-08 14:05:00"),
        ("08/03/2011 2:05 pm", "en-US", "2011-08-03 14:05:00"),
        ("08-03-2011 14:05", "nl", "2011-03-08 14:05:00"),
        ("08/03/11 14:05", "es", "2011-03-08 14:05:00"),
        ("08/03/11 14:05", "ja", None),
        ("11/03/08", None, None),
        ("13/03/2011 14:05", None, "2011-03-13 14:05:00"),
        ("03/13/2011 2:05 PM", None, "2011-03-13 14:05:00"),
        ("03/13/2011 2:05 PM", "fr", "2011-03-13 14:05:00"),
        ("03/03/2011", None, "2011-03-03 00:00:00"),
        ("Posted 08/03/2011 14:05", None, None),
        ("12:00 am 13/03/2011", None, "2011-03-13 00:00:00"),
        ("8 Mart 2011", "tr", "2011-03-08 00:00:00"),
        ("8 Mart 2011", "no such language", "2011-03-08 00:00:00"),
    ],
)
def test_the_language_tells_the_order_of_numbers(written: str, language: str | None, expected: str | None) -> None:
    assert parse_date(written, None, language) == (None if expected is None else seconds(expected))


def test_every_persian_new_year_falls_on_its_day() -> None:
    """The first days of these years as the calendar of Iran had or has them."""
    for year, day in ((1357, "1978-03-21"), (1375, "1996-03-20"), (1379, "2000-03-20"), (1403, "2024-03-20")):
        assert parse_date(f"1 فروردین {year}") == seconds(f"{day} 00:00:00")
    assert parse_date("30 اسفند 1403") == seconds("2025-03-20 00:00:00")


@steady
@given(
    st.text(max_size=120) | st.text(alphabet="0123456789:/.-, +apmZT年月日vor agoMärz'(", max_size=40),
    st.none() | st.floats(),
    st.sampled_from([None, "", "de", "en-US", "zz", "\ud800"]),
)
def test_it_never_raises_and_stays_in_the_calendar(written: str, base: float | None, language: str | None) -> None:
    result = parse_date(written, base, language)
    assert result is None or FIRST_MOMENT <= result <= LAST_MOMENT


@steady
@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2068, 1, 1)))
def test_the_forms_of_one_date_mean_one_moment(date: datetime) -> None:
    date = date.replace(microsecond=0, tzinfo=UTC)
    for form in (
        "%Y-%m-%dT%H:%M:%SZ",
        "%a, %d %b %Y %H:%M:%S +0000",
        "%a %b %d %H:%M:%S %Y",
        "%B %d, %Y at %I:%M:%S %p",
        "%d.%m.%Y, %H:%M:%S Uhr",
        "%H:%M:%S, %d %B %Y (UTC)",
        "%Y年%m月%d日 %H:%M:%S",
    ):
        assert parse_date(date.strftime(form)) == date.timestamp(), form


def test_a_column_reads_what_is_asked_for() -> None:
    column = parse_date_column(["2011-03-08", None, "nonsense", "3 hours ago"], BASE, "en")
    assert len(column) == 4
    assert list(column) == [seconds("2011-03-08 00:00:00"), None, None, seconds("2011-03-10 09:00:00")]
    assert list(column[:1]) == [seconds("2011-03-08 00:00:00")]


def test_nothing_is_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse_date("il y a 3 jours", BASE) == seconds("2011-03-07 12:00:00")


def test_dates_of_the_common_forms_load_no_library() -> None:
    forms = (
        "2011-03-08",
        "Tue, 08 Mar 2011 14:05:00 +0100",
        "March 8, 2011 at 2:05 pm",
        "08.03.2011",
        "8. März 2011",
        "12",
    )
    code = f"""
import sys
from rumor_tui.readers.dates.parse import parse_date
for form in {forms!r}:
    parse_date(form), parse_date(form, 0.0)
assert "dateparser" not in sys.modules
parse_date("vor 8 Stunden", 0.0)
assert "dateparser" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
